"""Full-text search that finds the same on SQLite (FTS5) and PostgreSQL (tsvector), through one folded column."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import Connection, text

from mailwins.patterns import rare

_CJK = rare(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
# 2.400, 2,400, 2'400 and, with a narrow space that does not break, 2 400 are one number.
# The mark stands first in the pattern: from one to the next is a quick step.
_THOUSANDS = re.compile("[.,'’\u00a0\u202f](?<=\\d.)(?=\\d{3}(?!\\d))")
_TOKEN = re.compile(r"\w+")
_QUERY = rare(r'(-?)(?:"([^"]*)"|(\S+))')


def fold(value: str) -> str:
    """Only words, without accents, in lower case; runs of Chinese, Japanese and Korean as overlapping pairs, because they
    have no spaces. Numbers lose the marks at their thousands.
    """
    value = _THOUSANDS.sub("", value)
    if value.isascii():
        return " ".join(_TOKEN.findall(value.lower()))
    value = unicodedata.normalize(
        "NFKD", value.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("\0", " ")
    )
    value = "".join([c for c in value if not unicodedata.combining(c)]).lower()
    value = unicodedata.normalize("NFC", value)
    # Signs are left to neither database: PostgreSQL takes an address, a decimal or a day for one word, SQLite for several.
    return " ".join(_TOKEN.findall(_CJK.sub(lambda m: " " + " ".join(_pairs(m[0])) + " ", value)))


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def query(words: str, dialect: str) -> str | None:
    """The engine's query for what a person typed, built from word tokens only; None when there is nothing to look for.

    ``"two words"`` is a phrase, ``-word`` excludes, everything else matches by its beginning.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _QUERY.findall(words[:1000]):
        tokens = _TOKEN.findall(fold(phrase or word))[:20]
        if not tokens:
            continue
        if dialect == "sqlite":
            term = '"' + " ".join(tokens) + '"' + ("" if phrase else "*")
        else:
            term = " <-> ".join(f"'{t}'" + ("" if phrase or t != tokens[-1] else ":*") for t in tokens)
            term = f"({term})"
        (unwanted if minus else wanted).append(term)
    if not wanted:
        return None
    if dialect == "sqlite":
        found = " AND ".join(wanted[:20])
        return found if not unwanted else f"({found}) NOT ({' OR '.join(unwanted[:20])})"
    return " & ".join(wanted[:20] + [f"!{t}" for t in unwanted[:20]])


def is_without_words(words: str) -> bool:
    """Nothing is looked for: only signs, or only what must not be there."""
    return query(words, "sqlite") is None


# Beside the wins stands a table of what they say: FTS5's own, and on PostgreSQL its like with their day. Triggers keep it.
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS wins_fts USING fts5(search_text, content='wins', content_rowid='id', tokenize='unicode61', prefix='2 3', columnsize=0)",
    "CREATE TRIGGER IF NOT EXISTS wins_fts_insert AFTER INSERT ON wins BEGIN INSERT INTO wins_fts(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER IF NOT EXISTS wins_fts_delete AFTER DELETE ON wins BEGIN INSERT INTO wins_fts(wins_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER IF NOT EXISTS wins_fts_update AFTER UPDATE OF search_text ON wins WHEN old.search_text <> new.search_text BEGIN"
    " INSERT INTO wins_fts(wins_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
    " INSERT INTO wins_fts(rowid, search_text) VALUES (new.id, new.search_text); END",
)
POSTGRES_SEARCH = (
    "CREATE TABLE IF NOT EXISTS wins_fts (rowid bigint PRIMARY KEY REFERENCES wins (id) ON DELETE CASCADE,"
    " win_date date NOT NULL, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_wins_fts_words ON wins_fts USING gin (words)",
    "CREATE INDEX IF NOT EXISTS ix_wins_fts_newest ON wins_fts (win_date, rowid)",
    "CREATE OR REPLACE FUNCTION wins_fts_put() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " INSERT INTO wins_fts VALUES (new.id, new.win_date, to_tsvector('simple', new.search_text))"
    " ON CONFLICT (rowid) DO UPDATE SET win_date = excluded.win_date, words = excluded.words;"
    " RETURN NULL; END $$",
    "DROP TRIGGER IF EXISTS wins_fts_insert ON wins",
    "CREATE TRIGGER wins_fts_insert AFTER INSERT ON wins FOR EACH ROW EXECUTE FUNCTION wins_fts_put()",
    "DROP TRIGGER IF EXISTS wins_fts_update ON wins",
    "CREATE TRIGGER wins_fts_update AFTER UPDATE OF search_text, win_date ON wins FOR EACH ROW"
    " WHEN (old.search_text <> new.search_text OR old.win_date <> new.win_date) EXECUTE FUNCTION wins_fts_put()",
)


def install(connection: Connection, *, rebuild: bool) -> None:
    """Index and triggers. After a migration they are made anew: SQLite's table rebuild drops them silently."""
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in SQLITE_SEARCH if is_sqlite else POSTGRES_SEARCH:
        connection.execute(text(statement))
    if rebuild:
        connection.execute(text(SQLITE_REBUILD if is_sqlite else POSTGRES_REBUILD))


SQLITE_REBUILD = "INSERT INTO wins_fts(wins_fts) VALUES ('rebuild')"
POSTGRES_REBUILD = (
    "INSERT INTO wins_fts SELECT id, win_date, to_tsvector('simple', search_text) FROM wins ON CONFLICT DO NOTHING"
)


def scrub(connection: Connection) -> None:
    """Words of deleted wins leave SQLite's index only when its parts are merged; PostgreSQL's VACUUM does it by itself."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO wins_fts(wins_fts) VALUES ('optimize')"))
