"""Thanks, cheers, politeness, and phrases that only lead over: they ask for nothing."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import EDGE, word_set

# Cheers before or behind thanks.
CHEER = (
    r"(?:ah|ach|oh wow|great|awesome|nice|super|toll|wow|perfect|brilliant|cool|fantastic|wonderful|amazing"
    r"|lovely|love (?:it|this)|excellent|fab|well done|good job|great job|nice (?:one|work|job)"
    r"|great (?:work|news|stuff)|congrats|congratulations|bravo|klasse|spitze|genial|geweldig|mooi|hey|hi"
    r"|oh|noted|got it|gut gemacht|glückwunsch|herzlichen gluckwunsch|felicitations|enhorabuena|felicidades"
    r"|gefeliciteerd)"
)

THANK = (
    r"(?:(?:many |big |huge |so many |a million )?(?:thanks|thank you|thank u|thanx|thnx|thx|tx|ty|cheers"
    r"|kudos|ta)|danke(?: dir| euch| ihnen| schon| sehr)*|(?:vielen|besten|herzlichen|tausend|lieben) dank"
    r"|merci|mille mercis|(?:muchas |mil )?gracias|(?:dank|dankjewel|dank je(?: wel)?|dank u(?: wel)?"
    r"|bedankt|hartelijk dank|hartstikke bedankt|heel erg bedankt)|ありがとう(?:ございます|ございました)?|感謝します"
    r"|grazie(?: mille)?|obrigad[oa]|tack)"
)

MUCH = (
    r"(?: (?:so|very|much|a lot|a bunch|again|all|everyone|everybody|team|guys|both|indeed|beaucoup"
    r"|encore|bien|a tous|de nuevo|por todo|allemaal|zeer|wel|vielmals|nochmal(?:s)?|an alle"
    r"|[a-z]{2,12}))?"
) * 3

FOR_IT = (
    r"(?: for (?:this|that|it|sharing|the (?:update|info|note|news|win|receipt|help"
    r"|quick (?:reply|answer|turnaround))|letting (?:us|me) know|your help|everything|doing this"
    r"|the great work)(?: (?:this|it|with us|so quickly))?)?"
)

THANKS = re.compile(rf"(?:{CHEER}[\s,!.]+)*{THANK}{MUCH}{FOR_IT}(?:[\s,!.]+{CHEER})*")

ONLY_CHEER = re.compile(
    r"(?:congrats|congratulations|well done|good job|great job|nice work|great work|bravo|gut gemacht"
    r"|felicitations|enhorabuena|felicidades|gefeliciteerd"
    r"|herzlichen gluckwunsch)(?: (?:to )?(?:the )?(?:you |both |all|everyone|team|guys|[a-z]{2,12}))?"
)

# Sentences that only lead over to a correction, or say that there is no more.
FILLER = re.compile(
    r"(?:sorry )?(?:for )?(?:the |my )(?:late|slow) (?:reply|answer|response)"
    r"|sorry (?:for|about) (?:the |my )?(?:delay|mix-?up|confusion|noise|mess"
    r"|(?:late|slow) (?:reply|answer|response))|(?:wins? |no\.? ?|nr\.? ?|numbers? |#)?\d+(?:(?:,| and"
    r"| und| et| y| en|&) ?#?\d+)* (?:is|are|sind|ist|sont|est|son|es|zijn) (?:fine|ok|okay|good"
    r"|correct|right|perfect|gut|richtig|bons?|bonnes?|bien|goed|prima)"
    r"|(?:see|siehe|voir|ver|zie) (?:below|above|inline|unten|ci-dessous|abajo|onder|hieronder)"
    r"|(?:my )?(?:comments?|corrections?|answers?|edits?) (?:inline|below)"
    r"|wrong (?:guy|person|name|one|contact|lady)|(?:just )?(?:one|two|three|a few|a couple of|some|2"
    r"|3) (?:small |quick |little )?(?:things?|points?|remarks?|notes?|fixes|sachen|dinge|choses|cosas"
    r"|dingen)|(?:um|uh|okay so|ok so|so|well)+|otherwise (?:all )?(?:fine|good|ok|correct|perfect)"
    r"|(?:all )?the others? (?:is|are) (?:fine|ok|good|correct)"
    r"|(?:(?:one |a |small |some |two |my |few |quick |here (?:are|is) (?:the |my )?)*(?:corrections?"
    r"|changes?|edits?|fix|fixes|typos?)(?: (?:please|below|needed|for this one|from me))?"
    r"|(?:please )?(?:change|correct|update|fix|edit)(?: (?:it|this|that|these|the following|as follows"
    r"|to))?|"
    r"(?:sorry|oops|ups)?,? ?(?:autocorrect|my (?:mistake|bad|fault)|typo)|sorry"
    r"|\(?(?:the )?(?:rest|everything else|all else|other fields?) (?:(?:is|are|stays?|looks) (?:fine"
    r"|ok|good|right|correct|as (?:it )?is|the same|unchanged))(?: now)?\)?|"
    r"korrekturen?|bitte (?:andern|korrigieren)|(?:der )?rest (?:passt|stimmt|bleibt)(?: so)?"
    r"|corrections?|merci de corriger|(?:le )?reste est (?:bon|correct)|correccion(?:es)?"
    r"|(?:lo demas|el resto|todo lo demas) (?:(?:esta |es )?(?:bien|correcto|perfecto|ok))"
    r"|(?:il resto|tutto il resto) (?:va bene|e corretto|ok|perfetto)"
    r"|(?:o resto|tudo o resto) (?:esta )?(?:bem|certo|ok|perfeito)|resten (?:stammer|ar bra|ar ok)"
    r"|reszta (?:ok|sie zgadza|dobrze)|tout le reste est (?:bon|correct|parfait)"
    r"|alles andere (?:passt|stimmt)|correctie|(?:de )?rest (?:klopt|is goed)|sorry,? typo)"
)


# Within a sentence it parts what stands around it: "good news haha he is always like that".
LAUGHTER = re.compile(
    r"[\s,]+(?:(?:ha){2,}h?|(?:he){2,}|(?:hi){2,}|(?:ja){2,}|(?:hue){2,}|lol|lmao|rofl|xd|mdr|ptdr|ahah(?:ah)*|kkk+)(?=[\s,])[\s,]*(?=\w)",
    re.I,
)


def is_thumb(text: str) -> bool:
    bare = text.strip(EDGE + "\ufe0f")
    return bool(bare) and all(
        c in "👍👌✅✔☑🆗" or "\U0001f3fb" <= c <= "\U0001f3ff" for c in bare.replace("\ufe0f", "")
    )


_CHEERING = frozenset("❤🧡💛💚💙💜🖤🤍🤎💕💖💗💓🥰😍🤩😊🙂😀😃😄😁☺😎😂🤣🙌👏🎉🎊🥳🙏💪⭐🌟✨🚀🔥💯🏆🤗😘♥")


def is_only_cheering(text: str) -> bool:
    """Hearts, clapping hands, sparks: glad, and no more."""
    bare = text.strip(EDGE).replace("\ufe0f", "").replace(" ", "")
    return bool(bare) and all(c in _CHEERING or "\U0001f3fb" <= c <= "\U0001f3ff" for c in bare)


# Politeness, greetings and second thoughts in front of what is said.
LEAD = re.compile(
    r"^(?:(?:merci de|veuillez|favor de|gelieve|no wait|nein halt|nein moment|nee wacht|non attends"
    r"|no espera|please|pls|plz|plse|kindly|just|also|oops|ooops|ups|sorry|oh|ah|hmm+|actually"
    r"|correction|korrektur|fyi|for the record|btw|um|uh|okay so|ok so|so um|well|bitte|svp|por favor"
    r"|graag|yes|mailwins|i think|i'd say|i would say|i believe|i guess|i mean|i meant|we think"
    r"|ich wurde sagen|je dirais|yo diria|diria|direi|eu diria|jag skulle saga|powiedzial[ae]?bym|doch"
    r"|quatsch|entschuldig(?:e|ung)|verzeihung|pardon|desolee?|excuse[sz]?(?:-moi)?|perdona?|perdon"
    r"|lo siento|disculpa|oeps|scus[aie]|scusate|ops|desculp[ae]|perdao|forlat|ursakta|hoppsan|oj"
    r"|przepraszam|wybacz|ich glaube|glaube|je crois|creo que|ik denk)[\s,:!.-]+"
    r"|(?:hi|hello|hey|hallo|bonjour|hola|hoi|moin|servus|dear) [a-z]{2,14}\s?[,:!-]\s*"
    r"|(?:nope|nah|yep|yeah|nee|nein)(?= (?!no\b)\w)\s+"
    r"|(?:no|yes)(?= (?:thats|that's|not|it|its|it's|this|that|make|value|account|private)\b)\s+"
    r"|(?:hi|hello|hey|hallo|bonjour|hola|hoi|moin|servus|dear|no|nope|nee|nein|non|ok|okay|ja|oui|si"
    r"|well|so|then|but|and|und|et|btw|um|uh|nah|yep|yeah|hm+|okay so|ok so|thanks|thank you|thx|danke"
    r"|merci|gracias|bedankt|great|perfect|all good|dank je|vielen dank)\s?[,:!.;-]+\s*"
    r"|(?:ok(?:ay)?|fine|yes|ja|oui|si) (?:but|aber|mais|pero|maar) "
    r"|(?:could|can|would|will) you (?:please |pls |maybe |kindly )?"
    r"|(?:kannst|konnt|konnen|konntest) (?:du|ihr|sie) (?:bitte )?"
    r"|(?:peux-tu|pouvez-vous|tu peux|pourrais-tu) |(?:puedes|podrias) |(?:kun|wil) je (?:dit )?"
    r"|(?:i'd|i would) like (?:you )?to |i want (?:you )?to |we need to |it needs to be |and |but "
    r"|(?:und|aber|et|mais|pero|maar|adn|y|en|na|nah|nee) |bitte )"
)

# The same behind it.
TAIL = re.compile(
    r"(?:[\s,;.!-]*(?:\b(?:please|pls|plz|thx|thanks(?: a lot| so much| again)?|many thanks|thank you"
    r"|ty|bitte|danke(?: dir)?|vielen dank|svp|stp|merci(?: beaucoup)?|por favor|gracias|aub|a\.u\.b"
    r"|alstublieft|alsjeblieft|graag|bedankt|dank je|(?:would|will|could|can) you|porfa|porfi|hoor"
    r"|though|tho|instead|actually|then|sorry|cheers|asap|right now|now|i think|i guess|i believe|imo"
    r"|i'd say|id say|i would say|i reckon|fits best|fits better|would fit|passt besser|wurde? ich sagen"
    r"|je dirais|diria yo|zou ik zeggen|i'm afraid|unfortunately|sadly|leider|malheureusement"
    r"|por desgracia|helaas|purtroppo|infelizmente|tyvarr|niestety|se faz favor|per favore|per piacere"
    r"|tack|snalla|prosze|tops|max|maximum|at most|hochstens|maximal|au max|como mucho|al massimo"
    r"|no maximo|maks|i mean|i meant|tbh|imho|i suppose|glaube ich|denke ich|je crois|je pense|creo"
    r"|denk ik|mag|haha|lol|btw|by the way|fyi|ubrigens|d'ailleurs|au fait|por cierto|trouwens"
    r"|overigens|(?:sin (?:ningun )?|ohne |sans |zonder |senza |sem |utan |bez |no |kein |pas de |geen )"
    r"(?:problem(?:as?|[aeiu]|en)?|probleem|worries|weiteres|soucis?)|of course|obviously|definitely|for sure|for me|to me|in my (?:view|opinion|book)"
    r"|naturlich|bien sur|claro|natuurlijk)|s'il (?:te|vous) plait"
    r"|(?:で|に|を|は)?(?:お願い(?:いた|致)?します|よろしくお願いします|(?:して)?ください)|:-?\)|;-?\)|:d))+[\s.!,]*$"
)

# Behind one of these a reason may begin.
PLEASE = word_set("please pls plz thx thanks bitte svp plait stp merci favor graag aub alsjeblieft piacere tack prosze")

# Her name below what she wrote.
SIGN_OFF = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'’-]{0,14}\.?(?: [A-ZÀ-ÖØ-Þ][\w'’-]{0,20}\.?){0,2}|[一-龥]{1,4}[ 　]?[一-龥ぁ-んァ-ヶ]{0,4}"
)

ALL_WELL: tuple[tuple[str, str], ...] = (
    (
        "ok",
        (
            r"(?:o\.?k\.?|okay|okey|okk|k|yes|yep|yup|yeah|correct|right|approved?|reviewed|confirmed|perfect"
            r"|fine|all (?:good|fine|correct|right|ok)|(?:that is |that's |this is |it's |everything is "
            r"|everything |all )?(?:correct|right|fine|good|ok|okay)"
            r"|(?:it |that |this |all )?looks (?:good|right|fine|great|correct)(?: to me)?|lgtm|good to go"
            r"|no changes?|nothing to (?:change|add)|ja|passt(?: so)?|stimmt(?: so)?|korrekt|richtig|in ordnung"
            r"|alles (?:gut|richtig|klar|bestens)|oui|c'est (?:bon|correct|ok|parfait)|parfait|d'accord|exact"
            r"|tout est (?:bon|correct)|si|correcto|vale|perfecto|de acuerdo|todo (?:bien|correcto)"
            r"|klopt(?: helemaal)?|akkoord|prima|helemaal goed|in orde|はい|了解(?:です|しました)?|大丈夫です)"
        ),
    ),
)
"""(what is asked for, the whole phrase)."""
