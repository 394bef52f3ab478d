"""Numbers somebody stated: from what to what, of what, in which unit. Explicit text only; nothing is worked out."""

from __future__ import annotations

import re

from mailwins.model import Measure

_NUMBER = r"(?:[€$£¥]\s?)?\d[\d.,\u00a0\u202f' ]*\d(?:\s?[kKmM](?![\w]))?|(?:[€$£¥]\s?)?\d(?:\s?[kK](?!\w))?"
_UNIT = r"(?:\s?(?:%|percent|prozent|per cent|pour cent|por ciento|procent|per cento|€|eur|euro|euros|usd|dollars|k€|hours?|hrs?|h|minutes?|mins?|min|seconds?|days?|weeks?|months?|stunden|minuten|tage[n]?|wochen|heures?|jours?|semaines?|horas?|minutos?|días?|semanas?|uur|uren|dagen|weken|ore|giorni|settimane|dias|timmar|dagar|godzin|dni|時間|分|日|件|名))?"
_FROM_TO = re.compile(
    rf"(?:(?:from|von|vom|de|del|du|des|van|da|dal|från|z|ze)\s+|dall['’])(?P<before>{_NUMBER})(?P<unit1>{_UNIT})\s+(?:down |up |all the way )?(?:(?:to|auf|zu|à|a|naar|till|do|al|para|até)\s+|all['’])(?P<after>{_NUMBER})(?P<unit2>{_UNIT})",
    re.I,
)
_INSTEAD = re.compile(
    rf"(?P<after>{_NUMBER})(?P<unit2>{_UNIT})\s+(?:instead of|rather than|statt|anstatt|anstelle von|au lieu de|en lugar de|en vez de|in plaats van|invece di|em vez de|istället för|zamiast)\s+(?P<before>{_NUMBER})(?P<unit1>{_UNIT})",
    re.I,
)
_WAS = re.compile(
    rf"(?P<after>{_NUMBER})(?P<unit2>{_UNIT})\s*[,;(–-]+\s*(?:it\s+)?(?:was|were|used to be|war|waren|zuvor|vorher|vorher waren es|contre|était|antes|was eerst)\s+(?P<before>{_NUMBER})(?P<unit1>{_UNIT})",
    re.I,
)
# "88%, up from 61%"
_UP_FROM = re.compile(
    rf"(?P<after>{_NUMBER})(?P<unit2>{_UNIT})\s*[,;(–-]*\s*(?:up |down )?from\s+(?P<before>{_NUMBER})(?P<unit1>{_UNIT})(?!\s+(?:down |up )?to\b)",
    re.I,
)
_JA = re.compile(
    r"(?P<before>\d[\d.,]*)(?P<unit1>%|時間|分|日|件|名|人)から(?P<after>\d[\d.,]*)(?P<unit2>%|時間|分|日|件|名|人)"
)
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
    found: list[Measure] = []
    for pattern in (_FROM_TO, _INSTEAD, _WAS, _UP_FROM, _JA):
        for match in pattern.finditer((text or "")[:20_000]):
            before, after = _number(match["before"]), _number(match["after"])
            unit = _unit(match["unit2"] or match["unit1"] or "", match["after"])
            if not before or not after or before == after or _is_date_or_clock(text or "", match):
                continue
            if (
                (own := _unit(match["unit1"] or "", match["before"]))
                and match["unit2"]
                and not _is_same_unit(own, unit)
            ):
                # "from 4 hours to 90 minutes": each number keeps its own.
                before = f"{before} {own}"
            measure = Measure(_what(text or "", match.start()), before, after, unit)
            if all((m.before, m.after) != (before, after) for m in found):
                found.append(measure)
    return tuple(found[:MAX_MEASURES])


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
    ) or text[match.end() : match.end() + 3].startswith((":", "am", "pm", "h3", "h0"))


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


# "Value 7 I would say", "Wert: 8": in a remark about a customer's mail, at the beginning of a line.
_SPOKEN_VALUE = re.compile(
    r"^\s*(?:i(?:'d| would) (?:say|give it)(?: a)? )?(?:the )?(?:win )?(?:value|wert|valeur|valor|waarde|valore|värde|wartość)\s*(?:is|of|ist|von|=|:|-)?\s*(10|[1-9])(?:\s*/\s*10)?(?![\d.,]*\d|\s*[%€$kK])(?!\w)",
    re.I | re.M,
)


def spoken_value(note: str | None) -> int | None:
    """1 to 10 where the member's remark says so without a colon."""
    match = _SPOKEN_VALUE.search(note or "")
    return int(match[1]) if match else None


_EXPECTED = re.compile(
    r"(?:we|i|they|he|she)(?:'d| had)? (?:expected|had hoped|hoped|feared|thought it would|were expecting|was expecting|reckoned)\b([^.!?\n]{5,160})|(?:wir|ich) (?:hatten?|haben|habe) (?:mit )?([^.!?\n]{5,120}) (?:erwartet|gerechnet|befürchtet)|(?:nous|on|je) (?:nous attendions|s'attendait|m'attendais) (?:à )?([^.!?\n]{5,140})|(?:esperábamos|esperaba) ([^.!?\n]{5,140})",
    re.I,
)


def expectation(text: str | None) -> str | None:
    """What they had expected, where they say so in a sentence of its own."""
    match = _EXPECTED.search(text or "")
    if not match:
        return None
    sentence_start = max((text or "").rfind(c, 0, match.start()) for c in ".!?\n") + 1
    return " ".join((text or "")[sentence_start : match.end()].split()).strip() or None
