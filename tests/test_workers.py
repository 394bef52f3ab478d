"""Who counts as dead: only who surely is."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailwins.workers import Presence, is_alive, worker_name
from tests.processes import die_with_us

HOLDER = """
import sys, time, pathlib
from mailwins.workers import Presence, worker_name
presence = Presence(pathlib.Path(sys.argv[1]))
print(worker_name(), flush=True)
time.sleep(60)
"""


@contextmanager
def another(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A process that lives, and its name as if it were in a container of its own."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=die_with_us)
    assert process.stdout is not None
    yield process.stdout.readline().strip(), process
    process.kill()
    process.communicate()


def test_a_process_of_this_place_is_known_by_its_number(tmp_path: Path) -> None:
    ours = Presence(tmp_path)
    with another(tmp_path) as (name, process):
        assert not ours.is_dead(name)
        assert is_alive(f"{name}/read")
        process.kill()
        process.wait()
        assert ours.is_dead(f"{name}/read")
    assert not ours.is_dead(worker_name())
    ours.end()


def elsewhere(folder: Path, name: str, place: str) -> str:
    """The same process under the name it would have at *place*, with its file."""
    other = f"{name.rpartition('/')[0]}/{place}"
    shown = Presence(folder)
    shown._file(name).rename(shown._file(other))
    shown.end()
    return other


def test_a_process_in_another_container_lives_as_long_as_its_lock(tmp_path: Path) -> None:
    ours = Presence(tmp_path)
    with another(tmp_path) as (name, process):
        boot = name.rpartition("/")[2].partition("-")[0]
        name = elsewhere(tmp_path, name, f"{boot}-1")
        assert not ours.is_dead(f"{name}/deliver")
        process.send_signal(signal.SIGSTOP)
        assert not ours.is_dead(name)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert ours.is_dead(f"{name}/deliver")
        ours.forget(name)
        assert not ours.is_dead(name)
    ours.end()


def test_a_copy_of_the_folder_another_machine_and_who_shows_nothing_are_not_taken_for_dead(tmp_path: Path) -> None:
    ours = Presence(tmp_path / "one")
    with another(tmp_path / "one") as (name, process):
        boot = name.rpartition("/")[2].partition("-")[0]
        here = elsewhere(tmp_path / "one", name, f"{boot}-1")
        shutil.copytree(tmp_path / "one", tmp_path / "copy")
        process.kill()
        process.wait()
        assert ours.is_dead(here)
        copied = Presence(tmp_path / "copy")
        assert not copied.is_dead(here)
        copied.end()
        assert not ours.is_dead(elsewhere(tmp_path / "one", here, "0badc0de-1"))
        assert not ours.is_dead(f"host/1/1/{boot}-2")
        assert not ours.is_dead("host/1/1/0")
    ours.end()
