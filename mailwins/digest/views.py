"""What the digest templates are handed: finished words and numbers, nothing to decide any more."""

from __future__ import annotations

from dataclasses import dataclass

from mailwins.digest.wording import Chip


@dataclass(frozen=True, slots=True)
class Number:
    """*of*: a total to print behind it. *change*: "5 more than last week", None where there is no past to compare with."""

    value: str
    label: str
    of: str | None = None
    change: str | None = None
    is_rise: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    shown: str
    label: str
    height_px: int
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture inside the mail: *content_id* without angle brackets, size as displayed, *alt* what it shows."""

    content_id: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One win as an edition tells it. Empty parts are None and leave no trace. *thank*: words of the link that thanks who captured it."""

    number: int
    summary: str
    chip: Chip | None = None
    account: str | None = None
    text: str | None = None
    quote: str | None = None
    said_by: str | None = None
    said_role: str | None = None
    captured_by: str | None = None
    praised: str | None = None
    day: str | None = None
    extra: str | None = None
    picture: Shown | None = None
    link: str | None = None
    thank: str | None = None
    thank_link: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """A quiet account. *reason*: what to begin a conversation with."""

    name: str
    csm: str
    last: str
    renews: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A real table. *right*: indexes of columns set to the right."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HBar:
    label: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Digest:
    """*title* is the window title, *days* what it covers. *editor*: what its editor is told above the draft.

    *is_framed*, *language*, *preheader* are for the frame.
    """

    title: str
    edition: str
    days: str
    preheader: str
    subject: str
    send_link: str
    why_you: str
    stop: str
    covers: str
    opening: str | None = None
    opening_by: str | None = None
    lead: Telling | None = None
    numbers: tuple[Number, ...] = ()
    bars: tuple[Bar, ...] = ()
    bars_title: str = ""
    pattern: str | None = None
    stories: tuple[Telling, ...] = ()
    more: str | None = None
    olympics: tuple[Telling, ...] = ()
    milestones: tuple[Telling, ...] = ()
    thanks: str | None = None
    praised: str | None = None
    private_note: str = ""
    editor: tuple[str, ...] = ()
    language: str = "en"
    is_framed: bool = True


@dataclass(frozen=True, slots=True)
class Managers:
    """The managers' edition: whom to ask, whom to thank, what to present."""

    title: str
    edition: str
    days: str
    preheader: str
    subject: str
    why_you: str
    stop: str
    covers: str
    heading: str
    opening: str
    numbers: tuple[Number, ...] = ()
    quiet_title: str = "Quiet accounts"
    quiet: tuple[Quiet, ...] = ()
    quiet_text: str = ""
    quiet_more: str | None = None
    snooze: str | None = None
    kinds: tuple[HBar, ...] = ()
    kinds_missing: str | None = None
    present: tuple[Telling, ...] = ()
    present_text: str = ""
    private: tuple[Telling, ...] = ()
    coverage: Listing | None = None
    tray: tuple[str, ...] = ()
    language: str = "en"
    is_framed: bool = True


@dataclass(frozen=True, slots=True)
class Hello:
    account: str
    reason: str


@dataclass(frozen=True, slots=True)
class Monday:
    """A CSM's own page, for her alone: her wins, three reasons to say hello, her quiet accounts."""

    title: str
    edition: str
    days: str
    preheader: str
    subject: str
    why_you: str
    stop: str
    covers: str
    heading: str
    opening: str
    hellos: tuple[Hello, ...] = ()
    wins: tuple[Telling, ...] = ()
    more: str | None = None
    quiet_title: str = ""
    quiet: tuple[Quiet, ...] = ()
    snooze: str | None = None
    language: str = "en"
    is_framed: bool = True
    offer: str | None = None
    """How to get the draft of an update for the first of *hellos*; *offer_link* writes that mail."""
    offer_link: str | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing told at once. *record*: what it beat, None where nothing was beaten."""

    title: str
    edition: str
    days: str
    preheader: str
    subject: str
    send_link: str
    why_you: str
    stop: str
    covers: str
    kicker: str
    telling: Telling
    record: str | None = None
    ask: str = ""
    button: str = "Send a win"
    private_note: str = ""
    language: str = "en"
    is_framed: bool = True
