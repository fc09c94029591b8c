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
    file: Path
    kind: NoteKind
    inside: str = ""
    """Its path within the content folder, NFC."""


def find_notes(root: Path, content: Path, problems: list[Problem]) -> Iterator[Found]:
    """Notes below a folder. Links are not followed, dot folders and other files are passed over."""
    prefix = path_text(below(content, root))
    prefix = "" if prefix == "." else prefix + "/"
    for file, parts in _walk(content, (), prefix, problems):
        kind = _FOLDERS.get(parts[0]) if len(parts) > 1 else "page"
        path = prefix + "/".join(map(path_text, parts))
        if kind:
            yield Found(path, file, kind, "/".join(map(path_text, parts)))
        else:
            problems.append(Problem(Where(path), "note-out-of-place", severity="warning"))


def _walk(
    folder: Path, parts: tuple[str, ...], prefix: str, problems: list[Problem]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    try:
        with os.scandir(folder) as found:
            items = sorted(found, key=lambda item: item.name)
    except OSError as error:
        where = Where(prefix + "/".join(map(path_text, parts)))
        problems.append(Problem(where, "folder-unreadable", (("reason", error.strerror or ""),)))
        return
    for item in items:
        name = item.name
        if name.startswith((".", "~$")) or name.endswith("~"):
            continue
        here = (*parts, name)
        if item.is_symlink() or _is_junction(item):
            problems.append(
                Problem(
                    Where(prefix + "/".join(map(path_text, here))), "link-not-followed", severity="warning"
                )
            )
        elif item.is_dir(follow_symlinks=False):
            if len(here) > 12:
                problems.append(Problem(Where(prefix + "/".join(map(path_text, here))), "folder-too-deep"))
            else:
                yield from _walk(Path(item.path), here, prefix, problems)
        elif name.lower().endswith(".md") and item.is_file(follow_symlinks=False):
            yield Path(item.path), here


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
