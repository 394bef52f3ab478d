"""Small words that hold a clause together."""

from __future__ import annotations

import re

from mailwins.patterns import rare
from mailwins.receipts.wishes.folding import word_set

THE = r"(?:the |der |die |das |den |dem |le |la |el |de |het )?"
BEGINS_WITH_ARTICLE = rare(r"(?:an?|the|eine?n?|une?|una?|een|die|der|das) ")

LEADING_ARTICLE = rare(
    r"^(?:the|an?|eine?|der|die|das|une?|le|la|l'|el|los|una?|een|de|het|il|lo|o|uma?)\s+(?=\S)", re.IGNORECASE
)

THIS = r"(?:it|this|that|this one|that one|das|dies|es|ihn|le|la|lo|ca|cela|ce|esto|eso|het|dit|dat)"
SUBJECT = r"(?:it|this|that|das|dies|es|ce|dit|dat|het|esto|eso)"

# "It is", "it should be", "make it": how one points at what is right.
IS = (
    r"(?:(?:no|nope), |(?:no|nope) (?!es\b|era\b|eso\b|esto\b|debe|deberia|est\b|is\b|was\b))?(?:it's"
    r"|its|that's|thats|this's|(?:it |this |that )?happened|more like"
    r"|(?:i'd|i would|id) (?:give|rate|call|make) (?:it|this|that)"
    r"|(?:it|this|that|this one|that one|they|the account|the customer|the name) (?:is|was|are"
    r"|should (?:be|say)|must be|has to be|needs to be)|should (?:be|say|read)|must be"
    r"|make (?:it|that|this)|(?:change|set|update|correct) (?:(?:it|that|this) )?to|"
    r"(?:das|es|dies) (?:ist|war|waren)|richtig (?:ist|ware|war)|gemeint (?:ist|war)|c'est|c'etait"
    r"|il s'agit de|es|era|(?:esto|eso) (?:es|era)|deberia ser|debe ser|(?:het|dit|dat) (?:is|was)"
    r"|moet zijn|muss heissen)"
)

SHOULD = rare(rf"^(?:{IS}|is|ist|est|->|=>) (?P<rest>\S.*)$")

# Behind a denial these tell of a language that denies before the verb.
IS_VERB = rare(r"(?:e|es|est|is|ist|era|foi|fue|etait|was|war|ar|jest|byl[aoy]?|son|sono|sao|are|sind)\b")

AND = ("and but plus", "und aber", "et mais", "y e pero", "en maar", "e ma però", "e mas", "och men", "i a ale oraz")
"""What joins two clauses, in the order of ``lexicon.LANGUAGES``."""

# Of something: "the date of the go-live".
OF = word_set("of de d' von van di da do av od")

# Of a win: "the kind on 2".
ON = word_set("on of for in bei von sur du en del op van su di do na pa w dla")

OF_WIN = word_set("of for du de del von van di do av pour para per")

# To whom it was said.
TO = word_set("to an a al aan till do zu ao")

ALSO = word_set("also too auch aussi tambien ook anche tambem ocksa tez takze")
ONE_ARTICLE = word_set("um un uno en ett een ein eine ne nen a an")
HAS = word_set("has have had's hat haben ist sind a ont est sont ha han heeft hebben har tem ma will wird sera")
THAN = word_set("than als que che dan niz an do")

# A word.
TOKEN = rare(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")

IT = (
    r"(?: (?:this|it|that|them|these|this one|that one|it all|this win|the win|the whole thing|das|dies"
    r"|diesen?|es|den erfolg|ceci|cela|ca|le|la|esto|este|eso|dit|deze|dat|die))?"
)
