"""Patterns that are asked of every sentence of every mail, and nearly always for nothing.

A pattern of two hundred words costs the search engine a look at each of them for every letter of a text. Here it is
known of each word which patterns have one that begins so; the words of a text are noted once for all patterns, and a
pattern is only tried where one of its own may begin. What is found is what ``re`` finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from string import digits

from mailwins.patterns import rare

FIRST = 7
"""So many letters of a beginning are looked at, over the end of a word: "no longer" begins with "no long"."""
HEAD = 3
"""By so many letters of the first word beginnings are looked up."""
SHORT_TEXT = 4_000
MOST = 5_000
BETWEEN, END = " ", "\b"

_WORD = re.compile(r"\w+")
_BLANKED = {code: BETWEEN for code in range(128) if not re.match(r"\w", chr(code))}
_TYPESET = "‘’“”–—…\xa0"
# What ignoring case means for these is more than ``lower`` tells; some are digits of other scripts; and scripts without spaces have no
# beginnings of words.
_OTHERWISE = re.compile(
    "[İıſﬀ-ﬆ\u0370-\u03ff\u0660-\u1c8f\u3040-\u30ff\u3400-\u9fff\ua620-\uabff\uac00-\ud7af\uff00-\uffef"
    "\U00010400-\U0001efff\U0001fbf0-\U0001fbf9]"
)


class Spotter:
    """A pattern of which every match begins at a word's beginning with a letter or digit, or in a script without spaces.

    It is asked in any case unless *flags* say otherwise. Raises ValueError for a pattern whose beginnings cannot be told.
    """

    def __init__(self, pattern: str, flags: int = re.I) -> None:
        self.pattern = rare(pattern, flags)
        self._beginnings: dict[str, tuple[str, ...]] = {}
        for begun in sorted(_Beginnings(pattern).all()):
            first, blank, _ = begun.partition(BETWEEN)
            head = first[:HEAD]
            if len(head) < HEAD and not blank:
                raise ValueError(f"{begun}… in {pattern[:60]!r}… begins too many words")
            self._beginnings[head] = (*self._beginnings.get(head, ()), begun)
            _BY_HEAD.setdefault(head, []).append((first + blank, self))
        _begun_by.cache_clear()

    def may_be_in(self, text: str) -> bool:
        noted = _noted(text)
        return noted is None or bool(self._begins_at(noted))

    def found_in(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Matches beside one another from *start* on, as ``finditer`` has them."""
        noted = _noted(text)
        if noted is None:
            yield from self.pattern.finditer(text, start)
        elif numbers := self._begins_at(noted):
            end = start
            for at in [noted.places[number] for number in numbers]:
                if at >= end and (match := self.pattern.match(text, at)):
                    end = match.end()
                    yield match

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        return next(self.found_in(text, start), None)

    def count(self, text: str) -> int:
        """How many matches beside one another."""
        return sum(1 for _ in self.found_in(text))

    def is_led_by(self, pattern: re.Pattern[str], leads: Callable[[str], bool], text: str, words: int) -> bool:
        """Whether *pattern*, which ends in a match of ours, is found; it begins at one of so many *words* before that.

        *leads*: whether it may begin with a word, in small letters; where matches begin with several words, one of these is enough.
        """
        noted = _noted(text)
        if noted is None:
            return pattern.search(text) is not None
        near = {before for number in self._begins_at(noted) for before in range(max(number - words, 0), number)}
        return any(leads(noted.words[before]) and pattern.match(text, noted.places[before]) for before in near)

    def _begins_at(self, noted: _Noted) -> list[int]:
        """The numbers of the words at which a match may begin, in their order."""
        leading = noted.leading.get(self)
        if not leading:
            return []
        return [
            number
            for number, word in enumerate(noted.words)
            if word in leading and noted.behind(number).startswith(self._beginnings[word[:HEAD]])
        ]


_BY_HEAD: dict[str, list[tuple[str, Spotter]]] = {}
"""The first words of all beginnings, or how these begin, and whose they are."""


@lru_cache(maxsize=1 << 13)
def _begun_by(word: str) -> tuple[Spotter, ...]:
    """Those of which a match may begin with *word*. People use few words, and use them again."""
    begun = word + BETWEEN
    return tuple(
        dict.fromkeys([spotter for first, spotter in _BY_HEAD.get(word[:HEAD], ()) if begun.startswith(first)])
    )


def _words_in(lower: str) -> list[str]:
    """What ``\\w+`` finds."""
    plain = lower
    if not plain.isascii():
        for sign in _TYPESET:
            plain = plain.replace(sign, BETWEEN)
    # Blanks for what is in no word, and a cut at the blanks, are several times as fast as looking for words.
    return plain.translate(_BLANKED).split() if plain.isascii() else _WORD.findall(lower)


class _Noted:
    """The words of a text in small letters, where they begin, and with which of them a match may begin."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        self.words: Sequence[str] = _words_in(self._text)
        self.leading: dict[Spotter, set[str]] = {}
        for word in set(self.words):
            for spotter in _begun_by(word):
                self.leading.setdefault(spotter, set()).add(word)

    @cached_property
    def places(self) -> Sequence[int]:
        return [match.start() for match in _WORD.finditer(self._text)]

    def behind(self, number: int) -> str:
        """How the text goes on from a word, a blank for whatever stands between words."""
        return BETWEEN.join(self.words[number : number + FIRST // 2 + 1]) + BETWEEN


def _note(text: str) -> _Noted | None:
    """None: it does not tell."""
    return None if not text.isascii() and _OTHERWISE.search(text) else _Noted(text)


_note_short = lru_cache(maxsize=64)(_note)


def _noted(text: str) -> _Noted | None:
    return _note_short(text) if len(text) <= SHORT_TEXT else _note(text)


# What stands within brackets that mean a sign between words: "['’]", "[ -]".
_OF_NO_WORD = re.compile(r"-?[^\w\\^-]+-?")


class _Beginnings:
    """How the matches of a pattern begin, from its own text: literals, groups and quantifiers are followed, anything else ends a beginning.

    What stands between words is written as a blank. Groups, ``\\b`` and looks around are understood as far as our patterns use them.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def all(self) -> set[str]:
        found: set[str] = set()
        while True:
            is_word = self.pattern.startswith((r"\b", r"(?<!\w)"), self.at)
            begun = {f.strip("\0") for f in self._sequence()}
            spaced = {f for f in begun if not _OTHERWISE.match(f)}
            if spaced and (not is_word or not spaced.isdisjoint({"", " "})):
                raise ValueError(f"the beginnings of {self.pattern[:60]!r}… cannot be told")
            found |= spaced
            if not self._takes("|"):
                break
        if self.at < len(self.pattern):
            raise ValueError("a group is closed that was not opened")
        return found

    # A beginning that cannot grow any more ends in "\0" (anything may follow), or is long enough.

    def _alternatives(self) -> set[str]:
        found = self._sequence()
        while self._takes("|"):
            found |= self._sequence()
        return found

    def _sequence(self) -> set[str]:
        found = {""}
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            item = self._atom()
            least, most = self._repeated()
            if most > 1:
                item = {i if _is_done(i) or i == BETWEEN else f"{i}\0" for i in item}
            if least == 0:
                item = item | {""}
            found = {f if _is_done(f) else _joined(f, i) for f in found for i in item}
            if len(found) > MOST:
                raise ValueError("too many beginnings")
        return found

    def _atom(self) -> set[str]:
        char = self.pattern[self.at]
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            begin = self.at
            while self.pattern[self.at] != "]" or self.pattern[self.at - 1] == "[":
                self.at += 2 if self.pattern[self.at] == "\\" else 1
            self.at += 1
            return {BETWEEN} if _OF_NO_WORD.fullmatch(self.pattern, begin, self.at - 1) else {"\0"}
        if char == "\\":
            escaped = self.pattern[self.at]
            self.at += 1
            if escaped == "d":
                return set(digits)
            return {END} if escaped == "b" else {BETWEEN} if escaped in "sW.-" else {"\0"}
        if char in ".":
            return {"\0"}
        if char in "^$":
            return {""}
        return {char.lower()} if char.isalnum() or char == "_" else {BETWEEN}

    def _group(self) -> set[str]:
        is_look = False
        is_word_end = self.pattern.startswith(r"?!\w)", self.at)
        if self._takes("?:") or self._takes("?i:"):
            pass
        elif self._takes("?P<"):
            self.at = self.pattern.index(">", self.at) + 1
        elif self._takes("?<!") or self._takes("?!") or self._takes("?="):
            is_look = True
        elif self._takes("?"):
            raise ValueError("no such group")
        found = self._alternatives()
        if not self._takes(")"):
            raise ValueError("a group stays open")
        return {END} if is_word_end else {""} if is_look else found

    def _repeated(self) -> tuple[int, int]:
        """At least and at most."""
        if self._takes("?"):
            return 0, 1
        if self._takes("*"):
            self._takes("?")
            return 0, 2
        if self._takes("+"):
            return 1, 2
        if self.pattern.startswith("{", self.at):
            end = self.pattern.index("}", self.at)
            least = self.pattern[self.at + 1 : end].split(",")[0]
            self.at = end + 1
            self._takes("?")
            return min(int(least or 0), 1), 2
        return 1, 1

    def _takes(self, sign: str) -> bool:
        if not self.pattern.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True


def _is_done(beginning: str) -> bool:
    return beginning.endswith("\0") or len(beginning) >= FIRST


def _joined(beginning: str, item: str) -> str:
    """Blanks beside one another are one; the end of a word is a blank behind it."""
    if item == END:
        return beginning if not beginning or beginning.endswith(BETWEEN) else beginning + BETWEEN
    if item[:1] == BETWEEN and beginning.endswith(BETWEEN):
        item = item[1:]
    return (beginning + item)[:FIRST]
