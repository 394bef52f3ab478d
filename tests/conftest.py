"""Servers for tests, started once and only when a test asks. A missing server skips loudly, or fails where it is required."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import dovecot, postgres

_numbers = itertools.count(1)


def need(reason: str) -> None:
    """Skip for *reason* (empty: nothing is missing), or fail when the servers are required."""
    if not reason:
        return
    if os.environ.get("MAILWINS_REQUIRE_SERVERS"):
        pytest.fail(f"required server missing: {reason}")
    pytest.skip(f"SERVER MISSING, nothing was tested: {reason}")


def shared_folder() -> Path | None:
    """The team's shared corpora beside the checkout, where they exist."""
    given = os.environ.get("MAILWINS_SHARED")
    folder = Path(given) if given else Path(__file__).parents[2] / "shared"
    return folder if (folder / "corpus").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("no shared corpus beside this checkout")
    return folder


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[dovecot.DovecotServer]:
    need(dovecot.why_not())
    with dovecot.DovecotServer() as server:
        yield server


@pytest.fixture
def mailbox(dovecot_server: dovecot.DovecotServer) -> dovecot.Mailbox:
    """An empty mailbox of its own."""
    return dovecot.Mailbox(dovecot_server, f"t{os.getpid()}-{next(_numbers)}@each.test")


@pytest.fixture
def own_dovecot() -> Iterator[dovecot.DovecotServer]:
    """A server that the test may stop, kill and start again."""
    need(dovecot.why_not())
    with dovecot.DovecotServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    need(postgres.why_not())
    server = postgres.Postgres()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    server: postgres.Postgres = request.getfixturevalue("postgres_server")
    return server.url()
