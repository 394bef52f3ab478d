"""Who at the customer said it, in which role; which colleagues are praised."""

from __future__ import annotations

import re

from mailwins.model import Account, Address, Contact, Directory, Member, Quoted, WinContact
from mailwins.parsers.addresses import clean_name
from mailwins.parsers.dates import month_names
from mailwins.understanding.accounts import accounts_of_address, fold_name

_VIA = re.compile(r"^['\"]?(?P<name>.+?)['\"]?\s+(?:via|über|par|por|tramite)\s+.+$", re.I)
_COMMA = re.compile(r"^([^,()]+),\s*([^,()]+?)(?:\s*\([^)]*\))?$")


def is_ours(person: Address, directory: Directory, own: frozenset[str]) -> bool:
    """A colleague, one of our addresses, or anybody of our domains."""
    if person.address is None:
        return bool(person.name and any(fold_name(m.name) == fold_name(person.name) for m in directory.members))
    return directory.member(person.address) is not None or person.address.lower() in own or person.domain in directory.own_domains


def chain(quoted: Quoted) -> tuple[Quoted, ...]:
    return (quoted, *quoted.nested)


def customer_in(quoted: Quoted, directory: Directory, own: frozenset[str]) -> Quoted | None:
    """The message whose words count: the first, from the outside, that no colleague wrote. None when all are ours."""
    return next((q for q in chain(quoted) if not is_ours(q.author, directory, own)), None)


def to_contact(author: Address, signature: str | None, words: str | None = None) -> WinContact | None:
    """``'Jane' via Customer Success`` is Jane, whose address nobody printed; ``Porter, Jane`` is Jane Porter."""
    name, address = author.name, author.address
    if name and (match := _VIA.match(name)):
        name, address = clean_name(match["name"]), None
    if name and (match := _COMMA.match(name)) and len(match[1].split()) <= 3:
        name = f"{match[2].strip()} {match[1].strip()}"
    if not name and not address:
        return None
    return WinContact(name, address, role_in(signature, name))


_ROLE = re.compile(
    r"\b(?:manager|director|head|chief|officer|lead|leader|engineer|analyst|coordinator|specialist|consultant|administrator|assistant|president|founder|owner|partner|supervisor|superintendent|teacher|principal|nurse|doctor|buyer|planner|controller|accountant|editor|producer|architect|developer|scientist|operations|foreman|dispatcher|ceo|cfo|cto|coo|cio|cmo|vp|svp|evp|hr|it|"
    r"leiter\w*|leitung|geschäftsführer\w*|vorstand|referent\w*|sachbearbeiter\w*|abteilung\w*|projektleit\w*|einkauf\w*|meister\w*|bereichsleit\w*|teamleit\w*|directeur|directrice|responsable|chef\w*|chargée?|ingénieure?|gérante?|présidente?|director\w*|jefe|jefa|gerente|encargad\w+|coordinador\w*|responsabile|direttore|direttrice|titolare|diretor\w*|coordenador\w*|"
    r"hoofd|directeur|bedrijfsleider|teamleider|coördinator|medewerker|eigenaar|chef|vd|ansvarig|ägare|direktør|leder|dyrektor|kierownik|prezes|specjalista|właściciel)\b|(?:部長|課長|係長|主任|代表|取締役|社長|店長|マネージャー|担当|室長|工場長)",
    re.I,
)


def role_in(signature: str | None, name: str | None) -> str | None:
    """The line of a signature that is a title: short, behind the name, no address or number."""
    if not signature:
        return None
    for line in signature.split("\n")[:8]:
        text = line.strip(" \t*_|•–—-,")
        if not text or len(text) > 70 or "@" in text or "http" in text or re.search(r"\d{3}", text):
            continue
        folded = fold_name(text)
        if name and fold_name(name) and folded.startswith(fold_name(name)):
            text = re.split(r"\s*[,|–—·•]\s*|\s+-\s+", text, maxsplit=1)[-1] if re.search(r"[,|–—·•]|\s-\s", text) else ""
        if text and _ROLE.search(text) and len(text.split()) <= 9:
            return re.split(r"\s*[|·•]\s*", text)[0].strip(" ,") or None
    return None


_NAME = r"[A-ZÀ-ÞŁŚŻ][\w'’-]+(?:[ -](?:de |van |von |der |den |la |di )?[A-ZÀ-ÞŁŚŻ][\w'’-]+){0,3}"
_AT = re.compile(rf"\b(?P<name>(?:Dr\.? |Prof\.? |Mr\.? |Mrs\.? |Ms\.? |Herr |Frau |M\. |Mme )?{_NAME})(?:,? (?:the |their |our )?[^.,\n]{{0,30}}?)?,?\s+(?:at|from|of|over at|bei|von|de|chez|del|van|bij|da|hos|på|z)\s+(?:the )?(?P<company>[A-ZÀ-Þ0-9][\w'’&.-]*)")
_SAYS = re.compile(rf"\b(?P<name>{_NAME})(?: \([^)]{{1,40}}\))?,?(?: (?:the|their|our|who|from)[^.!?\n]{{0,40}},?)? (?:said|says|told|tells|wrote|writes|mentioned|called|rang|pinged|messaged|emailed|mailed|asked|confirmed|posted|shared|announced|signed|introduced|is|was|has|just|sagte|sagt|schrieb|erzählte|meinte|meldet|hat|a dit|a écrit|m'a|nous a|dijo|escribió|me dijo|comentó|zei|schreef|vertelde|meldde|ha detto|disse|sa|skrev|powiedział\w*|napisał\w*)\b")
_CALL = re.compile(rf"(?:call|spoke|speaking|talk(?:ed|ing)?|meeting|chat(?:ted|ting)?|lunch|phone|met|gespräch|telefonat|gesprochen|telefoniert|entretien|parlé|hablé|llamada|gebeld|gesproken|parlato|ligação)\s+(?:\w+\s+){{0,2}}?(?:with|mit|avec|con|met|com|to|today with)\s+(?P<name>{_NAME})")
_NOT_NAMES = frozenset(
    ["the", "this", "that", "they", "we", "our", "their", "his", "her", "just", "today", "yesterday", "last", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "team", "support", "sales", "marketing", "product", "customer", "success", "everyone", "everybody", "everything", "somebody", "someone", "nobody", "great", "good", "news", "new", "win", "wins", "thanks", "thank", "please", "hi", "hello", "dear", "fyi", "ps", "nps", "csat", "qbr", "roi", "kpi", "ceo", "cfo", "cto", "coo", "it", "hr", "a", "an", "and", "but", "so", "when", "after", "before", "because", "heute", "gestern", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "der", "die", "das", "wir", "ich", "sie", "hier", "nous", "vous", "elle", "il", "ils", "on", "aujourd", "el", "la", "los", "las", "hoy", "ayer", "update", "value", "account", "contact", "kind", "date", "summary", "feature", "internal", "all", "both", "first", "second", "next", "one", "two", "three", "user", "users", "their's", "it's", "he", "she", "i", "you", "also", "if", "in", "at", "on", "for", "from", "with", "was", "is", "are", "be", "not", "no", "yes"]
)


_NUMBERS = frozenset(["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "diez", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci"])


def contact_in_note(text: str, account: Account | None, directory: Directory) -> WinContact | None:
    """The customer's person a note tells of. An address in the text decides; then a contact we know; then a name beside the account or a verb of saying."""
    for match in re.finditer(r"([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)", text):
        address = match[1].strip(".'")
        if directory.member(address) is None and address.rsplit("@", 1)[1].lower() not in directory.own_domains:
            before = re.search(rf"({_NAME})\s*[<(\[]?\s*$", text[: match.start()])
            return WinContact(before[1] if before and _is_name(before[1], account, directory) else None, address)
    known = _known_contact(text, account, directory)
    if known:
        return WinContact(known.name, known.address, known.role)
    for pattern in (_AT, _CALL, _SAYS):
        for match in pattern.finditer(text):
            name = match["name"].strip()
            if _is_name(name, account, directory):
                if pattern is _AT and account and not _means(match["company"], account):
                    continue
                return WinContact(re.sub(r"^(?:Mr|Mrs|Ms|Herr|Frau|M|Mme)\.? ", "", name))
    return None


def _means(word: str, account: Account) -> bool:
    folded = fold_name(word)
    return any(fold_name(n).split()[:1] == folded.split()[:1] for n in (account.name, *account.aliases))


def _known_contact(text: str, account: Account | None, directory: Directory) -> Contact | None:
    if account is None:
        return None
    people = [c for c in directory.contacts if c.account == account.name and c.name]
    for contact in people:
        if re.search(rf"(?<!\w){re.escape(contact.name or '')}(?!\w)", text):
            return contact
    first = [c for c in people if len((c.name or "").split()[0]) > 2 and re.search(rf"(?<!\w){re.escape((c.name or '').split()[0])}(?!\w)", text)]
    return first[0] if len(first) == 1 else None


def _is_name(name: str, account: Account | None, directory: Directory) -> bool:
    words = name.split()
    if not words or words[0].lower().strip("'’s") in _NOT_NAMES or len(words) > 4 or (name.isupper() and (len(name) < 5 or len(words) > 1)):
        return False
    if len(words) == 1 and (words[0].lower() in month_names() or words[0].lower() in _NUMBERS):
        return False
    if any(w.lower() in _NOT_NAMES for w in words if w[0].isupper()):
        return False
    folded = fold_name(name)
    if account and any(folded in fold_name(n) or fold_name(n).startswith(folded) for n in (account.name, *account.aliases)):
        return False
    return not any(folded in (fold_name(m.name), fold_name(m.name).split()[0]) for m in directory.members if m.name)


def praised_in(text: str | None, directory: Directory, but_not: Member | None = None) -> tuple[str, ...]:
    """Colleagues whom the customer names with thanks or praise; first names count when only one colleague has it."""
    if not text:
        return ()
    firsts: dict[str, list[Member]] = {}
    for member in directory.members:
        if not member.is_notifier and member.name:
            firsts.setdefault(fold_name(member.name.split()[0]), []).append(member)
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        if not _PRAISING.search(sentence):
            continue
        folded = f" {fold_name(sentence)} "
        for member in directory.members:
            if member.is_notifier or not member.name:
                continue
            full, first = fold_name(member.name), fold_name(member.name.split()[0])
            is_named = f" {full} " in folded or (len(firsts.get(first, [])) == 1 and len(first) > 2 and f" {first} " in folded)
            if is_named and member.name not in found:
                found.append(member.name)
    return tuple(found)


_PRAISING = re.compile(r"thank|thx|kudos|grateful|great|amazing|brilliant|fantastic|helped|help|patient|saved|wonderful|excellent|hats off|shout|star|hero|legend|appreciat|love|best|props|credit|dank|toll|super|klasse|geholfen|merci|génial|aidé|patien|gracias|genial|ayud|bedankt|geholpen|top|grazie|aiut|obrigad|ajud|tack|hjälp|dzięk|pomóg|ありがと|感謝|助か", re.I)


def account_of(contact: WinContact | None, directory: Directory) -> Account | None:
    found, _ = accounts_of_address(contact.address if contact else None, directory)
    return found[0] if len(found) == 1 else None
