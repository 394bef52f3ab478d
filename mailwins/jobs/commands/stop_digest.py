"""``stop sales`` and ``start sales``: leave an audience's digest, come back to it."""

from __future__ import annotations

from mailwins.digest.composing import edition_name
from mailwins.jobs.answering import Answering
from mailwins.jobs.audiences import is_for, lists_of
from mailwins.jobs.commands.command import Command, settled
from mailwins.model import Member
from mailwins.ports import Settled
from mailwins.render import listed


def answer_stop(answering: Answering, rest: str, member: Member) -> Settled | None:
    key = _audience(answering, rest)
    if key is None:
        return _which_digest(answering, "stop", rest, member)
    if not _gets(answering, key, member):
        return _not_by_name(answering, key, member)
    return settled(
        answering,
        member,
        f"You left {_name(answering, key)}",
        [f"It comes to you no more. “start {key}” brings it back."],
        preferences=((member.address, f"leave:{key}", "yes"),),
    )


def answer_start(answering: Answering, rest: str, member: Member) -> Settled | None:
    key = _audience(answering, rest)
    if key is None:
        return _which_digest(answering, "start", rest, member)
    if not _gets(answering, key, member):
        return _not_by_name(answering, key, member)
    return settled(
        answering,
        member,
        f"Welcome back to {_name(answering, key)}",
        ["It comes to you again, from the next one on."],
        preferences=((member.address, f"leave:{key}", "no"),),
    )


def _gets(answering: Answering, key: str, member: Member) -> bool:
    """Whether it would come to her by her own name, were she not to leave it."""
    desk = answering.desk
    if key == "monday":
        own = {a.lower() for a in member.addresses}
        return desk.config.quiet.my_monday and any(
            (a.csm or "").lower() in own for a in desk.known().directory.accounts
        )
    return any(is_for(desk, a, member) for a in desk.config.audience if a.key == key)


def _not_by_name(answering: Answering, key: str, member: Member) -> Settled:
    """Nothing of ours to change: she is no reader of it, or a list of the mail server is."""
    desk, name = answering.desk, _name(answering, key)
    lists = [x for a in desk.config.audience if a.key == key for x in lists_of(desk, a)]
    if key == "monday":
        lines = ["It is for CSMs with accounts of their own. Nothing was changed."]
    elif lists:
        lines = [
            f"It goes to {listed(lists)}: who is on that list is decided in your mail system, not by me. Nothing was changed."
        ]
    else:
        lines = ["It is for others; your admin decides for whom. Nothing was changed."]
    return settled(answering, member, f"You are not on my list for {name}", lines)


def _name(answering: Answering, key: str) -> str:
    """As it stands above the digest itself."""
    audience = next((a for a in answering.desk.config.audience if a.key == key), None)
    if audience is None:
        return "My Monday"
    if audience.is_managers:
        return "the managers' edition"
    name = edition_name(audience)
    return f"the {name[:1].lower() + name[1:] if audience.key == 'everyone' and not audience.name else name}"


def _audience(answering: Answering, rest: str) -> str | None:
    word = rest.casefold().removeprefix("the ").removesuffix(" edition").removesuffix(" digest").strip()
    if word in ("monday", "my monday"):
        return "monday"
    return next((a.key for a in answering.desk.config.audience if word and word in (a.key, a.name.casefold())), None)


def _which_digest(answering: Answering, verb: str, rest: str, member: Member) -> Settled | None:
    """Two words or fewer can only be meant as a command; more may be news ("Start of the pilot went well")."""
    if len(rest.split()) > 2:
        return None
    keys = ", ".join(
        f"“{verb} {key}”" for key in (*(a.key for a in answering.desk.config.audience), "monday", "receipts")
    )
    return settled(
        answering,
        member,
        "Which digest?" if rest else "What shall stop?",
        [
            f"{f'I know no digest called “{rest}”, so nothing' if rest else 'Nothing'} was changed yet. There are: {keys}."
        ],
    )


STOP = Command(
    "stop",
    r"(?:stop|leave)(?= )|(?:stop|unsubscribe|abmelden|abbestellen|désabonner|afmelden)$|unsubscribe(?: (?:me )?from)?(?= )",
    "stop sales",
    "leave an audience's digest",
    answer_stop,
    takes="either",
)
START = Command(
    "start",
    r"start(?= )|subscribe(?: (?:me )?to)?(?= )|join(?= )",
    "start sales",
    "come back to it",
    answer_start,
    takes="words",
)
