"""What shall be done with a win: share, private, delete, undo, split and the like, and their negations."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from mailwins.receipts.wishes.folding import EDGE
from mailwins.receipts.wishes.wish import Wish

IT = r"(?: (?:this|it|that|them|these|this one|that one|it all|this win|the win|the whole thing|das|dies|diesen?|es|den erfolg|ceci|cela|ca|le|la|esto|este|eso|dit|deze|dat|die))?"
TO_CUSTOMER = r"(?: (?:with|w/?|to|an|mit|avec|con|met|a|au) (?:the |our |my |den |dem |die |le |les |la |el |los |de )?(?:customer|customers|client|clients|them|kunden?|clientes?|klant|klanten))"
TO_ALL = r"(?: (?:with|w/?|to|outside|in|inside|around|mit|avec|con|met|aan) ?(?:an?yone(?: else)?|anybody|others|other teams|the (?:team|company|others|digest|digests|whole company)|internally|the office|niemandem|jemandem|personne|nadie|niemand|iemand))"

VERBS: tuple[tuple[str, str], ...] = (
    # The negations first: none of them may ever reach its own opposite.
    ("private", rf"(?:(?:we|you|i) )?(?:do not|don'?t|dont|never|must not|should not|shouldn'?t|not to|please not|cannot|can'?t) (?:be )?(?:share|shared|publish|show|tell|spread|forward)(?:d|ed)?{IT}{TO_ALL}"),
    ("private", rf"(?:do not|don'?t|dont) (?:publish|show|put|include){IT}(?: in the (?:digest|digests|newsletter))?|keep{IT} out of the digests?|not for the digests?|not in the digests?"),
    ("internal<share", rf"(?:(?:we|you|i) )?(?:do not|don'?t|dont|never|must not|mustn'?t|should not|shouldn'?t|cannot|can'?t|not to|please not|no|not) (?:be )?(?:share|shared|sharing|tell){IT}{TO_CUSTOMER}?(?: yet| for now| please)?|not for sharing|not for (?:the )?(?:customer|client)s?|not shareable|unshare{IT}|stop sharing{IT}|(?:it |this |that )?(?:must not|should not|shouldn'?t|can'?t|cannot) be shared{TO_CUSTOMER}?"),
    ("internal<share", rf"(?:das |dies |bitte )*(?:nicht|nie|niemals|noch nicht){TO_CUSTOMER}? (?:teilen|weitergeben|freigeben|weiterleiten|geteilt werden)|teile? (?:das |es |dies )?(?:bitte )?nicht|darf nicht geteilt werden|ne (?:pas |le |la |l')*partag(?:er|ez|e)s?(?: pas)?(?: ca| cela| ceci)?{TO_CUSTOMER}?|pas (?:de |a )?partag(?:e|er)|no (?:lo |se |la )*(?:compart(?:ir|irlo|as|an|e)|puede compartir)|niet (?:delen|doorsturen|gedeeld worden)|deel (?:dit |het )?niet{TO_CUSTOMER}?|mag niet gedeeld worden"),
    ("internal<private", rf"(?:this |it |that )?(?:is |'s |need |needs? )?(?:isn'?t|not|no longer|not any ?more|un) ?(?:really |to be )?(?:private|confidential)|no need to keep{IT} private|(?:das ist )?nicht (?:mehr )?(?:privat|vertraulich)|(?:ce n'est )?(?:pas|plus) (?:prive|confidentiel)|(?:ya )?no (?:es )?(?:privado|confidencial)|(?:dit is |het is )?niet (?:meer )?(?:prive|vertrouwelijk)"),
    ("delete", r"(?:(?:this|it|that|these)(?:'s| is| was| are)? )?(?:not|no|isn'?t|wasn'?t|aren'?t|ain'?t) ?(?:really |actually )?(?:an? )?(?:real |actual )?(?:win|wins|success)(?: at all| really)?|(?:das |dies )?(?:ist |war )?(?:gar |leider )?keine? (?:win|erfolg)|kein erfolg|(?:ce |c')?(?:n'est |est )?pas un (?:win|succes)|pas un succes|pas une victoire|(?:esto )?no es un (?:win|exito|logro)|(?:dit is |het is )?geen (?:win|succes)"),
    # Then what shall be done.
    ("private", rf"(?:(?:make|keep|mark|set|treat|leave|put){IT}(?: as| to)? |(?:this|it|that) (?:is|should be|must be|stays?|has to be) (?:strictly |very )?|(?:it|that)'s (?:strictly )?|strictly |stay )?(?:private|confidential|between us|secret)(?: only| for now| between us| one| win)?|keep{IT} (?:to us|to ourselves|under wraps|quiet)|for (?:my|your|our) eyes only|private visibility"),
    ("private", r"(?:das |dies |es )?(?:bitte |ist |bleibt |auf |als )*(?:privat|vertraulich)(?: (?:behandeln|halten|lassen|machen|bleiben|setzen|stellen))?|(?:c'est |garder |gardez |rendre |mettre |a garder )?(?:le |la |ca |cela )?(?:en )?(?:privee?|confidentiel(?:le)?)|(?:es |mantener |mantenerlo |manten(?:lo)? |hacer(?:lo)? |que sea |hazlo )?(?:privad[oa]|confidencial)|(?:dit is |houd |hou |maak |graag )?(?:dit |het )?(?:prive|vertrouwelijk)(?: houden| maken)?|unter uns|entre nous|entre nosotros|onder ons|非公開|内密|プライベート|社外秘"),
    ("share", rf"(?:(?:yes )?(?:you|they|we) (?:can|may) (?:now )?|feel free to |go ahead and |(?:it is |it's |that's |is )?(?:ok|okay|fine|good|happy|free|safe|cleared|approved) (?:for (?:you|us) )?(?:to|for) |to |can be |may be |let's )?(?:share|shareable|sharing){IT}{TO_CUSTOMER}?|(?:this |it |that )?(?:can|may) be shared{TO_CUSTOMER}?|(?:this |it |that )?is (?:shareable|ok to share|fine to share)|mark(?:{IT})? (?:as )?shareable|make(?:{IT}) shareable"),
    ("share", r"(?:(?:ihr |du |sie )?(?:kann(?:st)?|darf(?:st)?|konnt|durft|konnen|durfen) )?(?:das |dies |es |ihr |gerne |gern |ruhig )*(?:teilen|weitergeben|freigeben|geteilt werden|weitergegeben werden|freigegeben werden|der kunde sehen)(?: mit dem kunden)?|darf mit dem kunden geteilt werden|(?:vous pouvez |tu peux |on peut |peut etre |ca peut etre |a )?(?:le |la |ca )?(?:partager|partagez|partagee?)(?<!^partage)(?<!^partagee)(?: avec le client)?|(?:puedes |se puede |pueden |podeis |puede )?(?:compartir(?:lo)?|comparte(?:lo)?)(?: con el cliente)?|(?:je mag |mag |kan |jullie mogen )?(?:dit |het |dat )?(?:worden )?(?:delen|gedeeld worden)(?: mag| met de klant)?|mag gedeeld|共有(?:可|して(?:ください|OK)?|OK)?"),
    ("internal", r"(?:keep |make |only |for )?(?:this |it )?(?:internal|colleagues)(?: only| use only)?|(?:nur )?intern(?: bleiben| lassen)?|(?:seulement |usage )?interne|(?:solo )?interno|(?:alleen )?intern|社内のみ"),
    ("delete", rf"(?:delete|remove|discard|trash|scrap|erase){IT}|(?:get rid of|throw away|drop|bin) (?:this|it|that|them)|take (?:this|it|that) (?:out|off|down)"),
    ("delete", r"(?:das |dies |diesen |den |es )?(?:wieder )?(?:lo(?:e)?schen|lo(?:e)?sch(?:e|t)?(?: das| es| den)?|entfernen|weg damit|entferne(?:n)? das)|(?:a )?(?:supprim(?:er|ez|e)|effac(?:er|ez|e)|retir(?:er|ez))(?: ca| cela| le| ceci)?|(?:borr(?:ar|arlo|alo|a|e)|elimin(?:ar|arlo|alo|a|e)|quit(?:ar|arlo|alo))(?: esto| este)?|(?:dit |deze )?(?:verwijder(?:en|d)?|wissen|weghalen)(?: dit| deze| dat)?|削除(?:して(?:ください)?|願います)?"),
    ("undo", rf"undo{IT}(?: (?:my |the )?(?:last )?(?:change|correction|edit)s?)?|take (?:that|it|this) back|revert{IT}(?: (?:my |the )?(?:last )?(?:change|correction)s?)?|roll(?: it| that)? back|(?:put|set|change|turn) (?:it|that|this|everything|all of it) back(?: to)?(?: (?:as|how|what|the way) (?:it|they) (?:was|were))?(?: before(?: my .{1,30})?)?|(?:mach(?:e|t)? )?(?:das |es |bitte |wieder )*r(?:ue|u)ckgangig(?: machen)?|zur(?:ue|u)cknehmen|annul(?:er|ez|e)|revenir en arriere|desha(?:cer|z|zlo)|(?:dit |maak dit |maak )?ongedaan(?: maken)?|terugdraaien|元に戻(?:す|して(?:ください)?)|取り消し"),
    ("undo", r"(?:scrap|forget|cancel|reverse|ignore|drop|discard|disregard|take back) (?:(?:my|the|that|this) )?(?:(?:(?:last|latest|previous|earlier) )?(?:change|correction|edit)s?|(?:last|latest|previous|earlier) (?:reply|mail|email|message|answer))"),
    ("undo", r"(?:(?:die |meine )?(?:letzte|vorige) (?:anderung|korrektur|mail|antwort) (?:zurucknehmen|verwerfen|ignorieren|streichen|vergessen|ruckgangig(?: machen)?)|(?:vergiss|vergesst|ignorier\w*|streich\w*|verwirf) (?:bitte )?(?:die |meine )?letzte (?:anderung|korrektur|mail|antwort)|(?:annule|oublie|ignore)[rz]? (?:ma |la )?derniere (?:modif\w*|correction|reponse)|(?:ignora|olvida|anula|descarta) (?:mi |el |la )?ultim[oa] (?:cambio|correo|correccion|respuesta)|(?:vergeet|negeer) mijn (?:laatste|vorige) (?:mail|wijziging|correctie|antwoord))"),
    ("undo", r"(?:(?:remets?|remettez|remettre) (?:ca |tout |le )?comme (?:c'etait|avant)(?: avant)?(?: (?:ma|mon|le|la) .{1,40})?|(?:dejalo|ponlo|vuelve a ponerlo) como (?:estaba|antes)|(?:zet (?:het |alles |dit )?)?terug(?:zetten)?(?: zoals het was)|terugzetten|annulla (?:la )?(?:mia )?(?:ultima )?(?:modifica|correzione)|rimetti (?:tutto )?com'era(?: prima)?|(?:desfaz|anula) (?:a )?(?:minha )?(?:ultima )?(?:alteracao|correcao|resposta)|volta a por como estava|(?:angra|glom) (?:min )?(?:senaste|sista) (?:andring\w*|rattelse\w*)|cofnij (?:moja )?(?:ostatnia )?(?:zmiane|poprawke)|przywroc (?:tak )?jak bylo|(?:wieder )?(?:so )?wie (?:es )?(?:vorher|zuvor|vorhin) war)"),
    ("split", rf"split{IT}(?: up)?(?: (?:in|into|in to) (?:two|three|four|\d)(?: wins| parts)?)?|(?:these|this|they|there|it|that) (?:are|is|'s) (?:really |actually )?(?:two|three|four|2|3|4|several|multiple) (?:different |separate )?(?:wins|stories|things)|(?:das |es )?(?:sind (?:zwei|drei|2|3|mehrere) erfolge|aufteilen|auftrennen|trennen)|(?:a )?(?:separer|scinder|diviser)|(?:separar|dividir)(?:lo)?|(?:op)?splitsen|分割(?:して(?:ください)?)?"),
    ("named", r"named|(?:you (?:can|may) )?(?:use|say|show|print) (?:their|her|his|the (?:customer|customer's|client's|company)) names?|you (?:can|may) name (?:them|the customer|her|him)|mit namen(?: nennen)?|avec (?:le |son )?nom|con (?:su )?nombre|met naam"),
    ("model", r"(?:this is |it is |it's |mark(?: it| this)? as )?(?:an? )?model(?: win)?"),
    ("ok", r"(?:o\.?k\.?|okay|okey|okk|k|yes|yep|yup|yeah|correct|right|approved?|reviewed|confirmed|perfect|fine|all (?:good|fine|correct|right|ok)|(?:that is |that's |this is |it's |everything is |everything |all )?(?:correct|right|fine|good|ok|okay)|(?:it |that |this |all )?looks (?:good|right|fine|great|correct)(?: to me)?|lgtm|good to go|no changes?|nothing to (?:change|add)|ja|passt(?: so)?|stimmt(?: so)?|korrekt|richtig|in ordnung|alles (?:gut|richtig|klar|bestens)|oui|c'est (?:bon|correct|ok|parfait)|parfait|d'accord|exact|tout est (?:bon|correct)|si|correcto|vale|perfecto|de acuerdo|todo (?:bien|correcto)|klopt(?: helemaal)?|akkoord|prima|helemaal goed|in orde|はい|了解(?:です|しました)?|大丈夫です)"),
)  # fmt: skip
COMPILED = tuple((verb, re.compile(pattern)) for verb, pattern in VERBS)

# One word with a slip of the thumb: (the word, verb). Only letters swapped, lost or doubled, so that no other word is met.
SLIPS = {"private": "private", "privat": "private", "confidential": "private", "share": "share", "delete": "delete", "remove": "delete", "undo": "undo", "split": "split", "internal": "internal", "loschen": "delete", "supprimer": "delete", "verwijderen": "delete", "rueckgangig": "undo", "ruckgangig": "undo", "annuler": "undo", "deshacer": "undo", "compartir": "share", "partager": "share", "teilen": "share", "vertraulich": "private"}  # fmt: skip
REAL_WORDS = frozenset(
    {
        "shared",
        "shares",
        "sharee",
        "hare",
        "deleted",
        "deletes",
        "under",
        "splits",
        "internally",
        "privately",
        "external",
        "removed",
        "shear",
        "hares",
        "sare",
        "eternal",
        "partagee",
        "teile",
        "eilen",
        "relete",
    }
)


def verb_of(low: str) -> Wish | None:
    """The verb that *low* is, from its first to its last word."""
    low = " ".join(low.split()).strip(EDGE)
    for verb, pattern in COMPILED:
        if pattern.fullmatch(low):
            name, _, instead = verb.partition("<")
            return Wish(name, instead_of=instead or None)
    word, _, rest = low.partition(" ")
    if len(word) >= 4 and rest in ("", "this", "it", "that", "this one", "das", "dit") and word not in REAL_WORDS:
        for right, verb in SLIPS.items():
            if (
                word[0] in right[:2]
                and OSA.distance(word, right, score_cutoff=1) == 1
                and sorted(set(word)) == sorted(set(word) & set(right))
            ):
                return Wish(verb)
    return None


def has_verb(low: str) -> bool:
    return any(verb_of(part) for part in (low, low.split()[0] if low else ""))
