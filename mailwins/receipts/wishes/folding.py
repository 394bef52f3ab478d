"""Words made comparable: lower case without accents, politeness and marks taken off the edges."""

from __future__ import annotations

import re
import unicodedata


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---------------------------------------------------------------- folding, length kept


def flatten(text: str) -> str:
    """Lower case without accents, letter for letter, so that places found in it are places in *text*."""
    return "".join(letter(c) for c in text)


ALPHABETS = 0x0530
# Letters whose stroke is no accent to Unicode.
_STROKES = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i"}


def letter(char: str) -> str:
    if char in "’‘`´":
        return "'"
    if char in "–—":
        return "-"
    if char in "\u00a0\u202f\t":
        return " "
    if char in _STROKES:
        return _STROKES[char]
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    # Kana and Hangul fall apart into other letters: only alphabets lose their accents.
    return base if len(base) == 1 and ord(base) < ALPHABETS else char


LEAD = re.compile(
    r"^(?:(?:merci de|veuillez|favor de|gelieve|no wait|nein halt|nein moment|nee wacht|non attends|no espera|please|pls|plz|plse|kindly|just|also|oops|ooops|ups|sorry|oh|ah|hmm+|actually|correction|korrektur|fyi|for the record|btw|um|uh|okay so|ok so|so um|well|bitte|svp|por favor|graag|yes|mailwins|i think|i'd say|i would say|i believe|i guess|i mean|i meant|we think|ich wurde sagen|je dirais|yo diria|diria|direi|eu diria|jag skulle saga|powiedzial[ae]?bym|doch|quatsch|entschuldig(?:e|ung)|verzeihung|pardon|desolee?|excuse[sz]?(?:-moi)?|perdona?|perdon|lo siento|disculpa|oeps|scus[aie]|scusate|ops|desculp[ae]|perdao|forlat|ursakta|hoppsan|oj|przepraszam|wybacz|ich glaube|glaube|je crois|creo que|ik denk)[\s,:!.-]+"
    r"|(?:hi|hello|hey|hallo|bonjour|hola|hoi|moin|servus|dear) [a-z]{2,14}\s?[,:!-]\s*|(?:nope|nah|yep|yeah|nee|nein)(?= (?!no\b)\w)\s+|(?:no|yes)(?= (?:thats|that's|not|it|its|it's|this|that|make|value|account|private)\b)\s+"
    r"|(?:hi|hello|hey|hallo|bonjour|hola|hoi|moin|servus|dear|no|nope|nee|nein|non|ok|okay|ja|oui|si|well|so|then|but|and|und|et|btw|um|uh|nah|yep|yeah|hm+|okay so|ok so|thanks|thank you|thx|danke|merci|gracias|bedankt|great|perfect|all good|dank je|vielen dank)\s?[,:!.;-]+\s*"
    r"|(?:could|can|would|will) you (?:please |pls |maybe |kindly )?|(?:kannst|konnt|konnen|konntest) (?:du|ihr|sie) (?:bitte )?|(?:peux-tu|pouvez-vous|tu peux|pourrais-tu) |(?:puedes|podrias) |(?:kun|wil) je (?:dit )?|(?:i'd|i would) like (?:you )?to |i want (?:you )?to |we need to |it needs to be |and |but |(?:und|aber|et|mais|pero|maar|adn|y|en|na|nah|nee) |bitte )"
)
TAIL = re.compile(
    r"(?:[\s,;.!-]*(?:\b(?:please|pls|plz|thx|thanks(?: a lot| so much| again)?|many thanks|thank you|ty|bitte|danke(?: dir)?|vielen dank|svp|stp|merci(?: beaucoup)?|por favor|gracias|aub|a\.u\.b|alstublieft|alsjeblieft|graag|bedankt|dank je|(?:would|will|could|can) you|porfa|porfi|hoor|though|tho|instead|actually|then|sorry|cheers|asap|right now|now|i think|i guess|i believe|imo|i'd say|id say|i would say|i reckon|fits best|fits better|would fit|passt besser|wurde ich sagen|je dirais|diria yo|zou ik zeggen|i'm afraid|unfortunately|sadly|leider|malheureusement|por desgracia|helaas|purtroppo|infelizmente|tyvarr|niestety|se faz favor|per favore|per piacere|tack|snalla|prosze|tops|max|maximum|at most|hochstens|maximal|au max|como mucho|al massimo|no maximo|maks|i mean|i meant|tbh|imho|i suppose|glaube ich|denke ich|je crois|je pense|creo|denk ik|mag|haha|lol|btw|by the way|fyi|ubrigens|d'ailleurs|au fait|por cierto|trouwens|overigens|of course|obviously|definitely|for sure|for me|to me|in my (?:view|opinion|book)|naturlich|bien sur|claro|natuurlijk)|s'il (?:te|vous) plait|(?:で|に|を|は)?(?:お願い(?:いた|致)?します|よろしくお願いします|(?:して)?ください)|:-?\)|;-?\)|:d))+[\s.!,]*$"
)
BULLET = re.compile(r"^\s*(?:[-*•·–+]|\d{1,2}[.)](?=\s))\s*(?=\S)")
EDGE = ' \t\r\n*_"“”„«».!,;…。！、'
NOT_LETTERS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d\u2B50]+")


def clean(low: str) -> str:
    return " ".join(NOT_LETTERS.sub(" ", low).split()).strip(EDGE + "?")


def bare_line(line: str) -> str:
    """Without a bullet, stars and emoji around it."""
    text = BULLET.sub("", line.strip(), count=1)
    return NOT_LETTERS.sub("", text).strip().strip("*_").replace("**", "").replace("*:", ":").replace(":*", ":").strip()


def core_of(text: str) -> tuple[int, int]:
    """Where the text stands without politeness, greetings and marks around it."""
    low = flatten(text)
    start, end = 0, len(low)
    while True:
        while start < end and low[start] in EDGE:
            start += 1
        while end > start and low[end - 1] in EDGE:
            end -= 1
        match = LEAD.match(low[start:end])
        if match and match.end() < end - start:
            start += match.end()
            continue
        match = TAIL.search(low[start:end])
        if match and match.start() > 0:
            end = start + match.start()
            continue
        return start, end
