"""HTML as lines: what is shown, how deep it is quoted, what stands out in colour; and that the tree is walked once, however deep."""

from __future__ import annotations

import time

import pytest

from mailwins.parsers.html import Page, read_page


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two&nbsp;and<br>three</p>", "One\n\ntwo and\nthree"),
        ("<div>a  b\n\t c</div><div>d</div>", "a b c\nd"),
        ("<pre>a  b\nc</pre>", "a  b\nc"),
        ("<p>me</p><blockquote>you<blockquote>me again</blockquote></blockquote><p>me</p>", "me\n\n> you\n>\n> > me again\n>\nme"),
        ("<ol><li>one<li>two</ol><ul><li>three</ul>", "1. one\n2. two\n\n- three"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("a<hr>b", "a\n________________________________\nb"),
        ("<p>seen</p><div style='display:none'>preheader</div>", "seen"),
        ("<p>seen</p><div style='DISPLAY : None'>preheader</div>", "seen"),
        ("<p>seen</p><div style='&#100;isplay:none'>preheader</div>", "seen"),
        ("<p>seen</p><div hidden>draft</div>", "seen"),
        ("<p>seen</p><p style='mso-hide:all'>draft</p>", "seen"),
        ("<p>seen<!-- not --></p><script>not</script><style>p{color:red}</style>", "seen"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_reads_as_it_is_shown(html: str, text: str) -> None:
    assert read_page(html).text.strip() == text


@pytest.mark.parametrize(
    ("html", "coloured"),
    [
        ("<p>They said <span style='color:red'>not for them</span></p>", ("not for them",)),
        ("<p>They said <FONT COLOR=RED>not for them</FONT></p>", ("not for them",)),
        ("<p>They said <span style='COLOR: #C00000'><b>not for them</b></span></p>", ("not for them",)),
        ("<p style='background-color:red'>words</p>", ()),
        ("<p style='color:#1f497d'>words</p>", ()),
    ],
)
def test_words_in_a_loud_colour_stand_out(html: str, coloured: tuple[str, ...]) -> None:
    assert read_page(html).coloured == coloured


def test_links_and_pictures_know_their_line() -> None:
    page = read_page("<p>Look</p><p>at <a href=' HTTPS://x.example/a '>this</a> <img src='cid:<p1>'></p>")
    assert page.text.split("\n")[2] == "at this"
    assert page == Page(page.text, ((2, "HTTPS://x.example/a"),), ((2, "p1"),))


def test_deep_nesting_is_no_recursion() -> None:
    assert "words" in read_page("<div>" * 5_000 + "words" + "</div>" * 5_000).text


def test_a_colour_behind_endless_spaces_takes_linear_time() -> None:
    began = time.process_time()
    read_page("<p style='color:" + " " * 200_000 + "x'>words</p>")
    assert time.process_time() - began < 5
