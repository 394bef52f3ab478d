"""A company without servers to write to: real store, files, child process and templates; what comes in is answered at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from mailwins.app import App
from mailwins.jobs.read import Done, read_all
from mailwins.model import RawMessage, Win
from tests.digest.making import EVERYONE, MANAGERS, make_app, utc

ANA, BEN, MONA, TOM, EVA = (
    "Ana Sousa <ana@tidemark.example>",
    "Ben Ode <ben@tidemark.example>",
    "Mona Falk <mona@tidemark.example>",
    "Tom Vidal <tom@tidemark.example>",
    "Eva Lind <eva@tidemark.example>",
)
WINS = "wins@tidemark.example"
PHONE = "\n\nSent from my iPhone\n\n> On 16 Nov 2026, at 10:01, Tidemark Wins <wins@tidemark.example> wrote:\n>\n"


@dataclass
class Office:
    """*now* moves on by a minute with every mail."""

    app: App
    now: datetime = field(default_factory=lambda: utc(2026, 11, 17, 9))
    done: list[Done] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def get(self, raw: bytes) -> list[EmailMessage]:
        """What is sent because *raw* came in."""
        before = {r.id for r in self.app.store.outgoing()}
        self.now += timedelta(minutes=1)
        sha256, size = self.app.files.keep([raw])
        self.app.store.keep_mails(
            [RawMessage(sha256, size, "box", "INBOX", 1, next(self._numbers), self.now)], at=self.now
        )
        read_all(self.app.desk, now=lambda: self.now, worker="test", progress=self.done.append)
        return [
            cast(EmailMessage, message_from_bytes(r.mail.raw, policy=default))
            for r in self.app.store.outgoing()
            if r.id not in before
        ]

    def write(
        self, text: str, *, sender: str = ANA, subject: str = "", answers: EmailMessage | None = None, **headers: str
    ) -> list[EmailMessage]:
        """A mail typed by *sender*; what it *answers* is quoted below, as a phone does."""
        return self.get(self.mail(text, sender=sender, subject=subject, answers=answers, **headers))

    def one(
        self, text: str, *, sender: str = ANA, subject: str = "", answers: EmailMessage | None = None, **headers: str
    ) -> EmailMessage:
        (answer,) = self.write(text, sender=sender, subject=subject, answers=answers, **headers)
        return answer

    def mail(
        self, text: str, *, sender: str = ANA, subject: str = "", answers: EmailMessage | None = None, **headers: str
    ) -> bytes:
        mail = EmailMessage(policy=default.clone(linesep="\r\n"))
        mail["From"], mail["To"], mail["Date"] = sender, WINS, self.now
        mail["Message-ID"] = f"<mail-{next(self._numbers)}@phone.tidemark.example>"
        if answers is not None:
            mail["In-Reply-To"] = mail["References"] = str(answers["Message-ID"])
            subject = subject or f"Re: {str(answers['Subject']).removeprefix('Re: ')}"
            text += PHONE + "\n".join(f"> {line}" for line in text_of(answers).splitlines()) + "\n"
        mail["Subject"] = subject
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return mail.as_bytes()

    def forward(
        self,
        words: str = "Missed visits went from 11% to 3%. Thank you, the crews love it.",
        *,
        note: str = "",
        sender: str = ANA,
        customer: str = "Marisol Reyes <marisol@hp.example>",
        subject: str = "Visits",
        hour: str = "4:15",
    ) -> list[EmailMessage]:
        text = f"{note}\n\n---------- Forwarded message ---------\nFrom: {customer}\nDate: Mon, Nov 16, 2026 at {hour} PM\nSubject: {subject}\nTo: {sender}\n\n\nHi,\n\n{words}\n\n{customer.split()[0]}\n"
        return self.write(text, sender=sender, subject=f"Fwd: {subject}")

    def wins(self) -> list[Win]:
        return sorted(self.app.store.wins(), key=lambda w: w.id)

    @property
    def win(self) -> Win:
        (win,) = self.wins()
        return win


@contextmanager
def opened(folder: Path, *audiences: dict[str, Any], pilot: Sequence[str] = (), **sections: Any) -> Iterator[Office]:
    app = make_app(
        folder, *(audiences or (EVERYONE, MANAGERS)), trust={"policy": "off", "pilot": list(pilot)}, **sections
    )
    try:
        yield Office(app)
    finally:
        app.close()


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return cast(str, body.get_content())


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return cast(str, body.get_content())


def flat(mail: EmailMessage) -> str:
    """The text on one line, so that wrapping does not matter."""
    return " ".join(text_of(mail).split())
