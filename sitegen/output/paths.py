"""Which paths a site may hold: the same on every system, so that a site made on one can be moved to any
other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from pathlib import PurePosixPath

from sitegen.output.errors import PathClash, PathError

OWN = ".kayoi"
"""The folder inside the site that holds Kayoi's own records."""

_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\..*)?", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
PLAIN = re.compile(r"(?:(?:[a-z]|[a-z-]{4,60})/){0,9}[a-z0-9-]{5,60}\.(?:html|js)").fullmatch
"""Fits most of our paths, and none that has a fault: ten thousand of them need not be looked at part by part."""
_LONGEST = 255
"""Bytes of a name in UTF-8: the limit of ext4 and APFS (NTFS counts UTF-16 units and allows more)."""


@lru_cache(maxsize=100_000)
def fault(path: str) -> str:
    """Why no site may hold this relative path with `/`, in a few words; empty if it may."""
    parts = path.split("/")
    if parts[0].casefold() in (OWN, ".git"):
        return f"{parts[0]} is not ours to fill"
    return next((why for part in parts if (why := _fault_of_name(part))), "")


def _fault_of_name(name: str) -> str:
    if name in ("", ".", ".."):
        return "it is empty, absolute or leads elsewhere"
    if _FORBIDDEN.search(name) or name[-1] in ". " or _RESERVED.fullmatch(name):
        return f"{name!r} is not allowed on Windows"
    try:
        return f"{name!r} is too long" if len(name.encode()) > _LONGEST else ""
    except UnicodeEncodeError:
        return f"{name!r} is not text"


def key(path: str) -> str:
    """What paths have in common that are one where neither letter case nor NFC and NFD count."""
    return path if path.isascii() and path.islower() else unicodedata.normalize("NFC", _folded(path))


def _folded(path: str) -> str:
    return unicodedata.normalize("NFD", path).casefold()


def parents(path: str) -> tuple[str, ...]:
    """The folders above a relative path, outermost first; the site's own folder left out."""
    return tuple(str(p) for p in reversed(PurePosixPath(path).parents[:-1]))


class Claims:
    """The paths that one build claims; each once, none both file and folder."""

    def __init__(self) -> None:
        """Begin without claims."""
        self.files: dict[str, str] = {}
        self.folders: dict[str, str] = {}
        self._seen: set[str] = set()

    def claim(self, path: str, *, known: bool = False) -> None:
        """Take a path; raises `PathError` if no site may hold it (not asked if `known`), `PathClash` if taken."""
        if not known and (why := fault(path)):
            raise PathError(f"no page can be written to {path!r}: {why}")
        mine = key(path)
        if rival := self.files.get(mine) or self.folders.get(mine):
            raise PathClash(f"two outputs claim one path: {rival!r} and {path!r}")
        self.files[mine] = path
        self._claim_above(path)

    def claim_all(self, paths: Collection[str]) -> None:
        """Take paths that this or an earlier build has found to be without fault; raises `PathClash`."""
        mine = {key(path): path for path in paths}
        if len(mine) < len(paths) or not mine.keys().isdisjoint(self.files.keys() | self.folders.keys()):
            for path in paths:  # one of them raises it
                self.claim(path, known=True)
        self.files.update(mine)
        for path in paths:
            self._claim_above(path)

    def _claim_above(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder and folder not in self._seen:
            self._seen.add(folder)
            self._claim_folders(path)

    def _claim_folders(self, path: str) -> None:
        for folder in parents(path):
            if rival := self.files.get(key(folder)):
                raise PathClash(f"{rival!r} would be a file and the folder of {path!r}")
            self.folders[key(folder)] = folder
