"""The content folder on disk: which files are notes, and the files that notes refer to. Links are never followed."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
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


class Folders:
    """What was found in each folder the last time: of one that holds the same names nobody thinks again."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._last: dict[str, tuple[list[_Item], _Inside]] = {}

    def inside(self, folder: _Folder, items: list[_Item]) -> _Inside:
        """What these items of a folder are."""
        last = self._last.get(folder.path)
        if last is None or last[0] != items:
            last = self._last[folder.path] = items, _inside(folder, items)
        return last[1]


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of the book on the way through it."""

    path: str
    """Where it is, as the disk spells it."""
    parts: tuple[str, ...]
    """The names on the way to it from the content folder."""
    prefix: str
    """Leads to the content folder; ends with `/` where it is not empty, as `inside` does."""
    inside: str
    """Leads from there to this one."""


_Item = tuple[str, str, bool, bool, bool]
"""A name, where it is, and whether it is a link, a folder, a file."""
_Inside = tuple[list["Found | _Folder"], list[Problem]]
"""Notes and folders in the order of their names, and what is wrong with others."""


def find_notes(
    root: Path, content: Path, problems: list[Problem], folders: Folders | None = None
) -> Iterator[Found]:
    """Notes below a folder. Links are not followed, dot folders and other files are passed over.

    `folders` knows what was found there the last time.
    """
    prefix = path_text(below(content, root))
    prefix = "" if prefix == "." else prefix + "/"
    yield from _walk(_Folder(str(content), (), prefix, ""), folders or Folders(), problems)


def _walk(folder: _Folder, folders: Folders, problems: list[Problem]) -> Iterator[Found]:
    """Each note in a folder and in those below it."""
    try:
        with os.scandir(folder.path) as found:
            items = sorted([_item(one) for one in found])
    except OSError as error:
        where = Where((folder.prefix + folder.inside).removesuffix("/") if folder.parts else folder.prefix)
        problems.append(Problem(where, "folder-unreadable", (("reason", error.strerror or ""),)))
        return
    inside, told = folders.inside(folder, items)
    problems += told
    for one in inside:
        if isinstance(one, Found):
            yield one
        else:
            yield from _walk(one, folders, problems)


def _item(found: os.DirEntry[str]) -> _Item:
    link = found.is_symlink() or _is_junction(found)
    return (
        found.name,
        found.path,
        link,
        found.is_dir(follow_symlinks=False),
        found.is_file(follow_symlinks=False),
    )


def _inside(folder: _Folder, items: Sequence[_Item]) -> _Inside:
    found: list[Found | _Folder] = []
    problems: list[Problem] = []
    parts, prefix = folder.parts, folder.prefix
    for name, path, link, is_folder, is_file in items:
        if name.startswith((".", "~$")) or name.endswith("~"):
            continue
        here = folder.inside + path_text(name)
        if link:
            problems.append(Problem(Where(prefix + here), "link-not-followed", severity="warning"))
        elif is_folder:
            if len(parts) >= 12:
                problems.append(Problem(Where(prefix + here), "folder-too-deep"))
            else:
                found.append(_Folder(path, (*parts, name), prefix, here + "/"))
        elif is_file and name.lower().endswith(".md"):
            kind = _FOLDERS.get(parts[0]) if parts else "page"
            if kind:
                found.append(Found(prefix + here, path, kind, here))
            else:
                problems.append(Problem(Where(prefix + here), "note-out-of-place", severity="warning"))
    return found, problems


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
