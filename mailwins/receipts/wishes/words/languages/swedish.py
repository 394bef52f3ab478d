"""Swedish: what the words of a correction mean."""

from __future__ import annotations

NUMBERS = "ett två tre fyra fem sex sju åtta nio tio"

WORDS = {
    "field:account": "kund|kunden|företag|företaget|konto",
    "field:contact": "kontakt|kontaktperson|person|sagt av|kommer från",
    "field:name": "namn|namnet|heter|stavas",
    "field:date": "datum|datumet|dag",
    "field:value": "värde|värdet|poäng|betyg",
    "field:category": "typ|sort|kategori|slag|typen",
    "field:cause": "orsak|orsaken|anledning|anledningen|det berodde på",
    "field:summary": "sammanfattning|rubrik|rubriken|titel",
    "ok": "stämmer|rätt|bra|korrekt|perfekt|allt stämmer|ser bra ut|okej|ok|som det är",
    "except": "förutom|utom",
    "wrong": "fel|stämmer inte|felaktigt|felaktig",
    "not": "inte|ej|inget|ingen|aldrig|utan att|varken|är inte|int|icke|ikke",
    "no": "nej|nä",
    "but": "utan",
    "instead": "i stället för|istället för|än",
    "is": "är|ska vara|borde vara|det är|bör vara|ska",
    "was": "var|det var|hände|är från|skedde",
    "belongs": "tillhör|hör till|gäller|under",
    "said": "sa|sade|sa det|skrev|som sa|som skrev|sagt|citat|berättade|säger",
    "passed": "vidarebefordrade|skickade bara vidare|bara vidare",
    "set": "sätt|gör|ändra|ändra till|byt|byt till|höj|sänk|ge|ge den|lägg|rätta|till",
    "rather": "snarare|hellre|minst|åtminstone|jag skulle säga|skulle säga|förtjänar|mer av en|mer en|lätt",
    "doubt": "kanske|vet inte|osäker|inte säker|mellan en|ingen aning|eventuellt",
    "condition": "om|när|tills|innan|så snart|efter att|inte än|först när",
    "later": (
        "i morgon|imorgon|nästa vecka|möte|träffar|ska träffa|frågar|fråga|sedan|faktura|börjar|kommer att|nästa"
    ),
    "act:private": "privat|konfidentiellt|konfidentiell|mellan oss|hemligt|förtroligt",
    "act:share": ("delas med kunden|dela med kunden|dela|delas|delat|får delas|kan delas|sprida|visa kunden|dela med"),
    "act:delete": "ta bort|radera|släng|stryk|tas bort|inte en framgång|ingen framgång|plocka bort|kasta",
    "act:undo": "ångra|återställ|backa|ta tillbaka|dra tillbaka",
    "act:split": "dela upp|separera|två historier|två framgångar|två saker",
    "ref:1": "första",
    "ref:2": "andra",
    "ref:3": "tredje",
    "ref:4": "fjärde",
    "ref:-1": "sista|den sista",
    "ref:all": "båda|bägge|alla tre|alla",
    "number word": "nummer|nr|den|för|på",
    "may": "får|gärna|kan|godkänt|okej att|går bra|tillåtelse",
    "thanks": "tack|tack så mycket|tackar|stort tack|tusen tack",
    "cheer": ("toppen|härligt|trevlig helg|ha en bra dag|kul|vad kul|grymt|hej|underbart|så bra|jättebra|wow|snyggt"),
    "win": "framgång",
    "others": "de andra|resten av dem",
    "leave": "rör|låt|lämna",
    "you": "kan du|skulle du|kan ni|du|ni",
    "they": "han|hon|de|vi|jag|som",
    "small": (
        "en|ett|den|det|de|och|i|på|av|från|till|med|för|som|att|också|bara|nu|ju|då|tack|snälla|min|vår|"
        "hennes|hans|resten|allt|mycket|lite|faktiskt|egentligen|men|ja|så|har|hade|senaste|ändringen|"
        "denna|detta|den här|tror|eller|håll|vi|me"
    ),
}
