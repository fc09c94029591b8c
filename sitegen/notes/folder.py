"""The content folder on disk: which files are notes, and the files that notes refer to. Links are never followed."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sitegen.folders import below
from sitegen.model import Problem, Where
from sitegen.notes.note import NoteKind
from sitegen.records import dataclass
from sitegen.text import path_text

_FOLDERS: dict[str, NoteKind] = {"clients": "client", "reps": "rep", "solutions": "solution"}


@dataclass(frozen=True, slots=True)
class Found:
    """A note on disk."""

    path: str
    """Relative to the project's folder, NFC, with `/`: as problems name it."""
    file: str
    """Where it is, as the disk spells it."""
    kind: NoteKind
    inside: str = ""
    """Its path within the content folder, NFC."""


def find_notes(root: Path, content: Path, problems: list[Problem]) -> Iterator[Found]:
    """Notes below a folder. Links are not followed, dot folders and other files are passed over."""
    prefix = path_text(below(content, root))
    prefix = "" if prefix == "." else prefix + "/"
    for file, parts, inside in _walk(str(content), (), prefix, "", problems):
        kind = _FOLDERS.get(parts[0]) if len(parts) > 1 else "page"
        if kind:
            yield Found(prefix + inside, file, kind, inside)
        else:
            problems.append(Problem(Where(prefix + inside), "note-out-of-place", severity="warning"))


def _walk(
    folder: str, parts: tuple[str, ...], prefix: str, inside: str, problems: list[Problem]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each note with its file, the names on the way to it, and its path in one text.

    `prefix` leads to the content folder and `inside` from there to this one, each with a `/` at its end.
    """
    try:
        with os.scandir(folder) as found:
            items = sorted(found, key=lambda item: item.name)
    except OSError as error:
        where = Where((prefix + inside).removesuffix("/") if parts else prefix)
        problems.append(Problem(where, "folder-unreadable", (("reason", error.strerror or ""),)))
        return
    for item in items:
        name = item.name
        if name.startswith((".", "~$")) or name.endswith("~"):
            continue
        here = inside + path_text(name)
        if item.is_symlink() or _is_junction(item):
            problems.append(Problem(Where(prefix + here), "link-not-followed", severity="warning"))
        elif item.is_dir(follow_symlinks=False):
            if len(parts) >= 12:
                problems.append(Problem(Where(prefix + here), "folder-too-deep"))
            else:
                yield from _walk(item.path, (*parts, name), prefix, here + "/", problems)
        elif name.lower().endswith(".md") and item.is_file(follow_symlinks=False):
            yield item.path, (*parts, name), here


def _is_junction(item: os.DirEntry[str]) -> bool:
    """A Windows junction is a link by another name."""
    tag = getattr(item.stat(follow_symlinks=False), "st_reparse_tag", 0) if os.name == "nt" else 0
    return bool(tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1))


def attached(content: Path, inside: str) -> Path | None:
    """The file on disk, whichever way its name is composed; None where there is none within the folder."""
    for name in (inside, unicodedata.normalize("NFD", inside)):
        path = content / name
        if path.is_file() and path.resolve() == content.resolve() / path.relative_to(content):
            return path
    return None
