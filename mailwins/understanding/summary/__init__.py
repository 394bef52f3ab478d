"""The one line people read: the member's own headline, else a subject that says the outcome, else the sentence that carries it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailwins.model import Reason, Source
from mailwins.parsers.labels import without_tags
from mailwins.parsers.opened import bare_subject
from mailwins.understanding.classifier import Part
from mailwins.understanding.internal import cue_of_confidence
from mailwins.understanding.summary import phrases
from mailwins.understanding.summary.line import MAX_LENGTH, one_line
from mailwins.understanding.summary.ranking import NO_FIGURE, NUMBERED, asks, is_sure, only_permits, ranked, worth
from mailwins.understanding.summary.sentences import FEW_SIGNS, FEW_WORDS, is_short, split, undecorated


def summarise(
    *,
    stated: str | None,
    subject: str | None,
    words: str | None,
    note: str | None,
    is_note: bool,
    parts: Sequence[Part] = (),
    addressed: frozenset[str] = frozenset(),
) -> tuple[str, Reason]:
    """*words*: the customer's own; *note*: the member's; *parts*: what the classifier made of their sentences. Never empty.

    *addressed*: first names of colleagues, with which a sentence may begin that speaks to them. The reason's candidates are other
    lines that may tell it better, the likelier first; none where the choice is plain.
    """
    line, why = _summarised(stated, subject, words, note, is_note, parts)
    if why.source is Source.STATED:
        return line, why
    others = tuple(_without_address(other, addressed) for other in why.candidates)
    return _without_address(line, addressed), replace(why, candidates=others) if others else why


def _without_address(line: str, addressed: frozenset[str]) -> str:
    """ "Tom, the complaints are down to three" is told to everybody: "The complaints are down to three"."""
    match = phrases.ADDRESS.match(line)
    if not match or (match["name"].lower() not in addressed and match["name"].lower() not in phrases.EVERYBODY):
        return line
    rest = line[match.end() :]
    rest = phrases.TELLING_YOU.sub("", phrases.LEAD_IN.sub("", rest))
    return rest[:1].upper() + rest[1:]


def _summarised(
    stated: str | None,
    subject: str | None,
    words: str | None,
    note: str | None,
    is_note: bool,
    parts: Sequence[Part],
) -> tuple[str, Reason]:
    if stated:
        return one_line(stated), Reason(Source.STATED, "you wrote it.")
    text = note if is_note else words
    sentences = split(text)
    plain = [worth(s) - _ORDER * n - (_NOTE_ORDER * min(n, 3) if is_note else 0) for n, s in enumerate(sentences)]
    scores = ranked(sentences, parts)
    best = max(range(len(sentences)), key=lambda n: (scores[n], -n), default=None)
    title = _title(subject)
    # The subject of a note is its writer's own headline; that of a customer's mail has to be as telling as the words below.
    if (
        title
        and _says_outcome(title)
        and (best is None or worth(title) + (_OWN_HEADLINE if is_note else 0.5) >= plain[best])
    ):
        return one_line(title), Reason(Source.GUESSED, "the subject says it.", 0.8)
    if (
        is_note
        and title
        and best is not None
        and _is_filled_by(title, sentences[best])
        and phrases.OUTCOME.search(title)
    ):
        # "Ashdown renewed!" above "2 yrs."
        both = f"{title}{'' if title.endswith(('!', '.')) else ':'} {sentences[best]}"
        return one_line(both), Reason(Source.GUESSED, "the subject, and what it says of it.", 0.7)
    if best is not None and plain[best] > LEAST_WORTH:
        line = one_line(_whole(sentences, best, text or "", plain))
        if line.endswith("…"):
            line = _uncut(sentences, scores, best) or line
        return line, _why_this(line, sentences, scores, text or "", plain)
    # "St Raphael press" names the matter; "It was lovely" at least says something of it.
    if (
        title
        and best is not None
        and not phrases.EMPTY.match(sentences[best])
        and not asks(sentences[best])
        and not only_permits(sentences[best])
        and (
            len(sentences[best].split()) >= 3
            or (len(sentences[best]) > FEW_SIGNS and phrases.UNSPACED.search(sentences[best]))
        )
    ):
        return one_line(_whole(sentences, best, text or "", plain)), Reason(
            Source.GUESSED, "the first thing it says.", 0.4
        )
    if title:
        return one_line(title), Reason(Source.GUESSED, "the subject.", 0.5)
    if not is_note and note and (extra := split(note)):
        return one_line(extra[0]), Reason(Source.GUESSED, "from your own words.", 0.5)
    if best is not None:
        return one_line(sentences[best]), Reason(Source.GUESSED, "the first thing it says.", 0.4)
    if (word := bare_subject(subject)) and not phrases.WEAK_SUBJECT.match(word) and re.search(r"[^\W\d_]{3}", word):
        return one_line(word), Reason(Source.DEFAULT, "the mail has no words but its subject.", 0.0)
    return "(waiting for its one sentence)", Reason(Source.DEFAULT, "the mail has no words to take it from.", 0.0)


def _why_this(
    line: str, sentences: Sequence[str], scores: Sequence[float], text: str, plain: Sequence[float]
) -> Reason:
    why = "the sentence that says most."
    if is_sure(sentences, scores):
        return Reason(Source.GUESSED, why, 0.7)
    others: list[str] = []
    for at in sorted(range(len(sentences)), key=lambda n: -scores[n]):
        if len(others) == MOST_OTHERS or scores[at] < max(scores) - NEARLY:
            break
        other = one_line(_whole(sentences, at, text, plain))
        if plain[at] > LEAST_WORTH and not any(other in known or known in other for known in (line, *others)):
            others.append(other)
    return Reason(Source.GUESSED, why, 0.5, tuple(others)) if others else Reason(Source.GUESSED, why, 0.7)


def _uncut(sentences: Sequence[str], scores: Sequence[float], best: int) -> str | None:
    """The next best sentence that fits a line, where it says nearly as much as the one that had to be cut."""
    for at in sorted(range(len(sentences)), key=lambda n: -scores[n]):
        if at != best and scores[at] >= scores[best] - NEARLY and not phrases.REFERS_BACK.match(sentences[at]):
            line = one_line(sentences[at])
            if not line.endswith("…"):
                return line
    return None


NEARLY = 2.5
LEAST_WORTH = -1.5
MOST_OTHERS = 2
# What is told first mostly weighs most.
_ORDER = 0.12
# A note begins with its news; its subject is a headline.
_NOTE_ORDER = 0.5
_OWN_HEADLINE = 3.0


def _whole(sentences: Sequence[str], best: int, text: str, scores: Sequence[float]) -> str:
    """The sentence, with the one before it where only that says of what: "Ashdown renewed!! 3 yrs, 40 extra seats"."""
    sentence = sentences[best]
    if (
        best + 1 < len(sentences)
        and (is_short(sentences[best + 1]) or _is_filled_by(sentence, sentences[best + 1]))
        and not asks(sentences[best + 1])
        and not only_permits(sentences[best + 1])
        and not cue_of_confidence(sentences[best + 1])
        and len(sentence) + len(sentences[best + 1]) < MAX_LENGTH
        and _follows(sentence, sentences[best + 1], text)
    ):
        # "… four swarms each May. This May: none."
        return _joined(sentence, sentences[best + 1])
    if (
        best + 1 < len(sentences)
        and phrases.ONLY_BEFORE.match(sentence)
        and not asks(sentences[best + 1])
        and len(sentence) + len(sentences[best + 1]) < MAX_LENGTH
        and _follows(sentence, sentences[best + 1], text)
    ):
        # "The rota used to eat my Friday. Last Friday I was done before tea."
        return _joined(sentence, sentences[best + 1])
    if phrases.REFERS_BACK.match(sentence) or phrases.BEFORE_IT.match(sentence) or phrases.FIRST_TIME.match(sentence):
        return _with_what_it_means(sentences, best, text, scores)
    if best == 0 or not phrases.ELLIPTIC.match(sentence):
        return sentence
    before = sentences[best - 1]
    if not _follows(before, sentence, text):
        return sentence
    both = _joined(_unlinked(before), sentence)
    if len(both.rstrip(".")) <= MAX_LENGTH:
        return both
    return before if len(before) >= 25 and not phrases.EMPTY.match(before) and not asks(before) else sentence


FEW_BEFORE, FEW_BEHIND = 4, 7


def _is_filled_by(sentence: str, after: str) -> bool:
    """ "Ashdown renewed!!" and "3 yrs, 40 extra seats"."""
    return (
        len(sentence.split()) <= FEW_BEFORE
        and len(after.split()) <= FEW_BEHIND
        and phrases.ELLIPTIC.match(after) is not None
    )


TELLS_WHAT = -1.0


def _with_what_it_means(sentences: Sequence[str], best: int, text: str, scores: Sequence[float]) -> str:
    """A sentence that begins with "it" or "they", with its neighbour that says what, where both fit a line."""
    sentence = sentences[best]
    if (
        best + 1 < len(sentences)
        and phrases.EXPLAINS.match(after := sentences[best + 1])
        and _follows(sentence, after, text)
    ):
        both = _joined(sentence, after)
        return both if len(both) <= MAX_LENGTH else sentence
    if best == 0:
        return sentence
    before = sentences[best - 1]
    tells_what = (
        scores[best - 1] > TELLS_WHAT
        and len(before.split()) >= FEW_WORDS
        and not asks(before)
        and not phrases.REFERS_BACK.match(before)
        and phrases.HEARD.match(f"{before} {sentence}") is None
    )
    both = _joined(_unlinked(before), sentence)
    return both if tells_what and len(both.rstrip(".")) <= MAX_LENGTH and _follows(before, sentence, text) else sentence


def _joined(before: str, after: str) -> str:
    """Scripts without spaces set none between sentences."""
    return f"{before}{'' if before.endswith('。') else ' '}{after}"


def _unlinked(sentence: str) -> str:
    rest = phrases.LINK.sub("", sentence)
    return rest[:1].upper() + rest[1:]


def _follows(before: str, after: str, text: str) -> bool:
    """Whether *after* comes right behind *before* in the same paragraph. Items of a list stand on their own."""
    flat = " ".join(text.split())
    at = flat.find(after)
    if at < 0 or not flat[:at].rstrip("\"”»')] ").endswith(before[-20:]):
        return False
    return (
        bool(re.search(r"\w", after))
        and not phrases.EMPTY.match(after)
        and not re.search(rf"\n\s*(?:\n|[-*•]|\d{{1,2}}[.)])\s*{re.escape(after[:15])}", text)
    )


def with_subject(line: str, customer: str) -> str:
    """A line that begins with its verb gets the customer's name before it; questions are none."""
    if not phrases.NO_SUBJECT.match(line) or line.endswith("?") or len(customer) + 2 + len(line) > MAX_LENGTH:
        return line
    return f"{customer}: {line[:1].lower()}{line[1:]}"


_CALLED_WIN = re.compile(r"^\s*(?:new |customer |big |another )?win\s*[:\-–—!]+\s*", re.I)
_LABELLED = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")


def _title(subject: str | None) -> str | None:
    text = bare_subject(subject)
    if not text or phrases.OWN_UPDATE.match(text):
        return None
    text = _LABELLED.sub("", _CALLED_WIN.sub("", without_tags(text)))
    text = bare_subject(text) or text
    text = undecorated(text)
    return text if len(text.split()) >= 2 and not phrases.WEAK_SUBJECT.match(text) else None


def _says_outcome(text: str) -> bool:
    return len(text.split()) >= 3 and bool(phrases.OUTCOME.search(text) or NUMBERED.search(NO_FIGURE.sub("", text)))


def only_asks(text: str | None) -> bool:
    """Whether a note is nothing but questions or requests to us: no news in it."""
    said = split(text)
    return bool(said) and all(
        phrases.ASKS.match(s)
        and (s.rstrip(" \"'”»)").endswith("?") or (len(said) == 1 and phrases.ASKING_FOR.match(s)))
        for s in said
    )
