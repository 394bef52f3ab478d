"""Every outgoing mail as a page beside its file, and one page to click through them."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as default_policy
from pathlib import Path


def write_pages(folder: Path, mails: Sequence[Path]) -> Path:
    """*mails*: .eml files; each gets an .html twin. Returns the index."""
    rows = []
    for path in mails:
        mail = message_from_bytes(path.read_bytes(), policy=default_policy)
        page = path.with_suffix(".html")
        page.write_text(as_page(mail), encoding="utf-8")
        rows.append((str(mail["X-Mailwins-Kind"] or ""), str(mail["To"] or ""), str(mail["Subject"] or ""), str(mail["Date"] or ""), page.relative_to(folder), path.relative_to(folder)))
    index = folder / "index.html"
    index.write_text(_index(rows), encoding="utf-8")
    return index


def as_page(mail: EmailMessage) -> str:
    """The HTML body with its pictures inside, for a browser; the text body where there is no other."""
    body = mail.get_body(("html",))
    if body is None:
        plain = mail.get_body(("plain",))
        return f"<pre>{html.escape(plain.get_content() if plain else '')}</pre>"
    page = str(body.get_content())
    for part in mail.walk():
        cid = str(part.get("Content-ID", "")).strip("<> ")
        if cid and part.get_content_maintype() == "image":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            page = page.replace(f"cid:{cid}", f"data:{part.get_content_type()};base64,{base64.b64encode(content).decode()}")
    return page


def _index(rows: Sequence[tuple[str, str, str, str, Path, Path]]) -> str:
    lines = "\n".join(
        f'<tr><td>{html.escape(kind)}</td><td><a href="{html.escape(str(page))}" target="mail">{html.escape(subject)}</a></td><td>{html.escape(to)}</td><td>{html.escape(date)}</td><td><a href="{html.escape(str(eml))}">.eml</a></td></tr>'
        for kind, to, subject, date, page, eml in rows
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>mailwins demo: what went out</title>
<style>
body{{margin:0;font:15px/1.5 system-ui,sans-serif;color:#20262c;background:#f4f2ed;display:flex;height:100vh}}
nav{{width:52%;overflow:auto;padding:18px 22px}} iframe{{flex:1;border:0;border-left:1px solid #e4e0d8;background:#fff}}
h1{{font:normal 24px Georgia,serif;margin:0 0 6px}} input{{font:inherit;padding:6px 10px;width:60%;margin:8px 0 12px;border:1px solid #c9c4ba;border-radius:6px}}
table{{border-collapse:collapse;width:100%}} td{{padding:5px 8px 5px 0;border-bottom:1px solid #e4e0d8;vertical-align:top;font-size:14px}} a{{color:#1d6b50}}
</style></head><body><nav><h1>{len(rows)} mails went out</h1>
<p>Click one to see it. Type to filter: edition, receipt, update, a name.</p>
<input id="f" placeholder="filter" aria-label="filter"><table id="t"><tbody>
{lines}
</tbody></table></nav><iframe name="mail" title="mail"></iframe>
<script>
const rows=[...document.querySelectorAll('#t tr')];
document.getElementById('f').oninput=e=>{{const q=e.target.value.toLowerCase();for(const r of rows)r.hidden=!r.textContent.toLowerCase().includes(q)}};
</script></body></html>
"""
