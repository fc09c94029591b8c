"""What was read of commits once, beside the book in `.kayoi/history.sqlite`.

One row a commit: which notes it changed, and what the front matter of those told differently. No text of a note is
in it but paths and stages; other values stand there as nothing or as digests. A commit never changes, so a row is
true for ever; rows of commits that are gone are dropped. What they came to the last time stands beside them, for a
build after which nothing was committed. Whatever is wrong with the file, it counts as empty.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

from sitegen.history.edits import Row
from sitegen.history.git import Commit, Repository
from sitegen.history.raw import Old, Touch
from sitegen.history.results import Result
from sitegen.records import dataclass

FOLDER = ".kayoi"
_NAME = "history.sqlite"
_LAYOUT = 2
_WAIT = 2.0
"""Seconds to wait for another build that is writing."""
Made = tuple[str, str, int, Sequence[Row]]
"""Of a note: its path as git has it, its blob, versions that could not be read, and its edits, newest first."""
NOWHERE: Made = ("", "", 0, ())
"""Of a note that was never committed."""
Key = tuple[str, str, str, tuple[Old, ...]]
"""Of a step: its commit, path and blob, and what the note was before."""


@dataclass(slots=True)
class Known:
    """What need not be read again."""

    touched: dict[str, tuple[Touch, ...]] = field(default_factory=dict)
    """By commit."""
    results: dict[Key, Result] = field(default_factory=dict)
    loaded: dict[str, int] = field(default_factory=dict)
    """By commit: how many results its row holds."""


@dataclass(frozen=True, slots=True)
class Cache:
    """The file, and what its rows must have been made with to count."""

    file: Path
    made_with: str

    @staticmethod
    def open(root: Path, repository: Repository) -> Cache:
        """The cache of a book; nothing is read or written yet."""
        parts = (str(_LAYOUT), code(), repository.prefix, *sorted(repository.cut))
        told = "\n".join(parts).encode("utf-8", "surrogateescape")  # a folder may be called by any bytes
        return Cache(root / FOLDER / _NAME, blake2b(told, digest_size=16).hexdigest())

    def known(self, commits: Sequence[str]) -> Known:
        """The rows of these commits."""
        known = Known()
        if not self.file.is_file():
            return known
        wanted = set(commits)
        try:
            with closing(self._connect("ro")) as db:
                if db.execute("SELECT value FROM about WHERE name = 'made_with'").fetchone() != (
                    self.made_with,
                ):
                    return known
                for name, check, row in db.execute("SELECT id, sum, row FROM commits"):
                    if name in wanted and check == crc32(f"{name}{row}".encode()):
                        _unpack(name, json.loads(row), known)
        except (sqlite3.Error, OSError, ValueError, TypeError, KeyError, IndexError):
            return Known()
        return known

    def made(self, about: str) -> dict[str, Made] | None:
        """By path what came of all rows the last time, if that was of the same; see `made_for`."""
        if not self.file.is_file():
            return None
        try:
            with closing(self._connect("ro")) as db:
                asked = "SELECT sum, rows FROM made, about WHERE made.about = ? AND name = 'made_with' AND value = ?"
                found = db.execute(asked, (about, self.made_with)).fetchone()
            if found is None or found[0] != crc32(found[1].encode()):
                return None
            told: dict[str, Made] = json.loads(found[1])
        except (sqlite3.Error, OSError, ValueError, TypeError, AttributeError):
            return None
        return told

    def keep(self, known: Known, commits: Sequence[Commit], about: str, made: Mapping[str, Made]) -> None:
        """Write what is new, drop commits that are gone; nothing happens where the folder can't be written to."""
        rows = _packed(known)
        there = {commit.id for commit in commits}
        told = json.dumps(made, ensure_ascii=True, separators=(",", ":"))
        try:
            self.file.parent.mkdir(exist_ok=True)
            ignore = self.file.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="ascii")
            try:
                self._write(rows, there, about, told)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    return  # locked or on a disk that is full: the next build tries again
                self.file.unlink()  # no database at all
                self._write(rows, there, about, told)
        except (sqlite3.Error, OSError):
            return

    def _write(self, rows: Sequence[tuple[str, int, str]], there: set[str], about: str, told: str) -> None:
        with closing(self._connect("rwc")) as db, db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT)")
            db.execute("CREATE TABLE IF NOT EXISTS commits (id TEXT PRIMARY KEY, sum INTEGER, row TEXT)")
            db.execute("CREATE TABLE IF NOT EXISTS made (about TEXT, sum INTEGER, rows TEXT)")
            if db.execute("SELECT value FROM about").fetchone() != (self.made_with,):
                db.execute("DELETE FROM commits")
                db.execute("INSERT OR REPLACE INTO about VALUES ('made_with', ?)", (self.made_with,))
            gone = [(name,) for (name,) in db.execute("SELECT id FROM commits") if name not in there]
            db.executemany("DELETE FROM commits WHERE id = ?", gone)
            db.executemany("INSERT OR REPLACE INTO commits VALUES (?, ?, ?)", rows)
            db.execute("DELETE FROM made")
            db.execute("INSERT INTO made VALUES (?, ?, ?)", (about, crc32(told.encode()), told))

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{self.file.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(address, timeout=_WAIT, isolation_level=None, uri=True)


def made_for(commits: Sequence[Commit], paths: Collection[str], folder: str) -> str:
    """Stands for all that the edits of the notes depend on, beside what a cache is made with.

    `paths`: of the notes, from the repository's top; `folder`: theirs below that of `kayoi.yml`.
    """
    rows = [f"{commit.id} {commit.seconds}" for commit in commits]
    told = "\n".join([folder, *rows, "", *sorted(paths)])
    return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _unpack(commit: str, row: Any, known: Known) -> None:
    touches, results = row
    found = tuple(Touch(path, blob, tuple((p, b) for p, b in olds)) for path, blob, olds in touches)
    known.touched[commit] = found
    known.loaded[commit] = len(results)
    for index, linked, changes, days, stage, owner, flags in results:
        touch = found[index]
        olds = touch.olds if linked is None else tuple((path, blob) for path, blob in linked)
        told = tuple((key, old, new) for key, old, new in changes)
        known.results[commit, touch.path, touch.blob, olds] = Result(
            told, tuple(days), stage, owner, bool(flags & 1), bool(flags & 2)
        )


def _packed(known: Known) -> list[tuple[str, int, str]]:
    """Rows of the commits of which something new is known."""
    counts = Counter(key[0] for key in known.results)
    fresh = {commit for commit in known.touched if known.loaded.get(commit) != counts[commit]}
    results: dict[str, list[tuple[Key, Result]]] = {commit: [] for commit in sorted(fresh)}
    if fresh:
        for key, result in known.results.items():
            if key[0] in fresh:
                results[key[0]].append((key, result))
    rows = []
    for commit, found in results.items():
        touches = known.touched[commit]
        places = {(touch.path, touch.blob): i for i, touch in enumerate(touches)}
        told = []
        for (_, path, blob, olds), result in found:
            index = places[path, blob]
            linked = None if olds == touches[index].olds else olds
            flags = result.skipped + 2 * result.mended
            told.append((index, linked, result.changes, result.days, result.stage, result.owner, flags))
        plain = [(touch.path, touch.blob, touch.olds) for touch in touches]
        row = json.dumps([plain, told], ensure_ascii=True, separators=(",", ":"))
        rows.append((commit, crc32(f"{commit}{row}".encode()), row))
    return rows


@lru_cache(maxsize=1)
def code() -> str:
    """Changes whenever the reading of notes or of their history does."""
    package = Path(__file__).resolve().parents[1]
    files = [
        *package.glob("notes/*.py"),
        *package.glob("history/*.py"),
        package / "model.py",
        package / "text.py",
    ]
    made = blake2b(digest_size=16)
    for file in sorted(files):
        made.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return made.hexdigest()
