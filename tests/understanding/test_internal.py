"""What colleagues write for colleagues: remarks about a customer, "not for the customer", pleas for confidence; in ten languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailwins.mime import decode
from mailwins.model import Decoded, Reason, Source, Visibility, Win
from mailwins.parsers import read_message
from mailwins.understanding import Facts, judge
from mailwins.understanding.internal import cue_for_customer, cue_of_confidence, plea_above, split_internal
from mailwins.updates.wall import LeftOut, kept_from
from tests.directory import read_directory
from tests.understanding.score import policy_for

STORY = "Osei Electrical closed the audit in one day."
REMARKS = [
    "Don't tell the customer: they are far behind with paying.",
    "NB not for customer eyes - she hates her boss.",
    "The customer must not know that we are short of staff.",
    "Please never mention to the client that we gave a discount.",
    "Nicht dem Kunden sagen: sie sind mit der Zahlung weit zurück.",
    "Bitte dem Kunden nichts davon sagen, sie zahlen spät.",
    "Nicht für den Kunden bestimmt: der Einkäufer geht im März.",
    "Der Kunde darf das nicht wissen, wir haben uns verrechnet.",
    "Ne pas dire au client : ils paient très en retard.",
    "Pas pour le client, la directrice part en mars.",
    "Ne parlez surtout pas de la remise au client.",
    "No decir al cliente: van muy atrasados con el pago.",
    "No se lo digáis al cliente, van con retraso.",
    "Esto no es para el cliente: el jefe se va.",
    "Não dizer ao cliente: estão atrasados no pagamento.",
    "Não é para o cliente, o chefe vai sair.",
    "Non dire al cliente: sono in ritardo con i pagamenti.",
    "Non ancora per il cliente, il capo se ne va.",
    "Niet tegen de klant zeggen: ze betalen veel te laat.",
    "De klant mag dit niet weten, de inkoper vertrekt.",
    "Zeg dit niet tegen de klant, ze betalen laat.",
    "Säg inte till kunden: de betalar för sent.",
    "Inte för kunden, chefen slutar i mars.",
    "Nie mówić klientowi: bardzo zalegają z płatnością.",
    "Nie dla klienta, szef odchodzi w marcu.",
    "お客様には言わないでください。支払いが遅れています。",
    "先方には内緒です。担当者が退職します。",
]


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_remark_that_is_not_for_the_customer_leaves_the_story(remark: str, between: str) -> None:
    assert split_internal(f"{STORY}{between}{remark}") == (STORY, remark)
    assert cue_for_customer(remark)


@pytest.mark.parametrize("remark", REMARKS)
def test_what_follows_such_a_remark_in_its_paragraph_goes_with_it_and_the_next_paragraph_stays(remark: str) -> None:
    story, internal = split_internal(f"{STORY} {remark} Ask me why.\nI know.\n\nThey will open a second site.")
    assert story == f"{STORY}\n\nThey will open a second site."
    assert internal == f"{remark} Ask me why.\nI know."


@pytest.mark.parametrize(
    "aside",
    ["(niet aan de klant tonen, An is moeilijk)", "(not for the client, he is difficult)", "(intern: An is moeilijk)"],
)
def test_a_remark_in_brackets_leaves_the_sentence_around_it(aside: str) -> None:
    assert split_internal(f"They saved a day {aside} and a night.") == (
        "They saved a day and a night.",
        aside.strip("()"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "We did not tell the customer and they found the report by themselves.",
        "They no longer have to call their clients twice.",
        "Der Kunde ist nicht mehr nachts im Büro.",
        "Le client ne perd pas de temps.",
        "El cliente no tuvo ninguna incidencia.",
        "Il cliente non ha più errori.",
        "De klant belt niet meer elke dag.",
        "Kunden ringer inte längre varje dag.",
        "Klient nie ma już błędów.",
        "お客様には大変喜んでいただきました。",
        "Not only for the customer a relief: nobody works on Saturday.",
    ],
)
def test_what_happened_at_a_customer_is_no_remark(text: str) -> None:
    assert split_internal(text) == (text, None)
    assert cue_of_confidence(text) is None


def test_of_a_note_of_one_sentence_the_part_before_the_remark_is_the_story() -> None:
    assert split_internal("Osei renewed for two years, don't tell the customer yet") == (
        "Osei renewed for two years",
        "don't tell the customer yet",
    )


PLEAS = [
    "Please keep this confidential, not signed yet!",
    "Not signed yet, keep it to yourself",
    "Bitte vertraulich, noch nicht unterschrieben!",
    "Bitte für dich behalten",
    "Bitte nicht weitererzählen.",
    "Confidentiel svp, pas encore signé",
    "Pas encore public",
    "Gardez ça pour vous",
    "Confidencial por favor, todavía no está firmado",
    "Aún no es oficial, no lo comentes",
    "Confidencial, ainda não é oficial",
    "Riservato, non ancora firmato",
    "Non è ancora pubblico",
    "Vertrouwelijk aub, nog niet getekend",
    "Hou het nog even voor jezelf",
    "Konfidentiellt, inte påskrivet än",
    "Poufne, jeszcze niepodpisane",
    "Zachowaj to dla siebie",
    "社外秘でお願いします",
    "まだ内密にお願いします",
]


@pytest.mark.parametrize("plea", PLEAS)
def test_a_plea_above_a_forward_is_for_all_of_it(plea: str) -> None:
    assert plea_above(plea)
    assert plea_above(f"Great news from Osei! {plea}")


@pytest.mark.parametrize(
    "remark",
    [
        "Between us: he was never going to get the budget through.",
        "Unter uns gesagt, er zahlt zu spät.",
        "Entre nous : il part en mars.",
        "Not confidential, tell everybody.",
        "Nicht vertraulich, gern weitererzählen.",
        "Don't tell the customer about the discount.",
        "Pas encore pour le client, le directeur n'a pas validé les chiffres.",
    ],
)
def test_a_remark_for_colleagues_is_no_plea_for_all_of_it(remark: str) -> None:
    assert plea_above(remark) is None


def test_a_mail_says_who_sees_its_win_and_why(tmp_path: Path) -> None:
    company = Company(tmp_path)
    private = company.win("Bitte vertraulich, noch nicht unterschrieben!", FORWARD)
    assert private.visibility is Visibility.PRIVATE
    assert "“vertraulich”" in private.reasons["visibility"].text
    assert "reply “internal”" in private.reasons["visibility"].text

    held = company.win("A garder. Pas encore pour le client, le directeur n'a pas validé les chiffres.", FORWARD)
    assert held.visibility is Visibility.INTERNAL
    assert "“Pas encore pour le client”" in held.reasons["visibility"].text
    assert kept_from(held) == LeftOut(held.id, held.summary, "a colleague wrote “Pas encore pour le client”")

    # Who says "share" when the director has seen it lifts what was only put off.
    shared = replace(
        held, visibility=Visibility.SHAREABLE, reasons={"visibility": Reason(Source.PERSON, "you said so.")}
    )
    assert kept_from(shared) is None


def test_an_internal_remark_of_a_note_is_in_no_digest_line(tmp_path: Path) -> None:
    win = Company(tmp_path).win(
        "Hablé hoy con Jordi de Osei Electrical, dice que han reducido la merma un 30%.\n\nNo decir al cliente: van muy atrasados.",
    )
    assert win.internal_note == "No decir al cliente: van muy atrasados."
    assert "atrasados" not in f"{win.note} {win.summary}"
    assert win.visibility is Visibility.INTERNAL


FORWARD = """
---------- Forwarded message ---------
From: Hélène Marchand <helene@osei.example>
Date: Fri, 6 Nov 2026 at 16:41
Subject: results
To: Ana Sousa <ana@tidemark.example>

Bonjour Ana, nous avons réduit les pertes de 12 poches à 2 poches par mois depuis juin.
Hélène
"""


class Company:
    """Two accounts, one CSM; a mail of hers becomes a win."""

    def __init__(self, folder: Path) -> None:
        (folder / "accounts.csv").write_text("name,domains\nOsei Electrical,osei.example\nKestrel,kestrel.example\n")
        (folder / "people.csv").write_text("name,email,role\nAna Sousa,ana@tidemark.example,csm\n")
        self.directory = read_directory(folder, frozenset({"tidemark.example"}))

    def win(self, text: str, below: str = "") -> Win:
        now = datetime(2026, 11, 9, 9, tzinfo=UTC)
        raw = (
            "Authentication-Results: mx.tidemark.example; dmarc=pass header.from=tidemark.example\n"
            "From: Ana Sousa <ana@tidemark.example>\nTo: wins@tidemark.example\nSubject: Fwd: results\n"
            f"Date: Mon, 09 Nov 2026 09:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}\n{below}"
        )
        policy = policy_for("tidemark.example")
        message = decode(raw.encode())
        decoded = Decoded(message, read_message(message, own=policy.own_addresses))
        (win,) = judge(decoded, Facts(self.directory, policy, "a" * 64, now, now, ())).wins
        return win


@pytest.mark.parametrize(
    "joke",
    [
        "(Colin says we should frame it and charge admission lol)",
        "(wahrscheinlich war er betrunken, haha)",
        "(il devait être de bonne humeur, mdr)",
        "(will wohl Rabatt ;-))",
        "（きっと酔っていたのでしょう笑）",
    ],
)
def test_a_joke_in_brackets_is_no_part_of_the_story(joke: str) -> None:
    story, aside = split_internal(f"{STORY} {joke} They thank Ana.")
    assert story is not None
    assert aside is not None
    assert joke.strip("()（）")[:15] not in story
    assert joke.strip("()（）")[:15] in aside


def test_brackets_that_tell_figures_stay_in_the_story() -> None:
    assert split_internal(f"{STORY} (It took four before.)") == (f"{STORY} (It took four before.)", None)
