"""A part that points at the win: "it's Globex, not Initech", "make it a 9", "that was Dale Whitcomb"."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.phrases.acts import verb_of
from mailwins.receipts.wishes.phrases.fields import typed_wish
from mailwins.receipts.wishes.phrases.values import is_account, is_day, is_name, kind_wish, value_wish, without_on
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.doubt import NOT, NOT_BUT
from mailwins.receipts.wishes.words.fields import BY_KEY, WRONG
from mailwins.receipts.wishes.words.grammar import BEGINS_WITH_ARTICLE, IS, IS_VERB, SHOULD
from mailwins.receipts.wishes.words.kinds import MORE_OF
from mailwins.receipts.wishes.words.people import SAID_BY, TITLES
from mailwins.receipts.wishes.words.values import A_OR_VALUE

DEICTIC = re.compile(rf"^(?P<is>{IS}) (?:actually |really |in fact |rather |clearly |definitely )?(?P<rest>\S.*)$")


def pointing_wish(about: About, core: str, low: str) -> Wish | None:
    if match := WRONG.match(low):
        field = BY_KEY[match["a"] or match["b"] or match["c"]]
        rest = core[match.start("rest") :].strip(" ,.;:!-")
        inner = SHOULD.match(flatten(rest))
        named = rest[inner.start("rest") :].strip(EDGE) if inner else rest
        return typed_wish(about, field, named) if inner or (named and is_name(named, lower_too=False)) else None
    if match := SAID_BY.match(low):
        group = "who" if match["who"] else "by"
        who = core[match.start(group) : match.end(group)].strip(EDGE)
        return Wish("set", "contact", who) if is_name(who.split(",")[0], lower_too=False) else None
    if match := NOT_BUT.match(low):
        return meant_wish(
            about, core[match.start("new") :].strip(EDGE), core[match.start("old") : match.end("old")].strip(EDGE), "is"
        )
    if match := MORE_OF.match(low):
        return kind_wish(about, core[match.start("new") : match.end("new")])
    if match := DEICTIC.match(low):
        rest = core[match.start("rest") :].strip(EDGE)
        return split_not(about, rest, match["is"])
    if (match := NOT.search(low)) and match.start():
        return split_not(about, core, "")
    return None


def split_not(about: About, rest: str, how: str) -> Wish | None:
    match = NOT.search(flatten(rest))
    if (
        match
        and match.start()
        and not re.search(r"\b(?:is|was|are|ist|war|est|es|era)$", flatten(rest[: match.start()]).strip(EDGE))
    ):
        # Behind "contact is not Dale" nothing says who else it was.
        if IS_VERB.match(flatten(rest[match.end() :])):
            # "Isso não é uma conquista": a language that denies before the verb.
            return None
        return meant_wish(about, rest[: match.start()].strip(EDGE), rest[match.end() :].strip(EDGE + ")"), how)
    return meant_wish(about, rest, None, how) if how else None


def meant_wish(about: About, new: str, old: str | None, how: str) -> Wish | None:
    """What "it is *new*" corrects: only the shape of the words can tell."""
    low = flatten(new)
    if old is None and (verb := verb_of(low)) is not None and verb.verb in ("private", "internal", "named"):
        return verb
    if number := value_wish(about, low):
        return number if old is None or A_OR_VALUE.fullmatch(flatten(old)) else None
    if kind := kind_wish(about, new):
        return kind
    if is_day(new):
        return Wish("set", "date", without_on(new))
    if old is not None:
        if BEGINS_WITH_ARTICLE.match(flatten(old)) or BEGINS_WITH_ARTICLE.match(low) or len(old.split()) > 5:
            return None
        if flatten(new.split()[0]).strip(".") in TITLES and len(new.split()) > 1 and is_name(new, lower_too=False):
            return Wish("set", "contact", new)
        if about.accounts and not is_account(about, low) and not is_account(about, flatten(old)):
            # Two names of nobody we know may be people.
            return None
        if is_name(new, lower_too=True) and (
            is_name(old, lower_too=False) or is_name(new, lower_too=False) or is_account(about, low)
        ):
            return Wish("set", "account", new, instead_of=old)
        return None
    name, _, behind = new.partition(",")
    if not behind and is_account(about, low):
        return Wish("set", "account", name)
    if not is_name(name, lower_too=False) or (
        how.startswith(("make", "change", "set", "its")) and not name[:1].isupper()
    ):
        return None
    words = name.split()
    if ("was" in how or "war" in how or "etait" in how or "era" in how) and (behind or len(words) >= 2):
        return Wish("set", "contact", new) if len(behind.split()) <= 5 else None
    return Wish("set", "account", name) if not behind else None
