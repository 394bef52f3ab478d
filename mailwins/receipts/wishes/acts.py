"""A clause of which every word is known: one that acts, and others that only stand around it.

"Yes fine to show this to the customer" is no phrase anybody could list, but each of its words is
either the act (show … customer) or says nothing else. One unknown word, a condition or a doubt,
and the clause is left alone: "show this to Dale" is something else. A new language is one block more.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from mailwins.receipts.wishes.folding import EDGE, word_set
from mailwins.receipts.wishes.wish import Wish

_ACTS: dict[str, frozenset[str]] = {
    "share": word_set("share sharing shareable teilen teile freigeben weitergeben partager partagez compartir compartirlo compartelo comparte delen deel doorgeven"),
    # Participles are wishes only behind "can be": "I shared it" tells what was done.
    "shared": word_set("shared geteilt freigegeben weitergegeben partage partagee compartido compartida gedeeld"),
    "show": word_set("show showing see tell zeigen zeig zeige sehen montrer montre montrez voir mostrar mostrarlo muestra muestralo ensenar ensenarlo ver verlo tonen laten zien"),
    "shown": word_set("shown gezeigt montre montree mostrado getoond"),
    "private": word_set("private privat prive privee privado privada vertraulich confidential confidentiel confidentielle confidencial vertrouwelijk geheim secret «private»"),
    "internal": word_set("internal internally intern interne interno interna"),
    "delete": word_set(
        "delete remove discard scrap trash erase drop ditch ignore disregard junk kill loschen losche loesch loeschen entfernen entferne verwerfen ignorieren ignoriere supprimer supprimez supprime effacer effacez efface enlever enlevez enleve oublier oubliez "
        "retirer retirez ignorez borrar borra borralo borrarlo eliminar elimina eliminalo quitar quita quitalo descartar ignora ignoralo verwijder verwijderen weghalen weggooien wissen negeer negeren schrappen «delete»"
    ),
    "undo": word_set("undo revert restore rollback ruckgangig rueckgangig zurucknehmen zurucksetzen annuler annulez annule retablir retablissez deshacer deshaz deshazlo revertir ongedaan terugdraaien herstellen «undo»"),
    "split": word_set("split separate aufteilen auftrennen trennen trenne separer separez scinder diviser divisez separar separalos dividir dividelo splitsen opsplitsen splits «split»"),
}  # fmt: skip
_ACT_OF = {word: act for act, words in _ACTS.items() for word in words}

_CUSTOMER = word_set(
    "customer customers client clients kunde kunden kundin clientes cliente klant klanten externally external publicly extern externe"
)
_THEM = word_set("them her him ihnen ihm ihr eux leur lui ellos les hen ze")
_DIGEST = word_set(
    "digest digests newsletter newsletters roundup edition editions mailing rundmail boletin nieuwsbrief bulletin"
)
_ANYONE = word_set("anyone anybody else others niemandem jemandem personne nadie niemand iemand colleagues kollegen")
_WIN = word_set("win wins success erfolg succes victoire exito logro gewinn")
NEGATIONS = word_set(
    "not no dont don't doesn't never nicht nie niemals kein keine keinen ne n' pas jamais nunca jamas niet nooit geen cannot can't cant shouldn't shouldnt mustn't non nao inte ej aldrig nie nigdy mai nej nem wouldn't isn't isnt wasn't aren't ain't nichts"
)

_MINE = word_set(
    "my mine our ours mein meine meiner unser mon ma notre mi mio nuestro mijn ons meu nosso min mitt var moj nasz"
)

_AROUND = word_set(
    "a an the this that these those it its it's thats that's one ones entry item post note please pls plz kindly just really actually also too then now again ok okay fine good happy free cleared approved yes yep yeah go ahead feel can may is be are was to of for from "
    "in on with at as and or all both here there you your our my me us out off up away keep make mark set treat put leave let's lets stay stays remain whole thx thanks sorry im i'm perfectly totally absolutely very strictly "
    "bitte gern gerne ruhig mal einfach doch auch das dies diese diesen dieser den dem der die es ihr du sie wir man kann kannst konnen konnt darf darfst durfen werden wird sein ist bleiben bleibt lassen halten behandeln machen fur mit an aus im zum vom von und alles so eintrag ja nein "
    "s'il te plait svp stp merci le la les l' ce cet cette ca cela c'est est etre peut peux pouvez on tu vous je nous pour avec au aux du des en et tout bien sur oui non garder gardez garde mettre mettez mets rendre rester reste laisser laissez d'accord a "
    "por favor lo los las el un una este esta esto ese eso es ser se puede puedes pueden podeis podemos que con al de del para y ya todo bien si vale mantener manten mantenlo dejar deja dejalo guardar "
    "graag aub alsjeblieft alstublieft dit dat deze die het een zijn mag mogen kan kunnen kun je jullie we wij met aan voor van uit en ook maar even wel hou houden blijven blijft laten maken worden gewoon allemaal"
)  # fmt: skip
# What may stand beside one act only: "yet" behind a negation, "the last change" behind undo.
_BESIDE = {
    "negated": word_set("yet still noch encore todavia aun nog should must want need like would could soll sollte sollten muss debe deberia devrait moet anyone anybody i i'd ich yo ik any more anymore mehr plus mas meer longer"),
    "private": word_set("only nur seulement solo alleen should must needs need want would could i'd like soll sollte muss debe deberia devrait doit moet win wins erfolg them between two three 2 3"),
    "internal": word_set("only nur seulement solo alleen use should must needs need want i'd like soll sollte muss debe doit moet win wins"),
    "delete": word_set("them want need should must i'd like would could win wins erfolg weg wieder soll sollte muss ganz quite altogether completely entirely"),
    "undo": word_set("last latest previous earlier recent change changes correction corrections edit edits update how way before back letzte letzten vorige anderung anderungen korrektur derniere dernier modification correction ultimo ultima cambio correccion laatste vorige wijziging correctie want would like i'd was comme avant como antes como"),
    "split": word_set("them into two three four several 2 3 4 parts wins things stories in zwei drei mehrere erfolge teile deux trois plusieurs dos tres varios partes twee drie meerdere delen want would like should they're they are sind son sont different"),
    "share": word_set("win wins erfolg"),
}  # fmt: skip

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:between (?:us|ourselves)|unter uns|entre nous|entre nosotros|onder ons|off the record|under wraps|(?:to|for) ourselves)\b"), "«private»"),
    (re.compile(r"\b(keep|gard\w*|behalt\w*|hou|houd\w*|guard\w*|mant\w*|lass\w*|laat|laten|bleibt|blijft|reste[rz]?|queda)\b(.{0,30}?)\b(?:(?:to|for) us|pour nous|fur uns|para nosotros|voor ons(?:zelf)?)\b"), r"\1\2«private»"),
    (re.compile(r"\b(?:for (?:now|the moment|the time being)|pour l'instant|pour le moment|vorerst|furs erste|im moment|de momento|por ahora|por el momento|voorlopig|voor nu)\b"), ""),
    (re.compile(r"\b(?:hold|keep) (?:this|it|that)(?: one)? back\b|\bsit on (?:this|it|that)(?: one)?\b|\bzuruckhalten\b"), "«private»"),
    (re.compile(r"\boutside (?:of )?(?:cs|customer success|the team|our team|the company|us)\b"), "anyone"),
    (re.compile(r"\b(?:can|may|should|must|needs to|kann|darf|sollte|mag|kan) (?:be |wieder )*(?:deleted|removed|scrapped|discarded|binned|geloscht werden|entfernt werden|verwijderd worden)\b|\b(?:peut|doit) etre (?:supprimee?|effacee?)\b|\b(?:puede|debe) (?:ser )?(?:borrad[oa]|eliminad[oa])(?:se)?\b"), "«delete»"),
    (re.compile(r"\b(?:bin (?:it|this|that|them)|gooi\w* (?:\w+ ){0,3}weg|weggooien|get rid of|throw (?:it |this |that )?away|take (?:it |this |that )?(?:out|down|off)|can go|kann weg|mag (?:er ?)?weg|weg damit|mag eruit|a jeter)\b"), "«delete»"),
    (re.compile(r"\b(?:go back|take (?:it |this |that )?back|put (?:it |this |that )?back|roll (?:it |this |that )?back|mach\w* (?:das |es )?ruckgangig|revenir en arriere|volver atras|zet (?:het |dit )?terug)\b"), "«undo»"),
    (re.compile(r"\b(?:these|this|they|it|those|that|there) (?:are|is|'re) (?:really |actually |in fact )?(?:two|three|four|several|2|3|4) (?:different |separate )?(?:things|wins|stories|successes)(?: here| really)?\b|\bthey're (?:two|three|2|3) \w+"), "«split»"),
)  # fmt: skip


def act_of(low: str) -> Wish | None:
    """What the folded clause *low* asks to be done, where every word of it is known; else None."""
    text = " ".join(low.split()).strip(EDGE)
    for pattern, mark in _PHRASES:
        text = pattern.sub(mark, text)
    words = [w.strip(".,!()'\"") or w for w in text.split()]
    if not words or len(words) > 16:
        return None
    acts = {act for w in words if (act := _act(w))}
    negations = [w for w in words if w in NEGATIONS]
    if len({"pas" if w in ("ne", "n'") else w for w in negations}) > 1:
        return None
    if not acts and negations and set(words) & _CUSTOMER:
        return _shared(words, {"share"}, True)
    if not acts:
        if set(words) & _MINE:
            # "Not my win" gives the credit to another.
            return None
        return Wish("delete") if negations and set(words) & _WIN and _is_known(words, "delete", negated=True) else None
    if acts <= {"share", "shared", "show", "shown"}:
        return _shared(words, acts, bool(negations))
    if len(acts) > 1:
        return None
    (act,) = acts
    if not _is_known(words, act, negated=bool(negations)):
        return None
    return _done(act, words, bool(negations))


def _done(act: str, words: list[str], is_negated: bool) -> Wish | None:
    if act == "private":
        return Wish("internal", instead_of="private") if is_negated else Wish("private")
    if act == "delete" and set(words) & _DIGEST:
        return None if is_negated else Wish("private")
    return None if is_negated else Wish(act)


def _shared(words: list[str], acts: set[str], is_negated: bool) -> Wish | None:
    """Whether the customer may be shown it. A bare "we share it" tells a habit, a "should" a plan: neither is leave to do it."""
    known = set(words)
    target = known & _CUSTOMER or (("to" in known or acts & {"share", "shared"}) and known & _THEM)
    if acts & {"show", "shown"} and not target and not (is_negated and known & (_ANYONE | _DIGEST)):
        return None
    if not _is_known(
        words, "share", negated=is_negated, also=_CUSTOMER | _THEM | (_ANYONE | _DIGEST if is_negated else frozenset())
    ):
        return None
    if is_negated:
        return Wish("private") if known & (_ANYONE | _DIGEST) else Wish("internal", instead_of="share")
    may = known & word_set(
        "can may kann kannst konnen konnt darf darfst durfen peut peux pouvez puede puedes pueden podeis podemos mag mogen kan kunnen kun ok okay fine good happy free cleared approved d'accord vale"
    )
    if acts & {"shared", "shown"} and not (may and known & word_set("be is werden sein ist etre est ser se worden")):
        return None
    if known & word_set("we wir nous wij man on je") and not may:
        return None
    return Wish("share")


def _act(word: str) -> str | None:
    if word in _ACT_OF:
        return _ACT_OF[word]
    if len(word) < 6 or not word.isalpha() or word in _AROUND or word[-1] in "ds":
        return None
    near = {
        act
        for known, act in _ACT_OF.items()
        if len(known) >= 6 and known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) == 1
    }
    return near.pop() if len(near) == 1 else None


def _is_known(words: list[str], act: str, *, negated: bool, also: frozenset[str] = frozenset()) -> bool:
    beside = _AROUND | _BESIDE.get(act, frozenset()) | also | (_BESIDE["negated"] if negated else frozenset())
    if act in ("delete", "private"):
        beside |= _DIGEST | (_WIN if negated else frozenset())
    return all(w in beside or w in NEGATIONS or _act(w) for w in words)
