"""The desk every job works at: the hands it was given, the settings it needs, and how a letter leaves it."""

from __future__ import annotations

import hmac
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from mailwins.config import Config
from mailwins.digest.composing import Company
from mailwins.model import Address, Contact, CustomerUpdate, Directory, InboundMessage, Member, OutgoingMail, Win
from mailwins.outbox import Enclosed, Letter, Picture, fitted, message_id, post, post_all
from mailwins.ports import Background, Raws, Reading, Standing, Store
from mailwins.receipts.rows import Scene
from mailwins.receipts.views import Receipt
from mailwins.render import Renderer
from mailwins.understanding import Policy

PLUS_ADDRESS = "plus_address"
"""Under this key the store keeps the address whose plus-addresses were seen to arrive."""

ANSWERED_WITHIN = timedelta(hours=1)
CAPTURED_WITHIN = timedelta(days=7)

# What may stand in our In-Reply-To and References: anything longer or stranger would break the line.
_ID = re.compile(r"[!-;=?-~]{1,250}")


@dataclass(frozen=True, slots=True)
class Known:
    """What was read from the store a moment ago: kept while nothing changed, so that a batch of mails need not ask each time."""

    directory: Directory
    policy: Policy


@dataclass
class Desk:
    """*key* signs Message-IDs and tokens. *known* is refreshed by ``refresh``."""

    store: Store
    raws: Raws
    reading: Reading
    renderer: Renderer
    config: Config
    key: bytes
    expected: int = 0
    """About so many mails are read in one go: numbers are taken for all of them at once."""
    unreturned: list[str] = field(default_factory=list, repr=False)
    """Mails that reading gave up and could not give back yet: their claims stand in the database, and are no attempts."""
    background: Background | None = field(default=None, repr=False)
    """What was looked up for several mails at once; who changes something of it takes it away. None: the store is asked."""
    _known: Known | None = field(default=None, repr=False)
    _numbers: deque[int] = field(default_factory=deque, repr=False)
    _posted: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """The last cause that the outbox was seen to have a mail for, by the mail's kind and recipient."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.company.timezone)

    @property
    def wins_address(self) -> str:
        return self.config.wins_address or "wins@localhost"

    @cached_property
    def sender(self) -> Address:
        return Address(f"{self.config.company.name} Wins", self.config.smtp.from_ or self.wins_address)

    @property
    def domain(self) -> str:
        return self.sender.domain or "localhost"

    @property
    def company(self) -> Company:
        return Company(
            self.config.company.name, self.wins_address, self.config.web.base_url, self.config.company.language
        )

    def known(self) -> Known:
        if self._known is None:
            self._known = Known(self.store.directory(), self._policy())
        return self._known

    def learned(self, contacts: Sequence[Contact] = (), *, is_more: bool = True) -> None:
        """*contacts* were added; *is_more*: other things as well, so everything is looked up again."""
        if is_more:
            self._known = None
        elif self._known is not None:
            self._known = Known(self._known.directory.with_contacts(contacts), self._known.policy)

    def refresh(self) -> None:
        self._known = self.background = None

    def look_up(self, keys: Iterable[tuple[str, str]], members: Collection[str], now: datetime) -> None:
        """*background* for mails by *members* (their first addresses) whose keys these are."""
        self.background = self.store.background(
            keys,
            members,
            answered_since=now - ANSWERED_WITHIN,
            captured_since=now - CAPTURED_WITHIN,
            asked_since=self._asked_since(now),
        )

    def earlier(self, keys: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str, str]]:
        """(kind, key, sha256 of the mail) for those *keys* that earlier mails left, oldest first. All of them were looked up, or none."""
        if self.background is None:
            return self.store.find_refs(keys)
        found = sorted(ref for key in dict.fromkeys(keys) for ref in self.background.refs.get(key, ()))
        return [ref[1:] for ref in found]

    def recently_asked(self, member: Member, now: datetime) -> frozenset[str]:
        if self.background is not None and member.address in self.background.asked:
            return self.background.asked[member.address]
        return frozenset(q.asked for q in self.store.questions_to(member.address, self._asked_since(now)))

    def _asked_since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.config.receipts.ask_again_after_days)

    def updates_to(self, account: str) -> Sequence[CustomerUpdate]:
        """Newest first."""
        if self.background is not None and account not in self.background.updated:
            return ()
        return self.store.updates(account)

    def _policy(self) -> Policy:
        config = self.config
        own = {
            a.lower()
            for a in (
                config.wins_address,
                config.smtp.from_,
                config.smtp.reply_to,
                config.updates.send_from,
                config.mailbox.user if "@" in config.mailbox.user else None,
            )
            if a
        }
        return Policy(
            categories=config.kinds,
            own_addresses=frozenset(own),
            own_domains=frozenset(d.lower() for d in config.company.domains),
            trust=config.trust.policy,
            authserv_ids=config.trust.authserv_id,
            pilot=config.trust.pilot,
            features=config.features.names,
            timezone=self.zone,
            examples=tuple((text, category) for _, text, category in self.store.examples()),
        )

    def scene(self, now: datetime) -> Scene:
        known = self.known()
        return Scene(self.company, known.directory, known.policy.categories, self.config.audience, self.zone, now)

    def numbered(self, wins: Sequence[Win]) -> tuple[Win, ...]:
        """New wins with their numbers and tokens."""
        if len(self._numbers) < len(wins):
            more = self.store.reserve_win_ids(max(len(wins) - len(self._numbers), self.expected))
            self._numbers.extend(more)
        ids = [self._numbers.popleft() for _ in wins]
        return tuple(replace(w, id=i, token=self.token(w.mail, str(w.ordinal))) for w, i in zip(wins, ids, strict=True))

    def token(self, *parts: str) -> str:
        """20 letters that nobody can guess and that are the same each time."""
        return hmac.digest(self.key, "\0".join(parts).encode(), "sha256").hex()[:20]

    def bcc_address(self, token: str) -> str:
        """Where the copy of a customer update goes: tells its draft by a plus-address, once one was proven to arrive as it was written."""
        local, _, domain = self.wins_address.partition("@")
        return f"{local}+{token}@{domain}" if self.store.get(PLUS_ADDRESS) == self.wins_address else self.wins_address

    # ------------------------------------------------------------ letters

    def receipt(
        self,
        view: Receipt,
        to: Address,
        message: InboundMessage,
        *,
        cause: str,
        now: datetime,
        win_ids: tuple[int, ...] = (),
        kind: str = "receipt",
    ) -> OutgoingMail:
        """The answer to *message*, in its thread."""
        done = self.renderer.render("receipt", {"mail": view})
        sender = self.sender
        subject = message.subject or view.heading
        if not subject.lower().startswith("re:"):
            subject = f"Re: {subject}"
        headers = [("Auto-Submitted", "auto-replied"), ("X-Mailwins-Kind", "receipt"), *self._reply_to()]
        if message.message_id and _ID.fullmatch(message.message_id):
            chain = [r for r in (*message.references[-10:], message.message_id) if _ID.fullmatch(r)]
            headers += [
                ("In-Reply-To", f"<{message.message_id}>"),
                ("References", " ".join(f"<{r}>" for r in dict.fromkeys(chain))),
            ]
        letter = Letter(
            kind, cause, sender, to, fitted(subject), done.text, done.lines, now, tuple(headers), win_ids=win_ids
        )
        return post(letter, key=self.key, domain=sender.domain or "localhost")

    def was_posted(self, kind: str, cause: str, to: Address) -> bool:
        """Whether the outbox has this mail already, whatever became of it there."""
        recipient = to.address or ""
        if self._posted.get((kind, recipient)) != cause:
            id_ = message_id(kind, cause, recipient, key=self.key, domain=self.domain)
            if self.store.outgoing_by_message_id(id_) is None:
                return False
            self._posted[kind, recipient] = cause
        return True

    def letter(
        self,
        template: str,
        view: object,
        *,
        kind: str,
        cause: str,
        to: Address,
        subject: str,
        now: datetime,
        headers: Sequence[tuple[str, str]] = (),
        pictures: Sequence[Picture] = (),
        files: Sequence[Enclosed] = (),
        win_ids: tuple[int, ...] = (),
    ) -> OutgoingMail:
        """A mail of our own accord to one colleague."""
        done = self.renderer.render(template, {"mail": view})
        back = [] if any(n == "Reply-To" for n, _ in headers) else self._reply_to()
        given = [("Auto-Submitted", "auto-generated"), ("X-Mailwins-Kind", kind), *back, *headers]
        return post(
            Letter(
                kind,
                cause,
                self.sender,
                to,
                subject,
                done.text,
                done.lines,
                now,
                tuple(given),
                tuple(pictures),
                tuple(files),
                win_ids=win_ids,
            ),
            key=self.key,
            domain=self.domain,
        )

    def letters(
        self,
        template: str,
        view: object,
        *,
        kind: str,
        cause: str,
        people: Sequence[Address],
        subject: str,
        now: datetime,
        headers: Sequence[tuple[str, str]] = (),
        pictures: Sequence[Picture] = (),
        win_ids: tuple[int, ...] = (),
    ) -> Iterator[OutgoingMail]:
        """The same mail to each of many colleagues, rendered once."""
        done = self.renderer.render(template, {"mail": view})
        given = [("Auto-Submitted", "auto-generated"), ("X-Mailwins-Kind", kind), *self._reply_to(), *headers]
        return post_all(
            Letter(
                kind,
                cause,
                self.sender,
                Address(None, None),
                subject,
                done.text,
                done.lines,
                now,
                tuple(given),
                tuple(pictures),
                win_ids=win_ids,
            ),
            people,
            key=self.key,
            domain=self.domain,
        )

    def _reply_to(self) -> list[tuple[str, str]]:
        given = self.config.smtp.reply_to or (self.wins_address if self.sender.address != self.wins_address else None)
        return [("Reply-To", given)] if given else []

    def receipts_for(self, member: Member, standing: Standing | None = None) -> str:
        """all, questions or none: the member's own wish, else the company's."""
        company = self.config.receipts.mode
        if company == "none":
            return "none"
        wish = standing.receipts if standing else self.store.preference(member.address, "receipts")
        return wish or company

    def answered_lately(self, to: Address, standing: Standing, member: Member, now: datetime) -> int:
        """How many receipts went within the hour to the address that is answered; *standing* tells of her first one only."""
        if to.address is None or to.address.lower() == member.address.lower():
            return standing.answered
        since = now - ANSWERED_WITHIN
        return self.store.standing(to.address, answered_since=since, captured_since=since).answered

    def standing(self, member: Member, now: datetime) -> Standing:
        """Her receipts of the last hour and wins of the last week."""
        if self.background is not None and member.address in self.background.standing:
            return self.background.standing[member.address]
        return self.store.standing(
            member.address, answered_since=now - ANSWERED_WITHIN, captured_since=now - CAPTURED_WITHIN
        )


def address_of(member: Member, message: InboundMessage | None = None) -> Address:
    """Where to write to a member: the address she wrote from if it is hers, else her first one."""
    used = message.author.address if message else None
    if used and used.lower() in (a.lower() for a in member.addresses):
        return Address(member.name, used)
    return Address(member.name, member.address)
