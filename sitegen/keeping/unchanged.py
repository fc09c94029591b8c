"""Nothing changed at all: found out by looking at files from outside, before anything heavy is even imported.

What a build would tell once more stands beside the book in `.kayoi/last-….json`, with a mark of everything it depends
on: how each file looks (notes, templates, settings, what git points to, Kayoi itself, every built page), the day, the
options. The same mark means the same site. A file that was changed so shortly before the build that another change
would not show makes no mark.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

Signature = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, number on the disk."""
FOLDER = ".kayoi"
_LAYOUT = 1
ELSEWHERE = frozenset(
    f"GIT_{name}"
    for name in (
        "DIR", "WORK_TREE", "COMMON_DIR", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "NAMESPACE",
        "CEILING_DIRECTORIES", "DISCOVERY_ACROSS_FILESYSTEM", "CONFIG_COUNT", "CONFIG_PARAMETERS", "GRAFT_FILE",
    )
)  # fmt: skip
"""With any of these git looks elsewhere than beside the notes."""
SETTINGS_OF_GIT = ("~/.gitconfig", "~/.config/git/config", "/etc/gitconfig")
"""Where a machine's own settings of git stand."""
_FINE = 100_000_000
_COARSE = 2_500_000_000


@dataclass(slots=True)
class Mark:
    """Everything that was looked at so far."""

    told: Any
    newest: int = 0
    """Of the files whose content matters: when the last one was changed, in nanoseconds."""

    @staticmethod
    def new(*parts: object) -> Mark:
        """Begins with what is known without looking."""
        return Mark(blake2b(repr((_LAYOUT, *parts)).encode("utf-8", "surrogateescape"), digest_size=16))

    def add(self, *parts: object) -> None:
        """Something else that counts."""
        self.told.update(repr(parts).encode("utf-8", "surrogateescape"))

    def lines(self, text: str) -> None:
        """Something else that counts, as text that reads in one way only."""
        self.told.update(text.encode("utf-8", "surrogateescape"))

    def tree(self, folder: str) -> list[tuple[str, int, int, int]]:
        """All files below a folder, links not followed.

        Gives them back: path, size (below 0: what went wrong with a folder), time of the last change, number.
        """
        found = sorted(_files(folder))
        self.add(found)
        self.newest = max([self.newest, *(_unsure(one[2]) for one in found)])
        return found

    def file(self, path: str) -> Signature | None:
        """One file, and how it looks; that it is not there counts too."""
        found = None
        with suppress(OSError):
            there = os.stat(path)  # noqa: PTH116  nothing heavy is imported for it
            found = there.st_size, there.st_mtime_ns, there.st_ino
            self.newest = max(self.newest, _unsure(there.st_mtime_ns))
        self.add(path, found)
        return found

    def text(self) -> str:
        """The mark."""
        return str(self.told.hexdigest())


def _unsure(changed: int) -> int:
    """Until when a file may be changed again without looking otherwise; file systems count in steps."""
    return changed + (_FINE if changed % 1_000_000_000 else _COARSE)


def _files(folder: str) -> Iterator[tuple[str, int, int, int]]:
    try:
        with os.scandir(folder) as items:
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    if item.name != "__pycache__":
                        yield from _files(item.path)
                else:
                    there = item.stat(follow_symlinks=False)
                    yield item.path, there.st_size, there.st_mtime_ns, there.st_ino
    except OSError as error:
        yield folder, -1, error.errno or 0, 0


def code_mark(mark: Mark, package: Path) -> None:
    """Kayoi itself and the libraries beside it."""
    mark.add(sys.version)
    mark.tree(str(package))
    # whatever is installed or removed shows in these folders
    for place in sys.path:
        if place.endswith("-packages"):
            with suppress(OSError):
                mark.add(place, os.stat(place).st_mtime_ns)  # noqa: PTH116  the same


def git_program() -> str:
    """Where the program `git` is; empty where there is none. As `shutil.which`, which takes long to import."""
    places = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = (f"{place}{os.sep}{name}" for place in places for name in ("git", "git.exe"))
    return next((one for one in found if os.access(one, os.X_OK)), "")


def git_mark(mark: Mark, folder: Path) -> bool:
    """What git points to, as its own files tell it; False where that can't be known without asking git."""
    if not ELSEWHERE.isdisjoint(os.environ):
        return False
    for place in (folder, *folder.parents):
        git = place / ".git"
        if git.is_file():
            return False  # a worktree or submodule: its own git folder lies elsewhere
        if git.is_dir():
            head = b""
            with suppress(OSError):
                head = (git / "HEAD").read_bytes()
            # git trusts a folder by its owner, and by settings that lie elsewhere
            mark.add(str(git), head, git.stat().st_uid, os.geteuid() if hasattr(os, "geteuid") else 0)
            mark.add(*sorted(one for one in os.environ.items() if one[0].startswith("GIT_")))
            mark.add(bool(git_program()))
            for name in SETTINGS_OF_GIT:
                mark.file(os.path.expanduser(name))  # noqa: PTH111  the same
            reference = head.removeprefix(b"ref: ").strip().decode("utf-8", "surrogateescape")
            for name in (reference, "packed-refs", "shallow", "config", "info/grafts"):
                mark.file(str(git / name))
            mark.file(str(place / ".mailmap"))
            return True
    mark.add("no git")
    return True


def clock(root: Path) -> int:
    """What time it is on the disk of the book, in nanoseconds; 0 where it can't be told."""
    file = root / FOLDER / "began"
    try:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def last_of(root: Path, name: str) -> Mapping[str, Any]:
    """What the last build of this name told; nothing where that can't be read."""
    try:
        told = json.loads((root / FOLDER / f"last-{name}.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def tell(root: Path, name: str, told: Mapping[str, Any]) -> None:
    """Something for the next build of this name; nothing happens where it can't be written."""
    file = root / FOLDER / f"last-{name}.json"
    with suppress(OSError):
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps(told, ensure_ascii=True), encoding="ascii")
        draft.replace(file)


def forget(root: Path, name: str) -> None:
    """The next build looks at everything."""
    with suppress(OSError):
        (root / FOLDER / f"last-{name}.json").unlink()
