"""What of a draft is really in the mail that its CSM sent: which draft it was, and which wins' words a customer has read in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mailwins.understanding.measures import find_measures
from mailwins.updates.words import sentences_of

_TOKEN = re.compile(r"[^\W_]+|[%$€£¥]")
SHINGLE = 4
# A sentence that was shortened by hand still counts as told with so many of its words in a row.
RUN = 7
SAME_SUBJECT, OTHER_SUBJECT = 0.15, 0.4
# So much of a shortened copy is the draft's own words, however little of the draft that is.
SHORTENED, SHORTENED_OTHER_SUBJECT = (0.3, 5), (0.5, 8)
FIGURE_REACH = 14
NOTHING_OF_IT = 0.05


def is_copy_of(draft: str, sent: str, *, has_its_subject: bool) -> float:
    """How much of *draft* stands in *sent*, or of *sent* in *draft* where it was cut down, 0 to 1; 0 where it is too little to say that one became the other."""
    wanted, found = _shingles(draft), _shingles(sent)
    both = len(wanted & found)
    of_draft, of_sent = (both / len(x) if x else 0.0 for x in (wanted, found))
    if of_draft >= (SAME_SUBJECT if has_its_subject else OTHER_SUBJECT):
        return max(of_draft, of_sent)
    least, runs = SHORTENED if has_its_subject else SHORTENED_OTHER_SUBJECT
    return of_sent if of_sent >= least and both >= runs else 0.0


def likeness(draft: str, sent: str) -> float:
    """The share of the draft's runs of four words that the other text has as well. Wrapping, marks and case do not matter."""
    wanted, found = _shingles(draft), _shingles(sent)
    return len(wanted & found) / len(wanted) if wanted else 0.0


def told_in(sent: str, words: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    """The numbers of those wins whose words, or whose figure with its earlier value, are in the text that was sent.

    *words*: win number and a text of it, more than one where it has a quote and a sentence for the customer.
    """
    tokens = _tokens(sent)
    flat = _flat(tokens)
    found = {
        ref
        for ref, said in words
        if _has_words(flat, said) or any(_has_figure(tokens, m.what, m.before, m.after) for m in find_measures(said))
    }
    return tuple(sorted(found))


def is_quoted_whole(draft: str, reply: str) -> bool:
    """Whether *reply* has the draft below it word by word, or nothing of it. Else somebody may have edited there."""
    # Outlook prints the target behind each link.
    plain = re.sub(r"<(?:mailto:|https?://)[^>\s]*>", " ", reply, flags=re.I)
    return likeness(draft, plain) < NOTHING_OF_IT or _flat(_tokens(draft)) in _flat(_tokens(plain))


def own_part(text: str, *, is_answer: bool) -> str:
    """*text* without the thread below it. Only an answer has one: elsewhere a quote mark is part of what was written."""
    if not is_answer:
        return text
    kept = []
    for line in text.split("\n"):
        if _THREAD.match(line):
            break
        if not line.startswith(">"):
            kept.append(line)
    return "\n".join(kept)


# Outlook prints the header of what it answers below a rule or this line; others put "> " before each of its lines.
_THREAD = re.compile(
    r"^\s*(?:-{3,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|oorspronkelijk bericht)\s*-{3,}|_{20,})\s*$|^(?:from|von|de|van)\s?:\s.*@",
    re.I,
)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def _shingles(text: str) -> set[tuple[str, ...]]:
    tokens = _tokens(text)
    return {tuple(tokens[n : n + SHINGLE]) for n in range(len(tokens) - SHINGLE + 1)}


def _has_words(flat: str, words: str) -> bool:
    whole = _tokens(words)
    if whole and _flat(whole) in flat:
        return True
    for sentence in sentences_of(words):
        tokens = _tokens(sentence)
        size = max(SHINGLE, min(RUN, round(len(tokens) * 0.8)))
        if any(_flat(tokens[n : n + size]) in flat for n in range(len(tokens) - size + 1)):
            return True
    return False


def _has_figure(tokens: Sequence[str], what: str, before: str | None, after: str) -> bool:
    """``3% missed visits, was 11%``: both numbers and what they count stand close together."""
    wanted = [_flat(_tokens(part)) for part in (what, before or "", after)]
    if any(part.isspace() for part in wanted):
        return False
    near = (
        _flat(tokens[max(0, at - FIGURE_REACH) : at + FIGURE_REACH]) for at in range(0, len(tokens), FIGURE_REACH // 2)
    )
    return any(all(part in window for part in wanted) for window in near)


def _flat(tokens: Sequence[str]) -> str:
    return f" {' '.join(tokens)} "
