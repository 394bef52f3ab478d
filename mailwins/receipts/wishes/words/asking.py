"""Questions, and the shapes of answers to ours."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import word_set

# How a question begins.
ASKING = re.compile(
    r"^(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|can|could|would|will"
    r"|should|shall|has|have|had|may|wer|was|wann|wo|warum|wie|welche|ist|sind|hat|kann|konnen|darf|qui"
    r"|que|quand|pourquoi|comment|est-ce|quel|quelle|quien|cuando|donde|por que|como|cual|es|wie|wat"
    r"|wanneer|waar|waarom|hoe|welke|mag|kunnen)\b"
)

# How a wish begins that is put as a question.
POLITE = re.compile(
    r"^(?:please |pls )?(?:could|can|would|will) you (?:please |pls |kindly )?"
    r"|^(?:kannst|konntest|konnt|konnen) (?:du|ihr|sie) "
    r"|^(?:peux-tu|pouvez-vous|pourrais-tu|pourriez-vous) |^(?:puedes|podrias|podeis) "
    r"|^(?:kun|wil|kan) je "
)

# The answer yes.
YES = re.compile(
    r"(?:yes|yep|yup|yeah|ja|oui|si|correct|right|exactly|that's right|it is|stimmt|genau|exact|correcto|klopt)"
)

# She does not know, or none of them.
UNKNOWING = re.compile(
    r"n/?a|\?+|-+|(?:i )?(?:really )?(?:don'?t|do not|dont) know(?: (?:it|that|yet|sorry))*"
    r"|(?:i have )?no (?:idea|clue)|not sure(?: yet)?|unknown|no one knows|can'?t (?:say|tell)|dunno"
    r"|idk|neither(?: of (?:them|these|those))?|none(?: of (?:them|these|those|the above))?"
    r"|no (?:particular |special |real )?(?:reason|expectations?|number|figure|name)s?(?: needed"
    r"| really| given| at all)?|skip(?: it| this)?|pass|keine? (?:ahnung|idee)"
    r"|keinen? (?:blassen )?(?:plan|schimmer|dunst)|weiss (?:ich )?(?:leider )?nicht|j'en sais rien"
    r"|(?:je )?(?:ne )?sais pas|pas la moindre idee|aucune idee|no tengo (?:ni )?idea|ninguna idea"
    r"|uf ni idea|boh|non (?:lo )?so|non (?:ne )?ho (?:la minima )?idea|nessun'?a? idea"
    r"|nao (?:faco (?:a minima )?ideia|sei)|sei la|vet (?:ej|inte)|jag vet (?:inte|ej)|ingen aning"
    r"|nie (?:wiem|mam pojecia)|pojecia nie mam|(?:nobody|no one|niemand|personne|nadie|nessuno|ninguem"
    r"|ingen|nikt)(?: (?:in particular|bestimmtes|en particulier|en particular|in particolare"
    r"|em particular|sarskild|konkretny))?|keine ahnung|weiss (?:ich )?nicht|ich weiss (?:es )?nicht"
    r"|weder noch|keine[rs]?(?: davon)?|je ne sais pas|aucune? (?:idee)?|aucun(?:e)?(?: des deux)?"
    r"|ni l'un ni l'autre|no (?:lo )?se|ni idea|ningun[oa]?|geen (?:idee|van beide)|weet (?:ik )?niet"
    r"|わかりません|不明"
)

BEGINS_UNKNOWING = re.compile(rf"(?:{UNKNOWING.pattern})(?=\W|$)")

# What an answer in free words says somewhere, by the field that was asked for.
BELIEF = re.compile(
    r"\b(?:expect\w*|thought|fear\w*|worried|hoped|reckoned|assumed|had|would|erwart\w*|dacht\w*"
    r"|gedacht|befurcht\w*|hatte\w*|pens\w*|craign\w*|attend\w*|esper\w*|tem\w+|verwacht\w*|vrees\w*)\b"
)

ANSWERS: dict[str, re.Pattern[str]] = {
    "cause": re.compile(
        r"\b(?:because|since|thanks to|due to|reason|cause|weil|dank|grund|wegen|parce que|grace|raison"
        r"|porque|gracias a|motivo|omdat|dankzij|reden|door)\b"
    ),
    "expected": BELIEF,
    "experienced": BELIEF,
    "summary": re.compile(r"\S"),
}

# What may stand around the name of a choice.
FILLERS = word_set(
    "the one a ones company people guys customer account firm firma option mostly mainly die der das "
    "le la el de het lot ofc of course obviously clearly surely definitely def again then sorry please "
    "thanks tbh imo guess reckon think"
)

# Said by the way: no answer to anything.
BY_THE_WAY = re.compile(
    r".*\b(?:btw|by the way|ubrigens|au fait|por cierto|trouwens|overigens)\W*$"
    r"|\W*(?:stop|fyi|btw|by the way|heads[- ]?up|for info|nb|n\.b\.|ps|p\.s\.|note to self"
    r"|just so you know|ubrigens|nebenbei|zur info|zur kenntnis|au fait|pour info|a noter|por cierto"
    r"|para que lo sepas|trouwens|overigens|ter info|tra l'altro|per info|ja agora|a proposito"
    r"|para info|forresten|forovrigt|for ovrigt|nawiasem|swoja droga|ちなみに|なお)\b"
)

# "They're moving", "I sent it from the train", "stop asking"; "I had thought …" was looked for before.
OF_HERSELF = re.compile(
    r"\W*(?:they're|he's|she's|i|i'm|i've|ich|je|j'ai|yo|ik|io|eu|jag|ja|please|stop|don't|can you"
    r"|could you|see|ask|look|bitte|siehe|schau|voir|demande|ver|zie|vedi|se|zobacz)\b"
)

# Behind a wish it only asks for leave to have it: "keep it between us, ok?"; "right?" would be a doubt.
CONSENT = re.compile(
    r"[\s,.;:-]+(?:ok(?:ay|e|ej)?|please|pls|plz|bitte|gell?|svp|stp|d'accord|por favor|porfa|vale|aub|graag|va bene"
    r"|per favore|ta(?: bo[am])?|esta bem|tack|prosze|dobrze|dobra)\s*[?？]+\W*$"
)

# A wish behind news, put as a question: "Two stories in one, can you split them?"
WISH_BEHIND = re.compile(
    r"[,;–-] *(?:can|could|would|kannst|konntest|peux|pourrais|puedes|kun|puoi|podes|kan|mozesz)[ -]"
)
