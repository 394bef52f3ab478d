"""What a connection to a mail server needs, whatever is spoken over it: verified TLS, and an end to every wait."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from mailwins.errors import ServerError


def tls_context(ca_file: Path | None, *, section: str) -> ssl.SSLContext:
    """Certificates and host names are checked, always. *section* of the configuration is named where *ca_file* fails."""
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except OSError as error:
        raise ServerError(
            f"{section}.ca_file = {ca_file}: cannot be used ({error.strerror or error}).",
            "Give a PEM file with the server's CA.",
            permanent=True,
        ) from None


def no_tls(error: ssl.SSLError, *, section: str, where: str, ports: str) -> ServerError:
    """Why there is no verified TLS with *where*; *ports* says which port wants what."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServerError(
            f"{section}: the certificate of {where} is not trusted: {error.verify_message}.",
            f"Use the name the certificate was made for, or set {section}.ca_file.",
            permanent=True,
        )
    words = " ".join(str(error).split())[:300]
    return ServerError(f"{section}: no TLS with {where}: {words}.", ports, permanent=True)


def is_loopback(host: str) -> bool:
    """Whether bytes to *host* stay on this machine."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def cut(sock: socket.socket) -> None:
    """End the connection from another thread: whoever reads from it gets an error at once."""
    with contextlib.suppress(OSError):
        # Not SSLSocket.shutdown, which takes the TLS state away under the reader's hands.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


@contextlib.contextmanager
def time_limit(seconds: float, cut_off: Callable[[], None]) -> Iterator[None]:
    """*cut_off* is called when *seconds* are over: a server that drips never lets a socket time out."""
    timer = threading.Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def xoauth2(user: str, token: str) -> str:
    """The answer that signs in with an access token, before base64 (Google's and Microsoft's XOAUTH2)."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def is_microsoft(host: str) -> bool:
    return "outlook" in host.lower() or "office365" in host.lower()


def is_google(host: str) -> bool:
    return "gmail" in host.lower() or "google" in host.lower()


GOOGLE_WANTS = "Google wants xoauth2 or an app password (an account with 2-step sign-in)"
