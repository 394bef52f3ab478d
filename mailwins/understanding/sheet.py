"""Wins that somebody kept in a sheet before: rows become wins, or mistakes that name their line and the cure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from mailwins.lists import read_day
from mailwins.model import Account, Directory, Member, Reason, Source, Stance, Visibility, Win, WinContact
from mailwins.parsers.dates import parse_date
from mailwins.understanding import measures, mood, summary
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.classifier import classify
from mailwins.understanding.duplicates import fingerprint
from mailwins.understanding.facts import Policy
from mailwins.understanding.naming import named

# What a column can hold, with the headings people give it.
FIELDS: dict[str, str] = {
    "date": "date, win date, day, when, datum, fecha, data, date of win, win_date",
    "account": "account, customer, client, company, kunde, firma, compte, cliente, empresa, klant, account name, customer name",
    "summary": "summary, win, title, headline, win summary, titel, zusammenfassung, titre, título, titolo, short description",
    "detail": "detail, details, win detail, description, story, notes, note, beschreibung, descripción, descrizione, text",
    "quote": "quote, customer quote, verbatim, testimonial, words, zitat, citation, cita",
    "contact": "contact, customer contact, contact name, said by, who, person, kontakt, ansprechpartner, contacto",
    "contact_address": "contact address, contact email, contact e-mail, email, e-mail, contact_email",
    "contact_role": "contact role, contact title, role, title of contact, rolle, position",
    "category": "category, kind, type, win type, win category, kategorie, art, catégorie, categoría, tipo",
    "value": "value, win value, score, rating, impact, wert, valeur, valor, 1-10",
    "visibility": "visibility, shareable, share, sichtbarkeit",
    "submitted_by": "submitted by, captured by, csm, owner, author, entered by, eingetragen von, added by",
    "features": "features, feature, product, products, produkt, funktion",
    "cause": "cause, reason, why, ursache, grund",
    "praised": "praised, kudos, shout-out, shoutout, gelobt",
    "urls": "urls, url, link, links",
    "expected": "expected, erwartet",
    "experienced": "experienced, erlebt",
    "internal_note": "internal note, internal, internal notes, comment, comments, intern, interne notiz",
}
LEFT_OUT = "-"
"""Mapped to this, a column is left out without a word."""


def columns_of(headings: Sequence[str], stated: Mapping[str, str]) -> dict[str, str]:
    """Field → heading: as *stated* (heading → field), else by the usual names, the first heading that fits."""
    found = {field: heading for heading, field in stated.items() if field != LEFT_OUT}
    for field, names in FIELDS.items():
        usual = {_plain(n) for n in names.split(",")} | {_plain(field)}
        for heading in headings:
            if (
                field not in found
                and heading not in stated
                and _plain(heading) in usual
                and heading not in found.values()
            ):
                found[field] = heading
    return found


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading.lower()).strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row's win (with ``id`` 0 and no token), or what is wrong with it. *key* is the same each time the row is read."""

    line: int
    win: Win | None
    mistake: str | None = None
    key: str = ""


def to_row(
    line: int,
    cells: Mapping[str, str],
    *,
    directory: Directory,
    policy: Policy,
    by: Member | None,
    is_day_first: bool | None,
    now: datetime,
) -> Row:
    """*cells*: by field. *by*: who brings the sheet in. *is_day_first* reads 03/04/2026 and 3.4.26; None: such a day is a mistake."""
    said = _Cells({f: _unquoted(v) for f, v in cells.items()})
    if not any(said.cells.values()):
        return Row(line, None)
    day = _day(said["date"], is_day_first)
    if day is None or day > now.date():
        if not said["date"]:
            wrong = "is missing; write 2026-03-31."
        elif day is not None:
            wrong = f"= {said['date']}: lies in the future."
        else:
            wrong = f"= {said['date']}: cannot be read for certain; write 2026-03-31"
            wrong += ", or say --day-first or --month-first." if is_day_first is None else "."
        return Row(line, None, f"line {line}: date {wrong}")
    story, quote = said["detail"], said["quote"]
    words = quote or story or said["summary"]
    if not words:
        return Row(line, None, f"line {line}: no summary, detail or quote: nothing is told.")
    category, why_category = _category(said, words, policy)
    if said["category"] and category is None:
        return Row(
            line, None, f"line {line}: category = {said['category']}: is none of {', '.join(policy.categories)}."
        )
    account, mistake = _account(line, said["account"], category, directory)
    if mistake:
        return Row(line, None, mistake)
    value = measures.stated_value(said["value"])
    if said["value"] and value is None:
        return Row(line, None, f"line {line}: value = {said['value']}: write a number from 1 to 10.")
    submitter = (
        _member(said["submitted_by"], directory)
        or by
        or (directory.member(account.csm) if account and account.csm else None)
    )
    if submitter is None:
        who = (
            f"submitted_by = {said['submitted_by']}: is nobody among the people"
            if said["submitted_by"]
            else "nobody is named as who captured it"
        )
        return Row(line, None, f"line {line}: {who}; say --by ADDRESS.")
    return _row(line, said, day, account, category, why_category, value, submitter, policy, directory, now)


@dataclass(frozen=True, slots=True)
class _Cells:
    cells: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "").strip()

    def several(self, field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p.strip() for p in re.split(r"[;\n]", self[field]) if p.strip()))


def _unquoted(cell: str) -> str:
    """Our own export guards cells that begin like a formula with an apostrophe."""
    return cell[1:] if re.match(r"'[=+\-@\t]", cell) else cell


# With dots and four digits of the year it is always the day first; with two, as Excel shortens it, a person says it.
_SHORT_DAY = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


def _day(cell: str, is_day_first: bool | None) -> date | None:
    if (found := read_day(cell)) is not None:
        return found
    if match := _SHORT_DAY.match(cell):
        if is_day_first is None:
            return None
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        try:
            return date(year + (2000 if year < 100 else 0), two if is_day_first else one, one if is_day_first else two)
        except ValueError:
            return None
    parsed = parse_date(cell) if re.search(r"[^\W\d]{3}|年|\d{4}-\d\d-\d\d", cell) else None
    return parsed.date() if isinstance(parsed, datetime) else parsed


def _category(said: _Cells, words: str, policy: Policy) -> tuple[str | None, Reason]:
    if said["category"]:
        known = mood.category_named(said["category"], policy.categories)
        return known, Reason(Source.STATED, f"the sheet says “{said['category']}”.")
    return mood.category_of(
        words,
        stated=None,
        tags=(),
        rating=None,
        is_review=False,
        categories=policy.categories,
        examples=policy.examples,
        found=classify(words),
        headline=said["summary"],
    )


def _account(line: int, words: str, category: str | None, directory: Directory) -> tuple[Account | None, str | None]:
    if not words:
        if category in ("milestone", "olympics"):
            return None, None
        return None, f"line {line}: account is missing; only a milestone may be without one."
    found = named(words, directory)
    if isinstance(found, str):
        return directory.account(found), None
    close = f" Close: {', '.join(found)}." if found else ""
    return (
        None,
        f'line {line}: account = {words}: no account is called so.{close} Add it (mailwins accounts set "{words}"), or mend the cell.',
    )


def _member(words: str, directory: Directory) -> Member | None:
    if not words:
        return None
    if "@" in words:
        return directory.member(words.strip("<> "))
    same = [m for m in directory.members if fold_name(m.name) == fold_name(words)] or [
        m for m in directory.members if fold_name(m.name).split()[:1] == [fold_name(words)]
    ]
    return same[0] if len(same) == 1 else None


def _row(
    line: int,
    said: _Cells,
    day: date,
    account: Account | None,
    category: str | None,
    why_category: Reason,
    value: int | None,
    submitter: Member,
    policy: Policy,
    directory: Directory,
    now: datetime,
) -> Row:
    story, quote = said["detail"] or None, said["quote"] or None
    # A story that repeats the quote adds nothing.
    if quote and story and fingerprint(quote) == fingerprint(story):
        story = None
    words = quote or story or said["summary"]
    stance, why_stance = mood.stance_of(words, None)
    doubts = []
    if stance is Stance.COMPLAINT:
        # A person put it among the wins: it is kept, and asked about.
        stance = Stance.NEUTRAL
        doubts.append("stance")
    if stance is Stance.DOUBT:
        value = 1
    line_, why_line = summary.summarise(
        stated=said["summary"] or None,
        subject=None,
        words=quote or story,
        note=story,
        is_note=quote is None,
        parts=classify(words).parts,
    )
    default = policy.categories[category].default_value if category else 5
    key = (
        "sheet:"
        + hashlib.sha256(
            "\0".join(
                (account.name if account else "", day.isoformat(), said["summary"], story or "", quote or "")
            ).encode()
        ).hexdigest()[:40]
    )
    told = Reason(Source.STATED, "the sheet says so.")
    reasons = {
        "account": told if account else Reason(Source.STATED, "the sheet names no account: a milestone of the team."),
        "win_date": told,
        "category": why_category,
        "value": told if value else Reason(Source.DEFAULT, "the usual value of this kind."),
        "stance": why_stance,
        "summary": told if said["summary"] else why_line,
        "visibility": _visibility(said, stance, category)[1],
    }
    address = said["contact_address"].lower() or None
    contact = (
        WinContact(said["contact"] or None, address, said["contact_role"] or None)
        if said["contact"] or address
        else None
    )
    win = Win(
        id=0,
        token="",
        mail=hashlib.sha256(key.encode()).hexdigest(),
        ordinal=0,
        captured_at=datetime.combine(day, time(12), policy.timezone or UTC).astimezone(UTC),
        win_date=day,
        summary=line_,
        account=account.name if account else None,
        quote=quote,
        note=None if quote else story,
        internal_note=said["internal_note"] or (story if quote else None),
        contact=contact,
        praised=said.several("praised"),
        csm=account.csm if account else None,
        submitted_by=submitter.address,
        category=category,
        value=value,
        value_effective=value or default,
        cause=said["cause"] or None,
        features=said.several("features"),
        measures=measures.find_measures(words),
        expected=said["expected"] or None,
        experienced=said["experienced"] or None,
        urls=tuple(u for u in said.several("urls") if u.startswith(("http://", "https://"))),
        stance=stance,
        visibility=_visibility(said, stance, category)[0],
        doubts=tuple(doubts),
        reasons=reasons,
        origin_key=key,
    )
    return Row(line, win, key=key)


def _visibility(said: _Cells, stance: Stance, category: str | None) -> tuple[Visibility, Reason]:
    stated = said["visibility"].lower()
    if stance is Stance.DOUBT:
        return Visibility.PRIVATE, Reason(Source.GUESSED, "a doubt stays with the CSM and managers.", 1.0)
    if stated.startswith("priv"):
        return Visibility.PRIVATE, Reason(Source.STATED, "the sheet says “private”.")
    if stated == "shareable" and category != "olympics":
        return Visibility.SHAREABLE, Reason(Source.PERSON, "the sheet says “shareable”.")
    return Visibility.INTERNAL, Reason(Source.DEFAULT, "colleagues only, until somebody shares it.")
