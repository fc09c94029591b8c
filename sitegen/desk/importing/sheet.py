"""Rows of a table → contacts: finding the headings, and what each column is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.desk.importing.contact import Cell, Contact, Unread, gathered
from sitegen.desk.importing.headings import (
    LEFT_OUT,
    fields_of,
    heading_key,
    is_heading,
    phone_field,
)
from sitegen.model import Problem, Where
from sitegen.records import dataclass

SEARCHED = 30
"""Rows above the headings that a service may write: what was exported, by whom, when."""
MOST_ROWS = 20_000
_TOLD = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: Sequence[str]
    where: Where
    places: Sequence[Where]
    """Of each cell."""
    text: str = ""
    """As it stands in the file, line ends and all; empty where the file is no text."""
    problem: Problem | None = None
    """Why it can't be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table's rows come to."""

    contacts: tuple[Contact, ...] = ()
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of the file as a whole."""
    heading: int = -1
    """The index of the row of headings; -1 where columns are named by number."""


def read_rows(rows: Sequence[Row], mapping: Mapping[str, str], path: str) -> Sheet:
    """Contacts of a table; a contact's piece is the index of its row. Empty rows are passed over.

    `mapping`: `heading_key` or number of a column → field, or `skip`.
    """
    by_number = bool(mapping) and all(key.isdecimal() for key in mapping)
    at = -1 if by_number else heading_row(rows, mapping)
    if at < 0 and not by_number:
        first = next((row for row in rows if any(cell.strip() for cell in row.cells)), None)
        excerpt = " | ".join(first.cells)[:100] if first else ""
        where = first.where if first else Where(path)
        return Sheet(problems=(Problem(where, "import-no-headings", excerpt=excerpt),))
    width = max((len(row.cells) for row in rows[:SEARCHED]), default=0)
    headings = [""] * width if by_number else list(rows[at].cells)
    fields = fields_of(headings, mapping)
    problems = [] if by_number else [*_left_out(rows[at], fields), *_missed(rows[at], mapping)]
    contacts, unread = [], []
    for i, row in enumerate(rows[at + 1 :], at + 1):
        if row.problem:
            unread.append(Unread(i, row.problem))
        elif any(cell.strip() for cell in row.cells):
            if surplus := _surplus(row, len(fields)):
                unread.append(Unread(i, surplus))
            else:
                contacts.append(gathered(list(_cells(row, fields, headings)), row.where, i))
    return Sheet(tuple(contacts), tuple(unread), tuple(problems), at)


def heading_row(rows: Sequence[Row], mapping: Mapping[str, str]) -> int:
    """The index of the row of headings; -1 where none of the first rows is one."""
    return next((i for i, row in enumerate(rows[:SEARCHED]) if is_heading(row.cells, mapping)), -1)


def _cells(row: Row, fields: Sequence[str], headings: Sequence[str]) -> Iterator[Cell]:
    for field, heading, text, where in zip(fields, headings, row.cells, row.places, strict=False):
        known = phone_field(heading, headings, row.cells) if field == "any-phone" else field
        if field and known != LEFT_OUT:
            yield Cell(known, heading, text, where)


def _left_out(row: Row, fields: Sequence[str]) -> Iterator[Problem]:
    """A column that nobody knows is left out, but not without a word."""
    unknown = [(c, w) for c, f, w in zip(row.cells, fields, row.places, strict=True) if not f and c.strip()]
    labels = [(c, w) for c, w in unknown if not heading_key(c).startswith(("phone", "電話"))]
    if labels:
        names = ", ".join(" ".join(cell.split())[:40] for cell, _ in labels[:_TOLD])
        names += ", …" if len(labels) > _TOLD else ""
        yield Problem(labels[0][1], "import-columns-left", (("columns", names),), severity="warning")


def _missed(row: Row, mapping: Mapping[str, str]) -> Iterator[Problem]:
    """A column that the mapping names and the file does not have."""
    had = {heading_key(cell) for cell in row.cells} | {str(n) for n in range(1, len(row.cells) + 1)}
    for key in mapping:
        if key not in had:
            yield Problem(row.where, "import-column-missing", (("column", key),), severity="warning")


def _surplus(row: Row, width: int) -> Problem | None:
    """More cells than headings: a quotation mark or a separator is missing, so every cell may be another's."""
    at = next((i for i in range(width, len(row.cells)) if row.cells[i].strip()), -1)
    if at < 0:
        return None
    params = (("cells", str(len(row.cells))), ("columns", str(width)))
    return Problem(row.places[at], "import-row-long", params)
