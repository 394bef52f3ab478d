"""What judging a mail may know besides the mail, and what it hands back.

Judging is pure: ``jobs.read`` first asks ``wanted`` which earlier mails matter, looks them
up, and then calls ``judge`` with everything in one value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from mailwins.config import Kind as Category
from mailwins.model import Change, Contact, Directory, Kind, Member, Outcome, Win


@dataclass(frozen=True, slots=True)
class Policy:
    """The company's own settings, as far as judging needs them.

    *own_addresses* are wins@ and what we send from; *own_domains* the company's. *pilot*
    limits who is served (addresses or whole domains written as ``@domain``); empty: everybody.
    """

    categories: Mapping[str, Category] = field(default_factory=dict)
    own_addresses: frozenset[str] = frozenset()
    own_domains: frozenset[str] = frozenset()
    trust: str = "warn"
    authserv_ids: tuple[str, ...] = ()
    pilot: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    timezone: tzinfo | None = None
    examples: tuple[tuple[str, str], ...] = ()
    """(text, category) that people corrected: they teach, and can be read and removed."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier mail that shares a key with this one, with the wins it led to (its own or those it repeated)."""

    kind: str
    key: str
    sha256: str
    wins: tuple[Win, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """*arrived_at* is when the server took the mail; *now* when it is judged. Both aware."""

    directory: Directory
    policy: Policy
    sha256: str
    arrived_at: datetime
    now: datetime
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of one mail with everything that led to it.

    *wins* are new ones with ``id`` 0 and an empty ``token``. *changed* are earlier wins with an
    added credit, *changes* their history. *refs* are the keys this mail leaves for later ones.
    *member* is who sent it, None for strangers and tools. *candidates* name the accounts that
    were close when none was certain. *duplicate_of* is the earlier mail's SHA-256.
    *skipped* tells what of the mail was not understood, in words for its sender.
    """

    outcome: Outcome
    reason: str | None = None
    kind: Kind | None = None
    member: Member | None = None
    wins: tuple[Win, ...] = ()
    changed: tuple[Win, ...] = ()
    changes: tuple[Change, ...] = ()
    contacts: tuple[Contact, ...] = ()
    refs: tuple[tuple[str, str], ...] = ()
    candidates: tuple[str, ...] = ()
    duplicate_of: str | None = None
    skipped: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """How the sender was proven, e.g. ``dmarc pass`` or ``unproven (policy warn)``."""
