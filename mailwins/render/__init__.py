"""Templates to HTML and text. Whoever joins the parts hands the templates over; nothing here reads a disk.

Jinja2 with everything escaped in HTML and with unknown names as errors; the classes of
``style.css`` are written into every element, because mail programs and forwards drop ``<style>``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mailwins import errors
from mailwins.render.inlining import Inliner, can_read

WIDTH = 76
STYLE = "style.css"
DARK = "dark.css"
# Marks that turn the reading direction around: with them foreign words could make a line of ours say something else than it holds.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TURNS = re.compile(f"[{_TURNING}]")
GLOBALS = ("range", "dict", "lipsum", "cycler", "joiner", "namespace")


@dataclass(frozen=True, slots=True)
class Source:
    """A template's text and the file it came from, for errors."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """*lines*: those of the HTML, without their ends."""

    lines: tuple[str, ...]
    text: str

    @property
    def html(self) -> str:
        return "\n".join(self.lines)


class _Fields(dict[type, frozenset[str]]):
    """By the class of a value: its fields and properties that a template may see. Empty for what is no value of ours."""

    def __missing__(self, kind: type) -> frozenset[str]:
        names = [f.name for f in fields(kind)] if is_dataclass(kind) else []
        if names:
            names += [n for base in kind.__mro__ for n, given in vars(base).items() if isinstance(given, property)]
        return self.setdefault(kind, frozenset(n for n in names if n[0] != "_"))


_FIELDS = _Fields()


class _Sandbox(ImmutableSandboxedEnvironment):
    """The fields of our own values hold nothing a template may not see, and looking each of a hundred up as a stranger's
    takes a third of the time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made: dict[str, Template] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if attribute in _FIELDS[obj.__class__]:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Sources never change, so the one that was made stays; jinja2 asks for its lock and its loader each time."""
        if globals is not None or isinstance(name, Template):
            return super().get_template(name, parent, globals)
        if name not in self._made:
            self._made[name] = super().get_template(name, parent)
        return self._made[name]


class Renderer:
    """*sources*: file name (``digest.html``) to template; ``style.css`` and ``dark.css`` among them."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        texts = {name: source.text for name, source in sources.items()}
        options: dict[str, Any] = {
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "loader": FunctionLoader(self._load),
            "cache_size": 100,
            "auto_reload": False,
        }
        self._html = _Sandbox(autoescape=True, **options)
        self._text = _Sandbox(autoescape=False, **options)
        for environment in (self._html, self._text):
            environment.filters.update(FILTERS)
            environment.globals["dark_css"] = Markup(texts.get(DARK, "").strip())  # noqa: S704  (our own style sheet)
        self._html.filters["quote"] = _quote_html
        self._inliner = Inliner(texts.get(STYLE, ""))
        self._html.filters["styled"] = self._inliner.start_tag
        self._is_styled_early = self._inliner.is_plain and all(
            can_read(text) for name, text in texts.items() if name.endswith(".html")
        )

    def render(self, name: str, values: Mapping[str, Any]) -> Rendered:
        """Both twins of *name*. Raises TemplateError with file and line."""
        html = self._fill(self._html, f"{name}.html", values)
        if not self._is_styled_early:
            html = self._inliner.page(html)
        return Rendered(_tidy_html(html), _tidy_text(self._fill(self._text, f"{name}.txt", values)))

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """With the name as its file name: without one, a mistake in an included template could not be told from one in the template itself."""
        if name not in self.sources:
            return None
        text = self.sources[name].text
        if self._is_styled_early and name.endswith(".html"):
            text = self._inliner.template(text, "styled")
        return text, name, None

    def _fill(self, environment: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, Any]) -> str:
        try:
            return _filled(environment.get_template(name), values)
        except TemplateSyntaxError as error:
            raise self._mistake(error.name or name, error.lineno, error.message or "syntax error") from None
        except (
            UndefinedError,
            TemplateError,
            SecurityError,
            TypeError,
            ValueError,
            AttributeError,
            KeyError,
            ZeroDivisionError,
            RecursionError,
            OverflowError,
        ) as error:
            where, line = _place(error, name)
            raise self._mistake(where, line, str(error) or type(error).__name__) from None

    def _mistake(self, name: str, line: int | None, text: str) -> errors.TemplateError:
        path = self.sources[name].path if name in self.sources else name
        return errors.TemplateError(
            f"{path}{f', line {line}' if line else ''}: {text}.", "Mend the template, then run: mailwins check"
        )

    def check(self, known: Iterable[str]) -> list[str]:
        """Mistakes that show without rendering: bad syntax, names nobody hands over. One line each, with file and line."""
        allowed = {
            *known,
            *GLOBALS,
            "dark_css",
            "self",
            "super",
            "loop",
            "caller",
            "varargs",
            "kwargs",
            "True",
            "False",
            "None",
        }
        mistakes = []
        for name, source in sorted(self.sources.items()):
            if not name.endswith((".html", ".txt")):
                continue
            try:
                tree = self._html.parse(source.text, name)
            except TemplateSyntaxError as error:
                mistakes.append(str(self._mistake(name, error.lineno, error.message or "syntax error")))
                continue
            own = {n.name for n in tree.find_all(nodes.Name) if n.ctx in ("store", "param")} | {
                m.name for m in tree.find_all(nodes.Macro)
            }
            for node in tree.find_all((nodes.Import, nodes.FromImport)):
                if isinstance(node, nodes.Import):
                    own.add(node.target)
                elif isinstance(node, nodes.FromImport):
                    own |= {n[1] if isinstance(n, tuple) else n for n in node.names}
            mistakes += [
                str(self._mistake(name, n.lineno, f'"{n.name}" is a name nobody hands over'))
                for n in tree.find_all(nodes.Name)
                if n.ctx == "load" and n.name not in own | allowed
            ]
            mistakes += [
                str(self._mistake(name, n.lineno, f'there is no filter "{n.name}"'))
                for n in tree.find_all(nodes.Filter)
                if n.name not in self._html.filters
            ]
        return mistakes


def _filled(template: Template, values: Mapping[str, Any]) -> str:
    """As ``Template.render``, which puts the same names together anew for each page."""
    environment = template.environment
    context = environment.context_class(environment, {**environment.globals, **values}, template.name, template.blocks)
    try:
        return environment.concat(template.root_render_func(context))
    except Exception:
        # It says the line of the template, not that of the code made from it.
        environment.handle_exception()


def _place(error: BaseException, name: str) -> tuple[str, int | None]:
    """Template and line where it happened: jinja2 puts its own frames into the traceback, named as the loader named the file."""
    found: tuple[str, int | None] = (name, None)
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if "/" not in filename and filename.endswith((".html", ".txt")):
            found = (filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


# ---------------------------------------------------------------- filters


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date | datetime) -> str:
    """16 November 2026"""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | datetime) -> str:
    """16 Nov"""
    return f"{value.day} {_MONTHS[value.month - 1][:3]}"


def weekday(value: date | datetime) -> str:
    return _WEEKDAYS[value.weekday()]


def long_day(value: date | datetime) -> str:
    """Monday 16 November 2026"""
    return f"{weekday(value)} {day(value)}"


_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|\s|$|[.,;:!?)])")
_OPENING = re.compile(r'(^|[\s(\[])"')


def curly(text: str) -> str:
    """Typographic apostrophes and quotation marks, for our own sentences only; a quote stays as it was written."""
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    if '"' in text:
        text = _OPENING.sub(r"\1“", text).replace('"', "”")
    return str(text)


def is_plain_line(text: str) -> bool:
    """Words with single blanks between them, as most texts are; a few with rarer signs are not called so."""
    return text.isprintable() and "  " not in text and text.strip(" ") == text != ""


def wrap(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Wrapped for plain text, paragraph by paragraph; links are never broken."""
    rest = first if rest is None else rest
    text = str(text)
    if is_plain_line(text):
        return "\n".join(_broken(text, width, first, rest))
    out: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        lead = first if number == 0 else rest
        if is_plain_line(paragraph):
            out += _broken(paragraph, width, lead, rest)
            continue
        out.append(
            textwrap.fill(
                paragraph,
                width,
                initial_indent=lead,
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            if paragraph.strip()
            else ""
        )
    return "\n".join(out)


def _broken(line: str, width: int, lead: str, rest: str) -> list[str]:
    """As ``textwrap`` does it for a plain line, in a tenth of its time."""
    out: list[str] = []
    start, room, length = 0, width - len(lead), len(line)
    while length - start > room:
        end = line.rfind(" ", start, max(start + room + 1, start))
        if end < 0:
            end = line.find(" ", start)
        if end < 0:
            break
        out.append(lead + line[start:end])
        start, lead, room = end + 1, rest, width - len(rest)
    out.append(lead + line[start:])
    return out


def labelled(text: str, label: str, columns: int) -> str:
    """One line of a table: its label in *columns*, and the text, wrapped, beside it."""
    return wrap(text, f"   {label.ljust(columns)} ", " " * (columns + 4))


def underline(text: str, mark: str = "-") -> str:
    """The text with a line of the same length below."""
    lines = wrap(text).split("\n")
    return "\n".join([*lines, mark * max(len(line) for line in lines)])


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 win``, ``4 wins``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(items: Iterable[str]) -> str:
    """``Ana, Ben and Cem``."""
    names = list(items)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _quote_text(text: str) -> str:
    return f"“{text}”"


def _quote_html(text: str) -> Markup:
    """In curly marks, its line breaks kept."""
    escaped = Markup("<br>").join(str(text).split("\n"))
    return Markup("&ldquo;{}&rdquo;").format(escaped)


def paragraphs(text: str | None) -> list[str]:
    return [p.strip() for p in re.split(r"\n\s*\n", text or "") if p.strip()]


def markdown(text: str) -> str:
    """Words as they are, for Markdown: nothing in them makes a heading, a link or a tag."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&!])", r"\\\1", " ".join(str(text).split()))


FILTERS = {
    "day": day, "short_day": short_day, "weekday": weekday, "long_day": long_day, "curly": curly, "wrapped": wrap, "underlined": underline,
    "labelled": labelled, "counted": counted, "listed": listed, "quote": _quote_text, "paragraphs": paragraphs, "markdown": markdown,
}  # fmt: skip


def _tidy_html(html: str) -> tuple[str, ...]:
    """Without the blank lines that template logic leaves behind: clients clip at 102 KB."""
    lines = [line for line in html.split("\n") if line and not line.isspace()]
    return tuple([line if line.isascii() else _without_turns(line) for line in lines])


def _tidy_text(text: str) -> str:
    """At most two blank lines in a row, no blanks at line ends (but the signature mark ``-- `` keeps its own)."""
    lines = [line.rstrip() if line != "-- " else line for line in _without_turns(text).split("\n")]
    text = "\n".join(lines)
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    return text.strip("\n") + "\n"


def _without_turns(text: str) -> str:
    """To look for each of them finds out in a tenth of the time that there is none, as nearly always."""
    for mark in _TURNING:
        if mark in text:
            return _TURNS.sub("", text)
    return text
