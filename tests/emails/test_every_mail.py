"""Every kind of mail we send, full and bare, keeps the rules of ``checking``; and no text can break out of it."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from PIL import Image

from mailwins import app as joined
from mailwins.app import App
from mailwins.demo.samples import sample_mails
from mailwins.jobs.announcing import announce
from mailwins.jobs.editing import ask_editors
from mailwins.jobs.publish import publish
from mailwins.jobs.read import read_all
from mailwins.model import Attachment, Measure, RawMessage, Reason, Source, Visibility, WinContact
from mailwins.render import Renderer
from tests.digest.making import EVERYONE, MANAGERS, make_app, make_win, utc
from tests.emails.checking import AIM_BYTES, looked_at, mistakes, visible

MONDAY = utc(2026, 11, 16, 7)
SAMPLES = sample_mails()


@pytest.mark.parametrize(("template", "view"), SAMPLES, ids=[f"{t}-{n}" for n, (t, _) in enumerate(SAMPLES)])
def test_a_sample_of_every_template_keeps_the_rules(template: str, view: object) -> None:
    done = Renderer(joined.load_templates()).render(template, {"mail": view})
    assert list(mistakes(done.html, done.text)) == []
    assert len(done.html.encode()) < AIM_BYTES


# ---------------------------------------------------------------- real mails, plain and hostile

HOSTILE = {
    "template marks": "Saved {{ 7*7 }} hours {% raw %} ${x} %s",
    "script": "<script>alert(1)</script> and <img src=x onerror=y> & more </td></table>",
    "line breaks": "Saved 4 hours\r\nBcc: victim@x.example\r\n\r\nbody",
    "bidi": "Saved \u202e4 hours\u2066 a week\u200f",
    "long": "very " * 2000 + "long",
    "one word": "x" * 10_000,
    "nulls": "Saved\x00 4\x07 hours\x1b[31m",
    "quotes": "\"Saved\" 'em' “all” \\ ` --> ]]>",
}


def picture(app: App) -> Attachment:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(out, "PNG")
    sha256, size = app.files.keep([out.getvalue()])
    return Attachment("shot.png", "image/png", size, sha256)


def filled(folder: Path, words: str) -> App:
    """Every kind of mail of ours with *words* wherever foreign words can stand."""
    app = make_app(
        folder,
        {**EVERYONE, "editor": "mona@tidemark.example"},
        {"key": "marketing", "to": ["team:Support"], "send": "Mon 08:00"},
        {"key": "product", "to": ["team:Sales"], "send": "Mon 08:00"},
        MANAGERS,
    )
    at, shot = MONDAY - timedelta(hours=20), picture(app)
    contact = WinContact(words, "m@hp.example", words)
    make_win(
        app,
        words,
        at=at,
        quote=f"{words}. It was worth it, and we shall say so. {words}.",
        contact=contact,
        attachments=(shot,),
        category="value_realized",
        measures=(Measure("visits", "11", "3", "%"),),
    )
    make_win(
        app, words, at=at, account="Kestrel", note=words, cause=words, features=(words[:150],), category="referral"
    )
    make_win(app, words, at=at, account="Osei Electrical", category="olympics", note=words)
    make_win(app, words, at=at, account=None, category="milestone", note=words)
    make_win(app, words, at=at, account="Alder Water", visibility=Visibility.PRIVATE, internal_note=words)
    make_win(app, words, at=at, is_public=True, quote=words, attachments=(shot,))
    by_mail(app, words)
    announce(app.desk, now=MONDAY - timedelta(hours=19))
    ask_editors(app.desk, MONDAY - timedelta(hours=2))
    publish(app.desk, now=MONDAY)
    return app


ASKED = (
    "quiet",
    "meeting",
    "1on1 Ana",
    "my wins",
    "report trends",
    "report goals",
    "update Harbor & Pine",
    "qbr Harbor & Pine 2026Q4",
)


def by_mail(app: App, words: str) -> None:
    """A note with *words*, which gets a receipt, and each question that is answered with words of wins."""
    approved = {"visibility": Visibility.SHAREABLE, "reasons": {"visibility": Reason(Source.PERSON, "share")}}
    make_win(
        app,
        words,
        at=MONDAY - timedelta(days=2),
        quote=f"{words}. It was worth it.",
        contact=WinContact(words, "m@hp.example", words),
        **approved,
    )
    make_win(app, words, at=MONDAY - timedelta(days=3), customer_text=f"It works. {words}", **approved)
    for number, asked in enumerate(("", *ASKED), 1):
        mail = EmailMessage(policy=default)
        mail["From"], mail["To"], mail["Subject"] = (
            "Mona Falk <mona@tidemark.example>",
            "wins@tidemark.example",
            asked or "Harbor & Pine",
        )
        mail["Date"], mail["Message-ID"] = MONDAY, f"<every{number}@tidemark.example>"
        mail.set_content(asked or f"At Harbor & Pine they told us: {words}\n")
        sha256, size = app.files.keep([mail.as_bytes()])
        app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", number, 1, MONDAY)])
    read_all(app.desk, now=lambda: MONDAY, worker="test")


def one_of_each(app: App) -> dict[str, EmailMessage]:
    found: dict[str, EmailMessage] = {}
    for row in app.store.outgoing():
        asked = app.store.mail(row.mail.cause)
        about = asked.subject if asked else "" if row.mail.kind == "update" else row.mail.cause.split(":")[0]
        found.setdefault(f"{row.mail.kind} {about}".strip(), message_from_bytes(row.mail.raw, policy=default))  # type: ignore[arg-type]
    return found


def bodies(mail: EmailMessage) -> tuple[str, str]:
    page, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert page is not None
    assert text is not None
    return page.get_content(), text.get_content()


KNOWN_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "p",
    "h1",
    "h2",
    "h3",
    "strong",
    "span",
    "a",
    "img",
    "br",
    "blockquote",
}
KINDS = {
    *(f"receipt {asked}" for asked in ASKED if asked.split()[0] not in ("update", "qbr")), "receipt Harbor & Pine", "update", "qbr qbr Harbor & Pine 2026Q4", "announcement win", "edition everyone", "edition managers", "edition marketing", "edition product", "edition-draft everyone", "monday monday",
}  # fmt: skip


def test_plain_words_keep_the_rules_in_every_kind(tmp_path: Path) -> None:
    mails = one_of_each(filled(tmp_path, "They saved 4 hours a week"))
    assert set(mails) == KINDS
    for kind, mail in mails.items():
        page, text = bodies(mail)
        assert list(mistakes(page, text)) == [], kind
        assert len(page.encode()) < AIM_BYTES


@pytest.mark.parametrize("words", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_words_stay_words_on_one_line_and_cut_with_grace(tmp_path: Path, words: str) -> None:
    mails = one_of_each(filled(tmp_path, words))
    assert set(mails) == KINDS
    for kind, mail in mails.items():
        page, text = bodies(mail)
        look = looked_at(page)
        assert look.tags <= KNOWN_TAGS, kind
        assert all(str(image["src"]).startswith("cid:") for image in look.images), kind
        assert "49 hours" not in page + text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page + text), kind
        assert mail["Bcc"] is None
        assert len(str(mail["Subject"])) <= 78
        assert "\n" not in str(mail["Subject"])
        assert len(page.encode()) < AIM_BYTES, kind
        assert len(text) < 12_000, kind
        assert "x" * 400 not in visible(page)
        assert all(len(str(image["alt"])) <= 220 for image in look.images)


def test_our_mails_carry_our_headers_and_no_others(tmp_path: Path) -> None:
    ours = {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "auto-submitted",
        "x-mailwins-kind",
    }
    for kind, mail in one_of_each(filled(tmp_path, "They saved 4 hours a week")).items():
        more = (
            {"list-id", "list-unsubscribe"}
            if kind.split()[0] in ("edition", "announcement", "monday")
            else {"in-reply-to", "references"}
            if kind.startswith("receipt")
            else {"reply-to"}
            if kind == "update"
            else set()
        )
        assert {k.lower() for k in mail} == ours | more, kind
        assert len(list(mail)) == len(set(mail)), f"{kind}: a header is there twice"


def test_a_template_that_is_added_is_looked_at_as_well() -> None:
    folder = Path(__file__).parents[2] / "templates"
    pairs = {p.stem for p in folder.glob("*.html")} & {p.stem for p in folder.glob("*.txt")}
    # Not a mail: how an edition tells a win, and a page to print whose text is Markdown (tests/updates looks at it).
    others = {"tell", "qbr"}
    assert pairs - others == {template for template, _ in SAMPLES}
