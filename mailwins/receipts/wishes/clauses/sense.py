"""What a sentence asks for, by the evidence in it: fields, values, and the words that hold them together.

``reading`` tries whole phrases first. What is said more freely comes here: the sentence is cut into clauses, each
clause's mentions are found, and a wish is taken where a mention stands in a frame that can mean nothing else
("it was … who said it", "not … but …", "make it …"). Doubt, conditions and things to come take nothing, and words
that are none of ours make a clause harder to believe: beyond a few it is a remark, and kept as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mailwins.receipts.wishes.clauses.mentions import Item, mentions
from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.phrases.picking import disagree
from mailwins.receipts.wishes.trimming import clean
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.asking import BY_THE_WAY, OF_HERSELF
from mailwins.receipts.wishes.words.courtesy import FILLER, PLEASE
from mailwins.receipts.wishes.words.days import SPEAKS_OF_TODAY
from mailwins.receipts.wishes.words.doubt import IF, NEGATIONS, UNTIL, WHY
from mailwins.receipts.wishes.words.fields import SWAPS
from mailwins.receipts.wishes.words.grammar import ALSO, AND, HAS, OF, OF_WIN, ON, ONE_ARTICLE, THAN, TO
from mailwins.receipts.wishes.words.lexicon import GERMAN, POLISH, language_of, words_of
from mailwins.receipts.wishes.words.people import FIRST_PERSON, OURS, TITLES, TOLD_TO, is_role
from mailwins.receipts.wishes.words.prose import CONTRAST, QUOTED
from mailwins.receipts.wishes.words.values import MORE_OF

_VALUE_OF = {
    "account": ("account", "person"),
    "contact": ("person",),
    "name": ("person", "account"),
    "date": ("day",),
    "value": ("number",),
    "category": ("kind",),
}
_FIELD_OF = {"account": "account", "person": "contact", "day": "date", "number": "value", "kind": "category"}
_PASSING = ("small", "is", "was", "field", "said", "they", "belongs", "set", "number word", "rather")
_ACTS = ("delete", "undo", "split", "share", "private")
# What an act that is spoken of may have come to.
_DOES = {
    "delete": {"delete", "not_a_win", "undo"},
    "undo": {"undo"},
    "split": {"split"},
    "share": {"share", "internal", "private"},
    "private": {"private", "internal", "share"},
}
MAX_ITEMS = 120


@dataclass
class Topic:
    """What the sentences before were about: a field that was called wrong, wins that were named."""

    field: str | None = None
    targets: tuple[int, ...] | None = None


@dataclass
class Clause:
    text: str
    items: list[Item]
    is_named: bool = False
    """Says which of several wins it is about."""

    def has(self, *what: str) -> bool:
        return any(i.has(w) for i in self.items for w in what)

    def values(self, what: str) -> list[int]:
        return [n for n, i in enumerate(self.items) if i.has(what)]

    @property
    def fields(self) -> list[str]:
        return [f for i in self.items if (f := i.which("field"))]

    @property
    def acts(self) -> list[str]:
        return list(dict.fromkeys(a for i in self.items if (a := i.which("act"))))

    @property
    def unknown(self) -> int:
        return sum(1 for i in self.items if i.is_word or (i.has("person") and i.is_weak))

    @property
    def is_small_talk(self) -> bool:
        return all(
            i.has("small") or i.has("thanks") or i.has("cheer") or i.has("mark") or i.has("you") or i.has("they")
            for i in self.items
        )

    @property
    def has_evidence(self) -> bool:
        return any(
            i.has(w) for i in self.items for w in ("field", "act", "account", "person", "day", "kind", "number", "ref")
        )

    def before(self, at: int, what: str, reach: int = 8) -> bool:
        return any(i.has(what) for i in self.items[max(0, at - reach) : at])

    def behind(self, at: int, what: str, reach: int = 6) -> bool:
        return any(i.has(what) for i in self.items[at + 1 : at + 1 + reach])

    def is_denied(self, at: int) -> bool:
        """Whether "not", "instead of" and the like stand before the item, with nothing of weight between."""
        behind = self.items[at + 1] if at + 1 < len(self.items) else None
        if behind is not None and behind.has("not") and (at + 2 >= len(self.items) or self.items[at + 2].has("was")):
            # "gisteren niet", "lo de Referral no": behind what it denies.
            return True
        for step, item in enumerate(reversed(self.items[max(0, at - 6) : at])):
            if item.has("but"):
                return False
            if item.has("not") and not (item.has("no") and flatten(item.text) == "no" and step):
                return True
            if item.has("instead") and (flatten(item.text) not in THAN or self.has("rather")):
                return True
            if not any(item.has(w) for w in _PASSING):
                break
        return False


@dataclass
class Sense:
    """Reads sentence after sentence; *strictly* is the reading of whole phrases, for a clause that is one."""

    about: About
    strictly: Callable[[str], list[Wish] | None]
    language: int | None = None
    topic: Topic = field(default_factory=Topic)

    def __post_init__(self) -> None:
        self.count = len(self.about.ids)

    def tune(self, text: str) -> None:
        """Learns from the whole reply in which language it is."""
        self.language = language_of(words_of(text)[:400])

    # ------------------------------------------------------------ one sentence

    def is_doubtful(self, sentence: str) -> bool:
        """Whether she says that she is not sure."""
        return any(i.has("doubt") for i in mentions(self.about, sentence, self.language))

    def thanks(self, sentence: str, *, also_ok: bool = True) -> bool:
        """Thanks and nothing else but that all is well; a cheer alone is thanks only where *also_ok*."""
        items = mentions(self.about, sentence, self.language)
        clause = Clause(sentence, items)
        if not clause.has("thanks") and not (also_ok and clause.has("cheer")):
            return False
        if clause.has("not", "wrong", "but", "doubt") or clause.unknown > (2 if clause.has("thanks") else 0):
            return False
        return all(
            i.is_word or _is_light(i) or i.has("ok") or i.has("win") or (i.has("field") and clause.has("ok"))
            for i in items
        )

    def is_remark(self, sentence: str) -> bool:
        """Whether it tells of somebody, of a doubt or of things to come, so that it answers no question by the way."""
        low = flatten(sentence)
        if BY_THE_WAY.match(low) or (self.about.asked == "expected" and OF_HERSELF.match(low)):
            return True
        items = mentions(self.about, sentence, self.language)
        if any(i.has("doubt") or i.has("later") for i in items):
            return True
        first = next((n for n, i in enumerate(items) if not i.has("small") or i.has("they")), None)
        return (
            first is not None
            and (
                items[first].has("person")
                or items[first].has("account")
                or (items[first].has("they") and flatten(items[first].text) not in FIRST_PERSON)
            )
            and any(
                (i.has("is") and not i.has("was")) or (self.about.asked == "expected" and flatten(i.text) in HAS)
                for i in items[first + 1 : first + 3]
            )
        )

    def acts(self, sentence: str) -> bool:
        """Whether it speaks of deleting, sharing and the like."""
        return any(i.has("act") for i in mentions(self.about, sentence, self.language))

    def leaves(self, sentence: str) -> bool:
        """Only that it is fine as it is."""
        clause = Clause(sentence, mentions(self.about, sentence, self.language))
        return clause.has("ok", "leave", "thanks") and clause.unknown == 0

    def asks(self, sentence: str) -> bool:
        """A question, and no wish put as one ("…, can you split them?")."""
        return self._is_question(sentence, mentions(self.about, sentence, self.language))

    def calls_wrong(self, sentence: str, name: str) -> bool:
        """Whether it says of this field alone that it is wrong."""
        clause = Clause(sentence, mentions(self.about, sentence, self.language))
        return clause.has("wrong") and set(clause.fields) == {name}

    def names_value(self, sentence: str) -> bool:
        """Whether it names something that can be the value of the field asked for."""
        what = {"account": "account", "contact": "person", "category": "kind", "value": "number"}.get(
            self.about.asked or ""
        )
        return (
            what is not None
            and any(i.has(what) and not i.is_weak for i in mentions(self.about, sentence, self.language))
            and what != "person"
        )

    def may_name_win(self, sentence: str, wishes: Sequence[Wish]) -> bool:
        """Whether an account is named to say which of the wins is meant."""
        if len([w for w in wishes if w.win is None and w.verb != "thanks"]) > 1 and any(
            w.field == "account" and w.win is None for w in wishes
        ):
            return True
        return (
            any(w.win is None and w.verb != "thanks" for w in wishes)
            and all(
                w.field not in ("account", "summary", "cause", "quote") and not (w.verb == "share" and w.value)
                for w in wishes
            )
            and any(i.has("account") for i in mentions(self.about, sentence, self.language))
        )

    def names_wins(self, sentence: str) -> bool:
        return any(self._refs(c) for c in self._clauses(sentence, mentions(self.about, sentence, self.language)))

    def answer(self, sentence: str) -> tuple[str, str] | None:
        """(the one account, person … that the sentence names, what it says besides), for the question about it."""
        self.sentence = sentence
        what = {
            "account": "account",
            "contact": "person",
            "category": "kind",
            "value": "number",
            "date": "day",
            "win_date": "day",
        }.get(self.about.asked or "")
        items = mentions(self.about, sentence, self.language)
        clause = Clause(sentence, items)
        if what is None or clause.has("doubt", "later", "condition", "passed") or self._is_question(sentence, items):
            return None
        places = [n for n in clause.values(what) if not clause.is_denied(n) and not clause.items[n].is_weak]
        if what == "number":
            places = [n for n in places if not self._is_counted(clause, n) and clause.unknown <= 1]
        elif what != "person" and clause.unknown > 4:
            return None
        if len({items[n].text for n in places}) > (2 if what == "person" else 1) or not places:
            return None
        chosen = items[_best(clause, places)[0]]
        if what == "account" and self.about.options and any(i.is_word for i in items[items.index(chosen) + 1 :][:1]):
            # Another word behind it may say that it is the other one.
            return None
        people = clause.values("person")
        if (
            what == "person"
            and any(self._joins(i) for i in items[people[0] : people[-1]])
            and not clause.has("said", "rather", "not")
        ):
            # "Ola i Zenek": two of them.
            return None
        value = (
            chosen.text
            if what in ("day", "kind")
            else _named(chosen.text)
            if what == "person"
            else chosen.which(what) or ""
        )
        if (
            what == "person"
            and (role := re.match(r"(?:, | \()(?:[^\s,()]+ ?){1,4}\)?[.!]?$", sentence[chosen.end :]))
            and not clause.has("said", "rather")
        ):
            value += role[0].rstrip(".!")
            return value, ""
        rest = [
            c.text
            for c in self._clauses(sentence, items)
            if chosen not in c.items
            and (c.has_evidence or self.weighs(c.text))
            and not (what == "person" and c.items[0].start < chosen.start)
        ]
        return value, " ".join(rest)

    def read(self, sentence: str) -> tuple[list[Wish], str] | None:
        """(the wishes, what is a remark), or None where nothing was understood. ``is_soft`` tells of no wishes that nothing need be kept of them beside others."""
        self.is_soft = False
        self.sentence = sentence
        self.items: list[Item] = []
        items = mentions(self.about, sentence, self.language)
        if not items or len(items) > MAX_ITEMS:
            return None
        if (prose := self._prose(sentence, items)) is not None:
            return prose
        self.items = items
        whole = Clause(sentence, items)
        if len(items) > 2 and items[0].has("wrong") and items[1].text == ":":
            # "Wrong: Bramble" says what it is not.
            return None
        if self.count < 2 and (swapped := self._swapped(sentence, items)) is not None:
            return [swapped], ""
        if self.count > 1 and whole.has("others"):
            return None
        if whole.has("doubt") or self._is_question(sentence, items):
            return None
        clauses = self._clauses(sentence, items)
        targets = self.topic.targets
        self.topic.targets = None
        wishes: list[Wish] = []
        rest: list[str] = []
        did_understand = False
        denied: str | None = self.topic.field
        for clause in clauses:
            if self._is_role_of_last(clause, wishes) or FILLER.fullmatch(clean(flatten(clause.text))):
                continue
            named = self._refs(clause)
            if named is not None:
                targets = named
            if clause.is_small_talk:
                continue
            found, denied = self._clause(clause, denied, whole, bool(wishes))
            if (
                found is None
                and not _is_aside(clause, whole)
                and (plain := self.strictly(clause.text.strip(" ,;:-()"))) is not None
            ):
                found = [w for w in plain if w.verb not in ("question", "thanks")]
                if any(w.verb in ("share", "delete", "undo", "split") for w in found) and whole.has("condition"):
                    found = None
                if found and len(clauses) > 1 and _hangs_on(clauses, clause):
                    # "If they sign, make it a 10"
                    found = None
                if (
                    found
                    and len(clauses) > 1
                    and denied != "value"
                    and clause.values("number")
                    and not clause.fields
                    and not self._frames_number(clause)
                ):
                    # "Oh brilliant, a 4."
                    found = None
                if (
                    found
                    and len(clauses) > 1
                    and any(w.field == "date" for w in found)
                    and SPEAKS_OF_TODAY.match(flatten(clause.text))
                ):
                    # "It's Monday, be nice" speaks of today.
                    found = None
            numbers = clause.values("number")
            if (
                found is None
                and named
                and wishes
                and wishes[-1].field == "value"
                and len(numbers) == 1
                and not clause.unknown
            ):
                # "Value 8 for the first two, 5 for the last"
                found = [Wish("set", "value", clause.items[numbers[0]].which("number"))]
            if found is None:
                if named is not None and not clause.unknown and not numbers:
                    continue
                rest.append(
                    sentence[clause.items[0].start :].strip() if clause is clauses[-1] else clause.text.strip(" ,;")
                )
                continue
            if Wish("private") in found and clause.has("condition"):
                # "… until 1 December": done now, and the day is a person's to keep in mind.
                rest.append(clause.text)
            did_understand = True
            wishes += [replace(w, win=t) if w.win is None else w for w in found for t in (targets or (None,))]
        self.topic.field = denied
        if not wishes:
            if targets and not any(w.unknown for w in clauses):
                self.topic.targets = targets
            self.is_soft = did_understand and not self.weighs(" ".join(rest))
            return None
        if disagree(wishes):
            return None
        if self.count > 1 and any(w.win is None for w in wishes) and self.names_wins(sentence):
            # Some win was named, and this one not: which is meant is not guessed.
            return None
        self.topic.field = None
        remark = " ".join(r for r in rest if self.weighs(r))
        if not remark and self._leaves_an_act_undone(whole, wishes):
            # Never dropped in silence, whatever stands between it and what was understood.
            remark = sentence
        return list(dict.fromkeys(wishes)), remark

    @staticmethod
    def _leaves_an_act_undone(whole: Clause, wishes: Sequence[Wish]) -> bool:
        if any(_denies(i) for i in whole.items):
            # "Don't remove it, just make it private."
            return False
        done = {w.verb for w in wishes}
        return any(not done & _DOES[act] for act in whole.acts if act in _DOES)

    def _swapped(self, sentence: str, items: Sequence[Item]) -> Wish | None:
        """ "Swap Initech for Globex", "change the 7 to a 9": of two of a kind the one that shall stand there."""
        if any(i.has("doubt") or i.has("condition") or _denies(i) for i in items) or _is_reported(items):
            return None
        match = next((m for p in SWAPS if (m := re.compile(p).search(flatten(sentence)))), None)
        if match is None or sum(i.is_word or (i.has("person") and i.is_weak) for i in items) > 2:
            return None
        for what in ("account", "kind", "day", "number", "person"):
            old, new = (
                [i for i in items if match.start(g) <= i.start < match.end(g) and i.has(what)] for g in ("old", "new")
            )
            if len(old) == len(new) == 1:
                return self._set(new[0], _FIELD_OF[what], Clause(sentence, list(items)))
        return None

    def _is_role_of_last(self, clause: Clause, wishes: list[Wish]) -> bool:
        """ "(COO)" behind a name belongs to it."""
        last = wishes[-1] if wishes else None
        if last is None or last.field != "contact" or f"{last.value} ({clause.text})" not in self.sentence:
            return False
        wishes[-1] = replace(last, value=f"{last.value} ({clause.text})")
        return True

    def weighs(self, text: str) -> bool:
        """Whether a clause that asked for nothing tells something that is worth keeping."""
        return (
            sum(
                1
                for i in mentions(self.about, text, self.language)
                if i.is_word or any(i.has(w) for w in ("person", "figure", "later", "account", "number", "day"))
            )
            >= 1
        )

    def _is_question(self, sentence: str, items: Sequence[Item]) -> bool:
        if not sentence.rstrip(' "”)').endswith(("?", "？")):
            return False
        return not any(i.has("you") for i in items[:3]) and not re.search(
            r"[,;–-] *(?:can|could|would|kannst|konntest|peux|pourrais|puedes|kun|puoi|podes|kan|mozesz)[ -]",
            flatten(sentence),
        )

    # ------------------------------------------------------------ words for a field that runs on

    def _prose(self, sentence: str, items: Sequence[Item]) -> tuple[list[Wish], str] | None:
        for at, item in enumerate(items[:12]):
            name = item.which("field")
            if name not in ("summary", "quote", "cause"):
                continue
            if (match := QUOTED.search(sentence, item.end)) and match.start() - item.end < 60:
                head = self._head(items[:at], sentence)
                return [*head, Wish("set", name, match[1].strip())], ""
            lead = item.end if item.which("field") == "cause" and len(item.text.split()) > 2 and at <= 1 else None
            if (
                name == "cause"
                and at <= 2
                and at + 1 < len(items)
                and (items[at + 1].has("is") or items[at + 1].has("was"))
            ):
                lead = items[at + 1].end
            if (
                lead is not None
                and len(value := sentence[lead:].strip(" :,.")) > 8
                and not self._is_question(sentence, items)
            ):
                return [Wish("set", "cause", without_contrast(value))], ""
            colon = next((i for i in items[at + 1 : at + 7] if i.text == ":" or not _is_light(i)), None)
            if colon is not None and colon.text == ":" and len(value := sentence[colon.end :].strip(' "“”„«».')) > 8:
                return [*self._head(items[:at], sentence), Wish("set", name, value)], ""
        return None

    def quoted(self, line: str) -> tuple[list[Wish], str] | None:
        """(the wish to put in words that stand in quotation marks, the line behind them)."""
        match = QUOTED.search(line)
        if match is None:
            return None
        found = self._prose(line[: match.end()], mentions(self.about, line[: match.end()], self.language))
        return (
            (found[0], line[match.end() :].lstrip(" .,;"))
            if found and match[1].strip() in (found[0][-1].value or "")
            else None
        )

    def _head(self, items: Sequence[Item], sentence: str) -> list[Wish]:
        """What is wished before the prose begins."""
        if not any(i.has("field") or i.has("number") or i.has("kind") for i in items):
            return []
        found = self.read(sentence[: items[-1].end])
        return found[0] if found else []

    # ------------------------------------------------------------ cutting

    def _clauses(self, sentence: str, items: Sequence[Item]) -> list[Clause]:
        runs: list[list[Item]] = [[]]
        for at, item in enumerate(items):
            if item.has("mark"):
                runs.append([])
                continue
            if runs[-1] and at + 1 < len(items) and _tells_why(items, at) and Clause("", runs[-1]).has_evidence:
                runs.append([item])
                continue
            if self._joins(item) and runs[-1] and item.text not in ("è", "é"):
                head, tail = Clause("", runs[-1]), Clause("", _run(items[at + 1 :]))
                first = next((i for i in tail.items if not i.has("small")), None)
                if (
                    self.count > 1
                    and first is not None
                    and first.has(what := "number" if first.has("number") else "ref")
                    and head.items[-1].has(what)
                ):
                    runs[-1].append(item)
                    continue
                if head.has_evidence and (tail.has_evidence or len(tail.items) > 2):
                    runs.append([])
                    continue
            runs[-1].append(item)
        clauses = [Clause(sentence[r[0].start : r[-1].end], r) for r in runs if r]
        return self._joined(clauses, sentence)

    def _joins(self, item: Item) -> bool:
        words = AND if self.language is None else (AND[self.language], "and")
        return any(flatten(item.text) in flatten(w).split() for w in words) and (item.has("small") or item.has("but"))

    def _joined(self, clauses: list[Clause], sentence: str) -> list[Clause]:
        """ "Und die Valeur, 10": a field and, behind a mark, nothing but its value are one clause."""
        out: list[Clause] = []
        for clause in clauses:
            last = out[-1] if out else None
            fields = last.fields if last else []
            if (
                last
                and last.has("said")
                and clause.has("person")
                and len(clause.items) <= 2
                and not (last.has("person") or clause.has("said", "field", "not"))
            ):
                # "Gesagt hat das der Leiter, Herr Sailer"
                items = [*last.items, *clause.items]
                out[-1] = Clause(sentence[items[0].start : items[-1].end], items)
                continue
            if (
                last
                and len(fields) == 1
                and fields[0] in _VALUE_OF
                and (not last.has("ok") or last.has("except"))
                and not clause.fields
                and not any(last.values(v) for v in _VALUE_OF[fields[0]])
                and any(clause.values(v) for v in _VALUE_OF[fields[0]])
                and last.unknown <= 2
            ):
                items = [*last.items, *clause.items]
                out[-1] = Clause(sentence[items[0].start : items[-1].end], items)
                continue
            out.append(clause)
        return out

    # ------------------------------------------------------------ which wins

    def _refs(self, clause: Clause) -> tuple[int, ...] | None:
        """The wins that the clause names; their items are small words from then on."""
        if self.count < 2:
            return None
        found: list[int] = []
        first = next((n for n, i in enumerate(clause.items) if i.has("except")), 0)
        if not any(i.has("ref") or i.has("number") for i in clause.items[first:]):
            first = 0
        for at, item in enumerate(clause.items):
            if at < first:
                # "Both are fine except the kind on 2"
                continue
            which = item.which("ref")
            behind = clause.items[at + 1] if at + 1 < len(clause.items) else None
            if which in ("1", "-1") and behind is not None and (many := behind.which("number")):
                if not many.isdigit() or not 1 < int(many) <= self.count:
                    continue
                found = [*(self.about.ids[: int(many)] if which == "1" else self.about.ids[-int(many) :])]
                clause.items[at + 1] = replace(behind, means=(("small", ""),))
            elif which == "all":
                found = [*self.about.ids]
            elif which is not None and (place := self._place(int(which))) is not None:
                found.append(place)
            elif item.has("number") and self._is_ref(clause, at):
                found.append(self.about.ids[int(item.which("number") or 0) - 1])
            else:
                continue
            clause.items[at] = replace(item, means=(("small", ""),))
            clause.is_named = True
        return tuple(dict.fromkeys(found)) or None

    def _place(self, number: int) -> int | None:
        place = number - 1 if number > 0 else number
        return self.about.ids[place] if -self.count <= place < self.count else None

    def _is_ref(self, clause: Clause, at: int) -> bool:
        number = int(clause.items[at].which("number") or 0)
        if not 1 <= number <= self.count or clause.before(at, "rather", 3):
            return False
        before = clause.items[at - 1] if at else None
        if (
            before is not None
            and (before.has("set") or before.which("field") == "value")
            and not before.has("number word")
        ):
            return False
        if (
            at > 1
            and clause.items[at - 2].which("field") == "value"
            and before is not None
            and flatten(before.text) in OF_WIN
            and any(i.has("number") for i in clause.items[at + 1 :])
        ):
            # "la valeur du 1 c'est 7"
            return True
        if (
            at > 1
            and before is not None
            and flatten(before.text) in ON
            and clause.items[at - 2].has("field")
            and clause.items[at - 2].which("field") != "value"
        ):
            # "The kind on 2"
            return True
        is_marked = before is not None and before.has("number word") and not clause.before(at, "field", 2)
        leads = all(_is_light(i) or i.has("ref") or i.has("number") for i in clause.items[:at])
        return is_marked or (leads and (len(clause.items) > at + 1 or at == 0))

    # ------------------------------------------------------------ one clause

    def _clause(
        self, clause: Clause, denied: str | None, whole: Clause, has_before: bool
    ) -> tuple[list[Wish] | None, str | None]:
        """(its wishes, the field that was called wrong in it); no wishes and no None: understood, and nothing to do."""
        is_kept_back = "private" in clause.acts and all(_is_until(i) for i in clause.items if i.has("condition"))
        if clause.has("condition") and not clause.fields and not is_kept_back:
            return None, denied
        if self._leaves(clause):
            return [], denied
        wishes: list[Wish] = []
        used: set[int] = set()
        for at, item in enumerate(clause.items):
            name = item.which("field")
            if name in _VALUE_OF and (place := self._value_of(clause, at, name, used)) is not None:
                used.add(place)
                wishes.append(self._set(clause.items[place], name, clause))
        for what, test in _FRAMES:
            places = [n for n in clause.values(what) if n not in used]
            meant = [n for n in places if not clause.is_denied(n)]
            if whole.has("condition") and what in ("kind", "number"):
                continue
            fits = [n for n in meant if not clause.has("later") and test(self, clause, n)]
            if what == "number" and denied not in (None, "value") and not clause.fields:
                # "Datum falsch: 4. statt 14. November" speaks of no value.
                fits = []
            if (
                not fits
                and denied == _FIELD_OF[what]
                and len(meant) == 1
                and clause.unknown <= 1
                and not clause.items[meant[0]].is_weak
            ):
                fits = meant
            if len(fits) > 1 and what == "number" and len({clause.items[n].text for n in fits}) > 1:
                return None, denied
            if len(fits) > 1:
                fits = _best(clause, fits)
            if fits and not any(w.field == _FIELD_OF[what] for w in wishes):
                wishes.append(self._set(clause.items[fits[0]], _FIELD_OF[what], clause))
                used.update(places)
        if not wishes and (act := self._act(clause, whole)) is not None:
            return act, denied
        if wishes and clause.acts and (act := self._act(clause, whole)):
            # What is to be done beside a new value must be as plain as a clause of its own.
            return ([*wishes, *act], None) if act == [Wish("private")] else (None, denied)
        if "delete" in clause.acts and any(w.field == "contact" for w in wishes):
            # "Take Fabio's name out" makes nobody the contact.
            return None, denied
        if wishes:
            return wishes, None
        if (wrong := self._called_wrong(clause)) is not None and clause.unknown <= 1:
            return [], wrong
        if has_before and clause.has("not") and clause.unknown == 0 and not clause.acts:
            # "…, not Globex": what was wrong, behind what is right.
            return [], denied
        if clause.has("ok") and clause.unknown == 0 and not clause.has("not"):
            return [], denied
        if clause.has("belongs") and clause.items[0].has("small") and clause.unknown == 1 and not has_before:
            # "To dotyczy centrali, czyli Norvik Foods": the name is still to come.
            return None, "account"
        return None, denied

    def _leaves(self, clause: Clause) -> bool:
        """A field is named to be left alone: "date is right", "don't touch the value"."""
        if clause.has("wrong", "except") or clause.unknown or clause.acts:
            return False
        if clause.fields or clause.has("ref") or clause.has("account"):
            denied = clause.has("not")
            if any(clause.before(n, "is") for what in ("account", "person") for n in clause.values(what)):
                # "A conta certa é Ferrandis"
                return False
            if clause.has("ok") and not denied and not any(clause.values(v) for v in ("number", "day", "kind")):
                return True
            if denied and (clause.has("leave") or clause.has("set")) and not clause.has("but"):
                return not any(clause.values(v) for v in ("number", "day", "kind"))
        return clause.has("leave") and not clause.has("but")

    def _value_of(self, clause: Clause, at: int, name: str, used: set[int]) -> int | None:
        """The place of what stands for the field at *at*: behind it, else before it."""
        kinds = _VALUE_OF[name]
        if clause.unknown > 3 or clause.has("later") or (name in ("account", "contact") and _says_also(clause)):
            return None
        if clause.has("wrong") and not clause.has("is"):
            return None
        after = clause.items[at + 1 : at + 4]
        if (
            name in ("date", "value")
            and after
            and flatten(after[0].text) in OF
            and after[0].has("small")
            and not any(
                i.has("ref") or i.has("win") or i.has("number") or flatten(i.text) in ("this", "it", "that")
                for i in after
            )
        ):
            # "The date of the go-live is 12 January"
            return None
        if name in ("value", "category") and _is_reported(clause.items[:at]):
            return None
        fields = [n for n, i in enumerate(clause.items) if i.has("field")]
        following = next((n for n in fields if n > at), len(clause.items))
        for what in kinds:
            candidates = [n for n in clause.values(what) if n not in used and n != at and not clause.is_denied(n)]
            if what == "number":
                candidates = [n for n in candidates if not self._is_counted(clause, n)]
            if what == "person":
                candidates = [
                    n for n in candidates if not clause.items[n].is_weak or (n == at + 1 and self.language != GERMAN)
                ]
            # "The account team at Globex": a name belongs to the field only where nothing strange stands between.
            most = 0 if what in ("account", "person", "day") or clause.has("said") else 1
            candidates = [
                n for n in candidates if sum(i.is_word for i in clause.items[min(n, at) : max(n, at)]) <= most
            ]
            if name == "account":
                candidates = [n for n in candidates if not any(i.is_word for i in clause.items[n + 1 : n + 2])]
            behind = [n for n in candidates if at < n < following]
            if name == "contact" and not clause.has("is", "was", "said") and any(i.is_word for i in clause.items[:at]):
                # "For anything urgent please contact …"
                return None
            if not behind and len(fields) == 1:
                behind = [n for n in candidates if n < at and clause.unknown <= 2]
            if (
                what == "number"
                and len(behind) > 1
                and any(
                    clause.items[n].has("no")
                    or clause.items[n].has("not")
                    or clause.items[n].text.lower() in ("wait", "moment", "quatsch")
                    for n in range(behind[0], behind[-1])
                )
            ):
                # "seven, no wait, eight"
                behind = behind[-1:]
            if what in ("day", "number", "kind", "account") and len({clause.items[n].text for n in behind}) > 1:
                return None
            if behind:
                return _best(clause, behind)[0] if what == "person" else behind[0]
        return None

    def _is_counted(self, clause: Clause, at: int) -> bool:
        """ "9 sites", "nine days": a number of something."""
        behind = clause.items[at + 1 :]
        if len(behind) > 2 and flatten(behind[0].text) in OF and behind[1].has("number"):
            # "9 of 10 staff"
            behind = behind[2:]
        if len(behind) > 1 and flatten(behind[0].text) in MORE_OF:
            behind = behind[1:]
        return bool(behind) and (behind[0].is_word or behind[0].has("win") or behind[0].has("person"))

    def is_of_ours(self, sentence: str, wishes: Sequence[Wish]) -> bool:
        """Whether who is called the contact is a colleague."""
        return OURS.search(flatten(sentence)) is not None or any(
            w.field == "contact" and w.value and self._is_colleague(w.value) for w in wishes
        )

    def _is_colleague(self, name: str) -> bool:
        low = flatten(name)
        return any(low == c or low == c.split()[0] for c in self.about.colleagues if c)

    def _set(self, item: Item, name: str, clause: Clause) -> Wish:
        what = next(w for w, _ in item.means if w in _FIELD_OF)
        value = item.text if what in ("day", "person", "kind") else item.which(what) or item.text
        if what == "person":
            value = _named(value)
        return Wish("set", _FIELD_OF[what] if name == "name" else name, value.strip(" ,."))

    # ------------------------------------------------------------ frames: where a value alone is evidence enough

    def _is_account(self, clause: Clause, at: int) -> bool:
        alone = all(_is_light(i) for n, i in enumerate(clause.items) if n != at)
        if alone and len(clause.items) <= 3:
            return True
        behind = clause.items[at + 1] if at + 1 < len(clause.items) else None
        if _says_also(clause) or (behind is not None and (behind.has("field") or behind.is_word)):
            # "A Bramble person" is somebody of theirs.
            return False
        framed = any(clause.before(at, w) for w in ("is", "belongs", "but", "rather", "set", "instead")) or (
            clause.before(at, "was", 2)
        )
        return (
            framed
            and clause.unknown <= (2 if clause.before(at, "but") or clause.has("not") else 1)
            and not clause.has("said")
        )

    def _is_person(self, clause: Clause, at: int) -> bool:
        item = clause.items[at]
        before = flatten(clause.items[at - 1].text) if at else ""
        if clause.has("passed") or _says_also(clause) or before in TOLD_TO:
            return False
        if self._is_colleague(item.text) or OURS.search(flatten(self.sentence)):
            return False
        if at > 1 and before in OF and (clause.items[at - 2].is_word or is_role(flatten(clause.items[at - 2].text))):
            # "le chef de Maëlle" is not Maëlle.
            return False
        if self.language != POLISH and before in TO and at > 1 and clause.items[at - 2].has("said"):
            return False
        if clause.has("said") and not clause.has("act"):
            if any(
                i.has("said") and any(j.has("thanks") or j.has("cheer") for j in self.items[n + 1 : n + 2])
                for n, i in enumerate(self.items)
            ):
                # "Gwenda says thanks"
                return False
            said = min(abs(n - at) for n in clause.values("said"))
            strange = clause.unknown - (1 if item.is_weak else 0)
            # "Dale said it over a beer" is a story; "it was Dale who said it" and "Dale said it, not Ana" are not.
            points = clause.has("is", "was") or any(
                i.has("not") and any(j.has("person") or j.is_word for j in self.items[n + 1 : n + 4])
                for n, i in enumerate(self.items)
            )
            is_name = not item.is_weak or (said == 1 and self.language != GERMAN)
            return is_name and strange <= (3 if points else 0)
        is_whole = len(item.text.split()) > 1
        # German writes every noun with a capital.
        reach, most = (1, 0) if self.language == GERMAN else (3, 1)
        return is_whole and clause.unknown <= most and clause.before(at, "was", reach) and not clause.has("number")

    def _is_day(self, clause: Clause, at: int) -> bool:
        item = clause.items[at]
        frames = [n for w in ("was", "said") for n in clause.values(w)]
        if frames and not clause.has("passed"):
            near = min(frames, key=lambda n: abs(n - at))
            mine = near and clause.items[near].has("said") and flatten(clause.items[near - 1].text) in FIRST_PERSON
            between = clause.items[min(near, at) + 1 : max(near, at)]
            return clause.unknown <= 2 and not mine and all(_is_light(i) or i.has("account") for i in between)
        if "date" in clause.fields:
            # It could have been that field's value, and was not.
            return False
        is_dated = any(c.isdigit() for c in item.text)
        if clause.has("set") or clause.has("but"):
            return clause.unknown <= 1
        return clause.before(at, "is", 4) and is_dated and clause.unknown <= 1

    def _is_number(self, clause: Clause, at: int) -> bool:
        number = clause.items[at].which("number") or ""
        if not number.isdigit() or not 1 <= int(number) <= 10 or self._is_counted(clause, at):
            return False
        if any(_denies(i) for i in clause.items[:at]) and not clause.before(at, "but"):
            # "I wouldn't make it more than a 6"
            return False
        if clause.has("day") and not clause.fields:
            return False
        if any(i.has("set") and n and _is_third(clause.items[:n]) for n, i in enumerate(clause.items)):
            # "They would give us a 10" tells what they would do.
            return False
        before = [flatten(i.text) for i in clause.items[:at]]
        if (
            len(clause.items) <= 5
            and before
            and before[-1] in ONE_ARTICLE
            and clause.before(at, "is", 2)
            and not clause.before(at, "was", 3)
            and all(_is_light(i) for n, i in enumerate(clause.items) if n != at)
        ):
            # "Afinal é um 7", "det är en 8"
            return True
        return self._frames_number(clause, at) and clause.unknown <= 2 and not _is_reported(clause.items[:at])

    def _frames_number(self, clause: Clause, place: int | None = None, *, reach: int = 8) -> bool:
        return any(
            clause.before(at, "rather", reach)
            or clause.before(at, "set", min(reach, 6))
            or clause.behind(at, "rather", reach)
            or clause.behind(at, "set", min(reach, 3))
            for at in (clause.values("number") if place is None else [place])
        )

    def _is_kind(self, clause: Clause, at: int) -> bool:
        behind = clause.items[at + 1] if at + 1 < len(clause.items) else None
        if behind is not None and (behind.is_word or behind.has("number") or behind.has("person")):
            return False
        if any(i.has("they") and flatten(i.text) not in FIRST_PERSON for i in clause.items[:at]):
            # "He did the rollout" tells what he did.
            return False
        if all(_is_light(i) for n, i in enumerate(clause.items) if n != at):
            return True
        framed = any(clause.before(at, w) for w in ("is", "rather", "set", "but", "belongs"))
        return framed and clause.unknown <= 1

    # ------------------------------------------------------------ what is to be done

    def _act(self, clause: Clause, whole: Clause) -> list[Wish] | None:
        acts = clause.acts
        if "private" in acts and "share" in acts:
            return None
        act = next((a for a in _ACTS if a in acts), None)
        fields = [f for f in clause.fields if not (act == "share" and f == "account")]
        # What is to stay private is so at once, whatever is to come ("…, they have not told their people yet").
        depends = any(_is_if(i) for i in whole.items) if act == "private" else whole.has("condition")
        if act is None or depends or fields:
            return None
        until = next((n for n, i in enumerate(clause.items) if act == "private" and _is_until(i)), None)
        if until is not None:
            # "Confidential until 1 December": until then is left to a person.
            clause = Clause(clause.text, clause.items[:until], clause.is_named)
            if act not in clause.acts:
                return None
        if clause.has("later") and act != "undo":
            return None
        if len(set(acts)) > 1 and set(acts) & {"share", "private"}:
            return None
        at = next(n for n, i in enumerate(clause.items) if i.which("act") == act)
        item = clause.items[at]
        head, tail = clause.items[:at], clause.items[at + 1 :]
        strange_behind = sum(
            1 for i in tail if i.is_word or any(i.has(w) for w in ("person", "figure", "number", "account"))
        )
        strange_before = sum(1 for i in head if i.is_word or i.has("person"))
        told = len(item.text.split()) > 1 and act == "split"
        if strange_behind > (4 if act == "undo" or told else 0) or strange_before > 2:
            return None
        if head and head[-1].has("they") and not clause.has("may") and len(item.text.split()) == 1:
            return None
        if act == "share" and clause.has("said") and clause.has("person"):
            return None
        if _is_aside(clause, whole):
            return None
        is_no = any(
            m
            in (
                "not",
                "kein",
                "keine",
                "no",
                "pas",
                "non",
                "niet",
                "geen",
                "nao",
                "inte",
                "ingen",
                "nie",
                "isn't",
                "n'",
            )
            for m in flatten(item.text).split()
        )
        denied = not is_no and (
            any(_denies(i) for i in head) or (act == "share" and any(i.has("not") for i in tail[:2]))
        )
        if act == "delete" and whole.has("account") and not clause.is_named:
            return None
        if not denied:
            return [Wish(act)]
        if act == "share":
            return [Wish("internal", instead_of="share")]
        return [] if act in ("delete", "undo", "split") or len(whole.items) > len(clause.items) else None

    def _called_wrong(self, clause: Clause) -> str | None:
        """The field that a clause only says is wrong: "niet Nordkai!!", "not 6", "wrong day"."""
        if clause.has("wrong") and len(clause.fields) == 1:
            return clause.fields[0]
        denied = [
            _FIELD_OF[what]
            for what in ("account", "kind", "day", "number", "person")
            for n in clause.values(what)
            if clause.is_denied(n)
        ]
        return denied[0] if len(set(denied)) == 1 else None


_FRAMES: tuple[tuple[str, Callable[[Sense, Clause, int], bool]], ...] = (
    ("account", Sense._is_account),
    ("kind", Sense._is_kind),
    ("day", Sense._is_day),
    ("number", Sense._is_number),
    ("person", Sense._is_person),
)


def _run(items: Sequence[Item]) -> list[Item]:
    """The items up to the next mark."""
    end = next((n for n, i in enumerate(items) if i.has("mark")), len(items))
    return list(items[:end])


def without_contrast(text: str) -> str:
    return CONTRAST.sub("", text)


def _says_also(clause: Clause) -> bool:
    """ "Also at Initech": one more, and none instead."""
    return any(flatten(i.text) in ALSO for i in clause.items)


def _tells_why(items: Sequence[Item], at: int) -> bool:
    """ "Private pls they are in talks …", "… weil sie noch verhandeln": where the wish ends and its reason begins."""
    word, behind = flatten(items[at].text), items[at + 1]
    before = flatten(items[at - 1].text).split() if at else []
    if (
        items[at].has("they")
        and before
        and before[-1] in PLEASE
        and (behind.has("is") or behind.is_word or behind.has("small"))
    ):
        return True
    return word in WHY and (behind.has("they") or behind.has("person") or behind.has("small"))


def _is_aside(clause: Clause, whole: Clause) -> bool:
    """ "Between us, he is leaving": the remark is, not the win."""
    words = [i for i in clause.items if not i.has("mark")]
    behind = next((i for i in whole.items if i.start >= clause.items[-1].end), None)
    if (
        clause.acts == ["private"]
        and len(words) <= 4
        and len(whole.items) > 8
        and behind is not None
        and behind.text == ":"
    ):
        # "Pour nous seulement : leur contrat …"
        return True
    return (
        len(words) == 1
        and words[0].which("act") == "private"
        and len(words[0].text.split()) > 1
        and len(whole.items) > 8
    )


def _is_until(item: Item) -> bool:
    words = flatten(item.text).split()
    return item.has("condition") and (words[0] in UNTIL or words[-1] in UNTIL)


def _is_if(item: Item) -> bool:
    return item.has("condition") and flatten(item.text).split()[0] in IF


def _hangs_on(clauses: Sequence[Clause], clause: Clause) -> bool:
    """Whether another clause says under which condition this one holds."""
    others = [c for c in clauses if c is not clause]
    ahead = clauses[: clauses.index(clause)]
    return any(_is_if(i) for c in others for i in c.items) or any(
        next((i.has("condition") for i in c.items if not i.has("small") or i.has("condition")), False) for c in ahead
    )


def _denies(item: Item) -> bool:
    """Whatever the language: better a switch left alone than turned against her will."""
    low = flatten(item.text)
    return item.has("not") or item.has("no") or low in NEGATIONS or low.endswith("n't")


def _is_third(items: Sequence[Item]) -> bool:
    """Whether somebody else is who does it: "they would give"."""
    near = [i for i in items[-3:] if i.has("they")]
    return bool(near) and flatten(near[-1].text) not in FIRST_PERSON


def _is_reported(items: Sequence[Item]) -> bool:
    """ "Callum said it was worth …": somebody else's words."""
    said = next((n for n, i in enumerate(items) if i.has("said")), None)
    return said is not None and any(
        i.has("person") or (i.has("they") and flatten(i.text) not in FIRST_PERSON) for i in items[:said]
    )


def _is_light(item: Item) -> bool:
    return any(
        item.has(w)
        for w in ("small", "is", "was", "you", "they", "cheer", "thanks", "no", "mark", "rather", "set", "number word")
    )


def _named(name: str) -> str:
    """Without a title, where a first name says who it is."""
    words = name.split()
    bare = [w for w in words if flatten(w.strip(".")) not in TITLES]
    return " ".join(bare) if len(bare) > 1 else name


def _best(clause: Clause, places: Sequence[int]) -> list[int]:
    """Of several people the one with a title, else the fullest name, else the first."""

    def rank(at: int) -> tuple[bool, bool, int]:
        words = [flatten(w.strip(".")) for w in clause.items[at].text.split()]
        return (words[0] not in TITLES, len(words) < 2, at)

    return sorted(places, key=rank)
