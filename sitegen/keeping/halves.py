"""Records kept in two halves: what every list needs, and the rest, which is decoded when somebody asks for it.

Ten thousand clients with all their entries take a second to decode, their names and stages a tenth of that, and a
build that changes one of them needs few of either. A record that comes back is its class's own, with the same values;
its halves wait, and tell who listens which of its fields are read (`sitegen/trace.py`).
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

import msgspec

from sitegen.keeping.store import Store
from sitegen.trace import ALL, TRACE

T = TypeVar("T")
FIRST, SECOND = 0, 1
_encode = msgspec.msgpack.Encoder().encode


class InStore:
    """Both halves of a record in a store, each in a table of its own under the same key and stamp."""

    __slots__ = ("_key", "_stamp", "_store", "_tables")

    def __init__(self, store: Store, tables: tuple[str, str], key: str, stamp: bytes) -> None:
        """Nothing is read yet."""
        self._store, self._tables, self._key, self._stamp = store, tables, key, stamp

    def __call__(self, which: int) -> bytes:
        """One of them; raises `Damaged` where it is not there whole."""
        return self._store.one(self._tables[which], self._key, self._stamp)


class Halves(Generic[T]):
    """How records of one class (a frozen dataclass with slots) are kept."""

    def __init__(self, cls: type[T], head: Sequence[str], table: str, at_once: Sequence[str] = ()) -> None:
        """`head` names the fields of the first half, `at_once` those of them that need no decoding.

        `table` tells apart in cells whose fields were read.
        """
        names = [field.name for field in fields(cast("Any", cls))]
        hints = typing.get_type_hints(cls)
        self._cls, self._names = cls, names
        self._head = tuple(head)
        self._rest = tuple(name for name in names if name not in head)
        self._waiting = tuple(name for name in head if name not in at_once and name != "key")
        self._get_head = attrgetter(*self._head)
        self._get_rest = attrgetter(*self._rest)
        self._head_of = _decoder([hints[name] for name in self._head])
        self._rest_of = _decoder([hints[name] for name in self._rest])
        self._put_head = [getattr(cls, name).__set__ for name in self._head]
        self._put_rest = [getattr(cls, name).__set__ for name in self._rest]
        self._put_known = [getattr(cls, name).__set__ for name in at_once]
        self.table = table
        self.fields = tuple(name for name in names if name != "key")
        self._lazy = self._lazy_class(cls)
        self._put_own = [getattr(self._lazy, name).__set__ for name in _OWN]
        self._put_key = cast("Any", self._lazy).key.__set__ if "key" in names else None

    def encode(self, record: T) -> tuple[bytes, bytes]:
        """Both halves of a record."""
        return _encode(self._get_head(record)), _encode(self._get_rest(record))

    def decode(self, key: str, halves: Callable[[int], bytes], known: Sequence[object] = ()) -> T:
        """The record of this key: a half is decoded when one of its fields is asked for, and only then.

        `halves` is called for the bytes of the `FIRST` or the `SECOND` half; `known` are the values of the fields
        named `at_once`. Reading a field raises `msgspec.DecodeError` for bytes that are not such a half.
        """
        record = object.__new__(self._lazy)
        put_key, put_halves = self._put_own
        put_key(record, key)
        put_halves(record, halves)
        if self._put_key:
            self._put_key(record, key)
        for put, value in zip(self._put_known, known, strict=False):
            put(record, value)
        return record

    def whole(self, record: T) -> T:
        """The same record, nothing of which waits or is released; raises what reading a field of it does."""
        return self._cls(*[getattr(record, name) for name in self._names])

    def changed(self, old: T, new: T) -> list[str]:
        """The fields in which two records differ, as tables of cells."""
        return [f"{self.table}.{name}" for name in self.fields if getattr(old, name) != getattr(new, name)]

    def _load(self, record: Any, name: str) -> Any:
        # A slot that nobody has filled yet comes here.
        if name in self._rest:
            for put, value in zip(self._put_rest, self._rest_of(record._kept_halves(SECOND)), strict=True):
                put(record, value)
            if _loaded is not None:
                _loaded.append((record, self._rest))
        elif name in self._head:
            for put, value in zip(self._put_head, self._head_of(record._kept_halves(FIRST)), strict=True):
                if (
                    put != self._put_key
                ):  # two notes of one file name: the second has another key than it says
                    put(record, value)
            if _loaded is not None:
                _loaded.append((record, self._waiting))
        else:
            raise AttributeError(name)
        return object.__getattribute__(record, name)

    def _lazy_class(self, cls: type[T]) -> type[T]:
        """The class's own kind, whose slots wait, and which tells who reads them."""

        def load(record: Any, name: str) -> Any:
            return self._load(record, name)

        def same(record: Any, other: object) -> Any:
            if not isinstance(other, cls):
                return NotImplemented
            return all(getattr(record, name) == getattr(other, name) for name in self._names)

        def whole(record: Any) -> tuple[Any, ...]:
            return cls, tuple(getattr(record, name) for name in self._names)

        own: dict[str, Any] = {
            "__slots__": _OWN,
            "__getattr__": load,
            "__eq__": same,
            "__hash__": cls.__hash__,
            "__reduce__": whole,
            "__doc__": cls.__doc__,
            "__module__": cls.__module__,
        }
        key = getattr(cls, "key", None)
        own.update({name: _told(getattr(cls, name), f"{self.table}.{name}", key) for name in self.fields})
        return type(cls.__name__, (cls,), own)


_OWN = ("_kept_key", "_kept_halves")


def _told(slot: Any, table: str, key: Any) -> property:
    """A field that tells who listens that it was read. `slot` holds it; `key` that of the record, if it has one."""
    get = slot.__get__
    key_of = key.__get__ if key else attrgetter("_kept_key")

    def read(record: Any) -> Any:
        cells = TRACE.cells
        if cells is not None:
            try:
                cells.add((table, key_of(record)))
            except AttributeError:  # made from a record, by somebody who did not say whose it is
                cells.add((table, ALL))
        return get(record)

    return property(read, slot.__set__, slot.__delete__)


_loaded: list[tuple[Any, tuple[str, ...]]] | None = None


def begin_releasing() -> None:
    """From now on remember what was decoded, so that it can be released."""
    global _loaded  # noqa: PLW0603  a process that works through ten thousand clients, batch by batch
    _loaded = [] if _loaded is None else _loaded


def release() -> None:
    """Let go of all halves decoded since; they are decoded again when somebody asks."""
    if _loaded is not None:
        for record, names in _loaded:
            for name in names:
                object.__delattr__(record, name)
        _loaded.clear()


def _decoder(types: Sequence[Any]) -> Callable[[bytes], tuple[Any, ...]]:
    made: Any = msgspec.msgpack.Decoder(tuple.__class_getitem__(tuple(types)))
    return cast("Callable[[bytes], tuple[Any, ...]]", made.decode)
