"""A reply read from its first to its last word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mailwins.parsers import absence
from mailwins.parsers.folding import is_greeting
from mailwins.receipts.wishes import japanese
from mailwins.receipts.wishes.answers import answer_to, choice_of
from mailwins.receipts.wishes.clauses import signals
from mailwins.receipts.wishes.clauses.refs import names_wins
from mailwins.receipts.wishes.clauses.sense import Sense, without_contrast
from mailwins.receipts.wishes.folding import EDGE, flatten, word_set
from mailwins.receipts.wishes.inline import Place, places_of
from mailwins.receipts.wishes.japanese import clauses_of, is_courtesy, is_japanese, japanese_wish
from mailwins.receipts.wishes.phrases.acts import act_of
from mailwins.receipts.wishes.phrases.fields import explicit_wish, leaves_it, text_wish
from mailwins.receipts.wishes.phrases.frames import features_of, framed_wish
from mailwins.receipts.wishes.phrases.picking import disagree, taken_from
from mailwins.receipts.wishes.phrases.pointing import pointing_wish
from mailwins.receipts.wishes.phrases.refs import leading_ref, ref_inside, refs_in
from mailwins.receipts.wishes.phrases.values import is_day, is_name, kind_wish, value_wish, without_on
from mailwins.receipts.wishes.sentences import joined, own_words, sentences_of
from mailwins.receipts.wishes.slips import mended
from mailwins.receipts.wishes.topic import Topic
from mailwins.receipts.wishes.trimming import BULLET, bare_line, clean, core_of
from mailwins.receipts.wishes.wish import MAX_LINES, MAX_PART, MAX_PARTS, About, Reply, Wish
from mailwins.receipts.wishes.words.asking import ANSWERS, ASKING, BEGINS_UNKNOWING, POLITE, UNKNOWING, YES
from mailwins.receipts.wishes.words.courtesy import FILLER, ONLY_CHEER, SIGN_OFF, THANKS, is_thumb
from mailwins.receipts.wishes.words.cuts import SEPARATOR
from mailwins.receipts.wishes.words.doubt import ALL_BUT, AS_IT_WAS, LATER, NEGATIONS, NO_MATTER, NO_WAIT, TAKES_BACK
from mailwins.receipts.wishes.words.fields import EXPLICIT, PROSE
from mailwins.receipts.wishes.words.grammar import TOKEN
from mailwins.receipts.wishes.words.kinds import KIND_WORDS
from mailwins.receipts.wishes.words.lexicon import language_of, words_of
from mailwins.receipts.wishes.words.people import ONLY_PASSED_ON, SPEAKS
from mailwins.receipts.wishes.words.prose import BETTER, OF_THE_SUMMARY
from mailwins.receipts.wishes.words.references import SAME_AS, WIN_AND_VALUE
from mailwins.receipts.wishes.words.sharing import LIMITED, SHOW_IT_SO, WHISPERED
from mailwins.receipts.wishes.words.values import ONE_TO_TEN, ONLY_A_VALUE, N, to_number


def read(text: str, about: About, *, names: tuple[str, ...], whole: str) -> Reply:
    """What *text* asks for; *names* and *whole* as in ``wishes.read_reply``, the rest folded in *about*."""
    own = own_words(text, names)
    found = Reading(about, places=places_of(whole, about.ids)).read(_sheltered(own))
    wishes = tuple(
        replace(w, value=_with_address(w, w.value.replace(_DOT, "."), own)) if w.value else w for w in found.wishes
    )
    left = found.left and found.left.replace(_DOT, ".")
    if left and any(w.field == "contact" and w.value and left.strip(" .,;()<>") in w.value for w in wishes):
        left = None
    return replace(found, wishes=wishes, left=left)


# The dots of an address end no sentence; meanwhile a sign stands for them that no mail has.
_DOT = "\ue000"
_AN_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


def _with_address(wish: Wish, value: str, text: str) -> str:
    """A person's address stands right behind the name, in whatever brackets."""
    if wish.field != "contact" or "@" in value:
        return value
    behind = re.search(rf"{re.escape(value)}[\s,:(<\[]{{1,4}}({_AN_ADDRESS.pattern})", text)
    return f"{value} <{behind[1]}>" if behind else value


def _sheltered(text: str) -> str:
    return _AN_ADDRESS.sub(lambda m: m[0].replace(".", _DOT), text)


def leading_ref_of(about: About, text: str) -> tuple[int, ...]:
    """The win of several that a remark begins with ("2 is wrong"); empty where it begins with none."""
    first = re.match(r"\W*(?:the |der |die |das |le |la |el |de )?(\S+)", flatten(text))
    return refs_in(about, first[1], strict=True) if first and len(about.ids) > 1 else ()


def _inherited(wishes: list[Wish]) -> list[Wish]:
    """ "2 is a 9 and it happened on 3 November": what comes behind a win that was named is about it too."""
    out: list[Wish] = []
    for wish in wishes:
        named = out[-1].win if out else None
        out.append(replace(wish, win=named) if wish.win is None and named is not None else wish)
    return out


def _possible(wishes: list[Wish]) -> list[Wish]:
    """ "Value 11 :) ok ok, 10": of two values the one that can be."""
    values = [w for w in wishes if w.field == "value"]
    joking = [w for w in values if not _is_value(w.value)]
    return [w for w in wishes if w not in joking] if len(joking) < len(values) else wishes


_CAREFUL = word_set("delete undo split share private")


def _taken_back(sentence: str) -> str | None:
    """The number that takes the place of the one before it; None where the sentence says anything else."""
    low = flatten(sentence)
    start, end = core_of(bare_line(low))
    core = re.sub(
        r"^(?:it's|its|make it|make that|lieber|doch|wait|scratch that|anzi|rather) ", "", bare_line(low)[start:end]
    )
    core = re.sub(r" (?:i meant?|snarare|rather|raczej)$", "", core)
    is_number = re.fullmatch(rf"(?:an? |eine? |un |een )?(?P<n>{N})", core)
    return to_number(is_number["n"]) if is_number and TAKES_BACK.search(low) else None


def _is_limited(sentence: str, not_taken: Sequence[tuple[int, str]]) -> bool:
    """Whether a leave to share keeps something back, in words of its own or in what it left over ("…, just not the price")."""
    return bool(LIMITED.search(flatten(sentence))) or any(
        not NEGATIONS.isdisjoint(TOKEN.findall(NO_MATTER.sub("", flatten(words)))) for _, words in not_taken
    )


def _is_value(value: str | None) -> bool:
    return value is not None and value.isdigit() and 1 <= int(value) <= 10


@dataclass(slots=True)
class Reading:
    about: About
    answered: bool = False
    scope: tuple[int, ...] = ()
    rest: list[str] = field(default_factory=list)
    memo: dict[tuple[str, bool, tuple[int, ...]], list[Wish] | None] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    topic: Topic = field(default_factory=Topic)
    sense: Sense = field(init=False)
    soft: list[str] = field(default_factory=list)
    """Sentences that ask for nothing to be done ("don't delete it"): not worth keeping beside others."""

    def __post_init__(self) -> None:
        self.sense = Sense(self.about, self.topic, self._clause)

    # ------------------------------------------------------------ paragraphs, lines, sentences

    def read(self, text: str) -> Reply:
        if absence.SENTENCE.search(flatten(text)):
            # A machine's answer that slipped through: it asks for nothing, whatever its words.
            return Reply((), text.strip())
        self.topic.language = language_of(words_of(text)[:400])
        wishes: list[Wish] = []
        left: list[tuple[int, str]] = []
        thanked = False
        first_at = MAX_LINES
        lines = self._unwrapped(text.split("\n"))
        at = 0
        while at < len(lines):
            line = lines[at]
            at += 1
            if not line.strip():
                self.scope = ()
                continue
            place = self.places.get(line.strip(), Place(None, None))
            if place.win is not None:
                self.scope = (place.win,)
            if place.field and (found := self._below(line, place.field)) is not None:
                wishes += self._for((), found)
                continue
            if place.field and (plain := self._value_below(line, place.field)) is not None:
                wishes += self._for((), [plain])
                continue
            self.topic.field = place.field or self.topic.field
            if not wishes and not left and at < len(lines) and is_greeting(line) and self._wish(line) is None:
                continue
            refs, inner = leading_ref(self.about, line, self._makes_sense)
            if refs and not inner:
                self.scope = refs
                continue
            if shown := self._in_words(inner if refs else line, lines, at):
                found, at = shown
                wishes += self._for(refs, found)
                continue
            if (better := BETTER.match(flatten(text := inner if refs else line))) and OF_THE_SUMMARY.search(
                flatten("\n".join(lines[:at]))
            ):
                wishes += self._for(refs, [Wish("set", "summary", text[better.end() :].strip(' "“”„«».'))])
                first_at = min(first_at, at)
                if (
                    (opinion := text[: better.start("better")].strip())
                    and self.sense.weighs(opinion)
                    and not OF_THE_SUMMARY.search(flatten(opinion))
                ):
                    left.append((at, opinion))
                continue
            if prose := self._prose(inner if refs else line, lines, at):
                found, at = prose
                wishes += self._for(refs, found)
                continue
            text = inner if refs else line
            if (quoted := self.sense.quoted(text)) is not None:
                put, text = quoted
                wishes += self._for(refs, list(put))
                first_at = min(first_at, at)
            for index, sentence in enumerate(sentences_of(text)):
                if index and refs and names_wins(self.sense.sentence(sentence)):
                    refs = ()
                if wishes and wishes[-1].field == "value" and (rather := _taken_back(sentence)) is not None:
                    wishes[-1] = replace(wishes[-1], value=rather)
                    continue
                if wishes and wishes[-1].verb == "set" and AS_IT_WAS.search(flatten(sentence)):
                    wishes.pop()
                    continue
                got = self._sentence(sentence)
                not_taken = [(at, rest) for rest in self.rest]
                self.rest.clear()
                if (
                    got
                    and len(got) > 1
                    and any(w.field == "value" for w in got)
                    and len(ONE_TO_TEN.findall(sentence)) > 1
                ):
                    # "I take back the 9, 7 will do": the number is what is taken back.
                    got = [w for w in got if w.verb != "undo"]
                if got and len(got) > 1 and SAME_AS.search(flatten(sentence)):
                    got = [w for n, w in enumerate(got) if w.verb not in ("delete", "not_a_win") or n == 0]
                if got and (passed := ONLY_PASSED_ON.search(flatten(sentence))):
                    before = flatten(sentence)[: passed.start()].rstrip()
                    got = [
                        w for w in got if w.field != "contact" or not before.endswith(flatten(w.value or ""))
                    ] or None
                if (
                    got
                    and any((w.verb == "share" and not w.value) or w.instead_of == "private" for w in got)
                    and _is_limited(sentence, not_taken)
                ):
                    # "Share the quote but not her name" is for a person to do.
                    got = None
                if got is not None:
                    got = [
                        replace(w, value=without_contrast(w.value)) if w.field == "cause" and w.value else w
                        for w in got
                    ]
                if (
                    got
                    and len(self.about.ids) > 1
                    and (
                        signals.may_name_win(self.sense.sentence(sentence), got)
                        or (not_taken and any(w.field == "account" and w.win is None for w in got))
                    )
                ):
                    # "For the Halloran one the value is 9": which of them that is, is not known here.
                    got = None
                if (
                    got
                    and any(w.field == "value" for w in got)
                    and signals.calls_wrong(self.sense.sentence(sentence), "date")
                ):
                    # "Datum falsch: 4. statt 14. November" speaks of no value.
                    got = None
                if (
                    got
                    and any(w.field == "contact" for w in got)
                    and signals.is_of_ours(self.sense.sentence(sentence), got)
                ):
                    # "One of our own, Erik, wrote it": a colleague is no contact.
                    got = [w for w in got if w.field != "contact"] or None
                if got is not None and len(got) > 1 and Wish("thanks") in got:
                    thanked = True
                    got.remove(Wish("thanks"))
                if wishes and wishes[-1].verb in _CAREFUL and NO_WAIT.match(flatten(sentence)):
                    # "Delete 2. No wait, delete 1."
                    if got is None:
                        left.append((at, f"{wishes[-1].verb} {wishes[-1].win or ''}".strip()))
                    if got is None or any(w.verb == wishes[-1].verb for w in got):
                        wishes.pop()
                if got is None:
                    # The whole of it, which holds what a part of it left over.
                    left.append((at, sentence))
                    continue
                left += not_taken
                if got == [Wish("thanks")] or not got:
                    thanked = thanked or bool(got)
                else:
                    wishes += self._for(refs, got)
                    if any(w.field == "value" and not _is_value(w.value) for w in got):
                        # "Value 11 :)": the joke calls for a number that can be.
                        self.topic.field = "value"
                    first_at = min(first_at, at)
        if not wishes and len(left) == 1 and self.about.asked is None and self._is_only_a_day(left[0][1], lines):
            return Reply((Wish("set", "date", without_on(bare_line(left[0][1]))),))
        if not wishes and len(left) == 1 and self.about.asked is None and len(self.about.ids) < 2:
            number = ONLY_A_VALUE.fullmatch(bare_line(flatten(left[0][1])))
            if number and len([x for x in lines if x.strip()]) == 1:
                # Nothing but "8": a receipt has one number of ten.
                return Reply((Wish("set", "value", number["n"]),))
        wishes, left = self._answer_from(wishes, left, first_at)
        wishes = _possible(wishes)
        wishes, left = self._settled(wishes, left)
        if any(w.verb == "private" for w in wishes):
            # "Not for the customer, keep it between us": the second says it all.
            hidden = {w.win for w in wishes if w.verb == "private"}
            wishes = [
                w
                for w in wishes
                if not (w.verb == "internal" and w.instead_of == "share" and (w.win in hidden or None in hidden))
            ]
        if (
            left
            and self._is_sign_off(left[-1][1])
            and left[-1][0] == len([*lines])
            and len([x for x in lines if x.strip()]) > 1
        ):
            left = left[:-1]
        if wishes:
            left = [x for x in left if x[1] not in self.soft]
        if thanked and all(w.verb == "ok" for w in wishes):
            return Reply((*dict.fromkeys(wishes), Wish("thanks")), joined(left))
        return Reply(tuple(dict.fromkeys(wishes)), joined(left))

    def _settled(self, wishes: list[Wish], left: list[tuple[int, str]]) -> tuple[list[Wish], list[tuple[int, str]]]:
        """One field told twice: "adoption… or no, referral" means the second; of two accounts for several wins none is chosen."""
        if self.about.options:
            # "Die Motors" is the whole name of the one that it was offered beside.
            wishes = [
                replace(w, value=choice_of(self.about, flatten(w.value)) or w.value)
                if w.verb == "answer" and w.value
                else w
                for w in wishes
            ]
        for name in ("account", "category"):
            told = [w for w in wishes if w.field == name and w.verb in ("set", "answer") and w.win is None]
            if len({flatten(w.value or "") for w in told}) < 2:
                continue
            if name == "category" and any(w.verb == "answer" for w in told):
                wishes = [w for w in wishes if w not in told[:-1]]
            elif len(self.about.ids) > 1:
                wishes = [w for w in wishes if w not in told]
                left = [*left, *((MAX_LINES, f"{w.field}: {w.value}") for w in told)]
        return wishes, left

    def _is_only_a_day(self, words: str, lines: Sequence[str]) -> bool:
        """ "last thursday" and nothing else: there is only one field that it can be."""
        return is_day(words) and [x.strip() for x in lines if x.strip()] == [words.strip()]

    def _is_sign_off(self, words: str) -> bool:
        """Her name below what she wrote: a word or two, or an initial. An account's name is more than that."""
        return SIGN_OFF.fullmatch(words.strip()) is not None and flatten(words.strip(" .")) not in self.about.accounts

    def _below(self, line: str, name: str) -> list[Wish] | None:
        """What is typed below a field that runs on is its new text."""
        if name not in ("summary", "cause") or len(line.strip()) < 10 or line.rstrip().endswith("?"):
            return None
        if signals.leaves(self.sense.sentence(line)) or self._parts(line) is not None:
            return None
        return [Wish("set", name, line.strip(' "“”'))]

    def _value_below(self, line: str, name: str) -> Wish | None:
        """ "9" and nothing else, below the quoted line of the value."""
        start, end = core_of(bare_line(line))
        value = bare_line(line)[start:end]
        if name == "value":
            return value_wish(self.about, flatten(value))
        if name == "account" and flatten(value) in self.about.accounts:
            return Wish("set", name, value)
        if (
            name == "contact"
            and len(value.split()) > 1
            and is_name(value, lower_too=False)
            and self._parts(line) is None
        ):
            return Wish("set", name, value)
        if name == "category":
            return kind_wish(self.about, value)
        return Wish("set", "date", without_on(value)) if name == "date" and is_day(value) else None

    def _unwrapped(self, lines: list[str]) -> list[str]:
        """A wish that a mail program broke in two is one line again; a key in the middle of a line begins its own."""
        out: list[str] = []
        if len(self.about.ids) > 1:
            # "1) ok 2) wrong person"
            lines = [
                part
                for line in lines
                for part in (re.split(r"\s+(?=[1-9][):]\s)", line) if re.match(r"\s*[1-9][):]\s", line) else [line])
            ]
        for line in lines:
            sentences = sentences_of(line)
            at = next((i for i, s in enumerate(sentences) if i and text_wish(self.about, bare_line(s))), None)
            pieces = [line] if at is None else [" ".join(sentences[:at]), " ".join(sentences[at:])]
            if (
                out
                and out[-1].strip()
                and line.strip()
                and text_wish(self.about, bare_line(out[-1])) is None
                and not BULLET.match(line)
            ):
                *_, last = sentences_of(out[-1])
                first = (sentences_of(pieces[0]) or [""])[0]
                if (
                    last[-1:] not in ".!?:"
                    and self._parts(last) is None
                    and self._parts(first) is None
                    and self._parts(f"{last} {first}") is not None
                ):
                    pieces[0] = f"{out.pop()} {pieces[0].strip()}"
            out += pieces
        return out

    def _makes_sense(self, text: str) -> bool:
        return self._parts(text) is not None or text_wish(self.about, text) is not None

    def _for(self, refs: tuple[int, ...], wishes: list[Wish]) -> list[Wish]:
        refs = refs or self.scope
        if not refs:
            return wishes
        return [replace(w, win=r) if w.win is None else w for r in refs for w in wishes]

    def _answer_from(
        self, wishes: list[Wish], left: list[tuple[int, str]], first_at: int
    ) -> tuple[list[Wish], list[tuple[int, str]]]:
        """Free words that nothing else explained are the answer to the open question, where they can be one."""
        if self.about.asked is None or self.answered or not left or any(w.verb in ("delete", "undo") for w in wishes):
            # "No, he was being sarcastic, bin it" expected nothing.
            return wishes, left
        if self.about.asked in ("expected", "experienced", "cause", "summary"):
            # Words that hold a wish ("its acme corp, value 9") are a correction that was not understood whole, and no answer.
            if LATER.search(flatten(left[0][1])) or any(self._holds_a_wish(x) for _, x in left):
                return wishes, left
            if (
                not any(ANSWERS[self.about.asked].search(flatten(x)) for _, x in left)
                and self.about.asked != "summary"
                and signals.is_remark(self.sense.sentence(left[0][1]))
            ):
                # "They might take the second depot as well" is no reason that anything worked.
                return wishes, left
            # What stands below a correction is the answer only if it says so: "value 7" and then "they want a case study" tells something else.
            told = [x for x in left if x[0] <= first_at or ANSWERS[self.about.asked].search(flatten(x[1]))]
            if not told:
                return wishes, left
            return [Wish("answer", self.about.asked, " ".join(x for _, x in told)), *wishes], [
                x for x in left if x not in told
            ]
        for index, (_, sentence) in enumerate(left):
            if (answer := answer_to(self.about, sentence)) is not None:
                return [answer, *wishes], left[:index] + left[index + 1 :]
        return wishes, left

    def _holds_a_wish(self, sentence: str) -> bool:
        parts = SEPARATOR.split(flatten(sentence))[:MAX_PARTS]
        return len(parts) > 1 and any(
            part and EXPLICIT.match(part.strip()) and self._parts(part) is not None for part in parts
        )

    def _prose(self, line: str, lines: list[str], at: int) -> tuple[list[Wish], int] | None:
        """A key whose value runs on, with the lines below it that belong to it."""
        bare = bare_line(line)
        if text_wish(self.about, bare) is None:
            return None
        value_lines = [bare]
        while at < len(lines) and lines[at].strip() and not self._begins_something(lines[at]):
            value_lines.append(lines[at].strip())
            at += 1
        whole = " ".join(value_lines)
        tails: list[Wish] = []
        for match in SEPARATOR.finditer(flatten(whole)):
            if (
                EXPLICIT.match(flatten(whole[match.end() :]))
                and (found := self._parts(whole[match.end() :])) is not None
            ):
                whole, tails = whole[: match.start()], found
                break
        wish = text_wish(self.about, whole)
        return ([wish, *tails], at) if wish else None

    def _in_words(self, line: str, lines: list[str], at: int) -> tuple[list[Wish], int] | None:
        """Leave to share, and below it in quotation marks the words to use."""
        match = SHOW_IT_SO.match(flatten(bare_line(line)))
        below = next((n for n in range(at, len(lines)) if lines[n].strip()), None)
        if match is None or below is None or self._parts(bare_line(line)[: match.end("act")]) != [Wish("share")]:
            return None
        end = next((n for n in range(below, len(lines)) if not lines[n].strip()), len(lines))
        words = " ".join(x.strip() for x in lines[below:end])
        quoted = re.fullmatch(r"[\"“„«](.+)[\"”“»]\.?", words)
        return ([Wish("share", value=quoted[1].strip())], end) if quoted else None

    def _begins_something(self, line: str) -> bool:
        bare = bare_line(line)
        if text_wish(self.about, bare) is not None or leading_ref(self.about, line, self._makes_sense)[0]:
            return True
        return self._parts(bare) is not None

    def _sentence(self, sentence: str) -> list[Wish] | None:
        """The wishes of a sentence, none where it asks for nothing, None where it was not understood."""
        found = self._as_typed(sentence)
        if found is not None or self.rest or sentence in self.soft or (meant := mended(sentence)) is None:
            return found
        answered = self.answered
        found = self._as_typed(meant.text)
        self.soft = [x for x in self.soft if x != meant.text]
        if not found or any(w.verb == "question" or w.field in PROSE for w in found):
            self.answered = answered
            self.rest.clear()
            return None
        self.rest = [meant.typed(x, sentence) for x in self.rest]
        return found

    def _as_typed(self, sentence: str) -> list[Wish] | None:
        if len(sentence) > MAX_PART:
            return None
        low = clean(flatten(sentence))
        if ALL_BUT.search(low) and signals.speaks_of_acts(self.sense.sentence(sentence)):
            return None
        start, end = core_of(sentence)
        if (
            self.about.options
            and not self.answered
            and len(low.split()) <= 4
            and (choice := choice_of(self.about, flatten(sentence[start:end]))) is not None
        ):
            # "good!" is no cheer where it was asked whether it is, and "whitfield motor" not the other Whitfield.
            self.answered = True
            return [Wish("answer", self.about.asked, choice)]
        if stated := features_of(sentence):
            wish, besides = stated
            if besides:
                self.rest.append(besides)
            return [wish]
        if whispered := WHISPERED.match(low):
            # What follows is told in confidence, as a note; the win is not spoken of.
            start = low.index(whispered["told"])
            tail = clean(flatten(sentence))[start:]
            found = self._parts(tail)
            return found if found and all(w.verb == "set" for w in found) else None
        if THANKS.fullmatch(low) or ONLY_CHEER.fullmatch(low):
            return [Wish("thanks")]
        doubtful = self.about.asked is not None and signals.is_doubtful(self.sense.sentence(sentence))
        if FILLER.fullmatch(low.strip(": ")) or leaves_it(low):
            return []
        if is_thumb(sentence):
            return [Wish("ok")]
        if is_japanese(sentence) and (found := self._japanese(sentence)) is not None:
            return found
        if sentence.rstrip(' "”)').endswith(("?", "？")) and not self.sense.sentence(sentence).is_question:
            # "Two stories in one, can you split them?"
            asked_for = list(self.sense.read(sentence).wishes)
            if asked_for and not any(w.verb == "share" for w in asked_for):
                return asked_for
        if sentence.rstrip(' "”)').endswith(("?", "？")):
            return self._asking(sentence)
        if (
            self.about.asked
            and not self.answered
            and (own := self._parts(sentence, deictic=False)) is not None
            and not (own == [Wish("ok")] and YES.fullmatch(low))
        ):
            return own
        if doubtful and not self.answered and (match := UNKNOWING.match(low)):
            # "No idea, the mail had no signature"
            if self.sense.weighs(low[match.end() :]):
                self.rest.append(sentence)
            self.answered = True
            return [Wish("answer", self.about.asked)]
        if doubtful:
            return None
        if self.about.asked and not self.answered and (named := self.sense.answer(sentence)) is not None:
            # Names and numbers among other words: "Delia Thwaite I think, the one who runs the warehouse".
            self.answered = True
            value, rest = named
            more = self._sentence(rest) if rest else []
            if more is None or (not more and not NEGATIONS.isdisjoint(TOKEN.findall(flatten(rest)))):
                # "…, but don't quote her by name" asks for nothing that we could do, and must not be lost.
                self.rest.append(rest)
            return [
                *(w for w in more or () if w.verb not in ("thanks", "ok", "question")),
                Wish(
                    "answer", self.about.asked, (self.about.options and choice_of(self.about, flatten(value))) or value
                ),
            ]
        if self.about.asked and not self.answered and (answered := self._answer_and_more(sentence)) is not None:
            return answered
        if self.about.asked and not self.answered and (answer := answer_to(self.about, sentence)) is not None:
            self.answered = True
            return [answer]
        if (found := self._parts(sentence)) is not None:
            if found == [Wish("ok")] and signals.is_thanks(self.sense.sentence(sentence), also_ok=False):
                return [*found, Wish("thanks")]
            return None if disagree(found) else _inherited(found)
        if low in KIND_WORDS and len(low) > 5:
            return [Wish("set", "category", sentence.strip(EDGE))]
        sensed = self.sense.read(sentence)
        if sensed.wishes:
            wishes, rest = list(sensed.wishes), sensed.rest
            self.answered = self.answered or any(w.field == self.about.asked for w in wishes)
            if rest:
                self.rest.append(rest)
            return [replace(w, verb="answer") if w.verb == "set" and w.field == self.about.asked else w for w in wishes]
        if signals.is_thanks(self.sense.sentence(sentence)):
            return [Wish("thanks")]
        if sensed.is_soft:
            self.soft.append(sentence)
            return None
        if taken := taken_from(sentence, self._clause):
            wishes, rest = taken
            if (
                rest
                and len(self.about.ids) > 1
                and any(w.win is None and w.verb in ("delete", "undo", "split", "share") for w in wishes)
            ):
                # "2 and 3 are duplicates, delete them": the remark says which, and it was not understood.
                return None
            if (
                rest
                and any(w.win is None for w in wishes)
                and (
                    leading_ref_of(self.about, rest)
                    or (len(self.about.ids) > 1 and names_wins(self.sense.sentence(rest)))
                )
            ):
                # "2 is wrong, and it should be October 30th": that is about the second alone.
                return None
            self.answered = self.answered or any(w.verb == "answer" for w in wishes)
            if rest:
                self.rest.append(rest)
            return wishes
        return None

    def _answer_and_more(self, sentence: str) -> list[Wish] | None:
        """ "2, and it was in October", "dunno, ask Callum": the answer, and behind it something else."""
        low = flatten(sentence)
        asked = self.about.asked or ""
        if (match := BEGINS_UNKNOWING.match(low)) and not signals.names_value(self.sense.sentence(sentence)):
            self.answered = True
            if self.sense.weighs(sentence[match.end() :]):
                self.rest.append(sentence[match.end() :].strip(" ,;:-"))
            return [Wish("answer", asked)]
        cut = next((m for m in SEPARATOR.finditer(low) if m.start()), None)
        if cut is None:
            return None
        if not self.about.options:
            return self._name_and_more(sentence[: cut.start()], sentence[cut.end() :].strip(), cut[0])
        head, rest = sentence[: cut.start()], sentence[cut.end() :].strip()
        start, end = core_of(head)
        choice = choice_of(self.about, flatten(head[start:end]))
        if choice is None or not rest or choice_of(self.about, flatten(rest)) not in (None, choice):
            return None
        self.answered = True
        more = self._sentence(rest)
        if more is None:
            self.rest.append(rest)
        return [Wish("answer", asked, choice), *(w for w in more or () if w.verb not in ("thanks", "ok", "question"))]

    def _name_and_more(self, head: str, rest: str, between: str) -> list[Wish] | None:
        """ "Gwenda Pugh, but do not quote her": what stands behind the name is what she is, or something else."""
        tokens = TOKEN.findall(flatten(rest))
        is_else = bool(set(tokens) & (NEGATIONS | SPEAKS)) or "but" in between or "and" in between
        if self.about.asked not in ("contact", "csm") or not rest or not is_else:
            return None
        answer = answer_to(self.about, head)
        if answer is None or not answer.value or not is_name(answer.value, lower_too=False):
            return None
        self.answered = True
        more = self._sentence(rest)
        if more is None or (not more and not NEGATIONS.isdisjoint(tokens)):
            self.rest.append(rest)
        return [answer, *(w for w in more or () if w.verb not in ("thanks", "ok", "question"))]

    def _japanese(self, sentence: str) -> list[Wish] | None:
        """What its clauses ask for; the others are handed back, where one was understood."""
        found: list[Wish] = []
        rest: list[str] = []
        refs: tuple[int, ...] = ()
        is_known = is_thanked = False
        is_contrast = japanese.contrasts(sentence)
        for clause in clauses_of(sentence):
            named, bare = japanese.leading_ref(clause, self.about.ids)
            refs = named or refs
            wish = japanese_wish(bare, self.about)
            if wish is not None:
                found += [replace(wish, win=r) for r in refs] if refs else [wish]
            elif "ありがとう" in bare and is_courtesy(bare):
                is_thanked = True
            elif not is_contrast and (is_courtesy(bare) or japanese.leaves_it(bare)):
                is_known = True
            else:
                rest.append(sentence if is_contrast else clause)
        if is_thanked and all(w.verb == "ok" for w in found):
            found.append(Wish("thanks"))
        if not found and (rest or not is_known):
            return None
        if rest:
            self.rest.append("、".join(rest))
        return found

    def _clause(self, text: str) -> list[Wish] | None:
        """One clause of a sentence: a wish, or the answer to the open question."""
        if re.fullmatch(r"\W*an? \w+\W*", flatten(text)) and self.about.asked != "value":
            # "Oh brilliant, a 4."
            return None
        if leaves_it(flatten(text)):
            return []
        if self.about.asked and not self.answered:
            own = self._parts(text, deictic=False)
            if own is not None and own != [Wish("ok")]:
                return own
            if (answer := answer_to(self.about, text)) is not None:
                return [answer]
        return self._parts(text)

    def _asking(self, sentence: str) -> list[Wish] | None:
        bare = sentence.rstrip('?？ "”)')
        low = flatten(bare).strip()
        if POLITE.match(low):
            found = self._parts(bare)
            if found is not None and not any(w.verb == "share" for w in found):
                return found
        elif (
            self.about.asked
            and not self.answered
            and not ASKING.match(low)
            and (answer := answer_to(self.about, bare)) is not None
        ):
            self.answered = True
            return [answer]
        if len(low.split()) < 2 or (not ASKING.match(low) and self._parts(bare) is not None):
            return None
        return [Wish("question", value=sentence.strip())]

    # ------------------------------------------------------------ parts of a sentence

    def _parts(self, text: str, *, deictic: bool = True, depth: int = 0) -> list[Wish] | None:
        """All of *text* as wishes, or None. It is cut at the first place where both sides make sense."""
        text = text.strip()
        known = (text, deictic, self.about.ids)
        if known not in self.memo:
            self.memo[known] = self._cut(text, deictic, depth)
        return self.memo[known]

    def _cut(self, text: str, deictic: bool, depth: int) -> list[Wish] | None:
        low = flatten(text)
        if depth < MAX_PARTS and len(text) < MAX_PART:
            for match in list(SEPARATOR.finditer(low))[:MAX_PARTS]:
                if not match.start() or match.end() >= len(text):
                    continue
                head = self._wish(text[: match.start()], deictic=deictic)
                if head is None:
                    continue
                rest = text[match.end() :]
                if THANKS.fullmatch(clean(flatten(rest))):
                    return head
                tail = self._parts(rest, deictic=deictic, depth=depth + 1)
                if tail is not None:
                    return head + tail
        return self._wish(text, deictic=deictic)

    def _wish(self, text: str, *, deictic: bool = True) -> list[Wish] | None:
        """One part, wholly understood."""
        text = bare_line(text)
        if len(text) > MAX_PART:
            return None
        start, end = core_of(text)
        core = text[start:end]
        if not core:
            return None
        low = flatten(core)
        found = self._strict(core, low, deictic=deictic)
        if found is not None and any(w.verb == "share" for w in found) and set(re.findall(r"[\w']+", low)) & NEGATIONS:
            # Whatever the phrase: leave to share has no negation in it, in no language.
            return None
        return found

    def _strict(self, core: str, low: str, *, deictic: bool) -> list[Wish] | None:
        found = explicit_wish(self.about, core, low)
        if found is None and deictic:
            found = pointing_wish(self.about, core, low)
            if found is not None and found.field == self.about.asked:
                found = replace(found, verb="answer")
        if found is None and is_japanese(core):
            found = japanese_wish(core, self.about)
        if found is None and len(self.about.ids) < 2 and deictic:
            found = framed_wish(self.about, core, low) or act_of(low)
        if found is not None:
            return [found]
        if (
            len(self.about.ids) > 1
            and (match := WIN_AND_VALUE.fullmatch(low))
            and (refs := refs_in(self.about, match["ref"], strict=True))
        ):
            return [Wish("set", "value", to_number(match["n"]), win=r) for r in refs]
        refs, inner = ref_inside(self.about, core, low)
        if refs and (wishes := self._without_ref(inner)) is not None:
            return [replace(w, win=r) for r in refs for w in wishes]
        if len(self.about.ids) > 1 and deictic and (found := framed_wish(self.about, core, low) or act_of(low)):
            return [found]
        return None

    def _without_ref(self, inner: str) -> list[Wish] | None:
        saved, self.about = self.about, replace(self.about, ids=(0,))
        try:
            bare = re.sub(
                (
                    r"^(?:for |on |at |fur |bei |pour |chez |para |con |voor |bij |met )?it\s*[:.,)=-]\s*"
                    r"|\s+(?:for|on|of|to|from) it$"
                ),
                "",
                inner,
            )
            return self._wish(bare) or self._wish(re.sub(r"^it |:? it$", "", bare))
        finally:
            self.about = saved
