"""Who at the customer it was: names in notes, titles in signatures, addresses that lists and desks hide."""

from __future__ import annotations

import pytest

from mailwins.model import Account, Address, Contact, Directory, Member, Quoted
from mailwins.understanding.people import (
    contact_in_note,
    customer_in,
    customer_of_ticket,
    praised_in,
    role_in,
    to_contact,
    without_employer,
)

HARBOR = Account("Tidewell Ferries", ("tidewell.example",), ("Tidewell",), "ines@ours.example", "A")
DIRECTORY = Directory(
    (HARBOR,),
    (
        Member("Ines Vogt", ("ines@ours.example",), "CSM", "CS"),
        Member("Tomas Brandt", ("tomas@ours.example",), "Support", "Support"),
    ),
    (Contact("Greta Lund", "greta@tidewell.example", "Tidewell Ferries", "Fleet planner", learned=False),),
    frozenset({"ours.example"}),
)


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Mikkel Aas from Tidewell told me they stopped printing rosters.", "Mikkel Aas"),
        ("Mikkel Aas (Tidewell) was our guest at the webinar.", "Mikkel Aas"),
        ("From Mikkel at Tidewell on the phone just now: they love it", "Mikkel"),
        ("Tidewell QBR: the new COO (Mikkel Aas) stayed for the whole hour.", "Mikkel Aas"),
        ("Tidewell: their head of operations, Ruth Adeyemi, asked for her own login.", "Ruth Adeyemi"),
        ("Tidewell: mr pask, head of the crew school, is over the moon.", "Pask"),
        ("Tidewell / Len Pell\n\nHe gave our number to the yard next door.", "Len Pell"),
        ("Just off a call with Mikkel, Tidewell will renew.", "Mikkel"),
        ("Tidewell - Mikkel's team retired the last spreadsheet.", "Mikkel"),
        ("Tidewell hosted the user group, Mikkel did the demo himself.", "Mikkel"),
        ("April told me that Tidewell is down to one late sailing.", "April"),
        ("August completed the advanced course, the first at Tidewell.", "August"),
        ("Herr Dr. Aas von Tidewell hat mir geschrieben: alles läuft.", "Dr. Aas"),
        ("Mikkel hat uns gestern geschrieben, bei Tidewell läuft alles.", "Mikkel"),
        ("Bei Tidewell, so Mikkel, und die Nadia hat gesagt, es läuft.", "Nadia"),
        ("Mikkel m’a dit que Tidewell reste.", "Mikkel"),
        ("Mikkel nous a écrit : Tidewell reste.", "Mikkel"),
        ("Giulia mi ha raccontato che Tidewell imbarca in 9 minuti.", "Giulia"),
        ("Mikkel sa att Tidewell stannar.", "Mikkel"),
        ("L'équipe de Mikkel chez Tidewell a fini le déploiement.", "Mikkel"),
        ("Mikkel me dijo que en Tidewell ya nadie imprime nada.", "Mikkel"),
        ("Tidewell: aanlegtijd gehalveerd, zegt Mikkel Aas.", "Mikkel Aas"),
        ("Tidewell: imbarco in 9 minuti, dice Giulia Ferro.", "Giulia Ferro"),
        ("dzwoniła pani dyrektor Halina Lis, u Tidewell wszystko działa", "Halina Lis"),
        ("Kam heute per WhatsApp von Mikkel Aas: kein Stau mehr bei Tidewell.", "Mikkel Aas"),
        ("Tidewell, falei com a Doutora Célia: ninguém espera mais.", "Doutora Célia"),
        ("Ik kwam Henk tegen op de kade, bij Tidewell is geen boot meer te laat.", "Henk"),
        ("Bumped into Mikkel at the fair, Tidewell is down to 2 queues.", "Mikkel"),
        ("Giulia Ferro: 9/10. Tidewell is glad.", "Giulia Ferro"),
        ("Tidewell: 10/10 from Mikkel Aas, comment: never a queue.", "Mikkel Aas"),
        ("Tidewell stays, Dr. Pfeil told us on the phone.", "Dr. Pfeil"),
        ("Last Thursday Sister Agnes at Tidewell showed me the board.", "Sister Agnes"),
        ("Gail Prowse in estates just said yes to the beta at Tidewell.", "Gail Prowse"),
        ("On Monday Padraig Lyons at Tidewell introduced us to the harbour.", "Padraig Lyons"),
        ("Am 3. März hat Ute Detering bei den Tidewell-Werken verlängert.", "Ute Detering"),
        ("Tidewell: Ruth Adeyemi, the new head of operations there, brought her questions.", "Ruth Adeyemi"),
        ("Tidewell : Marc Aubert, le nouveau directeur là-bas, a tout lu.", "Marc Aubert"),
        ("A Leonor da Tidewell deu-nos 5 em 5.", "Leonor"),
        ("Tidewell: a Graça Pimenta é agora a responsável.", "Graça Pimenta"),
        ("Ya nadie imprime nada en Tidewell, lo que Joan se había propuesto.", "Joan"),
        ("Tidewell is down to one late boat. Lasse very chuffed.", "Lasse"),
        ("Tidewellの田辺様より電話あり。待ち時間がなくなりました。", "田辺"),
    ],
)
def test_the_person_a_note_tells_of_is_found(note: str, name: str) -> None:
    found = contact_in_note(note, HARBOR, DIRECTORY)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "note",
    [
        "Tidewell renewed for three years.",
        "Usage is up 40 % at Tidewell since March.",
        "Ines Vogt told me Tidewell is happy.",
        "Everyone at Tidewell loves the new board.",
        "Tidewell Ferries: 9/10. “Never better.”",
        "Nobody in sales said yes. The message from Tidewell came on Monday.",
        "Nachricht von Nordsee Energie, auch Tidewell ist dabei.",
        "Tidewell: お客様は喜んでいます。皆様によろしく。",
        "Adoption was slow, now it is at 90 %. Tidewell did that in August.",
        "May was the best month for Tidewell so far.",
        "Das neue Dashboard hat uns bei Tidewell viel Zeit gespart.",
        "Bei Tidewell ist die Fehlerquote auf zwei Prozent gesunken.",
        "Gestern kam die Umstellung, der Export ist bei Tidewell jetzt schnell.",
        "Tidewell freut sich, unsere neue Lösung hat 40 Stunden gespart.",
        "Tidewell : le Planning nous a fait gagner deux heures.",
        "Tidewell: il Cruscotto mi ha fatto risparmiare un giorno.",
        "Tidewell: Training finished, Finance signed.",
        "Reports just work now, says the dispatcher.",
        "On Monday everyone at Tidewell was on it.",
        "Tidewell, the new owner of the quay, is on it too.",
        "Im März hat die Einführung bei den Tidewell-Werken begonnen.",
        "Tidewell : le nouveau Planning est en service, le Portail était lent.",
        "Tidewell: o novo Painel é rápido.",
        "All very happy at Tidewell. Really pleased.",
    ],
)
def test_no_person_is_invented_where_a_note_names_none(note: str) -> None:
    assert contact_in_note(note, HARBOR, DIRECTORY) is None


def test_a_title_beside_the_name_becomes_the_role() -> None:
    found = contact_in_note("Tidewell QBR: the new COO (Mikkel Aas) stayed.", HARBOR, DIRECTORY)
    assert found is not None
    assert (found.name, found.role) == ("Mikkel Aas", "COO")


def test_a_contact_who_is_known_brings_address_and_role() -> None:
    found = contact_in_note("Greta says the rosters are done by nine.", HARBOR, DIRECTORY)
    assert found is not None
    assert (found.name, found.address, found.role) == ("Greta Lund", "greta@tidewell.example", "Fleet planner")


@pytest.mark.parametrize(
    ("signature", "name", "role"),
    [
        (
            "Ruth Adeyemi\nHead of Operations | Tidewell Ferries\nT +47 22 33 44 55",
            "Ruth Adeyemi",
            "Head of Operations",
        ),
        ("Ruth Adeyemi, Fleet Manager\nTidewell", "Ruth Adeyemi", "Fleet Manager"),
        ("Ruth Adeyemi - Directrice des opérations", "Ruth Adeyemi", "Directrice des opérations"),
        (
            "Mit freundlichen Grüßen\nRuth Adeyemi\nLeiterin Disposition\nTidewell GmbH",
            "Ruth Adeyemi",
            "Leiterin Disposition",
        ),
        ("佐藤 花子\n運行管理 部長", "佐藤 花子", "運行管理 部長"),
        ("Ruth\nSent from my phone", "Ruth Adeyemi", None),
        ("Ruth Adeyemi\nTidewell Ferries\n+47 22 33 44 55\nruth@tidewell.example", "Ruth Adeyemi", None),
    ],
)
def test_a_signature_gives_the_role_and_nothing_else(signature: str, name: str, role: str | None) -> None:
    assert role_in(signature, name) == role


@pytest.mark.parametrize(
    ("printed", "name", "address"),
    [
        (Address("'Ruth Adeyemi' via Customer Success", "cs@ours.example"), "Ruth Adeyemi", None),
        (Address("Ruth Adeyemi über Kundenteam", "cs@ours.example"), "Ruth Adeyemi", None),
        (Address("Adeyemi, Ruth", "ruth@tidewell.example"), "Ruth Adeyemi", "ruth@tidewell.example"),
        (Address("Adeyemi, Ruth (Tidewell)", "ruth@tidewell.example"), "Ruth Adeyemi", "ruth@tidewell.example"),
        (Address(None, "ruth@tidewell.example"), None, "ruth@tidewell.example"),
    ],
)
def test_names_that_lists_and_directories_mangle_are_put_right(
    printed: Address, name: str | None, address: str | None
) -> None:
    found = to_contact(printed, None)
    assert found is not None
    assert (found.name, found.address) == (name, address)


def _message(author: str, words: str, to: str = "greta@tidewell.example") -> Quoted:
    return Quoted(author=Address(None, author), to=(Address(None, to),), words=words)


def test_who_only_passes_on_a_message_is_not_its_author() -> None:
    boss = _message("boss@tidewell.example", "Best season start we ever had.")
    outer = Quoted(
        author=Address(None, "greta@tidewell.example"), words="FYI, from our boss. See below!", nested=(boss,)
    )
    assert customer_in(outer, DIRECTORY, frozenset()) == boss


def test_who_says_something_herself_stays_the_author() -> None:
    boss = _message("boss@tidewell.example", "Can you send me the numbers?")
    outer = Quoted(
        author=Address(None, "greta@tidewell.example"),
        words="Late sailings fell from 31 to 4 this spring.",
        nested=(boss,),
    )
    assert customer_in(outer, DIRECTORY, frozenset()) is outer


def test_an_answer_to_us_passes_nothing_on() -> None:
    earlier = _message("boss@tidewell.example", "We would like to see the roster view.", to="ines@ours.example")
    outer = Quoted(author=Address(None, "greta@tidewell.example"), words="Perfect, thank you!", nested=(earlier,))
    assert customer_in(outer, DIRECTORY, frozenset()) is outer


def test_the_newest_turn_of_the_customer_counts_in_a_ticket_mail() -> None:
    text = (
        "##- Please type your reply above this line -##\n\nTicket #12\n\n----------------------------------------------\n\n"
        "Ruth Adeyemi, Nov 11, 2026, 09:12 PST\n\nAll clean now, best support ever.\n\n----------------------------------------------\n\n"
        "Tomas Brandt (Our Support), Nov 11, 2026, 08:47 PST\n\nCould you check?\n\nThis email is a service from Our Support."
    )
    found = customer_of_ticket(Quoted(author=Address("Our Support", "support@ours.example"), words=text), DIRECTORY)
    assert found is not None
    assert (found.author.name, found.words) == ("Ruth Adeyemi", "All clean now, best support ever.")


def test_a_mail_between_rules_that_is_no_ticket_is_left_alone() -> None:
    text = "Our menu\n--------------------\nRuth, Nov 11, 2026, 09:12\n\nSoup"
    assert customer_of_ticket(Quoted(author=Address("Kitchen", "kitchen@ours.example"), words=text), DIRECTORY) is None


@pytest.mark.parametrize(
    ("text", "praised"),
    [
        ("Tomas saved our weekend.", ("Tomas Brandt",)),
        ("Ines Vogt und Tomas haben uns toll geholfen.", ("Ines Vogt", "Tomas Brandt")),
        ("I asked Tomas for the file.", ()),
        ("Merci à Tomas, quelle patience !", ("Tomas Brandt",)),
        ("Das Team ist begeistert, weil Herr Brandt so geduldig war.", ("Tomas Brandt",)),
        ("Un grand merci à Madame Vogt.", ("Ines Vogt",)),
        ("Danke, auch an die Firma Brandt nebenan.", ()),
    ],
)
def test_colleagues_are_praised_only_in_sentences_of_praise(text: str, praised: tuple[str, ...]) -> None:
    assert praised_in(text, DIRECTORY) == praised


@pytest.mark.parametrize(
    ("shown", "signature", "name"),
    [
        ("Holm, Annegret Dr.", None, "Annegret Holm"),
        ("Bev T", "Bev Tremlett\nPractice Manager", "Bev Tremlett"),
        ("Bev T", "Ruth Tremlett", "Bev T"),
    ],
)
def test_a_name_from_an_address_book_is_the_name_people_use(shown: str, signature: str | None, name: str) -> None:
    contact = to_contact(Address(shown, "x@tidewell.example"), signature)
    assert contact
    assert contact.name == name


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Hablé hoy con Jordi de Tidewell, dice que han reducido la merma un 30%.", "Jordi"),
        ("Quedé ayer con Jordi de Tidewell y están encantados.", "Jordi"),
        ("Sprach mit Ruth von Tidewell, sie sparen einen Tag.", "Ruth"),
        ("Kaffee mit Ruth von Tidewell: sie sparen einen Tag.", "Ruth"),
        ("Gebeld met Ruth van Tidewell, ze zijn blij.", "Ruth"),
        ("tel met Stijn v Tidewell gisteren, super content", "Stijn"),
        ("J'ai parlé avec Hélène de Tidewell, elle est ravie.", "Hélène"),
        ("Parlato con Paola di Tidewell, contentissima.", "Paola"),
        ("Falei com Rui da Tidewell, estão contentes.", "Rui"),
        ("Pratade med Sven på Tidewell, de är nöjda.", "Sven"),
        ("Rozmawiałam z Danutą z Tidewell, są zadowoleni.", "Danutą"),
        ("Spoke with Ruth at Tidewell, they save a day.", "Ruth"),
        ("Spoke to Ruth today, Tidewell saves a day.", "Ruth"),
    ],
)
def test_whom_a_colleague_spoke_with_said_it_and_not_her_verb(note: str, name: str) -> None:
    found = contact_in_note(note, HARBOR, DIRECTORY)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "note",
    ["Tidewell: Chefin sagt, es läuft.", "Sprach gestern lange, Tidewell ist froh.", "Klant zei: top, Tidewell."],
)
def test_a_verb_or_a_post_is_nobody_s_name(note: str) -> None:
    assert contact_in_note(note, HARBOR, DIRECTORY) is None


@pytest.mark.parametrize(
    ("text", "praised"),
    [
        ("Beste Ines, dankzij jullie sms was ik er binnen 10 minuten.", ()),
        ("Dag Ines\nSuper, dank aan iedereen.", ()),
        ("Dear Ines and Tomas, thanks to the alarm we saved it all.", ()),
        ("Liebe Frau Vogt, danke, es läuft.", ()),
        ("Hola Ines: gracias a la alarma lo salvamos todo.", ()),
        ("Hi Ines, Tomas was a great help.", ("Tomas Brandt",)),
        ("Thanks Ines, you saved us!", ("Ines Vogt",)),
        ("Beste Ines, bedankt. Zeg Tomas dat hij top is.", ("Tomas Brandt",)),
    ],
)
def test_who_is_only_greeted_is_not_praised(text: str, praised: tuple[str, ...]) -> None:
    assert praised_in(text, DIRECTORY) == praised


@pytest.mark.parametrize(
    ("role", "alone"),
    [
        ("Director — Tidewell Ferries", "Director"),
        ("Head of Crews at Tidewell", "Head of Crews"),
        ("Chef de bord, Tidewell", "Chef de bord"),
        ("Director, Tidewell Holding", "Director, Tidewell Holding"),
        ("Tidewell", "Tidewell"),
    ],
)
def test_a_post_does_not_repeat_the_customer_s_name(role: str, alone: str) -> None:
    assert without_employer(role, HARBOR) == alone


def test_a_vet_who_owns_her_practice_has_a_post() -> None:
    assert role_in("Dr. Grit Aas\nTierärztin, Inhaberin\n\nTidewell GbR", "Grit Aas") == "Tierärztin, Inhaberin"
