"""Lists as CSV that a spreadsheet opens by a double click: UTF-8 with a mark, CRLF, and no cell that is a formula.

The script that copies what a list shows writes cells by the same rules; both are held to one table of cases.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, cast

Cell = str | int | None
"""A number stays one; None is an empty cell."""
FORMULA = frozenset("=+-@＝＋－＠")
"""Signs that make a spreadsheet take a text for a formula; full-width ones count in Japanese Excel."""
BREAKS = ("\t", "\r", "\n")
"""A text that begins with one may spill into another cell, and its rest be read as one of its own."""
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MARK = "\ufeff"
"""Without it Excel reads the file in the machine's own code page, and Japanese is lost."""


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A whole file by RFC 4180, its first line the headings."""
    return table_of(heads, (line(row) for row in rows))


def table_of(heads: Sequence[str], lines: Iterable[bytes]) -> bytes:
    """The same from lines that are written already."""
    return b"".join((MARK.encode(), line(heads), *lines))


def line(row: Sequence[Cell]) -> bytes:
    """One line with its end."""
    told: str = _WRITER.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return told.encode()


class _Back:
    """What a writer of CSV writes to, where the line itself is wanted."""

    @staticmethod
    def write(line: str) -> str:
        return line


_WRITER: Any = csv.writer(cast("Any", _Back), lineterminator="\r\n")
"""Its `writerow` gives back what `write` does."""


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    A plain number such as `-5` is none. Blanks and signs that can't be seen hide no formula.
    """
    if not text or (text[0].isalnum() and text[0] not in FORMULA) or NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(BREAKS) or _first_seen(text) in FORMULA else text


def _first_seen(text: str) -> str:
    """The first character that is neither blank nor invisible; empty where there is none."""
    return next((char for char in text if unicodedata.category(char)[0] not in "ZC"), "")
