"""Archives as a source of raw mail: one mail in a file, an mbox, a maildir, or a folder of any of these.

Mails come one at a time in a stable order, so an mbox of any size needs the memory of its largest mail.
"""

from __future__ import annotations

import email.utils
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import IO

from mailwins.errors import UsageError

# "From ana@x.example Mon Mar  2 09:30:00 2026", Thunderbird's "From - Mon …", Google's "From 17@xxx Mon Mar 02 09:30:00 +0000 2026".
# The day, month and time are asked for: some writers leave a sentence that begins with "From " unquoted.
_SEPARATOR = re.compile(rb"From (?:\S.*?)?\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\d{1,2}:\d{2}(?::\d{2})?.*")
_QUOTED = re.compile(rb">+From ")
_YEAR = re.compile(
    r"(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) +(?P<time>\d{1,2}:\d{2}(?::\d{2})?) +(?:(?P<zone>[+-]\d{4}|[A-Z]{3,4}) +)?(?P<year>\d{4})"
)
_HEADER_BYTES = 256_000
_SNIFF_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Archived:
    """*name* says where it was found (an mbox adds its number). *arrived_at* is the delivery's time as the archive tells it."""

    name: str
    arrived_at: datetime
    raw: bytes = field(repr=False)


def read_archive(paths: Iterable[Path]) -> Iterator[Archived]:
    """Every mail under *paths*, in their given order; within a folder by name. Raises UsageError for a path that cannot be read."""
    for path in paths:
        try:
            yield from _read(path, is_given=True)
        except OSError as error:
            raise UsageError(
                f"{error.filename or path}: cannot be read: {error.strerror}.", "Check the path and its permissions."
            ) from None


def _read(path: Path, is_given: bool = False) -> Iterator[Archived]:
    if not path.is_dir():
        yield from _read_file(path, is_given)
    elif (path / "cur").is_dir() and (path / "new").is_dir():
        yield from _read_maildir(path)
    else:
        for entry in sorted(path.iterdir()):
            if entry.name.startswith(".") and not (entry / "cur").is_dir():
                continue
            if entry.is_dir() or entry.is_file():
                yield from _read(entry)


def _read_maildir(path: Path) -> Iterator[Archived]:
    mails = [
        entry
        for sub in ("cur", "new")
        for entry in (path / sub).iterdir()
        if entry.is_file() and not entry.name.startswith(".")
    ]
    for entry in sorted(mails, key=_delivered):
        yield _whole(entry)
    # Folders within: Maildir++ writes them as ".Name", the fs layout as plain names.
    for entry in sorted(path.iterdir()):
        if entry.is_dir() and entry.name not in ("cur", "new", "tmp"):
            yield from _read(entry)


def _delivered(entry: Path) -> tuple[int, str]:
    """A maildir's file names begin with the second of delivery."""
    seconds = entry.name.partition(".")[0]
    return (int(seconds) if seconds.isdigit() else int(entry.stat().st_mtime), entry.name)


def _read_file(path: Path, is_given: bool) -> Iterator[Archived]:
    """A file named by a person is a mail whatever it holds; in a folder, what does not look like one is passed over."""
    with path.open("rb") as file:
        head = file.read(_SNIFF_BYTES)
        if _is_separator(head.lstrip(b"\r\n").split(b"\n", 1)[0]):
            file.seek(0)
            yield from _read_mbox(path, file)
            return
    if is_given or path.suffix.lower() == ".eml" or _looks_like_mail(head):
        yield _whole(path)


def _is_separator(line: bytes) -> bool:
    return len(line) < 300 and line.startswith(b"From ") and _SEPARATOR.fullmatch(line.rstrip(b"\r\n")) is not None


def _looks_like_mail(head: bytes) -> bool:
    """A header field first, as RFC 5322 wants."""
    return re.match(rb"(?:\xef\xbb\xbf)?[\r\n]*[A-Za-z][A-Za-z0-9_.-]*[ \t]*:", head) is not None


def _whole(path: Path) -> Archived:
    raw = path.read_bytes()
    return Archived(str(path), _arrival(raw, path), raw)


def _read_mbox(path: Path, file: IO[bytes]) -> Iterator[Archived]:
    number = 0
    separator = b""
    lines: list[bytes] = []
    was_blank = True
    for line in file:
        if was_blank and _is_separator(line):
            if separator:
                number += 1
                yield _mail(path, number, separator, lines)
            separator, lines, was_blank = line, [], False
            continue
        was_blank = not line.rstrip(b"\r\n")
        lines.append(line[1:] if _QUOTED.match(line) else line)
    if separator:
        yield _mail(path, number + 1, separator, lines)


def _mail(path: Path, number: int, separator: bytes, lines: list[bytes]) -> Archived:
    # The blank line before the next separator belongs to the mbox, not to the mail.
    if lines and not lines[-1].rstrip(b"\r\n"):
        lines = lines[:-1]
    raw = b"".join(lines)
    return Archived(f"{path}:{number}", _arrival(raw, path, separator), raw)


def _arrival(raw: bytes, path: Path, separator: bytes = b"") -> datetime:
    """The top Received (our own server's) beats the archive's own note, that the Date, that the file's time."""
    headers = BytesHeaderParser().parsebytes(raw[:_HEADER_BYTES])
    received = str(headers.get("Received", "")).rpartition(";")[2]
    for found in (_moment(received), _separated(separator), _moment(str(headers.get("Date", "")))):
        if found is not None:
            return found
    return datetime.fromtimestamp(os.stat(path).st_mtime, UTC)  # noqa: PTH116


def _moment(text: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _separated(line: bytes) -> datetime | None:
    """The date of a mbox separator; without a zone it is UTC by custom."""
    match = _YEAR.search(line.decode("ascii", "replace"))
    if match is None:
        return None
    return _moment(f"{match['day']} {match['month']} {match['year']} {match['time']} {match['zone'] or '+0000'}")
