"""Reading stays linear in the size of a mail. Seconds for each megabyte are printed by ``python -m benchmarks.parse --large``."""

from __future__ import annotations

import gc
import time

import pytest

from mailwins.model import InboundMessage
from mailwins.parsers import read_message

SENTENCE = "The rollout went live on 12 May, and since then the line stops half as often as before (see below).\n"
PIECES = {
    "text": (SENTENCE * 9 + "\n") * 30,
    "words": "word " * 5_000,
    "quoted": "> The rollout went live on 12 May, and since then\n" * 500,
    "marks": ">" * 20_000 + "\n",
    "header-like lines": "Subject: the rollout went live on 12 May, much better\nTo: everybody who has ever seen the line stop\n" * 250,
    "headers": "From: Ana <a@b.example>\nSubject: x\n" * 500,
    "attributions": "On Mon, 2 Nov 2026 at 10:00, Ana <a@b.example> wrote:\n" * 500,
    "colons": "a:b, " * 5_000,
    "dashes": "- " * 10_000,
    "tags": "#tag " * 5_000,
    "link": "http://x.example/" + "a" * 20_000,
    "blank": "\n" * 20_000,
    "signatures": "Best regards\n\nAna\n-- \nAna Sol | Acme\n" * 500,
    "brackets": "<a@b.example> (" * 2_000,
}  # fmt: skip
FACTOR = 4


def seconds(text: str) -> float:
    """Of CPU, the best of three texts that were never read before, without looking for garbage meanwhile, as in the limited child."""
    times = []
    gc.disable()
    try:
        for number in range(3):
            message = InboundMessage(subject="Fwd: x", text=f"{text}\n{number}")
            began = time.process_time()
            read_message(message)
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("name", PIECES)
def test_four_times_the_size_takes_about_four_times_as_long(name: str) -> None:
    """Something quadratic would take sixteen times as long; a busy machine slows both down."""
    small, large = PIECES[name] * FACTOR, PIECES[name] * FACTOR * FACTOR
    assert seconds(large) < 2 * FACTOR * seconds(small) + 0.03


def test_a_link_of_four_times_the_length_takes_about_four_times_as_long() -> None:
    small, large = (f"Thanks <a@b.example> https://x.example/?url={'a' * size}" for size in (8_000, 32_000))
    assert seconds(large) < 2 * FACTOR * seconds(small) + 0.03
