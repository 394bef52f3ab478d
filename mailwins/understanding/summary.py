"""The one line people read: the member's own headline, else a subject that says the outcome, else the sentence that carries it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from mailwins.model import Reason, Source
from mailwins.parsers.dates import month_names
from mailwins.parsers.folding import is_closing_line, is_footer, is_greeting
from mailwins.parsers.labels import without_tags
from mailwins.parsers.opened import bare_subject
from mailwins.patterns import rare
from mailwins.understanding.classifier import Part
from mailwins.understanding.duplicates import NO_ASCII_LETTERS
from mailwins.understanding.internal import cue_of_confidence
from mailwins.understanding.spotting import Spotter

MAX_LENGTH = 120
_BEGINS = r"(?=[\"“«'(\[]?[A-ZÀ-ÞА-Я0-9¡¿])"
# Where a sentence ends, in a text that is spaced or not. The first begins with one sign of a few, so that the search engine runs from one to the next.
_SPACED_END = re.compile(
    rf"[\"”»')\]\s](?:(?<=[.!?…]\s)\s*{_BEGINS}|(?<=[.!?…][\"”»')\]])[\"”»')\]]*\s+{_BEGINS}|(?<=\n)\n*)"
)
_SENTENCE_END = re.compile(rf"(?<=[.!?…])(?:[\"”»')\]]*)\s+{_BEGINS}|(?<=[。！？])|\n+")
_SENTENCE_END_SMALL = rare(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[^\W\d_])|" + _SENTENCE_END.pattern)
_UNSPACED_END = re.compile(r"[。！？]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|z\.B|d\.h|ca|bzw|etc|e\.g|i\.e|vs|approx|Inc|Ltd|Co|Sr|Sra|M|Mme|incl|inkl|usw)\.|\b[A-Z]\.)$"
)
_LONGEST_ABBREVIATION = len(" approx.")

# Words that carry an outcome, in the languages we speak with people. Only used to rank sentences.
_OUTCOME = Spotter(
    r"\b(?:saved?|saving|cut|reduc\w+|drop\w*|fell|down|up|doubl\w+|tripl\w+|halv\w+|increas\w+|grew|grown|faster|quicker|less|fewer|zero|first|reached|hit|beat|exceed\w+|record|finished|completed|launched|live|rolled out|replac\w+|retired|instead of|renew\w*|sign(?:ed|s)|upgrad\w+|expan\w+|extend\w*|approved|recommend\w*|referr\w+|introduc\w+|won|award\w*|passed|closed|scored|certified|agreed|joined|migrated|automat\w+|every|all|never|no longer|without|best|went live|love[sd]?|paid (?:for )?itself|paid off|pays for itself|caught|"
    r"gespart|spart|sparen|reduziert|gesunken|gesenkt|halbiert|verdoppelt|gestiegen|schneller|weniger|statt|erreicht|geschafft|verlängert|unterschrieben|empfohlen|empfehlen|abgeschlossen|eingeführt|läuft|erstmals|nie wieder|keine \w+ mehr|"
    r"économis\w+|gagn\w+|réduit\w*|baiss\w+|doublé|divisé|plus rapide|moins|au lieu|atteint|terminé|renouvel\w+|signé|recommand\w+|déployé|premi\w+|"
    r"ahorr\w+|reduc\w+|redujo|bajó|duplic\w+|más rápido|menos|en lugar|en vez|logr\w+|alcanz\w+|termin\w+|renov\w+|firm\w+|recomend\w+|primer\w*|pasado de|"
    r"bespaard|bespar\w+|verminderd|gedaald|verdubbeld|sneller|minder|plaats van|bereikt|gelukt|verlengd|getekend|aanbevolen|eerste|zonder|"
    r"risparmi\w+|ridott\w+|raddoppi\w+|rinnovat\w+|econom\w+|reduzi\w+|renov\w+|sparat|sparar|minskat|ökat|förlängt|zaoszczędz\w+|skróci\w+|podpisa\w+|not (?:even )?a single|not\b.{1,30}\bonce|not once|kein\w* einzig\w+|pas une? seule?|ni una? sola?|ni un solo|(?:nemmeno|neanche) una?|nem uma?|geen enkele?|inte en enda|ani razu|ani jedn\w+|ever since|since we|seitdem|depuis que|desde que|da quando|odkąd)\b|(?:一度も|削減|短縮|増|減|向上|達成|更新|契約|完了|稼働|ゼロ|半分|以内|助か)",
)
_PRAISE = Spotter(
    r"\b(?:great|amazing|fantastic|brilliant|excellent|wonderful|superb|outstanding|impressed|impressive|happy|delighted|thrilled|love|loves|perfect|awesome|best|fabulous|incredible|grateful|kudos|hats off|super|toll|klasse|begeistert|hervorragend|wunderbar|großartig|zufrieden|prima|spitze|ravi\w*|génial|formidable|excellent\w*|parfait\w*|impressionn\w+|enchant\w+|genial|encantad\w+|increíble|estupend\w+|fantástic\w+|geweldig|fantastisch|blij|tevreden|top|ottim\w+|felic\w+|fantastic\w+|ótim\w+|maravilhos\w+|fantastiskt|nöjd\w*|świetn\w+|zadowolen\w+)\b|(?:素晴|感謝|ありがと|助かり|満足)",
)
_NUMBERED = re.compile(r"\d")
_ONLY_FIGURES = re.compile(r"\W*[\d\W]+\W*")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s")
_PARAGRAPH_END = re.compile(r"\n\s*\n")
# What has digits and is no figure of the news: an age or a year in brackets, a day ("20/10", "3.11.", "2026-11-03"), the number in a name ("Tour 4,").
_NO_FIGURE = re.compile(
    r"\([^()]*\)|\b\d{4}-\d\d-\d\d\b|\b(?!(?:10|\d)/(?:5|10)\b(?!/))\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|(?<=\s)[A-ZÄÖÜ][a-zäöüß]+ \d{1,3}(?=\s*(?:[(.,;:]|$))"
)
_AMOUNT = rare(r"\d\s?(?:%|percent|prozent|hours?|days?|minutes?|h\b|k\b|€|\$|stunden|tage|minuten)|[€$£]\s?\d", re.I)
_EMPTY = re.compile(
    r"^(?:fyi|f\.y\.i\.|see below|see attached|see above|please see|below|for your|team,? see|forwarding|fwd|as promised|as discussed|zur info|z\.k\.|siehe (?:unten|anhang)|pour info|voir ci-dessous|para (?:tu|su) información|ver abajo|ter info|zie (?:onder|bijlage)|per conoscenza|worth reading|have a look|look at this|sharing|adding|just (?:got|received|forwarding) this|(?:just )?(?:had|have|wanted|want) to share\b.{0,12}$|(?:great|good|nice|lovely|quick|long|interesting) (?:call|chat|meeting|talk|lunch|coffee|visit|session|catch-up) (?:with|at|today|yesterday)\b|(?:gute[srn]?|nette[srn]?|schöne[srn]?|langes) (?:gespräch|telefonat|anruf|treffen|termin) (?:mit|bei|heute|gestern)\b|(?:bon|bel|belle|bonne|super) (?:échange|appel|rencontre|réunion|point) avec\b|(?:buena|muy buena|gran) (?:llamada|charla|reunión|visita) con\b|(?:boa|ótima) (?:conversa|chamada|reunião|visita) com\b|(?:bella|buona) (?:chiacchierata|chiamata|riunione|visita) con\b|(?:goed|leuk|fijn) (?:gesprek|telefoontje|overleg|bezoek) met\b|(?:bra|trevligt) (?:samtal|möte|besök) med\b|(?:dobra|miła) rozmowa z\b|this (?:just )?came in|hi\b|hello\b|dear\b|thanks?\b.{0,20}$|thank you\b.{0,30}$|danke\b.{0,20}$|vielen dank\b.{0,30}$|merci\b.{0,25}$|gracias\b.{0,25}$|bedankt\b.{0,20}$|hope (?:you|this|all)|i hope|have a (?:good|nice|great|lovely)|enjoy (?:the|your) weekend|schöne[sn]? (?:tag|abend|wochenende|woche)|bon(?:ne)? (?:week-?end|journée|soirée)|buen (?:fin de|día)|bom (?:fim|dia)|buon (?:fine|weekend)|fijn(?:e)? (?:weekend|dag|avond)|(?:ha en )?trevlig (?:helg|dag)|ha det (?:gott|bra)|miłego (?:dnia|weekendu)|ich hoffe|j'espère|espero que|お世話になっております|いつもお世話)",
    re.I,
)
_REQUEST = re.compile(
    r"^(?:please|pls|can|could|would|will|bitte|könn\w+|pouvez|peux|por favor|puede|kun|kan|let me know|do (?:let|tell|send|keep|please)|see you|talk|call me|richte(?:t|n sie)?|sagen sie|sagt? (?:ihm|ihr|bitte|dem|der)|transmett\w+|dites|dis (?:à|lui)|dile|dale|dígal\w+|diga[- ]lhe|digli|dille|gli dica|zeg (?:het|hem|haar|tegen)|doe (?:hem|haar) de|hälsa|säg (?:till|det)|przekaż\w*|powiedz(?:cie)?|thanks for the quick|as (?:you|we) (?:asked|discussed))\b",
    re.I,
)
_WEAK_SUBJECT = re.compile(
    r"^(?:win|new win|a win|wins|good news|great news|nice|feedback|customer feedback|update|quick (?:update|note|one)|hello|hi|fyi|question|thanks?|thank you|thanks? (?:a lot|so much)|note|story|another one|for the digest|two good ones|small win|big win|great|compliment|kudos|danke|merci|gracias|rückmeldung|gute nachrichten|lob|info|bedankt|grazie|obrigado|お礼|御礼)\W*$",
    re.I,
)
# "Quick numbers for your deck: 212 of …", "short news before the season: …": words about the message, not the outcome.
_LEAD_IN = re.compile(
    r"^(?:(?:a |some |just a |just )?(?:quick|short|brief|small|good|great|more)\s+(?:numbers?|news|note|update|one|word|heads[- ]up|feedback)|(?:kurze?s?|gute) (?:info|nachricht(?:en)?|neuigkeit(?:en)?|rückmeldung|update)|(?:petite?|bonne) (?:info|nouvelle|bilan|point|mot)|one for the \w+|(?:ganz )?kurze?r? \w+|(?:nog )?even een (?:kort )?\w+|un petit mot|not sure (?:if )?(?:it|this) counts(?:,? but)?|voor de \w+|für die \w+|(?:kurzer |kleiner )?zwischenstand|buenas noticias|goed nieuws|buone notizie|boas notícias|goda nyheter|dobre wieści)\b[^:.!?]{0,60}:\s+(?=\S.{11})",
    re.I,
)
# Figures in words, for ranking only: "four hours", "zwei Tage", "la mitad".
_SPELLED = (
    r"zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half|twice|"
    r"null|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|tausend|dutzend|halb|hälfte|doppelt|"
    r"deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|quinze|vingt|trente|cent|mille|moitié|double|"
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|cien|mil|mitad|doble|"
    r"twee|drie|vijf|zes|zeven|negen|tien|twaalf|twintig|honderd|helft|due|tre|quattro|cinque|sette|dieci|cento|metà|dois|duas|três|quatro|sete|oito|nove|dez|cem|metade|två|fyra|fem|sju|åtta|nio|tio|hälften|dwa|dwie|trzy|cztery|pięć|dziesięć|połow[aęy]"
)
_ORDINALS = r"(?:\w+-?)?(?:hundredth|thousandth|millionth)|\w*(?:hundert|tausend|million)st\w*|(?:\w+-)?(?:centi|milli|millioni)ème|(?:cent|mil|millon|milion)ésim\w+|\w*(?:cent|mill|milion)esim\w+|\w*(?:honderd|duizend|miljoen)ste|\w*(?:hundrade|tusende|miljonte)|\w*(?:setn|tysięczn|milionow)\w+"
_SPELLED_NUMBER = Spotter(rf"(?<!\w)(?:{_SPELLED})(?!\w)")
_SPELLED_ORDINAL = rare(rf"(?<!\w)(?:{_ORDINALS})(?!\w)", re.I)
# Where none of these stands, no ordinal does.
_OF_ORDINALS = (
    "hundr",
    "hundert",
    "honderd",
    "thousand",
    "tausend",
    "tusende",
    "duizend",
    "mil",
    "cent",
    "setn",
    "tysięczn",
)
_UNITS = r"hours?|minutes?|days?|weeks?|months?|seconds?|percent|stunden?|minuten?|tage?n?|wochen?|monate?n?|prozent|heures?|jours?|semaines?|mois|horas?|minutos?|días?|semanas?|meses|uur|uren|dagen?|weken|maanden|ore|giorn[io]|settiman[ae]|mesi|dias?|timmar|dagar|veckor|månader|godzin\w*|dni|tygodni\w*"
_UNIT = Spotter(rf"\b(?:{_UNITS})")
_COUNTS = rf"(?:{_SPELLED}|{_ORDINALS}|one|an?|single|ein\w*|une?|una?|één|um|uma|en|ett|jed\w+)"
_COUNT = re.compile(_COUNTS)
_SPELLED_AMOUNT = re.compile(rf"(?<!\w){_COUNTS}(?:\s|-)(?:\w+\s)?(?:{_UNITS})(?!\w)", re.I)
_WORDS_OF_A_NUMBER = 3


@lru_cache(maxsize=512)
def _counts(word: str) -> bool:
    """Whether a word, in small letters, may be the first of an amount in words; "hundred-thousandth" is found at its last."""
    return _COUNT.fullmatch(word) is not None


# A line that begins so does not say of whom.
_REFERS_BACK = re.compile(
    r"^(?:and |but |und |et |y )?(?:he|she|it|they|this|that|these|those|er|sie|es|das|dies|il|elle|ils|elles|cela|ça|él|ella|esto|eso|hij|zij|ze|het|lui|lei|questo|ele|ela|isso|han|hon|det|den)\b",
    re.I,
)
# "Before it was twenty calls a shift": what "it" is stands in the sentence before.
_BEFORE_IT = re.compile(
    r"^(?:(?:before|previously|in the past|until now|früher|vorher|bisher|avant|auparavant|antes|prima|eerst|vroeger|voorheen|förr|tidigare|innan|wcześniej|przedtem),? (?:it|that|they|there|this|he|she|war|waren|es|c['’]était|il|elle|ils|elles|era|eran|eram|erano|was|waren|het|var|det|było|był|była)|(?:it|they|she|he) used to|that['’]s|those|without (?:him|her|it|them|this|that)|ohne (?:ihn|sie|es|das)|sans (?:lui|elle|eux|elles|cela|ça)|sin (?:él|ella|ellos|ellas|eso|esto)|sem (?:ele|ela|eles|elas|isso)|senza (?:di lui|di lei|di loro)|zonder (?:hem|haar|hen|dit|dat)|utan (?:honom|henne|dem|det)|bez (?:niego|niej|nich|tego))\b",
    re.I,
)
# "First time in eleven years nobody had to be fetched": of whom, the sentence before tells.
_FIRST_TIME = re.compile(
    r"^(?:(?:the )?(?:first|only) time|erstes mal|(?:la )?première fois|(?:la )?primera vez|(?:la )?prima volta|(?:a )?primeira vez|(?:de )?eerste keer|första gången|pierwszy raz)\b",
    re.I,
)
# "He means the cash-up": the sentence behind says what the one before spoke of.
_EXPLAINS = rare(
    r"^(?:(?:he|she|they|i) (?:means?|meant)|that is|i\.e\.|(?:er|sie) meint|gemeint (?:ist|sind|war)|das heißt|d\.h\.|c'est-à-dire|(?:il|elle) parle|es decir|se refiere|isto é|ou seja|cioè|vale a dire|(?:hij|zij|ze) bedoelt|dat wil zeggen|d\.w\.z\.|(?:han|hon) menar|det vill säga|to znaczy|chodzi o)(?!\w)",
    re.I,
)
# "The target was 1 %": half of a story, as what it was like before.
_TARGET_ALONE = re.compile(
    r"^\W*(?:(?:the|our|their|das|unser|ihr|der|die|l['’]|le|notre|leur|el|la|nuestro|su|o|a|nosso|il|lo|nostro|het|ons|de|vårt|nasz|nasze)\s*)?(?:goal|target|aim|ziel\w*|vorgabe|objecti[fv]\w*|objetivo|meta|obiettivo|doel\w*|mål\w*|cel)\b[^.,;!?]{0,40}\b(?:was|were|war|était|era|var|był|było|wynosił)\b[^;!?]{0,25}$",
    re.I,
)
# "Oh and", "Also", "Noch etwas:": what ties a sentence to the one before. Where the verb stands second nothing else may be taken away.
_LINK = re.compile(
    r"^(?:(?:oh|ah|ach),? (?:and|und|et|y|e|en|och) |oh,? |(?:and|but|also|und|y|et|och)\s+(?!(?:if|so|that)\b)|(?:also|plus|p\.?s\.?|btw|by the way|one more thing|another thing|noch (?:etwas|was)|eines noch|übrigens|au fait|et puis|por cierto|una cosa más|ah|a propósito|a proposito|un'altra cosa|trouwens|nog iets|förresten|en sak till|przy okazji|i jeszcze jedno)\s*[,:–-]+\s+)(?=\S.{19})",
    re.I,
)
_EMOTICON = rare(r"(?<=[^\s:;])\s*(?:[:;]-?[)D(P]|\^\^|<3|xD|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]+)+\s*$")
# Leave to repeat the rest, which tells nothing itself, as it is given in our languages.
_PERMITS = rare(
    r"\b(?:quote (?:me|us|that|this)|use my (?:name|words)|(?:mich|uns|das) (?:\w+ ){0,3}zitieren|(?:me|nous) citer|cite[sz]?[ -](?:moi|nous)|citar(?:me|nos)|(?:me|nos) (?:pued\w+|podéis) citar|me cit[ae]r?|cíte[mn]os?|citar-(?:me|nos)|citarmi|citarci|(?:mi|ci) (?:può|puoi|potete) citare|(?:me|mij|ons) (?:\w+ ){0,3}citeren|citeer (?:me|mij|ons)|citera (?:mig|oss)|(?:mnie|nas) (?:\w+ ){0,2}(?:za)?cytować|(?:za)?cytujcie (?:mnie|nas))\b|引用(?:して(?:いただいて|くださって|も)|可)",
    re.I,
)
# Where none of these stands, nobody speaks of quoting.
_OF_QUOTING = ("quot", "zit", "cit", "cyt", "cíte", "use my", "引用")
_MOST_WORDS, _MOST_SIGNS = 12, 34


def is_of_quoting(text: str) -> bool:
    """Whether one of its sentences might be one that ``only_permits``: most texts as a whole say no in less time than each sentence."""
    low = text.lower()
    return any(letters in low for letters in _OF_QUOTING)


def only_permits(sentence: str) -> bool:
    """ "You can quote me on that!" and no more."""
    if not is_of_quoting(sentence):
        return False
    is_short = len(sentence) <= _MOST_SIGNS if _UNSPACED.search(sentence) else len(sentence.split()) <= _MOST_WORDS
    return is_short and not _NUMBERED.search(sentence) and _PERMITS.search(sentence) is not None


# Before and after in one breath.
_CONTRAST = Spotter(
    r"\b(?:used to|instead of|rather than|no longer|not .{2,40} any ?more|from \S+ .{0,20}to \S+|now (?:takes?|only|just|it|we|they)|statt|anstatt|früher .{3,80} (?:jetzt|heute|nun)|au lieu d|ne .{3,40} plus|en (?:lugar|vez) de|ya no|in plaats van|invece di|non .{3,40} più|em vez de|i stället för|istället för|zamiast|(?:was|were|before) .{2,60} (?:now|today|these days)|(?:war|waren|vorher|zuvor) .{2,60} (?:jetzt|heute|nun)|(?:avant|était|étaient) .{2,60} (?:aujourd'hui|maintenant|désormais)|(?:antes|era|eran|eram) .{2,60} (?:ahora|hoy|agora|hoje)|(?:prima|erano) .{2,60} (?:ora|adesso|oggi)|(?:eerst|waren) .{2,60} nu|(?:förr|innan|tidigare) .{2,60} nu|(?:wcześniej|przedtem|było|był|była) .{2,60} (?:teraz|dziś|dzisiaj))\b",
)
# What it was like before is half of a story; alone it is never the line.
_TIMES = r"this (?:year|time|month|quarter|season|winter|spring|summer|autumn|fall)|now|today|heuer|dieses (?:jahr|mal)|diesmal|jetzt|heute|cette (?:année|fois)|maintenant|aujourd'hui|este año|ahora|hoy|dit jaar|nu|quest'anno|adesso|ora|este ano|agora|i år|nu"
_NOW = rare(rf"(?:,|;|–|-|\bund\b|\band\b)\s*(?:and |but |und |aber )?(?:{_TIMES})\b", re.I)
_NAMES_A_TIME = Spotter(rf"\b(?:{_TIMES})\b")
_BEFORE = re.compile(
    r"^(?:and |but |und |et |y )?(?:last (?:year|quarter|month|winter|summer|season|time|spring|autumn|fall)|previously|before (?:that|this|then)|in the past|it used to|we used to|früher|vorher|letztes (?:jahr|mal)|bisher|bislang|avant|auparavant|l'an dernier|antes|el año pasado|vroeger|voorheen|vorig jaar|prima|l'anno scorso|no ano passado|förr|tidigare|förra året|wcześniej|dawniej|(?:in|during|over|im|in|dans|sur|pendant|en|durante|nello|nel|no|w|under)?\s*(?:the|der|dem|den|la|el|lo|het|de|o|tym)?\s*(?:same|gleichen?|selben|même|misma?|mismo|stess[ao]|mesm[ao]|zelfde|dezelfde|hetzelfde|samma|samym)\s(?:\w+\s){1,3}(?:last year|a year ago|voriges?n? jahre?s?|des vorjahre?s|letzten jahre?s|l'an (?:dernier|passé)|de l'année dernière|del año pasado|dell'anno scorso|do ano passado|vorig jaar|i fjol|förra året|zeszłego roku))\b",
    re.I,
)
# "340 registered, 212 live", "3 yrs, 40 extra seats": figures whose subject stands in the sentence before.
_ELLIPTIC = rare(
    r"^(?:[\d€$£+~><≈%]|(?:zero|no|not|spart|spare?n|saves?|ahorra|économise|bespaart|risparmia|poupa|sparar|oszczędza|und|and|plus|down|up|from|von|de|nur|only|all in|alles in)\b)",
    re.I,
)
# "Just off the phone with Dev at Windmere, they …": where it was heard, not what.
_HEARD = re.compile(
    r"^(?:i'?m |i am |i |net |eben |gerade )?(?:just )?(?:(?:came |got )?(?:off|out of|back from) (?:the|a|my)|had (?:a|the)|spoke (?:to|with)|ich komme (?:gerade )?(?:aus|von) (?:dem|der|einem)|komme gerade aus|je sors (?:de|d'un)|acabo de (?:hablar|salir)|(?:tel\.?|telefoon|gebeld|gesproken|overleg|call|telefonat|telefoniert|gesprochen|gespräch|tél\.?|appel|llamada|telefonata|chamada|samtal|rozmowa) (?:with|mit|met|avec|con|com|med|z))\s[^,:.!?]{2,60}[,:.]\s+(?=\S.{19})",
    re.I,
)
# Words that only announce that something is told; those after which another language puts the verb last stay.
_TELLING_YOU = re.compile(
    r"^(?:i )?(?:just )?(?:(?:a (?:quick|short|brief) (?:note|line|word) )?to (?:say|tell you|let you know)(?: that)?|wollte nur (?:kurz )?sagen[,:]|juste pour (?:te |vous )?dire que|solo (?:para|quería) decir(?:te|os|les?)? que|solo per dir(?:e|ti|vi) che|só para (?:te |vos |lhes? )?dizer que|ville bara säga att|chciał[ae]m tylko powiedzieć,? że|had to tell you(?: that)?|so you know|wanted to (?:say|tell you|let you know)(?: that)?|forgot to (?:send|say|mention)(?: this)?|un petit mot pour (?:te|vous) dire que|je voulais (?:juste |simplement )?(?:te|vous) (?:dire|raconter) que|(?:sólo |solo )?quería (?:sólo |solo )?(?:decir|contar)(?:te|le|les|os) que|volevo (?:solo |soltanto )?(?:dir|raccontar)(?:ti|vi|le) che|(?:só )?queria (?:só |apenas )?(?:(?:te|lhe) )?(?:dizer|contar)(?:[- ](?:te|vos|lhes?))? que)[,:]?\s+(?:[-–]\s+)?(?=\S.{19})",
    re.I,
)
_HELLO = re.compile(
    r"^(?:hi|hello|hey|dear|hallo|liebe[rs]?|guten (?:tag|morgen)|moin|servus|bonjour|salut|hola|buenos días|buenas|ciao|buongiorno|olá|hej|cześć|dzień dobry|beste|dag|hoi)(?:,\s+(?-i:[A-ZÀ-Þ])[\w'’-]*(?=\s*[,!:–-])|\s+[^\W\d]\S*(?:\s[A-ZÀ-Þ]\S*)?)?\s*[,!:–-]\s+(?=\S.{14})",
    re.I,
)
_UNSPACED = re.compile(r"[\u3040-\u9fff]")
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
_DECORATION_BEFORE, _DECORATION_BEHIND = _BLANKS + "-–—*•>~=#_:|", _BLANKS + "-–—*~=_|"


# "…, 3 Jahre. Gruß J. Claasen": a farewell on the line of the news.
_FAREWELL = re.compile(
    r"(?:^|(?:[.!?,;–-]|\s)\s*)(?:(?:Viele |Liebe |Beste |Schöne |Herzliche )?Gr(?:uß|üße|uss|üsse)|LG|VG|MfG|Mfg|lg|vg|mfg|(?:Met vriendelijke |Hartelijke )?[Gg]roet(?:en|jes)?|Mvg|mvg|Mvh|mvh|Hälsningar|(?:Kind |Best )?[Rr]egards|Cheers|Cordialement|Bien à (?:toi|vous)|(?:Un )?[Ss]aludos?|(?:Cordiali )?[Ss]aluti|Abraços?|Pozdrawiam|Pozdrowienia),?(?:\s+(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]+)){0,3}\s*$"
)
# Where none of these stands, nobody says goodbye.
_OF_FAREWELLS = ("Gr", "LG", "VG", "fG", "fg", "lg", "vg", "roet", "vh", "Hälsningar", "egards", "Cheers", "Cordial", "Bien", "alud", "alut", "Abra", "Pozdr")  # fmt: skip

# "…, kan value 8": how much the member thinks it is worth, read in ``measures``.
_VALUED = re.compile(
    r"[\s,;.!–-]+(?:kan |can be |could be )?(?:win )?(?:value|wert|valeur|valor|waarde|valore|värde|wartość)\s+(?:10|[1-9])(?:\s*/\s*10)?\s*[.!]?$",
    re.I,
)


def summarise(
    *,
    stated: str | None,
    headline: str | None,
    subject: str | None,
    words: str | None,
    note: str | None,
    is_note: bool,
    parts: Sequence[Part] = (),
    addressed: frozenset[str] = frozenset(),
) -> tuple[str, Reason]:
    """*words*: the customer's own; *note*: the member's; *parts*: what the classifier made of their sentences. Never empty.

    *addressed*: first names of colleagues, with which a sentence may begin that speaks to them.
    """
    line, why = _summarised(stated, headline, subject, words, note, is_note, parts)
    return (line if why.source is Source.STATED else _without_address(line, addressed)), why


def _without_address(line: str, addressed: frozenset[str]) -> str:
    """ "Tom, the complaints are down to three" is told to everybody: "The complaints are down to three"."""
    match = _ADDRESS.match(line)
    if not match or (match["name"].lower() not in addressed and match["name"].lower() not in _EVERYBODY):
        return line
    rest = line[match.end() :]
    rest = _TELLING_YOU.sub("", rest)
    return rest[:1].upper() + rest[1:]


_ADDRESS = re.compile(
    r"^(?:(?:dear|hi|liebe[rs]?|chère?|cher|caro|cara|beste|hej)\s+)?(?P<name>[^\W\d_]+)(?: (?:mia|mio|meu|minha))?\s*(?:[,!:]|\s[–—-])\s+(?=\S.{11})",
    re.I,
)
_EVERYBODY = frozenset(["team", "all", "folks", "everyone", "leute", "zusammen", "équipe", "equipo", "equipe", "allemaal", "teamet", "zespole"])  # fmt: skip


def _summarised(
    stated: str | None,
    headline: str | None,
    subject: str | None,
    words: str | None,
    note: str | None,
    is_note: bool,
    parts: Sequence[Part],
) -> tuple[str, Reason]:
    if stated:
        return _line(stated), Reason(Source.STATED, "you wrote it.")
    text = note if is_note else words
    sentences = _sentences(text)
    if headline and not _WEAK_SUBJECT.match(headline):
        return _line(headline), Reason(Source.STATED, "your own headline.")
    tells = _telling(parts)
    # Mails repeat themselves: what stands there twice is weighed once.
    worth = {sentence: _score(sentence) for sentence in dict.fromkeys(sentences)}
    told = {sentence: tells(sentence) for sentence in worth}
    plain = [worth[s] - _ORDER * n - (_NOTE_ORDER * min(n, 3) if is_note else 0) for n, s in enumerate(sentences)]
    scores = [score + told[s] for score, s in zip(plain, sentences, strict=True)]
    best = max(range(len(sentences)), key=lambda n: (scores[n], -n), default=None)
    title = _title(subject)
    # The subject of a note is its writer's own headline; that of a customer's mail has to be as telling as the words below.
    if (
        title
        and _says_outcome(title)
        and (best is None or _score(title) + (_OWN_HEADLINE if is_note else 0.5) >= plain[best])
    ):
        return _line(title), Reason(Source.GUESSED, "the subject says it.", 0.8)
    if best is not None and plain[best] > -1.5:
        line = _line(_whole(sentences, best, text or "", plain))
        if line.endswith("…"):
            line = _uncut(sentences, scores, best) or line
        return line, Reason(Source.GUESSED, "the sentence that says most.", 0.7)
    # "St Raphael press" names the matter; "It was lovely" at least says something of it.
    if (
        title
        and best is not None
        and not _EMPTY.match(sentences[best])
        and not _asks(sentences[best])
        and not only_permits(sentences[best])
        and (
            len(sentences[best].split()) >= 3
            or (len(sentences[best]) > FEW_SIGNS and _UNSPACED.search(sentences[best]))
        )
    ):
        return _line(_whole(sentences, best, text or "", plain)), Reason(
            Source.GUESSED, "the first thing it says.", 0.4
        )
    if title:
        return _line(title), Reason(Source.GUESSED, "the subject.", 0.5)
    if not is_note and note and (extra := _sentences(note)):
        return _line(extra[0]), Reason(Source.GUESSED, "from your own words.", 0.5)
    if best is not None:
        return _line(sentences[best]), Reason(Source.GUESSED, "the first thing it says.", 0.4)
    if (word := bare_subject(subject)) and not _WEAK_SUBJECT.match(word) and re.search(r"[^\W\d_]{3}", word):
        return _line(word), Reason(Source.DEFAULT, "the mail has no words but its subject.", 0.0)
    return "(waiting for its one sentence)", Reason(Source.DEFAULT, "the mail has no words to take it from.", 0.0)


def _uncut(sentences: Sequence[str], scores: Sequence[float], best: int) -> str | None:
    """The next best sentence that fits a line, where it says nearly as much as the one that had to be cut."""
    for at in sorted(range(len(sentences)), key=lambda n: -scores[n]):
        if at != best and scores[at] >= scores[best] - NEARLY and not _REFERS_BACK.match(sentences[at]):
            line = _line(sentences[at])
            if not line.endswith("…"):
                return line
    return None


NEARLY = 2.5
# What is told first mostly weighs most.
_ORDER = 0.12
# A note begins with its news; its subject is a headline.
_NOTE_ORDER = 0.5
_OWN_HEADLINE = 3.0


def _whole(sentences: Sequence[str], best: int, text: str, scores: Sequence[float]) -> str:
    """The sentence, with the one before it where only that says of what: "Ashdown renewed!! 3 yrs, 40 extra seats"."""
    sentence = sentences[best]
    if (
        best + 1 < len(sentences)
        and _is_short(sentences[best + 1])
        and not _asks(sentences[best + 1])
        and not only_permits(sentences[best + 1])
        and not cue_of_confidence(sentences[best + 1])
        and len(sentence) + len(sentences[best + 1]) < MAX_LENGTH
        and _follows(sentence, sentences[best + 1], text)
    ):
        # "… four swarms each May. This May: none."
        return _joined(sentence, sentences[best + 1])
    if _REFERS_BACK.match(sentence) or _BEFORE_IT.match(sentence) or _FIRST_TIME.match(sentence):
        return _with_what_it_means(sentences, best, text, scores)
    if best == 0 or not _ELLIPTIC.match(sentence):
        return sentence
    before = sentences[best - 1]
    if not _follows(before, sentence, text):
        return sentence
    both = _joined(_unlinked(before), sentence)
    if len(both.rstrip(".")) <= MAX_LENGTH:
        return both
    return before if len(before) >= 25 and not _EMPTY.match(before) and not _asks(before) else sentence


TELLS_WHAT = -1.0


def _with_what_it_means(sentences: Sequence[str], best: int, text: str, scores: Sequence[float]) -> str:
    """A sentence that begins with "it" or "they", with its neighbour that says what, where both fit a line."""
    sentence = sentences[best]
    if best + 1 < len(sentences) and _EXPLAINS.match(after := sentences[best + 1]) and _follows(sentence, after, text):
        both = _joined(sentence, after)
        return both if len(both) <= MAX_LENGTH else sentence
    if best == 0:
        return sentence
    before = sentences[best - 1]
    tells_what = (
        scores[best - 1] > TELLS_WHAT
        and len(before.split()) >= FEW_WORDS
        and not _asks(before)
        and not _REFERS_BACK.match(before)
        and _HEARD.match(f"{before} {sentence}") is None
    )
    both = _joined(_unlinked(before), sentence)
    return both if tells_what and len(both.rstrip(".")) <= MAX_LENGTH and _follows(before, sentence, text) else sentence


def _joined(before: str, after: str) -> str:
    """Scripts without spaces set none between sentences."""
    return f"{before}{'' if before.endswith('。') else ' '}{after}"


def _unlinked(sentence: str) -> str:
    rest = _LINK.sub("", sentence)
    return rest[:1].upper() + rest[1:]


FEW_WORDS, FEW_SIGNS = 4, 10


def _is_short(sentence: str) -> bool:
    return len(sentence) <= FEW_SIGNS if _UNSPACED.search(sentence) else len(sentence.split()) <= FEW_WORDS


def _follows(before: str, after: str, text: str) -> bool:
    """Whether *after* comes right behind *before* in the same paragraph. Items of a list stand on their own."""
    flat = " ".join(text.split())
    at = flat.find(after)
    if at < 0 or not flat[:at].rstrip("\"”»')] ").endswith(before[-20:]):
        return False
    return (
        bool(re.search(r"\w", after))
        and not _EMPTY.match(after)
        and not re.search(rf"\n\s*(?:\n|[-*•]|\d{{1,2}}[.)])\s*{re.escape(after[:15])}", text)
    )


# How much a sentence that reads like praise, and plainly like one kind of win, outweighs figures and words of change.
_PRAISE_WEIGHT = 1.0
_KIND_WEIGHT = 1.5


def _telling(parts: Sequence[Part]) -> Callable[[str], float]:
    """How far a sentence tells the win, from the classifier's own, finer or coarser, cut of the text."""
    known = {flat: _weight(part) for part in parts if len(flat := _flat(part.text)) > 3}

    def tells(sentence: str) -> float:
        mine = _flat(sentence)
        return max([weight for text, weight in known.items() if text in mine or mine in text], default=0.0)

    return tells


def _weight(part: Part) -> float:
    trouble = part.stances.get("complaint", 0.0) + part.stances.get("doubt", 0.0)
    return _PRAISE_WEIGHT * (part.stances.get("praise", 0.0) - trouble) + _KIND_WEIGHT * max(
        part.kinds.values(), default=0.0
    )


def _flat(text: str) -> str:
    return _flattened(text) if len(text) <= REMEMBERED else _flattened.__wrapped__(text)


# Greetings, signatures and quoted sentences come again; what is longer hardly does, and would fill the memory.
REMEMBERED = 600


@lru_cache(maxsize=512)
def _flattened(text: str) -> str:
    if text.isascii():
        return text.lower().encode().translate(None, NO_ASCII_LETTERS).decode()
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", text))).lower()


_LETTERS = re.compile(r"[^\W_]+")


# The headings of our own customer updates (updates/phrases.py): an answer to one says nothing in its subject.
_OWN_UPDATE = re.compile(
    r"^(?:What .+ has achieved since|Was .+ seit .+ erreicht hat|Ce que .+ a accompli depuis|Lo que .+ ha logrado desde|Wat .+ sinds .+ heeft bereikt)\b"
)


# "Wollen im Januar zwei Linien anschließen": a note in telegram style, whose subject is the customer it stands under.
_NO_SUBJECT = rare(
    r"^(?:(?:want|wants|plan|plans|hope|hopes|intend|intends|need|needs) to|has|have (?:now|just|already|been|all|\w+ed)|is|are (?:going|about|now|all)|loves?|uses?)\s(?!you|we|they|it|there|i\b|he|she|anyone|anybody|somebody|the\b|your)|"
    r"^(?=.*\b(?:im|am|und|mit|für|den|dem|zum|zur|auf|bei|ein|eine|einen|neue?n?|schon|jetzt|noch|weitere?n?|alle)\b)(?:wollen|möchten|planen|haben|nutzen|brauchen|sparen|sind|kommen|verlängern|bestellen|werden|will|möchte|hat|plant|nutzt|braucht|spart|verlängert|bestellt|wird)\s(?!wir|sie|ihr|die\b|der\b|das\b|ich|es|er\b|alle|man|du|jemand|unser)|"
    r"^(?=.*\b(?:het|een|met|voor|naar|en|nu|ook|op|nog)\b)(?:willen|hebben|gaan|gebruiken|heeft|gaat|gebruikt|zijn|besparen|bespaart|verlengen|verlengt|wil)\s(?!we|ze|wij|zij|de|het|ik|jullie|u|alle|er|iemand|hij|je)|"
    r"^(?:vill|har|ska|använder|sparar|förlänger|behöver)\s(?!vi|ni|de|du|jag|någon|alla|han|hon|det)|"
    r"^(?:veulent|souhaitent|ont|utilisent|prévoient|veut|utilise|prévoit)\s(?!ils|elles|il|elle|on|tous|vous|nous)",
    re.I,
)


def with_subject(line: str, customer: str) -> str:
    """A line that begins with its verb gets the customer's name before it; questions are none."""
    if not _NO_SUBJECT.match(line) or line.endswith("?") or len(customer) + 2 + len(line) > MAX_LENGTH:
        return line
    return f"{customer}: {line[:1].lower()}{line[1:]}"


_CALLED_WIN = re.compile(r"^\s*(?:new |customer |big |another )?win\s*[:\-–—!]+\s*", re.I)
_LABELLED = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")


def _title(subject: str | None) -> str | None:
    text = bare_subject(subject)
    if not text or _OWN_UPDATE.match(text):
        return None
    text = _LABELLED.sub("", _CALLED_WIN.sub("", without_tags(text)))
    text = bare_subject(text) or text
    text = _undecorated(text)
    return text if len(text.split()) >= 2 and not _WEAK_SUBJECT.match(text) else None


def _undecorated(text: str) -> str:
    return text.lstrip(_DECORATION_BEFORE).rstrip(_DECORATION_BEHIND)


def _says_outcome(text: str) -> bool:
    return len(text.split()) >= 3 and bool(_OUTCOME.search(text) or _NUMBERED.search(_NO_FIGURE.sub("", text)))


def _sentences(text: str | None) -> list[str]:
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
    lines = [x for x in block.split("\n") if x.strip() and (not is_greeting(x) or _HELLO.match(x)) and not is_footer(x)]
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
        if merged and (_ends_in_abbreviation(merged[-1]) or _is_ordinal(merged[-1], piece)):
            merged[-1] += " " + piece
        else:
            merged.append(piece)
    said = [(_told if len(m) <= REMEMBERED else _told.__wrapped__)(m) for m in merged]
    return tuple(filter(None, said))


@lru_cache(maxsize=256)
def _told(piece: str) -> str:
    """A sentence without the greeting before it; nothing of a closing line or a farewell."""
    if is_closing_line(piece):
        return ""
    sentence = _HELLO.sub("", _undecorated(piece), count=1)
    return "" if _FAREWELL.match(sentence) else sentence


_ENDS = {"small": _SENTENCE_END_SMALL, "unspaced": _SENTENCE_END, "spaced": _SPACED_END}


def _ends_in(text: str) -> str:
    if text.lstrip()[:1].islower():
        # Who begins in lower case writes without capitals: a full stop alone ends the sentence then.
        return "small"
    return "unspaced" if _UNSPACED_END.search(text) else "spaced"


def _ends_in_abbreviation(piece: str) -> bool:
    return piece.endswith(".") and bool(_ABBREVIATION.search(piece, max(0, len(piece) - _LONGEST_ABBREVIATION)))


def _is_ordinal(before: str, after: str) -> bool:
    """Whether "… am 3." and "März …" are one sentence."""
    if not before[-2:-1].isdecimal():
        return False
    word = re.match(r"[^\W\d_]+", after)
    return bool(word and word[0].lower() in month_names() and re.search(r"(?<!\d)\d{1,2}\.$", before))


def _has_number_word(sentence: str) -> bool:
    if _SPELLED_NUMBER.search(sentence):
        return True
    low = sentence.lower()
    return any(piece in low for piece in _OF_ORDINALS) and _SPELLED_ORDINAL.search(sentence) is not None


def _score(sentence: str) -> float:
    """How much a sentence says by itself, wherever it stands."""
    return _scored(sentence) if len(sentence) <= REMEMBERED else _scored.__wrapped__(sentence)


@lru_cache(maxsize=256)
def _scored(sentence: str) -> float:
    words = sentence.split()
    length = len(sentence) / 2 if _UNSPACED.search(sentence) else len(words)
    score = 0.0
    has_digit = bool(_NUMBERED.search(sentence))
    has_figure = (
        has_digit and bool(_NUMBERED.search(_NO_FIGURE.sub("", sentence))) and not _ONLY_FIGURES.fullmatch(sentence)
    )
    is_spelled = _UNIT.is_led_by(_SPELLED_AMOUNT, _counts, sentence, _WORDS_OF_A_NUMBER)
    score += 2.0 if has_figure or is_spelled else 1.0 if _has_number_word(sentence) else 0
    score += 1.2 if is_spelled or (has_digit and _AMOUNT.search(sentence)) else 0
    is_change = bool(_CONTRAST.search(sentence) or (_NAMES_A_TIME.may_be_in(sentence) and _NOW.search(sentence)))
    score += 0.8 if is_change else 0
    score -= 6.0 if not is_change and _BEFORE.match(sentence) else 0
    score += min(2.4, 1.2 * _OUTCOME.count(sentence))
    score += min(1.6, 0.8 * _PRAISE.count(sentence))
    score -= 4.0 if _EMPTY.match(sentence) else 0
    # "Anna wrote this last night:" only leads to what is told.
    score -= 2.0 if sentence.rstrip().endswith((":", "：")) else 0
    score -= 2.0 if _asks(sentence) else 0
    score -= 0.8 if _REFERS_BACK.match(sentence) else 0
    score -= 4.0 if only_permits(sentence) else 0
    score -= 3.0 if _TARGET_ALONE.match(sentence) else 0
    # What was whispered is never the headline.
    score -= 4.0 if cue_of_confidence(sentence) else 0
    score -= 2.5 if length < 4 else 0
    score -= 0.8 if length > 38 else 0
    score -= 1.5 if sentence.startswith(("http", "www.", "<")) else 0
    return score


def _asks(sentence: str) -> bool:
    return sentence.endswith("?") or _REQUEST.match(sentence) is not None


def _line(text: str) -> str:
    """One line of at most 120 characters, cut at a word, no "Fwd:", no tags at its end."""
    text = without_tags(" ".join(text.split()))
    text = bare_subject(text) or text
    if any(map(text.__contains__, _OF_FAREWELLS)):
        text = _FAREWELL.sub("", text) or text
    if text.rstrip(" .!")[-1:].isdecimal():
        text = _VALUED.sub("", text) or text
    text = _TELLING_YOU.sub("", _LEAD_IN.sub("", _HEARD.sub("", _HELLO.sub("", text)))) or text
    text = _LINK.sub("", text if len(text) <= MAX_LENGTH else _EMOTICON.sub("", text))
    text = text[:1].upper() + text[1:] if text[:1].islower() else text
    text = text.strip(" \t-–—*_|>")
    text = (_BRACKETED_ADDRESS.sub("", text) if any(map(text.__contains__, _OF_ADDRESSES)) else text).strip()
    if text[:1] in "([" and not re.search(r"[)\]]", text):
        text = text[1:].lstrip()
    if (closer := _CLOSED_BY.get(text[:1])) and not any(mark in text[1:] for mark in closer):
        text = text[1:]
    if text.endswith(("”", "»", "」")) and text.count(text[-1]) > sum(map(text.count, "“„«「")):
        text = text[:-1]
    if text.endswith((".", "。")) and not text.endswith("..."):
        text = text[:-1]
    if len(text) > MAX_LENGTH:
        text = _without_asides(text)
    if len(text) <= MAX_LENGTH:
        return text
    return _clause(text) or _cut(text)


_CLOSED_BY = {"“": "”", "„": "“”", "«": "»", "「": "」", '"': '"'}
_BRACKETED_ADDRESS = re.compile(
    r"\s*[(<\[](?:mailto:|https?://|www\.)?[^\s()<>\[\]]*(?:@|://|www\.)[^\s()<>\[\]]*[)>\]]"
)
_OF_ADDRESSES = ("@", "://", "www.")
# What may be left out of a long line: an aside in brackets, and words before a colon that announce the news.
_ASIDE = rare(r"\s*\([^()]{3,80}\)")
_ANNOUNCED = rare(r"^[^:\d.!?]{3,60}:\s+(?=\S.{39})")
# Where a clause ends; what stands before is a sentence by itself.
_CLAUSE_END = rare(
    r"\s*(?:[;,:](?=\s)|[。、！？]|[.!?…](?=\s)|\s[–—-]+(?=\s))\s*|\s+(?=(?:and|but|so|because|while|which|after|since|und|aber|weil|denn|sodass|et|mais|car|parce|y|pero|porque|e|ma|perché|en|maar|want|omdat|och|men|eftersom|i|ale|bo|ponieważ|mas)\s)|\s+&\s+",
    re.I,
)
SHORTEST_CLAUSE = 45


def _without_asides(text: str) -> str:
    """The shorter line only where it still tells all the figures there were outside the brackets."""
    shorter = " ".join(_ASIDE.sub("", text).split())
    if len(shorter) > MAX_LENGTH and (announced := _ANNOUNCED.match(shorter)):
        shorter = shorter[announced.end() :]
        shorter = shorter[:1].upper() + shorter[1:]
    return shorter if len(shorter) >= SHORTEST_CLAUSE else text


def _clause(text: str) -> str | None:
    """The most of *text* that ends with a clause, or, where that loses the figures, the clause which tells them."""
    marks = [(m.start(), m.end()) for m in _CLAUSE_END.finditer(text)]
    ends = [start for start, _ in marks if SHORTEST_CLAUSE <= start <= MAX_LENGTH and _is_closed(text[:start])]
    first = text[: ends[-1]].rstrip(" ,;:–—-") if ends else None
    if not re.search(r"\d", text) or (first and re.search(r"\d", first)):
        return first
    for _, begin in marks:
        rest = text[begin:].strip()
        if SHORTEST_CLAUSE <= len(rest) <= MAX_LENGTH and re.search(r"\d", rest) and _is_closed(rest):
            return rest[:1].upper() + rest[1:]
    return first


def _is_closed(text: str) -> bool:
    """Every bracket and quotation mark that opens in it is closed in it, and no number is cut in two."""
    pairs = (("(", ")"), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"))
    return (
        all(text.count(a) <= text.count(b) or a == "„" for a, b in pairs)
        and text.count('"') % 2 == 0
        and text.count("„") <= text.count("“") + text.count("”")
    )


def _cut(text: str) -> str:
    cut = text[: MAX_LENGTH - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > 40 else cut).rstrip(" ,;:-–") + "…"


# Words with which a question to us, or a request, begins; "can you believe it" is no question.
_ASKS = rare(
    r"^(?:hi|hello|hey|hallo|bonjour|hola)?[\s,!]*(?:(?:can|could|would|will) (?:you|we|i|someone|somebody)(?! believe| imagine| guess)|what|who|whose|when|where|which|how (?:many|much|do|does|did|can|is|are|often)|why|is there|are there|do (?:we|you|i)|does|did (?:we|they|he|she)|has (?:anyone|anybody)|have (?:we|you)|please|pls|"
    r"(?:kannst|könn(?:t|en|test)|würdest|würden) (?:du|ihr|sie|wir)|wer|was|wann|wo|wie (?:viel|oft|ist|sind|kann)|warum|welche\w*|gibt es|bitte|(?:peux|peut|pouvez|pourr\w+)[- ](?:tu|on|vous)|qui|quand|où|comment|pourquoi|quel\w*|est-ce|(?:me )?(?:puedes?|podéis|podr\w+)|quién\w*|qué|cuándo|dónde|cómo|por qué|cuál\w*|(?:mi )?(?:puoi|potete|potresti)|chi|cosa|quando|dove|perché|quale|(?:pode[ms]?|poderia\w*)|quem|o que|onde|porque|qual|(?:kun|kunnen|kan) (?:je|jij|jullie|u|we)|wie|wat|wanneer|waar|hoe|waarom|welke?|(?:kan|kunde) (?:du|ni|vi)|vem|vad|när|var|hur|varför|vilken|czy|kto|kiedy|gdzie|dlaczego|który)(?!\w)",
    re.I,
)
_ASKING_FOR = rare(r"^(?:please|pls|bitte)\b", re.I)


def only_asks(text: str | None) -> bool:
    """Whether a note is nothing but questions or requests to us: no news in it."""
    said = _sentences(text)
    return bool(said) and all(
        _ASKS.match(s) and (s.rstrip(" \"'”»)").endswith("?") or (len(said) == 1 and _ASKING_FOR.match(s)))
        for s in said
    )


def shorten(text: str, limit: int) -> str:
    """Cut at a sentence where one fits, else at a word, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    ends = [m.end() for m in re.finditer(r"[.!?。！？](?=\s|$)", cut)]
    if ends and ends[-1] >= limit * 0.5:
        return cut[: ends[-1]] + " …"
    at = cut.rfind(" ")
    return (cut[:at] if at > limit * 0.5 else cut).rstrip(" ,;:-–") + "…"


def first_sentences(text: str | None, count: int) -> Sequence[str]:
    return _sentences(text)[:count]
