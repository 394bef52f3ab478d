"""A style sheet is written into the templates once; what css-inline would make of each whole page is the measure."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from mailwins.app import load_templates
from mailwins.demo.samples import sample_mails
from mailwins.errors import TemplateError
from mailwins.render import STYLE, Renderer, Source
from mailwins.render.inlining import Inliner

SAMPLES = sample_mails()
NO_STYLES = Inliner("")
# It selects nothing; but what stands inside what can be told from a whole page only.
BY_PLACE = "\nmain > em.nowhere { color: red; }"


def declared(style: str) -> dict[str, str]:
    """Of two declarations of one property the last one counts."""
    pairs = (declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration)
    return {name.strip(): value.strip() for name, value in pairs}


class Elements(HTMLParser):
    """What a mail program gets to see: elements with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Any]] = []
        self.feed(NO_STYLES.page(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: declared(value or "") if name == "style" else value for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("/", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("", re.sub(r"\n\s*", "\n", data)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("!", data))


def page(body: str, css: str, **values: object) -> str:
    sources = {"a.html": Source(body, "a.html"), "a.txt": Source("", "a.txt"), STYLE: Source(css, STYLE)}
    return Renderer(sources).render("a", values).html


@pytest.fixture(scope="module")
def renderers() -> tuple[Renderer, Renderer]:
    sources = load_templates()
    sheet = sources[STYLE]
    return Renderer(sources), Renderer({**sources, STYLE: Source(sheet.text + BY_PLACE, sheet.path)})


@pytest.mark.parametrize(("template", "view"), SAMPLES, ids=[f"{t}-{n}" for n, (t, _) in enumerate(SAMPLES)])
def test_every_element_of_every_mail_looks_as_if_the_whole_page_had_been_inlined(
    template: str, view: object, renderers: tuple[Renderer, Renderer]
) -> None:
    once, each = (renderer.render(template, {"mail": view}).html for renderer in renderers)
    assert Elements(once).found == Elements(each).found
    assert "<h1 " not in once or "font-family: Georgia" in once


CSS = """/* ours */
p { margin: 0; color: #111111; }
p.big, .wide { font-size: 20px; }
td { padding: 1px; }
h2.sans { font-family: "Segoe UI", sans-serif; }
.big { color: #222222; }
"""
BODIES = {
    "classes of a tag": '<body><p class="big">a</p><p class="wide other">b</p><h2 class="sans">c</h2></body>',
    "computed classes": "<body>{% for x in (1, 2) %}<p class=\"wide{{ ' big' if x == 1 }}\">a</p>{% endfor %}</body>",
    "a class or none": '<body>{% for x in (1, 2) %}<p{% if x == 1 %} class="big"{% endif %}>a</p>\n{% endfor %}</body>',
    "a tag or another": '<body>{% for x in (1, 2) %}<h{{ x }} class="big">a</h{{ x }}>{% endfor %}</body>',
    "its own style wins": '<body><p class="big" style="color:red;margin-top:{{ 2 + 2 }}px">a</p></body>',
    "a style that may be": '<body><p style="{% if no %}color:red;margin:1px{% endif %}">a</p><p style="color:red">b</p></body>',
    "cells": "<body><table><tr><td width={{ 3 }}>a<th class=big>b<tbody class='wide'><tr><td style='padding:9px'>c</table></body>",
    "comments": '<body><!--[if mso]><p class="big"><![endif]-->{# <p class="big"> #}<p>a</p></body>',
    "marks in attributes": '<body><p class="big" title="{{ words }}" lang="{{ words }}">{{ words }}</p></body>',
    "halves of tags": '<body>{% if no %}<p class="big"{% else %}<p class="wide"{% endif %} id="x">a</p></body>',
    "tags from filters": "<body>{{ '<p class=\"big\">a</p>'|safe }}</body>",
}
WORDS = '<p class="big"> & \'so\' "on" > {{ 1 }}'


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_template_of_a_company_is_read_as_its_author_means_it(body: str) -> None:
    once, each = (page(body, css, no=False, words=WORDS) for css in (CSS, CSS + BY_PLACE))
    assert Elements(once).found == Elements(each).found
    assert "style=" in once


def test_selectors_by_place_work_as_well() -> None:
    body = '<body><div><a href="x">a</a></div><a href="y">b</a></body>'
    html = page(body, "div > a { color: #123456; } a[href=y] { color: #654321; }")
    links = [attributes for tag, attributes in Elements(html).found if tag == "a"]
    assert [link["style"] for link in links] == [{"color": "#123456"}, {"color": "#654321"}]


def test_a_mistake_is_still_found_on_its_line() -> None:
    with pytest.raises(TemplateError, match=r"a\.html, line 3"):
        page('<body>\n<p class="{{ 1 }}"\n id="x">{{ nobody.name }}</p>\n</body>', CSS)
