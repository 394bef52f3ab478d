"""A part of a sentence that names its field or its verb: "account: Globex", "value 9", "change the date to 12 Nov"."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.phrases.acts import verb_of
from mailwins.receipts.wishes.phrases.frames import spelt
from mailwins.receipts.wishes.phrases.values import (
    are_colleagues,
    is_account,
    is_day,
    is_kind,
    is_name,
    kind_wish,
    set_wish,
    value_wish,
    without_on,
)
from mailwins.receipts.wishes.trimming import clean
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.courtesy import THANKS
from mailwins.receipts.wishes.words.doubt import CONDITION, MAYBE_CONDITION, NOT
from mailwins.receipts.wishes.words.fields import (
    BY_KEY,
    CHANGE,
    KEY_COLON,
    KEY_DASH,
    KEY_IS,
    KEY_IS_FINE,
    KEY_SPACE,
    LEAVE_IT,
    OUR_TRADE,
    PROSE,
    PROSE_KEYS,
    SOMEBODY_KEYS,
    field_of,
)
from mailwins.receipts.wishes.words.prose import ADD, MODEL_WHY, OPINION, URL
from mailwins.receipts.wishes.words.sharing import SHARE_WORDS
from mailwins.receipts.wishes.words.values import A_VALUE, BARE_VALUE, TO_COME, to_number

_HASHTAG = re.compile(r"[#＃]([a-z][\w-]*)")


def text_wish(about: About, text: str) -> Wish | None:
    low = flatten(text)
    for pattern, verb in ((SHARE_WORDS, "share"), (MODEL_WHY, "model")):
        if match := pattern.match(low):
            value = text[match.start("value") :].strip()
            return verb_with(about, verb, value)
    match = KEY_COLON.match(low)
    field = field_of(match["key"]) if match else None
    if match and field in PROSE:
        return (
            None
            if LEAVE_IT.fullmatch(clean(low[match.start("value") :]))
            else set_wish(field, text[match.start("value") :].strip())
        )
    return None


def leaves_it(low: str) -> bool:
    """ "summary: don't touch", "value: fine as it is": a field is named to be left alone."""
    match = KEY_COLON.match(low) or KEY_IS_FINE.match(low)
    return (
        match is not None
        and field_of(match["key"]) is not None
        and (match.re is KEY_IS_FINE or LEAVE_IT.fullmatch(clean(low[match.start("value") :])) is not None)
    )


def verb_with(about: About, verb: str, value: str) -> Wish | None:
    low = flatten(value).strip(EDGE)
    if THANKS.fullmatch(low):
        return Wish(verb)
    if verb == "share":
        if low in ("yes", "ja", "oui", "si", "ok", "true", "x"):
            return Wish("share")
        if low in ("no", "nein", "non", "nee", "false", "never"):
            return Wish("internal", instead_of="share")
        if CONDITION.match(low) or (MAYBE_CONDITION.match(low) and len(low.split()) <= 8 and not re.search(r"\d", low)):
            # "share: only after legal agrees" is no text for a customer.
            return None
    return Wish(verb, value=value.strip().strip('"“”„«»').strip() or None)


def explicit_wish(about: About, core: str, low: str) -> Wish | None:
    """What names its verb or its field."""
    if (verb := verb_of(low)) is not None:
        return verb
    if wish := text_wish(about, core):
        return wish
    if match := URL.match(core):
        return Wish("add", "urls", match["url"])
    if match := ADD.match(low):
        group = "value" if match["key"] else "value2"
        field = field_of(match["key"] or match["key2"] or "")
        return Wish("add", field, core[match.start(group) :].strip(EDGE)) if field else None
    if match := _HASHTAG.fullmatch(low):
        return tag_wish(about, match[1].replace("-", " ").replace("_", " "))
    for pattern in (KEY_COLON, KEY_DASH):
        if (match := pattern.match(low)) and (field := field_of(match["key"])):
            return typed_wish(about, field, core[match.start("value") :].strip())
    if match := CHANGE.match(low):
        key = match["a"] or match["b"] or match["c"]
        group = "av" if match["a"] else "bv" if match["b"] else "cv"
        value = core[match.start(group) : match.end(group)]
        return set_wish(BY_KEY[key], value) if BY_KEY[key] in PROSE else stated_wish(about, BY_KEY[key], value)
    if (match := KEY_IS.match(low)) and (field := field_of(match["key"])):
        return stated_wish(about, field, core[match.start("value") : match.end("value")], key=match["key"])
    if (match := KEY_SPACE.match(low)) and (field := field_of(match["key"])):
        return spaced_wish(about, field, core[match.start("value") :])
    if match := BARE_VALUE.match(low):
        return Wish("set", "value", to_number(match["n"] or match["m"]))
    return None


def tag_wish(about: About, word: str) -> Wish | None:
    return verb_of(word) or (Wish("set", "category", word) if is_kind(about, word) else None)


def typed_wish(about: About, field: str, value: str) -> Wish | None:
    """Behind a colon: whatever stands there is meant."""
    low = flatten(value).strip(EDGE)
    if field == "visibility":
        return verb_of(low) or (Wish("share") if low in ("shareable", "public", "yes") else None)
    if field == "urls":
        return Wish("add", "urls", value)
    if field == "value":
        return _typed_value(value, low)
    match = NOT.search(low)
    if match and "(" not in low[: match.start() + 1] and field in ("account", "contact", "category", "date", "csm"):
        old = value[match.end() :].strip(EDGE) if field == "account" else None
        return Wish("set", field, value[: match.start()].strip(EDGE), instead_of=old)
    is_long = len(low.split()) > 4
    if is_long and ((field == "category" and not is_kind(about, low)) or (field == "date" and not is_day(low))):
        # "Kind: referral and the date was yesterday": more than its value.
        return None
    return set_wish(field, value)


def _typed_value(value: str, low: str) -> Wish | None:
    if number := A_VALUE.fullmatch(low):
        return Wish("set", "value", to_number(number["n"]))
    # What cannot be one is for her to hear about; "value: see below" is none at all.
    is_none = len(low.split()) > 3 or TO_COME.match(low)
    return None if is_none else Wish("set", "value", value.strip(EDGE))


def stated_wish(about: About, field: str, value: str, key: str = "") -> Wish | None:
    """Behind "is": only what looks like a value of this field; "the customer is happy" is none."""
    low = flatten(value).strip(EDGE)
    match field:
        case "account" | "contact" | "csm":
            return _stated_name(about, field, spelt(value), key)
        case "value":
            return value_wish(about, low)
        case "category":
            return kind_wish(about, value)
        case "praised":
            return Wish("set", "praised", value.strip(EDGE)) if are_colleagues(about, value) else None
        case "date":
            return Wish("set", "date", without_on(value)) if is_day(value) else None
    return set_wish(field, value) if field in _STATED_PROSE and key in PROSE_KEYS and not OPINION.match(low) else None


# Of the fields in free words those that an "is" can give.
_STATED_PROSE = frozenset({"summary", "cause", "customer_text"})

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_BEHIND_NAME = re.compile(r"[(,]")


def _stated_name(about: About, field: str, value: str, key: str) -> Wish | None:
    denied = NOT.search(flatten(value).strip(EDGE))
    name = value.strip(EDGE)[: denied.start()] if denied else value
    if field == "account" and is_account(about, flatten(bare := _IN_BRACKETS.sub("", name))):
        name = bare
    # "The customer is happy": in lower case only behind a word that nothing else is said of.
    lower_too = field != "contact" and key not in SOMEBODY_KEYS
    is_address = "@" in name and " " not in name.strip()
    is_known = field == "account" and is_account(about, flatten(name).strip(EDGE))
    called = _BEHIND_NAME.split(name)[0] if field == "contact" else name
    if not (is_address or is_known or is_name(called, lower_too=lower_too)):
        return None
    old = value.strip(EDGE)[denied.end() :].strip() if denied and field == "account" else None
    return Wish("set", field, name.strip(EDGE), instead_of=old)


def spaced_wish(about: About, field: str, value: str) -> Wish | None:
    """``value 9``, ``date 12 Nov``, ``Account Globex``: the key and something that can be nothing else."""
    low = flatten(value).strip(EDGE)
    if field == "value":
        return value_wish(about, low)
    if field == "date":
        return Wish("set", "date", without_on(value)) if is_day(value) else None
    if field == "category":
        return kind_wish(about, value)
    if field == "praised":
        return Wish("set", field, value.strip(EDGE)) if are_colleagues(about, value) else None
    if field == "account" and OUR_TRADE.match(low):
        return None
    if field in ("account", "contact", "csm") and is_name(value, lower_too=False) and len(value.split()) <= 6:
        return Wish("set", field, value.strip(EDGE))
    return None
