"""Random SIGKILLs under load, and the bill afterwards: what was lost, what is there twice, and what promise 3 allows.

    python -m tests.faults.kills --kills 200 --mails 2000 --seed 1 [--postgres] [--keep FOLDER]

A real Dovecot is fed while one, then two, then five processes work on one database: services
(``mailwins run``) and single passes of collect, read, publish and deliver. One of them at a time is
killed at a random moment and replaced. At the end one undisturbed service finishes, and everything is
counted: on the IMAP server, in the store, and at the SMTP server. Exit status 1 when a promise was broken.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import text

from mailwins.mailbox import ImapSettings, connect
from mailwins.model import OutgoingMail
from mailwins.store import SqlStore, open_files, open_store
from tests.loop import ACCOUNTS, ROOT
from tests.processes import die_with_us
from tests.servers import dovecot, postgres
from tests.servers.smtp import SmtpServer

USER = "wins@tidemark.example"
MEMBERS = 25
CROWDS = (1, 2, 5)
"""How many processes work at once, a third of the kills each."""
CONFIG = """
[company]
name = "Tidemark"
domains = ["tidemark.example"]
timezone = "Europe/Berlin"

[mailbox]
host = "localhost"
port = {imap_port}
security = "tls"
ca_file = "{imap_ca}"
user = "wins@tidemark.example"
password_file = "imap-password"
start = "all"
poll_s = 1

[smtp]
host = "localhost"
port = {smtp_port}
security = "none"
from = "wins@tidemark.example"

[storage]
database = "{database}"
files = "files"

[trust]
authserv_id = "mx.tidemark.example"

[directory]
accounts = "accounts.csv"
people = "people.csv"

[receipts]
per_hour = 100000

[limits]
tick_s = 1
attempts = 30

[[audience]]
key = "sales"
to = ["team:Sales"]
send = "Mon 08:00"
lens = {{ min_value = 1 }}

[[audience]]
key = "managers"
to = ["role:manager"]
send = "Mon 07:30"
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail put into the mailbox, and how many wins it must lead to."""

    sha256: str
    raw: bytes
    wins: int


@dataclass
class Bill:
    """What was found at the end. *broken* lists every promise that did not hold, in words."""

    kills: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    """Kills that struck a process while it held something: a mail being read, a mail being sent."""
    mails: int = 0
    wins: int = 0
    editions: int = 0
    outgoing: int = 0
    lost: int = 0
    missing_wins: int = 0
    extra_wins: int = 0
    copies: int = 0
    extra_copies: int = 0
    allowed_copies: int = 0
    uncertain: int = 0
    customers: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)

    def table(self) -> str:
        kills = ", ".join(f"{n} × {name}" for name, n in sorted(self.kills.items()))
        rows = [
            ("kills", f"{self.kills.total()}: {kills}"),
            ("struck in hand", ", ".join(f"{n} × {name}" for name, n in sorted(self.hits.items())) or "nothing"),
            ("mails put in", f"{self.mails:,}"),
            ("mails lost", f"{self.lost}"),
            ("wins", f"{self.wins:,} ({self.missing_wins} missing, {self.extra_wins} extra)"),
            ("editions", f"{self.editions}"),
            ("mails sent", f"{self.outgoing:,}, of them to customers {self.customers}"),
            ("copies at the SMTP server", f"{self.copies:,}"),
            ("extra copies", f"{self.extra_copies}, allowed by promise 3: {self.allowed_copies}"),
            ("uncertain, waiting for a person", f"{self.uncertain}"),
            ("took", f"{self.seconds:.0f} s"),
            ("promises broken", f"{len(self.broken)}"),
        ]
        return "\n".join(f"{name:<32}{value}" for name, value in rows) + "".join(
            f"\n  BROKEN: {words}" for words in self.broken[:20]
        )


# ---------------------------------------------------------------- what is put in


def letters(count: int, chance: random.Random) -> list[Sent]:
    """Forwards and notes of members, strangers, machines, large mails; each with its number of wins."""
    return [_letter(n, chance) for n in range(count)]


WORDS = [
    "pump",
    "gate",
    "ledger",
    "rota",
    "crew",
    "invoice",
    "depot",
    "harbour",
    "audit",
    "shift",
    "tariff",
    "beacon",
    "kiosk",
    "quarry",
    "signal",
    "tunnel",
    "orchard",
    "foundry",
    "garage",
]


def _letter(n: int, chance: random.Random) -> Sent:
    mail = EmailMessage()
    kind = n % 10
    member = f"Person {n % MEMBERS} <p{n % MEMBERS}@tidemark.example>"
    mail["From"] = member if kind < 8 else f"Someone <s{n}@elsewhere.example>" if kind == 8 else member
    mail["To"] = USER
    mail["Date"] = "Tue, 24 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = f"<kill-{n}@tidemark.example>"
    thing = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {n}"
    words = f"The {thing} planning went from {40 + n % 50} hours to {2 + n % 9} hours a week. Thank you, the whole {chance.choice(WORDS)} team loves it!"
    if kind == 9:
        mail["Subject"] = f"Automatic reply: {thing}"
        mail["Auto-Submitted"] = "auto-replied"
        mail.set_content("I am out of the office.")
    elif kind == 7:
        mail["Subject"] = f"Win {n}"
        mail.set_content(f"Osei Electrical told me on the phone that {words[0].lower()}{words[1:]}\n")
    else:
        mail["Subject"] = f"Fwd: {thing}"
        mail.set_content(
            f"From {thing}.\n\n---------- Forwarded message ---------\nFrom: Marisol Reyes <marisol@harborandpine.example>\n"
            f"Date: Mon, Nov 23, 2026 at 4:1{n % 10} PM\nSubject: {thing}\nTo: Person {n % MEMBERS} <p{n % MEMBERS}@tidemark.example>\n\n\nHi,\n\n{words}\n\nMarisol\n"
        )
        if n % 50 == 3:
            mail.add_attachment(
                chance.randbytes(chance.randrange(200_000, 5_000_000)),
                maintype="application",
                subtype="octet-stream",
                filename=f"report-{n}.bin",
            )
    proof = (
        b"Authentication-Results: mx.tidemark.example; dmarc=pass header.from=tidemark.example\r\n"
        if kind != 8
        else b""
    )
    raw = proof + mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return Sent(hashlib.sha256(raw).hexdigest(), raw, 1 if kind < 8 else 0)


def customer_mails(count: int) -> list[OutgoingMail]:
    raw = b"Message-ID: <mw.%d@tidemark.example>\r\nSubject: An update\r\nX-Mailwins-Kind: update\r\n\r\nGood news.\r\n"
    return [
        OutgoingMail(
            "update",
            f"u{n}",
            f"buyer{n}@harborandpine.example",
            f"mw.{n}@tidemark.example",
            "An update",
            raw % n,
            to_customer=True,
        )
        for n in range(count)
    ]


# ---------------------------------------------------------------- the run


class Run:
    """*folder* holds the company; the servers belong to whoever made them."""

    def __init__(
        self, folder: Path, imap: dovecot.DovecotServer, smtp: SmtpServer, database: str, chance: random.Random
    ) -> None:
        self.folder, self.imap, self.smtp, self.database, self.chance = folder, imap, smtp, database, chance
        self.bill = Bill()
        self.living: list[tuple[str, subprocess.Popen[bytes], float]] = []
        self.weeks = 0
        (folder / "config.toml").write_text(
            CONFIG.format(imap_port=imap.tls_port, imap_ca=imap.cert, smtp_port=smtp.port, database=database)
        )
        (folder / "accounts.csv").write_text(ACCOUNTS)
        people = "".join(
            f"Person {n},p{n}@tidemark.example,{('csm', 'manager', 'rep')[n % 3]},{('Customer Success', 'Sales')[n % 2]}\n"
            for n in range(MEMBERS)
        )
        (folder / "people.csv").write_text(
            "name,email,role,team\n" + people + "Priya Raman,priya@tidemark.example,csm,Customer Success\n"
        )
        (folder / "imap-password").write_text("secret\n")

    def store(self) -> SqlStore:
        return open_store(self.database)

    def begin(self) -> None:
        """The first contact, and a start long enough ago that editions are owed."""
        self.run_once("collect")
        store = self.store()
        store.put("begun_at", (datetime.now(UTC) - timedelta(days=14)).isoformat())
        store.close()

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "MAILWINS_CONFIG": str(self.folder / "config.toml")}
        with open(self.folder / f"{arguments[0]}.log", "ab") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "mailwins", *arguments],
                env=environ,
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                stderr=out,
                start_new_session=True,
                preexec_fn=die_with_us,
            )

    def run_once(self, *arguments: str) -> None:
        status = self.start(*arguments).wait(300)
        if status:
            raise SystemExit(
                f"mailwins {' '.join(arguments)} ended with {status}; see {self.folder}/{arguments[0]}.log"
            )

    def crowd(self, count: int) -> None:
        """*count* processes alive; who ended by himself is replaced. About half are services, the others single passes."""
        self.living = [one for one in self.living if one[1].poll() is None]
        services = sum(name == "run" for name, _, _ in self.living)
        while len(self.living) < count:
            name = (
                "run" if services < (count + 1) // 2 else self.chance.choice(["collect", "read", "publish", "deliver"])
            )
            if count == 1:
                name = self.chance.choice(["run", "run", "run", "collect", "read", "publish", "deliver"])
            services += name == "run"
            more: tuple[str, ...] = ()
            if name == "publish":
                self.weeks += 1
                more = ("--now", (datetime.now(UTC) + timedelta(days=7 * (self.weeks // 2))).isoformat())
            self.living.append((name, self.start(name, *more), time.monotonic()))

    def kill_one(self, crowd: int, feed: Callable[[], None]) -> None:
        """Fed once it is awake, struck in the middle of the meal."""
        name, victim, born = self.chance.choice(self.living)
        if name == "run":
            _wait_until(born + 30, victim, lambda: self._has_started(victim.pid))
        feed()
        if name == "run":
            _wait_until(time.monotonic() + self.chance.expovariate(1 / 2.5), victim)
        else:
            _wait_until(born + self.chance.uniform(1, 5), victim)
        readers = _children(victim.pid) if self.chance.random() < 0.15 else []
        if readers:
            # As the kernel does when memory runs out: the child that reads a mail goes, the service stays.
            with contextlib.suppress(ProcessLookupError):
                os.kill(readers[0], signal.SIGKILL)
                self.bill.kills[f"reader of {name}"] += 1
            return
        if victim.poll() is None:
            victim.kill()
        if victim.wait() == -signal.SIGKILL:
            self.bill.kills[f"{name} of {crowd}"] += 1
            self._struck(victim.pid)

    def _struck(self, pid: int) -> None:
        store = self.store()
        with store.engine.connect() as connection:
            for what, query in (
                ("a mail being read", "SELECT count(*) FROM mails WHERE outcome IS NULL AND worker LIKE :worker"),
                ("a mail being sent", "SELECT count(*) FROM outbox WHERE state = 'sending' AND worker LIKE :worker"),
            ):
                self.bill.hits[what] += connection.scalar(text(query), {"worker": f"%/{pid}/%"}) or 0
        store.close()

    def _has_started(self, pid: int) -> bool:
        return f"/{pid}/".encode() in (self.folder / "run.log").read_bytes()

    def end_all(self) -> None:
        for _, process, _ in self.living:
            if process.poll() is None:
                process.kill()
            process.wait()
        self.living = []

    def finish(self, within_s: float) -> None:
        """One undisturbed service until nothing waits any more."""
        service = self.start("run")
        _wait_until(time.monotonic() + 120, service, lambda: self._has_started(service.pid))
        deadline = time.monotonic() + within_s
        try:
            while time.monotonic() < deadline and not self._is_quiet():
                time.sleep(0.5)
                if service.poll() is not None:
                    self.bill.broken.append(f"the service ended by itself with {service.returncode}")
                    return
            if not self._is_quiet():
                self.bill.broken.append("the service did not finish what waited")
        finally:
            service.send_signal(signal.SIGTERM)
            try:
                service.wait(60)
            except subprocess.TimeoutExpired:
                self.bill.broken.append("the service did not stop within a minute")
                service.kill()
                service.wait()
        if service.returncode:
            self.bill.broken.append(f"the service ended with {service.returncode}")

    def _is_quiet(self) -> bool:
        if self._inbox():
            return False
        store = self.store()
        counts = store.counts()
        store.close()
        return not counts["mails"]["waiting"] and not any(
            counts["outbox"][s] for s in ("queued", "sending", "deferred")
        )

    def _inbox(self) -> list[Path]:
        return [
            p
            for place in ("new", "cur")
            for p in (self.imap.maildir(USER) / place).glob("*")
            if not p.name.startswith("dovecot")
        ]

    # ------------------------------------------------------------ the bill

    def settle_up(self, sent: Sequence[Sent]) -> Bill:
        store, files, bill = self.store(), open_files(self.folder / "files"), self.bill
        on_server = {
            hashlib.sha256(p.read_bytes()).hexdigest()
            for p in (self.imap.home / "mail" / USER / "Maildir").rglob("*")
            if p.parent.name in ("cur", "new") and p.is_file()
        }
        kept = {m.sha256: m for m in store.mails()}
        bill.mails = len(sent)
        for one in sent:
            mail = kept.get(one.sha256)
            if mail is None:
                if one.sha256 not in on_server:
                    bill.lost += 1
                bill.broken.append(
                    f"mail {one.sha256[:12]} is not kept ({'still on the server' if one.sha256 in on_server else 'LOST'})"
                )
                continue
            if not files.has(one.sha256) or hashlib.sha256(files.read(one.sha256)).hexdigest() != one.sha256:
                bill.lost += 1
                bill.broken.append(f"mail {one.sha256[:12]}: its bytes are not what was sent")
            if mail.outcome is None:
                bill.broken.append(f"mail {one.sha256[:12]} has no outcome")
            found = len(store.wins_of_mail(one.sha256))
            if found < one.wins:
                bill.missing_wins += one.wins - found
                bill.broken.append(
                    f"mail {one.sha256[:12]} has {found} wins, not {one.wins}: {mail.outcome} {mail.reason} {mail.error}"
                )
            elif found > one.wins:
                bill.extra_wins += found - one.wins
                bill.broken.append(f"mail {one.sha256[:12]} has {found} wins, not {one.wins}")
        bill.broken += [f"mail {m} was never sent by anybody" for m in kept.keys() - {one.sha256 for one in sent}]
        bill.wins = store.count_wins()
        if bill.wins != sum(one.wins for one in sent) - bill.missing_wins + bill.extra_wins:
            bill.broken.append(f"{bill.wins} wins in all, of mails that should have {sum(one.wins for one in sent)}")
        self._editions(store)
        self._copies(store)
        if left := list((self.folder / "files").rglob("*.tmp")):
            bill.hits["unfinished files left for the daily sweep"] += len(left)
        if inbox := self._inbox():
            bill.broken.append(f"{len(inbox)} mails still stand in the inbox")
        store.close()
        return bill

    def _editions(self, store: SqlStore) -> None:
        editions = store.editions()
        self.bill.editions = len(editions)
        for key, count in Counter((e.audience, e.key) for e in editions).items():
            if count > 1:
                self.bill.broken.append(f"edition {key} was published {count} times")
        shown = Counter((e.audience, w) for e in editions for w in e.win_ids)
        self.bill.broken += [f"win {w} stands in {n} editions for {a}" for (a, w), n in shown.items() if n > 1]

    def _copies(self, store: SqlStore) -> None:
        """Every mail at the SMTP server has its row, and no row more copies than promise 3 allows."""
        bill = self.bill
        arrived = Counter(
            (str(message_from_bytes(m.raw)["Message-ID"]).strip("<>"), m.recipients[0].lower())
            for m in self.smtp.messages
        )
        bill.copies = arrived.total()
        with store.engine.connect() as connection:
            rows = connection.execute(
                text("SELECT message_id, recipient, state, to_customer, uncertain_times, kind FROM outbox")
            ).all()
        bill.outgoing = len(rows)
        for message_id, recipient, state, to_customer, uncertain_times, kind in rows:
            got = arrived.pop((message_id, recipient), 0)
            bill.customers += bool(to_customer)
            bill.uncertain += state == "uncertain"
            may = 1 + (1 if uncertain_times and not to_customer else 0)
            bill.extra_copies += max(got - 1, 0)
            bill.allowed_copies += may - 1
            if got > may:
                bill.broken.append(
                    f"{kind} to {recipient}: {got} copies, {may} allowed ({state}, uncertain {uncertain_times} times)"
                )
            if state == "sent" and not got:
                bill.broken.append(f"{kind} to {recipient} counts as sent and never arrived")
            if state not in ("sent", "uncertain"):
                bill.broken.append(f"{kind} to {recipient} is {state}")
        bill.broken += [
            f"a mail to {recipient} that is in no outbox: {message_id}" for message_id, recipient in arrived
        ]


def fed(imap: dovecot.DovecotServer, sent: Sequence[Sent], go_on: threading.Semaphore) -> None:
    """Puts a mail into the mailbox for each release of *go_on*, as another mail program would."""
    settings = ImapSettings(
        "localhost", imap.tls_port, "tls", USER, lambda fresh: "secret", ca_file=imap.cert, timeout_s=60
    )
    box = connect(settings)
    for one in sent:
        go_on.acquire()
        box.append(one.raw)
    box.close()


def kills(folder: Path, *, kills: int, mails: int, seed: int, use_postgres: bool = False, told: bool = False) -> Bill:
    """The whole run in *folder*, on servers of its own."""
    chance = random.Random(seed)
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        imap = stack.enter_context(dovecot.DovecotServer({USER: "secret"}, oauth=False))
        smtp = stack.enter_context(SmtpServer())
        smtp.dot_delay_s = 0.02
        database = f"sqlite:///{folder / 'mailwins.db'}"
        if use_postgres:
            server = postgres.Postgres()
            stack.callback(server.close)
            database = server.url()
        run = Run(folder, imap, smtp, database, chance)
        run.begin()
        sent = letters(mails, chance)
        customers = customer_mails(max(mails // 20, 1))
        go_on = threading.Semaphore(min(30, mails))
        feeder = threading.Thread(target=fed, args=(imap, sent, go_on), daemon=True)
        feeder.start()
        stack.callback(run.end_all)
        for done, crowd in _rounds(kills):
            run.crowd(crowd)
            store = run.store()
            store.queue(
                customers[len(customers) * done // kills : len(customers) * (done + 1) // kills], datetime.now(UTC)
            )
            store.close()
            portion = iter(range(mails * (done + 1) // kills - mails * done // kills))

            def feed(portion: Iterator[int] = portion) -> None:
                for _ in portion:
                    go_on.release()

            while run.bill.kills.total() <= done:
                run.crowd(crowd)
                run.kill_one(crowd, feed)
            feed()
            if told and done % 10 == 9:
                counts = run.store().counts()
                print(
                    f"{done + 1} kills, {time.monotonic() - began:.0f} s: {json.dumps(counts['mails'])} {json.dumps(counts['outbox'])}",
                    file=sys.stderr,
                    flush=True,
                )
        run.end_all()
        for _ in range(mails):
            go_on.release()
        feeder.join(120)
        run.finish(within_s=60 + mails / 5)
        bill = run.settle_up(sent)
    bill.seconds = time.monotonic() - began
    return bill


def _children(pid: int) -> list[int]:
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
            int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _wait_until(moment: float, process: subprocess.Popen[bytes], true: Callable[[], bool] = lambda: False) -> None:
    while time.monotonic() < moment and process.poll() is None and not true():
        time.sleep(0.005)


def _rounds(kills: int) -> Iterator[tuple[int, int]]:
    for n in range(kills):
        yield n, CROWDS[n * len(CROWDS) // kills]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    parser.add_argument("--keep", type=Path, help="leave everything in this folder")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kills-")))
        folder.mkdir(parents=True, exist_ok=True)
        bill = kills(
            folder, kills=asked.kills, mails=asked.mails, seed=asked.seed, use_postgres=asked.postgres, told=True
        )
    print(bill.table())
    raise SystemExit(bool(bill.broken))


if __name__ == "__main__":
    main()
