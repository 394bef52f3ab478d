""" "It's Mia, not Mira": two names and no field. Which of a win's names is wrong, only the win can tell."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

_NAME = r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2}?"
_IS = (
    r"(?:it'?s|it is|it was|that'?s|that is|this is|name is|name's|should be|das ist|es ist|es war|er hei(?:ß|ss)t"
    r"|sie hei(?:ß|ss)t|c'est|c'était|il s'appelle|elle s'appelle|es|era|se llama|het is|het was|è|era|é|foi|det är|det var|to)"
)
_NOT = r"(?:and |und |et |y |en |e |och )?(?:not|nicht|pas|no|niet|non|não|inte|nie)"
_OF = r"(?:from |by |von |de |del |van |da |od )?"
_LEAD = r"\W*(?:(?:and|also|oh|sorry|oops|no|nope|und|et|y|en|e|och|btw|ps)[\s,:.!]+)*"
_END = r"(?:[\s,]+(?:lol|(?:ha){2,}h?|(?:he){2,}|xd|sorry|please|pls|thx|thanks|btw|tho|though))?\W*$"
_RENAMED = (
    re.compile(rf"{_LEAD}{_IS} {_OF}(?P<new>{_NAME}),? {_NOT} {_OF}(?P<old>{_NAME}){_END}", re.I),
    re.compile(
        rf"{_LEAD}{_IS} {_NOT} {_OF}(?P<old>{_NAME}),? (?:(?:but|sondern|mais|sino|maar|ma|mas|utan|tylko) )?(?:{_IS} )?"
        rf"{_OF}(?P<new>{_NAME}){_END}",
        re.I,
    ),
)


ALIKE = 80


def is_spelling(new: str, old: str) -> bool:
    """ "It's adoption, not adoptin": the same word, put right."""
    return new.casefold() != old.casefold() and fuzz.ratio(new.casefold(), old.casefold()) >= ALIKE


def renamed(sentence: str) -> tuple[str, str] | None:
    """(the right name, the wrong one) where a sentence says no more than that."""
    text = sentence.replace("’", "'").strip()
    for pattern in _RENAMED:
        if match := pattern.match(text):
            return match["new"].strip(" .,"), match["old"].strip(" .,")
    return None
