"""The one settings file, read once at the start: ``config.toml`` plus ``MAILWINS__SECTION__KEY`` overrides.

Every mistake is told with file, key, value and what is allowed, all of them at once. What the
keys mean for people is written in ``config.example.toml``; a test holds the two together.
"""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from mailwins.errors import ConfigError

ENV_PREFIX = "MAILWINS__"
NOT_SETTINGS = frozenset({"MAILWINS_CONFIG"})

# The founding schema's kinds: (id, name people read, value when nobody stated one).
CATEGORIES: tuple[tuple[str, str, int], ...] = (
    ("value_realized", "Value realized", 9),
    ("account_goal", "Goal reached", 8),
    ("adoption", "Adoption", 6),
    ("stakeholder", "Stakeholder", 5),
    ("participation", "Participation", 4),
    ("program", "Program", 6),
    ("high_value_task", "High-value task", 6),
    ("endorsement", "Endorsement", 5),
    ("nps_csat", "NPS and CSAT", 5),
    ("referral", "Referral", 10),
    ("renewal_expansion", "Renewal", 9),
    ("milestone", "Team milestone", 5),
    ("olympics", "User Olympics", 3),
)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            "not a time zone name; allowed are names such as Europe/Berlin, America/Chicago or UTC"
        ) from None
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", value):
        raise ValueError("not a mail address; write it as name@company.example")
    return value


def _start(value: str) -> str:
    if value in ("now", "all"):
        return value
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError("allowed are now, all, or a day such as 2026-09-01") from None
    return value


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _send(value: str) -> str:
    parse_send(value)
    return value


def parse_send(value: str) -> tuple[int, time]:
    """``"Mon 08:00"`` as (weekday with Monday 0, local wall time)."""
    match = re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* +([01]?\d|2[0-3]):([0-5]\d)", value.strip())
    if not match:
        raise ValueError('write a weekday and a time, such as "Mon 08:00"')
    return WEEKDAYS.index(match[1]), time(int(match[2]), int(match[3]))


Zone = Annotated[str, AfterValidator(_zone)]
MailAddress = Annotated[str, AfterValidator(_address)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Secret(Section):
    """A password from one of three places; asked for only when a connection is made."""

    password: str | None = Field(default=None, repr=False)
    password_file: Path | None = None
    password_command: str | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [k for k in ("password", "password_file", "password_command") if getattr(self, k) is not None]
        if len(given) > 1:
            raise ValueError(f"give one of password, password_file, password_command, not {' and '.join(given)}")
        return self

    def secret(self) -> str:
        """Raises ConfigError with the key to mend."""
        if self.password_file is not None:
            try:
                password = self.password_file.read_text(encoding="utf-8-sig").rstrip("\r\n")
            except UnicodeDecodeError:
                raise ConfigError(f"password_file: {self.password_file} is no UTF-8.", "Save it as UTF-8.") from None
            except OSError as error:
                raise ConfigError(
                    f"password_file: cannot read {self.password_file}: {error.strerror}.",
                    "Check the path and its permissions.",
                ) from None
            if not password:
                # As while somebody writes it: a login without a password would only count as a wrong one.
                raise ConfigError(f"password_file: {self.password_file} is empty.", "Write the password into it.")
            return password
        if self.password_command is not None:
            try:
                # The admin's own command, in her own settings.
                done = subprocess.run(  # noqa: S602
                    self.password_command, shell=True, capture_output=True, text=True, timeout=30, check=True
                )
            except (subprocess.SubprocessError, OSError) as error:
                raise ConfigError(
                    f"password_command failed: {type(error).__name__}.", "Run it by hand; it must print the password."
                ) from None
            return done.stdout.rstrip("\r\n")
        return self.password or ""


class OAuth(Section):
    """Signing in with a token instead of a password (Microsoft 365, Google)."""

    flow: Literal["client_credentials", "refresh_token"] = "refresh_token"
    token_url: str = ""
    client_id: str = ""
    client_secret: str | None = Field(default=None, repr=False)
    client_secret_file: Path | None = None
    refresh_token_file: Path | None = None
    scope: str = ""


class Company(Section):
    name: str = "Our company"
    domains: tuple[str, ...] = ()
    timezone: Zone = "UTC"
    language: Literal["en", "de", "fr", "es", "nl"] = "en"


class MailboxSettings(Secret):
    host: str = ""
    port: int = Field(default=0, ge=0, le=65535)
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    auth: Literal["password", "xoauth2"] = "password"
    oauth: OAuth = OAuth()
    ca_file: Path | None = None
    folder: str = "INBOX"
    done_folder: str = "Wins/Done"
    tray_folder: str = "Wins/Tray"
    start: Annotated[str, AfterValidator(_start)] = "now"
    address: str | None = None
    poll_s: float = Field(default=60, gt=0)
    idle: bool = True
    timeout_s: float = Field(default=60, gt=0)

    @model_validator(mode="after")
    def _moves_away(self) -> Self:
        for key in ("done_folder", "tray_folder"):
            if getattr(self, key).casefold() == self.folder.casefold():
                # A mail that is moved into its own folder comes back under a new number, for ever.
                raise ValueError(f'{key} is the folder that is read; name another one, or "" to leave mail where it is')
        return self

    @property
    def real_port(self) -> int:
        return self.port or (993 if self.security == "tls" else 143)


class SmtpSettings(Secret):
    host: str = ""
    port: int = Field(default=0, ge=0, le=65535)
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str = ""
    auth: Literal["password", "xoauth2"] = "password"
    oauth: OAuth = OAuth()
    ca_file: Path | None = None
    from_: MailAddress | None = Field(default=None, alias="from")
    reply_to: MailAddress | None = None
    bounce_to: MailAddress | None = None
    timeout_s: float = Field(default=60, gt=0)
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @property
    def real_port(self) -> int:
        return self.port or {"tls": 465, "starttls": 587, "none": 25}[self.security]


class Storage(Section):
    database: str = "sqlite:///mailwins.db"
    files: Path = Path("files")


class Trust(Section):
    policy: Literal["warn", "require", "off"] = "warn"
    authserv_id: tuple[str, ...] = ()
    pilot: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_id(cls, values: Any) -> Any:
        if isinstance(values, dict) and isinstance(values.get("authserv_id"), str):
            values = {**values, "authserv_id": (values["authserv_id"],) if values["authserv_id"] else ()}
        return values


class DirectoryFiles(Section):
    accounts: Path | None = None
    people: Path | None = None


class Roles(Section):
    csm: tuple[str, ...] = ("csm",)
    manager: tuple[str, ...] = ("manager",)
    admin: tuple[str, ...] = ("admin",)

    def permissions(self, role: str) -> frozenset[str]:
        """By exact match of the company's own title, upper or lower case."""
        lists = {"csm": self.csm, "manager": self.manager, "admin": self.admin}
        return frozenset(p for p, titles in lists.items() if role.casefold() in (t.casefold() for t in titles))


class Lens(Section):
    """Which wins an audience gets and in which order of interest. Nothing given: all of them."""

    categories: tuple[str, ...] = ()
    min_value: int | None = Field(default=None, ge=1, le=10)
    tiers: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    only: bool = False


class AudienceSettings(Section):
    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    name: str = ""
    to: tuple[str, ...] = ()
    lens: Lens = Lens()
    send: Annotated[str, AfterValidator(_send)] = "Mon 08:00"
    timezone: Zone | None = None
    min_wins: int = Field(default=1, ge=0)
    editor: MailAddress | None = None
    editor_hours: int = Field(default=4, ge=0, le=72)
    editor_silence: Literal["send", "nudge"] = "send"
    template: Literal["digest", "managers"] | None = None
    named_olympics: bool = False
    announce: tuple[Literal["milestone", "olympics", "kudos"], ...] | None = None

    @property
    def announces(self) -> tuple[str, ...]:
        """What it hears of at once: everything for everyone, nothing for the others, unless it is set."""
        return (
            self.announce
            if self.announce is not None
            else ("milestone", "olympics", "kudos")
            if self.key == "everyone"
            else ()
        )

    @property
    def is_managers(self) -> bool:
        return self.template == "managers" or (self.template is None and self.key == "managers")


class CategorySettings(Section):
    name: str | None = None
    description: str = ""
    default_value: int | None = Field(default=None, ge=1, le=10)
    phrases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Features(Section):
    names: tuple[str, ...] = ()


class Receipts(Section):
    mode: Literal["all", "questions", "none"] = "all"
    per_hour: int = Field(default=30, ge=1)
    ask_again_after_days: int = Field(default=7, ge=0)


class Updates(Section):
    own_quotes: bool = False
    default_days: int = Field(default=90, ge=1)
    send_for_me: bool = False
    send_from: MailAddress | None = None


class Retention(Section):
    ignored_days: int = Field(default=30, ge=1)
    rejected_days: int = Field(default=30, ge=1)


class Quiet(Section):
    """Days without a win after which an account counts as quiet, by tier."""

    days: int = Field(default=40, ge=1)
    tiers: dict[str, int] = {}
    my_monday: bool = True


class Limits(Section):
    """What a mail may cost. Seconds, bytes."""

    read_bytes: int = Field(default=40_000_000, ge=1)
    cpu_s: float = Field(default=20, gt=0)
    wall_s: float = Field(default=30, gt=0)
    memory_bytes: int = Field(default=1_500_000_000, ge=100_000_000)
    attempts: int = Field(default=3, ge=1)
    lease_s: float = Field(default=120, gt=0)
    send_lease_s: float = Field(default=900, gt=0)
    tick_s: float = Field(default=30, gt=0)
    alarm_hours: float = Field(default=6, gt=0)


class Metrics(Section):
    """*listen*: ``host:port`` where ``run`` answers Prometheus; None for no port at all."""

    listen: Annotated[str, Field(pattern=r"^\S+:\d{1,5}$")] | None = None


class Web(Section):
    base_url: str | None = None


class Config(Section):
    company: Company = Company()
    mailbox: MailboxSettings = MailboxSettings()
    smtp: SmtpSettings = SmtpSettings()
    storage: Storage = Storage()
    trust: Trust = Trust()
    directory: DirectoryFiles = DirectoryFiles()
    roles: Roles = Roles()
    audience: tuple[AudienceSettings, ...] = ()
    categories: dict[str, CategorySettings] = {}
    features: Features = Features()
    receipts: Receipts = Receipts()
    updates: Updates = Updates()
    retention: Retention = Retention()
    quiet: Quiet = Quiet()
    limits: Limits = Limits()
    metrics: Metrics = Metrics()
    web: Web = Web()
    templates: Path | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        keys = [a.key for a in self.audience]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f'audience: two of them have the key "{key}"; keys must differ')
        if self.updates.send_for_me and self.updates.send_from is None:
            raise ValueError("updates.send_for_me: name the address that customers get it from, updates.send_from")
        known = {c for c, _, _ in CATEGORIES} | set(self.categories)
        for audience in self.audience:
            for category in audience.lens.categories:
                if category not in known:
                    raise ValueError(
                        f'audience "{audience.key}": lens.categories: "{category}" is no category; allowed: {", ".join(sorted(known))}'
                    )
        return self

    @property
    def wins_address(self) -> str | None:
        """The address colleagues write to."""
        return self.mailbox.address or (self.mailbox.user if "@" in self.mailbox.user else None) or self.smtp.from_

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every category by id, in the order people see them, with the company's own names and values."""
        kinds: dict[str, Kind] = {}
        for id_, name, value in CATEGORIES:
            own = self.categories.get(id_, CategorySettings())
            kinds[id_] = Kind(
                id_, own.name or name, own.default_value or value, own.description, own.phrases, own.examples
            )
        for id_, own in self.categories.items():
            if id_ not in kinds:
                kinds[id_] = Kind(
                    id_,
                    own.name or id_.replace("_", " ").capitalize(),
                    own.default_value or 5,
                    own.description,
                    own.phrases,
                    own.examples,
                )
        return kinds


@dataclass(frozen=True, slots=True)
class Kind:
    """A category as this company uses it."""

    id: str
    name: str
    default_value: int
    description: str = ""
    phrases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def find_path(given: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """``--config``, else ``MAILWINS_CONFIG``, else ``./config.toml``; the file need not exist."""
    return Path(given or environ.get("MAILWINS_CONFIG") or "config.toml")


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """Read, override from the environment, check. Relative paths are meant from the file's folder."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file.", "Write one with: mailwins init") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}).", "Check its permissions; it must be UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        is_twice = "overwrite" in str(error) or "twice" in str(error)
        step = (
            "The key or section stands there already, further up; keep one of them."
            if is_twice
            else "Text values need quotes; see config.example.toml."
        )
        raise ConfigError(f"{path}: not valid TOML: {error}.", step) from None
    return parse(values, str(path), path.resolve().parent, environ)


def parse(values: dict[str, Any], name: str, base: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """The same for values that are already here. *name* is said in errors; *base* resolves relative paths."""
    origins = _override(values, environ)
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        lines = [_explain(dict(problem), name, origins) for problem in error.errors()]
        raise ConfigError("\n".join(lines)) from None
    return _anchor(config, base)


def _override(values: dict[str, Any], environ: Mapping[str, str]) -> dict[str, str]:
    """Put MAILWINS__SECTION__KEY into *values*; returns which key came from which variable."""
    origins: dict[str, str] = {}
    for variable in sorted(environ):
        if not variable.startswith("MAILWINS_") or variable in NOT_SETTINGS:
            continue
        if not variable.startswith(ENV_PREFIX):
            continue
        path = [part.lower() for part in variable[len(ENV_PREFIX) :].split("__")]
        place: Any = values
        for part in path[:-1]:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise ConfigError(
                    f"{variable}: {part} is not a section.", "Lists such as audience are set in the file."
                )
        place[path[-1]] = _typed(environ[variable])
        origins[".".join(path)] = variable
    return origins


def _typed(text: str) -> Any:
    """``[..]`` and ``{..}`` are read as TOML; everything else stays text and pydantic makes numbers of it."""
    if text[:1] in "[{" and text:
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    return text


def _explain(problem: dict[str, Any], name: str, origins: Mapping[str, str]) -> str:
    place = [str(part) for part in problem["loc"]]
    key = ".".join(place)
    where = origins.get(key.lower(), name)
    value = problem.get("input")
    shown = (
        "" if isinstance(value, dict | list) or any(word in key for word in ("password", "secret")) else f" = {value!r}"
    )
    text = str(problem["msg"]).removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        known = _known_keys(place[:-1])
        near = _nearest(place[-1], known)
        hint = f"; did you mean {near}?" if near else "."
        return f"{where}: {key}: no such key{hint} Allowed here: {', '.join(known)}."
    if problem["type"] == "literal_error":
        return f"{where}: {key}{shown}: allowed are {problem['ctx']['expected']}."
    text = _PLAINLY.get(problem["type"], text)
    return f"{where}: {key}{shown}: {text}." if key else f"{where}: {text}."


# What pydantic says in its own words, by its names for it.
_PLAINLY = {
    **dict.fromkeys(("tuple_type", "list_type", "frozen_set_type", "set_type"), 'write a list in square brackets, as in ["one", "two"]'),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), "write a whole number, without quotes"),
    **dict.fromkeys(("float_parsing", "float_type"), "write a number, without quotes"),
    **dict.fromkeys(("bool_parsing", "bool_type"), "write true or false, without quotes"),
    "string_type": "write text in quotes",
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type", "mapping_type"), "this is a section, with keys of its own: see config.example.toml"),
    "missing": "this is needed",
}  # fmt: skip


def _known_keys(place: list[str]) -> list[str]:
    model: Any = Config
    for part in place:
        if part.isdigit():
            continue
        info = (
            next((f for n, f in model.model_fields.items() if (f.alias or n) == part), None)
            if hasattr(model, "model_fields")
            else None
        )
        if info is None:
            # A key of a free table: [categories.ID]
            continue
        model = info.annotation
        inner = [a for a in getattr(model, "__args__", ()) if isinstance(a, type) and issubclass(a, BaseModel)]
        if inner:
            model = inner[0]
    return sorted(f.alias or n for n, f in model.model_fields.items()) if hasattr(model, "model_fields") else []


def _nearest(word: str, known: list[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, 1, 0.6)), None)


def _anchor(config: Config, base: Path) -> Config:
    """Relative paths count from the config file's folder, so that every command finds them from anywhere."""

    def at(path: Path | None) -> Path | None:
        return None if path is None else base / path.expanduser()

    def secret(section: Any) -> Any:
        oauth = section.oauth.model_copy(
            update={
                "client_secret_file": at(section.oauth.client_secret_file),
                "refresh_token_file": at(section.oauth.refresh_token_file),
            }
        )
        return section.model_copy(
            update={"password_file": at(section.password_file), "ca_file": at(section.ca_file), "oauth": oauth}
        )

    database = config.storage.database
    if database.startswith("sqlite:///") and not database.startswith("sqlite:////"):
        database = f"sqlite:///{base / database.removeprefix('sqlite:///')}"
    return config.model_copy(
        update={
            "mailbox": secret(config.mailbox),
            "smtp": secret(config.smtp),
            "storage": config.storage.model_copy(update={"database": database, "files": at(config.storage.files)}),
            "directory": config.directory.model_copy(
                update={"accounts": at(config.directory.accounts), "people": at(config.directory.people)}
            ),
            "templates": at(config.templates),
        }
    )
