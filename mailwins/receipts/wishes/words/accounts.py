"""Clauses that say which customer it is, with a place left open for the name."""

from __future__ import annotations

from mailwins.receipts.wishes.words.grammar import THIS

ACCOUNT_FRAMES = (
    (
        r"(?:you|u) (?:got|have) (?:the )?(?:company|account|customer|client|name) wrong,? (?:it's|its"
        r"|it is|should be) (?P<value>.+)"
    ),
    (
        rf"{THIS}? ?(?:belongs? to|belonged to|goes to|should go to|needs to go to|should be filed under"
        r"|is for|was for|should be under|gehort zu|gehort|geht an|appartient a|concerne|pertenece a"
        r"|hoort bij|is van) (?:the )?(?P<value>.+?)(?: account)?"
    ),
    (
        r"(?P<value>.+?) (?:is|ist|est|es) (?:the |der |le |el |de )?(?:right |correct "
        r"|richtige )?(?:customer|client|account|company|kunde|cliente|klant)"
    ),
    r"c'est (?P<value>.+?) le (?:bon )?client|der kunde hei(?:ß|ss)t (?P<value2>.+)|el cliente se llama (?P<value3>.+)",
    (
        r"(?:not|isn't|isnt|nicht|pas|no es|niet) (?P<old>.{2,40}?),? (?:it's|its|it is|das ist|es ist"
        r"|c'est|es|het is|but|sondern|mais|sino|maar) (?P<value>.+)"
    ),
    (
        rf"{THIS} (?:isn't|isnt|is not|ist nicht|n'est pas|no es|is niet) (?P<old>.{{2,40}}?),? (?:it's|its"
        r"|it is|das ist|es ist|sondern|c'est|mais|sino|es|maar|het is|but) (?P<value>.+)"
    ),
)
