"""Plain data as bytes and back: records, texts (also those marked as safe for HTML), numbers, dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from markupsafe import Markup

V = TypeVar("V")


def _put(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} is not plain data")


def _take(wanted: type[Any], value: Any) -> Any:
    if wanted is Markup:
        return Markup(value)  # noqa: S704  it was so when it was put away
    raise TypeError(f"{wanted.__name__} is not plain data")


encode = msgspec.msgpack.Encoder(enc_hook=_put).encode
"""Plain data as bytes; raises `TypeError` for anything else."""


@lru_cache(maxsize=200)
def decoder(wanted: Any) -> Any:
    """What makes plain data of this type of bytes, as `decode` does."""
    return msgspec.msgpack.Decoder(wanted, dec_hook=_take).decode


def decode(data: bytes, wanted: Any) -> Any:
    """The plain data again, of the type that is wanted; raises `msgspec.DecodeError` where it is another."""
    return decoder(wanted)(data)


class Unread(Mapping[str, V]):
    """A table of which each value is decoded when somebody asks for it, and not held."""

    __slots__ = ("_read", "packed")

    def __init__(self, packed: Mapping[str, msgspec.Raw], wanted: Any) -> None:
        """`wanted`: the type of its values. Who asks for one raises `msgspec.DecodeError` where it is another."""
        self.packed, self._read = packed, decoder(wanted)

    def __getitem__(self, key: str) -> V:
        """One of them."""
        found: V = self._read(self.packed[key])
        return found

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self.packed)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.packed)
