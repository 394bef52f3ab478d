"""Who may write: what our own mail server says counts, and nothing that a mail says of itself."""

from __future__ import annotations

import pytest

from mailwins.mime import decode
from mailwins.model import Directory, Kind, Member, Outcome, Submission
from mailwins.understanding.facts import Policy
from mailwins.understanding.trust import admit, own_results

MAEVE = Member("Maeve Doyle", ("maeve@kilnco.example",), "csm", "CS", frozenset({"csm"}))
HEAD = "From: Maeve Doyle <maeve@kilnco.example>\r\nTo: wins@kilnco.example\r\nSubject: news\r\n\r\nThey love it.\r\n"


def admitted(results: str, *, trust: str = "warn") -> tuple[Outcome | None, str | None]:
    message = decode((results + HEAD).encode())
    read = Submission("note", Kind.NOTE, message.author)
    admission = admit(
        message, read, Directory(members=(MAEVE,)), Policy(trust=trust, authserv_ids=("mx.kilnco.example",))
    )
    return admission.outcome, admission.reason


@pytest.mark.parametrize("domain", ["kilnco.example", "cs.kilnco.example"])
def test_a_colleague_whom_our_server_proved_may_write(domain: str) -> None:
    results = f"Authentication-Results: mx.kilnco.example; dmarc=pass header.from={domain}\r\n"
    assert admitted(results) == (None, None)


@pytest.mark.parametrize("trust", ["warn", "require"])
def test_a_mail_that_our_server_proved_for_another_author_waits_for_a_person(trust: str) -> None:
    results = "Authentication-Results: mx.kilnco.example; dmarc=pass header.from=evil.example\r\n"
    assert admitted(results, trust=trust) == (Outcome.QUARANTINED, "unproven_sender")


@pytest.mark.parametrize("trust", ["warn", "require"])
def test_a_colleagues_address_that_fails_is_rejected(trust: str) -> None:
    results = "Authentication-Results: mx.kilnco.example; dmarc=fail header.from=kilnco.example\r\n"
    assert admitted(results, trust=trust) == (Outcome.REJECTED, "dmarc_fail")


@pytest.mark.parametrize(
    "results",
    [
        "Authentication-Results: mx.evil.example; dmarc=pass header.from=kilnco.example\r\n",
        "Received: from x by mail.evil.example; Thu, 26 Nov 2026 03:29:00 +0000\r\nAuthentication-Results: mx.kilnco.example; dmarc=pass header.from=kilnco.example\r\n",
    ],
)
def test_results_that_another_server_may_have_written_prove_nobody(results: str) -> None:
    assert admitted(results, trust="require") == (Outcome.QUARANTINED, "unproven_sender")


@pytest.mark.parametrize(("by", "is_own"), [("mx.kilnco.com", True), ("in.kilnco.com", True), ("mail.evil.com", False)])
@pytest.mark.parametrize("ours", ["kilnco.com", "mx.kilnco.com"])
def test_a_server_of_the_same_top_level_domain_is_not_ours(ours: str, by: str, is_own: bool) -> None:
    message = decode(
        f"Received: from x by {by}; Thu, 26 Nov 2026 03:29:00 +0000\r\nAuthentication-Results: {ours}; dmarc=pass header.from=kilnco.com\r\n{HEAD}".encode()
    )
    assert own_results(message, (ours,)).was_found is is_own


MICROSOFT = (
    "Received: from DB9PR01.eurprd01.prod.outlook.com (2603:10a6::1) by AM6PR01.eurprd01.prod.outlook.com with HTTPS; Thu, 26 Nov 2026 03:29:00 +0000\r\n"
    "Authentication-Results: spf={0} (sender IP is 192.0.2.1)\r\n smtp.mailfrom=kilnco.example; dkim=none (message not signed)\r\n header.d=none;dmarc={0} action=none header.from=kilnco.example;compauth={0} reason=100\r\n"
)


@pytest.mark.parametrize(("result", "dmarc"), [("pass", "pass"), ("fail", "fail"), ("none", None)])
def test_results_without_a_name_count_where_microsoft_is_our_server(result: str, dmarc: str | None) -> None:
    message = decode((MICROSOFT.format(result) + HEAD).encode())
    found = own_results(message, ("protection.outlook.com",))
    assert (found.was_found, found.dmarc) == (True, dmarc)
    assert not own_results(message, ("mx.kilnco.example",)).was_found


def test_results_without_a_name_that_came_from_elsewhere_prove_nobody() -> None:
    foreign = "Received: from x by mail.evil.example; Thu, 26 Nov 2026 03:28:00 +0000\r\n"
    message = decode((foreign + MICROSOFT.format("pass") + HEAD).encode())
    assert not own_results(message, ("protection.outlook.com",)).was_found
    named = "Authentication-Results: mx.evil.example; dmarc=pass header.from=kilnco.example\r\n"
    message = decode((MICROSOFT.format("none") + named + HEAD).encode())
    assert own_results(message, ("protection.outlook.com",)).dmarc is None
