"""Where sentences, clauses and parts end."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import word_set
from mailwins.receipts.wishes.words.people import TITLES

# Behind a title or another short form a full stop ends nothing.
BEHIND_SHORT = "".join(
    rf"(?<!\b{word})" for word in sorted({"st", "no", "nr"} | (TITLES - {"m", "don", "pan", "fru", "sir"}))
)

# Between two parts that may both be wishes.
SEPARATOR = re.compile(
    r"\s*[;；]\s*|\s*[,、]\s+(?:(?:and|und|et|y|en|n|but|also|plus|then)\s+)?"
    r"|\s+(?:and|und|et|y|en|'?n'?|&|\+|plus|also)\s+(?:also\s+|it's\s+also\s+)?|\s+-{1,2}\s+|"
    + BEHIND_SHORT
    + r"[.!]+\s+|,(?=[a-z])"
)

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»)]*\s+|(?<=[。！？])\s*")

# Short forms whose full stop ends no sentence.
SHORT = word_set(
    "dr mr mrs ms prof st nr no inc ltd corp co jr sr vs e.g i.e z.b p.ej bijv ca approx dept u.s s.a "
    "s.l b.v ing avv dipl hr fr eng sr.a"
) | (TITLES - {"don", "pan", "fru", "sir"})

# Between what is a wish and what is a remark.
CLAUSE_END = re.compile(
    r"\s*[,;:，、]\s+(?:(?:and|so|but|then|und|aber|also|et|mais|donc|y|pero|asi que|en|maar|dus)\s+)?|\s+-{1,2}\s+|"
    + BEHIND_SHORT
    + r"[.!]+\s+|\s+\((?=(?!no |with |mit |con |avec |met )[^\s)]+ [^\s)]+ [^)]*\))"
    r"|\s+(?:and|so|but|because|cause|cos|und|aber|weil|denn|et|mais|donc|car|parce que|y|pero|porque"
    r"|en|maar|dus|omdat|want|and also|plus)\s+(?:uh |um |then |also )*"
)
