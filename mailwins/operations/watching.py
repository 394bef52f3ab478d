"""Files an admin may mend while the service runs: passwords, certificates, the settings."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path

from mailwins.config import Config, MailboxSettings, SmtpSettings, load
from mailwins.errors import ConfigError, TokenRefused


def files_of(server: MailboxSettings | SmtpSettings, error: Exception) -> list[Path]:
    """What is read anew for each connection beside the settings, and may be why this one failed.

    The refresh token only where it was refused or cannot be read: where it was good, it was exchanged for a new one just then.
    """
    paths = [server.password_file, server.ca_file, server.oauth.client_secret_file]
    if isinstance(error, TokenRefused | ConfigError):
        paths.append(server.oauth.refresh_token_file)
    return [path for path in paths if path is not None]


def changed_settings(path: Path, running: Config) -> str:
    """What to say of a settings file that was written to after the start; empty where nothing in it differs."""
    try:
        if load(path) == running:
            return ""
    except ConfigError as error:
        return f"{path.name} was changed after the service started, and it would not start with it: {error}"
    return (
        f"{path.name} was changed after the service started, which goes by what stood there before. "
        "Next step: mailwins check, then start it again"
    )


class Watch:
    """Whether any of some files holds something else than at first. By content: times lie, and a mounted secret is a link that is swapped."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._first = self._last = self._look()

    def has_changed(self) -> bool:
        """Only what two looks in a row found the same: a file may be in the middle of being written."""
        last, self._last = self._last, self._look()
        return last == self._last != self._first

    def _look(self) -> str:
        found = hashlib.sha256()
        for path in self._paths:
            with contextlib.suppress(OSError):
                found.update(hashlib.sha256(path.read_bytes()).digest())
            found.update(b"\0")
        return found.hexdigest()
