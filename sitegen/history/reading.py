"""The whole way from a folder to its history, on one screen."""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha1, sha256
from pathlib import Path

from sitegen.config import Config
from sitegen.history import git
from sitegen.history.cache import Cache, Key, Known
from sitegen.history.edits import Told, edits_of, owners_of, signed
from sitegen.history.raw import name_of, touches
from sitegen.history.results import Readings, to_read
from sitegen.history.versions import read_version
from sitegen.history.walking import Step, steps_of
from sitegen.model import Book, Client
from sitegen.notes.note import owner_of
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
    cache = Cache.open(root, repository)
    known = cache.known([commit.id for commit in commits])
    new = [commit.id for commit in commits if commit.id not in known.touched]
    if new:
        known.touched.update(dict.fromkeys(new, ()))
        known.touched.update(touches(git.changed(repository, new)))
    files = git.listed(repository)
    names = {name_of(path.encode("utf-8", "surrogateescape")): path for path in files}
    clients = {_in_repository(client, root, content, repository): client for client in book.clients}
    newest = {path: files[names[path]] for path in clients if path in names}
    steps = steps_of(commits, known.touched, newest, repository.cut)
    complete = _compare(repository, commits, steps, known, _owner_of(root, content, repository))
    if complete and not repository.partial:
        cache.keep(known, commits)
    told = signed(commits, book.reps, cfg.timezone)
    owners = owners_of(book.reps)
    notes = {}
    for path, client in clients.items():
        ways = steps.get(path, [])
        results = [known.results[key_of(step, commits)] for step in ways]
        days = {entry.date.toordinal() for entry in client.entries}
        notes[client.path] = NoteHistory(
            edits_of(ways, results, told, Told(today, owners, days)),
            _dirty(content, names.get(path, ""), newest.get(path, ""), repository.prefix),
            sum(result.skipped for result in results),
        )
    status: Status = "shallow" if repository.cut else "whole"
    since = min(commit.day for commit in told)
    return History(status, since, repository.head, notes, sum(note.skipped for note in notes.values()))


def _in_repository(client: Client, root: Path, content: Path, repository: git.Repository) -> str:
    """A client's path from the repository's top."""
    folder = path_text(os.path.relpath(content, root).replace(os.sep, "/"))
    inside = client.path if folder == "." else client.path.removeprefix(folder + "/")
    return path_text(repository.prefix) + inside


def _owner_of(root: Path, content: Path, repository: git.Repository) -> Callable[[str], str]:
    """The rep whose folder a path of the repository lies in, as the note's reader would have it."""
    folder = path_text(os.path.relpath(content, root).replace(os.sep, "/"))
    prefix = path_text(repository.prefix)
    return lambda path: owner_of(f"{folder}/{path.removeprefix(prefix)}" if path.startswith(prefix) else path)


def key_of(step: Step, commits: Sequence[git.Commit]) -> Key:
    """What a step's result is remembered by."""
    return commits[step.commit].id, step.path, step.blob, step.olds


def _compare(
    repository: git.Repository,
    commits: Sequence[git.Commit],
    steps: Mapping[str, Sequence[Step]],
    known: Known,
    owner: Callable[[str], str],
) -> bool:
    """Find the results that are not known yet; False where a version was not at hand."""
    todo = []
    for ways in steps.values():
        reads = to_read(ways, [known.results.get(key_of(step, commits)) for step in ways])
        if reads:
            todo.append(reads)
    if not todo:
        return True
    there = git.at_hand(repository) if repository.partial else None
    ids = [blob for reads in todo for blob, _ in reads if there is None or blob in there]
    complete = True
    with git.reader(repository, ids) as blobs:
        for reads in todo:
            readings = Readings(owner)
            for blob, step in reads:
                data = next(blobs, None) if there is None or blob in there else None
                complete = complete and data is not None
                version = read_version(data)
                if step is None:
                    readings.good[blob] = version
                else:
                    known.results[key_of(step, commits)] = readings.take(step, version)
    return complete


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
