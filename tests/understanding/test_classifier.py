"""The shipped weights load, say the same every time, know what they do not know, and stay small."""

from __future__ import annotations

import math
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from mailwins.understanding import classifier
from mailwins.understanding.classifier import (
    BUCKETS,
    MAX_CHARS,
    NONE,
    SURE,
    classify,
    features,
    load,
    sentence_features,
)

ROOT = Path(__file__).parents[2]

KINDS = {
    "value_realized", "account_goal", "adoption", "stakeholder", "participation", "program", "high_value_task",
    "endorsement", "nps_csat", "referral", "renewal_expansion", "milestone", "olympics",
}  # fmt: skip
STANCES = {"praise", "neutral", "doubt", "complaint"}

# Languages nobody wrote training sentences in: whatever comes out must be a question, never an assertion.
UNKNOWN = [
    "Säästimme viime vuonna kaksisataa tuntia, kiitos erinomaisesta työkalusta!",
    "Geçen ay faturalama süremiz yarıya indi, ekibiniz harika.",
    "Az elmúlt negyedévben minden munkatársunk áttért az új rendszerre.",
    "Εξοικονομήσαμε πολύ χρόνο χάρη στην ομάδα σας.",
    "Мы продлили договор ещё на три года.",
    "우리 팀 모두가 매일 사용하고 있습니다.",
    "لقد وفرنا الكثير من الوقت بفضل فريقكم.",
]

# Plain cases, none of them a line of the training files: what the model must not lose when it is trained anew.
PLAIN = [
    ("We have signed the renewal for another three years and added 40 seats.", "renewal_expansion"),
    ("I recommended you to a colleague at another hospital, she would like an introduction.", "referral"),
    ("Wir haben Sie einem befreundeten Unternehmen empfohlen, es meldet sich bei Ihnen.", "referral"),
    ("De koppeling met onze boekhouding is live, de eerste import is gelukt.", "high_value_task"),
    ("Avtalet är förlängt och vi beställer tio extra licenser.", "renewal_expansion"),
    ("Klient podpisał przedłużenie umowy i zamówił dodatkowe licencje.", "renewal_expansion"),
]

MOODS = [
    ("Third outage this month, still no answer from support, this is unacceptable.", "complaint"),
    ("Der Fehler ist immer noch nicht behoben, das ist nicht hinnehmbar.", "complaint"),
    ("Thank you so much, your team is wonderful!", "praise"),
    ("Please find attached the minutes of the meeting.", "neutral"),
    ("Kunt u ons de notulen van de vergadering toesturen?", "neutral"),
]


def test_the_weights_fit_the_code_and_the_wheel() -> None:
    model = load()
    assert set(model.labels[: model.categories]) == KINDS
    assert model.labels[model.categories] == NONE
    assert set(model.labels[model.categories + 1 :]) == STANCES
    assert len(model.rows) == BUCKETS * len(model.labels)
    assert len(model.bias) == len(model.labels)
    assert set(model.moods) == STANCES
    assert Path(classifier.__file__).with_name("weights.bin").stat().st_size < 3_000_000


@pytest.mark.parametrize("text", ["", "12 %", "We love it!", "残業代が減りました。", *UNKNOWN, "word " * 20_000])
def test_every_answer_is_a_full_ranking(text: str) -> None:
    found = classify(text)
    for ranked, labels in ((found.categories, KINDS), (found.stances, STANCES)):
        assert {label for label, _ in ranked} == labels
        assert all(0 <= p <= 1 for _, p in ranked)
        assert [p for _, p in ranked] == sorted((p for _, p in ranked), reverse=True)
    assert sum(p for _, p in found.stances) == pytest.approx(1)


def test_work_is_bounded_however_long_the_text_is() -> None:
    word = "wonderful savings "
    once = word * (MAX_CHARS // len(word) + 1)
    assert features(once * 500) == features(once)
    assert classify(once * 500) == classify(once)


def test_another_process_answers_the_same() -> None:
    # Python salts its own hash in every process; the buckets must not hang on it.
    text = "We saved 200 hours in the dispatch office."
    code = f"from mailwins.understanding.classifier import classify; print(classify({text!r}))"
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert runs == {f"{classify(text)}\n"}


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_language_never_learned_is_never_asserted(text: str) -> None:
    assert classify(text).sure < SURE


@pytest.mark.parametrize(
    "text",
    [
        "We saved 200 hours (30%) in the dispatch office, not one complaint!",
        "残業代が三割減り、とても助かっています",
        "Straßenbahn łąka",
        "w" * 500,
    ],
)
def test_the_quick_sum_is_the_sum_over_the_features_that_were_trained(text: str) -> None:
    model = load()
    (sentence,) = classifier.sentences(text)
    found = sentence_features(sentence)
    slowly = [
        sum(model.rows[bucket * len(model.labels) + at] - 128 for bucket in found) for at in range(len(model.labels))
    ]
    scores, count = classifier.scores(classifier.see(sentence))
    assert count == len(found)
    norm = model.scale / math.sqrt(count)
    assert scores == pytest.approx([s * norm + b for s, b in zip(slowly, model.bias, strict=True)])


@pytest.mark.parametrize(("text", "kind"), PLAIN)
def test_plain_wins_are_among_the_first_three(text: str, kind: str) -> None:
    assert kind in [label for label, _ in classify(text).categories[:3]]


@pytest.mark.parametrize(("text", "stance"), MOODS)
def test_plain_moods(text: str, stance: str) -> None:
    assert classify(text).stances[0][0] == stance


def test_the_shipped_weights_were_made_from_these_sentences_and_this_lexicon() -> None:
    crc = 0
    for path in [
        *sorted((ROOT / "training" / "sentences").glob("*.tsv")),
        Path(classifier.__file__).with_name("concepts.txt"),
    ]:
        crc = zlib.crc32(path.read_bytes(), crc)
    assert load().training == crc, "run training/train.py again"
