"""Words as the answer to the receipt's open question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.phrases.acts import has_verb
from mailwins.receipts.wishes.phrases.values import is_account, is_day, is_name, kind_wish, value_wish, without_on
from mailwins.receipts.wishes.trimming import bare_line, clean, core_of
from mailwins.receipts.wishes.wish import MAX_PART, About, Wish
from mailwins.receipts.wishes.words.asking import FILLERS, UNKNOWING, YES
from mailwins.receipts.wishes.words.doubt import LATER, NOT
from mailwins.receipts.wishes.words.fields import SLIP
from mailwins.receipts.wishes.words.grammar import IS, LEADING_ARTICLE, THE
from mailwins.receipts.wishes.words.people import ELSEWHERE, NOBODY, NOT_NAMES, TELLS_OF
from mailwins.receipts.wishes.words.references import ONE, ORDINAL, ORDINALS
from mailwins.receipts.wishes.words.values import NUMBERS


def answer_to(about: About, sentence: str) -> Wish | None:
    """The sentence as an answer to what was asked, or None."""
    assert about.asked is not None
    if len(sentence) > MAX_PART:
        return None
    start, end = core_of(bare_line(sentence))
    text = bare_line(sentence)[start:end]
    low = flatten(text)
    if not text:
        return None
    if UNKNOWING.fullmatch(clean(low)):
        return Wish("answer", about.asked)
    if LATER.search(low):
        return None
    if about.options and (choice := choice_of(about, low)) is not None:
        return Wish("answer", about.asked, choice)
    if YES.fullmatch(clean(low)):
        return (
            Wish("answer", about.asked, about.options[0] if len(about.options) == 1 else "yes")
            if len(about.options) < 2
            else None
        )
    inner = re.match(rf"^(?:{IS}) |^(?:mostly|mainly|rather|probably|definitely|clearly|must be) ", low)
    told = (text[inner.end() :] if inner else text).strip(EDGE)
    told_low = flatten(told)
    if about.asked in ("account", "contact", "csm"):
        match = NOT.search(told_low)
        name = told[: match.start()] if match else told
        if about.asked == "contact" and (named := _named(name)) is not None:
            name = named
        first = name.split(",")[0]
        if flatten(first).split()[:1] and flatten(first).split()[0] in ELSEWHERE:
            return None
        if (
            about.asked != "account"
            and first[:1].isupper()
            and not LEADING_ARTICLE.match(first)
            and TELLS_OF.search(flatten(first))
        ):
            # "Lutz would know"
            return None
        if (
            about.asked != "account"
            and set(flatten(first).split()) & NOBODY
            and not any(w[0].isupper() for w in first.split()[1:])
        ):
            return None
        limit = 5 if about.asked == "account" else 4
        if about.options and (choice := choice_of(about, flatten(first).strip(EDGE))) is not None:
            return Wish("answer", about.asked, choice)
        if (
            about.options
            and about.asked == "account"
            and not (is_name(first, lower_too=False) or is_account(about, flatten(first)))
        ):
            return None
        ok = (
            len(first.split()) <= limit
            and flatten(first).split()[:1]
            and not set(flatten(first).split())
            & (
                NOT_NAMES
                - {
                    "the",
                    "of",
                    "in",
                    "and",
                    "la",
                    "le",
                    "el",
                    "a",
                    "new",
                    "best",
                    "public",
                    "big",
                    "all",
                    "on",
                    "i",
                    "de",
                }
            )
        )
        return (
            Wish("answer", about.asked, name.strip(EDGE))
            if ok and len(name.split()) <= 10 and not has_verb(told_low)
            else None
        )
    if about.asked == "category":
        wish = kind_wish(about, told)
        return Wish("answer", "category", wish.value) if wish else None
    if about.asked in ("date", "win_date"):
        return Wish("answer", about.asked, without_on(told)) if is_day(told) else None
    if about.asked == "value":
        wish = value_wish(about, told_low)
        return Wish("answer", "value", wish.value) if wish else None
    if about.asked in ("measure", "measures"):
        return Wish("answer", about.asked, text) if re.search(r"\d", text) else None
    return None


def _named(text: str) -> str | None:
    """Of "the breakfast manager, a Mrs Henkel" the part that is a name; None where *text* may stay as it is."""
    parts = [p.strip() for p in text.split(",")]
    if not LEADING_ARTICLE.match(parts[0]) or any(w[0].isupper() for w in LEADING_ARTICLE.sub("", parts[0]).split()):
        return None
    return next(
        (bare for p in parts[1:] if (bare := LEADING_ARTICLE.sub("", p)) and is_name(bare, lower_too=False)), None
    )


def choice_of(about: About, low: str) -> str | None:
    """By number, letter, place, name, or a word that only one of the choices has."""
    low = clean(low)
    inner = re.match(rf"^(?:{IS}) ", low)
    low = low[inner.end() :] if inner else low
    if (other := re.match(r"^(?:not|nicht|pas|non|no|niet) (?P<rest>.+)$", low)) and len(about.options) == 2:
        wrong = choice_of(about, other["rest"])
        return next((o for o in about.options if o != wrong), None) if wrong else None
    if re.match(r"(?:not|nicht|kein\w*|pas|non|no|niet|geen|nao|inte|nie) \S", low):
        return None
    low = re.sub(
        r"^(?:rather|more like|then|probably|clearly|definitely|eher|plutot|mas bien|eerder|i think|i'd say|say) ",
        "",
        low,
    )
    low = re.sub(
        (
            r"\b(?:optie|opcion|opzione|opcao|opcja|opcje|alternativ|alternative|variante|auswahl|keuze"
            r"|choix|antwort|numero|nummer|numer|punkt) ?(?=\S)"
            rf"|^(?:el|la|den|det|den dar|a|o|il|lo) (?={ORDINAL}|\d)"
            r"| (?:optie|opcion|opzione|opcao|opcja|alternativet|alternative|antwort|keuze|choix)$"
        ),
        "",
        low,
    ).strip()
    low = re.sub(rf"^{THE}|^(?:number|option|choice|nr\.?|no\.?) ?#?|^#|^\(|{ONE}$|\)$|[.)]$", "", low).strip()
    low = re.sub(r"^(?:number|option|choice|nr\.?|no\.?) ?#?", "", low).strip(" ().")
    count = len(about.options)
    if low.isdigit():
        return about.options[int(low) - 1] if 1 <= int(low) <= count else None
    if low in NUMBERS and NUMBERS[low] <= count:
        return about.options[NUMBERS[low] - 1]
    for number, words in ORDINALS.items():
        if re.fullmatch(words, low):
            return about.options[number - 1 if number > 0 else -1] if number <= count else None
    if len(low) == 1 and "a" <= low < chr(ord("a") + count):
        return about.options[ord(low) - ord("a")]
    folded = [flatten(o) for o in about.options]
    if low in folded:
        return about.options[folded.index(low)]
    typed = set(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", low))
    typed = {
        next(
            (
                w
                for o in folded
                for w in o.split()
                if len(t) > 3 and w != t and w.startswith(t) and len(w) - len(t) <= 2
            ),
            t,
        )
        for t in typed
    }
    stems = {w for w in typed if len(_stem(w)) >= 3}
    typed = {
        next((o for option in folded for o in option.split() if o != w and w in stems and _stem(o) == _stem(w)), w)
        for w in typed
    }
    telling = [i for i, o in enumerate(folded) if any(tells(w, i, folded) for w in typed & set(o.split()))]
    if len(telling) == 1 and typed <= set(folded[telling[0]].split()) | FILLERS:
        return about.options[telling[0]]
    ranked = sorted(((fuzz.ratio(low, o), i) for i, o in enumerate(folded)), reverse=True)
    if ranked and ranked[0][0] >= 80 and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 8):
        return about.options[ranked[0][1]]
    return None


def _stem(word: str) -> str:
    """ "Brewery" and "brewing", "bakers" and "bakery"."""
    return re.sub(r"(?:eries|ery|ings?|ers?|ies|es|s|y|erei|erie|eria|en)$", "", word) if len(word) > 5 else word


def tells(word: str, place: int, options: Sequence[str]) -> bool:
    """Whether no other choice has the word, or one spelt much like it."""
    return all(
        fuzz.ratio(word, other) < SLIP for at, option in enumerate(options) if at != place for other in option.split()
    )
