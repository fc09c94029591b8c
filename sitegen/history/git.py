"""The program `git`, run so that nothing of the folder it reads can make it do more than read.

A book may lie on a share where others write, its `.git/config` too. So only commands are used that ask no index and
show no text: they know no filter, no text converter, no hook, no pager and no file system monitor. Nothing is
fetched and nobody is asked for a password.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

from sitegen.records import dataclass

_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH", "GIT_SSL_CAINFO")
"""Where a machine's own settings stand, `safe.directory` among them."""
_OURS = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
}
_ALWAYS = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    *("-c", "core.fsmonitor=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never"),
    # The team's own .mailmap counts, not one that this machine happens to have.
    *("-c", "mailmap.file="),
    *("-c", "mailmap.blob="),
)


class GitMissing(Exception):  # noqa: N818 - a state of the machine, caught in this room
    """There is no program `git`."""


class GitFailed(Exception):  # noqa: N818 - the same
    """Git ended with an error; its words are the argument."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Where a book's notes lie in a repository."""

    folder: Path
    """In which git is run: the folder of the notes."""
    prefix: str
    """That folder below the repository's top, with a `/` at its end; empty where it is the top itself."""
    head: str
    """Full id of the newest commit; empty where nothing was committed."""
    cut: frozenset[str] = frozenset()
    """Of a shallow clone: the commits whose parents were not fetched."""
    partial: bool = False
    """Not all blobs were fetched."""


def environment() -> dict[str, str]:
    """The environment without what a hook or a shell may have set for another repository."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_") or key in _KEPT or key.startswith("GIT_CONFIG_")
    }
    kept.pop("GIT_CONFIG", None)
    kept.pop("GIT_CONFIG_PARAMETERS", None)
    return {**kept, **_OURS}


def run(folder: Path, *args: str, given: bytes = b"") -> bytes:
    """What a git command prints.

    Raises:
        GitMissing: there is no git.
        GitFailed: it ended with an error.
    """
    command = ["git", "-C", str(folder), *_ALWAYS, *args]
    try:
        # Without input its stdin is empty and closed: nothing can wait for an answer.
        done = subprocess.run(command, input=given, capture_output=True, check=False, env=environment())
    except FileNotFoundError:
        raise GitMissing from None
    except OSError as error:
        raise GitFailed(error.strerror or str(error)) from None
    if done.returncode:
        raise GitFailed(_said(done.stderr))
    return done.stdout


def _said(stderr: bytes) -> str:
    text = stderr.decode("utf-8", "replace").strip()
    return next((line for line in text.split("\n") if line.startswith("fatal:")), text.partition("\n")[0])[
        :300
    ]


def discover(folder: Path) -> Repository:
    """The repository that a folder lies in.

    Raises:
        GitMissing, GitFailed: there is no git; the folder lies in no repository, or git refuses it.
    """
    asked = ("--show-prefix", "--is-shallow-repository", "--git-path", "shallow")
    prefix, shallow, cut = _lines(run(folder, "rev-parse", *asked))[:3]
    try:
        head = _lines(run(folder, "rev-parse", "--verify", "--quiet", "HEAD"))[0]
    except GitFailed:
        head = ""
    try:
        partial = bool(
            run(folder, "config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$")
        )
    except GitFailed:
        partial = False
    found: frozenset[str] = frozenset()
    if shallow == "true":
        try:
            found = frozenset((folder / cut).read_text(encoding="ascii").split())
        except (OSError, UnicodeError) as error:
            raise GitFailed(str(error)) from None
    return Repository(folder, prefix, head, found, partial)


def _lines(output: bytes) -> list[str]:
    return output.decode("utf-8", "surrogateescape").split("\n")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit without what it changed."""

    id: str
    seconds: int
    """When the author made it, in seconds since 1970."""
    author: str
    """By `.mailmap`; as written, not yet tidied."""


def commits(repository: Repository) -> list[Commit]:
    """All commits that the newest one comes from, every one before its parents."""
    form = "--format=%H%x1f%at%x1f%aN"
    args = ("log", "-z", "--topo-order", "--encoding=UTF-8", "--no-show-signature", "--no-notes", form)
    found = []
    for row in run(repository.folder, *args, repository.head, "--").split(b"\0"):
        if row:
            name, seconds, author = row.decode("utf-8", "replace").split("\x1f", 2)
            found.append(
                Commit(name, int(seconds) if seconds.lstrip("-").isdigit() else 0, author.strip("\n"))
            )
    return found


def changed(repository: Repository, ids: Sequence[str]) -> bytes:
    """What commits changed, as `git diff-tree --stdin -z --raw` prints it; a merge by what differs from all parents.

    Renames are looked for where git can read what was renamed.
    """
    args = (
        "diff-tree",
        "--stdin",
        "-z",
        "-r",
        "--root",
        "-c",
        "--combined-all-paths",
        "--raw",
        "--no-abbrev",
    )
    given = ("\n".join(ids) + "\n").encode()
    if not repository.partial:
        try:
            return run(repository.folder, *args, "-M50%", "-l1000", given=given)
        except GitFailed:
            pass  # a blob is missing or damaged: then without comparing texts
    return run(repository.folder, *args, "--no-renames", given=given)


def listed(repository: Repository) -> dict[str, str]:
    """The files of the newest commit below the book's folder: path from the repository's top → blob."""
    rows = run(repository.folder, "ls-tree", "-r", "-z", "--full-name", repository.head).split(b"\0")
    found = {}
    for row in rows:
        if row:
            about, _, path = row.partition(b"\t")
            found[path.decode("utf-8", "surrogateescape")] = about.split(b" ")[2].decode()
    return found


def at_hand(repository: Repository) -> frozenset[str]:
    """The ids of all objects that were fetched."""
    args = ("cat-file", "--batch-check=%(objectname)", "--batch-all-objects", "--unordered")
    return frozenset(run(repository.folder, *args).decode("ascii").split())


@contextmanager
def reader(repository: Repository, ids: Iterable[str]) -> Iterator[Iterator[bytes | None]]:
    """The blobs of these ids, in their order; None for one that is missing.

    One process for all; a thread hands it the ids, so that neither side waits for the other.
    """
    process = subprocess.Popen(
        ["git", "-C", str(repository.folder), *_ALWAYS, "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    asked, told = process.stdin, process.stdout
    if asked is None or told is None:  # pragma: no cover - both are pipes
        raise GitFailed("no pipe")
    feeder = Thread(target=_feed, args=(asked, ids), daemon=True)
    feeder.start()
    try:
        yield _blobs(told)
    finally:
        told.close()
        process.kill()
        process.wait()
        feeder.join()


def _feed(stream: IO[bytes], ids: Iterable[str]) -> None:
    try:
        for name in ids:
            stream.write(name.encode() + b"\n")
        stream.close()
    except OSError:
        pass  # git has ended, which the one who reads sees too


def _blobs(stream: IO[bytes]) -> Iterator[bytes | None]:
    while header := stream.readline():
        words = header.split()
        if len(words) != 3 or not words[2].isdigit():
            yield None
            continue
        data = stream.read(int(words[2]) + 1)[:-1]
        yield data if words[1] == b"blob" else None
