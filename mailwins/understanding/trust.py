"""Who may write. The author must be plain, known, and vouched for by our own mail server's results; nothing in a mail can vouch for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mailwins.model import Directory, InboundMessage, Kind, Member, Outcome, Read, Submission, fold_address
from mailwins.understanding.facts import Policy


@dataclass(frozen=True, slots=True)
class Admission:
    """*member*: whose mail it is. *outcome* None: go on. *marks*: how the sender was proven, for people."""

    member: Member | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What our server found. *dmarc*: pass, fail or None; *domains*: those proven by SPF or DKIM."""

    dmarc: str | None = None
    dmarc_domain: str | None = None
    domains: frozenset[str] = frozenset()
    was_found: bool = False


BELIEVED = "unproven (policy warn)"
"""The mark of a colleague's mail that our server neither proved nor refused."""


def admit(message: InboundMessage, read: Read, directory: Directory, policy: Policy) -> Admission:
    """The gate of docs/design.md, section 3."""
    address = message.author.address
    if address and fold_address(address) in policy.own_addresses:
        return Admission(outcome=Outcome.IGNORED, reason="own_mail")
    results = Results() if policy.trust == "off" else own_results(message, policy.authserv_ids)
    if (
        isinstance(read, Submission)
        and read.kind is Kind.REDIRECT
        and (member := directory.member(read.submitter.address))
    ):
        return _sent_on(message, member, directory, results, policy)
    if not message.author_is_plain:
        return Admission(
            outcome=Outcome.QUARANTINED, reason="unproven_sender", marks=("the author of the mail is not plain",)
        )
    sender = directory.member(address)
    if sender is None:
        if (
            address
            and (directory.accounts_of_domain(message.author.domain) or directory.contact(address))
            and results.dmarc != "fail"
        ):
            return Admission(
                outcome=Outcome.QUARANTINED, reason="unproven_sender", marks=("a customer wrote to us directly",)
            )
        reason = "dmarc_fail" if results.dmarc == "fail" and policy.trust != "off" else "sender_not_allowed"
        return Admission(outcome=Outcome.REJECTED, reason=reason)
    return _proven(sender, message, results, policy)


def _proven(sender: Member, message: InboundMessage, results: Results, policy: Policy) -> Admission:
    if policy.trust == "off":
        marks: tuple[str, ...] = ("trust is off",)
    elif results.dmarc == "fail":
        return Admission(outcome=Outcome.REJECTED, reason="dmarc_fail", marks=("our server found dmarc=fail",))
    elif results.dmarc == "pass" and results.dmarc_domain == message.author.domain:
        marks = ("dmarc pass",)
    elif results.dmarc_domain and not _is_same_or_below(results.dmarc_domain, message.author.domain or ""):
        # Our server checked another From than the one we read: a mail made to be read in two ways.
        return Admission(
            outcome=Outcome.QUARANTINED,
            reason="unproven_sender",
            marks=(f"our server proved {results.dmarc_domain}, not {message.author.domain}",),
        )
    elif policy.trust == "require":
        return Admission(
            outcome=Outcome.QUARANTINED, reason="unproven_sender", marks=("our server did not prove the sender",)
        )
    else:
        marks = (BELIEVED,)
    return _pilot(Admission(sender, marks=marks), policy)


def _is_same_or_below(one: str, other: str) -> bool:
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _pilot(admission: Admission, policy: Policy) -> Admission:
    member = admission.member
    if member is None or not policy.pilot or member.is_notifier:
        return admission
    allowed = {p.lower() for p in policy.pilot}
    if any(a.lower() in allowed or "@" + a.lower().rsplit("@", 1)[-1] in allowed for a in member.addresses):
        return admission
    return Admission(outcome=Outcome.REJECTED, reason="sender_not_allowed", marks=("not in the pilot",))


def _sent_on(
    message: InboundMessage, member: Member, directory: Directory, results: Results, policy: Policy
) -> Admission:
    """A customer's mail that a member redirected: the member's envelope proves it, or the customer's DMARC with the member's path."""
    if policy.trust == "off":
        return _pilot(Admission(member, marks=("trust is off",)), policy)
    domains = {a.lower().rsplit("@", 1)[-1] for a in member.addresses}
    if results.domains & domains:
        return _pilot(Admission(member, marks=("spf or dkim of the colleague who sent it on",)), policy)
    path = (message.header("return-path") or "").strip("<> ").lower()
    resent = (message.header("resent-from") or "").lower()
    names_member = any(a.lower() in (path, resent) or f"<{a.lower()}>" in resent for a in member.addresses) or any(
        _is_rewritten(path, a.lower()) for a in member.addresses
    )
    if results.dmarc == "pass" and results.dmarc_domain == message.author.domain and names_member:
        return _pilot(Admission(member, marks=("dmarc of the customer, sent on by a colleague",)), policy)
    if policy.trust == "warn" and not results.was_found and not policy.authserv_ids:
        return _pilot(Admission(member, marks=("unproven (policy warn, no authserv_id set)",)), policy)
    return Admission(outcome=Outcome.QUARANTINED, reason="unproven_sender", marks=("nobody proved who sent it on",))


def _is_rewritten(path: str, address: str) -> bool:
    """Gmail's forwarding writes ``dana+caf_=wins=ours.example@ours.example`` into the envelope."""
    local, _, domain = address.partition("@")
    return path.endswith("@" + domain) and path.startswith(local + "+caf_=")


# ---------------------------------------------------------------- Authentication-Results (RFC 8601)

# Exchange Online writes its results without a name in front ("spf=pass (sender IP is …) smtp.mailfrom=…; dkim=…"), on top
# of what a mail brought along; which server wrote them only the Received lines above them tell.
_MICROSOFT = ".outlook.com"
_BY = re.compile(r"\bby\s+(\S+)", re.I)


def own_results(message: InboundMessage, ids: tuple[str, ...]) -> Results:
    """From the topmost field of a configured host, unless a foreign server handled the mail after it was written."""
    wanted = {i.lower() for i in ids}
    if not wanted:
        return Results()
    for name, value in message.headers:
        if name == "received" and (match := _BY.search(value)) and not _is_own_hop(match[1], wanted):
            return Results()
        if name == "authentication-results":
            parts = _parts(value)
            first = parts[0].split()[0].lower() if parts[0] else ""
            if first in wanted:
                return _read(parts[1:])
            if "=" in first and any(w.endswith(_MICROSOFT) for w in wanted):
                return _read(parts)
    return Results()


def _is_own_hop(host: str, wanted: set[str]) -> bool:
    """Our host, another host of its domain, or an inner hop that gives only an address (Gmail: ``by 2002:a05:…``)."""
    host = host.lower().rstrip(".;")
    if ":" in host or re.fullmatch(r"[\d.\[\]]+", host):
        return True
    if host in wanted or host.split(".", 1)[-1] in wanted:
        return True
    # Of "mx.acme.com" the domain is acme.com; of "acme.com" it is not com.
    parents = (w.split(".", 1)[-1] for w in wanted)
    return any("." in parent and host.endswith("." + parent) for parent in parents)


_PLAIN = re.compile(r'[^\\"();]+')


@lru_cache(maxsize=16)
def _parts(value: str) -> tuple[str, ...]:
    """Split at semicolons, comments and quoted strings taken out: nothing inside them counts."""
    out: list[str] = [""]
    depth, quoted, at = 0, False, 0
    while at < len(value):
        if run := _PLAIN.match(value, at):
            out[-1] += "" if depth else "_" * len(run[0]) if quoted else run[0]
            at = run.end()
            continue
        char = value[at]
        if char == "\\" and (quoted or depth):
            at += 2
            continue
        if char == '"' and not depth:
            quoted = not quoted
        elif not quoted and char == "(":
            depth += 1
        elif not quoted and char == ")" and depth:
            depth -= 1
        elif not quoted and not depth:
            if char == ";":
                out.append("")
            else:
                out[-1] += char
        elif quoted and not depth:
            out[-1] += "_"
        at += 1
    return tuple(p.strip() for p in out)


@lru_cache(maxsize=16)
def _read(parts: tuple[str, ...]) -> Results:
    dmarc: set[str] = set()
    dmarc_domain = None
    domains: set[str] = set()
    for part in parts:
        words = dict(re.findall(r"([\w.-]+)\s*=\s*([^\s;]+)", part))
        method = re.match(r"\s*([\w-]+)(?:/\d+)?\s*=\s*([\w-]+)", part)
        if not method:
            continue
        name, result = method[1].lower(), method[2].lower()
        if name == "dmarc":
            dmarc.add(result)
            if result == "pass":
                dmarc_domain = words.get("header.from", "").lower() or None
        elif result == "pass" and name in ("spf", "dkim"):
            value = (
                words.get("smtp.mailfrom") or words.get("smtp.helo", "")
                if name == "spf"
                else words.get("header.d") or words.get("header.i", "")
            )
            domains.add(value.lower().rsplit("@", 1)[-1])
    verdict = (
        "fail"
        if "fail" in dmarc or "reject" in dmarc or "quarantine" in dmarc
        else "pass"
        if dmarc == {"pass"}
        else None
    )
    return Results(verdict, dmarc_domain, frozenset(domains - {""}), was_found=True)
