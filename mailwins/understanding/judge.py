"""From a Submission to its outcome: one mail, everything that is known, one answer with reasons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mailwins.model import (
    Account,
    Address,
    Change,
    Contact,
    Decoded,
    Directory,
    Ignored,
    InboundMessage,
    Kind,
    Labels,
    Measure,
    Member,
    Outcome,
    Quoted,
    Read,
    Reason,
    Source,
    Stance,
    Submission,
    Visibility,
    Win,
    WinContact,
)
from mailwins.parsers.addresses import parse_author
from mailwins.parsers.folding import drop_greeting
from mailwins.parsers.labels import without_tags
from mailwins.patterns import rare
from mailwins.understanding import accounts, duplicates, internal, measures, mood, people, summary, trust, windate
from mailwins.understanding.classifier import Classified, classify
from mailwins.understanding.facts import Earlier, Facts, Judgement
from mailwins.understanding.tellings import Teller, Telling

SURE_ACCOUNT = 0.8
SAME_NAME = 0.8
DOUBT_VALUE = 1
NO_WIN = 0.5
MILESTONE_SHARE = 0.45
_STOPPED = frozenset({"nested_too_deep", "too_many_parts"})
MILESTONE_OF_NAMED = 0.2
"""Where colleagues are praised by name and no customer is named, it is the team's news sooner."""


def wanted(decoded: Decoded) -> list[tuple[str, str]]:
    """Keys by which earlier mails may matter to this one."""
    message = decoded.message
    keys: list[tuple[str, str]] = list(duplicates.thread_keys(message))
    if key := duplicates.key_of_delivery(message):
        keys.append(key)
    if isinstance(decoded.read, Submission):
        for quoted in decoded.read.originals:
            for q in people.chain(quoted):
                keys += duplicates.keys_of_quoted(q)
        for story in decoded.read.stories:
            if print_ := duplicates.fingerprint(story.text):
                keys.append(("note", print_))
    return list(dict.fromkeys(keys))


def judge(decoded: Decoded, facts: Facts) -> Judgement:
    """The outcome of one mail. Corrections and commands were told apart before."""
    message, read = decoded.message, decoded.read
    refs = _own_refs(message)
    again = next((e for e in facts.earlier if e.kind == "delivery" and e.sha256 != facts.sha256), None)
    if again is not None:
        return Judgement(Outcome.IGNORED, "duplicate_delivery", duplicate_of=again.sha256, refs=refs)
    if isinstance(read, Ignored) and read.reason != "empty":
        return Judgement(Outcome.IGNORED, read.reason, refs=refs)
    admission = trust.admit(message, read, facts.directory, facts.policy)
    if admission.outcome is not None:
        return Judgement(admission.outcome, admission.reason, refs=refs, marks=admission.marks)
    if "encrypted" in message.defects and not _says_anything(read):
        return Judgement(Outcome.QUARANTINED, "encrypted", refs=refs, member=admission.member)
    if _has_unread_parts(message) and not (isinstance(read, Submission) and _shows_anything(read)):
        # What was not looked at may be anything, so it is nobody's empty mail.
        return Judgement(Outcome.QUARANTINED, "over_limit", refs=refs, member=admission.member)
    if isinstance(read, Ignored):
        return Judgement(Outcome.IGNORED, read.reason, refs=refs, member=admission.member)
    if read.kind is Kind.FORWARD and read.rating is None and not _shows_anything(read):
        return Judgement(Outcome.IGNORED, "empty", refs=refs, member=admission.member)
    assert admission.member is not None
    return _Case(decoded, read, facts, admission.member, refs, admission.marks).judge()


def _says_anything(read: Read) -> bool:
    return isinstance(read, Submission) and bool(
        read.note or read.labels.fields or any(q.words for o in read.originals for q in people.chain(o))
    )


def _shows_anything(read: Submission) -> bool:
    """Whether there are words or files; a byte order mark and zero-width signs are none."""
    quoted = [q for o in read.originals for q in people.chain(o)]
    words = "".join([read.note or "", *(q.words or "" for q in quoted)])
    return bool(
        read.labels.fields
        or read.attachments
        or any(q.attachments for q in quoted)
        or any(not sign.isspace() and unicodedata.category(sign) != "Cf" for sign in words)
    )


def _has_unread_parts(message: InboundMessage) -> bool:
    """Whether reading it, or a mail inside it, stopped at a limit."""
    return not _STOPPED.isdisjoint(message.defects) or any(_has_unread_parts(m) for m in message.attached)


def _own_refs(message: InboundMessage) -> tuple[tuple[str, str], ...]:
    refs = [("message_id", message.message_id)] if message.message_id else []
    key = duplicates.key_of_delivery(message)
    return tuple(refs + ([key] if key else []))


@dataclass(frozen=True, slots=True)
class _Said:
    """*words*: a customer's or a tool's, else None; *story*: a colleague's without its internal paragraphs."""

    is_quote: bool
    words: str | None
    story: str | None
    internal_note: str | None

    @property
    def told(self) -> str:
        return self.words if self.words is not None else self.story or ""


@dataclass
class _Case:
    decoded: Decoded
    read: Submission
    facts: Facts
    member: Member
    own_refs: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]

    @property
    def message(self) -> InboundMessage:
        return self.decoded.message

    @property
    def own(self) -> frozenset[str]:
        return self.facts.policy.own_addresses

    def judge(self) -> Judgement:
        refs = list(self.own_refs)
        kind = self.read.kind
        if kind is Kind.REPLY and (verdict := self._among_colleagues()):
            return replace(verdict, refs=tuple(refs), kind=kind, marks=self.marks)
        tellings = Teller(self.message, self.read, self.facts.directory, self.own, self._written_day()).tellings()
        wins: list[Win] = []
        changed: list[Win] = []
        changes: list[Change] = []
        contacts: list[Contact] = []
        failures: list[tuple[str, tuple[str, ...]]] = []
        overruled: list[str] = []
        duplicate_of: str | None = None
        for telling in tellings:
            keys = self._keys(telling)
            earlier = self._earlier(keys)
            if earlier is not None:
                duplicate_of = duplicate_of or earlier.sha256
                refs += keys
                for win in earlier.wins:
                    credited, change = self._credit(win)
                    if change:
                        changed.append(credited)
                        changes.append(change)
                continue
            outcome = self._win(telling, keys)
            if isinstance(outcome, Win):
                wins.append(replace(outcome, ordinal=len(wins)) if wins else outcome)
                overruled += _overruled(telling.labels, outcome)
                refs += self._keys(telling, outcome.account)
                if outcome.contact and outcome.contact.address and outcome.account:
                    contacts.append(
                        Contact(outcome.contact.name, outcome.contact.address, outcome.account, outcome.contact.role)
                    )
            else:
                failures.append(outcome)
        common = {"kind": kind, "member": self.member, "refs": tuple(dict.fromkeys(refs)), "marks": self.marks}
        if wins or duplicate_of:
            skipped = [f"one part was left out ({reason.replace('_', ' ')})" for reason, _ in failures]
            if _has_unread_parts(self.message):
                skipped.append("some of what is attached was not read: it is too much, or lies too deep in one another")
            return Judgement(
                Outcome.WIN,
                None,
                wins=tuple(wins),
                changed=tuple(changed),
                changes=tuple(changes),
                contacts=tuple(contacts),
                duplicate_of=duplicate_of,
                skipped=(*skipped, *dict.fromkeys(overruled)),
                **common,  # type: ignore[arg-type]
            )
        reason, candidates = failures[0] if failures else ("unsure", ())
        return Judgement(Outcome.QUARANTINED, reason, candidates=candidates, **common)  # type: ignore[arg-type]

    def _among_colleagues(self) -> Judgement | None:
        """An answer to a colleague's mail: thanks and cheers are no win; news are."""
        if any(
            not people.is_ours(q.author, self.facts.directory, self.own)
            for o in self.read.originals
            for q in people.chain(o)
        ):
            return None
        thread = next((e for e in self.facts.earlier if e.kind == "message_id"), None)
        text = self.read.note or ""
        if thread is not None or (len(text.split()) <= 40 and not self.read.labels.fields):
            return Judgement(
                Outcome.IGNORED, "congratulation", member=self.member, duplicate_of=thread.sha256 if thread else None
            )
        return None

    # ------------------------------------------------------------ known already

    def _keys(self, telling: Telling, account: str | None = None) -> list[tuple[str, str]]:
        if telling.quoted is not None:
            return duplicates.keys_of_quoted(telling.quoted)
        key = duplicates.key_of_note(telling.text, account or telling.labels.get("account"))
        return [key] if key else []

    def _earlier(self, keys: Sequence[tuple[str, str]]) -> Earlier | None:
        return next(
            (
                e
                for e in self.facts.earlier
                if (e.kind, e.key) in set(keys) and e.wins and e.sha256 != self.facts.sha256
            ),
            None,
        )

    def _credit(self, win: Win) -> tuple[Win, Change | None]:
        mine = self.member.address
        if self.member.is_notifier or mine in (win.submitted_by, *win.credits):
            return win, None
        credits = (*win.credits, mine)
        change = Change(
            win.id,
            self.facts.now,
            mine,
            "mail",
            "credits",
            ", ".join(win.credits) or None,
            ", ".join(credits),
            "sent the same",
        )
        return replace(win, credits=credits), change

    # ------------------------------------------------------------ one win

    def _win(self, telling: Telling, keys: Sequence[tuple[str, str]]) -> Win | tuple[str, tuple[str, ...]]:
        """The win, or the reason why it waits for a person, with the accounts that may be meant."""
        facts, read, labels, quoted = self.facts, self.read, telling.labels, telling.quoted
        telling, said = self._said(telling)
        told = said.told
        found = classify(told) if told.strip() else None
        if quoted is None and not labels.fields and not labels.tags and summary.only_asks(told):
            return "unsure", _name_of(self._account(telling, quoted, said.story))
        reasons: dict[str, Reason] = {}
        doubts: list[str] = []
        stance, reasons["stance"] = mood.stance_of(told, read.rating, found)
        settled = self._account(telling, quoted, said.story)
        account = settled.account
        if stance is Stance.COMPLAINT:
            # Whose worry it is: an update for this customer must not be written without a look at it.
            return "negative", _name_of(settled)
        line, reasons["summary"] = self._summary(telling, said, found)
        # A headline that may be the wrong sentence settles nothing.
        headline = None if account is None or reasons["summary"].candidates else line
        category, reasons["category"] = self._category(telling, said, found, account, headline)
        if account is None:
            if self._is_milestone(telling, told, settled, found, category, reasons["category"]):
                if category is None:
                    category, reasons["category"] = "milestone", _reads_like_team_news(found)
            elif facts.directory.accounts:
                return "unknown_account", settled.candidates
            else:
                # Nobody has named a customer to us yet: the win is kept, and its account is an open question.
                doubts.append("account")
        elif settled.reason.confidence is not None and settled.reason.confidence < SURE_ACCOUNT:
            doubts.append("account")
        reasons["account"] = (
            settled.reason if account else Reason(Source.GUESSED, "a milestone of the team, without a customer.", 0.9)
        )
        contact = self._contact(telling, quoted, said.is_quote, account, said.story)
        if contact and (why := self._contact_guessed(contact, quoted, said.is_quote, account)):
            reasons["contact"] = why
        win_date, reasons["win_date"] = self._date(telling, quoted, said.is_quote, self._written_day())
        if reasons["win_date"].is_guess:
            doubts.append("win_date")
        if account and quoted is None and reasons["summary"].source is Source.GUESSED:
            line, *others = [
                summary.with_subject(accounts.without_lead(x, account, facts.directory), account.name)
                for x in (line, *reasons["summary"].candidates)
            ]
            reasons["summary"] = replace(reasons["summary"], candidates=tuple(others))
        if (reasons["summary"].confidence or 1) < 0.35:
            doubts.append("summary")
        if stance is Stance.NEUTRAL:
            if reasons["stance"].confidence == 0.5 and told.strip():
                doubts.append("stance")
            elif found and found.none >= NO_WIN and reasons["stance"].is_guess and reasons["category"].is_guess:
                doubts.append("stance")
                reasons["stance"] = Reason(Source.GUESSED, "it reads like everyday business rather than a win.", 0.5)
        value, reasons["value"] = _value(telling, said.story, stance)
        visibility, reasons["visibility"] = self._visibility(telling, category, stance, said.internal_note, told)
        known = facts.policy.categories.get(category) if category else None
        expected, experienced = measures.expectation(told)
        key = next(iter(keys), None) or next(iter(self._keys(telling, account.name if account else None)), None)
        return Win(
            id=0,
            token="",
            mail=facts.sha256,
            ordinal=0,
            captured_at=facts.now,
            win_date=win_date,
            summary=line,
            account=account.name if account else None,
            quote=said.words or None,
            note=without_tags(said.story) if said.story else None,
            internal_note=said.internal_note,
            contact=contact,
            praised=people.praised_in(told, facts.directory),
            csm=account.csm if account else None,
            submitted_by=self.member.address,
            category=category,
            value=value,
            value_effective=value or (known.default_value if known else 5),
            cause=labels.get("cause"),
            factors=_several(labels.get("factors")),
            features=self._features(labels, told),
            measures=_measures(told, labels),
            expected=labels.get("expected") or expected,
            experienced=labels.get("experienced") or experienced,
            urls=telling.urls,
            attachments=tuple(replace(f, content=None) for f in telling.files),
            stance=stance,
            visibility=visibility,
            is_public=read.is_public,
            is_named="named" in labels.tags,
            kind=read.kind,
            doubts=tuple(doubts),
            reasons=reasons,
            origin_key=f"{key[0]}:{key[1]}" if key else None,
            thread_keys=tuple(self.message.references[:20]),
        )

    def _said(self, telling: Telling) -> tuple[Telling, _Said]:
        """Whose words they are, and what of them stays among colleagues."""
        quoted, is_notification = telling.quoted, self.read.kind is Kind.NOTIFICATION
        is_quote = quoted is not None and not people.is_ours(quoted.author, self.facts.directory, self.own)
        if quoted is not None and (is_quote or is_notification):
            return telling, _Said(is_quote, telling.text, None, telling.note)
        if quoted is not None:
            telling = replace(telling, text=drop_greeting(telling.text))
        story, internal_note = internal.split_internal(telling.text)
        if quoted is not None and telling.note:
            internal_note = "\n\n".join(t for t in (internal_note, telling.note) if t and t != telling.text) or None
        return telling, _Said(is_quote, None, story, internal_note)

    def _summary(self, telling: Telling, said: _Said, found: Classified | None) -> tuple[str, Reason]:
        quoted, labels = telling.quoted, telling.labels
        # The subject of a mail that tells of several things is none of theirs.
        subject = self.message.subject if quoted is not None or len(self.read.stories) <= 1 else None
        if quoted is not None and quoted.subject:
            subject = quoted.subject
        return summary.summarise(
            stated=labels.get("summary") or labels.get("title"),
            subject=subject,
            words=said.told,
            note=said.story if said.words is None else None,
            is_note=said.words is None,
            parts=found.parts if found else (),
            addressed=people.names_of(self.facts.directory).called,
        )

    def _category(
        self, telling: Telling, said: _Said, found: Classified | None, account: Account | None, headline: str | None
    ) -> tuple[str | None, Reason]:
        policy = self.facts.policy
        tags = tuple(t.replace("-", "_") for t in telling.labels.tags)
        if _OLYMPICS.search(f"{self.message.subject or ''}\n{_first_line(telling.note or '')}"):
            tags = (*tags, "olympics")
        return mood.category_of(
            said.told if said.told.strip() else None,
            stated=telling.labels.get("category"),
            tags=tags,
            rating=self.read.rating,
            is_review=self.read.is_public,
            categories=policy.categories,
            examples=policy.examples,
            found=found,
            unlikely=mood.unlikely_kinds(
                account=account.name if account else None, quote=said.words if said.is_quote else None
            ),
            headline=headline,
            beside=said.internal_note if said.words is not None else None,
        )

    def _is_milestone(
        self,
        telling: Telling,
        told: str,
        settled: accounts.Settled,
        found: Classified | None,
        category: str | None,
        why: Reason,
    ) -> bool:
        """Whether what names no customer is the team's own news; *why*: of its *category*."""
        if why.is_guess and tells_of_others(told):
            return False
        if category in ("milestone", "olympics") or _is_team_news(telling, telling.labels, settled):
            return True
        if telling.quoted is not None or category is not None or settled.candidates:
            return False
        if telling.labels.get("account") is not None:
            return False
        praised = people.praised_in(told, self.facts.directory)
        return _milestone_share(found) >= (MILESTONE_OF_NAMED if praised else MILESTONE_SHARE)

    def _contact_guessed(
        self, contact: WinContact, quoted: Quoted | None, is_quote: bool, account: Account | None
    ) -> Reason | None:
        """Why the person may be another one, where she may."""
        if quoted is not None and quoted.is_address_guess and contact.address == quoted.author.address:
            why = "no address stands above these words; this one is taken from elsewhere in the mail."
            return Reason(Source.GUESSED, why, SAME_NAME)
        if is_quote and account and (outside := _outside(contact, account, self.facts.directory)):
            why = f"{outside} is none of {account.name}'s addresses; somebody there may have said it."
            return Reason(Source.GUESSED, why, SAME_NAME)
        return None

    def _written_day(self) -> date:
        moment = self.message.date or self.facts.arrived_at
        return moment.date()

    def _account(self, telling: Telling, quoted: Quoted | None, story: str | None) -> accounts.Settled:
        directory = self.facts.directory
        stated = telling.labels.get("account") or self._tagged_account(telling.labels)
        addresses: list[str] = []
        if quoted is not None:
            originals = (
                [q for o in self.read.originals for q in people.chain(o)]
                if self.read.kind is not Kind.REPLY
                else list(self.read.originals)
            )
            everybody = [
                quoted.author,
                *(q.author for q in originals),
                *(p for q in [quoted, *originals] for p in (*q.cc, *q.to)),
                *(self.message.to if self.read.kind is Kind.REPLY else ()),
                *(self.message.cc if self.read.kind is Kind.REPLY else ()),
            ]
            addresses = [p.address for p in everybody if p.address and not people.is_ours(p, directory, self.own)]
            author_unknown = (
                bool(quoted.author.address)
                and not people.is_ours(quoted.author, directory, self.own)
                and quoted.author.domain not in accounts.FREEMAIL
            )
            texts = [(telling.note or "", 5), (self.message.subject or "", 3), (quoted.signature or "", 4)]
            if not author_unknown:
                texts.append((telling.text, 0))
        else:
            texts = [
                (self.message.subject or "", 4) if len(self.read.stories) <= 1 else ("", 0),
                (_first_line(telling.text), 5),
                (telling.text, 0),
            ]
            addresses = [
                a
                for a in re.findall(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", telling.text)
                if not people.is_ours(Address(None, a), directory, self.own)
            ]
        thread = [
            a
            for e in self.facts.earlier
            if e.kind == "message_id"
            for w in e.wins
            if (a := directory.account(w.account))
        ]
        settled = accounts.settle(
            stated=stated,
            addresses=list(dict.fromkeys(addresses)),
            hint=self.read.account_hint,
            texts=texts,
            thread=thread,
            directory=directory,
        )
        if settled.account is None and not settled.candidates and quoted is not None:
            # A stranger's own words book nothing; whom they name is who may be asked about.
            named = accounts.index_of(directory).named_in(f"{quoted.subject or ''}\n{telling.text}")
            return replace(settled, candidates=tuple(dict.fromkeys(n.account.name for _, n in named))[:3])
        return settled

    def _tagged_account(self, labels: Labels) -> str | None:
        """``#harborview`` names an account as well as a label does."""
        index = accounts.index_of(self.facts.directory)
        return next(
            (
                t
                for t in labels.tags
                if accounts.fold_name(t) in index.exact and len(index.exact[accounts.fold_name(t)]) == 1
            ),
            None,
        )

    def _contact(
        self, telling: Telling, quoted: Quoted | None, is_quote: bool, account: Account | None, story: str | None
    ) -> WinContact | None:
        if stated := telling.labels.get("contact"):
            person = parse_author(re.sub(r"\s*[(,]\s*[^()@<>]*\)?$", "", stated) if "@" not in stated else stated)
            role = re.search(r"[(,]\s*([^()@<>]{3,60})\)?\s*$", stated) if "@" not in stated else None
            if (
                quoted is not None
                and person.name
                and quoted.author.name
                and accounts.fold_name(quoted.author.name) == accounts.fold_name(person.name)
            ):
                # She names the one who wrote the mail below: the address stands there.
                author = people.to_contact(quoted.author, quoted.signature)
                return WinContact(
                    person.name,
                    person.address or (author.address if author else None),
                    (role[1].strip() if role else None) or (author.role if author else None),
                )
            known = next(
                (
                    c
                    for c in self.facts.directory.contacts
                    if c.name
                    and person.name
                    and c.name.casefold() == person.name.casefold()
                    and (account is None or c.account == account.name)
                ),
                None,
            )
            return WinContact(
                person.name,
                person.address or (known.address if known else None),
                role[1].strip() if role else known.role if known else None,
            )
        if quoted is not None and (is_quote or self.read.kind is Kind.NOTIFICATION):
            author = people.to_contact(quoted.author, quoted.signature)
            if author and author.role and account:
                return replace(author, role=people.without_employer(author.role, account))
            return author
        text = story or telling.text
        return people.contact_in_note(text, account, self.facts.directory)

    def _date(self, telling: Telling, quoted: Quoted | None, is_quote: bool, written: date) -> tuple[date, Reason]:
        stated = telling.labels.get("date")
        if stated and (day := windate.of_stated(stated, written)) and day <= written:
            return day, Reason(Source.STATED, f"the mail says “{stated}”.")
        if quoted is not None and (is_quote or self.read.kind is Kind.NOTIFICATION):
            return windate.of_quoted(quoted.written, written)
        by_colleague = quoted.written if quoted is not None else None
        if by_colleague is not None:
            written = by_colleague.date() if isinstance(by_colleague, datetime) else by_colleague
        return windate.of_note(telling.text, written)

    def _visibility(
        self, telling: Telling, category: str | None, stance: Stance, internal_note: str | None, told: str
    ) -> tuple[Visibility, Reason]:
        tags = telling.labels.tags
        stated = (telling.labels.get("visibility") or "").lower()
        if stance is Stance.DOUBT:
            return Visibility.PRIVATE, Reason(Source.GUESSED, "a doubt stays with the CSM and managers.", 1.0)
        if "private" in tags or stated.startswith(("priv", "no", "nein", "non")):
            return Visibility.PRIVATE, Reason(Source.STATED, "you marked it private.")
        whispered = (
            [
                q.words
                for o in self.read.originals
                for q in people.chain(o)
                if not people.is_ours(q.author, self.facts.directory, self.own)
            ]
            if telling.quoted is not None
            else []
        )
        above = internal.plea_above(telling.note) if telling.quoted is not None else None
        cue = above or internal.cue_of_confidence(telling.note if telling.quoted is None else None, told, *whispered)
        if cue:
            who = "your note" if above else "it"
            undo = "; reply “internal” to let colleagues see it" if above or telling.quoted is None else ""
            return Visibility.PRIVATE, Reason(Source.STATED, f"{who} says “{cue}”{undo}.")
        if not self.read.is_public and (not_for_customer := internal.cue_for_customer(telling.note)):
            return Visibility.INTERNAL, Reason(Source.STATED, f"you wrote “{not_for_customer}”.")
        if _asks_to_share(telling.labels) and category != "olympics":
            return Visibility.SHAREABLE, Reason(Source.PERSON, "you marked it to be shared.")
        if self.read.is_public and category != "olympics":
            return Visibility.SHAREABLE, Reason(Source.STATED, "it was said in public.")
        return Visibility.INTERNAL, Reason(Source.DEFAULT, "colleagues only, until somebody shares it.")

    def _features(self, labels: Labels, told: str) -> tuple[str, ...]:
        stated = _several(labels.get("features"))
        if stated:
            return stated
        if not self.facts.policy.features:
            return ()
        folded = f" {accounts.fold_name(told)} "
        return tuple(f for f in self.facts.policy.features if f" {accounts.fold_name(f)} " in folded)


def _overruled(labels: Labels, win: Win) -> Iterator[str]:
    """What its sender stated and the win has otherwise, and why, in words for her."""
    value = labels.get("value")
    if value and measures.stated_value(value) is None:
        yield f"“{value}” is no value from 1 to 10, so I took what is usual"
    day = labels.get("date")
    if day and f"“{day}”" not in win.reasons["win_date"].text:
        yield f"“{day}” is no day that has been, so I took {win.win_date.day} {win.win_date:%B %Y}"
    if _asks_to_share(labels) and win.visibility is not Visibility.SHAREABLE:
        reason = win.reasons.get("visibility")
        why = (
            "it reads as a doubt, which stays with its CSM and managers"
            if win.stance is Stance.DOUBT
            else "Olympics are never shared with customers"
            if win.category == "olympics"
            else reason.text.rstrip(".")
            if reason
            else "it is not for the customer"
        )
        yield f"you marked it to be shared, and it is not: {why}"


def _asks_to_share(labels: Labels) -> bool:
    stated = (labels.get("visibility") or "").lower()
    return "share" in labels.tags or stated.startswith(("share", "yes", "ja", "oui", "si", "public"))


def _name_of(settled: accounts.Settled) -> tuple[str, ...]:
    return (settled.account.name,) if settled.account else ()


def _milestone_share(found: Classified | None) -> float:
    return dict(found.categories).get("milestone", 0.0) if found else 0.0


def _reads_like_team_news(found: Classified | None) -> Reason:
    why = "no customer is named and it reads like the team's own news."
    return Reason(Source.GUESSED, why, _milestone_share(found), ("milestone",))


def _value(telling: Telling, story: str | None, stance: Stance) -> tuple[int | None, Reason]:
    """What somebody gave it; a doubt has the value of doubts."""
    stated = telling.labels.get("value")
    spoken = None
    if not stated:
        spoken = measures.value_behind(story) if telling.quoted is None else measures.spoken_value(telling.note)
    value = DOUBT_VALUE if stance is Stance.DOUBT else measures.stated_value(stated) or spoken
    if value and (spoken or stated):
        return value, Reason(Source.STATED, "you wrote it.")
    return value, Reason(Source.DEFAULT, "the usual value of this kind.")


def _several(value: str | None) -> tuple[str, ...]:
    return tuple(
        p for p in (x.strip(" .") for x in re.split(r"[,;/]|\s+(?:and|und|et|y|en|e|och|i)\s+", value or "")) if p
    )


# By its name, or by the one that every team knows: its own queue at zero.
_TEAM_NEWS = rare(
    r"\b(?:team(?:'s)? milestone|milestone for (?:us|the team)|meilenstein)\b"
    r"|\b(?:our|unsere|onze|notre|nuestra|nossa|nostra|vår|nasza)\b[^.!?\n]{0,30}"
    r"(?:queue|backlog|warteschlange|wachtrij|file d['’]attente|\bcola|\bfila|\bcoda|\w*kön?|kolejka)\b[^.!?\n]{0,30}"
    r"\b(?:zero|nul|null|zéro|cero|noll|zera|empty|leer|leeg|vide|vacía|vazia|vuota|tom|pusta)\b",
    re.I,
)


# A word of ours: whoever writes it above her story says the kind.
_OLYMPICS = re.compile(r"\b(?:user[\s-]?)?olympics\b|\buser-?olympiade\b", re.I)


def _is_team_news(telling: Telling, labels: Labels, settled: accounts.Settled) -> bool:
    """A note that calls itself the team's own milestone and names no customer, not even nearly."""
    return (
        telling.quoted is None
        and not settled.candidates
        and labels.get("account") is None
        and bool(_TEAM_NEWS.search(telling.text))
    )


def _outside(contact: WinContact, account: Account, directory: Directory) -> str | None:
    """The domain of a contact who writes from elsewhere, an agency or a partner, or None."""
    domain = (contact.address or "").rpartition("@")[2].lower()
    if not domain or not account.domains or domain in accounts.FREEMAIL:
        return None
    found, _ = accounts.accounts_of_address(contact.address or "", directory)
    return None if account in found else domain


# "Their depot passed the audit": somebody's success who is not named, and no milestone of ours.
_THEIRS = rare(r"(?<!\w)(?:their|theirs|they|leurs?|hun|loro|deras|deren|bei denen)(?!\w)", re.I)
_OURS = rare(
    r"(?<!\w)(?:our|ours|we|us|my|uns|unser\w*|wir|notre|nos|nous|nuestr\w+|nosso\w*|nossa\w*|nostr\w+|noi|ons|onze|wij|vår\w*|vi|oss|nasz\w*)(?!\w)",
    re.I,
)


def tells_of_others(told: str) -> bool:
    return bool(_THEIRS.search(told)) and not _OURS.search(told)


def _first_line(text: str) -> str:
    return next((x for x in text.split("\n") if x.strip()), "")


def _measures(told: str, labels: Labels) -> tuple[Measure, ...]:
    stated = [m for key in ("time", "cost") for m in measures.find_measures(labels.get(key))]
    return tuple(dict.fromkeys((*measures.find_measures(told), *stated)))
