"""How a win is put into few words: headlines told to their end, excerpts of whole sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mailwins.digest.wording import clause, excerpt, headline, nameless, said_by, sentences
from mailwins.model import Win, WinContact


def win(summary: str, note: str | None = None, **more: object) -> Win:
    return Win(1, "t", "0" * 64, 0, datetime(2026, 11, 16, tzinfo=UTC), date(2026, 11, 16), summary, note=note, **more)  # type: ignore[arg-type]


def test_a_headline_that_was_cut_is_told_to_its_end_from_the_wins_own_words() -> None:
    told = headline(
        win(
            "All 46 dispatchers did the storm drill on your…",
            "Good news.\nAll 46 dispatchers did the storm drill on your\nplatform last week. We are proud.",
        )
    )
    assert told == "All 46 dispatchers did the storm drill on your platform last week"


def test_a_cut_headline_whose_sentence_is_endless_ends_at_a_clause() -> None:
    start = "The whole depot moved over in one night, and nobody called us about"
    told = headline(win(start + "…", start + " anything" * 60 + "."))
    assert told == "The whole depot moved over in one night"


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("im Lenkungskreis gelobt", "Im Lenkungskreis gelobt"),
        ("iPad app is live", "iPad app is live"),
        ("3 yrs, 40 seats", "3 yrs, 40 seats"),
    ],
)
def test_a_headline_begins_with_a_capital_unless_the_word_has_its_own_spelling(summary: str, told: str) -> None:
    assert headline(win(summary)) == told


def test_lines_that_a_mail_program_broke_are_one_sentence_again() -> None:
    text = "What used to take three people the better part of three days\ntook Nadia four hours on Tuesday morning. We are glad."
    assert (
        sentences(text)[0]
        == "What used to take three people the better part of three days took Nadia four hours on Tuesday morning."
    )


def test_list_items_are_kept_apart_and_lose_their_marks() -> None:
    assert (
        excerpt("- 63 officers trained in October\n- planning starts in December", 200)
        == "63 officers trained in October; planning starts in December"
    )


def test_what_a_help_desk_prints_around_the_words_is_left_out() -> None:
    text = "Ticket #48977: Duplicate patients\n-----------------\nTyler Novak, Nov 11, 2026, 09:12 PST\nAll clean now. Best support call in fifteen years."
    assert excerpt(text, 200) == "All clean now. Best support call in fifteen years."


def test_a_greeting_and_the_name_at_the_end_are_no_part_of_an_excerpt() -> None:
    assert (
        excerpt("Hannah, Marcus,\nThe board saw the numbers in March.\nRaj Patel", 200)
        == "The board saw the numbers in March."
    )
    assert excerpt("Mr. Okafor, I finished the course.", 200) == "Mr. Okafor, I finished the course."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Thanks so much for fixing the label printer, honestly we had given up on it.",
            "… honestly we had given up on it.",
        ),
        ("On the phone just now, thanks so much for fixing the label printer. Not sure when.", None),
        ("Thanks so much for fixing the label printer, Sam.", None),
        (
            "It rained. Thanks so much for fixing the label printer! The whole depot noticed.",
            "It rained. … The whole depot noticed.",
        ),
    ],
)
def test_what_the_headline_says_already_is_not_said_again(text: str, told: str | None) -> None:
    assert excerpt(text, 200, without="Thanks so much for fixing the label printer") == told


def test_a_closing_is_no_part_of_what_was_said() -> None:
    assert (
        excerpt("We had given up on it. Dave says hi.\n\ncheers\nWendy", 200) == "We had given up on it. Dave says hi."
    )


def test_an_excerpt_is_whole_sentences_or_cut_at_a_word() -> None:
    assert (
        excerpt("One fine thing. Another thing we saw.", 20) == "Another thing we saw."
        or excerpt("One fine thing. Another thing we saw.", 20) == "One fine thing. …"
    )
    long = excerpt("word " * 500, 100)
    assert long is not None
    assert len(long) <= 101
    assert long.endswith("word…")


def test_an_account_that_is_part_of_the_role_is_not_said_twice() -> None:
    assert said_by(win("x", account="Acme", contact=WinContact("Raj", None, "VP Claims, Acme"))) == (
        "Raj",
        "VP Claims, Acme",
    )


@pytest.mark.parametrize(
    ("piece", "told"),
    [
        ("We closed 47 deals, best fair ever”", "We closed 47 deals, best fair ever"),
        ("She said “it works.", "She said “it works.”"),
        ("A “fine” day", "A “fine” day"),
        ("„Gut“ sagte sie", "„Gut“ sagte sie"),
    ],
)
def test_a_quotation_mark_without_its_other_half_is_dropped_or_closed(piece: str, told: str) -> None:
    assert headline(win(piece)) == told


def test_a_quotation_inside_a_sentence_keeps_its_closing_mark() -> None:
    said = 'My favourite sentence stays in: "You gave our night shift its coffee break back." Please use the PDF.'
    assert sentences(said) == [
        'My favourite sentence stays in: "You gave our night shift its coffee break back."',
        "Please use the PDF.",
    ]


@pytest.mark.parametrize(
    ("summary", "category", "told"),
    [
        ("Nomination for the User Olympics, category Longest Name", "olympics", "Longest Name"),
        ("User Olympics nominee: their robot has a login", "olympics", "Their robot has a login"),
        ("Team milestone: support queue at ZERO", "milestone", "Support queue at ZERO"),
        ("Milestone: 100", "milestone", "Milestone: 100"),
        ("Team milestone: support queue at ZERO", None, "Team milestone: support queue at ZERO"),
        ("Active users went from 41 to 139, see chart", None, "Active users went from 41 to 139"),
        (
            "(the cooling alarm reached her phone in the train)",
            None,
            "The cooling alarm reached her phone in the train",
        ),
    ],
)
def test_a_headline_leaves_out_what_the_mail_says_anyway(summary: str, category: str | None, told: str) -> None:
    assert headline(win(summary, category=category)) == told


def test_a_cut_headline_ends_at_its_last_full_sentence_and_never_at_a_colon() -> None:
    assert (
        headline(win("Ana was our guest in the webinar “Data for people who hate data”. 340 registered, 212…"))
        == "Ana was our guest in the webinar “Data for people who hate data”"
    )
    assert clause("C'est le résultat direct du premier trimestre : 11 % de rebuts en moins", 60).endswith("…")
    assert (
        clause("212 of our 240 adjusters logged in last week (88%)", 48)
        == "212 of our 240 adjusters logged in last week"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Grüezi Herr Lindqvist\nWir konnten alle Laibe umlagern.", "Wir konnten alle Laibe umlagern."),
        ("Notre équipe a gagné une heure.\nÀ très bientôt,", "Notre équipe a gagné une heure."),
        ("お世話になっております。\n第2工場が本日より本稼働となりました。", "第2工場が本日より本稼働となりました。"),
        ("It went live. All clerks use it. The recording:", "It went live. All clerks use it."),
        ("She wrote this in our channel last night:", None),
    ],
)
def test_courtesies_and_what_only_announces_are_no_part_of_an_excerpt(text: str, told: str | None) -> None:
    assert excerpt(text, 200) == told


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("Tom, complaints about the clock are down", "Complaints about the clock are down"),
        ("Mina, you stayed with me for 3 hours", "Mina, you stayed with me for 3 hours"),
        ("London, our biggest depot, went live", "London, our biggest depot, went live"),
    ],
)
def test_a_headline_does_not_speak_to_the_colleague_who_was_written_to(summary: str, told: str) -> None:
    assert headline(win(summary, submitted_by="tom.vidal@x.example", praised=("mina@x.example",))) == told


def test_a_person_of_a_hidden_customer_keeps_no_title() -> None:
    climbed = win("Blackmoor's Mr Blackmoor climbed the ladder", account="Blackmoor")
    assert nameless(climbed.summary, climbed, None) == "Somebody at a customer climbed the ladder"


@pytest.mark.parametrize(
    "aside",
    [
        "One thing: the export to Excel is slow, and can you hurry up with the invoice for the extra probes?",
        "Könnt ihr bitte noch die Rechnung schicken?",
        "Pouvez-vous nous envoyer la facture ?",
        "¿Podéis enviarnos la factura?",
        "Kunnen jullie de factuur nog sturen?",
        "Potete mandarci la fattura?",
    ],
)
def test_what_she_asks_of_us_is_in_no_public_excerpt_and_the_gap_is_marked(aside: str) -> None:
    text = f"Spoilage went from 4.1% to 1.3% in one month. {aside} The Alarm Desk paid for itself at once."
    assert (
        excerpt(text, 400, openly=True)
        == "Spoilage went from 4.1% to 1.3% in one month. … The Alarm Desk paid for itself at once."
    )
    assert excerpt(f"{aside} Spoilage went from 4.1% to 1.3%.", 400, openly=True) == "Spoilage went from 4.1% to 1.3%."


def test_a_sentence_that_the_headline_took_out_of_the_middle_leaves_a_mark() -> None:
    text = "My boss did not believe it until I sent her the sheet. The Alarm Desk paid for itself in one month. We tell everybody."
    assert (
        excerpt(text, 400, without="The Alarm Desk paid for itself in one month")
        == "My boss did not believe it until I sent her the sheet. … We tell everybody."
    )


def test_could_not_be_happier_asks_for_nothing() -> None:
    text = "Spoilage went from 4.1% to 1.3%. Could not be happier with it!"
    assert excerpt(text, 400, openly=True) == text


def test_leave_to_quote_is_no_quote() -> None:
    assert excerpt("Since May no kiln stood still. You can quote me on that!", 200) == "Since May no kiln stood still."


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Ode rang. It saves 4 h z.B. Fridays! “Really?” he said. (It does.) Yes… 5 stars? \n\nDr. Lind\nagrees. so do I",
        "He said: “It works.” Tom smiled. \t“Great!”) And more.\n - one\n - two. Three  Four.\n\n\nSt. Gallen e.g. this. ’Tis so.",
    ],
)
def test_text_ends_its_sentences_where_it_does_among_full_width_ones(text: str) -> None:
    assert [*sentences(text), "終わり。"] == sentences(text + "\n\n終わり。")


@pytest.mark.parametrize(
    ("text", "line", "left"),
    [
        ("Frau Aas hat uns Ihr Haus empfohlen. Wäre es möglich, eine Vorführung zu sehen?", "Frau Aas hat uns Ihr Haus empfohlen", None),
        ("On nous a recommandé votre outil. Serait-il possible de le voir ?", "On nous a recommandé votre outil", None),
        ("Die Liste gefällt uns. Meine Frau sagt das auch. Noch eine Frage: kann man die Schrift größer stellen? Meine Augen...", "Die Liste gefällt uns", "Meine Frau sagt das auch."),
        ("Hope the move went well. The owners love the new screen.", "The owners love the new screen", None),
        ("Following on from our call. The trustees were very pleased. We rehomed 212 animals.", "We rehomed 212 animals", "The trustees were very pleased."),
        ("Habe gerade mit Herrn Aas telefoniert. Das Team ist froh um jede Stunde.", "", "Das Team ist froh um jede Stunde."),
    ],
)  # fmt: skip
def test_beside_the_headline_stands_no_question_to_us_and_no_lead_up(text: str, line: str, left: str | None) -> None:
    assert excerpt(text, 300, without=line, openly=True) == left


def test_the_clock_of_a_chat_is_no_part_of_an_excerpt() -> None:
    chat = "[25/11/2026, 18:04:12] Kit Aas: The label printer works\n[25/11/2026, 18:06:02] Mira: yessss"
    assert excerpt(chat, 200) == "The label printer works; yessss"
    assert excerpt("Marijke Aas 11:42\nThe farmers like the new invoices.", 200) == "The farmers like the new invoices."
