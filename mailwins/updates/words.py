"""Choosing among a customer's own words without changing one of them: the sentences that tell a stranger what was achieved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mailwins.patterns import rare
from mailwins.understanding.classifier import classify
from mailwins.understanding.summary.sentences import first_sentences
from mailwins.updates.prose import to_prose

MOST_SENTENCES = 3
SCANNED = 60

_SMALL_TALK = rare(
    r"^(?:p\.?\s?p?\.?s\b\.?.*|(?:thanks(?! to)|thank you|many thanks|thx)\b.*|(?:danke|vielen dank|herzlichen dank)\b.*|merci\b.*|¡?(?:mil |muchas )?gracias\b(?! a(?:l| la| las| los| que| su| sus| este| esta)\b).*|(?:bedankt|dank (?:je|u|jullie))\b.*|"
    r"(?:all the best|best|regards|cheers|kind regards|talk soon|see you|have a (?:good|nice|great)|happy to (?:help|talk)|hope (?:you|all|this)|hi|hello|hey|dear)\b.{0,50}|"
    r"(?:hallo|liebe[rs]?|guten (?:tag|morgen)|viele grüße|liebe grüße|beste grüße|mit freundlichen|bis (?:bald|dann|nächste))\b.{0,50}|"
    r"(?:bonjour|salut|cordialement|bien à (?:vous|toi)|à (?:bientôt|très bientôt|très vite|plus)|bonne (?:journée|soirée|semaine))\b.{0,50}|"
    r"¡?(?:hola|buenos días|buenas|saludos|un (?:saludo|abrazo)|hasta (?:pronto|luego))\b.{0,50}|"
    r"(?:beste|dag|hoi|groet|groeten|met vriendelijke|tot (?:snel|ziens|volgende))\b.{0,50})$",
    re.I,
)
# "Ben" or "Katrin B." alone at the end; "Hannah," alone at the beginning.
_NAME = rare(r"[A-ZÀ-ÞĀ-Ž][\w'’-]*(?:\s[A-ZÀ-ÞĀ-Ž](?:[\w'’-]+|\.))?[,!.]?$")
_REQUEST = rare(
    r"\?$|^(?:please|send (?:us|me)|one (?:wish|request|question)\b|could|can you|would you|let me know|call me|send me|bitte|könnt|könnten|pouvez|pourriez|por favor|puede[sn]?|podría[sn]?|kunnen|kun je|kunt u)\b|\b(?:if you (?:want|like|wish)|feel free|wenn (?:Sie|ihr|du) (?:möcht|woll)|si vous (?:voulez|souhaitez)|si quiere[ns]?|als je wilt)\b"
    r"|\b(?:please|bitte|s['’]il (?:vous|te) pla[iî]t|por favor|alsjeblieft|alstublieft)\b"
    # What we may do with it: said to us, not to whoever reads on.
    r"|\b(?:you (?:can|may) (?:publish|use|quote|share|post)|(?:Sie|ihr|du) (?:dürf\w+|könn\w+) (?:\w+ ){0,3}(?:veröffentlich|verwend|zitier|nutz)|vous pouvez (?:le |la |les |nous )?(?:publier|utiliser|citer|partager)|(?:puede[ns]?|podéis) (?:publicar|usar|citar|compartir)|(?:je|jullie|u) mag|mogen jullie)\w*",
    re.I,
)
# About the mail itself and what hangs on it: nothing a stranger can see.
_ABOUT_THE_MAIL = rare(
    r"\b(?:closing the loop|following up|circling back|wie besprochen|comme convenu|attach(?:ed|ment)|enclosed|scanned|screenshot|see below|as promised|here is the|this (?:mail|email|message)|anbei|angehängt|im anhang|beigefügt|wie versprochen|ci-joint|pièce jointe|en copie|comme promis|voici le|adjunt[oa]s?|como prometí|bijgevoegd|bijlage|zoals beloofd)\b",
    re.I,
)
# Said to us about ourselves: praise, but not what they achieved.
_TO_US = rare(
    r"\b(?:you|your|yours|du|dein\w*|dich|dir|euch|euer|eure\w*|vous|votre|vos|toi|te|vosotros|vuestr\w+|usted(?:es)?|contigo|jij|jou|jouw|je|jullie|uw)\b|(?<!^)\b(?:Sie|Ihr|Ihre[mnrs]?|Ihnen)\b",
    re.I,
)
_LINK = rare(r"<?(?:https?://|www\.)\S+|\S@\S+\.\w", re.I)
# Written without spaces; what Japanese mails open and close with.
_UNSPACED = rare(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_COURTESY = rare(
    r"(?:お世話になって|よろしくお願い|ありがとうござい|お疲れ様|拝啓|敬具)|^[^。]{1,16}(?:株式会社|様|です。)$|^株式会社"
)

# Talk of contracts and money between them and us: true, but not what they achieved, and not for whoever reads on.
_COMMERCE = rare(
    r"\b(?:licen[cs]es?|renew\w*|subscriptions?|seats?|contracts?|invoices?|pricing|prices?|budgets?|procurement|quotation|upsell|purchase order|add-?on|"
    r"lizenz\w*|verlänger\w+|vertr[aä]g\w*|angebot\w*|rechnung\w*|preis\w*|budget\w*|"
    r"avenant|contrats?|renouvel\w+|abonnements?|devis|factures?|tarifs?|"
    r"contratos?|renova\w+|renueva\w*|renovamos|suscripci\w+|presupuestos?|facturas?|precios?|"
    r"licenties?|verleng\w+|contracten|abonnement\w*|offertes?|facturen|factuur|prijs|prijzen)\b",
    re.I,
)
# What they do for us (a survey, a case study, a trial of ours): kind of them, and nothing for their own director.
_FAVOUR = rare(
    r"\b(?:survey|umfrage|enquête|encuesta|enquête|case study|fallstudie|étude de cas|testimonial|témoignage|testimonio|beta\w*|webinar|user day|champions?|"
    r"publish|veröffentlich\w+|publier|publicar|publiceren|1?\d(?: out of| von| sur| de| van)? ?/? ?10|10 (?:von|out of|sur|de|van) 10|NPS)\b",
    re.I,
)
# A sentence that leans on the one before it.
_LEANS = rare(
    r"^(?:that|it|this|these|those|they|he|she|so|which|and|but|then|das|dies\w*|damit|dadurch|dabei|es|er|sie|und|aber|so|c['’]est|ce|cela|ça|il|elle|ils|elles|et|mais|"
    r"eso|esto|y|pero|así|dat|dit|het is|daarmee|daardoor|en|maar|zo)\b",
    re.I,
)

# What people say before they come to the point; a stranger reads on from there.
_GREETING = r"(?:hi|hello|hey|dear|good (?:morning|afternoon)|hallo|liebe[rs]?|guten (?:tag|morgen)|moin|bonjour|salut|hola|buenos días|buenas(?: tardes)?|beste|dag|hoi|goedemorgen)\b[^,:!.?\n]{0,30}[,:!]\s+(?:(?-i:[A-ZÀ-ÞĀ-Ž])[\w'’-]+(?:\s(?-i:[A-ZÀ-ÞĀ-Ž])[\w'’-]+)?\s?[,:!]\s+)?"
_LEADS = rare(
    rf"^(?:{_GREETING}|fyi\b[\s,:–-]*|zur info\b[\s,:–-]*|pour info\b[\s,:–-]*|ter info\b[\s,:–-]*|"
    r"(?:i |we )?just (?:so you know|a quick (?:note|line|update)(?: to say)?|wanted to (?:let you know|say|share|tell you)|to (?:let you know|say))\b(?: that)?[\s,:–-]*|"
    r"(?:i |we )?(?:just )?thought (?:you'?d|you’d|you would|you might) (?:like|want|love) to (?:know|hear|see)\b(?: that)?[\s,:–-]*|"
    r"(?:i'?m|i’m|i am|we are|we're|we’re) (?:happy|glad|pleased|proud|delighted) to (?:report|say|share|tell you)\b(?: that)?[\s,:–-]*|"
    r"(?:a |some |just a |just )?(?:quick|short|brief|small|good|great)\s+(?:news|note|update|one|word|numbers?)\b[^:.!?]{0,40}(?::| [-–—])\s+|"
    r"(?:my|our) favou?rite (?:sentence|line|quote|phrase|bit|part)\b[^:.!?]{0,30}:\s+|(?:mein|unser) lieblings(?:satz|zitat)\b[^:.!?]{0,30}:\s+|(?:ma|notre) phrase préférée\b[^:.!?]{0,30}:\s+|"
    r"(?:mi|nuestra) frase (?:favorita|preferida)\b[^:.!?]{0,30}:\s+|(?:mijn|onze) (?:favoriete zin|lievelingszin)\b[^:.!?]{0,30}:\s+|"
    r"(?:kurze?|gute) (?:info|nachricht(?:en)?|neuigkeit(?:en)?|rückmeldung)\b[^:.!?]{0,40}:\s+|"
    r"(?:un petit mot pour|juste pour|je voulais|nous voulions|je tenais à) (?:vous|te) (?:dire|informer|signaler|faire savoir)\s+(?:que\s+|qu['’])|"
    r"(?:sólo |solo )?(?:quería|queríamos|quiero) (?:contarte|contaros|contarle|contarles|decirte|deciros|decirle|comentarte|comentarle)\s+que\s+|"
    r"(?:even een|een kort|kort) bericht(?:je)?\b[^:.!?]{0,40}:\s+)",
    re.I,
)


def sentences_of(text: str) -> list[str]:
    """The sentences that say something: no greetings, thanks or requests."""
    return [s for s in first_sentences(text, SCANNED) if not _SMALL_TALK.match(s) and not _REQUEST.search(s)]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """*prose*: a sentence of theirs that we may tell them, None where there is none; *words*: what stays theirs, verbatim."""

    prose: str | None
    words: str


# Behind a gap nobody knows what this points to.
_POINTER = r"(?:that|this|it|them|those|he|she|his|her|they|das|es|dies\w*|damit|er|ihn|ihm|cela|ça|ce|il|elle|eso|esto|dat|dit|hij|daar\w*)"
_POINTS = rare(rf"^(?:\S+\s){{0,2}}{_POINTER}\b|\b{_POINTER}[.!]?$", re.I)


def best_words(text: str, limit: int, *, names: Sequence[str] = ()) -> str:
    """Up to three whole sentences in their order, at most *limit* characters (one sentence may be longer).

    What was left out in between is marked "…"; the beginning and the end need no mark. *names*: whom the mail was written to.
    """
    said = _said(text, names)
    return _joined(said, _chosen(said, _weights(said, names), limit)) if said else _flat(text)


def excerpt(text: str, limit: int, *, day: date, language: str | None, names: Sequence[str] = ()) -> Excerpt:
    """Like ``best_words``, with one of the sentences told as prose where *language* has it and another one is left to quote.

    *day*: when it was said. *language*: that of the mail, where the words are in it too; None: nothing is told as prose.
    """
    said = _said(text, names)
    if not said:
        return Excerpt(None, _flat(text))
    weights = _weights(said, names)
    chosen = _chosen(said, weights, limit)
    # The first one sets the scene, the weightiest one says it.
    for number in (chosen[0], max(chosen, key=lambda n: weights[n])) if language else ():
        rest = [n for n in chosen if n != number]
        fact = FACT_TO_US if _TO_US.search(said[number]) else FACT
        if (
            weights[number] > fact
            and _stands_alone(said, rest)
            and (prose := to_prose(said[number], day, language or ""))
        ):
            return Excerpt(prose, _joined(said, rest))
    return Excerpt(None, _joined(said, chosen))


def _stands_alone(said: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether what is left to quote says something by itself: "I agree." does not."""
    return sum(len(said[n].split()) for n in numbers) >= FEWEST_LEFT


def _said(text: str, names: Sequence[str]) -> list[str]:
    """The sentences without the names at both ends, each from its point on."""
    said = [p for s in first_sentences(_without_invisible(text), SCANNED) for p in _split_small(s)]
    while len(said) > 1 and _NAME.match(said[-1]):
        del said[-1]
    while len(said) > 1 and _NAME.match(said[0]):
        del said[0]
    return [_from_the_point(s, names) for s in said]


def _flat(text: str) -> str:
    return " ".join(_without_invisible(text).split())


def _joined(said: Sequence[str], chosen: Sequence[int]) -> str:
    out = ""
    for place, number in enumerate(chosen):
        close = "" if _UNSPACED.search(said[number]) else " "
        gap = " … " if place and number - chosen[place - 1] > 1 else close if place else ""
        out += gap + said[number]
    return out


def _weights(said: Sequence[str], names: Sequence[str]) -> list[float]:
    firsts = [re.escape(name.split()[0]) for name in names if name.split()]
    ours = re.compile(rf"\b(?:{'|'.join(firsts)})\b") if firsts else None
    return [_weight(s, n) - (1.0 if ours and ours.search(s) else 0.0) for n, s in enumerate(said)]


# Who writes in small letters ends a sentence all the same; an abbreviation ("incl. tax") does not end one.
_SMALL_START = rare(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[a-zà-ÿ])")
_ABBREVIATED = rare(
    r"\b(?:st|dr|mr|mrs|ca|no|nr|vs|inc|incl|inkl|bzw|usw|etc|env|bijv|evtl|ggf|bspw|resp|approx|aprox|max|min|vol|est|dept|tel|abs|std|mio|mrd|tsd|av|prof|sra?|mme)\.$",
    re.I,
)


def _split_small(sentence: str) -> list[str]:
    parts: list[str] = []
    for piece in _SMALL_START.split(sentence):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return [p for p in parts if p]


# Beside the weightiest sentence: what comes right before it makes it plain to a stranger, what follows may add to it, and what
# stands elsewhere must be worth a gap. Shares of its weight.
WORTH_BEFORE, WORTH_BEHIND, WORTH_A_GAP = 0.2, 0.4, 0.7


def telling(text: str, names: Sequence[str] = ()) -> float:
    """How much the best sentence of *text* tells a stranger of what was achieved; about 0 to 3."""
    return max(_weights(_said(text, names), names), default=0.0)


def _chosen(said: Sequence[str], weights: Sequence[float], limit: int) -> list[int]:
    """The weightiest sentence and those around it that are worth their place."""
    best = max(range(len(said)), key=lambda n: weights[n])
    needed = [best - 1] if best and _LEANS.match(said[best]) and weights[best - 1] > 0 else []
    worth = {best - 1: WORTH_BEFORE, best + 1: WORTH_BEHIND}
    others = [
        n
        for n in range(len(said))
        if n != best
        and n not in needed
        and (abs(n - best) == 1 or not _POINTS.search(said[n]))
        and weights[n] > max(0.0, worth.get(n, WORTH_A_GAP) * weights[best])
    ]
    chosen = [best, *needed]
    length = sum(len(said[n]) for n in chosen)
    for number in sorted(others, key=lambda n: weights[n] / worth.get(n, WORTH_A_GAP), reverse=True):
        if len(chosen) < MOST_SENTENCES and length + len(said[number]) + 3 <= limit:
            chosen.append(number)
            length += len(said[number]) + 3
    return sorted(chosen)


def _weight(sentence: str, position: int) -> float:
    """How much it tells a stranger of what they achieved; below 0: better left out."""
    words = len(_UNSPACED.findall(sentence)) // 3 or len(sentence.split())
    if (
        words < FEWEST_WORDS
        or _COURTESY.search(sentence)
        or _SMALL_TALK.match(sentence)
        or _REQUEST.search(sentence)
        or _ABOUT_THE_MAIL.search(sentence)
        or _LINK.search(sentence)
    ):
        return -1.0
    shares = _shares(sentence)
    trouble = shares["complaint"] + shares["doubt"]
    if is_plain_trouble(sentence):
        return -1.0
    weight = 0.6 + shares["kind"] + 0.4 * shares["praise"] - 0.5 * trouble
    weight += 0.8 * bool(re.search(r"\d", sentence)) + 0.4 * bool(
        re.search(
            r"\b(?:first|record|never|without|instead of|highest|lowest|fastest|best|höchste\w*|niedrigste\w*|schnellste\w*|beste\w*|meilleur\w*|récord?|mejor\w*|hoogste|laagste|snelste|erstmals|erste\w*|statt|ohne|premi\w+|sans|au lieu|primer\w*|sin|en lugar|eerste|zonder|in plaats)\b",
            sentence,
            re.I,
        )
    )
    weight -= 0.7 * bool(_TO_US.search(sentence)) + 0.04 * position
    weight -= 1.2 * bool(_COMMERCE.search(sentence)) + 1.5 * bool(_FAVOUR.search(sentence))
    return weight


# A single sentence is often misread ("nobody rings any more"): only a plain complaint is left out.
TROUBLE = 0.85
FEWEST_WORDS = 4
# So much a sentence has to say before we tell it as a fact of theirs; more where it speaks to us.
FACT, FACT_TO_US = 0.9, 1.5
FEWEST_LEFT = 6


def is_plain_trouble(sentence: str) -> bool:
    """Whether nearly nothing but a complaint or a doubt can be read in it."""
    shares = _shares(sentence)
    return max(shares["complaint"], shares["doubt"]) > TROUBLE


def _shares(sentence: str) -> dict[str, float]:
    parts = classify(sentence).parts
    if not parts:
        return {"kind": 0.0, "praise": 0.0, "complaint": 0.0, "doubt": 0.0}
    found = {name: max(p.stances.get(name, 0.0) for p in parts) for name in ("praise", "complaint", "doubt")}
    return {"kind": max(max(p.kinds.values(), default=0.0) for p in parts), **found}


def _from_the_point(sentence: str, names: Sequence[str]) -> str:
    """Without the address and the words before the point, where a whole sentence is left."""
    left = sentence
    for _ in range(3):
        shorter = _LEADS.sub("", left, count=1)
        for name in names:
            first = re.escape(name.split()[0]) if name.split() else ""
            shorter = re.sub(rf"^{first}\s*[,:!–-]\s+", "", shorter, flags=re.I) if first else shorter
        if shorter == left:
            break
        left = shorter
    if len(left.split()) < 3:
        left = sentence
    return left[:1].upper() + left[1:]


# A byte order mark or a zero-width sign that a mail program left in the text.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


def _without_invisible(text: str) -> str:
    return text.translate(_INVISIBLE)


# In languages with spaces no word is so long; the others are not written in these letters.
_ENDLESS = rare(r"[A-Za-z0-9]{120,}")


def cut(text: str, limit: int) -> str:
    """*text*, or its beginning up to a word with "…" where it is longer than anybody reads; a word without an end is cut as well."""
    text = _ENDLESS.sub(lambda m: m[0][:60] + "…", text)
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    return (start.rsplit(" ", 1)[0] if " " in start else start).rstrip(" ,;:-–—") + "…"


def as_sentence(text: str, end: str) -> str:
    """A line that a colleague jotted down, as a customer reads it: capital first, *end* behind unless it ends already."""
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", "。", "？")) else text + end


# Marked from its first letter to its last; the closing mark may have stood behind the sentence's end and be gone.
_WHOLLY_MARKED = rare(r"[“„«\"‘‚]\s?(?P<inside>[^“”„«»\"]+?)\s?[”“»\"’‘]?$")


def in_marks(text: str, marks: tuple[str, str, str, str]) -> str:
    """*text* in quotation marks; those that stand in it already become the inner ones of its language. *marks*: outer and inner pair."""
    outer, close, inner, inner_close = marks
    if whole := _WHOLLY_MARKED.match(text):
        text = whole["inside"]
    text = re.sub(r"[“„«]\s?([^“”„«»]{1,400}?)\s?[”“»]", rf"{inner}\1{inner_close}", text)
    text = re.sub(r'"([^"]{1,400})"', rf"{inner}\1{inner_close}", text)
    # One half of a pair: the other stood in a sentence that was left out.
    if (at := text.find('"')) >= 0:
        opens = at == 0 or text[at - 1].isspace() or text[at - 1] in "(:"
        text = text.replace('"', inner if opens else inner_close, 1)
        text = text + inner_close if opens else inner + text
    return f"{outer}{text}{close}"


def count_words(update: Any) -> int:
    """Words a reader meets, signature and source line included."""
    parts = [
        update.greeting,
        update.opening,
        update.closing,
        update.signature.name,
        update.signature.role or "",
        update.signature.company,
    ]
    parts += [p for f in update.figures for p in (f.value, f.label, f.was or "")]
    parts += [p for a in update.achievements for p in (a.prose or "", a.words, a.said_by or "", a.about)]
    parts += [p for label, text in update.coming for p in (label, text)]
    return len(" ".join(parts).split())
