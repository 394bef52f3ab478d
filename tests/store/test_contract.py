"""What every store must do, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from mailwins.errors import Conflict
from mailwins.model import (
    Account,
    Address,
    Attachment,
    Change,
    Contact,
    CustomerUpdate,
    Delivery,
    Edition,
    Measure,
    Member,
    OutboxState,
    Outcome,
    OutgoingMail,
    RawMessage,
    Reason,
    Source,
    Win,
    WinContact,
)  # fmt: skip
from mailwins.ports import MailboxState, Question, Settled, Standing, UpdateSent, WinFilter
from mailwins.store import SqlStore, database, open_store
from mailwins.store.models import Base, BodyRow
from mailwins.store.purging import Doomed

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    store = open_store(database_url)
    yield store
    store.close()


def raw(n: int, uid: int | None = None, mailbox: str = "box") -> RawMessage:
    return RawMessage(f"{n:064x}", 100, mailbox, "INBOX", 7, uid or n, NOW + timedelta(minutes=n))


def keep(store: SqlStore, *numbers: int) -> None:
    store.keep_mails([raw(n) for n in numbers])


def a_win(number: int, **more: object) -> Win:
    win = Win(
        id=number, token=f"t{number}", mail=f"{number:064x}", ordinal=0, captured_at=NOW, win_date=date(2026, 11, 13), summary="Cut visits from 11% to 3%",
        account="Müller & Söhne", quote="The phone didn't ring once.", contact=WinContact("Ana", "ana@x.example", "COO"), csm="csm@x.example", submitted_by="csm@x.example",
        category="value_realized", value=8, value_effective=8, features=("Maps",), measures=(Measure("visits", "11", "3", "%"),),
        attachments=(Attachment("a.png", "image/png", 3, "ff"),), reasons={"account": Reason(Source.STATED, "said so", 0.5, ("a",))}, doubts=(),
    )  # fmt: skip
    return replace(win, **more)  # type: ignore[arg-type]


def settle(store: SqlStore, number: int, *wins: Win, **more: object) -> None:
    store.settle(Settled(f"{number:064x}", Outcome.WIN, None, NOW, wins=wins, **more))  # type: ignore[arg-type]


def an_outgoing(n: int = 1, *, customer: bool = False) -> OutgoingMail:
    return OutgoingMail("receipt", f"cause{n}", "Ana@x.example", f"id{n}@x", "Subject", b"raw", customer)


def test_the_migrations_lead_to_the_models(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": False,
                "include_object": lambda o, n, k, r, c: not (n or "").startswith(("wins_fts", "ix_wins_fts")),
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_two_may_open_an_empty_database_at_once(database_url: str) -> None:
    errors: list[BaseException] = []

    def work() -> None:
        try:
            open_store(database_url).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_mail_is_new_once_and_its_sightings_are_kept(store: SqlStore) -> None:
    store.set_mailbox_state(MailboxState("box", 7, 0, NOW))
    assert store.keep_mails([raw(1), raw(2)]) == 2
    assert store.keep_mails([replace(raw(1), uid=9)]) == 0
    assert store.mailbox_state("box") == MailboxState("box", 7, 9, NOW)
    assert store.known_uids("box", 7, [1, 2, 3, 9]) == {1, 2, 9}
    assert store.known_uids("box", 8, [1]) == frozenset()
    assert [(uid, o) for uid, _, o in store.unmoved("box", 7)] == [(1, None), (2, None), (9, None)]
    store.moved("box", 7, [1, 9], "Done")
    assert [uid for uid, _, _ in store.unmoved("box", 7)] == [2]


def test_mails_are_claimed_oldest_first_and_each_by_one(store: SqlStore) -> None:
    keep(store, 3, 1, 2)
    claims = [store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3) for _ in range(4)]
    assert [c and int(c.sha256, 16) for c in claims] == [1, 2, 3, None]
    again = store.claim_mail(now=NOW + timedelta(seconds=61), worker="w2", lease_s=60, max_attempts=3)
    assert again is not None
    assert again.attempts == 2


def test_two_claimers_never_get_the_same_mail(store: SqlStore) -> None:
    keep(store, *range(1, 41))
    got: list[str] = []

    def work(name: str) -> None:
        while mail := store.claim_mail(now=NOW, worker=name, lease_s=60, max_attempts=3):
            got.append(mail.sha256)

    threads = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got)) == 40


def test_a_mail_whose_attempts_are_used_up_is_quarantined_and_stops_nobody(store: SqlStore) -> None:
    """FAULT: a mail kills every process that reads it; THEN: after three attempts it lies in the tray, and the others are read."""
    keep(store, 1, 2)
    for n in range(3):
        mail = store.claim_mail(now=NOW + timedelta(hours=n), worker="w", lease_s=60, max_attempts=3)
        assert mail is not None
        assert int(mail.sha256, 16) == 1
    mail = store.claim_mail(now=NOW + timedelta(hours=4), worker="w", lease_s=60, max_attempts=3)
    assert mail is not None
    assert int(mail.sha256, 16) == 2
    (failed,) = store.mails(outcome=Outcome.QUARANTINED)
    assert (failed.reason, failed.attempts) == ("failed", 3)


def test_a_clean_stop_does_not_count_as_an_attempt(store: SqlStore) -> None:
    keep(store, 1)
    for _ in range(5):
        mail = store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3)
        assert mail is not None
        assert mail.attempts == 1
        store.release_mail(mail.sha256)


def test_mails_given_back_together_count_no_attempt_though_one_is_named_twice(store: SqlStore) -> None:
    for n in (1, 2, 3):
        keep(store, n)
    for _ in range(2):
        store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3)
        store.release_mail(f"{1:064x}", "boom", worker="w")
    claimed = [store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=4) for _ in range(3)]
    store.release_mails([f"{n:064x}" for n in (1, 1, 2)], worker="w")
    assert sorted(m.attempts for m in claimed if m) == [1, 1, 3]
    assert [mail.attempts for n in (1, 2, 3) if (mail := store.mail(f"{n:064x}"))] == [2, 0, 1]
    again = store.claim_mails(now=NOW, worker="v", lease_s=60, max_attempts=4, at_most=9)
    assert f"{3:064x}" not in {m.sha256 for m in again}


def test_claims_of_dead_workers_end_at_once(store: SqlStore) -> None:
    keep(store, 1)
    store.claim_mail(now=NOW, worker="dead", lease_s=900, max_attempts=3)
    store.queue([an_outgoing()], NOW)
    store.claim_outgoing(now=NOW, worker="dead", lease_s=900)
    assert store.claimants() == {"dead"}
    store.expire_claims(["dead"], now=NOW)
    assert store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3) is not None
    assert store.recover_outgoing(now=NOW, lease_s=60) == 1


def test_a_win_comes_back_as_it_was(store: SqlStore) -> None:
    keep(store, 1)
    win = a_win(1)
    settle(store, 1, win)
    assert store.win(1) == win
    assert store.win_of_token("t1") == win
    assert store.wins_of_mail(f"{1:064x}") == [win]
    mail = store.mail(f"{1:064x}"[:10])
    assert mail is None or mail.win_ids == (1,)


def test_settling_is_all_or_nothing(store: SqlStore) -> None:
    keep(store, 1, 2)
    settle(store, 1, a_win(1, origin_key="same"))
    with pytest.raises(Conflict):
        settle(store, 2, a_win(2, origin_key="same"), outgoing=(an_outgoing(),), refs=(("message_id", "x"),))
    assert store.outgoing() == []
    assert store.find_refs([("message_id", "x")]) == []
    mail = store.mail(f"{2:064x}")
    assert mail is not None
    assert mail.outcome is None


def test_what_is_asked_of_the_writer_of_every_mail_is_her_own_and_of_late(store: SqlStore) -> None:
    keep(store, 1, 2)
    settle(store, 1, a_win(1), outgoing=(replace(an_outgoing(), recipient="csm@x.example"), an_outgoing(2)), preferences=(("csm@x.example", "receipts", "questions"),))  # fmt: skip
    settle(store, 2, a_win(2, mail=f"{2:064x}", submitted_by="ana@x.example"), a_win(3, mail=f"{2:064x}", ordinal=1, is_deleted=True))  # fmt: skip
    of_now, of_later = ({"answered_since": at, "captured_since": at} for at in (NOW, NOW + timedelta(seconds=1)))
    assert store.standing("csm@x.example", **of_now) == Standing("questions", 1, 1)
    assert store.standing("csm@x.example", **of_later) == Standing("questions", 0, 0)
    assert store.standing("nobody@x.example", **of_now) == Standing(None, 0, 0)


def test_one_look_for_several_mails_finds_what_a_look_for_each_does(store: SqlStore) -> None:
    keep(store, 1, 2)
    long = "x" * 600
    settle(store, 1, a_win(1), refs=(("message_id", "m1"), ("words", long)), outgoing=(replace(an_outgoing(), recipient="csm@x.example"),), preferences=(("csm@x.example", "receipts", "none"),),
           questions=(Question(1, f"{1:064x}", "Csm@x.example", "account", "Whose?", ("a", "b")),))  # fmt: skip
    settle(store, 2, a_win(2, mail=f"{2:064x}", submitted_by="ana@x.example"), refs=(("message_id", "m1"), ("words", "m1")))  # fmt: skip
    store.new_update(
        CustomerUpdate(
            0,
            "t1",
            "Acme",
            date(2026, 1, 1),
            date(2026, 3, 31),
            NOW,
            "csm@x.example",
            Address("Ana", "ana@acme.example"),
            "Recap",
            "…",
        )
    )
    keys = [("message_id", "m1"), ("words", long), ("words", "never"), *(("message_id", f"n{n}") for n in range(1000))]
    members = ["csm@x.example", "ana@x.example", "nobody@x.example"]
    of_now, of_later = ({"answered_since": at, "captured_since": at} for at in (NOW, NOW + timedelta(seconds=1)))
    found = store.background(keys, members, **of_now, asked_since=NOW)
    assert {key: [ref[1:] for ref in sorted(refs)] for key, refs in found.refs.items()} == {key: store.find_refs([key]) for key in keys[:2]}  # fmt: skip
    assert found.standing == {member: store.standing(member, **of_now) for member in members}
    assert found.asked == {"csm@x.example": {"account"}, "ana@x.example": set(), "nobody@x.example": set()}
    assert found.updated == {"Acme"}
    later = store.background([], members, **of_later, asked_since=NOW + timedelta(seconds=1))
    assert later.standing == {member: store.standing(member, **of_later) for member in members}
    assert not any(later.asked.values())


def test_everything_that_follows_from_a_mail_is_written(store: SqlStore) -> None:
    keep(store, 1, 2)
    settle(store, 1, a_win(1), refs=(("message_id", "m1"), ("words", "w1")), contacts=(Contact("Ana", "Ana@x.example", "Acme"),), outgoing=(an_outgoing(),),
           questions=(Question(1, f"{1:064x}", "Csm@x.example", "account", "Whose?", ("a", "b")),), preferences=(("Csm@x.example", "receipts", "none"),))  # fmt: skip
    assert store.find_refs([("words", "w1"), ("message_id", "m1"), ("words", "no")]) == [
        ("message_id", "m1", f"{1:064x}"),
        ("words", "w1", f"{1:064x}"),
    ]
    assert store.directory().contact("ana@X.example") is not None
    assert [o.mail.message_id for o in store.outgoing(state=OutboxState.QUEUED)] == ["id1@x"]
    question = store.open_question(f"{1:064x}", "csm@x.example")
    assert question is not None
    assert question.options == ("a", "b")
    assert store.preference("csm@X.example", "receipts") == "none"
    changed = replace(a_win(1), value=9, value_effective=9)
    change = Change(1, NOW, "csm@x.example", "mail", "value", "8", "9")
    store.settle(
        Settled(
            f"{2:064x}",
            Outcome.WIN,
            None,
            NOW,
            changed=(changed,),
            changes=(change,),
            answered=((f"{1:064x}", "csm@x.example"),),
        )
    )
    assert store.win(1) == changed
    assert store.history(1) == [change]
    assert store.open_question(f"{1:064x}", "csm@x.example") is None
    assert store.mail(f"{2:064x}").win_ids == (1,)  # type: ignore[union-attr]


def test_win_numbers_are_never_given_twice(store: SqlStore) -> None:
    assert list(store.reserve_win_ids(2)) == [1, 2]
    assert list(store.reserve_win_ids(1)) == [3]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (WinFilter(), [3, 2, 1]),
        (WinFilter(account="Acme"), [2]),
        (WinFilter(category="referral"), [3]),
        (WinFilter(since=date(2026, 11, 14)), [3]),
        (WinFilter(until=date(2026, 11, 13)), [2, 1]),
        (WinFilter(min_value=9), [3]),
        (WinFilter(feature="maps"), [2, 1]),
        (WinFilter(in_tray=True), [2]),
        (WinFilter(limit=1, offset=1), [2]),
        (WinFilter(include_deleted=True), [4, 3, 2, 1]),
        (WinFilter(text="muller"), [3, 1]),
        (WinFilter(text='"phone didn\'t"'), [3, 2, 1]),
        (WinFilter(text="phone -acme"), [3, 1]),
        (WinFilter(text="対応"), [3]),
        (WinFilter(text="vis"), [3, 2, 1]),
        (WinFilter(text="\"'); DROP TABLE wins; -- NEAR( * ^"), []),
        (WinFilter(text="()"), []),
    ],
)
def test_wins_are_found(store: SqlStore, where: WinFilter, found: list[int]) -> None:
    keep(store, 1, 2, 3, 4)
    settle(store, 1, a_win(1))
    settle(store, 2, a_win(2, account="Acme", doubts=("account",)))
    settle(
        store,
        3,
        a_win(
            3,
            category="referral",
            win_date=date(2026, 11, 15),
            value_effective=10,
            features=(),
            note="迅速な対応でした",
        ),
    )
    settle(store, 4, a_win(4, is_deleted=True, win_date=date(2026, 11, 16)))
    assert [w.id for w in store.wins(where)] == found
    if where.limit is None:
        assert store.count_wins(where) == len(found)


@pytest.mark.parametrize(("few", "near"), [(0, 0), (0, 4), (0, 1_000), (5, 4), (5, 1_000)])
def test_a_page_holds_the_same_wins_however_common_its_words_are(store: SqlStore, few: int, near: int) -> None:
    """Rare words, common ones, and common ones that only old wins hold are looked for in ways of their own."""
    store.add_wins([
        a_win(
            n, mail=f"{n:064x}", account="Acme" if n % 3 else "Globex", win_date=date(2026, 1, 1) + timedelta(days=n * 7 % 20), features=("Maps",) if n % 2 else (),
            note=" ".join(("often", "old" if n * 7 % 20 < 8 else "new", f"number{n}")), is_deleted=n % 11 == 0,
        )
        for n in range(1, 41)
    ])  # fmt: skip
    other = SqlStore(store.engine)
    other.few, other.near, other.first, other.far = few, near, few, near
    filters = [WinFilter(), WinFilter(account="Globex"), WinFilter(feature="MAPS"), WinFilter(include_deleted=True)]
    for words in ("often", "old", "often -new", "number7", '"often old"', "nowhere"):
        for where in filters:
            everything = store.wins(replace(where, text=words))
            for offset, limit in ((0, 3), (4, 3), (0, 100), (30, 5)):
                page = other.wins(replace(where, text=words, offset=offset, limit=limit))
                assert page == everything[offset : offset + limit], (words, where, offset)


@pytest.mark.parametrize("written", ["2.400", "2,400", "2'400", "2\u202f400", "2400"])
def test_a_number_is_found_however_its_thousands_are_marked(store: SqlStore, written: str) -> None:
    store.add_wins([a_win(1, note=f"It saved {written} euros since 01.02.2026, or 12.5 %")])
    for words in ("2400", "2.400", "2,400", "01.02.2026", "12.5", "ana@x.example", "x.example"):
        assert store.count_wins(WinFilter(text=words)) == 1, words
    assert store.count_wins(WinFilter(text="1022026")) == 0


def test_a_feature_is_found_in_any_case(store: SqlStore) -> None:
    store.add_wins([a_win(1, features=("Übersicht", "ÜBERSICHT"))])
    assert [w.id for w in store.wins(WinFilter(feature="übersicht"))] == [1]
    assert store.count_wins(WinFilter(feature="ÜBERSICHT")) == 1
    assert store.wins(WinFilter())[0].features == ("Übersicht", "ÜBERSICHT")


def test_a_changed_day_moves_a_win_among_those_of_its_feature(store: SqlStore) -> None:
    store.add_wins([a_win(n, mail=f"{n:064x}", token=f"t{n}") for n in (1, 2)])
    store.save_wins([a_win(1, token="t1", win_date=date(2026, 12, 1))], [])
    assert [w.id for w in store.wins(WinFilter(feature="Maps", limit=1))] == [1]


def test_an_edition_exists_once_with_its_mails(store: SqlStore) -> None:
    keep(store, 1)
    settle(store, 1, a_win(1))
    edition = Edition("sales", "2026-11-16T08:00", NOW - timedelta(days=7), NOW, "UTC", (1,), 1)
    assert store.publish(edition, [an_outgoing()], NOW)
    assert not store.publish(edition, [an_outgoing(2)], NOW)
    assert len(store.outgoing()) == 1
    assert store.last_edition("sales") == edition
    assert store.published_win_ids("sales") == {1}
    assert store.last_edition("support") is None


def test_what_the_mails_of_an_edition_share_is_kept_once_and_comes_back_in_each(store: SqlStore) -> None:
    mails = [replace(an_outgoing(n), own=f"To: {n}\r\n".encode(), rest=b"Subject: x\r\n\r\nbody\r\n") for n in (1, 2)]
    assert store.queue([*mails, an_outgoing(3)], NOW) == 3
    assert [r.mail.raw for r in store.outgoing()] == [
        b"To: 1\r\nSubject: x\r\n\r\nbody\r\n",
        b"To: 2\r\nSubject: x\r\n\r\nbody\r\n",
        b"raw",
    ]
    with store.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(BodyRow)) == 1


def test_what_they_share_is_forgotten_with_the_last_of_them(store: SqlStore) -> None:
    store.queue([replace(an_outgoing(n), rest=b"body") for n in (1, 2)], NOW)
    first, second = (row.id for row in store.outgoing())
    store.forget(Doomed(outgoing=(first,)))
    assert [row.mail.raw for row in store.outgoing()] == [b"", b"rawbody"]
    store.forget(Doomed(outgoing=(second,)))
    with store.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(BodyRow)) == 0


def some_weeks(store: SqlStore) -> None:
    """Number 1 three weeks ago, 2 and 3 last week (3 without account, by two colleagues), 4 deleted, 5 of a company nobody listed."""
    store.put_accounts([Account("Acme", tier="key"), Account("Silent")])
    store.add_wins([
        a_win(1, account="Acme", captured_at=NOW - timedelta(days=21), win_date=date(2026, 11, 15)),
        a_win(2, account="Acme", captured_at=NOW - timedelta(days=7), features=()),
        a_win(3, account=None, captured_at=NOW - timedelta(days=1), features=(), credits=("ben@x.example",)),
        a_win(4, account="Acme", captured_at=NOW - timedelta(days=1), is_deleted=True),
        a_win(5, account="Elsewhere", captured_at=NOW - timedelta(days=1), doubts=("account",)),
    ])  # fmt: skip


def test_the_past_is_counted_by_what_wins_have_in_common(store: SqlStore) -> None:
    some_weeks(store)
    edges = [NOW - timedelta(days=d) for d in (28, 7, 0)]
    found = {(t.since, t.features, t.tier, t.is_doubtful): t.count for t in store.tallies(edges)}
    assert found == {
        (edges[0], ("Maps",), "key", False): 1,
        (edges[1], (), "key", False): 1,
        (edges[1], (), None, False): 1,
        (edges[1], ("Maps",), None, True): 1,
    }


def test_senders_are_counted_with_everybody_who_sent_the_same(store: SqlStore) -> None:
    some_weeks(store)
    assert sorted(store.senders(NOW - timedelta(days=8), NOW)) == [
        (("csm@x.example",), 2),
        (("csm@x.example", "ben@x.example"), 1),
    ]


def test_the_newest_win_of_an_account_is_found_by_its_own_day(store: SqlStore) -> None:
    some_weeks(store)
    assert store.last_wins(NOW) == {"Acme": date(2026, 11, 15)}
    assert store.last_wins(NOW - timedelta(days=30)) == {}
    assert {name: win.id for name, win in store.newest_wins(["Acme", "Silent"], NOW).items()} == {"Acme": 1}


def test_what_an_audience_was_told_and_what_nobody_touched_can_be_left_out(store: SqlStore) -> None:
    some_weeks(store)
    store.publish(Edition("sales", "k", NOW - timedelta(days=7), NOW, "UTC", (2,)), [], NOW)
    store.save_wins([], [Change(3, NOW, "ana@x.example", "mail", "visibility", "private", "internal")])
    assert [w.id for w in store.glances(untold_to="sales")] == [1, 3, 5]
    assert [w.id for w in store.glances(untold_to="support")] == [1, 2, 3, 5]
    assert [w.id for w in store.glances(changed_since=NOW)] == [3]
    assert [w.id for w in store.glances(changed_since=NOW + timedelta(seconds=1))] == []


def test_a_recipient_gets_one_mail_per_cause(store: SqlStore) -> None:
    assert store.queue([an_outgoing()], NOW) == 1
    assert store.queue([replace(an_outgoing(), recipient="ANA@x.example", message_id="other")], NOW) == 0


def test_a_mail_is_sending_before_anybody_speaks(store: SqlStore) -> None:
    store.queue([an_outgoing()], NOW)
    row = store.claim_outgoing(now=NOW, worker="w", lease_s=60)
    assert row is not None
    assert store.counts()["outbox"]["sending"] == 1
    assert store.claim_outgoing(now=NOW, worker="w", lease_s=60) is None
    store.finish_outgoing(row.id, Delivery(OutboxState.SENT, "250 ok", 250), at=NOW, next_attempt_at=None)
    assert store.counts()["outbox"]["sent"] == 1


def test_a_deferred_mail_comes_back_at_its_time(store: SqlStore) -> None:
    store.queue([an_outgoing()], NOW)
    row = store.claim_outgoing(now=NOW, worker="w", lease_s=60)
    assert row is not None
    store.finish_outgoing(
        row.id, Delivery(OutboxState.DEFERRED, "450 later", 450), at=NOW, next_attempt_at=NOW + timedelta(minutes=30)
    )
    assert store.claim_outgoing(now=NOW + timedelta(minutes=29), worker="w", lease_s=60) is None
    assert store.claim_outgoing(now=NOW + timedelta(minutes=31), worker="w", lease_s=60) is not None


@pytest.mark.parametrize(("customer", "states"), [(False, ["queued", "uncertain"]), (True, ["uncertain", "uncertain"])])
def test_what_became_of_it_is_unknown_once_more_inside_never_to_customers(
    store: SqlStore, customer: bool, states: list[str]
) -> None:
    store.queue([an_outgoing(customer=customer)], NOW)
    seen = []
    for n in range(2):
        store.claim_outgoing(now=NOW + timedelta(hours=n), worker="w", lease_s=60)
        store.recover_outgoing(now=NOW + timedelta(hours=n, minutes=30), lease_s=60)
        seen.append(store.outgoing()[0].state.value)
    assert seen == states


def test_a_permanent_refusal_is_not_written_to_again(store: SqlStore) -> None:
    store.queue([an_outgoing(), an_outgoing(2)], NOW)
    row = store.claim_outgoing(now=NOW, worker="w", lease_s=60)
    assert row is not None
    store.finish_outgoing(row.id, Delivery(OutboxState.FAILED, "550 no such user", 550), at=NOW, next_attempt_at=None)
    assert store.claim_outgoing(now=NOW, worker="w", lease_s=60) is None
    assert store.unsuppress("ana@X.example")
    assert store.claim_outgoing(now=NOW, worker="w", lease_s=60) is not None


def test_the_told_ledger(store: SqlStore) -> None:
    keep(store, 1)
    settle(store, 1, a_win(1))
    update = store.new_update(
        CustomerUpdate(
            0,
            "tok",
            "Acme",
            date(2026, 8, 1),
            date(2026, 11, 1),
            NOW,
            "csm@x.example",
            Address("Ana", "ana@x.example"),
            "S",
            "T",
            (1,),
            plan={"coming": "a session"},
        )
    )
    assert store.updates("Acme")[0].plan == {"coming": "a session"}
    sent = UpdateSent("tok", NOW, "S, edited", "really sent", (1,), ("bea@x.example",), "sent@x.example")
    store.mark_sent(sent)
    assert store.told("Acme") == {1: NOW.date()}
    after = replace(
        update,
        state="sent",
        sent_at=NOW,
        subject="S, edited",
        sent_text="really sent",
        recipient=Address(None, "bea@x.example"),
        sent_message_id="sent@x.example",
    )
    assert store.updates("Acme")[0] == after
    store.mark_sent(replace(sent, at=NOW + timedelta(days=3), text="sent to somebody else as well"))
    assert store.told("Acme") == {1: NOW.date()}, "told is told on the first day"
    assert store.updates("Acme")[0] == after


def test_a_mail_that_is_the_copy_of_an_update_is_settled_together_with_the_told_ledger(store: SqlStore) -> None:
    keep(store, 1)
    settle(store, 1, a_win(1))
    keep(store, 2)
    store.new_update(
        CustomerUpdate(
            0,
            "tok",
            "Acme",
            date(2026, 8, 1),
            date(2026, 11, 1),
            NOW,
            "csm@x.example",
            Address("Ana", "ana@x.example"),
            "S",
            "T",
            (1,),
        )
    )
    store.settle(
        Settled(
            f"{2:064x}",
            Outcome.IGNORED,
            "update_sent",
            NOW,
            update_sent=UpdateSent("tok", NOW, "S", "really sent", (1,), ("ana@x.example",)),
        )
    )
    assert store.told("Acme") == {1: NOW.date()}
    assert store.updates("Acme")[0].state == "sent"


def test_the_directory_follows_the_lists(store: SqlStore) -> None:
    store.put_accounts([Account("A", ("a.example",), csm="c@x.example"), Account("B")])
    store.put_members([Member("Cem", ("c@x.example", "cem@x.example"), "csm", "CS")])
    directory = store.directory()
    assert directory.member("CEM@x.example") == Member(
        "Cem", ("c@x.example", "cem@x.example"), "csm", "CS", frozenset({"csm"})
    )
    assert [a.name for a in directory.accounts_of_domain("A.example")] == ["A"]
    store.put_accounts([Account("A", ("new.example",))], remove_others=True)
    assert [a.name for a in store.directory().accounts] == ["A"]
    assert store.directory().accounts[0].domains == ("new.example",)


def test_a_lease_has_one_owner(store: SqlStore) -> None:
    assert store.take_lease("box", owner="a", now=NOW, lease_s=60)
    assert not store.take_lease("box", owner="b", now=NOW, lease_s=60)
    assert store.take_lease("box", owner="b", now=NOW + timedelta(seconds=61), lease_s=60)
    store.drop_lease("box", owner="b")
    assert store.take_lease("box", owner="a", now=NOW, lease_s=60)


def test_text_no_database_takes_is_mended(store: SqlStore) -> None:
    keep(store, 1)
    settle(store, 1, a_win(1, summary="a\0b\ud800c"), subject="x\0y")
    assert store.win(1).summary == "ab?c"  # type: ignore[union-attr]


def test_an_attempt_that_was_none_does_not_count_though_another_holds_the_mail_by_then(store: SqlStore) -> None:
    store.keep_mails([raw(1)])
    sha256 = f"{1:064x}"
    store.claim_mail(now=NOW, worker="full", lease_s=60, max_attempts=3)
    store.claim_mail(now=NOW + timedelta(seconds=61), worker="other", lease_s=60, max_attempts=3)
    store.release_mail(sha256, worker="full")
    mail = store.mail(sha256)
    assert mail is not None
    assert mail.attempts == 1
    assert store.claimants() == {"other"}


def test_a_worker_whose_claim_was_taken_over_writes_nothing(store: SqlStore) -> None:
    """FAULT: a process is stopped for longer than its lease and wakes up again; THEN: what it decided is dropped: somebody else read the mail meanwhile."""
    keep(store, 1)
    sha256 = f"{1:064x}"
    store.claim_mail(now=NOW, worker="slow", lease_s=60, max_attempts=3)
    store.claim_mail(now=NOW + timedelta(seconds=61), worker="quick", lease_s=60, max_attempts=3)
    store.release_mail(sha256, "boom", worker="slow")
    assert not store.settle(Settled(sha256, Outcome.WIN, None, NOW, wins=(a_win(1),)), worker="slow")
    assert store.count_wins() == 0
    assert store.settle(Settled(sha256, Outcome.WIN, None, NOW, wins=(a_win(1),)), worker="quick")
    assert not store.settle(Settled(sha256, Outcome.IGNORED, "empty", NOW), worker="quick")
    assert (store.count_wins(), [m.outcome for m in store.mails()]) == (1, [Outcome.WIN])


def test_a_mail_given_back_for_later_lets_others_go_first(store: SqlStore) -> None:
    keep(store, 1, 2)
    store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3)
    store.release_mail(f"{1:064x}", "boom", worker="w", not_before=NOW + timedelta(seconds=5))
    second = store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3)
    assert second is not None
    assert int(second.sha256, 16) == 2
    assert store.claim_mail(now=NOW + timedelta(seconds=4), worker="w", lease_s=60, max_attempts=3) is None
    assert store.claim_mail(now=NOW + timedelta(seconds=6), worker="w", lease_s=60, max_attempts=3) is not None


def test_what_was_sent_is_sent_and_other_results_count_only_from_who_holds_the_mail(store: SqlStore) -> None:
    """FAULT: a process is stopped while it sends, and another takes the mail over; THEN: what was sent is noted as sent, whoever notes it."""
    store.queue([an_outgoing()], NOW)
    row = store.claim_outgoing(now=NOW, worker="slow", lease_s=60)
    assert row is not None
    store.recover_outgoing(now=NOW + timedelta(seconds=61), lease_s=60)
    store.claim_outgoing(now=NOW, worker="quick", lease_s=60)
    store.finish_outgoing(
        row.id, Delivery(OutboxState.DEFERRED, "450 later", 450), at=NOW, next_attempt_at=None, worker="slow"
    )
    assert [r.state for r in store.outgoing()] == [OutboxState.SENDING]
    store.finish_outgoing(
        row.id, Delivery(OutboxState.SENT, "250 ok", 250), at=NOW, next_attempt_at=None, worker="slow"
    )
    store.finish_outgoing(
        row.id, Delivery(OutboxState.FAILED, "550 no", 550), at=NOW, next_attempt_at=None, worker="quick"
    )
    assert [r.state for r in store.outgoing()] == [OutboxState.SENT]


def test_a_mail_of_a_living_worker_is_no_remains_of_a_crash_and_ones_own_is_found_at_once(store: SqlStore) -> None:
    store.queue([an_outgoing()], NOW)
    store.claim_outgoing(now=NOW, worker="living", lease_s=60)
    assert store.recover_outgoing(now=NOW + timedelta(days=1), lease_s=60, worker="other", spare={"living"}) == 0
    assert store.recover_outgoing(now=NOW, lease_s=60, worker="living", spare={"living"}) == 1


def test_a_mail_whose_sender_died_before_the_clock_was_set_back_is_found(store: SqlStore) -> None:
    """FAULT: a process dies while it sends, then the clock is set back by a day; THEN: the mail is found like any other remains of a crash, not a day later."""
    store.queue([an_outgoing()], NOW)
    store.claim_outgoing(now=NOW, worker="dead", lease_s=60)
    yesterday = NOW - timedelta(days=1)
    assert store.recover_outgoing(now=yesterday, lease_s=60, spare={"dead"}) == 0
    assert store.recover_outgoing(now=yesterday, lease_s=60) == 1
    assert store.claim_outgoing(now=yesterday, worker="w", lease_s=60) is not None


def test_what_was_noted_before_the_clock_was_set_back_holds_nothing_up(store: SqlStore) -> None:
    """FAULT: the clock is set back by a day; THEN: leases and waits noted before hold nothing up."""
    tomorrow = NOW + timedelta(days=1)
    keep(store, 1)
    store.claim_mail(now=tomorrow, worker="dead", lease_s=60, max_attempts=3)
    assert store.claim_mail(now=NOW, worker="w", lease_s=60, max_attempts=3) is not None
    assert store.take_lease("box", owner="dead", now=tomorrow, lease_s=60)
    assert store.take_lease("box", owner="w", now=NOW, lease_s=60)
    store.queue([an_outgoing()], tomorrow)
    row = store.claim_outgoing(now=tomorrow, worker="w", lease_s=60)
    assert row is not None
    store.finish_outgoing(
        row.id,
        Delivery(OutboxState.DEFERRED, "450 later", 450),
        at=tomorrow,
        next_attempt_at=tomorrow + timedelta(hours=6),
    )
    assert store.claim_outgoing(now=NOW, worker="w", lease_s=60) is not None


def test_a_lease_of_a_dead_owner_ends_at_once(store: SqlStore) -> None:
    assert store.take_lease("box", owner="dead", now=NOW, lease_s=60)
    assert "dead" in store.claimants()
    store.expire_claims(["dead"], now=NOW)
    assert store.take_lease("box", owner="w", now=NOW, lease_s=60)


def test_the_mark_of_a_folder_is_lifted_and_never_lowered(store: SqlStore) -> None:
    store.set_mailbox_state(MailboxState("box", 7, 0, NOW))
    store.keep_mails([raw(1), raw(5)], mark=2)
    assert store.mailbox_state("box") == MailboxState("box", 7, 2, NOW)
    store.advance("box", 7, 9)
    store.advance("box", 7, 4)
    store.advance("box", 6, 40)
    assert store.mailbox_state("box") == MailboxState("box", 7, 9, NOW)


def test_the_newest_version_is_the_one_head_of_the_migrations() -> None:
    config = AlembicConfig()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [database.NEWEST]
