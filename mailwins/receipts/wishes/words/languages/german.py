"""German: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "eins zwei drei vier fünf sechs sieben acht neun zehn"

WORDS = {
    "field:account": "kunde|kunden|kundin|firma|konto|unternehmen|account",
    "field:contact": (
        "kontakt|ansprechpartner|ansprechpartnerin|person|kontaktperson|zitat ist von|zitat stammt von|"
        "stammt von|kam von|kommt von|kommt das von"
    ),
    "field:name": "name|heißt|heisst|namen|schreibt sich|geschrieben",
    "field:date": "datum|tag|datiert|datm",
    "field:value": "wert|punkte|bewertung|punktzahl|wertung",
    "field:category": "art|kategorie|typ|sorte|rubrik",
    "field:quote": "ergänze noch|ergänze bitte|wörtlich|sein zitat|ihr zitat",
    "field:cause": (
        "grund|das kam durch|das lag an|das liegt an|es lag an|ursache|warum es geklappt hat|warum das geklappt hat"
    ),
    "field:summary": "zusammenfassung|überschrift|titel|kurzfassung",
    "ok": (
        "passt|stimmt|richtig|korrekt|gut|in ordnung|bleibt|bleiben|belassen|lassen|so lassen|unverändert|"
        "prima|guat|basst|passd|bassd"
    ),
    "except": "außer|bis auf|nur",
    "wrong": (
        "falsch|falsche|falscher|falschen|falsches|stimmt nicht|stimmen nicht|passt nicht|verkehrt|nicht richtig"
    ),
    "not": "nicht|ned|net|nit|nid|nich|kein|keine|keinen|nie|niemals|nichts|weder|ohne|wehe|ungern|bloß nicht",
    "no": "nein|nee|ne",
    "but": "sondern",
    "instead": "statt|anstatt|als",
    "is": "ist|sind|das ist|es ist|sei|wäre|soll|sollte|muss|müsste|sein|gemeint ist|lautet|is|des is",
    "was": "war|waren|das war|es war|stattgefunden|passiert|sind vom|ist vom|stammt vom|vom",
    "belongs": "gehört zu|gehört zum|gehört zur|gehört|gehören zu|unter|bei|betrifft",
    "said": (
        "gesagt|sagte|sagt|schrieb|geschrieben hat|geschrieben|gemeldet|erzählt|erzählte|zitat|äußerung|"
        "gelobt|lob kam|hat gesagt"
    ),
    "passed": "weitergeleitet|nur weitergegeben|weitergegeben|ausgerichtet|nur weitergeleitet",
    "set": (
        "mach|mache|machen|setz|setze|setzen|ändern|ändere|änder|gib|geben|hochsetzen|raufsetzen|stell|"
        "stellen|draus|daraus|korrigieren|bitte ändern|eintragen|trag|ein auf|auf|bewerten|bewerte"
    ),
    "rather": (
        "eher|lieber|mindestens|würde ich|ich würde|ich würd|sagen wir|höchstens|verdient|reicht|"
        "reicht völlig|ruhig|besser|locker|gut und gern|sehen|klare"
    ),
    "doubt": (
        "vielleicht|eventuell|nicht sicher|unsicher|keine ahnung|weiß nicht|entweder|zwischen|oder so|"
        "könnte sein|weis ich grad nicht|weiß ich nicht|ob|vermutlich"
    ),
    "condition": "wenn|falls|sobald|bis|erst|nachdem|bevor|noch nicht|nur wenn",
    "later": (
        "werde|wird|werden|morgen|nächste woche|termin|treffe|treffen|sehe sie|frage ich|frag ich|ich frag|"
        "frag|frage|nachfragen|seit|rechnung|beginnt|startet|geplant|kommenden|nächsten"
    ),
    "act:private": (
        "privat|vertraulich|unter uns|geheim|nicht weitersagen|diskret|auf keinen fall nach außen|nicht nach außen"
    ),
    "act:share": (
        "teilen|teile|geteilt werden|geteilt|weitergeben|weitergegeben werden|freigeben|raus an den kunden|"
        "an den kunden|dem kunden zeigen|kunde darf es sehen|kunde darf das sehen|mit dem kunden|darf raus|"
        "veröffentlichen|teilt"
    ),
    "act:delete": (
        "löschen|lösch|lösche|loeschen|löscht|entfernen|entferne|weg damit|raus damit|rausnehmen|nimm raus|"
        "kein erfolg|kein win|keine erfolgsmeldung|wegwerfen|schmeiß weg|kann weg|streichen|weg"
    ),
    "act:undo": ("rückgängig|rueckgängig|zurücknehmen|nimm zurück|wieder zurück|zurücksetzen|änderung zurück|zurück"),
    "act:split": (
        "aufteilen|trennen|auftrennen|teil auf|zwei erfolge|drei erfolge|zwei geschichten|zwei sachen|zwei dinge"
    ),
    "ref:1": "erste|erster|ersten|erstes",
    "ref:2": "zweite|zweiter|zweiten|zweites|mittlere|mittleren",
    "ref:3": "dritte|dritter|dritten|drittes",
    "ref:4": "vierte|vierten",
    "ref:5": "fünfte|fünften",
    "ref:-1": "letzte von|den letzten|das letzte|letzter",
    "ref:all": "beide|beiden|alle drei|allen drei|alle vier|alle",
    "number word": "nummer|nr|erfolg|bei|beim|zu|zum|für",
    "may": (
        "darf|kann|können|dürfen|darfst|kannst|einverstanden|abgesprochen|freigegeben|erlaubt|zugestimmt|gern|gerne"
    ),
    "thanks": "danke|vielen dank|dankeschön|herzlichen dank|besten dank|danke euch|danke dir|dank",
    "cheer": (
        "super|toll|klasse|wie geil|geil|hammer|schönen tag|schönen tag noch|schönes wochenende|prima|juhu|"
        "hallo|moin|hi|servus|ach|oh|ui|na|spitze|schön|wie schön|herrlich|wunderbar"
    ),
    "win": "erfolg|erfolge|gewinn",
    "others": "anderen|die anderen|den rest|die übrigen|alles andere",
    "leave": "anfassen|ändern sie nicht|lass|lassen|behalten|finger weg",
    "you": "kannst du|könntest du|könnt ihr|können sie|du|ihr|sie bitte",
    "they": "er|sie|wir|ich|die leute|man",
    "small": (
        "der|die|das|den|dem|des|ein|eine|einen|einer|eines|es|bitte|und|aber|auch|nur|noch|mal|doch|"
        "übrigens|schon|eigentlich|ja|so|da|hier|im|in|an|am|von|vom|zu|zum|mit|für|hat|haben|habe|"
        "ich glaub|glaube|glaub ich|hab|rest|sonst|alles|dies|dieser|dieses|diesen|ganz|ganzen|wieder|um|"
        "als|einfach|jetzt|denn|weil|was|wir|mir|uns|ihn|ihr|oder|sonst|davon|eben|halt|bisschen|gerade|"
        "nämlich|änderung|änderungen|letzte|vorhin|scho|hob|hoid|eam|dann|gell"
    ),
}
