"""Deleting, undoing and splitting."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import word_set
from mailwins.receipts.wishes.words.grammar import IT

NO_WIN: tuple[tuple[str, str], ...] = (
    (
        "delete",
        (
            r"(?:(?:this|it|that|these)(?:'s| is| was| are)? )?(?:not|no|isn'?t|wasn'?t|aren'?t"
            r"|ain'?t) ?(?:really |actually )?(?:an? )?(?:real |actual )?(?:win|wins|success)(?: at all"
            r"| really)?|(?:das |dies )?(?:ist |war )?(?:gar |leider )?keine? (?:win|erfolg)|kein erfolg"
            r"|(?:ce |c')?(?:n'est |est )?pas un (?:win|succes)|pas un succes|pas une victoire"
            r"|(?:esto )?no es un (?:win|exito|logro)|(?:dit is |het is )?geen (?:win|succes)"
        ),
    ),
)
"""(what is asked for, the whole phrase)."""

REMOVING: tuple[tuple[str, str], ...] = (
    (
        "delete",
        (
            rf"(?:delete|remove|discard|trash|scrap|erase){IT}|(?:get rid of|throw away|drop|bin) (?:this|it"
            r"|that|them)|take (?:this|it|that) (?:out|off|down)"
        ),
    ),
    (
        "delete",
        (
            r"(?:das |dies |diesen |den |es )?(?:wieder )?(?:lo(?:e)?schen"
            r"|lo(?:e)?sch(?:e|t)?(?: das| es| den)?|entfernen|weg damit|entferne(?:n)? das)"
            r"|(?:a )?(?:supprim(?:er|ez|e)|effac(?:er|ez|e)|retir(?:er|ez))(?: ca| cela| le| ceci)?"
            r"|(?:borr(?:ar|arlo|alo|a|e)|elimin(?:ar|arlo|alo|a|e)|quit(?:ar|arlo|alo))(?: esto| este)?"
            r"|(?:dit |deze )?(?:verwijder(?:en|d)?|wissen|weghalen)(?: dit| deze| dat)?"
            r"|削除(?:して(?:ください)?|願います)?"
        ),
    ),
    (
        "undo",
        (
            rf"undo{IT}(?: (?:my |the )?(?:last )?(?:change|correction|edit)s?)?|take (?:that|it|this) back"
            rf"|revert{IT}(?: (?:my |the )?(?:last )?(?:change|correction)s?)?|roll(?: it| that)? back"
            r"|(?:put|set|change|turn) (?:it|that|this|everything"
            r"|all of it) back(?: to)?(?: (?:as|how|what|the way) (?:it|they) (?:was"
            rf"|were))?(?: before(?: my .{1, 30})?)?|(?:mach(?:e|t)? )?(?:das |es |bitte |wieder )*r(?:ue"
            r"|u)ckgangig(?: machen)?|zur(?:ue|u)cknehmen|annul(?:er|ez|e)|revenir en arriere"
            r"|desha(?:cer|z|zlo)|(?:dit |maak dit |maak )?ongedaan(?: maken)?|terugdraaien"
            r"|元に戻(?:す|して(?:ください)?)|取り消し"
        ),
    ),
    (
        "undo",
        (
            r"(?:scrap|forget|cancel|reverse|ignore|drop|discard|disregard"
            r"|take back) (?:(?:my|the|that|this) )?(?:(?:(?:last|latest|previous|earlier) )?(?:change"
            r"|correction|edit)s?|(?:last|latest|previous|earlier) (?:reply|mail|email|message|answer))"
        ),
    ),
    (
        "undo",
        (
            r"(?:(?:die |meine )?(?:letzte|vorige) (?:anderung|korrektur|mail|antwort) (?:zurucknehmen"
            r"|verwerfen|ignorieren|streichen|vergessen|ruckgangig(?: machen)?)"
            r"|(?:vergiss|vergesst|ignorier\w*|streich\w*|verwirf) (?:bitte )?(?:die "
            r"|meine )?letzte (?:anderung|korrektur|mail|antwort)"
            r"|(?:annule|oublie|ignore)[rz]? (?:ma |la )?derniere (?:modif\w*|correction|reponse)"
            r"|(?:ignora|olvida|anula|descarta) (?:mi |el |la )?ultim[oa] (?:cambio|correo|correccion"
            r"|respuesta)|(?:vergeet|negeer) mijn (?:laatste|vorige) (?:mail|wijziging|correctie|antwoord))"
        ),
    ),
    (
        "undo",
        (
            r"(?:(?:remets?|remettez|remettre) (?:ca |tout |le )?comme (?:c'etait"
            r"|avant)(?: avant)?(?: (?:ma|mon|le|la) .{1,40})?|(?:dejalo|ponlo|vuelve a ponerlo) como (?:estaba"
            r"|antes)|(?:zet (?:het |alles |dit )?)?terug(?:zetten)?(?: zoals het was)|terugzetten"
            r"|annulla (?:la )?(?:mia )?(?:ultima )?(?:modifica|correzione)"
            r"|rimetti (?:tutto )?com'era(?: prima)?|(?:desfaz"
            r"|anula) (?:a )?(?:minha )?(?:ultima )?(?:alteracao|correcao|resposta)|volta a por como estava"
            r"|(?:angra|glom) (?:min )?(?:senaste|sista) (?:andring\w*|rattelse\w*)"
            r"|cofnij (?:moja )?(?:ostatnia )?(?:zmiane|poprawke)|przywroc (?:tak )?jak bylo"
            r"|(?:wieder )?(?:so )?wie (?:es )?(?:vorher|zuvor|vorhin) war)"
        ),
    ),
    (
        "split",
        (
            rf"split{IT}(?: up)?(?: (?:in|into|in to) (?:two|three|four|\d)(?: wins| parts)?)?"
            r"|(?:these|this|they|there|it|that) (?:are|is|'s) (?:really |actually )?(?:two|three|four|2|3|4"
            r"|several|multiple) (?:different |separate )?(?:wins|stories|things)"
            r"|(?:das |es )?(?:sind (?:zwei|drei|2|3|mehrere) erfolge|aufteilen|auftrennen|trennen)"
            r"|(?:a )?(?:separer|scinder|diviser)|(?:separar|dividir)(?:lo)?|(?:op)?splitsen"
            r"|分割(?:して(?:ください)?)?"
        ),
    ),
)

REMOVING_WORDS: dict[str, frozenset[str]] = {
    "delete": word_set(
        "delete remove discard scrap trash erase drop ditch ignore disregard junk kill loschen losche "
        "loesch loeschen entfernen entferne verwerfen ignorieren ignoriere supprimer supprimez "
        "supprime effacer effacez efface enlever enlevez enleve oublier oubliez "
        "retirer retirez ignorez borrar borra borralo borrarlo eliminar elimina eliminalo quitar quita "
        "quitalo descartar ignora ignoralo verwijder verwijderen weghalen weggooien wissen negeer "
        "negeren schrappen «delete»"
    ),
    "undo": word_set(
        "undo revert restore rollback ruckgangig rueckgangig zurucknehmen zurucksetzen annuler annulez "
        "annule retablir retablissez deshacer deshaz deshazlo revertir ongedaan terugdraaien herstellen "
        "«undo»"
    ),
    "split": word_set(
        "split separate aufteilen auftrennen trennen trenne separer separez scinder diviser divisez "
        "separar separalos dividir dividelo splitsen opsplitsen splits «split»"
    ),
}
"""Words of a clause of which every word is known."""

BESIDE_REMOVING: dict[str, frozenset[str]] = {
    "delete": word_set(
        "them want need should must i'd like would could win wins erfolg weg wieder soll sollte muss ganz "
        "quite altogether completely entirely"
    ),
    "undo": word_set(
        "last latest previous earlier recent change changes correction corrections edit edits update how "
        "way before back letzte letzten vorige anderung anderungen korrektur derniere dernier modification "
        "correction ultimo ultima cambio correccion laatste vorige wijziging correctie want would like i'd "
        "was comme avant como antes como"
    ),
    "split": word_set(
        "them into two three four several 2 3 4 parts wins things stories in zwei drei mehrere erfolge "
        "teile deux trois plusieurs dos tres varios partes twee drie meerdere delen want would like should "
        "they're they are sind son sont different"
    ),
}
"""What may stand beside one act only."""

REMOVING_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:can|may|should|must|needs to|kann|darf|sollte|mag|kan) (?:be |wieder )*(?:deleted|removed"
            r"|scrapped|discarded|binned|geloscht werden|entfernt werden|verwijderd worden)\b"
            r"|\b(?:peut|doit) etre (?:supprimee?|effacee?)\b|\b(?:puede|debe) (?:ser )?(?:borrad[oa]"
            r"|eliminad[oa])(?:se)?\b"
        ),
        "«delete»",
    ),
    (
        re.compile(
            r"\b(?:bin (?:it|this|that|them)|gooi\w* (?:\w+ ){0,3}weg|weggooien|get rid of"
            r"|throw (?:it |this |that )?away|take (?:it |this |that )?(?:out|down|off)|can go|kann weg"
            r"|mag (?:er ?)?weg|weg damit|mag eruit|a jeter)\b"
        ),
        "«delete»",
    ),
    (
        re.compile(
            r"\b(?:go back|take (?:it |this |that )?back|put (?:it |this |that )?back"
            r"|roll (?:it |this |that )?back|mach\w* (?:das |es )?ruckgangig|revenir en arriere|volver atras"
            r"|zet (?:het |dit )?terug)\b"
        ),
        "«undo»",
    ),
    (
        re.compile(
            r"\b(?:these|this|they|it|those|that|there) (?:are|is|'re) (?:really |actually |in fact )?(?:two"
            r"|three|four|several|2|3|4) (?:different |separate )?(?:things|wins|stories|successes)(?: here"
            r"| really)?\b|\bthey're (?:two|three|2|3) \w+"
        ),
        "«split»",
    ),
)
"""Phrases → the word of ours that stands for them."""

# One word with a slip of the thumb: (the word, verb). Only letters swapped, lost or doubled, so that no other word is met.
SLIPS = {
    typed: meant
    for meant, ways in {
        "private": "private privat confidential vertraulich",
        "share": "share compartir partager teilen",
        "delete": "delete remove loschen supprimer verwijderen",
        "undo": "undo rueckgangig ruckgangig annuler deshacer",
        "split": "split",
        "internal": "internal",
    }.items()
    for typed in ways.split()
}

# Words that only look like a slip of one of these.
REAL_WORDS = word_set(
    "shared shares sharee hare deleted deletes under splits internally privately external removed "
    "shear hares sare eternal partagee teile eilen relete"
)
