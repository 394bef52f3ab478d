"""Words as the answer to the receipt's open question."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import EDGE, flatten, word_set
from mailwins.receipts.wishes.phrases.acts import has_verb
from mailwins.receipts.wishes.phrases.choices import choice_of, is_like_a_choice
from mailwins.receipts.wishes.phrases.values import is_account, is_day, is_name, kind_wish, value_wish, without_on
from mailwins.receipts.wishes.trimming import bare_line, clean, core_of
from mailwins.receipts.wishes.wish import MAX_PART, About, Wish
from mailwins.receipts.wishes.words.asking import UNKNOWING, YES
from mailwins.receipts.wishes.words.doubt import LATER, NOT
from mailwins.receipts.wishes.words.grammar import IS, LEADING_ARTICLE
from mailwins.receipts.wishes.words.people import ELSEWHERE, NOBODY, NOT_NAMES, TELLS_OF

# "It's …", "probably …": the answer stands behind it.
_LEADS_TO_IT = re.compile(rf"^(?:{IS}) |^(?:mostly|mainly|rather|probably|definitely|clearly|must be) ")

_DIGIT = re.compile(r"\d")

# Asked for a name, these may be part of one.
_NOT_NAMES = NOT_NAMES - word_set("the of in and la le el a new best public big all on i de")

# In words.
_MOST = {"account": 5, "contact": 4, "csm": 4}

_MOST_WITH_ROLE = 10


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
        return _yes(about)
    inner = _LEADS_TO_IT.match(low)
    value = _value(about, (text[inner.end() :] if inner else text).strip(EDGE), text)
    return None if value is None else Wish("answer", about.asked, value)


def _yes(about: About) -> Wish | None:
    """Of two choices it says nothing."""
    if len(about.options) > 1:
        return None
    return Wish("answer", about.asked, about.options[0] if about.options else "yes")


def _value(about: About, told: str, text: str) -> str | None:
    """*told* is what of *text* can be the value."""
    match about.asked:
        case "account" | "contact" | "csm":
            return _name(about, told)
        case "category":
            wish = kind_wish(about, told)
            return wish.value if wish else None
        case "date" | "win_date":
            return without_on(told) if is_day(told) else None
        case "value":
            wish = value_wish(about, flatten(told))
            return wish.value if wish else None
        case "summary":
            return text if is_like_a_choice(about, text) else None
        case "measure" | "measures":
            return text if _DIGIT.search(text) else None
    return None


def _name(about: About, told: str) -> str | None:
    """Of a company or a person, with what stands behind it: "Delia Thwaite, who runs the warehouse"."""
    denied = NOT.search(flatten(told))
    name = told[: denied.start()] if denied else told
    if about.asked == "contact" and (named := _behind_a_role(name)) is not None:
        name = named
    first = name.split(",")[0]
    words = flatten(first).split()
    if not words or words[0] in ELSEWHERE or (about.asked != "account" and _is_nobody(first)):
        return None
    if about.options:
        if (choice := choice_of(about, flatten(first).strip(EDGE))) is not None:
            return choice
        if about.asked == "account" and not (is_name(first, lower_too=False) or is_account(about, flatten(first))):
            return None
    is_one = len(words) <= _MOST[about.asked or ""] and not _NOT_NAMES & set(words)
    return name.strip(EDGE) if is_one and len(name.split()) <= _MOST_WITH_ROLE and not has_verb(flatten(told)) else None


def _is_nobody(first: str) -> bool:
    """ "Lutz would know", "someone from the warehouse"."""
    low = flatten(first)
    if first[:1].isupper() and not LEADING_ARTICLE.match(first) and TELLS_OF.search(low):
        return True
    return bool(set(low.split()) & NOBODY) and not any(w[0].isupper() for w in first.split()[1:])


def _behind_a_role(text: str) -> str | None:
    """Of "the breakfast manager, a Mrs Henkel" the part that is a name; None where *text* may stay as it is."""
    parts = [p.strip() for p in text.split(",")]
    if not LEADING_ARTICLE.match(parts[0]) or any(w[0].isupper() for w in LEADING_ARTICLE.sub("", parts[0]).split()):
        return None
    return next(
        (bare for p in parts[1:] if (bare := LEADING_ARTICLE.sub("", p)) and is_name(bare, lower_too=False)), None
    )
