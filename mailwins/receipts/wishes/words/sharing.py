"""Confidence and sharing: private, internal, leave to share, and what takes back or limits it."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import word_set
from mailwins.receipts.wishes.words.grammar import IT

# Beside a leave to share, what else may be said: that they agreed.
AGREED = re.compile(
    r"\b(?:happy|agreed|agrees|approved|approves|fine with|ok with|okay with|cleared|said yes"
    r"|gave (?:us )?(?:their |his |her )?(?:ok|permission|consent)|allowed|signed off|einverstanden"
    r"|zugestimmt|freigegeben|erlaubt|valide|d'accord|autorise|approuve|de acuerdo|aprobado|autorizado"
    r"|akkoord|goedgekeurd|toestemming)\b"
)

# "share: not yet" names no words for a customer; what it says instead is for a person.
SHARE_KEY = re.compile(r"(?:share|teilen|partager|compartir|delen)\s*[:：]")

# The words for the customer, behind a key.
SHARE_WORDS = re.compile(
    (
        r"^(?:share|teilen|partager|compartir|delen|customer may see|for the customer|fur den kunden"
        r"|pour le client|para el cliente|voor de klant|共有)\s*[:：]\s*(?P<value>\S.*)$"
    ),
    re.S,
)

# A leave to share that keeps something back.
LIMITED = re.compile(
    r"\b(?:but|only|without|except|leave out|aber|nur|ohne|au(?:ss|ß)er|mais|seulement|sans|sauf|pero"
    r"|solo|sin|menos|maar|alleen|zonder|behalve|ma|senza|tranne|mas|sem|exceto|men|utan|bara|ale|bez"
    r"|tylko"
    r"|leave .{1,40} out|keep .{1,40} out|w/o|minus|apart from|other than|leaving out|bar the)\b"
)

# "Between us: their CFO hates the price."
WHISPERED = re.compile(
    r"^(?:just |only |strictly |ganz |juste |solo )?(?:between (?:us|ourselves)|off the record"
    r"|in confidence|confidentially|unter uns|entre nous|pour nous seulement|entre nosotros|onder ons"
    r"|tra (?:di )?noi|entre nos|mellan oss|miedzy nami)(?: [a-z]+){0,2}\s*[:,-]\s*(?P<told>\S.{14,})$"
)

# Leave to share, and the words to use follow below.
SHOW_IT_SO = re.compile(
    r"^(?P<act>.+?)[,.;]? (?:(?:but|and|only|then) )*(?:please )?(?:put it like this|like this"
    r"|in these words|with these words|word(?:ed)? (?:it )?like this|say(?: it)?(?: like this)?|so"
    r"|mit diesen worten|so formuliert|avec ces mots|con estas palabras|in deze woorden)\s*:$"
)

# To whom it is shown, in a clause of which every word is known.
CUSTOMER = word_set(
    "customer customers client clients kunde kunden kundin clientes cliente klant klanten externally "
    "external publicly extern externe"
)

THEM = word_set("them her him ihnen ihm ihr eux leur lui ellos les hen ze")

DIGEST = word_set(
    "digest digests newsletter newsletters roundup edition editions mailing rundmail boletin nieuwsbrief bulletin"
)

ANYONE = word_set("anyone anybody else others niemandem jemandem personne nadie niemand iemand colleagues kollegen")

# ---------------------------------------------------------------- whole phrases
TO_CUSTOMER = (
    r"(?: (?:with|w/?|to|an|mit|avec|con|met|a|au) (?:the |our |my |den |dem |die |le |les |la |el |los "
    r"|de )?(?:customer|customers|client|clients|them|kunden?|clientes?|klant|klanten))"
)

TO_ALL = (
    r"(?: (?:with|w/?|to|outside|in|inside|around|mit|avec|con|met|aan) ?(?:an?yone(?: else)?|anybody"
    r"|others|other teams|the (?:team|company|others|digest|digests|whole company)|internally|the office"
    r"|niemandem|jemandem|personne|nadie|niemand|iemand))"
)

KEPT_BACK: tuple[tuple[str, str], ...] = (
    (
        "private",
        (
            r"(?:(?:we|you|i) )?(?:do not|don'?t|dont|never|must not|should not|shouldn'?t|not to|please not"
            rf"|cannot|can'?t) (?:be )?(?:share|shared|publish|show|tell|spread|forward)(?:d|ed)?{IT}{TO_ALL}"
        ),
    ),
    (
        "private",
        (
            rf"(?:do not|don'?t|dont) (?:send|pass|spread|forward|mail){IT} (?:around|about|round|on)(?: please| yet)?|(?:do not|don'?t|dont) (?:publish|show|put|include){IT}(?: in the (?:digest|digests"
            rf"|newsletter))?|keep{IT} out of the digests?|not for the digests?|not in the digests?"
        ),
    ),
    (
        "internal<share",
        (
            r"(?:(?:we|you|i) )?(?:do not|don'?t|dont|never|must not|mustn'?t|should not|shouldn'?t|cannot"
            rf"|can'?t|not to|please not|no|not) (?:be )?(?:share|shared|sharing|tell){IT}{TO_CUSTOMER}?(?: yet"
            r"| for now| please)?|not for sharing|not for (?:the )?(?:customer|client)s?|not shareable"
            rf"|unshare{IT}|stop sharing{IT}|(?:it |this |that )?(?:must not|should not|shouldn'?t|can'?t"
            rf"|cannot) be shared{TO_CUSTOMER}?"
        ),
    ),
    (
        "internal<share",
        (
            rf"(?:das |dies |bitte )*(?:nicht|nie|niemals|noch nicht){TO_CUSTOMER}? (?:teilen|weitergeben"
            r"|freigeben|weiterleiten|geteilt werden)|teile? (?:das |es |dies )?(?:bitte )?nicht"
            r"|darf nicht geteilt werden|ne (?:pas |le |la |l')*partag(?:er|ez|e)s?(?: pas)?(?: ca| cela"
            rf"| ceci)?{TO_CUSTOMER}?|pas (?:de |a )?partag(?:e|er)"
            r"|no (?:lo |se |la )*(?:compart(?:ir|irlo|as|an|e)|puede compartir)"
            rf"|niet (?:delen|doorsturen|gedeeld worden)|deel (?:dit |het )?niet{TO_CUSTOMER}?"
            r"|mag niet gedeeld worden"
        ),
    ),
    (
        "internal<private",
        (
            r"(?:this |it |that )?(?:is |'s |need |needs? )?(?:isn'?t|not|no longer|not any ?more"
            rf"|un) ?(?:really |to be )?(?:private|confidential)|no need to keep{IT} private"
            r"|(?:das ist )?nicht (?:mehr )?(?:privat|vertraulich)"
            r"|(?:ce n'est )?(?:pas|plus) (?:prive|confidentiel)|(?:ya )?no (?:es )?(?:privado|confidencial)"
            r"|(?:dit is |het is )?niet (?:meer )?(?:prive|vertrouwelijk)"
        ),
    ),
)
"""(what is asked for, the whole phrase); looked for before anything that shares."""

SHARING: tuple[tuple[str, str], ...] = (
    (
        "private",
        (
            rf"(?:(?:make|keep|mark|set|treat|leave|put){IT}(?: as| to)? "
            r"|(?:this|it|that) (?:is|should be|must be|stays?|has to be) (?:strictly |very )?"
            r"|(?:it|that)'s (?:strictly )?|strictly |stay )?(?:private|confidential|between us"
            r"|secret)(?: only| for now| between us| one| win)?"
            rf"|keep{IT} (?:to us|to ourselves|under wraps|quiet)|for (?:my|your|our) eyes only"
            r"|private visibility"
        ),
    ),
    (
        "private",
        (
            r"(?:das |dies |es )?(?:bitte |ist |bleibt |auf |als )*(?:privat"
            r"|vertraulich)(?: (?:behandeln|halten|lassen|machen|bleiben|setzen|stellen))?"
            r"|(?:c'est |garder |gardez |rendre |mettre |a garder )?(?:le |la |ca |cela )?(?:en )?(?:privee?"
            r"|confidentiel(?:le)?)|(?:es |mantener |mantenerlo |manten(?:lo)? |hacer(?:lo)? |que sea "
            r"|hazlo )?(?:privad[oa]|confidencial)|(?:dit is |houd |hou |maak |graag )?(?:dit |het )?(?:prive"
            r"|vertrouwelijk)(?: houden| maken)?|unter uns|entre nous|entre nosotros|onder ons|非公開|内密|プライベート"
            r"|社外秘"
        ),
    ),
    (
        "share",
        (
            r"(?:(?:yes )?(?:you|they|we) (?:can|may) (?:now )?|feel free to |go ahead and "
            r"|(?:it is |it's |that's |is )?(?:ok|okay|fine|good|happy|free|safe|cleared"
            r"|approved) (?:for (?:you|us) )?(?:to|for) |to |can be |may be |let's )?(?:share|shareable"
            rf"|sharing){IT}{TO_CUSTOMER}?|(?:this |it |that )?(?:can|may) be shared{TO_CUSTOMER}?"
            rf"|(?:this |it |that )?is (?:shareable|ok to share|fine to share)|mark(?:{IT})? (?:as )?shareable"
            rf"|make(?:{IT}) shareable"
        ),
    ),
    (
        "share",
        (
            r"(?:(?:ihr |du |sie )?(?:kann(?:st)?|darf(?:st)?|konnt|durft|konnen|durfen) )?(?:das |dies |es "
            r"|ihr |gerne |gern |ruhig )*(?:teilen|weitergeben|freigeben|geteilt werden|weitergegeben werden"
            r"|freigegeben werden|der kunde sehen)(?: mit dem kunden)?|darf mit dem kunden geteilt werden"
            r"|(?:vous pouvez |tu peux |on peut |peut etre |ca peut etre |a )?(?:le |la |ca )?(?:partager"
            r"|partagez|partagee?)(?<!^partage)(?<!^partagee)(?: avec le client)?"
            r"|(?:puedes |se puede |pueden |podeis |puede )?(?:compartir(?:lo)?"
            r"|comparte(?:lo)?)(?: con el cliente)?|(?:je mag |mag |kan |jullie mogen )?(?:dit |het "
            r"|dat )?(?:worden )?(?:delen|gedeeld worden)(?: mag| met de klant)?|mag gedeeld"
            r"|共有(?:可|して(?:ください|OK)?|OK)?"
        ),
    ),
    (
        "internal",
        (
            r"(?:keep |make |only |for )?(?:this |it )?(?:internal|colleagues)(?: only| use only)?"
            r"|(?:nur )?intern(?: bleiben| lassen)?|(?:seulement |usage )?interne|(?:solo )?interno"
            r"|(?:alleen )?intern|社内のみ"
        ),
    ),
)

BY_NAME: tuple[tuple[str, str], ...] = (
    (
        "named",
        (
            r"named|(?:you (?:can|may) )?(?:use|say|show|print) (?:their|her|his"
            r"|the (?:customer|customer's|client's|company)) names?"
            r"|you (?:can|may) name (?:them|the customer|her|him)|mit namen(?: nennen)?|avec (?:le |son )?nom"
            r"|con (?:su )?nombre|met naam"
        ),
    ),
)

# ---------------------------------------------------------------- words of a clause of which every word is known

# Participles are wishes only behind "can be": "I shared it" tells what was done.
SHARING_WORDS: dict[str, frozenset[str]] = {
    "share": word_set(
        "share sharing shareable teilen teile freigeben weitergeben partager partagez compartir "
        "compartirlo compartelo comparte delen deel doorgeven"
    ),
    "shared": word_set("shared geteilt freigegeben weitergegeben partage partagee compartido compartida gedeeld"),
    "show": word_set(
        "show showing see tell zeigen zeig zeige sehen montrer montre montrez voir mostrar mostrarlo "
        "muestra muestralo ensenar ensenarlo ver verlo tonen laten zien"
    ),
    "shown": word_set("shown gezeigt montre montree mostrado getoond"),
    "private": word_set(
        "private privat prive privee privado privada vertraulich confidential confidentiel confidentielle "
        "confidencial vertrouwelijk geheim secret «private»"
    ),
    "internal": word_set("internal internally intern interne interno interna"),
}

BESIDE_SHARING: dict[str, frozenset[str]] = {
    "private": word_set(
        "only nur seulement solo alleen should must needs need want would could i'd like soll sollte muss "
        "debe deberia devrait doit moet win wins erfolg them between two three 2 3"
    ),
    "internal": word_set(
        "only nur seulement solo alleen use should must needs need want i'd like soll sollte muss debe "
        "doit moet win wins"
    ),
    "share": word_set("win wins erfolg"),
}
"""What may stand beside one act only."""

SHARING_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:between (?:us|ourselves)|unter uns|entre nous|entre nosotros|onder ons|off the record"
            r"|under wraps|(?:to|for) ourselves)\b"
        ),
        "«private»",
    ),
    (
        re.compile(
            r"\b(keep|gard\w*|behalt\w*|hou|houd\w*|guard\w*|mant\w*|lass\w*|laat|laten|bleibt|blijft"
            r"|reste[rz]?|queda)\b(.{0,30}?)\b(?:(?:to|for) us|pour nous|fur uns|para nosotros"
            r"|voor ons(?:zelf)?)\b"
        ),
        r"\1\2«private»",
    ),
    (
        re.compile(
            r"\b(?:for (?:now|the moment|the time being)|pour l'instant|pour le moment|vorerst|furs erste"
            r"|im moment|de momento|por ahora|por el momento|voorlopig|voor nu)\b"
        ),
        "",
    ),
    (
        re.compile(
            r"\b(?:hold|keep) (?:this|it|that)(?: one)? back\b|\bsit on (?:this|it|that)(?: one)?\b"
            r"|\bzuruckhalten\b"
        ),
        "«private»",
    ),
    (re.compile(r"\boutside (?:of )?(?:cs|customer success|the team|our team|the company|us)\b"), "anyone"),
)
"""Phrases → the word of ours that stands for them."""
