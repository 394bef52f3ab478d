"""A company's own kind, corrections that teach, examples that can be read and removed, and what a change would do to history."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mailwins.cli import cli

CONFIG = """
[company]
name = "Tidewise"
domains = ["tidewise.example"]
timezone = "UTC"

[directory]
accounts = "accounts.csv"
people = "people.csv"

[roles]
csm = ["csm"]
manager = ["manager"]
"""
OWN_KIND = """
[categories.safety]
name = "Safer work"
default_value = 9
description = "fewer accidents or injuries at work"
examples = ["No accident at the quarry for two hundred days."]
"""
NOTES = (
    "Otterholt Quarries: no accident at the quarry for three hundred days!",
    "Brackwater Ferries told me that injuries on the car deck fell from nine to two, fewer accidents all round.",
    "Otterholt Quarries: the blasting crew now plans every shift on the board without being asked.",
    "Otterholt Quarries: the drilling crew plans every shift on the board too, without being asked.",
)


class Company:
    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.folder = folder
        (folder / "accounts.csv").write_text(
            "name,domains,csm\nBrackwater Ferries,brackwater.example,lena@tidewise.example\nOtterholt Quarries,otterholt.example,lena@tidewise.example\n"
        )
        (folder / "people.csv").write_text(
            "name,email,role,team\nLena Moor,lena@tidewise.example,csm,Customer Success\n"
        )
        (folder / "config.toml").write_text(config)
        mails = folder / "mails"
        mails.mkdir()
        for number, note in enumerate(NOTES, 1):
            head = f"From: Lena Moor <lena@tidewise.example>\nTo: wins@tidewise.example\nSubject: news {number}\nDate: Mon, 0{number} Mar 2026 09:00:00 +0000\nMessage-ID: <{number}@tidewise.example>\n"
            (mails / f"{number}.eml").write_text(
                f"{head}Content-Type: text/plain; charset=utf-8\n\n{note}\n", encoding="utf-8"
            )
        self.run("import", str(mails))

    def run(self, *arguments: str) -> str:
        done = CliRunner().invoke(cli, ["--config", str(self.folder / "config.toml"), *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*arguments, "--json").splitlines()]

    def would_become(self) -> dict[int, str | None]:
        return {row["id"]: row["now"] for row in self.rows("reclassify", "--dry-run")}

    def kinds(self) -> dict[int, str | None]:
        return {row["id"]: row["category"] for row in self.rows("wins", "list")}


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def test_a_new_kind_shows_what_it_would_do_to_history_before_it_does_anything(company: Company) -> None:
    before = company.kinds()
    assert company.would_become() == {}
    (company.folder / "config.toml").write_text(CONFIG + OWN_KIND)
    assert company.would_become()[1] == "safety"
    assert company.kinds() == before
    assert [(e["id"], e["category"]) for e in company.rows("examples", "list")] == [(None, "safety")]


def test_words_of_a_description_make_the_kind_a_suggestion_and_no_more(tmp_path: Path) -> None:
    company = Company(tmp_path, CONFIG + OWN_KIND)
    win = json.loads(company.run("wins", "show", "2", "--json"))
    assert win["category"] is None
    assert win["reasons"]["category"]["candidates"][0] == "safety"
    assert "Safer work" in company.run("wins", "show", "2")


def test_a_correction_by_command_becomes_an_example_that_teaches_and_can_be_removed(company: Company) -> None:
    before = company.kinds()[4]
    company.run("wins", "edit", "3", "category stakeholder")
    (example,) = company.rows("examples", "list")
    assert (example["category"], "blasting crew" in example["text"]) == ("stakeholder", True)
    assert company.would_become()[4] == "stakeholder"
    company.run("examples", "remove", str(example["id"]))
    assert company.rows("examples", "list") == []
    assert company.would_become().get(4, before) == before


def test_undoing_or_repeating_a_correction_leaves_no_example_of_what_no_longer_holds(company: Company) -> None:
    company.run("wins", "edit", "3", "category stakeholder")
    company.run("wins", "edit", "3", "category referral")
    assert [e["category"] for e in company.rows("examples", "list")] == ["referral"]
    company.run("wins", "edit", "3", "undo")
    assert "referral" not in [e["category"] for e in company.rows("examples", "list")]


@pytest.mark.parametrize("words", ["kind is Safer work", "category safety", "kind: Safer work"])
def test_a_kind_of_the_company_is_named_in_a_correction_like_any_other(tmp_path: Path, words: str) -> None:
    company = Company(tmp_path, CONFIG + OWN_KIND)
    company.run("wins", "edit", "2", words)
    assert company.kinds()[2] == "safety"
