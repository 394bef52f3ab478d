"""Regular expressions that few mails need.

The program knows some six hundred, and to compile one takes as long as to search a whole mail with a hundred: all of
them at every start would be a quarter of it. Those that nearly every mail needs are plain ``re.compile``.
"""

from __future__ import annotations

import re
from typing import Any, cast


def rare(source: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``, done when the pattern is first asked; a little slower to ask for ever after."""
    return cast("re.Pattern[str]", Rare(source, flags))


class Rare:
    """Not a ``re.Pattern`` for ``isinstance``, and not for ``re.sub(pattern, …)``: ask it by its methods."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called for what is not here yet: each method, once."""
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
