"""What people's words stand for in a correction, a block of data for each language. Folded as ``folding.flatten`` folds.

Where ``verbs`` and ``fields`` know whole clauses, this knows words and short phrases: ``sense`` puts their meanings
together. The languages are looked up in one: nobody says in which of them a reply is written, and some mix two.
"""

from __future__ import annotations

import re
from functools import cache

from mailwins.receipts.wishes.folding import flatten

Phrase = tuple[str, ...]

# A word as the lexicon counts it: French and Italian elisions are words of their own, hyphens part words.
WORD = re.compile(
    r"(?:[cdjlmnst]|qu|dell|nell|all|dall|un|dov|com)'(?=[^\W\d_])|[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*"
)

# meaning: the words for it. "field:", "act:", "kind:" and "ref:" say which behind the colon.
_ENGLISH = {
    "field:account": "account|customer|client|company|acct",
    "field:contact": "contact|contact person|person|speaker|said by|quote is from|quote's from|words are from|comes from|came from",
    "field:name": "name|names|the name is|her name is|his name is|name's|spelled|spelt|spelling",
    "field:date": "date|day|dated",
    "field:value": "value|score|rating|points|worth|number should be|rate it|rate this",
    "field:category": "kind|type|category|kind of win",
    "field:summary": "summary|headline|title|one-liner|subject line",
    "field:cause": "why it worked|it was down to|that was down to|it's because of|that's because of|why it happened|the reason|the cause|root cause",
    "field:quote": "add her quote|add his quote|add their quote|add this|add the quote|add what she said|add what he said|what she actually wrote|what he actually wrote|what they actually wrote|what she wrote|what he wrote|actual words|exact words|their words|the full quote|full quote",
    "ok": "fine|correct|right|spot on|ok|okay|good|perfect|as is|as it is|as they are|alone|all good|great|accurate|looks good|stays|stay|unchanged",
    "except": "apart from|except|except for|but for|bar", "wrong": "wrong|incorrect|not right|isn't right|off|mistaken",
    "not": "not|isn't|isnt|wasn't|wasnt|ain't|never|don't|dont|do not|doesn't|shouldn't|didn't|cannot|can't|won't|aren't|no longer|neither|nor|without",
    "no": "no|nope|nah",
    "but": "but|rather it's|instead it's",
    "instead": "instead of|rather than|than|as opposed to|in place of",
    "is": "is|it's|its|that's|thats|that is|it is|they're|are|should be|shld be|must be|should say|should read|needs to be|has to be|this is|ought to be|would be|makes it|i meant|meant",
    "was": "was|were|happened|took place|it was|that was|dates from|is from|are from|was from|were from",
    "belongs": "belongs to|belong to|under|goes to|goes under|belongs under|belongs with|file under|filed under|this is for|was for|it's for|is for",
    "said": "said|said it|who said it|says|wrote|told|told me|told us|mentioned|who said|quoted|quote|words|remark|phoned|emailed|sent it|who wrote|that wrote|did it|put it",
    "passed": "passed it on|only passed|passed on|forwarded|only forwarded|relayed|just passed|sent it on|only sent|told her|told him",
    "set": "make|make it|make that|set|put|change|mark|mark it|call it|count it|count it as|bump|bump it|raise|lower|drop it|give it|give|move|move it|correct|fix|turn|switch|go|amend",
    "rather": "rather|more like|at least|at most|i'd say|i'd call it|i'd go|i'd give|i reckon|reckon|more of|closer to|deserves|minimum|tops|feels like|honestly more|if anything|easily|i would say|i'd put|a solid|solid",
    "doubt": "maybe|perhaps|possibly|not sure|unsure|might|could be|or maybe|either|probably or|whether|between|somewhere between|don't know|no idea|guess it could|hard to say|wondering",
    "condition": "if|unless|until|till|once|when|whenever|as soon as|after|before|provided|assuming|pending|not yet|only after|only when|yet",
    "later": "i'll|will|let me|going to|gonna|tomorrow|next week|next month|appointment|meeting|meet|meeting her|meeting him|seeing|see her|see him|see them|starts|start|starting|due|deadline|by|until|call her|call him|call them|scheduled|ask|ask him|ask her|kick-off|invoice|invoices|since",
    "act:private": "private|confidential|between us|between ourselves|to ourselves|off the record|under wraps|hush hush|keep quiet about|for our eyes only|just us|in confidence|strictly internal",
    "act:share": "share|shared|shareable|be shared|share away|show the customer|show it to the customer|customer can see|customer may see|client can see|show customers|can be public|can go out|ok to use externally|use it with other customers",
    "act:delete": "delete|remove|bin it|bin this|bin that|scrap|trash|discard|get rid of|throw away|throw out|take out|take it out|take this out|chuck|chuck it|ditch|drop this one|not a win|isn't a win|no win|isn't really a win|not really a win|not a win really|kill it|erase|lose this one|lose it|can go|strike",
    "act:undo": "undo|revert|roll back|put it back|put that back|put them back|change it back|go back to|take that back|restore",
    "act:split": "split|split up|split them|separate|two stories|two wins|three wins|two separate|two things|two different|several wins|take apart",
    "ref:1": "first|1st|number one|no 1|the top one", "ref:2": "second|2nd|number two|middle|middle one|no 2", "ref:3": "third|3rd|number three|no 3", "ref:4": "fourth|4th|number four", "ref:5": "fifth|5th|number five", "ref:-1": "last one|the last|bottom one",
    "ref:all": "all three|all of them|all of these|all four|all five|both|both of them|both of these|all wins|all the wins|each of them|every one",
    "number word": "number|no|nr|win|item|#|for|on|one|story",
    "may": "can|may|happy for|fine to|ok to|okay to|free to|feel free|go ahead|allowed|agreed|happy|approved|permission|cleared|she's fine|he's fine",
    "thanks": "thanks|thank you|thx|ty|cheers|ta|thank|many thanks|much appreciated|appreciated",
    "cheer": "lovely|brilliant|great stuff|nice|nice one|wow|haha|lol|love it|love this|awesome|amazing|made my day|that made my|as ever|as always|so much|my bad|my mistake|good day|have a good one|well done|super|fab|cool|yay|hooray|ooh|oh|ha|oops|ah|hey|hi|hello|hiya|nearly|almost|sorry|bit stingy|close",
    "win": "win|wins|success", "leave": "leave|touch|keep|alone|don't change|don't touch|hands off", "others": "others|the rest|the other|the other two|remaining",
    "you": "could this one be|could this be|can this be|can this one be|could it be|can it be|you|could you|can you|would you|will you|could we|can we",
    "they": "they|he|she|we|i|who|him|her|them",
    "small": "a|an|the|this|that|these|those|it|to|of|in|at|as|for|on|from|with|and|please|pls|plz|just|thing|kind of thing|sort of thing|really|actually|also|too|only|then|there|here|my|our|your|their|his|her|me|us|one|ones|is|be|been|by the way|btw|now|again|though|so|well|yes|yep|yeah|rest|everything|else|everything else|bit|little|way|same|because|would|should|could|honestly|myself|think|i think|believe|guess|up|out|over|about|some|any|other|others|what|which|x|xx|kindly|all|today|cos|either|definitely|clearly|obviously|more|very|most|do|did|does|has|had|have|or|want|need|like|i'd like|while you're at it|while|instead|got|get|say|says",
}  # fmt: skip
_GERMAN = {
    "field:account": "kunde|kunden|kundin|firma|konto|unternehmen|account",
    "field:contact": "kontakt|ansprechpartner|ansprechpartnerin|person|kontaktperson|zitat ist von|zitat stammt von|stammt von|kam von|kommt von|kommt das von",
    "field:name": "name|heißt|heisst|namen|schreibt sich|geschrieben",
    "field:date": "datum|tag|datiert|datm",
    "field:value": "wert|punkte|bewertung|punktzahl|wertung",
    "field:category": "art|kategorie|typ|sorte|rubrik",
    "field:quote": "ergänze noch|ergänze bitte|wörtlich|sein zitat|ihr zitat", "field:cause": "grund|das kam durch|das lag an|das liegt an|es lag an|ursache|warum es geklappt hat|warum das geklappt hat", "field:summary": "zusammenfassung|überschrift|titel|kurzfassung",
    "ok": "passt|stimmt|richtig|korrekt|gut|in ordnung|bleibt|bleiben|belassen|lassen|so lassen|unverändert|prima",
    "except": "außer|bis auf|nur", "wrong": "falsch|falsche|falscher|falschen|falsches|stimmt nicht|stimmen nicht|passt nicht|verkehrt|nicht richtig",
    "not": "nicht|kein|keine|keinen|nie|niemals|nichts|weder|ohne", "no": "nein|nee|ne",
    "but": "sondern", "instead": "statt|anstatt|als", "is": "ist|sind|das ist|es ist|sei|wäre|soll|sollte|muss|müsste|sein|gemeint ist|lautet",
    "was": "war|waren|das war|es war|stattgefunden|passiert|sind vom|ist vom|stammt vom|vom", "belongs": "gehört zu|gehört zum|gehört zur|gehört|gehören zu|unter|bei|betrifft",
    "said": "gesagt|sagte|sagt|schrieb|geschrieben hat|geschrieben|gemeldet|erzählt|erzählte|zitat|äußerung|gelobt|lob kam|hat gesagt",
    "passed": "weitergeleitet|nur weitergegeben|weitergegeben|ausgerichtet|nur weitergeleitet",
    "set": "mach|mache|machen|setz|setze|setzen|ändern|ändere|änder|gib|geben|hochsetzen|raufsetzen|stell|stellen|draus|daraus|korrigieren|bitte ändern|eintragen|trag|ein auf|auf|bewerten|bewerte",
    "rather": "eher|lieber|mindestens|würde ich|ich würde|ich würd|sagen wir|höchstens|verdient|reicht|reicht völlig|ruhig|besser|locker|gut und gern|sehen|klare",
    "doubt": "vielleicht|eventuell|nicht sicher|unsicher|keine ahnung|weiß nicht|entweder|zwischen|oder so|könnte sein|weis ich grad nicht|weiß ich nicht|ob|vermutlich",
    "condition": "wenn|falls|sobald|bis|erst|nachdem|bevor|noch nicht|nur wenn",
    "later": "werde|wird|werden|morgen|nächste woche|termin|treffe|treffen|sehe sie|frage ich|frag ich|ich frag|frag|frage|nachfragen|seit|rechnung|beginnt|startet|geplant|kommenden|nächsten",
    "act:private": "privat|vertraulich|unter uns|geheim|nicht weitersagen|diskret|auf keinen fall nach außen|nicht nach außen",
    "act:share": "teilen|teile|geteilt werden|geteilt|weitergeben|weitergegeben werden|freigeben|raus an den kunden|an den kunden|dem kunden zeigen|kunde darf es sehen|kunde darf das sehen|mit dem kunden|darf raus|veröffentlichen|teilt",
    "act:delete": "löschen|lösch|lösche|loeschen|löscht|entfernen|entferne|weg damit|raus damit|rausnehmen|nimm raus|kein erfolg|kein win|keine erfolgsmeldung|wegwerfen|schmeiß weg|kann weg|streichen|weg",
    "act:undo": "rückgängig|rueckgängig|zurücknehmen|nimm zurück|wieder zurück|zurücksetzen|änderung zurück|zurück",
    "act:split": "aufteilen|trennen|auftrennen|teil auf|zwei erfolge|drei erfolge|zwei geschichten|zwei sachen|zwei dinge",
    "ref:1": "erste|erster|ersten|erstes", "ref:2": "zweite|zweiter|zweiten|zweites|mittlere|mittleren", "ref:3": "dritte|dritter|dritten|drittes", "ref:4": "vierte|vierten", "ref:5": "fünfte|fünften", "ref:-1": "letzte von|den letzten|das letzte|letzter",
    "ref:all": "beide|beiden|alle drei|allen drei|alle vier|alle", "number word": "nummer|nr|erfolg|bei|beim|zu|zum|für",
    "may": "darf|kann|können|dürfen|darfst|kannst|einverstanden|abgesprochen|freigegeben|erlaubt|zugestimmt|gern|gerne",
    "thanks": "danke|vielen dank|dankeschön|herzlichen dank|besten dank|danke euch|danke dir|dank", "cheer": "super|toll|klasse|wie geil|geil|hammer|schönen tag|schönen tag noch|schönes wochenende|prima|juhu|hallo|moin|hi|servus|ach|oh|ui|na|spitze|schön|wie schön|herrlich|wunderbar",
    "win": "erfolg|erfolge|gewinn", "others": "anderen|die anderen|den rest|die übrigen|alles andere", "leave": "anfassen|ändern sie nicht|lass|lassen|behalten|finger weg", "you": "kannst du|könntest du|könnt ihr|können sie|du|ihr|sie bitte", "they": "er|sie|wir|ich|die leute|man",
    "small": "der|die|das|den|dem|des|ein|eine|einen|einer|eines|es|bitte|und|aber|auch|nur|noch|mal|doch|übrigens|schon|eigentlich|ja|so|da|hier|im|in|an|am|von|vom|zu|zum|mit|für|hat|haben|habe|ich glaub|glaube|glaub ich|hab|rest|sonst|alles|dies|dieser|dieses|diesen|ganz|ganzen|wieder|um|als|einfach|jetzt|denn|weil|was|wir|mir|uns|ihn|ihr|oder|sonst|davon|eben|halt|bisschen|gerade|nämlich|änderung|änderungen|letzte|vorhin",
}  # fmt: skip
_FRENCH = {
    "field:account": "client|cliente|compte|société|entreprise", "field:contact": "contact|interlocuteur|interlocutrice|personne|dit par|vient de", "field:name": "nom|s'appelle|s'écrit", "field:date": "date|jour|daté",
    "field:value": "valeur|note|score", "field:category": "type|genre|catégorie|sorte", "field:quote": "ajoute ceci|ses mots|ses mots exacts|la citation exacte", "field:cause": "raison|cause|la cause|c'est grâce à|c'est grâce au|c'est dû à|pourquoi ça a marché", "field:summary": "résumé|titre", "ok": "bon|bonne|correct|correcte|juste|parfait|parfaite|exact|exacte|tel quel|rien à redire|impeccable|ok",
    "except": "sauf|à part|hormis", "wrong": "faux|fausse|pas bon|pas bonne|incorrect|mauvais|mauvaise|erroné", "not": "pas|ne pas|n'est pas|ce n'est pas|c'est pas|n'|ne|jamais|aucun|aucune|sans|ni", "no": "non", "but": "mais|plutôt que non|sinon",
    "instead": "au lieu de|au lieu du|à la place de|plutôt que", "is": "est|c'est|c'|ce sont|serait|devrait être|doit être|il s'agit de|s'agit de|sont|est plutôt|être", "was": "était|c'était|date de|ça date de|date du|sont du|est du|a eu lieu|s'est passé|sont de", "belongs": "concerne|appartient à|c'est pour|est pour|chez",
    "said": "dit|a dit|l'a dit|a écrit|écrit|raconté|citation|dixit|l'a écrit|disait|m'a dit", "passed": "transmis|fait suivre|transféré|a transmis", "set": "mets|mettez|mettre|mettre à|passe|passer|passez|change|changer|changez|monte|monter|corrige|corriger|donne",
    "rather": "plutôt|au moins|je dirais|disons|mérite|minimum|facile|sans hésiter|largement|vaut|vaut bien", "doubt": "peut-être|pas sûr|pas sûre|aucune idée|je ne sais pas|sais pas|soit|entre|probablement|je ne suis pas sûr|si c'est",
    "condition": "quand|dès que|si elle|si il|s'il|s'ils|si|jusqu'à|après que|avant de|une fois que|pas encore|seulement quand", "later": "demain|semaine prochaine|rendez-vous|on se voit|je lui demanderai|demande à|demandez à|je vais|vais|verrai|verra|depuis|facture|prochain|prochaine|commence",
    "act:private": "privé|privée|confidentiel|confidentielle|entre nous|pour nous|garder secret|discrétion", "act:share": "partager|partage|partagez|partagé|partagée|peut être partagé|diffuser|montrer au client|client peut le voir|partages", "act:delete": "supprimer|supprime|supprimez|effacer|efface|effacez|enlève|enlever|enlevez|retire|retirer|retirez|jeter|pas une réussite|pas un succès|n'est pas un compliment|à la poubelle|poubelle|oublie ça|effacer ça",
    "act:undo": "annule|annuler|annulez|rétablir|rétablis|revenir en arrière|remets comme avant|remettre comme avant", "act:split": "séparer|sépare|séparez|scinder|diviser|deux histoires|deux réussites|deux succès|découper",
    "ref:1": "premier|première", "ref:2": "deuxième|second|seconde", "ref:3": "troisième", "ref:4": "quatrième", "ref:-1": "le dernier|la dernière", "ref:all": "les deux|les trois|tous les deux|tous les trois|toutes les trois|toutes|tous", "number word": "numéro|n°|no|pour le|le|sur le",
    "may": "peux|peut|pouvez|peut être|accord|d'accord|feu vert|autorisé|permission|ok pour", "thanks": "merci|merci beaucoup|mille mercis|merci bien", "cheer": "super|génial|génialissime|bravo|bonjour|salut|coucou|trop bien|bonne journée|bonne soirée|bon week-end|magnifique|ah|oh|hihi|chouette",
    "win": "réussite|succès", "others": "les autres|l'autre|le reste", "leave": "touche|toucher|touchez|laisse|laisser|laissez|garde", "you": "peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu peux|vous pouvez|tu|vous", "they": "il|elle|ils|elles|on|nous|je|j'|qui",
    "small": "le|la|les|l'|un|une|des|du|de|d'|à|au|aux|et|en|ce|cet|cette|ça|cela|ces|se|s'|me|m'|te|t'|stp|svp|s'il te plaît|s'il vous plaît|plaît|reste|tout|aussi|fait|en fait|là|y|a|dans|dedans|il y a|pour|avec|par|sur|donc|alors|oui|bien|très|trop|que|qu'|qui|quoi|surtout|ma|mon|mes|son|sa|ses|leur|dernière|correction|modification|au contraire|contraire|toute|équipe|pense|crois|lui|moi|juste|je pense|je crois|pardon|oui|ou|autre|histoires",
}  # fmt: skip
_SPANISH = {
    "field:account": "cuenta|cliente|empresa|compañía", "field:contact": "contacto|persona|dicho por", "field:name": "nombre|se llama|se escribe", "field:quote": "añade esto|añade esto que me dijo|sus palabras|palabras exactas", "field:date": "fecha|día", "field:value": "valor|puntuación|nota|puntos", "field:category": "tipo|categoría|clase", "field:cause": "motivo|razón|causa|la causa|el motivo|fue gracias a|es gracias a", "field:summary": "resumen|título|resúmelo|resúmelo así|titular",
    "ok": "bien|correcto|correcta|está bien|perfecto|perfecta|todo correcto|todo bien|vale", "except": "menos|salvo|excepto", "wrong": "mal|equivocado|equivocada|incorrecto|incorrecta|está mal", "not": "no es|no era|no|nunca|jamás|tampoco|ni|sin", "but": "sino|pero", "instead": "en vez de|en lugar de|que",
    "is": "es|son|sería|debería ser|debe ser|es de|esto es|sea|pone", "was": "fue|era|fueron|eran|ocurrió|pasó|son del|es del|eso fue", "belongs": "pertenece a|corresponde a|es de|es para", "said": "dijo|lo dijo|escribió|lo escribió|dijeron|ha dicho|dicho|comentó|contó|me contó|cita|palabras", "passed": "reenvió|lo reenvió|transmitió|solo lo pasó|pasó el mensaje",
    "set": "ponlo|ponle|súbelo|bájalo|súbele|pon|ponlo|ponle|poner|cambia|cámbialo|cambiar|súbelo|sube|bájalo|baja|corrige|corregir|dale|márcalo|ponme|ponga|poned|ponedle", "rather": "más bien|al menos|como mínimo|mínimo|yo diría|diría|merece|mejor|yo le pondría|le pondría|por lo menos|le daría", "doubt": "quizás|quizá|tal vez|no sé|no estoy seguro|no estoy segura|entre un|a lo mejor|ni idea|puede que",
    "condition": "si|cuando|hasta|hasta que|en cuanto|después de|antes de|todavía|todavía no|aún no|aún|solo si", "later": "mañana|próxima semana|la veo|lo veo|cita con|reunión|le pregunto|pregunta a|pregúntale|voy a|desde|factura|empieza|próximo|próxima",
    "act:private": "privado|privada|confidencial|entre nosotros|en secreto", "act:share": "compartir|compártelo|comparte|compartirlo|compartas|compartáis|compartido|publicar|enseñar al cliente|puede ver el cliente|puede verlo el cliente|cliente lo puede ver|cliente puede verlo", "act:delete": "borrar|bórralo|borra|bórrala|eliminar|elimina|elimínalo|quitar|quítalo|quita|no es un éxito|no es un logro|tíralo|fuera|borradlo",
    "act:undo": "deshacer|deshaz|deshazlo|revierte|revertir|déjalo como estaba|vuelve atrás", "act:split": "separar|separa|sepáralos|dividir|divide|divídelo|dos historias|dos éxitos|dos cosas", "ref:1": "primero|primera|primer", "ref:2": "segundo|segunda", "ref:3": "tercero|tercera|tercer", "ref:4": "cuarto|cuarta", "ref:-1": "el último|la última", "ref:all": "los dos|las dos|los tres|las tres|ambos|ambas|todos|todas", "number word": "número|el|la|al",
    "may": "puede|puedes|pueden|se puede|permiso|de acuerdo|autorizado|podéis", "thanks": "gracias|muchas gracias|mil gracias", "cheer": "genial|qué bien|buen día|buen fin de semana|estupendo|buenísimo|hola|buenos días|buenas|jaja|olé|enhorabuena|fantástico|bravo", "win": "éxito|logro", "others": "los otros|las otras|los demás|las demás", "leave": "toques|tocar|toquéis|deja|dejar|dejadlo", "you": "puedes|podrías|podéis|podríais", "they": "él|ella|ellos|ellas|yo|nosotros|firma|quien",
    "small": "al final|el|la|los|las|lo|un|una|unos|de|del|a|al|y|e|en|con|por|para|que|se|me|te|le|nos|ya|muy|más|todo|todos|esto|esta|este|eso|esa|ese|porfa|por favor|favor|así|pues|también|solo|sólo|ahora|hoy|resto|lo demás|demás|mi|su|sus|está|estaba|queda|quede|que quede|creo|o|ha|he|lo de|último|última|pedí|te pedí|hay|aquí|dio",
}  # fmt: skip
_DUTCH = {
    "field:account": "klant|account|bedrijf|firma", "field:contact": "contact|contactpersoon|persoon|komt van|kwam van", "field:name": "naam|heet|gespeld", "field:date": "datum|dag", "field:value": "waarde|score|cijfer|punten", "field:category": "soort|type|categorie", "field:cause": "reden|oorzaak|dat kwam door|dat komt door|het kwam door", "field:summary": "samenvatting|titel|kop",
    "ok": "klopt|goed|prima|juist|correct|in orde|staat goed|zo laten|laten staan|klopt allemaal|klopt helemaal", "except": "behalve|uitgezonderd", "wrong": "fout|verkeerd|klopt niet|onjuist|niet goed", "not": "niet|geen|nooit|niks|zonder|noch", "no": "nee|neen", "but": "maar|behalve dat", "instead": "in plaats van|dan", "is": "is|zijn|moet zijn|het is|dit is|dat is|moet|hoort te zijn|wordt", "was": "was|waren|was op|gebeurde|dat was", "belongs": "hoort bij|is van|is voor|onder|van",
    "said": "zei|zegt|gezegd|schreef|geschreven|vertelde|dat zei|citaat|meldde|zei dit|dit zei", "passed": "doorgestuurd|doorgegeven|alleen doorgestuurd", "set": "maak|maak er|zet|zetten|verander|wijzig|wijzigen|veranderen|aanpassen|doe|geef|geven|graag|mag naar|naar|pas aan|van maken", "rather": "eerder|liever|minstens|minimaal|ik zou zeggen|zou zeggen|verdient|doe maar|toch wel|mag wel", "doubt": "misschien|wellicht|niet zeker|weet niet|weet ik niet|geen idee|of zo|tussen|kan zijn|twijfel",
    "condition": "als|zodra|totdat|pas als|nadat|voordat|nog niet|tot", "later": "morgen|volgende week|afspraak|ik zie|zie haar|zie hem|vraag ik|ga ik|zal|zullen|vraag|sinds|factuur|begint|start", "act:private": "privé|vertrouwelijk|onder ons|geheim|binnenskamers", "act:share": "delen|deel|gedeeld|gedeeld worden|doorgeven|naar de klant|klant mag het zien|klant mag dit zien|deel maar", "act:delete": "verwijder|verwijderen|weg|mag weg|weggooien|gooi weg|gooi maar weg|wissen|schrap|schrappen|eruit|geen succes|wis|haal weg",
    "act:undo": "ongedaan|ongedaan maken|terugdraaien|draai terug|draai dat maar terug|draai dat terug|draai het terug|maak ongedaan|herstel|zet terug", "act:split": "splitsen|splits|opsplitsen|knip|knippen|twee verhalen|twee successen|twee dingen|in tweeën", "ref:1": "eerste", "ref:2": "tweede|middelste", "ref:3": "derde", "ref:4": "vierde", "ref:-1": "laatste", "ref:all": "beide|allebei|alle drie|alle vier|allemaal", "number word": "nummer|nr|bij|voor|de|win",
    "may": "mag|mogen|kan|kun|akkoord|goedgevonden|toestemming|goedgekeurd|vindt het goed", "thanks": "bedankt|dank|dankjewel|dank je|dank je wel|dank u|top bedankt", "cheer": "leuk|top|super|geweldig|wat leuk|fijne dag|fijn weekend|hoi|hallo|mooi|haha|fijn|ohja|heerlijk|goh|wauw", "win": "succes", "others": "de andere|de anderen|de overige", "leave": "laat|aankomen|afblijven|laten", "you": "kun je|kan je|wil je|zou je|kunnen jullie|je|jullie", "they": "hij|zij|ze|wij|we|ik",
    "small": "de|het|een|dit|dat|deze|die|er|en|ook|nog|maar|even|hoor|wel|toch|gewoon|eigenlijk|alleen|graag|aub|alsjeblieft|svp|a.u.b|om|aan|in|op|met|te|voor|van|bij|mijn|haar|zijn|hun|zelf|al|rest|de rest|zo|nu|dan|wat|die|dus|want|omdat|heeft|had|helemaal|trouwens|zijn|ja|weer|zou|denk|denk ik|ik denk|je|iets|niks|gisteren|of|ons|houden|houd|hou",
}  # fmt: skip
_ITALIAN = {
    "field:account": "cliente|azienda|account|società", "field:contact": "contatto|referente|persona|detto da", "field:name": "nome|si chiama|si scrive|cognome", "field:date": "data|giorno", "field:value": "valore|punteggio|voto", "field:category": "tipo|categoria|genere", "field:cause": "motivo|causa|la causa|il motivo|merito|è stato grazie a|è merito di", "field:summary": "riassunto|titolo|sintesi",
    "ok": "giusto|giusta|corretto|corretta|va bene|perfetto|perfetta|tutto giusto|tutto ok|bene|tutto bene|tutto corretto", "except": "tranne|a parte|salvo", "wrong": "sbagliato|sbagliata|errato|errata|scorretto", "not": "non è|non|mai|né|senza|neanche", "but": "ma|bensì|però", "instead": "invece di|invece che|anziché|al posto di|che", "is": "è|sono|sarebbe|deve essere|dovrebbe essere|si tratta di|sia|essere", "was": "era|fu|è stato|è stata|è successo|erano|risale a|sono del|è del", "belongs": "appartiene a|è di|è per|riguarda|è della|è del",
    "said": "detto|ha detto|l'ha detto|scritto|ha scritto|l'ha scritto|disse|dice|citazione|parole|raccontato", "passed": "inoltrato|girato|riferito|solo inoltrato", "set": "mettilo|mettila|portalo|alzalo|abbassalo|segnalo|metti|metti un|mettere|mettete|cambia|cambiare|correggi|alza|alzalo|abbassa|dai|dagli|porta|segna", "rather": "piuttosto|almeno|direi|io direi|minimo|merita|meglio|più una|più un|semmai|come minimo", "doubt": "forse|magari|non so|non sono sicuro|non sono sicura|tra un|nessuna idea|boh|può darsi",
    "condition": "se|quando|finché|appena|dopo che|prima di|non ancora|fino a", "later": "domani|prossima settimana|la vedo|lo vedo|appuntamento|chiedo|le chiedo|gli chiedo|chiedi a|da quando|fattura|inizia|prossimo|prossima|vediamo", "act:private": "privato|privata|riservato|riservata|riservato|confidenziale|tra noi|fra noi|tienilo per noi", "act:share": "condividere|condividi|condividilo|condividere con il cliente|condivisibile|condiviso|mostrare al cliente|lo può vedere|cliente può vederlo|può vederlo", "act:delete": "cancella|cancellalo|cancellare|cancellala|elimina|eliminalo|eliminare|togli|toglilo|togliere|rimuovi|rimuovilo|butta via|buttalo|non è un successo",
    "act:undo": "annulla|annullare|ripristina|ripristinare|torna indietro|rimetti come prima", "act:split": "dividi|dividere|separa|separare|separali|due storie|due successi|due cose", "ref:1": "primo|prima", "ref:2": "secondo|seconda", "ref:3": "terzo|terza", "ref:4": "quarto|quarta", "ref:-1": "ultimo|ultima", "ref:all": "entrambi|entrambe|tutti e due|tutti e tre|tutte e tre|tutti|tutte", "number word": "numero|il|la|al|per il",
    "may": "si può|può|puoi|potete|permesso|d'accordo|autorizzato|pure", "thanks": "grazie|grazie mille|mille grazie", "cheer": "bello|bellissimo|che bello|buona giornata|buon weekend|che meraviglia|fantastico|ciao|buongiorno|evviva|bravi|ottimo|stupendo", "win": "successo", "others": "gli altri|le altre", "leave": "lascia|lasciare|toccare|tocca|lasciate", "you": "puoi|potresti|potete|potreste", "they": "lui|lei|loro|io|noi|chi",
    "small": "alla fine|il|lo|la|i|gli|le|l'|un|una|uno|un'|di|del|della|dello|dell'|dei|a|al|alla|e|ed|in|con|per|che|si|mi|ti|ci|ne|da|dal|dalla|su|come|anche|solo|pure|poi|per favore|favore|questo|questa|quello|quella|molto|più|tutto|resto|ma|sì|si|ecco|qui|invece|ultima|modifica|ho|ha|ha detto|mandato|l'ho|credo|penso|o|scusa|stato|suo|sua",
}  # fmt: skip
_PORTUGUESE = {
    "field:account": "cliente|conta|empresa", "field:contact": "contacto|contato|pessoa|dito por", "field:name": "nome|chama-se|se chama|escreve-se", "field:date": "data|dia", "field:value": "valor|pontuação|nota|pontos", "field:category": "tipo|categoria", "field:cause": "motivo|razão|causa|a causa|o motivo|foi graças a|foi graças ao", "field:summary": "resumo|título", "ok": "certo|certa|correto|correta|está certo|tudo certo|perfeito|tudo bem|está bem|está tudo certo|bem", "except": "menos|exceto|salvo", "wrong": "errado|errada|incorreto|mal", "not": "não é|não|nunca|nem|sem", "but": "mas|e sim", "instead": "em vez de|do que|ao invés de",
    "is": "é|são|seria|deve ser|devia ser|deveria ser|trata-se de|seja", "was": "foi|era|eram|foram|aconteceu|são de|é de", "belongs": "pertence a|é da|é do|é para|é da", "said": "disse|escreveu|dito|falou|quem disse|contou|disse isso|citação|palavras", "passed": "reencaminhou|encaminhou|só passou", "set": "põe|mete|sobe|baixa|coloca|põe|mete|mude|muda|mudar|altera|alterar|altere|coloca|coloque|corrige|dá|sobe|marca|ponha|passa para", "rather": "antes|pelo menos|eu diria|diria|merece|no mínimo|melhor|mais um|mais uma|daria", "doubt": "talvez|não sei|não tenho a certeza|entre um|sem ideia|quiçá|se calhar", "condition": "se|quando|até|assim que|depois de|antes de|ainda não|ainda|só quando", "later": "amanhã|próxima semana|vou|reunião|encontro|pergunto|pergunta ao|pergunta à|desde|fatura|começa",
    "act:private": "privado|privada|confidencial|entre nós|em segredo|sigiloso", "act:share": "partilhar com o cliente|partilhar|partilha|partilhes|partilhem|compartilhar|compartilhe|partilhado|pode ser partilhado|mostrar ao cliente", "act:delete": "apaga|apagar|apague|elimina|eliminar|remove|remover|tira|tirar|não é um sucesso|deita fora|exclui|excluir|apaga isto", "act:undo": "desfaz|desfazer|desfaça|anula|anular|reverte|reverter|repõe|volta atrás", "act:split": "separa|separar|divide|dividir|duas histórias|dois sucessos|duas coisas", "ref:1": "primeiro|primeira", "ref:2": "segundo|segunda", "ref:3": "terceiro|terceira", "ref:4": "quarto|quarta", "ref:-1": "último|última", "ref:all": "ambos|ambas|os dois|as duas|os três|as três|todos|todas", "number word": "número|o|a|no|ao",
    "may": "pode|podes|podem|autorizou|permissão|de acordo|à vontade", "thanks": "obrigado|obrigada|muito obrigado|muito obrigada|valeu", "cheer": "que bom|ótimo|fantástico|olá|bom dia|boa|viva|excelente|bravo|lindo|que maravilha", "win": "sucesso", "others": "os outros|as outras", "leave": "deixa|deixar|mexas|mexer|mexa", "you": "podes|poderias|pode|podem", "they": "ele|ela|eles|elas|eu|nós|quem",
    "small": "afinal|o|a|os|as|um|uma|de|do|da|dos|das|e|em|no|na|com|por|para|que|se|se faz favor|se fizer favor|me|te|lhe|nos|já|muito|mais|tudo|isto|isso|esta|este|essa|esse|favor|por favor|só|fica|também|agora|resto|meu|minha|está|ao|à|pelo|pela|última|alteração|acho|ou|foi um|fica só|sim|aqui|lá|eu",
}  # fmt: skip
_SWEDISH = {
    "field:account": "kund|kunden|företag|företaget|konto", "field:contact": "kontakt|kontaktperson|person|sagt av|kommer från", "field:name": "namn|namnet|heter|stavas", "field:date": "datum|datumet|dag", "field:value": "värde|värdet|poäng|betyg", "field:category": "typ|sort|kategori|slag|typen", "field:cause": "orsak|orsaken|anledning|anledningen|det berodde på", "field:summary": "sammanfattning|rubrik|rubriken|titel", "ok": "stämmer|rätt|bra|korrekt|perfekt|allt stämmer|ser bra ut|okej|ok|som det är", "except": "förutom|utom", "wrong": "fel|stämmer inte|felaktigt|felaktig", "not": "inte|ej|inget|ingen|aldrig|utan att|varken|är inte", "no": "nej|nä", "but": "utan", "instead": "i stället för|istället för|än", "is": "är|ska vara|borde vara|det är|bör vara|ska", "was": "var|det var|hände|är från|skedde", "belongs": "tillhör|hör till|gäller|under", "said": "sa|sade|sa det|skrev|som sa|som skrev|sagt|citat|berättade|säger", "passed": "vidarebefordrade|skickade bara vidare|bara vidare", "set": "sätt|gör|ändra|ändra till|byt|byt till|höj|sänk|ge|ge den|lägg|rätta|till", "rather": "snarare|hellre|minst|åtminstone|jag skulle säga|skulle säga|förtjänar|mer av en|mer en|lätt", "doubt": "kanske|vet inte|osäker|inte säker|mellan en|ingen aning|eventuellt", "condition": "om|när|tills|innan|så snart|efter att|inte än|först när", "later": "i morgon|imorgon|nästa vecka|möte|träffar|ska träffa|frågar|fråga|sedan|faktura|börjar|kommer att|nästa",
    "act:private": "privat|konfidentiellt|konfidentiell|mellan oss|hemligt|förtroligt", "act:share": "delas med kunden|dela med kunden|dela|delas|delat|får delas|kan delas|sprida|visa kunden|dela med", "act:delete": "ta bort|radera|släng|stryk|tas bort|inte en framgång|ingen framgång|plocka bort|kasta", "act:undo": "ångra|återställ|backa|ta tillbaka|dra tillbaka", "act:split": "dela upp|separera|två historier|två framgångar|två saker", "ref:1": "första", "ref:2": "andra", "ref:3": "tredje", "ref:4": "fjärde", "ref:-1": "sista|den sista", "ref:all": "båda|bägge|alla tre|alla", "number word": "nummer|nr|den|för|på", "may": "får|gärna|kan|godkänt|okej att|går bra|tillåtelse", "thanks": "tack|tack så mycket|tackar|stort tack|tusen tack", "cheer": "toppen|härligt|trevlig helg|ha en bra dag|kul|vad kul|grymt|hej|underbart|så bra|jättebra|wow|snyggt", "win": "framgång", "others": "de andra|resten av dem", "leave": "rör|låt|lämna", "you": "kan du|skulle du|kan ni|du|ni", "they": "han|hon|de|vi|jag|som",
    "small": "en|ett|den|det|de|och|i|på|av|från|till|med|för|som|att|också|bara|nu|ju|då|tack|snälla|min|vår|hennes|hans|resten|allt|mycket|lite|faktiskt|egentligen|men|ja|så|har|hade|senaste|ändringen|denna|detta|den här|tror|eller|håll|vi",
}  # fmt: skip
_POLISH = {
    "field:account": "klient|klienta|klientem|firma|konto", "field:contact": "kontakt|osoba|osoba kontaktowa", "field:name": "nazwisko|imię|nazywa się|pisze się|nazwa", "field:date": "data|dzień|datę|datą", "field:value": "wartość|ocena|punkty|ocenę", "field:category": "rodzaj|typ|kategoria|kategorię", "field:cause": "powód|powodem|przyczyna|przyczyną", "field:summary": "podsumowanie|tytuł|nagłówek", "ok": "zgadza się|dobrze|poprawnie|w porządku|wszystko się zgadza|ok|okej|bez zmian|poprawna|poprawny|dobra|dobry", "except": "oprócz|poza", "wrong": "źle|błędny|błędna|niepoprawny|nieprawidłowy|zły|zła", "not": "nie|nigdy|ani|żaden|bez", "but": "ale|lecz|tylko że", "instead": "zamiast|niż", "is": "jest|to|to jest|powinno być|powinien być|powinna być|są|ma być|to był", "was": "było|był|była|to było|były|zdarzyło się|jest z|są z", "belongs": "należy do|dotyczy|dla|pod", "said": "powiedział|powiedziała|napisał|napisała|mówił|mówiła|cytat|słowa", "passed": "przekazał|przekazała|tylko przesłał|tylko przesłała|przesłała dalej", "set": "ustaw|zmień|zmienić|daj|popraw|zrób|podnieś|obniż|wpisz|na", "rather": "raczej|co najmniej|przynajmniej|powiedziałbym|powiedziałabym|minimum|zasługuje na|lepiej|bardziej", "doubt": "może|nie wiem|nie jestem pewien|nie jestem pewna|być może|między", "condition": "jeśli|jeżeli|gdy|kiedy|dopóki|zanim|po tym jak|jeszcze nie|dopiero", "later": "jutro|w przyszłym tygodniu|spotkanie|widzę się|zapytam|zapytaj|będzie|od|faktura|zaczyna|spotykam",
    "act:private": "prywatne|prywatny|poufne|poufny|między nami|tylko dla nas|w tajemnicy", "act:share": "udostępnić|udostępnij|udostępniaj|udostępniać|pokazać klientowi|można udostępnić", "act:delete": "usuń|usunąć|skasuj|skasować|wyrzuć|wykasuj|to nie sukces|do kosza|proszę usunąć", "act:undo": "cofnij|cofnąć|przywróć|wycofaj|anuluj", "act:split": "podziel|podzielić|rozdziel|rozdzielić|dwa sukcesy|dwie historie|dwie sprawy", "ref:1": "pierwszy|pierwsza|pierwszą|pierwsze", "ref:2": "drugi|druga|drugą|drugie|drugiego", "ref:3": "trzeci|trzecia|trzecią|trzecie|trzeciego", "ref:4": "czwarty|czwarta", "ref:-1": "ostatni|ostatnia|ostatnią", "ref:all": "oba|obie|wszystkie trzy|wszystkie|obydwa", "number word": "numer|nr|w|dla", "may": "można|możesz|może być|możecie|zgodził się|zgodziła się|zgoda", "thanks": "dziękuję|dzięki|dzięki wielkie|dziękuje|wielkie dzięki", "cheer": "super|świetnie|miłego dnia|cudownie|brawo|cześć|hej|wow|fajnie|pięknie|dzień dobry|witam", "win": "sukces", "others": "pozostałe|inne|reszta z nich", "leave": "zostaw|ruszaj|dotykaj", "you": "możesz|czy możesz|mógłbyś|mogłabyś|proszę", "they": "on|ona|oni|one|my|ja|kto",
    "small": "i|a|w|z|ze|na|do|o|od|po|za|się|ten|ta|to|te|tę|tego|tej|tym|już|tylko|też|także|bardzo|proszę|reszta|wszystko|mi|nam|jego|jej|ich|tak|no|więc|bo|ostatnią|zmianę|zachować|klientowi|test|chyba|czyli|lub|albo|jako|pan|pani powiedziała",
}  # fmt: skip
LANGUAGES = (
    _ENGLISH,
    _GERMAN,
    _FRENCH,
    _SPANISH,
    _DUTCH,
    _ITALIAN,
    _PORTUGUESE,
    _SWEDISH,
    _POLISH,
)

# Words for our own kinds beside those that ``understanding.mood`` knows.
KINDS = {
    "referral": "紹介|推薦|お客様紹介|referral|recommendation|word of mouth|passed our name|weiterempfehlung|empfehlung|empfohlen|recommandation|parrainage|mise en relation|recomendación|referencia|aanbeveling|doorverwijzing|raccomandazione|segnalazione|passaparola|indicação|recomendação|referência|rekommendation|hänvisning|polecenie|rekomendacja",
    "renewal_expansion": "更新|契約更新|拡大|増設|renewal|renewed|expansion|extension|upsell|upgrade|verlängerung|vertragsverlängerung|erweiterung|ausbau|renouvellement|extension|élargissement|prolongation|renovación|ampliación|prórroga|verlenging|uitbreiding|contractverlenging|rinnovo|ampliamento|estensione|renovação|ampliação|expansão|prorrogação|förlängning|förnyelse|utökning|odnowienie|przedłużenie|rozszerzenie",
    "endorsement": "称賛|賛辞|お褒めの言葉|お褒め|endorsement|praise|compliment|lob|kompliment|éloge|compliment|louange|elogio|cumplido|alabanza|lof|complimento|lode|elogio|beröm|lovord|pochwała|komplement",
    "account_goal": "目標達成|目標|account goal|goal|target|goal reached|target reached|ziel|ziel erreicht|kundenziel|objectif|objectif atteint|objetivo|objetivo cumplido|doel|doel gehaald|obiettivo|obiettivo raggiunto|meta|meta atingida|mål|mål uppnått|cel|cel osiągnięty",
    "value_realized": "価値実現|コスト削減|効果|value realized|value realised|savings|saving|roi|ersparnis|einsparung|nutzen|mehrwert|économies|économie|gain de temps|ahorro|besparing|tijdwinst|risparmio|poupança|besparing|oszczędność|oszczędności",
    "adoption": "定着|活用|導入|adoption|usage|rollout|roll-out|nutzung|einführung|adoption|utilisation|déploiement|adopción|uso|adoptie|gebruik|adozione|utilizzo|adoção|utilização|användning|införande|wdrożenie|adopcja",
    "stakeholder": "キーパーソン|経営層|stakeholder|sponsor|executive|entscheider|décideur|interesado|beslisser|sponsor|decisore|decisor|beslutsfattare|decydent|interesariusz",
    "participation": "参加|研修|participation|attendance|training|workshop|webinar|teilnahme|schulung|participation|formation|participación|formación|deelname|training|partecipazione|formazione|participação|formação|deltagande|utbildning|udział|szkolenie|uczestnictwo",
    "program": "プログラム|事例|program|programme|case study|testimonial|programm|fallstudie|referenzkunde|étude de cas|programa|caso de éxito|programma|casestudy|caso studio|estudo de caso|fallstudie|studium przypadku",
    "high_value_task": "high value task|high-value task|integration|automation|migration|aufgabe|automatisierung|tâche|automatisation|tarea|automatización|taak|automatisering|attività|automazione|tarefa|automação|uppgift|zadanie|automatyzacja|integracja",
    "nps_csat": "nps|csat|survey score|umfrage|zufriedenheit|satisfaction|satisfacción|tevredenheid|soddisfazione|satisfação|nöjdhet|satysfakcja",
    "milestone": "マイルストーン|節目|milestone|team win|meilenstein|étape|jalon|hito|mijlpaal|traguardo|pietra miliare|milstolpe|kamień milowy",
    "olympics": "olympics|user olympics|olympiade|olympiades|olimpiadas|olimpiadi|olimpíadas|olympiaden|olimpiada|spelen",
}  # fmt: skip

# One to ten, in the order of LANGUAGES.
NUMBERS = (
    "one two three four five six seven eight nine ten",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "un deux trois quatre cinq six sept huit neuf dix",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "een twee drie vier vijf zes zeven acht negen tien",
    "uno due tre quattro cinque sei sette otto nove dieci",
    "um dois três quatro cinco seis sete oito nove dez",
    "ett två tre fyra fem sex sju åtta nio tio",
    "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
)

TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "frau",
        "herr",
        "herrn",
        "mme",
        "m",
        "mlle",
        "monsieur",
        "madame",
        "sr",
        "sra",
        "srta",
        "señor",
        "señora",
        "dra",
        "ing",
        "lic",
        "arq",
        "avv",
        "geom",
        "dipl",
        "don",
        "doña",
        "dña",
        "dhr",
        "mevr",
        "mevrouw",
        "meneer",
        "mw",
        "sig",
        "signor",
        "signora",
        "sig.ra",
        "dott",
        "dott.ssa",
        "senhor",
        "senhora",
        "dona",
        "fru",
        "pan",
        "pani",
        "pana",
    ]
)
PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "la",
        "le",
        "lo",
        "el",
        "al",
        "bin",
        "ben",
        "ibn",
        "af",
        "zu",
    ]
)
# By their ends in the languages that build long words, whole in the others.
_ROLE = re.compile(
    r"(?:.*(?:leiter|leiterin|leitung|chef|chefin|meister|meisterin|führer|führerin|manager|managerin|direktor|direktorin|assistentin?|vorstand|inhaber|inhaberin|directeur|directrice|hoofd|directör|ledare|ansvarig|kierownik|kierowniczka|dyrektor|dyrektorka|prezes|direttore|direttrice|diretora?|responsabile|gerente|director|directora|responsable|head|kollege|kollegin|mitarbeiter|mitarbeiterin|deputy|collega|owner|ceo|coo|cfo|cio|cto|vp|boss|jefe|jefa|technische|technischer|geschäftsführer|geschäftsführerin))"
)


def is_role(word: str) -> bool:
    return _ROLE.fullmatch(word) is not None


def words_of(text: str) -> Phrase:
    return tuple(WORD.findall(flatten(text)))


Meaning = tuple[str, str]
"""(what, which): ("field", "value"), ("act", "share"), ("not", "")."""

GERMAN, DUTCH, ITALIAN, PORTUGUESE, POLISH = 1, 4, 5, 6, 8
"""Places in LANGUAGES."""

ANY = -1
"""Where the kinds stand, which are looked up whatever the language."""


@cache
def phrases() -> dict[Phrase, dict[int, tuple[Meaning, ...]]]:
    """Every phrase → what it may mean in each of LANGUAGES."""
    found: dict[Phrase, dict[int, tuple[Meaning, ...]]] = {}

    def add(words: str, language: int, what: str, which: str) -> None:
        for phrase in words.split("|"):
            meanings = found.setdefault(words_of(phrase), {})
            meanings[language] = tuple(dict.fromkeys((*meanings.get(language, ()), (what, which))))

    for language, block in enumerate(LANGUAGES):
        for meaning, words in block.items():
            what, _, which = meaning.partition(":")
            add(words, language, what, which)
        for number, word in enumerate(NUMBERS[language].split(), start=1):
            if number > 1:
                add(word, language, "number", str(number))
    for kind, words in KINDS.items():
        add(words, ANY, "kind", kind)
    found.pop((), None)
    return found


@cache
def longest() -> int:
    return max(len(p) for p in phrases())


def language_of(words: Phrase) -> int | None:
    """The language that knows most of *words*, None where none knows more than the others."""
    counts = [0.0] * len(LANGUAGES)
    for word in words:
        known = [n for n in phrases().get((word,), {}) if n != ANY]
        for number in known:
            counts[number] += 1 / len(known)
    best = max(counts)
    return counts.index(best) if best and counts.count(best) == 1 else None


@cache
def _kinds() -> dict[Phrase, str]:
    return {words_of(phrase): kind for kind, words in KINDS.items() for phrase in words.split("|")}


def kind_called(word: str) -> str | None:
    """The id of the built-in kind that *word* is called by in any of our languages."""
    return _kinds().get(words_of(word))
