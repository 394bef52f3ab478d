"""The wall, held from outside: words planted in every internal field of thousands of wins reach no customer's mail."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as default_policy
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailwins import app as joined
from mailwins.app import App
from mailwins.cli import cli
from mailwins.config import parse
from mailwins.jobs.commands import COMMANDS
from mailwins.jobs.drafting import draft_for, keep
from mailwins.jobs.reviewing import review_for
from mailwins.model import Address, Attachment, Measure, Reason, Review, Source, Stance, Visibility, Win, WinContact
from mailwins.ports import OutgoingRow
from mailwins.updates.compose import Plan
from tests.loop import ACCOUNTS, PEOPLE
from tests.store.test_contract import a_win
from tests.updates.test_releasing import asking, reply

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CANARY = re.compile(r"zq[a-z]{3,}canary\d*", re.I)
ACCOUNT, OTHER = "Harbor & Pine", "Osei Electrical"


def planted(number: int, chance: random.Random) -> Win:
    """A win whose every field but the words for the customer holds a canary. Every tenth is approved."""

    def canary(field: str) -> str:
        return f"zq{field}canary{number}"

    is_approved = number % 10 == 0
    is_foreign = number % 7 == 3
    visibility = Visibility.SHAREABLE if is_approved else chance.choice([Visibility.PRIVATE, Visibility.INTERNAL])
    words = (
        f"We closed {number} routes without a call."
        if is_approved and not is_foreign
        else f"Nobody outside may read {canary('quote')}."
    )
    return replace(
        a_win(number), account=OTHER if is_foreign else ACCOUNT, mail=f"{number:064x}", win_date=date(2026, 9, 1) + timedelta(days=number % 80), captured_at=NOW - timedelta(days=1), quote=words,
        summary=canary("summary"), note=canary("note"), internal_note=canary("internal"), contact=WinContact("Marisol Reyes", "marisol@harborandpine.example", "Operations Director"),
        praised=(canary("praised"),), csm="priya@tidemark.example", submitted_by=f"{canary('by')}@tidemark.example", credits=(f"{canary('credit')}@tidemark.example",),
        category=chance.choice(["adoption", "endorsement", "olympics", "milestone", "referral"]) if not is_approved else "adoption", value=7, value_effective=7, cause=canary("cause"),
        factors=(canary("factor"),), features=(canary("feature"),), measures=(Measure(canary("measure"), "1", "2", canary("unit")),), expected=canary("expected"), experienced=canary("experienced"),
        urls=(f"https://{canary('url')}.example/",), attachments=(Attachment(f"{canary('file')}.png", "image/png", 3, "ff"),), stance=chance.choice([Stance.PRAISE, Stance.DOUBT]) if not is_approved else Stance.PRAISE,
        visibility=visibility, review=Review.MODEL, review_why=canary("why"),
        reasons={"account": Reason(Source.STATED, canary("reason")), "visibility": Reason(Source.PERSON, canary("approved"))},
    )  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    (tmp_path / "accounts.csv").write_text(
        ACCOUNTS.replace("name,domains,aliases,csm,tier\n", "name,domains,aliases,csm,tier,renewal,goals\n")
        .replace(",enterprise\n", ",zqtiercanary,2027-03-31,zqgoalcanary\n")
        .replace(",growth\n", ",growth,,\n")
    )
    (tmp_path / "people.csv").write_text(PEOPLE)
    settings = {
        "company": {"name": "Tidemark", "domains": ["tidemark.example"]}, "smtp": {"host": "localhost", "from": "wins@tidemark.example"},
        "directory": {"accounts": "accounts.csv", "people": "people.csv"}, "updates": {"own_quotes": False, "send_for_me": True, "send_from": "updates@tidemark.example"}, "trust": {"authserv_id": ["mx.tidemark.example"]},
        "audience": [{"key": "everyone", "to": ["everyone"], "send": "Mon 08:00"}],
    }  # fmt: skip
    built = joined.build(parse(settings, "test", tmp_path, {}))
    yield built
    built.close()


def customer_mails(raw: bytes) -> list[EmailMessage]:
    """The mails inside a draft that go to the customer as they are."""
    return [
        part.get_payload(0)
        for part in message_from_bytes(raw, policy=default_policy).walk()
        if part.get_content_type() == "message/rfc822"
    ]  # type: ignore[misc]


def everything(mail: EmailMessage) -> str:
    """Every header, body and file name of it, decoded, and its bytes as they are."""
    found = [mail.as_string()]
    for part in mail.walk():
        found += [f"{name}: {value}" for name, value in part.items()]
        found.append(part.get_filename() or "")
        if part.get_content_maintype() == "text":
            found.append(part.get_content())
    return "\n".join(found)


def between_the_marks(raw: bytes) -> str:
    body = message_from_bytes(raw, policy=default_policy).get_body(("plain",))
    assert body is not None
    text = str(body.get_content())
    return text[text.index(">>>>>>>>") : text.index("<<<<<<<<")]


@pytest.mark.parametrize("seed", range(3))
def test_no_internal_word_reaches_a_customer(app: App, seed: int) -> None:
    chance = random.Random(seed)
    wins = [planted(number, chance) for number in range(1, 1001)]
    app.store.add_wins(wins)
    drafted = draft_for(
        app.desk,
        ACCOUNT,
        since=date(2026, 9, 1),
        until=NOW.date(),
        now=NOW,
        plan=Plan("a session in December", "which depot first?"),
    )
    keep(app.desk, drafted)
    (row,) = app.store.outgoing(kind="update")
    mails = customer_mails(row.mail.raw)
    assert len(mails) == 1
    seen = everything(mails[0]) + between_the_marks(row.mail.raw)
    assert "routes without a call" in seen, "nothing was told, so nothing was proven"
    assert CANARY.findall(seen) == []
    # What a colleague reads outside the marks does hold them: the search can find one.
    assert CANARY.search(row.mail.raw.decode("utf-8", "replace"))


@pytest.mark.parametrize("seed", range(2))
def test_no_internal_word_reaches_the_page_of_a_quarter(app: App, seed: int) -> None:
    chance = random.Random(seed)
    app.store.add_wins([planted(number, chance) for number in range(1, 1001)])
    done = review_for(app.desk, ACCOUNT, "2026Q4", goals=["Fewer calls on routes"])
    assert done.page is not None
    seen = done.page.html + done.page.text + done.name
    assert "routes without a call" in seen, "nothing was shown, so nothing was proven"
    assert CANARY.findall(seen) == []
    assert OTHER not in seen
    # What the CSM is told beside it does hold them: the search can find one.
    assert CANARY.search(str(done.left_out))


def test_a_customer_is_written_to_by_name_and_about_no_other_account(app: App) -> None:
    app.store.add_wins(
        [
            replace(
                planted(20, random.Random(0)),
                contact=WinContact("Marisol Reyes", "marisol@harborandpine.example", None),
            )
        ]
    )
    drafted = draft_for(app.desk, ACCOUNT, since=date(2026, 9, 1), until=NOW.date(), now=NOW)
    keep(app.desk, drafted)
    (row,) = app.store.outgoing(kind="update")
    (mail,) = customer_mails(row.mail.raw)
    assert OTHER not in everything(mail)
    assert Address("Marisol Reyes", "marisol@harborandpine.example").shown in str(mail["To"])
    assert mail["X-Unsent"] == "1"
    assert [n for n in mail if n.lower() in ("auto-submitted", "list-id", "list-unsubscribe")] == []


def test_no_command_by_mail_writes_to_a_customer_but_send_and_that_tells_nothing_internal(app: App) -> None:
    """Every command a colleague can write, on top of a draft that is approved by mail, planned for by mail and sent by mail."""
    chance = random.Random(7)
    app.store.add_wins([planted(number, chance) for number in app.store.reserve_win_ids(300)])
    for command in COMMANDS:
        asking(app, command.example)
    asking(
        app,
        f"update {ACCOUNT} since 1 September for Marisol Reyes\nnext: a session in December\nask: which depot first",
    )
    # An internal win: its planted words never leave, a sentence is written for them.
    inside = next(
        w.id
        for w in app.store.wins()
        if w.account == ACCOUNT
        and w.visibility is Visibility.INTERNAL
        and w.stance is Stance.PRAISE
        and w.category == "adoption"
    )
    reply(app, newest(app), f"share {inside}: The night shift closes every job on the day.", quoted=None)
    reply(app, newest(app), "meeting: Thursday at ten", quoted=None)
    reply(app, newest(app), "send", quoted=None)
    rows = app.store.outgoing()
    outside = [r.mail for r in rows if not r.mail.recipient.endswith("@tidemark.example")]
    assert [(m.kind, m.to_customer) for m in outside] == [("update-sent", True)]
    assert [m.to_customer for m in (r.mail for r in rows) if m.to_customer] == [True]
    for_customers = [
        message_from_bytes(r.mail.raw, policy=default_policy)
        for r in rows
        if r.mail.kind in ("update-sent", "update-copy")
    ]
    drafts = [r.mail.raw for r in rows if r.mail.kind == "update"]
    for_customers += [m for raw in drafts for m in customer_mails(raw)]
    assert len(for_customers) >= 5
    seen = "\n".join(everything(m) for m in for_customers) + "\n".join(
        between_the_marks(raw) for raw in drafts if b"copy from here" in raw
    )
    assert CANARY.findall(seen) == []
    assert "routes without a call" in seen
    assert "The night shift closes every job on the day." in seen
    (sent,) = [u for u in app.store.updates() if u.state == "sent"]
    assert CANARY.findall(f"{sent.sent_text} {sent.text} {sent.subject} {sent.plan}") == []
    # What colleagues are told does hold planted words, so there was something to find.
    assert any(CANARY.search(r.mail.raw.decode("utf-8", "replace")) for r in rows if r.mail.kind == "receipt")


def newest(app: App) -> OutgoingRow:
    return max(app.store.outgoing(kind="update"), key=lambda r: r.id)


COMPANY = '[company]\nname = "Tidemark"\ndomains = ["tidemark.example"]\n[smtp]\nhost = "localhost"\nfrom = "wins@tidemark.example"\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n[trust]\nauthserv_id = "mx.tidemark.example"\n'


def test_no_internal_word_is_printed_or_written_where_a_command_makes_something_for_customers(
    app: App, tmp_path: Path
) -> None:
    chance = random.Random(11)
    app.store.add_wins([planted(number, chance) for number in range(1, 1001)])
    (tmp_path / "config.toml").write_text(COMPANY)

    def printed(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["--config", str(tmp_path / "config.toml"), *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    seen = {
        name: printed(*words)
        for name, words in (
            ("show", ("update", "draft", ACCOUNT, "--since", "2026-09-01", "--now", "2026-11-24T12:00Z", "--show")),
            ("draft", ("update", "draft", ACCOUNT, "--since", "2026-09-01", "--now", "2026-11-24T12:00Z", "--json")),
            ("list", ("update", "list", "--json")),
            ("markdown", ("qbr", ACCOUNT, "2026Q4")),
            ("files", ("qbr", ACCOUNT, "2026Q4", "--output", str(tmp_path / "page"))),
        )
    }
    pages = sorted((tmp_path / "page").iterdir())
    assert [p.suffix for p in pages] == [".html", ".md"]
    seen |= {p.name: p.read_text() for p in pages}
    assert sum("routes without a call" in text for text in seen.values()) >= 4
    assert {name: CANARY.findall(text) for name, text in seen.items() if CANARY.search(text)} == {}
    # A list for colleagues holds them: there was something to find.
    assert CANARY.search(printed("wins", "list", "--json"))
