"""One pass of a job in a process of its own, so that a test can kill it. Prints what it did when it lives.

    python -m tests.faults.worker collect|deliver FOLDER PORT USER POINT NUMBER

dies by SIGKILL when it reaches fault point POINT for the NUMBERth time; POINT "none" never comes.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from mailwins.jobs.collect import collect, tidy
from mailwins.jobs.deliver import deliver
from mailwins.mailbox import ImapSettings, connect
from mailwins.sender import SmtpSender, SmtpSettings
from mailwins.store import open_files, open_store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def main(job: str, folder: str, port: str, user: str, point: str, number: str) -> None:
    left = int(number)

    def fault(reached: str) -> None:
        nonlocal left
        if reached == point:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    store = open_store(f"sqlite:///{folder}/wins.db")
    if job == "collect":
        box = connect(ImapSettings("localhost", int(port), "none", user, lambda fresh: "secret", timeout_s=10))
        done = collect(box, open_files(Path(folder) / "files"), store, start="all", now=NOW, zone=UTC, fault=fault)
        print(done.new, tidy(box, store, done_folder="Done", tray_folder="Tray", fault=fault))
        box.close()
    else:
        sender = SmtpSender(SmtpSettings("localhost", int(port), "none"))
        print(
            deliver(
                store,
                sender,
                envelope_from="wins@x.example",
                now=lambda: NOW,
                worker=f"w{os.getpid()}",
                lease_s=-1,
                fault=fault,
            )
        )
        sender.close()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
