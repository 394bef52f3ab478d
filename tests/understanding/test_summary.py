"""The one line people read is the news itself, not the lead-in, the wish or the whisper beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailwins.understanding.classifier import classify
from mailwins.understanding.summary import only_asks, ranking, summarise, with_subject
from mailwins.understanding.summary.line import MAX_LENGTH
from mailwins.understanding.summary.ranking import only_permits
from training import headlines


def line(text: str, subject: str | None = None) -> str:
    return summarise(stated=None, subject=subject, words=text, note=None, is_note=False, parts=classify(text).parts)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hi Sam,\n\nthe hall seats 80. Eleven of our nurses passed the advanced course last week and want the next one.",
            "passed the advanced course",
        ),
        (
            "One wish: send us 12 posters. We cut our weekly planning from 6 hours to 40 minutes.",
            "6 hours to 40 minutes",
        ),
        ("You did not get this from me. The whole night shift now uses the board without being asked.", "night shift"),
        (
            "See you on 12 March at 10:30. Our crews love the new route view, nobody calls the office any more.",
            "crews love",
        ),
        ("Bonjour Luc, petit mot rapide. Nous avons réduit les retards de livraison de 40 %.", "40 %"),
        ("Hallo Jana, kurz vor dem Urlaub. Wir haben die Inventur in 2 statt 9 Tagen geschafft.", "2 statt 9 Tagen"),
    ],
)
def test_the_sentence_that_tells_the_win_is_the_summary(text: str, told: str) -> None:
    assert told in line(text)


def test_a_subject_that_says_the_outcome_is_the_summary() -> None:
    assert (
        line("As promised, the short version.", "Fwd: Billing errors down to zero in October")
        == "Billing errors down to zero in October"
    )


def test_a_long_sentence_ends_at_a_word_with_an_ellipsis() -> None:
    text = "We finished " + " near ".join(f"depot number {n}" for n in range(30)) + "."
    assert len(line(text)) <= MAX_LENGTH
    assert line(text).endswith("…")


def note_line(text: str, subject: str | None = None) -> str:
    return summarise(stated=None, subject=subject, words=text, note=text, is_note=True, parts=classify(text).parts)[0]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Tidewell renewed!! 3 yrs, 40 extra berths", "Tidewell renewed!! 3 yrs, 40 extra berths"),
        (
            "Mikkel showed the board at the fair. 31 ferries on one screen, best day of the year.",
            "Mikkel showed the board",
        ),
    ],
)
def test_figures_take_along_the_sentence_that_says_of_what(note: str, told: str) -> None:
    assert told in note_line(note)


def test_items_of_a_list_stand_on_their_own() -> None:
    assert not note_line("Greta was glad.\n\n- 40 % fewer late sailings\n- no overtime").startswith("Greta")


def test_the_subject_of_a_note_is_its_writers_own_headline() -> None:
    assert (
        note_line("It is done. All 31 ferries report live now.", "Tidewell: rollout done 2 weeks early")
        == "Tidewell: rollout done 2 weeks early"
    )


def test_how_it_was_before_is_not_the_news() -> None:
    assert "paid for itself" in line("Last winter we lost 8 sailings to fog. Your board paid for itself in one day.")


def test_figures_in_words_count_as_figures() -> None:
    assert "four hours" in line(
        "Please thank whoever built it. What used to take three people three days took Greta four hours."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Overalls that went missing cost us 14,200 pounds last year; since the chips went in the total is 1,900 and nobody has had to count anything at all.",
            "Overalls that went missing cost us 14,200 pounds last year; since the chips went in the total is 1,900",
        ),
        (
            "Beim Aufräumen gefunden, noch nie gemeldet: Am Hafen wurde die komplette Wäsche von vier Schiffen in zwei Tagen auf uns umgestellt, ohne Fehler.",
            "Am Hafen wurde die komplette Wäsche von vier Schiffen in zwei Tagen auf uns umgestellt, ohne Fehler",
        ),
        (
            "The average handover of a crew is down from 26 minutes to 11 since September (their chief told me so on the call that we had on Wednesday).",
            "The average handover of a crew is down from 26 minutes to 11 since September",
        ),
        (
            "Had to tell you, the night crew finished 40 rooms before six.",
            "The night crew finished 40 rooms before six",
        ),
    ],
)
def test_a_long_line_ends_with_a_clause_and_leaves_asides_out(text: str, told: str) -> None:
    assert line(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tom, the complaints about the clock went from 22 to 3.", "The complaints about the clock went from 22 to 3"),
        (
            "Team, our queue is at zero for the first time since May.",
            "Our queue is at zero for the first time since May",
        ),
        ("Harrow, the smallest of them, saved 40 hours.", "Harrow, the smallest of them, saved 40 hours"),
    ],
)
def test_a_line_speaks_to_nobody_by_name(text: str, told: str) -> None:
    summary, _ = summarise(
        stated=None, subject=None, words=text, note=None, is_note=False, addressed=frozenset({"tom"})
    )
    assert summary == told


def test_the_heading_of_our_own_update_is_no_news() -> None:
    assert "achieved since" not in line("Lovely, thank you.", "RE: What Pellworm has achieved since 3 May")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Can you send me everything about Trinity?", True),
        ("What did the Minster say last month?", True),
        ("Wer ist dort unser Ansprechpartner?", True),
        ("Please snooze Marram for 4 weeks: they are furious", True),
        ("Did you know? Trinity cut its repair time from 19 to 6 days!", False),
        ("Can you believe it, they renewed?", False),
        ("Please tell his boss that he saved our day. Without him the crane had stood still.", False),
        ("They asked: when do we start?", False),
        ("", False),
    ],
)
def test_a_note_that_only_asks_tells_nothing(text: str, asks: bool) -> None:
    assert only_asks(text) is asks


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "In the same quarter of last year we had five stops, some 32 hours. Ever since we use the alarms the mill has not stood still once.",
            "Ever since we use the alarms the mill has not stood still once",
        ),
        (
            "Quería contarte que desde que llegó la báscula no hemos perdido ni una sola caja.",
            "Desde que llegó la báscula no hemos perdido ni una sola caja",
        ),
        (
            "待ち時間が40分から5分になりました。夜間の作業にもお付き合いくださりありがとうございました。",
            "待ち時間が40分から5分になりました",
        ),
        (
            "Heute lief die tausendste Tür vom Band. Die Leute aus Halle 4 (Ute, Can) standen daneben.",
            "Heute lief die tausendste Tür vom Band",
        ),
        (
            "I can pass you on to Ada Brandt, who runs nine schools (a.brandt@schools.example).",
            "I can pass you on to Ada Brandt, who runs nine schools",
        ),
    ],
)
def test_what_was_before_names_with_numbers_and_addresses_are_no_headline(text: str, told: str) -> None:
    assert line(text) == told


def test_a_subject_with_a_day_in_it_says_no_outcome() -> None:
    assert "passed" in line("Fourteen of fourteen nurses passed the course.", "Training De Zwaan 20/10")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hi Ulla, we cut the heating bill by 18% since March.", "We cut the heating bill by 18% since March"),
        ("Just to say the crews love it and the radio is quiet.", "The crews love it and the radio is quiet"),
        ("Tel met Joris Aerts: ze gaan van 3 naar 9 sites", "Ze gaan van 3 naar 9 sites"),
        ("Wollen im Mai verlängern, 3 Jahre. Gruß B. Harms", "Wollen im Mai verlängern, 3 Jahre"),
        ("They halved the waste in 3 weeks, kan value 8", "They halved the waste in 3 weeks"),
    ],
)
def test_no_greeting_lead_in_farewell_or_value_stands_in_a_headline(text: str, told: str) -> None:
    assert note_line(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The bell ringers asked me to write. Before it was nine mails for one rehearsal, now it is none.",
            "The bell ringers asked me to write. Before it was nine mails for one rehearsal, now it is none",
        ),
        (
            "Oh and the kiln has a timer now. It saves us 12 hours a week.",
            "The kiln has a timer now. It saves us 12 hours a week",
        ),
        (
            "The blind choir found the hall alone. First time in 9 years that nobody had to wait at the gate.",
            "The blind choir found the hall alone. First time in 9 years that nobody had to wait at the gate",
        ),
        (
            "Spoke with Ada Brandt. It now takes six minutes. She means the roll call, an hour with paper.",
            "It now takes six minutes. She means the roll call, an hour with paper",
        ),
        (
            "Also our porters love it, no lost keys in 40 days.",
            "Our porters love it, no lost keys in 40 days",
        ),
        (
            "„Seit Mai ist keine Kiste mehr verloren gegangen. Danke an alle",
            "Seit Mai ist keine Kiste mehr verloren gegangen",
        ),
        (
            "Frau Lenz hat heute den Ofen gerettet. Ohne sie hätten wir 900 Brote wegwerfen müssen.",
            "Frau Lenz hat heute den Ofen gerettet. Ohne sie hätten wir 900 Brote wegwerfen müssen",
        ),
        (
            "Richten Sie bitte Frau Lenz meinen Dank aus. Um elf lief der Ofen in Halle 2 wieder.",
            "Um elf lief der Ofen in Halle 2 wieder",
        ),
        ("They love it. It cut their closing time by half. Keep it quiet.", "It cut their closing time by half"),
        (
            'Great call with Ada. She said: "We have not printed a single list since May."',
            'She said: "We have not printed a single list since May."',
        ),
        ("Just had to share this. The whole ward applauded when Ruth left.", "The whole ward applauded when Ruth left"),
        ("待ち時間が40分から5分になりました。感謝です。", "待ち時間が40分から5分になりました。感謝です"),
        (
            "Sie war 6 % vor euch, die Quote. Das Ziel des Konzerns war 2 %.",
            "Sie war 6 % vor euch, die Quote",
        ),
        (
            "gesproken met Joris. lege ritten van 40 naar 9 per week. zij laten het op de open dag zien",
            "Lege ritten van 40 naar 9 per week",
        ),
    ],
)
def test_a_headline_stands_alone_or_with_the_sentence_that_says_what_it_is_about(text: str, told: str) -> None:
    assert note_line(text) == told


@pytest.mark.parametrize(
    "leave",
    [
        "You can quote me on that!",
        "Sie dürfen mich gern zitieren!",
        "Vous pouvez me citer.",
        "Me puede citar.",
        "Pode citar-me.",
        "Può citarmi.",
        "Je mag me gerust citeren!",
        "Du får gärna citera mig!",
        "Możecie mnie zacytować.",
        "引用していただいて構いません。",
    ],
)
def test_leave_to_quote_is_never_the_headline(leave: str) -> None:
    assert only_permits(leave)
    assert line(f"{leave} Nina stayed with us until it ran.") == "Nina stayed with us until it ran"


def test_words_that_quote_somebody_are_news() -> None:
    assert not only_permits("They quote us 9 times in the yearly report of the whole harbour authority now.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wollen im Mai zwei Säle anschließen", "Tidewell: wollen im Mai zwei Säle anschließen"),
        ("Want to add two piers in May", "Tidewell: want to add two piers in May"),
        ("Plant 3 is live", "Plant 3 is live"),
        ("Haben wir noch Plätze im Kurs?", "Haben wir noch Plätze im Kurs?"),
        ("The piers are live", "The piers are live"),
    ],
)
def test_a_line_that_begins_with_its_verb_gets_the_customers_name(text: str, told: str) -> None:
    assert with_subject(text, "Tidewell") == told


def test_the_one_word_of_a_subject_is_better_than_no_line() -> None:
    assert line("", "Fwd: Regatta") == "Regatta"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hi, Nereus named us supplier of the year at the gala. Congratulations!",
            "Nereus named us supplier of the year",
        ),
        ("As promised.\n\nIt was lovely. Thank you!", "It was lovely"),
        ("Thanks!", "Nereus press"),
    ],
)
def test_a_subject_that_only_names_the_matter_gives_way_to_any_sentence(text: str, told: str) -> None:
    assert line(text, "Nereus press").startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Where do I find the export again? Second thing, no rush. The lads did the whole Dunmore job off the tablets, no paper at all, and the invoice went out the same afternoon. Usually that takes us ten days.",
            "The lads did the whole Dunmore job",
        ),
        (
            "Visit at the creamery, lunch 14 €, nice view. They now ship to all four depots without a single return. Ticket 5510 is still open.",
            "They now ship to all four depots",
        ),
        (
            "Invoice no. 4711 is paid. Since May nobody has had to come in on a Sunday.",
            "Since May nobody has had to come in",
        ),
    ],
)
def test_the_news_is_told_and_not_how_it_was_nor_the_occasion_nor_the_figures_of_small_talk(
    text: str, told: str
) -> None:
    assert told in line(text)


def test_the_weights_of_a_headline_are_those_its_training_prints() -> None:
    texts = headlines.read(Path(headlines.__file__).with_name("headlines.tsv"))
    assert len(texts) > 100
    shipped = [ranking.WEIGHTS[name] for name in headlines.NAMES]
    assert sum(is_right for _, is_right in headlines.chosen(texts, shipped)) >= 0.75 * len(texts)


def note(text: str, subject: str | None = None) -> str:
    return summarise(stated=None, subject=subject, words=None, note=text, is_note=True, parts=classify(text).parts)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "ok so i just came back from the yard and petra said that since they moved the slots to the phone the trucks wait"
            " ten minutes instead of an hour and her people want it for the second gate too also i need a new charger",
            "Since they moved the slots to the phone the trucks wait ten minutes instead of an hour",
        ),
        (
            "hi i spoke to the harbour master this morning he was in a hurry as always and he says the new berth plan is"
            " brilliant because the pilots find every ship without calling and they moved nine ships yesterday",
            "The new berth plan is brilliant because the pilots find every ship without calling",
        ),
    ],
)
def test_a_dictated_note_is_told_by_one_of_its_clauses(text: str, told: str) -> None:
    assert note(text) == told


def test_no_line_ends_where_a_clause_is_still_to_come() -> None:
    text = (
        "The list is far too slow, it takes 3 minutes to open the monthly one, and I do not think that"
        " we shall go on with the lists as they are now."
    )
    assert line(text) == "The list is far too slow, it takes 3 minutes to open the monthly one"


def test_a_line_does_not_begin_with_because() -> None:
    text = (
        "Saturday was the calmest day we have had in many years, the phones hardly ever rang because everybody simply books online"
        " now. we used to have 2 people just on phones and now none."
    )
    assert line(text) == "We used to have 2 people just on phones and now none"


def test_a_short_note_is_told_with_its_subject() -> None:
    assert note("2 yrs. 🎉", "Tidewell renewed!") == "Tidewell renewed! 2 yrs. 🎉"


# Small talk of about the length of the news, and the news in the middle of it.
MIXED = (
    "We had three people off with flu last week and it rained into the store. The stocktake was through by lunch all the same. "
    "My sister-in-law wants to see it for her shop in Leeds."
)


def test_where_the_choice_is_not_plain_other_lines_are_kept_beside_it() -> None:
    told, why = summarise(stated=None, subject=None, words=MIXED, note=None, is_note=False, parts=classify(MIXED).parts)
    assert 1 <= len(why.candidates) <= 2
    assert "The stocktake was through by lunch all the same" in (told, *why.candidates)
    assert told not in why.candidates


@pytest.mark.parametrize(
    "text", ["We cut our weekly planning from 6 hours to 40 minutes. See you soon.", "Lovely, thank you.", ""]
)
def test_where_it_is_plain_nothing_stands_beside_it(text: str) -> None:
    why = summarise(stated=None, subject=None, words=text, note=None, is_note=False, parts=classify(text).parts)[1]
    assert why.candidates == ()


def test_a_sentence_that_stands_there_twice_is_no_rival_of_itself() -> None:
    assert ranking.is_sure(["a", "b", "a"], [2.0, 0.0, 2.0])
    assert not ranking.is_sure(["a", "b", "c"], [2.0, 0.0, 2.0])


@pytest.mark.parametrize(
    "text",
    [
        "[25/11/2026, 18:04:12] Kit Aas: omg Mira\n[25/11/2026, 18:04:41] Kit Aas: 200 labels in the time we used to do 20\n[25/11/2026, 18:06:02] Mira: yessss",
        "25.11.26, 18:04 - Kit Aas: omg Mira\n25.11.26, 18:04 - Kit Aas: 200 labels in the time we used to do 20\n25.11.26, 18:06 - Mira: yessss",
    ],
)  # fmt: skip
def test_a_chat_that_was_copied_is_told_without_its_clock(text: str) -> None:
    assert note(text) == "200 labels in the time we used to do 20"


def test_how_it_was_takes_along_how_it_is() -> None:
    text = "The rota used to eat my whole Friday afternoon. Last Friday I was done before my tea was cold."
    assert line(text) == text.rstrip(".")
