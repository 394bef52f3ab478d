"""The one family of errors. Expected outcomes are values, not exceptions; these are for what stops a job.

MailwinsError
├── ConfigError          a wrong file, key or value; nothing was started     (exit status 2)
├── UsageError           a wrong command line                                 (exit status 2)
├── TemplateError        a template with a mistake, with file and line
├── StoreError           the database or the file store
│   ├── StoreFull        no space left: nothing was half-written
│   ├── Superseded       a newer version of the program works on the database: this one must end
│   ├── FileLost         one kept file is gone or damaged; the others are not
│   └── Conflict         somebody else wrote the same unique thing first; look again
└── ServerError          IMAP or SMTP could not be used; *permanent* says whether trying again can help
    └── LoginRefused
        └── TokenRefused by whom we ask for a token, before the server saw it
"""

from __future__ import annotations


class MailwinsError(Exception):
    """*message* names the thing; *fix* is the next step for the person who reads it."""

    exit_status = 1

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message} {self.fix}".strip()


class ConfigError(MailwinsError):
    exit_status = 2


class UsageError(MailwinsError):
    exit_status = 2


class TemplateError(MailwinsError):
    pass


class StoreError(MailwinsError):
    pass


class StoreFull(StoreError):
    pass


class Superseded(StoreError):
    pass


class FileLost(StoreError):
    pass


class Conflict(StoreError):
    pass


class ServerError(MailwinsError):
    def __init__(
        self, message: str, fix: str = "", *, permanent: bool = False, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message, fix)
        self.permanent = permanent
        self.retry_after_s = retry_after_s


class LoginRefused(ServerError):
    pass


class TokenRefused(LoginRefused):
    pass
