"""What is told at once: a milestone, a feat of the User Olympics with the record it broke, praise in public."""

from __future__ import annotations

from mailwins.digest.composing import LEAD_QUOTE, Material, stop, tell, tell_olympics
from mailwins.digest.records import Record
from mailwins.digest.views import Announcement
from mailwins.digest.wording import AT_HIDDEN, nameless
from mailwins.model import Win
from mailwins.outbox import fitted
from mailwins.render import short_day

_KICKERS = {"olympics": "User Olympics", "milestone": "Team milestone", "kudos": "Said in public"}
_ASKS = {
    "olympics": ("Found something stranger? Send it in.", "Enter a contender"),
    "milestone": ("Something to celebrate in your team? Tell us.", "Send a milestone"),
    "kudos": ("Seen more like this? A screenshot is enough.", "Send it on"),
}


def compose_announcement(win: Win, material: Material, *, what: str, record: Record | None) -> Announcement:
    m = material
    told = tell_olympics(win, m) if what == "olympics" else tell(win, m, LEAD_QUOTE)
    kicker = _KICKERS[what] + (", new record" if record else "")
    ask, button = _ASKS[what]
    day_ = short_day(win.win_date) + f" {win.win_date.year}"
    more = record.sentence if record else None
    if more and told.account == AT_HIDDEN:
        more = nameless(more, win, m.directory.account(win.account))
    aside = more or told.text or told.quote or (f"Sent in by {told.captured_by}." if told.captured_by else "")
    return Announcement(
        title=f"{kicker}, {day_}",
        edition=_KICKERS[what],
        days=day_,
        preheader=fitted(aside, 110),
        subject=fitted(f"{kicker}: {told.summary}"),
        send_link=f"mailto:{m.company.wins_address}?subject={'User%20Olympics' if what == 'olympics' else 'Win'}",
        why_you=_on_list(m),
        stop=stop(m),
        covers="Told at once; it stands in the next digest as well.",
        kicker=kicker,
        telling=told,
        record=more,
        ask=ask,
        button=button,
        private_note="Written for colleagues. Please ask the account's CSM before you share it outside."
        if win.account
        else "Written for colleagues.",
    )


def _on_list(m: Material) -> str:
    where = "company-wide list" if m.audience.key == "everyone" else f"list for {m.audience.name or m.audience.key}"
    return f"You get this because you are on {m.company.name}'s {where}."
