"""Our values as plain JSON data and back, guided by their type hints: for the pipe to the child and for JSON columns.

Fields that hold their default are left out, so stored values survive a new field with a default.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: Any, blobs: list[bytes] | None = None) -> Any:
    """Dicts, lists, strings, numbers. Bytes go into *blobs* and leave their index; without *blobs* they become null."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    return _writer(kind)(value, blobs)


def from_plain(kind: type[T], plain: Any, blobs: list[bytes] | None = None) -> T:
    """The value of type *kind* again. Raises TypeError, ValueError or KeyError for data of another shape."""
    return typing.cast("T", _reader(typing.cast("typing.Hashable", kind))(plain, blobs or []))


def reader_of(kind: Any) -> Callable[[Any], Any]:
    """``from_plain`` of one *kind* without bytes, for those who read thousands."""
    read = _reader(kind)
    return lambda plain: read(plain, _NO_BLOBS)


_NO_BLOBS: list[bytes] = []
_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})
Writer = Callable[[Any, "list[bytes] | None"], Any]


@cache
def _writer(kind: Any) -> Writer:
    """How values of this very type are written; looked up once, because a mail holds hundreds of them."""
    if issubclass(kind, Enum):
        return lambda value, blobs: value.value
    if issubclass(kind, datetime | date):
        return lambda value, blobs: value.isoformat()
    if issubclass(kind, bytes):
        return _to_blob
    if dataclasses.is_dataclass(kind):
        return _fields_writer(kind)
    if issubclass(kind, Mapping):
        return lambda value, blobs: {str(k): to_plain(v, blobs) for k, v in value.items()}
    if issubclass(kind, tuple | list | frozenset | set):
        return _items
    if issubclass(kind, str | int | float):
        return lambda value, blobs: value
    raise TypeError(f"{kind.__name__} is no plain value")


def _items(value: Iterable[Any], blobs: list[bytes] | None) -> list[Any]:
    out = []
    for item in value:
        kind: Any = type(item)
        out.append(item if kind in _AS_THEY_ARE else _writer(kind)(item, blobs))
    return out


def _to_blob(value: bytes, blobs: list[bytes] | None) -> dict[str, int] | None:
    if blobs is None:
        return None
    blobs.append(value)
    return {"blob": len(blobs) - 1}


def _fields_writer(kind: Any) -> Writer:
    fields = [
        (f.name, f.default_factory() if f.default_factory is not dataclasses.MISSING else f.default)
        for f in dataclasses.fields(kind)
        if f.init
    ]
    # All fields in one step; of a single one attrgetter would give the bare value.
    values_of = attrgetter(*(name for name, _ in fields)) if len(fields) > 1 else None

    def write(value: Any, blobs: list[bytes] | None) -> dict[str, Any]:
        out = {}
        values = values_of(value) if values_of else [getattr(value, name) for name, _ in fields]
        for (name, default), item in zip(fields, values, strict=True):
            if item is default:
                continue
            item_kind: Any = type(item)
            if item_kind is type(default) and item == default:
                continue
            out[name] = item if item_kind in _AS_THEY_ARE else _writer(item_kind)(item, blobs)
        if "content" in out and out["content"] is None:
            del out["content"]
        return out

    return write


Reader = Callable[[Any, list[bytes]], Any]


def _as_it_is(plain: Any, blobs: list[bytes]) -> Any:
    return plain


@cache
def _reader(kind: Any) -> Reader:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind))
    if origin in (tuple, list, frozenset, set):
        return _sequence(origin, typing.get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        item = _reader(typing.get_args(kind)[1])
        return lambda plain, blobs: {k: item(v, blobs) for k, v in plain.items()}
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if kind is datetime:
        return lambda plain, blobs: datetime.fromisoformat(plain)
    if kind is date:
        return lambda plain, blobs: date.fromisoformat(plain)
    if kind is bytes:
        return lambda plain, blobs: blobs[plain["blob"]]
    if isinstance(kind, type) and issubclass(kind, Enum):
        by_value = {member.value: member for member in kind}
        return lambda plain, blobs: by_value[plain]
    return _as_it_is


def _union(options: tuple[Any, ...]) -> Reader:
    kinds = [k for k in options if k is not type(None)]
    if set(kinds) == {datetime, date}:
        return lambda plain, blobs: None if plain is None else (datetime if "T" in plain else date).fromisoformat(plain)
    if len(kinds) > 1:
        # Submission | Ignored: told apart by a field only one of them has.
        readers = [(frozenset(f.name for f in dataclasses.fields(k)), _reader(k)) for k in kinds]

        def read(plain: Any, blobs: list[bytes]) -> Any:
            return None if plain is None else next(r for names, r in readers if set(plain) <= names)(plain, blobs)

        return read
    one = _reader(kinds[0])
    if one is _as_it_is:
        return _as_it_is
    return lambda plain, blobs: None if plain is None else one(plain, blobs)


def _sequence(origin: type, args: tuple[Any, ...]) -> Reader:
    if origin is tuple and len(args) > 1 and args[1] is not Ellipsis:
        if set(args) <= _AS_THEY_ARE:
            return _fixed(len(args))
        readers = [_reader(a) for a in args]
        return lambda plain, blobs: tuple(r(v, blobs) for r, v in zip(readers, plain, strict=True))
    item = _reader(args[0])
    if item is _as_it_is:
        return lambda plain, blobs: origin(plain)
    return lambda plain, blobs: origin([item(v, blobs) for v in plain])


def _fixed(size: int) -> Reader:
    def read(plain: Any, blobs: list[bytes]) -> tuple[Any, ...]:
        if len(plain) != size:
            raise ValueError(f"{len(plain)} values instead of {size}")
        return tuple(plain)

    return read


def _dataclass(kind: Any) -> Reader:
    readers: dict[str, Reader] = {}

    def read(plain: Any, blobs: list[bytes]) -> Any:
        if not readers:
            hints = typing.get_type_hints(kind)
            readers.update({f.name: _reader(hints[f.name]) for f in dataclasses.fields(kind) if f.init})
        values = {}
        for name, value in plain.items():
            reader = readers.get(name)
            if reader is _as_it_is:
                values[name] = value
            elif reader is not None:
                values[name] = reader(value, blobs)
        return kind(**values)

    return read
