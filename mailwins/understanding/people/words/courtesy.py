"""How a mail greets, thanks and passes on. Alternatives of patterns, and the beginnings of words of praise."""

from __future__ import annotations

from mailwins.understanding.people.words.languages import either, word_set

GREETINGS = either(
    en="hi|hey|hello|dear|good (?:morning|afternoon|evening)",
    de="hallo|moin|servus|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?",
    fr="bonjour|bonsoir|salut|chère?s?",
    es="hola|buen[oa]s (?:días|tardes|noches)|querid[oa]s?|estimad[oa]s?",
    pt="olá|oi|bom dia|boa tarde|car[oaie]|prezad[oa]s?",
    it="ciao|buongiorno|gentile|salve",
    nl="dag|beste|goedemorgen|goedemiddag|goeiemorgen|geachte|hoi",
    sv="hej|hejsan|bästa|god morgon",
    pl=r"cześć|dzień dobry|drog[ai]|szanown[aiy]\w*",
)
GREETED_AS = "mr|mrs|ms|herr|frau|madame|monsieur|mevrouw|meneer|señora?|sr|sra|signora?|pani?e?"
# Before a family name, folded.
TITLES = word_set(
    en="mr mrs ms miss dr",
    de="herr herrn frau",
    fr="madame mme monsieur",
    es="senor senora sr sra",
    nl="mevrouw meneer",
    it="signor signora sig",
    pt="senhor senhora",
    pl="pan pani panu",
)
AND = either(en="and", de="und", fr="et", es="y", it="e", nl="en", sv="och", pl="i")

# Within a word, in lower case: a sentence without any of them praises nobody.
PRAISE = tuple(
    either(
        en=(
            "thank|thx|kudos|grateful|great|amazing|brilliant|fantastic|help|saved|wonderful|excellent|hats off|shout"
            "|star|hero|legend|appreciat|love|best|props|credit"
        ),
        de="dank|toll|super|klasse|geholfen|geduldig|begeistert|großartig|hervorragend|wunderbar|hilfsbereit",
        fr="merci|génial|aidé|patien|formidable|bravo|remarquable",
        es="gracias|genial|ayud|estupend|maravill|pacien|amabl",
        nl="geholpen|top|geweldig|geduld",
        it="grazie|aiut|bravissim|pazien|splendid",
        pt="obrigad|ajud|paciên|ótim|maravilh",
        sv="tack|hjälp|tålmodig|jättebra",
        pl="dzięk|pomóg|pomog|cierpliw|świetn|wspaniał",
        ja="ありがと|感謝|助か",
    ).split("|")
)

# A customer's mail that says no more than "look what she wrote".
POINTS_BELOW = either(
    en=(
        r"below|fyi|f\.y\.i|forward\w*|fwd|passing (?:this|it) (?:on|along)"
        "|from (?:our|my|the) (?:new )?(?:boss|ceo|coo|cfo|cto|md|vp|board|director|manager|head|chief|owner|team"
        "|president|managing director)"
        "|thought you (?:should|might|would|'d)|look what"
    ),
    de=r"siehe unten|unten|weiter(?:leiten|leitung|geleitet)|zur info|z\.k",
    fr="ci-dessous|pour info|transf[eè]re",
    es="abajo|reenvío|para tu información",
    nl="hieronder|ter info",
    it="qui sotto|inoltro|per conoscenza",
    pt="abaixo|encaminho",
    sv="nedan|vidarebefordrar",
    pl="poniżej|przesyłam",
)
JAPANESE_POINTS_BELOW = "転送|下記"
