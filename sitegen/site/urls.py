"""Page addresses: file names that every system can hold, and relative links between pages.

Pages stand at the root or one folder down, so a link is `root + address`, where root is empty or `../`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote as percent_encoded

ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
"""What Windows does not take in a file name."""
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in "0123456789¹²³")]
)
"""Names that Windows keeps for devices, with any ending."""
NUMBERED = re.compile(r"-(\d+|areas|\d{4}-w\d\d)$", re.IGNORECASE)
"""Endings of further pages, such as `due/tanaka-2.html`, `weeks/tanaka-2026-W47.html`: no rep's own page may
look like one.
"""
LONGEST = 180
"""Bytes of a name: file systems stop at 255, and pages add an ending and a number."""


def _safe(key: str) -> str:
    """A name without its forbidden parts; may be the same for two keys."""
    name = ILLEGAL.sub("-", unicodedata.normalize("NFC", key)).rstrip(". ").lstrip(" ")
    if name.startswith("."):
        name = "-" + name[1:]
    if not name:
        return "_"
    if name.split(".", 1)[0].rstrip(" ").lower() in RESERVED:
        name = "_" + name
    if len(name.encode()) > LONGEST:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        name = name.encode()[: LONGEST - 9].decode(errors="ignore") + "-" + digest
    return name


def _fold(name: str) -> str:
    """What case-insensitive file systems hold for the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def page_names(keys: Iterable[str], *, numbered: bool = False) -> dict[str, str]:
    """A file name without its ending for every key: safe on Windows, macOS and Linux, no two alike by case.

    The same keys give the same names whatever their order: of those that collide the first by code point
    keeps its name, the others get `-2`, `-3` … With `numbered`, names that look like a further page of
    another (`x-2`, `x-areas`) get an underscore.
    """
    return _page_names(tuple(keys), numbered)


@lru_cache(maxsize=32)
def _page_names(given: tuple[str, ...], numbered: bool) -> dict[str, str]:
    # a preview asks for the same ones after each save
    keys = sorted(set(given))
    wanted: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for key in keys:
        name = _safe(key)
        if numbered and NUMBERED.search(name):
            name += "_"
        names[key] = name
        wanted.setdefault(_fold(name), []).append(key)
    taken = set(wanted)
    for same in wanted.values():
        # who needs no mending keeps the address that its file name promises
        for key in sorted(same, key=lambda k: (names[k] != k, k))[1:]:
            number, ending = 2, "_" if numbered else ""
            while _fold(f"{names[key]}-{number}{ending}") in taken:
                number += 1
            names[key] += f"-{number}{ending}"
            taken.add(_fold(names[key]))
    return names


quote = lru_cache(maxsize=65_536)(percent_encoded)
"""The same few addresses stand on many pages."""


def href(root: str, path: str, anchor: str = "") -> str:
    """A relative link, percent-encoded. `root` is `../` on pages in a folder, else empty."""
    return f"{root}{quote(path)}{'#' + quote(anchor) if anchor else ''}"


def root_of(path: str) -> str:
    """The way from a page back to the site's root."""
    return "../" * path.count("/")


def numbered(base: str, number: int) -> str:
    """The path of page `number` (from 1) of a list: `due/tanaka.html`, `due/tanaka-2.html`."""
    return f"{base}.html" if number == 1 else f"{base}-{number}.html"
