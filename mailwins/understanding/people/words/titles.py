"""Posts, and how people are addressed. Alternatives of patterns."""

from __future__ import annotations

from mailwins.understanding.people.words.languages import either

# By their ends in the languages that build long words.
ROLES = either(
    en=(
        "manager|director|head|chief|officer|lead|leader|engineer|analyst|coordinator|specialist|consultant"
        "|administrator|assistant|president|founder|owner|partner|supervisor|superintendent|teacher|principal|nurse"
        "|doctor|buyer|planner|controller|accountant|editor|producer|architect|developer|scientist|operations|foreman"
        "|surgeon|veterinarian|pharmacist|receptionist|secretary|trustee|bursar|chair(?:man|woman|person)|clerk"
        "|technician|librarian|dispatcher|ceo|cfo|cto|coo|cio|cmo|vp|svp|evp|hr|it"
    ),
    de=(
        r"\w*leiter(?:in)?|\w*leitung|geschäftsführer\w*|vorstand|referent\w*|sachbearbeiter\w*|abteilung\w*"
        r"|projektleit\w*|einkauf\w*|meister\w*|bereichsleit\w*|teamleit\w*"
        r"|(?:mit)?inhaber(?:in)?|\w*ärztin|\w*arzt|eigentümer(?:in)?|gesellschafter(?:in)?|sekretär(?:in)?"
    ),
    fr=r"directeur|directrice|responsable|chef\w*|chargée?|ingénieure?|gérante?|présidente?|fondat(?:eur|rice)|associée?|vétérinaire|propriétaire|secrétaire",
    es=r"director\w*|jefe|jefa|gerente|encargad\w+|coordinador\w*|dueñ[oa]|propietari[oa]|soci[oa]|veterinari[oa]|secretari[oa]",
    it="responsabile|direttore|direttrice|titolare",
    pt=r"diretor\w*|coordenador\w*",
    nl="hoofd|directeur|bedrijfsleider|teamleider|coördinator|medewerker|eigenaar|chef",
    sv="vd|ansvarig|ägare",
    da="direktør|leder",
    pl="dyrektor|kierownik|prezes|specjalista|właściciel",
)
# Written without spaces, so they are found within a word.
JAPANESE_ROLES = "部長|課長|係長|主任|代表|取締役|社長|店長|マネージャー|担当|室長|工場長"

# What stands before a title in a sentence: "joined by the new COO".
BEFORE_A_ROLE = either(
    en="the|their|our|new|a|an|by|with|from",
    de="der|die|ihr|ihre|neue[rn]?",
    fr="le|la|leur",
    es="el|su|nuev[oa]",
    it="il",
    nl="de nieuwe",
)
# Behind a title and no part of it: "the new ops director there".
BEHIND_A_ROLE = either(
    en="over there|there|of theirs|now", de="dort|da|drüben", fr="là-bas|chez eux", es="allí|ahí", nl="daar", sv="där"
)

# Said with the name, and no part of it.
COURTESY = "Mr|Mrs|Ms|Herr|Frau|M|Mme"

# "dzwoniła pani dyrektor Halina Mróz": between a verb and the name; each with the space behind it.
COURTEOUS = (
    r"(?:(?:(?:Mr|Mrs|Ms|Herr|Frau|M\.|Mme|Sra?\.|Señora?|Sig\.|Signora?|[Mm]evrouw|[Mm]eneer|[Pp]ani?|[Pp]anu|señora?"
    r"|senhora?|signora?|herr|fru)\.? )?"
    r"(?:(?:dyrektor|prezes|kierowni\w+|doktor|profesor|rektor|chef|director\w*|diretor\w*|direttor\w*|directeur"
    r"|directrice) )?)"
)

# They tell of a person by themselves: "Herr Pfleiderer", "Sig. Ferro".
ADDRESSED = (
    r"(?:Mr|Mrs|Ms|Miss)\b\.?|Herrn?\b|Frau\b|Mme\b|Madame\b|Monsieur\b|Señora?\b|Sra?\.|Signora?\b|Sig\."
    r"|Mevrouw\b|Meneer\b|Pani?\b"
)

# "Dr. Pfleiderer", "Sister Philomena", "a Doutora Célia": a title without which nobody says the name.
SAID_WITH_NAME = either(
    en=r"Dr|Prof|Sister|Father(?! (?:Christmas|Time)\b)|Reverend|Rev|Captain|Capt|Councillor|Cllr",
    de="Schwester|Pfarrer(?:in)?",
    fr="Docteur|Soeur|Sœur|Père",
    es="Doctora|Doña|Sor",
    pt="Doutora?|Dona",
    it="Dottoressa|Dottor|Suor",
    nl="Zuster",
)
CUT_SHORT = frozenset({"Dr", "Prof", "Rev", "Capt", "Cllr"})

# "佐藤さんが": what people are called behind their name, and what follows when they are spoken of.
JAPANESE_ADDRESSED = "様|さま|さん|氏|部長|課長|社長|店長|先生|院長|所長"
JAPANESE_PARTICLES = "より|から|が|は|も|によ|に|の|と|、"
# "お客様", "担当者様": somebody, and nobody's name.
NO_JAPANESE_NAME = (
    r"^(?:お?客|皆|皆々|各|御|貴|担当|弊|当|先方|奥|神|王|仏|相手|取引|患者|利用者)|(?:社|店|院|校|会|者|方|部|課)$"
)
