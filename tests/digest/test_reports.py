"""Reports and the commands that ask for them: quiet accounts, snooze, the sheet for a talk, the page for a meeting."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailwins import insights
from mailwins.app import App
from mailwins.cli import cli
from mailwins.digest import goals, reports
from mailwins.jobs import reporting
from mailwins.jobs.publish import publish
from mailwins.jobs.read import read_all
from mailwins.model import Account, Measure, Outcome, RawMessage, Stance, Visibility
from tests.digest.making import MANAGERS, make_app, make_win, utc

BEN, EVA = "Ben Ode <ben@tidemark.example>", "Eva Lind <eva@tidemark.example>"
NOW = utc(2026, 11, 18, 9)
TODAY = date(2026, 11, 18)


def mailed(
    app: App, words: str, sender: str = "Mona Falk <mona@tidemark.example>", number: int = 1, *, to: str | None = None
) -> str:
    """Writes to wins@, or answers the mail with Message-ID *to*; returns the answer's text."""
    mail = EmailMessage(policy=default)
    mail["From"], mail["To"], mail["Subject"] = (
        sender,
        "wins@tidemark.example",
        f"Re: {words[:20]}" if to else "a question",
    )
    mail["Date"], mail["Message-ID"] = NOW, f"<c{number}@tidemark.example>"
    if to:
        mail["In-Reply-To"] = to
    mail.set_content(f"{words}\n")
    sha256, size = app.files.keep([mail.as_bytes()])
    app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", number, 1, NOW)])
    read_all(app.desk, now=lambda: NOW, worker="test")
    answer = next((r for r in app.store.outgoing() if r.mail.cause == sha256), None)
    assert answer is not None, "no answer"
    return " ".join(message_from_bytes(answer.mail.raw, policy=default).get_body(("plain",)).get_content().split())  # type: ignore[attr-defined]


def some_accounts(*names: str, tier: str | None = None, renewal: date | None = None) -> list[Account]:
    return [Account(n, (), (), None, tier, renewal, (), None) for n in names]


def test_an_account_is_quiet_by_the_days_of_its_tier() -> None:
    accounts = [*some_accounts("Key", tier="key"), *some_accounts("Small", tier="small")]
    last = {"Key": TODAY - timedelta(days=20), "Small": TODAY - timedelta(days=20)}
    assert [q.account.name for q in insights.quiet_accounts(accounts, last, TODAY, days=40, tiers={"key": 14})] == [
        "Key"
    ]


def test_quiet_accounts_come_with_the_soonest_renewal_first_then_the_longest_silence() -> None:
    accounts = [
        *some_accounts("Late", renewal=date(2027, 9, 1)),
        *some_accounts("Soon", renewal=date(2026, 12, 1)),
        *some_accounts("Past", renewal=date(2020, 1, 1)),
        *some_accounts("Long"),
    ]
    last = {
        "Late": TODAY - timedelta(50),
        "Soon": TODAY - timedelta(41),
        "Past": TODAY - timedelta(60),
        "Long": TODAY - timedelta(99),
    }
    assert [q.account.name for q in insights.quiet_accounts(accounts, last, TODAY, days=40, tiers={})] == [
        "Soon",
        "Late",
        "Long",
        "Past",
    ]


def test_silence_before_anybody_could_write_says_nothing() -> None:
    begun = TODAY - timedelta(days=8)
    assert insights.quiet_accounts(some_accounts("New"), {}, TODAY, days=40, tiers={}, begun_on=begun) == ()
    assert insights.quiet_accounts(
        some_accounts("New"), {}, TODAY + timedelta(days=32), days=40, tiers={}, begun_on=begun
    )


def test_quiet_by_mail_tells_managers_of_all_and_a_csm_of_her_own(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(app, "They added a depot", at=NOW - timedelta(days=60), account="Kestrel")
    assert all(n in mailed(app, "quiet") for n in ("Kestrel", "Osei Electrical", "Harbor & Pine"))
    own = mailed(app, "quiet", "Ana Sousa <ana@tidemark.example>", 2)
    assert "Kestrel" in own
    assert "They added a depot" in own
    assert "Osei" not in own


def test_a_snoozed_account_rests_and_comes_back(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    assert "Kestrel rests until 16 December 2026" in mailed(app, "snooze Kestrel 4w: they are moving house")
    assert "Kestrel" not in [q.account.name for q in reporting.quiet(app.desk, NOW)]
    assert "Kestrel" in [q.account.name for q in reporting.quiet(app.desk, NOW + timedelta(weeks=4))]


def test_only_its_csm_or_a_manager_snoozes_an_account(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    assert "not yours" in mailed(app, "snooze Kestrel 4w", "Eva Lind <eva@tidemark.example>")
    assert "rests until" in mailed(app, "snooze Kestrel 2w", "Ana Sousa <ana@tidemark.example>", 2)


def test_a_reply_to_the_managers_edition_snoozes_the_account_it_names(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    make_win(app, "They added a depot", at=NOW - timedelta(days=60), account="Kestrel")
    publish(app.desk, now=NOW)
    edition = next(r for r in app.store.outgoing(kind="edition"))
    assert "Osei Electrical rests until" in mailed(
        app, "snooze Osei 4w: audit season", to=f"<{edition.mail.message_id}>"
    )


def test_the_sheet_for_a_talk_names_evidence_silence_and_what_to_ask(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    make_win(
        app,
        "Missed visits fell to 3%",
        at=NOW - timedelta(days=3),
        cause="the new depot map",
        category="value_realized",
    )
    make_win(app, "An old one", at=NOW - timedelta(days=200), account="Kestrel")
    told = mailed(app, "1on1 Ana")
    for words in (
        "With evidence Harbor & Pine",
        "Without Kestrel",
        "Missed visits fell to 3%",
        "An old one",
        "Referral",
    ):
        assert words in told.replace(":", "")


def test_a_csm_gets_her_own_sheet_and_nobody_elses(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    assert "1on1 with Ben Ode" in mailed(app, "1on1", "Ben Ode <ben@tidemark.example>")
    assert "for managers" in mailed(app, "1on1 Ana", "Ben Ode <ben@tidemark.example>", 2)


def test_a_meeting_gets_five_wins_and_no_private_one(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    for n in range(7):
        make_win(app, f"Open win {'ABCDEFG'[n]}", at=NOW - timedelta(days=n + 1), value_effective=5)
    make_win(app, "It says why", at=NOW - timedelta(days=3), account="Kestrel", cause="the training", value_effective=2)
    make_win(app, "SECRET", at=NOW - timedelta(days=3), visibility=Visibility.PRIVATE, value_effective=10)
    make_win(app, "DOUBT", at=NOW - timedelta(days=3), stance=Stance.DOUBT)
    page = reporting.meeting(app.desk, NOW)
    assert len(page.rows) == 5
    assert page.rows[0][0] == "1. Kestrel"
    assert not any(word in str(page) for word in ("SECRET", "DOUBT"))


@pytest.mark.parametrize("name", ["quiet", "coverage", "trends", "health", "goals"])
def test_reports_come_as_table_json_and_csv_and_by_mail(tmp_path: Path, name: str) -> None:
    app = make_app(tmp_path)
    make_win(app, "Missed visits fell", at=NOW - timedelta(days=3), features=("Importer",), category="adoption")
    make_win(
        app,
        "Imports are quick",
        at=NOW - timedelta(days=3),
        account="Kestrel",
        features=("Importer",),
        category="adoption",
    )
    config = tmp_path / "config.toml"
    config.write_text(
        f'[company]\nname = "Tidemark"\ndomains = ["tidemark.example"]\n[storage]\ndatabase = "sqlite:///{tmp_path / "wins.db"}"\nfiles = "files"\n[directory]\naccounts = "accounts.csv"\npeople = "people.csv"\n'
    )
    for how in ([], ["--json"], ["--csv"]):
        done = CliRunner().invoke(cli, ["--config", str(config), "report", name, "--now", NOW.isoformat(), *how])
        assert done.exit_code == 0, done.output
        assert "Osei Electrical" in done.output or name in ("coverage", "trends")
        assert "Importer" in done.output or name != "trends"
    told = mailed(app, f"report {name}")
    assert "quiet account" in told or reports.INTROS[name].heading in told


def test_facts_count_thirty_and_ninety_days_doubts_and_goals_without_a_score() -> None:
    sheet = reports.health_sheet(some_accounts("Kestrel"), [], {}, {}, TODAY)
    assert "score" not in " ".join(sheet.keys)
    assert sheet.rows[0][:4] == ("Kestrel", None, 0, 0)


@pytest.mark.parametrize(
    ("goal", "said", "is_heard"),
    [
        ("First-time fix above 90%", "First-time fixes went up to 93%", True),
        ("First-time fix above 90%", "They renewed for the first time in years", False),
        ("Fewer missed visits", "Missed visits fell from 11% to 3%", True),
        ("Fewer missed visits", "We visited them in Lyon", False),
        ("Onboarding", "Onboarding took two days", True),
        ("Weniger Ausfälle", "Die Ausfälle sind um die Hälfte zurückgegangen", True),
        ("Better than last year", "A better year than last year", False),
    ],
)
def test_a_goal_is_heard_of_when_a_win_is_about_the_same_thing(
    goal: str, said: str, is_heard: bool, tmp_path: Path
) -> None:
    win = make_win(make_app(tmp_path), said, at=NOW)
    (found,) = goals.progress(Account("Osei Electrical", goals=(goal,)), [win])
    assert bool(found.wins) == is_heard


def test_a_goal_stands_beside_its_newest_number_and_no_doubt_counts(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    for days, after, stance in ((40, "88", Stance.PRAISE), (9, "93", Stance.PRAISE), (1, "71", Stance.DOUBT)):
        make_win(
            app,
            f"First-time fix is at {after}%",
            at=NOW - timedelta(days=days),
            account="Osei Electrical",
            measures=(Measure("first-time fix", "82", after, "%"),),
            stance=stance,
        )
    (row,) = [r for r in reporting.sheets(app.desk, "goals", NOW)[0].rows if r[0] == "Osei Electrical"]
    assert row[2:6] == ("First-time fix above 90%", 2, (NOW - timedelta(days=9)).date(), "93%, was 82%")
    told = mailed(app, "1on1 Ben", "Ben Ode <ben@tidemark.example>")
    assert "“First-time fix above 90%”: 93%, was 82%. First-time fix is at 93%." in told


def test_months_go_over_the_year() -> None:
    assert reports.months_before(date(2027, 2, 5), 4) == ("2026-11", "2026-12", "2027-01", "2027-02")


def test_my_monday_comes_to_each_csm_with_her_accounts_only_and_can_be_left(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    make_win(app, "ANASWIN", at=NOW - timedelta(days=3))
    make_win(app, "BENSWIN", at=NOW - timedelta(days=3), account="Alder Water")
    app.store.set_preference("ben@tidemark.example", "leave:monday", "yes")
    publish(app.desk, now=NOW)
    (row,) = app.store.outgoing(kind="monday")
    body = row.mail.raw.decode()
    assert row.mail.recipient == "ana@tidemark.example"
    assert "ANASWIN" in body
    assert "BENSWIN" not in body
    plain = message_from_bytes(row.mail.raw, policy=default).get_body(("plain",))
    assert plain is not None
    offered = " ".join(str(plain.get_content()).split())
    assert re.search(r"Write “update [^”]+” to wins@tidemark\.example: a draft of what they achieved", offered)


def test_a_report_by_mail_is_told_in_sentences(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    make_win(
        app,
        "First-time fix is at 91%",
        at=NOW - timedelta(days=2),
        account="Osei Electrical",
        measures=(Measure("first-time fix", None, "91", "%"),),
        category="value_realized",
    )
    goals_told = mailed(app, "report goals", number=1)
    assert "“First-time fix above 90%”: 91%. “First-time fix is at 91%” (1 win, last" in " ".join(goals_told.split())
    health = " ".join(mailed(app, "report health", number=2).split())
    assert "Osei Electrical 1 in 30 days, 1 win in 90, value 5, 1 of 1 goal spoken of, last win 16 Nov 2026" in health
    assert "Kestrel no win in 90 days. CSM Ana Sousa" in health
    coverage = " ".join(mailed(app, "report coverage", number=3).split())
    assert "Ben Ode 1 this week, 1 in four weeks; 1 of 2 accounts heard from" in coverage
    assert "Value realized 1 in November" in " ".join(mailed(app, "report trends", number=4).split())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("report sales", "Which report?"),
        ("snooze Kestrel", "Write “snooze Kestrel 4w: why”"),
        ("snooze nobody", "Which account, and for how long?"),
    ],
)
def test_half_a_command_is_asked_about_and_becomes_no_mail_in_the_tray(tmp_path: Path, asked: str, told: str) -> None:
    app = make_app(tmp_path, MANAGERS)
    assert told in " ".join(mailed(app, asked).split())
    assert app.store.mails(unresolved=True, outcome=Outcome.QUARANTINED) == []


def test_a_doubt_is_no_good_news_and_hides_none(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    make_win(app, "They renewed for three years", at=NOW - timedelta(days=9), account="Kestrel")
    make_win(app, "They look at others", at=NOW - timedelta(days=2), account="Kestrel", stance=Stance.DOUBT)
    assert app.store.newest_wins(["Kestrel"], NOW)["Kestrel"].summary == "They renewed for three years"


def test_who_leaves_or_comes_back_reads_the_digests_own_name(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS, {"key": "sales", "name": "Sales", "to": ["team:Sales"], "send": "Mon 08:00"})
    assert "You left the Sales edition" in mailed(app, "stop sales", EVA, number=1)
    assert "You left My Monday" in mailed(app, "stop monday", BEN, number=2)
    assert "Welcome back to the managers' edition" in mailed(app, "start managers", number=3)


def test_who_never_got_a_digest_is_not_told_that_she_left_it(tmp_path: Path) -> None:
    sales = {"key": "sales", "name": "Sales", "to": ["team:Sales"], "send": "Mon 08:00"}
    support = {"key": "support", "name": "Support", "to": ["support@tidemark.example"], "send": "Mon 08:00"}
    app = make_app(tmp_path, MANAGERS, sales, support)
    assert "You are not on my list for the Sales edition" in mailed(app, "stop sales", BEN, 1)
    assert "You are not on my list for My Monday" in mailed(app, "start monday", EVA, 2)
    told = mailed(app, "stop support", EVA, 3)
    assert "It goes to support@tidemark.example: who is on that list is decided in your mail system" in told


@pytest.mark.parametrize("words", ["stop", "unsubscribe", "abmelden"])
def test_a_bare_stop_is_asked_what_shall_stop(tmp_path: Path, words: str) -> None:
    app = make_app(tmp_path, MANAGERS)
    assert "“stop managers”, “stop monday”, “stop receipts”" in mailed(app, words, BEN)


def test_a_command_is_answered_even_to_who_wants_no_receipts(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    make_win(app, "First-time fix is at 91%", at=NOW - timedelta(days=2), account="Osei Electrical")
    mailed(app, "no receipts", BEN, 1)
    assert "1 win at Osei Electrical" in mailed(app, "wins Osei Electrical", BEN, 2)
    assert "Receipts are on" in mailed(app, "start receipts", BEN, 3)


def test_wins_are_listed_for_the_time_that_is_named(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    make_win(app, "First-time fix is at 91%", at=NOW - timedelta(days=2), account="Osei Electrical")
    make_win(app, "All crews are on it", at=NOW - timedelta(days=40), account="Osei Electrical")
    one = mailed(app, "wins Osei Electrical this month", BEN, 1)
    assert "1 win at Osei Electrical since 1 November 2026" in one
    assert "All crews" not in one
    assert "No wins at Osei Electrical from 1 September 2026 to 30 September 2026" in mailed(
        app, "wins Osei Electrical in September", BEN, 2
    )
    assert "I could not read “since the last call”, so these are all of them" in mailed(
        app, "wins Osei Electrical since the last call", BEN, 3
    )
    assert "since 1 November 2026" in mailed(app, "my wins this month", BEN, 4)


def test_a_colleague_whose_name_is_mistyped_is_named(tmp_path: Path) -> None:
    assert "Close ones: Ana Sousa" in mailed(make_app(tmp_path, MANAGERS), "1on1 Anna")
