"""A real SMTP server for tests: AUTH, STARTTLS or implicit TLS, and refusals by script.

``server.script["RCPT"] = ["450 4.2.1 later"]`` answers the next RCPT so and the one after as usual. Keys are
MAIL, RCPT, DATA (the answer to the final dot); ``"drop"`` cuts the connection instead of answering, ``""`` answers as usual.
"""

from __future__ import annotations

import asyncio
import ssl
import tempfile
import warnings
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers import dovecot

DROP = "drop"


class Arrived:
    def __init__(self, envelope: Envelope, session: Session) -> None:
        self.sender = envelope.mail_from or ""
        self.recipients = list(envelope.rcpt_tos)
        self.raw = bytes(envelope.original_content or b"")
        self.options = list(envelope.mail_options)
        self.peer = session.peer
        self.is_encrypted = session.ssl is not None


class _Handler:
    def __init__(self, owner: SmtpServer) -> None:
        self.owner = owner

    def _next(self, command: str, server: SMTP) -> str | None:
        waiting = self.owner.script[command]
        answer = waiting.pop(0) if waiting else None
        if answer == DROP:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
            return "421 gone"
        return answer

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._next("MAIL", server):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._next("RCPT", server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.owner.dot_delay_s:
            await asyncio.sleep(self.owner.dot_delay_s)
        answer = self.owner.script["DATA"][:1]
        taken = not answer or answer[0] in (DROP, "") or answer[0].startswith("2")
        if taken:
            self.owner.messages.append(Arrived(envelope, session))
        return self._next("DATA", server) or "250 OK queued"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        import base64

        said = base64.b64decode(args[1]).decode() if len(args) > 1 else ""
        token = said.partition("auth=Bearer ")[2].rstrip("\x01")
        self.owner.logins.append(token)
        if token in self.owner.tokens:
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401","schemes":"bearer","scope":"smtp"}')
        return AuthResult(success=False, handled=False)


class _Controller(Controller):
    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            # aiosmtpd does not see that implicit TLS is encrypted and warns about the login.
            warnings.simplefilter("ignore")
            return super().factory()


class SmtpServer:
    """*tls*: none | starttls (offered) | required | implicit. *users*: name → password; None takes mail without login."""

    def __init__(self, *, tls: str = "none", users: dict[str, str] | None = None, **more: Any) -> None:
        self.messages: list[Arrived] = []
        self.script: dict[str, list[str]] = defaultdict(list)
        self.logins: list[str] = []
        self.tokens: set[str] = set()
        self.dot_delay_s = 0.0
        self.users = users
        self._folder = tempfile.TemporaryDirectory(prefix="smtp-")
        self.cert = Path(self._folder.name) / "cert.pem"
        context = self._context() if tls != "none" else None
        if tls == "implicit":
            more |= {"ssl_context": context, "auth_require_tls": False}
        elif context is not None:
            more |= {"tls_context": context, "require_starttls": tls == "required"}
        else:
            more |= {"auth_require_tls": False}
        if users is not None:
            more |= {"authenticator": self._check, "auth_required": True}
        self._more = more
        self.host = "localhost"
        self.port = dovecot._free_port()
        self._controller: Controller | None = None
        self.start()

    def _context(self) -> ssl.SSLContext:
        key, cert = dovecot._self_signed()
        self.cert.write_bytes(cert)
        key_path = self.cert.with_name("key.pem")
        key_path.write_bytes(key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, key_path)
        return context

    def _check(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        user, password = data.login.decode(), data.password.decode()
        self.logins.append(user)
        return AuthResult(success=bool(self.users) and self.users.get(user) == password, handled=False)  # type: ignore[union-attr]

    def start(self) -> None:
        self._controller = _Controller(
            _Handler(self), hostname="127.0.0.1", port=self.port, server_hostname="localhost", **self._more
        )
        self._controller.start()

    def stop(self) -> None:
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

    def close(self) -> None:
        with suppress(Exception):
            self.stop()
        self._folder.cleanup()

    def __enter__(self) -> SmtpServer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
