"""Links in a mail as their author meant them: wrappers of mail gateways undone, trackers dropped."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from mailwins.patterns import rare

_URL = rare(r"https?://[^\s<>\"'\u3000\u201c\u201d`|\\^{}]+", re.I)
_TRAILING = ".,;:!?)]}'\"*>…。，、）」"
_TRACKERS = rare(
    r"^(?:utm_\w+|gclid|fbclid|msclkid|dclid|gbraid|wbraid|mc_cid|mc_eid|_hsenc|_hsmi|hsctatracking|mkt_tok|igshid|yclid|_openstat|vero_id|vero_conv|oly_enc_id|oly_anon_id|wickedid|twclid|ttclid|li_fat_id|trk|trackingid|s_cid|ck_subscriber_id|elqtrackid|elqtrack|sc_channel|_ke|__s|mkt_unsubscribe)$",
    re.I,
)
# Also links whose target nobody can read: click counters of SendGrid (/ls/click?upn=), HubSpot (/e3t/), Mailjet (/mjlnk/), Amazon SES, Mailgun (/c/eJ…).
_NOISE = rare(
    r"unsubscribe|/unsub\b|[?&]unsub|/(?:settings|preferences|account)/(?:e-?mail|alert|notif|subscri|digest)|(?:alert|e-?mail|notification)[-_/](?:settings|preferences)|optout|opt-out|list-manage|/track/(?:open|click)|/open\.(?:gif|png|php)|beacon|/pixel|preferences?[-_/]?cent|abmelden|desinscri|desabonn|/(?:ls|wf)/(?:click|open)\?upn=|/e3t/[cb]tc/|/mjlnk/|awstrack\.me/|/trk/click|/c/eJ[\w-]{60}|aka\.ms/(?:o0ukef|ghei36|learnaboutsenderidentification|getoutlook|aaabb)|go\.onelink\.me/107872968|overview\.mail\.yahoo\.com|mail\.onelink\.me",
    re.I,
)
MAX_URLS = 200
MAX_URL_CHARS = 4_000


def _remembered(read: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """*read*, once for each link: those of a mail are asked for in its body, in its words and in its notes, several times each."""
    kept = lru_cache(maxsize=200)(read)
    return lambda url: kept(url) if len(url) <= MAX_URL_CHARS else read(url)


def find_urls(text: str) -> list[str]:
    """Links as written, in order, each once."""
    if "://" not in text:
        return []
    return list(dict.fromkeys(_trim(m[0]) for m in islice(_URL.finditer(text), MAX_URLS)))


def _trim(url: str) -> str:
    while url and url[-1] in _TRAILING:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url


@_remembered
def clean_url(url: str) -> str | None:
    """The link behind wrappers, without trackers; None for what is no link of a win (unsubscribe, pixels, app stores of footers)."""
    for _ in range(4):
        inner = _unwrapped(url)
        if inner is None or inner == url:
            break
        url = inner
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or len(url) > MAX_URL_CHARS:
        return None
    if _NOISE.search(url):
        return None
    if parts.query:
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(k, v) for k, v in pairs if not _TRACKERS.match(k)]
        if len(kept) != len(pairs):
            parts = parts._replace(query=urlencode(kept))
    if parts.fragment and _TRACKERS.match(parts.fragment.split("=")[0]):
        parts = parts._replace(fragment="")
    return urlunsplit(parts)


# What stands before it is looked for from here backwards: forwards, from each letter of a gateway's long links on, it would take longer than all the rest of a mail.
_GLUED = rare(r"<(?P<target>(?:https?://|mailto:)[^<>\s]{1,4000})>", re.I)
_BREAK = rare(r"[\s<>]")


def readable(text: str, *, only_wrapped: bool = False) -> str:
    """The text with gateways' wrappers undone, and without link targets that only say once more what stands before them.

    Outlook's text parts print ``www.x.example<https://…safelinks…?url=…>`` and ``a@x.example<mailto:a@x.example>``.
    With *only_wrapped* echoes go only where a gateway wrapped them: what a body holds otherwise is the program's own.
    """
    if "://" not in text and "mailto:" not in text:
        return text

    def without_echo(match: re.Match[str]) -> str:
        target = match["target"]
        if only_wrapped and _unwrapped(target) is None:
            return match[0]
        meant = target[7:] if target[:7].lower() == "mailto:" else clean_url(target) or target
        shown = _word_before(text, match.start())
        return "" if shown and _bare(shown) == _bare(meant) else match[0]

    text = _GLUED.sub(without_echo, text) if "<" in text else text
    return _URL.sub(_author_meant, text) if "://" in text else text


def _word_before(text: str, at: int) -> str:
    backwards = text[max(0, at - MAX_URL_CHARS) : at][::-1]
    end = _BREAK.search(backwards)
    return backwards[: end.start() if end else None][::-1]


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower(), count=1).partition("?")[0].strip("/.,;()")


def _author_meant(match: re.Match[str]) -> str:
    url = _trim(match[0])
    inner = _unwrapped(url)
    meant = clean_url(url) if inner and inner != url else None
    return f"{meant}{match[0][len(url) :]}" if meant else match[0]


def clean_urls(urls: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for u in urls if (c := clean_url(u))))


_GATEWAYS = rare(
    r"mimecast\.com|cudasvc\.com|secure-web\.cisco\.com|sophos\.com|trendmicro\.com|mailmarshal|clicktime\.symantec\.com|fortimail|hornetsecurity|ironscales|emailprotection\.link|antispamcloud|perception-point|avanan|checkpoint\.com"
)


@_remembered
def _unwrapped(url: str) -> str | None:
    """One wrapper less, or None. Each rule names whose wrapper it is."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None

    def first(*names: str) -> str | None:
        query = parse_qs(parts.query)
        return next((query[n][0] for n in names if query.get(n)), None)

    # Microsoft Defender for Office 365 Safe Links
    if ".safelinks.protection." in f".{host}" or host.startswith("safelinks."):
        return first("url")
    # Proofpoint URL Defense, versions 1, 2 and 3
    if "urldefense" in host:
        if match := re.match(r"/v3/__(.+?)__(?:;|$)", parts.path + (f"?{parts.query}" if parts.query else "")):
            return _proofpoint_v3(match[1], url)
        wrapped = first("u")
        if wrapped and "/v2/" in parts.path:
            return unquote(wrapped.replace("-", "%").replace("_", "/"))
        return wrapped
    # Google redirects (Gmail, Calendar, Docs)
    if re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) and parts.path == "/url":
        return first("q", "url")
    # Facebook, Instagram, LinkedIn, Slack, YouTube, Steam-like "leaving our site" pages
    if host in ("l.facebook.com", "lm.facebook.com", "l.instagram.com"):
        return first("u")
    if host == "www.linkedin.com" and parts.path.startswith(("/redir", "/safety/go")):
        return first("url")
    if host in ("slack-redir.net", "www.youtube.com") and parts.path in ("/link", "/redirect"):
        return first("url", "q")
    # Mimecast, Barracuda, Cisco, Sophos, Trend Micro, Trustwave, Symantec, Fortinet: the target is a parameter where it is readable at all
    if _GATEWAYS.search(host):
        target = first("url", "u", "a", "d", "domain", "redirect", "q")
        if target and target.startswith(("http", "www.")):
            return target if target.startswith("http") else f"https://{target}"
        if target and "sophos.com" in host and (decoded := _base64(first("u") or "")):
            return decoded
        if "secure-web.cisco.com" in host and (match := re.search(r"/(https?%3[aA]%2[fF]%2[fF][^/]+)$", parts.path)):
            return unquote(match[1])
        return None
    # Yahoo, AOL and Mail.ru click-through
    if host in ("r.mail.yahoo.com", "click.mail.ru", "checklink.mail.ru", "link.mail.ru"):
        return first("url", "u")
    return None


def _proofpoint_v3(wrapped: str, url: str) -> str:
    """``*`` stands for characters that are listed, base64-coded, behind the ``__;``."""
    match = re.search(r"__;([\w-]*)", url)
    replaced = (_base64(match[1]) or "") if match else ""
    for char in replaced:
        wrapped = wrapped.replace("*", char, 1)
    return re.sub(r"^(https?):/(?!/)", r"\1://", wrapped)


def _base64(text: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeError, ValueError):
        return None
