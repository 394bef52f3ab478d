"""Values that everything else leans on."""

from __future__ import annotations

from mailwins.model import MOST_NEWEST, Contact, Directory


def test_a_directory_finds_each_contact_it_was_given_one_by_one_and_its_elder_stays_as_it_was() -> None:
    elder = directory = Directory(contacts=(Contact("Ann", "ann@a.example"),))
    for n in range(3 * MOST_NEWEST):
        directory = directory.with_contacts([Contact(f"P {n}", f"P{n}@a.example")])
    known = directory.with_contacts([Contact("Other", "p7@a.example"), Contact("Nobody", None)])
    assert known is directory
    assert [directory.contact(f"p{n}@A.example") for n in range(3 * MOST_NEWEST)] == list(directory.contacts[1:])
    assert directory.contact("ann@a.example") == elder.contacts[0]
    assert elder.contact("p0@a.example") is None
    assert elder.contacts == (Contact("Ann", "ann@a.example"),)
