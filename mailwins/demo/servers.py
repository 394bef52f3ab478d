"""An IMAP server and an SMTP sink inside this process, so that the demo needs nothing installed and nothing configured.

Both listen on a free loopback port only and forget everything when their ``with`` block ends.
They speak the real protocols: the demo runs the same jobs against them as production does.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import socket
import threading
import unicodedata
from argparse import Namespace
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from email.policy import default as default_policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPService

HOST = "127.0.0.1"
START_S = 15.0


@dataclass(frozen=True, slots=True)
class ImapServer:
    port: int
    user: str
    password: str
    host: str = HOST


@contextmanager
def imap_server(user: str = "wins", password: str = "") -> Iterator[ImapServer]:
    """One empty mailbox. Clients that APPEND should switch on TCP_NODELAY: 2 ms a mail instead of 43."""
    password = password or secrets.token_urlsafe(12)
    port = free_port()
    life = _Life()
    thread = threading.Thread(
        target=lambda: asyncio.run(_serve(port, user, password, life)), name="demo-imap", daemon=True
    )
    thread.start()
    if not life.started.wait(START_S) or life.error is not None:
        raise RuntimeError(f"the demo's IMAP server did not start: {life.error or 'no answer'}")
    try:
        yield ImapServer(port, user, password)
    finally:
        life.stop()
        thread.join(START_S)


class _Life:
    """What the server's thread and its owner tell each other."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.error: BaseException | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.ended: asyncio.Event | None = None

    def stop(self) -> None:
        if self.loop is not None and self.ended is not None:
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.ended.set)


async def _serve(port: int, user: str, password: str, life: _Life) -> None:
    life.loop, life.ended = asyncio.get_running_loop(), asyncio.Event()
    # A client that hangs up in the middle of a command is ordinary here, not worth a traceback on the screen.
    life.loop.set_exception_handler(
        lambda loop, context: logging.getLogger(__name__).debug("demo IMAP server: %s", context.get("message"))
    )
    try:
        backend, config = await DictBackend.init(
            Namespace(
                host=[HOST],
                port=str(port),
                cert=None,
                key=None,
                tls=False,
                proxy_protocol=None,
                inherited_sockets=None,
                debug=False,
                skip_services=[],
                passlib_cfg=None,
                set_uid=None,
                set_gid=None,
                demo_data=False,
                demo_user=user,
                demo_password=password,
            )
        )
        config.apply_context()
        async with AsyncExitStack() as stack:
            await backend.start(stack)
            await IMAPService(backend, config).start(stack)
            life.started.set()
            await life.ended.wait()
    except BaseException as error:
        life.error = error
        life.started.set()
        raise


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as it reached the sink; *raw* are the bytes that were sent. *path* is where they were written, if anywhere."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)
    path: Path | None = None


@dataclass(slots=True)
class SmtpSink:
    port: int
    messages: list[Arrived]
    host: str = HOST


class _Keep:
    """aiosmtpd handler: every mail into the list and, numbered in order of arrival, into the folder."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.messages: list[Arrived] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        raw = bytes(envelope.original_content)
        path = None
        if self.folder is not None:
            path = self.folder / f"{len(self.messages) + 1:03d}-{_slug(raw)}.eml"
            path.write_bytes(raw)
        self.messages.append(Arrived(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw, path))
        return "250 OK"


@contextmanager
def smtp_sink(folder: Path | None = None) -> Iterator[SmtpSink]:
    """Takes every mail, sends none. With *folder* (made when missing) each one is also a file there."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    keep = _Keep(folder)
    port = free_port()
    controller = Controller(keep, hostname=HOST, port=port, server_hostname="demo.mailwins.invalid")
    controller.start()
    try:
        yield SmtpSink(port, keep.messages)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return int(listening.getsockname()[1])


def _slug(raw: bytes) -> str:
    """A file name that tells the mail: its subject in plain letters."""
    subject = str(BytesHeaderParser(policy=default_policy).parsebytes(raw).get("Subject", ""))
    plain = unicodedata.normalize("NFKD", subject.lower())
    letters = "".join(c if c.isascii() and c.isalnum() else "" if unicodedata.combining(c) else "-" for c in plain)
    return "-".join(part for part in letters.split("-") if part)[:50] or "mail"
