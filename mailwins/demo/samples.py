"""One example of every mail we send: for ``check``, which renders them all, and for looking at templates."""

from __future__ import annotations

from datetime import date

from mailwins.digest.views import (
    Announcement,
    Bar,
    Digest,
    HBar,
    Hello,
    Listing,
    Managers,
    Monday,
    Number,
    Quiet,
    Shown,
    Telling,
)
from mailwins.digest.wording import Chip
from mailwins.model import Address, Measure, ShareableWin
from mailwins.receipts.views import Captured, Changed, Receipt, Revised, Row
from mailwins.updates.compose import Plan, Signature, compose
from mailwins.updates.drafts import compose_draft
from mailwins.updates.wall import LeftOut


def sample_mails() -> list[tuple[str, object]]:
    """(template, what it is handed): a full one and a bare one of each, so that every branch is walked."""
    chip = Chip("Value realized", "c1")
    full = Telling(
        1284, "Harbor & Pine cut missed visits from 11% to 3%", chip, "Harbor & Pine", "Eight weeks after every crew moved to live routes.", "Last Friday the phone didn't ring once.",
        "Marisol Reyes", "Operations Director, Harbor & Pine", "Priya Raman", "Tomás Vidal of Support", "Monday", "May we quote them? Ask Priya Raman.", Shown("x@example", 216, 141, "A forum post"), "https://wins.example/w/1",
        "Thank Priya", "mailto:wins@wins.example?subject=Thanks%20%5Bw:0123456789abcdef0123%5D",
    )  # fmt: skip
    bare = Telling(1285, "They renewed")
    digest = Digest(
        "Customer wins, 16 to 20 Nov 2026", "Company-wide edition", "16 to 20 Nov 2026", "23 wins", "Wins", "mailto:wins@example", "You get this every Friday.", "To leave, write “stop everyone”.",
        "Covers Mon to Fri.", "Good morning.", "Owen", full, (Number("23", "wins", "61", "5 more than last week", True), Number("1", "customer")), (Bar("3", "9", 12), Bar("5", "16", 44, True)), "Wins each week",
        "3 of 7 mention the importer.", (full, bare), "And 4 more wins.", (full,), (bare,), "Ana and Ben", "Tomás Vidal", "Written for colleagues.",
    )  # fmt: skip
    plain = Digest(
        "Customer wins",
        "Sales edition",
        "16 Nov 2026",
        "",
        "Wins",
        "mailto:wins@example",
        "You get this.",
        "Stop.",
        "Covers a day.",
    )
    table = Listing(
        "Quiet accounts",
        ("Account", "CSM", "Last win", "Renews"),
        (("Brightwell Supply", "Owen Clarke", "74 days", "31 Jan 2027"),),
        (2, 3),
    )
    quiet = (Quiet("Brightwell Supply", "Owen Clarke", "74 days", "31 Jan 2027", "Ask what became of it."),)
    monday = Monday(
        "My Monday, 16 to 20 Nov 2026", "My Monday", "16 to 20 Nov 2026", "2 wins", "My week", "You get this.", "Stop.", "Covers a week.", "2 wins at your accounts", "Good morning, Ana.",
        (Hello("Kestrel", "They renew on 20 Dec."),), (full, bare), "And 3 more wins.", "1 quiet account", quiet, "Not now?",
        offer="Something to bring along? Write “update Kestrel”.", offer_link="mailto:wins@example?subject=update%20Kestrel",
    )  # fmt: skip
    announcement = Announcement(
        "User Olympics", "User Olympics", "19 Nov 2026", "9 more", "User Olympics", "mailto:wins@example", "You get this.", "Stop.", "Told at once.", "User Olympics: new record", full,
        "9 more than the record of March.", "Found something stranger?", "Enter a contender", "Written for colleagues.",
    )  # fmt: skip
    bare_announcement = Announcement(
        "Milestone",
        "Milestone",
        "19 Nov 2026",
        "",
        "Milestone",
        "mailto:wins@example",
        "You get this.",
        "Stop.",
        "Told at once.",
        "Team milestone",
        bare,
    )
    bare_monday = Monday(
        "My Monday",
        "My Monday",
        "16 Nov 2026",
        "",
        "My week",
        "You get this.",
        "Stop.",
        "Covers a week.",
        "No win",
        "Good morning.",
    )
    managers = Managers(
        "Managers' edition", "Managers' edition", "16 to 20 Nov 2026", "", "Wins", "You get this.", "Stop.", "Covers a week.", "23 wins, and 1 quiet account", "23 wins from 16 customers.",
        (Number("23", "wins"),), "1 quiet account", quiet, "No win captured.", "And 3 more.", "Not now?", (HBar("Adoption", 7, 100),), "Not seen for four weeks: Referral.", (full, bare), "2 wins worth presenting.", (bare,), table, ("2 mails: no account was recognised.",),
    )  # fmt: skip
    bare_managers = Managers(
        "Managers' edition",
        "Managers' edition",
        "16 Nov 2026",
        "",
        "Wins",
        "You get this.",
        "Stop.",
        "Covers a week.",
        "No wins this time",
        "No win was captured.",
    )
    receipt = Receipt(
        "Captured", "Captured. Thank you, Priya.", "Filed", ("A line.",), (Revised("Win 1: They renewed", (Changed("Account", "Initech", "Globex"), Changed("Value", None, "9"))),),
        (Captured("They renewed", (Row("Account", "Globex", "my guess: the name"), Row("Kind", chip.name, chip=chip), Row("Links", "none", is_empty=True)), 1),), ("I skipped one part.",),
        "What kind of win is it?", ("Renewal", "Referral"), help="Plain words will do.", fate=("It goes into Monday's digest.",), footer=("Win 1.",),
    )  # fmt: skip
    wins = [
        ShareableWin(
            1,
            date(2026, 9, 3),
            "Missed visits went from 11% to 3%.",
            True,
            "Marisol Reyes",
            "Operations Director",
            (Measure("missed visits", "11", "3", "%"),),
        ),
        ShareableWin(2, date(2026, 10, 1), "Every crew is on live routes now.", False, None, None),
    ]
    signature = Signature("Priya Raman", "Customer Success Manager", "Tidemark", "priya@tidemark.example")
    update = compose(
        "Harbor & Pine",
        wins,
        since=date(2026, 8, 20),
        until=date(2026, 11, 18),
        recipient=Address("Marisol Reyes", "m@hp.example"),
        signature=signature,
        plan=Plan("Spare parts on the van.", "What would help?", "Thursday"),
    )
    assert update is not None
    left = (
        LeftOut(7, "They like it", "it is not approved for sharing yet", "We love it."),
        LeftOut(8, "A worry", "it is a doubt, which stays inside for good"),
    )
    return [
        ("digest", digest), ("digest", plain), ("managers", managers), ("managers", bare_managers), ("monday", monday), ("monday", bare_monday), ("announcement", announcement), ("announcement", bare_announcement), ("receipt", receipt), ("receipt", Receipt("Done", "Done.")),
        ("customer", update), ("draft", compose_draft("Harbor & Pine", update, left, recipient_name="Marisol Reyes", wins_address="wins@example", missing=("Referral",))),
        ("draft", compose_draft("Harbor & Pine", None, (), recipient_name=None, wins_address="wins@example")),
    ]  # fmt: skip
