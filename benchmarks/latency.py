"""From a mail's arrival in Dovecot to its receipt at the SMTP server; and what the service costs while nothing comes.

    python -m benchmarks.latency [--mails 20] [--idle 60]

A real service over TLS, woken by IDLE. Exits 1 when the median is 2 s or more, or the idle
service needs 1 % of a core or 120 MB (its own process; the child that reads mail is told apart).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import statistics
import tempfile
import time
from pathlib import Path

from tests.loop import Company, forward
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

USER = "wins@tidemark.example"
MOST_S, MOST_CPU, MOST_MB = 2.0, 1.0, 120


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Resident, shared libraries included."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def children(pid: int) -> list[int]:
    return [int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]


def has_begun(company: Company) -> bool:
    with contextlib.suppress(Exception):
        store = company.store()
        try:
            return "collect" in store.beats()
        finally:
            store.close()
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--mails", type=int, default=20)
    parser.add_argument("--idle", type=float, default=60, help="seconds to watch the idle service")
    asked = parser.parse_args()
    broken = []
    with (
        tempfile.TemporaryDirectory() as folder,
        DovecotServer({USER: "secret"}, oauth=False) as imap,
        SmtpServer() as smtp,
    ):
        company = Company.found(Path(folder), imap, smtp, USER)
        config = Path(folder) / "config.toml"
        # The shipped intervals: what arrives is heard by IDLE, not found by a quick poll.
        config.write_text(config.read_text().replace("poll_s = 5\n", "").replace("tick_s = 1\n", ""))
        service = company.start("run")
        try:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and not has_begun(company):
                time.sleep(0.2)
            took = []
            for n in range(asked.mails):
                company.drop(
                    forward(
                        n,
                        words=f"Our crews in region {n} went from {20 + n}% to 3% missed visits. Thank you, they love it.",
                    )
                )
                began = time.monotonic()
                while len(smtp.messages) <= n and time.monotonic() - began < 30:
                    time.sleep(0.005)
                took.append(time.monotonic() - began)
                time.sleep(0.3)
            first, rest = took[0], took[1:] or took
            print(
                f"arrival to receipt: median {statistics.median(rest):.2f} s, slowest {max(rest):.2f} s of {len(rest)}; the first, with the start of the reading child, {first:.2f} s"
            )
            if statistics.median(rest) >= MOST_S:
                broken.append("the median is not below 2 s")
            time.sleep(5)
            before = cpu_s(service.pid)
            time.sleep(asked.idle)
            share = 100 * (cpu_s(service.pid) - before) / asked.idle
            mine = memory_mb(service.pid)
            others = [memory_mb(c) for c in children(service.pid)]
            print(
                f"idle for {asked.idle:.0f} s: {share:.2f} % of a core, {mine:.0f} MB; the reading child {', '.join(f'{m:.0f} MB' for m in others) or 'is not there'}"
            )
            if share >= MOST_CPU:
                broken.append(f"idle costs {share:.2f} % of a core")
            if mine >= MOST_MB:
                broken.append(f"idle needs {mine:.0f} MB")
        finally:
            service.send_signal(signal.SIGTERM)
            service.communicate(timeout=90)
    for words in broken:
        print(f"BROKEN: {words}")
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()
