"""What every mail we send must keep: small, self-contained, readable in both schemes, and with a text that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

CLIPPED_BYTES = 102 * 1024  # Gmail hides the rest
AIM_BYTES = 40 * 1024
MIN_CONTRAST = 4.5
# What a reader must not miss in the text: headlines, and the words of customers.
TELLING, TELLING_CLASSES = {"h1", "h2", "h3", "blockquote"}, {"words", "line", "lead"}
VOID = {"meta", "img", "br", "hr", "input", "link", "col"}
_REMOTE = re.compile(
    r"""(?:src|background|srcset|poster)\s*=\s*["']?\s*(?!cid:)[^"'\s>]|url\(|@import|<link\b|<iframe|<object|<form|<script""",
    re.I,
)


@dataclass
class Node:
    tag: str
    classes: frozenset[str]
    style: dict[str, str]
    colour: str = "#000000"
    ground: str = "#ffffff"
    is_hidden: bool = False


@dataclass(frozen=True)
class Rule:
    """A selector of plain names and classes, ``td.button a``: the last part is the element, the others stand above it."""

    parts: tuple[tuple[str, frozenset[str]], ...]
    style: dict[str, str]

    @property
    def rank(self) -> tuple[int, int]:
        return sum(len(classes) for _, classes in self.parts), sum(bool(tag) for tag, _ in self.parts)

    def fits(self, node: Node, parents: list[Node]) -> bool:
        *above, last = self.parts
        return _is(node, last) and all(any(_is(p, part) for p in parents) for part in above)


def _is(node: Node, part: tuple[str, frozenset[str]]) -> bool:
    tag, classes = part
    return tag in ("", node.tag) and classes <= node.classes


def declarations(text: str) -> dict[str, str]:
    pairs = (d.partition(":") for d in text.split(";") if ":" in d)
    return {k.strip().lower(): v.replace("!important", "").strip() for k, _, v in pairs}


def dark_rules(page: str) -> list[Rule]:
    """Those of the dark scheme, in the order in which they win."""
    style = "".join(re.findall(r"<style>(.*?)</style>", re.sub(r"<!--.*?-->", "", page, flags=re.S), re.S))
    inside = style.split("prefers-color-scheme:dark){", 1)[1].rsplit("}", 1)[0]
    rules = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", inside):
        for selector in selectors.split(","):
            parts = tuple((tag, frozenset(classes)) for tag, *classes in (p.split(".") for p in selector.split()))
            rules.append(Rule(parts, declarations(body)))
    return sorted(rules, key=lambda r: r.rank)


@dataclass
class Look(HTMLParser):
    """Each visible text with the colours it has; *rules* beat the inline styles, as !important does."""

    rules: list[Rule]
    found: list[tuple[str, str, str]] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    stack: list[Node] = field(default_factory=lambda: [Node("html", frozenset(), {})])

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        parent = self.stack[-1]
        node = Node(
            tag,
            frozenset((given.get("class") or "").split()),
            declarations(given.get("style") or ""),
            parent.colour,
            parent.ground,
            parent.is_hidden,
        )
        node.ground = given.get("bgcolor") or node.ground
        for style in (node.style, *(r.style for r in self.rules if r.fits(node, self.stack))):
            node.colour = style.get("color", node.colour)
            node.ground = style.get("background-color", node.ground)
        node.is_hidden = (
            node.is_hidden
            or tag in ("style", "title", "head", "xml", "noscript")
            or node.style.get("display") == "none"
        )
        self.tags.add(tag)
        if tag == "img":
            self.images.append(given)
        if tag not in VOID:
            self.stack.append(node)

    def handle_endtag(self, tag: str) -> None:
        while len(self.stack) > 1 and self.stack.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        node = self.stack[-1]
        if data.strip() and not node.is_hidden:
            self.found.append((data.strip(), node.colour, node.ground))
            if any(n.tag in TELLING or n.classes & TELLING_CLASSES for n in self.stack):
                self.told.append(data.strip())


def looked_at(page: str, rules: list[Rule] | None = None) -> Look:
    look = Look(rules or [])
    look.feed(re.sub(r"<!--.*?-->", "", page, flags=re.S))
    return look


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def visible(page: str) -> str:
    return " ".join(text for text, _, _ in looked_at(page).found)


def mistakes(page: str, text: str) -> Iterator[str]:
    """Everything that is wrong with the two bodies of a mail, one line each."""
    size = len(page.encode())
    if size > CLIPPED_BYTES:
        yield f"{size} bytes of HTML are clipped by Gmail"
    if found := _REMOTE.search(re.sub(r"<!--.*?-->", "", page, flags=re.S)):
        yield f"fetches something: {found[0]}"
    for scheme, rules in (("light", []), ("dark", dark_rules(page))):
        look = looked_at(page, rules)
        for words, colour, ground in look.found:
            if contrast(colour, ground) < MIN_CONTRAST:
                yield f"{scheme}: {colour} on {ground} is {contrast(colour, ground):.1f}: {words[:40]}"
        yield from (
            f"picture without alt: {image.get('src')}" for image in look.images if not (image.get("alt") or "").strip()
        )
    for name in ("None", "nan", "{{", "{%", "Undefined"):
        if re.search(rf"(?<![\w“]){re.escape(name)}(?!\w)", text):
            yield f"a placeholder came through: {name}"
    flat = "".join(re.findall(r"\w", text)).casefold()
    for words in looked_at(page).told:
        if (letters := "".join(re.findall(r"\w", words)).casefold()) not in flat:
            yield f"the text does not say: {words[:70]} ({letters[:20]}…)"
    numbers, twin = (
        set(re.findall(r"\d+", visible(page))),
        set(re.findall(r"\d+", re.sub(r"(?:https?://|mailto:)\S+", "", text))),
    )
    if numbers - twin:
        yield f"numbers that the text does not have: {sorted(numbers - twin)[:8]}"
    if twin - numbers:
        yield f"numbers that only the text has: {sorted(twin - numbers)[:8]}"
    if any(len(line) > 78 and " " in line.strip("* ") for line in text.split("\n")):
        yield "a text line is longer than 78 columns"
