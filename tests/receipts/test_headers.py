"""Whatever stands in a subject, a name, an account or a Message-ID: our answers carry our header fields and no others."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailwins.app import App
from mailwins.model import Address, InboundMessage, Member
from mailwins.outbox import fitted, formatted
from mailwins.receipts import compose
from tests.digest.making import make_app, utc

NOW = utc(2026, 11, 17, 9)
OURS = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
    "X-Mailwins-Kind",
]
NASTY = [
    "\r\nBcc: victim@elsewhere.example",
    "\nTo: x@y.example\n\nbody",
    "\x00\x07\x1b",
    "\u202egnp.exe\u2066",
    "\u2028Bcc: a@b.example",
    "=?utf-8?q?=0D=0ABcc:_a@b.example?=",
    "a" * 10_000,
    "ß" * 3000,
    "\x85X-Evil: 1",
    '"<>,;:@',
    "\ud7ff\uffff",
]
foreign = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from([*NASTY, " ", "Re: ", "Müller & Söhne", "お礼"]), max_size=4).map("".join),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=80),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    app = make_app(Path(tmp_path_factory.mktemp("headers")))
    yield app
    app.close()


def fields(raw: bytes) -> list[str]:
    head = raw.split(b"\r\n\r\n", 1)[0]
    assert b"\n" not in head.replace(b"\r\n", b""), "a bare line feed"
    assert b"\x00" not in head
    mail = message_from_bytes(raw, policy=default)
    assert all(len(line) < 998 for line in head.split(b"\r\n"))
    assert "\n" not in str(mail["Subject"])
    return sorted(mail.keys())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=foreign, name=foreign, account=foreign, id_=foreign)
def test_a_receipt_carries_our_fields_alone(app: App, subject: str, name: str, account: str, id_: str) -> None:
    scene = app.desk.scene(NOW)
    member = Member(name, ("ana@tidemark.example",))
    message = InboundMessage(
        authors=(Address(name, "ana@tidemark.example"),), subject=subject, message_id=id_ or None, references=(id_,)
    )
    for view in (
        compose.quarantined("unknown_account", (account,), subject, member, scene),
        compose.answer(subject or "x", [account], scene, rows=[(name, account)]),
        compose.collected(member, 30, scene),
    ):
        mail = app.desk.receipt(view, Address(name, "ana@tidemark.example"), message, cause="a" * 64, now=NOW)
        more = ["In-Reply-To", "References"] if "In-Reply-To" in fields(mail.raw) else []
        assert fields(mail.raw) == sorted([*OURS, *more])
        assert message_from_bytes(mail.raw, policy=default)["To"].addresses[0].addr_spec == "ana@tidemark.example"  # type: ignore[attr-defined]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=foreign, name=foreign, words=foreign)
def test_a_question_and_thanks_carry_our_fields_alone(app: App, subject: str, name: str, words: str) -> None:
    view = compose.answer(f"{name} says thank you", [words], app.desk.scene(NOW))
    back = ("Reply-To", str(formatted(Address(name, "tom@tidemark.example"))))
    for kind, headers in (("question", ()), ("thanks", (back,))):
        mail = app.desk.letter(
            "receipt",
            view,
            kind=kind,
            cause="b" * 64,
            to=Address(name, "ana@tidemark.example"),
            subject=fitted(f"Thanks: {subject}"),
            now=NOW,
            headers=headers,
        )
        assert fields(mail.raw) == sorted([*OURS, *(["Reply-To"] if headers else [])])
