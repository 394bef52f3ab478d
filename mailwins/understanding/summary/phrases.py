"""Words and turns of phrase by which a sentence shows what it is, in the languages people write to us in. Only data."""

from __future__ import annotations

import re

from mailwins.patterns import rare
from mailwins.understanding.spotting import Spotter

# Words that carry an outcome, in the languages we speak with people. Only used to rank sentences.
OUTCOME = Spotter(
    r"\b(?:saved?|saving|cut|reduc\w+|drop\w*|fell|down|up|doubl\w+|tripl\w+|halv\w+|increas\w+|grew|grown|faster|quicker|less|fewer|zero|first|reached|hit|beat|exceed\w+|record|finished|completed|launched|live|rolled out|replac\w+|retired|instead of|renew\w*|sign(?:ed|s)|upgrad\w+|expan\w+|extend\w*|approved|recommend\w*|referr\w+|introduc\w+|won|award\w*|passed|closed|scored|certified|agreed|joined|migrated|automat\w+|every|all|never|no longer|without|best|went live|love[sd]?|paid (?:for )?itself|paid off|pays for itself|caught|"
    r"gespart|spart|sparen|reduziert|gesunken|gesenkt|halbiert|verdoppelt|gestiegen|schneller|weniger|statt|erreicht|geschafft|verlängert|unterschrieben|empfohlen|empfehlen|abgeschlossen|eingeführt|läuft|erstmals|nie wieder|keine \w+ mehr|"
    r"économis\w+|gagn\w+|réduit\w*|baiss\w+|doublé|divisé|plus rapide|moins|au lieu|atteint|terminé|renouvel\w+|signé|recommand\w+|déployé|premi\w+|"
    r"ahorr\w+|reduc\w+|redujo|bajó|duplic\w+|más rápido|menos|en lugar|en vez|logr\w+|alcanz\w+|termin\w+|renov\w+|firm\w+|recomend\w+|primer\w*|pasado de|"
    r"bespaard|bespar\w+|verminderd|gedaald|verdubbeld|sneller|minder|plaats van|bereikt|gelukt|verlengd|getekend|aanbevolen|eerste|zonder|"
    r"risparmi\w+|ridott\w+|raddoppi\w+|rinnovat\w+|econom\w+|reduzi\w+|renov\w+|sparat|sparar|minskat|ökat|förlängt|zaoszczędz\w+|skróci\w+|podpisa\w+|not (?:even )?a single|not\b.{1,30}\bonce|not once|kein\w* einzig\w+|pas une? seule?|ni una? sola?|ni un solo|(?:nemmeno|neanche) una?|nem uma?|geen enkele?|inte en enda|ani razu|ani jedn\w+|ever since|since we|seitdem|depuis que|desde que|da quando|odkąd)\b|(?:一度も|削減|短縮|増|減|向上|達成|更新|契約|完了|稼働|ゼロ|半分|以内|助か)",
)
PRAISE = Spotter(
    r"\b(?:great|amazing|fantastic|brilliant|excellent|wonderful|superb|outstanding|impressed|impressive|happy|delighted|thrilled|love|loves|perfect|awesome|best|fabulous|incredible|grateful|kudos|hats off|super|toll|klasse|begeistert|hervorragend|wunderbar|großartig|zufrieden|prima|spitze|ravi\w*|génial|formidable|excellent\w*|parfait\w*|impressionn\w+|enchant\w+|genial|encantad\w+|increíble|estupend\w+|fantástic\w+|geweldig|fantastisch|blij|tevreden|top|ottim\w+|felic\w+|fantastic\w+|ótim\w+|maravilhos\w+|fantastiskt|nöjd\w*|świetn\w+|zadowolen\w+)\b|(?:素晴|感謝|ありがと|助かり|満足)",
)
AMOUNT = rare(r"\d\s?(?:%|percent|prozent|hours?|days?|minutes?|h\b|k\b|€|\$|stunden|tage|minuten)|[€$£]\s?\d", re.I)
EMPTY = re.compile(
    r"^(?:fyi|f\.y\.i\.|see below|see attached|see above|please see|below|for your|team,? see|forwarding|fwd|as promised|as discussed|zur info|z\.k\.|siehe (?:unten|anhang)|pour info|voir ci-dessous|para (?:tu|su) información|ver abajo|ter info|zie (?:onder|bijlage)|per conoscenza|worth reading|have a look|look at this|sharing|adding|just (?:got|received|forwarding) this|(?:just )?(?:had|have|wanted|want) to share\b.{0,12}$|(?:great|good|nice|lovely|quick|long|interesting) (?:call|chat|meeting|talk|lunch|coffee|visit|session|catch-up) (?:with|at|today|yesterday)\b|(?:gute[srn]?|nette[srn]?|schöne[srn]?|langes) (?:gespräch|telefonat|anruf|treffen|termin) (?:mit|bei|heute|gestern)\b|(?:bon|bel|belle|bonne|super) (?:échange|appel|rencontre|réunion|point) avec\b|(?:buena|muy buena|gran) (?:llamada|charla|reunión|visita) con\b|(?:boa|ótima) (?:conversa|chamada|reunião|visita) com\b|(?:bella|buona) (?:chiacchierata|chiamata|riunione|visita) con\b|(?:goed|leuk|fijn) (?:gesprek|telefoontje|overleg|bezoek) met\b|(?:bra|trevligt) (?:samtal|möte|besök) med\b|(?:dobra|miła) rozmowa z\b|this (?:just )?came in|hi\b|hello\b|dear\b|thanks?\b.{0,20}$|thank you\b.{0,30}$|danke\b.{0,20}$|vielen dank\b.{0,30}$|merci\b.{0,25}$|gracias\b.{0,25}$|bedankt\b.{0,20}$|hope (?:you|this|all)|i hope|have a (?:good|nice|great|lovely)|enjoy (?:the|your) weekend|schöne[sn]? (?:tag|abend|wochenende|woche)|bon(?:ne)? (?:week-?end|journée|soirée)|buen (?:fin de|día)|bom (?:fim|dia)|buon (?:fine|weekend)|fijn(?:e)? (?:weekend|dag|avond)|(?:ha en )?trevlig (?:helg|dag)|ha det (?:gott|bra)|miłego (?:dnia|weekendu)|ich hoffe|j'espère|espero que|お世話になっております|いつもお世話)",
    re.I,
)
REQUEST = re.compile(
    r"^(?:please|pls|can|could|would|will|bitte|könn\w+|pouvez|peux|por favor|puede|kun|kan|let me know|do (?:let|tell|send|keep|please)|see you|talk|call me|richte(?:t|n sie)?|sagen sie|sagt? (?:ihm|ihr|bitte|dem|der)|transmett\w+|dites|dis (?:à|lui)|dile|dale|dígal\w+|diga[- ]lhe|digli|dille|gli dica|zeg (?:het|hem|haar|tegen)|doe (?:hem|haar) de|hälsa|säg (?:till|det)|przekaż\w*|powiedz(?:cie)?|thanks for the quick|one (?:wish|favou?r|question)|eine? (?:wunsch|bitte|frage)|une? (?:souhait|demande|question)|as (?:you|we) (?:asked|discussed))\b",
    re.I,
)
WEAK_SUBJECT = re.compile(
    r"^(?:win|new win|a win|wins|good news|great news|nice|feedback|customer feedback|update|quick (?:update|note|one)|hello|hi|fyi|question|thanks?|thank you|thanks? (?:a lot|so much)|note|story|another one|for the digest|two good ones|small win|big win|great|compliment|kudos|danke|merci|gracias|rückmeldung|gute nachrichten|lob|info|bedankt|grazie|obrigado|お礼|御礼)\W*$",
    re.I,
)
# "Quick numbers for your deck: 212 of …", "short news before the season: …": words about the message, not the outcome.
LEAD_IN = re.compile(
    r"^(?:(?:a |some |just a |just )?(?:quick|short|brief|small|good|great|more)\s+(?:numbers?|news|note|update|one|word|heads[- ]up|feedback)|(?:kurze?s?|gute) (?:info|nachricht(?:en)?|neuigkeit(?:en)?|rückmeldung|update)|(?:petite?|bonne) (?:info|nouvelle|bilan|point|mot)|one for the \w+|(?:ganz )?kurze?r? \w+|(?:nog )?even een (?:kort )?\w+|un petit mot|not sure (?:if )?(?:it|this) counts(?:,? but)?|voor de \w+|für die \w+|(?:kurzer |kleiner )?zwischenstand|buenas noticias|goed nieuws|buone notizie|boas notícias|goda nyheter|dobre wieści)\b[^:.!?]{0,60}:\s+(?=\S.{11})",
    re.I,
)
# Figures in words, for ranking only: "four hours", "zwei Tage", "la mitad".
SPELLED = (
    r"zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half|twice|"
    r"null|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|tausend|dutzend|halb|hälfte|doppelt|"
    r"deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|quinze|vingt|trente|cent|mille|moitié|double|"
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|cien|mil|mitad|doble|"
    r"twee|drie|vijf|zes|zeven|negen|tien|twaalf|twintig|honderd|helft|due|tre|quattro|cinque|sette|dieci|cento|metà|dois|duas|três|quatro|sete|oito|nove|dez|cem|metade|två|fyra|fem|sju|åtta|nio|tio|hälften|dwa|dwie|trzy|cztery|pięć|dziesięć|połow[aęy]"
)
ORDINALS = r"(?:\w+-?)?(?:hundredth|thousandth|millionth)|\w*(?:hundert|tausend|million)st\w*|(?:\w+-)?(?:centi|milli|millioni)ème|(?:cent|mil|millon|milion)ésim\w+|\w*(?:cent|mill|milion)esim\w+|\w*(?:honderd|duizend|miljoen)ste|\w*(?:hundrade|tusende|miljonte)|\w*(?:setn|tysięczn|milionow)\w+"
SPELLED_NUMBER = Spotter(rf"(?<!\w)(?:{SPELLED})(?!\w)")
SPELLED_ORDINAL = rare(rf"(?<!\w)(?:{ORDINALS})(?!\w)", re.I)
# Where none of these stands, no ordinal does.
OF_ORDINALS = (
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
UNITS = r"hours?|minutes?|days?|weeks?|months?|seconds?|percent|stunden?|minuten?|tage?n?|wochen?|monate?n?|prozent|heures?|jours?|semaines?|mois|horas?|minutos?|días?|semanas?|meses|uur|uren|dagen?|weken|maanden|ore|giorn[io]|settiman[ae]|mesi|dias?|timmar|dagar|veckor|månader|godzin\w*|dni|tygodni\w*"
UNIT = Spotter(rf"\b(?:{UNITS})")
_COUNTS = rf"(?:{SPELLED}|{ORDINALS}|one|an?|single|ein\w*|une?|una?|één|um|uma|en|ett|jed\w+)"
COUNT = re.compile(_COUNTS)
SPELLED_AMOUNT = re.compile(rf"(?<!\w){_COUNTS}(?:\s|-)(?:\w+\s)?(?:{UNITS})(?!\w)", re.I)
WORDS_OF_A_NUMBER = 3
# A line that begins so does not say of whom.
REFERS_BACK = re.compile(
    r"^(?:and |but |und |et |y )?(?:he|she|it|they|this|that|these|those|er|sie|es|das|dies|il|elle|ils|elles|cela|ça|él|ella|esto|eso|hij|zij|ze|het|lui|lei|questo|ele|ela|isso|han|hon|det|den)\b",
    re.I,
)
# "Before it was twenty calls a shift": what "it" is stands in the sentence before.
BEFORE_IT = re.compile(
    r"^(?:(?:before|previously|in the past|until now|früher|vorher|bisher|avant|auparavant|antes|prima|eerst|vroeger|voorheen|förr|tidigare|innan|wcześniej|przedtem),? (?:it|that|they|there|this|he|she|war|waren|es|c['’]était|il|elle|ils|elles|era|eran|eram|erano|was|waren|het|var|det|było|był|była)|(?:it|they|she|he) used to|that['’]s|those|without (?:him|her|it|them|this|that)|ohne (?:ihn|sie|es|das)|sans (?:lui|elle|eux|elles|cela|ça)|sin (?:él|ella|ellos|ellas|eso|esto)|sem (?:ele|ela|eles|elas|isso)|senza (?:di lui|di lei|di loro)|zonder (?:hem|haar|hen|dit|dat)|utan (?:honom|henne|dem|det)|bez (?:niego|niej|nich|tego))\b",
    re.I,
)
# "First time in eleven years nobody had to be fetched": of whom, the sentence before tells.
FIRST_TIME = re.compile(
    r"^(?:(?:the )?(?:first|only) time|erstes mal|(?:la )?première fois|(?:la )?primera vez|(?:la )?prima volta|(?:a )?primeira vez|(?:de )?eerste keer|första gången|pierwszy raz)\b",
    re.I,
)
# "He means the cash-up": the sentence behind says what the one before spoke of.
EXPLAINS = rare(
    r"^(?:(?:he|she|they|i) (?:means?|meant)|that is|i\.e\.|(?:er|sie) meint|gemeint (?:ist|sind|war)|das heißt|d\.h\.|c'est-à-dire|(?:il|elle) parle|es decir|se refiere|isto é|ou seja|cioè|vale a dire|(?:hij|zij|ze) bedoelt|dat wil zeggen|d\.w\.z\.|(?:han|hon) menar|det vill säga|to znaczy|chodzi o)(?!\w)",
    re.I,
)
# "The target was 1 %": half of a story, as what it was like before.
TARGET_ALONE = re.compile(
    r"^\W*(?:(?:the|our|their|das|unser|ihr|der|die|l['’]|le|notre|leur|el|la|nuestro|su|o|a|nosso|il|lo|nostro|het|ons|de|vårt|nasz|nasze)\s*)?(?:goal|target|aim|ziel\w*|vorgabe|objecti[fv]\w*|objetivo|meta|obiettivo|doel\w*|mål\w*|cel)\b[^.,;!?]{0,40}\b(?:was|were|war|était|era|var|był|było|wynosił)\b[^;!?]{0,25}$",
    re.I,
)
# "Oh and", "Also", "Noch etwas:": what ties a sentence to the one before. Where the verb stands second nothing else may be taken away.
LINK = re.compile(
    r"^(?:(?:oh|ah|ach),? (?:and|und|et|y|e|en|och) |oh,? |(?:and|but|also|und|y|et|och)\s+(?!(?:if|so|that)\b)|(?:also|plus|p\.?s\.?|btw|by the way|one more thing|another thing|noch (?:etwas|was)|eines noch|übrigens|au fait|et puis|por cierto|una cosa más|ah|a propósito|a proposito|un'altra cosa|trouwens|nog iets|förresten|en sak till|przy okazji|i jeszcze jedno)\s*[,:–-]+\s+)(?=\S.{19})",
    re.I,
)
EMOTICON = rare(r"(?<=[^\s:;])\s*(?:[:;]-?[)D(P]|\^\^|<3|xD|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]+)+\s*$")
# Leave to repeat the rest, which tells nothing itself, as it is given in our languages.
PERMITS = rare(
    r"\b(?:quote (?:me|us|that|this)|use my (?:name|words)|(?:mich|uns|das) (?:\w+ ){0,3}zitieren|(?:me|nous) citer|cite[sz]?[ -](?:moi|nous)|citar(?:me|nos)|(?:me|nos) (?:pued\w+|podéis) citar|me cit[ae]r?|cíte[mn]os?|citar-(?:me|nos)|citarmi|citarci|(?:mi|ci) (?:può|puoi|potete) citare|(?:me|mij|ons) (?:\w+ ){0,3}citeren|citeer (?:me|mij|ons)|citera (?:mig|oss)|(?:mnie|nas) (?:\w+ ){0,2}(?:za)?cytować|(?:za)?cytujcie (?:mnie|nas)|(?:you|vous) (?:may|can|pouvez) (?:\w+ )?(?:publish|print|publier|diffuser)|feel free to (?:publish|use|print)|(?:dürfen sie|sie dürfen|ihr dürft|dürft ihr|können sie|sie können) (?:\w+ ){0,3}(?:veröffentlichen|verwenden|abdrucken)|(?:puede[ns]?|podéis) (?:publicar|usar)l[oae]s?|(?:pode[ms]?) (?:publicar|usar)|(?:può|puoi|potete) (?:pubblicar|usar)l[oa]|(?:mag|mogen|mogt) (?:\w+ ){0,3}(?:publiceren|plaatsen)|får (?:\w+ ){0,3}(?:publicera|använda)|(?:można|możecie) (?:\w+ ){0,2}(?:opublikować|publikować))\b|引用(?:して(?:いただいて|くださって|も)|可)",
    re.I,
)
# Where none of these stands, nobody speaks of quoting.
OF_QUOTING = (
    "quot",
    "zit",
    "cit",
    "cyt",
    "cíte",
    "use my",
    "publi",
    "print",
    "diffus",
    "feel free",
    "öffentlich",
    "verwenden",
    "abdrucken",
    "usar",
    "pubblic",
    "plaats",
    "använd",
    "引用",
)
# Before and after in one breath.
CONTRAST = Spotter(
    r"\b(?:used to|instead of|rather than|no longer|not .{2,40} any ?more|from \S+ .{0,20}to \S+|now (?:takes?|only|just|it|we|they)|statt|anstatt|früher .{3,80} (?:jetzt|heute|nun)|au lieu d|ne .{3,40} plus|en (?:lugar|vez) de|ya no|in plaats van|invece di|non .{3,40} più|em vez de|i stället för|istället för|zamiast|(?:was|were|before) .{2,60} (?:now|today|these days)|(?:war|waren|vorher|zuvor) .{2,60} (?:jetzt|heute|nun)|(?:avant|était|étaient) .{2,60} (?:aujourd'hui|maintenant|désormais)|(?:antes|era|eran|eram) .{2,60} (?:ahora|hoy|agora|hoje)|(?:prima|erano) .{2,60} (?:ora|adesso|oggi)|(?:eerst|waren) .{2,60} nu|(?:förr|innan|tidigare) .{2,60} nu|(?:wcześniej|przedtem|było|był|była) .{2,60} (?:teraz|dziś|dzisiaj))\b",
)
# How it was, and not a word of how it is now.
ONLY_BEFORE = rare(
    r"^(?=.*\b(?:used to|früher|avant|auparavant|antes|vroeger|kiedyś|förr)\b)(?!.*\b(?:now|today|these days|since|jetzt|heute|nun|seit\w*|maintenant|désormais|aujourd'hui|depuis|ahora|hoy|desde|nu|sinds|ora|adesso|oggi|agora|hoje|teraz|dziś|no longer|any ?more|instead)\b)",
    re.I,
)
# What it was like before is half of a story; alone it is never the line.
TIMES = r"this (?:year|time|month|quarter|season|winter|spring|summer|autumn|fall)|now|today|heuer|dieses (?:jahr|mal)|diesmal|jetzt|heute|cette (?:année|fois)|maintenant|aujourd'hui|este año|ahora|hoy|dit jaar|nu|quest'anno|adesso|ora|este ano|agora|i år|nu"
NOW = rare(rf"(?:,|;|–|-|\bund\b|\band\b)\s*(?:and |but |und |aber )?(?:{TIMES})\b", re.I)
NAMES_A_TIME = Spotter(rf"\b(?:{TIMES})\b")
BEFORE = re.compile(
    r"^(?:and |but |und |et |y )?(?:usually|normally|typically|otherwise|sonst|normalerweise|üblicherweise|d['’]habitude|normalement|habituellement|normalmente|habitualmente|di solito|solitamente|normaal|gewoonlijk|doorgaans|meestal|vanligtvis|normalt|annars|zwykle|zazwyczaj|normalnie|dawniej|kiedyś|last (?:year|quarter|month|winter|summer|season|time|spring|autumn|fall)|previously|before (?:that|this|then)|in the past|it used to|we used to|früher|vorher|letztes (?:jahr|mal)|bisher|bislang|avant|auparavant|l'an dernier|antes|el año pasado|vroeger|voorheen|vorig jaar|prima|l'anno scorso|no ano passado|förr|tidigare|förra året|wcześniej|dawniej|(?:in|during|over|im|in|dans|sur|pendant|en|durante|nello|nel|no|w|under)?\s*(?:the|der|dem|den|la|el|lo|het|de|o|tym)?\s*(?:same|gleichen?|selben|même|misma?|mismo|stess[ao]|mesm[ao]|zelfde|dezelfde|hetzelfde|samma|samym)\s(?:\w+\s){1,3}(?:last year|a year ago|voriges?n? jahre?s?|des vorjahre?s|letzten jahre?s|l'an (?:dernier|passé)|de l'année dernière|del año pasado|dell'anno scorso|do ano passado|vorig jaar|i fjol|förra året|zeszłego roku))\b",
    re.I,
)
# How it was before, or is otherwise: "usually that takes us ten days", "antes tardábamos mes y medio". Beside a word of
# today in the same sentence it is a contrast, and news.
USUAL = Spotter(
    r"\b(?:usually|normally|typically|as a rule|otherwise|used to|previously|formerly|before (?:that|this|it|we|then)|in the past|last (?:year|quarter|month|winter|summer|season|time|spring|autumn|fall)|"
    r"sonst|normalerweise|üblicherweise|gewöhnlich|früher|vorher|zuvor|bisher|bislang|letztes (?:jahr|mal)|"
    r"d['’]habitude|normalement|habituellement|avant|auparavant|autrefois|l['’]an (?:dernier|passé)|jusqu['’]ici|"
    r"normalmente|habitualmente|antes|anteriormente|el año pasado|solía\w*|hasta ahora|"
    r"di solito|solitamente|prima (?:\w+ ){0,2}\w+[aei]v(?:o|a|i|amo|ano)|in passato|l['’]anno scorso|finora|un tempo|costum\w+|antigamente|no ano passado|até agora|"
    r"normaal|gewoonlijk|doorgaans|meestal|vroeger|voorheen|eerst|vorig jaar|tot nu toe|"
    r"vanligtvis|normalt|annars|tidigare|förr|förra året|hittills|brukade|"
    r"zwykle|zazwyczaj|normalnie|dawniej|wcześniej|kiedyś|przedtem|w zeszłym roku|do tej pory)\b|(?:例年|以前|これまで|今まで|従来|普段|通常|昔は|かつて)",
)
NOWADAYS = Spotter(
    r"\b(?:now|today|these days|since|no longer|this (?:year|time|month|quarter|season|winter|spring|summer|autumn|fall)|instead|"
    r"jetzt|heute|nun|heuer|seit\w*|diesmal|dieses jahr|statt|maintenant|aujourd['’]hui|désormais|depuis|cette (?:année|fois)|"
    r"ahora|hoy|ya|desde|este año|adesso|oggi|ora|quest['’]anno|agora|hoje|já|este ano|nu|vandaag|sinds|dit jaar|"
    r"nuförtiden|i år|sedan|idag|teraz|dziś|dzisiaj|od|w tym roku)\b|(?:今は|今年|現在|今では|ようになり)",
)
# "340 registered, 212 live", "3 yrs, 40 extra seats": figures whose subject stands in the sentence before.
ELLIPTIC = rare(
    r"^(?:[\d€$£+~><≈%]|(?:zero|no|not|spart|spare?n|saves?|ahorra|économise|bespaart|risparmia|poupa|sparar|oszczędza|und|and|plus|down|up|from|von|de|nur|only|all in|alles in)\b)",
    re.I,
)
# Where and how it was heard, how long it took: "Visit at the brewery, lunch 13 €", "Call w/ Dev. 18 min, bad line".
OCCASION = Spotter(
    r"\b(?:(?:(?:phone|video|zoom|teams|intro|annual|monthly|quarterly|weekly|site|quick|short|long|good|great) )?(?:call|visit|visited|meeting|review|catch-?up|lunch|coffee|qbr|demo) (?:w/?|with|at|today|yesterday|this morning|on)|had (?:coffee|lunch)|spoke (?:to|with)|"
    r"tel\.? (?:mit|met)|telefonat|anruf|termin (?:mit|bei)|besuch (?:bei|im|in)|war (?:bei|auf|im)|gespräch mit|"
    r"appel avec|rdv|rendez-vous|visite (?:chez|de|à|sur)|point (?:mensuel|hebdo\w*|trimestriel|avec)|"
    r"llamada (?:con|de)|visita (?:a|al|alla?|en)|reunión (?:con|de)|"
    r"chiamata con|telefonata con|incontro con|riunione con|gebeld met|bezoek (?:aan|bij)|overleg (?:met|bij)|langs (?:bij|geweest)|"
    r"liguei|chamada com|visita (?:a|à|ao)|reunião (?:com|de)|samtal med|möte (?:med|hos)|besök(?:te)? (?:hos|på|i)?|ringde|"
    r"rozmowa z|spotkanie (?:z|w)|wizyta (?:w|u)|telefon (?:z|od))\b|(?:訪問|打ち合わせ|お電話|面談)",
)
# "Just off the phone with Dev at Windmere, they …": where it was heard, not what.
HEARD = re.compile(
    r"^(?:i'?m |i am |i |net |eben |gerade )?(?:just )?(?:(?:came |got )?(?:off|out of|back from) (?:the|a|my)|had (?:a|the)|spoke (?:to|with)|ich komme (?:gerade )?(?:aus|von) (?:dem|der|einem)|komme gerade aus|je sors (?:de|d'un)|acabo de (?:hablar|salir)|(?:tel\.?|telefoon|gebeld|gesproken|overleg|call|telefonat|telefoniert|gesprochen|gespräch|tél\.?|appel|llamada|telefonata|chamada|samtal|rozmowa) (?:with|mit|met|avec|con|com|med|z))\s[^,:.!?]{2,60}[,:.]\s+(?=\S.{19})",
    re.I,
)
# Words that only announce that something is told; those after which another language puts the verb last stay.
TELLING_YOU = re.compile(
    r"^(?:i )?(?:just )?(?:(?:a (?:quick|short|brief) (?:note|line|word) )?to (?:say|tell you|let you know)(?: that)?|wollte nur (?:kurz )?sagen[,:]|juste pour (?:te |vous )?dire que|solo (?:para|quería) decir(?:te|os|les?)? que|solo per dir(?:e|ti|vi) che|só para (?:te |vos |lhes? )?dizer que|ville bara säga att|chciał[ae]m tylko powiedzieć,? że|had to tell you(?: that)?|so you know|wanted to (?:say|tell you|let you know)(?: that)?|forgot to (?:send|say|mention)(?: this)?|un petit mot pour (?:te|vous) dire que|je voulais (?:juste |simplement )?(?:te|vous) (?:dire|raconter) que|(?:sólo |solo )?quería (?:sólo |solo )?(?:decir|contar)(?:te|le|les|os) que|volevo (?:solo |soltanto )?(?:dir|raccontar)(?:ti|vi|le) che|(?:só )?queria (?:só |apenas )?(?:(?:te|lhe) )?(?:dizer|contar)(?:[- ](?:te|vos|lhes?))? que)[,:]?\s+(?:[-–]\s+)?(?=\S.{19})",
    re.I,
)
HELLO = re.compile(
    r"^(?:hi|hello|hey|dear|hallo|liebe[rs]?|guten (?:tag|morgen)|moin|servus|bonjour|salut|hola|buenos días|buenas|ciao|buongiorno|olá|hej|cześć|dzień dobry|beste|dag|hoi)(?:,\s+(?-i:[A-ZÀ-Þ])[\w'’-]*(?=\s*[,!:–-])|\s+[^\W\d]\S*(?:\s[A-ZÀ-Þ]\S*)?)?\s*[,!:–-]\s+(?=\S.{14})",
    re.I,
)
UNSPACED = re.compile(r"[\u3040-\u9fff]")
# "…, 3 Jahre. Gruß J. Claasen": a farewell on the line of the news.
FAREWELL = re.compile(
    r"(?:^|(?:[.!?,;–-]|\s)\s*)(?:(?:Viele |Liebe |Beste |Schöne |Herzliche )?Gr(?:uß|üße|uss|üsse)|LG|VG|MfG|Mfg|lg|vg|mfg|(?:Met vriendelijke |Hartelijke )?[Gg]roet(?:en|jes)?|Mvg|mvg|Mvh|mvh|Hälsningar|(?:Kind |Best )?[Rr]egards|Cheers|Cordialement|Bien à (?:toi|vous)|(?:Un )?[Ss]aludos?|(?:Cordiali )?[Ss]aluti|Abraços?|Pozdrawiam|Pozdrowienia),?(?:\s+(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]+)){0,3}\s*$"
)
# Where none of these stands, nobody says goodbye.
OF_FAREWELLS = ("Gr", "LG", "VG", "fG", "fg", "lg", "vg", "roet", "vh", "Hälsningar", "egards", "Cheers", "Cordial", "Bien", "alud", "alut", "Abra", "Pozdr")  # fmt: skip
# "…, kan value 8": how much the member thinks it is worth, read in ``measures``.
VALUED = re.compile(
    r"[\s,;.!–-]+(?:kan |can be |could be )?(?:win )?(?:value|wert|valeur|valor|waarde|valore|värde|wartość)\s+(?:10|[1-9])(?:\s*/\s*10)?\s*[.!]?$",
    re.I,
)
ADDRESS = re.compile(
    r"^(?:(?:dear|hi|liebe[rs]?|chère?|cher|caro|cara|beste|hej)\s+)?(?P<name>[^\W\d_]+)(?: (?:mia|mio|meu|minha))?\s*(?:[,!:]|\s[–—-])\s+(?=\S.{11})",
    re.I,
)
EVERYBODY = frozenset(["team", "all", "folks", "everyone", "leute", "zusammen", "équipe", "equipo", "equipe", "allemaal", "teamet", "zespole"])  # fmt: skip
# The headings of our own customer updates (updates/phrases.py): an answer to one says nothing in its subject.
OWN_UPDATE = re.compile(
    r"^(?:What .+ has achieved since|Was .+ seit .+ erreicht hat|Ce que .+ a accompli depuis|Lo que .+ ha logrado desde|Wat .+ sinds .+ heeft bereikt)\b"
)
# "Wollen im Januar zwei Linien anschließen": a note in telegram style, whose subject is the customer it stands under.
NO_SUBJECT = rare(
    r"^(?:(?:want|wants|plan|plans|hope|hopes|intend|intends|need|needs) to|has|have (?:now|just|already|been|all|\w+ed)|is|are (?:going|about|now|all)|loves?|uses?)\s(?!you|we|they|it|there|i\b|he|she|anyone|anybody|somebody|the\b|your)|"
    r"^(?=.*\b(?:im|am|und|mit|für|den|dem|zum|zur|auf|bei|ein|eine|einen|neue?n?|schon|jetzt|noch|weitere?n?|alle)\b)(?:wollen|möchten|planen|haben|nutzen|brauchen|sparen|sind|kommen|verlängern|bestellen|werden|will|möchte|hat|plant|nutzt|braucht|spart|verlängert|bestellt|wird)\s(?!wir|sie|ihr|die\b|der\b|das\b|ich|es|er\b|alle|man|du|jemand|unser)|"
    r"^(?=.*\b(?:het|een|met|voor|naar|en|nu|ook|op|nog)\b)(?:willen|hebben|gaan|gebruiken|heeft|gaat|gebruikt|zijn|besparen|bespaart|verlengen|verlengt|wil)\s(?!we|ze|wij|zij|de|het|ik|jullie|u|alle|er|iemand|hij|je)|"
    r"^(?:vill|har|ska|använder|sparar|förlänger|behöver)\s(?!vi|ni|de|du|jag|någon|alla|han|hon|det)|"
    r"^(?:veulent|souhaitent|ont|utilisent|prévoient|veut|utilise|prévoit)\s(?!ils|elles|il|elle|on|tous|vous|nous)",
    re.I,
)
# Words with which a question to us, or a request, begins; "can you believe it" is no question.
ASKS = rare(
    r"^(?:hi|hello|hey|hallo|bonjour|hola)?[\s,!]*(?:(?:can|could|would|will) (?:you|we|i|someone|somebody)(?! believe| imagine| guess)|what|who|whose|when|where|which|how (?:many|much|do|does|did|can|is|are|often)|why|is there|are there|do (?:we|you|i)|does|did (?:we|they|he|she)|has (?:anyone|anybody)|have (?:we|you)|please|pls|"
    r"(?:kannst|könn(?:t|en|test)|würdest|würden) (?:du|ihr|sie|wir)|wer|was|wann|wo|wie (?:viel|oft|ist|sind|kann)|warum|welche\w*|gibt es|bitte|(?:peux|peut|pouvez|pourr\w+)[- ](?:tu|on|vous)|qui|quand|où|comment|pourquoi|quel\w*|est-ce|(?:me )?(?:puedes?|podéis|podr\w+)|quién\w*|qué|cuándo|dónde|cómo|por qué|cuál\w*|(?:mi )?(?:puoi|potete|potresti)|chi|cosa|quando|dove|perché|quale|(?:pode[ms]?|poderia\w*)|quem|o que|onde|porque|qual|(?:kun|kunnen|kan) (?:je|jij|jullie|u|we)|wie|wat|wanneer|waar|hoe|waarom|welke?|(?:kan|kunde) (?:du|ni|vi)|vem|vad|när|var|hur|varför|vilken|czy|kto|kiedy|gdzie|dlaczego|który)(?!\w)",
    re.I,
)
ASKING_FOR = rare(r"^(?:please|pls|bitte)\b", re.I)
