"""What a line of a note is by its first characters, one letter a line: the shape of a body.

The letters are sure where they are not `OTHER`: what stands in such lines needs no rule of the Markdown library to
be told apart (`tests/notes/test_md_quick.py` compares with it, whatever the text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it.common.utils import mdTrim

BLANK, HEADING, ITEM, PLAIN, OTHER = " #-p?"
"""`ITEM`: one that begins `- ` and then with text. `PLAIN`: text at the margin."""

_MARKS = "-+*・>#`~=|_:\\"
_MAY_BE_MORE = frozenset(["", *_MARKS, *"0123456789", *(c for c in map(chr, range(0x3001)) if c.isspace())])
"""First characters of lines that may be anything else than plain text."""
_NUMBERED = r"[0-9]{1,9}[.)](?:[ \t]|\Z)"
_PLAIN = re.compile(rf"(?!{_NUMBERED})[^\s{re.escape(_MARKS)}]")
_ITEM = re.compile(rf"- (?!{_NUMBERED})[^\s{re.escape(_MARKS)}]")
_HEADING = re.compile(r"(#{1,6})[ ]+([^ \t#].*)\Z", re.DOTALL)
PLAIN_PIECE = r"[^\n\\`*_~\[\]!<&]*+"
"""Characters that no inline rule asks for."""
_TEXT = re.compile(rf"{PLAIN_PIECE}(?:(?:[<&](?= )|!(?!\[)){PLAIN_PIECE})*+\Z")
_ACROSS = ("]:", "[^", "```", "~~~", "\0", "\r")


def shape_of(lines: Iterable[str]) -> str:
    """The letters of some lines, one for each."""
    return "".join(
        [PLAIN if line[:1] not in _MAY_BE_MORE else _kind(line) if line else BLANK for line in lines]
    )


def _kind(line: str) -> str:
    if line[0] == "-":
        return ITEM if _ITEM.match(line) else OTHER
    if line[0] == "#":
        return HEADING if _HEADING.match(line) else OTHER
    if not line.strip(" \t"):
        return BLANK
    return PLAIN if _PLAIN.match(line) else OTHER


def heading_of(line: str) -> tuple[int, str]:
    """Level and text of a line whose letter is `HEADING`; the marks at its end are no text."""
    found = _HEADING.match(line)
    if not found:
        raise ValueError("no heading")
    text = found[2].rstrip(" \t")
    bare = text.rstrip("#")
    if bare != text and bare.endswith((" ", "\t")):
        text = bare
    return len(found[1]), mdTrim(text)


def is_text(line: str) -> bool:
    """Whether a line is text and nothing else: no inline rule finds anything in it."""
    return _TEXT.match(line) is not None


def goes_by_lines(text: str) -> bool:
    """Whether every heading at the margin ends what stands above it, and nothing in a part counts elsewhere.

    False where there may be definitions of links and footnotes, or a fence, which may hold what looks like a heading.
    """
    return not any(mark in text for mark in _ACROSS)
