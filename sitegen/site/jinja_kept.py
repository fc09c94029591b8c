"""Compiled templates kept from one process to the next; only Kayoi's own (see `installed.py`)."""

from __future__ import annotations

from functools import lru_cache
from types import CodeType

import jinja2
import markupsafe

from sitegen import installed
from sitegen.folders import own_templates


def is_own(file: str | None) -> bool:
    """Whether this is the file of a template of Kayoi's: a book's must not fill the folder of the installation."""
    return file is not None and file.startswith(_own())


@lru_cache(maxsize=1)
def _own() -> str:
    return f"{own_templates()}/"


@lru_cache(maxsize=1)
def _made_by() -> bytes:
    """Python, the libraries and the code of this room: what compiles, and what works out constants meanwhile."""
    return installed.made_by(__file__, jinja2.__file__, markupsafe.__file__)


class Place:
    """Where the compiled code of one template is kept."""

    def __init__(self, name: str, stamp: str) -> None:
        """`name`: template, form and language, as a file's name begins; `stamp` stands for all sources and words."""
        told = stamp.encode("utf-8", "surrogateescape")
        self._place = installed.Place(name, lambda: installed.total(_made_by(), told))

    def load(self) -> CodeType | None:
        """The code, if it is there whole."""
        found = self._place.load()
        return found if isinstance(found, CodeType) else None

    def keep(self, code: CodeType) -> None:
        """Writes it, and forgets older forms of the same; nothing happens where that can't be done."""
        self._place.keep(code)
