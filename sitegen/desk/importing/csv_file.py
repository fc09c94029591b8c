"""CSV: separators of any kind, quotation marks that are not closed, lines that are left to mend as they stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from sitegen.desk.importing.decoding import Decoded, bad_byte
from sitegen.desk.importing.sheet import SEARCHED, Row, heading_row
from sitegen.model import Problem, Where

_SEPARATORS = (",", "\t", ";")


def rows_of(text: str, path: str, mapping: Mapping[str, str]) -> list[Row]:
    """The rows of a CSV text; one that can't be read says why. Never raises for what stands in it."""
    lines = list(io.StringIO(text, newline=""))
    return list(_rows(lines, path, separator(lines, mapping)))


def separator(lines: Sequence[str], mapping: Mapping[str, str]) -> str:
    """The one with which the first lines hold headings; a comma where none does."""
    for mark in _SEPARATORS:
        rows = list(_rows(lines[:SEARCHED], "", mark))
        at = heading_row(rows, mapping)
        if at >= 0 and len(rows[at].cells) > 1:
            return mark
    heads = "".join(lines[:SEARCHED])
    return max(_SEPARATORS, key=heads.count)


def mend_text(rows: Sequence[Row], heading: int, pieces: Sequence[int], source: Decoded) -> bytes:
    """The headings, and the rows of these indexes, byte for byte as the file has them."""
    kept = ([rows[heading].text] if heading >= 0 else []) + [rows[piece].text for piece in sorted(pieces)]
    end = next((m[0] for text in kept if (m := re.search(r"\r\n?|\n", text))), "\r\n")
    return source.encoded("".join(text if text.endswith(("\r", "\n")) else text + end for text in kept))


def _rows(lines: Sequence[str], path: str, mark: str) -> Iterator[Row]:
    start, suspect, width = 0, False, 0
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]), delimiter=mark, strict=True)
        begun = start
        try:
            for cells in reader:
                text = "".join(lines[begun : start + reader.line_num])
                where = Where(path, begun + 1)
                begun = start + reader.line_num
                problem = _wrong(text, where)
                # What follows a broken row may be the rest of it: only a whole row is one again.
                if suspect and len(cells) < width:
                    problem = problem or _told(where, "import-row-rest")
                suspect = suspect and problem is not None
                width = max(width, len(cells))
                yield Row(cells, where, list(_places(text, mark, where, len(cells))), text, problem)
            return
        except csv.Error:
            text = lines[begun]
            where = Where(path, begun + 1, max(text.find('"'), 0) + 1)
            yield Row((), where, (), text, _told(where, "import-row-quotes"))
            start, suspect = begun + 1, True


def _wrong(text: str, where: Where) -> Problem | None:
    """A row with a byte that no encoding of the file's can read."""
    at, byte = bad_byte(text)
    if at < 0:
        return None
    before = text[:at]
    line = where.line + before.count("\n")
    col = at - before.rfind("\n")
    return _told(Where(where.path, line, col), "import-byte", byte=byte)


def _told(where: Where, code: str, **params: str) -> Problem:
    return Problem(where, code, tuple(params.items()))


def _places(text: str, mark: str, where: Where, count: int) -> Iterator[Where]:
    """Where each cell of a row begins, its quotation mark included."""
    cell = re.compile(rf'(?:"(?:[^"]|"")*"|[^"{mark}\r\n])*')
    at, line, begun = 0, where.line, 0
    for _ in range(count):
        yield Where(where.path, line, at - begun + 1)
        found = cell.match(text, at)
        end = found.end() if found else at
        if inside := text.count("\n", at, end):
            line, begun = line + inside, text.rfind("\n", at, end) + 1
        at = end + 1
