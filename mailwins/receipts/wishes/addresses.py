"""Mail addresses in a reply: their dots end no sentence, and a person's stands behind the name."""

from __future__ import annotations

import re
from dataclasses import replace

from mailwins.receipts.wishes.wish import Reply, Wish

# A sign that no mail has stands for the dots meanwhile.
_DOT = "\ue000"

_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


def sheltered(text: str) -> str:
    return _ADDRESS.sub(lambda m: m[0].replace(".", _DOT), text)


def with_addresses(reply: Reply, text: str) -> Reply:
    """The reply to the sheltered *text*, with the dots again, and persons with the address behind their name."""
    wishes = tuple(
        replace(w, value=_with_address(w, w.value.replace(_DOT, "."), text)) if w.value else w for w in reply.wishes
    )
    left = reply.left and reply.left.replace(_DOT, ".")
    if left and any(w.field == "contact" and w.value and left.strip(" .,;()<>") in w.value for w in wishes):
        left = None
    return Reply(wishes, left)


def _with_address(wish: Wish, value: str, text: str) -> str:
    """In whatever brackets it stands."""
    if wish.field != "contact" or "@" in value:
        return value
    behind = re.search(rf"{re.escape(value)}[\s,:(<\[]{{1,4}}({_ADDRESS.pattern})", text)
    return f"{value} <{behind[1]}>" if behind else value
