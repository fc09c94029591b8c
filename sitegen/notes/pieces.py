"""A body cut at its headings, before and instead of the Markdown library where it is not needed.

    outline(lines).pieces    # one piece a heading, the text above the first heading first

In most notes a heading ends whatever stands above it. Then the pieces are found by their lines, and only those are
given to the library in which something may be that no first character tells. In the others the library reads the
whole body, and its tokens are cut. Either way a piece has the same tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from sitegen.notes import markdown
from sitegen.notes.line_shapes import HEADING, OTHER, goes_by_lines, heading_of, shape_of
from sitegen.records import dataclass


@dataclass(slots=True)
class Piece:
    """A heading of the body's own level with what follows it, up to the next; the first may have no heading."""

    line: int
    """Index of its heading's line."""
    level: int
    """From 1; 0 without a heading."""
    heading: str
    """The heading's text, marks and all."""
    shape: str = ""
    """The letters of its lines (`line_shapes`), the heading's included; empty where the library has read it."""
    read: list[Token] = field(default_factory=list)
    """What the library made of it, the heading included."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A body in its pieces."""

    pieces: list[Piece]
    env: dict[str, Any]
    """As in `markdown.Parsed`."""
    too_deep: bool


def outline(lines: Sequence[str]) -> Outline:
    """A body's pieces by its lines."""
    text = "\n".join(lines)
    if not goes_by_lines(text):
        parsed = markdown.parse(text)
        return Outline(list(_cut(parsed.tokens)), parsed.env, parsed.too_deep)
    shape = shape_of(lines)
    starts = [i for i, letter in enumerate(shape) if letter == HEADING]
    if not starts or starts[0]:
        starts.insert(0, 0)
    pieces: list[Piece] = []
    too_deep = False
    for start, end in pairwise([*starts, len(lines)]):
        own = shape[start:end]
        if OTHER in own:
            parsed = markdown.parse_lines(lines, start, end)
            pieces += _cut(parsed.tokens)
            too_deep = too_deep or parsed.too_deep
        elif own[0] == HEADING:
            pieces.append(Piece(start, *heading_of(lines[start]), own))
        else:
            pieces.append(Piece(start, 0, "", own))
    return Outline(pieces, {}, too_deep)


def _cut(tokens: Sequence[Token]) -> Iterator[Piece]:
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    if tokens and (not starts or starts[0]):
        yield Piece(0, 0, "", read=list(tokens[: starts[0] if starts else None]))
    for start, end in pairwise([*starts, len(tokens)]):
        token = tokens[start]
        line = token.map[0] if token.map else 0
        yield Piece(line, int(token.tag[1]), tokens[start + 1].content, read=list(tokens[start:end]))
