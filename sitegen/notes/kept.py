"""Notes that were read once: what they came to, kept by path and by what it was made from.

Of a private note nothing is kept but its names; one that has a private problem is read anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.keeping.blocks import Blocks
from sitegen.keeping.halves import Halves, InStore
from sitegen.keeping.signatures import Signature, Signatures, digest
from sitegen.keeping.signatures import look as look_at
from sitegen.keeping.store import Damaged, Store
from sitegen.model import Attachment, Backer, Client, Handover, Page, Plan, Problem, Rep, Solution
from sitegen.notes.folder import Folders
from sitegen.notes.note import Note
from sitegen.records import dataclass

if TYPE_CHECKING:
    from sitegen.notes.rereading import LastRead

HEAD = (
    "key", "path", "name", "native", "reading", "stage", "owner", "handovers", "since", "visits_before", "last_visit",
    "size", "prestige", "backers", "area", "product", "value", "reference", "offers", "seeks", "gifts", "next",
    "wait_until", "tags", "aliases", "private", "links", "files", "readable", "people",
)  # fmt: skip
"""What lists and links need of every client."""
AT_ONCE = (
    "path", "owner", "private", "files", "handovers", "backers", "stage", "next", "product", "name", "native", "size",
)  # fmt: skip
"""What every build needs of every client, or pages of many show of each; see `_Known`."""
CLIENT = Halves(Client, HEAD, "client", AT_ONCE)
FEW = 200
"""Of so many notes that were read again it is looked up what they said before."""
_KINDS: dict[str, type[Any]] = {"rep": Rep, "solution": Solution, "page": Page}
_pack = msgspec.msgpack.Encoder().encode
_Known = tuple[
    str, str, bool, tuple[Attachment, ...], tuple[Handover, ...], tuple[Backer, ...], str, Plan | None,
    str, str, str, str,
]  # fmt: skip
_known = attrgetter(*AT_ONCE)
_About = tuple[str, str, _Known | None, bytes, bytes, tuple[Problem, ...]]
"""Kind, key, what every build needs of a client, ties, all of what is no client, problems."""
_Kept = tuple[bytes, _About]
"""What a note is kept with: its stamp, and what every build needs."""
_about = msgspec.msgpack.Decoder(_About).decode
TABLE, HALVES = "notes", ("notes_head", "notes_rest")
_inner = {kind: msgspec.msgpack.Decoder(cls).decode for kind, cls in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Packed:
    """A note as bytes: on its way from another process, or to the disk."""

    digest: bytes
    """Of the note's bytes; empty where it could not be opened."""
    about: bytes
    """What every build needs of it."""
    halves: tuple[bytes, bytes]
    """Of a client."""
    secret: bool
    """Not to be kept."""


def pack(note: Note, digest: bytes, *, keep_private: bool = False) -> Packed:
    """A note as bytes."""
    record = note.record
    if isinstance(record, Client) and record.private and not keep_private:
        # its names are all that others must know: a link to one of them is told to nobody
        record = Client(
            record.key, record.path, record.name, record.native, aliases=record.aliases, private=True
        )
    halves, known, other = (b"", b""), None, b""
    if isinstance(record, Client):
        kind, halves, known = "client", CLIENT.encode(record), _known(record)
    else:
        kind = next(name for name, cls in _KINDS.items() if isinstance(record, cls))
        other = _pack(record)
    secret = keep_private or any(problem.private for problem in note.problems)
    about = _pack((kind, record.key, known, _ties(record), other, note.problems))
    return Packed(digest, about, halves, secret or not digest)


def unpack(packed: Packed) -> Note:
    """The note again. Raises `msgspec.DecodeError` for other bytes."""
    return _note(_about(packed.about), packed.halves.__getitem__)


def _note(about: _About, halves: Callable[[int], bytes]) -> Note:
    """`halves` is asked when somebody wants more of a client than every build does."""
    kind, key, known, _, other, problems = about
    if kind == "client":
        return Note(CLIENT.decode(key, halves, known or ()), problems)
    return Note(_inner[kind](other), problems)


def _ties(record: Client | Rep | Solution | Page) -> bytes:
    """What others' links may meet in this note, its own links, the entries that links may point at, a digest each.

    Of a note that is no client the first stands for all of it.
    """
    if not isinstance(record, Client):
        return digest(_pack(record)) + bytes(2 * TIE)
    people = [(one.name, one.same, one.where if one.same else None) for one in record.people]
    names = record.name, record.native, record.key, record.aliases
    met = (names, record.private, record.size, record.backers, people)
    entries = [(entry.date, entry.anchor) for entry in record.entries]
    return b"".join([digest(_pack(one)) for one in (met, record.links, entries)])


TIE = 16
"""Bytes of one digest of a note's ties."""


class Shelf:
    """The notes read so far, in memory and, where there is a store, on disk."""

    def __init__(self, store: Store | None = None, signatures: Signatures | None = None) -> None:
        """`store` holds those of builds before this process, `signatures` how their files looked."""
        self._store, self._blocks = store, Blocks(store) if store else None
        self.signatures = signatures or Signatures()
        self._known: dict[str, _Kept] | None = None if store else {}
        """Those of builds before this process that nobody asked for yet."""
        self._notes: dict[str, tuple[bytes, Note]] = {}
        self._looks: dict[str, Signature | None] = {}
        self._stamps: dict[str, tuple[bytes, bytes, bytes]] = {}
        self.folders = Folders()
        self.last: LastRead | None = None
        """The book as this process read it last."""
        self.heard: Collection[str] | None = None
        """The only files that may have changed since, as the disk spells them; None: any may have."""
        self.ties: dict[str, bytes] = {}
        """By path: three digests, see `_ties`."""
        self.read: dict[str, tuple[bytes, Client]] = {}
        """Path → its stamp and the client as they were before, of notes that were read in this build, where known."""

    def begin(self) -> None:
        """A build begins: nothing is read yet."""
        self.read = {}

    def stamp(self, path: str, file: str, task: bytes) -> bytes:
        """What stands for the note's bytes and `task`, all else that reading it depends on; empty: unknown.

        A file that looks as it did is not opened; of others the bytes are read, unless nothing of them is known.
        """
        look = self._looks[path] = look_at(file)
        found = self.signatures.digest(path, look)
        if found is None and (path in self._notes or path in self._there()):
            try:
                found = digest(Path(file).read_bytes())
            except OSError:
                return b""
            self.signatures.learn(path, look, found)
        if not found:
            return b""
        last = self._stamps.get(path)
        if last is None or last[0] != found or last[1] != task:
            last = self._stamps[path] = found, task, _stamp(found, task)
        return last[2]

    def find(self, path: str, stamp: bytes) -> Note | None:
        """The note at this path, if it was made from what this stamp stands for."""
        there = self._notes.get(path)
        if there is not None and there[0] == stamp:
            return there[1]
        note = self._taken(path) if self._there().get(path, _NONE)[0] == stamp else None
        return note and note[1]

    def keep(self, packed: Iterable[tuple[str, Packed]], task: bytes) -> list[tuple[bytes, Note]]:
        """Take notes that were read, by path; their stamps, and what they are from now on."""
        found = [(path, one, _stamp(one.digest, task)) for path, one in packed]
        self.read.update({path: before for path, _, _ in found if (before := self._before(path))})
        if self._store is not None and self._blocks is not None:
            lasting = [(path, one, stamp) for path, one, stamp in found if not one.secret]
            for number, table in enumerate(HALVES):
                self._store.put(
                    table,
                    ((path, stamp, one.halves[number]) for path, one, stamp in lasting if one.halves[number]),
                )
            kept = {path: _pack((stamp, msgspec.Raw(one.about))) for path, one, stamp in lasting}
            self._blocks.put(TABLE, b"", kept)
            self._drop([path for path, one, _ in found if one.secret])
        told = []
        for path, one, stamp in found:
            lasts = self._store is not None and not one.secret
            about = _about(one.about)
            note = _note(about, self._halves(path, stamp) if lasts else one.halves.__getitem__)
            self.ties[path] = about[3]
            self._there().pop(path, None)
            self._notes[path] = stamp, note
            if one.digest:
                self.signatures.learn(path, self._looks.get(path), one.digest)
            told.append((stamp, note))
        return told

    def forget(self, there: set[str]) -> None:
        """Drop all notes but those at these paths."""
        gone = {*self._notes, *self._there()} - there
        for path in gone:
            self._notes.pop(path, None)
            self.ties.pop(path, None)
            self._there().pop(path, None)
        self._drop(gone)

    def _before(self, path: str) -> tuple[bytes, Client] | None:
        """The client as it was, whole; None where it is not known, or where many were read already."""
        if len(self.read) >= FEW:
            return None
        stamp, note = self._notes.get(path) or self._taken(path) or (b"", None)
        if note is None or not isinstance(note.record, Client):
            return None
        try:
            return stamp, CLIENT.whole(note.record)
        except (Damaged, msgspec.MsgspecError):
            return None

    def _drop(self, paths: Collection[str]) -> None:
        if self._store is not None and self._blocks is not None and paths:
            self._blocks.drop(TABLE, b"", paths)
            for table in HALVES:
                self._store.drop(table, paths)

    def _there(self) -> dict[str, _Kept]:
        if self._known is None:
            try:
                self._known = self._blocks.all(TABLE, b"", _Kept) if self._blocks else {}
            except msgspec.MsgspecError:
                self._known = {}
        return self._known

    def _taken(self, path: str) -> tuple[bytes, Note] | None:
        """The note that is kept, with its stamp, from now on as one of this process."""
        kept = self._there().pop(path, None)
        if kept is None:
            return None
        stamp, about = kept
        try:
            note = _note(about, self._halves(path, stamp))
        except msgspec.MsgspecError:
            return None
        self.ties[path] = about[3]
        self._notes[path] = stamp, note
        return stamp, note

    def _halves(self, path: str, stamp: bytes) -> Callable[[int], bytes]:
        if self._store is None:
            raise LookupError(path)
        return InStore(self._store, HALVES, path, stamp)


_NONE = (b"",)


def _stamp(found: bytes, task: bytes) -> bytes:
    return digest(found + task) if found else b""
