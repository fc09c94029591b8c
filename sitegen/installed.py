"""What is worked out once for an installation of Kayoi, kept where Python keeps what it compiled of Kayoi itself.

Compiled templates are run when read, so all of this lies in a `__pycache__` folder of the package and never beside a
book: who can write there can change Kayoi itself. It is made of Kayoi's own files and of libraries alone. Whatever is
wrong with a file, it counts as none.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

_LAYOUT = b"kayoi kept 1\n"
_SIZE = 16
"""Bytes of a sum."""
FEW = 3
"""So many forms of one thing stay: other books may change other messages."""


def folder() -> Path | None:
    """Where it lies; None where Python keeps nothing either."""
    try:
        return Path(importlib.util.cache_from_source(__file__)).parent / "kept"
    except NotImplementedError:
        return None


def made_by(*modules: str | Path) -> bytes:
    """Stands for Python and for the files beside each of these modules.

    By size and time of change, which is how Python knows whether what it compiled of them is still right.
    """
    found: list[object] = [sys.version, importlib.util.MAGIC_NUMBER, sys.flags.optimize]
    for module in modules:
        with os.scandir(Path(module).parent) as items:
            files = [(item.name, item.stat()) for item in items if item.is_file()]
        found.append(sorted((name, seen.st_size, seen.st_mtime_ns) for name, seen in files))
    return total(repr(found).encode("utf-8", "surrogateescape"))


def total(*parts: bytes) -> bytes:
    """A sum over all of it."""
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(part)
    return made.digest()


class Place:
    """Where one thing is kept."""

    def __init__(self, name: str, stamp: Callable[[], bytes]) -> None:
        """`name` begins the file's; `stamp` is asked for what stands for all that the thing is made from."""
        self._folder, self._name, self._stamp = folder(), name, stamp

    def _file(self) -> tuple[Path, bytes]:
        """The file and how it begins. Raises `OSError` where there can be none."""
        if self._folder is None:
            raise FileNotFoundError(self._name)
        key = total(self._stamp())
        return self._folder / f"{self._name}-{key.hex()}.kept", _LAYOUT + key

    def load(self) -> Any:
        """The thing, if it is there whole; else None."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            file, head = self._file()
            data = file.read_bytes()
            told = data[len(head) + _SIZE :]
            if data[: len(head) + _SIZE] == head + total(told):
                return marshal.loads(told)  # noqa: S302 - of the same trust as Kayoi's own `.pyc` files
        return None

    def keep(self, made: Any) -> None:
        """Writes code or plain data, and forgets older forms; nothing happens where that can't be done."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError, ValueError):
            file, head = self._file()
            file.parent.mkdir(parents=True, exist_ok=True)
            data = marshal.dumps(made)
            draft = file.with_suffix(f".{os.getpid()}")
            try:
                with draft.open("xb") as out:
                    out.write(head + total(data) + data)
                draft.replace(file)
            finally:
                draft.unlink(missing_ok=True)
            found = sorted(file.parent.glob(f"{self._name}-*"), key=lambda one: one.stat().st_mtime_ns)
            for one in found[:-FEW]:
                one.unlink()
