"""The shards of the search after a few notes changed: old files with words taken out and put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sitegen.keeping.coding import decode
from sitegen.site.context import Site
from sitegen.site.search.files import CODES, SEARCHED, Searched, patched_shards
from sitegen.site.search.postings import shard_count

FOLDER = "search/s/"
AS_THEY_WERE = ("shared page codes:", "shared searched others:", "names of ")
"""Cells that must not have changed: what words stand for, and how many shards there are."""


def words_of(packed: bytes | None) -> bytes | None:
    """The words of a part as it was kept."""
    if packed is None:
        return None
    found: Searched = decode(packed, Searched)
    return found.words


def patched(
    site: Site, out: Path, before: Mapping[str, bytes | None], changed: set[str]
) -> Mapping[str, bytes] | None:
    """The shards that change, by path; None where all must be made anew.

    `before`: the words that each client whose parts were made anew had; its shards must stand in `out`.
    """
    if any(cell.startswith(AS_THEY_WERE) for cell in changed):
        return None
    codes = site.shared(CODES)
    pages = []
    for key, words in before.items():
        if words is None:
            return None
        pages.append((codes[site.path("client", key)], words, site.part(SEARCHED, key).words))
    read: Callable[[str], bytes] = lambda path: (out / path).read_bytes()  # noqa: E731  it is one
    try:
        return dict(patched_shards(pages, shard_count(len(codes)), read))
    except (ValueError, OSError):
        return None
