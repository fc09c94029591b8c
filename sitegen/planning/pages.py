"""Bytes of files as they were made: where a site was lost, they are put in place again and nothing is made.

Of a page its blocks and its frame are kept apart: another frame for ten thousand pages leaves their blocks where
they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import NamedTuple

import msgspec
import zstandard

from sitegen.keeping.coding import encode
from sitegen.keeping.signatures import digest
from sitegen.keeping.store import Damaged, Row, Store
from sitegen.site.framed import Blocks, Frame, Framed

LARGE = 500_000
"""Bytes of a file from which it is packed beside the work that goes on."""
TOGETHER = 500
"""So many are written at a time."""
_LENGTH = 32
"""Bytes of a file's digest; of a page in two the key of its frame follows, and the stamp of its blocks."""
_KEY = slice(32, 48)
_frame = msgspec.msgpack.Decoder(Frame).decode
_blocks = msgspec.msgpack.Decoder(dict[str, bytes]).decode


class Packed(NamedTuple):
    """A file as it is kept."""

    whole: bytes = b""
    """Its bytes; empty for a page in two."""
    key: bytes = b""
    """Of a page's frame; stands for what it holds."""
    frame: bytes = b""
    """The frame; empty where this process packed it before."""
    stamp: bytes = b""
    """Of a page's blocks; stands for what they hold."""
    blocks: bytes = b""
    """The blocks; empty where they are kept already."""


class Pages:
    """The files of the last build, packed, by path and digest."""

    def __init__(self, store: Store, variant: str, *, keep: bool) -> None:
        """`keep`: whether anybody will ask for them; `variant` tells apart sites that are made from one book."""
        self._store, self._keep = store, keep
        self._table, self._of_blocks, self._of_frames = (
            f"{one} {variant}" for one in ("pages", "blocks", "frames")
        )
        self._known: dict[str, bytes] | None = None
        self._frames: dict[bytes, Frame] = {}
        """Those that were unpacked."""
        self._told: set[bytes] = set()
        """Keys of the frames that were packed."""
        self._taken: set[str] = set()
        """Paths of the files that were kept anew."""
        self._waiting: dict[str, list[Row]] = {}
        self._packing: list[Thread] = []
        self._packed: list[Row] = []

    def begin(self) -> None:
        """A build begins: what the last one packed may never have been taken."""
        self._told, self._taken = set(), set()

    def forget(self) -> None:
        """Another process wrote meanwhile: nothing that is in memory counts any more."""
        self._store.refresh()
        self._known = None

    def has(self, path: str, digest: str) -> bool:
        """Whether the bytes of this digest are kept."""
        return self._stamp(path)[:_LENGTH] == bytes.fromhex(digest)

    def in_two(self, path: str, digest: str) -> bool:
        """Whether they are kept as a page's blocks and its frame."""
        return self.has(path, digest) and len(self._stamp(path)) > _LENGTH

    def find(self, path: str, digest: str) -> bytes:
        """The bytes; raises `Damaged` where they are not there whole."""
        stamp = self._stamp(path)
        with _whole(path):
            if not self.has(path, digest):
                raise Damaged(path)
            if len(stamp) == _LENGTH:
                return zstandard.decompress(self._store.one(self._table, path, stamp))
            blocks = unpacked(self.blocks(path)[1])
            return Framed(self._framed(stamp[_KEY]), blocks).whole()

    def blocks(self, path: str) -> tuple[bytes, bytes]:
        """The stamp of a page's blocks and the blocks, still packed; raises `Damaged` where they are not there."""
        stamp = self._stamp(path)[_KEY.stop :]
        return stamp, self._store.one(self._of_blocks, path, stamp)

    def pack(self, data: bytes | Framed) -> Packed | None:
        """A file's bytes as they are kept; None where they are not to be."""
        if not self._keep:
            return None
        if isinstance(data, bytes) or not data.blocks:
            return Packed(_pack(data if isinstance(data, bytes) else data.whole()))
        plain = encode(data.blocks)
        key, frame = self.pack_frame(data.frame)
        return Packed(b"", key, frame, digest(plain), _pack(plain))

    def pack_frame(self, frame: Frame) -> tuple[bytes, bytes]:
        """The key of a frame, and the frame where this process did not pack it before."""
        plain = encode(frame)
        key = digest(plain)
        if key in self._told:
            return key, b""
        self._told.add(key)
        return key, _pack(plain)

    def take(self, path: str, digest: str, packed: Packed | None) -> None:
        """Keep a file that was packed, maybe by another process."""
        if packed is None or not self._keep:
            return
        stamp, waiting = bytes.fromhex(digest) + packed.key + packed.stamp, self._waiting
        waiting.setdefault(self._table, []).append((path, stamp, packed.whole))
        if packed.blocks:
            waiting.setdefault(self._of_blocks, []).append((path, packed.stamp, packed.blocks))
        if packed.frame:
            waiting.setdefault(self._of_frames, []).append((packed.key.hex(), packed.key, packed.frame))
        if len(waiting[self._table]) >= TOGETHER:
            self.flush()

    def whole(self, packed: Packed) -> bytes:
        """The bytes of a file as it was taken."""
        if packed.whole:
            return zstandard.decompress(packed.whole)
        if packed.frame:
            self._frames[packed.key] = _frame(zstandard.decompress(packed.frame))
        elif packed.key not in self._frames:
            self.flush()
        return Framed(self._framed(packed.key), unpacked(packed.blocks)).whole()

    def take_whole(self, path: str, digest: str, data: bytes) -> None:
        """Keep a file that is not packed yet."""
        if len(data) < LARGE or not self._keep:
            self.take(path, digest, self.pack(data))
            return
        # the interpreter lets others go on while it packs
        one = Thread(target=lambda: self._packed.append((path, bytes.fromhex(digest), _pack(data))))
        self._packing.append(one)
        one.start()

    def flush(self) -> None:
        """Onto the disk with what was made."""
        while self._packing:
            self._packing.pop().join()
        if self._packed:
            self._waiting.setdefault(self._table, []).extend(self._packed)
        self._packed = []
        for table, rows in self._waiting.items():
            self._store.put(table, rows)
        taken = {path: stamp for path, stamp, _ in self._waiting.get(self._table, ())}
        self._taken.update(taken)
        if self._known is not None:
            self._known.update(taken)
        self._waiting = {}

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
        kept = self._stamps()
        gone = [path for path in kept if path not in paths]
        self._drop(self._table, gone)
        # a page that is kept as a whole now may have been kept in two
        self._drop(self._of_blocks, [*gone, *(path for path in self._taken if len(kept[path]) == _LENGTH)])
        for path in gone:
            del kept[path]
        if self._store.has(self._of_frames):
            used = {stamp[_KEY].hex() for stamp in kept.values()}
            there = [key for key, _ in self._store.stamps(self._of_frames)]
            self._drop(self._of_frames, [key for key in there if key not in used])
        self._known = None
        self._store.commit()

    def _drop(self, table: str, keys: Collection[str]) -> None:
        if keys and self._store.has(table):
            self._store.drop(table, keys)

    def _stamps(self) -> dict[str, bytes]:
        if self._known is None:
            self._known = dict(self._store.stamps(self._table)) if self._store.has(self._table) else {}
        return self._known

    def _stamp(self, path: str) -> bytes:
        return self._stamps().get(path, b"")

    def _framed(self, key: bytes) -> Frame:
        if key not in self._frames:
            self._frames[key] = _frame(zstandard.decompress(self._store.one(self._of_frames, key.hex(), key)))
        return self._frames[key]


def for_the_way(data: bytes) -> Packed:
    """Bytes that nobody keeps, packed for their way to another process."""
    return Packed(_pack(data))


def unpacked(blocks: bytes) -> Blocks:
    """A page's blocks; raises `Damaged` where they are none."""
    with _whole("blocks"):
        return _blocks(zstandard.decompress(blocks))


@contextmanager
def _whole(path: str) -> Iterator[None]:
    try:
        yield
    except (zstandard.ZstdError, msgspec.MsgspecError, KeyError) as error:
        raise Damaged(path) from error


def _pack(data: bytes) -> bytes:
    if len(data) >= LARGE:
        # piece by piece: in one go the library makes room for as much again as there is
        packing = zstandard.ZstdCompressor(level=1).compressobj(size=len(data))
        return packing.compress(data) + packing.flush()
    # a copy: what comes back takes as much memory as `data` does
    return bytes(memoryview(zstandard.compress(data, 1)))
