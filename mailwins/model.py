"""The nouns of mailwins: plain, immutable values that every other room speaks in.

Nothing here does I/O, looks at a clock or imports a library. What the words mean is
decided once, in the glossary of ``docs/design.md``; a new noun starts there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# ---------------------------------------------------------------- states and kinds


class Outcome(StrEnum):
    """What became of a mail. Every mail ends in exactly one of these."""

    WIN = "win"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


class Kind(StrEnum):
    """What a person did when they sent the mail."""

    FORWARD = "forward"
    REPLY = "reply"
    REDIRECT = "redirect"
    NOTE = "note"
    NOTIFICATION = "notification"
    CORRECTION = "correction"
    COMMAND = "command"
    THANKS = "thanks"


class Form(StrEnum):
    """How a forward carries the original: as text below the comment, or as a file."""

    INLINE = "inline"
    ATTACHED = "attached"


class Stance(StrEnum):
    PRAISE = "praise"
    NEUTRAL = "neutral"
    DOUBT = "doubt"
    COMPLAINT = "complaint"


class Visibility(StrEnum):
    """Who may see a win; each one includes those before it."""

    PRIVATE = "private"
    INTERNAL = "internal"
    SHAREABLE = "shareable"


class Review(StrEnum):
    CAPTURED = "captured"
    REVIEWED = "reviewed"
    MODEL = "model"


class Source(StrEnum):
    """Where a field's value comes from, weakest first. A weaker source never overwrites a stronger one."""

    DEFAULT = "default"
    GUESSED = "guessed"
    LEARNED = "learned"
    STATED = "stated"
    PERSON = "person"


# ---------------------------------------------------------------- people and companies


@dataclass(frozen=True, slots=True)
class Address:
    """A person as a mail names them. Either half may be unknown (None); never an empty string."""

    name: str | None = None
    address: str | None = None

    @property
    def domain(self) -> str | None:
        """The part behind the last ``@`` in lower case, or None."""
        if self.address is None or "@" not in self.address:
            return None
        return self.address.rsplit("@", 1)[1].lower()

    @property
    def shown(self) -> str:
        """What to print where one word must do: the name, else the address, else an empty string."""
        return self.name or self.address or ""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer company. *name* is its key; *csm* is the address of a member."""

    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    csm: str | None = None
    tier: str | None = None
    renewal_on: date | None = None
    goals: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at an account; *learned* tells people met in mail from imported ones."""

    name: str | None
    address: str | None
    account: str | None = None
    role: str | None = None
    learned: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague, or a tool (``role == "notifier"``), who may write to wins@. *addresses*: the first is where we write to."""

    name: str
    addresses: tuple[str, ...]
    role: str = ""
    team: str = ""
    permissions: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        return self.addresses[0]

    @property
    def is_notifier(self) -> bool:
        return self.role == "notifier"

    def may(self, permission: str) -> bool:
        """*permission* is one of csm, manager, admin (``[roles]`` in the config)."""
        return permission in self.permissions


def fold_address(address: str) -> str:
    """An address as a key: lower case, white space gone. No plus-tag is cut: that would merge people."""
    return "".join(address.split()).lower()


MOST_NEWEST = 100


@dataclass(frozen=True, slots=True)
class Directory:
    """An immutable snapshot of accounts, contacts and members that answers "whose address is this?"."""

    accounts: tuple[Account, ...] = ()
    members: tuple[Member, ...] = ()
    contacts: tuple[Contact, ...] = ()
    own_domains: frozenset[str] = frozenset()
    _members: Mapping[str, Member] = field(init=False, repr=False, compare=False)
    _accounts: Mapping[str, Account] = field(init=False, repr=False, compare=False)
    _domains: Mapping[str, tuple[Account, ...]] = field(init=False, repr=False, compare=False)
    _contacts: Mapping[str, Contact] = field(init=False, repr=False, compare=False)
    _newest: Mapping[str, Contact] = field(init=False, repr=False, compare=False)
    """Those added last: few, so that one more is no copy of thousands."""

    def __post_init__(self) -> None:
        members = {fold_address(a): m for m in self.members for a in m.addresses}
        domains: dict[str, tuple[Account, ...]] = {}
        for account in self.accounts:
            for domain in account.domains:
                key = domain.lower()
                domains[key] = (*domains.get(key, ()), account)
        set_ = object.__setattr__
        set_(self, "_members", members)
        set_(self, "_accounts", {a.name.casefold(): a for a in self.accounts})
        set_(self, "_domains", domains)
        set_(self, "_contacts", {fold_address(c.address): c for c in self.contacts if c.address})
        set_(self, "_newest", {})

    def member(self, address: str | None) -> Member | None:
        return self._members.get(fold_address(address)) if address else None

    def account(self, name: str | None) -> Account | None:
        """The account of exactly this name, upper or lower case; aliases are matched in ``understanding.accounts``."""
        return self._accounts.get(name.casefold()) if name else None

    def accounts_of_domain(self, domain: str | None) -> tuple[Account, ...]:
        """Accounts that list *domain* itself. A sub-domain counts only where ``understanding.accounts`` says so."""
        return self._domains.get(domain.lower(), ()) if domain else ()

    def with_contacts(self, contacts: Iterable[Contact]) -> Directory:
        """The same with *contacts* whose address was unknown so far; cheap, because the rest is shared."""
        new = {fold_address(c.address): c for c in contacts if c.address}
        new = {key: c for key, c in new.items() if key not in self._newest and key not in self._contacts}
        if not new:
            return self
        made, set_ = copy(self), object.__setattr__
        set_(made, "contacts", (*self.contacts, *new.values()))
        newest = {**self._newest, **new}
        if len(newest) > MOST_NEWEST:
            set_(made, "_contacts", {**self._contacts, **newest})
            newest = {}
        set_(made, "_newest", newest)
        return made

    def contact(self, address: str | None) -> Contact | None:
        if not address:
            return None
        key = fold_address(address)
        return self._newest.get(key) or self._contacts.get(key)


# ---------------------------------------------------------------- mail as it came


@dataclass(frozen=True, slots=True)
class RawMessage:
    """The bytes as the server gave them and where they stood. *sha256* (hex) of the bytes is the mail's name.

    *said_bytes*: the size the server stated, which may differ; 0 where it stated none.
    """

    sha256: str
    size_bytes: int
    mailbox: str
    folder: str
    uidvalidity: int
    uid: int
    arrived_at: datetime
    said_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a mail. *filename* is for showing only: cleaned, never a path.

    *content* is the decoded bytes, or None where only the description travels (the bytes
    then lie in the file store under *sha256*). *is_inline* says that the HTML shows it
    through *content_id*. *in_message* is the index into ``InboundMessage.attached`` of
    the attached mail that carried the file, None for the outer mail.
    """

    filename: str
    content_type: str
    size_bytes: int
    sha256: str
    content: bytes | None = field(default=None, repr=False, compare=False)
    is_inline: bool = False
    content_id: str | None = None
    width_px: int | None = None
    height_px: int | None = None
    in_message: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A recipient that a mail server gave up on. *status* is an enhanced code such as ``5.1.1`` (RFC 3463), *words* what the server said."""

    recipient: str
    status: str
    words: str


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A mail server's report (RFC 3464) about the mail *message_id*, None where it does not say which."""

    message_id: str | None
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A decoded mail. Decoding never raises; what was odd about it is told in *defects*.

    *authors* are the mailboxes of all From fields; *author_is_plain* is True only for one
    field with one plain mailbox (SECURITY: only then may its address authorise anything).
    *headers* are all fields in order, names in lower case, values unfolded and decoded.
    *text* and *html* are the bodies with ``\\n`` line ends, None where the mail has none;
    format=flowed is already undone. *content_types* lists every part's type in walking
    order. *attached* are message/rfc822 parts, .eml and .msg files, decoded the same way.
    """

    authors: tuple[Address, ...] = ()
    author_is_plain: bool = False
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str | None = None
    date: datetime | None = None
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    attached: tuple[InboundMessage, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    content_types: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()
    report: DeliveryReport | None = None

    @property
    def author(self) -> Address:
        return self.authors[0] if self.authors else Address()

    def header(self, name: str) -> str | None:
        """The topmost field of this name, or None."""
        name = name.lower()
        for field_name, value in self.headers:
            if field_name == name:
                return value
        return None


# ---------------------------------------------------------------- what the sender meant


@dataclass(frozen=True, slots=True)
class Folded:
    """Text taken out of view, never lost. *what*: signature, disclaimer, footer, banner, older_thread, greeting."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message inside a forward or reply.

    *written* is a datetime (aware where the mail printed an offset, else naive wall clock),
    a date where no time was printed, or None where it was missing or unreadable.
    *body* is everything below its header block, nested messages included; *words* is what
    its author wrote: without older messages, signature, disclaimer. *nested* are the
    messages quoted inside the body, outermost first, each with its own *nested* empty.
    *urls* and *attachments* belong to the words. *message_id* and *references* are known
    for attached originals and, for replies, from the reply's own headers.
    *is_address_guess*: no address stands above the words, and the author's was taken from
    elsewhere in the mail: from the same name, or, where a reply quotes without saying whom,
    from the one person it goes to. *is_by_tool*: a survey tool or review site wrote the mail,
    and what it tells of its author stands in *nested*.
    """

    author: Address = Address()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str | None = None
    written: datetime | date | None = None
    body: str = ""
    words: str = ""
    nested: tuple[Quoted, ...] = ()
    urls: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    folded: tuple[Folded, ...] = ()
    signature: str | None = None
    message_id: str | None = None
    references: tuple[str, ...] = ()
    is_forwarded: bool = True
    is_address_guess: bool = False
    is_by_tool: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """What the sender stated in so many words: ``Account: …``, ``Value: 8``, ``#renewal``, ``#private``.

    Keys of *fields* are the canonical names account, contact, date, value, category, summary,
    cause, factors, features, expected, experienced, visibility, time, cost, csm, title,
    next, ask, meeting; values are as typed. *tags* are hashtags without ``#``, lower case.
    """

    fields: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()

    def get(self, key: str) -> str | None:
        return next((v for k, v in self.fields if k == key), None)


@dataclass(frozen=True, slots=True)
class Story:
    """One part of a note that may be a win of its own: its text and what was stated for it."""

    text: str
    labels: Labels = Labels()
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """A score from a survey tool or review site, e.g. 10 of 10 for NPS, with the tool's own word for it."""

    scale: str
    score: float
    best: float


@dataclass(frozen=True, slots=True)
class Submission:
    """What the sender meant by a mail, before anybody looks into the directory.

    *reader* names the file in ``parsers`` that recognised it. *note* is the sender's own
    text (for a forward: the comment above it), without label lines, signature and footers;
    None where there is none. *stories* has one element per win that a note tells (usually
    one, none for forwards). *originals* are the outermost messages: one for an inline
    forward, one per attached mail, for a reply the quoted customer messages.
    *is_public* marks review sites and social posts. *account_hint* is a company name that a
    notification prints. *headline* is a line that the sender wrote as a title.
    """

    kind: Kind
    reader: str
    submitter: Address
    form: Form | None = None
    note: str | None = None
    note_raw: str | None = None
    stories: tuple[Story, ...] = ()
    originals: tuple[Quoted, ...] = ()
    labels: Labels = Labels()
    urls: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    folded: tuple[Folded, ...] = ()
    signature: str | None = None
    headline: str | None = None
    rating: Rating | None = None
    is_public: bool = False
    account_hint: str | None = None
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """Not a win and nothing for a person to do. *reason* is one of the words of docs/design.md, section 3."""

    reason: str
    detail: str = ""


Read = Submission | Ignored


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the limited child hands back: the mail, and what a reader made of it."""

    message: InboundMessage
    read: Read


# ---------------------------------------------------------------- the win


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field of a win is what it is, as a sentence a CSM can read. *confidence*: None where nobody guessed."""

    source: Source
    text: str
    confidence: float | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_guess(self) -> bool:
        return self.source in (Source.GUESSED, Source.LEARNED, Source.DEFAULT)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number somebody stated: missed visits, before 11, after 3, unit "%". *before* None where not told; numbers as written."""

    what: str
    before: str | None
    after: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class WinContact:
    name: str | None = None
    address: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Win:
    """One piece of good news. docs/design.md, section 3 says what each field means.

    *id* is the number people see; *token* stands in links and Message-IDs. *ordinal* is its
    place among the wins of its mail, from 0. *account* None means "a milestone of the team"
    when *category* is milestone, else "not settled yet". *doubts* names the fields a
    person should look at; a win with doubts is in the tray. *reasons* maps field names to why.
    *origin_key* is what a second telling of the same thing would share; unique in the store.
    """

    id: int
    token: str
    mail: str
    ordinal: int
    captured_at: datetime
    win_date: date
    summary: str
    account: str | None = None
    quote: str | None = None
    note: str | None = None
    internal_note: str | None = None
    contact: WinContact | None = None
    praised: tuple[str, ...] = ()
    csm: str | None = None
    submitted_by: str | None = None
    credits: tuple[str, ...] = ()
    category: str | None = None
    value: int | None = None
    value_effective: int = 5
    cause: str | None = None
    factors: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    expected: str | None = None
    experienced: str | None = None
    urls: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    stance: Stance = Stance.NEUTRAL
    visibility: Visibility = Visibility.INTERNAL
    customer_text: str | None = None
    is_public: bool = False
    is_named: bool = False
    review: Review = Review.CAPTURED
    review_why: str | None = None
    is_deleted: bool = False
    language: str | None = None
    kind: Kind = Kind.NOTE
    doubts: tuple[str, ...] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    origin_key: str | None = None
    thread_keys: tuple[str, ...] = ()
    update_id: int | None = None

    @property
    def detail(self) -> str | None:
        """The quote, else the story; internal paragraphs are in neither."""
        return self.quote or self.note


@dataclass(frozen=True, slots=True)
class Glance:
    """As much of a win as counting, comparing and choosing need: thousands of them fit in memory. Fields as in Win.

    *has_…* tell that there is something; *says_why*: a cause or what helped; *length* is that of its detail.
    """

    id: int
    captured_at: datetime
    win_date: date
    account: str | None
    csm: str | None
    submitted_by: str | None
    category: str | None
    value_effective: int
    stance: Stance
    visibility: Visibility
    is_deleted: bool
    is_doubtful: bool
    credits: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    praised: tuple[str, ...] = ()
    has_measures: bool = False
    has_quote: bool = False
    has_files: bool = False
    says_why: bool = False
    is_model: bool = False
    length: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many wins of one description were captured in [*since*, *until*): enough for counts and changes over months. Fields as in Glance.

    *tier* is that of their account.
    """

    since: datetime
    until: datetime
    category: str | None
    value_effective: int
    stance: Stance
    visibility: Visibility
    is_doubtful: bool
    features: tuple[str, ...]
    tier: str | None
    count: int

    @property
    def is_deleted(self) -> bool:
        """Deleted ones are counted nowhere."""
        return False


def glance(win: Win) -> Glance:
    return Glance(
        id=win.id,
        captured_at=win.captured_at,
        win_date=win.win_date,
        account=win.account,
        csm=win.csm,
        submitted_by=win.submitted_by,
        category=win.category,
        value_effective=win.value_effective,
        stance=win.stance,
        visibility=win.visibility,
        is_deleted=win.is_deleted,
        is_doubtful=bool(win.doubts),
        credits=win.credits,
        features=win.features,
        praised=win.praised,
        has_measures=bool(win.measures),
        has_quote=bool(win.quote),
        has_files=bool(win.attachments),
        says_why=bool(win.cause or win.factors),
        is_model=win.review is Review.MODEL,
        length=len(win.detail or ""),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a win's history. *by* is an address or ``mailwins``; *how* says by which way (mail, cli, reread)."""

    win_id: int
    at: datetime
    by: str
    how: str
    field: str
    old: str | None
    new: str | None
    why: str | None = None


# ---------------------------------------------------------------- the wall


@dataclass(frozen=True, slots=True)
class ShareableWin:
    """All of a win that a customer may ever see. There is deliberately no way back to the Win.

    *words* are the contact's own words or the text a member approved for the customer;
    *is_quote* tells which. *measures* were found in those words and nowhere else.
    *ref* is the win's number: for the told-ledger, never printed to a customer.
    """

    ref: int
    happened_on: date
    words: str
    is_quote: bool
    said_by: str | None
    said_by_role: str | None
    measures: tuple[Measure, ...] = ()


# ---------------------------------------------------------------- what goes out


class OutboxState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A rendered mail with its final Message-ID, for one recipient.

    (*kind*, *cause*, *recipient*) is unique in the outbox: *cause* is an edition's key, the
    SHA-256 of the mail being answered, or an update's token. *to_customer* mail is never
    retried by itself once its fate is uncertain. *own* are its bytes, or their beginning: mails of one
    edition differ in a few headers only, and share the *rest*, which is kept once for all of them.
    """

    kind: str
    cause: str
    recipient: str
    message_id: str
    subject: str
    own: bytes = field(repr=False)
    to_customer: bool = False
    win_ids: tuple[int, ...] = ()
    rest: bytes = field(default=b"", repr=False)

    @property
    def raw(self) -> bytes:
        """The whole mail, as it goes out."""
        return self.own + self.rest


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one attempt to send ended. *reply* is what the server said, for people to read."""

    state: OutboxState
    reply: str = ""
    code: int | None = None
    is_of_content: bool = False
    """Refused after the whole mail was seen: what is in it, not whom it is for."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One audience's digest for one period. (*audience*, *key*) is unique; *key* is the local cut-off, e.g. 2026-11-16T08:00."""

    audience: str
    key: str
    since: datetime
    until: datetime
    timezone: str
    win_ids: tuple[int, ...] = ()
    lead: int | None = None
    state: str = "published"
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class CustomerUpdate:
    """A draft for one account since a date, and later what was really sent. Built only from ShareableWin.

    *plan*: what its CSM added (``coming``, ``question``, ``meeting``), so that the next draft keeps it.
    *subject* is the sent one once it was sent. *is_recipient_named*: its CSM said for whom it is, nobody guessed.
    """

    id: int
    token: str
    account: str
    since: date
    until: date
    drafted_at: datetime
    drafted_for: str
    recipient: Address
    subject: str
    text: str
    win_ids: tuple[int, ...] = ()
    state: str = "draft"
    sent_at: datetime | None = None
    sent_text: str | None = None
    plan: Mapping[str, str] = field(default_factory=dict)
    sent_message_id: str | None = None
    is_recipient_named: bool = False
