"""A note: a colleague's own words about something good. One mail may tell several wins, as numbered, bulleted or headed parts."""

from __future__ import annotations

import re
from dataclasses import replace

from mailwins.model import Kind, Labels, Story, Submission
from mailwins.parsers.blocks import Line
from mailwins.parsers.folding import drop_greeting, fold
from mailwins.parsers.labels import take_labels
from mailwins.parsers.opened import Opened, text_of

_ITEM = re.compile(r"^\s*(?:(?P<number>\d{1,2})\s?[.):]|[(（](?P<paren>\d{1,2})[)）]|[①②③④⑤⑥⑦⑧⑨])\s+(?=\S)")
_BULLET = re.compile(r"^\s*[-*•·–—]\s+(?=\S)")
MIN_STORY_WORDS = 4


def read(mail: Opened) -> Submission | None:
    """Always a Submission: whatever nobody else recognised is a note."""
    message = mail.message
    name = message.author.name
    lines = (*mail.split.before, *mail.split.after) if mail.split.boundaries else mail.split.before
    if mail.split.boundaries:
        # A pasted quote belongs to the story.
        lines = tuple(_all_lines(mail))
    own = fold(text_of(lines), (name,) if name else ())
    stories, labels = split_stories(own.text)
    subject_labels = take_labels(message.subject or "")[1]
    labels = replace(labels, tags=tuple(dict.fromkeys((*labels.tags, *subject_labels.tags))))
    stories = tuple(replace(s, urls=mail.urls_in(s.text)) for s in stories)
    note = "\n\n".join(s.text for s in stories) or None
    return Submission(
        kind=Kind.NOTE,
        reader="note",
        submitter=message.author,
        note=note,
        note_raw=own.text or None,
        stories=stories,
        labels=labels,
        urls=mail.urls_in(own.text),
        attachments=mail.evidence(),
        folded=own.folded,
        signature=own.signature,
    )


def _all_lines(mail: Opened) -> list[Line]:
    from mailwins.parsers.blocks import to_lines

    return to_lines(mail.page.text if mail.is_from_html else mail.text)


def split_stories(text: str) -> tuple[tuple[Story, ...], Labels]:
    """The parts that may be wins of their own, and what is stated for all of them."""
    items = _items(text)
    if len(items) < 2:
        rest, labels = take_labels(text)
        detail = labels.get("detail")
        story = "\n\n".join(t for t in (detail, drop_greeting(rest)) if t)
        fields = tuple((k, v) for k, v in labels.fields if k != "detail")
        return ((Story(story, replace(labels, fields=fields)),) if story else ()), replace(labels, fields=fields)
    stories = []
    for item in items:
        rest, labels = take_labels(item)
        detail = labels.get("detail")
        story = "\n\n".join(t for t in (detail, rest) if t)
        if story:
            stories.append(Story(story, labels))
    return tuple(stories), Labels()


def _items(text: str) -> list[str]:
    """Numbered parts (1. 2. 3.), or paragraphs that each begin with a bullet; empty when the note is one story."""
    lines = text.split("\n")
    numbered: list[list[str]] = []
    expected = 1
    for line in lines:
        match = _ITEM.match(line)
        number = int(match["number"] or match["paren"] or expected) if match else None
        if match and number == expected:
            numbered.append([line[match.end() :]])
            expected += 1
        elif numbered:
            numbered[-1].append(line)
    if len(numbered) >= 2 and all(len(" ".join(i).split()) >= MIN_STORY_WORDS for i in numbered):
        return ["\n".join(i).strip() for i in numbered]
    return []
