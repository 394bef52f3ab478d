"""A style sheet written into every element, because mail programs and forwards drop ``<style>``.

css-inline says what an element's style is. Asked for every page it takes longer than filling the page does, so each
start tag of a template is asked about once, when the template is loaded; only a tag whose classes are computed is asked
about while a page is made, and the answer is remembered. That needs a sheet whose selectors are a tag, classes or both:
what an element's neighbours are, no template says. Any other sheet, and templates that build their tags piece by piece,
have every page inlined as a whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

import css_inline
from markupsafe import Markup

# Private characters stand for a piece of Jinja: nobody writes them, and they are neither name nor quotation mark.
_OPEN, _CLOSE = "\ue000", "\ue001"
_JINJA = re.compile(
    r"""\{\#.*?\#\}
      | \{\{ (?: "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | (?!\}\}). )* \}\}
      | \{%  (?: "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | (?!%\}). )* %\}""",
    re.X | re.S,
)
_HIDDEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# In CSS it has to be a name, to be carried along as part of a value.
_NAMED, _BACK = re.compile(r"jinja-(\d+)-"), rf"{_OPEN}\1{_CLOSE}"
_TAG = re.compile(
    r"""<!--.*?-->
      | <(?:style|script)\b.*?</(?:style|script)\s*>
      | <(?P<name>[a-z][^\s/>"'=\ue000]*) (?P<rest>(?: "[^"]*" | '[^']*' | [^"'>] )*) >""",
    re.X | re.S | re.I,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = r"(?:^|(?<=[\s\"']))%s\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_CLASS, _STYLE = (re.compile(_ATTRIBUTE % name, re.I) for name in ("class", "style"))
_ASKED = re.compile(r"data-asked=\"\"((?:\"[^\"]*\"|[^\">])*)>")

_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.[a-z_][\w-]*)*", re.I)
# What a parser puts in by itself, and what filters write: no template shows them.
_UNSEEN = frozenset({"br", "tbody", "colgroup"})
# Where a parser leaves an element standing.
_AROUND = {
    "body": "",
    "html": "",
    "tr": "<table><tbody>",
    "td": "<table><tbody><tr>",
    "th": "<table><tbody><tr>",
    **dict.fromkeys(("tbody", "thead", "tfoot", "caption", "colgroup"), "<table>"),
    "col": "<table><colgroup>",
}
_HEAD = frozenset({"head", "meta", "title", "link", "base"})
REMEMBERED = 2000


class Inliner:
    """*css*: the text of a style sheet."""

    def __init__(self, css: str) -> None:
        self._page = css_inline.CSSInliner(
            inline_style_tags=False, keep_style_tags=True, extra_css=css, load_remote_stylesheets=False
        )
        self.is_plain = _is_plain(css)
        self.start_tag = lru_cache(maxsize=REMEMBERED)(self._start_tag)
        self._style_of = lru_cache(maxsize=REMEMBERED)(self._looked_up)

    def page(self, html: str) -> str:
        """A whole page, whatever its sheet and its tags are."""
        return self._page.inline(html)

    def template(self, source: str, filter_name: str) -> str:
        """*source* with the styles in its start tags; computed ones go through the filter *filter_name*, which is ``start_tag``.

        Every line stays on its line. Only for what ``can_read`` allows.
        """
        masked, hidden = _masked(source)

        def told(match: re.Match[str]) -> str:
            name, rest = match["name"], match["rest"]
            if name is None:
                return match[0]
            if _OPEN in _QUOTED.sub("", rest) or _OPEN in _value(_CLASS, rest):
                return f"{{%+ filter {filter_name} %}}{match[0]}{{% endfilter +%}}"
            blocks = any(hidden[int(n)].startswith("{%") for n in _HIDDEN.findall(_value(_STYLE, rest)))
            styled = self._styled(name, _HIDDEN.sub(r"jinja-\1-", rest), is_whole=not blocks)
            return f"<{name}{_NAMED.sub(_BACK, styled)}>"

        return _HIDDEN.sub(lambda match: hidden[int(match[1])], _TAG.sub(told, masked))

    def _start_tag(self, text: str) -> Markup:
        """One start tag with its style, as a template has written it out."""
        match = _TAG.fullmatch(text)
        if match is not None and match["name"] is not None:
            text = f"<{match['name']}{self._styled(match['name'], match['rest'])}>"
        return Markup(text)  # noqa: S704  (a filter is given what the template has escaped)

    def _styled(self, name: str, rest: str, *, is_whole: bool = True) -> str:
        """What stands behind a tag's name. *is_whole*: its own style is there as it will be; else all of the sheet's stays in front of it."""
        own = _value(_STYLE, rest)
        style = self._style_of(name.lower(), _value(_CLASS, rest), own if is_whole else "")
        if style is None:
            return rest
        if not is_whole:
            style = f"{style.rstrip(';')};{own}"
        if _STYLE.search(rest):
            return _STYLE.sub(lambda _: f'style="{style}"', rest, count=1)
        end = " /" if rest.endswith("/") else ""
        return f'{rest.rstrip("/ ")} style="{style}"{end}'

    def _looked_up(self, name: str, classes: str, own: str) -> str | None:
        """The style of such an element, written for an attribute; None when the sheet does not speak of it."""
        if name in _HEAD:
            return None
        given = f' style="{own}"' if own else ""
        element = f'{_AROUND.get(name, "<body>")}<{name} data-asked class="{classes}"{given}>'
        try:
            found = _ASKED.search(self._page.inline(element))
        except css_inline.InlineError:
            # It reads no broken declaration; a mail program skips it.
            style = self._style_of(name, classes, "")
            return style and f"{style.rstrip(';')};{own}"
        style = _value(_STYLE, found[1]) if found else ""
        return style if style and style != own else None


def _is_plain(css: str) -> bool:
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    if "@" in bare:
        return False
    for selectors in re.findall(r"([^{}]*)\{[^{}]*\}", bare):
        for selector in selectors.split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if not match or not match[0] or (match["tag"] or "").lower() in _UNSEEN:
                return False
    return True


def can_read(source: str) -> bool:
    """Whether every start tag stands in *source* from its ``<`` to its ``>``, whatever Jinja does between them."""
    masked, hidden = _masked(source)
    if _OPEN in source or "jinja-" in source or f"<{_OPEN}" in masked:
        return False
    if any(
        re.match(r"\{%[-+]?\s*(?:raw|autoescape)\b", piece) or re.search(r"<\w", piece)
        for piece in hidden
        if not piece.startswith("{#")
    ):
        return False
    return not any("<" in _QUOTED.sub("", match["rest"]) for match in _TAG.finditer(masked) if match["name"])


def _masked(source: str) -> tuple[str, list[str]]:
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match[0])
        return f"{_OPEN}{len(hidden) - 1}{_CLOSE}"

    return _JINJA.sub(hide, source), hidden


def _value(attribute: re.Pattern[str], rest: str) -> str:
    match = attribute.search(rest)
    found = next((value for value in match.groups() if value is not None), "") if match else ""
    return found.replace('"', "&quot;")
