"""A file of whatever kind → its contacts, what can't be read in it, and how the rest is left to mend."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from sitegen.desk.importing.contact import Contact, Unread
from sitegen.desk.importing.decoding import decoded
from sitegen.desk.importing.sheet import MOST_ROWS, read_rows
from sitegen.desk.importing.tidying import tidied
from sitegen.model import Problem, Where
from sitegen.records import dataclass

LIMIT = 50_000_000
"""Bytes of a file: five hundred cards with a picture each have twenty million."""
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MENDED = re.compile(r"\.mend(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class Source:
    """What a file comes to."""

    path: Path
    contacts: tuple[Contact, ...] = ()
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of the file as a whole, and warnings."""
    mend: Callable[[Sequence[int]], bytes] | None = None
    """The bytes of a file of the same kind that holds only these pieces."""
    lines: tuple[str, ...] = ()
    """Of a text that people can read, as problems show them."""


def read_source(path: Path, shown: str, mapping: Mapping[str, str]) -> Source:
    """Read a file of contacts; nothing is raised for what stands in it.

    `shown`: its path as problems name it. `mapping`: see `sheet.read_rows`. Raises `OSError`.
    """
    size = path.stat().st_size
    if size > LIMIT:
        params = (("size", f"{size / 1e6:,.0f}"), ("limit", f"{LIMIT / 1e6:.0f}"))
        return Source(path, problems=(Problem(Where(shown), "import-large", params),))
    source = _of_bytes(path, path.read_bytes(), shown, mapping)
    if len(source.contacts) > MOST_ROWS:
        params = (("count", f"{len(source.contacts):,}"), ("limit", f"{MOST_ROWS:,}"))
        return Source(path, problems=(Problem(Where(shown), "import-many", params),))
    contacts, unread, problems = [], list(source.unread), list(source.problems)
    for contact in source.contacts:
        made, warnings = tidied(contact)
        problems += warnings
        if isinstance(made, Unread):
            unread.append(made)
        else:
            contacts.append(made)
    return replace(source, contacts=tuple(contacts), unread=tuple(unread), problems=tuple(problems))


def mend_path(path: Path) -> Path:
    """A name beside the file that nothing bears yet: `cards.mend.csv`, `cards.mend-2.csv` …"""
    stem = _MENDED.sub("", path.stem)
    free, number = path.with_name(f"{stem}.mend{path.suffix}"), 1
    while free.exists():
        number += 1
        free = path.with_name(f"{stem}.mend-{number}{path.suffix}")
    return free


def mend_paths(path: Path) -> list[Path]:
    """The files left to mend beside the file so far."""
    stem = _MENDED.sub("", path.stem)
    return sorted(path.parent.glob(f"{glob.escape(stem)}.mend*{path.suffix}"))


def same_file(one: bytes, other: bytes) -> bool:
    """Whether two files say the same: a workbook also holds the time at which it was saved."""
    if not one.startswith(_ZIP) or not other.startswith(_ZIP):
        return one == other
    from sitegen.desk.importing.xlsx_file import sums

    return sums(one) == sums(other)


def _of_bytes(path: Path, data: bytes, shown: str, mapping: Mapping[str, str]) -> Source:
    if data.startswith(_ZIP):
        return _workbook(path, data, shown, mapping)
    if data.startswith(_OLD_OFFICE):
        return Source(path, problems=(Problem(Where(shown), "import-old-office"),))
    head = data[:2000].replace(b"\0", b"").upper()
    if b"BEGIN:VCARD" in head or path.suffix.lower() in (".vcf", ".vcard"):
        return _cards(path, data, shown)
    if b"\0" in data[:4000] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return Source(path, problems=(Problem(Where(shown), "import-no-text"),))
    return _table(path, data, shown, mapping)


def _table(path: Path, data: bytes, shown: str, mapping: Mapping[str, str]) -> Source:
    from sitegen.desk.importing.csv_file import mend_text, rows_of

    text = decoded(data)
    rows = rows_of(text.text, shown, mapping)
    if not any(row.cells or row.problem for row in rows):
        return Source(path, problems=(Problem(Where(shown), "import-empty"),))
    sheet = read_rows(rows, mapping, shown)
    mend = partial(mend_text, rows, sheet.heading, source=text)
    lines = tuple(re.split(r"\r\n|\r|\n", text.text))
    return Source(path, sheet.contacts, sheet.unread, sheet.problems, mend, lines)


def _workbook(path: Path, data: bytes, shown: str, mapping: Mapping[str, str]) -> Source:
    from sitegen.desk.importing.xlsx_file import mend_workbook, rows_of

    rows, problems = rows_of(data, shown, mapping)
    if not rows:
        empty = (Problem(Where(shown), "import-empty"),)
        return Source(path, problems=problems or empty)
    sheet = read_rows(rows, mapping, shown)
    mend = partial(mend_workbook, rows, sheet.heading)
    return Source(path, sheet.contacts, sheet.unread, (*problems, *sheet.problems), mend)


def _cards(path: Path, data: bytes, shown: str) -> Source:
    from sitegen.desk.importing.vcard_file import contacts_of
    from sitegen.desk.importing.vcard_lines import cards_of

    cards = list(cards_of(data))
    if not cards:
        return Source(path, problems=(Problem(Where(shown), "import-empty"),))
    contacts, unread, problems = contacts_of(cards, shown)
    return Source(
        path,
        contacts,
        unread,
        problems,
        lambda pieces: b"".join(cards[piece].raw for piece in sorted(set(pieces))),
    )


def with_line(problem: Problem, source: Source, shown: str) -> Problem:
    """A problem with the line that it speaks of, where the file is one that people can read."""
    at = problem.where.line - 1
    if problem.where.path != shown or problem.excerpt or not at < len(source.lines):
        return problem
    return replace(problem, excerpt=source.lines[at].encode("utf-8", "replace").decode())
