"""Nothing changed within: a fresh checkout looks new from outside, and its bytes are those of the last build.

What each file that a build reads had for bytes stands beside the book, by the file's place in its folder and not by
where the book lies: another machine of a pipeline may unpack it elsewhere.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from sitegen.keeping.signatures import Signature, digest, settled
from sitegen.keeping.unchanged import ELSEWHERE, SETTINGS_OF_GIT, git_program

Files = Mapping[str, tuple[str, Signature]]
"""By name (a label, and the path within a folder): where the file is and how it looks."""
Known = dict[str, tuple[Signature, bytes]]
"""By the same name: how the file looked when its bytes were read, and their digest."""
_SECRETS = re.compile(rb"^\s*(?:extraheader|url|pushurl)\s*=.*$", re.MULTILINE | re.IGNORECASE)
"""Settings that a pipeline writes anew for each run, and that say nothing of what was committed."""
_NOTHING = b"-"
_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW"))
"""No link is followed, and nobody waits for the other end of a pipe."""


def known_again(files: Files, known: Known, began: int) -> Known | None:
    """The same files with how they look now; None where one of them holds something else or can't be read.

    Only files that look otherwise are opened. `began`: when they were looked at, by the disk's clock.
    """
    if files.keys() != known.keys():
        return None
    other = [name for name, (_, look) in files.items() if look != known[name][0]]
    if any(files[name][1][0] != known[name][0][0] for name in other):
        return None
    now = dict(known)
    for name in other:
        path, look = files[name]
        if _digest(path, look) != known[name][1]:
            return None
        if settled(look, began):
            now[name] = look, known[name][1]
    return now


def learned(files: Files, known: Known, look: Callable[[str], Signature | None]) -> Known | None:
    """What these files hold, of which those that look as they did are not opened; None where that can't be told.

    They were looked at before a build read them, and are looked at once more by `look`: what changed meanwhile
    may be read or not.
    """
    now: Known = {}
    for name, (path, before) in files.items():
        last = known.get(name)
        if last is None or last[0] != before:
            found = _digest(path, before)
            if found is None or (before[0] >= 0 and look(path) != before):
                return None
            last = before, found
        now[name] = last
    return now


def mark(frame: tuple[object, ...], known: Known) -> str:
    """Stands for the bytes of all these files, and for everything else that a site depends on."""
    told = blake2b(repr(frame).encode("utf-8", "surrogateescape"), digest_size=16)
    for name in sorted(known):
        told.update(name.encode("utf-8", "surrogateescape") + b"\0" + known[name][1])
    return told.hexdigest()


def _digest(path: str, look: Signature) -> bytes | None:
    """Of a file's bytes; of a folder that is not there, of that."""
    if look[0] < 0:
        return _NOTHING
    try:
        file = os.open(path, _READ)
    except OSError:
        return None
    try:
        there = os.fstat(file)
        data = os.read(file, there.st_size + 1) if stat.S_ISREG(there.st_mode) else None
        return digest(data) if data is not None and len(data) == there.st_size else None
    except OSError:
        return None
    finally:
        os.close(file)


def git_contents(folder: Path) -> str | None:
    """What git points to, by its own files' bytes; None where that can't be known without asking git."""
    if not ELSEWHERE.isdisjoint(os.environ):
        return None
    for place in (folder, *folder.parents):
        git = place / ".git"
        if git.is_file():
            return None
        if git.is_dir():
            commit = _commit(git)
            if not commit:
                return None
            told = [
                commit,
                str(bool(git_program())),
                str(git.stat().st_uid == (os.geteuid() if hasattr(os, "geteuid") else 0)),
            ]
            told += [
                f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("GIT_")
            ]
            read = [git / name for name in ("shallow", "config", "info/grafts")]
            read += [place / ".mailmap", *(Path(name).expanduser() for name in SETTINGS_OF_GIT)]
            for file in read:
                data = b""
                with suppress(OSError):
                    data = file.read_bytes()
                told.append(digest(_SECRETS.sub(b"", data)).hex())
            return "\n".join(told)
    return "no git"


def _commit(git: Path) -> str:
    """The id of the newest commit; empty where it is not told by a plain file."""
    with suppress(OSError, UnicodeError):
        head = (git / "HEAD").read_text("ascii").strip()
        if not head.startswith("ref: "):
            return head
        reference = head.removeprefix("ref: ")
        with suppress(OSError):
            return (git / reference).read_text("ascii").strip()
        for line in (git / "packed-refs").read_text("utf-8").splitlines():
            if line.endswith(f" {reference}"):
                return line.partition(" ")[0]
    return ""
