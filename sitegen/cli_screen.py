"""The terminal: how wide it is, where colour is wanted, and lines broken to fit it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from typing import Any

from sitegen.report import columns

PIPE_WIDTH = 100
"""Columns where there is no terminal."""
_WORD = re.compile(r"\d+[年月日]|[ -~]+?(?: +|$|(?=[^ -~]))|.", re.DOTALL)
"""What is not torn apart: a part of a day, a word of an alphabet with the blanks after it, one other character."""
_NO_START = frozenset("、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}")
"""What no line may begin with."""
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "heading": {"bold": True, "underline": True},
    "name": {"bold": True},
    "late": {"fg": "red"},
    "today": {"fg": "yellow"},
    "dim": {"dim": True},
    "": {},
}


def width() -> int:
    """Columns of the terminal."""
    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if sys.stdout.isatty() else PIPE_WIDTH


def coloured() -> bool:
    """Whether what is written to the screen may have colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def asked() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def wrapped(text: str, room: int, indent: int = 0) -> Iterator[str]:
    """A text in lines of at most `room` columns, a full-width character being two; further lines stand in deeper.

    A word that is too long for a line alone is torn.
    """
    line, used = " " * indent, indent
    deeper = indent + 2
    pieces = (
        part
        for piece in _WORD.findall(text.replace("\t", " "))
        for part in _torn(piece, max(2, room - deeper))
    )
    for part in pieces:
        # room is left for a mark that no line may begin with
        limit = room if part.isascii() or part in _NO_START else room - 2
        if used + columns(part.rstrip(" ")) > max(limit, deeper + 2) and line.strip():
            yield line.rstrip()
            line, used = " " * deeper, deeper
            if not part.strip():
                continue
        line += part
        used += columns(part)
    yield line.rstrip()


def _torn(piece: str, room: int) -> Iterator[str]:
    while len(piece) > room and columns(piece) > room:
        yield piece[:room]
        piece = piece[room:]
    if piece:
        yield piece
