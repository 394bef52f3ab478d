"""Access tokens for XOAUTH2 (Microsoft 365, Google): fetched, kept while they last, renewed early, never more often than needed.

Standard library only. A ``TokenSource`` is what ``ImapSettings.secret`` and ``SmtpSettings.secret``
want: called with False for the token at hand, with True for a new one.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import os
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mailwins.config import OAuth
from mailwins.errors import ConfigError, LoginRefused, ServerError, TokenRefused

log = logging.getLogger(__name__)

EARLY_S = 300.0  # renewed this long before it ends: a session must not lose its right half-way
YOUNG_S = 60.0  # a token this new that is refused is not stale: asking for another would only annoy the provider
SILENCE_S = 900.0  # after a permanent refusal the provider is left alone, unless the refresh token was replaced
TIMEOUT_S = 30.0
ANSWER_BYTES = 1_000_000

# RFC 6749 section 5.2, RFC 8628 section 3.5 and what Microsoft and Google add. Others may pass.
PERMANENT = frozenset(
    {
        "invalid_grant",
        "invalid_client",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
        "interaction_required",
        "consent_required",
        "login_required",
        "admin_policy_enforced",
        "org_internal",
        "access_denied",
        "expired_token",
        "invalid_resource",
        "deleted_client",
    }
)

FIXES: Mapping[str, str] = {
    "invalid_grant": "Sign in again (mailwins check says how): the refresh token ended, was withdrawn, or the password changed. At Google a consent screen still in testing ends it after 7 days.",
    "invalid_client": "Check oauth.client_id and its secret; secrets of app registrations run out. The secret's value is wanted, not its id.",
    "unauthorized_client": "The application may not use this flow: give it the permission IMAP.AccessAsApp (Office 365 Exchange Online, not Graph) and admin consent.",
    "invalid_scope": "Check oauth.scope: https://outlook.office365.com/.default for client_credentials at Microsoft, https://mail.google.com/ at Google.",
    "interaction_required": "A person must sign in again: the provider asks for a second factor or for consent.",
    "consent_required": "An administrator must consent to the application's permissions.",
    "access_denied": "The sign-in was refused in the browser; start again and allow it.",
    "expired_token": "The code was not entered in time; start again.",
}


class TokenSource:
    """One per provider and mailbox; may be shared between threads. Raises LoginRefused, or ServerError when it may pass."""

    def __init__(self, oauth: OAuth, *, clock: Callable[[], float] = time.time, ca_file: Path | None = None) -> None:
        self.oauth = oauth
        self._clock = clock
        self._ca_file = ca_file
        self._lock = threading.Lock()
        self._token = ""
        self._got_at = self._ends_at = 0.0
        self._refusal: LoginRefused | None = None
        self._refused_at = 0.0
        self._refused_file: int | None = None
        self._unkept: tuple[int | None, str] | None = None
        """The file as it was and the newer token that could not be written to it."""

    def __call__(self, fresh: bool = False) -> str:
        with self._lock:
            now = self._clock()
            is_young = now - self._got_at < YOUNG_S
            if self._token and now < self._ends_at - EARLY_S and (is_young or not fresh):
                return self._token
            if (
                self._refusal is not None
                and now - self._refused_at < SILENCE_S
                and self._refused_file == self._file_stamp()
            ):
                raise self._refusal
            try:
                self._renew(now)
            except LoginRefused as refusal:
                self._refusal, self._refused_at, self._refused_file = refusal, now, self._file_stamp()
                raise
            self._refusal = None
            return self._token

    def _renew(self, now: float) -> None:
        answer = _ask(self.oauth.token_url, self._form(), self._ca_file)
        self._token = str(answer["access_token"])
        self._got_at = now
        # A provider that states no end, or one within the early margin, still gets a token used for a while.
        self._ends_at = now + max(_seconds(answer.get("expires_in"), 3600.0), EARLY_S + YOUNG_S)
        rotated = answer.get("refresh_token")
        if rotated and self.oauth.refresh_token_file is not None and self.oauth.flow == "refresh_token":
            self._keep(self.oauth.refresh_token_file, str(rotated))

    def _keep(self, path: Path, rotated: str) -> None:
        try:
            keep_refresh_token(path, rotated)
            self._unkept = None
        except OSError as error:
            self._unkept = (self._file_stamp(), rotated)
            log.warning(
                "oauth.refresh_token_file: a new token cannot be written to %s (%s); a restart may want a new sign-in. "
                "Let the service write to its folder.",
                path,
                error.strerror,
            )

    def _form(self) -> dict[str, str]:
        form = _client(self.oauth)
        if self.oauth.flow == "client_credentials":
            return form | {"grant_type": "client_credentials"}
        return form | {"grant_type": "refresh_token", "refresh_token": self._refresh_token()}

    def _refresh_token(self) -> str:
        # Read each time: another process may have been handed a new one.
        path = self.oauth.refresh_token_file
        if path is None:
            raise ConfigError(
                "oauth.refresh_token_file is not set.",
                'Name the file that holds the refresh token, or use flow = "client_credentials".',
            )
        try:
            if path.stat().st_mode & 0o077:
                log.warning("%s can be read by others; chmod 600 it", path)
            token = path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(
                f"oauth.refresh_token_file: cannot read {path}: {error.strerror}.", "Sign in once to make it."
            ) from None
        if not token:
            raise ConfigError(f"oauth.refresh_token_file: {path} is empty.", "Sign in once to fill it.")
        if self._unkept is not None and self._unkept[0] == self._file_stamp():
            return self._unkept[1]
        return token

    def _file_stamp(self) -> int | None:
        path = self.oauth.refresh_token_file
        with contextlib.suppress(OSError):
            return path.stat().st_mtime_ns if path is not None else None
        return None


def sign_in(
    oauth: OAuth,
    show: Callable[[str, str], None],
    *,
    device_url: str = "",
    sleep: Callable[[float], None] = time.sleep,
    ca_file: Path | None = None,
) -> None:
    """Let a person sign in on any device (RFC 8628) and keep the refresh token in ``oauth.refresh_token_file``.

    *show* is told the page to open and the code to enter there. *device_url* is found by itself for
    Microsoft and Google.
    """
    if oauth.refresh_token_file is None:
        raise ConfigError("oauth.refresh_token_file is not set.", "Name the file that shall hold the refresh token.")
    begun = _ask(
        device_url or _device_url(oauth.token_url),
        {k: v for k, v in _client(oauth).items() if k != "client_secret"},
        ca_file,
        wants="device_code",
    )
    show(str(begun.get("verification_uri") or begun.get("verification_url") or ""), str(begun.get("user_code", "")))
    form = _client(oauth) | {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": str(begun["device_code"]),
    }
    pause = _seconds(begun.get("interval"), 5.0)
    waited, longest = 0.0, _seconds(begun.get("expires_in"), 900.0)
    while waited < longest:
        sleep(pause)
        waited += pause
        try:
            answer = _ask(oauth.token_url, form, ca_file)
        except _StillWaiting as waiting:
            pause += 5.0 if waiting.is_too_fast else 0.0
            continue
        if not answer.get("refresh_token"):
            raise LoginRefused(
                "The provider gave no refresh token.",
                "Add offline_access to oauth.scope (Microsoft), or ask for offline access (Google).",
                permanent=True,
            )
        keep_refresh_token(oauth.refresh_token_file, str(answer["refresh_token"]))
        return
    raise LoginRefused("Nobody signed in in time.", FIXES["expired_token"], permanent=True)


def keep_refresh_token(path: Path, token: str) -> None:
    """Whole or not at all, readable by us only: a provider that rotates takes the old one back."""
    unfinished = path.with_name(path.name + ".tmp")
    with contextlib.suppress(FileNotFoundError):
        unfinished.unlink()
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(token + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class _StillWaiting(ServerError):
    is_too_fast = False


def _client(oauth: OAuth) -> dict[str, str]:
    form = {"client_id": oauth.client_id}
    secret = oauth.client_secret or ""
    if oauth.client_secret_file is not None:
        try:
            secret = oauth.client_secret_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(
                f"oauth.client_secret_file: cannot read {oauth.client_secret_file}: {error.strerror}.",
                "Check the path and its permissions.",
            ) from None
    if secret:
        form["client_secret"] = secret
    if oauth.scope:
        form["scope"] = oauth.scope
    return form


def _device_url(token_url: str) -> str:
    if "googleapis.com" in token_url:
        return "https://oauth2.googleapis.com/device/code"
    return token_url.removesuffix("/token") + "/devicecode"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token endpoint that sends us elsewhere would get our secret sent elsewhere."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _ask(url: str, form: Mapping[str, str], ca_file: Path | None, wants: str = "access_token") -> dict[str, Any]:
    """POST *form*, get JSON with *wants* in it, or raise."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ConfigError(
            f'oauth.token_url = "{url}": not https.', "Secrets are sent there; give the provider's https address."
        )
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca_file)), _NoRedirect
    )
    request = urllib.request.Request(url, urllib.parse.urlencode(form).encode(), {"Accept": "application/json"})  # noqa: S310  (scheme checked above)
    try:
        with opener.open(request, timeout=TIMEOUT_S) as reply:
            status, text = reply.status, reply.read(ANSWER_BYTES)
    except urllib.error.HTTPError as error:
        with error:
            status, text = error.code, error.read(ANSWER_BYTES)
    except ssl.SSLCertVerificationError as error:
        raise ServerError(
            f"oauth: the certificate of {parts.hostname} is not trusted: {error.verify_message}.",
            "Check oauth.token_url.",
            permanent=True,
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise ServerError(f"oauth: {parts.hostname} cannot be reached: {error}.", "It will be tried again.") from None
    answer = _object(text)
    if status == 200 and answer.get(wants):
        return answer
    raise _refusal(str(parts.hostname), status, answer)


def _refusal(host: str, status: int, answer: Mapping[str, Any]) -> ServerError:
    error = answer.get("error")
    word = error if isinstance(error, str) else ""
    told = " ".join(str(answer.get("error_description") or "").split())[:300]
    if word in ("authorization_pending", "slow_down"):
        waiting = _StillWaiting("Waiting for somebody to sign in.")
        waiting.is_too_fast = word == "slow_down"
        return waiting
    if word in PERMANENT:
        return TokenRefused(
            f"oauth: {host} gives no token: {word}. {told}".rstrip(),
            FIXES.get(word, "Check the oauth settings with the provider's console."),
            permanent=True,
        )
    return ServerError(
        f"oauth: {host} gives no token now: HTTP {status} {word} {told}".rstrip() + ".", "It will be tried again."
    )


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _seconds(value: Any, default: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return default
