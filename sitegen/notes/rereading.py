"""A book that this process read a moment ago, read again where somebody heard of a change.

Ten thousand files are looked at in a tenth of a second, and thought about in as long again; a rep who saves one note
waits for neither. What nobody heard of is looked at afterwards, by `as_read`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from sitegen.config import Config
from sitegen.model import Book, Client, Problem
from sitegen.notes.folder import Found
from sitegen.notes.kept import Packed, Shelf
from sitegen.notes.note import Note, Record
from sitegen.records import dataclass

FEW = 50
"""Files heard of up to which they are read one after the other."""
_PLACED_BY = attrgetter("key", "path", "owner", "private", "files")
"""What a book as a whole asks of a client's note."""


@dataclass(frozen=True)
class LastRead:
    """A book as it was read."""

    root: Path
    cfg: Config
    task: bytes
    """All that reading a note depends on beside its bytes."""
    files: Sequence[Found]
    """Its notes, in their order."""
    passed: tuple[Problem, ...]
    """What is wrong with other files and folders."""
    notes: Sequence[Note]
    stamps: Mapping[str, bytes]
    """What stands for each note, by path."""
    book: Book

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Which of them a file is."""
        return {found.file: number for number, found in enumerate(self.files)}

    def followed_by(self, notes: Sequence[Note], stamps: Mapping[str, bytes], book: Book) -> LastRead:
        """The same files, some of them with other notes."""
        made = replace(self, notes=notes, stamps=stamps, book=book)
        made.__dict__["numbers"] = self.numbers
        return made


def read_again(
    last: LastRead, heard: Collection[str], shelf: Shelf, read: Callable[[Found], Packed]
) -> LastRead | None:
    """The book where only the files `heard` of, as the disk spells them, may be others than at the `last` reading.

    None where they are many, as after a branch was switched, where one of them is no note of the book, or where its
    change concerns the book as a whole.
    """
    if len(heard) > FEW or not last.numbers.keys() >= set(heard):
        return None
    notes, stamps = list(last.notes), dict(last.stamps)
    clients, problems = list(last.book.clients), list(last.book.problems)
    for number in sorted(last.numbers[file] for file in heard):
        found, was = last.files[number], last.notes[number]
        stamp = shelf.stamp(found.path, found.file, last.task)
        if not stamp:
            return None
        note = shelf.find(found.path, stamp)
        if note is None:
            [(stamp, note)] = shelf.keep([(found.path, read(found))], last.task)
        place, now = _place(clients, was.record), note.record
        if place is None or not isinstance(now, Client) or _PLACED_BY(now) != _PLACED_BY(was.record):
            return None
        notes[number], stamps[found.path], clients[place] = note, stamp, now
        problems = [*(one for one in problems if one not in was.problems), *note.problems]
    book = replace(last.book, clients=tuple(clients), problems=tuple(problems))
    return last.followed_by(notes, stamps, book)


def as_read(last: LastRead, files: Sequence[Found], passed: Sequence[Problem], shelf: Shelf) -> bool:
    """Whether the book's files are still those, and hold what was read; `passed` as of `last`."""
    if files != last.files or tuple(passed) != last.passed:
        return False
    return all(shelf.stamp(one.path, one.file, last.task) == last.stamps[one.path] for one in files)


def _place(clients: Sequence[Client], record: Record) -> int | None:
    """Where a client stands in the book; None where it does not stand there as its note has it."""
    if not isinstance(record, Client) or record.private:
        return None
    return next((number for number, client in enumerate(clients) if client is record), None)
