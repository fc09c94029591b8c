"""Bytes kept beside the book, in two files in `.kayoi/`: tables of keys, stamps and values.

A stamp stands for all that a value was made from; who asks compares it. A file stands for one version of the
code and of the libraries whose work it keeps. Whatever is wrong with it, it counts as empty; nothing in it is run.
Where the folder can't be written to, or nobody wants anything kept, the file is a temporary one.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

FOLDER = ".kayoi"
NAME = "kept.sqlite"
PAGES_NAME = "pages.sqlite"
PARTS_NAME = "parts.sqlite"
"""A file of its own: parts are written while copies of the process read records."""
_LAYOUT = 1
_PAGE = 16_384
"""Bytes of a page of the file: most values fill several of the usual 4 KiB."""
_WAIT = 10.0
"""Seconds to wait for another build that is writing."""
TABLES = (
    "notes", "notes_head", "notes_rest", "facts", "facts_head", "facts_rest", "made", "states", "digests",
)  # fmt: skip
PARTS = "parts"
"""Begins the name of a table of parts."""
SAMPLE = 200
"""Rows by which the weight of a table is told."""
Row = tuple[str, bytes, bytes]
"""Key, stamp, value."""


class Damaged(Exception):  # noqa: N818  its name says it
    """What should be in the file is not, or not as it was written: do without the file."""


class Store:
    """The file. Not for several threads at once; a forked process opens it anew by itself."""

    def __init__(self, file: Path, made_with: str, *, temporary: bool = False) -> None:
        """Open or begin it; raises `sqlite3.Error` or `OSError` where neither can be done."""
        self.file = file
        self._made_with = f"{_LAYOUT} {made_with}"
        self._temporary = temporary
        self._process = 0
        self._spoilt = False
        self._tables: set[str] = set()
        self._db = self._open()
        if temporary:
            weakref.finalize(self, _remove, file.parent)

    def under(self, table: str, stamp: bytes) -> dict[str, bytes]:
        """Key and value of every whole row under this stamp."""
        rows = list(self._ask(f'SELECT key, sum, value FROM "{table}" WHERE stamp = ?', (stamp,)))
        with suppress(TypeError, AttributeError):
            # as `_whole`, without calls for each of ten thousand rows
            return {
                key: value
                for key, check, value in rows
                if crc32(value, crc32(stamp, crc32(key.encode("utf-8", "surrogateescape")))) == check
            }
        return {key: value for key, check, value in rows if _whole(check, key, stamp, value)}

    def stamps(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Key and stamp of every row, whether its value is whole or not."""
        yield from self._ask(f'SELECT key, stamp FROM "{table}"')

    def stamp(self, table: str, key: str) -> bytes | None:
        """The stamp of one row; None: there is none."""
        return next(
            (made for (made,) in self._ask(f'SELECT stamp FROM "{table}" WHERE key = ?', (key,))), None
        )

    def one(self, table: str, key: str, stamp: bytes) -> bytes:
        """One value. Raises `Damaged` where it is not there whole, or is that of another stamp."""
        rows = self._ask(f'SELECT stamp, sum, value FROM "{table}" WHERE key = ?', (key,))
        for made, check, value in rows:
            if made == stamp and check == _sum(key, made, value):
                return bytes(value)
        raise Damaged(f"{table}: {key}")

    def some(self, table: str, keys: Iterable[str]) -> Iterator[Row]:
        """Those whole rows that are there of these keys."""
        for key in keys:
            rows = self._ask(f'SELECT stamp, sum, value FROM "{table}" WHERE key = ?', (key,))
            for stamp, check, value in rows:
                if _whole(check, key, stamp, value):
                    yield key, stamp, value

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Add or replace rows."""
        self.make(table)
        told = ((key, stamp, _sum(key, stamp, value), value) for key, stamp, value in rows)
        self._change(f'INSERT OR REPLACE INTO "{table}" VALUES (?, ?, ?, ?)', told)

    def drop(self, table: str, keys: Iterable[str]) -> None:
        """Take rows away, if they are there."""
        self.make(table)
        self._change(f'DELETE FROM "{table}" WHERE key = ?', ((key,) for key in keys))

    def tables(self, beginning: str) -> list[str]:
        """The names of tables that begin so."""
        return sorted(name for name in self._tables if name.startswith(beginning))

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        return table in self._tables

    def make(self, table: str) -> None:
        """A table of this name, if there is none yet."""
        if table not in self._tables:
            told = "(key TEXT PRIMARY KEY, stamp BLOB, sum INTEGER, value BLOB)"
            self._change(f'CREATE TABLE IF NOT EXISTS "{table}" {told}', [()])
            self._tables.add(table)

    def refresh(self) -> None:
        """Looks for tables that another process made."""
        self._tables = {name for (name,) in self._ask("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def weight(self, table: str) -> int:
        """Bytes of a table's values, about: by a few of them, since to look at all is nearly to read them."""
        count = f'SELECT count(*) FROM "{table}"'
        few = f'SELECT avg(length(value)) FROM (SELECT value FROM "{table}" LIMIT {SAMPLE})'
        return next((int(many * (each or 0)) for many, each in self._ask(f"SELECT ({count}), ({few})")), 0)

    def clock(self) -> int:
        """What time it is where the file stands, in nanoseconds, as its own files tell it."""
        mark = self.file.with_name("began")
        try:
            mark.write_bytes(b"")
            return mark.stat().st_mtime_ns
        except OSError:
            return 0

    def begin(self) -> None:
        """From here until `commit` nobody else writes."""
        self._change("", ())

    def commit(self) -> None:
        """Make lasting what was put and dropped."""
        with suppress(sqlite3.DatabaseError):  # a full disk: the next build makes it again
            if self._db.in_transaction:
                self._db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file; what was not committed is lost. Records that wait in it can still be read."""
        with suppress(sqlite3.Error):
            self._db.close()
        self._process = 0
        if self._spoilt:
            with suppress(OSError):  # else every build to come would meet it again
                self.file.unlink(missing_ok=True)

    def _ask(self, question: str, params: tuple[str | bytes, ...] = ()) -> Iterator[tuple[Any, ...]]:
        if self._process != os.getpid():
            # closed, or in a copy of the process: a connection must not be shared with the one that writes
            try:
                self._db = sqlite3.connect(
                    f"{self.file.absolute().as_uri()}?mode=ro", timeout=_WAIT, uri=True
                )
            except (sqlite3.Error, UnicodeError) as error:
                raise Damaged(str(error)) from error
            self._process = os.getpid()
        try:
            yield from self._db.execute(question, params)
        except (sqlite3.Error, UnicodeError) as error:
            self._note(error)
            raise Damaged(str(error)) from error

    def _change(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        try:
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            if statement:
                self._db.executemany(statement, rows)
        except (sqlite3.DatabaseError, UnicodeError) as error:
            self._note(error)
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise Damaged(statement) from None

    def _note(self, error: Exception) -> None:
        # Another build that writes, or a full disk, is an operational error; the file itself is whole then.
        # What is said of a damaged file may hold bytes of it, which are no text.
        self._spoilt |= type(error) is sqlite3.DatabaseError or isinstance(error, UnicodeError)

    def _open(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        ignore = self.file.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
        try:
            db = self._connect()
            known = _made_with(db)
        except (sqlite3.DatabaseError, UnicodeError) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            known, db = None, None
        if db is None or known != self._made_with:
            if db is not None:
                db.close()
            self.file.unlink(missing_ok=True)
            db = self._connect()
            _begin(db, self._made_with)
        self._process = os.getpid()
        self._tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in TABLES:
            self._db = db
            self.make(table)
        return db

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        # No flush to the disk: after a power cut, sums tell what is whole, and the rest is made again. No log beside
        # the file either, which a network drive could not share.
        db.execute(f"PRAGMA page_size = {_PAGE}")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -4000")
        return db


def open_store(root: Path, made_with: str, name: str = NAME, *, keep: bool = True) -> Store:
    """The store of a book; a temporary one where nothing can be kept, or nobody wants it (`keep`)."""
    if keep:
        with suppress(sqlite3.Error, OSError, Damaged):
            return Store(root / FOLDER / name, made_with)
    return Store(Path(tempfile.mkdtemp(prefix="kayoi-")) / name, made_with, temporary=True)


def _made_with(db: sqlite3.Connection) -> str | None:
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone() is None:
        return None
    row = db.execute("SELECT made_with FROM about").fetchone()
    return str(row[0]) if row else None


def _begin(db: sqlite3.Connection, made_with: str) -> None:
    db.execute("CREATE TABLE about (made_with TEXT)")
    db.execute("INSERT INTO about VALUES (?)", (made_with,))


def _sum(key: str, stamp: bytes, value: bytes) -> int:
    return crc32(value, crc32(stamp, crc32(key.encode("utf-8", "surrogateescape"))))


def _whole(check: object, key: object, stamp: object, value: object) -> bool:
    """Whether a row is as it was written."""
    if not (isinstance(key, str) and isinstance(stamp, bytes) and isinstance(value, bytes)):
        return False
    return check == _sum(key, stamp, value)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
