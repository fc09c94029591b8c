"""A page in two: what its own template gives, and its frame (the layout and what that draws in)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Frame = tuple[tuple[bytes, str], ...]
"""A page without its blocks: a piece of text and the name of the block that follows on it, none after the last."""
Blocks = Mapping[str, bytes]
"""What a page's own template gives, by the names of its blocks."""


class Framed(NamedTuple):
    """A page as UTF-8, in two."""

    frame: Frame
    blocks: Blocks

    def whole(self) -> bytes:
        """The page."""
        blocks = {**self.blocks, "": b""}
        return b"".join([part for text, name in self.frame for part in (text, blocks[name])])
