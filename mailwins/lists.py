"""accounts.csv, people.csv and contacts.csv as values: every row that can be read, and every mistake with its line.

The files come from spreadsheets as often as from scripts, so a byte order mark, semicolons or tabs,
Excel's ``sep=`` line, its own headings and its dates are read as well.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mailwins.model import Account, Contact, Member

ACCOUNT_COLUMNS = ("name", "domains", "aliases", "csm", "tier", "renewal", "goals", "language")
PEOPLE_COLUMNS = ("name", "email", "role", "team")
CONTACT_COLUMNS = ("name", "email", "account", "role")
MANY_MISSING = 4

# Headings as other programs write them, for the columns of all three lists.
_HEADINGS = {
    "name": "name account company customer kunde firma compte client cliente empresa klant bedrijf cliente azienda full_name display_name",
    "domains": "domains domain website web mail_domains e_mail_domains domänen domains_emails domaines dominios",
    "aliases": "aliases alias also_known_as aka other_names short_name kurzname",
    "csm": "csm csm_email owner account_owner customer_success_manager betreuer",
    "tier": "tier segment level class klasse stufe",
    "renewal": "renewal renewal_date renews renews_on contract_end verlängerung",
    "goals": "goals goal objectives ziele",
    "language": "language lang sprache langue idioma",
    "email": "email e_mail mail emails email_address e_mail_address addresses address adresse",
    "role": "role title job_title position rolle funktion",
    "team": "team department abteilung group",
    "account": "account company customer kunde firma",
}


def decoded(raw: bytes) -> str | None:
    """The text of a list as Excel, Numbers, LibreOffice or a script saved it; None when it is no text at all.

    UTF-8 with or without a mark, UTF-16 (Excel's "Unicode text"); else Windows-1252, Excel's plain "CSV" in western Europe.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw or raw.startswith(b"PK\x03\x04"):
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def read_accounts(text: str) -> tuple[list[Account], list[str]]:
    """(accounts, mistakes such as ``line 4: …``). Several values of a cell are separated by ``;`` or ``|``."""
    found: list[Account] = []
    mistakes: list[str] = []
    seen: set[str] = set()
    for number, row in _rows(text, ("name",), ACCOUNT_COLUMNS, mistakes):
        name = row["name"].strip()
        if not name:
            mistakes.append(f"line {number}: the name is missing.")
            continue
        if name.casefold() in seen:
            mistakes.append(f"line {number}: {name} is there twice; the first one counts.")
            continue
        seen.add(name.casefold())
        renewal = None
        if row["renewal"].strip():
            renewal = read_day(row["renewal"])
            if renewal is None:
                mistakes.append(f"line {number}: renewal = {row['renewal']}: write a day such as 2027-01-31.")
        domains = tuple(dict.fromkeys(_domain(d) for d in _addresses(row["domains"])))
        for domain in domains:
            if "@" in domain or "/" in domain or "." not in domain:
                mistakes.append(f"line {number}: domains: {domain} is no domain; write acme.example.")
        csm = row["csm"].strip().lower() or None
        if csm and not _is_address(csm):
            mistakes.append(f"line {number}: csm = {csm}: write the colleague's mail address.")
        found.append(
            Account(
                name,
                domains,
                _several(row["aliases"]),
                csm,
                row["tier"].strip() or None,
                renewal,
                _several(row["goals"]),
                row["language"].strip().lower() or None,
            )
        )
    return found, mistakes


def read_people(text: str, permissions: Callable[[str], frozenset[str]]) -> tuple[list[Member], list[str]]:
    """(members, mistakes). *permissions* turns the company's title into what it may do."""
    found: list[Member] = []
    mistakes: list[str] = []
    owners: dict[str, Member] = {}
    for number, row in _rows(text, ("name", "email"), PEOPLE_COLUMNS, mistakes):
        addresses = tuple(dict.fromkeys(a.lower() for a in _addresses(row["email"])))
        if not addresses or not all(map(_is_address, addresses)):
            mistakes.append(
                f"line {number}: email = {row['email'] or '(empty)'}: write an address such as ana@company.example."
            )
            continue
        known = next((owners[a] for a in addresses if a in owners), None)
        if known:
            mistakes.append(f"line {number}: {addresses[0]} is already {known.name}'s; the first one counts.")
            continue
        role = row["role"].strip()
        member = Member(row["name"].strip() or addresses[0], addresses, role, row["team"].strip(), permissions(role))
        owners.update(dict.fromkeys(addresses, member))
        found.append(member)
    if not found and not mistakes:
        mistakes.append("line 1: nobody is in the file; without people every mail would be a stranger's.")
    return found, mistakes


@dataclass(frozen=True, slots=True)
class ListTrouble:
    """Why a list does not count as it stands, in a sentence.

    *held*: a name for the version of the list whose missing lines wait for an admin's word; None for a mistake in it.
    """

    words: str
    held: str | None = None


def missing_people(known: Sequence[Member], listed: Sequence[Member]) -> list[Member]:
    """Those of *known* who are not listed under any of their addresses."""
    addresses = {a for m in listed for a in m.addresses}
    return [m for m in known if addresses.isdisjoint(m.addresses)]


def missing_accounts(known: Sequence[Account], listed: Sequence[Account]) -> list[Account]:
    """Those of *known* of which neither name nor domain is listed: a new name for an old domain takes nothing away."""
    names = {a.name.casefold() for a in listed}
    domains = {d for a in listed for d in a.domains}
    return [a for a in known if a.name.casefold() not in names and domains.isdisjoint(a.domains)]


def is_doubtful(missing: int, of: int) -> bool:
    """Whether so many are missing at once that the list was more likely cut off, or exported with a filter, than meant."""
    return missing >= MANY_MISSING and 3 * missing > of


def read_contacts(text: str, account_of: Callable[[str], str | None]) -> tuple[list[Contact], list[str]]:
    """(contacts, mistakes). *account_of*: the listed name of an account, however it was written; None for an unknown one."""
    found: dict[str, Contact] = {}
    mistakes: list[str] = []
    for number, row in _rows(text, ("email", "account"), CONTACT_COLUMNS, mistakes):
        address = row["email"].strip().lower()
        if not _is_address(address):
            mistakes.append(
                f"line {number}: email = {row['email'] or '(empty)'}: write an address such as ana@customer.example."
            )
            continue
        account = account_of(row["account"].strip())
        if account is None:
            mistakes.append(
                f"line {number}: account = {row['account'] or '(empty)'}: no account is called so; import the accounts first."
            )
            continue
        if address in found:
            mistakes.append(f"line {number}: {address} is there twice; the first one counts.")
            continue
        found[address] = Contact(
            row["name"].strip() or None, address, account, row["role"].strip() or None, learned=False
        )
    return list(found.values()), mistakes


def read_sheet(text: str) -> tuple[list[str], list[tuple[int, dict[str, str]]], list[str]]:
    """(headings as written, (line, cells by heading) of each row, mistakes) of any CSV with a line of headings."""
    mistakes: list[str] = []
    headings: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in _lines(text, mistakes):
        if not headings:
            headings = [c.strip() for c in cells]
        elif wrong := _too_many(number, cells, headings):
            mistakes.append(wrong)
        else:
            rows.append((number, {h: c.strip() for h, c in zip(headings, cells, strict=False) if h}))
    if not headings and not mistakes:
        mistakes.append("line 1: the file is empty.")
    return headings, rows, mistakes


_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_day(cell: str) -> date | None:
    """A day of a cell: 2027-01-31, or as Excel rewrites it: 31.1.2027, and 1/31/2027 where only one reading is a day."""
    text = cell.strip().removesuffix(" 00:00:00").removesuffix(" 00:00").removesuffix(" 0:00")
    try:
        return date.fromisoformat(text.replace("/", "-") if re.fullmatch(r"\d{4}/\d\d/\d\d", text) else text)
    except ValueError:
        pass
    if match := _GERMAN_DAY.fullmatch(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _SLASHED_DAY.fullmatch(text):
        one, two, year = int(match[1]), int(match[2]), int(match[3])
        readings = {d for d in (_day(year, one, two), _day(year, two, one)) if d}
        return readings.pop() if len(readings) == 1 else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_address(text: str) -> bool:
    return bool(re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", text))


def _domain(text: str) -> str:
    """ "https://www.acme.example/" and "@acme.example" are acme.example."""
    return re.sub(r"^(?:https?://)?@?(?:www\.)?", "", text.strip().lower()).rstrip("/.")


def _several(cell: str) -> tuple[str, ...]:
    """Names may hold commas, so these do not part them."""
    return tuple(dict.fromkeys(p.strip() for p in re.split(r"[;|\n]", cell) if p.strip()))


def _addresses(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for p in re.split(r"[;|,\s]+", cell) if p))


def _lines(text: str, mistakes: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(line on which the row begins, its cells) of every row that holds something."""
    text = text.lstrip("\ufeff")
    skipped = 0
    # Excel writes and reads a first line "sep=;".
    if match := re.match(r"sep=(.)\r?\n", text, re.I):
        delimiter, text, skipped = match[1], text[match.end() :], 1
    else:
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                yield begins + skipped, [c.replace("\u00a0", " ") for c in cells]
            begins = reader.line_num + 1
    except csv.Error:
        # Read on, such a row would swallow those after it, and whoever stands there would be taken out.
        mistakes.append(
            f"line {begins + skipped}: a quotation mark is not closed, or stands inside a cell in quotes; write it twice there."
        )


def _heading(cell: str, known: Sequence[str], used: Mapping[str, int]) -> str:
    """One of *known* for a heading as people write it, else the heading itself."""
    plain = re.sub(r"[\W_]+", "_", cell.strip().lower()).strip("_")
    if plain in known:
        return plain
    return next((c for c in known if c not in used and plain in _HEADINGS.get(c, "").split()), plain)


def _too_many(number: int, cells: list[str], headings: list[str]) -> str | None:
    if any(c.strip() for c in cells[len(headings) :]):
        return f"line {number}: {len(cells)} cells where the first line names {len(headings)}; put a cell that holds the separator into quotes."
    return None


def _rows(
    text: str, needed: tuple[str, ...], known: tuple[str, ...], mistakes: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column); a line that says exactly what an earlier one said is left out, for it mistakes nothing."""
    header: list[str] | None = None
    seen: set[tuple[str, ...]] = set()
    for number, cells in _lines(text, mistakes):
        if header is None:
            used: dict[str, int] = {c.strip().lower(): n for n, c in enumerate(cells) if c.strip().lower() in known}
            header = []
            for cell in cells:
                header.append(_heading(cell, known, used))
                used.setdefault(header[-1], len(header))
            missing = [n for n in needed if n not in header]
            if missing:
                mistakes.append(
                    f"line {number}: the column {missing[0]} is missing; the first line must name the columns: {','.join(known)}."
                )
                return
            continue
        if wrong := _too_many(number, cells, header):
            mistakes.append(wrong)
            continue
        said = tuple(c.strip() for c in cells)
        if said in seen:
            continue
        seen.add(said)
        yield number, dict.fromkeys(known, "") | {n: v for n, v in zip(header, cells, strict=False) if n in known}
    if header is None and not mistakes:
        mistakes.append(f"line 1: the file is empty; the first line must name the columns: {','.join(known)}.")


def unread_columns(text: str, known: tuple[str, ...]) -> list[str]:
    """Headings that are none of *known*: left out, and worth saying so."""
    first = next(_lines(text, []), None)
    if first is None:
        return []
    return [c.strip() for c in first[1] if c.strip() and _heading(c, known, {}) not in known]
