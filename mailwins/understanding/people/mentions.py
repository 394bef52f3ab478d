"""Sentences that tell of a person at the customer, the plainest first. A new one is a function and a line in TELLING."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from mailwins.model import Account, Directory
from mailwins.parsers.dates import month_names
from mailwins.patterns import rare
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.people.names import (
    CAPITAL,
    FULL_NAME,
    NAME,
    OWNER,
    TITLED_NAME,
    is_name,
    means,
    without_company,
    without_courtesy,
    without_day,
)
from mailwins.understanding.people.roles import role_before_name, role_behind_name
from mailwins.understanding.people.words import speech, titles
from mailwins.understanding.sorts import SORTS
from mailwins.understanding.spotting import Spotter


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    account: Account | None
    directory: Directory

    def names(self, words: str, *, may_be_month: bool = False) -> bool:
        """Whether *words* can be a person's name beside the account's own."""
        return is_name(words, self.account, self.directory, may_be_month=may_be_month)

    def names_whoever(self, words: str) -> bool:
        """The same where a family name may be the company's too: "Herr Trautwein von der Bäckerei Trautwein"."""
        return is_name(words, None, self.directory)


Person = tuple[str, str | None]
"""(name, title), the title only where the sentence says it."""


# "…, dice Giulia Ferroni", "dzwoniła pani dyrektor Halina Mróz": the person stands behind the verb.
_SAID_BY = rare(
    rf"(?:^|[,;”\"“»’–-]\s*)(?i:{speech.SAYING_BEFORE}) {titles.COURTEOUS}(?P<name>{NAME})",
    re.M,
)
# "Mail from Fiona Baird", "9/10 from Ruth Adeyemi". A single word may be a company.
_SENT_BY = Spotter(
    rf"\b(?i:(?:10|\d)(?:{speech.OUT_OF})(?:10|5)|{speech.MESSAGE})\s+(?:{speech.FROM}) {titles.COURTEOUS}"
    rf"(?P<name>{FULL_NAME})",
    re.NOFLAG,
)
# "Giulia Ferroni: 9/10", "Len Pell: “never better”": who stands before a score or a quote.
_SPEAKER = rare(rf"^\W*(?P<name>{FULL_NAME})\s*[:–-]\s*(?=\d{{1,2}}\s?/\s?\d|[\"“„«])", re.M)


_BEFORE_A_THING = rare(rf"(?<!\w)(?i:{speech.BEFORE_A_THING}) $")


def _is_behind_article(text: str, at: int) -> bool:
    line = text.rfind("\n", 0, at) + 1
    return _BEFORE_A_THING.search(text[max(line, at - 60) : at]) is not None


def _said_or_sent(note: Note) -> Iterator[Person]:
    text = note.text
    for match in chain(_SAID_BY.finditer(text), _SENT_BY.found_in(text), _SPEAKER.finditer(text)):
        name = without_company(without_courtesy(match["name"]), note.account)
        is_company = any(fold_name(word) in SORTS for word in name.split())
        if not is_company and note.names(name):
            yield name, None


_AT = rare(
    rf"\b(?P<name>(?:Dr\.? |Prof\.? |Mr\.? |Mrs\.? |Ms\.? |Herr |Frau |M\. |Mme )?{NAME})"
    rf"(?:,? (?:the |their |our )?[^.,\n]{{0,30}}?)?,?\s+(?:{speech.AT})\s+(?:(?:{speech.ARTICLE})\s+)?"
    r"(?P<company>[A-ZÀ-Þ0-9][\w'’&.-]*)"
)
_BESIDE = rare(rf"\b(?P<name>{FULL_NAME}) \((?P<company>[A-ZÀ-Þ0-9][^()\n]{{1,60}})\)")
_FROM = re.compile(rf"^(?:{speech.FROM}) ", re.I)
_WITH = rare(rf"\b(?:{speech.WITH})\s+(?P<name>{NAME})")


def _at_company(note: Note) -> Iterator[Person]:
    """ "Ruth Adeyemi from Tidewell", "Ruth Adeyemi (Tidewell)"; in "Coffee with Ruth of Tidewell" it is Ruth."""
    for pattern in (_AT, _BESIDE):
        for match in _each(pattern, note.text):
            met = _WITH.search(note.text, match.end("name"), match.start("company"))
            name = without_day(without_courtesy(_FROM.sub("", (met or match)["name"])))
            if met is None and " " not in name and _is_thing_at(note.text, match):
                continue
            if note.names(name) and (note.account is None or means(match["company"], note.account)):
                yield name, None


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Also those that begin within one, behind its name: in "im März hat Ute Dettmering bei Tidewell …" March is nobody."""
    at = 0
    while match := pattern.search(text, at):
        yield match
        at = match.end("name")


def _is_thing_at(text: str, match: re.Match[str]) -> bool:
    """ "der Export ist bei Tidewell schnell"; whoever says "die Nadia von Tidewell" speaks of a person."""
    between = text[match.end("name") : match.start("company")].strip()
    return between not in ("von", "from", "of", "da", "do") and _is_behind_article(text, match.start("name"))


# "Cobbett & Pell / Len Pell" on a line of its own.
_SLASHED = rare(rf"^\s*(?P<company>[^\n/|]{{2,60}}?)\s*[/|]\s*(?P<name>{FULL_NAME})\s*$", re.M)


def _behind_company(note: Note) -> Iterator[Person]:
    for match in _SLASHED.finditer(note.text):
        if note.account and means(match["company"], note.account) and note.names_whoever(match["name"]):
            yield match["name"], None


# "Herr Dr. Pfleiderer"; "mr pask" by whoever types no capitals.
_ADDRESSED = Spotter(
    rf"(?<!\w)(?:{titles.ADDRESSED}) (?:(?:Dr|Prof)\b\.? )*(?P<name>{TITLED_NAME})"
    r"|(?<!\w)(?:mr|mrs) (?P<small>[a-zà-þ][\w'’-]{2,})",
    re.NOFLAG,
)


def _addressed(note: Note) -> Iterator[Person]:
    for match in _ADDRESSED.found_in(note.text):
        name = " ".join(w[:1].upper() + w[1:] for w in (match["name"] or match["small"]).split())
        if note.names_whoever(name):
            yield name, None


_WITH_TITLE = rare(rf"(?<!\w)(?P<title>{titles.SAID_WITH_NAME})\.? (?P<name>{TITLED_NAME})")


def _called_by_title(note: Note) -> Iterator[Person]:
    for match in _WITH_TITLE.finditer(note.text):
        if note.names_whoever(match["name"]):
            dot = "." if match["title"] in titles.CUT_SHORT else ""
            yield f"{match['title']}{dot} {match['name']}", None


# "田辺様より", "佐藤さんが": a family name of at most two parts, and what people are called.
_JAPANESE = rare(
    r"(?:^|[\s、。「・の:：])(?P<name>[\u4e00-\u9fff々]{1,4}(?:[ \u3000][\u4e00-\u9fff々]{1,3})?)"
    rf"(?:{titles.JAPANESE_ADDRESSED})(?={titles.JAPANESE_PARTICLES})",
    re.M,
)
_NO_JAPANESE_NAME = rare(titles.NO_JAPANESE_NAME)


def _japanese(note: Note) -> Iterator[Person]:
    company = (note.account.name, *note.account.aliases) if note.account else ()
    for match in _JAPANESE.finditer(note.text):
        name = match["name"].strip()
        if not _NO_JAPANESE_NAME.search(name) and not any(name in n for n in company):
            yield name, None


# "new COO (Philippa Drayton)", "their head of ops, Ruth Adeyemi,": a title, and the name beside it.
_TITLED = rare(
    rf"(?P<title>\b[^\W\d_][\w /&'’-]{{1,40}}?)\s*"
    rf"(?:\((?P<name>{NAME})\)|, (?P<name2>{FULL_NAME})(?=[,.!?;:]|\s+(?:and|who|und|et|y|en|e)\b|$))",
    re.M,
)


_NAME_BEHIND = rare(rf"(?:\(|, )[{CAPITAL}]")


def _beside_a_title(note: Note) -> Iterator[Person]:
    if not _NAME_BEHIND.search(note.text):
        return
    for match in _TITLED.finditer(note.text):
        role = role_before_name(match["title"])
        if role and note.names(name := without_courtesy(match["name"] or match["name2"])):
            yield name, role


# "Ruth Adeyemi, the new head of ops there, turned up".
_TITLED_BEHIND = rare(
    rf"\b(?P<name>{FULL_NAME}), (?P<title>(?:{titles.BEFORE_A_ROLE})\s[^,.;:!?()\n]{{3,60}})(?=,|\.\s|$)", re.M
)


def _before_a_title(note: Note) -> Iterator[Person]:
    for match in _TITLED_BEHIND.finditer(note.text):
        role = role_behind_name(match["title"])
        if role and note.names(name := without_day(without_courtesy(match["name"]))):
            yield name, role


# "Spoke with Ruth", "Hablé hoy con Jordi": the person stands behind the "with".
_TALK = Spotter(
    rf"\b(?i:{speech.TALK})\s+(?:\w+\s+){{0,3}}?(?:{speech.WITH}|to|today with)\s+(?P<name>{NAME})", re.NOFLAG
)
_MET = Spotter(rf"\b(?i:{speech.MET}) {titles.COURTEOUS}(?:(?:a|o|de|la|il) )?(?P<name>{NAME})", re.NOFLAG)


def _spoken_with(note: Note) -> Iterator[Person]:
    for pattern in (_TALK, _MET):
        for match in pattern.found_in(note.text):
            name = without_company(without_courtesy(match["name"]), note.account)
            if note.names(name):
                yield name, None


# "Ruth (our champion), who runs dispatch, just told me": between a name and its verb.
_ASIDE = r"(?: \([^)]{1,40}\))?,?"
_SAYS = rare(
    rf"\b(?P<name>{NAME}){_ASIDE}"
    r"(?: (?:the|their|our|who|from)[^.!?\n]{0,40},?| (?:in|of) [a-zà-þ]+(?: [a-zà-þ]+)?)? "
    rf"(?:(?:just|also|even|finally) )?(?:{speech.SAYING})(?!\w)"
)


def _says(note: Note) -> Iterator[Person]:
    for match in _SAYS.finditer(note.text):
        name = without_day(without_courtesy(match["name"]))
        if note.names(name, may_be_month=True):
            yield name, None


# "Nadia's team", "Nadias Team", "l'équipe de Nadia".
_OWNS = rare(
    rf"\b(?P<name>{OWNER})(?:['’]s?|s) (?:(?:whole|full|own|entire|exact) )?(?:{speech.OWNED})\b"
    rf"|\b(?:{speech.OWNED_BY}) (?:de |d['’]|di |da |do |van )(?P<name2>{NAME})"
)


def _owns(note: Note) -> Iterator[Person]:
    for match in _OWNS.finditer(note.text):
        name = without_courtesy(match["name"] or match["name2"])
        if note.names(name):
            yield name, None


_DOES = rare(
    rf"\b(?P<name>{NAME}){_ASIDE}(?: (?:the|their|our|who|from)[^.!?\n]{{0,40}},?)? "
    rf"(?:(?:\w+ly|also|still|even) )?(?:{speech.DOING})(?!\w)"
)
_NO_MONTH_DOES = rare(rf"\s*(?:{speech.NO_MONTH_DOES})\b")


def _does(note: Note) -> Iterator[Person]:
    for match in _DOES.finditer(note.text):
        name = without_day(without_courtesy(match["name"]))
        is_month_like = name.lower() in month_names()
        if is_month_like and not _NO_MONTH_DOES.match(note.text, match.end("name")):
            continue
        is_plain = (
            is_month_like
            or len(name.split()) > 1
            or not (_begins_sentence(note.text, match.start()) or _is_behind_article(note.text, match.start()))
        )
        if is_plain and note.names(name, may_be_month=True):
            yield name, None


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'“„«(*_-–—•")
    return not before or before[-1] in ".!?:\n…"


TELLING: tuple[Callable[[Note], Iterator[Person]], ...] = (
    _said_or_sent,
    _at_company,
    _behind_company,
    _addressed,
    _called_by_title,
    _japanese,
    _beside_a_title,
    _before_a_title,
    _spoken_with,
    _says,
    _owns,
    _does,
)
"""The order is knowledge: the first person found is the contact."""


def people_in(note: Note) -> Iterator[Person]:
    for finder in TELLING:
        yield from finder(note)
