"""What people do around a name in a note: speak, write, meet, take part. Alternatives of patterns.

Sentences are matched as written, verbs in lower case; where a pattern ignores case it says so (``mentions``).
"""

from __future__ import annotations

from mailwins.understanding.people.words.languages import either

# Only people do these: a name right before them is a person's, even at the beginning of a sentence.
SAYING = either(
    en=(
        "said|says|told|tells|wrote|writes|mentioned|rang|pinged|messaged|emailed|mailed|texted|asked|confirmed|posted"
        "|shared|announced|introduced|replied|forwarded|loves|sent (?:me|us)"
        "|(?:(?:is|was) |(?=(?:so|very|really) ))(?:so |very |really |absolutely )?"
        "(?:delighted|thrilled|happy|pleased|impressed|excited|grateful"
        "|ecstatic|chuffed|overjoyed|over the moon)"
        "|phoned|insisted|laughed|admitted|filled (?:in|out)|signed up|volunteered"
    ),
    de=(
        "sagte|sagt|schrieb|schreibt|erzählte|erzählt|meint|meldet|berichtet|meinte|meldete|berichtete|rief"
        r"|hat(?: (?:mir|uns))?(?: [^\W\d_]+){0,3} (?:gesagt|geschrieben|erzählt|bestätigt|berichtet|gemeldet|verraten)"
    ),
    fr="a dit|a écrit|(?:m['’]a|nous a) (?:dit|écrit|raconté|confirmé|confié|appelée?s?|annoncé|montré|envoyé)",
    es="dijo|escribió|me dijo|comentó|contó",
    nl="zei|schreef|vertelde|meldde",
    it="(?:(?:mi|ci) )?ha (?:detto|scritto|raccontato|confermato|chiamato)|disse",
    pt="escreveu|contou",
    sv="sa(?= att| till| i dag| idag| i går| igår|: )|skrev|berättade",
    pl=r"powiedział\w*|napisał\w*",
)

# Things do these as well: only within a sentence, where English writes no other capitals, or behind a full name.
DOING = either(
    en=(
        "called|signed|is|was|has|had|just|did|does|ran|runs|led|leads|hosted|built|builds|completed|finished|passed"
        "|scored|won|presented|spoke|loves|showed|shows|wants|plans|thinks|joined|gave|got|took|sent|brought|said"
    ),
    de="hat|ist|war",
    fr="est|était|veut",
    es="era|es|está|estaba|quiere|ha|había|se ha(?:bía)?",
    pt="é|era|foi|quer",
    it="è|era|vuole",
    nl="heeft|had|wil",
    sv="är|var|vill",
    pl="jest|była?|chce",
)

# "The new Dashboard is", "das neue Dashboard hat": what stands right behind these is a thing, in German each with a capital.
BEFORE_A_THING = either(
    en=r"(?:the|an?|our|their|its|this|that)(?: (?:new|old|whole|latest|first|last|final))?",
    de=(
        r"(?:der|die|das|den|dem|des|(?:k?ein|unser|euer|eure|ihr|sein|dies)(?:e[rnms]?)?)"
        r"(?: [a-zäöüß]+(?:e|en|er|es|em))?"
    ),
    fr=r"(?:le|les|la(?= nouv)|un|une|des|notre|nos|leurs?|cet?|cette)(?: nouv\w+)?",
    es=r"(?:el|los|las|la(?= nuev)|un|una|nuestr[oa]s?|est[ea])(?: nuev[oa]s?)?",
    # With "o" and "a" in front of it a name is a person's as well.
    pt=r"(?:[oa]s? nov[oa]s?|uma?|noss[oa]s?|est[ea])",
    it=r"(?:il|lo|i|gli|le|la(?= nuov)|una?|nostr[oaie]|quest[oa])(?: nuov\w+)?",
    nl=r"(?:de|het|een|onze|ons|dit|deze)(?: [a-z]+e)?",
    sv=r"(?:den|det|en|ett|vår|vårt)(?: [a-zåäö]+[ae])?",
)

# "August completed": a month called so does none of these, a person does.
NO_MONTH_DOES = "completed|finished|passed|scored|hosted|won|presented|joined|signed|did|ran|led|built"

# "…, dice Giulia Ferroni": the verb stands before the name.
SAYING_BEFORE = either(
    de="sagt|meint|schreibt|schrieb|meldet",
    en="says|said|writes|wrote",
    nl="zegt|schrijft|belde",
    fr="dit|écrit",
    es="dice|escribe|llamó",
    it="scrive|afferma",
    pt="diz|escreve|ligou",
    sv="säger|skriver|ringde",
    pl=r"mówi|pisze|powiedział\w*|napisał\w*|(?:za)?dzwonił\w*|telefonował\w*",
)

# "Spoke with Ruth", "Hablé hoy con Jordi", "tel met Stijn": a talk, and behind WITH the person.
TALK = either(
    en="call|spoke|speaking|talk(?:ed|ing)?|meeting|chat(?:ted|ting)?|lunch|coffee|phone|met",
    de="gespräch|sprach|telefonat|telefon|telefonierte|gesprochen|telefoniert|mittagessen|kaffee",
    fr="entretien|parlé|discuté|déjeuné|appel",
    es="hablé|hablado|habl[ao]|llamada|reunión|comida|quedé|charlé",
    nl="tel|telefoontje|gebeld|belde|gesproken|sprak|gesprek|overleg|lunch",
    it="parlato|sentita?|chiamata|pranzo",
    pt="falei|conversei|ligação|reunião|almoço",
    sv="pratade|talade|pratat|talat|samtal|möte",
    pl=r"rozmawia\w+|spotka\w+|rozmow[ay]",
)
WITH = either(en="with", de="mit", fr="avec", es="con", nl="met", pt="com", sv="med", pl="z|ze")

# "Bumped into Henk", "kwam Henk tegen", "traf Ruth": whom a colleague met.
MET = either(
    en="(?:ran|bumped) into|met up with|came across",
    de="(?:ich |hab[e]? )?traf|getroffen",
    nl="kwam",
    fr="croisé|rencontré",
    pt="encontrei",
    it="ho incontrato|incontrato",
    sv="träffade|mötte",
    pl="spotkał[ae]?m",
)

# "Mail from Fiona Baird", "per WhatsApp von Jonas Vogt": a message or a score, and behind FROM who sent it.
OUT_OF = either(en="/| out of ", de=" von ", fr=" sur ", es=" de ", it=" su ", nl=" van ", sv=" av ", pl=" na ")
MESSAGE = either(
    en="stars|mail|e-mail|email|message|text|note|card|letter|call|voicemail|whatsapp|sms|teams|slack",
    de="nachricht|brief|karte|anruf|bericht",
    nl="berichtje|telefoontje|kaartje",
    fr="courriel|mot|appel",
    es="mensaje|correo|llamada",
    pt="mensagem|ligação",
    it="messaggio|chiamata",
    sv="meddelande|samtal",
    pl="wiadomość|telefon|list",
)
FROM = either(en="from|by", de="von", nl="van", es="de|del", it="da|di", sv="från", pl="od")

# "Nadia's team", "Nadias Team": a person's people and words.
OWNED = either(
    en=(
        "team|teams|crew|people|group|office|department|dept|staff|squad|colleagues?|boss|manager|deputy|assistant"
        "|class|shift|words|comment|reply|answer|feedback|message|note|mail|email|line|face|reaction"
    ),
    de="Team|Leute|Abteilung|Mannschaft|Kollegen|Worte|Truppe",
)
# "L'équipe de Nadia".
OWNED_BY = "équipe|equipo|squadra|equipe|ploeg|gruppo|mots|palabras|parole|palavras"

# "Mikkel Aas, fleet manager at Tidewell".
AT = either(
    en="at|from|of|over at",
    de="bei|beim|von|vom",
    fr="de|du|des|chez",
    es="del|de",
    pt="da|do",
    nl="van|bij",
    it="da|dal|dalla|del|della|di",
    sv="hos|på",
    pl="z|ze",
)
# "bei den Stadtwerken", "chez les Fils Morand".
ARTICLE = either(en="the", de="der|dem|den", fr="la|les|le", es="las?|los", it="i|gli|le", nl="de|het")
