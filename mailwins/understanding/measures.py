"""Numbers somebody stated: from what to what, of what, in which unit. Explicit text only; nothing is worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import digits

from mailwins.model import Measure
from mailwins.patterns import rare
from mailwins.understanding.spotting import Spotter

_NUMBER = r"(?:[€$£¥]\s?)?\d[\d.,\u00a0\u202f' ]*\d(?:\s?[kKmM](?![\w]))?|(?:[€$£¥]\s?)?\d(?:\s?[kK](?!\w))?"
_UNITS = (
    r"%|percent|per cent|prozent|pour cent|por ciento|por cento|procent|per cento|%-?ig|"
    r"k€|€|eur|euros?|usd|dollars?|gbp|pounds?|£|chf|sek|pln|zł|kr|万円|円|"
    r"hours?|hrs?|h|minutes?|mins?|seconds?|days?|weeks?|months?|years?|"
    r"stunden?|minuten?|sekunden?|tage?n?|wochen?|monaten?|heures?|jours?|semaines?|mois|horas?|minutos?|segundos?|días?|semanas?|meses|"
    r"uur|uren|dagen?|weken|maanden|or[ae]|minut[io]|giorn[io]|settiman[ae]|mes[ei]|dias?|"
    r"timm(?:e|ar)|minuter|dag(?:ar)?|veckor|månader|godzin\w*|minut\w*|dni|dnia|tygodni\w*|miesięcy|"
    r"時間|分|日|件|名|人|週間|か月"
)
_UNIT = rf"(?:\s?(?:{_UNITS})(?![^\W\d_])|(?:時間|分|日|件|名|人|週間|か月|円))?"
_FROM_TO = re.compile(
    rf"(?:(?:from|von|vom|de|del|du|des|van|da|dal|från|z|ze)\s+|dall['’])(?:about |around |some |over |etwa |rund |fast |environ |près de |unos |unas |cerca de |ongeveer |circa |cerca di |około |ungefär )?(?P<before>{_NUMBER})(?P<unit1>{_UNIT})\s+(?:down |up |all the way )?(?:(?:to|auf|zu|à|a|naar|till|do|al|para|até)\s+|all['’])(?:about |around |under |just |only |unter |nur |etwa |moins de |environ |solo |menos de |ongeveer |circa |meno di |około |bara )?(?P<after>{_NUMBER})(?P<unit2>{_UNIT})",
    re.I,
)
_INSTEAD = rare(
    rf"(?P<after>{_NUMBER})(?P<unit2>{_UNIT})\s+(?:instead of|rather than|statt|anstatt|anstelle von|au lieu de|en lugar de|en vez de|in plaats van|invece di|em vez de|istället för|zamiast)\s+(?P<before>{_NUMBER})(?P<unit1>{_UNIT})",
    re.I,
)
_WAS = rare(
    rf"(?P<after>{_NUMBER})(?P<unit2>{_UNIT})\s*[,;(–-]+\s*(?:it\s+)?(?:was|were|used to be|war|waren|zuvor|vorher|vorher waren es|contre|était|antes|was eerst)\s+(?P<before>{_NUMBER})(?P<unit1>{_UNIT})",
    re.I,
)
# "88%, up from 61%"
_UP_FROM = re.compile(
    rf"(?P<after>{_NUMBER})(?P<unit2>{_UNIT})\s*[,;(–-]*\s*(?:up |down )?from\s+(?P<before>{_NUMBER})(?P<unit1>{_UNIT})(?!\s+(?:down |up )?to\b)",
    re.I,
)
_JA = rare(
    r"(?P<before>\d[\d.,]*)(?P<unit1>%|時間|分|日|件|名|人)から(?P<after>\d[\d.,]*)(?P<unit2>%|時間|分|日|件|名|人)"
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_TWO_FIGURES = re.compile(r"\d\D+\d")
_FROM = re.compile(r"(?=[fvdz])(?:(?:from|från|vo[nm]|van|d(?:e[ls]?|u|al?)|ze?)\s|dall['’])", re.I)
_A_NUMBER = re.compile(r"[\d€$£¥]")
# With how a match begins, and the words of which one has to be there, behind its beginning: looking for a number at every letter takes much longer
# than looking for these.
_PATTERNS = (
    (_FROM_TO, _FROM, ("",)),
    (
        _INSTEAD,
        _A_NUMBER,
        (
            "instead of",
            "rather than",
            "statt",
            "anstelle von",
            "au lieu de",
            "en lugar de",
            "en vez de",
            "in plaats van",
            "invece di",
            "em vez de",
            "istället för",
            "zamiast",
        ),
    ),
    (_WAS, _A_NUMBER, ("was", "were", "used to be", "war", "zuvor", "vorher", "contre", "était", "antes")),
    (_UP_FROM, _A_NUMBER, ("from",)),
    (_JA, _A_NUMBER, ("から",)),
)


def _found(
    pattern: re.Pattern[str], begins: re.Pattern[str], text: str, words: Sequence[str]
) -> Iterator[re.Match[str]]:
    """As ``finditer``, tried only where *begins* is found, and one of *words* behind it."""
    lower = text.lower()
    end, last = 0, max(map(lower.rfind, words))
    for start in begins.finditer(text):
        if start.start() >= last:
            break
        if start.start() >= end and (match := pattern.match(text, start.start())):
            end = match.end()
            yield match


MAX_MEASURES = 6

_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "their",
        "his",
        "her",
        "its",
        "my",
        "your",
        "this",
        "that",
        "these",
        "those",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "went",
        "dropped",
        "fell",
        "rose",
        "cut",
        "reduced",
        "increased",
        "decreased",
        "down",
        "up",
        "by",
        "and",
        "we",
        "they",
        "it",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "unsere",
        "ihre",
        "ist",
        "sind",
        "war",
        "wurde",
        "von",
        "auf",
        "le",
        "la",
        "les",
        "nos",
        "leur",
        "est",
        "el",
        "los",
        "las",
    ]
)


def find_measures(text: str | None) -> tuple[Measure, ...]:
    """Pairs of before and after, with the words that say of what."""
    if not text:
        return ()
    paragraphs = [p for p in _PARAGRAPH.split(text[:20_000]) if _has_digit(p) and _TWO_FIGURES.search(p)]
    if not paragraphs:
        return ()
    whole = "\n".join(paragraphs).lower()
    found: list[Measure] = []
    for pattern, begins, words in _PATTERNS:
        if not any(word in whole for word in words):
            continue
        for text, match in ((p, found) for p in paragraphs for found in _found(pattern, begins, p, words)):
            before, after = _number(match["before"]), _number(match["after"])
            unit = _unit(match["unit2"] or match["unit1"] or "", match["after"])
            if not before or not after or before == after or _is_date_or_clock(text, match):
                continue
            if (
                (own := _unit(match["unit1"] or "", match["before"]))
                and match["unit2"]
                and not _is_same_unit(own, unit)
            ):
                # "from 4 hours to 90 minutes": each number keeps its own.
                before = f"{before} {own}"
            measure = Measure(_what(text, match.start()), before, after, unit)
            if all((m.before, m.after) != (before, after) for m in found):
                found.append(measure)
    return tuple(found[:MAX_MEASURES])


def _has_digit(text: str) -> bool:
    """Of a long text it is told ten times as fast by asking for each of ten digits than by looking at each of its letters."""
    return not text.isascii() or any(map(text.__contains__, digits))


def _number(text: str) -> str:
    return " ".join(text.split()).strip(" .,'")


def _unit(text: str, number: str) -> str:
    unit = text.strip().lower()
    if unit in ("percent", "prozent", "per cent", "pour cent", "por ciento", "procent", "per cento"):
        unit = "%"
    return unit


def _is_same_unit(one: str, other: str) -> bool:
    """``hour`` and ``hours``, ``min`` and ``minutes``."""
    short = sorted((one.rstrip("sn").removesuffix("e"), other.rstrip("sn").removesuffix("e")), key=len)
    return short[1].startswith(short[0])


def _is_date_or_clock(text: str, match: re.Match[str]) -> bool:
    return bool(
        re.fullmatch(r"(?:19|20)\d\d", match["before"].strip())
        and re.fullmatch(r"(?:19|20)\d\d", match["after"].strip())
    ) or bool(re.match(r":|\s?[ap]m\b|h?\d", text[match.end() : match.end() + 3]))


def _what(text: str, at: int) -> str:
    """The words right before: what went from one to the other."""
    sentence = re.split(r"[.!?;:\n,(]", text[max(0, at - 120) : at])[-1]
    words = sentence.split()
    while words and words[-1].lower().strip("'’") in _STOP:
        words.pop()
    while words and words[0].lower() in _STOP:
        words.pop(0)
    return " ".join(words[-5:])


_STATED_VALUE = re.compile(r"(?<!\d)(10|[1-9])(?:\s*(?:/|of|out of|von|sur|de|van|su)\s*10)?(?!\d)")


def stated_value(text: str | None) -> int | None:
    """1 to 10 from a ``Value:`` line."""
    match = _STATED_VALUE.search(text or "")
    return int(match[1]) if match and not re.search(r"\d{2,}", (text or "").replace("10", "")) else None


# "Value 7 I would say", "Wert: 8", "…, kan value 8": at the beginning of a line, or behind a comma or a sentence at the end of one.
_SPOKEN_VALUE = re.compile(
    r"^\s*(?:i(?:'d| would) (?:say|give it)(?: a)? )?(?:the )?(?:win )?(?:value|wert|valeur|valor|waarde|valore|värde|wartość)\s*(?:is|of|ist|von|=|:|-)?\s*(10|[1-9])(?:\s*/\s*10)?(?![\d.,]*\d|\s*[%€$kK])(?!\w)",
    re.I | re.M,
)


_VALUE_BEHIND = re.compile(
    r"(?:[.!?,;)–-]\s+|^\s*)(?:kan |can be |could be )?(?:win )?(?:value|wert|valeur|valor|waarde|valore|värde|wartość)\s+(10|[1-9])(?:\s*/\s*10)?\s*[.!]?\s*$",
    re.I | re.M,
)


def spoken_value(note: str | None) -> int | None:
    """1 to 10 where the member's remark says so without a colon."""
    match = _SPOKEN_VALUE.search(note or "") or _VALUE_BEHIND.search(note or "")
    return int(match[1]) if match else None


def value_behind(note: str | None) -> int | None:
    """1 to 10 at the end of a line of a note: stricter than in a remark, for a note tells of values of many sorts."""
    match = _VALUE_BEHIND.search(note or "")
    return int(match[1]) if match else None


_EXPECTED = Spotter(
    r"\b(?:we|i|they|he|she)(?:'d| had)? (?:expected|had hoped|hoped|feared|thought it would|were expecting|was expecting|reckoned)\b|"
    r"\b(?:wir|ich|sie|er) (?:hatten?|haben|habe|hat)\b[^.!?\n]{3,120}\b(?:erwartet|gerechnet|befürchtet|erhofft)\b|\b(?:nous|on|je|ils|elles) (?:nous attendions|s'attendait|m'attendais|s'attendaient|craignions|espérions)\b|"
    r"\b(?:(?:nos )?esperábamos|(?:me )?esperaba|temíamos|esperaban)\b|\b(?:esperávamos|esperava|temíamos|contávamos com)\b|\b(?:ci aspettavamo|mi aspettavo|si aspettavano|temevamo)\b|"
    r"\b(?:we|ik|ze) (?:hadden?|had) [^.!?\n]{3,120}\b(?:verwacht|gevreesd|gerekend)\b|\b(?:vi|jag|de) (?:hade )?(?:räknade med|väntade oss|väntat oss|räknat med|befarade)\b|\b(?:spodziewali(?:śmy)? się|spodziewał[ae]?m się|liczyli(?:śmy)? na|obawiali(?:śmy)? się)|(?:と思っていました|と思っていたところ|を覚悟して|見込んでいました)",
)
_SENTENCE_END = rare(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
# "…, and it took two days": what came instead, after a comma or as the next sentence.
_TURNED_OUT = rare(
    r"\s*(?:[,;]|\s[–—-]+)\s*(?:and |but |yet |und |aber |doch |et |mais |y |pero |e |mas |porém |ed |ma |en |maar |och |men |i |a |ale )?"
    r"(?=(?:it|we|they|in the end|instead|what we|got|es|geworden|wir|sie|tatsächlich|am ende|ce|il|on|nous|c'|au final|fue|fueron|al final|tardó|foi|foram|no fim|demorou|sono|è|alla fine|ci|het|het werd|uiteindelijk|det|till slut|tog|było|wyszło|zajęło|w końcu|trwało)\b)",
    re.I,
)
_INSTEAD_CAME = rare(
    r"(?:it (?:took|was|came|turned)|we got|in the end|instead|what we got|it ended|geworden sind|es (?:wurden?|dauerte|waren|war)|am ende|tatsächlich|stattdessen|au final|ce fut|il a fallu|finalement|al final|fueron|tardó|no fim|foram|demorou|alla fine|ne sono|sono stat|ci sono volut|uiteindelijk|het (?:werd|werden|duurde)|till slut|det (?:tog|blev)|w końcu|ostatecznie|zajęło|実際|結果は|実際には)",
    re.I,
)


def expectation(text: str | None) -> tuple[str | None, str | None]:
    """(what they had expected, what came instead), where they say so; the second only together with the first."""
    if not text or not _EXPECTED.may_be_in(text):
        return None, None
    sentences = [s.strip() for s in _SENTENCE_END.split(text) if s and s.strip()]
    for at, sentence in enumerate(sentences):
        found = _EXPECTED.search(sentence)
        if not found:
            continue
        if turn := _TURNED_OUT.search(sentence, found.end()):
            return _flat(sentence[: turn.start()]), _flat(sentence[turn.end() :])
        after = sentences[at + 1] if at + 1 < len(sentences) else ""
        return _flat(sentence), _flat(after) if _INSTEAD_CAME.match(after) else None
    return None, None


def _flat(text: str) -> str | None:
    return " ".join(text.split())[:200].strip() or None
