"""Compiled templates kept from one process to the next, where Python keeps what it compiled of Kayoi itself.

They are run when read, so they lie in a `__pycache__` folder of the package and never beside a book: who can write
there can change Kayoi itself. Only Kayoi's own templates are kept. Whatever is wrong with a file, it counts as none.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import CodeType

import jinja2
import markupsafe

from sitegen.folders import own_templates

_LAYOUT = b"kayoi template 1\n"
_SIZE = 16
"""Bytes of a sum."""
FEW = 3
"""So many forms of one template in one language stay: other books may change other messages."""


def folder() -> Path | None:
    """Where they lie; None where Python keeps nothing either."""
    try:
        return Path(importlib.util.cache_from_source(__file__)).parent / "templates"
    except NotImplementedError:
        return None


def is_own(file: str | None) -> bool:
    """Whether this is the file of a template of Kayoi's: a book's must not fill the folder of the installation."""
    return file is not None and file.startswith(_own())


@lru_cache(maxsize=1)
def _own() -> str:
    return f"{own_templates()}/"


@lru_cache(maxsize=1)
def _made_by() -> bytes:
    """Python, the libraries and the code of this room: what compiles, and what works out constants meanwhile.

    By size and time of change, which is how Python knows whether what it compiled of them is still right.
    """
    found: list[object] = [sys.version, importlib.util.MAGIC_NUMBER, sys.flags.optimize]
    for module in (__file__, jinja2.__file__, markupsafe.__file__):
        with os.scandir(Path(module).parent) as items:
            files = [(item.name, item.stat()) for item in items if item.is_file()]
        found.append(sorted((name, seen.st_size, seen.st_mtime_ns) for name, seen in files))
    return _sum(repr(found).encode("utf-8", "surrogateescape"))


def _sum(*parts: bytes) -> bytes:
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(part)
    return made.digest()


class Place:
    """Where the compiled code of one template is kept."""

    def __init__(self, name: str, stamp: str) -> None:
        """`name`: template, form and language, as a file's name begins; `stamp` stands for all sources and words."""
        self._folder, self._name, self._stamp = folder(), name, stamp

    def _file(self) -> tuple[Path, bytes]:
        """The file and how it begins. Raises `OSError` where there can be none."""
        if self._folder is None:
            raise FileNotFoundError(self._name)
        key = _sum(_made_by(), self._stamp.encode("utf-8", "surrogateescape"))
        return self._folder / f"{self._name}-{key.hex()}.code", _LAYOUT + key

    def load(self) -> CodeType | None:
        """The code, if it is there whole."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            file, head = self._file()
            data = file.read_bytes()
            code = data[len(head) + _SIZE :]
            if data[: len(head) + _SIZE] == head + _sum(code):
                found = marshal.loads(code)  # noqa: S302 - of the same trust as Kayoi's own `.pyc` files
                return found if isinstance(found, CodeType) else None
        return None

    def keep(self, code: CodeType) -> None:
        """Writes it, and forgets older forms of the same; nothing happens where that can't be done."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError, ValueError):
            file, head = self._file()
            file.parent.mkdir(parents=True, exist_ok=True)
            data = marshal.dumps(code)
            draft = file.with_suffix(f".{os.getpid()}")
            try:
                with draft.open("xb") as out:
                    out.write(head + _sum(data) + data)
                draft.replace(file)
            finally:
                draft.unlink(missing_ok=True)
            found = sorted(file.parent.glob(f"{self._name}-*"), key=lambda one: one.stat().st_mtime_ns)
            for one in found[:-FEW]:
                one.unlink()
