"""A text cut into its sentences, without greetings, closings and decoration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mailwins.parsers.dates import month_names
from mailwins.parsers.folding import is_closing_line, is_footer, is_greeting
from mailwins.patterns import rare
from mailwins.understanding.summary import phrases

_BEGINS = r"(?=[\"“«'(\[]?[A-ZÀ-ÞА-Я0-9¡¿])"
# Where a sentence ends, in a text that is spaced or not. The first begins with one sign of a few, so that the search engine runs from one to the next.
_SPACED_END = re.compile(
    rf"[\"”»')\]\s](?:(?<=[.!?…]\s)\s*{_BEGINS}|(?<=[.!?…][\"”»')\]])[\"”»')\]]*\s+{_BEGINS}|(?<=\n)\n*)"
)
_SENTENCE_END = re.compile(rf"(?<=[.!?…])(?:[\"”»')\]]*)\s+{_BEGINS}|(?<=[。！？])|\n+")
_SENTENCE_END_SMALL = rare(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[^\W\d_])|" + _SENTENCE_END.pattern)
_UNSPACED_END = re.compile(r"[。！？]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|z\.B|d\.h|ca|bzw|etc|e\.g|i\.e|vs|approx|Inc|Ltd|Co|Sr|Sra|Dra|Exma?|Sig|Sigg|M|Mme|incl|inkl|usw)\.|\b[A-Z]\.)$"
)
_LONGEST_ABBREVIATION = len(" approx.")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s")
# As WhatsApp copies what somebody wrote: "[25/11/2026, 18:04:12] Ruth Aas: …" on an iPhone, "25.11.26, 18:04 - Ruth Aas: …" on Android.
SPEAKER_IN_CHAT = re.compile(
    r"^\s*\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]?(?: [-–])? [^:\n]{1,40}: ",
    re.M,
)
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
_DECORATION_BEFORE, _DECORATION_BEHIND = _BLANKS + "-–—*•>~=#_:|", _BLANKS + "-–—*~=_|"
FEW_WORDS, FEW_SIGNS = 4, 10


def is_short(sentence: str) -> bool:
    return len(sentence) <= FEW_SIGNS if phrases.UNSPACED.search(sentence) else len(sentence.split()) <= FEW_WORDS


# Greetings, signatures and quoted sentences come again; what is longer hardly does, and would fill the memory.
REMEMBERED = 600


def undecorated(text: str) -> str:
    return text.lstrip(_DECORATION_BEFORE).rstrip(_DECORATION_BEHIND)


def split(text: str | None) -> list[str]:
    text = (text or "")[:8_000]
    ends = _ends_in(text)
    said: list[str] = []
    for block in _PARAGRAPH_END.split(text):
        part = _of_paragraph if len(block) <= REMEMBERED else _of_paragraph.__wrapped__
        said += part(block, ends)
    return said


@lru_cache(maxsize=128)
def _of_paragraph(block: str, ends: str) -> tuple[str, ...]:
    """*ends*: which of the ``_ENDS`` part its sentences."""
    lines = [
        x
        for x in (SPEAKER_IN_CHAT.sub("- ", line) for line in block.split("\n"))
        if x.strip() and (not is_greeting(x) or phrases.HELLO.match(x)) and not is_footer(x)
    ]
    if not lines:
        return ()
    # Wrapped lines are one paragraph; a line that begins like a list item stands alone.
    joined = ""
    for line in lines:
        joined += (
            "\n"
            if _LIST_ITEM.match(line)
            or (joined and len(joined.rsplit("\n", 1)[-1]) < 35 and not joined.endswith((",", ";")))
            else " "
        ) + line.strip()
    pieces = [p.strip() for p in _ENDS[ends].split(joined) if p and p.strip()]
    merged: list[str] = []
    for piece in pieces:
        if merged and (
            _ends_in_abbreviation(merged[-1]) or _is_ordinal(merged[-1], piece) or _is_number_sign(merged[-1], piece)
        ):
            merged[-1] += " " + piece
        else:
            merged.append(piece)
    merged = [clause for piece in merged for clause in _dictated(piece)]
    said = [(_told if len(m) <= REMEMBERED else _told.__wrapped__)(m) for m in merged]
    return tuple(filter(None, said))


# Who dictates to a telephone says no full stops: there the words that join two clauses part them.
_JOINT = re.compile(
    r"\s+(?=(?:and|but|so|also|und|aber|auch|et|mais|aussi|y|pero|también|e|ma|anche|mas|também|en|maar|ook|och|men|också)\s)"
)
_SOMEBODY_SAID = re.compile(
    r"(?:(?:and|und|et|y|e|en|och)\s+)?(?:[^\W\d_]+\s+){1,2}"
    r"(?:(?:said|says|told (?:me|us)|mentioned)(?:\s+that)?|(?:sagte?|meinte?|erzählte)(?:\s+dass)?"
    r"|(?:a dit|dit|m'a dit) que|(?:dijo|dice|me dijo) que|(?:zei|zegt) dat|(?:ha detto|dice) che|(?:disse|diz) que|sa att)\s+",
    re.I,
)
_TELLS_OF_THE_TALK = re.compile(
    r"(?:[^\W\d_]+\s+){0,4}?(?:(?:i|we)\s+(?:just\s+|have\s+|ve\s+|'ve\s+)*(?:was|were|spoke|spoken|talked|came|met|got|had|called|rang|visited|saw)"
    r"|(?:ich|wir)\s+(?:war(?:en)?|habe?n?|komme?n?|bin|sind|sprach)|j'ai|je (?:sors|viens)|on a|(?:he|hemos|acabo|estuve)"
    r"|(?:ik|we) (?:was|waren|heb|hebben|sprak)|(?:ho|sono|abbiamo)|(?:jag|vi) (?:var|har|pratade))\s",
    re.I,
)
_PUNCTUATION = re.compile(r"[.,;:!?…()–—。、！？]")
_UNSAID_STOPS = 160
_FEWEST_IN_CLAUSE = 6


def _dictated(sentence: str) -> list[str]:
    """A long sentence without any punctuation as its clauses, and any other as it is."""
    if len(sentence) < _UNSAID_STOPS or _PUNCTUATION.search(sentence.rstrip(".!?")):
        return [sentence]
    clauses: list[str] = []
    for piece in _JOINT.split(sentence):
        is_new = not clauses or min(len(piece.split()), len(clauses[-1].split())) >= _FEWEST_IN_CLAUSE
        if is_new:
            clauses.append(piece)
        else:
            clauses[-1] += " " + piece
    if len(clauses) > 1 and _TELLS_OF_THE_TALK.match(clauses[0]):
        del clauses[0]
    return [_SOMEBODY_SAID.sub("", clause, count=1) if _SOMEBODY_SAID.match(clause) else clause for clause in clauses]


@lru_cache(maxsize=256)
def _told(piece: str) -> str:
    """A sentence without the greeting before it; nothing of a closing line or a farewell."""
    if is_closing_line(piece):
        return ""
    sentence = phrases.HELLO.sub("", undecorated(piece), count=1)
    return "" if phrases.FAREWELL.match(sentence) else sentence


_ENDS = {"small": _SENTENCE_END_SMALL, "unspaced": _SENTENCE_END, "spaced": _SPACED_END}


def _ends_in(text: str) -> str:
    if text.lstrip()[:1].islower():
        # Who begins in lower case writes without capitals: a full stop alone ends the sentence then.
        return "small"
    return "unspaced" if not text.isascii() and _UNSPACED_END.search(text) else "spaced"


def _is_number_sign(before: str, after: str) -> bool:
    """Whether "Invoice no." and "20417 …" are one sentence."""
    return after[:1].isdecimal() and bool(re.search(r"(?<!\w)(?:no|nº|n)\.$", before, re.I))


def _ends_in_abbreviation(piece: str) -> bool:
    return piece.endswith(".") and bool(_ABBREVIATION.search(piece, max(0, len(piece) - _LONGEST_ABBREVIATION)))


def _is_ordinal(before: str, after: str) -> bool:
    """Whether "… am 3." and "März …" are one sentence, or "… vom 12.09." and "(TOP 7) …"."""
    if not before[-2:-1].isdecimal():
        return False
    if after.startswith("(") and re.search(r"\d\.\d{1,2}\.$", before):
        return True
    word = re.match(r"[^\W\d_]+", after)
    return bool(word and word[0].lower() in month_names() and re.search(r"(?<!\d)\d{1,2}\.$", before))


def first_sentences(text: str | None, count: int) -> Sequence[str]:
    return split(text)[:count]
