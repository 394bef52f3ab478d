"""The mail a customer could forward: its subject says what they achieved or something plain, it stays short, in five languages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mailwins.app import load_templates
from mailwins.model import Address, ShareableWin
from mailwins.render import Renderer
from mailwins.understanding.measures import find_measures
from mailwins.updates.compose import MOST_WORDS, Plan, Signature, Update, compose
from mailwins.updates.phrases import PHRASES, called

SIGNATURE = Signature("Priya Raman", "Customer Success Manager", "Tidemark", "priya@tidemark.example")
LONG = "Every crew of our four depots is on live routes since Monday, two weeks ahead of the plan that Ben drew up in spring, and the team leads ran the training on their own. "


def win(number: int, words: str, *, is_quote: bool = True, said_by: str | None = "Dale Whitcomb") -> ShareableWin:
    return ShareableWin(
        number,
        date(2026, 9, number),
        words,
        is_quote,
        said_by if is_quote else None,
        "Dispatcher" if is_quote and said_by else None,
        find_measures(words),
    )


def written(*words: str, language: str = "en", plan: Plan = Plan(), **more: bool) -> Update:
    wins = [win(n, text, **more) for n, text in enumerate(words, 1)]
    update = compose(
        "Harbor & Pine",
        wins,
        since=date(2026, 8, 1),
        until=date(2026, 11, 24),
        recipient=Address("Marisol Reyes", "m@h.example"),
        signature=SIGNATURE,
        language=language,
        plan=plan,
    )
    assert update is not None
    return update


@pytest.mark.parametrize(
    ("words", "language", "subject"),
    [
        (
            "Average repair time is down from 19 days to 6.",
            "en",
            "Harbor & Pine: average repair time from 19 to 6 days",
        ),
        ("Missed visits went from 11% to 3%.", "en", "Harbor & Pine: missed visits from 11% to 3%"),
        (
            "Rerouted 9 containers, saved us roughly $27k in demurrage.",
            "en",
            "Harbor & Pine: roughly $27k saved in demurrage",
        ),
        ("The crews love it.", "en", "What Harbor & Pine has achieved since August"),
        ("Die Übergabe dauert jetzt 10 Minuten statt 35.", "de", "Harbor & Pine: Übergabe von 35 auf 10 Minuten"),
        ("Wir haben alle Schichten auf der Karte und es läuft.", "de", "Was Harbor & Pine seit August erreicht hat"),
        (
            "Le taux de rebuts est passé de 14 % à 3 % et nous sommes fiers.",
            "fr",
            "Harbor & Pine : taux de rebuts de 14 à 3 %",
        ),
        # Said in another language than the mail is in, a number would make a heading of both.
        (
            "The handover is down from 35 minutes to 10 and we are happy with it.",
            "de",
            "Was Harbor & Pine seit August erreicht hat",
        ),
        ("It went from 40 to 3 and that is that.", "en", "What Harbor & Pine has achieved since August"),
    ],
)
def test_the_subject_says_what_they_achieved_where_their_own_number_says_it(
    words: str, language: str, subject: str
) -> None:
    update = written(words, language=language)
    assert update.subject == subject
    assert update.heading.startswith(PHRASES[language].heading.split("{")[0])


@pytest.mark.parametrize(
    ("language", "until", "heading"),
    [
        ("en", date(2026, 11, 4), "What Harbor & Pine has achieved since 28 August"),
        ("de", date(2026, 11, 4), "Was Harbor & Pine seit dem 28. August erreicht hat"),
        ("fr", date(2026, 11, 4), "Ce que Harbor & Pine a accompli depuis le 28 août"),
        ("es", date(2026, 11, 4), "Lo que Harbor & Pine ha logrado desde el 28 de agosto"),
        ("nl", date(2026, 11, 4), "Wat Harbor & Pine sinds 28 augustus heeft bereikt"),
        ("en", date(2026, 11, 26), "What Harbor & Pine has achieved in the last three months"),
        ("de", date(2026, 11, 26), "Was Harbor & Pine in den letzten drei Monaten erreicht hat"),
        ("fr", date(2026, 11, 26), "Ce que Harbor & Pine a accompli ces trois derniers mois"),
        ("es", date(2026, 11, 26), "Lo que Harbor & Pine ha logrado en los últimos tres meses"),
        ("nl", date(2026, 11, 26), "Wat Harbor & Pine in de afgelopen drie maanden heeft bereikt"),
    ],
)
def test_the_beginning_is_told_as_its_language_wants_it(language: str, until: date, heading: str) -> None:
    update = compose(
        "Harbor & Pine",
        [win(1, "The crews love it.")],
        since=date(2026, 8, 28),
        until=until,
        recipient=None,
        signature=SIGNATURE,
        language=language,
    )
    assert update is not None
    assert update.heading == heading


def test_a_single_number_without_an_earlier_value_is_not_said_three_times() -> None:
    assert written("It saved us roughly $27k in demurrage.", "The crews love it.").figures == ()
    assert len(written("Missed visits went from 11% to 3%.", "The crews love it.").figures) == 1


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_nothing_is_left_to_fill_in_and_both_twins_say_the_same(language: str) -> None:
    update = written(
        "Missed visits went from 11% to 3%.",
        "The crews love it.",
        language=language,
        plan=Plan("a session in December", "which depot first", "Thursday at ten"),
    )
    done = Renderer(load_templates()).render("customer", {"mail": update})
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<(style|head)\b.*?</\1>", " ", done.html, flags=re.S)))
    for text in (done.text, shown):
        assert not re.search(r"[{}]|None|\bTODO\b|  \.|\s,", text)
    for part in (update.opening, update.closing, "A session in December.", "Which depot first?", "Thursday at ten."):
        assert " ".join(part.split()) in " ".join(done.text.split())
        assert part.replace("&", "&amp;").split("’")[0][:20] in shown.replace("’", "'") or part[:20] in shown


def test_it_stays_under_250_words_however_much_was_approved() -> None:
    update = written(
        *(LONG * 6 for _ in range(3)),
        plan=Plan("a session on winter planning with all depots " * 4, "which depot should go first " * 3),
    )
    assert update.words <= MOST_WORDS
    assert len(update.achievements) == len(update.win_ids)
    assert len(written(*(LONG * 40 for _ in range(3)), is_quote=False).achievements) == 1, (
        "what was written for the customer is never cut"
    )


def test_two_plain_wins_make_a_short_mail_without_padding() -> None:
    update = written("The crews love it.", "Nobody rings at noon any more.")
    assert 45 <= update.words <= 130
    assert update.figures == ()
    assert [a.words for a in update.achievements] == ["“The crews love it.”", "“Nobody rings at noon any more.”"]


def test_the_wins_of_an_update_are_those_it_shows() -> None:
    update = written(*(LONG * 2 for _ in range(5)))
    assert len(update.achievements) == len(update.win_ids) <= 3


@pytest.mark.parametrize(
    ("name", "language", "greeting"),
    [
        ("Marisol Reyes", "en", "Hi Marisol,"),
        ("Dr. Henning Brandt", "en", "Hi Henning,"),
        ("J. Smith", "en", "Hi J. Smith,"),
        ("森 由美子", "en", "Hi 森 由美子,"),
        ("Katrin Böhme", "de", "Guten Tag Katrin Böhme,"),
        ("Lucía Ibarra", "es", "Hola, Lucía:"),
        ("Holm ", "de", "Guten Tag,"),
        ("Frau Holm", "de", "Guten Tag Frau Holm,"),
        (" Jen ", "en", "Hi Jen,"),
        (None, "en", "Hello,"),
    ],
)
def test_nobody_is_greeted_by_a_title_or_half_a_name(name: str | None, language: str, greeting: str) -> None:
    update = compose("Acme", [win(1, "The crews love it.")], since=date(2026, 8, 1), until=date(2026, 11, 24), recipient=Address(name, "m@h.example"), signature=SIGNATURE, language=language)  # fmt: skip
    assert update is not None
    assert update.greeting == greeting


def test_a_company_is_called_as_people_call_it() -> None:
    for law, people in (("Nordwind Energie GmbH", "Nordwind Energie"), ("Acme, Inc.", "Acme"), ("Saga SE", "Saga"), ("Copperline Brewing Co.", "Copperline Brewing Co."), ("AG", "AG")):  # fmt: skip
        assert called(law) == people


def test_a_sentence_of_theirs_is_told_and_another_one_quoted() -> None:
    update = written(
        "63 of our officers completed the first course this month. That is the highest uptake of any training we ever ran."
    )
    (told,) = update.achievements
    assert told.prose == "63 of your officers completed the first course in September."
    assert told.words == "“That is the highest uptake of any training we ever ran.”"


def test_words_in_another_language_than_the_letter_are_quoted_and_never_told() -> None:
    update = written(
        "63 of our officers completed the first course this month. That is the highest uptake of any training we ever ran.",
        language="de",
    )
    assert update.achievements[0].prose is None
    assert update.figures == ()


def test_what_a_customer_says_of_a_colleague_of_ours_is_left_out_where_more_was_said() -> None:
    words = "Priya stayed with us through the whole weekend of the move and never complained. All four depots went live on Monday without one missed visit."
    assert written(words).achievements[0].words == "“All four depots went live on Monday without one missed visit.”"


def test_a_chart_tells_its_sentence_and_another_one_is_quoted() -> None:
    update = written(
        "Missed visits were 11% in May, 12% in June, 6% in July and 3% in August. Every crew of our four depots is on live routes now."
    )
    (told,) = update.achievements
    assert told.chart is not None
    assert told.words == "“Every crew of our four depots is on live routes now.”"
    done = Renderer(load_templates()).render("customer", {"mail": update})
    assert "May 11%   Jun 12%   Jul 6%   Aug 3%" in done.text
    assert all(f"{n}%" in done.html for n in (11, 12, 6, 3))


def test_words_typed_in_haste_are_cut_at_their_sentences_too() -> None:
    update = written(
        "hey nora!! quick one before i run into a meeting - the girls at reception love the new recall list, nobody has to chase paper anymore. ps did u get my cat pics??"
    )
    assert [a.words for a in update.achievements] == [
        "“The girls at reception love the new recall list, nobody has to chase paper anymore.”"
    ]


def test_a_swiss_customer_reads_no_sharp_s_and_her_own_marks() -> None:
    update = written("Wir konnten 1’400 Laibe umlagern, bevor Schaden entstanden ist.", language="de")
    assert update.regards == "Viele Grüsse"
    assert update.achievements[0].words.startswith("«Wir konnten")
    assert written("Wir konnten alle Laibe umlagern, bevor Schaden entstand.", language="de").regards == "Viele Grüße"


def test_what_stands_in_large_figures_is_told_first() -> None:
    update = written("All four depots went live without one missed visit.", "Missed visits went from 11% to 3%.")
    assert next(a.words for a in update.achievements) == "“Missed visits went from 11% to 3%.”"


def test_a_sentence_about_us_is_not_told_as_theirs() -> None:
    update = written("There is a whole chapter about your team. My boss said it is the most read post we ever had.")
    assert update.achievements[0].prose is None
