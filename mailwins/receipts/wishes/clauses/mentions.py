"""What a sentence mentions: fields, numbers, days, kinds, accounts, people, and the words that hold them together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from mailwins.receipts.wishes.days import day_spans
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import About
from mailwins.receipts.wishes.words.days import MONTHS, WEEKDAYS
from mailwins.receipts.wishes.words.lexicon import ANY, GERMAN, WORD, Meaning, longest, phrases, words_of
from mailwins.receipts.wishes.words.people import PARTICLES, TITLES, is_role
from mailwins.understanding.sorts import is_only_a_sort

_MARK = re.compile(r"[,;:()!?.…–—]|(?<=\s)-{1,2}(?=\s)|->|→|=")

# Where the accent makes another word of it.
_ACCENTED: dict[str, tuple[Meaning, ...]] = {
    "è": (("is", ""),),
    "é": (("is", ""),),
    "e": (("small", ""),),
    "sí": (("small", ""),),
    "sì": (("small", ""),),
    "à": (("small", ""),),
}

# "C'est Maëlle": what is cut off before the apostrophe is no part of the name, in "D'Angelo" it is.
_NAME_WORD = re.compile(r"(?:[cdjlmnstCDJLMNST]|[Qq]u)['’](?=[a-zà-ÿ])|[^\W\d_]+\.?(?:['’-][^\W\d_]+)*")

MOST_OWNERS = 3
_QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class Item:
    """*text* as it was typed, *means* what it may stand for; a plain word means nothing. *is_weak*: a person by its capital alone."""

    text: str
    start: int
    end: int
    means: tuple[Meaning, ...] = ()
    is_weak: bool = False

    def has(self, what: str) -> bool:
        return any(w == what for w, _ in self.means)

    def which(self, what: str) -> str | None:
        return next((x for w, x in self.means if w == what), None)

    @property
    def is_word(self) -> bool:
        """Says something we do not know."""
        return not self.means


def mentions(about: About, text: str, language: int | None) -> list[Item]:
    """The items of *text* in their order, marks included."""
    low = flatten(text)
    taken = [*_accounts(about, text, low), *day_spans(text, low, language)]
    found = [Item(text[a:b], a, b, ((what, value),)) for a, b, what, value in taken]
    found += _names(text, low, language, found)
    covered = [(i.start, i.end) for i in found]
    words = [m for m in WORD.finditer(low) if not any(a <= m.start() < b for a, b in covered)]
    at = 0
    while at < len(words):
        size, means = _meaning(words[at:], language, low)
        first, last = words[at], words[at + size - 1]
        typed = text[first.start() : last.end()].lower()
        means = _ACCENTED.get(typed, means)
        found.append(Item(text[first.start() : last.end()], first.start(), last.end(), means))
        at += size
    found += [
        Item(m[0], m.start(), m.end(), (("mark", m[0]),))
        for m in _MARK.finditer(low)
        if not any(i.start <= m.start() < i.end for i in found)
    ]
    return sorted(found, key=lambda i: i.start)


# "tranquillamente", "certainement": how something is done is no news. French, Spanish, Italian, Portuguese.
_ADVERBS = {2: "ement", 3: "mente", 5: "mente", 6: "mente"}


def _meaning(words: Sequence[re.Match[str]], language: int | None, low: str) -> tuple[int, tuple[Meaning, ...]]:
    """(how many words the phrase has, what it means)."""
    for size in range(min(longest(), len(words)), 0, -1):
        run = words[:size]
        if any(re.search(r"[.,;:!?()\n]", low[a.end() : b.start()]) for a, b in pairwise(run)):
            continue
        known = phrases().get(tuple(m[0] for m in run))
        if known is None:
            continue
        means = known.get(language) if language is not None else None
        return size, means or known.get(ANY) or tuple(dict.fromkeys(m for found in known.values() for m in found))
    word = words[0][0]
    stem = word.removesuffix("'s")
    if stem != word and (known := phrases().get((stem,))):
        # "the first one's account"
        return 1, (known.get(language) if language is not None else None) or tuple(
            m for found in known.values() for m in found
        )
    if re.fullmatch(r"\d{1,2}", word) and not _is_amount(low, words[0]):
        return 1, (("number", word),)
    if language in _ADVERBS and len(word) > 7 and word.endswith(_ADVERBS[language]):
        return 1, (("small", ""),)
    if word[0].isdigit():
        return 1, (("figure", word),)
    return 1, ()


def _is_amount(low: str, match: re.Match[str]) -> bool:
    """Money, a share of a hundred, a time of day."""
    return re.match(r"\s?[%€$£¥]|:\d|h\b", low[match.end() :]) is not None or low[: match.start()].rstrip()[
        -1:
    ] in tuple("€$£¥")


# ---------------------------------------------------------------- accounts
def _accounts(about: About, text: str, low: str) -> list[tuple[int, int, str, str]]:
    found: list[tuple[int, int, str, str]] = []
    for name, spelling in _spellings(about.accounts):
        at = low.find(spelling)
        while at >= 0:
            end = at + len(spelling)
            alone = not (low[at - 1 : at].isalnum() or low[end : end + 1].isalnum()) or not spelling.isascii()
            if len(spelling) > 2 and alone and not any(a < end and at < b for a, b, _, _ in found):
                found.append((at, end, "account", text[at:end] if name == spelling else name))
            at = low.find(spelling, end)
    words = [m for m in WORD.finditer(low) if not any(a <= m.start() < b for a, b, _, _ in found)]
    index = _telling(about.accounts)
    at = 0
    while at < len(words):
        # As many words of one name as stand together, in its order: "the Saltmarsh group" is one mention.
        owner, size = _owner(words[at:], index, text)
        if owner:
            start, end = words[at].start(), words[at + size - 1].end()
            found.append((start, end, "account", owner))
        at += size
    return found


def _owner(words: Sequence[re.Match[str]], index: dict[str, frozenset[str]], text: str) -> tuple[str | None, int]:
    word = words[0][0]
    if len(word) < 4 or word.isdigit() or (word,) in phrases():
        return None, 1
    known = _owners(word, index)
    if not known:
        return None, 1
    size = 1
    while size < len(words) and len(rest := known & _owners(words[size][0], index)) > 0:
        if words[size].start() - words[size - 1].end() > 1:
            break
        known, size = rest, size + 1
    typed = text[words[0].start() : words[size - 1].end()]
    if is_only_a_sort(flatten(typed)):
        # "The hospital": whose that is, is for the directory to ask.
        return typed, size
    is_common = typed.islower() and not any(len(n.split()) == size for n in known)
    leads = all(n.split()[0][:4] == word[:4] for n in known)
    if len(known) > MOST_OWNERS or (len(known) > 1 and is_common and not leads):
        # A word that many names have, or "foods" where two of them end so, tells nothing alone.
        return None, size
    if len(known) == 1:
        return (next(iter(known)) if not is_common or len(word) >= 7 else None), size
    # Of names alike none is chosen here: which is meant, or that it cannot be told, is for the directory to say.
    return typed, size


def _owners(word: str, index: dict[str, frozenset[str]]) -> frozenset[str]:
    """The names that have the word, or one that it is a slip of."""
    known = index.get(word)
    if known is None and len(word) >= 6 and (word,) not in phrases():
        near = process.extractOne(word, list(index), scorer=fuzz.ratio, score_cutoff=80)
        known = index[near[0]] if near and _is_slip(word, near[0], near[1]) else None
    return known or frozenset()


def _is_slip(word: str, name: str, ratio: float) -> bool:
    """One slip of the thumb, which may have changed two letters' places."""
    return name[0] == word[0] and len(name) >= 6 and (ratio >= 88 or OSA.distance(word, name, score_cutoff=1) == 1)


@lru_cache(maxsize=4)
def _spellings(accounts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(name, as it may be written), the longest first."""
    found = {(name, name) for name in accounts}
    found |= {
        (n, n.replace(" & ", f" {word} "))
        for n in accounts
        if " & " in n
        for word in ("and", "und", "et", "y", "en", "e", "n", "u.", "+", "och", "i")
    }
    return tuple(sorted(found, key=lambda f: (-len(f[1]), f)))


@lru_cache(maxsize=4)
def _telling(accounts: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Word → the names that have it."""
    found: dict[str, set[str]] = {}
    for name in accounts:
        for word in WORD.findall(name):
            if len(word) >= 4:
                found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


# ---------------------------------------------------------------- people
def _names(text: str, low: str, language: int | None, taken: Sequence[Item]) -> list[Item]:
    """Runs of words with a capital, a title before them or not."""
    found: list[Item] = []
    words = [m for m in _NAME_WORD.finditer(text) if not any(i.start <= m.start() < i.end for i in taken)]
    at = 0
    while at < len(words):
        run, is_titled = ([], False) if _begins_phrase(words[at:], text) else _run(words[at:], text, language)
        if not run:
            at += 1
            continue
        first, last = run[0], run[-1]
        begins = re.search(r"(?:^|[.!?:\n]\s*|[-–(]\s*)$", text[: first.start()].rstrip(_QUOTES)) is not None
        end = last.end() - (1 if text[last.start() : last.end()].endswith(".") else 0)
        weak = not is_titled and len(run) == 1 and (begins or language == GERMAN)
        found.append(
            Item(text[first.start() : end], first.start(), end, (("person", text[first.start() : end]),), weak)
        )
        at = words.index(run[-1]) + 1
    return found


def _begins_phrase(words: Sequence[re.Match[str]], text: str) -> bool:
    """ "Ser bra ut": a phrase of several words of ours, capital or not."""
    if not words[0][0][0].isupper() or len(words) < 2:
        return False
    run = words_of(text[words[0].start() : words[min(3, len(words) - 1)].end()])
    return any(run[:size] in phrases() for size in range(2, len(run) + 1)) and not words[1][0][0].isupper()


def _run(words: Sequence[re.Match[str]], text: str, language: int | None) -> tuple[list[re.Match[str]], bool]:
    run: list[re.Match[str]] = []
    is_titled = False
    for number, word in enumerate(words):
        bare = word[0].rstrip(".")
        low = flatten(bare)
        if not run and low in MONTHS and bare[0].isupper() and _is_first_name(words[number:], text):
            run.append(word)
            continue
        gap = text[run[-1].end() : word.start()] if run else " "
        if gap not in (" ", "  ", "\u00a0") or len(run) > 5:
            break
        if (
            low in TITLES
            and (not run or is_titled)
            and (bare[0].isupper() or word[0].endswith(".") or len(low) > 2 or low in ("mr", "ms", "dr"))
        ):
            run.append(word)
            is_titled = True
            continue
        if bare[0].isupper() and not _is_said(low, language, is_titled or bool(run)):
            run.append(word)
            if word[0].endswith(".") and len(bare) > 1:
                break
            continue
        if (
            is_titled
            and len(run) == 1
            and run[0][0].islower()
            and len(low) > 3
            and bare.islower()
            and (low,) not in phrases()
        ):
            # "mr adeyemi", from a phone
            run.append(word)
            break
        if run and low in PARTICLES and not bare[0].isupper() and not is_titled_only(run):
            run.append(word)
            continue
        break
    while run and not run[-1][0][0].isupper() and not (len(run) == 2 and run[0][0].islower()):
        run.pop()
    if run and all(flatten(w[0].rstrip(".")) in TITLES for w in run):
        return [], False
    while len(run) > 1 and is_role(flatten(run[0][0])):
        run = run[1:]
    while len(run) > 1 and is_role(flatten(run[-1][0])):
        run = run[:-1]
    if run and (run[-1][0].lower().endswith(("'s", "’s")) or flatten(" ".join(w[0] for w in run)) in ("i'm", "it's")):
        # "Kenny's boss" is not Kenny.
        return [], False
    if run and len(run) == 1 and (is_role(flatten(run[0][0])) or len(run[0][0].rstrip(".")) < 2):
        return [], False
    return run, is_titled


def _is_first_name(words: Sequence[re.Match[str]], text: str) -> bool:
    """ "Jan Kowalski", "June Patel", "Gun Bergström": months somewhere, and names before another word with a capital."""
    if len(words) < 2 or text[words[0].end() : words[1].start()] != " " or not words[1][0][0].isupper():
        return False
    low = flatten(words[1][0])
    is_dated = re.search(r"\d[.,]? ?$|(?:of|de|of the) $", text[: words[0].start()]) is not None
    return not is_dated and low not in MONTHS and low not in WEEKDAYS and (low,) not in phrases()


def is_titled_only(run: Sequence[re.Match[str]]) -> bool:
    return all(flatten(w[0].rstrip(".")) in TITLES for w in run)


def _is_said(low: str, language: int | None, is_within: bool) -> bool:
    """Whether the word with a capital is one of the language's own, and no name."""
    if low in MONTHS or low in WEEKDAYS:
        return True
    known = phrases().get((low,), {})
    if ANY in known:
        return True
    if language is not None and language in known:
        known = {language: known[language]}
    elif (
        not known
        or language is not None
        or is_within
        or not any(
            what in ("small", "is", "not", "no", "thanks", "cheer", "you")
            for means in known.values()
            for what, _ in means
        )
    ):
        return False
    if is_within and language != GERMAN:
        # "Mark Field": behind a name, only what leads on is no name.
        return any(
            what in ("small", "said", "is", "was", "not", "they", "but")
            for means in known.values()
            for what, _ in means
        )
    return True
