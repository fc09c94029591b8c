"""Which client somebody means who types a part of its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sitegen.model import Client, Rep
from sitegen.text import fold

Named = TypeVar("Named", Client, Rep)


def clients_called(clients: Iterable[Client], word: str) -> tuple[Client, ...]:
    """Those whose name, native name, reading, alias or key is `word`; if none is, those that hold it.

    Case, width and kana don't count. In the order given; empty where nothing fits or `word` is empty.
    """
    return _called(
        ((one, (one.name, one.native, one.reading, one.key, *one.aliases)) for one in clients), word
    )


def reps_called(reps: Iterable[Rep], word: str) -> tuple[Rep, ...]:
    """The same for reps."""
    return _called(((one, (one.name, one.native, one.reading, one.key)) for one in reps), word)


def _called(named: Iterable[tuple[Named, tuple[str, ...]]], word: str) -> tuple[Named, ...]:
    wanted = fold(word)
    known = [(one, {fold(name) for name in names if name}) for one, names in named] if wanted else []
    exact = tuple(one for one, names in known if wanted in names)
    return exact or tuple(one for one, names in known if any(wanted in name for name in names))
