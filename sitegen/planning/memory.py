"""What builds of one book remember: between processes on disk, between the builds of a preview in memory as well."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from sitegen.doctrine import kept as facts_kept
from sitegen.keeping.code import made_with
from sitegen.keeping.coding import decode, encode
from sitegen.keeping.signatures import Signatures, digest
from sitegen.keeping.store import PARTS, Store, open_store
from sitegen.notes import kept as notes_kept
from sitegen.planning.nodes import Node, pack, unpack
from sitegen.site import sharing
from sitegen.site.context import Site
from sitegen.site.sharing import Part
from sitegen.site.trace import Cell

_digests = msgspec.msgpack.Decoder(dict[str, bytes]).decode


class Memory:
    """Everything that was found out and need not be found out again."""

    def __init__(self, store: Store, variant: str) -> None:
        """`variant` tells apart sites that are made from one book: each has its own pages."""
        self.variant = variant
        self.signatures = Signatures()
        self._fill(store)

    def _fill(self, store: Store) -> None:
        self.store = store
        self.notes = notes_kept.Shelf(store, self.signatures)
        self.facts = facts_kept.Shelf(store)
        self.parts = Parts(store, self.variant)
        self._nodes: dict[str, Node] | None = None
        self._told: dict[str, Node | None] = {}
        self._state: dict[str, bytes] = {}

    def renew(self) -> None:
        """The store is damaged: begin anew with one that lasts no longer than this process."""
        self.store.close()
        self._fill(open_store(Path(), made_with(), keep=False))

    def node(self, name: str) -> Node | None:
        """What was made under this name by the last build."""
        return self._all_nodes().get(name)

    def names(self) -> Collection[str]:
        """Of all that was made by the last build."""
        return self._all_nodes().keys()

    def make(self, name: str, node: Node) -> None:
        """Something was made anew."""
        self._told[name] = node

    def forget(self, names: Collection[str]) -> None:
        """These are made no more."""
        self._told.update(dict.fromkeys(names))

    def state(self, name: str) -> bytes:
        """What the last build told under this name; empty: nothing."""
        if name not in self._state:
            rows = self.store.some("states", [f"{self.variant} {name}"])
            self._state[name] = next((value for _, _, value in rows), b"")
        return self._state[name]

    def tell(self, name: str, value: bytes) -> None:
        """Something for the next build."""
        self._state[name] = value
        self.store.put("states", [(f"{self.variant} {name}", b"", value)])

    def digests(self) -> dict[str, dict[str, bytes]]:
        """The cells of the last build."""
        names = msgspec.msgpack.decode(self.state("tables") or b"\x90", type=list[str])
        return {name: _digests(self.state(f"cells of {name}") or b"\x80") for name in names}

    def tell_digests(self, digests: Mapping[str, Mapping[str, bytes]]) -> None:
        """The cells of this build."""
        for name, table in digests.items():
            self.tell(f"cells of {name}", encode(table))
        self.tell("tables", encode(sorted(digests)))

    def begin(self) -> None:
        """A build begins: how files look from now on is compared with how they looked."""
        kept = self.signatures.told() if self.signatures.seen else self.state("signatures") or b"\x80"
        told = Signatures.of(kept, self.store.clock())
        self.signatures.known, self.signatures.seen, self.signatures.began = told.known, {}, told.began
        self._told = {}
        self.parts.begin()

    def lasting(self) -> None:
        """The build came to its end: what it told counts from now on."""
        nodes = self._all_nodes()
        made = {name: node for name, node in self._told.items() if node is not None}
        gone = [name for name, node in self._told.items() if node is None]
        self.store.put("made", [(f"{self.variant} {name}", b"", pack(node)) for name, node in made.items()])
        self.store.drop("made", [f"{self.variant} {name}" for name in gone])
        nodes.update(made)
        for name in gone:
            nodes.pop(name, None)
        self._told = {}
        self.parts.lasting()
        self.store.commit()

    def _all_nodes(self) -> dict[str, Node]:
        if self._nodes is None:
            head = f"{self.variant} "
            self._nodes = {}
            for name, _, value in self.store.all("made"):
                if name.startswith(head):
                    self._nodes[name.removeprefix(head)] = unpack(value)
        return self._nodes


class Parts(sharing.Shelf):
    """The parts of clients, in memory and, where there is a store, on disk."""

    def __init__(self, store: Store, variant: str) -> None:
        """`store` holds those of builds before this process."""
        super().__init__()
        self._store = store
        self._place = f"{PARTS} {variant} "
        self.ground = b""
        """What all parts depend on: settings, words, templates."""
        self._kept: dict[str, dict[str, bytes]] = {}
        self._stale: set[str] = set()
        self._new: dict[str, dict[str, bytes]] = {}
        self.cells: dict[str, set[Cell]] = {}
        """By client: what the parts that were made this time were made from."""

    def begin(self) -> None:
        """A build begins: what another that failed has made does not count."""
        self._new, self._stale, self.cells = {}, set(), {}

    def throw_away(self, keys: Collection[str]) -> None:
        """The parts of these clients must be made anew."""
        self._stale |= set(keys)
        for made in (*self._made.values(), *self._kept.values()):
            for key in keys:
                made.pop(key, None)

    def find(self, part: Part[Any], key: str) -> Any:
        """What the client `key` gives; None: not made yet."""
        found = super().find(part, key)
        if found is None:
            kept = self._loaded(part.name).get(key)
            if kept is not None:
                found = decode(kept, part.type)
                self._made.setdefault(part.name, {})[key] = found
        return found

    def keep(self, part: Part[Any], key: str, value: Any, cells: Collection[Cell]) -> None:
        """Take what was made, and from which cells."""
        super().keep(part, key, value, cells)
        self.take(part.name, key, encode(value), cells)

    def take(self, name: str, key: str, value: bytes, cells: Collection[Cell]) -> None:
        """The same as bytes, as another process made it."""
        self.cells.setdefault(key, set()).update(cells)
        self._loaded(name)[key] = value
        self._new.setdefault(name, {})[key] = value

    def packed(self, site: Site, part: Part[Any], key: str) -> tuple[bytes, set[Cell]]:
        """A part made anew as bytes, and what it was made from: for the process that keeps it."""
        with site.trace.deaf(), site.trace.listening() as cells:
            value = part.make(site, site.clients[key])
        return encode(value), cells

    def lasting(self) -> None:
        """Onto the disk with it."""
        if self._store is not None:
            for table in self._store.tables(self._place):
                self._store.drop(table, self._stale)
            for name, rows in self._new.items():
                self._store.put(
                    self._place + name, [(key, self.ground, value) for key, value in rows.items()]
                )
        self._new, self._stale, self.cells = {}, set(), {}

    def _loaded(self, name: str) -> dict[str, bytes]:
        if name not in self._kept:
            table = self._place + name
            there = table in self._store.tables(table)
            rows = self._store.all(table) if there else ()
            self._kept[name] = {
                key: value for key, made, value in rows if made == self.ground and key not in self._stale
            }
        return self._kept[name]


@contextmanager
def remembering(root: Path, variant: Sequence[str], *, keep: bool = True) -> Iterator[Memory]:
    """The memory of a book for one build; what is not `lasting` when it ends is lost."""
    name = digest("\0".join(variant).encode("utf-8", "surrogateescape")).hex()[:12]
    memory = Memory(open_store(root, made_with(), keep=keep), name)
    try:
        yield memory
    finally:
        memory.store.close()
