"""A note's bytes by their lines, so that something can be put in between and every other byte stays."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Sequence

from sitegen.records import dataclass

_END = re.compile(rb"\r\n|\n|\r")
"""Line ends as `notes.reading.decode` counts them: its lines are these lines."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes and where their lines are; lines count from 0."""

    data: bytes
    starts: tuple[int, ...]
    """Where each line begins; a last one without a character counts, as it does in `str.split`."""
    ends: tuple[int, ...]
    """Where each line ends, its line end left out."""

    @property
    def count(self) -> int:
        """Lines that hold something or are ended: after them the file is over."""
        return len(self.starts) - (self.starts[-1] == self.ends[-1])

    def line(self, number: int) -> str:
        """A line's text as it stands, neither composed nor cleaned."""
        return self.data[self.starts[number] : self.ends[number]].decode("utf-8")

    def line_end(self, near: int) -> str:
        """How the line before `near` ends; else the one at it, else any; else `\\n`."""
        places = [n for n in (near - 1, near, 0) if 0 <= n < len(self.starts) - 1]
        if not places:
            return "\n"
        place = places[0]
        return self.data[self.ends[place] : self.starts[place + 1]].decode("ascii")


def raw(data: bytes) -> Raw:
    """Bytes taken apart into lines; the encoding mark belongs to none of them."""
    first = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    found = list(_END.finditer(data))
    starts = (first, *(end.end() for end in found))
    return Raw(data, starts, (*(end.start() for end in found), len(data)))


def put_lines(note: Raw, before: int, block: Sequence[str]) -> bytes:
    """The bytes with lines put in before a line, or at the end where `before` is no line any more.

    They end as their neighbours do, the last one too: a file without a final line end has none afterwards.
    """
    end = note.line_end(before)
    text = end.join(block)
    if before < note.count:
        return put(note.data, note.starts[before], text + end)
    ended = note.starts[-1] == note.ends[-1]
    return put(note.data, len(note.data), text + end if ended else end + text)


def put(data: bytes, at: int, text: str, instead: int = 0) -> bytes:
    """The bytes with a text at an offset, in the place of `instead` bytes."""
    return data[:at] + text.encode("utf-8") + data[at + instead :]
