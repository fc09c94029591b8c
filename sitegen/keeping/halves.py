"""Records kept in two halves: what every list needs, and the rest, which is decoded when somebody asks for it.

Ten thousand clients with all their entries take a second to decode, their names and stages a tenth of that. A record
that comes back is its class's own, with the same values; only its rest waits on disk.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

import msgspec

T = TypeVar("T")
_encode = msgspec.msgpack.Encoder().encode


class Halves(Generic[T]):
    """How records of one class (a frozen dataclass with slots) are kept."""

    def __init__(self, cls: type[T], head: Sequence[str]) -> None:
        """`head` names the fields that come back at once."""
        names = [field.name for field in fields(cast("Any", cls))]
        hints = typing.get_type_hints(cls)
        self._names = names
        self._head = tuple(head)
        self._rest = tuple(name for name in names if name not in head)
        self._get_head = attrgetter(*self._head)
        self._get_rest = attrgetter(*self._rest)
        self._head_of = _decoder([hints[name] for name in self._head])
        self._rest_of = _decoder([hints[name] for name in self._rest])
        self._lazy = self._lazy_class(cls)

    def encode(self, record: T) -> tuple[bytes, bytes]:
        """Both halves of a record."""
        return _encode(self._get_head(record)), _encode(self._get_rest(record))

    def decode(self, head: bytes, rest: Callable[[], bytes]) -> T:
        """The record; `rest` is called when the first field of the second half is asked for, and only then.

        Raises `msgspec.DecodeError` for bytes that are not a first half; reading a field of the second half does so
        for bytes that are not one.
        """
        record = object.__new__(self._lazy)
        for name, value in zip(self._head, self._head_of(head), strict=True):
            object.__setattr__(record, name, value)
        object.__setattr__(record, "_kept", rest)
        return record

    def _load(self, record: Any, name: str) -> Any:
        # A slot that nobody has filled yet comes here.
        if name not in self._rest:
            raise AttributeError(name)
        values = self._rest_of(object.__getattribute__(record, "_kept")())
        for field, value in zip(self._rest, values, strict=True):
            object.__setattr__(record, field, value)
        if _loaded is not None:
            _loaded.append((record, self._rest))
        return object.__getattribute__(record, name)

    def _lazy_class(self, cls: type[T]) -> type[T]:
        """The class's own kind, some of whose slots wait."""

        def load(record: Any, name: str) -> Any:
            return self._load(record, name)

        def same(record: Any, other: object) -> Any:
            if not isinstance(other, cls):
                return NotImplemented
            return all(getattr(record, name) == getattr(other, name) for name in self._names)

        def whole(record: Any) -> tuple[Any, ...]:
            return cls, tuple(getattr(record, name) for name in self._names)

        own: dict[str, Any] = {
            "__slots__": ("_kept",),
            "__getattr__": load,
            "__eq__": same,
            "__hash__": cls.__hash__,
            "__reduce__": whole,
            "__doc__": cls.__doc__,
            "__module__": cls.__module__,
        }
        return type(cls.__name__, (cls,), own)


_loaded: list[tuple[Any, tuple[str, ...]]] | None = None


def begin_releasing() -> None:
    """From now on remember whose second half was decoded, so that it can be released."""
    global _loaded  # noqa: PLW0603  a process that works through ten thousand clients, batch by batch
    _loaded = []


def release() -> None:
    """Let go of all second halves decoded since; they are decoded again when somebody asks."""
    if _loaded is not None:
        for record, names in _loaded:
            for name in names:
                object.__delattr__(record, name)
        _loaded.clear()


def _decoder(types: Sequence[Any]) -> Callable[[bytes], tuple[Any, ...]]:
    made: Any = msgspec.msgpack.Decoder(tuple.__class_getitem__(tuple(types)))
    return cast("Callable[[bytes], tuple[Any, ...]]", made.decode)
