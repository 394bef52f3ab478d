"""From a judgement to what is written down and what the sender is told. One mail gets at most one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from mailwins.jobs.desk import Desk, address_of
from mailwins.model import (
    Address,
    CustomerUpdate,
    Decoded,
    Ignored,
    InboundMessage,
    Member,
    Outcome,
    OutgoingMail,
    Submission,
    Win,
)
from mailwins.ports import KeptMail, Question, Settled, Standing
from mailwins.receipts import compose
from mailwins.receipts.questions import Asked, pick
from mailwins.receipts.rows import Scene
from mailwins.receipts.views import Receipt
from mailwins.receipts.wishes import Reply, read_reply
from mailwins.understanding import Earlier, Judgement, Policy
from mailwins.understanding.trust import BELIEVED, Admission, admit

# A quarantined mail of a member is answered for these reasons; the others wait for a person without a word.
ANSWERED = frozenset({"unknown_account", "negative", "unsure", "over_limit", "failed", "encrypted"})


def earlier_of(desk: Desk, sha256: str, keys: Sequence[tuple[str, str]]) -> tuple[Earlier, ...]:
    """Earlier mails that share one of *keys*, with the wins they led to."""
    wins: dict[str, tuple[Win, ...]] = {}
    found = []
    for kind, key, mail in desk.earlier(keys):
        if mail == sha256:
            continue
        if mail not in wins:
            wins[mail] = tuple(desk.store.wins_of_mail(mail))
        found.append(Earlier(kind, key, mail, wins[mail]))
    return tuple(found)


PROVEN_WITHIN = timedelta(days=90)


@dataclass
class Answering:
    """One mail on its way to being settled."""

    desk: Desk
    mail: KeptMail
    message: InboundMessage
    now: datetime
    _known_standing: dict[str, Standing] = field(default_factory=dict, init=False, repr=False)
    _admitted: tuple[Decoded, Admission] | None = field(default=None, init=False, repr=False)

    @property
    def scene(self) -> Scene:
        return self.desk.scene(self.now)

    @property
    def day(self) -> date:
        """The day the mail was written, in its writer's own offset: what "last month" counts from."""
        return (self.message.date or self.mail.arrived_at).date()

    @property
    def policy(self) -> Policy:
        return self.desk.known().policy

    def read_reply(
        self,
        text: str,
        member: Member,
        *,
        asked: str | None = None,
        options: tuple[str, ...] = (),
        win_ids: tuple[int, ...] = (),
    ) -> Reply:
        kinds = tuple(k.name for k in self.policy.categories.values())
        accounts = tuple(n for a in self.desk.known().directory.accounts for n in (a.name, *a.aliases))
        return read_reply(
            text,
            asked=asked,
            options=options,
            win_ids=win_ids,
            kinds=kinds,
            names=(member.name,),
            accounts=accounts,
            whole=self.message.text,
            colleagues=tuple(m.name for m in self.desk.known().directory.members if m.name),
        )

    def admission(self, decoded: Decoded) -> Admission:
        """Looked at once, though every conversation that might take the mail asks."""
        if self._admitted is None or self._admitted[0] is not decoded:
            known = self.desk.known()
            self._admitted = decoded, admit(decoded.message, decoded.read, known.directory, known.policy)
        return self._admitted[1]

    def base(self, outcome: Outcome, reason: str | None, **more: Any) -> Settled:
        message = self.message
        return Settled(
            self.mail.sha256,
            outcome,
            reason,
            self.now,
            sender=message.author.address,
            subject=message.subject,
            message_id=message.message_id,
            sent_at=message.date,
            **more,
        )

    # ------------------------------------------------------------ a mail that brings something

    def settle(self, judged: Judgement, decoded: Decoded) -> Settled:
        wins = self.desk.numbered(judged.wins)
        note = decoded.read.note if isinstance(decoded.read, Submission) else None
        settled = self.base(
            judged.outcome,
            judged.reason,
            kind=judged.kind.value if judged.kind else None,
            note=note,
            candidates=judged.candidates,
            duplicate_of=judged.duplicate_of,
            wins=wins,
            changed=judged.changed,
            changes=judged.changes,
            refs=judged.refs,
            contacts=judged.contacts,
            proof=", ".join(judged.marks) or None,
        )
        member = judged.member
        if member is None or member.is_notifier or self.mail.is_silent or isinstance(decoded.read, Ignored):
            return settled
        view, asked = self._receipt(judged, wins, member)
        if view is None:
            return settled
        ids = tuple(w.id for w in wins) or tuple(w.id for w in judged.changed)
        return self.answered(
            settled, view, member, asked, ids, is_needed=asked is not None or judged.outcome is Outcome.QUARANTINED
        )

    def _receipt(
        self, judged: Judgement, wins: Sequence[Win], member: Member
    ) -> tuple[Callable[[], Receipt] | None, Asked | None]:
        """How it is composed, should she be answered, and what it asks."""
        scene = self.scene
        if wins:
            asked = pick(wins, scene.categories, frozenset())
            if asked is not None and asked.field in (recent := self.recently_asked(member)):
                asked = pick(wins, scene.categories, recent)
            return lambda: compose.captured(
                wins,
                member,
                scene,
                asked=asked,
                skipped=judged.skipped,
                recent=self.count_recent(member, len(wins)),
                answered=self._answered(wins),
                is_unusual=BELIEVED in judged.marks
                and self.desk.store.was_proven(member.address, self.now - PROVEN_WITHIN),
            ), asked
        if judged.outcome is Outcome.WIN and judged.duplicate_of:
            earlier = list(self.desk.store.wins_of_mail(judged.duplicate_of))
            if not earlier:
                return None, None
            by_id = {w.id: w for w in judged.changed}
            shown = [by_id.get(w.id, w) for w in earlier]
            return lambda: compose.known(shown, shown[0].submitted_by, member, scene), None
        if judged.outcome is Outcome.QUARANTINED and judged.reason in ANSWERED:
            asked = (
                Asked("account", "", tuple(judged.candidates[:3]))
                if judged.reason == "unknown_account"
                else Asked("summary", "")
                if judged.reason in ("unsure", "negative", "encrypted")
                else None
            )
            return lambda: compose.quarantined(
                judged.reason or "", judged.candidates, self.message.subject, member, scene
            ), asked
        return None, None

    def _answered(self, wins: Sequence[Win]) -> Mapping[int, CustomerUpdate]:
        """By the win's number: the customer update that it came back to."""
        return {
            w.id: update
            for w in wins
            if w.update_id is not None
            for update in self.desk.updates_to(w.account or "")
            if update.id == w.update_id
        }

    def settle_failure(self, reason: str, error: str, head: Decoded | None) -> Settled:
        settled = self.base(Outcome.QUARANTINED, reason, error=error[:500])
        if head is None:
            return settled
        admission = self.admission(head)
        if admission.outcome is not None:
            # A stranger's or a machine's mail stays what it is, however large.
            return replace(settled, outcome=admission.outcome, reason=admission.reason)
        if isinstance(head.read, Ignored):
            return replace(settled, outcome=Outcome.IGNORED, reason=head.read.reason)
        member = admission.member
        if member is None or member.is_notifier or self.mail.is_silent:
            return settled
        view = compose.quarantined(reason, (), self.message.subject, member, self.scene, error=error)
        return self.answered(settled, view, member, None, (), is_needed=True)

    # ------------------------------------------------------------ the one answer

    def answered(
        self,
        settled: Settled,
        view: Receipt | Callable[[], Receipt],
        member: Member,
        asked: Asked | None,
        win_ids: tuple[int, ...],
        *,
        is_needed: bool = True,
        is_asked_for: bool = False,
    ) -> Settled:
        """*settled* with this answer: none if the member wants none, the collected one above the limit. A *view* that
        would not be sent is not composed.

        *is_needed*: something is unclear, or was not done. *is_asked_for*: it answers a command, which
        no wish for fewer receipts means.
        """
        standing = self._standing(member)
        mode = self.desk.receipts_for(member, standing)
        if not is_asked_for and (mode == "none" or (mode == "questions" and not is_needed)):
            return settled
        to = address_of(member, self.message)
        if self.desk.answered_lately(to, standing, member, self.now) >= self.desk.config.receipts.per_hour:
            return replace(settled, outgoing=self._collected(member, to))
        view = view if isinstance(view, Receipt) else view()
        out: OutgoingMail = self.desk.receipt(
            view, to, self.message, cause=self.mail.sha256, now=self.now, win_ids=win_ids
        )
        questions = (
            (
                Question(
                    asked.win_id,
                    self.mail.sha256,
                    member.address,
                    asked.field,
                    view.question or asked.text,
                    asked.options,
                    self.now,
                ),
            )
            if asked
            else ()
        )
        return replace(settled, outgoing=(out,), questions=questions)

    def _collected(self, member: Member, to: Address) -> tuple[OutgoingMail, ...]:
        """The one that tells *member* of the limit; nothing once it is in the outbox, until another hour begins."""
        kind, cause = "receipt-collected", f"collected:{self.now:%Y-%m-%dT%H}"
        if self.desk.was_posted(kind, cause, to):
            return ()
        view = compose.collected(member, self.desk.config.receipts.per_hour, self.scene)
        again = InboundMessage(subject=view.heading)
        return (self.desk.receipt(view, to, again, cause=cause, now=self.now, kind=kind),)

    def recently_asked(self, member: Member) -> frozenset[str]:
        return self.desk.recently_asked(member, self.now)

    def count_recent(self, member: Member, new: int) -> int:
        return self._standing(member).captured + new

    def _standing(self, member: Member) -> Standing:
        """Looked up once for the one mail that is answered."""
        if member.address not in self._known_standing:
            self._known_standing[member.address] = self.desk.standing(member, self.now)
        return self._known_standing[member.address]
