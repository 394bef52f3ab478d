"""What an admin may mend while the service runs."""

from __future__ import annotations

from pathlib import Path

from mailwins.config import OAuth, SmtpSettings, load
from mailwins.errors import ConfigError, LoginRefused, TokenRefused
from mailwins.operations.watching import Watch, changed_settings, files_of


def test_only_other_content_that_stands_still_is_a_change(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("old")
    watch = Watch([secret, tmp_path / "is-not-there"])
    secret.write_text("old")
    assert [watch.has_changed() for _ in range(2)] == [False, False]
    secret.write_text("")
    assert not watch.has_changed()
    secret.write_text("new")
    assert [watch.has_changed() for _ in range(2)] == [False, True]


def test_a_file_that_was_not_there_is_a_change(tmp_path: Path) -> None:
    watch = Watch([tmp_path / "password"])
    (tmp_path / "password").write_text("new")
    assert [watch.has_changed() for _ in range(2)] == [False, True]


def test_a_refresh_token_that_was_exchanged_while_signing_in_is_no_reason_to_knock_again(tmp_path: Path) -> None:
    token = tmp_path / "token"
    smtp = SmtpSettings(auth="xoauth2", oauth=OAuth(refresh_token_file=token))
    assert files_of(smtp, LoginRefused("smtp: x refused the login")) == []
    assert files_of(smtp, TokenRefused("oauth: x gives no token")) == [token]
    assert files_of(smtp, ConfigError("cannot read it")) == [token]


def test_a_remark_in_the_settings_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[company]\nname = "Kiln"\n')
    running = load(path)
    path.write_text('# ours\n[company]\nname = "Kiln"\n')
    assert changed_settings(path, running) == ""
    path.write_text('[company]\nname = "Kiln & Sons"\n')
    assert "start it again" in changed_settings(path, running)
    path.write_text('[company\nname = "Kiln"\n')
    assert "would not start with it" in changed_settings(path, running)
