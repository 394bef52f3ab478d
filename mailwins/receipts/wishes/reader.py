"""One sentence after another: what each asks for, what of it is left over.

The steps of ``Reader.read`` stand in their order: each may settle the sentence, or leave it to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mailwins.receipts.wishes.clauses import signals
from mailwins.receipts.wishes.clauses.refs import names_wins
from mailwins.receipts.wishes.clauses.sense import Sense
from mailwins.receipts.wishes.clauses.sentence import Sentence
from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.japanese import is_japanese, japanese_wishes
from mailwins.receipts.wishes.phrases.answers import answer_to
from mailwins.receipts.wishes.phrases.choices import choice_of
from mailwins.receipts.wishes.phrases.fields import leaves_it
from mailwins.receipts.wishes.phrases.frames import features_of
from mailwins.receipts.wishes.phrases.phrase import Phrases
from mailwins.receipts.wishes.phrases.picking import disagree, taken_from
from mailwins.receipts.wishes.phrases.refs import win_at_start
from mailwins.receipts.wishes.phrases.values import is_name, without_on
from mailwins.receipts.wishes.slips import mended
from mailwins.receipts.wishes.topic import Topic
from mailwins.receipts.wishes.trimming import clean, core_of
from mailwins.receipts.wishes.wish import MAX_PART, About, Wish
from mailwins.receipts.wishes.words.asking import ASKING, BEGINS_UNKNOWING, CONSENT, POLITE, UNKNOWING, YES
from mailwins.receipts.wishes.words.courtesy import FILLER, ONLY_CHEER, THANKS, is_only_cheering, is_thumb
from mailwins.receipts.wishes.words.cuts import SEPARATOR
from mailwins.receipts.wishes.words.days import DAY_NOT_DAY, STILL_TO_COME
from mailwins.receipts.wishes.words.doubt import ALL_BUT, NEGATIONS
from mailwins.receipts.wishes.words.fields import PROSE
from mailwins.receipts.wishes.words.grammar import TOKEN
from mailwins.receipts.wishes.words.kinds import KIND_WORDS
from mailwins.receipts.wishes.words.people import SPEAKS
from mailwins.receipts.wishes.words.sharing import WHISPERED

MOST_AROUND_DAYS = 6
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Taken:
    """*wishes*: none where the sentence asks for nothing, None where it was not understood.

    *rest* is what was not understood beside them; *soft* asks for nothing to be done ("don't delete it") and is not
    worth keeping beside other wishes.
    """

    wishes: tuple[Wish, ...] | None = None
    rest: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()


NOT_UNDERSTOOD = Taken()


def _wishes(*wishes: Wish, rest: str = "") -> Taken:
    return Taken(wishes, (rest,) if rest else ())


@dataclass(slots=True)
class Reader:
    about: About
    topic: Topic
    phrases: Phrases = field(init=False)
    sense: Sense = field(init=False)

    def __post_init__(self) -> None:
        self.phrases = Phrases(self.about)
        self.sense = Sense(self.about, self.topic, self.clause)

    @property
    def is_open(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self.about.asked) and not self.topic.is_answered

    def sentence(self, text: str) -> Sentence:
        return self.sense.sentence(text)

    def clause(self, text: str) -> list[Wish] | None:
        return self.phrases.clause(text, is_open=self.is_open)

    def read(self, text: str) -> Taken:
        """As it was typed, else as it should have been."""
        taken = self._as_typed(text)
        if taken.wishes is not None or taken.rest or text in taken.soft or (meant := mended(text)) is None:
            return taken
        was_answered = self.topic.is_answered
        again = self._as_typed(meant.text)
        soft = tuple(x for x in (*taken.soft, *again.soft) if x != meant.text)
        if not again.wishes or any(w.verb == "question" or w.field in PROSE for w in again.wishes):
            self.topic.is_answered = was_answered
            return Taken(soft=soft)
        return Taken(again.wishes, tuple(meant.typed(x, text) for x in again.rest), soft)

    def _as_typed(self, text: str) -> Taken:
        for step in (
            self._left_alone,
            self._choice,
            self._told,
            self._courtesy,
            self._japanese,
            self._consent,
            self._other_day,
            self._question,
            self._answer,
            self._phrase,
            self._evidence,
            self._among_others,
        ):
            if (taken := step(text)) is not None:
                return taken
        return NOT_UNDERSTOOD

    # ------------------------------------------------------------ the steps, in their order

    def _left_alone(self, text: str) -> Taken | None:
        """Too long, or "all but the first": what would be done to the others is not guessed."""
        if len(text) > MAX_PART:
            return NOT_UNDERSTOOD
        is_but = ALL_BUT.search(clean(flatten(text))) is not None
        return NOT_UNDERSTOOD if is_but and signals.speaks_of_acts(self.sentence(text)) else None

    def _choice(self, text: str) -> Taken | None:
        """ "good!" is no cheer where it was asked whether it is, and "whitfield motor" not the other Whitfield."""
        if not self.about.options or not self.is_open or len(clean(flatten(text)).split()) > 4:
            return None
        if self.about.asked == "stance" and text.rstrip(' "”)').endswith(("?", "？")):
            # "Good news?? They are leaving."
            return NOT_UNDERSTOOD
        start, end = core_of(text)
        choice = choice_of(self.about, flatten(text[start:end]))
        return None if choice is None else self._answered(choice)

    def _told(self, text: str) -> Taken | None:
        """Features, and what is told in confidence: that is a note, and the win is not spoken of."""
        if stated := features_of(text):
            wish, besides = stated
            return _wishes(wish, rest=besides)
        low = clean(flatten(text))
        if whispered := WHISPERED.match(low):
            found = self.phrases.read(low[low.index(whispered["told"]) :])
            return _wishes(*found) if found and all(w.verb == "set" for w in found) else NOT_UNDERSTOOD
        return None

    def _courtesy(self, text: str) -> Taken | None:
        low = clean(flatten(text))
        if THANKS.fullmatch(low) or ONLY_CHEER.fullmatch(low) or is_only_cheering(text):
            return _wishes(Wish("thanks"))
        if FILLER.fullmatch(low.strip(": ")) or leaves_it(low):
            return _wishes()
        return _wishes(Wish("ok")) if is_thumb(text) else None

    def _japanese(self, text: str) -> Taken | None:
        found = japanese_wishes(text, self.about) if is_japanese(text) else None
        return None if found is None else _wishes(*found[0], rest=found[1])

    def _consent(self, text: str) -> Taken | None:
        """ "Keep it between us, ok?": a wish; leave to share is never asked for so."""
        tag = CONSENT.search(flatten(text))
        if tag is None or not tag.start():
            return None
        taken = self._as_typed(text[: tag.start()])
        return taken if taken.wishes and not any(w.verb == "share" for w in taken.wishes) else None

    def _other_day(self, text: str) -> Taken | None:
        """ "Finished on the 24th, not 25th": one day of the month for another, whatever few words stand around them."""
        low = flatten(text)
        match = DAY_NOT_DAY.search(low)
        if match is None or not (match["before"] or match["the"] or match["behind"]):
            return None
        around = low[: match.start()], low[match.end() :]
        sentence = self.sentence(text)
        is_told_plainly = not STILL_TO_COME.search(around[0]) and all(
            len(part.split()) <= MOST_AROUND_DAYS and not _DIGIT.search(part) for part in around
        )
        is_of_else = sentence.whole.has("doubt", "later", "condition", "kind") or any(
            i.which("field") not in (None, "date") for i in sentence.items
        )
        if sentence.is_question or not is_told_plainly or is_of_else or self._may_count_wins(match[0]):
            return None
        verb = "answer" if self.is_open and self.about.asked == "date" else "set"
        self.topic.is_answered |= verb == "answer"
        start, end = match.span("other")
        return _wishes(
            Wish(verb, "date", without_on(text[slice(*match.span("day"))]), None, without_on(text[start:end]))
        )

    def _may_count_wins(self, days: str) -> bool:
        """Of two wins "the 1st, not the 2nd" can be one of them."""
        return len(self.about.ids) > 1 and any(int(n) <= len(self.about.ids) for n in _NUMBER.findall(days))

    def _question(self, text: str) -> Taken | None:
        """A wish put as a question ("…, can you split them?"), else a question to us."""
        bare = text.rstrip(' "”)')
        if not bare.endswith(("?", "？")):
            return None
        if not self.sentence(text).is_question:
            found = self.sense.read(text).wishes
            if found and not any(w.verb == "share" for w in found):
                return Taken(found)
        return self._asking(text, text.rstrip('?？ "”)'))

    def _asking(self, text: str, bare: str) -> Taken:
        low = flatten(bare).strip()
        if POLITE.match(low):
            found = self.phrases.read(bare)
            if found is not None and not any(w.verb == "share" for w in found):
                return _wishes(*found)
        elif self.is_open and not ASKING.match(low) and (answer := answer_to(self.about, bare)) is not None:
            self.topic.is_answered = True
            return _wishes(answer)
        if len(low.split()) < 2 or (not ASKING.match(low) and self.phrases.read(bare) is not None):
            return NOT_UNDERSTOOD
        return _wishes(Wish("question", value=text.strip()))

    def _answer(self, text: str) -> Taken | None:
        """The answer to the open question, whatever else is said beside it; doubt answers nothing."""
        low = clean(flatten(text))
        if self.is_open:
            own = self.phrases.read(text, deictic=False)
            if own is not None and not (own == [Wish("ok")] and YES.fullmatch(low)):
                return _wishes(*own)
        if self.about.asked is not None and signals.is_doubtful(self.sentence(text)):
            match = UNKNOWING.match(low) if self.is_open else None
            if match is None:
                return NOT_UNDERSTOOD
            # "No idea, the mail had no signature"
            return self._answered(None, rest=text if self.sense.weighs(low[match.end() :]) else "")
        if not self.is_open:
            return None
        if (named := self.sense.answer(text)) is not None:
            # Names and numbers among other words: "Delia Thwaite I think, the one who runs the warehouse".
            value, rest = named
            choice = choice_of(self.about, flatten(value)) if self.about.options else None
            return self._answered(choice or value, besides=rest)
        if (answered := self._answer_and_more(text)) is not None:
            return answered
        if (answer := answer_to(self.about, text)) is not None:
            self.topic.is_answered = True
            return _wishes(answer)
        return None

    def _phrase(self, text: str) -> Taken | None:
        """All of it one phrase, or several joined."""
        if (found := self.phrases.read(text)) is not None:
            if found == [Wish("ok")] and signals.is_thanks(self.sentence(text), also_ok=False):
                return _wishes(*found, Wish("thanks"))
            return NOT_UNDERSTOOD if disagree(found) else _wishes(*_inherited(found))
        low = clean(flatten(text))
        return _wishes(Wish("set", "category", text.strip(EDGE))) if low in KIND_WORDS and len(low) > 5 else None

    def _evidence(self, text: str) -> Taken | None:
        """What its clauses mention."""
        sensed = self.sense.read(text)
        if sensed.wishes:
            asked = self.about.asked
            self.topic.is_answered |= any(w.field == asked for w in sensed.wishes)
            wishes = (replace(w, verb="answer") if w.verb == "set" and w.field == asked else w for w in sensed.wishes)
            return _wishes(*wishes, rest=sensed.rest)
        if signals.is_thanks(self.sentence(text)):
            return _wishes(Wish("thanks"))
        return Taken(soft=(text,)) if sensed.is_soft else None

    def _among_others(self, text: str) -> Taken | None:
        """Phrases among words that say something else."""
        taken = taken_from(text, self.clause)
        if not taken:
            return None
        wishes, rest = taken
        is_of_some_win = len(self.about.ids) > 1 and any(w.win is None for w in wishes)
        if rest and is_of_some_win:
            if any(w.win is None and w.verb in ("delete", "undo", "split", "share") for w in wishes):
                # "2 and 3 are duplicates, delete them": the remark says which, and it was not understood.
                return NOT_UNDERSTOOD
            if win_at_start(self.about, rest) or names_wins(self.sentence(rest)):
                # "2 is wrong, and it should be October 30th": that is about the second alone.
                return NOT_UNDERSTOOD
        self.topic.is_answered |= any(w.verb == "answer" for w in wishes)
        return _wishes(*wishes, rest=rest)

    # ------------------------------------------------------------ an answer, and what is said besides

    def _answered(self, value: str | None, *, besides: str = "", rest: str = "") -> Taken:
        """*besides* may hold wishes of its own, *rest* does not."""
        self.topic.is_answered = True
        answer = Wish("answer", self.about.asked, value)
        if not besides:
            return _wishes(answer, rest=rest)
        more, left, soft = self._besides(besides)
        return Taken((*more, answer), left, soft)

    def _besides(self, text: str) -> tuple[tuple[Wish, ...], tuple[str, ...], tuple[str, ...]]:
        """(wishes beside an answer, what is left of the words they stood in, what is soft)."""
        more = self.read(text)
        is_denial = not more.wishes and not NEGATIONS.isdisjoint(TOKEN.findall(flatten(text)))
        # "…, but don't quote her by name" asks for nothing that we could do, and must not be lost.
        left = (*more.rest, text) if more.wishes is None or is_denial else more.rest
        return tuple(_not_small_talk(more.wishes or ())), left, more.soft

    def _answer_and_more(self, text: str) -> Taken | None:
        """ "2, and it was in October", "dunno, ask Callum": the answer, and behind it something else."""
        low = flatten(text)
        if (match := BEGINS_UNKNOWING.match(low)) and not signals.names_value(self.sentence(text)):
            behind = text[match.end() :]
            return self._answered(None, rest=behind.strip(" ,;:-") if self.sense.weighs(behind) else "")
        cut = next((m for m in SEPARATOR.finditer(low) if m.start()), None)
        if cut is None:
            return None
        head, rest = text[: cut.start()], text[cut.end() :].strip()
        if not self.about.options:
            return self._name_and_more(head, rest, cut[0])
        start, end = core_of(head)
        choice = choice_of(self.about, flatten(head[start:end]))
        if choice is None or not rest or choice_of(self.about, flatten(rest)) not in (None, choice):
            return None
        self.topic.is_answered = True
        more = self.read(rest)
        left = (*more.rest, rest) if more.wishes is None else more.rest
        answer = Wish("answer", self.about.asked or "", choice)
        return Taken((answer, *_not_small_talk(more.wishes or ())), left, more.soft)

    def _name_and_more(self, head: str, rest: str, between: str) -> Taken | None:
        """ "Gwenda Pugh, but do not quote her": what stands behind the name is what she is, or something else."""
        tokens = TOKEN.findall(flatten(rest))
        is_else = (
            bool(set(tokens) & (NEGATIONS | SPEAKS))
            or "but" in between
            or "and" in between
            or self.phrases.read(rest) is not None
        )
        if self.about.asked not in ("contact", "csm") or not rest or not is_else:
            return None
        answer = answer_to(self.about, head)
        if answer is None or not answer.value or not is_name(answer.value, lower_too=False):
            return None
        self.topic.is_answered = True
        more, left, soft = self._besides(rest)
        return Taken((answer, *more), left, soft)


def _not_small_talk(wishes: Iterable[Wish]) -> list[Wish]:
    return [w for w in wishes if w.verb not in ("thanks", "ok", "question")]


def _inherited(wishes: Iterable[Wish]) -> list[Wish]:
    """ "2 is a 9 and it happened on 3 November": what comes behind a win that was named is about it too."""
    out: list[Wish] = []
    for wish in wishes:
        named = out[-1].win if out else None
        out.append(replace(wish, win=named) if wish.win is None and named is not None else wish)
    return out
