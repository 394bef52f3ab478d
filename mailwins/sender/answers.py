"""What the server's answers say: of this mail, or of us, and then every other mail would get the same."""

from __future__ import annotations

import re
import smtplib

from mailwins.errors import LoginRefused, ServerError
from mailwins.model import Delivery, OutboxState
from mailwins.sender.settings import SmtpSettings

# Answers to MAIL and to the final dot that speak of us.
LOGIN_WANTED = frozenset({530, 535, 538})
SENDER_REFUSED = frozenset({550, 551, 553, 554})
MAY_NOT_SEND_AS = re.compile(r"SendAsDenied|\b5\.7\.60\b")
# Refused for what we are, not for whom it is to:
# - Postfix "Relay access denied", Sendmail "Relaying denied", Exim "relay not permitted", Exchange "Unable to relay"
#   (5.7.54, 5.7.64)
# - Gmail's and Microsoft's daily limits (5.4.5, 5.1.90, 5.7.232, 5.7.233, 5.7.236)
# - lists of blocked addresses ("blocked using zen.spamhaus.org", Microsoft's "banned sending IP", 5.7.511, 5.7.606 to 649)
_ABOUT_US = re.compile(
    r"\brelay(?:ing)?\b.{0,20}(?:denied|not|prohibited)|unable to relay|\b5\.7\.(?:54|64)\b"
    r"|\b(?:5\.4\.5|5\.1\.90|5\.7\.23[236])\b|sending limit|quota ?exceeded ?exception"
    r"|blocked (?:using|by)\b|banned sending ip|\b5\.7\.(?:511|6[0-4]\d)\b",
    re.IGNORECASE,
)


def refused_mail(code: int, text: bytes) -> Delivery:
    is_final = 500 <= code < 600 and not _ABOUT_US.search(readable(text))
    state = OutboxState.FAILED if is_final else OutboxState.DEFERRED
    return Delivery(state, f"{code} {readable(text)}", code)


def sender_refused(settings: SmtpSettings, sender: str, code: int, text: bytes) -> ServerError:
    whom = settings.user or "us"
    as_whom = sender or "this sender"
    return ServerError(
        f"smtp: {settings.host} does not let {whom} send as {as_whom}: {code} {readable(text)}.",
        "Check smtp.from, or give the login the right to send as it. Mail waits in the outbox.",
        permanent=True,
    )


def login_wanted(settings: SmtpSettings, code: int, text: bytes) -> LoginRefused:
    return LoginRefused(
        f"smtp: {settings.host} wants a login before it takes mail: {code} {readable(text)}.",
        "Set smtp.user and its password.",
        permanent=True,
    )


def readable(value: bytes | str) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {readable(error.smtp_error)}"
    return " ".join(str(error).split())[:300] or type(error).__name__
