"""Who gets an audience's edition, at whose hour, and how the mail says which list it is."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from mailwins.config import AudienceSettings
from mailwins.jobs.desk import Desk
from mailwins.model import Address, Directory, Member


def zone_of(desk: Desk, audience: AudienceSettings) -> ZoneInfo:
    return ZoneInfo(audience.timezone) if audience.timezone else desk.zone


def recipients(desk: Desk, audience: AudienceSettings) -> list[tuple[Address, bool]]:
    """(who, whether it is a list address from the config), each once, A to Z; those who left are left out."""
    directory = desk.known().directory
    left = {
        address
        for (address, key), value in desk.store.preferences(f"leave:{audience.key}").items()
        if key == f"leave:{audience.key}" and value == "yes"
    }
    gone = desk.store.suppressed()
    found: dict[str, tuple[Address, bool]] = {}
    for entry in audience.to:
        for person, is_list in _expand(entry, directory):
            address_ = (person.address or "").lower()
            if address_ and address_ not in left and address_ not in gone:
                found.setdefault(address_, (person, is_list))
    return [found[a] for a in sorted(found)]


def is_for(desk: Desk, audience: AudienceSettings, member: Member) -> bool:
    """Whether *audience* names *member* herself, left or not; who is on a list address is known to the mail server alone."""
    own = {a.lower() for a in member.addresses}
    return any(
        (person.address or "").lower() in own
        for entry in audience.to
        for person, _ in _expand(entry, desk.known().directory)
    )


def lists_of(desk: Desk, audience: AudienceSettings) -> tuple[str, ...]:
    """The list addresses among its recipients."""
    return tuple(
        person.address
        for entry in audience.to
        for person, is_list in _expand(entry, desk.known().directory)
        if is_list and person.address
    )


def _expand(entry: str, directory: Directory) -> list[tuple[Address, bool]]:
    what, _, name = entry.partition(":")
    if what in ("team", "role") and name:
        wanted = name.strip().casefold()
        people = [
            m
            for m in directory.members
            if not m.is_notifier
            and (
                (m.team.casefold() == wanted)
                if what == "team"
                else (m.role.casefold() == wanted or wanted in m.permissions)
            )
        ]
        return [(Address(m.name, m.address), False) for m in people]
    if entry.strip() == "everyone":
        return [(Address(m.name, m.address), False) for m in directory.members if not m.is_notifier]
    member = directory.member(entry)
    return [(Address(member.name, entry), False)] if member else [(Address(None, entry), True)]


def list_headers(desk: Desk, key: str, name: str) -> list[tuple[str, str]]:
    """Which list it is, and how to leave it: by mail, so there is no one-click header (RFC 8058 wants https for that)."""
    return [
        ("List-Id", f"{name} <{key}.wins.{desk.domain}>"),
        ("List-Unsubscribe", f"<mailto:{desk.wins_address}?subject=stop%20{key}>"),
    ]
