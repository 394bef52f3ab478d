"""Settings: what is accepted, and that every mistake names file, key, value and what is allowed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from mailwins import config
from mailwins.config import Config, SmtpSettings, parse
from mailwins.errors import ConfigError


def load(tmp_path: Path, text: str, **environ: str) -> config.Config:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return config.load(path, environ)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[mailbox]\nhots = "x"', ["config.toml", "mailbox.hots", "did you mean host?"]),
        ('[mailbox]\nsecurity = "ssl"', ["mailbox.security", "'ssl'", "'tls', 'starttls' or 'none'"]),
        ("[mailbox]\nport = 99999", ["mailbox.port", "99999", "65535"]),
        ('[company]\ntimezone = "Mars/Base"', ["company.timezone", "Mars/Base", "Europe/Berlin"]),
        ('[mailbox]\nstart = "soon"', ["mailbox.start", "soon", "now, all, or a day"]),
        ('[[audience]]\nkey = "x"\nsend = "Monday at 8"', ["audience.0.send", "Mon 08:00"]),
        ('[[audience]]\nkey = "x"\n[[audience]]\nkey = "x"', ["audience", '"x"', "differ"]),
        ('[[audience]]\nkey = "x"\nlens = {categories = ["nonsense"]}', ["nonsense", "allowed", "referral"]),
        ('[mailbox]\npassword = "a"\npassword_file = "b"', ["password", "password_file", "one of"]),
        ('[mailbox]\ndone_folder = "inbox"', ["mailbox", "done_folder", "the folder that is read"]),
        ('[[audience]]\nkey = "x"\nto = "everyone"', ["audience.0.to", "a list in square brackets"]),
        ('[mailbox]\nport = "abc"', ["mailbox.port", "a whole number"]),
        ('[mailbox]\nidle = "maybe"', ["mailbox.idle", "true or false"]),
        ("[company]\nname = 7", ["company.name", "text in quotes"]),
        ("[xyzzy]\na = 1", ["xyzzy: no such key. Allowed here: "]),
        ("[mailbox]\nport = 1\nport = 2", ["stands there already"]),
        ("not toml", ["config.toml", "not valid TOML"]),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(tmp_path: Path, text: str, told: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    for words in told:
        assert words in str(caught.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, '[mailbox]\nport = 0.5\nsecurity = "x"\n[smtp]\nhots = "y"')
    assert len(str(caught.value).splitlines()) == 3


def test_a_secret_is_never_shown_in_an_error_or_repr(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "[mailbox]\npassword = 12345")
    assert "12345" not in str(caught.value)
    assert "hunter2" not in repr(load(tmp_path, '[mailbox]\npassword = "hunter2"'))


def test_the_environment_overrides_the_file_and_is_named_in_errors(tmp_path: Path) -> None:
    settings = load(tmp_path, '[mailbox]\nhost = "a"', MAILWINS__MAILBOX__HOST="b", MAILWINS__LIMITS__TICK_S="1.5")
    assert settings.mailbox.host == "b"
    assert settings.limits.tick_s == 1.5
    with pytest.raises(ConfigError, match="MAILWINS__SMTP__SECURITY"):
        load(tmp_path, "", MAILWINS__SMTP__SECURITY="maybe")


def test_relative_paths_count_from_the_file(tmp_path: Path) -> None:
    settings = load(tmp_path, '[storage]\nfiles = "kept"')
    assert settings.storage.files == tmp_path / "kept"
    assert settings.storage.database == f"sqlite:///{tmp_path / 'mailwins.db'}"


@pytest.mark.parametrize("kind", ["file", "command"])
def test_a_password_comes_from_a_file_or_a_command(tmp_path: Path, kind: str) -> None:
    (tmp_path / "secret").write_text("pa ss\n")
    line = 'password_file = "secret"' if kind == "file" else f'password_command = "cat {tmp_path}/secret"'
    assert load(tmp_path, f"[mailbox]\n{line}").mailbox.secret() == "pa ss"


def test_a_missing_file_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="mailwins init"):
        config.load(tmp_path / "none.toml", {})


def test_companies_rename_and_add_kinds(tmp_path: Path) -> None:
    kinds = load(tmp_path, '[categories.referral]\nname = "Introduction"\n[categories.green]\ndefault_value = 7').kinds
    assert kinds["referral"].name == "Introduction"
    assert kinds["referral"].default_value == 10
    assert (kinds["green"].name, kinds["green"].default_value) == ("Green", 7)


# ---------------------------------------------------------------- the reference

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"


def test_the_example_is_a_valid_config() -> None:
    config = parse(tomllib.loads(EXAMPLE.read_text()), "config.example.toml", EXAMPLE.parent, {})
    assert config.smtp.from_ == "wins@yourcompany.example"


def test_the_example_names_every_key_and_no_other() -> None:
    """Uncommented, it is still valid, and it holds every key of every section."""
    lines = []
    for line in EXAMPLE.read_text().split("\n"):
        bare = line[2:] if re.match(r"# (\[|[a-z_]+ = )", line) else line
        lines.append(bare)
    values = tomllib.loads("\n".join(lines))
    for section in ("mailbox", "smtp"):
        values[section].pop("ca_file")
    config = parse(values, "config.example.toml", EXAMPLE.parent, {})
    named = _keys(values)
    missing = [
        key
        for key in _all_keys(Config, "")
        if key not in named
        and not key.endswith((".password", ".password_command", ".ca_file", ".client_secret"))
        and not key.startswith("smtp.oauth")
    ]
    assert missing == []
    for key, value in _defaults(Config, ""):
        if f"# {key.rsplit('.', 1)[-1]} = " in EXAMPLE.read_text() and value in (True, False) and key in named:
            assert named[key] == value, key
    assert config.receipts.per_hour == Config().receipts.per_hour
    assert config.limits == Config().limits, "commented lines show the defaults"
    assert config.retention == Config().retention


def _keys(values: object, prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    if isinstance(values, dict):
        for key, value in values.items():
            found |= {f"{prefix}{key}": value} | _keys(value, f"{prefix}{key}.")
    elif isinstance(values, list):
        for value in values:
            found |= _keys(value, prefix)
    return found


def _models(annotation: object) -> list[type[BaseModel]]:
    inner = [annotation, *getattr(annotation, "__args__", ())]
    return [a for a in inner if isinstance(a, type) and issubclass(a, BaseModel)]


def _all_keys(model: type[BaseModel], prefix: str) -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        key = f"{prefix}{field.alias or name}"
        found.append(key)
        for inner in _models(field.annotation):
            found += _all_keys(inner, key + ("." if key != "categories" else ".renewal_expansion."))
    return found


def _defaults(model: type[BaseModel], prefix: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, field in model.model_fields.items():
        key = f"{prefix}{field.alias or name}"
        inner = _models(field.annotation)
        found += _defaults(inner[0], key + ".") if inner else [(key, field.default)]
    return found


@pytest.mark.parametrize(("written", "told"), [(b"", "is empty"), (b"caf\xe9", "is no UTF-8")])
def test_a_password_file_that_holds_no_password_is_no_login(tmp_path: Path, written: bytes, told: str) -> None:
    """FAULT: the password file is emptied, or saved in another encoding, while the service runs; THEN: the line names it, and no wrong login is tried; a byte order mark is no letter of the password."""
    path = tmp_path / "secret"
    path.write_bytes(written)
    with pytest.raises(ConfigError, match=f"{path} {told}"):
        SmtpSettings(password_file=path).secret()
    path.write_bytes(b"\xef\xbb\xbfhunter2\r\n")
    assert SmtpSettings(password_file=path).secret() == "hunter2"
