"""Pages rendered in two: the blocks of their own template, and a frame with room for them.

Where only the frame became another, the blocks are put into the new one; nobody finds out anew what the page says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from jinja2.runtime import Context

from sitegen.site.framed import Blocks, Frame, Framed
from sitegen.site.jinja import Block, PageTemplate
from sitegen.site.render import PageFrame


class _Mark(str):
    """No text, but a place among texts: where a block begins or, without a name, ends."""

    name: str

    def __new__(cls, name: str) -> _Mark:
        made = super().__new__(cls)
        made.name = name
        return made


class _Unasked:
    """In the place of a view that nobody should need: not an error that Jinja takes for a missing attribute."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    def _asked(self, *_: object) -> Any:
        raise RuntimeError

    __bool__ = __len__ = __iter__ = __str__ = __repr__ = __eq__ = __hash__ = __getitem__ = __call__ = _asked


def rendered(template: PageTemplate, view: object, page: PageFrame) -> Framed:
    """A page, with those blocks of its own template told apart that stand in it once."""
    blocks: dict[str, bytes] = {}
    frame: list[tuple[bytes, str]] = []
    before: list[bytes] = []
    begun: list[tuple[str, int]] = []
    runs = list(_runs(template.pieces({"view": view, "page": page}, _Marked)))
    outer = Counter(_outer(runs))
    for text, mark in runs:
        before.append(text)
        if mark:
            begun.append((mark, len(before)))
        elif begun:
            name, since = begun.pop()
            if not begun and outer[name] == 1:
                blocks[name] = b"".join(before[since:])
                frame.append((b"".join(before[:since]), name))
                before = []
    return Framed((*frame, (b"".join(before), "")), blocks)


def _outer(runs: Sequence[tuple[bytes, str]]) -> Iterator[str]:
    """The names of blocks that stand in no other."""
    depth = 0
    for _, mark in runs:
        if mark and not depth:
            yield mark
        depth += 1 if mark else -1


class Frames:
    """New frames for pages as they were; pages of one kind in one folder share theirs."""

    def __init__(self) -> None:
        """None is known yet."""
        self._known: dict[tuple[PageTemplate, PageFrame, tuple[str, ...]], Frame | None] = {}

    def around(self, template: PageTemplate, page: PageFrame, blocks: Blocks) -> Framed | None:
        """What `rendered` would give, from the blocks that it gave; None: the frame now asks for more than that."""
        key = template, page, tuple(blocks)
        if key not in self._known:
            self._known[key] = _empty(template, page, blocks)
        frame = self._known[key]
        if frame is None:
            return None
        return Framed(frame, {name: blocks[name] for _, name in frame if name})


def _empty(template: PageTemplate, page: PageFrame, blocks: Blocks) -> Frame | None:
    """A page with room for these blocks; None where its frame looks into them, or into what the page shows."""
    asked: list[str] = []

    def own(name: str, block: Block) -> Block:
        def room(_: Context) -> Iterator[str]:
            asked.append(name)
            yield _Mark(name)

        return room if name in blocks else block

    try:
        frame = tuple(_runs(template.at_hand().run({"view": _Unasked(), "page": page}, own)))
    except Exception:  # the page is rendered as a whole, which comes to the same mistake if it is one
        return None
    shown = [name for _, name in frame if name]
    return frame if shown == asked and len({*shown}) == len(shown) else None


class _Marked:
    """A block between two marks. For Jinja, which looks for its parent's (`super()`), it is the block itself."""

    def __init__(self, name: str, block: Block) -> None:
        self._name, self._block = name, block

    def __call__(self, context: Context) -> Iterator[str]:
        yield _Mark(self._name)
        yield from self._block(context)
        yield _Mark("")

    def __eq__(self, other: object) -> bool:
        return other is self or other is self._block

    def __hash__(self) -> int:
        return hash(self._block)


def _runs(pieces: Sequence[str]) -> Iterator[tuple[bytes, str]]:
    """The text before each mark, with the mark's name; at last what follows on them all."""
    since = 0
    for number, piece in enumerate(pieces):
        if type(piece) is _Mark:
            yield "".join(pieces[since:number]).encode(), piece.name
            since = number + 1
    yield "".join(pieces[since:]).encode(), ""
