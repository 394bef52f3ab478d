"""The course of a whole reply: her own words, line by line, sentence by sentence, and then all of it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mailwins.parsers import absence
from mailwins.parsers.folding import is_greeting
from mailwins.receipts.wishes.addresses import sheltered, with_addresses
from mailwins.receipts.wishes.clauses.refs import names_wins
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.inline import Place, places_of, wish_below
from mailwins.receipts.wishes.lines import better_summary, running_on, unwrapped, words_to_show
from mailwins.receipts.wishes.phrases.refs import leading_ref
from mailwins.receipts.wishes.phrases.renaming import is_spelling, renamed
from mailwins.receipts.wishes.reader import Reader
from mailwins.receipts.wishes.sentences import joined, own_words, sentences_of
from mailwins.receipts.wishes.settling import (
    Left,
    answer_from,
    is_possible,
    is_sign_off,
    only_a_value,
    settled,
    taken_back,
)
from mailwins.receipts.wishes.topic import Topic
from mailwins.receipts.wishes.vetting import vetted
from mailwins.receipts.wishes.wish import MAX_LINES, SWITCHES, About, Reply, Wish
from mailwins.receipts.wishes.words.courtesy import LAUGHTER
from mailwins.receipts.wishes.words.doubt import AS_IT_WAS, NO_WAIT
from mailwins.receipts.wishes.words.lexicon import language_of, words_of
from mailwins.receipts.wishes.words.prose import OF_THE_SUMMARY

_NOWHERE = Place(None, None)
_THANKS = Wish("thanks")


def read(text: str, about: About, *, names: tuple[str, ...], whole: str) -> Reply:
    """What *text* asks for; *names* and *whole* as in ``wishes.read_reply``, the rest folded in *about*."""
    own = own_words(text, names)
    if absence.SENTENCE.search(flatten(own)):
        # A machine's answer that slipped through: it asks for nothing, whatever its words.
        return Reply((), own.strip())
    topic = Topic(language_of(words_of(own)[:400]))
    course = Course(Reader(about, topic), places_of(whole, about.ids), sheltered(own).split("\n"))
    return with_addresses(course.run(), own)


@dataclass(slots=True)
class Course:
    reader: Reader
    places: dict[str, Place]
    lines: list[str]
    at: int = 0
    """The line after the one that is read."""
    scope: tuple[int, ...] = ()
    """The wins that the lines down to the next empty one are about."""
    wishes: list[Wish] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)
    is_thanked: bool = False
    first_at: int = MAX_LINES
    """The line of the first wish."""

    @property
    def about(self) -> About:
        return self.reader.about

    def run(self) -> Reply:
        self.lines = unwrapped(self.lines, self.reader.phrases)
        while self.at < len(self.lines):
            self.at += 1
            self._line(self.lines[self.at - 1])
        return self._together()

    # ------------------------------------------------------------ lines

    def _line(self, line: str) -> None:
        if not line.strip():
            self.scope = ()
            return
        place = self.places.get(line.strip(), _NOWHERE)
        if place.win is not None:
            self.scope = (place.win,)
        if place.field:
            if (wish := wish_below(line, place.field, self.reader)) is not None:
                self._take((), [wish])
                return
            self.reader.topic.field = place.field
        if self._is_greeting(line):
            return
        refs, text = leading_ref(self.about, line, self.reader.phrases.makes_sense)
        if refs and not text:
            self.scope = refs
            return
        self._words(refs, text if refs else line)

    def _is_greeting(self, line: str) -> bool:
        is_first = not self.wishes and not self.left and self.at < len(self.lines)
        return is_first and is_greeting(line) and self.reader.phrases.part(line) is None

    def _words(self, refs: tuple[int, ...], text: str) -> None:
        """The words of a line, and those of the lines below that belong to them."""
        phrases = self.reader.phrases
        if runs_on := words_to_show(text, self.lines, self.at, phrases):
            found, self.at = runs_on
            self._take(refs, found)
            return
        if better := better_summary(text, self.lines[: self.at], phrases.about):
            wish, opinion = better
            self._take(refs, [wish], is_first=True)
            if opinion and self.reader.sense.weighs(opinion) and not OF_THE_SUMMARY.search(flatten(opinion)):
                self.left.append((self.at, opinion))
            return
        if runs_on := running_on(text, self.lines, self.at, phrases):
            found, self.at = runs_on
            self._take(refs, found)
            return
        if (quoted := self.reader.sense.quoted(text)) is not None:
            put, text = quoted
            self._take(refs, put, is_first=True)
        for index, sentence in enumerate(sentences_of(text)):
            if index and refs and names_wins(self.reader.sentence(sentence)):
                refs = ()
            self._sentence(refs, sentence)

    # ------------------------------------------------------------ sentences

    def _sentence(self, refs: tuple[int, ...], text: str) -> None:
        text = LAUGHTER.sub(", ", text).strip(" ,") or text
        if self._is_second_thought(text):
            return
        taken = self.reader.read(text)
        found = None if taken.wishes is None else vetted(taken.wishes, taken.rest, self.reader.sentence(text))
        if found is not None and len(found) > 1 and _THANKS in found:
            self.is_thanked = True
            found.remove(_THANKS)
        self._take_back(text, found)
        names = renamed(text)
        if names is not None and (not found or (is_spelling(*names) and all(w.field == "category" for w in found))):
            self.left.append((self.at, text))
            return
        self.soft += taken.soft
        if found is None:
            # The whole of it, which holds what a part of it left over.
            self.left.append((self.at, text))
            return
        self.left += [(self.at, words) for words in taken.rest]
        if found == [_THANKS]:
            self.is_thanked = True
        elif found:
            self._take(refs, found, is_first=True)
            if any(w.field == "value" and not is_possible(w.value) for w in found):
                # "Value 11 :)": the joke calls for a number that can be.
                self.reader.topic.field = "value"

    def _is_second_thought(self, text: str) -> bool:
        """ "No, 9." behind a value, "leave it 6 as you had it"."""
        last = self.wishes[-1] if self.wishes else None
        if last is None:
            return False
        if last.field == "value" and (rather := taken_back(text)) is not None:
            self.wishes[-1] = replace(last, value=rather)
            return True
        if last.verb == "set" and AS_IT_WAS.search(flatten(text)):
            self.wishes.pop()
            return True
        return False

    def _take_back(self, text: str, found: Sequence[Wish] | None) -> None:
        """ "Delete 2. No wait, delete 1."."""
        last = self.wishes[-1] if self.wishes else None
        if last is None or last.verb not in SWITCHES or not NO_WAIT.match(flatten(text)):
            return
        if found is None:
            self.left.append((self.at, f"{last.verb} {last.win or ''}".strip()))
        if found is None or any(w.verb == last.verb for w in found):
            self.wishes.pop()

    def _take(self, refs: tuple[int, ...], wishes: Sequence[Wish], *, is_first: bool = False) -> None:
        """Wishes about the wins that the line or its paragraph names."""
        wins: tuple[int | None, ...] = refs or self.scope or (None,)
        self.wishes += [replace(w, win=win) if w.win is None else w for win in wins for w in wishes]
        if is_first:
            self.first_at = min(self.first_at, self.at)

    # ------------------------------------------------------------ all of it together

    def _together(self) -> Reply:
        is_alone = not self.wishes and len(self.left) == 1
        if is_alone and (only := only_a_value(self.left[0][1], self.lines, self.about)) is not None:
            return Reply((only,))
        wishes, left = answer_from(self.wishes, self.left, self.first_at, self.reader)
        wishes, left = settled(wishes, left, self.about)
        if left and left[-1][0] == len(self.lines) and is_sign_off(left[-1][1], self.about) and self._is_several():
            left = left[:-1]
        if wishes:
            left = [x for x in left if x[1] not in self.soft]
        if self.is_thanked and all(w.verb == "ok" for w in wishes):
            wishes.append(_THANKS)
        return Reply(tuple(dict.fromkeys(wishes)), joined(left))

    def _is_several(self) -> bool:
        return len([x for x in self.lines if x.strip()]) > 1
