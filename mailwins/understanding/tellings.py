"""What a mail tells: one message of a customer each, or one story each, and what belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from mailwins.model import Attachment, Directory, InboundMessage, Kind, Labels, Quoted, Story, Submission
from mailwins.parsers.urls import clean_urls, find_urls
from mailwins.understanding import accounts, people, windate


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that may become a win: a customer's message with the member's remark, or a story."""

    quoted: Quoted | None
    text: str
    note: str | None
    labels: Labels
    files: tuple[Attachment, ...]
    urls: tuple[str, ...]
    ordinal: int


@dataclass(frozen=True, slots=True)
class Teller:
    """*own*: our own addresses; *written*: the day of the mail, from which "yesterday" counts."""

    message: InboundMessage
    read: Submission
    directory: Directory
    own: frozenset[str]
    written: date

    def tellings(self) -> list[Telling]:
        read = self.read
        found: list[Telling] = []
        if read.kind in (Kind.FORWARD, Kind.REDIRECT, Kind.REPLY, Kind.NOTIFICATION):
            originals = read.originals if read.kind is not Kind.REPLY else self._answered(read.originals)
            for index, original in enumerate(originals):
                customer = people.customer_in(original, self.directory, self.own) or people.customer_of_ticket(
                    original, self.directory
                )
                quoted = customer or original
                files = self._files(original, index, len(originals))
                between = self._remarks_between(original, customer)
                note = "\n\n".join(t for t in (read.note, *between) if t) or None
                urls = tuple(
                    dict.fromkeys(
                        (
                            *quoted.urls,
                            *clean_urls(find_urls(read.note or "")),
                            *(read.urls if read.kind is not Kind.NOTIFICATION else ()),
                            *self._label_urls(read.labels),
                        )
                    )
                )
                found.append(Telling(quoted, quoted.words, note, read.labels, files, urls, index))
            return found
        stories = self._dated(self._by_account(read.stories or (Story(read.note or ""),)))
        for index, story in enumerate(stories):
            labels = story.labels if len(stories) > 1 else _merged(story.labels, read.labels)
            files = read.attachments if len(stories) == 1 or index == 0 else ()
            urls = tuple(
                dict.fromkeys(
                    (
                        *clean_urls(find_urls(story.text)),
                        *(story.urls if len(stories) > 1 else read.urls),
                        *self._label_urls(labels),
                    )
                )
            )
            found.append(Telling(None, story.text, story.text, labels, files, urls, index))
        return found

    def _dated(self, stories: tuple[Story, ...]) -> tuple[Story, ...]:
        """The day in the line above a list (“Two things from yesterday:”) is that of each item which names none itself."""
        if len(stories) < 2 or any(story.labels.get("date") for story in stories):
            return stories
        written = self.written
        text, first = (" ".join(t.split()) for t in (self.message.text or "", stories[0].text))
        above = text.partition(first)[0] if first in text else ""
        if not (said := windate.in_words(above, written)):
            return stories
        return tuple(
            story
            if windate.in_words(story.text, written)
            else replace(story, labels=_merged(story.labels, Labels((("date", said[1]),))))
            for story in stories
        )

    def _by_account(self, stories: tuple[Story, ...]) -> tuple[Story, ...]:
        """A note whose paragraphs, lines or items of a list each name another customer tells as many stories."""
        if len(stories) != 1 or stories[0].labels.get("account"):
            return stories
        if items := self._items_by_account(stories[0]):
            return items
        parts = accounts.parted_by_name(stories[0].text, self.directory)
        if not parts:
            return stories
        whole = stories[0]
        return tuple(
            replace(
                whole,
                text=p,
                labels=_merged(Labels((("account", name),)), whole.labels),
                urls=tuple(u for u in whole.urls if u in p),
            )
            for name, p in parts
        )

    def _items_by_account(self, whole: Story) -> tuple[Story, ...]:
        """The items of a list of which each names one account, and no two the same."""
        items = [i.strip() for i in re.split(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+", whole.text, flags=re.M)[1:]]
        if not items:
            return ()
        index = accounts.index_of(self.directory)
        # What stands behind the last item is the end of the mail, or news of one more customer.
        *_, last = items
        items[-1], *behind = re.split(r"\n\s*\n", last)
        named = [{n.account.name: n.shown for _, n in index.named_in(item)} for item in items]
        for paragraph in behind:
            more = {n.account.name: n.shown for _, n in index.named_in(paragraph)}
            if len(more) == 1 and not any(more.keys() & names.keys() for names in named):
                items.append(paragraph.strip())
                named.append(more)
        if (
            len(items) < 2
            or any(len(names) != 1 for names in named)
            or len({a for n in named for a in n}) != len(items)
        ):
            return ()
        return tuple(
            replace(
                whole,
                text=item,
                labels=_merged(Labels((("account", next(iter(names.values()))),)), whole.labels),
                urls=tuple(u for u in whole.urls if u in item),
            )
            for item, names in zip(items, named, strict=True)
        )

    def _label_urls(self, labels: Labels) -> tuple[str, ...]:
        return clean_urls([u for _, v in labels.fields for u in find_urls(v)])

    def _answered(self, originals: tuple[Quoted, ...]) -> tuple[Quoted, ...]:
        """Of a reply's thread, the newest message of a customer."""
        customer = next((q for q in originals if not people.is_ours(q.author, self.directory, self.own)), None)
        return (customer,) if customer else originals[:1]

    def _remarks_between(self, original: Quoted, customer: Quoted | None) -> list[str]:
        """What colleagues on the way wrote above the customer's words: internal too."""
        remarks = []
        for quoted in people.chain(original):
            if quoted is customer or customer is None:
                break
            if quoted.words and not quoted.is_by_tool:
                remarks.append(quoted.words)
        return remarks

    def _files(self, original: Quoted, index: int, count: int) -> tuple[Attachment, ...]:
        outer = self.read.attachments if count == 1 or index == 0 else ()
        found: dict[tuple[str, str, int], Attachment] = {}
        for position, file in enumerate((*original.attachments, *outer)):
            found.setdefault(
                (
                    file.sha256,
                    file.filename,
                    0 if file in original.attachments or len(original.attachments) == 0 else position,
                ),
                file,
            )
        files = list(found.values())
        if original.attachments and outer:
            files = list(original.attachments) + [f for f in outer if f not in original.attachments]
        return tuple(files)


def _merged(a: Labels, b: Labels) -> Labels:
    return Labels(tuple(dict.fromkeys((*a.fields, *b.fields))), tuple(dict.fromkeys((*a.tags, *b.tags))))
