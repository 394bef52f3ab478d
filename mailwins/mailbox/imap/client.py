"""The one connection: imapclient with some habits changed. Each change touches a private name, so a test holds it."""

from __future__ import annotations

import contextlib
import imaplib
import logging
import re
import select
import socket
import ssl
from collections.abc import Callable, Sequence
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.datetime_util import parse_to_datetime
from imapclient.exceptions import IMAPClientError
from imapclient.response_parser import parse_fetch_response

from mailwins.connection import cut, is_loopback, time_limit, tls_context
from mailwins.mailbox.imap.refusals import told
from mailwins.mailbox.imap.settings import ImapSettings

log = logging.getLogger(__name__)

CONNECT_S = 30.0

_ITEM = rb'(?:UID \d+|RFC822\.SIZE \d+|INTERNALDATE "[^"\\]{10,40}")'
_DESCRIBED = re.compile(rb"\d+ \((?=.*UID )(?=.*RFC822\.SIZE )(?=.*INTERNALDATE )%s(?: %s){2}\)" % (_ITEM, _ITEM))
_ITEMS = re.compile(rb"UID|RFC822\.SIZE|INTERNALDATE")
_VALUES = re.compile(rb'(?<=UID )\d+|(?<=SIZE )\d+|"[^"]+"')
_BODY = re.compile(rb"\d+ \(UID (\d+) BODY\[\] ~?\{\d+\}")
_LITERAL8 = re.compile(rb"~(?=\{\d+\}$)")

# imaplib gives up on an answer line above 1 MB; the SEARCH of a folder with 150,000 mails is longer.
imaplib._MAXLINE = max(imaplib._MAXLINE, 20_000_000)  # type: ignore[attr-defined]


def open_client(settings: ImapSettings) -> Client:
    """A connection on which nobody has signed in yet."""
    context = tls_context(settings.ca_file, section="mailbox")
    if settings.security == "none" and not is_loopback(settings.host):
        log.warning('mailbox.security = "none": mail and password travel to %s unencrypted', settings.host)
    timeout = SocketTimeout(min(settings.timeout_s, CONNECT_S), settings.timeout_s)
    # A second handle on the connection, which lasts while TLS takes the first one over.
    with contextlib.ExitStack() as handles, told(settings):

        def limit(sock: socket.socket) -> None:
            handle = handles.enter_context(sock.dup())
            handles.enter_context(time_limit(settings.deadline_s, lambda: cut(handle)))

        client = Client(
            settings.host,
            port=settings.port,
            ssl=settings.security == "tls",
            ssl_context=context if settings.security == "tls" else None,
            timeout=timeout,
            limit=limit,
        )
        if settings.security == "starttls":
            try:
                client.starttls(context)
            except BaseException:
                with contextlib.suppress(Exception):
                    client.shutdown()
                raise
    return client


class _Connection(imaplib.IMAP4):
    """imapclient's two kinds of connection in one, which *limit* may end before the server has said a word."""

    def __init__(
        self,
        host: str,
        port: int,
        context: ssl.SSLContext | None,
        timeout_s: float,
        limit: Callable[[socket.socket], None],
    ) -> None:
        self._context, self._timeout_s, self._limit = context, timeout_s, limit
        self.alerts: list[bytes] = []
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        sock = socket.create_connection((self.host, self.port), self._timeout_s)
        self._limit(sock)
        return self._context.wrap_socket(sock, server_hostname=self.host) if self._context else sock

    def _get_response(self) -> Any:
        line = super()._get_response()  # type: ignore[misc]
        if line and b"[ALERT]" in line:
            self.alerts.append(line.partition(b"[ALERT]")[2])
        return line


class Client(IMAPClient):  # type: ignore[misc]
    """imapclient with some habits changed; each line touches a private name, so a test holds them."""

    def __init__(self, *args: Any, limit: Callable[[socket.socket], None], **kwargs: Any) -> None:
        self._limit = limit
        super().__init__(*args, **kwargs)
        # As shipped, imaplib's debug level makes a repr() of every whole mail.
        self._imap.debug = 0
        # INTERNALDATE as an aware time; the default hands out naive local ones.
        self.normalise_times = False
        sock = self.socket()
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def _create_IMAP4(self) -> _Connection:
        context = self.ssl_context if self.ssl else None
        return _Connection(self.host, self.port, context, self._timeout.connect, self._limit)

    @property
    def is_signed_in(self) -> bool:
        """By the greeting (PREAUTH), as through a tunnel. With STARTTLS it never comes so far: that must come before."""
        return bool(self._imap.state == "AUTH")

    def alerts(self) -> list[str]:
        """What the server wants a person to see (RFC 3501 section 7.1), since the last time this was asked."""
        said, self._imap.alerts = self._imap.alerts, []
        return [" ".join(text.decode("utf-8", "replace").split())[:300] for text in said]

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
        """End the connection from another thread."""
        cut(self.socket())

    def hurry(self, timeout_s: float) -> None:
        with contextlib.suppress(OSError):
            self.socket().settimeout(timeout_s)


def _parsed(answers: Sequence[Any]) -> dict[int, dict[bytes, Any]]:
    """imapclient would take the "~" of a literal8 (RFC 3516), and its length, for the mail."""
    plain = [(_LITERAL8.sub(b"", a[0]), *a[1:]) if isinstance(a, tuple) else a for a in answers]
    return dict(parse_fetch_response(plain, normalise_times=False, uid_is_key=True))
