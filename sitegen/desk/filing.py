"""Putting notes on disk: names that every system can hold, and writing that loses nothing of what was there."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection
from pathlib import Path

from sitegen.text import fold, nfc

_UNFIT = re.compile(r"""[\x00-\x1f\x7f-\x9f<>:"/\\|?*#\[\]^]+""")
"""What Windows refuses in a name, and what a `[[link]]` to the note could not hold."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE
)
_LONGEST = 180
"""Bytes of UTF-8: 255 is where most systems end, and a number and `.md` are to follow."""


class FileChangedError(Exception):
    """A file is no longer what it was when it was read: somebody is writing in it."""


def file_stem(name: str, taken: Collection[str] = ()) -> str:
    """The name of a client's note without `.md`: the client's own name where it can be a file's.

    `taken`: folded names (`text.fold`) of all notes of the book, for two notes of one name are one address;
    where it is among them a number follows: `山田工業-2`. The result is never empty and fits Windows too.
    """
    stem = _fit(name) or "client"
    while len(stem.encode("utf-8", "replace")) > _LONGEST:
        stem = stem[:-1].rstrip(" .-")
    if _RESERVED.fullmatch(stem):
        stem = f"{stem}-"
    free, number = stem, 1
    while fold(free) in taken:
        number += 1
        free = f"{stem}-{number}"
    return free


def is_name(text: str) -> bool:
    """Whether a file or folder can bear this name, or one much like it."""
    return bool(_fit(text))


def _fit(name: str) -> str:
    return " ".join(_UNFIT.sub("-", nfc(name)).split()).strip(" .-~$")


def write_new(path: Path, data: bytes) -> None:
    """Make a file that is not there yet, and its folder.

    Raises `FileExistsError` where something stands there, `OSError` where it can't be written; then nothing is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        try:
            out.write(data)
        except OSError:
            out.close()
            path.unlink()
            raise


def replace(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in the place of a file's bytes in one step: a reader sees the old file or the new one.

    Raises `FileChangedError` where the file no longer holds `before`, `OSError` where it can't be written; then the
    file is as it was.
    """
    if path.read_bytes() != before:
        raise FileChangedError(path)
    handle, name = tempfile.mkstemp(prefix=".kayoi-", suffix=".tmp", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(after)
        draft.chmod(path.stat().st_mode & 0o7777)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
