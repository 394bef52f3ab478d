"""Who at the customer said it, in which role; which colleagues are praised."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mailwins.model import Account, Address, Contact, Directory, Member, Quoted, WinContact
from mailwins.parsers.addresses import clean_name
from mailwins.parsers.dates import month_names
from mailwins.parsers.tickets import turns
from mailwins.understanding.accounts import accounts_of_address, fold_name
from mailwins.understanding.sorts import SORTS

_VIA = re.compile(r"^['\"]?(?P<name>.+?)['\"]?\s+(?:via|über|par|por|tramite)\s+.+$", re.I)
_COMMA = re.compile(r"^([^,()]+),\s*([^,()]+?)(?:\s*\([^)]*\))?$")


def is_ours(person: Address, directory: Directory, own: frozenset[str]) -> bool:
    """A colleague, one of our addresses, or anybody of our domains."""
    if person.address is None:
        return bool(person.name and fold_name(person.name) in names_of(directory).full)
    return (
        directory.member(person.address) is not None
        or person.address.lower() in own
        or person.domain in directory.own_domains
    )


@dataclass(frozen=True, slots=True)
class Names:
    """How our people are called, folded: whole names, first names, who bears a first name; *called*: first names in lower case.

    *by_word*: the numbers of members whose name begins with a word, whole or first; notifiers are left out of it.
    """

    full: frozenset[str]
    first: frozenset[str]
    called: frozenset[str]
    bearers: Mapping[str, int]
    by_word: Mapping[str, Sequence[int]]


_NAMES: OrderedDict[int, tuple[tuple[Member, ...], Names]] = OrderedDict()


def names_of(directory: Directory) -> Names:
    """Of a snapshot, kept for the last few. It knows members only, so a contact learned makes no new ones."""
    known = _NAMES.get(id(directory.members))
    if known and known[0] is directory.members:
        return known[1]
    names = _names(directory.members)
    _NAMES[id(directory.members)] = (directory.members, names)
    while len(_NAMES) > 3:
        _NAMES.popitem(last=False)
    return names


def _names(members: Sequence[Member]) -> Names:
    bearers: Counter[str] = Counter()
    by_word: dict[str, list[int]] = {}
    for number, member in enumerate(members):
        if member.name and not member.is_notifier:
            first = fold_name(member.name.split()[0])
            bearers[first] += 1
            for word in {w for name in (fold_name(member.name), first) for w in name.split()[:1]}:
                by_word.setdefault(word, []).append(number)
    named = [fold_name(m.name) for m in members if m.name]
    return Names(
        frozenset(named),
        frozenset(w for name in named for w in name.split()[:1]),
        frozenset(m.name.split()[0].lower() for m in members if m.name),
        bearers,
        by_word,
    )


def chain(quoted: Quoted) -> tuple[Quoted, ...]:
    return (quoted, *quoted.nested)


def customer_in(quoted: Quoted, directory: Directory, own: frozenset[str]) -> Quoted | None:
    """The message whose words count: the first, from the outside, that no colleague wrote. None when all are ours.

    Where a customer only passes on what somebody beside her wrote ("see below"), it is that message.
    """
    messages = chain(quoted)
    at = next((n for n, q in enumerate(messages) if not q.is_by_tool and not is_ours(q.author, directory, own)), None)
    if at is None:
        return None
    while at + 1 < len(messages) and _passes_on(messages[at], messages[at + 1], directory, own):
        at += 1
    return messages[at]


def customer_of_ticket(quoted: Quoted, directory: Directory) -> Quoted | None:
    """The newest turn of a ticket mail that no agent of ours wrote, as a message of its own."""
    found = turns(quoted.words or quoted.body)
    if not found:
        return None
    desk = fold_name(quoted.author.name or "")
    ours = names_of(directory).full
    turn = next(
        (t for t in found if fold_name(t.name) not in ours and not (t.desk and fold_name(t.desk) == desk)), None
    )
    if turn is None:
        return None
    return replace(
        quoted,
        author=Address(turn.name, None),
        written=turn.written,
        words=turn.words,
        body=turn.words,
        nested=(),
        signature=None,
        message_id=None,
    )


_POINTS_BELOW = re.compile(
    r"\b(?:below|fyi|f\.y\.i|forward\w*|fwd|passing (?:this|it) (?:on|along)|from (?:our|my|the) (?:new )?(?:boss|ceo|coo|cfo|cto|md|vp|board|director|manager|head|chief|owner|team|president|managing director)|thought you (?:should|might|would|'d)|look what|siehe unten|unten|weiter(?:leiten|leitung|geleitet)|zur info|z\.k|ci-dessous|pour info|transf[eè]re|abajo|reenvío|para tu información|hieronder|ter info|qui sotto|inoltro|per conoscenza|abaixo|encaminho|nedan|vidarebefordrar|poniżej|przesyłam)\b|(?:転送|下記)",
    re.I,
)
FEW_WORDS = 12
SOME_WORDS = 25


def _passes_on(outer: Quoted, inner: Quoted, directory: Directory, own: frozenset[str]) -> bool:
    """Whether a customer's message says nothing itself but "look what she wrote", and was not an answer to us."""
    words = (outer.words or "").split()
    if (
        not (inner.words or "").strip()
        or is_ours(inner.author, directory, own)
        or any(is_ours(p, directory, own) for p in (*inner.to, *inner.cc))
    ):
        return False
    if inner.author.address == outer.author.address or any(c.isdigit() for w in words for c in w):
        return False
    return len(words) <= FEW_WORDS if not _POINTS_BELOW.search(outer.words or "") else len(words) <= SOME_WORDS


def to_contact(author: Address, signature: str | None, words: str | None = None) -> WinContact | None:
    """``'Jane' via Customer Success`` is Jane, whose address nobody printed; ``Porter, Jane`` is Jane Porter."""
    name, address = author.name, author.address
    if name and (match := _VIA.match(name)):
        name, address = clean_name(match["name"]), None
    if name and (match := _COMMA.match(name)) and len(match[1].split()) <= 3:
        name = f"{_DEGREE.sub('', match[2]).strip()} {match[1].strip()}"
    if name and (full := _written_out(name, f"{words or ''}\n{signature or ''}")):
        name = full
    if not name and not address:
        return None
    return WinContact(name, address, role_in(signature, name))


# Outlook's address book shows "Holm, Annegret Dr.".
_DEGREE = re.compile(r"(?:\s+(?:Prof|Dr|Dipl|Ing|Mag|MBA|med|rer|nat|phil|jur|h\.c|MSc|BSc|PhD)\b\.?(?:-Ing\.?)?)+\s*$")


def _written_out(name: str, text: str) -> str | None:
    """ "Bev T" signs as "Bev Tremlett"."""
    match = re.fullmatch(r"([^\W\d_]{2,}) ([^\W\d_])\.?", name)
    found = match and re.search(rf"^{re.escape(match[1])} {re.escape(match[2])}[^\W\d_]+(?:-[^\W\d_]+)?$", text, re.M)
    return found[0] if found else None


_ROLE = re.compile(
    r"\b(?:manager|director|head|chief|officer|lead|leader|engineer|analyst|coordinator|specialist|consultant|administrator|assistant|president|founder|owner|partner|supervisor|superintendent|teacher|principal|nurse|doctor|buyer|planner|controller|accountant|editor|producer|architect|developer|scientist|operations|foreman|dispatcher|ceo|cfo|cto|coo|cio|cmo|vp|svp|evp|hr|it|"
    r"\w*leiter(?:in)?|\w*leitung|geschäftsführer\w*|vorstand|referent\w*|sachbearbeiter\w*|abteilung\w*|projektleit\w*|einkauf\w*|meister\w*|bereichsleit\w*|teamleit\w*|directeur|directrice|responsable|chef\w*|chargée?|ingénieure?|gérante?|présidente?|director\w*|jefe|jefa|gerente|encargad\w+|coordinador\w*|responsabile|direttore|direttrice|titolare|diretor\w*|coordenador\w*|"
    r"hoofd|directeur|bedrijfsleider|teamleider|coördinator|medewerker|eigenaar|chef|vd|ansvarig|ägare|direktør|leder|dyrektor|kierownik|prezes|specjalista|właściciel)\b|(?:部長|課長|係長|主任|代表|取締役|社長|店長|マネージャー|担当|室長|工場長)",
    re.I,
)


def role_in(signature: str | None, name: str | None) -> str | None:
    """The line of a signature that is a title: short, behind the name, no address or number."""
    if not signature:
        return None
    lines = "\n".join(signature.split("\n")[:8])
    return _role_in(lines, name) if len(lines) <= REMEMBERED else _role_in.__wrapped__(lines, name)


# The same people write again, with the same signature.
REMEMBERED = 500


@lru_cache(maxsize=512)
def _role_in(lines: str, name: str | None) -> str | None:
    for line in lines.split("\n"):
        text = line.strip(" \t*_|•–—-,")
        if not text or len(text) > 70 or "@" in text or "http" in text or re.search(r"\d{3}", text):
            continue
        folded = fold_name(text)
        if name and fold_name(name) and folded.startswith(fold_name(name)):
            text = (
                re.split(r"\s*[,|–—·•]\s*|\s+-\s+", text, maxsplit=1)[-1] if re.search(r"[,|–—·•]|\s-\s", text) else ""
            )
        if text and _ROLE.search(text) and len(text.split()) <= 9:
            return re.split(r"\s*[|·•]\s*", text)[0].strip(" ,") or None
    return None


_NAME = r"[A-ZÀ-ÞŁŚŻ][\w'’-]+(?:[ -](?:de |van |von |der |den |la |di )?[A-ZÀ-ÞŁŚŻ][\w'’-]+){0,3}"
_FULL = r"[A-ZÀ-ÞŁŚŻ][\w'’-]+(?: (?:(?:de|van|von|der|den|la|di|le|du) ){0,2}[A-ZÀ-ÞŁŚŻ][\w'’-]+){1,2}"
_NAME_OWNED = r"[A-ZÀ-ÞŁŚŻ][\w-]+(?:[ -][A-ZÀ-ÞŁŚŻ][\w-]+){0,2}?"
_BESIDE = re.compile(rf"\b(?P<name>{_FULL}) \((?P<company>[A-ZÀ-Þ0-9][^()\n]{{1,60}})\)")
_AT = re.compile(
    rf"\b(?P<name>(?:Dr\.? |Prof\.? |Mr\.? |Mrs\.? |Ms\.? |Herr |Frau |M\. |Mme )?{_NAME})(?:,? (?:the |their |our )?[^.,\n]{{0,30}}?)?,?\s+(?:at|from|of|over at|bei|von|de|chez|del|van|bij|da|hos|på|z)\s+(?:the )?(?P<company>[A-ZÀ-Þ0-9][\w'’&.-]*)"
)
# Only people do these things: a name right before them is a person's, even at the beginning of a sentence.
_SAYING = (
    r"said|says|told|tells|wrote|writes|mentioned|rang|pinged|messaged|emailed|mailed|texted|asked|confirmed|posted|shared|announced|introduced|replied|forwarded|loves|sent (?:me|us)|(?:is|was) (?:so |very |really |absolutely )?(?:delighted|thrilled|happy|pleased|impressed|excited|grateful|ecstatic|chuffed|overjoyed|over the moon)|phoned|insisted|laughed|admitted|filled (?:in|out)|signed up|volunteered|"
    r"sagte|sagt|schrieb|schreibt|erzählte|(?:erzählt|meint|meldet|berichtet)(?!\\s*[.!?,;)]|\\s*$)|meinte|meldete|berichtete|rief|hat (?:mir|uns) |a dit|a écrit|m'a |nous a |dijo|escribió|me dijo|comentó|contó|zei|schreef|vertelde|meldde|ha detto|ha scritto|mi ha |disse|escreveu|contou|sa |skrev|berättade|powiedział\w*|napisał\w*"
)
# Things do these as well: only within a sentence, where English writes no other capitals, or behind a full name.
_DOING = r"called|signed|is|was|has|had|just|did|does|ran|runs|led|leads|hosted|built|builds|completed|finished|passed|scored|won|presented|spoke|loves|showed|shows|wants|plans|thinks|joined|gave|got|took|sent|brought|said|hat|ist|war|est|era|heeft|är"
_SAYS = re.compile(
    rf"\b(?P<name>{_NAME})(?: \([^)]{{1,40}}\))?,?(?: (?:the|their|our|who|from)[^.!?\n]{{0,40}},?| (?:in|of) [a-zà-þ]+(?: [a-zà-þ]+)?)? (?:(?:just|also|even|finally) )?(?:{_SAYING})(?!\w)"
)
_DOES = re.compile(
    rf"\b(?P<name>{_NAME})(?: \([^)]{{1,40}}\))?,?(?: (?:the|their|our|who|from)[^.!?\n]{{0,40}},?)? (?:(?:\w+ly|also|still|even) )?(?:{_DOING})(?!\w)"
)
# "August completed", "May told us": a month does neither.
_MONTH_DOES = re.compile(
    r"^(?:completed|finished|passed|scored|hosted|won|presented|joined|signed|did|ran|led|built)\b"
)
# "Nadia's team", "Nadias Team", "l'équipe de Nadia": a person's people and words.
_GROUP = r"team|teams|crew|people|group|office|department|dept|staff|squad|colleagues?|boss|manager|deputy|assistant|class|shift|words|comment|reply|answer|feedback|message|note|mail|email|line|face|reaction"
_OWNS = re.compile(
    rf"\b(?P<name>{_NAME_OWNED})(?:['’]s?|s) (?:(?:whole|full|own|entire|exact) )?(?:{_GROUP}|Team|Leute|Abteilung|Mannschaft|Kollegen|Worte|Truppe)\b|\b(?:équipe|equipo|squadra|equipe|ploeg|gruppo|mots|palabras|parole|palavras) (?:de |d['’]|di |da |do |van )(?P<name2>{_NAME})"
)
# "new COO (Philippa Drayton)", "their head of ops, Ruth Adeyemi,": a title, and the name beside it.
_TITLED = re.compile(
    rf"(?P<title>\b[^\W\d_][\w /&'’-]{{1,40}}?)\s*(?:\((?P<name>{_NAME})\)|, (?P<name2>{_FULL})(?=[,.!?;:]|\s+(?:and|who|und|et|y|en|e)\b|$))",
    re.M,
)
# "Spoke with Ruth", "Hablé hoy con Jordi", "tel met Stijn": the person stands behind the "with".
_CALL = re.compile(
    r"\b(?i:call|spoke|speaking|talk(?:ed|ing)?|meeting|chat(?:ted|ting)?|lunch|coffee|phone|met|gespräch|sprach|telefonat|telefon|telefonierte|gesprochen|telefoniert|mittagessen|kaffee|entretien|parlé|discuté|déjeuné|appel|hablé|hablado|habl[ao]|llamada|reunión|comida|quedé|charlé|tel|telefoontje|gebeld|belde|gesproken|sprak|gesprek|overleg|lunch|parlato|sentita?|chiamata|pranzo|falei|conversei|ligação|reunião|almoço|pratade|talade|pratat|talat|samtal|möte|rozmawia\w+|spotka\w+|rozmow[ay])\s+(?:\w+\s+){0,3}?"
    rf"(?:with|mit|avec|con|met|com|med|z|ze|to|today with)\s+(?P<name>{_NAME})"
)
# "…, dice Giulia Ferroni", "dzwoniła pani dyrektor Halina Mróz": the person stands behind the verb.
_COURTEOUS = r"(?:(?:(?:Mr|Mrs|Ms|Herr|Frau|M\.|Mme|Sra?\.|Señora?|Sig\.|Signora?|[Mm]evrouw|[Mm]eneer|[Pp]ani?|[Pp]anu|señora?|senhora?|signora?|herr|fru)\.? )?(?:(?:dyrektor|prezes|kierowni\w+|doktor|profesor|rektor|chef|director\w*|diretor\w*|direttor\w*|directeur|directrice) )?)"
_SAID_BY = re.compile(
    rf"(?:^|[,;”\"“»’–-]\s*)(?i:sagt|meint|schreibt|schrieb|meldet|says|said|writes|wrote|zegt|schrijft|dit|écrit|dice|escribe|scrive|diz|escreve|afferma|säger|skriver|mówi|pisze|powiedział\w*|napisał\w*|(?:za)?dzwonił\w*|llamó|ligou|belde|ringde|telefonował\w*) {_COURTEOUS}(?P<name>{_NAME})",
    re.M,
)
# "Mail from Fiona Baird", "per WhatsApp von Jonas Vogt": a message, and who sent it. A single word may be a company.
_SENT_BY = re.compile(
    rf"\b(?i:(?:10|\d)(?:/| out of | von | sur | de | su | van | av | na )(?:10|5)|stars|mail|e-mail|email|message|text|note|card|letter|call|voicemail|whatsapp|sms|teams|slack|nachricht|brief|karte|anruf|bericht|berichtje|telefoontje|kaartje|courriel|mot|appel|mensaje|correo|llamada|mensagem|ligação|messaggio|chiamata|meddelande|samtal|wiadomość|telefon|list)\s+(?:from|by|von|van|de|del|da|di|från|od) {_COURTEOUS}(?P<name>{_FULL})"
)
# "Bumped into Henk", "kwam Henk tegen", "traf Ruth": whom a colleague met.
_MET = re.compile(
    rf"\b(?i:(?:ran|bumped) into|met up with|came across|(?:ich |hab[e]? )?traf|getroffen|kwam|croisé|rencontré|encontrei|ho incontrato|incontrato|träffade|mötte|spotkał[ae]?m) {_COURTEOUS}(?:(?:a|o|de|la|il) )?(?P<name>{_NAME})"
)
# "Giulia Ferroni: 9/10", "Len Pell: “never better”": who stands before a score or a quote.
_SPEAKER = re.compile(rf"^\W*(?P<name>{_FULL})\s*[:–-]\s*(?=\d{{1,2}}\s?/\s?\d|[\"“„«])", re.M)
# "Dr. Pfleiderer", "Sister Philomena", "a Doutora Célia": a title that is said with the name.
_WITH_TITLE = re.compile(
    r"(?<!\w)(?P<title>Dr|Prof|Doutora?|Doctora|Dottoressa|Dottor|Docteur|Sister|Father(?! (?:Christmas|Time)\b)|Reverend|Rev|Captain|Capt|Councillor|Cllr|Schwester|Pfarrer(?:in)?|Soeur|Sœur|Père|Doña|Dona|Sor|Suor|Zuster)\.? (?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)"
)
# "田辺様より", "佐藤さんが": a family name, at most two parts, and what people are called.
_JAPANESE = re.compile(
    r"(?:^|[\s、。「・の:：])(?P<name>[\u4e00-\u9fff々]{1,4}(?:[ \u3000][\u4e00-\u9fff々]{1,3})?)(?:様|さま|さん|氏|部長|課長|社長|店長|先生|院長|所長)(?=より|から|が|は|も|によ|に|の|と|、)",
    re.M,
)
_NO_JAPANESE_NAME = re.compile(
    r"^(?:お?客|皆|皆々|各|御|貴|担当|弊|当|先方|奥|神|王|仏|相手|取引|患者|利用者)|(?:社|店|院|校|会|者|方|部|課)$"
)
_WITH = re.compile(rf"\b(?:with|mit|avec|con|met|com|med|z|ze)\s+(?P<name>{_NAME})")
# What begins a sentence with a capital and is nobody's name: verbs of meeting and speaking, and what people are at a customer.
_POSSESSIVES = frozenset(
    [
        "our",
        "their",
        "unser",
        "unsere",
        "unserem",
        "unseren",
        "notre",
        "nos",
        "leur",
        "leurs",
        "nuestro",
        "nuestra",
        "nuestros",
        "nuestras",
        "nosso",
        "nossa",
        "nossos",
        "nossas",
        "nostro",
        "nostra",
        "nostri",
        "nostre",
        "onze",
        "ons",
        "hun",
        "vår",
        "våra",
        "vårt",
        "deras",
        "nasz",
        "nasza",
        "nasze",
        "nasi",
    ]
)
_PRONOUNS = frozenset(
    [
        "i",
        "we",
        "they",
        "he",
        "she",
        "you",
        "it",
        "ich",
        "wir",
        "er",
        "sie",
        "ihr",
        "es",
        "ik",
        "wij",
        "ze",
        "zij",
        "hij",
        "jullie",
        "je",
        "nous",
        "il",
        "elle",
        "ils",
        "elles",
        "vous",
        "yo",
        "nosotros",
        "él",
        "ella",
        "ellos",
        "eu",
        "nós",
        "ele",
        "ela",
        "eles",
        "io",
        "noi",
        "lui",
        "lei",
        "loro",
        "jag",
        "vi",
        "han",
        "hon",
        "de",
        "ni",
        "ja",
        "my",
        "on",
        "ona",
        "oni",
    ]
)
_NO_PERSON = frozenset(
    [
        "spoke",
        "talked",
        "met",
        "called",
        "chatted",
        "rang",
        "phoned",
        "visited",
        "saw",
        "heard",
        "had",
        "caught",
        "sprach",
        "traf",
        "telefonierte",
        "telefonat",
        "gespräch",
        "gesprochen",
        "telefoniert",
        "besuch",
        "rief",
        "parlé",
        "discuté",
        "rencontré",
        "vu",
        "appelé",
        "entretien",
        "hablé",
        "hablado",
        "llamé",
        "llamada",
        "quedé",
        "charlé",
        "visité",
        "reunión",
        "gebeld",
        "gesproken",
        "gesprek",
        "sprak",
        "belde",
        "bezocht",
        "bezoek",
        "tel",
        "telefoon",
        "parlato",
        "sentito",
        "sentita",
        "incontrato",
        "visto",
        "chiamato",
        "falei",
        "conversei",
        "liguei",
        "reunião",
        "pratade",
        "talade",
        "träffade",
        "ringde",
        "pratat",
        "talat",
        "samtal",
        "möte",
        "rozmawiałem",
        "rozmawiałam",
        "spotkałem",
        "spotkałam",
        "dzwonił",
        "dzwoniła",
        "rozmowa",
        "boss",
        "chief",
        "director",
        "manager",
        "owner",
        "customer",
        "client",
        "chef",
        "chefin",
        "chefs",
        "leiter",
        "leiterin",
        "kunde",
        "kundin",
        "kunden",
        "inhaber",
        "inhaberin",
        "patron",
        "patronne",
        "directeur",
        "directrice",
        "client",
        "cliente",
        "jefe",
        "jefa",
        "directora",
        "baas",
        "klant",
        "eigenaar",
        "capo",
        "titolare",
        "direttore",
        "direttrice",
        "chefe",
        "diretor",
        "diretora",
        "kund",
        "kunden",
        "chefen",
        "ägaren",
        "klient",
        "szef",
        "szefowa",
        "kierownik",
    ]
)


_NOT_NAMES = frozenset(
    [
        "the",
        "this",
        "that",
        "they",
        "we",
        "our",
        "their",
        "his",
        "her",
        "just",
        "today",
        "yesterday",
        "last",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "team",
        "support",
        "sales",
        "marketing",
        "product",
        "customer",
        "success",
        "everyone",
        "everybody",
        "everything",
        "somebody",
        "someone",
        "nobody",
        "great",
        "good",
        "news",
        "new",
        "win",
        "wins",
        "thanks",
        "thank",
        "please",
        "hi",
        "hello",
        "dear",
        "fyi",
        "ps",
        "nps",
        "csat",
        "qbr",
        "roi",
        "kpi",
        "ceo",
        "cfo",
        "cto",
        "coo",
        "it",
        "hr",
        "a",
        "an",
        "and",
        "but",
        "so",
        "when",
        "after",
        "before",
        "because",
        "heute",
        "gestern",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "der",
        "die",
        "das",
        "wir",
        "ich",
        "sie",
        "hier",
        "nous",
        "vous",
        "elle",
        "il",
        "ils",
        "on",
        "aujourd",
        "el",
        "la",
        "los",
        "las",
        "hoy",
        "ayer",
        "update",
        "value",
        "account",
        "contact",
        "kind",
        "date",
        "summary",
        "feature",
        "internal",
        "all",
        "both",
        "first",
        "second",
        "next",
        "one",
        "two",
        "three",
        "user",
        "users",
        "their's",
        "it's",
        "everybody's",
        "finance",
        "accounting",
        "procurement",
        "operations",
        "ops",
        "logistics",
        "legal",
        "engineering",
        "management",
        "leadership",
        "board",
        "staff",
        "adoption",
        "usage",
        "logins",
        "reports",
        "dashboards",
        "onboarding",
        "training",
        "management's",
        "people",
        "most",
        "nothing",
        "something",
        "which",
        "what",
        "who",
        "there",
        "some",
        "many",
        "every",
        "each",
        "he",
        "she",
        "i",
        "you",
        "also",
        "if",
        "in",
        "at",
        "on",
        "for",
        "from",
        "with",
        "was",
        "is",
        "are",
        "be",
        "not",
        "no",
        "yes",
    ]
)


_NUMBERS = frozenset(
    [
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "sept",
        "huit",
        "neuf",
        "dix",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "diez",
        "twee",
        "drie",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "due",
        "tre",
        "quattro",
        "cinque",
        "sei",
        "sette",
        "otto",
        "nove",
        "dieci",
    ]
)


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
    return next((WinContact(name, role=role) for name, role in _people_in(text, account, directory)), None)


def _people_in(text: str, account: Account | None, directory: Directory) -> Iterator[tuple[str, str | None]]:
    """(name, title) of persons the text tells of, the plainest first."""
    for pattern in (_SAID_BY, _SENT_BY, _SPEAKER):
        for match in pattern.finditer(text):
            name = _without_company(_plain(match["name"]), account)
            is_company = any(fold_name(word) in SORTS for word in name.split())
            if not is_company and _is_name(name, account, directory):
                yield name, None
    for pattern in (_AT, _BESIDE):
        for match in pattern.finditer(text):
            met = _WITH.search(text, match.end("name"), match.start("company"))
            if _is_name(name := _plain((met or match)["name"]), account, directory) and not (
                account and not _means(match["company"], account)
            ):
                yield name, None
    for match in _SLASHED.finditer(text):
        if account and _means(match["company"], account) and _is_name(match["name"], None, directory):
            yield match["name"], None
    for match in _COURTESY.finditer(text):
        # A family name may be the company's as well: "Herr Trautwein von der Bäckerei Trautwein".
        name = " ".join(w[:1].upper() + w[1:] for w in (match["name"] or match["small"]).split())
        if _is_name(name, None, directory):
            yield name, None
    for match in _WITH_TITLE.finditer(text):
        if _is_name(match["name"], None, directory):
            dot = "." if match["title"] in ("Dr", "Prof", "Rev", "Capt", "Cllr") else ""
            yield f"{match['title']}{dot} {match['name']}", None
    for match in _JAPANESE.finditer(text):
        name = match["name"].strip()
        if not _NO_JAPANESE_NAME.search(name) and not (
            account and any(name in n for n in (account.name, *account.aliases))
        ):
            yield name, None
    for match in _TITLED.finditer(text):
        if (role := _title_before(match["title"])) and _is_name(
            name := _plain(match["name"] or match["name2"]), account, directory
        ):
            yield name, role
    for match in _CALL.finditer(text):
        if _is_name(name := _without_company(_plain(match["name"]), account), account, directory):
            yield name, None
    for match in _MET.finditer(text):
        if _is_name(name := _without_company(_plain(match["name"]), account), account, directory):
            yield name, None
    for match in _SAYS.finditer(text):
        if _is_name(name := _plain(match["name"]), account, directory, may_be_month=True):
            yield name, None
    for match in _OWNS.finditer(text):
        if _is_name(name := _plain(match["name"] or match["name2"]), account, directory):
            yield name, None
    for match in _DOES.finditer(text):
        name = _plain(match["name"])
        is_month_like = name.lower() in month_names()
        if is_month_like and not _MONTH_DOES.match(text[match.end("name") :].lstrip()):
            continue
        is_full = len(name.split()) > 1
        if (is_full or is_month_like or not _begins_sentence(text, match.start())) and _is_name(
            name, account, directory, may_be_month=True
        ):
            yield name, None


# "Cobbett & Pell / Len Pell" on a line of its own.
_SLASHED = re.compile(rf"^\s*(?P<company>[^\n/|]{{2,60}}?)\s*[/|]\s*(?P<name>{_FULL})\s*$", re.M)
_COURTESY = re.compile(
    r"(?<!\w)(?:(?:Mr|Mrs|Ms|Miss)\b\.?|Herrn?\b|Frau\b|Mme\b|Madame\b|Monsieur\b|Señora?\b|Sra?\.|Signora?\b|Sig\.|Mevrouw\b|Meneer\b|Pani?\b) "
    r"(?:(?:Dr|Prof)\b\.? )*(?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)|(?<!\w)(?:mr|mrs) (?P<small>[a-zà-þ][\w'’-]{2,})"
)


def _without_company(name: str, account: Account | None) -> str:
    """ "Jordi de Mercado Azul" is Jordi, of that customer."""
    for match in re.finditer(r" (?:de|del|van|von|der|den|di|da|z)(?: (?:la|der|den|de))? (?=[^\W\d_])", name):
        if account and _means(name[match.end() :], account):
            return name[: match.start()]
    return name


def _plain(name: str) -> str:
    return re.sub(r"^(?:Mr|Mrs|Ms|Herr|Frau|M|Mme)\.? ", "", name.strip())


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'“„«(*_-–—•")
    return not before or before[-1] in ".!?:\n…"


def _title_before(words: str) -> str | None:
    """ "joined by the new COO" ends in the title "COO"; None when it ends in no title."""
    tail = re.split(
        r"\b(?:the|their|our|new|a|an|by|with|from|der|die|ihr|ihre|neue[rn]?|le|la|leur|el|su|nuev[oa]|il|de nieuwe)\s+",
        words.strip(),
        flags=re.I,
    )[-1].strip()
    return tail if tail and _ROLE.search(tail) and len(tail.split()) <= 5 else None


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
    first = [
        c
        for c in people
        if len((c.name or "").split()[0]) > 2
        and re.search(rf"(?<!\w){re.escape((c.name or '').split()[0])}(?!\w)", text)
    ]
    return first[0] if len(first) == 1 else None


def _is_name(name: str, account: Account | None, directory: Directory, *, may_be_month: bool = False) -> bool:
    words = name.split()
    if (
        not words
        or (words[0].lower().strip("'’s") in _NOT_NAMES and not (may_be_month and words[0].lower() in month_names()))
        or len(words) > 4
        or (name.isupper() and (len(name) < 5 or len(words) > 1))
    ):
        return False
    first = words[0].lower()
    if first in _NO_PERSON or first in _POSSESSIVES or (len(words) == 1 and first in _PRONOUNS):
        return False
    # "L'équipe de …" begins with an article.
    if re.match(r"[LDJCSQ]['’][a-zß-ÿ]", words[0]):
        return False
    if len(words) == 1 and ((words[0].lower() in month_names() and not may_be_month) or words[0].lower() in _NUMBERS):
        return False
    if any(
        w.lower() in _NOT_NAMES and not (may_be_month and w.lower() in month_names()) for w in words if w[0].isupper()
    ):
        return False
    folded = fold_name(name)
    if account and any(
        folded in fold_name(n) or fold_name(n).startswith(folded) for n in (account.name, *account.aliases)
    ):
        return False
    ours = names_of(directory)
    return folded not in ours.full and folded not in ours.first


def praised_in(text: str | None, directory: Directory, but_not: Member | None = None) -> tuple[str, ...]:
    """Colleagues whom the customer names with thanks or praise; first names count when only one colleague has it."""
    if not text:
        return ()
    whole = text.lower()
    praising = [word for word in _PRAISING if word in whole]
    if not praising:
        return ()
    ours = names_of(directory)
    found: list[str] = []
    for sentence in dict.fromkeys(_SENTENCE_END.split(text)):
        low = sentence.lower()
        if not any(word in low for word in praising):
            continue
        words = fold_name(_SALUTATION.sub("", sentence))
        folded = f" {words} "
        for number in sorted({n for word in words.split() for n in ours.by_word.get(word, ())}):
            member = directory.members[number]
            full, first = fold_name(member.name), fold_name(member.name.split()[0])
            is_named = f" {full} " in folded or (ours.bearers[first] == 1 and len(first) > 2 and f" {first} " in folded)
            if is_named and member.name not in found:
                found.append(member.name)
    return tuple(found)


_SENTENCE_END = re.compile(r"\s(?:(?<=[.!?]\s)\s*|(?<=\n)\n*)")
# Whom a mail greets is whom it was sent to.
_SALUTATION = re.compile(
    r"^\W*(?i:hi|hey|hello|dear|good (?:morning|afternoon|evening)|hallo|moin|servus|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|salut|chère?s?|hola|buen[oa]s (?:días|tardes|noches)|querid[oa]s?|estimad[oa]s?|olá|oi|bom dia|boa tarde|car[oaie]|prezad[oa]s?|ciao|buongiorno|gentile|salve|dag|beste|goedemorgen|goedemiddag|goeiemorgen|geachte|hoi|hej|hejsan|bästa|god morgon|cześć|dzień dobry|drog[ai]|szanown[aiy]\w*)"
    r"(?:\s+(?i:mr|mrs|ms|herr|frau|madame|monsieur|mevrouw|meneer|señora?|sr|sra|signora?|pani?e?)\.?)?\s+[^\W\d_][\w'’-]*(?:(?:\s+|\s*[&+/]\s*|\s+(?:and|und|et|y|e|en|och|i)\s+)[A-ZÀ-ÞŁŚŻ][\w'’-]+){0,4}(?!\w)"
)
_PRAISING = (
    "thank",
    "thx",
    "kudos",
    "grateful",
    "great",
    "amazing",
    "brilliant",
    "fantastic",
    "help",
    "saved",
    "wonderful",
    "excellent",
    "hats off",
    "shout",
    "star",
    "hero",
    "legend",
    "appreciat",
    "love",
    "best",
    "props",
    "credit",
    "dank",
    "toll",
    "super",
    "klasse",
    "geholfen",
    "merci",
    "génial",
    "aidé",
    "patien",
    "gracias",
    "genial",
    "ayud",
    "geholpen",
    "top",
    "grazie",
    "aiut",
    "obrigad",
    "ajud",
    "tack",
    "hjälp",
    "dzięk",
    "pomóg",
    "ありがと",
    "感謝",
    "助か",
)


def account_of(contact: WinContact | None, directory: Directory) -> Account | None:
    found, _ = accounts_of_address(contact.address if contact else None, directory)
    return found[0] if len(found) == 1 else None
