"""Tokens are fetched once, renewed early, kept when rotated, and a refusal is told with its remedy, not hammered."""

from __future__ import annotations

import http.server
import json
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mailwins.config import OAuth
from mailwins.errors import ConfigError, LoginRefused, ServerError
from mailwins.mailbox.signin import TokenSource, sign_in


class Provider:
    """A token endpoint: answers from *script* in turn, then with fresh tokens; *asked* holds the forms it was sent."""

    def __init__(self) -> None:
        self.script: list[tuple[int, dict[str, Any]]] = []
        self.asked: list[dict[str, str]] = []
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                provider.asked.append(form)
                code, body = (
                    provider.script.pop(0)
                    if provider.script
                    else (200, {"access_token": f"t{len(provider.asked)}", "expires_in": 3600})
                )
                raw = json.dumps(body).encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(raw)))
                if code == 302:
                    self.send_header("Location", f"http://127.0.0.1:{provider.port}/elsewhere")
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *args: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}/token"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider()
    yield server
    server.close()


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "refresh"
    path.write_text("r0\n")
    path.chmod(0o600)
    return path


def by_refresh(provider: Provider, kept: Path) -> OAuth:
    return OAuth(flow="refresh_token", token_url=provider.url, client_id="us", scope="imap", refresh_token_file=kept)


def test_one_token_serves_until_five_minutes_before_its_end(provider: Provider, clock: Clock) -> None:
    source = TokenSource(
        OAuth(flow="client_credentials", token_url=provider.url, client_id="us", client_secret="s"), clock=clock
    )
    assert [source(), source()] == ["t1", "t1"]
    clock.now += 3299
    assert source() == "t1"
    clock.now += 2
    assert source() == "t2"
    assert provider.asked[0] == {"client_id": "us", "client_secret": "s", "grant_type": "client_credentials"}


def test_a_refused_token_is_renewed_but_a_brand_new_one_is_not(provider: Provider, kept: Path, clock: Clock) -> None:
    source = TokenSource(by_refresh(provider, kept), clock=clock)
    assert [source(), source(True)] == ["t1", "t1"]
    clock.now += 61
    assert source(True) == "t2"


def test_a_rotated_refresh_token_is_kept_for_us_alone_and_used_next(
    provider: Provider, kept: Path, clock: Clock
) -> None:
    provider.script.append((200, {"access_token": "a", "expires_in": 3600, "refresh_token": "r1"}))
    source = TokenSource(by_refresh(provider, kept), clock=clock)
    source()
    assert kept.read_text() == "r1\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    clock.now += 7200
    source()
    assert [form["refresh_token"] for form in provider.asked] == ["r0", "r1"]


def test_a_withdrawn_sign_in_is_told_with_its_remedy_and_not_hammered(
    provider: Provider, kept: Path, clock: Clock
) -> None:
    provider.script += [(400, {"error": "invalid_grant", "error_description": "AADSTS70008: expired"})]
    source = TokenSource(by_refresh(provider, kept), clock=clock)
    for _ in range(3):
        with pytest.raises(LoginRefused, match=r"invalid_grant\. AADSTS70008: expired Sign in again") as caught:
            source()
        assert caught.value.permanent
    assert len(provider.asked) == 1
    kept.write_text("r-new\n")
    assert source() == "t2"


def test_a_busy_provider_is_a_passing_error(provider: Provider, kept: Path, clock: Clock) -> None:
    provider.script += [(503, {}), (200, {"error": "temporarily_unavailable"})]
    source = TokenSource(by_refresh(provider, kept), clock=clock)
    for _ in range(2):
        with pytest.raises(ServerError, match="no token now") as caught:
            source()
        assert not caught.value.permanent
    assert source() == "t3"


def test_secrets_are_not_sent_on_to_where_a_redirect_points(provider: Provider, kept: Path) -> None:
    provider.script.append((302, {}))
    with pytest.raises(ServerError, match="HTTP 302"):
        TokenSource(by_refresh(provider, kept))()
    assert len(provider.asked) == 1


def test_secrets_are_not_sent_in_the_clear() -> None:
    with pytest.raises(ConfigError, match="not https"):
        TokenSource(OAuth(flow="client_credentials", token_url="http://login.example/token"))()


def test_many_threads_ask_once(provider: Provider, kept: Path) -> None:
    source = TokenSource(by_refresh(provider, kept))
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(source())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["t1"] * 8


def test_a_person_signs_in_on_another_device(provider: Provider, tmp_path: Path) -> None:
    provider.script += [
        (
            200,
            {
                "device_code": "d",
                "user_code": "ABCD",
                "verification_uri": "https://login.example/device",
                "interval": 5,
                "expires_in": 900,
            },
        ),
        (400, {"error": "authorization_pending"}),
        (400, {"error": "slow_down"}),
        (200, {"access_token": "a", "refresh_token": "r9"}),
    ]
    shown: list[tuple[str, str]] = []
    slept: list[float] = []
    path = tmp_path / "refresh"
    sign_in(
        by_refresh(provider, path),
        lambda page, code: shown.append((page, code)),
        device_url=provider.url,
        sleep=slept.append,
    )
    assert shown == [("https://login.example/device", "ABCD")]
    assert slept == [5, 5, 10]
    assert path.read_text() == "r9\n"


def test_a_sign_in_that_nobody_finishes_ends(provider: Provider, tmp_path: Path) -> None:
    provider.script += [(200, {"device_code": "d", "interval": 5, "expires_in": 12})] + [
        (400, {"error": "authorization_pending"})
    ] * 9
    with pytest.raises(LoginRefused, match="Nobody signed in"):
        sign_in(
            by_refresh(provider, tmp_path / "r"), lambda page, code: None, device_url=provider.url, sleep=lambda s: None
        )


def test_a_rotated_token_that_cannot_be_written_is_used_all_the_same(
    provider: Provider, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """FAULT: the provider hands out a new refresh token, and its file cannot be written (rights, a full disk); THEN: the service goes on with the new one, and a line names the file and the fix."""
    kept = tmp_path / "refresh-token"
    kept.write_text("r0")
    kept.chmod(0o600)
    (tmp_path / "refresh-token.tmp").mkdir()
    oauth = OAuth(flow="refresh_token", token_url=provider.url, client_id="us", scope="imap", refresh_token_file=kept)
    provider.script.append((200, {"access_token": "a", "expires_in": 3600, "refresh_token": "r1"}))
    tokens = TokenSource(oauth, clock=clock)
    assert tokens() == "a"
    assert f"cannot be written to {kept}" in caplog.text
    clock.now += 4000
    tokens()
    kept.write_text("r2, signed in anew")
    clock.now += 4000
    tokens()
    assert [form["refresh_token"] for form in provider.asked] == ["r0", "r1", "r2, signed in anew"]
