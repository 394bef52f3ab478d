"""Habits of single mail programs and languages that the readers cope with."""

from datetime import datetime

from mailwins.mime import decode
from mailwins.model import Ignored, Kind, Submission
from mailwins.parsers import read_message
from mailwins.parsers.dates import parse_date

HEAD = "From: Ann <ann@ourco.example>\nTo: wins@ourco.example\nSubject: Fwd: It works\nContent-Type: text/plain; charset=utf-8\n"


def read(mail: str) -> Submission | Ignored:
    return read_message(decode(mail.encode()), own=frozenset({"wins@ourco.example"}))


def test_labels_without_colons_are_read_below_a_separator() -> None:
    found = read(
        HEAD
        + '\n------ Forwarded Message ------\nFrom "Bo Li" <bo@cust.example>\nTo "Ann" <ann@ourco.example>\nDate 13/11/2026 12:49:40\nSubject It works\n\nIt works, all of it.\n'
    )
    assert isinstance(found, Submission)
    assert found.kind is Kind.FORWARD
    assert (found.originals[0].author.address, found.originals[0].body) == ("bo@cust.example", "It works, all of it.")


def test_what_stands_below_an_end_line_is_the_forwarders() -> None:
    found = read(
        HEAD
        + "\n----- Mensagem encaminhada de Bo <bo@cust.example> -----\nDe: Bo <bo@cust.example>\nData: 13 Nov 2026 12:49\nAssunto: Ok\nPara: ann@ourco.example\n\nTudo bem.\n\n----- Final da mensagem encaminhada -----\n\nInternal remark\n"
    )
    assert isinstance(found, Submission)
    assert found.originals[0].body == "Tudo bem."
    assert found.note_raw == "Internal remark"


def test_mail_redirected_by_an_exchange_rule_is_no_auto_reply() -> None:
    head = "From: Bo <bo@cust.example>\nTo: ann@ourco.example\nSubject: Thanks\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n"
    assert isinstance(read(head + "\nWell done.\n"), Ignored)
    redirected = read("Resent-From: ann@ourco.example\n" + head + "\nWell done.\n")
    assert isinstance(redirected, Submission)
    assert redirected.kind is Kind.REDIRECT


def test_thai_and_hebrew_months_are_whole_words() -> None:
    assert parse_date("วันพฤหัสบดีที่ 19 พฤศจิกายน 2569 10:44:07", "th") == datetime(2026, 11, 19, 10, 44, 7)
    assert str(parse_date("15 בנובמבר 2026 בשעה 19:33:10 GMT+2", "he")) == "2026-11-15 19:33:10+02:00"


def test_a_block_without_colons_inside_a_forward_stays_as_it_was_written() -> None:
    nested = '------ Original Message ------\nFrom "Cy" <cy@cust.example>\nTo "Bo Li" <bo@cust.example>\nDate 12/11/2026 10:00:40\nSubject Trial\n\nHow was the trial?'
    found = read(
        HEAD + '\n------ Forwarded Message ------\nFrom "Bo Li" <bo@cust.example>\nTo "Ann" <ann@ourco.example>\nDate 13/11/2026 12:49:40\nSubject It works\n\nIt works.\n\n' + nested + "\n"
    )
    assert isinstance(found, Submission)
    original = found.originals[0]
    assert original.body == f"It works.\n\n{nested}"
    assert (original.words, [q.author.address for q in original.nested]) == ("It works.", ["cy@cust.example"])
