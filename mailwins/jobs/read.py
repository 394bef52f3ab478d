"""Read: kept mails, from bytes to their outcomes, wins and receipts, each settled whole or not at all."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import monotonic

from mailwins.errors import Conflict, FileLost, MailwinsError
from mailwins.jobs import bouncing, commands, replying, telling
from mailwins.jobs.answering import Answering, earlier_of
from mailwins.jobs.desk import Desk
from mailwins.jobs.faults import Fault, no_fault
from mailwins.model import Attachment, Decoded, Ignored, InboundMessage, Kind, Outcome, Submission
from mailwins.ports import KeptMail, ReadFailure, Settled
from mailwins.understanding import Facts, judge, wanted

HEAD_BYTES = 256_000
AGAIN_AFTER = timedelta(seconds=5)
TROUBLES = 5
CONFLICTS = 50
TOGETHER = 64
TOGETHER_BYTES = 8_000_000
AHEAD = 64
AHEAD_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Done:
    """What one mail came to."""

    mail: KeptMail
    settled: Settled


def read_all(
    desk: Desk,
    *,
    now: Callable[[], datetime],
    worker: str,
    is_stopping: Callable[[], bool] = lambda: False,
    fault: Fault = no_fault,
    progress: Callable[[Done], None] | None = None,
) -> int:
    """Everything that waits; how many mails were settled. One mail's trouble is raised only after the others were read.

    A mail that cannot be read is given back with its error, to be tried again a little later. What
    hinders every mail (a full disk, a locked database) counts as no attempt of this one.
    """
    _give_back(desk, worker)
    going = _Pass(desk, now, worker, is_stopping, fault, progress)
    while going.may_go_on and going.read():
        pass
    if going.troubles:
        raise going.troubles[0]
    return going.count


def _give_back(desk: Desk, worker: str) -> None:
    """What was claimed and not read. Where even that cannot be written, as on a full disk, it is done before the next pass."""
    if desk.unreturned:
        desk.store.release_mails(desk.unreturned, worker=worker)
        desk.unreturned.clear()


@dataclass
class _Pass:
    """Many mails one after the other. While one is judged the child reads the next; what only adds is written several mails at a time.
    The next are claimed before the last are judged, so that the child has work while the database is waited for.

    A mail sees all that went before: where it may matter to it (the same sender, a shared thread or
    words), what still waits to be written is written first.
    """

    desk: Desk
    now: Callable[[], datetime]
    worker: str
    is_stopping: Callable[[], bool]
    fault: Fault
    progress: Callable[[Done], None] | None
    count: int = 0
    troubles: list[Exception] = field(default_factory=list)
    _claims: deque[_Claim] = field(default_factory=deque)
    """The one whose mails are judged, and perhaps the next."""
    _unwritten: deque[_Decided] = field(default_factory=deque)
    _unwritten_bytes: int = 0
    _touched: set[tuple[str, str]] = field(default_factory=set)
    """By what still waits to be written."""
    _outdated: set[tuple[str, str]] = field(default_factory=set)
    """By what was decided since the store was last asked for several mails at once."""

    @property
    def may_go_on(self) -> bool:
        return not self.is_stopping() and len(self.troubles) < TROUBLES

    def read(self) -> bool:
        """What can be claimed, until a lease grows old; whether there was any. Raises MailwinsError for what hinders every mail,
        with all claims given back.
        """
        if not self._claimed():
            return False
        try:
            with contextlib.closing(self._begun()) as begun:
                for one in begun:
                    claim = self._claims[0]
                    self.desk.expected = len(claim.left)
                    self._one(one)
                    claim.left.popleft()
                    if not claim.left:
                        self._write()
                        self._claims.popleft()
                    if self.is_stopping() or monotonic() > claim.ends_at:
                        break
            self._write()
        finally:
            self.desk.expected = 0
            self.desk.background = None
            if self._unwritten:
                self.desk.refresh()
            # Not begun, or hindered by what hinders all: they are nobody's and have used up no attempt.
            left = [mail for claim in self._claims for mail in claim.left]
            self.desk.unreturned += [mail.sha256 for mail in (*(d.mail for d in self._unwritten), *left)]
            with contextlib.suppress(MailwinsError):
                _give_back(self.desk, self.worker)
            self._unwritten.clear()
            self._unwritten_bytes = 0
            self._claims.clear()
            self._touched.clear()
        return True

    def _claimed(self) -> Sequence[KeptMail]:
        limits = self.desk.config.limits
        mails = self.desk.store.claim_mails(
            now=self.now(), worker=self.worker, lease_s=limits.lease_s, max_attempts=limits.attempts, at_most=TOGETHER
        )
        if mails:
            self._claims.append(_Claim(mails, deque(mails), monotonic() + limits.lease_s / 3))
        for _ in mails:
            self.fault("read.claimed")
        return mails

    def _groups(self) -> Iterator[list[KeptMail]]:
        """Of one claim after the other. Where fewer came than were asked for nothing more waits, or what comes next is read alone."""
        mails: Sequence[KeptMail] = self._claims[0].mails
        size = AHEAD if self.count else 1
        while mails:
            yield from _groups(mails, size)
            size = AHEAD
            mails = self._claimed() if len(mails) == TOGETHER and self.may_go_on else ()

    def _begun(self) -> Generator[_Begun, None, None]:
        with contextlib.closing(_ahead(self.desk, self._groups())) as groups:
            for group, found in groups:
                begun = []
                for mail in group:
                    try:
                        begun.append(self._begin(mail, found.get(mail.sha256)))
                    except Exception:
                        # By itself it will show what is wrong with it.
                        begun.append(_Begun(mail, None))
                self._look_up(begun)
                yield from begun

    def _begin(self, mail: KeptMail, found: Decoded | ReadFailure | None) -> _Begun:
        if not isinstance(found, Decoded):
            return _Begun(mail, found)
        member = self.desk.known().directory.member(found.message.author.address)
        return _Begun(mail, found, wanted(found), member.address if member else None)

    def _look_up(self, begun: Sequence[_Begun]) -> None:
        """One look for all of them. A mail by itself, and one that somebody before it may matter to, has the store asked anew."""
        self.desk.background = None
        if len(begun) > 1:
            members = {one.member for one in begun if one.member is not None}
            self.desk.look_up((key for one in begun for key in one.keys), sorted(members), self.now())
            self._outdated = set(self._touched)

    def _one(self, one: _Begun) -> None:
        mail = one.mail
        try:
            if one.found is None:
                one = self._begin(mail, _read(self.desk, mail))
                self.desk.background = None
            assert one.found is not None
            self.fault("read.decoded")
            touching = one.touching()
            if touching & self._touched:
                self._write()
            if touching & self._outdated:
                self.desk.background = None
            decided = self._decided(mail, one.found, one.keys)
            if not decided.settled.only_adds and self._unwritten:
                self._write()
                self.desk.background = None
                decided = self._decided(mail, one.found, one.keys)
        except Exception as error:
            self._gave_trouble(mail, error)
            return
        self._unwritten.append(decided)
        self._unwritten_bytes += mail.size_bytes
        touching |= set(decided.settled.refs)
        self._touched |= touching
        self._outdated |= touching
        if not decided.settled.only_adds:
            self._write()
            self.desk.background = None
        elif self._unwritten_bytes > TOGETHER_BYTES:
            self._write()
        elif decided.settled.contacts:
            self.desk.learned([replace(c, learned=True) for c in decided.settled.contacts], is_more=False)

    def _decided(self, mail: KeptMail, found: Decoded | ReadFailure, keys: Sequence[tuple[str, str]]) -> _Decided:
        is_last = mail.attempts >= self.desk.config.limits.attempts
        settled = decide(self.desk, mail, now=self.now(), found=found, keys=keys, is_last_attempt=is_last)
        if mail.is_silent:
            # From an archive: nobody is answered, whatever the mail asked for when it was written, and
            # its wins count from the day it came, so that no digest of today is flooded with old news.
            wins = tuple(replace(w, captured_at=min(w.captured_at, mail.arrived_at)) for w in settled.wins)
            settled = replace(settled, outgoing=(), questions=(), wins=wins)
        self.fault("read.judged")
        return _Decided(mail, found, keys, settled)

    def _write(self) -> None:
        """What was decided so far. Nothing is told of a mail before it is written."""
        self._keep_files(self._unwritten)
        are_written = self._written_together()
        while self._unwritten:
            one: _Decided | None = self._unwritten[0]
            if one is not None and not are_written:
                one = self._written_alone(one)
            self._unwritten.popleft()
            if one is not None:
                self._tell(Done(one.mail, one.settled))
        self._unwritten_bytes = 0
        self._touched.clear()

    def _keep_files(self, decided: Iterable[_Decided]) -> None:
        """Attachments of wins become files of their own, so that a digest can show them without reading the mail again."""
        files = [content for one in decided for content in _files(one)]
        if files:
            self.desk.raws.keep_all(files)

    def _written_together(self) -> bool:
        if len(self._unwritten) < 2:
            return False
        try:
            return self.desk.store.settle_all([d.settled for d in self._unwritten], worker=self.worker)
        except Exception as error:
            if isinstance(error, MailwinsError) and not isinstance(error, Conflict):
                raise
            # One of them has a fault: alone it will show which.
            return False

    def _written_alone(self, decided: _Decided) -> _Decided | None:
        """None when the mail is not ours any more: our lease ran out, and what somebody else decides counts."""
        try:
            for _ in range(CONFLICTS):
                settled = decided.settled
                try:
                    if not self.desk.store.settle(settled, worker=self.worker):
                        return None
                except Conflict:
                    # Another worker stored the same win a moment ago: look again, now it is known.
                    self.desk.refresh()
                    decided = self._decided(decided.mail, decided.found, decided.keys)
                    self._keep_files([decided])
                    continue
                if settled.contacts or settled.examples:
                    contacts = [replace(c, learned=True) for c in settled.contacts]
                    self.desk.learned(contacts, is_more=bool(settled.examples))
                return decided
            raise RuntimeError(f"somebody else was first {CONFLICTS} times")
        except Exception as error:
            self._gave_trouble(decided.mail, error)
            return None

    def _tell(self, done: Done) -> None:
        self.fault("read.settled")
        self.count += 1
        if self.progress:
            self.progress(done)

    def _gave_trouble(self, mail: KeptMail, error: Exception) -> None:
        self.desk.refresh()
        if isinstance(error, MailwinsError) and not isinstance(error, FileLost):
            raise error
        limits = self.desk.config.limits
        words = f"{type(error).__name__}: {error}"
        if mail.attempts < limits.attempts:
            again_at = self.now() + AGAIN_AFTER * mail.attempts
            self.desk.store.release_mail(mail.sha256, words, worker=self.worker, not_before=again_at)
            self.troubles.append(error)
            return
        settled = Settled(mail.sha256, Outcome.QUARANTINED, "failed", self.now(), error=words[:500])
        if self.desk.store.settle(settled, worker=self.worker):
            self._tell(Done(mail, settled))


@dataclass(frozen=True, slots=True)
class _Claim:
    """*left* are not yet decided. After *ends_at* (monotonic) nothing more of it is begun."""

    mails: Sequence[KeptMail]
    left: deque[KeptMail]
    ends_at: float


@dataclass(frozen=True, slots=True)
class _Begun:
    """A mail with what its bytes say, None where it must be read by itself. *member*: the first address of its author."""

    mail: KeptMail
    found: Decoded | ReadFailure | None
    keys: Sequence[tuple[str, str]] = ()
    member: str | None = None

    def touching(self) -> set[tuple[str, str]]:
        """What it has in common with mails that matter to it, or that it matters to."""
        if not isinstance(self.found, Decoded):
            return set()
        return {*self.keys, ("member", self.member or (self.found.message.author.address or "").lower())}


@dataclass(frozen=True, slots=True)
class _Decided:
    mail: KeptMail
    found: Decoded | ReadFailure
    keys: Sequence[tuple[str, str]]
    settled: Settled


def _ahead(
    desk: Desk, groups: Iterator[list[KeptMail]]
) -> Generator[tuple[list[KeptMail], dict[str, Decoded | ReadFailure]], None, None]:
    """Some mails at a time with what their bytes say, the next few being read meanwhile."""
    begun: deque[tuple[list[KeptMail], Future[dict[str, Decoded | ReadFailure]]]] = deque()
    pool = ThreadPoolExecutor(1, thread_name_prefix="reading")
    try:
        while True:
            while len(begun) < 2 and (next_ := next(groups, None)) is not None:
                begun.append((next_, pool.submit(_read_together, desk, next_)))
            if not begun:
                break
            group, future = begun.popleft()
            yield group, future.result()
    finally:
        for _, future in begun:
            future.cancel()
        pool.shutdown(wait=True)


def _groups(mails: Sequence[KeptMail], size: int) -> Iterator[list[KeptMail]]:
    """So many mails at first, then twice as many, up to ``AHEAD``: nobody waits for the very first one, and the child reads the next
    while these are judged. A large one comes alone.
    """
    group: list[KeptMail] = []
    for mail in mails:
        if group and (len(group) >= size or sum(m.size_bytes for m in (*group, mail)) > AHEAD_BYTES):
            yield group
            group, size = [], min(2 * size, AHEAD)
        group.append(mail)
    if group:
        yield group


def _read_together(desk: Desk, mails: Sequence[KeptMail]) -> dict[str, Decoded | ReadFailure]:
    """What the mails say, by their sha256. One that is not among them says why when it is read alone. Raises MailwinsError for what hinders all."""
    raws: dict[str, bytes] = {}
    for mail in mails:
        if mail.size_bytes <= desk.config.limits.read_bytes:
            with contextlib.suppress(Exception):
                raws[mail.sha256] = desk.raws.read(mail.sha256)
    try:
        return dict(zip(raws, desk.reading.read_all(list(raws.values())), strict=True))
    except MailwinsError:
        raise
    except Exception:
        return {}


def _read(desk: Desk, mail: KeptMail) -> Decoded | ReadFailure:
    if mail.size_bytes > desk.config.limits.read_bytes:
        return ReadFailure("over_limit", f"{mail.size_bytes:,} bytes are more than limits.read_bytes")
    return desk.reading.read(desk.raws.read(mail.sha256))


def decide(
    desk: Desk,
    mail: KeptMail,
    *,
    now: datetime,
    found: Decoded | ReadFailure | None = None,
    keys: Sequence[tuple[str, str]] | None = None,
    is_last_attempt: bool = True,
) -> Settled:
    """Everything that follows from one mail; nothing is written.

    *found*: what its bytes say, *keys*: what is ``wanted`` for it, where somebody looked already. Raises RuntimeError when reading failed
    for a reason that may pass and this is not the last attempt.
    """
    found = found or _read(desk, mail)
    if isinstance(found, ReadFailure):
        if found.may_pass and not is_last_attempt:
            raise RuntimeError(found.error)
        return _unread(desk, mail, found, now)
    return _understand(desk, mail, found, wanted(found) if keys is None else keys, now)


def _understand(
    desk: Desk, mail: KeptMail, decoded: Decoded, keys: Sequence[tuple[str, str]], now: datetime
) -> Settled:
    known = desk.known()
    answering = Answering(desk, mail, decoded.message, now)
    # The copy of a customer update comes before answers: it may be written as one, and it must never become a win.
    for conversation in (bouncing.answer, telling.sent_copy, replying.answer, commands.answer):
        settled = conversation(answering, decoded)
        if settled is not None:
            return settled
    earlier = earlier_of(desk, mail.sha256, keys)
    judged = judge(decoded, Facts(known.directory, known.policy, mail.sha256, mail.arrived_at, now, earlier))
    if judged.reason == "congratulation" and (told := replying.unread(answering, decoded)):
        return told
    judged = replace(judged, wins=telling.linked(desk, decoded, judged.wins))
    return answering.settle(judged, decoded)


def _files(decided: _Decided) -> Iterator[bytes]:
    """What is attached to its wins."""
    wanted_ = {a.sha256 for w in decided.settled.wins for a in w.attachments}
    if wanted_ and isinstance(decided.found, Decoded):
        for file in files_of(decided.found.message):
            if file.sha256 in wanted_ and file.content is not None:
                yield file.content


def files_of(message: InboundMessage) -> list[Attachment]:
    found = list(message.attachments)
    for inner in message.attached:
        found += files_of(inner)
    return found


def _unread(desk: Desk, mail: KeptMail, failure: ReadFailure, now: datetime) -> Settled:
    """Too large, too tangled or broken: what its head says decides who hears of it."""
    head = _head(desk, mail)
    answering = Answering(desk, mail, head.message if head else InboundMessage(), now)
    return answering.settle_failure(failure.reason, failure.error, head)


def _head(desk: Desk, mail: KeptMail) -> Decoded | None:
    """The header section alone, read as a mail without body."""
    with open(desk.raws.path(mail.sha256), "rb") as file:
        start = file.read(HEAD_BYTES)
    head = start.split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    plain = b"\r\n".join(
        line
        for line in head.replace(b"\r\n", b"\n").split(b"\n")
        if not line.lower().startswith((b"content-", b"mime-version"))
    )
    found = desk.reading.read(plain + b"\r\n\r\n")
    if isinstance(found, ReadFailure):
        return None
    # Its body was not seen, so it is nobody's empty mail.
    return Decoded(
        found.message,
        found.read
        if isinstance(found.read, Ignored) and found.read.reason != "empty"
        else Submission(Kind.NOTE, "head", found.message.author),
    )
