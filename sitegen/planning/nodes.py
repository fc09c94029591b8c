"""What was made, from which cells, and which files came of it: compared with what changed, it says what is stale."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from typing import NamedTuple
from zlib import crc32

import msgspec

from sitegen.keeping.store import Store
from sitegen.planning.drawing import Drawing
from sitegen.planning.words import Words, drawn, drawn_in


class Node(NamedTuple):
    """A page, the files of an export, the list of a kind's pages, a shared table, or the parts of a client."""

    files: tuple[tuple[str, str], ...]
    """Paths, with the digests of their bytes; a list of pages tells no digests."""
    cells: Collection[str]
    """What it was made from, as `table:key`."""


TABLE = "made"
PARTS = "parts "
"""Begins the name of what one client gives to pages of many; the client's key follows."""
BOXES = 64
"""So many rows hold all nodes: together they are read at once, and a build that makes few writes few."""
KEYS = 8192
"""So many keys of cells, each told once, stand in a row; nodes name them by their numbers."""
SINCE = 3000
"""So many nodes that were made since, and who draws on which cell is turned round again."""


class _Kept(NamedTuple):
    """A node whose cells are numbers, as bytes."""

    files: tuple[tuple[str, str], ...]
    numbers: bytes


class _Cells(Collection[str]):
    """Cells that are put into words when somebody asks: of ten thousand pages hardly anybody does."""

    __slots__ = ("numbers", "words")

    def __init__(self, numbers: bytes, words: Words) -> None:
        self.numbers, self.words = numbers, words

    def __iter__(self) -> Iterator[str]:
        return self.words.cells(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers) // array("I").itemsize

    def __contains__(self, cell: object) -> bool:
        return cell in tuple(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collection) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class Nodes:
    """What was made by the last build, by name."""

    def __init__(self, store: Store, variant: str) -> None:
        """`variant` tells apart sites that are made from one book."""
        self._store, self._variant = store, variant
        self._waiting: dict[str, _Kept | None] = {}
        """Made or forgotten in this build."""
        self._drawing: Drawing | None = None
        self._parted: set[str] | None = None
        self._about, self._words = self._read_words()
        self._boxes = self._read_boxes()

    def get(self, name: str) -> Node | None:
        """The node as the last build left it."""
        return self._node(self._boxes[_box(name)].get(name))

    def files(self, names: Iterable[str]) -> Iterator[Sequence[tuple[str, str]]]:
        """The files of each of them; none where the last build did not leave it."""
        boxes = self._boxes
        return (node.files if (node := boxes[_box(name)].get(name)) else () for name in names)

    def has(self, name: str) -> bool:
        """Whether the last build left it."""
        return name in self._boxes[_box(name)]

    @property
    def parted(self) -> Set[str]:
        """The clients whose parts the last build left; see `parts_of`."""
        if self._parted is None:
            self._parted = {name.removeprefix(PARTS) for name in self.names() if name.startswith(PARTS)}
        return self._parted

    def names(self) -> Iterator[str]:
        """Of all nodes of the last build."""
        for box in self._boxes:
            yield from box

    def touched(self, changed: Set[str]) -> set[str]:
        """The names of those that were made from a cell that changed."""
        numbers = self._words.find(changed)
        if not numbers:
            return set()
        if self._drawing:
            since = [(name, self._boxes[_box(name)].get(name)) for name in self._drawing.since]
            newer = [(name, node.numbers) for name, node in since if node]
            return {*self._drawing.on(numbers), *_drawn(newer, numbers)}
        return set(_drawn(self._all(), numbers))

    def touched_of(self, names: Iterable[str], changed: Set[str]) -> set[str]:
        """Those of these names of which that is so, or that the last build did not leave."""
        numbers = self._words.find(changed)
        kept = [(name, self._boxes[_box(name)].get(name)) for name in names]
        return {name for name, node in kept if node is None or drawn(node.numbers, numbers)}

    def touched_parts(self, clients: Iterable[str], changed: Set[str]) -> set[str]:
        """The clients whose parts were made from one of them, or that the last build did not leave."""
        if self._drawing:
            touched = {name.removeprefix(PARTS) for name in self.touched(changed) if name.startswith(PARTS)}
            return touched | (set(clients) - self.parted)
        return {name.removeprefix(PARTS) for name in self.touched_of(map(PARTS.__add__, clients), changed)}

    def draw_on(self, names: Iterable[str], beginnings: tuple[str, ...]) -> bool:
        """Whether one of these nodes, as it was made last, draws on a cell that begins so."""
        tables = self._words.of(beginnings)
        kept = (self._waiting.get(one) or self._boxes[_box(one)].get(one) for one in names)
        return any(drawn_in(node.numbers, tables) for node in kept if node)

    def turn(self) -> None:
        """Get ready to be asked what is `touched`, by a process that is going to ask again and again."""
        if not self._drawing or len(self._drawing.since) > SINCE:
            self._drawing = Drawing(self._all())

    def _all(self) -> Iterator[tuple[str, bytes]]:
        return ((name, numbers) for box in self._boxes for name, (_, numbers) in box.items())

    def begin(self) -> None:
        """A build begins."""
        self._waiting = {}

    def make(self, name: str, node: Node) -> None:
        """Something was made anew; it counts once the build came to its end."""
        self._waiting[name] = _Kept(node.files, self._numbered(node.cells))

    def made(self) -> list[str]:
        """The names of those that were made anew in this build."""
        return [name for name, node in self._waiting.items() if node]

    def newest(self, name: str) -> Node | None:
        """The node as it was made in this build, else as the last one made it."""
        return self._node(self._waiting.get(name)) or self.get(name)

    def forget(self, names: Iterable[str]) -> None:
        """These are made no more."""
        self._waiting.update(dict.fromkeys(names))

    def drop(self, names: Iterable[str]) -> None:
        """These are known no more, from now on and whatever becomes of the build."""
        self._put({name: None for name in names if self.has(name)})

    def lasting(self) -> None:
        """The build came to its end."""
        self._put(self._waiting)
        self._waiting = {}

    def _node(self, kept: _Kept | None) -> Node | None:
        return Node(kept.files, _Cells(kept.numbers, self._words)) if kept else None

    def _numbered(self, cells: Collection[str]) -> bytes:
        if isinstance(cells, _Cells) and cells.words is self._words:
            return cells.numbers
        return self._words.add(cells)

    def _put(self, nodes: Mapping[str, _Kept | None]) -> None:
        changed: set[int] = set()
        if self._drawing:
            self._drawing.since |= nodes.keys()
        for name, node in nodes.items():
            number = _box(name)
            if node is None:
                self._boxes[number].pop(name, None)
            else:
                self._boxes[number][name] = node
            if self._parted is not None and name.startswith(PARTS):
                (self._parted.discard if node is None else self._parted.add)(name.removeprefix(PARTS))
            changed.add(number)
        if not changed:
            return
        self._store.put(TABLE, [])  # from here on nobody else writes
        about = self._about
        if self._told() != about or len(self._words.keys) > 2 * about.fresh:
            # numbers of another build would mean other cells; and most keys are no longer named by anybody
            self._number_anew()
            changed = set(range(BOXES))
        keys, first = self._words.keys, self._about.keys // KEYS
        chunks = range(first, -(-len(keys) // KEYS))
        now = self._about = self._about._replace(tables=tuple(self._words.tables), keys=len(keys))
        rows = [(f"words {n}", _encode(keys[n * KEYS : (n + 1) * KEYS])) for n in chunks]
        rows += [(str(n), _encode((now.keys, self._boxes[n]))) for n in sorted(changed)]
        rows.append(("words", _encode(now)))
        self._store.put(TABLE, [(f"{self._variant} {name}", now.tag, value) for name, value in rows])

    def _number_anew(self) -> None:
        """Cells get other numbers, and keys that nobody names get none."""
        old, self._words, self._drawing = self._words, Words(), None
        for box in self._boxes:
            box.update({name: self._renumbered(kept, old) for name, kept in box.items()})
        made = {name: kept and self._renumbered(kept, old) for name, kept in self._waiting.items()}
        self._waiting.update(made)
        self._about = _About(_new_tag(), (), 0, len(self._words.keys))

    def _renumbered(self, kept: _Kept, words: Words) -> _Kept:
        return kept._replace(numbers=self._words.add(tuple(words.cells(kept.numbers))))

    def _told(self) -> _About:
        """About the words that are kept now."""
        for _, tag, value in self._store.some(TABLE, [f"{self._variant} words"]):
            with suppress(msgspec.MsgspecError):
                return _decode_about(value)._replace(tag=tag)
        return _NOTHING

    def _read_words(self) -> tuple[_About, Words]:
        about, keys = self._told(), list[str]()
        names = [f"{self._variant} words {n}" for n in range(-(-about.keys // KEYS))]
        if about.tag[:1] == _ORDER:
            for _, tag, value in self._store.some(TABLE, names):
                with suppress(msgspec.MsgspecError):
                    keys += _decode_keys(value) if tag == about.tag else []
        return (about, Words(about.tables, keys)) if len(keys) == about.keys else (_NOTHING, Words())

    def _read_boxes(self) -> list[dict[str, _Kept]]:
        boxes: list[dict[str, _Kept]] = [{} for _ in range(BOXES)]
        rows = self._store.some(TABLE, [f"{self._variant} {n}" for n in range(BOXES)])
        for key, tag, value in rows:
            with suppress(msgspec.MsgspecError):  # then they are made anew
                count, box = _decode(value)
                if tag == self._about.tag and count <= self._about.keys:
                    boxes[int(key.rpartition(" ")[2])] = box
        return boxes


class _About(NamedTuple):
    """About the words for cells that are kept."""

    tag: bytes
    """Of all rows whose numbers mean the same."""
    tables: tuple[str, ...]
    keys: int
    """So many there are."""
    fresh: int
    """So many there were when cells got their numbers."""


_NOTHING = _About(b"", (), 0, 0)
_ORDER = sys.byteorder[:1].encode()
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[int, dict[str, _Kept]]).decode
_decode_keys = msgspec.msgpack.Decoder(list[str]).decode
_decode_about = msgspec.msgpack.Decoder(_About).decode


def _drawn(nodes: Iterable[tuple[str, bytes]], numbers: Set[int]) -> Iterator[str]:
    """Those that were made from one of these cells."""
    return (name for name, cells in nodes if drawn(cells, numbers))


def _new_tag() -> bytes:
    return _ORDER + os.urandom(7)


def _box(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogateescape")) % BOXES
