"""A PostgreSQL of our own from Debian's server: initdb in a short folder, one fresh database per test."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

_numbers = itertools.count(1)


def why_not() -> str:
    return "" if _bin() else "no PostgreSQL server under /usr/lib/postgresql (apt-get install postgresql)"


def _bin() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


class Postgres:
    def __init__(self) -> None:
        binaries = _bin()
        assert binaries, why_not()
        # Socket paths are limited to 107 bytes and the server refuses to run as root.
        self.home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        drop: dict[str, Any] = {}
        if os.getuid() == 0:
            who = pwd.getpwnam("nobody")
            os.chown(self.home, who.pw_uid, who.pw_gid)
            drop = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        subprocess.run(
            [binaries / "initdb", "-D", self.home / "data", "-A", "trust", "-U", "postgres", "--no-locale", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, cwd=self.home, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, **drop,
        )  # fmt: skip
        self.process = subprocess.Popen(
            [binaries / "postgres", "-D", self.home / "data", "-k", self.home, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=60"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.home, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, **drop,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        import time

        import psycopg

        for _ in range(200):
            try:
                psycopg.connect(f"host={self.home} port={self.port} user=postgres dbname=postgres").close()
                return
            except psycopg.OperationalError:
                assert self.process.poll() is None, "postgres ended"
                time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not answer in 10 s")

    def url(self, tcp_port: int | None = None) -> str:
        """A fresh, empty database; over its socket, or through something that listens at *tcp_port*."""
        import psycopg

        name = f"t{next(_numbers)}"
        with psycopg.connect(
            f"host={self.home} port={self.port} user=postgres dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        if tcp_port is not None:
            return f"postgresql+psycopg://postgres@127.0.0.1:{tcp_port}/{name}?connect_timeout=5"
        return f"postgresql+psycopg://postgres@/{name}?host={self.home}&port={self.port}"

    def close(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)
        shutil.rmtree(self.home, ignore_errors=True)
