"""Praise, doubt and complaint told apart, and kinds that a company adds or people corrected."""

from __future__ import annotations

import pytest

from mailwins.config import Config, Kind
from mailwins.model import Reason, Source, Stance
from mailwins.understanding.classifier import Classified, Part, meanings
from mailwins.understanding.mood import UNSURE, category_of, offered, stance_of, unlikely_kinds

KINDS = Config().kinds

COMPLAINTS = [
    "Your trainer was charming, but the price labels have been wrong for a fortnight and nobody calls us back.",
    "Unless the backups run again by Thursday we will cancel the contract.",
    "Ihre Beraterin ist sehr nett, aber die Etiketten sind immer noch falsch und niemand ruft zurück.",
    "Votre équipe est aimable, mais les étiquettes sont toujours fausses et personne ne rappelle.",
    "Jullie zijn vriendelijk, maar de etiketten zijn nog steeds fout en niemand belt terug.",
    "Vuestra gente es amable, pero las etiquetas siguen mal y nadie devuelve la llamada.",
]
PRAISES = [
    "Not a single complaint from our drivers. Your team is wonderful, thank you!",
    "Nicht eine einzige Beschwerde im ganzen Jahr, herzlichen Dank an das Team!",
    "We love it. One small wish: bigger buttons. Thank you for everything!",
]

# Courtesy, irony and farewells, none of them a line of the training files: they may be asked about, but never pass for good news.
VEILED = [
    "We shan't be needing the moorings tool beyond Michaelmas, with thanks to all of you.",
    "I would be most grateful if someone could look at the broken lock list, for the fifth time of asking.",
    "Wir haben die Zusammenarbeit geschätzt, werden aber ab Herbst mit einem anderen Haus arbeiten.",
    "Dürfte ich höflich daran erinnern, dass der Ofenplan seit drei Wochen leer ist?",
    "Toll, seit dem Wochenende kommt jede Meldung doppelt.",
    "Nous avons apprécié nos échanges, mais nous ne poursuivrons pas au-delà de mars.",
    "Auriez-vous l'amabilité de nous dire quand la panne de mardi sera enfin réparée ?",
    "Les agradecemos el trato, pero no seguiremos con ustedes el próximo curso.",
    "Vi ringraziamo, ma dal prossimo anno ci affideremo ad altri.",
    "Agradecemos a atenção, mas no próximo ano seguimos com outra empresa.",
    "We danken jullie hartelijk, maar gaan na de zomer verder met een ander pakket.",
    "Vi tackar för tiden som varit men går vidare med en annan lösning i höst.",
    "Dziękujemy za wszystko, ale od jesieni pracujemy z kim innym.",
    "恐れ入りますが、先週の不具合の件はその後いかがでしょうか。まだ直っておりません。",
    "大変お世話になりましたが、来年度は別のサービスに移ることにいたしました。",
]


def kind_of(
    text: str, kinds: dict[str, Kind] | None = None, examples: tuple[tuple[str, str], ...] = ()
) -> tuple[str | None, Source, str]:
    kind, why = category_of(
        text, stated=None, tags=(), rating=None, is_review=False, categories=kinds or dict(KINDS), examples=examples
    )
    return kind, why.source, why.text


@pytest.mark.parametrize("text", COMPLAINTS)
def test_kind_words_around_a_complaint_leave_it_a_complaint(text: str) -> None:
    assert stance_of(text, None)[0] is Stance.COMPLAINT


@pytest.mark.parametrize("text", PRAISES)
def test_a_denied_complaint_and_a_small_wish_are_no_complaint(text: str) -> None:
    assert stance_of(text, None)[0] in (Stance.PRAISE, Stance.NEUTRAL)


@pytest.mark.parametrize("text", VEILED)
def test_courtesy_irony_and_farewells_never_pass_for_good_news(text: str) -> None:
    stance, reason = stance_of(text, None)
    assert stance in (Stance.COMPLAINT, Stance.DOUBT) or reason.confidence == UNSURE, f"{stance}: {reason.text}"


def test_the_reason_quotes_the_sentence_that_complains() -> None:
    text = "Thank you for the nice call. The exports are still broken and we are very disappointed."
    assert "still broken" in stance_of(text, None)[1].text


def test_a_corrected_win_changes_what_reads_like_it_and_removing_it_changes_it_back() -> None:
    corrected = "The harbour office now plans every berth with your calendar."
    again = "The harbour office now plans each berth with your calendar, says Ingrid."
    before = kind_of(again)
    taught = kind_of(again, examples=((corrected, "stakeholder"),))
    assert taught[:2] == ("stakeholder", Source.LEARNED)
    assert corrected[:40] in taught[2]
    assert before[0] != "stakeholder"


def test_a_kind_of_the_company_is_known_by_its_phrases_and_its_examples() -> None:
    own = Kind(
        "safety", "Safety", 6, "fewer accidents", ("near miss",), ("No accident at the sawmill for two hundred days.",)
    )
    kinds = {**KINDS, "safety": own}
    assert kind_of("They report one near miss less each week.", kinds)[0] == "safety"
    assert kind_of("No accident at the sawmill for three hundred days!", kinds)[0] == "safety"


@pytest.mark.parametrize(
    "text",
    [
        "Missed visits went from 11% to 3%. The phone has gone quiet.",
        "We finished the migration two weeks early and the night shift stopped calling. I was worried in May.",
    ],
)
def test_news_that_plainly_tells_a_win_is_never_hidden_as_a_doubt_without_asking(text: str) -> None:
    stance, reason = stance_of(text, None)
    assert stance in (Stance.PRAISE, Stance.NEUTRAL), reason.text


def test_a_milestone_of_the_team_is_only_suggested_where_a_customer_speaks_or_is_named() -> None:
    text = "Our own support team answered every ticket within the hour this week, a first. Cake at three, well done everybody!"
    free, _ = category_of(text, stated=None, tags=(), rating=None, is_review=False, categories=KINDS)
    named, why = category_of(
        text,
        stated=None,
        tags=(),
        rating=None,
        is_review=False,
        categories=KINDS,
        unlikely=unlikely_kinds(account="Acme", quote=None),
    )
    assert (free, named, why.candidates[0]) == ("milestone", None, "milestone")


def test_what_a_colleague_says_above_a_quote_settles_a_kind_the_quote_leaves_open() -> None:
    quote = "Signed, it is in the post. The smell has gone, customers say, and that means something in fish."
    above = "They renewed their contract for another three years and added seven seats."
    alone, why = category_of(quote, stated=None, tags=(), rating=None, is_review=False, categories=KINDS)
    assert alone is None
    assert "renewal_expansion" in why.candidates
    beside, reason = category_of(
        quote, stated=None, tags=(), rating=None, is_review=False, categories=KINDS, beside=above
    )
    assert beside == "renewal_expansion"
    assert "beside" in reason.text


@pytest.mark.parametrize(
    "text",
    [
        "Well done, brilliant job: the bell rang 13 times at noon and the whole village came running. Thanks a million.",
        "Marvellous. Only five failures since breakfast, that must be a record for you.",
        "You know we like you, and the course in May was excellent. But on Friday night the board failed for three hours, nobody could work, and that cannot happen here.",
    ],
)
def test_kind_words_that_may_be_meant_the_other_way_round_are_no_sure_praise(text: str) -> None:
    stance, why = stance_of(text, None)
    assert stance is not Stance.PRAISE
    assert stance is Stance.COMPLAINT or why.confidence == UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "Bravo to your team, the move went without a hitch and we saved forty hours.",
        "Thank you all. Nine sites in two days, and nobody had to stay late.",
        "What took three people the better part of three days took one of us four hours. FOUR HOURS. It even caught two loads that were billed double.",
        'First weekend: 0 "sorry, we are out of that" moments and Saturday was our best day since opening.',
    ],
)
def test_plain_praise_is_not_asked_about(text: str) -> None:
    assert stance_of(text, None)[0] is Stance.PRAISE


@pytest.mark.parametrize(
    "words",
    [
        "Your people were wonderful.",
        "Your trainer was excellent.",
        "The importer saved us two days, wonderful.",
        "The drivers love the app.",
        "The new screens are fantastic, love them.",
        "Ihre Schulung war ausgezeichnet.",
        "Ravi is a star.",
    ],
)
def test_a_short_compliment_is_praise(words: str) -> None:
    assert stance_of(words, None)[0] is Stance.PRAISE


@pytest.mark.parametrize(
    "words",
    [
        "Great service, three weeks of silence.",
        "Brilliant, another outage.",
        "Thanks for losing our data again",
        "Thanks for nothing.",
        "Well done, wrong invoice again",
        "The app is not great.",
        "Bravo, encore une panne.",
    ],
)
def test_a_kind_word_does_not_make_a_compliment_of_what_went_wrong(words: str) -> None:
    assert stance_of(words, None)[0] is not Stance.PRAISE


def test_wonderful_is_no_wondering() -> None:
    assert "worry" not in meanings(["wonderful"])
    assert "worry" in meanings(["i", "wonder", "whether"])


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "My brother dropped his spoon when he heard. Since May we pay 4,300 euros less each month for couriers.",
            "4,300 euros",
        ),
        (
            "Der Hund lag unter dem Tisch. Wir haben den Vertrag um drei Jahre verlängert. Bis bald im Hafen!",
            "Vertrag um drei Jahre",
        ),
        (
            "Quel temps ! Nous gagnons deux heures par jour sur les tournées. Ma fille vous salue.",
            "deux heures par jour",
        ),
    ],
)
def test_the_reason_of_a_kind_quotes_what_decided_and_not_an_aside(text: str, quoted: str) -> None:
    _, reason = category_of(text, stated=None, tags=(), rating=None, is_review=False, categories=KINDS)
    assert quoted in reason.text


def test_a_loss_told_softly_after_but_is_no_praise() -> None:
    text = (
        "The May course was a joy and your trainers are dear people. But on Monday two coaches left without their lists, "
        "because the page had not refreshed. You will see to it, as ever."
    )
    stance, why = stance_of(text, None)
    assert stance in (Stance.COMPLAINT, Stance.DOUBT) or why.confidence == UNSURE


def test_a_saving_is_among_the_kinds_offered_and_a_milestone_of_ours_only_where_nothing_reads_better() -> None:
    ranked = ["stakeholder", "milestone", "endorsement", "adoption", "value_realized"]
    saving = Classified((), (), parts=(Part("", ("hours", "less"), {}, {}),))
    assert offered(ranked, saving, frozenset({"milestone"})) == ("stakeholder", "endorsement", "value_realized")
    assert offered(ranked, Classified((), ()), frozenset({"milestone"})) == ("stakeholder", "endorsement", "adoption")


def test_the_reason_of_a_kind_never_quotes_a_greeting() -> None:
    text = "Guten Tag Frau Hold,\n\nohne Herrn Beck hätten wir 20.000 Liter wegkippen müssen."
    _, why = category_of(text, stated=None, tags=(), rating=None, is_review=False, categories=KINDS)
    assert "Guten Tag" not in why.text


@pytest.mark.parametrize(
    ("text", "headline", "kind"),
    [
        (
            "The depot opens in March and Carl is proud of his van. 41 of 44 drivers log in every day now. We have renewed the lease of the yard. Lovely to see you.",
            "41 of 44 drivers log in every day now.",
            "adoption",
        ),
        (
            "Thanks for lunch! Carl signed the renewal of the yard. You asked for a score from 0 to 10: a 9.",
            "You asked for a score from 0 to 10: a 9.",
            "nps_csat",
        ),
    ],
)
def test_what_the_headline_plainly_says_settles_what_the_rest_of_the_mail_leaves_open(
    text: str, headline: str, kind: str
) -> None:
    def told(line: str | None) -> tuple[str | None, Reason]:
        return category_of(text, stated=None, tags=(), rating=None, is_review=False, categories=KINDS, headline=line)

    assert told(None)[0] is None
    said, reason = told(headline)
    assert said == kind
    assert reason.text.startswith("its headline says")
    assert told("The depot opens in March.")[0] is None
