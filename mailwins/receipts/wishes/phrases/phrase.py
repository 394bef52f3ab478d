"""A piece of text as whole phrases, one or several joined: all of it is understood, or nothing is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.japanese import is_japanese, japanese_wish
from mailwins.receipts.wishes.phrases.acts import act_of
from mailwins.receipts.wishes.phrases.answers import answer_to
from mailwins.receipts.wishes.phrases.fields import explicit_wish, leaves_it, text_wish
from mailwins.receipts.wishes.phrases.frames import framed_wish
from mailwins.receipts.wishes.phrases.pointing import pointing_wish
from mailwins.receipts.wishes.phrases.refs import ONE_WIN, ref_inside, refs_in
from mailwins.receipts.wishes.trimming import bare_line, clean, core_of
from mailwins.receipts.wishes.wish import MAX_PART, MAX_PARTS, SWITCHES, About, Wish
from mailwins.receipts.wishes.words.courtesy import THANKS
from mailwins.receipts.wishes.words.cuts import SEPARATOR
from mailwins.receipts.wishes.words.doubt import NEGATIONS
from mailwins.receipts.wishes.words.fields import EXPLICIT
from mailwins.receipts.wishes.words.references import WIN_AND_VALUE
from mailwins.receipts.wishes.words.values import to_number

# What led to the win that was named, and is left over without its name.
_LED_TO_IT = re.compile(
    r"^(?:for |on |at |fur |bei |pour |chez |para |con |voor |bij |met )?it\s*[:.,)=-]\s*|\s+(?:for|on|of|to|from) it$"
)

_BARE_IT = re.compile(r"^it |:? it$")

# "Oh brilliant, a 4."
_ONLY_AN_ARTICLE = re.compile(r"\W*an? \w+\W*")


@dataclass(slots=True)
class Phrases:
    about: About
    known: dict[tuple[str, bool], list[Wish] | None] = field(default_factory=dict)
    alone: Phrases | None = None
    """For what is said of a win that was named: no other can be meant."""

    def read(self, text: str, *, deictic: bool = True, depth: int = 0) -> list[Wish] | None:
        """All of *text* as wishes, or None. It is cut at the first place where both sides make sense.

        Not *deictic*: only what names its field or its act.
        """
        text = text.strip()
        if (text, deictic) not in self.known:
            self.known[text, deictic] = self._cut(text, deictic, depth)
        return self.known[text, deictic]

    def makes_sense(self, text: str) -> bool:
        return self.read(text) is not None or text_wish(self.about, text) is not None

    def holds_a_wish(self, text: str) -> bool:
        """Whether a part of it, and no more, names its field."""
        parts = SEPARATOR.split(flatten(text))[:MAX_PARTS]
        return len(parts) > 1 and any(
            part and EXPLICIT.match(part.strip()) and self.read(part) is not None for part in parts
        )

    def clause(self, text: str, *, is_open: bool) -> list[Wish] | None:
        """A clause of a sentence: wishes, or the answer to the question where that *is_open*."""
        if _ONLY_AN_ARTICLE.fullmatch(flatten(text)) and self.about.asked != "value":
            return None
        if leaves_it(flatten(text)):
            return []
        if is_open:
            own = self.read(text, deictic=False)
            if own is not None and own != [Wish("ok")]:
                return own
            if (answer := answer_to(self.about, text)) is not None:
                return [answer]
        return self.read(text)

    def _cut(self, text: str, deictic: bool, depth: int) -> list[Wish] | None:
        low = flatten(text)
        if depth < MAX_PARTS and len(text) < MAX_PART:
            for match in list(SEPARATOR.finditer(low))[:MAX_PARTS]:
                if not match.start() or match.end() >= len(text):
                    continue
                head = self.part(text[: match.start()], deictic=deictic)
                if head is None:
                    continue
                rest = text[match.end() :]
                if THANKS.fullmatch(clean(flatten(rest))):
                    return head
                tail = self.read(rest, deictic=deictic, depth=depth + 1)
                if tail is not None:
                    return head + tail
        return self.part(text, deictic=deictic)

    def part(self, text: str, *, deictic: bool = True) -> list[Wish] | None:
        """One phrase, from its first to its last word."""
        text = bare_line(text)
        if len(text) > MAX_PART:
            return None
        start, end = core_of(text)
        core = text[start:end]
        if not core:
            return None
        low = flatten(core)
        found = self._whole(core, low, deictic=deictic)
        if found is not None and any(w.verb == "share" for w in found) and set(re.findall(r"[\w']+", low)) & NEGATIONS:
            # Whatever the phrase: leave to share has no negation in it, in no language.
            return None
        return found

    def _whole(self, core: str, low: str, *, deictic: bool) -> list[Wish] | None:
        found = explicit_wish(self.about, core, low)
        if found is None and deictic:
            found = pointing_wish(self.about, core, low)
            if found is not None and found.field == self.about.asked:
                found = replace(found, verb="answer")
        if found is None and is_japanese(core):
            found = japanese_wish(core, self.about)
        has_several = len(self.about.ids) > 1
        if found is None and deictic and not has_several:
            found = framed_wish(self.about, core, low) or act_of(low)
        if found is not None:
            return [found]
        if (of_win := self._of_win(core, low)) is not None:
            return of_win
        if deictic and has_several and (found := framed_wish(self.about, core, low) or act_of(low)):
            return [found]
        return None

    def _of_win(self, core: str, low: str) -> list[Wish] | None:
        """A phrase that names the win it is about."""
        if (
            len(self.about.ids) > 1
            and (match := WIN_AND_VALUE.fullmatch(low))
            and (refs := refs_in(self.about, match["ref"]))
        ):
            return [Wish("set", "value", to_number(match["n"]), win=r) for r in refs]
        refs, inner = ref_inside(self.about, core, low)
        if not refs:
            return None
        self.alone = self.alone or Phrases(replace(self.about, ids=ONE_WIN))
        bare = _LED_TO_IT.sub("", inner)
        wishes = self.alone.part(bare) or self.alone.part(_BARE_IT.sub("", bare))
        if any(w.verb in SWITCHES and w.verb != "split" for w in wishes or ()) and self._names_another(inner):
            # "1 ok 2 delete": which of them is not guessed.
            return None
        return None if wishes is None else [replace(w, win=r) for r in refs for w in wishes]

    def _names_another(self, text: str) -> bool:
        return any(refs_in(self.about, word) for word in flatten(text).split())
