"""Thanks, cheers and phrases that lead over: they ask for nothing."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import EDGE

CHEER = r"(?:ah|ach|oh wow|great|awesome|nice|super|toll|wow|perfect|brilliant|cool|fantastic|wonderful|amazing|lovely|love (?:it|this)|excellent|fab|well done|good job|great job|nice (?:one|work|job)|great (?:work|news|stuff)|congrats|congratulations|bravo|klasse|spitze|genial|geweldig|mooi|hey|hi|oh|noted|got it|gut gemacht|glückwunsch|herzlichen gluckwunsch|felicitations|enhorabuena|felicidades|gefeliciteerd)"
THANK = r"(?:(?:many |big |huge |so many |a million )?(?:thanks|thank you|thank u|thanx|thnx|thx|tx|ty|cheers|kudos|ta)|danke(?: dir| euch| ihnen| schon| sehr)*|(?:vielen|besten|herzlichen|tausend|lieben) dank|merci|mille mercis|(?:muchas |mil )?gracias|(?:dank|dankjewel|dank je(?: wel)?|dank u(?: wel)?|bedankt|hartelijk dank|hartstikke bedankt|heel erg bedankt)|ありがとう(?:ございます|ございました)?|感謝します|grazie(?: mille)?|obrigad[oa]|tack)"
MUCH = (
    r"(?: (?:so|very|much|a lot|a bunch|again|all|everyone|everybody|team|guys|both|indeed|beaucoup|encore|bien|a tous|de nuevo|por todo|allemaal|zeer|wel|vielmals|nochmal(?:s)?|an alle|[a-z]{2,12}))?"
    * 3
)
FOR_IT = r"(?: for (?:this|that|it|sharing|the (?:update|info|note|news|win|receipt|help|quick (?:reply|answer|turnaround))|letting (?:us|me) know|your help|everything|doing this|the great work)(?: (?:this|it|with us|so quickly))?)?"
THANKS = re.compile(rf"(?:{CHEER}[\s,!.]+)*{THANK}{MUCH}{FOR_IT}(?:[\s,!.]+{CHEER})*")
ONLY_CHEER = re.compile(
    r"(?:congrats|congratulations|well done|good job|great job|nice work|great work|bravo|gut gemacht|felicitations|enhorabuena|felicidades|gefeliciteerd|herzlichen gluckwunsch)(?: (?:to )?(?:the )?(?:you |both |all|everyone|team|guys|[a-z]{2,12}))?"
)

# Sentences that only lead over to a correction, or say that there is no more.
FILLER = re.compile(
    r"(?:sorry )?(?:for )?(?:the |my )(?:late|slow) (?:reply|answer|response)|sorry (?:for|about) (?:the |my )?(?:delay|mix-?up|confusion|noise|mess|(?:late|slow) (?:reply|answer|response))|(?:wins? |no\.? ?|nr\.? ?|numbers? |#)?\d+(?:(?:,| and| und| et| y| en|&) ?#?\d+)* (?:is|are|sind|ist|sont|est|son|es|zijn) (?:fine|ok|okay|good|correct|right|perfect|gut|richtig|bons?|bonnes?|bien|goed|prima)|(?:see|siehe|voir|ver|zie) (?:below|above|inline|unten|ci-dessous|abajo|onder|hieronder)|(?:my )?(?:comments?|corrections?|answers?|edits?) (?:inline|below)|wrong (?:guy|person|name|one|contact|lady)|(?:just )?(?:one|two|three|a few|a couple of|some|2|3) (?:small |quick |little )?(?:things?|points?|remarks?|notes?|fixes|sachen|dinge|choses|cosas|dingen)|(?:um|uh|okay so|ok so|so|well)+|otherwise (?:all )?(?:fine|good|ok|correct|perfect)|(?:all )?the others? (?:is|are) (?:fine|ok|good|correct)|(?:(?:one |a |small |some |two |my |few |quick |here (?:are|is) (?:the |my )?)*(?:corrections?|changes?|edits?|fix|fixes|typos?)(?: (?:please|below|needed|for this one|from me))?|(?:please )?(?:change|correct|update|fix|edit)(?: (?:it|this|that|these|the following|as follows|to))?|"
    r"(?:sorry|oops|ups)?,? ?(?:autocorrect|my (?:mistake|bad|fault)|typo)|sorry|\(?(?:the )?(?:rest|everything else|all else|other fields?) (?:(?:is|are|stays?|looks) (?:fine|ok|good|right|correct|as (?:it )?is|the same|unchanged))(?: now)?\)?|"
    r"korrekturen?|bitte (?:andern|korrigieren)|(?:der )?rest (?:passt|stimmt|bleibt)(?: so)?|corrections?|merci de corriger|(?:le )?reste est (?:bon|correct)|correccion(?:es)?|(?:lo demas|el resto|todo lo demas) (?:(?:esta |es )?(?:bien|correcto|perfecto|ok))|(?:il resto|tutto il resto) (?:va bene|e corretto|ok|perfetto)|(?:o resto|tudo o resto) (?:esta )?(?:bem|certo|ok|perfeito)|resten (?:stammer|ar bra|ar ok)|reszta (?:ok|sie zgadza|dobrze)|tout le reste est (?:bon|correct|parfait)|alles andere (?:passt|stimmt)|correctie|(?:de )?rest (?:klopt|is goed)|sorry,? typo)"
)


def is_thumb(text: str) -> bool:
    bare = text.strip(EDGE + "\ufe0f")
    return bool(bare) and all(
        c in "👍👌✅✔☑🆗" or "\U0001f3fb" <= c <= "\U0001f3ff" for c in bare.replace("\ufe0f", "")
    )
