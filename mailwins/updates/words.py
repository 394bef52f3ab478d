"""Choosing among a customer's own words without changing one of them."""

from __future__ import annotations

import re
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|\n+")
_SMALL_TALK = re.compile(r"^(?:hi|hello|hey|dear|hallo|liebe[rs]?|bonjour|hola|beste|dag|thanks|thank you|danke|merci|gracias|bedankt|best|regards|cheers|kind regards|viele grüße|cordialement|saludos|groet)\b.{0,40}$", re.I)
# A line as long as this goes on in the next one: the mail program wrapped it.
_WRAPPED = re.compile(r"(?<=[^\n]{50})(?<![.!?…])\n(?=[^\n])")
# A byte order mark or a zero-width sign that a mail program left in the text.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))
# "Ben" or "Katrin B." alone at the end.
_SIGN_OFF = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’-]*(?:\s[A-ZÀ-ÞĀ-Ž](?:[\w'’-]+|\.))?$")
# "Hannah, fyi the dashboard…": said to one person; a stranger reads on from there.
_NAME_ALONE = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s[A-ZÀ-ÞĀ-Ž][\w'’-]+)?[,!]$")
_ADDRESSED = re.compile(r"(?:(?:(?:hi|hey|hello|hallo|bonjour|hola|dag|dear)\s+)?[A-ZÀ-ÞĀ-Ž][\w'’-]+,\s+)?(?:fyi|just (?:so you know|a quick note)|zur info|pour info|ter info)\b[\s,:–-]*", re.I)
_REQUEST = re.compile(r"\?$|^(?:please|could|can you|would|bitte|könnt|pouvez|por favor|kunnen|let me know|talk soon|see you|call me)\b", re.I)


def sentences_of(text: str) -> list[str]:
    """The sentences that say something: no greetings, thanks or requests."""
    return [s for s in _sentences(text) if not _SMALL_TALK.match(s) and not _REQUEST.search(s)]


def _sentences(text: str) -> list[str]:
    return [" ".join(s.split()) for s in _SENTENCE.split(_WRAPPED.sub(" ", text.translate(_INVISIBLE))) if s and s.strip()]


def best_words(text: str, limit: int) -> str:
    """Whole sentences in their order, at most *limit* characters; what was left out in between or behind is marked "…"."""
    sentences = _sentences(text)
    while len(sentences) > 1 and _SIGN_OFF.match(sentences[-1]):
        del sentences[-1]
    if len(sentences) > 1 and _NAME_ALONE.match(sentences[0]):
        del sentences[0]
    if sentences and (lead := _ADDRESSED.match(sentences[0])):
        sentences[0] = f"…{sentences[0][lead.end() :]}"
    useful = [s for s in sentences if not _SMALL_TALK.match(s) and not _REQUEST.search(s)] or sentences
    if not useful:
        return ""
    best: tuple[float, int, int] = (-1.0, 0, 1)
    for start in range(len(useful)):
        length, weight = 0, 0.0
        for end in range(start, len(useful)):
            length += len(useful[end]) + 1
            if length > limit and end > start:
                break
            weight += 1.0 + 1.2 * bool(re.search(r"\d", useful[end])) + min(len(useful[end]), 120) / 240
            if weight - 0.1 * start > best[0]:
                best = (weight - 0.1 * start, start, end + 1)
    chosen = useful[best[1] : best[2]]
    out = ""
    for number, sentence in enumerate(chosen):
        gap = number and sentences.index(sentence) - sentences.index(chosen[number - 1]) > 1
        out += (" … " if gap else " " if number else "") + sentence
    if len(out) > limit * 1.25:
        out = out[:limit].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
    return out


def as_sentence(text: str, end: str) -> str:
    """A line that a colleague jotted down, as a customer reads it: capital first, *end* behind unless it ends already."""
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", "。", "？")) else text + end


def count_words(update: Any) -> int:
    """Words a reader meets, signature and source line included."""
    parts = [update.heading, update.greeting, update.opening, update.thanks, update.source, update.signature.name]
    parts += [p for f in update.figures for p in (f.value, f.label, f.was or "")]
    parts += [p for a in update.achievements for p in (a.words, a.said_by or "", a.about)]
    parts += [p for label, text in update.coming for p in (label, text)]
    return len(" ".join(parts).split())
