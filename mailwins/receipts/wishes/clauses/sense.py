"""What a sentence asks for, by the evidence in it: fields, values, and the words that hold them together.

``phrases`` are tried first. What is said more freely comes here: the sentence is cut into clauses, each clause's
mentions are found, and a wish is taken where a mention stands in a frame that can mean nothing else ("it was … who
said it", "not … but …", "make it …"). Doubt, conditions and things to come take nothing, and words that are none of
ours make a clause harder to believe: beyond a few it is a remark, and kept as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mailwins.receipts.wishes.clauses.acts import act_wishes, leaves_undone
from mailwins.receipts.wishes.clauses.clause import (
    FIELD_OF,
    VALUE_OF,
    Clause,
    denies,
    hangs_on,
    is_aside,
    is_light,
    is_reported,
    is_until,
)
from mailwins.receipts.wishes.clauses.evidence import (
    FRAMES,
    best,
    frames_number,
    is_counted,
    value_of,
    wish_of,
    without_title,
)
from mailwins.receipts.wishes.clauses.mentions import Item, mentions
from mailwins.receipts.wishes.clauses.refs import named_wins, names_wins
from mailwins.receipts.wishes.clauses.sentence import Sentence, weighs
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.phrases.picking import disagree
from mailwins.receipts.wishes.topic import Topic
from mailwins.receipts.wishes.trimming import clean
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.courtesy import FILLER
from mailwins.receipts.wishes.words.days import SPEAKS_OF_TODAY
from mailwins.receipts.wishes.words.fields import SWAPS
from mailwins.receipts.wishes.words.prose import CONTRAST, QUOTED

MAX_ITEMS = 120

# How a sentence's first items tell of which field its prose is.
_HEAD = 12

# The values that can take one another's place, the surest first.
_SWAPPED = ("account", "kind", "day", "number", "person")

_ASKED_FOR = {"win_date": "day", **{name: what for what, name in FIELD_OF.items()}}
_ROLE_BEHIND = re.compile(r"(?:, | \()(?:[^\s,()]+ ?){1,4}\)?[.!]?$")


@dataclass(frozen=True, slots=True)
class Sensed:
    """*rest*: what is a remark. No wishes and *is_soft*: understood, and nothing of it need be kept beside others."""

    wishes: tuple[Wish, ...] = ()
    rest: str = ""
    is_soft: bool = False


@dataclass(slots=True)
class Sense:
    """Reads sentence after sentence; *strictly* reads a clause that is one whole phrase."""

    about: About
    topic: Topic
    strictly: Callable[[str], list[Wish] | None]
    known: dict[str, Sentence] = field(default_factory=dict)

    def sentence(self, text: str) -> Sentence:
        if text not in self.known:
            language = self.topic.language
            self.known[text] = Sentence(text, tuple(mentions(self.about, text, language)), self.about, language)
        return self.known[text]

    def weighs(self, text: str) -> bool:
        """Whether a clause that asked for nothing tells something that is worth keeping."""
        return weighs(self.sentence(text).items)

    # ------------------------------------------------------------ one sentence

    def read(self, text: str) -> Sensed:
        sentence = self.sentence(text)
        if not sentence.items or len(sentence.items) > MAX_ITEMS:
            return Sensed()
        if (prose := self._prose(sentence)) is not None:
            return prose
        if len(sentence.items) > 2 and sentence.items[0].has("wrong") and sentence.items[1].text == ":":
            # "Wrong: Bramble" says what it is not.
            return Sensed()
        if (swapped := _swapped(sentence)) is not None:
            return Sensed((swapped,))
        return Sensed() if self._is_closed(sentence) else self._read(sentence)

    def _is_closed(self, sentence: Sentence) -> bool:
        """Whether nothing may be taken from it: questions, doubts, and what is said of wins that nobody named."""
        whole = sentence.whole
        return (len(self.about.ids) > 1 and whole.has("others")) or whole.has("doubt") or sentence.is_question

    def _read(self, sentence: Sentence) -> Sensed:
        whole, clauses = sentence.whole, sentence.clauses()
        wins, self.topic.wins = self.topic.wins, None
        wrong = self.topic.field
        wishes: list[Wish] = []
        rest: list[str] = []
        did_understand = False
        for clause in clauses:
            if _is_role_of_last(sentence, clause, wishes) or FILLER.fullmatch(clean(flatten(clause.text))):
                continue
            named = named_wins(clause, self.about.ids)
            wins = named or wins
            if clause.is_small_talk:
                continue
            found, wrong = self._clause(sentence, clause, wrong, has_before=bool(wishes))
            if found is None:
                found = self._phrase(sentence, clause, clauses, wrong)
            numbers = clause.values("number")
            if found is None and named and len(numbers) == 1 and _goes_on_with_value(clause, wishes):
                # "Value 8 for the first two, 5 for the last"
                found = [Wish("set", "value", clause.items[numbers[0]].which("number"))]
            if found is None:
                if named is None or clause.unknown or numbers:
                    is_last = clause is clauses[-1]
                    rest.append(sentence.text[clause.items[0].start :].strip() if is_last else clause.text.strip(" ,;"))
                continue
            if Wish("private") in found and clause.has("condition"):
                # "… until 1 December": done now, and the day is a person's to keep in mind.
                rest.append(clause.text)
            did_understand = True
            wishes += [replace(w, win=t) if w.win is None else w for w in found for t in (wins or (None,))]
        self.topic.field = wrong
        if not wishes:
            if wins and not any(c.unknown for c in clauses):
                self.topic.wins = wins
            return Sensed(is_soft=did_understand and not self.weighs(" ".join(rest)))
        if disagree(wishes) or (
            len(self.about.ids) > 1 and any(w.win is None for w in wishes) and names_wins(sentence)
        ):
            # Some win was named, and this one not: which is meant is not guessed.
            return Sensed()
        self.topic.field = None
        remark = " ".join(r for r in rest if self.weighs(r))
        if not remark and leaves_undone(whole, wishes):
            # Whatever stands between it and what was understood.
            remark = sentence.text
        return Sensed(tuple(dict.fromkeys(wishes)), remark)

    def _phrase(
        self, sentence: Sentence, clause: Clause, clauses: Sequence[Clause], wrong: str | None
    ) -> list[Wish] | None:
        """A clause that is one whole phrase."""
        if is_aside(clause, sentence.whole) or (plain := self.strictly(clause.text.strip(" ,;:-()"))) is None:
            return None
        found = [w for w in plain if w.verb not in ("question", "thanks")]
        is_switch = any(w.verb in ("share", "delete", "undo", "split") for w in found)
        if is_switch and sentence.whole.has("condition"):
            return None
        if not found or len(clauses) < 2:
            return found
        is_bare_number = clause.values("number") and not clause.fields and not frames_number(clause)
        is_today = any(w.field == "date" for w in found) and SPEAKS_OF_TODAY.match(flatten(clause.text))
        if hangs_on(clauses, clause) or (wrong != "value" and is_bare_number) or is_today:
            # "If they sign, make it a 10"; "Oh brilliant, a 4."; "It's Monday, be nice" speaks of today.
            return None
        return found

    # ------------------------------------------------------------ one clause

    def _clause(
        self, sentence: Sentence, clause: Clause, wrong: str | None, *, has_before: bool
    ) -> tuple[list[Wish] | None, str | None]:
        """(its wishes, the field called wrong in it); no wishes, and not None: understood, and nothing to do."""
        whole = sentence.whole
        is_kept_back = "private" in clause.acts and all(is_until(i) for i in clause.items if i.has("condition"))
        if clause.has("condition") and not clause.fields and not is_kept_back:
            return None, wrong
        if _leaves(clause):
            return [], wrong
        wishes = _values(sentence, clause, wrong)
        if wishes is None:
            return None, wrong
        if not wishes and (act := act_wishes(clause, whole)) is not None:
            return act, wrong
        if wishes and clause.acts and (act := act_wishes(clause, whole)):
            # What is to be done beside a new value must be as plain as a clause of its own.
            return ([*wishes, *act], None) if act == [Wish("private")] else (None, wrong)
        if "delete" in clause.acts and any(w.field == "contact" for w in wishes):
            # "Take Fabio's name out" makes nobody the contact.
            return None, wrong
        if wishes:
            return wishes, None
        if (called := _called_wrong(clause)) is not None and clause.unknown <= 1:
            return [], called
        if has_before and clause.has("not") and clause.unknown == 0 and not clause.acts:
            # "…, not Globex": what was wrong, behind what is right.
            return [], wrong
        if clause.has("ok") and clause.unknown == 0 and not clause.has("not"):
            return [], wrong
        if clause.has("belongs") and clause.items[0].has("small") and clause.unknown == 1 and not has_before:
            # "To dotyczy centrali, czyli Norvik Foods": the name is still to come.
            return None, "account"
        return None, wrong

    # ------------------------------------------------------------ the answer to the open question

    def answer(self, text: str) -> tuple[str, str] | None:
        """(the one account, person … that the sentence names, what it says besides), for the question about it."""
        sentence = self.sentence(text)
        what = _ASKED_FOR.get(self.about.asked or "")
        clause = sentence.whole
        if what is None or clause.has("doubt", "later", "condition", "passed") or sentence.is_question:
            return None
        chosen = self._chosen(sentence, clause, what)
        if chosen is None:
            return None
        if (
            what == "person"
            and (role := _ROLE_BEHIND.match(text[chosen.end :]))
            and not clause.has("said", "rather")
            and self.strictly(role[0].strip(" ,().!")) is None
        ):
            return without_title(chosen.text) + role[0].rstrip(".!"), ""
        value = chosen.text if what in ("day", "kind", "person") else chosen.which(what) or ""
        rest = [
            c.text
            for c in sentence.clauses()
            if chosen not in c.items
            and (c.has_evidence or self.weighs(c.text))
            and not (what == "person" and c.items[0].start < chosen.start and not c.has("kind", "number", "day", "act"))
        ]
        return without_title(value) if what == "person" else value, ", ".join(r.strip(" ,") for r in rest)

    def _chosen(self, sentence: Sentence, clause: Clause, what: str) -> Item | None:
        """The mention that is the answer, where there is but one that can be."""
        items = clause.items
        places = [n for n in clause.values(what) if not clause.is_denied(n) and not items[n].is_weak]
        if what == "number":
            places = [n for n in places if not is_counted(clause, n) and clause.unknown <= 1]
        elif what != "person" and clause.unknown > 4:
            return None
        if len({items[n].text for n in places}) > (2 if what == "person" else 1) or not places:
            return None
        at = best(clause, places)[0]
        if what == "account" and self.about.options and any(i.is_word for i in items[at + 1 : at + 2]):
            # Another word behind it may say that it is the other one.
            return None
        people = clause.values("person")
        is_one = what != "person" or clause.has("said", "rather", "not")
        if not is_one and any(sentence.joins(i) for i in items[people[0] : people[-1]]):
            # "Ola i Zenek": two of them.
            return None
        return items[at]

    # ------------------------------------------------------------ words for a field that runs on

    def _prose(self, sentence: Sentence) -> Sensed | None:
        items, text = sentence.items, sentence.text
        for at, item in enumerate(items[:_HEAD]):
            name = item.which("field")
            if name not in ("summary", "quote", "cause"):
                continue
            if (match := QUOTED.search(text, item.end)) and match.start() - item.end < 60:
                return Sensed((*self._head(sentence, at), Wish("set", name, match[1].strip())))
            lead = _cause_begins(items, at) if name == "cause" else None
            if lead is not None and len(value := text[lead:].strip(" :,.")) > 8 and not sentence.is_question:
                return Sensed((Wish("set", "cause", without_contrast(value)),))
            colon = next((i for i in items[at + 1 : at + 7] if i.text == ":" or not is_light(i)), None)
            if colon is not None and colon.text == ":":
                value = text[colon.end :].strip(' "“”„«».')
                if len(value) > 8:
                    return Sensed((*self._head(sentence, at), Wish("set", name, value)))
        return None

    def quoted(self, line: str) -> tuple[tuple[Wish, ...], str] | None:
        """(the wish to put in words that stand in quotation marks, the line behind them)."""
        match = QUOTED.search(line)
        found = self._prose(self.sentence(line[: match.end()])) if match else None
        if match is None or found is None or match[1].strip() not in (found.wishes[-1].value or ""):
            return None
        return found.wishes, line[match.end() :].lstrip(" .,;")

    def _head(self, sentence: Sentence, at: int) -> tuple[Wish, ...]:
        """What is wished before the prose begins."""
        items = sentence.items[:at]
        if not any(i.has("field") or i.has("number") or i.has("kind") for i in items):
            return ()
        return self.read(sentence.text[: items[-1].end]).wishes


def without_contrast(text: str) -> str:
    return CONTRAST.sub("", text)


def _cause_begins(items: Sequence[Item], at: int) -> int | None:
    """Behind "it was down to", "the reason is"."""
    behind = items[at + 1] if at + 1 < len(items) else None
    if at <= 2 and behind is not None and (behind.has("is") or behind.has("was")):
        return behind.end
    return items[at].end if len(items[at].text.split()) > 2 and at <= 1 else None


def _swapped(sentence: Sentence) -> Wish | None:
    """ "Swap Initech for Globex", "change the 7 to a 9": of two of a kind the one that shall stand there."""
    items, whole = sentence.items, sentence.whole
    if len(sentence.about.ids) > 1 or whole.has("doubt", "condition") or any(denies(i) for i in items):
        return None
    if is_reported(items) or whole.unknown > 2:
        return None
    low = flatten(sentence.text)
    match = next((m for pattern in SWAPS if (m := pattern.search(low))), None)
    if match is None:
        return None
    for what in _SWAPPED:
        old, new = (
            [i for i in items if match.start(g) <= i.start < match.end(g) and i.has(what)] for g in ("old", "new")
        )
        if len(old) == len(new) == 1:
            return wish_of(new[0], FIELD_OF[what])
    return None


def _is_role_of_last(sentence: Sentence, clause: Clause, wishes: list[Wish]) -> bool:
    """ "(COO)" behind a name belongs to it."""
    last = wishes[-1] if wishes else None
    if last is None or last.field != "contact" or f"{last.value} ({clause.text})" not in sentence.text:
        return False
    wishes[-1] = replace(last, value=f"{last.value} ({clause.text})")
    return True


def _goes_on_with_value(clause: Clause, wishes: Sequence[Wish]) -> bool:
    return bool(wishes) and wishes[-1].field == "value" and not clause.unknown


def _leaves(clause: Clause) -> bool:
    """A field is named to be left alone: "date is right", "don't touch the value"."""
    if clause.has("wrong", "except") or clause.unknown or clause.acts:
        return False
    if clause.fields or clause.has("ref") or clause.has("account"):
        if any(clause.before(n, "is") for what in ("account", "person") for n in clause.values(what)):
            # "A conta certa é Ferrandis"
            return False
        names_none = not clause.has("number", "day", "kind")
        if clause.has("ok") and not clause.has("not") and names_none:
            return True
        if clause.has("not") and clause.has("leave", "set") and not clause.has("but"):
            return names_none
    return clause.has("leave") and not clause.has("but")


def _values(sentence: Sentence, clause: Clause, wrong: str | None) -> list[Wish] | None:
    """The values that the clause gives; None where it gives one field several."""
    wishes: list[Wish] = []
    used: set[int] = set()
    for at, item in enumerate(clause.items):
        name = item.which("field")
        if name in VALUE_OF and (place := value_of(sentence, clause, at, name, used)) is not None:
            used.add(place)
            wishes.append(wish_of(clause.items[place], name))
    for what, is_framed in FRAMES:
        if sentence.whole.has("condition") and what in ("kind", "number"):
            continue
        places = [n for n in clause.values(what) if n not in used]
        meant = [n for n in places if not clause.is_denied(n)]
        fits = [n for n in meant if not clause.has("later") and is_framed(sentence, clause, n)]
        if what == "number" and wrong not in (None, "value") and not clause.fields:
            # "Datum falsch: 4. statt 14. November" speaks of no value.
            fits = []
        is_expected = wrong == FIELD_OF[what] and len(meant) == 1 and clause.unknown <= 1
        if not fits and is_expected and not clause.items[meant[0]].is_weak:
            fits = meant
        if what == "number" and len({clause.items[n].text for n in fits}) > 1:
            return None
        if fits and not any(w.field == FIELD_OF[what] for w in wishes):
            wishes.append(wish_of(clause.items[best(clause, fits)[0]], FIELD_OF[what]))
            used.update(places)
    return wishes


def _called_wrong(clause: Clause) -> str | None:
    """The field that a clause only says is wrong: "niet Nordkai!!", "not 6", "wrong day"."""
    if clause.has("wrong") and len(clause.fields) == 1:
        return clause.fields[0]
    denied = {FIELD_OF[what] for what in _SWAPPED for n in clause.values(what) if clause.is_denied(n)}
    return denied.pop() if len(denied) == 1 else None
