"""The content folder → a book: which files are notes, read once each, whatever the order on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from sitegen.config import Config
from sitegen.keeping.signatures import digest
from sitegen.model import Book, Client, Page, Problem, Rep, Solution, Where
from sitegen.notes.folder import Found, attached, find_notes
from sitegen.notes.kept import Packed, Shelf, pack
from sitegen.notes.linking import client_names
from sitegen.notes.note import Note, Record, read_note, unread
from sitegen.notes.reading import looks_private
from sitegen.notes.rereading import LastRead, as_read, read_again
from sitegen.processes import forked
from sitegen.records import dataclass
from sitegen.text import closest, fold

Progress = Callable[[str, int, int], None]

PARALLEL = 300
"""Notes to read from which several processes pay for their start."""
BATCH = 100
_PIECE = 65_536
"""Bytes asked for at once: to make room for all that a file may have takes longer than to read a note."""
_MOST = 1_000
"""Such pieces read of one file; `decode` refuses far smaller ones, with words."""
Named = TypeVar("Named", Rep, Solution, Page)


def read_book(root: Path, cfg: Config, *, keep_private: bool = False) -> Book:
    """Every note under the content folder, with all problems; nothing is raised for what stands in a note.

    Notes marked private are left out, unless `keep_private`.
    """
    return read_stamped(root, cfg, Shelf(), keep_private=keep_private)[0]


def read_stamped(
    root: Path,
    cfg: Config,
    shelf: Shelf,
    *,
    keep_private: bool = False,
    progress: Progress = lambda _what, _done, _all: None,
) -> tuple[Book, Mapping[str, bytes]]:
    """The same, and what stands for all that each note was read from, by its path.

    `shelf` spares reading again what has not changed; where it `heard` of files, it looks at those alone.
    """
    task = _Task(tuple((key, *row) for key, row in sorted(cfg.kinds.items())), keep_private)
    told, last = repr(task).encode(), shelf.last
    if last and shelf.heard is not None and (last.root, last.cfg, last.task) == (root, cfg, told):
        shelf.last = read_again(last, shelf.heard, shelf, partial(_read, task=task))
        if shelf.last:
            return shelf.last.book, shelf.last.stamps
    shelf.heard = None
    problems: list[Problem] = []
    found = _found(root, cfg, shelf, problems)
    passed = tuple(problems)
    notes, stamps = _read_all(found, task, told, shelf, progress)
    for note in notes:
        problems += note.problems
    clients = _unique([n.record for n in notes if isinstance(n.record, Client)], problems)
    hidden = frozenset() if keep_private else _private_names(clients, [n.record for n in notes])
    shown = tuple(c for c in clients if keep_private or not c.private)
    reps = _reps([n.record for n in notes if isinstance(n.record, Rep)], shown, cfg, problems, keep_private)
    solutions = tuple(_public([n.record for n in notes if isinstance(n.record, Solution)], keep_private))
    plain = tuple(_public([n.record for n in notes if isinstance(n.record, Page)], keep_private))
    book = Book(clients=shown, reps=reps, solutions=solutions, pages=plain, hidden=hidden)
    files = _files(root / cfg.content, book, problems)
    book = replace(book, files=files, problems=tuple(problems))
    shelf.last = LastRead(root, cfg, told, found, passed, notes, stamps, book)
    return book, stamps


def still_as_read(shelf: Shelf) -> bool:
    """Whether what nobody heard of is as it was when the book was read."""
    last = shelf.last
    if last is None:
        return False
    passed: list[Problem] = []
    found = _found(last.root, last.cfg, shelf, passed)
    files = _files(last.root / last.cfg.content, last.book, [])
    return as_read(last, found, passed, shelf) and files == last.book.files


def _found(root: Path, cfg: Config, shelf: Shelf, problems: list[Problem]) -> list[Found]:
    """The book's notes in the order of their paths."""
    found = find_notes(root, root / cfg.content, problems, shelf.folders)
    return _apart(
        sorted(found, key=lambda one: (one.path, not one.file.endswith(one.inside), one.file)), problems
    )


def _apart(found: Sequence[Found], problems: list[Problem]) -> list[Found]:
    """Two files whose names differ in nothing but how their letters are composed get paths of their own.

    What is told of it is for the terminal, since one of them may be private.
    """
    paths, out = {one.path for one in found}, []
    for last, one in zip([None, *found], found, strict=False):
        path, number = one.path, 2
        while last and last.path == one.path and path in paths:
            path = f"{one.path[:-3]}-{number}.md"
            number += 1
        if path != one.path:
            paths.add(path)
            params = (("other", one.path),)
            problems.append(Problem(Where(path), "two-of-one-path", params, private=True))
        out.append(one if path == one.path else replace(one, path=path))
    return out


def _read_all(
    files: Sequence[Found], task: _Task, told: bytes, shelf: Shelf, progress: Progress
) -> tuple[list[Note], Mapping[str, bytes]]:
    """The notes in the order of `files`, with their stamps by path; what the shelf holds is not read again."""
    notes: dict[int, Note] = {}
    stamps: dict[str, bytes] = {}
    todo: list[int] = []
    for i, found in enumerate(files):
        stamp = shelf.stamp(found.path, found.file, told)
        note = shelf.find(found.path, stamp) if stamp else None
        if note is None:
            todo.append(i)
        else:
            notes[i], stamps[found.path] = note, stamp
    progress("notes", len(notes), len(files))
    batches = [todo[i : i + BATCH] for i in range(0, len(todo), BATCH)]
    for batch, done in zip(
        batches, _run([[files[i] for i in batch] for batch in batches], task), strict=True
    ):
        read = shelf.keep(zip([files[i].path for i in batch], done, strict=True), told)
        for i, (stamp, note) in zip(batch, read, strict=True):
            notes[i], stamps[files[i].path] = note, stamp
        progress("notes", len(notes), len(files))
    shelf.forget({found.path for found in files})
    return [notes[i] for i in range(len(files))], stamps


@dataclass(frozen=True, slots=True)
class _Task:
    """All that reading a note depends on beside its bytes; goes to other processes."""

    kinds: tuple[tuple[str, tuple[str, ...], bool], ...]
    keep_private: bool


def _run(batches: Sequence[Sequence[Found]], task: _Task) -> Iterator[Sequence[Packed]]:
    """Read notes, in several processes where that pays."""
    work = partial(_read_batch, task=task)
    pays = len(batches) * BATCH >= PARALLEL + BATCH
    return forked(work, batches) if pays else map(work, batches)


def _read_batch(files: Sequence[Found], task: _Task) -> list[Packed]:
    return [_read(found, task) for found in files]


def _bytes(found: Found) -> tuple[bytes, str]:
    """A file's bytes, or why it can't be opened."""
    try:
        with open(found.file, "rb", buffering=0) as file:  # noqa: PTH123  ten thousand times
            return b"".join(islice(iter(partial(file.read, _PIECE), b""), _MOST)), ""
    except OSError as error:
        return b"", error.strerror or type(error).__name__


def _read(found: Found, task: _Task) -> Packed:
    data, reason = _bytes(found)
    if reason:
        problem = Problem(Where(found.path), "note-unreadable", (("reason", reason),))
        return pack(unread(found.path, found.kind, (problem,)), b"")
    cfg = Config(kinds=MappingProxyType({key: (words, face) for key, words, face in task.kinds}))
    keep = task.keep_private
    try:
        note = read_note(data, found.path, found.kind, cfg, inside=found.inside, keep_private=keep)
    except Exception as bug:
        # Ours to mend; until then one note costs itself, and neither the build nor the client.
        problem = Problem(Where(found.path), "note-bug", (("error", f"{type(bug).__name__}: {bug}"[:200]),))
        note = unread(found.path, found.kind, (problem,), private=looks_private(data))
    return pack(note, digest(data), keep_private=keep)


def _files(content: Path, book: Book, problems: list[Problem]) -> tuple[str, ...]:
    """The files that notes show and that are there; for the others a problem each.

    A link to somewhere outside counts as not there.
    """
    there: dict[str, bool] = {}
    shown: tuple[Record, ...] = (*book.clients, *book.reps, *book.solutions, *book.pages)
    for file in [file for note in shown for file in note.files]:
        if file.inside not in there:
            there[file.inside] = attached(content, file.inside) is not None
        if not there[file.inside]:
            params = (("file", file.inside),)
            problems.append(Problem(file.where, "file-missing", params, file.source, severity="warning"))
    return tuple(sorted(path for path, found in there.items() if found))


def _unique(clients: Sequence[Client], problems: list[Problem]) -> list[Client]:
    """Two notes of one file name are a problem that names both; each still has its page."""
    groups: dict[str, list[Client]] = defaultdict(list)
    for client in clients:
        groups[fold(client.key)].append(client)
    keys = {client.key for client in clients}
    out = []
    for client in clients:
        key = client.key
        group = groups[fold(client.key)]
        if len(group) > 1:
            others = ", ".join(c.path for c in group if c is not client and not c.private)
            private = client.private or not others
            problems.append(
                Problem(Where(client.path), "two-of-one-name", (("other", others or "…"),), private=private)
            )
            if group[0] is not client:
                number = 2
                while f"{client.key}-{number}" in keys:
                    number += 1
                key = f"{client.key}-{number}"
                keys.add(key)
        out.append(client if key == client.key else replace(client, key=key))
    return out


def _private_names(
    clients: Sequence[Client], records: Sequence[Client | Rep | Solution | Page]
) -> frozenset[str]:
    """Folded names that only private notes have: links to them become plain text, without a word."""
    names = {name for client in clients if client.private for name in client_names(client)}
    for record in records:
        if record.private and not isinstance(record, Client):
            name = record.title if isinstance(record, Page) else record.name
            names |= {fold(record.key), fold(name)}
    return frozenset(names)


def _public(records: Iterable[Named], keep_private: bool) -> Iterator[Named]:
    seen: set[str] = set()
    for record in records:
        if keep_private or not record.private:
            key = record.key
            while fold(key) in seen:
                key += "-2"
            seen.add(fold(key))
            yield replace(record, key=key) if key != record.key else record


def _reps(
    noted: Sequence[Rep], clients: Sequence[Client], cfg: Config, problems: list[Problem], keep_private: bool
) -> tuple[Rep, ...]:
    """The reps with a note, and those who only have clients."""
    reps = {rep.key: rep for rep in _public(noted, keep_private)}
    folders = {parts[-2] for c in clients if len(parts := c.path.split("/")) > 3}
    told = {*reps, *folders}
    known = {*told, *(rep.key for rep in noted)}
    keys = {
        fold(name): rep.key for rep in noted for name in (rep.name, rep.native) if name and not rep.private
    }
    for client in clients:
        if client.owner and client.owner not in known:
            meant = keys.get(fold(client.owner))
            if meant:
                named = (("name", client.owner), ("rep", meant))
                mend = f"owner: {meant}"
                problems.append(
                    Problem(Where(client.path), "owner-by-name", named, mend=mend, severity="warning")
                )
                continue
            params = (("owner", client.owner), ("meant", closest(client.owner, sorted(told))))
            problems.append(Problem(Where(client.path), "owner-unknown", params, severity="warning"))
    owners = {client.owner for client in clients if client.owner}
    made = {key: Rep(key, key) for key in owners if key not in reps}
    return tuple(sorted({**reps, **made}.values(), key=lambda rep: (fold(rep.name), rep.key)))
