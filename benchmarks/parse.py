"""How fast mails are read, beside two public parsers of forwarded mail, on one core.

    python -m benchmarks.parse FOLDER [--repeat 5] [--turns 3] [--cache DIR]
    python -m benchmarks.parse --large

FOLDER holds mails (.eml, any depth). "file" is the whole way from a file to a result: ours through mail-parser
and the limited child, pipe included, sixteen mails a turn as the service hands them over when that many wait; the
npm package email-forward-parser through postal-mime, with the native RegExp and with RE2; PyPI's quotequail
through the standard library's parser. "alone" leaves the way to the decoded text out. The others are installed
into the cache folder by npm and pip; what cannot be had is skipped, and a line says so. Every contender is a
process of its own, pinned to the same core.

CPU seconds stand beside the wall clock, because other programs may run: compare messages per CPU second. As those
also slow down the core itself (its caches, its other thread), all have their turn several times, one after the other.
They do not do the same work: ours also decides what kind of mail it is, cleans and keeps what the others leave out.
What ours keeps from one mail to the next is the reading of a From field and of a few hundred lines that mark a forward
(--repeat flatters it for that): the same colleagues write again, with the same mail programs.

``--large`` reads three bodies that are too large to be anybody's, and prints CPU seconds for each megabyte, the best of three.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
INSTALL_S = 600
TOGETHER = 16


# ---------------------------------------------------------------- ours and quotequail, each in its own process


def batched(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """So many at a time as the service hands to the child when that many wait."""
    return (files[at : at + TOGETHER] for at in range(0, len(files), TOGETHER))


def ours_file(files: Sequence[Path], repeat: int) -> int:
    from mailwins.model import Decoded, Kind, Submission
    from mailwins.sandbox import Sandbox

    sandbox = Sandbox()
    sandbox.read(b"Subject: warm-up\r\n\r\nx")
    reset()
    forwards = 0
    for _ in range(repeat):
        for some in batched(files):
            for found in sandbox.read_all([path.read_bytes() for path in some]):
                forwards += (
                    isinstance(found, Decoded)
                    and isinstance(found.read, Submission)
                    and found.read.kind is Kind.FORWARD
                )
    sandbox.close()
    return forwards


def ours_alone(files: Sequence[Path], repeat: int) -> int:
    from mailwins.mime import decode
    from mailwins.model import Kind, Submission
    from mailwins.parsers import read_message

    messages = [decode(path.read_bytes()) for path in files]
    reset()
    forwards = 0
    for _ in range(repeat):
        for message in messages:
            found = read_message(message)
            forwards += isinstance(found, Submission) and found.kind is Kind.FORWARD
    return forwards


def _quotequail(mail: tuple[str | None, str | None]) -> bool:
    import quotequail

    text, html = mail
    found = quotequail.unwrap(text) if text else quotequail.unwrap_html(html) if html else None
    return bool(found) and found.get("type") == "forward"


def _stdlib_bodies(path: Path) -> tuple[str | None, str | None]:
    import email
    import email.policy

    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    bodies: list[str | None] = []
    for kind in ("plain", "html"):
        try:
            part = message.get_body((kind,))
            bodies.append(part.get_content() if part is not None else None)
        except (LookupError, ValueError, AttributeError):
            bodies.append(None)
    return bodies[0], bodies[1]


def quotequail_file(files: Sequence[Path], repeat: int) -> int:
    reset()
    return sum(_quotequail(_stdlib_bodies(path)) for _ in range(repeat) for path in files)


def quotequail_alone(files: Sequence[Path], repeat: int) -> int:
    mails = [_stdlib_bodies(path) for path in files]
    reset()
    return sum(_quotequail(mail) for _ in range(repeat) for mail in mails)


_SENTENCE = "The rollout went live on 12 May, and since then the line stops half as often as before (see below).\n"
LARGE = {
    "10 MB of text": (_SENTENCE * 9 + "\n") * 11_000,
    "100,000 quoted lines": "> The rollout went live on 12 May, and since then\n" * 100_000,
    "100,000 lines of >": ">\n" * 100_000,
    "10,000 header-like lines": "Subject: the rollout went live on 12 May, much better\nTo: everybody who has ever seen the line stop at night\n"
    * 5_000,
}
LARGE_LIMIT_S = 0.3


def large() -> int:
    """Prints a row for each body; 1 where one takes longer than the limit."""
    from mailwins.mime import decode
    from mailwins.parsers import read_message

    print(f"{'':28} {'MB':>6} {'s':>7} {'s per MB':>9}")
    slow = False
    gc.disable()  # as in the limited child, which looks for garbage between mails
    for name, body in LARGE.items():
        raw = (
            b"From: Ann <ann@x.example>\r\nSubject: Fwd: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            + body.encode()
        )
        times = []
        for _ in range(3):
            began = time.process_time()
            read_message(decode(raw))
            times.append(time.process_time() - began)
            gc.collect()
        size = len(raw) / 1_000_000
        slow |= min(times) / size > LARGE_LIMIT_S
        print(f"{name:28} {size:6.1f} {min(times):7.2f} {min(times) / size:9.3f}")
    return int(slow)


CONTENDERS: dict[str, Callable[[Sequence[Path], int], int]] = {
    f.__name__: f for f in (ours_file, ours_alone, quotequail_file, quotequail_alone)
}
_began: list[float] = []


def reset() -> None:
    """Starts the clock, when everything is loaded."""
    _began[:] = [time.perf_counter(), _cpu()]


def _cpu() -> float:
    return (
        sum(
            u.ru_utime + u.ru_stime
            for u in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        )
        + _living_children()
    )


def _living_children() -> float:
    """CPU seconds of children that have not ended yet, where /proc tells."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def run_one(name: str, files: Sequence[Path], repeat: int) -> None:
    forwards = CONTENDERS[name](files, repeat)
    wall, cpu = time.perf_counter() - _began[0], _cpu() - _began[1]
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        json.dumps(
            {
                "messages": len(files) * repeat,
                "forwards": forwards / repeat,
                "wall_s": wall,
                "cpu_s": cpu,
                "peak_mb": peak / 1024,
            }
        )
    )


# ---------------------------------------------------------------- the table


def install(cache: Path) -> tuple[Path | None, Path | None, list[str]]:
    """(folder with npm's modules, folder with quotequail, what is missing and why)."""
    missing = []
    modules: Path | None = cache / "npm"
    if shutil.which("node") is None or shutil.which("npm") is None:
        modules = None
        missing.append("email-forward-parser: skipped, there is no node and npm here")
    elif not (cache / "npm/node_modules/postal-mime").is_dir():
        (cache / "npm").mkdir(parents=True, exist_ok=True)
        if not _runs(
            [
                "npm",
                "install",
                "--prefix",
                str(cache / "npm"),
                "--no-audit",
                "--no-fund",
                "--omit=optional",
                "email-forward-parser",
                "postal-mime",
            ]
        ):
            modules = None
            missing.append("email-forward-parser: skipped, npm could not install it")
    if (
        modules is not None
        and not (modules / "node_modules/re2").is_dir()
        and not (modules / "no-re2").exists()
        and not _runs(["npm", "install", "--prefix", str(modules), "--no-audit", "--no-fund", "re2"])
    ):
        (modules / "no-re2").touch()
    if modules is not None and not (modules / "node_modules/re2").is_dir():
        missing.append(
            "email-forward-parser with RE2: skipped, npm could not build re2 here (remove no-re2 in the cache folder to try again)"
        )
    quail: Path | None = cache / "pip"
    if not (cache / "pip/quotequail").is_dir() and not _runs(
        [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(cache / "pip"), "quotequail"]
    ):
        quail = None
        missing.append("quotequail: skipped, pip could not install it")
    return modules, quail, missing


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=INSTALL_S, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def measure(command: Sequence[str], env: dict[str, str], core: int | None) -> dict[str, Any] | None:
    """What the process printed, with the most memory it needed. None when it failed."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=env,
        preexec_fn=None if core is None else lambda: os.sched_setaffinity(0, {core}),
    )
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status or not printed.strip():
        return None
    found = json.loads(printed)
    return {"peak_mb": usage.ru_maxrss / 1024} | found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=Path())
    options.add_argument("--large", action="store_true", help="read very large bodies instead")
    options.add_argument("--repeat", type=int, default=5, help="how often each reads the folder in a turn")
    options.add_argument("--turns", type=int, default=3, help="how often each has its turn; its best one counts")
    options.add_argument(
        "--cache", type=Path, default=Path.home() / ".cache/mailwins-benchmarks", help="where the others are installed"
    )
    options.add_argument("--one", choices=CONTENDERS, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.large:
        return large()
    files = sorted(p for p in given.folder.rglob("*.eml") if p.is_file())
    if not files:
        print(f"No .eml files in {given.folder}.", file=sys.stderr)
        return 2
    if given.one:
        run_one(given.one, files, given.repeat)
        return 0
    modules, quail, missing = install(given.cache)
    core = min(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    python = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(HERE.parent), str(quail or ""), os.environ.get("PYTHONPATH", "")])
        ),
    }
    rows: list[tuple[str, Sequence[str], dict[str, str]]] = []
    for mode in ("file", "alone"):
        rows.append(
            (
                f"mailwins, {mode}",
                [
                    sys.executable,
                    "-m",
                    "benchmarks.parse",
                    str(given.folder),
                    "--repeat",
                    str(given.repeat),
                    "--one",
                    f"ours_{mode}",
                ],
                python,
            )
        )
        if modules is not None:
            node = ["node", str(HERE / "parse_forward.mjs"), mode, str(modules), str(given.repeat), *map(str, files)]
            rows.append(
                (f"email-forward-parser RegExp, {mode}", node, {**os.environ, "EMAIL_FORWARD_PARSER_DISABLE_RE2": "1"})
            )
            if (modules / "node_modules/re2").is_dir():
                rows.append((f"email-forward-parser RE2, {mode}", node, dict(os.environ)))
        if quail is not None:
            rows.append(
                (
                    f"quotequail, {mode}",
                    [
                        sys.executable,
                        "-m",
                        "benchmarks.parse",
                        str(given.folder),
                        "--repeat",
                        str(given.repeat),
                        "--one",
                        f"quotequail_{mode}",
                    ],
                    python,
                )
            )
    print(
        f"{len(files)} mails, {sum(p.stat().st_size for p in files) / 1e6:.1f} MB, read {given.repeat} times in a turn, on one core; the best of {given.turns} turns each"
    )
    print(f"{'':36} {'mails/s':>9} {'per CPU s':>10} {'peak MB':>8} {'forwards':>9}")
    best: dict[str, dict[str, Any]] = {}
    for _ in range(given.turns):
        for name, command, env in rows:
            found = measure(command, env, core)
            if found is not None and (name not in best or found["cpu_s"] < best[name]["cpu_s"]):
                best[name] = found
    missing += [f"{name}: failed" for name, _, _ in rows if name not in best]
    for name, found in best.items():
        print(
            f"{name:36} {found['messages'] / found['wall_s']:9.0f} {found['messages'] / max(found['cpu_s'], 1e-9):10.0f} {found['peak_mb']:8.0f} {found['forwards']:9.0f}"
        )
    for line in missing:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
