"""How a file looks from outside: where that is the same, nobody opens it; where it is not, its bytes decide."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import msgspec

Signature = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, number on the disk."""
_FINE = 100_000_000
_COARSE = 2_500_000_000
"""Nanoseconds within which a second change of a file may not show; FAT counts in steps of two seconds."""
Kept = dict[str, tuple[Signature, bytes]]
"""By path: how a file looked, and the digest of its bytes."""
read_kept = msgspec.msgpack.Decoder(dict[str, tuple[tuple[int, int, int], bytes]]).decode
"""Signatures as they were told; raises `msgspec.DecodeError` for other bytes."""


def look(file: Path | str) -> Signature | None:
    """The file's signature; None where there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116  ten thousand times
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def digest(data: bytes) -> bytes:
    """Stands for these bytes."""
    return blake2b(data, digest_size=16).digest()


def settled(signature: Signature, began: int) -> bool:
    """Whether a later change will show: the last one lies long enough before `began`, by the disk's own clock."""
    fine = signature[1] % 1_000_000_000 != 0
    return signature[1] + (_FINE if fine else _COARSE) < began


@dataclass(slots=True)
class Signatures:
    """The signatures of files that were read, with the digests of their bytes."""

    known: Kept = field(default_factory=dict)
    began: int = 0
    """When this look began, by the disk's clock, in nanoseconds."""
    seen: Kept = field(default_factory=dict)
    """What was found this time and may be trusted the next."""

    @staticmethod
    def of(kept: bytes, began: int) -> Signatures:
        """Those of the last time; none where these bytes are none."""
        try:
            return Signatures(read_kept(kept), began)
        except msgspec.MsgspecError:
            return Signatures({}, began)

    def digest(self, path: str, signature: Signature | None) -> bytes | None:
        """The digest of the file's bytes, if it looks as it did when they were read."""
        kept = self.known.get(path)
        if kept is None or kept[0] != signature:
            return None
        self.seen[path] = kept
        return kept[1]

    def learn(self, path: str, signature: Signature | None, found: bytes) -> None:
        """The file's bytes were read after it had looked so, and have this digest."""
        if signature is not None and settled(signature, self.began):
            self.seen[path] = signature, found

    def told(self) -> bytes:
        """For the next time."""
        return msgspec.msgpack.encode(self.seen)
