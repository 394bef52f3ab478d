"""One IMAP folder over imapclient: fetch without leaving marks, move without deleting others' mail, wait without hanging.

Every wait has an end, TLS is verified or the connection is not made, and the object is
thrown away after the first network error: imapclient's state cannot be trusted then.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from mailwins.errors import LoginRefused, ServerError
from mailwins.ports import Listed

PIECE_BYTES = 1_000_000
WHOLE_BYTES = 4_000_000
SIZES_AT_ONCE = 1_000
IDLE_SLICE_S = 290.0  # servers may end IDLE after 30 minutes, middleboxes after much less

NETWORK_ERRORS = (imaplib.IMAP4.error, IMAPClientError, OSError, EOFError)


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


class _Client(IMAPClient):  # type: ignore[misc]
    """imapclient with three habits changed; each line touches a private name, so a test holds them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As shipped, imaplib's debug level makes a repr() of every whole mail.
        self._imap.debug = 0
        # INTERNALDATE as an aware time; the default hands out naive local ones.
        self.normalise_times = False

    def _poll_socket(self, sock: Any, timeout: float | None = None) -> Any:
        # What already sits in the read buffer never makes the socket readable: a mail that arrived
        # between SEARCH and IDLE would go unseen until the IDLE ended.
        try:
            if (getattr(self._imap, "_file", None) or self._imap.file).peek(1):
                return [True]
        except (OSError, ValueError):
            pass
        return super()._poll_socket(sock, timeout)


def connect(settings: ImapSettings) -> ImapMailbox:
    """Connect, sign in, select the folder. Raises LoginRefused or ServerError with the next step."""
    return ImapMailbox(settings)


class ImapMailbox:
    """ports.Mailbox over IMAP. Not to be shared between threads."""

    def __init__(self, settings: ImapSettings) -> None:
        self.settings = settings
        self.folder = settings.folder
        self.name = f"{settings.user}@{settings.host}:{settings.port}/{settings.folder}"
        self.missing: list[int] = []
        """UIDs that were listed but whose FETCH brought nothing: counted, tried again at the next pass."""
        self._client = _open(settings)
        try:
            _login(self._client, settings)
            self._capabilities = {c.decode("ascii", "replace").upper() for c in self._client.capabilities()}
            self._select()
        except BaseException:
            self.close()
            raise

    def _select(self) -> None:
        try:
            with _told(self.settings):
                answer = self._client.select_folder(self.folder)
        except ServerError as error:
            if "doesn't exist" in error.message or "NONEXISTENT" in error.message.upper() or "unknown mailbox" in error.message.lower():
                folders = ", ".join(self.folders()[:20])
                raise ServerError(f'mailbox.folder = "{self.folder}": there is no such folder.', f"The server has: {folders}.", permanent=True) from None
            raise
        self.uidvalidity = int(answer[b"UIDVALIDITY"])
        self.uidnext = int(answer.get(b"UIDNEXT") or 1 + max(self._client.search(["ALL"]) or [0]))

    def folders(self) -> list[str]:
        with _told(self.settings):
            return [name for _flags, _delimiter, name in self._client.list_folders()]

    def list_since(self, uid: int) -> Sequence[Listed]:
        # "n:*" always answers with the last mail, even below n.
        with _told(self.settings):
            self._client.noop()
            uids = [u for u in self._client.search(["UID", f"{uid + 1}:*"]) if u > uid]
        return self._describe(uids)

    def list_arrived_since(self, day: date) -> Sequence[Listed]:
        with _told(self.settings):
            uids = self._client.search(["SINCE", day])
        return self._describe(uids)

    def _describe(self, uids: Sequence[int]) -> list[Listed]:
        found = []
        ordered = sorted(uids)
        for start in range(0, len(ordered), SIZES_AT_ONCE):
            with _told(self.settings):
                answer = self._client.fetch(ordered[start : start + SIZES_AT_ONCE], ["RFC822.SIZE", "INTERNALDATE"])
            # A server may speak of other mails in between (unsolicited FETCH): those were not asked for.
            for uid in ordered[start : start + SIZES_AT_ONCE]:
                if uid in answer:
                    found.append(Listed(uid, int(answer[uid].get(b"RFC822.SIZE") or 0), _aware(answer[uid].get(b"INTERNALDATE"))))
        return found

    def fetch(self, listed: Sequence[Listed]) -> Iterator[tuple[Listed, Iterable[bytes]]]:
        """BODY.PEEK[] in one go for ordinary mails; a large one in pieces, so that memory stays flat."""
        small = [m for m in listed if m.size_bytes <= WHOLE_BYTES]
        if small:
            with _told(self.settings):
                answer = self._client.fetch([m.uid for m in small], ["BODY.PEEK[]"])
            for mail in small:
                body = answer.get(mail.uid, {}).get(b"BODY[]")
                if body:
                    yield mail, (body,)
                else:
                    self.missing.append(mail.uid)
        for mail in listed:
            if mail.size_bytes > WHOLE_BYTES:
                first = self._piece(mail.uid, 0)
                if first:
                    yield mail, self._pieces(mail.uid, first)
                else:
                    self.missing.append(mail.uid)

    def _pieces(self, uid: int, first: bytes) -> Iterator[bytes]:
        offset = 0
        piece = first
        while piece:
            yield piece
            # Some servers answer a partial fetch with the whole mail: then it is all here already.
            if len(piece) != PIECE_BYTES:
                return
            offset += len(piece)
            piece = self._piece(uid, offset)

    def _piece(self, uid: int, offset: int) -> bytes:
        with _told(self.settings):
            answer = self._client.fetch([uid], [f"BODY.PEEK[]<{offset}.{PIECE_BYTES}>"]).get(uid, {})
        for key, value in answer.items():
            if key.startswith(b"BODY[]"):
                return value or b""
        return b""

    def move(self, uids: Sequence[int], folder: str) -> None:
        if not uids:
            return
        target = self._make(folder)
        with _told(self.settings):
            if "MOVE" in self._capabilities:
                self._client.move(list(uids), target)
                return
            self._client.copy(list(uids), target)
            self._client.add_flags(list(uids), [b"\\Deleted"], silent=True)
            if "UIDPLUS" in self._capabilities:
                self._client.uid_expunge(list(uids))
            # Without UIDPLUS a plain EXPUNGE would remove what others marked: ours stay marked instead.

    def _make(self, folder: str) -> str:
        """The folder's name with the server's own delimiter; made and subscribed when it is missing."""
        with _told(self.settings):
            listing = self._client.list_folders()
            delimiter = next((d for _f, d, _n in listing if d), b"/")
            delimiter = delimiter.decode() if isinstance(delimiter, bytes) else str(delimiter)
            names = {n for _f, _d, n in listing}
            path = [p for p in folder.split("/") if p]
            for prefix in (self._prefix(names, delimiter), ""):
                target = prefix + delimiter.join(path)
                if target in names:
                    return target
            target = self._prefix(names, delimiter) + delimiter.join(path)
            try:
                self._client.create_folder(target)
            except NETWORK_ERRORS as error:
                if "exist" not in str(error).lower():
                    raise
            with contextlib.suppress(imaplib.IMAP4.error, IMAPClientError):
                self._client.subscribe_folder(target)
            return target

    def _prefix(self, names: set[str], delimiter: str) -> str:
        """Where the server keeps a person's folders: Courier and old Dovecots want everything below INBOX."""
        try:
            personal = self._client.namespace().personal
            if personal and personal[0][0]:
                return str(personal[0][0])
        except NETWORK_ERRORS:
            pass
        return ""

    def wait(self, timeout_s: float) -> bool:
        if not self.settings.use_idle or "IDLE" not in self._capabilities:
            time.sleep(timeout_s)
            return False
        with _told(self.settings):
            self._client.idle()
            try:
                heard = self._client.idle_check(timeout=min(timeout_s, IDLE_SLICE_S))
            finally:
                # Only DONE shows whether the connection is alive; silence and death look the same before it.
                self._client.idle_done()
        return bool(heard)

    def append(self, raw: bytes, folder: str | None = None, at: datetime | None = None) -> None:
        """Put a mail into a folder (used by the demo and by tests)."""
        with _told(self.settings):
            self._client.append(folder or self.folder, raw, msg_time=at)

    def close(self) -> None:
        with contextlib.suppress(*NETWORK_ERRORS):
            self._client.logout()
        with contextlib.suppress(*NETWORK_ERRORS, AttributeError):
            self._client.shutdown()


def _open(settings: ImapSettings) -> _Client:
    context = tls_context(settings.ca_file)
    timeout = SocketTimeout(min(settings.timeout_s, 30), settings.timeout_s)
    with _told(settings):
        client = _Client(settings.host, port=settings.port, ssl=settings.security == "tls", ssl_context=context if settings.security == "tls" else None, timeout=timeout)
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
        raise ServerError(f"ca_file = {ca_file}: cannot be used ({error.strerror or error}).", "Give a PEM file with the server's CA.", permanent=True) from None


def _login(client: _Client, settings: ImapSettings) -> None:
    if settings.auth == "xoauth2":
        _login_with_token(client, settings)
        return
    password = settings.secret(False)
    try:
        if settings.user.isascii() and password.isascii():
            client.login(settings.user, password)
        else:
            client.plain_login(settings.user, password)
    except NETWORK_ERRORS as error:
        raise _refusal(error, settings) from None


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
            if isinstance(error, OSError) and not isinstance(error, imaplib.IMAP4.error):
                raise _refusal(error, settings) from None
            if fresh or "[UNAVAILABLE]" in str(error):
                raise _refusal(error, settings, " ".join(said)) from None
        else:
            return


def _refusal(error: BaseException, settings: ImapSettings, said: str = "") -> ServerError:
    text = _words(error)
    if isinstance(error, OSError) and not isinstance(error, imaplib.IMAP4.error):
        return _server_error(error, settings)
    if "[UNAVAILABLE]" in text or "[INUSE]" in text:
        return ServerError(f"{settings.host} cannot check logins right now: {text}.", "It will be tried again.")
    return LoginRefused(f"mailbox: {settings.host} refused the login of {settings.user}: {text} {said}".rstrip() + ".", _login_hint(settings, text), permanent=True)


def _login_hint(settings: ImapSettings, text: str) -> str:
    host = settings.host.lower()
    if "outlook" in host or "office365" in host or "LogonDenied" in text:
        return (
            "Microsoft 365 takes no passwords over IMAP: set mailbox.auth = \"xoauth2\". If it is set: the service principal must be made in Exchange with the object id of the "
            "enterprise application, have rights to this mailbox, and rights take up to 30 minutes to arrive."
        )
    if "gmail" in host or "google" in host:
        return "Google wants xoauth2 or an app password (an account with 2-step sign-in), and IMAP switched on in Gmail's settings."
    return "Check mailbox.user and its password; try them in a mail program."


def _server_error(error: BaseException, settings: ImapSettings) -> ServerError:
    where = f"{settings.host}:{settings.port}"
    text = _words(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServerError(f"mailbox: the certificate of {where} is not trusted: {error.verify_message}.", "Use the name the certificate was made for, or set mailbox.ca_file.", permanent=True)
    if isinstance(error, ssl.SSLError):
        return ServerError(f"mailbox: no TLS with {where}: {text}.", 'Port 993 wants security = "tls", port 143 "starttls".', permanent=True)
    if isinstance(error, TimeoutError):
        return ServerError(f"mailbox: {where} did not answer in time.", "It will be tried again.")
    if backoff := re.search(r"Suggested Backoff Time:\s*(\d+)\s*milliseconds", text):
        return ServerError(f"mailbox: {where} asks us to slow down.", "It will be tried again.", retry_after_s=int(backoff[1]) / 1000)
    if "STARTTLS" in text.upper():
        return ServerError(f"mailbox: {where} offers no STARTTLS.", 'Nothing was sent in the clear. Use security = "tls" with port 993.', permanent=True)
    return ServerError(f"mailbox: {where}: {text or type(error).__name__}.", "Check mailbox.host, mailbox.port and the network.")


def _words(error: BaseException) -> str:
    text = str(error.args[0] if error.args and isinstance(error.args[0], bytes | str) else error)
    if text.startswith("b'"):
        text = text[2:-1]
    return " ".join(text.split())[:300]


@contextlib.contextmanager
def _told(settings: ImapSettings) -> Iterator[None]:
    try:
        yield
    except ServerError:
        raise
    except NETWORK_ERRORS as error:
        raise _server_error(error, settings) from error


def _aware(moment: datetime | None) -> datetime:
    if moment is None:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
