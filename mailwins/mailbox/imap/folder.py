"""``ports.Mailbox`` over IMAP.

Every wait has an end, and the object is thrown away after the first network error: imapclient's state cannot be
trusted then.
"""

from __future__ import annotations

import contextlib
import imaplib
import logging
import select
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mailwins.connection import time_limit
from mailwins.errors import ServerError
from mailwins.mailbox.imap.batches import BATCH_BYTES, batches, blocks
from mailwins.mailbox.imap.client import open_client
from mailwins.mailbox.imap.login import sign_in
from mailwins.mailbox.imap.refusals import NETWORK_ERRORS, NONSENSE, no_matter_if_refused, told
from mailwins.mailbox.imap.settings import ImapSettings
from mailwins.ports import Listed

log = logging.getLogger(__name__)

PIECE_BYTES = 1_000_000
IDLE_SLICE_S = 290.0  # servers may end IDLE after 30 minutes, middleboxes after much less
GOODBYE_S = 2.0


def connect(settings: ImapSettings) -> ImapMailbox:
    """Connect, sign in, select the folder. Raises LoginRefused or ServerError with the next step."""
    return ImapMailbox(settings)


class ImapMailbox:
    """ports.Mailbox over IMAP. Not to be shared between threads, but for ``wake``."""

    def __init__(self, settings: ImapSettings) -> None:
        self.settings = settings
        self.folder = settings.folder
        self.name = f"{settings.user}@{settings.host}:{settings.port}/{settings.folder}"
        self.missing: list[int] = []
        """UIDs that stand in the folder but whose FETCH brought nothing: to be tried again, not to be forgotten."""
        self._targets: dict[str, str] = {}
        self._told_alerts: set[str] = set()
        self._idles = settings.use_idle
        self._is_dead = False
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        try:
            self._client = open_client(settings)
        except BaseException:
            self._close_wake()
            raise
        try:
            with self._told():
                sign_in(self._client, settings)
                self._tell_alerts()
                self._capabilities = {c.decode("ascii", "replace").upper() for c in self._client.capabilities()}
            self._select()
        except BaseException:
            self.close()
            raise

    def _select(self) -> None:
        self._selected_at = time.monotonic()
        try:
            with self._told():
                answer = self._client.select_folder(self.folder)
        except ServerError as error:
            if isinstance(error.__cause__, imaplib.IMAP4.readonly):
                raise ServerError(
                    f'mailbox.folder = "{self.folder}": {self.settings.user} may only read it.',
                    "Give it the rights to move mail out of the folder.",
                    permanent=True,
                ) from None
            if not self._is_dead and self.folder not in (folders := self.folders()):
                raise ServerError(
                    f'mailbox.folder = "{self.folder}": there is no such folder.',
                    f"The server has: {', '.join(folders[:20])}.",
                    permanent=True,
                ) from None
            raise
        if b"UIDVALIDITY" not in answer:
            raise ServerError(
                f'mailbox.folder = "{self.folder}": the server keeps no lasting numbers (UIDVALIDITY) for its mails.',
                "Choose another folder.",
                permanent=True,
            )
        self.uidvalidity = int(answer[b"UIDVALIDITY"])
        self.is_opened_anew = True
        self.stands = int(answer.get(b"EXISTS") or 0)
        self.uidnext = int(answer.get(b"UIDNEXT") or 0)
        if not self.uidnext:
            with self._told():
                self.uidnext = 1 + max(self._client.search(["ALL"]), default=0)

    def _tell_alerts(self) -> None:
        for text in self._client.alerts():
            if text not in self._told_alerts:
                self._told_alerts.add(text)
                log.warning("%s wants a person to know: %s", self.settings.host, text)

    @property
    def is_dead(self) -> bool:
        """Whether the connection is gone: a refusal leaves it as it was."""
        return self._is_dead

    def folders(self) -> list[str]:
        with self._told():
            return [name for _flags, _delimiter, name in self._client.list_folders()]

    def list_since(self, uid: int) -> Sequence[Listed]:
        with self._told():
            self._client.noop()
            # "n:*" always answers with the last mail, even below n.
            uids = [u for u in self._client.search(["UID", f"{uid + 1}:*"]) if u > uid]
            self._tell_alerts()
        self.uidnext = max(self.uidnext, 1 + max(uids, default=0))
        return self._describe(uids)

    def look_at(self, uids: Sequence[int]) -> Sequence[Listed]:
        return self._describe([uid for block in blocks(sorted(set(uids))) for uid in self._standing(block)])

    def list_arrived_since(self, day: date) -> Sequence[Listed]:
        """SINCE goes by the server's own idea of the day, so a day earlier is asked for: the caller looks at the times."""
        with self._told():
            uids = self._client.search(["SINCE", day - timedelta(days=1)])
        return self._describe(uids)

    def _describe(self, uids: Sequence[int]) -> list[Listed]:
        found = []
        for block in blocks(sorted(set(uids))):
            with self._told():
                answer = self._client.describe(block)
            # A server may list a mail and then not describe it: its size is unknown then, not the mail gone.
            for uid in block:
                about = answer.get(uid, {})
                found.append(Listed(uid, _size(about.get(b"RFC822.SIZE")), _aware(about.get(b"INTERNALDATE"))))
        return found

    def fetch(self, listed: Sequence[Listed]) -> Iterator[tuple[Listed, Iterable[bytes]]]:
        """Ordinary mails whole and many at once; large ones, and those of unknown size, in pieces with flat memory."""
        for batch in batches(listed):
            if len(batch) == 1 and not 0 < batch[0].size_bytes <= BATCH_BYTES:
                yield from self._fetch_large(batch[0])
            else:
                yield from self._fetch_many(batch)

    def _fetch_many(self, batch: Sequence[Listed]) -> Iterator[tuple[Listed, Iterable[bytes]]]:
        bodies = self._bodies([m.uid for m in batch])
        for mail in batch:
            body = bodies.pop(mail.uid, b"")
            if body:
                yield mail, (body,)
            else:
                # One that brought nothing among others may come when asked for alone.
                yield from self._fetch_large(mail)

    def _bodies(self, uids: list[int]) -> dict[int, bytes]:
        try:
            with self._told():
                return self._client.bodies(uids)
        except ServerError:
            # Exchange says NO to the whole batch when one mail in it is broken or gone.
            if self._is_dead or len(uids) == 1:
                raise
            return {}

    def _fetch_large(self, mail: Listed) -> Iterator[tuple[Listed, Iterable[bytes]]]:
        first, is_all = self._piece(mail.uid, 0)
        if first:
            yield mail, self._pieces(mail, first, is_all)
        elif self._stands(mail.uid):
            if self._is_really_empty(mail.uid):
                yield mail, ()
                return
            log.warning(
                "mail %d in %s: the server gives no content for it; it will be asked for again", mail.uid, self.name
            )
            self.missing.append(mail.uid)

    def _pieces(self, mail: Listed, first: bytes, is_all: bool) -> Iterator[bytes]:
        got, piece = 0, first
        while piece:
            yield piece
            got += len(piece)
            if is_all or (len(piece) < PIECE_BYTES and got >= mail.size_bytes):
                return
            # A short piece is the end, or the server gives less at a time than it was asked for:
            # its own size is only a hint, so the end is where it has nothing more to give.
            piece, is_all = self._piece(mail.uid, got)
        if got < mail.size_bytes and not self._stands(mail.uid):
            raise ServerError(
                f"mail {mail.uid} in {self.name} was taken away while it was being fetched.",
                "It will be looked for again.",
            )

    def _piece(self, uid: int, offset: int) -> tuple[bytes, bool]:
        """The bytes from *offset*, and whether they are all the rest."""
        try:
            with self._told():
                answer = self._client.fetch([uid], [f"BODY.PEEK[]<{offset}.{PIECE_BYTES}>"]).get(uid, {})
        except ServerError:
            if self._is_dead or offset:
                raise
            return b"", False
        for key, value in answer.items():
            if key.startswith(b"BODY[]") and isinstance(value, bytes):
                # Some servers answer a partial fetch with the whole mail.
                if len(value) > PIECE_BYTES or (offset and key == b"BODY[]"):
                    return value[offset:], True
                return value, False
        return b"", False

    def _stands(self, uid: int) -> bool:
        return self._standing([uid]) == [uid]

    def _standing(self, uids: Sequence[int]) -> list[int]:
        with self._told():
            found = set(self._client.search(["UID", ",".join(map(str, uids))]))
        return [uid for uid in uids if uid in found]

    def _is_really_empty(self, uid: int) -> bool:
        with self._told():
            answer = self._client.fetch([uid], ["RFC822.SIZE"]).get(uid, {})
        return bool(answer.get(b"RFC822.SIZE", -1) == 0)

    def move(self, uids: Sequence[int], folder: str) -> None:
        if not uids:
            return
        for block in blocks(sorted(set(uids))):
            try:
                self._move(block, self._target(folder))
            except ServerError:
                if self._is_dead or folder not in self._targets:
                    raise
                # The folder we knew may have been removed meanwhile, or some of the mails: then Exchange moves none of the others.
                del self._targets[folder]
                if left := self._standing(block):
                    self._move(left, self._target(folder))

    def _move(self, uids: list[int], target: str) -> None:
        with self._told():
            if "MOVE" in self._capabilities:
                self._client.move(uids, target)
                return
            self._client.copy(uids, target)
            # Refused, as where no flag may be kept (PERMANENTFLAGS ()): they are copied all the same,
            # and trying again would make one copy after the other.
            with no_matter_if_refused():
                self._client.add_flags(uids, [b"\\Deleted"], silent=True)
                if "UIDPLUS" in self._capabilities:
                    self._client.uid_expunge(uids)
                # Without UIDPLUS a plain EXPUNGE would remove what others marked: ours stay marked instead.

    def _target(self, folder: str) -> str:
        """The folder's name with the server's own delimiter and prefix; made and subscribed when it is missing."""
        if folder not in self._targets:
            with self._told():
                self._targets[folder] = self._made(folder)
        return self._targets[folder]

    def _made(self, folder: str) -> str:
        listing = self._client.list_folders()
        names = {name for _flags, _delimiter, name in listing}
        prefix, delimiter = self._namespace(listing)
        plain = delimiter.join(part for part in folder.split("/") if part) if delimiter else folder.replace("/", "-")
        target = plain if prefix and plain.startswith(prefix) else prefix + plain
        for name in (target, plain):
            if name in names:
                return name
        # Refused when somebody else was faster; any other reason shows when the mail is moved there.
        with no_matter_if_refused():
            self._client.create_folder(target)
        with no_matter_if_refused():
            self._client.subscribe_folder(target)
        return target

    def _namespace(self, listing: Sequence[tuple[Any, Any, str]]) -> tuple[str, str]:
        """(prefix, delimiter) of a person's own folders: Courier and some Cyrus want everything below "INBOX."."""
        if "NAMESPACE" in self._capabilities:
            with no_matter_if_refused():
                personal = self._client.namespace().personal
                if personal:
                    return str(personal[0][0] or ""), str(personal[0][1] or "")
        delimiter = next((d for _flags, d, _name in listing if d), b"")
        return "", delimiter.decode() if isinstance(delimiter, bytes) else str(delimiter)

    def wait(self, timeout_s: float) -> bool:
        """False when nothing was heard, the time is up, or ``wake`` was called. The caller looks again in any case."""
        has_news = self._listen(timeout_s)
        if time.monotonic() - self._selected_at >= self.settings.reselect_s:
            self._select()
        return has_news

    def _listen(self, timeout_s: float) -> bool:
        if self._idles and "IDLE" in self._capabilities:
            slice_s = min(timeout_s, IDLE_SLICE_S)
            with self._told(idle_s=slice_s):
                if self._client.begin_idle():
                    has_news = self._client.listen(slice_s, self._wake_in.fileno())
                    # Only DONE shows whether the connection is alive; silence and death look the same before it.
                    self._client.idle_done()
                    self._forget_wakes()
                    return has_news
            log.info("%s announces IDLE but refuses it; the folder is polled instead", self.settings.host)
            self._idles = False
        select.select([self._wake_in], [], [], timeout_s)
        self._forget_wakes()
        return False

    def wake(self) -> None:
        """End the running ``wait``, or the next one, from another thread or a signal handler."""
        with contextlib.suppress(OSError):
            self._wake_out.send(b"!")

    def _forget_wakes(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_in.recv(4096)

    def append(self, raw: bytes, folder: str | None = None, at: datetime | None = None) -> None:
        """Put a mail into a folder (used by the demo and by tests)."""
        with self._told():
            self._client.append(folder or self.folder, raw, msg_time=at)

    def close(self) -> None:
        """Never waits for long and never raises."""
        with contextlib.suppress(*NETWORK_ERRORS, *NONSENSE):
            if not self._is_dead:
                self._client.hurry(GOODBYE_S)
                with time_limit(GOODBYE_S, self._client.cut):
                    self._client.logout()
        with contextlib.suppress(*NETWORK_ERRORS, *NONSENSE, AttributeError):
            self._client.shutdown()
        self._is_dead = True
        self._close_wake()

    def _close_wake(self) -> None:
        self._wake_in.close()
        self._wake_out.close()

    @contextlib.contextmanager
    def _told(self, idle_s: float = 0.0) -> Iterator[None]:
        """Errors as ServerError, and an end for every command. After a network error the connection counts as dead."""
        if self._is_dead:
            raise ServerError(f"mailbox: the connection to {self.settings.host} is closed.", "Connect again.")
        try:
            with time_limit(self.settings.deadline_s + idle_s, self._client.cut), told(self.settings):
                yield
        except ServerError as error:
            self._is_dead = isinstance(error.__cause__, (imaplib.IMAP4.abort, OSError, EOFError, *NONSENSE))
            raise


def _size(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _aware(moment: Any) -> datetime:
    """INTERNALDATE as UTC; a mail without one, or with a senseless one, counts as arriving now."""
    try:
        known: datetime = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return known.astimezone(UTC)
    except (AttributeError, ValueError, OverflowError):
        return datetime.now(UTC)
