"""Fields in free words: summary, cause, features, links, why a win is a model."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.words.grammar import THE, THIS

# Which feature it was.
FEATURE = re.compile(
    rf"{THE}(?:features?|products?|modules?|funktion|produkte?|modul|fonctionnalite|produit|producto"
    r"|funcion|functie)(?: (?:behind|involved|in question|used|here|it|this|was|dahinter|that did it"
    r"|that helped|concerne|detras))* (?:is|was|were|war|ist|etait|est|era|fue|es) "
    r"(?:(?:ubrigens|actually|really|eigentlich|der|die|das|the|le|la|el|los|de|het|den|our|their|unser"
    r"|unsere) )*(?P<value>.+)"
)

FEATURES = re.compile(
    rf"{THE}(?:features?|products?|modules?) (?:should|must|has to|have to"
    r"|need to) be (?P<value>.+?)(?:, (?P<more>(?:not|he|she|they|we|i|but|because|it) .+))?"
)

# Why it worked.
CAUSE = re.compile(
    rf"(?:for the record[, ]+|the reason[:, ]+)?{THIS}? ?(?:all |only |really )*(?:worked|happened"
    r"|came about|was possible|klappte|funktionierte|hat geklappt|hat funktioniert|a marche"
    r"|a fonctionne|funciono|lukte|werkte)(?: out)?(?: so well| gut)? "
    r"(?:because|since|thanks to|due to|weil|dank|parce que|grace a|porque|gracias a|omdat"
    r"|dankzij) (?:of )?(?P<value>.+)"
)

# One more of what there may be several of.
ADD = re.compile(
    r"^(?:add|also add|also|plus|hinzufugen|ajouter|anadir|toevoegen) (?:the |a |an )?(?P<key>features?"
    r"|products?|factors?|modules?|links?|urls?|produkte?|funktion|produit|producto|functie"
    r"|faktor)\s*:? (?P<value>\S.*)$|^(?P<key2>features?|products?|factors?) also:? (?P<value2>\S.*)$"
)

# A link and nothing else.
URL = re.compile(r"^(?:(?:here(?: is|'s)? (?:the|a) |the )?(?:link|url)(?: is)?\s*:?\s*)?(?P<url>https?://\S+)$", re.I)

# Why a win is a model to others.
MODEL_WHY = re.compile(
    (
        r"^(?:(?:this is |it's |mark as )?(?:an? )?model(?: win)?|vorbild|modele|modelo)(?:\s*[:：,!.-]+\s*"
        r"| because | since | weil | parce que | porque | omdat )(?P<value>\S.*)$"
    ),
    re.S,
)

# "summary is too long" says what is wrong with it, and not what it should be.
OPINION = re.compile(
    r"(?:too|zu|trop|demasiado|te|troppo|muito|for lang|za|not|nicht|pas|no|niet|non|wrong|bad|odd"
    r"|weird|missing|off|fine|good|ok|okay|great|perfect|a bit|very|falsch|schlecht|shorter|longer"
    r"|better)\b"
)

# "The title is bad English. Better: …"
BETTER = re.compile(
    r"^(?:.{3,120}[.!?)] +)?(?P<better>(?:better|rather|suggestion|instead|besser|lieber|vorschlag"
    r"|mieux|plutot|mejor|propuesta|beter|liever|meglio|melhor|battre|hellre|lepiej)\s*:)\s*(?=\S.{8,})"
)

# The summary is spoken of.
OF_THE_SUMMARY = re.compile(
    r"\b(?:summary|title|headline|one-liner|subject line|zusammenfassung|uberschrift|titel|resume|titre"
    r"|resumen|titulo|samenvatting|kop|riassunto|titolo|resumo|sammanfattning|rubrik(?:en)?"
    r"|podsumowanie|tytul)\b"
)

# Words in quotation marks.
QUOTED = re.compile(r"[\"“„«]\s*([^\"“”„«»]{3,400}?)\s*[\"“”»]")

# "…, not the webinar": what it was not, behind what it was.
CONTRAST = re.compile(r"\s*[,(–-]+\s*(?:and |und )?(?:not|nicht|pas|no|niet|non|não|inte|nie)\s[^,.;]{2,60}\)?$", re.I)

MODEL: tuple[tuple[str, str], ...] = (
    ("model", r"(?:this is |it is |it's |mark(?: it| this)? as )?(?:an? )?model(?: win)?"),
)
