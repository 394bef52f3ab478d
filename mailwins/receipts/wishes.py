"""What a member's plain reply to a receipt asks for. Knows words, not wins: ``corrections`` decides what comes of them.

A wish is taken only where a whole sentence, or a whole part of it between commas, says nothing
else; everything other is handed back verbatim in ``Reply.left``. Patterns are matched against
letters without accents in lower case, values are cut from the text as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from mailwins.config import CATEGORIES
from mailwins.parsers.blocks import find_boundaries, to_lines
from mailwins.parsers.dates import month_names
from mailwins.parsers.folding import fold, is_footer, is_greeting
from mailwins.parsers.labels import KEYS
from mailwins.understanding.mood import SPOKEN
from mailwins.understanding.windate import in_words


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing a person wants.

    *verb* is set, add, private, share, internal, delete, undo, split, named, answer, ok, model,
    question or thanks. *value* is as typed, numbers as digits. *win* is the number or ordinal a
    person named, -1 for "the last", None for everything the receipt is about. *instead_of* is
    what was called wrong ("it's Globex, not Initech"); for ``internal`` it says that only what
    is shared (or private) now is meant. An ``answer`` without a value: she does not know.
    """

    verb: str
    field: str | None = None
    value: str | None = None
    win: int | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """*left*: words that were not understood, verbatim; None where nothing is left."""

    wishes: tuple[Wish, ...] = ()
    left: str | None = None


MAX_TEXT = 20_000
MAX_LINES = 300
MAX_PARTS = 14
MAX_PART = 2_000


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---------------------------------------------------------------- folding, length kept


def _fold(text: str) -> str:
    """Lower case without accents, letter for letter, so that places found in it are places in *text*."""
    return "".join(_letter(c) for c in text)


_ALPHABETS = 0x0530


def _letter(char: str) -> str:
    if char in "’‘`´":
        return "'"
    if char in "–—":
        return "-"
    if char in "\u00a0\u202f\t":
        return " "
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    # Kana and Hangul fall apart into other letters: only alphabets lose their accents.
    return base if len(base) == 1 and ord(base) < _ALPHABETS else char


# ---------------------------------------------------------------- fields by their keys

_FIELDS = frozenset({"account", "contact", "date", "value", "category", "summary", "cause", "factors", "features", "expected", "experienced", "csm", "time", "cost", "visibility", "urls", "detail"})
_MORE_KEYS = {
    "account": ("acct", "acc", "cust", "account name", "kundin", "kundenname", "compte client", "nombre de la cuenta", "klantnaam", "rekening"),
    "contact": ("contact name", "name of the contact", "nom du contact"),
    "date": ("day", "tag", "date of the win"),
    "value": ("val", "points", "punkte", "the value", "valoracion"),
    "category": ("sort", "kind of win", "categorias"),
    "summary": ("resume", "one line", "subject"),
    "expected": ("they expected", "they had expected", "had expected", "was expected", "sie hatten erwartet"),
    "experienced": ("they experienced", "they found", "they got"),
    "csm": ("account manager", "betreuer", "betreuerin"),
    "customer_text": ("customer text", "words for the customer", "text for the customer"),
}  # fmt: skip
_BY_KEY: dict[str, str] = {_fold(k): v for k, v in KEYS.items() if v in _FIELDS}
_BY_KEY.update({_fold(word): field for field, words in _MORE_KEYS.items() for word in words})
# A single letter or "win" in front of a colon says too little.
for _key in ("win", "art", "nota", "tag"):
    _BY_KEY.pop(_key, None)
_BY_KEY["art"] = "category"
_LONG_KEYS = sorted((k for k in _BY_KEY if len(k) >= 4 and k.isascii()), key=len, reverse=True)
_KEY = "|".join(re.escape(k) for k in sorted(_BY_KEY, key=len, reverse=True))
_PROSE = frozenset({"summary", "cause", "expected", "experienced", "customer_text", "detail"})
"""Fields whose value runs on to the end of its paragraph."""

SLIP = 82


def _field_of(key: str) -> str | None:
    """The field a typed key means; a slip of the thumb is forgiven in keys of four letters and more."""
    key = " ".join(key.split()).strip(" *_-•·")
    key = re.sub(r"^(?:the|der|die|das|le|la|el|los|de|het)\s+|^l'", "", key)
    if key in _BY_KEY:
        return _BY_KEY[key]
    if len(key) < 4 or len(key) > 24 or " " in key:
        return None
    near = [k for k in _LONG_KEYS if k[0] == key[0] and (OSA.distance(key, k, score_cutoff=1) <= 1 or fuzz.ratio(key, k) >= SLIP)]
    fields = {_BY_KEY[k] for k in near}
    if len(fields) > 1:
        best = max(near, key=lambda k: fuzz.ratio(key, k))
        fields = {_BY_KEY[best]}
    return fields.pop() if fields else None


# ---------------------------------------------------------------- words for what shall be done

_IT = r"(?: (?:this|it|that|them|these|this one|that one|it all|this win|the win|the whole thing|das|dies|diesen?|es|den erfolg|ceci|cela|ca|le|la|esto|este|eso|dit|deze|dat|die))?"
_TO_CUSTOMER = r"(?: (?:with|w/?|to|an|mit|avec|con|met|a|au) (?:the |our |my |den |dem |die |le |les |la |el |los |de )?(?:customer|customers|client|clients|them|kunden?|clientes?|klant|klanten))"
_TO_ALL = r"(?: (?:with|w/?|to|outside|in|inside|around|mit|avec|con|met|aan) ?(?:an?yone(?: else)?|anybody|others|other teams|the (?:team|company|others|digest|digests|whole company)|internally|the office|niemandem|jemandem|personne|nadie|niemand|iemand))"

_VERBS: tuple[tuple[str, str], ...] = (
    # The negations first: none of them may ever reach its own opposite.
    ("private", rf"(?:(?:we|you|i) )?(?:do not|don'?t|dont|never|must not|should not|shouldn'?t|not to|please not|cannot|can'?t) (?:be )?(?:share|shared|publish|show|tell|spread|forward)(?:d|ed)?{_IT}{_TO_ALL}"),
    ("private", rf"(?:do not|don'?t|dont) (?:publish|show|put|include){_IT}(?: in the (?:digest|digests|newsletter))?|keep{_IT} out of the digests?|not for the digests?|not in the digests?"),
    ("internal<share", rf"(?:(?:we|you|i) )?(?:do not|don'?t|dont|never|must not|mustn'?t|should not|shouldn'?t|cannot|can'?t|not to|please not|no|not) (?:be )?(?:share|shared|sharing|tell){_IT}{_TO_CUSTOMER}?(?: yet| for now| please)?|not for sharing|not for (?:the )?(?:customer|client)s?|not shareable|unshare{_IT}|stop sharing{_IT}|(?:it |this |that )?(?:must not|should not|shouldn'?t|can'?t|cannot) be shared{_TO_CUSTOMER}?"),
    ("internal<share", rf"(?:das |dies |bitte )*(?:nicht|nie|niemals|noch nicht){_TO_CUSTOMER}? (?:teilen|weitergeben|freigeben|weiterleiten|geteilt werden)|teile? (?:das |es |dies )?(?:bitte )?nicht|darf nicht geteilt werden|ne (?:pas |le |la |l')*partag(?:er|ez|e)s?(?: pas)?(?: ca| cela| ceci)?{_TO_CUSTOMER}?|pas (?:de |a )?partag(?:e|er)|no (?:lo |se |la )*(?:compart(?:ir|irlo|as|an|e)|puede compartir)|niet (?:delen|doorsturen|gedeeld worden)|deel (?:dit |het )?niet{_TO_CUSTOMER}?|mag niet gedeeld worden"),
    ("internal<private", rf"(?:this |it |that )?(?:is |'s |need |needs? )?(?:isn'?t|not|no longer|not any ?more|un) ?(?:really |to be )?(?:private|confidential)|no need to keep{_IT} private|(?:das ist )?nicht (?:mehr )?(?:privat|vertraulich)|(?:ce n'est )?(?:pas|plus) (?:prive|confidentiel)|(?:ya )?no (?:es )?(?:privado|confidencial)|(?:dit is |het is )?niet (?:meer )?(?:prive|vertrouwelijk)"),
    ("delete", r"(?:(?:this|it|that|these)(?:'s| is| was| are)? )?(?:not|no|isn'?t|wasn'?t|aren'?t|ain'?t) ?(?:really |actually )?(?:an? )?(?:real |actual )?(?:win|wins|success)(?: at all| really)?|(?:das |dies )?(?:ist |war )?(?:gar |leider )?keine? (?:win|erfolg)|kein erfolg|(?:ce |c')?(?:n'est |est )?pas un (?:win|succes)|pas un succes|pas une victoire|(?:esto )?no es un (?:win|exito|logro)|(?:dit is |het is )?geen (?:win|succes)"),
    # Then what shall be done.
    ("private", rf"(?:(?:make|keep|mark|set|treat|leave|put){_IT}(?: as| to)? |(?:this|it|that) (?:is|should be|must be|stays?|has to be) (?:strictly |very )?|(?:it|that)'s (?:strictly )?|strictly |stay )?(?:private|confidential|between us|secret)(?: only| for now| between us| one| win)?|keep{_IT} (?:to us|to ourselves|under wraps|quiet)|for (?:my|your|our) eyes only|private visibility"),
    ("private", r"(?:das |dies |es )?(?:bitte |ist |bleibt |auf |als )*(?:privat|vertraulich)(?: (?:behandeln|halten|lassen|machen|bleiben|setzen|stellen))?|(?:c'est |garder |gardez |rendre |mettre |a garder )?(?:le |la |ca |cela )?(?:en )?(?:privee?|confidentiel(?:le)?)|(?:es |mantener |mantenerlo |manten(?:lo)? |hacer(?:lo)? |que sea |hazlo )?(?:privad[oa]|confidencial)|(?:dit is |houd |hou |maak |graag )?(?:dit |het )?(?:prive|vertrouwelijk)(?: houden| maken)?|unter uns|entre nous|entre nosotros|onder ons|非公開|内密|プライベート|社外秘"),
    ("share", rf"(?:(?:yes )?(?:you|they|we) (?:can|may) (?:now )?|feel free to |go ahead and |(?:it is |it's |that's |is )?(?:ok|okay|fine|good|happy|free|safe|cleared|approved) (?:for (?:you|us) )?(?:to|for) |to |can be |may be |let's )?(?:share|shareable|sharing){_IT}{_TO_CUSTOMER}?|(?:this |it |that )?(?:can|may) be shared{_TO_CUSTOMER}?|(?:this |it |that )?is (?:shareable|ok to share|fine to share)|mark(?:{_IT})? (?:as )?shareable|make(?:{_IT}) shareable"),
    ("share", r"(?:(?:ihr |du |sie )?(?:kann(?:st)?|darf(?:st)?|konnt|durft|konnen|durfen) )?(?:das |dies |es |ihr |gerne |gern |ruhig )*(?:teilen|weitergeben|freigeben|geteilt werden|weitergegeben werden|freigegeben werden|der kunde sehen)(?: mit dem kunden)?|darf mit dem kunden geteilt werden|(?:vous pouvez |tu peux |on peut |peut etre |ca peut etre |a )?(?:le |la |ca )?(?:partager|partagez|partagee?)(?<!^partage)(?<!^partagee)(?: avec le client)?|(?:puedes |se puede |pueden |podeis |puede )?(?:compartir(?:lo)?|comparte(?:lo)?)(?: con el cliente)?|(?:je mag |mag |kan |jullie mogen )?(?:dit |het |dat )?(?:worden )?(?:delen|gedeeld worden)(?: mag| met de klant)?|mag gedeeld|共有(?:可|して(?:ください|OK)?|OK)?"),
    ("internal", r"(?:keep |make |only |for )?(?:this |it )?(?:internal|colleagues)(?: only| use only)?|(?:nur )?intern(?: bleiben| lassen)?|(?:seulement |usage )?interne|(?:solo )?interno|(?:alleen )?intern|社内のみ"),
    ("delete", rf"(?:delete|remove|discard|trash|bin|scrap|erase){_IT}|(?:get rid of|throw away|drop|bin) (?:this|it|that|them)|take (?:this|it|that) (?:out|off|down)"),
    ("delete", r"(?:das |dies |diesen |den |es )?(?:wieder )?(?:lo(?:e)?schen|lo(?:e)?sch(?:e|t)?(?: das| es| den)?|entfernen|weg damit|entferne(?:n)? das)|(?:a )?(?:supprim(?:er|ez|e)|effac(?:er|ez|e)|retir(?:er|ez))(?: ca| cela| le| ceci)?|(?:borr(?:ar|arlo|alo|a|e)|elimin(?:ar|arlo|alo|a|e)|quit(?:ar|arlo|alo))(?: esto| este)?|(?:dit |deze )?(?:verwijder(?:en|d)?|wissen|weghalen)(?: dit| deze| dat)?|削除(?:して(?:ください)?|願います)?"),
    ("undo", rf"undo{_IT}(?: (?:my |the )?(?:last )?(?:change|correction|edit)s?)?|take (?:that|it|this) back|revert{_IT}(?: (?:my |the )?(?:last )?(?:change|correction)s?)?|roll(?: it| that)? back|put (?:it|that) back(?: (?:as|how|the way) it was)?|(?:mach(?:e|t)? )?(?:das |es |bitte |wieder )*r(?:ue|u)ckgangig(?: machen)?|zur(?:ue|u)cknehmen|annul(?:er|ez|e)|revenir en arriere|desha(?:cer|z|zlo)|(?:dit |maak dit |maak )?ongedaan(?: maken)?|terugdraaien|元に戻(?:す|して(?:ください)?)|取り消し"),
    ("split", rf"split{_IT}(?: up)?(?: (?:in|into|in to) (?:two|three|four|\d)(?: wins| parts)?)?|(?:these|this|they|there|it|that) (?:are|is|'s) (?:really |actually )?(?:two|three|four|2|3|4|several|multiple) (?:different |separate )?(?:wins|stories|things)|(?:das |es )?(?:sind (?:zwei|drei|2|3|mehrere) erfolge|aufteilen|auftrennen|trennen)|(?:a )?(?:separer|scinder|diviser)|(?:separar|dividir)(?:lo)?|(?:op)?splitsen|分割(?:して(?:ください)?)?"),
    ("named", r"named|(?:you (?:can|may) )?(?:use|say|show|print) (?:their|her|his|the (?:customer|customer's|client's|company)) names?|you (?:can|may) name (?:them|the customer|her|him)|mit namen(?: nennen)?|avec (?:le |son )?nom|con (?:su )?nombre|met naam"),
    ("model", r"(?:this is |it is |it's |mark(?: it| this)? as )?(?:an? )?model(?: win)?"),
    ("ok", r"(?:o\.?k\.?|okay|okey|okk|k|yes|yep|yup|yeah|correct|right|approved?|reviewed|confirmed|perfect|fine|all (?:good|fine|correct|right|ok)|(?:that is |that's |this is |it's |everything is |everything |all )?(?:correct|right|fine|good|ok|okay)|(?:it |that |this |all )?looks (?:good|right|fine|great|correct)(?: to me)?|lgtm|good to go|no changes?|nothing to (?:change|add)|ja|passt(?: so)?|stimmt(?: so)?|korrekt|richtig|in ordnung|alles (?:gut|richtig|klar|bestens)|oui|c'est (?:bon|correct|ok|parfait)|parfait|d'accord|exact|tout est (?:bon|correct)|si|correcto|vale|perfecto|de acuerdo|todo (?:bien|correcto)|klopt(?: helemaal)?|akkoord|prima|helemaal goed|in orde|はい|了解(?:です|しました)?|大丈夫です)"),
)  # fmt: skip
_COMPILED = tuple((verb, re.compile(pattern)) for verb, pattern in _VERBS)

# One word with a slip of the thumb: (the word, verb). Only letters swapped, lost or doubled, so that no other word is met.
_SLIPS = {"private": "private", "privat": "private", "confidential": "private", "share": "share", "delete": "delete", "remove": "delete", "undo": "undo", "split": "split", "internal": "internal", "loschen": "delete", "supprimer": "delete", "verwijderen": "delete", "rueckgangig": "undo", "ruckgangig": "undo", "annuler": "undo", "deshacer": "undo", "compartir": "share", "partager": "share", "teilen": "share", "vertraulich": "private"}  # fmt: skip
_REAL_WORDS = frozenset({"shared", "shares", "sharee", "hare", "deleted", "deletes", "under", "splits", "internally", "privately", "external", "removed", "shear", "hares", "sare", "eternal", "partagee", "teile", "eilen", "relete"})

_CHEER = r"(?:great|awesome|nice|super|toll|wow|perfect|brilliant|cool|fantastic|wonderful|amazing|lovely|love (?:it|this)|excellent|fab|well done|good job|great job|nice (?:one|work|job)|great (?:work|news|stuff)|congrats|congratulations|bravo|klasse|spitze|genial|geweldig|mooi|hey|hi|oh|noted|got it|gut gemacht|glückwunsch|herzlichen gluckwunsch|felicitations|enhorabuena|felicidades|gefeliciteerd)"
_THANK = r"(?:(?:many |big |huge |so many |a million )?(?:thanks|thank you|thank u|thanx|thnx|thx|tx|ty|cheers|kudos|ta)|danke(?: dir| euch| ihnen| schon| sehr)*|(?:vielen|besten|herzlichen|tausend|lieben) dank|merci|mille mercis|(?:muchas |mil )?gracias|(?:dank|dankjewel|dank je(?: wel)?|dank u(?: wel)?|bedankt|hartelijk dank|hartstikke bedankt|heel erg bedankt)|ありがとう(?:ございます|ございました)?|感謝します|grazie(?: mille)?|obrigad[oa]|tack)"
_MUCH = r"(?: (?:so|very|much|a lot|a bunch|again|all|everyone|everybody|team|guys|both|indeed|beaucoup|encore|bien|a tous|de nuevo|por todo|allemaal|zeer|wel|vielmals|nochmal(?:s)?|an alle|[a-z]{2,12}))?" * 3
_FOR_IT = r"(?: for (?:this|that|it|sharing|the (?:update|info|note|news|win|receipt|help|quick (?:reply|answer|turnaround))|letting (?:us|me) know|your help|everything|doing this|the great work)(?: (?:this|it|with us|so quickly))?)?"
_THANKS = re.compile(rf"(?:{_CHEER}[\s,!.]+)*{_THANK}{_MUCH}{_FOR_IT}(?:[\s,!.]+{_CHEER})*")
_ONLY_CHEER = re.compile(r"(?:congrats|congratulations|well done|good job|great job|nice work|great work|bravo|gut gemacht|felicitations|enhorabuena|felicidades|gefeliciteerd|herzlichen gluckwunsch)(?: (?:to )?(?:the )?(?:you |both |all|everyone|team|guys|[a-z]{2,12}))?")

# Sentences that only lead over to a correction, or say that there is no more.
_FILLER = re.compile(
    r"(?:(?:one |a |small |some |two |my |few |quick |here (?:are|is) (?:the |my )?)*(?:corrections?|changes?|edits?|fix|fixes|typos?)(?: (?:please|below|needed|for this one|from me))?|(?:please )?(?:change|correct|update|fix|edit)(?: (?:it|this|that|these|the following|as follows|to))?|"
    r"(?:sorry|oops|ups)?,? ?(?:autocorrect|my (?:mistake|bad|fault)|typo)|sorry|\(?(?:the )?(?:rest|everything else|all else|other fields?) (?:(?:is|are|stays?|looks) (?:fine|ok|good|right|correct|as (?:it )?is|the same|unchanged))(?: now)?\)?|"
    r"korrekturen?|bitte (?:andern|korrigieren)|(?:der )?rest (?:passt|stimmt|bleibt)(?: so)?|corrections?|merci de corriger|(?:le )?reste est (?:bon|correct)|correccion(?:es)?|(?:lo demas|el resto) (?:esta bien|es correcto)|correctie|(?:de )?rest (?:klopt|is goed)|sorry,? typo)"
)
_LEAD = re.compile(
    r"^(?:(?:please|pls|plz|plse|kindly|just|also|oops|ooops|ups|sorry|oh|ah|hmm+|actually|correction|korrektur|fyi|bitte|svp|por favor|graag|yes|mailwins|i think|i'd say|i would say|i believe|i guess|i meant|we think|ich glaube|glaube|je crois|creo que|ik denk)[\s,:!.-]+"
    r"|(?:hi|hello|hey|hallo|bonjour|hola|hoi|moin|servus|dear) [a-z]{2,14}\s?[,:!-]\s*|(?:no|nope|nah|yes|yeah)(?= (?:it|its|it's|this|that|make|value|account|private)\b)\s+"
    r"|(?:hi|hello|hey|hallo|bonjour|hola|hoi|moin|servus|dear|no|nope|nee|nein|non|ok|okay|ja|oui|si|well|so|then|but|and|und|et|btw|thanks|thank you|thx|danke|merci|gracias|bedankt|great|perfect|all good|dank je|vielen dank)\s?[,:!.;-]+\s*"
    r"|(?:could|can|would|will) you (?:please |pls |maybe |kindly )?|(?:kannst|konnt|konnen|konntest) (?:du|ihr|sie) (?:bitte )?|(?:peux-tu|pouvez-vous|tu peux|pourrais-tu) |(?:puedes|podrias) |(?:kun|wil) je (?:dit )?|(?:i'd|i would) like (?:you )?to |i want (?:you )?to |we need to |it needs to be |and |but |(?:und|aber|et|mais|pero|maar) |bitte )"
)
_TAIL = re.compile(
    r"(?:[\s,;.!-]*(?:\b(?:please|pls|plz|thx|thanks(?: a lot| so much| again)?|many thanks|thank you|ty|bitte|danke(?: dir)?|vielen dank|svp|stp|merci(?: beaucoup)?|por favor|gracias|aub|a\.u\.b|alstublieft|alsjeblieft|graag|bedankt|dank je|though|tho|instead|actually|then|sorry|cheers|asap|right now|now|i think|i guess|i believe|imo|i suppose|glaube ich|denke ich|je crois|je pense|creo|denk ik|mag|haha|lol|of course|obviously|definitely|for sure|for me|to me|in my (?:view|opinion|book)|naturlich|bien sur|claro|natuurlijk)|s'il (?:te|vous) plait|(?:で|に|を|は)?(?:お願い(?:いた|致)?します|よろしくお願いします|(?:して)?ください)|:-?\)|;-?\)|:d))+[\s.!,]*$"
)
_EDGE = " \t\r\n*_\"“”„«».!,;…。！、"
_NOT_LETTERS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d\u2B50]+")

# ---------------------------------------------------------------- small vocabularies

_NUMBERS = {w: n for n, words in enumerate(("", "one eins un une uno een", "two zwei deux dos twee", "three drei trois tres drie", "four vier quatre cuatro", "five funf fuenf cinq cinco vijf", "six sechs seis zes", "seven sieben sept siete zeven", "eight acht huit ocho", "nine neun neuf nueve negen", "ten zehn dix diez tien")) for w in words.split()}
_N = r"(?:\d{1,3}(?:[.,]\d)?|" + "|".join(w for w in _NUMBERS if w not in ("un", "une", "uno", "een", "one")) + ")"
_OF_TEN = r"(?: ?/ ?10| (?:out )?of (?:10|ten)| von 10| sur 10| sobre 10| de 10| van (?:de )?10)?"
_ORDINALS = {
    1: "first|1st|erste[rsn]?|premiere?|primer[oa]?|eerste",
    2: "second|2nd|zweite[rsn]?|deuxieme|seconde?|segund[oa]|tweede",
    3: "third|3rd|dritte[rsn]?|troisieme|tercer[oa]?|derde",
    4: "fourth|4th|vierte[rsn]?|quatrieme|cuart[oa]|vierde",
    5: "fifth|5th|funfte[rsn]?|cinquieme|quint[oa]|vijfde",
    -1: "last|letzte[rsn]?|dernier|derniere|ultim[oa]|laatste",
}
_ORDINAL = "|".join(_ORDINALS.values())
_ONE = r"(?: (?:one|win|story|erfolg|item|point|option|choice|suggestion))?"
_THE = r"(?:the |der |die |das |den |dem |le |la |el |de |het )?"

_WEAK_KINDS = _words("value values story love meeting task project record event review api thanks quote team survey feedback training course exec funny intro import success nutzen gain api logins launch rating score executive champion use case")
_KIND_WORDS: tuple[str, ...] = tuple(dict.fromkeys([*(_fold(n) for _, n, _ in CATEGORIES), *(i.replace("_", " ") for i, _, _ in CATEGORIES), *(w for w in SPOKEN if w not in _WEAK_KINDS), "team win", "case study", "user olympics", "value realised", "goal reached", "expansion", "renewal"]))
_ARTICLE = r"(?:an?|the|eine?n?|une?|una?|een|die|der|das) "

_SUBJECT = r"(?:it|this|that|das|dies|es|ce|dit|dat|het|esto|eso)"
_IS = (
    r"(?:(?:no|nope),? )?(?:it's|its|that's|thats|this's|(?:it |this |that )?happened|more like|(?:i'd|i would|id) (?:give|rate|call|make) (?:it|this|that)|(?:it|this|that|this one|that one|they|the account|the customer|the name) (?:is|was|are|should (?:be|say)|must be|has to be|needs to be)|should (?:be|say|read)|must be|make (?:it|that|this)|(?:change|set|update|correct) (?:(?:it|that|this) )?to|"
    r"(?:das|es|dies) (?:ist|war|waren)|richtig (?:ist|ware|war)|gemeint (?:ist|war)|c'est|c'etait|il s'agit de|es|era|(?:esto|eso) (?:es|era)|deberia ser|debe ser|(?:het|dit|dat) (?:is|was)|moet zijn|muss heissen)"
)
_DEICTIC = re.compile(rf"^(?P<is>{_IS}) (?:actually |really |in fact |rather |clearly |definitely )?(?P<rest>\S.*)$")
_MORE_OF = re.compile(r"^(?:it's |its |this is |that's )?more (?:of )?(?P<new>an? .{2,30}?) than (?:an? )?.{2,30}$")
_NOT = re.compile(r"[\s,;(-]+(?:and |und |et |y |en )?(?:not|nicht|pas|non|no|niet|instead of|rather than|statt|anstatt|au lieu de|en lugar de|en vez de|in plaats van) +(?=\S)")
_NOT_BUT = re.compile(r"^(?:it's |its |it is |this is |das ist |ce n'est |c'est |es |het is )?(?:not|nicht|pas|no|niet) (?P<old>[^,]{1,40}?),? (?:but|sondern|mais|sino|maar) (?:rather )?(?P<new>.{1,60})$")
_WRONG = re.compile(
    rf"^(?:(?:the |that's the |this is the |it's the )?(?:wrong|incorrect|falsche[rsn]?|mauvaise?|verkeerde|foute) (?P<a>{_KEY})|{_THE}(?P<b>{_KEY}) (?:is |ist |est |es |esta )?(?:wrong|incorrect|not right|falsch|faux|fausse|incorrecte?|equivocad[oa]|mal|verkeerd|fout)|(?P<c>{_KEY}) equivocad[oa])(?P<rest>$|[\s,.;:!-]+.*$)"
)
_SHOULD = re.compile(rf"^(?:{_IS}|is|ist|est|->|=>) (?P<rest>\S.*)$")
_CHANGE = re.compile(
    rf"^(?:(?:change|set|update|correct|switch|edit|fix|rename|move|put|make|raise|lower|bump|increase|decrease) {_THE}(?P<a>{_KEY}) (?:to|as|into|=|from .{{1,40}} to) (?P<av>\S.*)|(?:andere|setze|changer|changez|mettre|mettez|cambiar|cambia|poner|pon|verander|zet|wijzig) {_THE}(?P<b>{_KEY}) (?:auf|in|zu|en|a|par|por|naar|op) (?P<bv>\S.*)|{_THE}(?P<c>{_KEY}) (?:auf|in|naar|op) (?P<cv>\S.*?) (?:andern|setzen|wijzigen|zetten))$"
)
_KEY_COLON = re.compile(r"^(?P<key>[^:：=\n<>@/]{2,34}?)\s*[*_]*\s*(?:[:：=]|-+>|→|⇒|=>)\s*[*_]*(?P<value>\S.*)$", re.S)
_KEY_DASH = re.compile(rf"^{_THE}(?P<key>{_KEY}) ?- (?P<value>\S.*)$")
_KEY_IS = re.compile(rf"^{_THE}(?:right |correct |real |richtige |bon |bonne )?(?P<key>[a-z][a-z' ]{{2,24}}?) (?:(?:is|was|were|are|should (?:be|say|read)|must be|has to be|would be|ist|war|ware|sollte|est|etait|serait|es|era|deberia ser|moet|was) )(?:actually |really |in fact |rather |clearly |eigentlich |wirklich |en fait |en realidad |eigenlijk )?(?P<value>\S.*?)(?: (?:sein|zijn))?$")
_KEY_SPACE = re.compile(rf"^{_THE}(?P<key>[a-z][a-z']{{2,20}}) (?P<value>\S.*)$")
_SHARE_WORDS = re.compile(r"^(?:share|teilen|partager|compartir|delen|customer may see|for the customer|fur den kunden|pour le client|para el cliente|voor de klant|共有)\s*[:：]\s*(?P<value>\S.*)$", re.S)
_MODEL_WHY = re.compile(r"^(?:(?:this is |it's |mark as )?(?:an? )?model(?: win)?|vorbild|modele|modelo)(?:\s*[:：,!.-]+\s*| because | since | weil | parce que | porque | omdat )(?P<value>\S.*)$", re.S)
_ADD = re.compile(r"^(?:add|also add|also|plus|hinzufugen|ajouter|anadir|toevoegen) (?:the |a |an )?(?P<key>features?|products?|factors?|modules?|links?|urls?|produkte?|funktion|produit|producto|functie|faktor)\s*:? (?P<value>\S.*)$|^(?P<key2>features?|products?|factors?) also:? (?P<value2>\S.*)$")
_URL = re.compile(r"^(?:(?:here(?: is|'s)? (?:the|a) |the )?(?:link|url)(?: is)?\s*:?\s*)?(?P<url>https?://\S+)$", re.I)
_BARE_VALUE = re.compile(rf"^(?:an? )?(?P<n>\d{{1,2}}) ?(?:/ ?10|out of (?:10|ten)|of (?:10|ten)|von 10|sur 10|sobre 10|van de 10)$|^an? (?P<m>{_N})$")
_SAID_BY = re.compile(r"^(?:(?:it|this|that|das|es|c'|c'etait|era|dat|het) ?(?:was|is|war|est|etait|fue)?|said by|quote is from|the quote is (?:from|by)|from|von|de|van) (?P<who>.+?) (?:who|that|der|die|qui|que|quien) (?:said|wrote|told|sent|says|called|sagte|schrieb|dit|a dit|dijo|escribio|zei|schreef)\b.{0,20}$|^(?:said by|the quote is (?:from|by)|quote by|gesagt von|gezegd door|dit par|dicho por) (?P<by>.+)$")
_UNKNOWING = re.compile(r"(?:i )?(?:really )?(?:don'?t|do not|dont) know(?: (?:it|that|yet|sorry))*|(?:i have )?no (?:idea|clue)|not sure(?: yet)?|unknown|no one knows|can'?t (?:say|tell)|dunno|idk|neither(?: of (?:them|these|those))?|none(?: of (?:them|these|those|the above))?|skip(?: it| this)?|pass|keine ahnung|weiss (?:ich )?nicht|ich weiss (?:es )?nicht|weder noch|keine[rs]?(?: davon)?|je ne sais pas|aucune? (?:idee)?|aucun(?:e)?(?: des deux)?|ni l'un ni l'autre|no (?:lo )?se|ni idea|ningun[oa]?|geen (?:idee|van beide)|weet (?:ik )?niet|わかりません|不明")
_LATER = re.compile(r"\b(?:i(?:'ll| will| am going to)|let me|i'm|will) (?:ask|check|find out|look|get back|write|come back|let you know)\b|\b(?:tomorrow|later|next week|on a train|morgen|spater|demain|plus tard|manana|mas tarde|later)\b")
_YES = re.compile(r"(?:yes|yep|yup|yeah|ja|oui|si|correct|right|exactly|that's right|it is|stimmt|genau|exact|correcto|klopt)")
_ASKING = re.compile(r"^(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|can|could|would|will|should|shall|has|have|had|may|wer|was|wann|wo|warum|wie|welche|ist|sind|hat|kann|konnen|darf|qui|que|quand|pourquoi|comment|est-ce|quel|quelle|quien|cuando|donde|por que|como|cual|es|wie|wat|wanneer|waar|waarom|hoe|welke|mag|kunnen)\b")
_POLITE = re.compile(r"^(?:please |pls )?(?:could|can|would|will) you (?:please |pls |kindly )?|^(?:kannst|konntest|konnt|konnen) (?:du|ihr|sie) |^(?:peux-tu|pouvez-vous|pourrais-tu|pourriez-vous) |^(?:puedes|podrias|podeis) |^(?:kun|wil|kan) je ")
_NOT_NAMES = _words(
    "a an the happy new great good better best growing live fine right wrong correct incorrect closed open ours theirs mine quiet very so really not no now still also just on in at for from with to too by about as of my our their his her your already there here done true false urgent important big small amazing awesome nice cool ok okay private public internal shared shareable confidential complicated over late early only all both more less most monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday gut toll super falsch neu sehr nicht kein keine ein eine bien tres pas un une le la bueno muy no el geen niet een goed heel what who when because if when that this it they we i you he she going happening unknown unclear pending"
)
_DAY_WORDS = _words(
    "the on of last this past yesterday today st nd rd th am vom den der letzten letzte vorigen gestern heute vorgestern le du hier avant-hier aujourd'hui dernier el de ayer anteayer hoy pasado op gisteren eergisteren vandaag afgelopen day before morning afternoon night uhr "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_MONTHS = frozenset(_fold(m) for m in month_names())
_SEPARATOR = re.compile(r"\s*[;；]\s*|\s*[,、]\s+(?:(?:and|und|et|y|en|but|also|plus|then)\s+)?|\s+(?:and|und|et|y|en|&|\+|plus|also)\s+(?:also\s+|it's\s+also\s+)?|\s+-{1,2}\s+|\s*[.!]+\s+|,(?=[a-z])")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»)]*\s+|(?<=[。！？])\s*")
_BULLET = re.compile(r"^\s*(?:[-*•·–+]|\d{1,2}[.)](?=\s))\s*(?=\S)")
_CONDITION = re.compile(r"(?:only|not|never|don'?t|do not|unless|until|wait|later|maybe|perhaps|pending|nur|erst|nicht|noch nicht|nie|seulement|pas|jamais|solo|todavia no|aun no|nunca|niet|nog niet|alleen|pas als)\b(?! only\b)")
_MAYBE_CONDITION = re.compile(r"(?:if|when|once|after|as soon as|before|wenn|sobald|nachdem|falls|si|quand|apres|des que|cuando|despues|en cuanto|als|zodra|nadat)\b")
_REMARK = re.compile(
    r"^(?:they|it|its|it's|this|that's|he|she|we|i|i'm|there|because|since|as|sent|wrong|already|duplicate|by mistake|my (?:mistake|bad)|sensitive|too|they're|we're|"
    r"weil|denn|da|das|sie|er|es|wir|ich|war|parce que|car|ils?|elles?|on|nous|je|c'est|porque|ya que|ellos|ellas|es|son|nos|want|omdat|ze|zij|hij|het|we|wij|ik)\b(?!.*\b(?:if|unless|until|but not|except|wenn|falls|ausser|sauf|si|tenzij|mits|salvo)\b)"
)
_EXPLICIT = re.compile(rf"^(?:and |und |et |y |en )?{_THE}(?:(?:{_KEY})\s*(?:[:：=]|->)|(?:value|wert|valeur|valor|waarde) \d)")


def read_reply(text: str, *, asked: str | None = None, options: tuple[str, ...] = (), win_ids: tuple[int, ...] = (), kinds: tuple[str, ...] = (), names: tuple[str, ...] = (), accounts: tuple[str, ...] = ()) -> Reply:
    """What *text* asks for.

    *asked* is the field of the receipt's open question and *options* its choices. *win_ids* are
    the wins of the receipt in their order: only with several of them does a bare number or
    "the second" name one. *kinds* are the company's own names of categories, *names* what the
    sender is called (to find a signature), *accounts* the names that need no capital to be known.
    """
    return _Reading(asked, options, win_ids, tuple(_fold(k) for k in kinds), tuple(_fold(a) for a in accounts)).read(own_words(text, names))


def own_words(text: str, names: tuple[str, ...] = ()) -> str:
    """Without what is left of the quoted receipt, footers and a signature."""
    lines = to_lines(re.sub("[\ufeff\u200b\u200c\u00ad]", "", text[:MAX_TEXT]).replace("\r\n", "\n").replace("\u2028", "\n"))[:MAX_LINES]
    cut: set[int] = set()
    for boundary in find_boundaries(lines):
        # Yahoo and Outlook quote without marks: below their heading everything is the receipt, if she wrote above it.
        is_answered_above = any(line.text.strip() for line in lines[: boundary.start])
        if boundary.depth == 0 and not boundary.is_quoted_below and (boundary.is_header or is_answered_above):
            cut.update(range(boundary.start, len(lines)))
            break
        cut.update(range(boundary.start, boundary.end))
    kept = [line.text for i, line in enumerate(lines) if i not in cut and line.depth == 0]
    while kept and re.fullmatch(r"[\s_=*>-]*", kept[-1]):
        kept.pop()
    if all(is_footer(x) or not x.strip() for x in kept):
        return ""
    return fold("\n".join(kept), names).text.strip()


def is_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:[.,]\d)?", text) is not None


@dataclass(slots=True)
class _Reading:
    asked: str | None
    options: tuple[str, ...]
    ids: tuple[int, ...]
    kinds: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    answered: bool = False
    scope: tuple[int, ...] = ()
    rest: list[str] = field(default_factory=list)
    memo: dict[tuple[str, bool, tuple[int, ...]], list[Wish] | None] = field(default_factory=dict)

    # ------------------------------------------------------------ paragraphs, lines, sentences

    def read(self, text: str) -> Reply:
        wishes: list[Wish] = []
        left: list[tuple[int, str]] = []
        thanked = False
        lines = self._unwrapped(text.split("\n"))
        at = 0
        while at < len(lines):
            line = lines[at]
            at += 1
            if not line.strip():
                self.scope = ()
                continue
            if not wishes and not left and at < len(lines) and is_greeting(line) and self._wish(line) is None:
                continue
            refs, inner = self._leading_ref(line)
            if refs and not inner:
                self.scope = refs
                continue
            if prose := self._prose(inner if refs else line, lines, at):
                found, at = prose
                wishes += self._for(refs, found)
                continue
            for sentence in _sentences(inner if refs else line):
                got = self._sentence(sentence)
                left += [(at, rest) for rest in self.rest]
                self.rest.clear()
                if got is None:
                    left.append((at, sentence))
                elif got == [Wish("thanks")] or not got:
                    thanked = thanked or bool(got)
                else:
                    wishes += self._for(refs, got)
        wishes, left = self._answer_from(wishes, left)
        if thanked and not wishes and not left:
            return Reply((Wish("thanks"),))
        return Reply(tuple(dict.fromkeys(wishes)), _joined(left))

    def _unwrapped(self, lines: list[str]) -> list[str]:
        """A wish that a mail program broke in two is one line again; a key in the middle of a line begins its own."""
        out: list[str] = []
        for line in lines:
            sentences = _sentences(line)
            at = next((i for i, s in enumerate(sentences) if i and self._text_key(_bare_line(s))), None)
            pieces = [line] if at is None else [" ".join(sentences[:at]), " ".join(sentences[at:])]
            if out and out[-1].strip() and line.strip() and self._text_key(_bare_line(out[-1])) is None and not _BULLET.match(line):
                *_, last = _sentences(out[-1])
                first = (_sentences(pieces[0]) or [""])[0]
                if last[-1:] not in ".!?:" and self._parts(last) is None and self._parts(first) is None and self._parts(f"{last} {first}") is not None:
                    pieces[0] = f"{out.pop()} {pieces[0].strip()}"
            out += pieces
        return out

    def _for(self, refs: tuple[int, ...], wishes: list[Wish]) -> list[Wish]:
        refs = refs or self.scope
        if not refs:
            return wishes
        return [replace(w, win=r) if w.win is None else w for r in refs for w in wishes]

    def _answer_from(self, wishes: list[Wish], left: list[tuple[int, str]]) -> tuple[list[Wish], list[tuple[int, str]]]:
        """Free words that nothing else explained are the answer to the open question, where they can be one."""
        if self.asked is None or self.answered or not left:
            return wishes, left
        if self.asked in ("expected", "experienced", "cause", "summary"):
            # Words that hold a wish ("its acme corp, value 9") are a correction that was not understood whole, and no answer.
            if _LATER.search(_fold(left[0][1])) or any(self._holds_a_wish(x) for _, x in left):
                return wishes, left
            return [Wish("answer", self.asked, " ".join(x for _, x in left)), *wishes], []
        for index, (_, sentence) in enumerate(left):
            if (answer := self._answer(sentence)) is not None:
                return [answer, *wishes], left[:index] + left[index + 1 :]
        return wishes, left

    def _holds_a_wish(self, sentence: str) -> bool:
        parts = _SEPARATOR.split(_fold(sentence))[:MAX_PARTS]
        return len(parts) > 1 and any(part and _EXPLICIT.match(part.strip()) and self._parts(part) is not None for part in parts)

    def _prose(self, line: str, lines: list[str], at: int) -> tuple[list[Wish], int] | None:
        """A key whose value runs on, with the lines below it that belong to it."""
        bare = _bare_line(line)
        if self._text_key(bare) is None:
            return None
        value_lines = [bare]
        while at < len(lines) and lines[at].strip() and not self._begins_something(lines[at]):
            value_lines.append(lines[at].strip())
            at += 1
        whole = " ".join(value_lines)
        tails: list[Wish] = []
        for match in _SEPARATOR.finditer(_fold(whole)):
            if _EXPLICIT.match(_fold(whole[match.end() :])) and (found := self._parts(whole[match.end() :])) is not None:
                whole, tails = whole[: match.start()], found
                break
        wish = self._text_key(whole)
        return ([wish, *tails], at) if wish else None

    def _begins_something(self, line: str) -> bool:
        bare = _bare_line(line)
        if self._text_key(bare) is not None or self._leading_ref(line)[0]:
            return True
        return self._parts(bare) is not None

    def _text_key(self, text: str) -> Wish | None:
        low = _fold(text)
        for pattern, verb in ((_SHARE_WORDS, "share"), (_MODEL_WHY, "model")):
            if match := pattern.match(low):
                value = text[match.start("value") :].strip()
                return self._verb_with(verb, value)
        match = _KEY_COLON.match(low)
        field = _field_of(match["key"]) if match else None
        if match and field in _PROSE:
            return _set(field, text[match.start("value") :].strip())
        return None

    def _verb_with(self, verb: str, value: str) -> Wish | None:
        low = _fold(value).strip(_EDGE)
        if _THANKS.fullmatch(low):
            return Wish(verb)
        if verb == "share":
            if low in ("yes", "ja", "oui", "si", "ok", "true", "x"):
                return Wish("share")
            if low in ("no", "nein", "non", "nee", "false", "never"):
                return Wish("internal", instead_of="share")
            if _CONDITION.match(low) or (_MAYBE_CONDITION.match(low) and len(low.split()) <= 8 and not re.search(r"\d", low)):
                # "share: only after legal agrees" is no text for a customer.
                return None
        return Wish(verb, value=value.strip().strip("\"“”„«»").strip() or None)

    def _sentence(self, sentence: str) -> list[Wish] | None:
        if len(sentence) > MAX_PART:
            return None
        low = _clean(_fold(sentence))
        if _THANKS.fullmatch(low) or _ONLY_CHEER.fullmatch(low):
            return [Wish("thanks")]
        if _FILLER.fullmatch(low.strip(": ")):
            return []
        if _is_thumb(sentence):
            return [Wish("ok")]
        if sentence.rstrip(" \"”)").endswith(("?", "？")):
            return self._asking(sentence)
        if split := self._with_clause(sentence):
            found, rest = split
            self.rest.append(rest)
            return found
        if self.asked and not self.answered and (own := self._parts(sentence, deictic=False)) is not None and not (own == [Wish("ok")] and _YES.fullmatch(low)):
            return own
        if self.asked and not self.answered and (answer := self._answer(sentence)) is not None:
            self.answered = True
            return [answer]
        return self._parts(sentence)

    def _with_clause(self, sentence: str) -> tuple[list[Wish], str] | None:
        """(wishes, the remark behind them): "value 9, they were thrilled". A condition is no remark, and nothing is shared or undone with one."""
        low = _fold(sentence)
        for match in list(_SEPARATOR.finditer(low))[:MAX_PARTS]:
            rest = sentence[match.end() :]
            if not match.start() or not _REMARK.match(low[match.end() :]) or self._parts(rest) is not None:
                continue
            found = self._parts(sentence[: match.start()])
            if found and all(w.verb in ("set", "add", "private", "delete", "answer") or w.instead_of == "share" for w in found):
                return found, rest.strip()
        return None

    def _asking(self, sentence: str) -> list[Wish] | None:
        bare = sentence.rstrip("?？ \"”)")
        low = _fold(bare).strip()
        if _POLITE.match(low):
            found = self._parts(bare)
            if found is not None and not any(w.verb == "share" for w in found):
                return found
        elif self.asked and not self.answered and not _ASKING.match(low) and (answer := self._answer(bare)) is not None:
            self.answered = True
            return [answer]
        if len(low.split()) < 2 or (not _ASKING.match(low) and self._parts(bare) is not None):
            return None
        return [Wish("question", value=sentence.strip())]

    # ------------------------------------------------------------ parts of a sentence

    def _parts(self, text: str, *, deictic: bool = True, depth: int = 0) -> list[Wish] | None:
        """All of *text* as wishes, or None. It is cut at the first place where both sides make sense."""
        text = text.strip()
        known = (text, deictic, self.ids)
        if known not in self.memo:
            self.memo[known] = self._cut(text, deictic, depth)
        return self.memo[known]

    def _cut(self, text: str, deictic: bool, depth: int) -> list[Wish] | None:
        low = _fold(text)
        if depth < MAX_PARTS and len(text) < MAX_PART:
            for match in list(_SEPARATOR.finditer(low))[:MAX_PARTS]:
                if not match.start() or match.end() >= len(text):
                    continue
                head = self._wish(text[: match.start()], deictic=deictic)
                if head is None:
                    continue
                rest = text[match.end() :]
                if _THANKS.fullmatch(_clean(_fold(rest))):
                    return head
                tail = self._parts(rest, deictic=deictic, depth=depth + 1)
                if tail is not None:
                    return head + tail
        return self._wish(text, deictic=deictic)

    def _wish(self, text: str, *, deictic: bool = True) -> list[Wish] | None:
        """One part, wholly understood."""
        text = _bare_line(text)
        if len(text) > MAX_PART:
            return None
        start, end = _core(text)
        core = text[start:end]
        if not core:
            return None
        low = _fold(core)
        found = self._explicit(core, low)
        if found is None and deictic:
            found = self._deictic(core, low)
            if found is not None and found.field == self.asked:
                found = replace(found, verb="answer")
        if found is not None:
            return [found]
        refs, inner = self._ref_inside(core, low)
        if refs and (wishes := self._without_ref(inner)) is not None:
            return [replace(w, win=r) for r in refs for w in wishes]
        return None

    def _without_ref(self, inner: str) -> list[Wish] | None:
        saved, self.ids = self.ids, (0,)
        try:
            bare = re.sub(r"^(?:for |fur |pour |para |voor )?it\s*[:.,)-]\s*|\s+(?:for|on|of|to|from) it$", "", inner)
            return self._wish(bare) or self._wish(re.sub(r"^it |:? it$", "", bare))
        finally:
            self.ids = saved

    def _explicit(self, core: str, low: str) -> Wish | None:
        """What names its verb or its field."""
        if (verb := _verb_of(low)) is not None:
            return verb
        if wish := self._text_key(core):
            return wish
        if match := _URL.match(core):
            return Wish("add", "urls", match["url"])
        if match := _ADD.match(low):
            group = "value" if match["key"] else "value2"
            field = _field_of(match["key"] or match["key2"] or "")
            return Wish("add", field, core[match.start(group) :].strip(_EDGE)) if field else None
        if match := re.fullmatch(r"[#＃]([a-z][\w-]*)", low):
            return self._tag(match[1].replace("-", " ").replace("_", " "))
        for pattern in (_KEY_COLON, _KEY_DASH):
            if (match := pattern.match(low)) and (field := _field_of(match["key"])):
                return self._typed(field, core[match.start("value") :].strip())
        if match := _CHANGE.match(low):
            key = match["a"] or match["b"] or match["c"]
            group = "av" if match["a"] else "bv" if match["b"] else "cv"
            return self._stated(_BY_KEY[key], core[match.start(group) : match.end(group)])
        if (match := _KEY_IS.match(low)) and (field := _field_of(match["key"])):
            return self._stated(field, core[match.start("value") : match.end("value")], key=match["key"])
        if (match := _KEY_SPACE.match(low)) and (field := _field_of(match["key"])):
            return self._spaced(field, core[match.start("value") :])
        if match := _BARE_VALUE.match(low):
            return Wish("set", "value", _number(match["n"] or match["m"]))
        return None

    def _tag(self, word: str) -> Wish | None:
        return _verb_of(word) or (Wish("set", "category", word) if self._is_kind(word) else None)

    def _typed(self, field: str, value: str) -> Wish | None:
        """Behind a colon: whatever stands there is meant."""
        low = _fold(value).strip(_EDGE)
        if field == "visibility":
            return _verb_of(low) or ({"shareable": Wish("share"), "public": Wish("share"), "yes": Wish("share")}.get(low))
        if field == "urls":
            return Wish("add", "urls", value)
        if field == "value":
            number = re.fullmatch(rf"(?P<n>{_N}){_OF_TEN}", low)
            return Wish("set", "value", _number(number["n"])) if number else None if len(low.split()) > 3 else Wish("set", "value", value.strip(_EDGE))
        match = _NOT.search(low)
        if match and "(" not in low[: match.start() + 1] and field in ("account", "contact", "category", "date", "csm"):
            return Wish("set", field, value[: match.start()].strip(_EDGE), instead_of=value[match.end() :].strip(_EDGE) if field == "account" else None)
        return _set(field, value)

    def _stated(self, field: str, value: str, key: str = "") -> Wish | None:
        """Behind "is": only what looks like a value of this field; "the customer is happy" is none."""
        low = _fold(value).strip(_EDGE)
        if field in ("account", "contact", "csm"):
            match = _NOT.search(low)
            name = value.strip(_EDGE)[: match.start()] if match else value
            lower_too = field != "contact" and key not in ("customer", "client", "kunde", "cliente", "klant", "company", "firma", "empresa", "who", "person")
            if not _is_name(re.split(r"[(,]", name)[0] if field == "contact" else name, lower_too=lower_too) and not ("@" in name and " " not in name.strip()):
                return None
            return Wish("set", field, name.strip(_EDGE), instead_of=value.strip(_EDGE)[match.end() :].strip() if match and field == "account" else None)
        if field == "value":
            return self._value(low)
        if field == "category":
            return self._kind(value)
        if field == "date":
            return Wish("set", "date", _without_on(value)) if is_day(value) else None
        if field in ("time", "cost", "features", "factors", "urls", "visibility", "detail", "experienced", "expected"):
            return None
        return _set(field, value) if key in ("cause", "reason", "root cause", "summary", "headline", "grund", "ursache", "raison", "motivo", "causa", "reden", "oorzaak", "title", "titel") else None

    def _spaced(self, field: str, value: str) -> Wish | None:
        """``value 9``, ``date 12 Nov``, ``Account Globex``: the key and something that can be nothing else."""
        low = _fold(value).strip(_EDGE)
        if field == "value":
            return self._value(low)
        if field == "date":
            return Wish("set", "date", _without_on(value)) if is_day(value) else None
        if field == "category":
            return self._kind(value)
        if field in ("account", "contact", "csm") and _is_name(value, lower_too=False) and len(value.split()) <= 6:
            return Wish("set", field, value.strip(_EDGE))
        return None

    def _value(self, low: str) -> Wish | None:
        match = re.fullmatch(rf"(?:an? |to )?(?P<n>{_N}){_OF_TEN}(?:,? not (?:an? )?{_N}{_OF_TEN})?", low)
        return Wish("set", "value", _number(match["n"])) if match else None

    def _kind(self, value: str) -> Wish | None:
        text = value.strip(_EDGE)
        low = _fold(text)
        if match := _NOT.search(low):
            text = text[: match.start()]
            low = low[: match.start()]
        if match := re.match(_ARTICLE, low):
            text, low = text[match.end() :], low[match.end() :]
        if (match := re.search(r" (?:win|kind|type)$", low)) and self._is_kind(low[: match.start()]):
            text, low = text[: match.start()], low[: match.start()]
        return Wish("set", "category", text.strip(_EDGE)) if self._is_kind(low) else None

    def _is_kind(self, low: str) -> bool:
        low = low.strip(_EDGE).replace("-", " ")
        if low in _KIND_WORDS or low in self.kinds:
            return True
        best = process.extractOne(low, [k for k in (*_KIND_WORDS, *self.kinds) if len(k) > 5], scorer=fuzz.ratio, score_cutoff=88) if len(low) > 5 else None
        return best is not None and best[0][0] == low[0]

    # ------------------------------------------------------------ "it's …"

    def _deictic(self, core: str, low: str) -> Wish | None:
        if match := _WRONG.match(low):
            field = _BY_KEY[match["a"] or match["b"] or match["c"]]
            rest = core[match.start("rest") :].strip(" ,.;:!-")
            inner = _SHOULD.match(_fold(rest))
            named = rest[inner.start("rest") :].strip(_EDGE) if inner else rest
            return self._typed(field, named) if inner or (named and _is_name(named, lower_too=False)) else None
        if match := _SAID_BY.match(low):
            group = "who" if match["who"] else "by"
            who = core[match.start(group) : match.end(group)].strip(_EDGE)
            return Wish("set", "contact", who) if _is_name(who.split(",")[0], lower_too=False) else None
        if match := _NOT_BUT.match(low):
            return self._meant(core[match.start("new") :].strip(_EDGE), core[match.start("old") : match.end("old")].strip(_EDGE), "is")
        if match := _MORE_OF.match(low):
            return self._kind(core[match.start("new") : match.end("new")])
        if match := _DEICTIC.match(low):
            rest = core[match.start("rest") :].strip(_EDGE)
            return self._split_not(rest, match["is"])
        if (match := _NOT.search(low)) and match.start():
            return self._split_not(core, "")
        return None

    def _split_not(self, rest: str, how: str) -> Wish | None:
        match = _NOT.search(_fold(rest))
        if match and match.start() and not re.search(r"\b(?:is|was|are|ist|war|est|es|era)$", _fold(rest[: match.start()]).strip(_EDGE)):
            # Behind "contact is not Dale" nothing says who else it was.
            return self._meant(rest[: match.start()].strip(_EDGE), rest[match.end() :].strip(_EDGE + ")"), how)
        return self._meant(rest, None, how) if how else None

    def _meant(self, new: str, old: str | None, how: str) -> Wish | None:
        """What "it is *new*" corrects: only the shape of the words can tell."""
        low = _fold(new)
        if old is None and (verb := _verb_of(low)) is not None and verb.verb in ("private", "internal", "named"):
            return verb
        if number := self._value(low):
            return number if old is None or re.fullmatch(rf"(?:an? )?{_N}{_OF_TEN}", _fold(old)) else None
        if kind := self._kind(new):
            return kind
        if is_day(new):
            return Wish("set", "date", _without_on(new))
        if old is not None:
            if re.match(_ARTICLE, _fold(old)) or re.match(_ARTICLE, low) or len(old.split()) > 5:
                return None
            if _is_name(new, lower_too=True) and (_is_name(old, lower_too=False) or _is_name(new, lower_too=False)):
                return Wish("set", "account", new, instead_of=old)
            return None
        name, _, behind = new.partition(",")
        if not behind and self._is_account(low):
            return Wish("set", "account", name)
        if not _is_name(name, lower_too=False) or (how.startswith(("make", "change", "set", "its")) and not name[:1].isupper()):
            return None
        words = name.split()
        if ("was" in how or "war" in how or "etait" in how or "era" in how) and (behind or len(words) >= 2):
            return Wish("set", "contact", new) if len(behind.split()) <= 5 else None
        return Wish("set", "account", name) if not behind else None

    def _is_account(self, low: str) -> bool:
        """Whether it is a known account's name, however the thumb typed it."""
        return len(low) > 3 and process.extractOne(low, self.accounts, scorer=fuzz.ratio, score_cutoff=90) is not None

    # ------------------------------------------------------------ which win

    def _leading_ref(self, line: str) -> tuple[tuple[int, ...], str]:
        """(wins named at the beginning, what follows); nothing follows where the lines below are meant."""
        text = line.strip().strip("*_")
        low = _fold(text)
        match = re.match(rf"^(?:for |zu |fur |pour |para |voor |re )?{_THE}(?P<ref>(?:(?:#|no\.? ?|nr\.? ?|number |win #?|erfolg )?\d{{1,9}}|(?:{_ORDINAL}){_ONE})(?:\s*(?:,|and|&|und|et|y|en|\+)\s*#?\d{{1,9}})*)\s*(?P<sep>[:.)\]-]+)\s*(?P<rest>.*)$", low)
        if not match:
            return (), text
        refs = self._refs(match["ref"], strict=":" not in match["sep"] or not match["rest"])
        rest = text[match.start("rest") :].strip()
        if not refs or (rest and self._parts(rest) is None and self._text_key(rest) is None):
            return (), line
        return refs, rest

    def _refs(self, text: str, *, strict: bool) -> tuple[int, ...]:
        found: list[int] = []
        for match in re.finditer(rf"(?P<mark>#|no\.? ?|nr\.? ?|number |win #?|erfolg )?(?P<n>\d{{1,9}})|(?P<o>{_ORDINAL})\b", text):
            if match["o"]:
                number = next(n for n, words in _ORDINALS.items() if re.fullmatch(words, match["o"]))
                if len(self.ids) == 1:
                    return ()
                found.append(number)
                continue
            number = int(match["n"])
            is_known = number in self.ids or (len(self.ids) > 1 and 1 <= number <= len(self.ids))
            is_marked = bool(match["mark"]) and (number > 9 or len(self.ids) != 1)
            if not is_known and not is_marked:
                return ()
            found.append(number)
        return tuple(found)

    def _ref_inside(self, core: str, low: str) -> tuple[tuple[int, ...], str]:
        if self.ids == (0,):
            return (), core
        number = r"(?:#|no\.? ?|nr\.? ?|number |wins? #?|erfolg )?\d{1,9}"
        for match in re.finditer(rf"(?<![\w#./,-])(?:the |der |die |das |den |le |la |el |de )?(?P<ref>(?:wins? )?(?:{number})(?:(?:\s*,\s*(?:and )?|\s+(?:and|&|und|et|y|en|\+)\s+)(?:{number}))*|(?:{_ORDINAL}){_ONE}(?:\s+(?:and|&|und|et|y|en)\s+(?:the )?(?:{_ORDINAL}){_ONE})*)(?![\w%/€$])", low):
            refs = self._refs(match["ref"], strict=True)
            if refs:
                return refs, f"{core[: match.start()]}it{core[match.end() :]}"
        return (), core

    # ------------------------------------------------------------ the open question

    def _answer(self, sentence: str) -> Wish | None:
        """The sentence as an answer to what was asked, or None."""
        assert self.asked is not None
        if len(sentence) > MAX_PART:
            return None
        start, end = _core(_bare_line(sentence))
        text = _bare_line(sentence)[start:end]
        low = _fold(text)
        if not text:
            return None
        if _UNKNOWING.fullmatch(_clean(low)):
            return Wish("answer", self.asked)
        if _LATER.search(low):
            return None
        if self.options and (choice := self._choice(low)) is not None:
            return Wish("answer", self.asked, choice)
        if _YES.fullmatch(_clean(low)):
            return Wish("answer", self.asked, self.options[0] if len(self.options) == 1 else "yes") if len(self.options) < 2 else None
        inner = re.match(rf"^(?:{_IS}) |^(?:mostly|mainly|rather|probably|definitely|clearly|must be) ", low)
        told = (text[inner.end() :] if inner else text).strip(_EDGE)
        told_low = _fold(told)
        if self.asked in ("account", "contact", "csm"):
            match = _NOT.search(told_low)
            name = told[: match.start()] if match else told
            first = name.split(",")[0]
            limit = 5 if self.asked == "account" else 4
            if self.options and self.asked == "account" and not _is_name(first, lower_too=True):
                return None
            ok = len(first.split()) <= limit and _fold(first).split()[:1] and not set(_fold(first).split()) & (_NOT_NAMES - {"the", "of", "in", "and", "la", "le", "el", "a", "new", "best", "public", "big", "all", "on", "i", "de"})
            return Wish("answer", self.asked, name.strip(_EDGE)) if ok and len(name.split()) <= 10 and not _verb_in(told_low) else None
        if self.asked == "category":
            wish = self._kind(told)
            return Wish("answer", "category", wish.value) if wish else None
        if self.asked in ("date", "win_date"):
            return Wish("answer", self.asked, _without_on(told)) if is_day(told) else None
        if self.asked == "value":
            wish = self._value(told_low)
            return Wish("answer", "value", wish.value) if wish else None
        if self.asked in ("measure", "measures"):
            return Wish("answer", self.asked, text) if re.search(r"\d", text) else None
        return None

    def _choice(self, low: str) -> str | None:
        """By number, letter, place, name, or a word that only one of the choices has."""
        low = _clean(low)
        inner = re.match(rf"^(?:{_IS}) ", low)
        low = low[inner.end() :] if inner else low
        low = re.sub(rf"^{_THE}|^(?:number|option|choice|nr\.?|no\.?) ?#?|^#|^\(|{_ONE}$|\)$|[.)]$", "", low).strip()
        low = re.sub(r"^(?:number|option|choice|nr\.?|no\.?) ?#?", "", low).strip(" ().")
        count = len(self.options)
        if low.isdigit():
            return self.options[int(low) - 1] if 1 <= int(low) <= count else None
        if low in _NUMBERS and _NUMBERS[low] <= count:
            return self.options[_NUMBERS[low] - 1]
        for number, words in _ORDINALS.items():
            if re.fullmatch(words, low):
                return self.options[number - 1 if number > 0 else -1] if number <= count else None
        if len(low) == 1 and "a" <= low < chr(ord("a") + count):
            return self.options[ord(low) - ord("a")]
        folded = [_fold(o) for o in self.options]
        if low in folded:
            return self.options[folded.index(low)]
        typed = set(low.split())
        telling = [i for i, o in enumerate(folded) if any(self._tells(w, i, folded) for w in typed & set(o.split()))]
        if len(telling) == 1 and typed <= set(folded[telling[0]].split()) | _FILLERS:
            return self.options[telling[0]]
        ranked = sorted(((fuzz.ratio(low, o), i) for i, o in enumerate(folded)), reverse=True)
        if ranked and ranked[0][0] >= 80 and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 8):
            return self.options[ranked[0][1]]
        return None


    @staticmethod
    def _tells(word: str, place: int, options: Sequence[str]) -> bool:
        """Whether no other choice has the word, or one spelt much like it."""
        return all(fuzz.ratio(word, other) < SLIP for at, option in enumerate(options) if at != place for other in option.split())


_FILLERS = _words("the one a ones company people guys customer account firm firma option mostly mainly die der das le la el de het")

# ---------------------------------------------------------------- helpers


def _set(field: str, value: str) -> Wish | None:
    value = " ".join(value.split()) if field not in _PROSE else value.strip()
    value = value.strip("*_ \t\"“”„«»").strip()
    if field in ("account", "contact", "category", "date", "csm"):
        start, end = _core(value)
        value = value[start:end]
    if field == "customer_text":
        return Wish("share", value=value)
    return Wish("set", "quote" if field == "detail" else field, value) if value else None


def _number(text: str) -> str:
    return str(_NUMBERS.get(text, text)).replace(",", ".")


def _clean(low: str) -> str:
    return " ".join(_NOT_LETTERS.sub(" ", low).split()).strip(_EDGE + "?")


def _bare_line(line: str) -> str:
    """Without a bullet, stars and emoji around it."""
    text = _BULLET.sub("", line.strip(), count=1)
    return _NOT_LETTERS.sub("", text).strip().strip("*_").replace("**", "").replace("*:", ":").replace(":*", ":").strip()


def _core(text: str) -> tuple[int, int]:
    """Where the text stands without politeness, greetings and marks around it."""
    low = _fold(text)
    start, end = 0, len(low)
    while True:
        while start < end and low[start] in _EDGE:
            start += 1
        while end > start and low[end - 1] in _EDGE:
            end -= 1
        match = _LEAD.match(low[start:end])
        if match and match.end() < end - start:
            start += match.end()
            continue
        match = _TAIL.search(low[start:end])
        if match and match.start() > 0:
            end = start + match.start()
            continue
        return start, end


def _verb_of(low: str) -> Wish | None:
    """The verb that *low* is, from its first to its last word."""
    low = " ".join(low.split()).strip(_EDGE)
    for verb, pattern in _COMPILED:
        if pattern.fullmatch(low):
            name, _, instead = verb.partition("<")
            return Wish(name, instead_of=instead or None)
    word, _, rest = low.partition(" ")
    if len(word) >= 4 and rest in ("", "this", "it", "that", "this one", "das", "dit") and word not in _REAL_WORDS:
        for right, verb in _SLIPS.items():
            if word[0] in right[:2] and OSA.distance(word, right, score_cutoff=1) == 1 and sorted(set(word)) == sorted(set(word) & set(right)):
                return Wish(verb)
    return None


def _verb_in(low: str) -> bool:
    return any(_verb_of(part) for part in (low, low.split()[0] if low else ""))


def _is_thumb(text: str) -> bool:
    bare = text.strip(_EDGE + "\ufe0f")
    return bool(bare) and all(c in "👍👌✅✔☑🆗" or "\U0001F3FB" <= c <= "\U0001F3FF" for c in bare.replace("\ufe0f", ""))


def _is_name(text: str, *, lower_too: bool) -> bool:
    """Whether it can be the name of a company or a person: few words, the first with a capital, none that only sentences have."""
    words = text.strip(_EDGE).split()
    if not words or len(words) > 6:
        return False
    folded = [_fold(w).strip(_EDGE) for w in words]
    if folded[0] in _NOT_NAMES or folded[0] in _DAY_WORDS or folded[0] in _MONTHS:
        return False
    head = next((w for w in words if w[0].isalpha() or w[0].isdigit()), "")
    if head[:1].isupper() or (head[:1].isalpha() and not head[:1].isascii()) or any(c.isupper() for c in head):
        small = [w for w in words[1:] if w[0].isalpha() and w.islower() and _fold(w) not in ("and", "of", "the", "de", "du", "la", "le", "und", "et", "y", "en", "von", "van", "der", "den", "des", "for", "at", "their", "our", "in", "group", "inc", "corp", "gmbh")]
        return not small
    return lower_too and len(words) <= 3 and not set(folded) & _NOT_NAMES and not any(w.endswith(("ing", "ed", "'s", "'re")) for w in folded)


def is_day(text: str) -> bool:
    """Whether every word of it helps to name a day."""
    low = _fold(text).strip(_EDGE)
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+", low)
    if not words or len(words) > 6:
        return False
    if not all(w in _DAY_WORDS or w.strip(".") in _MONTHS or (w.isdigit() and len(w) <= 4) for w in words):
        return False
    named = any(w in _MONTHS for w in words) or any(w in _DAY_WORDS and len(w) > 3 and w not in ("last", "this", "past", "letzten", "letzte", "morning", "dernier", "before", "pasado") for w in words)
    digits = [w for w in words if w.isdigit()]
    if named:
        return len(digits) <= 2 or in_words(text, date(2100, 1, 1)) is not None
    if len(digits) in (2, 3) and re.fullmatch(r"(?:on |am |vom |le |el |op )?(?:the )?\d{1,4}[./-]\d{1,2}(?:[./-](?:\d{2,4})?)?", low):
        return True
    return re.fullmatch(r"(?:on )?the \d{1,2}(?:st|nd|rd|th)|(?:on )?\d{1,2}(?:st|nd|rd|th)", low) is not None


def _without_on(text: str) -> str:
    return re.sub(r"^(?:on|am|vom|le|el|op)\s+", "", text.strip(_EDGE + "-"), flags=re.I)


def _sentences(line: str) -> list[str]:
    """Cut at full stops that end a sentence: not behind "12." before a month, nor behind a short form."""
    line = line.strip()
    found: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(line):
        before, after = line[start : match.start()], line[match.end() :]
        last = before.rstrip(".").rsplit(None, 1)[-1] if before.strip(".").strip() else ""
        next_word = _fold(re.split(r"[\s.,]", after, maxsplit=1)[0])
        if before.endswith(".") and ((last.isdigit() and (next_word in _MONTHS or not before.rstrip(".")[: -len(last)].strip())) or (last.lower() in _SHORT) or (len(last) == 1 and last.isupper())):
            continue
        if _WRONG.fullmatch(_fold(before).strip(_EDGE)):
            continue
        found.append(before.strip())
        start = match.end()
    found.append(line[start:].strip())
    return [f for f in found if f]


_SHORT = _words("dr mr mrs ms prof st nr no inc ltd corp co jr sr vs e.g i.e z.b p.ej bijv ca approx dept u.s s.a s.l b.v")


def _joined(left: Sequence[tuple[int, str]]) -> str | None:
    """Line by line as it was typed; *left* are (number of the line, words)."""
    return "\n".join(" ".join(x for _, x in group) for _, group in groupby(left, key=lambda x: x[0])) or None
