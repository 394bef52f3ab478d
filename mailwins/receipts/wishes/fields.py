"""A part of a sentence that names its field or its verb: "account: Globex", "value 9", "change the date to 12 Nov"."""

from __future__ import annotations

import re

from mailwins.receipts.wishes.courtesy import THANKS
from mailwins.receipts.wishes.folding import EDGE, clean, flatten
from mailwins.receipts.wishes.frames import spelt
from mailwins.receipts.wishes.values import (
    is_account,
    is_day,
    is_kind,
    is_name,
    kind_wish,
    set_wish,
    to_number,
    value_wish,
    without_on,
)
from mailwins.receipts.wishes.verbs import verb_of
from mailwins.receipts.wishes.vocabulary import (
    BY_KEY,
    CONDITION,
    KEY,
    MAYBE_CONDITION,
    NOT,
    OF_TEN,
    PROSE,
    THE,
    N,
    field_of,
)
from mailwins.receipts.wishes.wish import About, Wish

CHANGE = re.compile(
    rf"^(?:(?:change|set|update|correct|switch|edit|fix|rename|move|put|make|raise|lower|bump|increase|decrease|replace|swap) {THE}(?P<a>{KEY}) (?:to|as|into|with|by|for|=|from .{{1,40}} to) (?P<av>\S.*)|(?:andere|setze|ersetze|changer|changez|remplacer|remplacez|remplace|mettre|mettez|cambiar|cambia|cambiad|poner|pon|verander|vervang|zet|wijzig) {THE}(?P<b>{KEY}) (?:auf|in|zu|durch|en|a|par|por|naar|op|door) (?P<bv>\S.*)|{THE}(?P<c>{KEY}) (?:auf|in|naar|op) (?P<cv>\S.*?) (?:andern|setzen|wijzigen|zetten))$"
)
KEY_COLON = re.compile(r"^(?P<key>[^:：=\n<>@/]{2,34}?)\s*[*_]*\s*(?:[:：=]|-+>|→|⇒|=>)\s*[*_]*(?P<value>\S.*)$", re.S)
KEY_DASH = re.compile(rf"^{THE}(?P<key>{KEY}) ?- (?P<value>\S.*)$")
KEY_IS = re.compile(
    rf"^{THE}(?:right |correct |real |richtige |bon |bonne )?(?P<key>[a-z][a-z' ]{{2,24}}?) (?:(?:is|was|were|are|should (?:be|say|read)|must be|has to be|would be|ist|war|ware|sollte|hei(?:ß|ss)t|lautet|est|etait|serait|s'appelle|es|era|se llama|deberia ser|moet|was|heet) )(?:actually |really |in fact |rather |clearly |eigentlich |wirklich |en fait |en realidad |eigenlijk )?(?P<value>\S.*?)(?: (?:sein|zijn))?$"
)
KEY_SPACE = re.compile(rf"^{THE}(?P<key>[a-z][a-z']{{2,20}}) (?P<value>\S.*)$")
LEAVE_IT = re.compile(
    r"(?:please |pls |bitte )?(?:do not|don't|dont|no need to|never) (?:touch|change|edit|alter|modify)(?: (?:it|this|that|anything))?|(?:please )?(?:leave|keep)(?: (?:it|this|that))?(?: (?:as (?:it )?is|alone|like that|so|unchanged|the same))?|as (?:it )?is|unchanged|no changes?|"
    r"(?:is |looks )?(?:fine|ok|okay|good|correct|right|perfect|great|the same)(?: (?:as (?:it )?is|already|now|with me|for me))?|same|nicht (?:andern|anfassen|anruhren)|(?:so )?(?:lassen|belassen|gut so|passt(?: so)?|stimmt(?: so)?|unverandert|bleibt(?: so)?)|ne (?:pas |rien )?(?:touch|chang|modifi)(?:er|ez)(?: pas)?|"
    r"(?:laisser|laissez)(?: tel quel)?|inchangee?|(?:c'est )?(?:bon|correct)|no (?:tocar|cambiar|cambies|toques)|(?:dejar|deja)(?:lo)?(?: asi| como esta)?|(?:esta )?(?:bien|correcto)|niet (?:aanpassen|veranderen|wijzigen|aankomen)|(?:zo )?laten(?: staan)?|klopt|(?:is )?goed(?: zo)?|変更(?:なし|しない(?:で(?:ください)?)?)|そのまま(?:で)?"
)
KEY_IS_FINE = re.compile(
    rf"^(?:(?:i|we) (?:like|love) )?{THE}(?P<key>{KEY}) (?:is|are|looks|seems|ist|est|es|is|klopt|stimmt|passt)(?: (?:fine|ok|okay|good|correct|right|perfect|great|gut|richtig|bon|bonne|bien|correcto|correcta|goed|so|as is|as it is|zo))+$"
)
SHARE_WORDS = re.compile(
    r"^(?:share|teilen|partager|compartir|delen|customer may see|for the customer|fur den kunden|pour le client|para el cliente|voor de klant|共有)\s*[:：]\s*(?P<value>\S.*)$",
    re.S,
)
MODEL_WHY = re.compile(
    r"^(?:(?:this is |it's |mark as )?(?:an? )?model(?: win)?|vorbild|modele|modelo)(?:\s*[:：,!.-]+\s*| because | since | weil | parce que | porque | omdat )(?P<value>\S.*)$",
    re.S,
)
ADD = re.compile(
    r"^(?:add|also add|also|plus|hinzufugen|ajouter|anadir|toevoegen) (?:the |a |an )?(?P<key>features?|products?|factors?|modules?|links?|urls?|produkte?|funktion|produit|producto|functie|faktor)\s*:? (?P<value>\S.*)$|^(?P<key2>features?|products?|factors?) also:? (?P<value2>\S.*)$"
)
URL = re.compile(r"^(?:(?:here(?: is|'s)? (?:the|a) |the )?(?:link|url)(?: is)?\s*:?\s*)?(?P<url>https?://\S+)$", re.I)
BARE_VALUE = re.compile(
    rf"^(?:an? )?(?P<n>\d{{1,2}}) ?(?:/ ?10|out of (?:10|ten)|of (?:10|ten)|von 10|sur 10|sobre 10|van de 10)$|^an? (?P<m>{N})$"
)


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
    if match := re.fullmatch(r"[#＃]([a-z][\w-]*)", low):
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


# "summary is too long" says what is wrong with it, and not what it should be.
_OPINION = re.compile(
    r"(?:too|zu|trop|demasiado|te|troppo|muito|for lang|za|not|nicht|pas|no|niet|non|wrong|bad|odd|weird|missing|off|fine|good|ok|okay|great|perfect|a bit|very|falsch|schlecht|shorter|longer|better)\b"
)


def tag_wish(about: About, word: str) -> Wish | None:
    return verb_of(word) or (Wish("set", "category", word) if is_kind(about, word) else None)


def typed_wish(about: About, field: str, value: str) -> Wish | None:
    """Behind a colon: whatever stands there is meant."""
    low = flatten(value).strip(EDGE)
    if field == "visibility":
        return verb_of(low) or ({"shareable": Wish("share"), "public": Wish("share"), "yes": Wish("share")}.get(low))
    if field == "urls":
        return Wish("add", "urls", value)
    if field == "value":
        number = re.fullmatch(rf"(?P<n>{N}){OF_TEN}", low)
        return (
            Wish("set", "value", to_number(number["n"]))
            if number
            else None
            if len(low.split()) > 3
            or re.match(r"(?:see|siehe|voir|ver|zie|vedi|tbd|tba|open|later|spater|unknown|\?)\b", low)
            else Wish("set", "value", value.strip(EDGE))
        )
    match = NOT.search(low)
    if match and "(" not in low[: match.start() + 1] and field in ("account", "contact", "category", "date", "csm"):
        return Wish(
            "set",
            field,
            value[: match.start()].strip(EDGE),
            instead_of=value[match.end() :].strip(EDGE) if field == "account" else None,
        )
    if len(low.split()) > 4 and (
        (field == "category" and not is_kind(about, low)) or (field == "date" and not is_day(low))
    ):
        # "Kind: referral and the date was yesterday": more than its value.
        return None
    return set_wish(field, value)


def stated_wish(about: About, field: str, value: str, key: str = "") -> Wish | None:
    """Behind "is": only what looks like a value of this field; "the customer is happy" is none."""
    low = flatten(value).strip(EDGE)
    if field in ("account", "contact", "csm"):
        value = spelt(value)
        low = flatten(value).strip(EDGE)
        match = NOT.search(low)
        name = value.strip(EDGE)[: match.start()] if match else value
        if (
            field == "account"
            and (bare := re.sub(r"\s*\([^()]*\)\s*$", "", name)) != name
            and is_account(about, flatten(bare))
        ):
            name = bare
        lower_too = field != "contact" and key not in (
            "customer",
            "client",
            "kunde",
            "cliente",
            "klant",
            "company",
            "firma",
            "empresa",
            "who",
            "person",
        )
        if (
            not is_name(re.split(r"[(,]", name)[0] if field == "contact" else name, lower_too=lower_too)
            and not ("@" in name and " " not in name.strip())
            and not (field == "account" and is_account(about, flatten(name).strip(EDGE)))
        ):
            return None
        return Wish(
            "set",
            field,
            name.strip(EDGE),
            instead_of=value.strip(EDGE)[match.end() :].strip() if match and field == "account" else None,
        )
    if field == "value":
        return value_wish(about, low)
    if field == "category":
        return kind_wish(about, value)
    if field == "date":
        return Wish("set", "date", without_on(value)) if is_day(value) else None
    if field in ("time", "cost", "features", "factors", "urls", "visibility", "detail", "experienced", "expected"):
        return None
    if _OPINION.match(low):
        return None
    return (
        set_wish(field, value)
        if key
        in (
            "cause",
            "reason",
            "root cause",
            "summary",
            "headline",
            "grund",
            "ursache",
            "raison",
            "motivo",
            "causa",
            "reden",
            "oorzaak",
            "title",
            "titel",
        )
        else None
    )


def spaced_wish(about: About, field: str, value: str) -> Wish | None:
    """``value 9``, ``date 12 Nov``, ``Account Globex``: the key and something that can be nothing else."""
    low = flatten(value).strip(EDGE)
    if field == "value":
        return value_wish(about, low)
    if field == "date":
        return Wish("set", "date", without_on(value)) if is_day(value) else None
    if field == "category":
        return kind_wish(about, value)
    if field in ("account", "contact", "csm") and is_name(value, lower_too=False) and len(value.split()) <= 6:
        return Wish("set", field, value.strip(EDGE))
    return None
