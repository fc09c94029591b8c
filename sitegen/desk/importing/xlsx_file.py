"""XLSX: the first sheet that holds headings, as texts; formulas by the result that Excel last showed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sitegen.desk.importing.sheet import MOST_ROWS, Row, heading_row
from sitegen.model import Problem, Where

UNPACKED = 200_000_000
"""Bytes that a workbook may come to; five hundred contacts are one million."""
_EMPTY = 2_000
"""Empty rows after which nothing more is looked for: a sheet may be said to have a million."""
_COLUMNS = 200
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    OSError,
)
"""What openpyxl raises for what is no workbook; a ParseError is a SyntaxError."""


def rows_of(data: bytes, path: str, mapping: Mapping[str, str]) -> tuple[list[Row], tuple[Problem, ...]]:
    """The rows of a workbook's sheet with headings, and what is wrong with the file as a whole."""
    if problem := _unsafe(data, path):
        return [], (problem,)
    try:
        return _read(data, path, mapping)
    except _BROKEN as error:
        return [], (Problem(Where(path), "import-xlsx-broken", (("reason", _reason(error)),)),)


def mend_workbook(rows: Sequence[Row], heading: int, pieces: Sequence[int]) -> bytes:
    """A workbook of the headings and the rows of these indexes, every cell a text."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    kept = ([rows[heading]] if heading >= 0 else []) + [rows[piece] for piece in sorted(pieces)]
    for y, row in enumerate(kept, 1):
        for x, text in enumerate(row.cells, 1):
            if text:
                cell = sheet.cell(y, x)
                # Set by hand: a text that begins with = would be made a formula.
                cell.value, cell.data_type, cell.number_format = _legal(text), "s", "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sums(data: bytes) -> Mapping[str, int]:
    """The checksum of each part of a workbook but of the one that says who saved it, and when."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {i.filename: i.CRC for i in archive.infolist() if i.filename != "docProps/core.xml"}
    except (zipfile.BadZipFile, ValueError, OSError):
        return {}


def _unsafe(data: bytes, path: str) -> Problem | None:
    """A zip bomb, or no workbook at all. What the archive says of its sizes is all that is ever unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        return Problem(Where(path), "import-xlsx-broken", (("reason", _reason(error)),))
    unpacked = sum(info.file_size for info in infos)
    if unpacked > UNPACKED or len(infos) > 2_000:
        size, limit = f"{unpacked / 1e6:,.0f}", f"{UNPACKED / 1e6:.0f}"
        return Problem(Where(path), "import-xlsx-large", (("size", size), ("limit", limit)))
    return None


def _read(data: bytes, path: str, mapping: Mapping[str, str]) -> tuple[list[Row], tuple[Problem, ...]]:
    grids = _grids(data, formulas=True)
    if any(kind == "f" for grid in grids.values() for row in grid for _, kind in row):
        results = _grids(data, formulas=False)
        grids = {name: list(map(_shown, grid, results[name])) for name, grid in grids.items()}
    sheets = {name: [_row(cells, path, y) for y, cells in enumerate(grid, 1)] for name, grid in grids.items()}
    found = {name: rows for name, rows in sheets.items() if heading_row(rows, mapping) >= 0}
    name, rows = next(iter((found or sheets).items()), ("", []))
    problems = []
    if len(found) > 1:
        others = "、".join(list(found)[1:])
        params = (("sheet", name), ("others", others))
        problems.append(Problem(Where(path), "import-sheets-left", params, severity="warning"))
    return rows, tuple(problems)


def _shown(row: Sequence[tuple[Any, str]], result: Sequence[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """A row with what Excel last showed in the place of its formulas, where the file holds that."""
    shown = [*result, *[(None, "n")] * len(row)]
    return [shown[i] if cell[1] == "f" and shown[i][0] is not None else cell for i, cell in enumerate(row)]


def _grids(data: bytes, *, formulas: bool) -> dict[str, list[list[tuple[Any, str]]]]:
    """Sheet → rows → value and kind of each cell (`f`: a formula, `e`: an error)."""
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():  # of styles and extensions that nobody asked for
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
    try:
        return {sheet.title: list(_grid(sheet)) for sheet in book.worksheets}
    finally:
        book.close()


def _grid(sheet: Any) -> Iterator[list[tuple[Any, str]]]:
    sheet.reset_dimensions()  # what a file says of its size need not be true
    empty: list[list[tuple[Any, str]]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS)):
        cells = [(cell.value, str(getattr(cell, "data_type", "n"))) for cell in row]
        while cells and cells[-1][0] in (None, ""):
            cells.pop()
        if not cells:
            empty.append([])
            if len(empty) > _EMPTY:
                return
            continue
        yield from empty
        empty.clear()
        yield cells
        if number > MOST_ROWS + _EMPTY:
            return


def _row(cells: Sequence[tuple[Any, str]], path: str, number: int) -> Row:
    texts = ["" if kind in ("f", "e") else as_text(value) for value, kind in cells]
    places = [Where(path, number, col) for col in range(1, len(cells) + 1)]
    problem = next(
        (_told(v, k, place) for (v, k), place in zip(cells, places, strict=True) if k in "fe"), None
    )
    raw = [
        as_text(value) if kind in ("f", "e") else text
        for (value, kind), text in zip(cells, texts, strict=True)
    ]
    return Row(raw, Where(path, number), places, "", problem)


def _told(value: Any, kind: str, where: Where) -> Problem:
    code = "import-formula" if kind == "f" else "import-cell-error"
    return Problem(where, code, (("cell", _cell_name(where)),), excerpt=as_text(value)[:100])


def _cell_name(where: Where) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(where.col)}{where.line}"


def as_text(value: object) -> str:
    """A cell as it reads: a day without its midnight, a number without what floating points add to it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")[:16]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(getattr(value, "text", value))


def _legal(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _reason(error: Exception) -> str:
    return str(error).split("\n")[0][:100] or type(error).__name__
