"""The manifest: which files of the site's folder are ours, with the digest of what we wrote.

`.kayoi/manifest.json` inside the site. It is the licence to overwrite and to remove; what it does not name is
foreign.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from sitegen.output.paths import OWN, PLAIN, fault
from sitegen.records import dataclass

VERSION = 1
_NAME = "manifest.json"
_COMING = "coming.json"
"""Beside it while files are renamed: what may be ours a moment later."""
_LINE = re.compile(r'"([^"\\\n]+)": "([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last build left."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Path → digest. Ours, whatever became of it since: a build writes it anew."""
    maybe: Mapping[str, str] = field(default_factory=dict)
    """Path → digest. Ours only where the file on disk has this digest: a build was about to write it, or the
    manifest was damaged and this line of it can still be read."""
    known: bool = True
    """False: damaged or of another version, and what it does not name may be ours all the same."""

    def digests(self, path: str) -> set[str]:
        """The digests under which we may have written this path."""
        return {d for d in (self.files.get(path), self.maybe.get(path)) if d}

    def paths(self) -> list[str]:
        """Every path that is or may be ours, sorted."""
        return sorted({*self.files, *self.maybe})


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal: in hardware nearly everywhere, and no collision to think about."""
    return hashlib.sha256(data).hexdigest()


_LAST: list[tuple[bytes, Manifest]] = []
"""The one that this process wrote last, as bytes and as what they say."""


def manifest_path(out: Path) -> Path:
    """Where a site's manifest stands."""
    return out / OWN / _NAME


def coming_path(out: Path) -> Path:
    """Where it is told what is about to be put in place."""
    return out / OWN / _COMING


def read_manifest(out: Path) -> Manifest:
    """The manifest of a site's folder: an empty one if there is none, never an error of its content."""
    try:
        raw = manifest_path(out).read_bytes()
    except FileNotFoundError:
        return Manifest()
    coming: dict[str, str] = {}
    if _LAST and _LAST[0][0] == raw and not coming_path(out).exists():
        return _LAST[0][1]
    with contextlib.suppress(OSError):
        coming = _salvaged(coming_path(out).read_text("utf-8", "replace"))
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
        data = json.loads(raw)
        if data["version"] == VERSION:
            return Manifest(_checked(data["files"]), {**_checked(data["maybe"]), **coming})
    return Manifest(maybe={**_salvaged(raw.decode("utf-8", "replace")), **coming}, known=False)


def _checked(files: dict[str, str]) -> dict[str, str]:
    if all(isinstance(d, str) and (PLAIN(path) or not fault(path)) for path, d in files.items()):
        return files
    raise ValueError


def _salvaged(text: str) -> dict[str, str]:
    # A merge conflict or a cut-off file still names most of what is ours, and a digest that fits is proof
    # enough.
    return {path: d for path, d in _LINE.findall(text) if not fault(path)}


def announce(out: Path, coming: Mapping[str, str]) -> None:
    """Tell what is about to be put in place, beside a manifest that stands until the next one.

    Small and not flushed: it is for a build that is killed, and what a power cut makes of it is read line by line.
    """
    coming_path(out).write_bytes(_told({}, coming))


def write_manifest(out: Path, files: Mapping[str, str], maybe: Mapping[str, str] | None = None) -> None:
    """Put the manifest in place in one step; left alone where it would be the same bytes.

    It alone is flushed to the disk before the rename: pages can be made again from the notes, but which files
    are ours can't be found out again. Pages need no flush, because each build compares the bytes on disk and
    so mends whatever a power cut tore (a cache that trusts anything less than the bytes would have to flush
    them first).
    """
    data = _told(files, maybe or {})
    target = manifest_path(out)
    with contextlib.suppress(OSError):
        if target.read_bytes() == data:
            coming_path(out).unlink(missing_ok=True)
            return
    draft = target.with_suffix(".new")
    with draft.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(target)
    coming_path(out).unlink(missing_ok=True)
    _LAST[:] = [(data, Manifest(dict(files), dict(maybe or {})))]


def is_written(out: Path, files: Mapping[str, str]) -> bool:
    """Whether the manifest names these files and no others."""
    try:
        return manifest_path(out).read_bytes() == _told(files, {}) and not coming_path(out).exists()
    except OSError:
        return False


def _told(files: Mapping[str, str], maybe: Mapping[str, str]) -> bytes:
    record = {"version": VERSION, "files": dict(files), "maybe": dict(maybe)}
    # a file a line; written by the library's quicker half, which knows no indent
    told = json.dumps(record, ensure_ascii=False, separators=(",\n", ": "), sort_keys=True)
    return (told + "\n").encode()
