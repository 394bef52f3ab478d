"""What a colleague states in so many words: ``Account: Acme``, ``Value 9``, ``#renewal``. Taken out of the note, kept as Labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailwins.model import Labels

# Canonical key → the words people use for it, in the languages we speak with them.
WORDS: dict[str, tuple[str, ...]] = {
    "account": ("account", "customer", "client", "company", "kunde", "konto", "firma", "client", "compte", "cliente", "cuenta", "empresa", "klant", "conta", "kund", "klient", "konto", "azienda", "アカウント", "顧客", "お客様", "取引先", "会社"),
    "contact": ("contact", "contact person", "who", "said by", "from whom", "person", "kontakt", "ansprechpartner", "ansprechpartnerin", "kontaktperson", "interlocuteur", "interlocutrice", "contacto", "persona de contacto", "contactpersoon", "contatto", "referente", "contato", "osoba kontaktowa", "担当者", "連絡先"),
    "date": ("date", "win date", "when", "datum", "wann", "date du succès", "fecha", "data", "cuándo", "wanneer", "quando", "dato", "日付", "日"),
    "value": ("value", "win value", "score", "rating", "wert", "bewertung", "valeur", "note", "valor", "waarde", "valore", "värde", "wartość", "価値", "点数"),
    "category": ("category", "kind", "type", "win type", "type of win", "kategorie", "art", "catégorie", "type de succès", "categoría", "tipo", "categorie", "soort", "categoria", "kategori", "kategoria", "rodzaj", "種類", "カテゴリ", "分類"),
    "summary": ("summary", "headline", "title", "win", "in short", "tl;dr", "zusammenfassung", "titel", "überschrift", "kurz", "erfolg", "résumé", "titre", "resumen", "título", "samenvatting", "kop", "riassunto", "titolo", "resumo", "sammanfattning", "rubrik", "podsumowanie", "tytuł", "要約", "概要", "件名"),
    "detail": ("detail", "details", "win detail", "win details", "story", "quote", "description", "what happened", "beschreibung", "zitat", "détail", "détails", "histoire", "detalle", "detalles", "verhaal", "omschrijving", "dettaglio", "dettagli", "detalhe", "detalhes", "detaljer", "szczegóły", "詳細", "内容"),
    "cause": ("cause", "reason", "why", "because of", "root cause", "ursache", "grund", "warum", "raison", "pourquoi", "motivo", "causa", "razón", "reden", "oorzaak", "waarom", "orsak", "powód", "przyczyna", "原因", "理由"),
    "factors": ("contributing factors", "factors", "factor", "contributing", "helped by", "faktoren", "beiträge", "facteurs", "factores", "factoren", "fattori", "fatores", "faktorer", "czynniki", "要因"),
    "features": ("product", "products", "feature", "features", "product feature", "product features", "product feature(s)", "module", "modules", "produkt", "produkte", "funktion", "funktionen", "modul", "produit", "fonctionnalité", "fonctionnalités", "producto", "función", "funciones", "product(en)", "functie", "functies", "prodotto", "funzione", "funzionalità", "produto", "funcionalidade", "funkcja", "funkcje", "機能", "製品"),
    "expected": ("expected", "expectation", "what they expected", "erwartet", "erwartung", "attendu", "esperado", "verwacht", "atteso", "förväntat", "oczekiwane", "期待"),
    "experienced": ("experienced", "experience", "found", "what they got", "actual", "erlebt", "erfahren", "vécu", "constaté", "experimentado", "ervaren", "rilevato", "upplevt", "実際"),
    "time": ("time", "time saved", "hours saved", "zeit", "zeitersparnis", "temps", "temps gagné", "tiempo", "tiempo ahorrado", "tijd", "tijdwinst"),
    "cost": ("cost", "cost saved", "savings", "money saved", "saved", "kosten", "ersparnis", "einsparung", "coût", "économies", "coste", "ahorro", "besparing"),
    "visibility": ("visibility", "share", "sichtbarkeit", "visibilité", "visibilidad", "zichtbaarheid"),
    "urls": ("url", "urls", "link", "links", "website", "lien", "enlace"),
    "csm": ("csm", "customer success manager"),
    "next": ("next", "next step", "next steps"),
    "ask": ("ask", "question"),
    "meeting": ("meeting", "check-in"),
}  # fmt: skip

KEYS: dict[str, str] = {}
for _key, _words in WORDS.items():
    for _word in _words:
        KEYS.setdefault(_word, _key)

_LINE = re.compile(r"^[\s*_•·>-]{0,6}(?P<key>[^:：=\n]{2,30}?)[\s*_]*[:：=][\s*_]*(?P<value>\S.*?)\s*[*_]*$")
_VALUE_BARE = re.compile(
    r"^\s*(?:value|wert|valeur|valor|waarde|valore|score)\s+(\d{1,2})(?:\s*(?:/|of|von|sur|de|van|out of)\s*10)?\s*[.!]?\s*$",
    re.I,
)
_LONGEST_BARE = 40
_SIGN = re.compile("[:：=]")
_ANYTHING = re.compile(r"[:：=#＃\d]")
_GAPS = re.compile(r"\n{3,}")
_TAG = re.compile(r"(?<![\w&/#?=.])[#＃]([^\W\d_][\w-]{1,40})")
# "… live demo himself. #event value: 6": a value behind a sentence or a hashtag at the end of a line.
_VALUE_TAIL = re.compile(
    r"(?:^|(?<=[.!?。！)\]|,;–—])|(?P<tag>[#＃][^\W\d_][\w-]*))\s+(?:win value|value|wert|valeur|valor|waarde|valore|värde|wartość)\s*[:：=]\s*(?P<value>10|[1-9])(?:\s?/\s?10)?\s*[.!]?\s*$",
    re.I,
)
_TAGS_BEHIND = re.compile(r"(?:(?:^|\s+)[#＃][^\W\d_][\w-]*[,;]?)+\s*$")
# A hashtag behind such a word is part of the sentence.
_LEADS_ON = re.compile(
    r"\b(?:a|an|the|to|of|for|with|in|on|at|by|from|about|our|your|their|my|this|that|and|or|der|die|das|dem|den|ein|eine|mit|für|von|zu|im|am|und|le|la|les|un|une|de|du|des|pour|avec|et|el|los|las|con|para|y|het|een|voor|met|van|en|il|di|per|e|på|för|med|och|w|z|na|do|i)\s*$",
    re.I,
)
_TAG_LINE = re.compile(r"^\s*(?:[#＃][^\W\d_][\w-]*[\s,;]*)+$")
# A label that is also an ordinary English lead-in counts only with another label beside it.
_WEAK = frozenset(
    {
        "win",
        "who",
        "when",
        "why",
        "reason",
        "note",
        "time",
        "saved",
        "found",
        "share",
        "next",
        "ask",
        "question",
        "story",
        "quote",
        "type",
        "title",
        "person",
        "product",
        "products",
        "from whom",
        "art",
        "link",
        "links",
        "actual",
        "tipo",
        "data",
        "date",
        "score",
        "rating",
        "helped by",
        "because of",
        "experience",
        "company",
        "meeting",
        "in short",
        "kurz",
        "details",
        "detail",
        "summary",
    }
)
# "Share: yes" says what it means with nothing beside it.
_YES_NO = re.compile(r"(?:yes|no|ja|nein|oui|non|s[ií]|nee|sim|não|nej|tak|nie)[.!]?", re.I)
MAX_VALUE = 1_000


EDGE_LINES = 1_000


def _edges(count: int) -> Sequence[int]:
    """Where people state something: anywhere in a mail of theirs, near the beginning or the end of a pasted log."""
    if count <= 2 * EDGE_LINES:
        return range(count)
    return (*range(EDGE_LINES), *range(count - EDGE_LINES, count))


_BEHIND_VALUE = re.compile(r"(?:10|[1-9])(?:\s?/\s?10)?\s*[.,;!–—-]\s+(?P<rest>[^\W\d_].{7,})$")


def take_labels(text: str) -> tuple[str, Labels]:
    """(the text without its label lines, what they state). Hashtags inside a sentence stay in it, those on a line of their own go."""
    if not _ANYTHING.search(text):
        return _GAPS.sub("\n\n", text).strip(), Labels()
    lines = text.split("\n")
    stated: list[tuple[int, str, str, bool]] = []
    has_tags = "#" in text or "＃" in text
    people_write = _edges(len(lines))
    for index in people_write:
        line = lines[index]
        if len(line) > MAX_VALUE:
            continue
        if len(line) <= _LONGEST_BARE and (match := _VALUE_BARE.match(line)):
            stated.append((index, "value", match[1], False))
            continue
        match = _LINE.match(line) if _SIGN.search(line) else None
        if not match:
            continue
        word = " ".join(match["key"].lower().split()).strip(" *_")
        key, is_plain = key_of(word)
        if key and not match["value"].startswith("//"):
            value = match["value"].strip()
            is_weak = is_plain and word in _WEAK and not (key == "visibility" and _YES_NO.fullmatch(value))
            stated.append((index, key, value, is_weak))
    strong = {k for _, k, _, weak in stated if not weak}
    if not strong and len({k for _, k, _, _ in stated}) < 2:
        stated = []
    tags = tuple(dict.fromkeys(t.lower() for t in _TAG.findall(text))) if has_tags else ()
    taken = {i for i, _, _, _ in stated} | (
        {i for i, line in enumerate(lines) if _TAG_LINE.match(line)} if has_tags else set()
    )
    fields: list[tuple[str, str]] = []
    for index, key, value, _ in stated:
        value = (
            _continued(lines, index, value, taken)
            if key in ("detail", "summary", "cause", "expected", "experienced")
            else value
        )
        fields.append((key, value.strip().rstrip("*_").strip()))
    for index in people_write:
        line = lines[index]
        if index not in taken and len(line) <= MAX_VALUE and _SIGN.search(line) and (match := _VALUE_TAIL.search(line)):
            fields.append(("value", match["value"]))
            lines[index] = (line[: match.start()] + (match["tag"] or "")).rstrip()
    if has_tags:
        lines = [
            _without_tags_behind(line, lines[i + 1 : i + 2], i + 1 in taken) if i not in taken else line
            for i, line in enumerate(lines)
        ]
    for index, key, value, _ in stated:
        if key == "value" and (behind := _BEHIND_VALUE.match(value)):
            # "Value: 7. Ravi, please read": the sentence behind the number is the writer's, and stays.
            lines[index] = behind["rest"]
            taken.discard(index)
    rest = "\n".join(line for i, line in enumerate(lines) if i not in taken)
    return _GAPS.sub("\n\n", rest).strip(), Labels(tuple(fields), tags)


def key_of(word: str) -> tuple[str | None, bool]:
    """(canonical key, whether *word* itself is listed). "Win summary" and "Account name" mean summary and account."""
    if word in KEYS:
        return KEYS[word], True
    bare = word.removeprefix("win ").removesuffix(" name").removesuffix("-name")
    return KEYS.get(bare), False


def _without_tags_behind(line: str, following: list[str], is_label_next: bool) -> str:
    """A paragraph's last line without the hashtags behind it, unless they are words of its sentence."""
    if (following and following[0].strip() and not is_label_next) or len(line) > MAX_VALUE:
        return line
    match = _TAGS_BEHIND.search(line)
    if not match or _LEADS_ON.search(line[: match.start()]):
        return line
    return line[: match.start()].rstrip()


def _continued(lines: list[str], index: int, value: str, taken: set[int]) -> str:
    """The rest of a wrapped value: the lines below it up to a blank or labelled one."""
    out = [value]
    at = index + 1
    while at < len(lines) and lines[at].strip() and at not in taken and len(out) < 40:
        if (match := _LINE.match(lines[at])) and key_of(match["key"].lower().strip())[0]:
            break
        out.append(lines[at].strip())
        taken.add(at)
        at += 1
    return "\n".join(out)


_TAGS_AT_THE_END = re.compile(r"(?:\s*[#＃][^\W\d_][\w-]*)+\s*$")


def without_tags(text: str) -> str:
    """The same words without hashtags at the end, for showing."""
    return (_TAGS_AT_THE_END.sub("", text) if "#" in text or "＃" in text else text).strip()
