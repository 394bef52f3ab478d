"""A customer's sentence is told to her only where grammar makes it exact."""

from __future__ import annotations

from datetime import date

import pytest

from mailwins.updates.prose import to_prose

DAY = date(2026, 10, 14)  # a Wednesday


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        ("en", "we run fourteen depots on live routes now.", "You run fourteen depots on live routes now."),
        ("en", "The board flagged the backlog two days before the broker called us.", "The board flagged the backlog two days before the broker called you."),
        ("en", "All dispatchers did the drill on your platform, and we've finished early.", "All dispatchers did the drill on our platform, and you've finished early."),
        ("en", "The board made the Gazette this morning (page 5, with a photo of me).", "The board made the Gazette on 14 October."),
        ("en", "212 of our adjusters logged on this month (88%).", "212 of your adjusters logged on in October (88%)."),
        ("en", "The new board went live two weeks ago in every depot.", "The new board went live in late September in every depot."),
        ("en", "Our crews finished the course “Building our board” yesterday.", "Your crews finished the course “Building our board” on 13 October."),
        ("de", "Wir konnten 1’400 Laibe umlagern, bevor Schaden entstand.", "Sie konnten 1’400 Laibe umlagern, bevor Schaden entstand."),
        ("de", "In unserem Lager haben wir letzte Woche die Inventur halbiert.", "In Ihrem Lager haben Sie Anfang Oktober die Inventur halbiert."),
        ("fr", "le déploiement sur nos quatre sites est terminé ce matin.", "Le déploiement sur vos quatre sites est terminé le 14 octobre."),
        ("es", "La línea de nuestra planta no ha parado ni una vez este mes.", "La línea de su planta no ha parado ni una vez en octubre."),
        ("nl", "Onze karren rijden sinds vorige week allemaal zonder papier.", "Uw karren rijden sinds begin oktober allemaal zonder papier."),
    ],
)  # fmt: skip
def test_we_becomes_you_and_a_day_gets_its_date(language: str, said: str, told: str) -> None:
    assert to_prose(said, DAY, language) == told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I must say they are very happy with the new board."),
        ("en", "Since you rebuilt the export we have three clean Mondays."),
        ("en", "Rerouted 9 containers and saved us $27k in demurrage."),
        ("en", "That is the highest uptake of any training we ran."),
        ("en", "We will start with the second depot in December."),
        ("en", "We closed the books in four hours on Tuesday morning."),
        ("en", "Every crew is on live routes now, FINALLY done with paper."),
        ("en", "Every crew is on live routes now and it is great!"),
        ("en", "418 households and not one box to the wrong site."),
        ("en", "Our people logged in last week with the new key."),
        ("de", "Der Alarm hat uns letzte Woche um drei Uhr geweckt."),
        ("de", "Damit hat sich das System im Herbst bezahlt gemacht."),
        ("de", "Die Übergabe, die Sie gebaut haben, dauert 10 Minuten."),
        ("fr", "Nous avons terminé le déploiement sur les quatre sites."),
        ("es", "Desde que usamos los avisos no hemos parado la línea."),
        ("nl", "We hebben voor het eerst alle karren zonder papier gereden."),
        ("it", "Abbiamo finito tutti i turni prima di mezzogiorno."),
    ],
)
def test_what_only_the_speaker_can_say_or_what_would_not_be_exact_stays_a_quote(language: str, said: str) -> None:
    assert to_prose(said, DAY, language) is None


def test_a_sentence_that_a_thumb_typed_is_quoted_and_never_told_as_ours() -> None:
    assert (
        to_prose("Saturday morning was the calmest weve had in years with everybody booking online.", DAY, "en") is None
    )
    assert to_prose("The phones didnt ring once because everybody books online now.", DAY, "en") is None
