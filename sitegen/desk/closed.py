"""Notes that can't be read: nobody knows whose they are, so nobody may be taken for new beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.model import Book, Problem, Where
from sitegen.notes.folder import find_notes
from sitegen.notes.note import key_of
from sitegen.notes.reading import LIMIT, decode
from sitegen.records import dataclass
from sitegen.text import fold

CODES = frozenset(
    {
        *("note-unreadable", "note-bug", "folder-unreadable"),
        *("file-too-large", "file-encoding", "file-bad-bytes"),
    }
)
"""Problems that hide who a note is of."""
_ENCODINGS = ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Closed:
    """A note, or a folder of notes, that can't be read."""

    path: str
    problems: tuple[Problem, ...]
    data: bytes = b""
    """Empty where it can't be opened either."""

    def may_be(self, word: str) -> bool:
        """Whether its file's name holds the word, or its text in any encoding of Japanese files."""
        wanted = fold(word)
        texts = (self.data.decode(encoding, "replace") for encoding in _ENCODINGS if self.data)
        known = (key_of(self.path) if self.path.endswith(".md") else "", *texts)
        return bool(wanted) and any(wanted in fold.__wrapped__(text) for text in known)


def closed_in(book: Book) -> tuple[Problem, ...]:
    """What hides clients of a book that was read, private ones too: their notes can't be."""
    hidden = {client.path for client in book.clients if not client.readable}
    return tuple(
        p
        for p in book.problems
        if p.code in CODES and (p.code == "folder-unreadable" or p.where.path in hidden)
    )


def closed_notes(root: Path, content: Path) -> Iterator[Closed]:
    """The clients' notes on disk that can't be read, and the folders that can't be opened."""
    folders: list[Problem] = []
    for found in find_notes(root, content, folders):
        if found.kind != "client":
            continue
        try:
            data = Path(found.file).read_bytes()
        except OSError as error:
            reason = (("reason", error.strerror or type(error).__name__),)
            yield Closed(found.path, (Problem(Where(found.path), "note-unreadable", reason),))
            continue
        text, problems = decode(data, found.path)
        if text is None:
            yield Closed(found.path, problems, data[:LIMIT])
    yield from (Closed(p.where.path, (p,)) for p in folders if p.code == "folder-unreadable")
