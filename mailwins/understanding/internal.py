"""What is for colleagues only: internal paragraphs, cues of confidence, tags that open or close a win."""

from __future__ import annotations

import re

from mailwins.understanding.spotting import Spotter

# A paragraph that begins so is for colleagues.
_INTERNAL_LEAD = re.compile(
    r"^\s*[\[(*_]*(?:internal(?:ly)?(?: only| note| use)?\b|for internal\b|for us only|only for us|confidential\b|private(?:ly)?\s*[:\-–—]|between (?:us|you and me|ourselves)|off the record|not for (?:the )?(?:customer|digest|sharing|external)|(?:please )?(?:do not|don'?t) (?:share|forward|tell|mention|pass)|keep this (?:between|to ourselves|internal|quiet|private)|nb internal|"
    r"(?:nur )?intern(?:e[rs]?)?\b\s*(?:[:\-–—]|hinweis|notiz|info|:)|nur (?:für uns|intern)|vertraulich|unter uns|bitte nicht (?:weiter|teilen)|interne?\s*[:\-–—]|(?:à usage )?interne? (?:seulement|uniquement)|confidentiel|entre nous|ne pas (?:partager|transmettre|diffuser)|"
    r"(?:solo |uso )?interno\b\s*[:\-–—]?|solo para nosotros|confidencial|entre nosotros|no (?:compartir|reenviar)|(?:alleen )?intern\s*[:\-–—]|alleen voor ons|vertrouwelijk|onder ons|niet (?:delen|doorsturen)|solo (?:per )?(?:uso )?interno|riservato|confidenziale|tra noi|apenas interno|só para nós|entre nós|endast internt|internt\s*[:\-–—]|mellan oss|wewnętrzn\w+|poufne|między nami|【?社内(?:限|のみ|秘|向け)|部外秘|内緒)",
    re.I,
)
# Anywhere in the member's words: the whole win stays with the CSM and managers.
_CONFIDENCE = Spotter(
    r"\b(?:(?:you )?did(?: not|n['’]?t) (?:get|hear) (?:this|it|that) from me|du hast das nicht von mir|(?:vous ne tenez|tu ne tiens) pas (?:ça|cela) de moi|yo no te he dicho nada|je hebt dit niet van mij|non l'hai saputo da me|não fui eu que (?:contei|disse)|du har inte hört det (?:här )?av mig|nie wiesz tego ode mnie|between (?:us|you and me|ourselves)|don'?t tell|do not tell|off the record|in confidence|(?:don'?t|do not|please don'?t|not to be) quot(?:e|ed)|bitte nicht zitieren|ne (?:me |la |le )?cit(?:e|ez) pas|no (?:me |la |lo )?cit(?:e|es)|niet citeren|keep (?:this|it) (?:between us|to yourself|quiet|confidential|private|under wraps|to ourselves)|not (?:public|announced|official) yet|before it'?s (?:public|official|announced)|confidential(?:ly)?|under nda|unter uns|vertraulich|nicht weitersagen|noch nicht (?:öffentlich|offiziell)|bitte nicht weiter|entre nous|confidentiel\w*|pas encore (?:public|officiel|annoncé)|"
    r"entre nosotros|confidencial|no se lo digas|todavía no es público|onder ons|vertrouwelijk|niet doorvertellen|nog niet (?:openbaar|officieel)|tra noi|riservat\w+|entre nós|mellan oss|konfidentiell?t?|między nami|poufn\w+)\b|(?:内緒|内密|ここだけの話|他言無用|社外秘|部外秘|オフレコ|非公開|未公表|公表[^。]{0,6}控え)",
)


def split_internal(note: str | None) -> tuple[str | None, str | None]:
    """(story, internal paragraphs) of a note."""
    if not note:
        return None, None
    story: list[str] = []
    internal: list[str] = []
    for paragraph in re.split(r"\n\s*\n", note):
        lines = paragraph.split("\n")
        at = next((i for i, line in enumerate(lines) if _INTERNAL_LEAD.match(line)), None)
        if at is None:
            head, tail = _bracketed(paragraph)
            story.append(head)
            internal += tail
            continue
        if at:
            story.append("\n".join(lines[:at]))
        internal.append("\n".join(lines[at:]).strip())
    return "\n\n".join(p for p in story if p.strip()).strip() or None, "\n\n".join(internal).strip() or None


_BRACKETS = re.compile(
    r"[\[(]\s*((?:internal|intern|interne|interno|confidential|vertraulich|confidentiel|private|nur intern|社内)\b[^\])]{3,600})[\])]",
    re.I,
)


def _bracketed(paragraph: str) -> tuple[str, list[str]]:
    """A sentence beginning with "Internal:" in the middle of a paragraph, or a remark in brackets."""
    found = [m[1].strip() for m in _BRACKETS.finditer(paragraph)]
    text = _BRACKETS.sub("", paragraph)
    pieces = re.split(r"(?<=[.!?])\s+", text)
    for index, piece in enumerate(pieces):
        if index and _INTERNAL_LEAD.match(piece):
            return " ".join(pieces[:index]).strip(), [*found, " ".join(pieces[index:]).strip()]
    return text, found


def cue_of_confidence(*texts: str | None) -> str | None:
    """The words that ask for silence, or None."""
    for text in dict.fromkeys(texts):
        if text and (match := _CONFIDENCE.search(text)):
            return match[0]
    return None
