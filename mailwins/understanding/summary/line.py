"""One line of a sentence: at most 120 characters, cut where a clause ends."""

from __future__ import annotations

import re

from mailwins.parsers.labels import without_tags
from mailwins.parsers.opened import bare_subject
from mailwins.patterns import rare
from mailwins.understanding.summary import phrases

MAX_LENGTH = 120


def one_line(text: str) -> str:
    """One line of at most 120 characters, cut at a word, no "Fwd:", no tags at its end."""
    text = without_tags(" ".join(text.split()))
    text = bare_subject(text) or text
    if any(map(text.__contains__, phrases.OF_FAREWELLS)):
        text = phrases.FAREWELL.sub("", text) or text
    if text.rstrip(" .!")[-1:].isdecimal():
        text = phrases.VALUED.sub("", text) or text
    text = (
        phrases.TELLING_YOU.sub("", phrases.LEAD_IN.sub("", phrases.HEARD.sub("", phrases.HELLO.sub("", text)))) or text
    )
    text = phrases.LINK.sub("", text if len(text) <= MAX_LENGTH else phrases.EMOTICON.sub("", text))
    text = text[:1].upper() + text[1:] if text[:1].islower() else text
    text = text.strip(" \t-–—*_|>")
    text = (_BRACKETED_ADDRESS.sub("", text) if any(map(text.__contains__, _OF_ADDRESSES)) else text).strip()
    if text[:1] in "([" and not re.search(r"[)\]]", text):
        text = text[1:].lstrip()
    if (closer := _CLOSED_BY.get(text[:1])) and not any(mark in text[1:] for mark in closer):
        text = text[1:]
    if text.endswith(("”", "»", "」")) and text.count(text[-1]) > sum(map(text.count, "“„«「")):
        text = text[:-1]
    if text.endswith((".", "。")) and not text.endswith("..."):
        text = text[:-1]
    if len(text) > MAX_LENGTH:
        text = _without_asides(text)
    if len(text) <= MAX_LENGTH:
        return text
    return _clause(text) or _cut(text)


_CLOSED_BY = {"“": "”", "„": "“”", "«": "»", "「": "」", '"': '"'}
_BRACKETED_ADDRESS = re.compile(
    r"\s*[(<\[](?:mailto:|https?://|www\.)?[^\s()<>\[\]]*(?:@|://|www\.)[^\s()<>\[\]]*[)>\]]"
)
_OF_ADDRESSES = ("@", "://", "www.")
# What may be left out of a long line: an aside in brackets, and words before a colon that announce the news.
_ASIDE = rare(r"\s*\([^()]{3,80}\)")
_ANNOUNCED = rare(r"^[^:\d.!?]{3,60}:\s+(?=\S.{39})")
# Where a clause ends; what stands before is a sentence by itself.
_CLAUSE_END = rare(
    r"\s*(?:[;,:](?=\s)|[。、！？]|[.!?…](?=\s)|\s[–—-]+(?=\s))\s*|\s+(?=(?:and|but|so|because|while|which|after|since|und|aber|weil|denn|sodass|et|mais|car|parce|y|pero|porque|e|ma|perché|en|maar|want|omdat|och|men|eftersom|(?-i:i)|ale|bo|ponieważ|mas)\s)|\s+&\s+",
    re.I,
)
# No clause ends with these, and none that begins with these stands by itself.
_LEADS_ON = rare(
    r"(?<!\w)(?:and|or|but|so|that|because|if|when|und|oder|aber|dass|weil|wenn|et|ou|mais|que|y|o|pero|e|ma|che|en|of|maar|dat|och|eller|men|att|że|i|ale)$",
    re.I,
)
_HANGS_ON = rare(
    r"(?:because|while|which|after|since|that|weil|denn|sodass|dass|car|parce|que|porque|perché|che|want|omdat|dat|eftersom|att|bo|ponieważ|że)\s",
    re.I,
)
SHORTEST_CLAUSE = 45


def _without_asides(text: str) -> str:
    """The shorter line only where it still tells all the figures there were outside the brackets."""
    shorter = " ".join(_ASIDE.sub("", text).split())
    if len(shorter) > MAX_LENGTH and (announced := _ANNOUNCED.match(shorter)):
        shorter = shorter[announced.end() :]
        shorter = shorter[:1].upper() + shorter[1:]
    return shorter if len(shorter) >= SHORTEST_CLAUSE else text


def _clause(text: str) -> str | None:
    """The most of *text* that ends with a clause, or, where that loses the figures, the clause which tells them."""
    marks = [(m.start(), m.end()) for m in _CLAUSE_END.finditer(text)]
    ends = [
        start
        for start, _ in marks
        if SHORTEST_CLAUSE <= start <= MAX_LENGTH and _is_closed(text[:start]) and not _LEADS_ON.search(text[:start])
    ]
    first = text[: ends[-1]].rstrip(" ,;:–—-") if ends else None
    if not re.search(r"\d", text) or (first and re.search(r"\d", first)):
        return first
    for _, begin in marks:
        rest = text[begin:].strip()
        if (
            SHORTEST_CLAUSE <= len(rest) <= MAX_LENGTH
            and re.search(r"\d", rest)
            and _is_closed(rest)
            and not _HANGS_ON.match(rest)
        ):
            return rest[:1].upper() + rest[1:]
    return first


def _is_closed(text: str) -> bool:
    """Every bracket and quotation mark that opens in it is closed in it, and no number is cut in two."""
    pairs = (("(", ")"), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"))
    return (
        all(text.count(a) <= text.count(b) or a == "„" for a, b in pairs)
        and text.count('"') % 2 == 0
        and text.count("„") <= text.count("“") + text.count("”")
    )


def _cut(text: str) -> str:
    cut = text[: MAX_LENGTH - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > 40 else cut).rstrip(" ,;:-–") + "…"


def shorten(text: str, limit: int) -> str:
    """Cut at a sentence where one fits, else at a word, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    ends = [m.end() for m in re.finditer(r"[.!?。！？](?=\s|$)", cut)]
    if ends and ends[-1] >= limit * 0.5:
        return cut[: ends[-1]] + " …"
    at = cut.rfind(" ")
    return (cut[:at] if at > limit * 0.5 else cut).rstrip(" ,;:-–") + "…"
