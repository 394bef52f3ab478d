"""Whose win it is: points with reasons, from what was stated, who wrote, and what is named in the text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain

from publicsuffixlist import PublicSuffixList
from rapidfuzz import fuzz, process

from mailwins.model import Account, Directory, Reason, Source
from mailwins.patterns import rare
from mailwins.understanding.internal import cue_of_silence
from mailwins.understanding.sorts import is_only_a_sort


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


# Addresses there say nothing about a company.
FREEMAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "ymail.com",
        "rocketmail.com",
        "aol.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "gmx.ch",
        "gmx.com",
        "web.de",
        "t-online.de",
        "freenet.de",
        "posteo.de",
        "mailbox.org",
        "zoho.com",
        "fastmail.com",
        "fastmail.fm",
        "hey.com",
        "mail.com",
        "yandex.ru",
        "yandex.com",
        "mail.ru",
        "bk.ru",
        "list.ru",
        "inbox.ru",
        "qq.com",
        "163.com",
        "126.com",
        "sina.com",
        "naver.com",
        "daum.net",
        "hanmail.net",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "laposte.net",
        "sfr.fr",
        "libero.it",
        "virgilio.it",
        "tiscali.it",
        "alice.it",
        "uol.com.br",
        "bol.com.br",
        "terra.com.br",
        "telenet.be",
        "skynet.be",
        "ziggo.nl",
        "kpnmail.nl",
        "planet.nl",
        "xs4all.nl",
        "home.nl",
        "wp.pl",
        "o2.pl",
        "onet.pl",
        "interia.pl",
        "seznam.cz",
        "centrum.cz",
        "email.cz",
        "bluewin.ch",
        "hispeed.ch",
        "comcast.net",
        "verizon.net",
        "att.net",
        "sbcglobal.net",
        "cox.net",
        "btinternet.com",
        "sky.com",
        "virginmedia.com",
        "rediffmail.com",
        "tutanota.com",
        "tuta.io",
    ]
)

_LEGAL = re.compile(
    r"\b(?:gmbh(?: & co\.? kg)?|ag|kg|ohg|ug|e\.?v\.?|se|ltd\.?|limited|llc|l\.l\.c\.|inc\.?|incorporated|corp\.?|corporation|co\.?|company|plc|s\.?a\.?s?\.?|s\.?a\.?r\.?l\.?|s\.?l\.?u?\.?|s\.?r\.?l\.?|s\.?p\.?a\.?|b\.?v\.?|n\.?v\.?|a/s|aps|ab|oy|oyj|as|asa|sp\.? z o\.?o\.?|s\.?r\.?o\.?|a\.?s\.?|kft\.?|zrt\.?|d\.?o\.?o\.?|pty|holding|group|gruppe|groupe|grupo|gruppo)\b\.?",
    re.I,
)
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "đ": "d"}
)
_TOKEN = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*", re.U)
_GENITIVE = re.compile(r"['’]s?$", re.I)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
NEAR = 80
FUZZY_STATED = 86


def fold_name(name: str) -> str:
    """Lower case, umlauts spelt out, accents gone, punctuation as spaces."""
    return _fold_short(name) if len(name) <= LONGEST_NAME else _fold(name)


LONGEST_NAME = 80
"""Names come again, whole texts do not: those are not remembered."""


def _fold(text: str) -> str:
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKC", text).lower().replace("’", "'").translate(_UMLAUTS)
        text = "".join([c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)])
    return " ".join(_TOKEN.findall(text.replace("'", "")))


_fold_short = lru_cache(maxsize=50_000)(_fold)


def _read(text: str) -> tuple[list[str], list[str]]:
    """(folded words, the same as they are written)."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    words = _TOKEN.findall(text[:20_000])
    folded = list(map(_folded_word, words))
    if "" in folded or any(" " in f for f in folded if not f.isalnum()):
        pairs = [(part, w) for f, w in zip(folded, words, strict=True) for part in (f.split() or [""])]
        return [f for f, _ in pairs], [w for _, w in pairs]
    return folded, words


_NOT = frozenset(["not", "nicht", "kein", "keine", "pas", "no", "niet", "geen", "non", "nao", "inte", "nie"])
_ARTICLES = frozenset(
    [
        "the",
        "die",
        "der",
        "das",
        "den",
        "dem",
        "le",
        "la",
        "les",
        "el",
        "los",
        "las",
        "de",
        "het",
        "il",
        "lo",
        "o",
        "a",
        "os",
        "as",
    ]
)


def _is_denied(folded: Sequence[str], at: int) -> bool:
    """Whether “not”, or “not the”, stands just before."""
    return (at > 0 and folded[at - 1] in _NOT) or (at > 1 and folded[at - 1] in _ARTICLES and folded[at - 2] in _NOT)


@lru_cache(maxsize=50_000)
def _folded_word(word: str) -> str:
    """A genitive names the account as well as the bare name: "Copperline's brewer"."""
    return fold_name(_GENITIVE.sub("", word))


def without_legal_form(name: str) -> str:
    return " ".join(_LEGAL.sub(" ", name).split()).strip(" ,.&-") or name


@dataclass(frozen=True, slots=True)
class Named:
    """A way to name an account: its folded words, how strong it is, and as the list writes it."""

    words: tuple[str, ...]
    account: Account
    shown: str
    points: int


class Index:
    """Everything looked up in one directory, built once."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.first: dict[tuple[str, ...], list[Named]] = {}
        self.sizes: dict[str, tuple[int, ...]] = {}
        self.exact: dict[str, list[Account]] = {}
        self.cjk: list[tuple[str, Account]] = []
        self.names: list[str] = []
        self.pieces: dict[str, list[int]] = {}
        self.looked_up: dict[str, list[tuple[Account, float]]] = {}
        self.owners: list[Account] = []
        self.with_word: dict[str, list[Named]] = {}
        self.by_letter: dict[str, list[str]] = {}
        for account in directory.accounts:
            short = without_legal_form(account.name)
            for shown, points in ((account.name, 75), (short, 70), *((a, 65) for a in account.aliases)):
                self._add(shown, account, points)

    def _add(self, shown: str, account: Account, points: int) -> None:
        # Names that end in a genitive themselves ("Wendy's") are looked up the same way as the text is read.
        folded = fold_name(" ".join(_GENITIVE.sub("", w) for w in shown.split()))
        if not folded:
            return
        self._own(folded, account)
        self._own(fold_name(shown), account)
        words = tuple(folded.split())
        if _CJK.search(shown):
            self.cjk.append((shown, account))
        else:
            named = Named(words, account, shown, points)
            self.first.setdefault(words, []).append(named)
            if len(words) > 1:
                for word in set(words):
                    if word not in self.with_word:
                        self.by_letter.setdefault(word[0], []).append(word)
                    self.with_word.setdefault(word, []).append(named)
            self.sizes[words[0]] = tuple(sorted({len(words), *self.sizes.get(words[0], ())}, reverse=True))

    def _own(self, folded: str, account: Account) -> None:
        owners = self.exact.setdefault(folded, [])
        if account not in owners:
            owners.append(account)
            for piece in _pieces(folded):
                self.pieces.setdefault(piece, []).append(len(self.names))
            self.names.append(folded)
            self.owners.append(account)

    def named_in(self, text: str, *, loosely: bool = False) -> list[tuple[int, Named]]:
        """(position in words, name) for names and aliases in *text*; a longer name hides those inside it.

        Short aliases must be written in capitals, and an everyday word is the word; *loosely* finds these as well.
        One that is denied (“the school, not the hospice”) is not named.
        """
        folded, words = _read(text)
        found: list[tuple[int, Named]] = []
        after = 0
        for at in [at for at, f in enumerate(folded) if f in self.sizes]:
            if at >= after and (named := self._named_at(folded, words[at], at, loosely)):
                after = at + len(named[0].words)
                if not _is_denied(folded, at):
                    found.extend((at, n) for n in named)
        for shown, account in self.cjk:
            if shown in text:
                found.append((text.index(shown), Named((shown,), account, shown, 70)))
        return found

    def pieced(self, texts: Sequence[str]) -> list[Named]:
        """Names all of whose words stand near the beginning of *texts*, in any order: “Herr Trautwein, the bakery”.

        The first text is the one whose spelling is forgiven. One of the words has to be a name by itself: of few accounts,
        and written with a capital or in the first text.
        """
        present: dict[str, bool] = {}
        for number, text in enumerate(texts):
            folded, words = _read(text[:NEAR_BEGINNING])
            for at, word in enumerate(folded):
                if not _is_denied(folded, at):
                    present[word] = present.get(word, False) or number == 0 or words[at][:1].isupper()
            if number == 0:
                for word in [w for w in folded if len(w) >= 6 and w not in self.with_word][:4]:
                    alike = self.by_letter.get(word[0], ())
                    if close := process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=SLIP):
                        present[close[0]] = True
        best: dict[str, Named] = {}
        for word, is_name in present.items():
            owners = self.with_word.get(word, ())
            if not is_name or len(owners) > FEW or len({n.account.name for n in owners}) > FEW_ACCOUNTS:
                continue
            for named in owners:
                known = best.get(named.account.name)
                if all(w in present for w in named.words) and (known is None or len(known.words) < len(named.words)):
                    best[named.account.name] = named
        longest = max((len(n.words) for n in best.values()), default=0)
        return [n for n in best.values() if len(n.words) == longest]

    def _named_at(self, folded: list[str], written: str, at: int, loosely: bool) -> list[Named]:
        """The longest name that begins there, once for each account that bears it; *written*: its first word as it stands."""
        for size in self.sizes.get(folded[at], ()):
            named = self.first.get(tuple(folded[at : at + size]), [])
            if size == 1 and not loosely and not any(_is_a_name(written, n) for n in named):
                continue
            if named:
                return named
        return []

    def near(self, name: str, limit: int = 3) -> list[tuple[Account, float]]:
        """Accounts with a similar name, best first. "Windemere" is as near to "Windermere Orchards" as to "Windmere"."""
        folded = fold_name(without_legal_form(name))
        if not folded:
            return []
        known = self.looked_up.get(folded)
        if known is None:
            # Mails repeat their words; what was not found is worth remembering as well.
            known = self.looked_up[folded] = self._measured(folded)
            if len(self.looked_up) > REMEMBERED:
                self.looked_up.pop(next(iter(self.looked_up)))
        return known[:limit]

    def _measured(self, folded: str) -> list[tuple[Account, float]]:
        size = len(folded.split())
        best: dict[str, tuple[Account, float]] = {}
        for at in self.sharing(folded):
            known = self.names[at]
            score = max(
                fuzz.WRatio(folded, known),
                fuzz.ratio(folded, " ".join(known.split()[:size])) - 1 if len(folded) > 4 else 0,
            )
            account = self.owners[at]
            if score >= 70 and score > best.get(account.name, (account, 0.0))[1]:
                best[account.name] = (account, score)
        return sorted(best.values(), key=lambda x: -x[1])[:3]

    def sharing(self, folded: str) -> list[int]:
        """Names that have enough letters in a row in common with *folded*: measuring all of ten thousand would take too long."""
        by_rarity = sorted((p for p in _pieces(folded) if p in self.pieces), key=lambda p: len(self.pieces[p]))[:RAREST]
        # Letters that half of all names have in common tell nothing, and counting them takes longest.
        mine = [p for p in by_rarity if len(self.pieces[p]) <= COMMON] or by_rarity[:1]
        counts = Counter(chain.from_iterable(map(self.pieces.__getitem__, mine)))
        enough = max(1, len(mine) // 3)
        if sum(count >= enough for count in counts.values()) <= MOST:
            return [at for at, count in counts.items() if count >= enough]
        alike: dict[int, list[int]] = {}
        for at, count in counts.items():
            alike.setdefault(count, []).append(at)
        close: list[int] = []
        for count in sorted(alike, reverse=True):
            room = MOST - len(close)
            if count < enough or room <= 0:
                break
            close += (
                alike[count]
                if len(alike[count]) <= room
                else sorted(alike[count], key=lambda at: len(self.names[at]))[:room]
            )
        return close


NEAR_BEGINNING = 400
FEW, FEW_ACCOUNTS = 24, 4
SLIP = 85
RAREST = 8
COMMON = 300
REMEMBERED = 5_000
MOST = 60
COMMON_WORD = 9
"""Longer words in small letters are hardly anything but the name."""


def _pieces(folded: str) -> set[str]:
    """Three letters at a time, the beginning of each word marked."""
    text = " " + folded
    return {text[i : i + 3] for i in range(len(text) - 2)} or {text}


def _is_a_name(written: str, named: Named) -> bool:
    """A lower-case word that is also an account's name ("signal", "summit") is taken for the word, a short one ("it") in any case."""
    if len(named.words[0]) <= 4 and not written.isupper():
        return False
    return not (written.islower() and named.shown[:1].isupper() and len(written) <= COMMON_WORD)


_LEAD = rare(r"^[\s\-*•·>]*(?P<lead>[^\W_][^:\n]{1,58}?)\s*(?::|\s[-–—])\s")


def name_that_leads(paragraph: str, directory: Directory) -> str | None:
    """The words before a colon or dash at the beginning ("Globex: …", "Globex - …") where they name an account, or nearly."""
    match = _LEAD.match(paragraph)
    if not match:
        return None
    index = index_of(directory)
    lead = match["lead"]
    if index.exact.get(fold_name(lead)) or index.exact.get(fold_name(without_legal_form(lead))):
        return lead
    close = index.near(lead, 1) if len(lead.split()) <= 5 and lead[0].isupper() else []
    return lead if close and close[0][1] >= FUZZY_STATED else None


def parted_by_name(text: str, directory: Directory) -> list[tuple[str, str]]:
    """(the name as it stands, what is told of it) where paragraphs, or lines, each begin with another account's name; else empty.

    A line without a name goes on with the one before it. A name with no colon behind it counts beside two that have one.
    """
    for cut, between in ((r"\n\s*\n", "\n\n"), (r"\n", "\n"), (_BEFORE_A_LEAD, " ")):
        pieces = [p.strip() for p in re.split(cut, text.strip()) if p.strip()]
        if len(pieces) > 1 and (parts := _parted(pieces, directory, between)):
            return parts
    return []


# Within a line only a colon tells that a name begins the next story: "Globex: 9 -> 4 calls. Initech: all live."
_BEFORE_A_LEAD = r"(?<=[.!?;])\s+(?=[^\W_][^.:!?;\n]{1,40}:\s)"


def name_at_the_start(text: str, directory: Directory) -> str | None:
    """The name, of one account only, with which *text* begins, whatever stands behind it."""
    named = {n.account.name: n.shown for at, n in index_of(directory).named_in(text) if at == 0}
    return next(iter(named.values())) if len(named) == 1 else None


FEW_FOR_A_HEADING = 8


def _parted(pieces: Sequence[str], directory: Directory, between: str) -> list[tuple[str, str]]:
    index = index_of(directory)
    stated = [name_that_leads(p, directory) for p in pieces]
    if len(set(stated) - {None}) < (1 if all(stated) else 2):
        return []
    heading: list[str] = []
    parts: dict[str, tuple[str, str]] = {}
    last = ""
    for piece, lead in zip(pieces, stated, strict=True):
        name = lead or name_at_the_start(piece, directory)
        if name is None and not last:
            heading.append(piece)
        elif name is not None:
            known = index.exact.get(fold_name(name)) or index.exact.get(fold_name(without_legal_form(name)))
            last = (known[0] if known else index.near(name, 1)[0][0]).name
            first, told = parts.get(last, (name, ""))
            parts[last] = (first, f"{told}{between}{piece}" if told else piece)
        else:
            parts[last] = (parts[last][0], f"{parts[last][1]}{between}{piece}")
    if len(parts) < 2 or len(" ".join(heading).split()) > FEW_FOR_A_HEADING:
        return []
    # A heading says nothing of its own, unless it asks for silence: then it does so for all.
    above = "\n".join(heading) if cue_of_silence(*heading) else ""
    return [(name, f"{told}\n\n{above}".strip()) for name, told in parts.values()]


def without_lead(line: str, account: Account, directory: Directory) -> str:
    """ "Globex: all sites are live" is told beside the account's name: "All sites are live"."""
    match = _LEAD.match(line)
    if (
        not match
        or len(line) - match.end() < 20
        or not any(a is account for a, _ in index_of(directory).near(match["lead"], 1))
        or name_that_leads(line, directory) is None
    ):
        return line
    rest = line[match.end() :].lstrip()
    return rest[:1].upper() + rest[1:]


_INDEXES: OrderedDict[int, tuple[tuple[Account, ...], Index]] = OrderedDict()


def index_of(directory: Directory) -> Index:
    """The index of a snapshot, kept for the last few. It knows accounts only, so a contact learned makes no new one."""
    known = _INDEXES.get(id(directory.accounts))
    if known and known[0] is directory.accounts:
        return known[1]
    index = Index(directory)
    _INDEXES[id(directory.accounts)] = (directory.accounts, index)
    while len(_INDEXES) > 3:
        _INDEXES.popitem(last=False)
    return index


@dataclass(frozen=True, slots=True)
class Settled:
    """*account* None: nobody is certain; *candidates* then say who was close."""

    account: Account | None
    reason: Reason
    candidates: tuple[str, ...] = ()


def accounts_of_address(address: str | None, directory: Directory) -> tuple[tuple[Account, ...], str]:
    """(accounts an address belongs to, why). Freemail and our own domains say nothing."""
    if not address or "@" not in address:
        return (), ""
    contact = directory.contact(address)
    if contact and contact.account and (account := directory.account(contact.account)) and not contact.learned:
        return (account,), f"{address} is listed as a contact of {account.name}"
    domain = address.rsplit("@", 1)[1].lower().rstrip(".")
    if domain in FREEMAIL or domain in directory.own_domains:
        if contact and contact.account and (account := directory.account(contact.account)):
            return (account,), f"{address} wrote for {account.name} before"
        return (), ""
    if found := directory.accounts_of_domain(domain):
        return found, f"{address} writes from {domain}, a domain of {' and '.join(a.name for a in found)}"
    registered = _suffixes().privatesuffix(domain)
    parent = domain
    while registered and parent != registered and "." in parent:
        parent = parent.split(".", 1)[1]
        if found := directory.accounts_of_domain(parent):
            return found, f"{address} writes from a part of {parent}, a domain of {' and '.join(a.name for a in found)}"
    if contact and contact.account and (account := directory.account(contact.account)):
        return (account,), f"{address} wrote for {account.name} before"
    return (), ""


def settle(
    *,
    stated: str | None,
    addresses: Sequence[str],
    hint: str | None,
    texts: Sequence[tuple[str, int]],
    thread: Sequence[Account],
    directory: Directory,
) -> Settled:
    """*addresses*: the customer's first, then others in the thread. *texts*: (text, weight) with the most telling first. *thread*: accounts of earlier wins of it."""
    index = index_of(directory)
    by_address: tuple[Account, ...] = ()
    why_address = ""
    for address in addresses:
        by_address, why_address = accounts_of_address(address, directory)
        if by_address:
            break
    if stated:
        return _stated(stated, by_address, why_address, index)
    if len(by_address) == 1:
        return _sure(by_address[0], why_address, 0.97)
    named = _named(texts, index)
    if len(by_address) > 1:
        return _among(by_address, named, why_address)
    if hint:
        settled = _stated(hint, (), "", index, source=Source.GUESSED, how="the tool names")
        if settled.account:
            return settled
    return _by_name(named, thread, index, texts)


def _sure(account: Account, why: str, confidence: float, source: Source = Source.GUESSED) -> Settled:
    return Settled(account, Reason(source, f"{account.name}, because {why}.", confidence))


def _open(why: str, candidates: Sequence[str]) -> Settled:
    return Settled(None, Reason(Source.GUESSED, why, 0.0, tuple(candidates)), tuple(candidates))


def _stated(
    stated: str,
    by_address: tuple[Account, ...],
    why_address: str,
    index: Index,
    source: Source = Source.STATED,
    how: str = "the mail says",
) -> Settled:
    folded = fold_name(stated)
    owners = index.exact.get(folded) or index.exact.get(fold_name(without_legal_form(stated))) or []
    if not owners and (inside := {n.account.name: n.account for _, n in index.named_in(stated)}):
        owners = list(inside.values())
    if len(owners) == 1:
        account = owners[0]
        if by_address and account not in by_address and _are_near(account, by_address[0]):
            return _sure(
                by_address[0], f"{why_address}; the similar name that was stated ({stated}) is taken for a slip", 0.9
            )
        return _sure(account, f"{how} “{stated}”", 1.0 if source is Source.STATED else 0.9, source)
    if by_address and any(fuzz.WRatio(folded, fold_name(a.name)) >= NEAR for a in by_address):
        return _sure(by_address[0], why_address, 0.95)
    close = index.near(stated)
    if is_only_a_sort(folded):
        return _open(f"“{stated}” may be said of many.", [a.name for a, _ in close] or [a.name for a in by_address])
    if close and close[0][1] >= FUZZY_STATED and (len(close) == 1 or close[0][1] - close[1][1] >= 4):
        return _sure(
            close[0][0],
            f"{how} “{stated}”, which is close to its name",
            0.85 if close[0][1] < 95 else 0.92,
            Source.GUESSED,
        )
    return _open(f"“{stated}” is no account we know.", [a.name for a, _ in close] or [a.name for a in by_address])


def _are_near(a: Account, b: Account) -> bool:
    return (
        max(fuzz.ratio(fold_name(x), fold_name(y)) for x in (a.name, *a.aliases) for y in (b.name, *b.aliases)) >= NEAR
    )


def _named(texts: Sequence[tuple[str, int]], index: Index) -> dict[str, tuple[Account, int, str]]:
    """Account → (itself, points, as written), the best place counting."""
    found: dict[str, tuple[Account, int, str]] = {}
    for text, weight in texts:
        for _, named in index.named_in(text):
            points = named.points + weight
            known = found.get(named.account.name)
            if known is None or known[1] < points:
                found[named.account.name] = (named.account, points, named.shown)
    return found


def _among(accounts: tuple[Account, ...], named: dict[str, tuple[Account, int, str]], why: str) -> Settled:
    both = [a for a in accounts if a.name in named]
    if len(both) == 1:
        return _sure(both[0], f"{why}, and the text names it", 0.93)
    return _open(f"The address belongs to {len(accounts)} accounts.", [a.name for a in accounts])


def _by_name(
    named: dict[str, tuple[Account, int, str]],
    thread: Sequence[Account],
    index: Index,
    texts: Sequence[tuple[str, int]],
) -> Settled:
    ranked = sorted(named.values(), key=lambda x: -x[1])
    if ranked and (others := _leading(texts, index) - {account.name for account, _, _ in ranked}):
        # "Oehlmann: 14 -> 3. MAT: …", the first of them not quite spelt as we know it.
        return _open("The text names several accounts.", [*[a.name for a, _, _ in ranked[:2]], *sorted(others)][:3])
    if len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] >= 5):
        account, _points, shown = ranked[0]
        confidence = 0.92 if len(ranked) == 1 else 0.85
        folded = fold_name(shown)
        near = [(at, index.owners[at]) for at in index.sharing(folded)]
        twins = list(
            {a.name: a for at, a in near if a is not account and fuzz.ratio(folded, index.names[at]) >= 88}.values()
        )
        if twins:
            confidence = 0.75
        settled = _sure(account, f"the text names “{shown}”", confidence)
        if twins:
            return Settled(
                account,
                Reason(
                    Source.GUESSED, settled.reason.text, confidence, tuple([account.name, *(t.name for t in twins)][:3])
                ),
            )
        return settled
    if ranked:
        return _open("The text names several accounts.", [a.name for a, _, _ in ranked[:3]])
    if len({a.name for a in thread}) == 1:
        return _sure(thread[0], "an earlier win of this thread is theirs", 0.8)
    if len(pieced := index.pieced([text for text, _ in texts[:3]])) == 1:
        settled = _sure(pieced[0].account, f"the text has all the words of “{pieced[0].shown}”", 0.75)
        return replace(settled, candidates=(pieced[0].account.name,))
    if pieced:
        return _open("The text fits several accounts.", [n.account.name for n in pieced[:3]])
    if whispered := list(
        {n.account.name: n for text, _ in texts for _, n in index.named_in(text, loosely=True)}.values()
    ):
        shown = whispered[0].shown
        if len(whispered) == 1 and len(shown) > 4 and any(_after_a_preposition(shown, text) for text, _ in texts):
            return _sure(whispered[0].account, f"the text says “{shown.lower()}” in small letters", 0.7)
        return _open(
            f"“{shown}” stands there as an everyday word would be written.", [n.account.name for n in whispered[:3]]
        )
    close: dict[str, float] = {}
    for text, _ in texts[:2]:
        for match in list(_CAPITALS.finditer(text))[:12]:
            # With and without "St" before it: what is close to either may be meant. In "Anruf Öhlmann" the name is one word of two.
            found = [*index.near(match["name"], 3), *(index.near(match[0], 3) if match["short"] else ())]
            found += [near for word in match["name"].split()[1:] for near in index.near(word, 3)]
            best = max((score for _, score in found), default=0)
            for account, score in found:
                # Names nearly as close are candidates as well: a slip may be of either.
                if score >= 88 or (best >= 88 and score >= max(80, best - 10)):
                    close[account.name] = max(score, close.get(account.name, 0))
    return _open("Nothing in the mail names an account we know.", sorted(close, key=lambda n: -close[n])[:3])


def _leading(texts: Sequence[tuple[str, int]], index: Index) -> set[str]:
    """The accounts whose names, or nearly, stand before a colon at the beginning of a text."""
    leads = {lead for text, _ in texts if (lead := name_that_leads(text[:NEAR_BEGINNING], index.directory))}
    return {owner.name for lead in leads for owner, _ in index.near(lead, 1)}


_CAPITALS = rare(
    r"(?:(?<![\w'’])(?P<short>[A-ZÀ-Þ]\w{0,2})\.? )?(?P<name>[A-ZÀ-Þ][\w'’&-]{3,}(?: [A-ZÀ-Þ][\w'’&-]+){0,2})"
)


# "With" stands before things as well ("trouble with signal"): behind a talk it stands before somebody.
_TALKED_WITH = (
    r"(?:call|meeting|chat|lunch|coffee|visit|session|spoke|talked|met|gespräch|termin|treffen|telefonat|gesprochen|sprach"
    r"|telefoniert|réunion|appel|rendez-vous|parlé|reunión|llamada|visita|hablé|gesprek|afspraak|gesproken|gebeld|chiamata"
    r"|riunione|parlato|reunião|falei|möte|samtal|pratade)\s+(?:with|mit|avec|con|met|com|med)"
)


def _after_a_preposition(name: str, text: str) -> bool:
    """“a night guard at quillon”, “out of the meeting with quillon” rather than “a strong signal”."""
    before = rf"(?:at|from|bei|von|chez|bij|van|hos|från|presso|desde|w|z|{_TALKED_WITH})"
    return bool(re.search(rf"\b{before}\s+{re.escape(name)}\b", text, re.I))
