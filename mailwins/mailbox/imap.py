"""One IMAP folder over imapclient: fetch without leaving marks, move without deleting others' mail, wait without hanging.

Every wait has an end, TLS is verified or the connection is not made, and the object is
thrown away after the first network error: imapclient's state cannot be trusted then.
"""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import logging
import re
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.datetime_util import parse_to_datetime
from imapclient.exceptions import CapabilityError, IMAPClientError
from imapclient.response_parser import parse_fetch_response

from mailwins.errors import LoginRefused, ServerError
from mailwins.ports import Listed

log = logging.getLogger(__name__)

_ITEM = rb'(?:UID \d+|RFC822\.SIZE \d+|INTERNALDATE "[^"\\]{10,40}")'
_DESCRIBED = re.compile(rb"\d+ \((?=.*UID )(?=.*RFC822\.SIZE )(?=.*INTERNALDATE )%s(?: %s){2}\)" % (_ITEM, _ITEM))
_ITEMS = re.compile(rb"UID|RFC822\.SIZE|INTERNALDATE")
_BODY = re.compile(rb"\d+ \(UID (\d+) BODY\[\] ~?\{\d+\}")
_LITERAL8 = re.compile(rb"~(?=\{\d+\}$)")
_VALUES = re.compile(rb'(?<=UID )\d+|(?<=SIZE )\d+|"[^"]+"')

PIECE_BYTES = 1_000_000
BATCH_BYTES = 4_000_000
BATCH_MAILS = 200
SIZES_AT_ONCE = 1_000
COMMAND_BYTES = 7_500  # servers take command lines of 8,000 bytes (RFC 7162 section 4)
IDLE_SLICE_S = 290.0  # servers may end IDLE after 30 minutes, middleboxes after much less
DEADLINE_S = 600.0
GOODBYE_S = 2.0

NETWORK_ERRORS = (imaplib.IMAP4.error, IMAPClientError, OSError, EOFError)
# What imapclient's parser lets out when a server's answer makes no sense, such as a mail said to have 100 GB.
NONSENSE = (ValueError, TypeError, LookupError, AssertionError, OverflowError, MemoryError)

# imaplib gives up on an answer line above 1 MB; the SEARCH of a folder with 150,000 mails is longer.
imaplib._MAXLINE = max(imaplib._MAXLINE, 20_000_000)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """*secret* is called at each login: a password, or for xoauth2 an access token (called with True for a fresh one)."""

    host: str
    port: int
    security: str = "tls"
    user: str = ""
    secret: Callable[[bool], str] = field(default=lambda fresh: "", repr=False)
    auth: str = "password"
    folder: str = "INBOX"
    ca_file: Path | None = None
    timeout_s: float = 60
    use_idle: bool = True
    deadline_s: float = DEADLINE_S
    """No command takes longer, however slowly the server keeps talking."""
    reselect_s: float = 300
    """How often a waiting mailbox asks anew for the folder's UIDVALIDITY: it may have been made anew behind our back."""


class _Client(IMAPClient):  # type: ignore[misc]
    """imapclient with some habits changed; each line touches a private name, so a test holds them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As shipped, imaplib's debug level makes a repr() of every whole mail.
        self._imap.debug = 0
        # INTERNALDATE as an aware time; the default hands out naive local ones.
        self.normalise_times = False
        sock = self.socket()
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def begin_idle(self) -> bool:
        """False when the server will not. imapclient's own takes news that come before the "+" for an error."""
        self._idle_tag = self._imap._command("IDLE")
        while self._imap._get_response() is not None:
            if self._imap.tagged_commands.get(self._idle_tag):
                self._imap.tagged_commands.pop(self._idle_tag)
                return False
        return True

    def listen(self, timeout_s: float, wake: int) -> bool:
        """Whether the server has said something, or hung up. *wake* is a file descriptor that ends the wait.

        Nothing is read here: imapclient's idle_check takes half a line for a broken connection.
        """
        sock = self.socket()
        try:
            sock.setblocking(False)
            if self._has_buffered():
                return True
            poller = select.poll()
            poller.register(sock.fileno(), select.POLLIN)
            poller.register(wake, select.POLLIN)
            return any(fd != wake for fd, _event in poller.poll(timeout_s * 1000))
        finally:
            sock.setblocking(True)
            self._set_read_timeout()

    def _has_buffered(self) -> bool:
        # What already sits in the read buffer never makes the socket readable: a mail that arrived
        # between SEARCH and IDLE would go unseen until the IDLE ended.
        try:
            return bool((getattr(self._imap, "_file", None) or self._imap.file).peek(1))
        except (OSError, ValueError):
            return False

    def _raw_command_untagged(self, command: bytes, args: Sequence[bytes], **more: Any) -> list[Any]:
        """A long answer to SEARCH may come in several lines, of which imapclient's own takes only one."""
        lines = super()._raw_command_untagged(command, args, **more)
        return [b" ".join(filter(None, lines))] if command == b"SEARCH" else list(lines)

    def describe(self, uids: Sequence[int]) -> dict[int, dict[bytes, Any]]:
        """Size and arrival of mails. Of long lists imapclient's own reading, letter by letter, takes most of the time of collecting."""
        lines = self._fetched(uids, "(RFC822.SIZE INTERNALDATE)")
        found: dict[int, dict[bytes, Any]] = {}
        for line in lines:
            match = _DESCRIBED.fullmatch(line) if isinstance(line, bytes) else None
            if match is None:
                # Written in another way, or more than was asked for.
                return _parsed(lines)
            about = dict(zip(_ITEMS.findall(line), _VALUES.findall(line), strict=False))
            try:
                arrived = parse_to_datetime(about[b"INTERNALDATE"].strip(b'"'), normalise=False)
            except (ValueError, OverflowError):
                # No time at all: one mail must not hide the others.
                arrived = None
            found[int(about[b"UID"])] = {b"RFC822.SIZE": int(about[b"RFC822.SIZE"]), b"INTERNALDATE": arrived}
        return found

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Whole mails. Here, too, imapclient's own reading costs more than the fetching."""
        answers = self._fetched(uids, "(BODY.PEEK[])")
        found: dict[int, bytes] = {}
        for answer in answers:
            if answer == b")":
                continue
            match = _BODY.fullmatch(answer[0]) if isinstance(answer, tuple) else None
            if match is None:
                # Written in another way, or more than was asked for.
                return {uid: parts.get(b"BODY[]") or b"" for uid, parts in _parsed(answers).items()}
            found[int(match[1])] = answer[1]
        return found

    def fetch(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, dict[bytes, Any]]:
        return _parsed(self._fetched(uids, f"({' '.join(items)})"))

    def _fetched(self, uids: Sequence[int], items: str) -> list[Any]:
        status, answers = self._imap.uid("FETCH", ",".join(map(str, uids)), items)
        if status != "OK":
            raise IMAPClientError(str(answers[:1]))
        return list(answers)

    def cut(self) -> None:
        """End the connection from another thread: whoever reads from it gets an error at once."""
        with contextlib.suppress(OSError):
            # Not SSLSocket.shutdown, which takes the TLS state away under the reader's hands.
            socket.socket.shutdown(self.socket(), socket.SHUT_RDWR)

    def hurry(self, timeout_s: float) -> None:
        with contextlib.suppress(OSError):
            self.socket().settimeout(timeout_s)


def _parsed(answers: Sequence[Any]) -> dict[int, dict[bytes, Any]]:
    """imapclient would take the "~" of a literal8 (RFC 3516), and its length, for the mail."""
    plain = [(_LITERAL8.sub(b"", a[0]), *a[1:]) if isinstance(a, tuple) else a for a in answers]
    return dict(parse_fetch_response(plain, normalise_times=False, uid_is_key=True))


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
        self._idles = settings.use_idle
        self._is_dead = False
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        try:
            self._client = _open(settings)
        except BaseException:
            self._close_wake()
            raise
        try:
            with self._told():
                _login(self._client, settings)
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
        self.stands = int(answer.get(b"EXISTS") or 0)
        self.uidnext = int(answer.get(b"UIDNEXT") or 0)
        if not self.uidnext:
            with self._told():
                self.uidnext = 1 + max(self._client.search(["ALL"]), default=0)

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
        self.uidnext = max(self.uidnext, 1 + max(uids, default=0))
        return self._describe(uids)

    def list_arrived_since(self, day: date) -> Sequence[Listed]:
        """SINCE goes by the server's own idea of the day, so a day earlier is asked for: the caller looks at the times."""
        with self._told():
            uids = self._client.search(["SINCE", day - timedelta(days=1)])
        return self._describe(uids)

    def _describe(self, uids: Sequence[int]) -> list[Listed]:
        found = []
        for block in _blocks(sorted(set(uids))):
            with self._told():
                answer = self._client.describe(block)
            # A server may list a mail and then not describe it: its size is unknown then, not the mail gone.
            for uid in block:
                about = answer.get(uid, {})
                found.append(Listed(uid, _size(about.get(b"RFC822.SIZE")), _aware(about.get(b"INTERNALDATE"))))
        return found

    def fetch(self, listed: Sequence[Listed]) -> Iterator[tuple[Listed, Iterable[bytes]]]:
        """Ordinary mails whole and many at once; large ones, and those of unknown size, in pieces with flat memory."""
        for batch in _batches(listed):
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
        for block in _blocks(sorted(set(uids))):
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
            with _no_matter_if_refused():
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
        with _no_matter_if_refused():
            self._client.create_folder(target)
        with _no_matter_if_refused():
            self._client.subscribe_folder(target)
        return target

    def _namespace(self, listing: Sequence[tuple[Any, Any, str]]) -> tuple[str, str]:
        """(prefix, delimiter) of a person's own folders: Courier and some Cyrus want everything below "INBOX."."""
        if "NAMESPACE" in self._capabilities:
            with _no_matter_if_refused():
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
        limit = threading.Timer(self.settings.deadline_s + idle_s, self._client.cut)
        limit.daemon = True
        limit.start()
        try:
            with _told(self.settings):
                yield
        except ServerError as error:
            self._is_dead = isinstance(error.__cause__, (imaplib.IMAP4.abort, OSError, EOFError, *NONSENSE))
            raise
        finally:
            limit.cancel()


def _blocks(uids: Sequence[int]) -> Iterator[list[int]]:
    """At most 1,000 numbers, and no more than a command line holds."""
    block: list[int] = []
    room = COMMAND_BYTES
    for uid in uids:
        need = len(str(uid)) + 1
        if block and (len(block) >= SIZES_AT_ONCE or need > room):
            yield block
            block, room = [], COMMAND_BYTES
        block.append(uid)
        room -= need
    if block:
        yield block


def _batches(listed: Sequence[Listed]) -> Iterator[list[Listed]]:
    """At most 200 mails or 4 MB; a large mail, or one whose size the server does not tell, alone."""
    batch: list[Listed] = []
    room = BATCH_BYTES
    for mail in listed:
        if batch and (len(batch) >= BATCH_MAILS or mail.size_bytes > room or not mail.size_bytes):
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(mail)
        room = room - mail.size_bytes if mail.size_bytes else 0
    if batch:
        yield batch


def _open(settings: ImapSettings) -> _Client:
    context = tls_context(settings.ca_file)
    if settings.security == "none" and not is_loopback(settings.host):
        log.warning('mailbox.security = "none": mail and password travel to %s unencrypted', settings.host)
    timeout = SocketTimeout(min(settings.timeout_s, 30), settings.timeout_s)
    with _told(settings):
        client = _Client(
            settings.host,
            port=settings.port,
            ssl=settings.security == "tls",
            ssl_context=context if settings.security == "tls" else None,
            timeout=timeout,
        )
        if settings.security == "starttls":
            try:
                client.starttls(context)
            except BaseException:
                with contextlib.suppress(Exception):
                    client.shutdown()
                raise
    return client


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Certificates and host names are checked, always."""
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except OSError as error:
        raise ServerError(
            f"ca_file = {ca_file}: cannot be used ({error.strerror or error}).",
            "Give a PEM file with the server's CA.",
            permanent=True,
        ) from None


def is_loopback(host: str) -> bool:
    """Whether bytes to *host* stay on this machine."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _login(client: _Client, settings: ImapSettings) -> None:
    if settings.auth == "xoauth2":
        _login_with_token(client, settings)
        return
    password = settings.secret(False)
    if client.has_capability("LOGINDISABLED"):
        raise ServerError(
            f"mailbox: {settings.host} takes no passwords over an unencrypted connection.",
            'Use security = "tls" or "starttls".',
            permanent=True,
        )
    try:
        # PLAIN first: it carries any letter, where LOGIN is ASCII and imaplib quotes no user name.
        if client.has_capability("AUTH=PLAIN") or not (settings.user + password).isascii():
            client.plain_login(settings.user, password)
        else:
            client.login(_quoted(settings.user), password)
    except NETWORK_ERRORS as error:
        raise _refusal(error, settings) from error


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _login_with_token(client: _Client, settings: ImapSettings) -> None:
    """XOAUTH2; a refused token is renewed once. The server's own reason is kept."""
    for fresh in (False, True):
        said: list[str] = []
        token = settings.secret(fresh)

        def answer(challenge: bytes, token: str = token, said: list[str] = said) -> bytes:
            if not challenge:
                return f"user={settings.user}\x01auth=Bearer {token}\x01\x01".encode()
            # The server explains itself in JSON and waits for an empty line before it says NO.
            said.append(challenge.decode("utf-8", "replace"))
            return b""

        try:
            client.sasl_login("XOAUTH2", answer)
        except NETWORK_ERRORS as error:
            refusal = _refusal(error, settings, " ".join(said))
            if fresh or not isinstance(refusal, LoginRefused):
                raise refusal from error
        else:
            return


# Response codes of RFC 5530 and what servers say in words: the login may well be right.
_PASSING = (
    "[UNAVAILABLE]",
    "[INUSE]",
    "[LIMIT]",
    "[SERVERBUG]",
    "too many",
    "try again",
    "temporar",
    "not connected",
    "throttled",
    "backoff",
)


def _refusal(error: BaseException, settings: ImapSettings, said: str = "") -> ServerError:
    if _is_network(error):
        return _server_error(error, settings)
    text = _words(error)
    if any(sign.lower() in text.lower() for sign in _PASSING):
        return ServerError(
            f"mailbox: {settings.host} cannot take the login right now: {text.rstrip('.')}.",
            "It will be tried again.",
            retry_after_s=_backoff(text),
        )
    return LoginRefused(
        f"mailbox: {settings.host} refused the login of {settings.user}: {text} {said}".rstrip(" .") + ".",
        _login_hint(settings, text),
        permanent=True,
    )


def _is_network(error: BaseException) -> bool:
    return isinstance(error, OSError | EOFError | imaplib.IMAP4.abort)


def _login_hint(settings: ImapSettings, text: str) -> str:
    host = settings.host.lower()
    if "outlook" in host or "office365" in host or "LogonDenied" in text:
        return (
            'Microsoft 365 takes no passwords over IMAP: set mailbox.auth = "xoauth2". If it is set: the service principal must be made in Exchange with the object id of the '
            "enterprise application, have rights to this mailbox, and rights take up to 30 minutes to arrive."
        )
    if "gmail" in host or "google" in host:
        return "Google wants xoauth2 or an app password (an account with 2-step sign-in), and IMAP switched on in Gmail's settings."
    return "Check mailbox.user and its password; try them in a mail program."


def _server_error(error: BaseException, settings: ImapSettings) -> ServerError:
    where = f"{settings.host}:{settings.port}"
    text = _words(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServerError(
            f"mailbox: the certificate of {where} is not trusted: {error.verify_message}.",
            "Use the name the certificate was made for, or set mailbox.ca_file.",
            permanent=True,
        )
    if isinstance(error, ssl.SSLError):
        return ServerError(
            f"mailbox: no TLS with {where}: {text}.",
            'Port 993 wants security = "tls", port 143 "starttls".',
            permanent=True,
        )
    if isinstance(error, TimeoutError):
        return ServerError(f"mailbox: {where} did not answer in time.", "It will be tried again.")
    if (backoff := _backoff(text)) is not None:
        return ServerError(
            f"mailbox: {where} asks us to slow down: {text}.", "It will be tried again.", retry_after_s=backoff
        )
    if isinstance(error, CapabilityError) and "STARTTLS" in text:
        return ServerError(
            f"mailbox: {where} offers no STARTTLS.",
            'Nothing was sent in the clear. Use security = "tls" with port 993.',
            permanent=True,
        )
    if "OVERQUOTA" in text.upper():
        return ServerError(
            f"mailbox: {where}: the mailbox is full: {text}.",
            "Make room or raise its quota; nothing is lost meanwhile.",
        )
    if isinstance(error, NONSENSE):
        return ServerError(
            f"mailbox: {where} gave an answer that makes no sense: {text or type(error).__name__}.",
            "It will be tried again.",
        )
    if isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort):
        return ServerError(f"mailbox: {where} refused: {text}.", "It will be tried again.")
    return ServerError(
        f"mailbox: {where}: {text or type(error).__name__}.", "Check mailbox.host, mailbox.port and the network."
    )


def _backoff(text: str) -> float | None:
    """Microsoft 365 says how long it wants to be left alone."""
    match = re.search(r"Suggested Backoff Time:\s*(\d+)\s*milliseconds", text, re.IGNORECASE)
    return int(match[1]) / 1000 if match else None


def _words(error: BaseException) -> str:
    text = str(error.args[0] if error.args and isinstance(error.args[0], bytes | str) else error)
    if text.startswith("b'"):
        text = text[2:-1]
    return " ".join(text.split())[:300]


@contextlib.contextmanager
def _told(settings: ImapSettings) -> Iterator[None]:
    try:
        yield
    except (*NETWORK_ERRORS, *NONSENSE) as error:
        raise _server_error(error, settings) from error


@contextlib.contextmanager
def _no_matter_if_refused() -> Iterator[None]:
    """NO and BAD are passed over, a broken connection is not."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        log.debug("refused, and passed over: %s", _words(error))


def _size(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _aware(moment: Any) -> datetime:
    """INTERNALDATE as UTC; a mail without one, or with a senseless one, counts as arriving now."""
    try:
        known: datetime = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return known.astimezone(UTC)
    except (AttributeError, ValueError, OverflowError):
        return datetime.now(UTC)
