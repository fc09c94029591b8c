"""Plain data as bytes and back: records, texts (also those marked as safe for HTML), numbers, dates."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from markupsafe import Markup


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
