"""Files beside the pages, before they are made: nothing is computed until one is wanted, and none is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Files = Iterator[tuple[str, Callable[[], bytes]]]
"""Files to be: their paths in the site, and what makes their bytes."""


def written(files: Files) -> Iterator[tuple[str, bytes]]:
    """The files themselves, one after the other."""
    for path, make in files:
        yield path, make()
