"""HTML to readable lines, straight from the DOM: quote depth from blockquotes, links and pictures with the line they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_HTML_CHARS = 5_000_000
MAX_NODES = 400_000

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "table",
        "tr",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "center",
        "form",
        "fieldset",
        "address",
        "dl",
        "dt",
        "dd",
        "hr",
        "body",
        "o:p",
        "caption",
        "tbody",
        "thead",
        "figure",
    }
)
_SPACED = frozenset({"p", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_LAID_OUT = _BLOCKS | {"br", "img", "a", "td", "th"}
_SKIPPED = frozenset(
    {
        "head",
        "style",
        "script",
        "title",
        "meta",
        "link",
        "noscript",
        "template",
        "svg",
        "object",
        "select",
        "option",
        "-comment",
        "#comment",
    }
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*[;\"']", re.I
)
# What may hide an element by one of these names, or by a name spelled in character references.
_HIDING = ("display", "visibility", "mso-hide", "max-height", "hidden", "&#")
# A single space stays as it is.
_SPACE = re.compile(r"[\t\r\n\f][ \t\r\n\f]*| [ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Page:
    """*text*: lines, quoted ones with ``> ``. *links* and *pictures*: (line number, target or Content-ID). *coloured*: what is written in red, green or another loud colour."""

    text: str
    links: tuple[tuple[int, str], ...] = ()
    pictures: tuple[tuple[int, str], ...] = ()
    coloured: tuple[str, ...] = ()


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current: list[str] = []
        self.depth = 0
        self.links: list[tuple[int, str]] = []
        self.pictures: list[tuple[int, str]] = []
        self.coloured: list[str] = []

    def say(self, text: str) -> None:
        if text:
            if self.current and self.current[-1].endswith(" ") and text.startswith(" "):
                text = text[1:]
            if not self.current and not text.strip(" "):
                return
            self.current.append(text)

    def end_line(self, *, force: bool = False) -> None:
        text = "".join(self.current).strip(" ")
        self.current = []
        if text or force:
            self.lines.append(("> " * self.depth + text).rstrip(" ") if self.depth else text)

    def gap(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" * self.depth)


def read_page(html: str) -> Page:
    """Never raises, linear in size, and deep nesting is no recursion here."""
    try:
        root = LexborHTMLParser(html[:MAX_HTML_CHARS]).root
    except Exception:
        return Page(re.sub(r"<[^>]{0,2000}>", " ", html[:200_000]))
    if root is None:
        return Page("")
    out = _Writer()
    lists: list[int | None] = []
    pre = 0
    low = html.lower()
    may_be_coloured = is_loud(low)
    may_hide = any(word in low for word in _HIDING)
    within: list[tuple[LexborNode, str]] = []
    node: LexborNode | None = root
    seen = 0
    while node is not None:
        seen += 1
        if seen > MAX_NODES:
            break
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if pre:
                first, *more = text.split("\n")
                out.say(first)
                for line in more:
                    out.end_line(force=True)
                    out.say(line)
            else:
                out.say(_SPACE.sub(" ", text))
            if may_be_coloured and (parent := node.parent) is not None and _is_coloured(parent):
                out.coloured.append(_SPACE.sub(" ", text).strip())
        elif tag not in _SKIPPED and tag[:1] != "!" and not (may_hide and _is_hidden(node)):
            if tag in _LAID_OUT:
                _open(tag, node, out, lists)
                pre += tag == "pre"
            child = node.child
            if child is not None:
                within.append((node, tag))
                node = child
                continue
            if tag in _BLOCKS:
                pre -= tag == "pre"
                _close(tag, out, lists)
        following = node.next if within else None
        while following is None and within:
            node, tag = within.pop()
            if tag in _BLOCKS:
                pre -= tag == "pre"
                _close(tag, out, lists)
            following = node.next if within else None
        node = following
    out.end_line()
    text = (
        re.sub(r"\n(?:[> ]*\n){3,}", "\n\n\n", "\n".join(out.lines))
        if not out.links and not out.pictures
        else "\n".join(out.lines)
    )
    return Page(text.replace("\xa0", " "), tuple(out.links), tuple(out.pictures), tuple(filter(None, out.coloured)))


# Loud enough to be told from the rest: neither black and grey nor the blue that Outlook and links are written in.
_LOUD = re.compile(
    r"color(?<![-\w]color)\s*[:=]\s*(?:[\"']\s*)?(?:(?:dark)?(?:red|green|orange|magenta)|crimson|firebrick|maroon|purple|fuchsia|orangered|brown|#(?:f00|ff0000|c00000|e00000|c0504d|ee0000|d32f2f|e53935|cc0000|990000|00b050|008000|070|0a0|7030a0|ed7d31|ff6600|ffc000|c82613|b5082e|ff2600|e97132|4ea72e|0f9ed5a0)\b|rgb\(\s*(?:255|2[0-4]\d|19\d)\s*,\s*(?:[0-9]|[1-3]\d)\s*,\s*(?:[0-9]|[1-3]\d)\s*\))"
)


def is_loud(low: str) -> bool:
    """Whether HTML or a style, in lower case, names such a colour."""
    return "color" in low and _LOUD.search(low) is not None


def _is_coloured(node: LexborNode) -> bool:
    """Whether the text's own element, or one of the two around it, gives it such a colour."""
    for _ in range(3):
        attributes = node.attributes
        style = f"{attributes.get('style') or ''}" if attributes else ""
        if style or (attributes and attributes.get("color")):
            if is_loud(style.lower()) or (attributes and is_loud(f"color={attributes.get('color')}".lower())):
                return True
            if "color" in style.replace("background-color", ""):
                return False
        if node.parent is None or node.tag in _BLOCKS:
            return False
        node = node.parent
    return False


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style)) or "hidden" in attributes


def _open(tag: str, node: LexborNode, out: _Writer, lists: list[int | None]) -> None:
    if tag == "br":
        out.end_line(force=True)
    elif tag == "hr":
        out.end_line()
        out.lines.append("> " * out.depth + "________________________________")
    elif tag == "img":
        source = (node.attributes.get("src") or "").strip()
        if source.lower().startswith("cid:"):
            out.pictures.append((len(out.lines), source[4:].strip("<>")))
    elif tag == "a":
        target = (node.attributes.get("href") or "").strip()
        if target.lower().startswith(("http://", "https://")):
            out.links.append((len(out.lines), target))
    elif tag in ("td", "th"):
        if out.current:
            out.say(" ")
    elif tag in _BLOCKS:
        if tag in _SPACED:
            out.gap()
        else:
            out.end_line()
        if tag == "blockquote":
            out.depth += 1
        elif tag in ("ul", "ol"):
            lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            number = lists[-1] if lists else None
            out.say("- " if number is None else f"{number}. ")
            if lists and number is not None:
                lists[-1] = number + 1


def _close(tag: str, out: _Writer, lists: list[int | None]) -> None:
    if tag == "hr":
        return
    out.end_line()
    if tag == "blockquote":
        out.depth = max(0, out.depth - 1)
    elif tag in ("ul", "ol") and lists:
        lists.pop()
    if tag in _SPACED:
        out.gap()
