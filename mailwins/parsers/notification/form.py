"""Forms: Typeform, SurveyMonkey, Google Forms, Jotform, Microsoft Forms and their like print each question with its answer below.

No tool is named: what a question asks for is told by its words, the rating by its answer.
"""

from __future__ import annotations

import re

from mailwins.model import Address, Rating, Submission
from mailwins.parsers.addresses import parse_author
from mailwins.parsers.notification.survey import VERDICTS, is_from_tool, is_furniture, to_submission, told_by
from mailwins.parsers.opened import Opened
from mailwins.patterns import rare

_ANNOUNCED = rare(
    r"\b(?:new|received an?|has an?)\b.{0,30}\b(?:response|submission|entry|answer|feedback|reply)\b|\b(?:responded to|completed|filled (?:in|out))\b.{0,40}\b(?:survey|form)\b|"
    r"neue (?:antwort|einsendung|eingabe)|nouvelle (?:réponse|soumission)|nueva (?:respuesta|entrada)|nova (?:resposta|submissão)|nuova (?:risposta|compilazione)|nieuw(?:e)? (?:antwoord|reactie|inzending)|nytt svar|nyt svar|nowa odpowiedź|новый ответ|新しい回答|回答がありました|新的回复",
    re.I,
)
_QUESTION = rare(
    r"^[\s*_>-]*(?:(?:q|frage|question|pregunta|domanda|vraag)?\s*\d{1,2}\s*[.):：]\s*)?(?P<asks>\S.{2,200}?)\s*[*_]*$",
    re.I,
)
_NUMBERED = rare(r"^[\s*_>-]*(?:q|frage|question|pregunta|domanda|vraag)\s*\d{1,2}\s*[.):：]", re.I)
_ASKS_FOR: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", rare(r"\be-?mail|courriel|correo|メール", re.I)),
    (
        "nps",
        rare(
            r"recommend|weiterempfehl|empfehlen|recommand|recomend|raccomand|aanbevel|rekommend|anbefal|polec|suosittel|порекоменд|お勧め|推奨|おすすめ",
            re.I,
        ),
    ),
    (
        "csat",
        rare(
            r"satisf|zufrieden|satisfech|soddisf|tevreden|nöjd|tilfreds|zadowol|tyytyv|удовлетвор|満足|how would you rate|wie bewerten",
            re.I,
        ),
    ),
    ("name", rare(r"\b(?:name|nom|nombre|nome|naam|namn|navn|imię)\b|お名前|氏名|имя", re.I)),
    (
        "company",
        rare(
            r"\b(?:company|organi[sz]ation|employer|firma|unternehmen|entreprise|société|empresa|azienda|bedrijf|företag|virksomhed|firma|компания)\b|会社|御社",
            re.I,
        ),
    ),
)
_SCORE = rare(r"^\s*(\d{1,2})\s*(?:(?:/|out of|von|sur|de|van|su)\s*(5|7|10))?\s*(?:stars?|sterne)?\s*$", re.I)
MIN_WORDS = 4
MAX_PAIRS = 60


def read(mail: Opened) -> Submission | None:
    if not is_from_tool(mail):
        return None
    text = "\n".join(line.text for line in mail.split.before)
    subject = mail.message.subject or ""
    if not _ANNOUNCED.search(f"{subject}\n{text[:600]}"):
        return None
    answers = pairs(text)
    told = {kind: answer for kind, answer in reversed(answers) if kind}
    words = "\n\n".join(a for kind, a in answers if kind is None and len(a.split()) >= MIN_WORDS)
    rating = _rating(told)
    if len(answers) < 2 or not (words or rating):
        return None
    author, company = _person(told)
    quoted = told_by(author, mail, text, words)
    return to_submission(mail, quoted, rating, reader="form", company=company)


def pairs(text: str) -> list[tuple[str | None, str]]:
    """(what a question asks for, None for an open one; its answer), in their order."""
    found: list[tuple[str | None, list[str]]] = []
    is_open = False
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            is_open = is_open and not (found and found[-1][1])
            continue
        if is_furniture(line):
            is_open = False
            continue
        kind, is_question = _asked(line, is_answer=is_open and not found[-1][1])
        if is_question:
            if len(found) >= MAX_PAIRS:
                break
            found.append((kind, []))
            is_open = True
        elif is_open or (found and found[-1][0] is None and found[-1][1]):
            found[-1][1].append(line)
            is_open = True
    return [(kind, "\n".join(lines)) for kind, lines in found if lines]


def _asked(line: str, *, is_answer: bool) -> tuple[str | None, bool]:
    match = _QUESTION.match(line)
    if not match or len(line) > 200:
        return None, False
    asks = match["asks"].rstrip(" *_")
    kind = next((k for k, pattern in _ASKS_FOR if pattern.search(asks)), None)
    is_short_label = kind is not None and len(asks.split()) <= 6 and "@" not in asks and asks[-1:] not in ".!"
    return kind, bool(_NUMBERED.match(line)) or asks.endswith(("?", "？")) or (is_short_label and not is_answer)


def _rating(told: dict[str, str]) -> Rating | None:
    for scale in ("nps", "csat"):
        answer = told.get(scale, "")
        if match := _SCORE.match(answer):
            best = float(match[2] or (10 if scale == "nps" or int(match[1]) > 5 else 5))
            return Rating(scale, float(match[1]), best) if float(match[1]) <= best else None
        if scale == "csat" and (score := VERDICTS.get(answer.lower().strip(" .!"))):
            return Rating(scale, score, 5.0)
    return None


def _person(told: dict[str, str]) -> tuple[Address, str | None]:
    name, company = told.get("name", ""), told.get("company")
    address = parse_author(told.get("email", "")).address
    if company is None and "," in name and len(name) < 80:
        # "Your name and company": "Bea Ortiz, Clínica Arrel".
        name, _, company = (x.strip() for x in name.partition(","))
    return Address(name.split("\n")[0].strip() or None, address), company or None
