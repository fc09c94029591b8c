"""Bytes of files as they were made: where a site was lost, they are put in place again and nothing is made."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from threading import Thread

from sitegen.keeping.store import Damaged, Row, Store

LARGE = 500_000
"""Bytes of a file from which it is packed beside the work that goes on."""
TOGETHER = 500
"""So many are written at a time."""


class Pages:
    """The files of the last build, packed, by path and digest."""

    def __init__(self, store: Store, variant: str, *, keep: bool) -> None:
        """`keep`: whether anybody will ask for them; `variant` tells apart sites that are made from one book."""
        self._store, self._table, self._keep = store, f"pages {variant}", keep
        self._known: dict[str, bytes] | None = None
        self._waiting: list[Row] = []
        self._packing: list[Thread] = []
        self._packed: list[Row] = []

    def has(self, path: str, digest: str) -> bool:
        """Whether the bytes of this digest are kept."""
        if self._known is None:
            self._known = dict(self._store.stamps(self._table)) if self._store.has(self._table) else {}
        return self._known.get(path) == bytes.fromhex(digest)

    def find(self, path: str, digest: str) -> bytes:
        """The bytes; raises `Damaged` where they are not there whole."""
        try:
            return zlib.decompress(self._store.one(self._table, path, bytes.fromhex(digest)))
        except zlib.error as error:
            raise Damaged(path) from error

    def pack(self, data: bytes) -> bytes:
        """A file's bytes as they are kept; empty where they are not to be."""
        return zlib.compress(data, 1) if self._keep else b""

    def take(self, path: str, digest: str, packed: bytes) -> None:
        """Keep a file that was packed, maybe by another process."""
        if packed:
            self._waiting.append((path, bytes.fromhex(digest), packed))
            if len(self._waiting) >= TOGETHER:
                self.flush()

    def take_whole(self, path: str, digest: str, data: bytes) -> None:
        """Keep a file that is not packed yet."""
        if len(data) < LARGE or not self._keep:
            self.take(path, digest, self.pack(data))
            return
        # the interpreter lets others go on while it packs
        one = Thread(target=lambda: self._packed.append((path, bytes.fromhex(digest), self.pack(data))))
        self._packing.append(one)
        one.start()

    def flush(self) -> None:
        """Onto the disk with what was made."""
        while self._packing:
            self._packing.pop().join()
        self._waiting += self._packed
        self._packed = []
        if self._waiting:
            self._store.put(self._table, self._waiting)
        self._waiting, self._known = [], None

    def commit(self) -> None:
        """Copies of the process are about to read."""
        self.flush()
        self._store.commit()

    def close(self) -> None:
        """Let go of the file; what is not `lasting` is lost."""
        while self._packing:
            self._packing.pop().join()
        self._store.close()

    def lasting(self, paths: Collection[str]) -> None:
        """The build came to its end: others than these files are dropped."""
        self.flush()
        if self._store.has(self._table):
            self._store.drop(
                self._table, [path for path, _ in self._store.stamps(self._table) if path not in paths]
            )
        self._store.commit()
