"""What builds of one book remember: between processes on disk, between the builds of a preview in memory as well."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from sitegen.doctrine import kept as facts_kept
from sitegen.keeping.code import made_with
from sitegen.keeping.coding import encode
from sitegen.keeping.signatures import Signatures, digest
from sitegen.keeping.store import PAGES_NAME, PARTS_NAME, Row, Store, open_store
from sitegen.notes import kept as notes_kept
from sitegen.planning.digests import Digests, Tables, Told
from sitegen.planning.facts import Recent
from sitegen.planning.nodes import Nodes
from sitegen.planning.pages import Pages
from sitegen.planning.parts import Parts
from sitegen.planning.templates import Drawn
from sitegen.processes import give_back
from sitegen.trace import Cell

if TYPE_CHECKING:
    from jinja2 import Environment

    from sitegen.site.render import Rendered

T = TypeVar("T")
_digests = msgspec.msgpack.Decoder(dict[str, bytes]).decode


@dataclass(frozen=True, slots=True)
class Held:
    """What the last build of this process found and rendered, while no other process built since."""

    findings: Mapping[str, tuple[object, set[Cell]]] = field(default_factory=dict)
    """What pages of many draw on, and from what it was found."""
    rows: tuple[Rendered, ...] = ()
    """Rows of lists."""
    ready: bool = False
    """What lists of clients go on from was found."""


class Memory:
    """Everything that was found out and need not be found out again."""

    def __init__(self, root: Path, variant: str, *, keep: bool) -> None:
        """`variant` tells apart sites that are made from one book: each has its own pages."""
        self.variant = variant
        self.signatures = Signatures()
        self._fill(root, keep)

    def _fill(self, root: Path, keep: bool) -> None:
        store = self.store = open_store(root, made_with(), keep=keep)
        self.notes = notes_kept.Shelf(store, self.signatures)
        self.facts = facts_kept.Shelf(store)
        self.pages = Pages(open_store(root, made_with(), PAGES_NAME, keep=keep), self.variant, keep=keep)
        self.parts = Parts(open_store(root, made_with(), PARTS_NAME, keep=keep), self.variant)
        self._nodes: Nodes | None = None
        self._state: dict[str, bytes] = {}
        self._recalled: dict[str, object] = {}
        self._learnt: set[str] = set()
        self._digests: Told | None = None
        self.tables = Tables()
        self.recent = Recent()
        self.held = Held()
        self.drawn: Drawn | None = None
        """What lay in the folders of templates at the last build of this process."""
        self.environment: tuple[object, Environment] | None = None
        """Templates made ready by the last build of this process, and all that they were made from."""
        self._parted: list[Row] = []
        self.token = b""
        """Of the build whose results these are."""

    def _forget(self) -> None:
        """What the last build told is read again."""
        self._nodes, self._state, self._recalled, self._digests = None, {}, {}, None
        self._learnt, self.held = set(), Held()
        self.parts.forget()
        self.pages.forget()

    def renew(self) -> None:
        """The store is damaged: begin anew with one that lasts no longer than this process."""
        self.close()
        self._fill(Path(), keep=False)

    def close(self) -> None:
        """Let go of the files; what is not `lasting` is lost."""
        self.store.close()
        self.parts.store.close()
        self.pages.close()

    def anew(self, names: Iterable[str]) -> None:
        """These are about to be made anew: should that come to no end, the next build knows nothing of them."""
        self.nodes.drop(names)
        self.store.commit()

    def parts_before(self, keys: Collection[str]) -> Mapping[str, Mapping[str, bytes]]:
        """Digests of the parts that clients gave to the last build, by client and name of the part.

        Nothing is known where another build came to its end meanwhile.
        """
        head = f"{self.variant} "
        rows = self.store.some("digests", [head + key for key in keys])
        found = {key.removeprefix(head): _digests(value) for key, _, value in rows}
        return found if self._token(self.store) == self.token else {}

    def tell_parts(self, made: Mapping[str, Mapping[str, bytes]]) -> None:
        """The same for the next build, once this one came to its end."""
        self._parted += [(f"{self.variant} {key}", b"", encode(one)) for key, one in made.items()]

    def _token(self, store: Store) -> bytes:
        """Of the last build that came to its end."""
        return next((row[2] for row in store.some("states", [f"{self.variant} token"])), b"")

    def before_copies(self) -> None:
        """Copies of the process are about to read."""
        self.parts.flush()
        self.parts.store.commit()
        self.store.commit()
        self.pages.commit()
        give_back()

    def state(self, name: str) -> bytes:
        """What the last build told under this name; empty: nothing."""
        if name not in self._state:
            rows = self.store.some("states", [f"{self.variant} {name}"])
            self._state[name] = next((value for _, _, value in rows), b"")
        return self._state[name]

    def paired(self) -> bool:
        """Whether both files are of the same build."""
        return self.token == self._token(self.parts.store)

    def tell(self, name: str, value: bytes) -> None:
        """Something for the next build."""
        self._state[name] = value
        self.store.put("states", [(f"{self.variant} {name}", b"", value)])

    @property
    def nodes(self) -> Nodes:
        """What was made."""
        if self._nodes is None:
            self._nodes = Nodes(self.store, self.variant)
        return self._nodes

    def recall(self, name: str, read: Callable[[bytes], T]) -> T | None:
        """Something larger that the last build told; `read` is asked once a process."""
        if name not in self._recalled:
            data = self.state(name)
            try:
                self._recalled[name] = read(data) if data else None
            except msgspec.MsgspecError:
                self._recalled[name] = None
        return cast("T | None", self._recalled[name])

    def learn(self, name: str, value: object) -> None:
        """The same for the next build, once this one came to its end; `read` undoes what `encode` makes of it."""
        self._recalled[name] = value
        self._learnt.add(name)

    def digests(self) -> Told:
        """The cells of the last build."""
        if self._digests is None:
            names = msgspec.msgpack.decode(self.state("tables") or b"\x90", type=list[str])
            self._digests = Told({name: self.state(f"cells of {name}") for name in names}, {})
        return self._digests

    def tell_digests(self, digests: Digests) -> None:
        """The cells of this build."""
        before = self.digests()
        self.tell("tables", encode(sorted(digests)))  # from here on nobody else writes
        alone = self._token(self.store) == self.token
        for name, table in digests.items():
            if not alone or not before.same(name, table):
                self.tell(f"cells of {name}", encode(table))
        self._digests = Told({}, digests)

    def begin(self, heard: Collection[str] | None = None) -> None:
        """A build begins: how files look from now on is compared with how they looked.

        `heard`: the only files that may have changed since the last build of this process; None: any may have.
        """
        self.notes.heard = heard
        if self._token(self.store) != self.token:
            self._forget()  # another process built meanwhile
        for _ in range(3):
            token = self.token = self._token(self.store)
            _ = self.nodes, self.digests()
            if token == self._token(self.store):
                break
            self._forget()
        began, last = self.store.clock(), self.signatures
        known = last.seen or Signatures.of(self.state("signatures") or b"\x80", began).known
        last.known, last.seen, last.began = known, {}, began
        self._parted = []
        self.nodes.begin()
        self.notes.begin()
        self.facts.begin()
        self.parts.begin()
        self.pages.begin()

    def lasting(self, paths: Collection[str]) -> None:
        """The build came to its end: what it told counts from now on. `paths`: of all files."""
        alone = self._token(self.store) == self.token
        for name, value in self._recalled.items():
            if name in self._learnt or not alone:
                self.tell(name, encode(value))
        self._learnt = set()
        self.pages.lasting(paths)
        self.parts.lasting()
        token = self.token = os.urandom(8)
        for store in (self.parts.store, self.store):
            store.put("states", [(f"{self.variant} token", b"", token)])
        self.parts.store.commit()
        self.store.put("digests", self._parted)
        self.nodes.lasting()
        self.store.commit()


@contextmanager
def remembering(root: Path, variant: Sequence[str], *, keep: bool = True) -> Iterator[Memory]:
    """The memory of a book for one build; what is not `lasting` when it ends is lost."""
    name = digest("\0".join(variant).encode("utf-8", "surrogateescape")).hex()[:12]
    memory = Memory(root, name, keep=keep)
    try:
        yield memory
    finally:
        memory.close()
