"""Writes ``mailwins/parsers/calendars.py`` from Unicode's CLDR: ``python -m tests.parsers.calendar_names --write``.

Babel needs most of a second to read fifty locales; every command and every new child would pay for it.
"""

from __future__ import annotations

import contextlib
import sys
import unicodedata
from pathlib import Path

from babel import Locale, localedata
from babel.core import UnknownLocaleError

from mailwins.parsers.languages import LANGUAGES

# The order decides which month a name means that two languages share.
LOCALES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "nn", "fi", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "sr", "sr_Latn", "bs", "bg", "ru", "uk", "be", "mk", "et", "lv", "lt", "el", "tr", "az",
           "ar", "he", "fa", "vi", "th", "id", "ms", "ca", "eu", "gl", "is", "ga", "cy", "hi", "ka", "af", "sq",
           "bn", "mr", "ta", "te", "ur", "sw", "fil", "mn", "kk", "uz", "hy", "ne", "lb", "mt", "fo", "zu", "am")  # fmt: skip
WITH_DAYS = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "ru", "uk", "bg", "et", "lv", "lt", "el", "tr", "ja", "zh", "ko", "ca", "vi", "id")  # fmt: skip
PAGE = Path(__file__).parents[2] / "mailwins/parsers/calendars.py"
HEAD = '''"""Month and day names of many languages, from Unicode's CLDR. Written by ``python -m tests.parsers.calendar_names --write``; do not edit.

One line per locale: its code, then the names of January to December, ``|`` between names of one month.
"""

from __future__ import annotations

# fmt: off
'''


def _fresh(code: str) -> Locale:
    """With nothing kept of earlier ones: Babel's tables share parts, and Azerbaijani months would appear in the next locale."""
    localedata._cache.clear()
    getattr(Locale, "_cache", {}).clear()
    return Locale.parse(code)


def months(code: str) -> dict[int, list[str]]:
    """Month number → its names, folded as ``dates`` folds what it reads; names with digits or spaces are never looked up."""
    found: dict[int, list[str]] = {}
    with contextlib.suppress(UnknownLocaleError, ValueError):
        locale = _fresh(code)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months.get(context, {}).get(width, {}).items():
                    key = unicodedata.normalize("NFKC", str(name)).lower().strip().rstrip(".׳'")
                    is_word = len(key) > 1 and not any(c.isdigit() or c.isspace() or c == "|" for c in key)
                    if is_word and key not in found.setdefault(int(number), []):
                        found[int(number)].append(key)
    return found


def days() -> list[str]:
    found: set[str] = set()
    for code in WITH_DAYS:
        table = _fresh(code).days["format"]
        found.update(str(n).lower().strip(".") for width in ("wide", "abbreviated") for n in table[width].values())
    return sorted(n for n in found if " " not in n)


def page() -> str:
    lines = [HEAD, 'MONTHS = """\\']
    for code in dict.fromkeys((*LOCALES, *(g.code for g in LANGUAGES))):
        names = months(code)
        if any(names.values()):
            lines.append(" ".join([code, *("|".join(names.get(n, [])) or "-" for n in range(1, 13))]))
    lines += ['"""', "", 'DAYS = """\\']
    row = ""
    for name in days():
        if len(row) + len(name) > 180:
            lines.append(row.rstrip())
            row = ""
        row += f"{name} "
    lines += [row.rstrip(), '"""', ""]
    return "\n".join(lines).replace("# fmt: off\n\n", "# fmt: off\n")


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page())
