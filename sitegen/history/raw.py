"""What `git diff-tree --stdin -z --raw` prints → which notes each commit changed."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.records import dataclass
from sitegen.text import path_text

Old = tuple[str, str]
"""A path and its blob before."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A note as one commit left it."""

    path: str
    """From the repository's top, NFC."""
    blob: str
    """Empty where the commit removed the note."""
    olds: tuple[Old, ...] = ()
    """As it was before, in each of the commit's parents; none where the commit made it."""


def touches(output: bytes) -> Iterator[tuple[str, tuple[Touch, ...]]]:
    """Commit by commit: its id and the notes that it changed, in the order of their paths."""
    fields = iter(output.split(b"\0"))
    commit = ""
    found: list[Touch] = []
    for field in fields:
        if not field:
            continue
        if field[:1] != b":":
            if commit:
                yield commit, _ordered(found)
            commit, found = field.decode("ascii").strip(), []
            continue
        touch = _touch(field, fields)
        if touch:
            found.append(touch)
    if commit:
        yield commit, _ordered(found)


def _ordered(found: list[Touch]) -> tuple[Touch, ...]:
    return tuple(sorted(found, key=lambda touch: (touch.path, touch.olds)))


def _touch(field: bytes, fields: Iterator[bytes]) -> Touch | None:
    """One row: `:mode mode id id R100` and its paths, or `::mode mode mode id id id MR` of a merge."""
    parents = len(field) - len(field.lstrip(b":"))
    words = field[parents:].split(b" ")
    ids, status = words[parents + 1 : -1], words[-1]
    if parents > 1 or status[:1] in b"RC":
        paths = [next(fields, b"") for _ in range(parents)]
        path = next(fields, b"")
    else:
        path = next(fields, b"")
        paths = [path]
    if not path.lower().endswith(b".md"):
        return None
    regular = words[parents].startswith(b"100")
    olds = tuple(
        (name_of(old), ids[i].decode("ascii"))
        for i, old in enumerate(paths)
        if words[i].startswith(b"100") and ids[i].strip(b"0")
    )
    blob = ids[-1].decode("ascii") if regular and ids[-1].strip(b"0") else ""
    if not blob and not olds:
        return None
    return Touch(name_of(path), blob, tuple(dict.fromkeys(olds)))


def name_of(path: bytes) -> str:
    """A path as Kayoi compares it."""
    return path_text(path.decode("utf-8", "surrogateescape"))
