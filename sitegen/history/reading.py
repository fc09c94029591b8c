"""The whole way from a folder to its history, on one screen."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha1, sha256
from pathlib import Path

from sitegen.config import Config
from sitegen.folders import below
from sitegen.history import git
from sitegen.history.cache import NOWHERE, Cache, Made, made_for
from sitegen.history.comparing import Owner, compare, key_of
from sitegen.history.edits import Told, edits_of, owners_of, rows_of, signed
from sitegen.history.raw import name_of, touches
from sitegen.history.walking import steps_of
from sitegen.model import Book, Client
from sitegen.past import History, NoteHistory, Status
from sitegen.text import path_text


def read_history(root: Path, content: Path, book: Book, cfg: Config, today: dt.date) -> History:
    """What git knows of a book's clients up to a day.

    `root`: the folder of `kayoi.yml`, beside whose `.kayoi/` what was read once is kept. Nothing is raised: where git
    can't help, the status says why.
    """
    if cfg.history == "off":
        return History()
    try:
        repository = git.discover(content)
        if not repository.head:
            dirty = {client.path: NoteHistory(dirty=True) for client in book.clients}
            return History("no-commits", notes=dirty)
        with _no_collection():
            return _read(root, content, repository, book, cfg, today)
    except git.GitMissing:
        return History("no-git")
    except git.GitFailed as failed:
        return History(_why(str(failed)))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Records in their ten thousands make no circles, and looking for some goes through the whole book each time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _why(said: str) -> Status:
    if "dubious ownership" in said or "unsafe repository" in said:
        return "refused"
    return "no-repository" if "not a git repository" in said else "failed"


def _read(
    root: Path, content: Path, repository: git.Repository, book: Book, cfg: Config, today: dt.date
) -> History:
    commits = git.commits(repository)
    folder = path_text(below(content, root))
    clients = {_in_repository(client, folder, repository): client for client in book.clients}
    cache = Cache.open(root, repository)
    about = made_for(commits, clients, folder)
    made = cache.made(about)
    if made is None:
        made = _make(repository, commits, clients, Owner(folder, path_text(repository.prefix)), cache, about)
    told = signed(commits, book.reps, cfg.timezone)
    owners = owners_of(book.reps)
    notes = {}
    for path, client in clients.items():
        name, blob, skipped, rows = made.get(path, NOWHERE)
        days = {entry.date.toordinal() for entry in client.entries}
        edits = edits_of(rows, told, Told(today, owners, days))
        notes[client.path] = NoteHistory(edits, _dirty(content, name, blob, repository.prefix), skipped)
    status: Status = "shallow" if repository.cut else "whole"
    since = min(commit.day for commit in told)
    return History(status, since, repository.head, notes, sum(note.skipped for note in notes.values()))


def _make(
    repository: git.Repository,
    commits: Sequence[git.Commit],
    paths: Collection[str],
    owner: Owner,
    cache: Cache,
    about: str,
) -> dict[str, Made]:
    """The edits of all notes, from what is known of commits and what must be read of new ones."""
    known = cache.known([commit.id for commit in commits])
    new = [commit.id for commit in commits if commit.id not in known.touched]
    if new:
        known.touched.update(dict.fromkeys(new, ()))
        known.touched.update(touches(git.changed(repository, new)))
    files = git.listed(repository)
    names = {name_of(path.encode("utf-8", "surrogateescape")): path for path in files}
    newest = {path: files[names[path]] for path in paths if path in names}
    steps = steps_of(commits, known.touched, newest, repository.cut)
    complete = compare(repository, commits, steps, known, owner)
    seconds = [commit.seconds for commit in commits]
    made: dict[str, Made] = {}
    for path, ways in steps.items():
        results = [known.results[key_of(step, commits)] for step in ways]
        skipped = sum(result.skipped for result in results)
        made[path] = (names[path], newest[path], skipped, rows_of(ways, results, seconds))
    if complete and not repository.partial:
        cache.keep(known, commits, about, made)
    return made


def _in_repository(client: Client, folder: str, repository: git.Repository) -> str:
    """A client's path from the repository's top; `folder`: of the notes, as in the client's path."""
    inside = client.path if folder == "." else client.path.removeprefix(folder + "/")
    return path_text(repository.prefix) + inside


def _dirty(content: Path, path: str, blob: str, prefix: str) -> bool:
    """Whether a note's file is not what was committed last; line ends don't count, git changes them itself."""
    if not blob:
        return True
    try:
        data = (content / path.removeprefix(prefix)).read_bytes()
    except OSError:
        return True
    if _blob_id(data, len(blob)) == blob:
        return False
    return b"\r\n" not in data or _blob_id(data.replace(b"\r\n", b"\n"), len(blob)) != blob


def _blob_id(data: bytes, length: int) -> str:
    """The id that git gives to these bytes; by its length SHA-1 or SHA-256."""
    kind = sha1 if length == 40 else sha256
    return kind(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
