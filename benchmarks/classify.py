"""Milliseconds to tell the kind and mood of one mail: ``python benchmarks/classify.py``."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from mailwins.understanding.classifier import classify, load

HELD_OUT = Path(__file__).parents[1] / "training" / "heldout.tsv"


def main() -> None:
    began = time.perf_counter()
    load()
    loading = (time.perf_counter() - began) * 1000
    texts = [line.split("\t")[0] for line in HELD_OUT.read_text(encoding="utf-8").splitlines()[1:]]
    mails = [" ".join(texts[at : at + 4]) for at in range(0, len(texts), 4)]
    took = []
    for _ in range(10):
        for mail in mails:
            began = time.perf_counter()
            classify(mail)
            took.append((time.perf_counter() - began) * 1000)
    took.sort()
    words = statistics.mean(len(mail.split()) for mail in mails)
    print(f"{len(mails)} mails of {words:.0f} words: median {statistics.median(took):.2f} ms, p95 {took[int(len(took) * 0.95)]:.2f} ms; loading the weights {loading:.0f} ms")


if __name__ == "__main__":
    main()
