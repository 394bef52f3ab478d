"""Names, titles, roles, and who said it."""

from __future__ import annotations

from mailwins.patterns import rare
from mailwins.receipts.wishes.folding import word_set

TITLES = word_set(
    "mr mrs ms miss dr prof sir frau herr herrn mme m mlle monsieur madame sr sra srta señor señora "
    "dra ing lic arq avv geom dipl don doña dña dhr mevr mevrouw meneer mw sig signor signora "
    "sig.ra dott dott.ssa senhor senhora dona fru pan pani pana"
)

PARTICLES = word_set("de del della di da do dos van von der den ter ten la le lo el al bin ben ibn af zu")

# By their ends in the languages that build long words, whole in the others.
ROLE = rare(
    r"(?:.*(?:leiter|leiterin|leitung|chef|chefin|meister|meisterin|führer|führerin|manager|managerin"
    r"|direktor|direktorin|assistentin?|vorstand|inhaber|inhaberin|directeur|directrice|hoofd|directör"
    r"|ledare|ansvarig|kierownik|kierowniczka|dyrektor|dyrektorka|prezes|direttore|direttrice|diretora?"
    r"|responsabile|gerente|director|directora|responsable|head|kollege|kollegin|mitarbeiter"
    r"|mitarbeiterin|deputy|collega|owner|ceo|coo|cfo|cio|cto|vp|boss|jefe|jefa|technische|technischer"
    r"|geschäftsführer|geschäftsführerin))"
)


def is_role(word: str) -> bool:
    return ROLE.fullmatch(word) is not None


# Words that no name begins with, capital or not.
NOT_NAMES = word_set(
    "e ar jest foi fu a an the happy new great good better best growing live fine right wrong correct "
    "incorrect closed open ours theirs mine quiet very so really not no now still also just on in at "
    "for from with to too by about as of my our their his her your already there here done true false "
    "urgent important big small amazing awesome nice cool ok okay private public internal shared "
    "shareable confidential complicated over late early only all both more less most monday tuesday "
    "wednesday thursday friday saturday sunday today tomorrow yesterday gut toll super falsch neu sehr "
    "nicht kein keine ein eine bien tres pas un une le la bueno muy no el geen niet een goed heel what "
    "who when because if when that this it they we i you he she going happening unknown unclear pending"
)

# She herself.
FIRST_PERSON = word_set("i we ich wir je j' on nous yo nosotros ik wij io noi eu nos jag vi ja my")

# Whom she told said nothing.
TOLD_TO = word_set("told tell tells asked ask")

# A colleague, and no contact.
OURS = rare(
    r"\b(?:our own|one of us|of ours|my colleague|von uns|unser\w* (?:eigenen|kolleg)|un des notres"
    r"|mon collegue|uno de los nuestros|mi companer|een van ons|mijn collega|uno dei nostri"
    r"|il mio collega|um dos nossos|en av oss|jeden z nas)\b"
)

WHO = r"(?:he|she|they|it|that|this|er|sie|es|das|il|elle|ils|on|ce|c'|lo|la|ze|zij|hij|dat|dit|i)"

TOLD = (
    r"(?:(?:told|said|wrote|sent|called|emailed|mailed|mentioned|sagte|schrieb|erzahlte|a dit|a ecrit"
    r"|m'a dit|dijo|escribio|zei|schreef|vertelde)(?: (?:me|us|it|this|that|so|es|das|ca|cela|mir|uns|mij"
    r"|ons|het|dit|dat))*|happened|was|war|etait|era|fue)"
)

SAID_THAT = (
    r"(?:said|wrote|told (?:me|us)|sent|mentioned|emailed|sagte|schrieb|a dit|l'a dit|a ecrit|dijo|escribio"
    r"|zei|schreef) (?:it|that|this|so|das|es|ca|cela|esto|eso|het|dit|dat)"
)

# Clauses that say who said it.
CONTACT_FRAMES = (
    rf"(?P<value>.+?) (?:was the one who )?{SAID_THAT}",
    r"(?:das|es|dies) (?:hat|stammt von|kommt von|kam von) (?P<value>.+?)(?: gesagt| geschrieben| erzahlt)?",
    r"(?:(?:it|that|this|the quote)(?:'s| is| was)? |was )?(?:said|written|sent|told) by (?P<value>.+)",
    r"(?:it|that|this|the quote|das zitat|ca|cela) (?:came|comes|kam|kommt|vient|venait) (?:from|von|de) (?P<value>.+)",
    (
        r"(?:the )?(?:person|one|guy|lady|man|woman|author) (?:who|that) (?:said|wrote|told"
        r"|sent)(?: (?:it|that|this|us|me))* (?:is|was) (?P<value>.+)"
    ),
    r"(?:her|his|their|ihr|sein|son|su|haar|zijn) (?:full )?(?:name|nom|nombre|naam) (?:is|ist|est|es) (?P<value>.+)",
    (
        r"c'(?:est|etait) (?P<value>.+?) qui (?:l'a|a) (?:dit|ecrit)(?: ca| cela)?"
        r"|lo (?:dijo|escribio|ha dicho) (?P<value2>.+)|dat (?:zei|schreef) (?P<value3>.+)"
    ),
)

# A remark on a name's spelling.
SPELLING = rare(
    r"\s*\((?:no|with|without|mit|ohne|con|sin|avec|sans|met|zonder|not|nicht|one|two|ein|zwei|un"
    r"|una)\b[^)]*\)$|\s+(?:with|mit|avec|con|met) (?:an? |one |two |ein(?:em)? |einem |un |una |een "
    r"|deux |dos )?[a-z]{1,2}(?: .*)?$"
)

# "That was Dale who said it".
SAID_BY = rare(
    r"^(?:(?:it|this|that|das|es|c'est|c'etait|era|dat|het) ?(?:was|is|war|est|etait|fue)?|said by"
    r"|quote is from|the quote is (?:from|by)|from|von|de|van) (?P<who>.+?) (?:who|that|der|die|qui|que"
    r"|quien) (?:said|wrote|told|sent|says|called|sagte|schrieb|dit|a dit|dijo|escribio|zei"
    r"|schreef)\b(?: (?:it|that|this|so|us|me|to us|to me|das|es|mir|uns|ca|cela|nous|me|eso|esto|lo"
    r"|nos|dat|het|dit|ons|mij))*$|^(?:said by|the quote is (?:from|by)|quote by|gesagt von|gezegd door"
    r"|dit par|dicho por) (?P<by>.+)$"
)

# "Célia only passed it on": whoever said it, she did not.
ONLY_PASSED_ON = rare(
    r"\b(?:only|just|merely|nur|blo(?:ss|ß)|lediglich|seulement|juste|simplement|solo|solamente|so"
    r"|apenas|somente|alleen|slechts|soltanto|bara|endast|tylko)\b.{0,20}\b(?:forward\w*|passed it on"
    r"|relayed|sent it on|weitergeleitet|weitergegeben|transfer\w+|transmis\w*|reenvi\w+|encaminh\w+"
    r"|doorgestuurd|doorgegeven|inoltrat\w+|girat\w+|vidarebefordra\w*|skickade vidare|przes\w+"
    r"|przekaza\w+)\b"
)

# Behind a name: something else is said.
SPEAKS = word_set(
    "he she they we i it who please er sie wir ich bitte il elle nous je qui yo ella ze hij wij ik lei lui hon han ona"
)

# Somebody, but no name.
NOBODY = word_set(
    "someone somebody anyone anybody everyone everybody nobody some same another usual guy lady man "
    "woman person people them they we us me myself several many various jemand jemanden niemand alle "
    "quelqu'un personne alguien nadie iemand qualcuno alguem nagon ktos"
)

# Behind a name: what she does or would.
TELLS_OF = rare(
    r" (?:would|will|might|may|can|could|should|knows?|has|have|is|was|isn't|left|told|asked|thinks?"
    r"|wusste|weiss|hat|ist|sait|a|est|sabe|ha|es|weet|heeft|sa|e|vet|har|ar|wie|ma|jest)\b"
)

# Look there: no name.
ELSEWHERE = word_set("see siehe voir ver zie vedi se zobacz look check ask same")

# Whose win it is.
MINE = word_set(
    "my mine our ours mein meine meiner unser mon ma notre mi mio nuestro mijn ons meu nosso min mitt var moj nasz"
)

# In lower case within a name, of a person or a company.
WITHIN_NAMES = word_set(
    "and of the de du la le und et y en von van der den des for at their our in group inc corp gmbh"
)
