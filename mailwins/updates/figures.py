"""Their numbers, as large figures: from what to what, or how much was saved; only what the words say, with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailwins.model import ShareableWin
from mailwins.patterns import rare


@dataclass(frozen=True, slots=True)
class Number:
    """*after* with its unit, ready to print ("6 days", "under 2%"); *before* likewise, None for a single figure. *what* it counts.

    *is_saving*: *what* is a saved amount ("in demurrage", or empty), not a thing that is counted.
    """

    after: str
    before: str | None
    what: str
    is_saving: bool = False


_NUMBER = r"(?:[€$£]\s?)?\d(?:[\d.,\u00a0\u202f' ]*\d)?(?:\s?[kKmM](?!\w))?(?:\s?(?:€|%))?"
_UNIT = r"(?:\s?(?:percent|prozent|per cent|pour cent|por ciento|procent|euros?|eur|dollars|hours?|hrs?|h|minutes?|mins?|seconds?|days?|weeks?|months?|stunden?|minuten?|tagen?|tage?|wochen?|monaten?|heures?|jours?|semaines?|mois|horas?|minutos?|días?|semanas?|meses|uur|uren|dagen|weken|maanden)\b)?"
_ABOUT = r"(?:about|around|roughly|nearly|almost|over|under|below|just under|just over|less than|more than|only|etwa|rund|fast|knapp|über|unter|weniger als|mehr als|nur|gut|environ|près de|presque|plus de|moins de|à peine|unos|unas|casi|más de|menos de|solo|apenas|ongeveer|zo'n|bijna|ruim|meer dan|minder dan|onder)"
_AMOUNT = rf"(?:(?P<about>{_ABOUT})\s+)?(?P<number>{_NUMBER}{_UNIT})"

# "from a 14% error to under 2%": the thing stands between the numbers.
_THING_BETWEEN = rare(
    rf"\b(?:from|von|de|van)\s+(?:(?:an?|einer?|einem|une?|una?|een)\s+)?(?P<before>{_NUMBER}{_UNIT})\s+(?P<what>(?!(?:to|auf|à|a|naar)\b)[^\W\d_]+(?:[ -][^\W\d_]+)?)\s+(?:rate\s+)?(?:down\s+|up\s+)?(?:to|auf|à|a|naar)\s+{_AMOUNT}",
    re.I,
)
# "billing questions fell from 24 in August to 6 in October"
_WITH_MONTHS = rare(
    rf"(?P<what>(?:[^\W\d_][\w'’-]*\s+){{1,4}})(?:fell|dropped|went|rose|grew|are down|is down|sanken|stiegen|sind|tombés?|passés?|bajaron|pasaron|subieron|daalden|gingen|stegen)\s+(?:from|von|de|van)\s+(?P<before>{_NUMBER}{_UNIT})\s+(?:in|im|en|au)\s+[^\W\d_]+\s+(?:down\s+|up\s+)?(?:to|auf|à|a|naar)\s+{_AMOUNT}",
    re.I,
)
_TAIL = r"(?P<what>(?:\s+(?:in|on|of|per|a|an|each|every|pro|je|im|in der|par|en|de|d'|al|a la|por|cada|aan|elke|op)\s+[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*)?)?)"
_SAVED = (
    rare(
        rf"\b(?:saved?|saves|saving)\s+(?:(?:us|me|them|him|her|our \w+|the team)\s+)?(?:the \w+\s+)?{_AMOUNT}{_TAIL}",
        re.I,
    ),
    rare(
        rf"\b(?:sparen|spart|sparten|gespart haben|einsparen)\s+(?:(?:uns|wir|mir|damit|so)\s+)*{_AMOUNT}{_TAIL}", re.I
    ),
    rare(rf"{_AMOUNT}{_TAIL}\s+(?:ein)?gespart\b", re.I),
    rare(rf"\b(?:économis\w+|gagn(?:é|ons|ent|e)|fait gagner)\s+(?:déjà\s+)?{_AMOUNT}{_TAIL}", re.I),
    rare(rf"\b(?:ahorr\w+)\s+(?:ya\s+)?{_AMOUNT}{_TAIL}", re.I),
    rare(rf"\b(?:bespaar\w*|bespar\w*|scheelt)\s+(?:(?:ons|me|we|al)\s+)*{_AMOUNT}{_TAIL}", re.I),
    rare(rf"{_AMOUNT}{_TAIL}\s+bespaard\b", re.I),
)
# "11 % de rebuts en moins", "30% fewer calls", "30 % weniger Anrufe"
_CHANGED = (
    rare(
        r"(?P<number>\d[\d.,]*\s?%)\s+(?P<what>(?:fewer|less|more|faster|weniger|mehr|schneller|menos|más|minder|meer|sneller)(?:\s+(?!than\b|als\b|que\b|dan\b)[^\W\d_][\w'’-]*){0,2})",
        re.I,
    ),
    rare(
        r"(?P<number>\d[\d.,]*\s?%)\s+(?P<what>(?:de|d'|d’)\s?[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*)?\s+(?:en|de) (?:moins|plus))\b",
        re.I,
    ),
)


def numbers_of(win: ShareableWin) -> tuple[Number, ...]:
    """Those with an earlier value first. A number whose meaning is not plain is left out: no figure is better than a riddle."""
    text = " ".join(win.words.split())
    found = [
        Number(_as_written(_with_unit(m.after, m.unit), text), _as_written(_with_unit(m.before, m.unit), text), what)
        for m in win.measures
        if m.before and (what := thing(m.what))
    ]
    found += _between(text)
    found += _singles(text)
    # The same number found in two ways: the first way says most.
    return tuple({_digits(n): n for n in reversed(found)}.values())[::-1]


def _digits(number: Number) -> str:
    return re.sub(r"[^\d.,]", "", number.after)


def _as_written(number: str, text: str) -> str:
    """A German noun keeps its capital, also where the text has the unit once for both numbers."""
    if len(text) != len(text.casefold()):
        return number
    value, _, unit = number.partition(" ")
    for wanted, before in ((number, ""), (unit, f"{value} ")):
        at = text.casefold().find(wanted.casefold()) if wanted else -1
        if at >= 0:
            return before + text[at : at + len(wanted)]
    return number


def _between(text: str) -> Iterator[Number]:
    for pattern in (_THING_BETWEEN, _WITH_MONTHS):
        for match in pattern.finditer(text):
            if (what := thing(match["what"])) and not re.fullmatch(_UNIT, f" {what}", re.I):
                yield Number(_amount(match), " ".join(match["before"].split()), what)


def _singles(text: str) -> Iterator[Number]:
    for pattern in _SAVED:
        for match in pattern.finditer(text):
            if _has_unit(match["number"]):
                yield Number(_amount(match), None, " ".join((match["what"] or "").split()), is_saving=True)
    for pattern in _CHANGED:
        for match in pattern.finditer(text):
            yield Number(" ".join(match["number"].split()), None, " ".join(match["what"].split()))


def _amount(match: re.Match[str]) -> str:
    about, number = match["about"] or "", " ".join(match["number"].split())
    return f"{about.casefold()} {number}".strip()


def _has_unit(number: str) -> bool:
    """``saved us 3`` says nothing; ``saved us 3 hours`` and ``saved $27k`` do."""
    return bool(re.search(r"[€$£%]|[^\W\d_]", number))


def _with_unit(number: str | None, unit: str) -> str:
    number = number or ""
    if not unit or unit in number or re.search(r"[^\W\d_]{3,}", number):
        return number
    return f"{unit}{number}" if unit in ("$", "£", "¥") else f"{number}{unit}" if unit == "%" else f"{number} {unit}"


# ---------------------------------------------------------------- what a number counts

_ARTICLE = """
the a an our their his her its my your this that these those all
der die das den dem ein eine einen unser unsere unseren ihre ihr mein meine
le la les l un une des nos notre leur leurs
el los las una nuestro nuestra nuestros nuestras su sus
de het een onze ons hun mijn
il lo gli i nostro nostra nostri nostre suo sua loro
"""
# After one of these the thing begins; none may stand in it.
_VERB = """
we i they it you who which that used have has had cut cuts reduced reduce brought bring took take takes taken needed need needs is are was were be been
went goes go dropped drop fell fall rose rise grew grow came climbed stands stand says say said because when if and so but now only just got gets get down up by saw see
wir ich sie es ist sind war waren hat haben hatte wurde wurden braucht brauchen lag lagen liegt liegen betrug betrugen dauert dauern dauerte sank sanken stieg stiegen fiel fielen weil wenn und aber jetzt nur noch sich heute verkürzt gesenkt gesunken gestiegen
nous on je il elle ils elles est sont était étaient a ont avait avons prend prenait passe passé passée passés baissé réduit réduits augmenté diminué tombé tombée monté montée ne plus que seulement maintenant et mais parce quand
hemos han ha fue fueron es son era eran fue tarda tardaba tardan bajó bajaron pasó pasaron pasamos pasado reducido bajado subido ahora solo y pero porque cuando
wij ik zij is zijn waren heeft hebben had duurt duurde duren ging gingen daalde daalden steeg stegen nu nog slechts en maar omdat
è sono era erano ha hanno abbiamo sceso scesa scesi scese salito salita saliti salite passato passata passati passate richiede richiedono dura durano ora solo e ma perché quando
"""
_PREPOSITION = """
of in on at for with to from over about as than
von im am an auf für mit zu bei über als
du des au aux dans sur pour avec par
del en con por para
van op voor met bij te
di da dal al per con su
"""
_FOR = "for für pour para voor per"
_UNSPACED = rare(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
MOST_LABEL_WORDS = 5
LONGEST_WORD = 40


def thing(what: str) -> str | None:
    """The noun in the words before a number ("average repair time"); None where it is not plain what they count."""
    words = [w.strip(" ,;:") for w in what.split()]
    articles, verbs, prepositions = (frozenset(x.split()) for x in (_ARTICLE, _VERB, _PREPOSITION))
    while words and words[-1].casefold() in verbs | articles | prepositions:
        words.pop()
    for place in range(len(words) - 1, -1, -1):
        if words[place].casefold() in verbs - articles:
            words = words[place + 1 :]
            break
    if words and words[0].casefold() in _FOR.split():
        # "we need 2 hours for the stock count now"
        words.pop(0)
    while words and words[0].casefold() in articles:
        words.pop(0)
    if any(len(w) > LONGEST_WORD or _UNSPACED.search(w) for w in words):
        # A whole clause of a language that is written without spaces.
        return None
    if not words or len(words) > MOST_LABEL_WORDS or words[0].casefold() in prepositions or not words[0][:1].isalpha():
        return None
    return " ".join(words) if any(len(w) > 2 for w in words) else None
