"""Habits of single mail programs and languages that the readers cope with."""

from datetime import date, datetime

import pytest

from mailwins.mime import decode
from mailwins.model import Ignored, Kind, Submission
from mailwins.parsers import read_message
from mailwins.parsers.dates import parse_date
from mailwins.parsers.folding import fold

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
        HEAD
        + '\n------ Forwarded Message ------\nFrom "Bo Li" <bo@cust.example>\nTo "Ann" <ann@ourco.example>\nDate 13/11/2026 12:49:40\nSubject It works\n\nIt works.\n\n'
        + nested
        + "\n"
    )
    assert isinstance(found, Submission)
    original = found.originals[0]
    assert original.body == f"It works.\n\n{nested}"
    assert (original.words, [q.author.address for q in original.nested]) == ("It works.", ["cy@cust.example"])


FORWARD = "\n---------- Forwarded message ---------\nFrom: Bo Li <bo@cust.example>\nDate: Fri, 13 Nov 2026 12:49\nSubject: It works\nTo: <ann@ourco.example>\n\n"


@pytest.mark.parametrize(
    ("below", "remark"),
    [
        ("\nInternal: they renew in March, so keep it quiet.\n", "Internal: they renew in March, so keep it quiet."),
        (
            "COO, Umber Mills\n+49 30 1234567\n\nLovely, isn't it? Bo was our loudest critic.\n\nAnn\n",
            "Lovely, isn't it? Bo was our loudest critic.",
        ),
        ("COO, Umber Mills\n+49 30 1234567\n", None),
        (
            "\nThis message is confidential and intended for the addressee only. If you are not the intended recipient, delete it.\n",
            None,
        ),
        ("\nP.S. The night shift says hello to all of you.\n", None),
    ],
    ids=["remark", "signed remark", "contact details", "disclaimer", "postscript"],
)
def test_a_remark_below_the_customers_signature_is_the_forwarders(below: str, remark: str | None) -> None:
    found = read(HEAD + FORWARD + "Hi Ann,\nthe line stops half as often as before.\n\nBest,\nBo\n" + below)
    assert isinstance(found, Submission)
    assert found.note == remark
    assert "renew" not in found.originals[0].words
    assert "critic" not in found.originals[0].words
    assert found.originals[0].words.startswith("Hi Ann,\nthe line stops half as often as before.")


def test_below_a_comment_and_a_forward_nothing_is_taken_for_a_remark() -> None:
    found = read(
        HEAD
        + "\nSee below.\n"
        + FORWARD
        + "The line stops half as often.\n\nBo Li\n\nPlease also tell Cy about the spare parts we need.\n"
    )
    assert isinstance(found, Submission)
    assert found.note == "See below."
    assert found.originals[0].body.endswith("spare parts we need.")


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("Robert Quill", "Bob"),
        ("Giuseppe Nero", "Beppe"),
        ("Małgorzata Lis", "Gosia"),
        ("Elizabeth Orr", "cheers, Liz"),
        ("Josef Huber", "Servus, Sepp"),
        ("Дмитрий Орлов", "Дима"),
    ],
)
def test_a_pet_name_is_a_signature(name: str, signature: str) -> None:
    found = fold(f"The pumps have not failed once since May.\n\n{signature}", (name,))
    assert (found.text, found.signature) == ("The pumps have not failed once since May.", signature)


@pytest.mark.parametrize(
    "line",
    [
        "----- End forwarded message -----",
        "------ Ende der weitergeleiteten Nachricht ------",
        "--- Fin du message transféré ---",
        "===8<===========End of original message text===========",
        "----- Konec přeposlané zprávy -----",
        "--------------------",
        "-------- Конец пересылаемого сообщения --------",
    ],
)
def test_a_closing_line_is_nobodys_words(line: str) -> None:
    found = read(HEAD + FORWARD + f"It stops half as often as before.\n\n{line}\n")
    assert isinstance(found, Submission)
    assert (found.originals[0].body, found.note) == ("It stops half as often as before.", None)


def test_a_sentence_that_begins_with_end_is_somebodys_words() -> None:
    found = read(HEAD + FORWARD + "End of quarter went well:\nno stop in six weeks.\n")
    assert isinstance(found, Submission)
    assert found.originals[0].body == "End of quarter went well:\nno stop in six weeks."


REPLY = "From: Ann <ann@ourco.example>\nTo: Bo Li <bo@cust.example>\nCc: wins@ourco.example\nSubject: Re: Pumps\nIn-Reply-To: <1@cust.example>\n\nGood to hear!\n\nOn 13 Nov 2026 at 12:49, Bo Li wrote:\n> The pumps have not failed once.\n"


def test_an_address_taken_from_an_equal_name_is_marked_as_a_guess() -> None:
    found = read(REPLY)
    assert isinstance(found, Submission)
    assert (found.originals[0].author.address, found.originals[0].is_address_guess) == ("bo@cust.example", True)
    printed = read(REPLY.replace("Bo Li wrote", "Bo Li <bo@cust.example> wrote"))
    assert isinstance(printed, Submission)
    assert (printed.originals[0].author.address, printed.originals[0].is_address_guess) == ("bo@cust.example", False)


def test_a_name_with_two_addresses_gets_none() -> None:
    found = read(REPLY.replace("Cc: wins", 'Cc: "Bo Li" <bo@other.example>, wins'))
    assert isinstance(found, Submission)
    assert found.originals[0].author.address is None


def test_few_own_words_around_much_that_is_quoted_stay_apart_from_it() -> None:
    quoted = "".join(f"> > line {n} of somebody else's\n" for n in range(8))
    found = read(
        HEAD
        + "\nBegin forwarded message:\n\n> From: Bo Li <bo@cust.example>\n> Date: 13 Nov 2026 12:49\n> Subject: Ok\n> To: ann@ourco.example\n>\n"
        + quoted
        + ">\n> Agreed, and it paid off.\n"
    )
    assert isinstance(found, Submission)
    assert found.originals[0].words.endswith("\n\nAgreed, and it paid off.")
    assert found.originals[0].words.startswith("> line 0")


def test_a_broken_line_before_the_end_of_an_address_is_no_quote_mark() -> None:
    found = read(
        "From: Ann <ann@ourco.example>\nTo: bo@cust.example\nSubject: Re: Pumps\n\nGood!\n\nOn 13 Nov 2026 at 12:49, Bo Li <bo@cust.example\n> wrote:\n\n> The pumps have not failed once.\n"
    )
    assert isinstance(found, Submission)
    assert (found.note, found.originals[0].words, found.originals[0].author.address) == (
        "Good!",
        "The pumps have not failed once.",
        "bo@cust.example",
    )


def test_a_forward_in_a_language_nobody_taught_us_is_told_by_its_shape() -> None:
    swahili = "\nNzuri!\n\n---------- Ujumbe uliosambazwa ----------\nKutoka: Bo Li <bo@cust.example>\nTarehe: 2026-11-13 12:49\nMada: Pampu\nKwa: Ann <ann@ourco.example>\n\nPampu hazijasimama tangu Mei.\n"
    found = read(HEAD + swahili)
    assert isinstance(found, Submission)
    original = found.originals[0]
    assert (found.kind, found.note, original.author.address, original.subject) == (
        Kind.FORWARD,
        "Nzuri!",
        "bo@cust.example",
        "Pampu",
    )
    assert (original.written, [p.address for p in original.to], original.words) == (
        datetime(2026, 11, 13, 12, 49),
        ["ann@ourco.example"],
        "Pampu hazijasimama tangu Mei.",
    )


def test_labelled_lines_of_a_note_below_a_rule_are_no_header() -> None:
    found = read(
        HEAD.replace("Fwd: It works", "A win")
        + "\n=== New win ===\nAccount: Umber Mills\nContact: bo@cust.example\nDate: 13 November 2026\nValue: 8\n\nThe pumps have not stopped since May.\n"
    )
    assert isinstance(found, Submission)
    assert found.kind is Kind.NOTE
    assert found.labels.get("account") == "Umber Mills"


def test_a_line_drawn_around_words_above_a_block_is_no_comment() -> None:
    found = read(
        HEAD
        + "\nSee this.\n\n===== Relayed by the shared desk =====\nFrom: Bo Li <bo@cust.example>\nDate: Fri, 13 Nov 2026 12:49\nSubject: Pumps\nTo: ann@ourco.example\n\nNot one stop since May.\n"
    )
    assert isinstance(found, Submission)
    assert found.note == "See this."


def test_an_unreadable_date_is_none_and_a_defect() -> None:
    found = read(HEAD + FORWARD.replace("Fri, 13 Nov 2026 12:49", "04/03/2026 12:49") + "Not one stop since May.\n")
    assert isinstance(found, Submission)
    assert (found.originals[0].written, found.defects) == (None, ("unreadable_date: 04/03/2026 12:49",))


def test_an_address_stands_in_for_a_name_where_somebody_signs() -> None:
    found = read(
        HEAD
        + FORWARD.replace("Bo Li <bo@cust.example>", "jane.porter@cust.example")
        + "Not one stop since May.\n\nJane\n"
    )
    assert isinstance(found, Submission)
    assert (found.originals[0].words, found.originals[0].signature) == ("Not one stop since May.", "Jane")


def test_a_reply_sentence_by_sentence_quotes_the_one_it_goes_to_as_a_guess() -> None:
    mail = "From: Ann <ann@ourco.example>\nTo: Bo Li <bo@cust.example>\nCc: wins@ourco.example\nSubject: Re: Pumps\nIn-Reply-To: <1@cust.example>\n\n> The pumps have not failed once.\n\nGood to hear!\n"
    found = read(mail)
    assert isinstance(found, Submission)
    original = found.originals[0]
    assert (found.kind, found.note, original.author.address, original.is_address_guess) == (
        Kind.REPLY,
        "Good to hear!",
        "bo@cust.example",
        True,
    )
    assert original.words == "The pumps have not failed once."
    to_two = read(mail.replace("Cc: wins", "Cc: cy@cust.example, wins"))
    assert isinstance(to_two, Submission)
    assert to_two.originals == ()


def test_a_weekday_that_is_a_month_elsewhere_does_not_move_the_day() -> None:
    assert parse_date("mar. 3 nov. 2026, 19:22", "fr") == datetime(2026, 11, 3, 19, 22)
    assert parse_date("mar, 3 nov 2026 19:22", "es") == datetime(2026, 11, 3, 19, 22)
    assert parse_date("sam. 31 oct. 2026, 19:22", "fr") == datetime(2026, 10, 31, 19, 22)
    assert parse_date("Tue, 3 Mar 2026 10:00") == datetime(2026, 3, 3, 10, 0)


def test_a_year_behind_a_dash_is_no_offset() -> None:
    """As a Samsung telephone set to Dutch prints it above what it forwards."""
    assert parse_date("24-11-2026 21:15 (GMT+01:00)", "nl") == datetime(2026, 11, 24, 21, 15)
    assert parse_date("24-11-2026") == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("Gwilym Prosser", "Gwil"),
        ("Roderick Abernethy", "Rod Abernethy, Abernethy Game"),
        ('Marguerite "Peg" Sandoval', "Peg\nSandoval Florals"),
        ("Maj-Britt Öhrnfeldt", "/Maj-Britt\nGlassverkstaden"),
        ("Ottoline Brace", "O.B."),
        ("Bodil Krogh", "Kh Bodil\nSvaneke Røgeri"),
        ("桐生 千鶴", "代表取締役 桐生千鶴"),
        ("青木 遥", "*****\n白浜製作所\n品質部 検査課 青木 遥\nTEL 000-555-0100\n*****"),
        ("Maud Kerr", "Maud\nKerr & Sons - open late on Sundays!"),
        ("Bo Li", "Bo\n\n-- \nUmber Mills\nCounty road 4"),
    ],
)  # fmt: skip
def test_names_as_people_sign_them(name: str, signature: str) -> None:
    found = fold(f"The pumps have not failed once since May, and nobody had to stay late.\n\n{signature}", (name,))
    assert (found.text, found.signature) == (
        "The pumps have not failed once since May, and nobody had to stay late.",
        signature,
    )


def test_a_separator_broken_over_two_lines_is_no_comment() -> None:
    found = read(
        HEAD
        + "\n----- Forwarded message from Bo Li\n<bo@cust.example> -----\n   Date: Fri, 13 Nov 2026 12:49:00 +0100\n   From: Bo Li <bo@cust.example>\nSubject: Pumps\n     To: ann@ourco.example\n\nNot one stop since May.\n"
    )
    assert isinstance(found, Submission)
    assert (found.note, found.originals[0].words) == (None, "Not one stop since May.")


def test_a_blank_line_behind_every_label_ends_no_block() -> None:
    found = read(
        HEAD
        + "\nBitte notieren.\n\n-----Original-Nachricht-----\n\nBetreff: Pumpen\n\nDatum: 2026-11-13T11:27:51+0200\n\nVon: Bo Li <bo@cust.example>\n\nAn: Ann <ann@ourco.example>\n\nKein Stillstand seit Mai.\n"
    )
    assert isinstance(found, Submission)
    assert (found.originals[0].to[0].address, found.originals[0].words) == (
        "ann@ourco.example",
        "Kein Stillstand seit Mai.",
    )


def test_a_quoted_reply_has_the_subject_of_its_answer() -> None:
    found = read(REPLY)
    assert isinstance(found, Submission)
    assert found.originals[0].subject == "Pumps"


@pytest.mark.parametrize(
    "line",
    [
        "Skaffa Outlook för Android<https://aka.ms/AAb9ysg>",
        "Hent Outlook til iOS <https://aka.ms/o0ukef>",
        "Az Outlook beszerzése Androidra<https://aka.ms/AAb9ysg>",
        "iOS için Outlook'u edinin",
        "Λήψη του Outlook για iOS",
    ],
)
def test_outlooks_phones_advertise_it_in_every_language(line: str) -> None:
    assert fold(f"Big news.\n\n{line}").text == "Big news."


def test_a_sentence_about_outlook_is_no_footer() -> None:
    text = "Since October the add-in runs in Outlook for iOS too, and nobody complains.\nOutlook for iOS works."
    assert fold(text).text == text


@pytest.mark.parametrize(
    ("author", "card"),
    [
        ("Bronwyn Tully", "Bronwyn Tully | Head of Animal Care | Springs Zoo"),
        ("Gerda Wissmann", "Blumen Wissmann, Inh. Gerda Wissmann"),
        ("Ivo Brandt", "Ivo Brandt - Leiter Technik - Hafenwerk AG"),
    ],
)
def test_a_visiting_card_on_one_line_is_a_signature(author: str, card: str) -> None:
    assert fold(f"It works.\n\nAll of us thank you.\n\n{card}", (author,)).text == "It works.\n\nAll of us thank you."


def test_a_line_that_names_its_writer_among_others_is_no_card() -> None:
    text = "It works.\nIn the picture: Ana Sol, Gerda Wissmann and the crew at 10:30, all smiling."
    assert fold(text, ("Gerda Wissmann",)).text == text


def test_a_surname_that_is_a_month_stays_a_name() -> None:
    found = read(
        HEAD
        + "\nDnia 12 listopada 2026 19:08 Rados\u0142aw Maj <r.maj@cust.example> napisa\u0142(a):\n\n> Wszystko dzia\u0142a.\n"
    )
    assert isinstance(found, Submission)
    assert found.originals[0].author.name == "Rados\u0142aw Maj"


@pytest.mark.parametrize(
    ("printed", "sent", "day"),
    [
        ("12/10/2026 17:26", "13 Oct 2026", "2026-10-12T17:26:00"),
        ("11/12/2026 3:52 am", "12 Nov 2026", "2026-11-12T03:52:00"),
        ("05/10/2026 17:26", "13 Nov 2026", None),
    ],
)
def test_a_day_that_may_be_read_two_ways_is_settled_by_the_mails_own_date(
    printed: str, sent: str, day: str | None
) -> None:
    found = read(
        f"Date: Tue, {sent} 09:03:11 +0100\n"
        + HEAD
        + f"\n----- Forwarded by Ann on {sent} -----\n\nFrom: Bo <bo@cust.example>\nTo: ann@ourco.example\nDate: {printed}\nSubject: Ok\n\nAll fine.\n"
    )
    assert isinstance(found, Submission)
    written = found.originals[0].written
    assert (written.isoformat() if written else None) == day


def test_a_gateways_wrapper_leaves_the_words_and_a_links_own_target_stays() -> None:
    wrapped = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.cust.example%2Fpilot&data=05%7C02&reserved=0"
    text = f"See https://www.cust.example/pilot<{wrapped}>, {wrapped} and our post<https://www.cust.example/post>."
    assert (
        fold(text).text
        == "See https://www.cust.example/pilot, https://www.cust.example/pilot and our post<https://www.cust.example/post>."
    )


def test_a_closing_separator_is_no_remark_of_the_forwarder() -> None:
    found = read(
        HEAD.replace("text/plain", "text/html")
        + "\n<div>Big one.</div><div>-------- Пересылаемое сообщение --------</div><div>19.10.2026, 15:31, &quot;Bo Li&quot; &lt;bo@cust.example&gt;:</div>"
        "<blockquote><div>Всё работает.</div></blockquote><div>-------- Конец пересылаемого сообщения --------</div>\n"
    )
    assert isinstance(found, Submission)
    assert found.note == "Big one."


INES = HEAD.replace("Ann <ann@ourco.example>", "Ines Okafor <ines@ourco.example>")


@pytest.mark.parametrize(
    ("above", "body", "words", "remark"),
    [
        (
            "#share\n",
            "Ines, it cut our visits from 12 to 4 a year.\n\nBo\n\nHonestly he should be grateful, he still haggles.\n\nInes\n",
            "Ines, it cut our visits from 12 to 4 a year.",
            "Honestly he should be grateful, he still haggles.",
        ),
        (
            "Nice!\n",
            "Hello Ines,\n\nit cut our visits to 4 a year.\n\nKeep this to us, he still haggles.\n\nInes Okafor\nCSM | OurCo\n+49 30 1234567\n",
            "Hello Ines,\n\nit cut our visits to 4 a year.",
            "Nice!\n\nKeep this to us, he still haggles.",
        ),
        (
            "",
            "It runs well. [IO: well, last week it stood still] We save 31 % of the power.\n>> IO: more like 20\nAll of us are glad.\n\nBo Li\n",
            "It runs well. We save 31 % of the power.\n\nAll of us are glad.",
            "[IO: well, last week it stood still]\nIO: more like 20",
        ),
        ("", "It runs (Ines: since May only) well.\n\nBo Li\n", "It runs well.", "(Ines: since May only)"),
        ("", "It runs [internal: for once] well.\n\nBo Li\n", "It runs well.", "[internal: for once]"),
        ("Nice!\n", "It runs well.\n\nWe are all glad.\n\nThank you, Ines\n", None, "Nice!"),
        ("Nice!\n", "It runs well.\n\nWe are all glad.\n\nThank you,\nInes\n", None, "Nice!"),
        ("Nice!\n", "Ines: it runs well [see: page 3] (IOTA: 4).\n\nBo Li\n", "Ines: it runs well [see: page 3] (IOTA: 4).", "Nice!"),
        ("Nice!\n", "It runs well (thanks to you, Ines), all day.\n\nBo Li\n", "It runs well (thanks to you, Ines), all day.", "Nice!"),
        ("", "It runs well (since May only -- Ines), all day.\n\nBo Li\n", "It runs well, all day.", "(since May only -- Ines)"),
    ],
)  # fmt: skip
def test_what_a_forwarder_wrote_into_or_below_a_forward_leaves_the_customers_words(
    above: str, body: str, words: str | None, remark: str
) -> None:
    found = read(f"{INES}\n{above}{FORWARD}{body}")
    assert isinstance(found, Submission)
    assert found.note == remark
    if words is None:
        assert found.originals[0].words.startswith("It runs well.\n\nWe are all glad.")
    else:
        assert found.originals[0].words == words


@pytest.mark.parametrize(
    ("inside", "remark"),
    [
        ("<span style='color:red'>(yes, after three repairs)</span>", "(yes, after three repairs)"),
        ("<font color='#C00000'>only since we came by three times</font>", "only since we came by three times"),
        ("<FONT COLOR=RED>only since we came by three times</FONT>", "only since we came by three times"),
        ("<span style='color:red'>at last</span>", None),
        ("<span style='color:#1F497D'>and the crew says so too</span>", None),
        ("<span style='background-color:yellow'>and the crew says so too</span>", None),
    ],
)
def test_a_remark_in_another_colour_is_the_forwarders(inside: str, remark: str | None) -> None:
    html = f"<p>#share</p><div><b>From:</b> Bo Li &lt;bo@cust.example&gt;<br><b>Sent:</b> Wednesday, 25 November 2026 09:00<br><b>To:</b> Ines Okafor<br><b>Subject:</b> Gate</div><p>Dear Ines, the gate bell rings on the second again {inside} and all of us are very glad about it.</p><p>Bo Li</p>"
    found = read(INES.replace("text/plain", "text/html") + f"\n{html}")
    assert isinstance(found, Submission)
    assert found.note == remark
    assert (remark or "Dear Ines").split()[-1] not in found.originals[0].words or remark is None


@pytest.mark.parametrize(
    ("leave", "name"),
    [
        ("De bedste hilsner", "Mads"),
        ("Gruß von der Küste", "Hannes"),
        ("Parimate soovidega", "Kadri"),
        ("Yours aye,", "Callum"),
    ],
)
def test_words_of_leave_that_no_list_has_go_with_the_name_below(leave: str, name: str) -> None:
    assert (
        fold(f"It works.\n\nAll of us are glad.\n\n{leave}\n{name}", (name,)).text == "It works.\n\nAll of us are glad."
    )


def test_a_last_line_of_praise_stays() -> None:
    assert fold("It works.\n\nAll of us are glad.\n\nGreat work\n\nMads", ("Mads",)).text.endswith("Great work")


@pytest.mark.parametrize(
    "line",
    [
        "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle.",
        "Tato zpráva je důvěrná a je určena pouze jejímu adresátovi.",
        "To μήνυμα αυτό είναι εμπιστευτικό και προορίζεται μόνο για τον παραλήπτη.",
    ],
)
def test_a_notice_of_confidentiality_is_known_in_more_languages(line: str) -> None:
    assert fold(f"It works.\n\n{line}").text == "It works."


def test_a_customer_who_speaks_of_confidence_writes_no_notice() -> None:
    text = "It works.\n\nConfidentiality was our board's greatest worry, and it is gone."
    assert fold(text).text == text


def test_people_of_a_notes_directory_are_named_without_their_organisation() -> None:
    found = read(
        HEAD
        + "\n----- Forwarded by Ann Lund/Ourco on 03.11.2026 10:12 -----\n\nFrom:\tBo Li/Sales/Cust/GB@Cust\nTo:\tAnn Lund/Ourco@Ourco\nDate:\t03.11.2026 10:00\nSubject:\tPumps\n\nNot one stop.\n"
    )
    assert isinstance(found, Submission)
    assert (found.originals[0].author.name, found.originals[0].to[0].name) == ("Bo Li", "Ann Lund")


@pytest.mark.parametrize(
    "block",
    [
        "Oddi wrth: Bo <bo@cust.example>\nAnfonwyd: 03 Tachwedd 2026 10:00\nAt: ann@ourco.example\nPwnc: Ok",
        "از: Bo <bo@cust.example>\nفرستاده شده: Tuesday, November 3, 2026 10:00 AM\nبه: ann@ourco.example\nموضوع: Ok",
    ],
    ids=["Welsh", "Persian"],
)
def test_header_words_of_smaller_languages_are_read(block: str) -> None:
    found = read(HEAD + f"\nSee below\n\n{block}\n\nNot one stop.\n")
    assert isinstance(found, Submission)
    quoted = found.originals[0]
    assert (found.note, quoted.author.address, quoted.subject) == ("See below", "bo@cust.example", "Ok")
    assert quoted.written == datetime(2026, 11, 3, 10, 0)


def test_a_name_below_the_end_of_a_forward_is_a_signature() -> None:
    found = read(
        HEAD
        + "\nSee below\n\n------- Forwarded message follows -------\nFrom: Bo <bo@cust.example>\nDate sent: Tue, 3 Nov 2026 10:00:00 +0100\nSubject: Ok\n\nNot one stop.\n------- End of forwarded message -------\nAnn\n"
    )
    assert isinstance(found, Submission)
    assert (found.note, found.signature) == ("See below", "Ann")
