"""Milliseconds to tell the kind and mood of one mail: ``python benchmarks/classify.py``.

Told twice: of words met for the first time in this process, and of words met before, as in a service that runs. Processor
time, so that what else the machine does hardly matters.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from mailwins.understanding.classifier import classify, lexicon, load

HELD_OUT = [Path(__file__).parents[1] / "training" / name for name in ("heldout.tsv", "strangers.tsv")]
AT_ONCE = 4
TIMES = 10


def milliseconds(mail: str) -> float:
    began = time.process_time()
    classify(mail)
    return (time.process_time() - began) * 1000


def told(title: str, took: list[float]) -> str:
    took = sorted(took)
    return f"{title}: median {statistics.median(took):.2f} ms, p95 {took[int(len(took) * 0.95)]:.2f} ms"


def main() -> None:
    began = time.process_time()
    load()
    lexicon()
    loading = (time.process_time() - began) * 1000
    texts = [line.split("\t")[0] for path in HELD_OUT for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    mails = [" ".join(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
    words = statistics.mean(len(mail.split()) for mail in mails)
    first = [milliseconds(mail) for mail in mails]
    again = [milliseconds(mail) for _ in range(TIMES) for mail in mails]
    print(
        f"{len(mails)} mails of {words:.0f} words in ten languages; loading weights and meanings once: {loading:.0f} ms"
    )
    print(told("words met for the first time", first))
    print(told("words met before", again))


if __name__ == "__main__":
    main()
