"""A customer's words are chosen for a stranger's eyes and never changed."""

from __future__ import annotations

from datetime import date

import pytest

from mailwins.model import ShareableWin
from mailwins.understanding.measures import find_measures
from mailwins.updates.figures import numbers_of
from mailwins.updates.phrases import PHRASES, language_of
from mailwins.updates.words import as_sentence, best_words, in_marks


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hannah, fyi the board flagged the backlog two days early. We rerouted 9 loads.\n\nBen",
            "The board flagged the backlog two days early. We rerouted 9 loads.",
        ),
        (
            "\ufeffHi Priya,\n\nEvery crew is live now. Nobody rings at noon any more.\nMarisol R.",
            "Every crew is live now. Nobody rings at noon any more.",
        ),
        (
            "We saved 11 hours. Could you send the invoice? The team closed 30 cases without a call.",
            "We saved 11 hours. … The team closed 30 cases without a call.",
        ),
        ("Danke", "Danke"),
        (
            'My favourite sentence stays in: "Our night shift has its coffee break back."',
            '"Our night shift has its coffee break back."',
        ),
        ("Hannah,\n\nfyi the board works.\n\nBen", "The board works."),
        (
            "We rerouted nine containers through the other harbour and my boss asked if it was a\nTuesday. I said yes.\n\nBen",
            "We rerouted nine containers through the other harbour and my boss asked if it was a Tuesday.",
        ),
        (
            "Just thought you'd like to know the board made the Gazette. Picture attached. Thank you so much for everything you do for us!",
            "The board made the Gazette.",
        ),
        (
            "Buenos días, Lucía: Quería contarte que no hemos parado la línea ni una vez. ¡Mil gracias a todos!",
            "No hemos parado la línea ni una vez.",
        ),
        (
            "Un petit mot pour vous dire que le déploiement est terminé, avec trois semaines d'avance. Vous pouvez le publier sur votre site.",
            "Le déploiement est terminé, avec trois semaines d'avance.",
        ),
        (
            "See it live: https://safelinks.example/?url=x. We cut the queue from 40 to 3.",
            "We cut the queue from 40 to 3.",
        ),
    ],
)
def test_an_excerpt_has_no_addressee_no_sign_off_and_no_mark_at_its_ends(text: str, told: str) -> None:
    assert best_words(text, 300, names=("Hannah Reyes",)) == told


def test_what_was_said_is_never_changed_but_for_its_first_letter() -> None:
    text = "Hi Hannah, we run 14 depots on it now. The night shift asked for it first. Would you send me the plan? Nobody phones any more at noon, not one."
    flat = text.casefold()
    for piece in best_words(text, 300, names=("Hannah Reyes",)).split(" … "):
        assert piece.casefold() in flat


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "He said “this works” and left.", "“He said ‘this works’ and left.”"),
        ("de", 'Er sagte "das läuft".', "„Er sagte ‚das läuft‘.“"),
        ("fr", "Il dit « enfin » souvent.", "«\u00a0Il dit “enfin” souvent.\u00a0»"),
        ("es", "Dijo «por fin».", "«Dijo “por fin”.»"),
        ("en", '"Our night shift has its break back."', "“Our night shift has its break back.”"),
        ("fr", "« Enfin la même information. »", "«\u00a0Enfin la même information.\u00a0»"),
        ("en", '"Finally," she said, "it works."', "“‘Finally,’ she said, ‘it works.’”"),
        ("en", 'It says: "the shift has its break back.', "“It says: ‘the shift has its break back.’”"),
    ],
)
def test_quotation_marks_are_those_of_the_language_and_nest(language: str, text: str, told: str) -> None:
    assert in_marks(text, PHRASES[language].marks) == told


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("Average repair time is down from 19 days to 6 since April.", ["6 days|Average repair time|19 days"]),
        ("Rerouted 9 containers, saved us roughly $27k in demurrage.", ["roughly $27k|in demurrage|None"]),
        ("It went from 3 hours to 40 minutes.", []),
        ("Invoicing went from 3 hours to 40 minutes.", ["40 minutes|Invoicing|3 hours"]),
        ("We went from a 14% error to under 2%.", ["under 2%|error|14%"]),
        ("Billing questions fell from 24 in August to 6 in October.", ["6|Billing questions|24"]),
        ("Wir sparen damit rund 12 Stunden pro Woche.", ["rund 12 Stunden|pro Woche|None"]),
        ("C'est le résultat du trimestre : 11 % de rebuts en moins.", ["11 %|de rebuts en moins|None"]),
        ("We hebben 3 uur per week bespaard.", ["3 uur|per week|None"]),
        ("Ahorramos unas 20 horas por semana.", ["unas 20 horas|por semana|None"]),
        ("Das Tagesgeschäft dauert 40 Minuten statt 3 Stunden.", ["40 Minuten|Tagesgeschäft|3 Stunden"]),
        ("Die Fehlerquote sank von 4,8 % auf 1,2 %.", ["1,2%|Fehlerquote|4,8%"]),
        ("Wir brauchen für die Inventur jetzt 2 Stunden statt 9.", ["2 Stunden|Inventur|9 Stunden"]),
        ("Die Durchlaufzeit hat sich von 14 Tagen auf 5 Tage verkürzt.", ["5 Tage|Durchlaufzeit|14 Tage"]),
        ("Nous avons réduit les erreurs de 4,5 % à 1,2 %.", ["1,2%|erreurs|4,5%"]),
        ("Le temps de préparation est passé de 61 à 38 minutes.", ["38 minutes|temps de préparation|61 minutes"]),
        ("La tasa de errores ha pasado del 4,5 % al 1,2 %.", ["1,2%|tasa de errores|4,5%"]),
        ("De overdracht duurt nu 10 minuten in plaats van 35.", ["10 minuten|overdracht|35 minuten"]),
        ("Il tasso di errore è passato dal 4,8% all'1,2%.", ["1,2%|tasso di errore|4,8%"]),
        ("La chiusura richiede 4 giorni invece di 9.", ["4 giorni|chiusura|9 giorni"]),
        ("Adoption is at 88%, up from 61% in June.", ["88%|Adoption|61%"]),
        ("Our backlog is 12, down from 60.", ["12|backlog|60"]),
        ("日報の作成時間が一日40分から5分に短縮されました。", []),
        ("You saved me on Friday at 6. We saved 3.", []),
        ("The 2 of us are happy, 10 out of 10.", []),
    ],
)
def test_a_figure_is_a_number_whose_meaning_is_plain(words: str, figures: list[str]) -> None:
    win = ShareableWin(1, date(2026, 11, 1), words, True, None, None, find_measures(words))
    assert [f"{n.after}|{n.what}|{n.before}" for n in numbers_of(win)] == figures


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We have cut the queue and the crews love it."), ("de", "Wir haben die Warteschlange verkürzt und es läuft."), ("fr", "Nous avons réduit la file et c'est terminé pour les quatre sites."),
        ("es", "No hemos parado la línea ni una sola vez y todo va muy bien con los avisos."), ("nl", "We hebben voor het eerst alle karren zonder papier gereden en het was op tijd."), (None, "OK!"), (None, "満足度アンケート"),
    ],
)  # fmt: skip
def test_the_language_of_the_quotes_is_told_where_it_is_plain(language: str | None, text: str) -> None:
    assert language_of([text]) == language


@pytest.mark.parametrize(
    ("text", "end", "told"),
    [
        ("which depot should go first", "?", "Which depot should go first?"),
        ("a session in  December", ".", "A session in December."),
        ("Ready?", "?", "Ready?"),
    ],
)
def test_a_jotted_line_becomes_a_sentence(text: str, end: str, told: str) -> None:
    assert as_sentence(text, end) == told
