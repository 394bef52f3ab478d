"""Dutch: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "een twee drie vier vijf zes zeven acht negen tien"

WORDS = {
    "field:account": "klant|account|bedrijf|firma",
    "field:contact": "contact|contactpersoon|persoon|komt van|kwam van",
    "field:name": "naam|heet|gespeld",
    "field:date": "datum|dag",
    "field:value": "waarde|score|cijfer|punten",
    "field:category": "soort|type|categorie",
    "field:cause": "reden|oorzaak|dat kwam door|dat komt door|het kwam door",
    "field:summary": "samenvatting|titel|kop",
    "ok": ("klopt|goed|prima|juist|correct|in orde|staat goed|zo laten|laten staan|klopt allemaal|klopt helemaal"),
    "except": "behalve|uitgezonderd",
    "wrong": "fout|verkeerd|klopt niet|onjuist|niet goed",
    "not": "niet|geen|nooit|niks|zonder|noch",
    "no": "nee|neen",
    "but": "maar|behalve dat",
    "instead": "in plaats van|dan",
    "is": "is|zijn|moet zijn|het is|dit is|dat is|moet|hoort te zijn|wordt",
    "was": "was|waren|was op|gebeurde|dat was",
    "belongs": "hoort bij|is van|is voor|onder|van",
    "said": "zei|zegt|gezegd|schreef|geschreven|vertelde|dat zei|citaat|meldde|zei dit|dit zei",
    "passed": "doorgestuurd|doorgegeven|alleen doorgestuurd",
    "set": (
        "maak|maak er|zet|zetten|verander|wijzig|wijzigen|veranderen|aanpassen|doe|geef|geven|graag|"
        "mag naar|naar|pas aan|van maken"
    ),
    "rather": "eerder|liever|minstens|minimaal|ik zou zeggen|zou zeggen|verdient|doe maar|toch wel|mag wel",
    "doubt": "misschien|wellicht|niet zeker|weet niet|weet ik niet|geen idee|of zo|tussen|kan zijn|twijfel",
    "condition": "als|zodra|totdat|pas als|nadat|voordat|nog niet|tot",
    "later": (
        "morgen|volgende week|afspraak|ik zie|zie haar|zie hem|vraag ik|ga ik|zal|zullen|vraag|sinds|"
        "factuur|begint|start"
    ),
    "act:private": "privé|vertrouwelijk|onder ons|geheim|binnenskamers",
    "act:share": (
        "delen|deel|gedeeld|gedeeld worden|doorgeven|naar de klant|klant mag het zien|klant mag dit zien|deel maar"
    ),
    "act:delete": (
        "verwijder|verwijderen|weg|mag weg|weggooien|gooi weg|gooi maar weg|wissen|schrap|schrappen|eruit|"
        "geen succes|wis|haal weg"
    ),
    "act:undo": (
        "ongedaan|ongedaan maken|terugdraaien|draai terug|draai dat maar terug|draai dat terug|"
        "draai het terug|maak ongedaan|herstel|zet terug"
    ),
    "act:split": "splitsen|splits|opsplitsen|knip|knippen|twee verhalen|twee successen|twee dingen|in tweeën",
    "ref:1": "eerste",
    "ref:2": "tweede|middelste",
    "ref:3": "derde",
    "ref:4": "vierde",
    "ref:-1": "laatste",
    "ref:all": "beide|allebei|alle drie|alle vier|allemaal",
    "number word": "nummer|nr|bij|voor|de|win",
    "may": "mag|mogen|kan|kun|akkoord|goedgevonden|toestemming|goedgekeurd|vindt het goed",
    "thanks": "bedankt|dank|dankjewel|dank je|dank je wel|dank u|top bedankt",
    "cheer": (
        "leuk|top|super|geweldig|wat leuk|fijne dag|fijn weekend|hoi|hallo|mooi|haha|fijn|ohja|heerlijk|goh|wauw"
    ),
    "win": "succes",
    "others": "de andere|de anderen|de overige",
    "leave": "laat|aankomen|afblijven|laten",
    "you": "kun je|kan je|wil je|zou je|kunnen jullie|je|jullie",
    "they": "hij|zij|ze|wij|we|ik",
    "small": (
        "de|het|een|dit|dat|deze|die|er|en|ook|nog|maar|even|hoor|wel|toch|gewoon|eigenlijk|alleen|graag|"
        "aub|alsjeblieft|svp|a.u.b|om|aan|in|op|met|te|voor|van|bij|mijn|haar|zijn|hun|zelf|al|rest|"
        "de rest|zo|nu|dan|wat|die|dus|want|omdat|heeft|had|helemaal|trouwens|zijn|ja|weer|zou|denk|"
        "denk ik|ik denk|je|iets|niks|gisteren|of|ons|houden|houd|hou"
    ),
}
