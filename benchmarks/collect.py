"""How fast mail comes in: from a real Dovecot to our keeping, beside mbsync and imap-tools, and on to stored wins.

    python -m benchmarks.collect [--mails 10000] [--average 20000] [--readers 2] [--only mailwins] [--every-receipt]

Each tool fetches the same folder over plain IMAP on loopback and flushes every mail to disk. The whole way
is what a backlog meets at the start of the service: *readers* times ``mailwins run`` on one SQLite file, from
their start to the last stored win; one of them holds the mailbox, all read. The settings are those that come: a colleague gets
thirty receipts an hour, so that of the fifty mails of each of two hundred here three in five are answered; ``--every-receipt`` answers
all. A Python of one's own making, without ``--enable-optimizations``, as pyenv builds it, takes a fifth to a quarter longer than
Debian's. Peak memory is that of the largest process. Exits 1 when keeping is slower than mbsync, or fewer than 300 mails a second
go the whole way, or memory grows with the number of mails.

mbsync comes with Debian's isync (apt-get install isync), imap-tools with requirements-dev.txt
(pip install imap-tools). Who is missing is left out, with a sentence; without mbsync nothing is compared.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import multiprocessing
import os
import platform
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.servers.dovecot import DovecotServer

ROOT = Path(__file__).parent.parent
USER = "wins@tidemark.example"
LEAST_PER_S = 300
MOST_MB = 300
CONFIG = """
[company]
name = "Tidemark"
domains = ["tidemark.example"]
timezone = "Europe/Berlin"
[mailbox]
host = "127.0.0.1"
port = {port}
security = "none"
user = "wins@tidemark.example"
password_file = "imap-password"
start = "all"
done_folder = ""
tray_folder = ""
[smtp]
host = "127.0.0.1"
port = 9
security = "none"
from = "wins@tidemark.example"
[trust]
authserv_id = "mx.tidemark.example"
[directory]
accounts = "accounts.csv"
people = "people.csv"
"""
EVERY_RECEIPT = """
[receipts]
per_hour = 1000000
"""
NOUNS = [
    "depot",
    "crew",
    "route",
    "invoice",
    "shift",
    "tariff",
    "harbour",
    "audit",
    "ledger",
    "kiosk",
    "signal",
    "quarry",
    "rota",
    "beacon",
]
VERBS = ["cut", "halved", "sped up", "simplified", "replaced", "automated"]
FILLER = "The teams met on Thursday and went through the list together; nothing was left open and everybody knew what to do next. "


@dataclass(frozen=True, slots=True)
class Took:
    """One tool's run. *peak_mb* of its process, *child_mb* of the largest it started."""

    name: str
    seconds: float
    mails: int
    peak_mb: float
    note: str = ""

    def __str__(self) -> str:
        return f"{self.name:<34}{self.seconds:8.1f} s {self.mails / self.seconds:8.0f} mails/s {self.peak_mb:7.0f} MB  {self.note}"


def mail(n: int, chance: random.Random, average: int) -> bytes:
    """A forward as mail programs write it: text and HTML, a signature, in one of twelve a file. Sizes are log-normal around *average*."""
    noun, other, verb = chance.choice(NOUNS), chance.choice(NOUNS), chance.choice(VERBS)
    account = n % 400
    words = f"Your live {noun} planning {verb} our {other} work: case {n} went from {40 + n % 50} hours to {2 + n % 9} hours a week. Thank you, the whole team loves it!"
    size = int(average * 0.45 * chance.lognormvariate(0, 0.7))
    filler = FILLER * max(min(size // 12, 1_200) // len(FILLER), 1)
    told = (
        f"---------- Forwarded message ---------\nFrom: Marisol Reyes <m{n % 7}@c{account}.example>\nDate: Mon, Nov 23, 2026 at 4:1{n % 10} PM\n"
        f"Subject: {noun} {n}\nTo: Person {n % 200} <p{n % 200}@tidemark.example>\n\n\nHi,\n\n{words}\n\n{filler}\n\nMarisol Reyes\nHead of Operations\n"
    )
    made = EmailMessage()
    made["Authentication-Results"] = "mx.tidemark.example; dmarc=pass header.from=tidemark.example"
    made["From"] = f"Person {n % 200} <p{n % 200}@tidemark.example>"
    made["To"] = USER
    made["Subject"] = f"Fwd: {noun} {n}"
    made["Date"] = "Tue, 24 Nov 2026 10:00:00 +0100"
    made["Message-ID"] = f"<b{n}@tidemark.example>"
    made.set_content(told)
    html = "".join(
        f'<div style="font-family:Calibri,sans-serif;font-size:11pt;color:#1f497d" class="MsoNormal">{line or "&nbsp;"}</div>\n'
        for line in told.replace("<", "&lt;").split("\n")
    )
    made.add_alternative(
        f"<html><head><style>{'.x{mso-style-priority:99}' * max(size // 80, 1)}</style></head><body>{html}</body></html>",
        subtype="html",
    )
    if n % 12 == 0:
        made.add_attachment(
            chance.randbytes(int(average * chance.uniform(1, 8))),
            maintype="application",
            subtype="pdf",
            filename=f"report-{n}.pdf",
        )
    return made.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def fill(server: DovecotServer, count: int, average: int) -> int:
    """The mails laid into the Maildir; their bytes. By a process of its own: what is started here later counts our memory as its own peak."""
    first = server.drop(USER, mail(0, random.Random(3), average))
    filling = multiprocessing.get_context("fork").Process(target=_fill, args=(server, first, count, average))
    filling.start()
    filling.join()
    return sum(path.stat().st_size for path in first.parent.iterdir())


def _fill(server: DovecotServer, first: Path, count: int, average: int) -> None:
    chance = random.Random(3)
    for n in range(1, count):
        raw = mail(n, chance, average)
        path = first.with_name(f"{1_790_000_000 + n}.{n}.bench")
        path.write_bytes(raw)
        if server._drop:
            os.chown(path, server.uid, server.gid)


def warm(server: DovecotServer) -> None:
    """Dovecot's index and the page cache are made before anybody's time is taken."""
    import imaplib

    imap = imaplib.IMAP4("127.0.0.1", server.port)
    imap.login(USER, "secret")
    imap.select("INBOX")
    imap.fetch("1:*", "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
    imap.logout()


def environ() -> dict[str, str]:
    """This checkout's code, compiled as that of an installed package is."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def timed(name: str, arguments: list[str], folder: Path, mails: int, **more: str) -> Took:
    began = time.monotonic()
    process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, env={**environ(), **more})
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{name}: ended with {status}")
    return Took(name, time.monotonic() - began, mails, used.ru_maxrss / 1024, cost([used], mails))


def cost(used: Sequence[resource.struct_rusage], mails: int) -> str:
    """What processes used, with the children they waited for."""
    cpu = sum(u.ru_utime + u.ru_stime for u in used)
    return f"CPU {cpu:.1f} s, {cpu / mails * 1000:.1f} ms a mail"


def with_mbsync(server: DovecotServer, folder: Path, mails: int) -> Took | None:
    if shutil.which("mbsync") is None:
        print("mbsync is missing (apt-get install isync): nothing to compare with")
        return None
    (folder / "box").mkdir()
    (folder / "mbsyncrc").write_text(
        f"FSync yes\nIMAPAccount a\nHost 127.0.0.1\nPort {server.port}\nUser {USER}\nPass secret\nSSLType None\nAuthMechs LOGIN\n\n"
        f"IMAPStore far\nAccount a\n\nMaildirStore near\nPath {folder}/box/\nInbox {folder}/box/INBOX\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nSync Pull New\nCreate Near\nSyncState *\n"
    )
    took = timed("mbsync (FSync yes)", ["mbsync", "-q", "-c", "mbsyncrc", "c"], folder, mails)
    found = sum(1 for place in ("new", "cur") for _ in (folder / "box" / "INBOX" / place).iterdir())
    assert found == mails, f"mbsync fetched {found}"
    return took


IMAP_TOOLS = """
import hashlib, os, sys
from imap_tools import MailBoxUnencrypted
count = 0
with MailBoxUnencrypted("127.0.0.1", int(sys.argv[1])).login(sys.argv[2], "secret") as box:
    for mail in box.fetch(mark_seen=False, bulk=200):
        raw = mail.obj.as_bytes()
        path = "kept/" + hashlib.sha256(raw).hexdigest()
        with open(path + ".tmp", "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.rename(path + ".tmp", path)
        count += 1
print(count)
"""


def with_imap_tools(server: DovecotServer, folder: Path, mails: int) -> Took | None:
    if importlib.util.find_spec("imap_tools") is None:
        print("imap-tools is missing (pip install imap-tools)")
        return None
    (folder / "kept").mkdir()
    return timed(
        "imap-tools (fsync each, parsed)", [sys.executable, "-c", IMAP_TOOLS, str(server.port), USER], folder, mails
    )


def instance(server: DovecotServer, folder: Path, *, every_receipt: bool = False) -> None:
    (folder / "config.toml").write_text(CONFIG.format(port=server.port) + (EVERY_RECEIPT if every_receipt else ""))
    (folder / "imap-password").write_text("secret\n")
    (folder / "accounts.csv").write_text(
        "name,domains,aliases,csm,tier\n"
        + "".join(f"Customer {n},c{n}.example,,p{n % 200}@tidemark.example,growth\n" for n in range(400))
    )
    (folder / "people.csv").write_text(
        "name,email,role,team\n"
        + "".join(f"Person {n},p{n}@tidemark.example,csm,Customer Success\n" for n in range(200))
    )


def ours(folder: Path, mails: int, *command: str, name: str) -> Took:
    config = str(folder / "config.toml")
    arguments = [sys.executable, "-m", "mailwins", *command]
    return timed(name, arguments, folder, mails, MAILWINS_CONFIG=config)


def whole_way(folder: Path, mails: int, services: int) -> Took:
    """From the start of *services* processes of the service to the moment when no mail is left unread."""
    began = time.monotonic()
    config = {"MAILWINS_CONFIG": str(folder / "config.toml")}
    running = [
        subprocess.Popen([sys.executable, "-m", "mailwins", "run"], cwd=folder, stderr=subprocess.DEVNULL, env={**environ(), **config})
        for _ in range(services)
    ]  # fmt: skip
    with contextlib.closing(sqlite3.connect(folder / "mailwins.db", timeout=60)) as database:
        count = "SELECT count(*) FROM mails WHERE outcome IS NOT NULL"
        while database.execute(count).fetchone()[0] < mails:
            if any(process.poll() is not None for process in running):
                raise SystemExit("mailwins run ended before all was read")
            time.sleep(0.25)
    seconds = time.monotonic() - began
    used = []
    for process in running:
        process.terminate()
        used.append(os.wait4(process.pid, 0)[2])
    peak = max(u.ru_maxrss for u in used) / 1024
    return Took(f"mailwins run × {services}, to stored wins", seconds, mails, peak, cost(used, mails))


def status(folder: Path) -> dict[str, int]:
    told = subprocess.run([sys.executable, "-m", "mailwins", "status", "--json"], cwd=folder, capture_output=True, text=True, check=False,
                          env={**environ(), "MAILWINS_CONFIG": str(folder / "config.toml")})  # fmt: skip
    return dict(json.loads(told.stdout)["mails"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--average", type=int, default=20_000, help="bytes of an average mail")
    parser.add_argument(
        "--readers", type=int, default=os.cpu_count() or 1, help="processes of the service side by side"
    )
    parser.add_argument("--only", choices=["mailwins"], help="leave the others out")
    parser.add_argument("--every-receipt", action="store_true", help="no limit to receipts an hour")
    parser.add_argument("--keep-only", action="store_true", help="do not read what was kept")
    asked = parser.parse_args()
    broken = []
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(DovecotServer({USER: "secret"}, oauth=False))
        size = fill(server, asked.mails, asked.average)
        warm(server)
        print(
            f"{asked.mails:,} mails, {size / 1e6:.0f} MB, {os.cpu_count()} cores, SQLite with synchronous = FULL, "
            f"Python {platform.python_version()} of {sys.base_prefix}"
        )
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"bench-{n}-"))) for n in range(4)]
        theirs = None
        if asked.only is None:
            theirs = with_mbsync(server, folders[0], asked.mails)
            for took in (theirs, with_imap_tools(server, folders[1], asked.mails)):
                if took:
                    print(took, flush=True)
        mine = folders[2]
        instance(server, mine)
        status(mine)  # as after `mailwins init` and `check`: the tables are made
        kept = ours(mine, asked.mails, "collect", "--json", name="mailwins collect (fsync each)")
        print(kept, flush=True)
        if theirs is not None and kept.seconds > theirs.seconds:
            broken.append("keeping is slower than mbsync")
        if not asked.keep_only:
            instance(server, folders[3], every_receipt=asked.every_receipt)
            status(folders[3])
            whole = whole_way(folders[3], asked.mails, asked.readers)
            print(whole, json.dumps(status(folders[3])), sep="\n")
            if whole.mails / whole.seconds < LEAST_PER_S:
                broken.append(f"fewer than {LEAST_PER_S} mails/s go the whole way")
            if whole.peak_mb > MOST_MB:
                broken.append(f"more than {MOST_MB} MB of memory")
    for words in broken:
        print(f"BROKEN: {words}")
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()
