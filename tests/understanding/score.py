"""Plays a folder of mails as one mailbox and scores what became of them: ``python -m tests.understanding.score FOLDER [-v]``."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailwins import config
from mailwins.mime import decode
from mailwins.model import Decoded, Outcome, Win
from mailwins.parsers import read_message
from mailwins.understanding import Earlier, Facts, Judgement, Policy, judge, wanted
from tests.directory import read_directory
from tests.parsers.score import Score, flat


def play(folder: Path, names: list[str], policy: Policy) -> dict[str, Judgement]:
    """Judgements in the given order, each knowing those before it."""
    directory = read_directory(folder if (folder / "accounts.csv").exists() else folder.parent, policy.own_domains)
    refs: dict[tuple[str, str], list[str]] = {}
    wins: dict[str, tuple[Win, ...]] = {}
    results: dict[str, Judgement] = {}
    for name in names:
        raw = (folder / f"{name}.eml").read_bytes()
        message = decode(raw)
        decoded = Decoded(message, read_message(message, own=policy.own_addresses))
        earlier = tuple(
            Earlier(kind, key, sha, wins.get(sha, ()))
            for kind, key in wanted(decoded)
            for sha in refs.get((kind, key), ())
        )
        now = message.date or datetime(2026, 11, 16, tzinfo=UTC)
        result = judge(decoded, Facts(directory, policy, name, now, now, earlier))
        for key in result.refs:
            refs.setdefault(key, []).append(name)
        wins[name] = result.wins or (wins.get(result.duplicate_of, ()) if result.duplicate_of else ())
        results[name] = result
        # The service learns contacts as it goes, and so does this mailbox.
        learned = [c for c in result.contacts if c.address and directory.contact(c.address) is None]
        if learned:
            directory = replace(directory, contacts=(*directory.contacts, *learned))
    return results


def policy_for(domain: str) -> Policy:
    return Policy(
        categories=config.Config().kinds,
        own_addresses=frozenset({f"wins@{domain}"}),
        own_domains=frozenset({domain}),
        authserv_ids=(f"mx.{domain}",),
    )


def score_wins(folder: Path, domain: str) -> Score:
    names = sorted(p.stem for p in folder.glob("*.eml"))
    results = play(folder, names, policy_for(domain))
    score = Score()
    for name in names:
        gold = json.loads((folder / f"{name}.json").read_text())
        if "correction" in gold.get("tags", ()):
            continue
        _score(score, name, gold, results[name])
    return score


def _score(score: Score, name: str, gold: dict[str, Any], got: Judgement) -> None:
    is_again = (
        bool(gold["duplicate_of"]) and got.outcome in (Outcome.WIN, Outcome.IGNORED) and got.duplicate_of is not None
    )
    score.mark(
        name,
        "outcome",
        f"{got.outcome} {got.reason} {got.candidates}",
        f"{gold['outcome']} {gold['reason']}",
        ok=got.outcome in gold.get("outcome_also", ())
        or (got.reason == gold["reason"] == "negative")
        or (got.outcome == gold["outcome"] and (gold["outcome"] == "win" or got.reason == gold["reason"]))
        or is_again,
    )
    score.mark(
        name,
        "duplicate",
        str(got.duplicate_of),
        str(gold["duplicate_of"]),
        ok=(got.duplicate_of or None) == (gold["duplicate_of"] or None) or (gold["outcome"] == "ignored"),
    )
    if gold["outcome"] != "win" or gold["duplicate_of"]:
        return
    score.mark(
        name, "number of wins", str(len(got.wins)), str(len(gold["wins"])), ok=len(got.wins) == len(gold["wins"])
    )
    for number, wanted_ in enumerate(gold["wins"]):
        win = got.wins[number] if number < len(got.wins) else None
        _score_win(score, f"{name}[{number}]", wanted_, win)


def _score_win(score: Score, name: str, gold: dict[str, Any], win: Win | None) -> None:
    def mark(what: str, value: Any, wanted_: Any, ok: bool) -> None:
        if "'?'" in str(wanted_) or wanted_ == "?":
            return  # left open by who wrote it
        score.mark(name, what, str(value), str(wanted_), ok=win is not None and ok)

    mark("account", win.account if win else None, gold["account"], bool(win) and win.account == gold["account"])
    days = [gold["win_date"], *gold.get("win_date_also", [])]
    mark("win date", win.win_date if win else None, days, bool(win) and str(win.win_date) in days)
    people = [gold["contact"], *gold.get("contact_also", [])]
    got = (flat(win.contact.name), flat(win.contact.address).lower()) if win and win.contact else None
    wanted_people = [
        None if not isinstance(p, dict) else (flat(p["name"] or ""), flat(p["address"] or "").lower()) for p in people
    ]
    # A note names a person; the address may be known from an earlier mail.
    mark("contact", got, wanted_people, got in wanted_people or (got is not None and (got[0], "") in wanted_people))
    if "csm" in gold:
        mark("csm", win.csm if win else None, gold["csm"], bool(win) and win.csm == gold["csm"])
    mark("value", win.value if win else None, gold["value"], bool(win) and win.value == gold["value"])
    line = (win.summary if win else "").lower()
    keywords = gold["summary_keywords"]
    groups = keywords if keywords and isinstance(keywords[0], list) else [keywords]
    mark("summary", win.summary if win else None, groups, all(any(k.lower() in line for k in g) for g in groups if g))
    detail = flat(_unquoted(win.detail or "").replace("\xa0", " ").replace("\u202f", " ")) if win else ""
    missing = [d for d in gold["detail_contains"] if flat(d.replace("\u202f", " ")) not in detail]
    extra = [d for d in gold["detail_excludes"] if flat(d) in detail]
    mark("detail contains", missing or detail[:200], gold["detail_contains"], not missing)
    mark("detail excludes", extra, gold["detail_excludes"], not extra)
    note = gold.get("internal_note")
    mark(
        "internal note",
        win.internal_note if win else None,
        note,
        bool(win) and (flat(note) in flat(win.internal_note) and flat(note) not in detail if note else True),
    )
    if "urls" in gold:
        urls = set(win.urls) if win else set()
        mark(
            "urls",
            sorted(urls),
            (gold["urls"], gold.get("urls_exclude")),
            set(gold["urls"]) <= urls and not urls & set(gold.get("urls_exclude", [])),
        )
    if "attachments" in gold and (not gold["attachments"] or "sha256" in gold["attachments"][0]):
        files = sorted((a.filename, a.sha256) for a in win.attachments) if win else []
        mark(
            "attachments",
            files,
            gold["attachments"],
            files == sorted((a["filename"], a["sha256"]) for a in gold["attachments"]),
        )
    category = win.category if win else None
    kinds = gold.get("categories") or gold.get("kinds", [])
    suggested = win.reasons["category"].candidates if win else ()
    mark("category", f"{category} {suggested}", kinds, category in kinds)
    mark("category in three", category, kinds, bool({category, *suggested[:3]} & set(kinds)))
    mark("wrong and confident", category, kinds, category is None or category in kinds)
    mark("endorsement constant", "endorsement", kinds, "endorsement" in kinds)


def _unquoted(text: str) -> str:
    """Without quote marks at the beginning of lines; an arrow ("240 -> 310") is none."""
    return re.sub(r"^(?:> ?)+", "", text, flags=re.M)


def main() -> None:
    folder = Path(sys.argv[1])
    domain = sys.argv[2] if len(sys.argv) > 2 and not sys.argv[2].startswith("-") else "brightloom.example"
    score = score_wins(folder, domain)
    for what in score.total:
        print(f"{what:22} {score.right[what]:4} of {score.total[what]:4}  {100 * score.share(what):5.1f} %")
    if "-v" in sys.argv:
        for name, what, got, wanted_ in score.misses:
            if what != "endorsement constant":
                print(f"\n{name}: {what}\n  got    {got[:500]}\n  wanted {wanted_[:400]}")


if __name__ == "__main__":
    main()
