"""The content folder → a book: which files are notes, read once each, whatever the order on disk."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from sitegen.config import Config
from sitegen.model import Book, Client, Page, Problem, Rep, Solution, Where
from sitegen.notes.linking import client_names
from sitegen.notes.note import Note, NoteKind, read_note, unread
from sitegen.text import closest, fold, nfc

Progress = Callable[[str, int, int], None]
Memo = dict[str, tuple[bytes, Note]]
"""Path → digest of the bytes and what they came to; a preview keeps it between builds."""

_MOST = 64_000_000
"""Bytes read of one file; `decode` refuses far smaller ones, with words."""
Named = TypeVar("Named", Rep, Solution, Page)
_FOLDERS: dict[str, NoteKind] = {"clients": "client", "reps": "rep", "solutions": "solution"}


@dataclass(frozen=True, slots=True)
class Found:
    """A note on disk."""

    path: str
    """Relative to the project's folder, NFC, with `/`: as problems name it."""
    file: Path
    kind: NoteKind


def read_book(
    root: Path,
    cfg: Config,
    *,
    keep_private: bool = False,
    memo: Memo | None = None,
    progress: Progress = lambda _what, _done, _all: None,
) -> Book:
    """Every note under the content folder, with all problems; nothing is raised for what stands in a note.

    Notes marked private are left out, unless `keep_private`. `memo` spares reading again what has not changed.
    """
    problems: list[Problem] = []
    files = sorted(find_notes(root, root / cfg.content, problems), key=lambda f: (f.path, str(f.file)))
    notes: list[Note] = []
    for done, found in enumerate(files, 1):
        notes.append(_read(found, cfg, keep_private, memo))
        progress("notes", done, len(files))
    for note in notes:
        problems += note.problems
    clients = _unique([n.record for n in notes if isinstance(n.record, Client)], problems)
    hidden = frozenset() if keep_private else _private_names(clients, [n.record for n in notes])
    shown = tuple(c for c in clients if keep_private or not c.private)
    reps = _reps([n.record for n in notes if isinstance(n.record, Rep)], shown, cfg, problems, keep_private)
    return Book(
        clients=shown,
        reps=reps,
        solutions=tuple(_public([n.record for n in notes if isinstance(n.record, Solution)], keep_private)),
        pages=tuple(_public([n.record for n in notes if isinstance(n.record, Page)], keep_private)),
        problems=tuple(problems),
        hidden=hidden,
    )


def _read(found: Found, cfg: Config, keep_private: bool, memo: Memo | None) -> Note:
    try:
        with found.file.open("rb") as file:
            data = file.read(_MOST)
    except OSError as error:
        problem = Problem(Where(found.path), "note-unreadable", (("reason", error.strerror or ""),))
        return unread(found.path, found.kind, (problem,))
    if memo is None:
        return read_note(data, found.path, found.kind, cfg, keep_private=keep_private)
    salt = repr((sorted(cfg.kinds.items()), keep_private)).encode()
    digest = blake2b(salt + data, digest_size=16).digest()
    known = memo.get(found.path)
    if known and known[0] == digest:
        return known[1]
    note = read_note(data, found.path, found.kind, cfg, keep_private=keep_private)
    memo[found.path] = digest, note
    return note


def find_notes(root: Path, content: Path, problems: list[Problem]) -> Iterator[Found]:
    """Notes below a folder. Links are not followed, dot folders and other files are passed over."""
    prefix = nfc(os.path.relpath(content, root).replace(os.sep, "/"))
    prefix = "" if prefix == "." else prefix + "/"
    for file, parts in _walk(content, (), prefix, problems):
        kind = _FOLDERS.get(parts[0]) if len(parts) > 1 else "page"
        path = prefix + "/".join(map(nfc, parts))
        if kind:
            yield Found(path, file, kind)
        else:
            problems.append(Problem(Where(path), "note-out-of-place", severity="warning"))


def _walk(
    folder: Path, parts: tuple[str, ...], prefix: str, problems: list[Problem]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    try:
        with os.scandir(folder) as found:
            items = sorted(found, key=lambda item: item.name)
    except OSError as error:
        where = Where(prefix + "/".join(map(nfc, parts)))
        problems.append(Problem(where, "folder-unreadable", (("reason", error.strerror or ""),)))
        return
    for item in items:
        name = item.name
        if name.startswith((".", "~$")) or name.endswith("~"):
            continue
        here = (*parts, name)
        if item.is_symlink() or _is_junction(item):
            problems.append(
                Problem(Where(prefix + "/".join(map(nfc, here))), "link-not-followed", severity="warning")
            )
        elif item.is_dir(follow_symlinks=False):
            if len(here) > 12:
                problems.append(Problem(Where(prefix + "/".join(map(nfc, here))), "folder-too-deep"))
            else:
                yield from _walk(Path(item.path), here, prefix, problems)
        elif name.lower().endswith(".md") and item.is_file(follow_symlinks=False):
            yield Path(item.path), here


def _is_junction(item: os.DirEntry[str]) -> bool:
    """A Windows junction is a link by another name."""
    tag = getattr(item.stat(follow_symlinks=False), "st_reparse_tag", 0) if os.name == "nt" else 0
    return bool(tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1))


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
    known = {*reps, *folders, *(rep.key for rep in noted)}
    for client in clients:
        if client.owner and client.owner not in known:
            params = (("owner", client.owner), ("meant", closest(client.owner, sorted(known))))
            problems.append(Problem(Where(client.path), "owner-unknown", params, severity="warning"))
    owners = {client.owner for client in clients if client.owner}
    made = {key: Rep(key, key) for key in owners if key not in reps}
    return tuple(sorted({**reps, **made}.values(), key=lambda rep: (fold(rep.name), rep.key)))
