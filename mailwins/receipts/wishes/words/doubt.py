"""Negation, condition, doubt, things put off, and second thoughts."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import word_set

# Whatever the language: a clause with one of these never shares, deletes or undoes.
NEGATIONS = word_set(
    "not no dont don't doesn't never nicht nie niemals kein keine keinen ne n' pas jamais nunca jamas "
    "niet nooit geen cannot can't cant shouldn't shouldnt mustn't non nao inte ej aldrig nie nigdy mai "
    "nej nem wouldn't isn't isnt wasn't aren't ain't nichts"
    # Of dialects and thumbs: Bavarian, Swabian, Swiss, Cologne, Berlin; French, Italian and Portuguese short forms.
    " ned net nit nid nod nich nisch koa koane ka mica manco nn nao nau num icke ikke inget ingen tampoco"
)

# Behind it stands what was wrong.
NOT = re.compile(
    r"[\s,;(-]+(?:and |und |et |y |en |e |och |a |i )?(?:not|nicht|pas|non|no|niet|nao|inte|ej|nie"
    r"|instead of|rather than|statt|anstatt|au lieu d[e']|plutot qu[e']|en lugar de|en vez de"
    r"|in plaats van|ipv|i\.p\.v\.|invece di|invece che|em vez de|i stallet for|istallet for"
    r"|zamiast) *(?<=[ '])(?=\S)"
)

# Behind "share:" no text for a customer, but a condition.
CONDITION = re.compile(
    r"(?:only|not|never|don'?t|do not|unless|until|wait|later|maybe|perhaps|pending|nur|erst|nicht"
    r"|noch nicht|nie|seulement|pas|jamais|solo|todavia no|aun no|nunca|niet|nog niet|alleen"
    r"|pas als)\b(?! only\b)"
)

# The same, where it is short: "share: when they agree".
MAYBE_CONDITION = re.compile(
    r"(?:if|when|once|after|as soon as|before|wenn|sobald|nachdem|falls|si|quand|apres|des que|cuando"
    r"|despues|en cuanto|als|zodra|nadat)\b"
)

# "Not Globex but Initech".
NOT_BUT = re.compile(
    r"^(?:it's |its |it is |this is |das ist |ce n'est |c'est |es |het is )?(?:not|nicht|pas|no"
    r"|niet) (?P<old>[^,]{1,40}?),? (?:but|sondern|mais|sino|maar) (?:rather )?(?P<new>.{1,60})$"
)

# Anywhere in a sentence, it leaves all of it alone.
UNSURE = re.compile(
    r"\b(?:if|unless|until|till|once|when|whenever|wait|maybe|perhaps|possibly|not sure|unsure|might"
    r"|pending|depends|provided|assuming|as soon as|after(?! all)|before|only|except|let me"
    r"|i(?:'ll| will)|tomorrow|next week|later"
    r"|falls|wenn|sobald|bis|erst|vielleicht|eventuell|nachdem|bevor|nur|ausser|morgen|spater|si|quand"
    r"|des que|peut-etre|jusqu|sauf|seulement|apres que|avant|demain|plus tard|cuando|en cuanto|quizas?"
    r"|tal vez|hasta|despues|antes|solo|manana|als|zodra|misschien|totdat|pas als|nadat|tenzij|alleen"
    r"|later)\b"
)

# Beside a leave to share, it takes the leave away.
HOLDS_BACK = re.compile(
    r"\b(?:not|n't|dont|no|never|still|yet|wait|has to|have to|needs?|nicht|kein|noch|pas|encore|nunca"
    r"|todavia|niet|geen|nog)\b"
)

# "Surtout ne pas mettre" + "privé": cut at "en", the negation belongs to what follows.
DANGLING_NEGATION = re.compile(
    r"\b(?:ne pas|pas|not|n't|dont|never|nicht|nie|niet|no|nunca|non) (?:le |la |les |it |this |es |das |het |lo )?"
    r"(?:mettre|mettez|mets|rendre|rendez|make|put|set|mark|keep|machen|stellen|setzen|maken|zetten|poner|pongas?)\W*$"
)

# What begins a condition.
IF = word_set("if unless provided assuming pending wenn falls sofern si als indien tenzij mits se caso om jesli jezeli")

# What bounds a time.
UNTIL = word_set("until till til bis jusqu'a jusque hasta tot totdat fino finche ate tills dopoki yet")

# What begins a reason.
WHY = word_set(
    "because cos since as weil denn da car parce porque pois ya want omdat perche eftersom bo "
    "poniewaz tant solange mientras zolang finche enquanto"
)

# She will ask, look or come back: no answer yet.
LATER = re.compile(
    r"^(?:ask|frag(?:t|en sie)?|demandez?|pregunt\w+|vraag|chiedi|pergunt\w+) \S"
    r"|\b(?:i(?:'ll| will| am going to)|let me|i'm|will) (?:ask|check|find out|look|get back|write"
    r"|come back|let you know|know|have|hear|see)\b|\b(?:ich )?(?:frage?|klare|schaue"
    r"|melde) (?:ich )?(?:nach|mich|das|noch|sie|ihn)\b"
    r"|\b(?:musste|muss|werde|wurde) ich (?:\w+ )?(?:nach)?fragen\b"
    r"|\b(?:demanderai|demanderais|preguntar(?:e|ia|le|selo)?|chiedero|perguntarei|fragar|zapytam)\b"
    r"|\bje (?:demande|verifie|regarde)\b|\b(?:lo pregunto|preguntare|vraag ik|ik vraag|chiedo|pergunto"
    r"|jag fragar|zapytam)\b|\b(?:tomorrow|later|next week|on a train|morgen|spater|demain|plus tard"
    r"|manana|mas tarde|later)\b"
)

# "Make it 8. No, 9.", and in the next line "sorry, 9 i mean".
TAKES_BACK = re.compile(
    r"\b(?:no|nope|nah|nein|nee|non|nej|nie|nao|wait|moment|scratch that|sorry|oops|actually|i mean"
    r"|i meant|rather|make (?:it|that)|pardon|doch|lieber|quatsch|ups|desolee?|plutot|perdon|perdona"
    r"|mejor|mas bien|oeps|liever|toch|scusa|scusi|anzi|ops|desculpa|desculpe|alias|forlat|ursakta"
    r"|snarare|przepraszam|raczej|jednak)\b"
)

# A sentence that takes the one before it back.
NO_WAIT = re.compile(
    r"\W*(?:no|nope|wait|hang on|hold on|scratch that|sorry|oops|actually|stop|nein|halt|moment"
    r"|doch nicht|non|attends|attendez|pardon|espera|perdon|nee|wacht|oeps|aspetta|scusa|espera"
    r"|desculpa|nej|vanta|forlat|nie|czekaj|przepraszam)\b"
)

# "Value 3… no no, leave it 6 as you had it."
AS_IT_WAS = re.compile(
    r"\b(?:leave|keep|let|lass|lassen sie|laisse|laissez|deja|dejalo|laat|lascia|deixa|lat"
    r"|zostaw)\b.*\b(?:as (?:you|it) (?:had|was|is|were)|wie (?:es|sie) (?:war|hatten)"
    r"|comme (?:c'etait|avant)|como (?:estaba|estava)|zoals het was|com'era|som det var|jak bylo)\b"
)

# Negations that deny nothing.
NO_MATTER = re.compile(
    r"\b(?:no|kein|ohne|pas de|sans|geen|zonder|sin|senza|sem|inga?|utan|bez) (?:problem[aeiu]?[ns]?|probleem"
    r"|prob|worries|need|rush|hurry|issues?|objections?|concerns|weiteres|soucis?|besvar)\b"
)

# "All but the first": what would be done to the others is not guessed.
ALL_BUT = re.compile(
    r"\b(?:all|everything|every one|alle|alles|tous|toutes|tout|todos|todas|tutti|tutte|allemaal|alla"
    r"|wszystkie)\b.*\b(?:but|except|au(?:ss|ß)er|bis auf|sauf|menos|salvo|excepto|behalve|tranne"
    r"|exceto|utom|forutom|oprocz)\b"
)

# What may stand in a clause of which every word is known, if it denies something.
BESIDE_A_NEGATION = word_set(
    "yet still noch encore todavia aun nog should must want need like would could soll sollte sollten "
    "muss debe deberia devrait moet anyone anybody i i'd ich yo ik any more anymore mehr plus mas meer "
    "longer"
)

# The last word takes all of it back: "… no don't".
ENDS_DENYING = re.compile(
    r"(?:\bdon'?t|\bdo not|[,.!;-] *(?:\w+ )?(?:nicht|lass(?: es)?|pas|niet|inte|nao|no|non|nie))\W*$"
)
