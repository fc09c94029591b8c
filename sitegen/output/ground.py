"""What stands where in a site's folder, and whose it is. Reads only; links are never followed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from sitegen.output.folder import is_link
from sitegen.output.manifest import Manifest, digest
from sitegen.output.paths import key, parents

Kind = Literal["nothing", "file", "folder", "other"]


def kind(path: Path | str) -> Kind:
    """What stands at a path itself: links, devices and junctions are `other`."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "nothing"
    if stat.S_ISREG(mode):
        return "file"
    return "folder" if stat.S_ISDIR(mode) and not is_link(Path(path)) else "other"


def holds(path: Path | str, data: bytes) -> bool:
    """The regular file at this path has exactly these bytes."""
    return os.lstat(path).st_size == len(data) and _bytes(Path(path)) == data


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, PermissionError):
        return None


@dataclass
class Ground:
    """A site's folder as the last build left it, or as somebody changed it since."""

    out: Path
    last: Manifest
    _ways: dict[str, bool] = field(default_factory=dict)

    def reachable(self, path: str) -> bool:
        """No link, no foreign file and nothing odd stands where a folder above this path is or should be."""
        folder = path.rpartition("/")[0]
        if folder not in self._ways:
            self._ways[folder] = self._way_is_free(path)
        return self._ways[folder]

    def _way_is_free(self, path: str) -> bool:
        for folder in parents(path):
            found = kind(self.out / folder)
            if found != "folder":
                # A file of ours may have to give way to a folder of the same name.
                return found == "nothing" or (found == "file" and self.is_ours(folder))
        return True

    def is_ours(self, path: str) -> bool:
        """The regular file at this path was written by us."""
        if path in self.last.files:
            return True
        if path in self.last.maybe:
            return self.unchanged(path)
        twin = self._by_key.get(key(path))
        return twin is not None and twin != path and self._is_one(path, twin) and self.is_ours(twin)

    def unchanged(self, path: str) -> bool:
        """The regular file at this path has a digest under which we wrote it."""
        data = _bytes(self.out / path)
        return data is not None and digest(data) in self.last.digests(path)

    def _is_one(self, path: str, twin: str) -> bool:
        try:
            return (self.out / path).samefile(self.out / twin)
        except OSError:
            return False

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {key(path): path for path in self.last.paths()}
