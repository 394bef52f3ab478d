"""Named points where a test may stop the process, to prove that nothing is lost or done twice there.

A job calls ``fault("collect.kept")``; in production that is a function that does nothing.
``app`` arms one of them only when the test switch is set.
"""

from __future__ import annotations

from collections.abc import Callable

Fault = Callable[[str], None]

POINTS = (
    "collect.fetched",  # bytes on disk, no row yet
    "collect.kept",  # row written, mail still in the inbox
    "collect.moved",  # moved on the server, not yet noted
    "read.claimed",  # attempt counted, nothing read
    "read.decoded",  # the child answered
    "read.judged",  # everything decided, nothing written
    "read.settled",  # wins, history and receipt written
    "publish.composed",  # mails rendered, nothing written
    "publish.published",  # edition and outbox written
    "announce.queued",  # an announcement is in the outbox, the next is not
    "drafts.composed",  # the editors' drafts are rendered, nothing written
    "drafts.queued",  # they are in the outbox
    "deliver.claimed",  # row says sending, nothing said to the server
    "deliver.sent",  # the server took it, not yet noted
    "deliver.finished",  # noted
)


def no_fault(point: str) -> None:
    """Production's: nothing happens."""
