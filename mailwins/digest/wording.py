"""How a win is put into a few words: chips, excerpts, who said it. Shared by digests and receipts; never by mail to customers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from mailwins.config import Kind as Category
from mailwins.model import Account, Directory, Win
from mailwins.outbox import fitted, one_line
from mailwins.patterns import rare
from mailwins.render import is_plain_line
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.internal import cue_of_confidence, cue_of_silence
from mailwins.understanding.summary.line import MAX_LENGTH, shorten
from mailwins.understanding.summary.ranking import is_of_quoting, only_permits
from mailwins.understanding.summary.sentences import SPEAKER_IN_CHAT
from mailwins.updates.words import is_plain_trouble

COLOURS = {
    "value_realized": "c1",
    "high_value_task": "c1",
    "account_goal": "c2",
    "program": "c2",
    "milestone": "c2",
    "adoption": "c3",
    "participation": "c3",
    "endorsement": "c4",
    "nps_csat": "c4",
    "olympics": "c4",
    "referral": "c5",
    "stakeholder": "c5",
    "renewal_expansion": "c6",
}
# A sentence keeps the closing marks behind its full stop: without them a quotation inside it would run on.
_CLOSED = r"[.!?…][\"”»’')\]]"
_SENTENCE = rare(
    r"(?=\s|(?<=[。！？]))(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bSra\.)(?<!\bz\.B\.)"
    rf"(?:(?<=[.!?…])|(?<={_CLOSED})|(?<={_CLOSED}[\"”»’')\]]))\s+(?=[\"“„«‘'(\[¿¡]?[^\W\d_a-zà-ÿ]|\d)|(?<=[。！？])(?![」』）])|\n+"
)
# The same for a line without "。！？", in a fifth of the time: it looks where a sign is that may end a sentence, not behind every letter.
_SPACED_END = re.compile(
    rf"[.!?…\"”»’')\]]\s(?:(?<=[.!?…]\s)|(?<={_CLOSED}\s)|(?<={_CLOSED}[\"”»’')\]]\s))"
    r"(?<!\bMr\.\s)(?<!\bMrs\.\s)(?<!\bMs\.\s)(?<!\bDr\.\s)(?<!\bSt\.\s)(?<!\bSra\.\s)(?<!\bz\.B\.\s)"
    r"\s*(?=[\"“„«‘'(\[¿¡]?[^\W\d_a-zà-ÿ]|\d)"
)
_FULL_WIDTH_STOPS = "。！？"
_WORD, _DIGIT, _ASCII_DIGIT = rare(r"\w+"), re.compile(r"\d"), re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W_]")
_BULLET = re.compile(r"^(?:[-*•–·▪]|\d{1,2}[.)])\s+")
# "Tyler Novak, Nov 11, 2026, 09:12 PST" and "Ticket #48977: …": what a help desk prints around the words.
_STAMP = re.compile(
    r"^(?-i:(?:[A-ZÀ-ÞŁŚŻ][\w'’.-]+ ){2,4})\d{1,2}:\d\d(?: ?[AP]M)?$|(?:\b20\d\d\b.{0,6}\b\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?: [A-Z]{2,4})?$)|^(?:ticket|case|request|anfrage)\b.{0,8}#?\d{3,}",
    re.I,
)
# Without one of these at its beginning, or a year in it, a line is no stamp.
_TICKET = re.compile(r"(?:ticket|case|request|anfrage)\b", re.I)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSING = re.compile(
    r"(?:cheers|best(?: regards| wishes)?|(?:kind|warm|many)? ?regards|many thanks|thanks(?: again)?|thank you|(?:talk|see you) soon|yours|all the best"
    r"|vg|lg|mfg|(?:viele|beste|liebe|herzliche|schöne) grüße|bis (?:bald|dann)|cordialement|bien à vous|à (?:très )?bientôt|bonne journée"
    r"|(?:un )?saludos?|hasta pronto|un abrazo|groet(?:en|jes)|met vriendelijke groet(?:en)?|tot (?:snel|gauw)|cordiali saluti|a presto|abraços?)[\s,.!]*$",
    re.I,
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|(?:good )?(?:morning|afternoon|evening)|hallo|grüezi|grüss gott|grüß gott|servus|moin|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte\w*"
    r"|bonjour|bonsoir|cher|chère|hola|buen[oa]s|estimad[oa]s?|querid[oa]s?|beste|geachte|goede(?:morgen|middag|navond)|goedendag|ciao|buongiorno|gentile|olá|oi|bom dia"
    r"|hej|god morgon|cześć|dzień dobry)\b[^.!?]{0,40}[,!:.]?$",
    re.I,
)
# What a Japanese letter opens and closes with: to whom, from whom, the season's and the working day's courtesies.
_JAPANESE_COURTESY = re.compile(
    r"(?:お世話になって|お世話になり|よろしくお願い|お疲れ様)[^。]*。?$|^.{1,20}(?:様|御中|さん)[、。]?$|^.{2,20}の.{1,8}(?:です|と申します)。?$|^.{2,20}(?:株式会社|有限会社)$|^(?:株式会社|有限会社).{1,20}$"
)
_REQUEST = re.compile(
    r"(?:(?:noch )?eine (?:kleine |kurze )?(?:frage|bitte)|(?:une |petite )+question|una (?:pequeña )?pregunta|(?:nog )?een vraag(?:je)?|vraagje|una domanda|uma pergunta|en fråga"
    r"|please|could|can|bitte|pouvez|por favor|let me know|send (?:us|me)|(?:just )?(?:one|a|my) (?:small |little |last |only )?(?:wish|request|favou?r|question)\b|(?:many )?(?:thanks|thank you)(?: in advance)?[,.!]*$"
    r"|best(?: regards| wishes)?,?$|best regards|kind regards|regards|cheers|viele grüße)(?:\b|$)",
    re.I,
)
# What a colleague writes above the news itself; the mail around it says it already.
_LABELS = {
    "olympics": rare(
        r"(?:(?:a |my |our )?(?:nomination|nominee|entry|contender|candidate|submission) (?:for|to) (?:the )?)?(?:the )?user olympics(?: (?:nominee|nomination|entry|contender|candidate|record|gold medal))?\s*[:,–—-]\s*(?:category:? )?",
        re.I,
    ),
    "milestone": rare(r"(?:team |our )?milestone(?: reached)?\s*[:,–—-]\s*", re.I),
}
_SPOKEN_TO = rare(r"([^\W\d_]{2,20}),\s+(?!you\b|du\b|vous\b)(?=\S+\s+\S+\s+\S)", re.I)
_OPENER = rare(
    r"^(?:fyi|btw|(?:just )?(?:a )?(?:quick|small|short|little) (?:one|note|update|win|news)\s*[,:;!–—-]|heads[- ]up\s*[,:;!–—-]|(?:good|great) news\s*[,:;!–—-])[\s,:;–—-]*",
    re.I,
)
_SEE = rare(
    r"(?:\s*[,;–—-]\s*|\s+\()(?:see|siehe|voir|ver|zie)(?: the)? (?:chart|graph|attached|attachment|below|screenshots?|picture|photo|anhang|unten|ci-joint|adjunto|bijlage)\)?[.!]?$",
    re.I,
)
WRAPPED_AT = 52
# A rest of a sentence is worth printing from so many words; a line is known again by so many.
MIN_ADDED = 4
MIN_REPEATED = 5
FEWEST = 16
MOST_NAME = 90
MIN_BARE = 12
MOST_GREETING = 48


@dataclass(frozen=True, slots=True)
class Chip:
    name: str
    colour: str


def chip_of(win: Win, categories: Mapping[str, Category]) -> Chip | None:
    """None where the kind is unknown: a guess that nobody confirmed gets no label."""
    if win.category is None:
        return None
    known = categories.get(win.category)
    return Chip(known.name if known else win.category.replace("_", " "), COLOURS.get(win.category, "c1"))


def short_days(first: date, last: date) -> str:
    """``9 to 16 Nov``, ``28 Sep to 4 Oct``, ``16 Nov``."""
    if first == last:
        return f"{last.day} {last:%b}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%b}"
    return f"{first.day} {first:%b} to {last.day} {last:%b}"


def sentences(text: str | None) -> list[str]:
    """One by one, without list marks; a line that only rules off or stamps a ticket is none."""
    text = (text or "")[:20_000]
    if ", " in text and ":" in text:
        text = SPEAKER_IN_CHAT.sub("- ", text)
    text = _unwrapped(text)
    found = []
    for part in _SENTENCE.split(text) if any(stop in text for stop in _FULL_WIDTH_STOPS) else _spaced(text):
        sentence = part if is_plain_line(part) else " ".join(part.split())
        if mark := _BULLET.match(sentence):
            sentence = sentence[mark.end() :]
        if _LETTER.search(sentence) and not _is_stamp(sentence):
            found.append(sentence)
    return found


def _spaced(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        start = 0
        for end in _SPACED_END.finditer(line):
            yield line[start : end.start() + 1]
            start = end.end()
        yield line[start:]


def _is_stamp(sentence: str) -> bool:
    return bool((":" in sentence[-6:] or "20" in sentence or _TICKET.match(sentence)) and _STAMP.search(sentence))


def _unwrapped(text: str) -> str:
    """Lines that a mail program broke at its width are one line again; paragraphs, lists and short lines stay apart."""
    out = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.strip()
        last = out.rsplit("\n", 1)[-1]
        is_broken = line and len(last) >= WRAPPED_AT and last[-1] not in ".!?…:。！？" and not _BULLET.match(line)
        goes_on = line[:1].islower() and last and last[-1] not in ".!?…:,"
        out += (" " if is_broken or goes_on else "\n") + line
    return out


def excerpt(text: str | None, limit: int, *, without: str = "", openly: bool = False) -> str | None:
    """Whole sentences of *text* up to about *limit* characters, in their order, those that *without* says already left out. *openly*: without sentences that ask for confidence, which a person may have shared the rest of.

    The best stretch is chosen, not the first; a single sentence that is too long is cut at a word with "…". None when nothing is left.
    """
    found = sentences(plainly(text or ""))
    of_quoting = is_of_quoting(" ".join(found))
    # "You can quote me on that!" says nothing by itself.
    all_ = [
        s
        for s in found
        if not _greets(s) and not (of_quoting and only_permits(s)) and not (openly and cue_of_silence(s))
    ]
    while len(all_) > 1 and _signs(all_[-1]):
        all_.pop()
    while len(all_) > 1 and all_[-1].endswith((":", "：")):
        # It announces what was left out, a link mostly.
        all_.pop()
    told = [(n, rest) for n, s in enumerate(all_) if (rest := _beyond(without, s))]
    # What she asks of us, or finds wrong, beside her good news is for us: it is left out, and the gap is marked.
    # Where the headline has told the news already, nothing is better than what is left then.
    told = (_without_what_is_for_us(told) if openly else told) or ([] if without else told)
    news = [(n, s) for n, s in told if not (len(s) <= MOST_LEAD and _LEADS_UP.match(s) and not _DIGIT.search(s))]
    told = news or ([] if without else told)
    places, kept = [n for n, _ in told], [s for _, s in told]
    if not kept or len(" ".join(kept)) < FEWEST:
        return None
    # Weighed against each other: one alone need not be.
    weights = [_weight(s) for s in kept] if len(kept) > 1 else [1.0]
    best: tuple[float, int, int] = (-1.0, 0, 1)
    for start in range(len(kept)):
        length, weight = 0, 0.0
        for end in range(start, len(kept)):
            length += len(kept[end]) + 1
            if length > limit and end > start:
                break
            weight += weights[end]
            if weight - 0.05 * start > best[0]:
                best = (weight - 0.05 * start, start, end + 1)
    chosen = kept[best[1] : best[2]]
    while len(chosen) > 1 and chosen[-1].endswith((":", "：")):
        chosen.pop()
    if chosen[-1].endswith((":", "：")):
        return None
    at = places[best[1] : best[1] + len(chosen)]
    words = _joined(
        [f"… {c}" if n and at[n] > at[n - 1] + 1 and not c.startswith("…") else c for n, c in enumerate(chosen)]
    )
    if len(words) > limit * 1.25:
        words = words[:limit].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
    elif chosen[-1] != kept[-1] and not words.endswith("…"):
        words += " …"
    return words


# "The export is still a pain, and can you hurry up with the invoice?" in our languages.
_ASKED = rare(
    r"\b(?:can|could|may) (?:i|we|one)\b|\bis there (?:a|any) way\b|\b(?:kann|könnte|darf) (?:man|ich)\b|\blässt sich\b|\bpeut-on\b|\bpuis-je\b|\bse (?:puede|podría)\b|\b(?:kan|mag) (?:ik|men)\b|\bsi (?:può|potrebbe)\b|\bkan (?:man|jag)\b|"
    r"\b(?:is|would|might) it (?:be )?possible\b|\b(?:wäre|ist) es möglich\b|\b(?:serait-il|est-il|est-ce) possible\b|\best-ce que vous\b"
    r"|\b(?:sería|es|seria) posible\b|\bzou het mogelijk\b|\bis het mogelijk\b|\b(?:sarebbe|è) possibile\b|\b(?:seria|é) possível\b|\bär det möjligt\b|\bczy (?:to |jest )?możliw"
    r"|\b(?:can|could|would|will) you\b|\b(?:könnt|könntet|können|könnten) (?:ihr|sie)\b|\b(?:pouvez|pourriez)[ -]vous\b|\b(?:peux|pourrais)[ -]tu\b|\b(?:puedes|podéis|pueden|podrías|podríais|podrían)\b|\b(?:kunnen jullie|kun je|kunt u)\b|\b(?:potete|potreste|puoi|potresti)\b|\b(?:podem|podiam|poderiam|podes)\b|\bkan (?:ni|du)\b|\bczy (?:możecie|mógłby|moglibyście|może)|\b(?:możecie|moglibyście)\b|(?:いただけ|もらえ|頂け)ます(?:でしょう)?か",
    re.I,
)

# What only leads up to the news: how one came to speak, and hopes for the reader's health.
_LEADS_UP = rare(
    r"^(?:following (?:on from|up on)|(?:further to|as per) (?:our|your)|as (?:discussed|promised|mentioned)|(?:i )?hope (?:you|all|this|everyone|the|your|that|it)"
    r"|(?:i )?just wanted to (?:say hi|check in|touch base)|thanks? (?:you )?for (?:your|the) (?:call|e-?mail|message|time)"
    r"|ich hoffe,? (?:es|ihnen|dir|du|sie|ihr)|wie (?:besprochen|telefonisch|versprochen)|j'espère que (?:vous|tu|tout)|comme (?:convenu|promis)|suite à (?:notre|votre)"
    r"|espero que (?:est|todo|te|le)|como (?:hablamos|comentamos|acordado|prometido)|ik hoop dat (?:je|u|alles|het)|zoals (?:besproken|beloofd)|spero che (?:tu|lei|stia|tutto|vada)|come (?:promesso|concordato)"
    r"|(?:i |we |ich |wir |have |hab(?:e|en)? )*(?:just |gerade |eben |kurz )*(?:spoke|spoken|talked|off the phone|came out of|(?:mit|with) [^.,]{2,40} (?:telefoniert|gesprochen)))(?!\w)"
    r"(?!.*\b(?:said|says|told|that|sagt\w*|meint\w*|dass)\b)",
    re.I,
)
MOST_LEAD = 90

# "Could not be happier", "please thank Tom".
_NO_REQUEST = rare(r"^(?:can|could)\b|\bthank", re.I)


def _without_what_is_for_us(told: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """A word or two behind a question ("My eyes…") belong to it."""
    kept: list[tuple[int, str]] = []
    last = None
    for place, sentence in told:
        goes_on = last == place - 1 and len(sentence.split()) < MIN_ADDED
        if goes_on or _is_for_us(sentence):
            last = place
        else:
            kept.append((place, sentence))
    return kept


def _is_for_us(sentence: str) -> bool:
    return bool(
        (_REQUEST.match(sentence) and not _NO_REQUEST.search(sentence))
        or (sentence.rstrip().endswith(("?", "？", "か。")) and _ASKED.search(sentence))
        or is_plain_trouble(sentence)
    )


def _joined(chosen: Sequence[str]) -> str:
    """Items of a list and lines without a full stop are kept apart by a semicolon."""
    words = ""
    for sentence in chosen:
        if not words or _is_cjk(words[-1]):
            words += sentence
        else:
            words += (" " if words[-1] in '.!?…:;,)”"’' or not words[-1].isascii() else "; ") + sentence
    return words


def plainly(text: str) -> str:
    """Without marks that turn the reading direction around: they could make a line say something else than it holds."""
    return text if text.isascii() else _TURNS.sub("", text)


def headline(win: Win, limit: int = 170) -> str:
    """The summary as a headline. One that was cut with "…" is told to its end from the win's own words, or ends at a clause before that."""
    win = outspoken(win)
    line = one_line(plainly(win.summary))
    if line.endswith(("…", "...")):
        line = _whole(line.rstrip(".… "), win.detail, limit) or _clause(line.rstrip(".… "))
    return fitted(capital(balanced(_bare(_without_salutation(line, win), win.category))), limit)


def open_line(win: Win) -> str:
    """The headline for readers beyond the managers: what asks for confidence is never printed, even where a person shared the win."""
    line = headline(win)
    if cue_of_confidence(line) is None:
        return line
    return excerpt(win.detail, 120, openly=True) or f"Good news{f' from {win.account}' if win.account else ''}"


def _without_salutation(line: str, win: Win) -> str:
    """ "Tom, complaints are down" was said to Tom, one of ours; "Mina, you stayed with me" would lose whom it is about."""
    match = _SPOKEN_TO.match(line)
    if match is None:
        return line
    ours = " ".join((a or "").partition("@")[0] for a in (win.submitted_by, win.csm, *win.praised, *win.credits))
    return line[match.end() :] if match[1].casefold() in re.split(r"[^\w]|_", ours.casefold()) else line


def outspoken(win: Win) -> Win:
    """A win told in confidence as a digest may tell it: in the words that a person gave for it, else without asking for silence."""
    if cue_of_confidence(win.summary, win.quote, win.note) is None:
        return win
    if win.customer_text:
        return replace(win, summary=shorten(one_line(win.customer_text), MAX_LENGTH), quote=None, note=None)
    return replace(
        win,
        summary=_without_cue(win.summary) or "Something good, told in confidence",
        quote=_without_cue(win.quote),
        note=_without_cue(win.note),
    )


def _without_cue(text: str | None) -> str:
    """Without the sentences that ask for silence; of "Between us: it saves us a day" what stands behind the colon stays."""
    kept = []
    for sentence in re.split(r"(?<=[.!?。])\s+|\n+", text or ""):
        if cue_of_confidence(sentence):
            lead, _, sentence = sentence.partition(": ")
            if not cue_of_confidence(lead) or cue_of_confidence(sentence):
                continue
            sentence = capital(sentence)
        if sentence.strip():
            kept.append(sentence.strip())
    return "\n".join(kept)


def _bare(line: str, category: str | None) -> str:
    """Without a label that the mail prints anyway, "see chart" at its end, or brackets around all of it; never down to a word or two."""
    label = _LABELS.get(category or "")
    shorter = _SEE.sub("", label.sub("", line, count=1) if label and label.match(line) else line)
    shorter = _OPENER.sub("", shorter)
    if shorter.startswith("(") and shorter.endswith(")") and shorter.count("(") == 1:
        shorter = shorter[1:-1].strip()
    return shorter if len(shorter) >= MIN_BARE else line


def balanced(text: str) -> str:
    """A piece cut out of a longer text: a quotation mark whose other half was left behind goes, or is closed."""
    opened, closed = text.count("“"), text.count("”")
    if closed == opened + 1:
        return text[1:] if text.startswith("”") else text[:-1].rstrip() if text.endswith("”") else text
    return f"{text}”" if opened == closed + 1 and "„" not in text else text


def _whole(start: str, detail: str | None, limit: int) -> str | None:
    flat = " ".join((detail or "")[:20_000].split())
    at = flat.casefold().find(start.casefold()[:200]) if len(start) >= 12 else -1
    if at < 0:
        return None
    rest = next((s for s in sentences(flat[at:])), "")
    return rest.rstrip(" .") if len(start) <= len(rest) <= limit else None


def clause(line: str, limit: int) -> str:
    """*line* in at most *limit* characters: without what stands in brackets, or ended at a sentence, comma or dash when most of it is left then, else cut at a word."""
    if len(line) <= limit:
        return line
    bare = " ".join(re.sub(r"\s*\([^()]*\)", "", line).split())
    if len(bare) <= limit:
        return bare
    return _clause(fitted(line, limit).rstrip("…"))


def _clause(start: str) -> str:
    """*start* up to its last full sentence, comma or dash, when most of it is left; else all of it with its "…". A colon announces the news: no end."""
    for ends in (r"[.!?][”\"’»)]*(?= [^a-z])|[”\"’»)][.!?](?= [^a-z])", r"[,;](?= )| [-–—](?= )"):
        found = list(re.finditer(ends, start))
        if found and found[-1].start() >= max(30, len(start) * 0.55):
            return start[: found[-1].end()].rstrip(" .,;-–—")
    return start + "…"


def capital(line: str) -> str:
    """A headline begins with a capital, unless the word is spelt in its own way (iPad, eBay)."""
    first = line.split(" ", 1)[0] if line else ""
    return line if any(c.isupper() for c in first) else line[:1].upper() + line[1:]


def _is_cjk(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff"


def _greets(sentence: str) -> bool:
    if len(sentence) >= MOST_GREETING:
        return False
    if (
        len(sentence) < 40
        and sentence.endswith(",")
        and all(w[:1].isupper() or w in ("and", "und", "et", "y", "&") for w in sentence.split())
        and len(sentence.split()) <= 4
    ):
        return True
    return bool(_GREETING.match(sentence) or _JAPANESE_COURTESY.search(sentence))


def _signs(sentence: str) -> bool:
    """A name alone on the last line, or a closing."""
    return bool(_CLOSING.match(sentence)) or (
        len(sentence.split()) <= 3 and sentence[-1].isalpha() and all(w[:1].isupper() for w in sentence.split())
    )


def _weight(sentence: str) -> float:
    """Numbers and strong words make a sentence worth showing; requests and sign-offs do not."""
    words = sentence.count(" ") + 1
    digit = _ASCII_DIGIT if sentence.isascii() else _DIGIT
    weight = 1.0 + 0.8 * bool(digit.search(sentence)) + 0.4 * ("!" in sentence) + min(words, 20) / 20
    if "://" in sentence or "www." in sentence:
        weight -= 1.2
    if sentence[-1:] not in '.!?…。！？”"’)' and sentence[-1:].isascii():
        weight -= 0.3
    if sentence.endswith("?") or _REQUEST.match(sentence):
        weight -= 1.6
    return weight


def _beyond(line: str, sentence: str) -> str | None:
    """*sentence*, or what it adds to *line*: the part behind the words of *line* when it begins with them, None when it adds nothing to speak of."""
    if not line:
        return sentence
    if _says(line, sentence):
        return None
    words = _words_of(line)
    if len(words) < MIN_REPEATED:
        return sentence
    theirs = list(_WORD.finditer(sentence))
    said = [m[0].casefold() for m in theirs]
    at = next((n for n, word in enumerate(said) if word == words[0] and said[n : n + len(words)] == words), None)
    if at is None:
        return sentence
    rest = sentence[theirs[at + len(words) - 1].end() :].lstrip(" ,;:–—-")
    return f"… {rest}" if len(_WORD.findall(rest)) >= MIN_ADDED else None


@lru_cache(maxsize=100)
def _words_of(line: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(line)]


@lru_cache(maxsize=100)
def _different_words(line: str) -> frozenset[str]:
    return frozenset(_WORD.findall(line.casefold()))


def _says(line: str, sentence: str) -> bool:
    """Whether *line* already holds what *sentence* says."""
    ours, theirs = _different_words(line), set(_WORD.findall(sentence.casefold()))
    if not theirs or not ours:
        return False
    return len(ours & theirs) / len(theirs) >= 0.8 or (
        len(ours & theirs) / len(ours) >= 0.9 and len(theirs) <= len(ours) * 1.3
    )


def said_by(win: Win) -> tuple[str | None, str | None]:
    """(name, "role, account") of the person at the customer; what is unknown is left out."""
    contact = win.contact
    if contact is None or contact.name is None:
        return None, win.account
    role, account = _name(contact.role), win.account
    if role and account and account.casefold() in role.casefold():
        return _name(contact.name), role
    return _name(contact.name), ", ".join(p for p in (role, account) if p) or None


def _name(text: str | None) -> str | None:
    return fitted(plainly(text), MOST_NAME) if text else None


def shown_name(address: str | None, directory: Directory) -> str | None:
    """A colleague's name for her address; None for tools and for nobody."""
    member = directory.member(address)
    if member is None:
        return address
    return None if member.is_notifier else member.name


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else name


def is_named(account: str, line: str) -> bool:
    """Whether *line* names the account, be it by the first word of its name."""
    words = {w.casefold() for w in _WORD.findall(line)}
    first = next(iter(_WORD.findall(account)), "").casefold()
    return account.casefold() in line.casefold() or (
        len(first) > 3 and first in words and fold_name(first) not in _GENERIC
    )


HIDDEN = "a customer"
AT_HIDDEN = f"at {HIDDEN}"


def nameless(text: str, win: Win, account: Account | None) -> str:
    """*text* without the customer's name and people: for Olympics outside CS."""
    people = [p for p in ((win.contact.name if win.contact else None),) if p]
    companies = [
        n for n in (win.account, *(account.aliases if account else ()), *(account.domains if account else ())) if n
    ]
    words = [
        w
        for n in (win.account or "",)
        for w in n.split()
        if len(w) > 3 and w[0].isupper() and fold_name(w) not in _GENERIC
    ]
    for name in sorted({*companies, *words}, key=len, reverse=True):
        text = re.sub(
            rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)",
            lambda m: HIDDEN + ("’s" if (m[0].endswith("s") and "’" in m[0][-2:]) or m[0].endswith("'s") else ""),
            text,
            flags=re.I,
        )
    for person in people:
        for name in sorted({person, *[p for p in person.split() if len(p) > 2]}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", "somebody there", text, flags=re.I)
    nobody = f"(?:{HIDDEN}|somebody there)"
    text = re.sub(rf"\b(?:Mr|Mrs|Ms|Mx|Dr|Herr|Frau|Mme|M|Señora?|Sra?)\.? {nobody}(?!’s|\w)", "somebody there", text)
    text = re.sub(rf"\b{HIDDEN}’s somebody there\b", f"somebody at {HIDDEN}", text, flags=re.I)
    text = re.sub(rf"(?:{HIDDEN}[\s,]*)+(?=\b|$)", lambda m: HIDDEN + (" " if m[0].endswith(" ") else ""), text)
    return text[:1].upper() + text[1:]


_GENERIC = frozenset(
    fold_name(w)
    for w in (
        "Group",
        "Company",
        "Services",
        "Solutions",
        "International",
        "Holding",
        "Systems",
        "Global",
        "Limited",
        "Partners",
        "GmbH",
        "Hotel",
        "Hotels",
        "Logistics",
        "Bank",
        "School",
        "City",
        "University",
        "Hospital",
        "Clinic",
    )
)
