"""How much is asked for at once: no command longer than servers take, no answer larger than memory should hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailwins.ports import Listed

BATCH_BYTES = 4_000_000
BATCH_MAILS = 200
SIZES_AT_ONCE = 1_000
COMMAND_BYTES = 7_500  # servers take command lines of 8,000 bytes (RFC 7162 section 4)


def blocks(uids: Sequence[int]) -> Iterator[list[int]]:
    """At most 1,000 numbers, and no more than a command line holds."""
    block: list[int] = []
    room = COMMAND_BYTES
    for uid in uids:
        need = len(str(uid)) + 1
        if block and (len(block) >= SIZES_AT_ONCE or need > room):
            yield block
            block, room = [], COMMAND_BYTES
        block.append(uid)
        room -= need
    if block:
        yield block


def batches(listed: Sequence[Listed]) -> Iterator[list[Listed]]:
    """At most 200 mails or 4 MB; a large mail, or one whose size the server does not tell, alone."""
    batch: list[Listed] = []
    room = BATCH_BYTES
    for mail in listed:
        if batch and (len(batch) >= BATCH_MAILS or mail.size_bytes > room or not mail.size_bytes):
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(mail)
        room = room - mail.size_bytes if mail.size_bytes else 0
    if batch:
        yield batch
