"""Patterns that are compiled when they are first asked."""

from __future__ import annotations

import gc
import pkgutil
import re
from importlib import import_module

import mailwins
from mailwins.patterns import Rare, rare


def test_a_rare_pattern_answers_as_any_other() -> None:
    plain, late = re.compile(r"\b(?P<word>wins?)\b", re.I), rare(r"\b(?P<word>wins?)\b", re.I)
    text = "A WIN and two wins"
    assert late.findall(text) == plain.findall(text) == ["WIN", "wins"]
    assert [m["word"] for m in late.finditer(text)] == ["WIN", "wins"]
    assert (late.sub("x", text), late.pattern, late.groups) == (plain.sub("x", text), plain.pattern, plain.groups)
    assert late.fullmatch("winner") is None


def test_every_rare_pattern_of_the_program_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(mailwins.__path__, "mailwins."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            import_module(module.name)
    gc.unfreeze()  # another test may have run the service here, which takes what is loaded out of the collector's sight
    known = [value for value in gc.get_objects() if type(value) is Rare]
    assert len(known) > 100
    for pattern in known:
        assert pattern.groups >= 0, pattern.pattern
