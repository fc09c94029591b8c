"""What most of a note is made of, told apart early: headings, plain paragraphs and short lists.

The library asks a dozen rules about every line, and once more whether a paragraph goes on. Here a line's first
characters decide. Where a line might be anything else, the library reads it: the part from that block up to the
next heading, which ends every block but a fence. The tokens are the same (`tests/notes/test_md_quick.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.common.utils import mdTrim
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.notes.line_shapes import (
    BLANK,
    HEADING,
    ITEM,
    OTHER,
    PLAIN,
    goes_by_lines,
    heading_of,
    is_text,
    shape_of,
)


def blocks(state: StateCore) -> None:
    """Core rule in the place of `block`."""
    src = state.src
    if not goes_by_lines(src):
        state.md.block.parse(src, state.md, state.env, state.tokens)
        return
    lines = src.split("\n")
    count = len(lines) - (not lines[-1].strip(" \t"))  # the library counts no last line without a character
    kinds = shape_of(lines[:count])
    at = 0
    while at < count:
        kind = kinds[at]
        if kind == BLANK:
            at += 1
        elif kind == HEADING:
            _heading(state.tokens, lines[at], at)
            at += 1
        elif kind == PLAIN and (end := _paragraph_end(kinds, at)):
            _paragraph(state.tokens, "\n".join(lines[at:end]), at, end, 0)
            at = end
        elif kind == ITEM and (ends := _list_ends(kinds, at)):
            _list(state.tokens, lines, at, *ends)
            at = ends[1]
        else:
            end = next((i for i in range(at + 1, count) if kinds[i] == HEADING), count)
            _library(state, lines, at, end, count)
            at = end


def texts(state: StateCore) -> None:
    """Core rule in the place of `inline`."""
    parse, md, env = state.md.inline.parse, state.md, state.env
    for token in state.tokens:
        if token.type != "inline":
            continue
        if is_text(token.content):
            token.children = [Token("text", "", 0, content=token.content)] if token.content else []
        else:
            token.children = parse(token.content, md, env, [])


def _paragraph_end(kinds: str, at: int) -> int:
    """The line after a paragraph; 0 where something follows that may change what it is."""
    end = at
    while end < len(kinds) and kinds[end] == PLAIN:
        end += 1
    return 0 if end < len(kinds) and kinds[end] == OTHER else end


def _list_ends(kinds: str, at: int) -> tuple[int, int] | None:
    """The line after the last item, and the next that holds something; None where the list may go on there."""
    last = at
    while last < len(kinds) and kinds[last] == ITEM:
        last += 1
    after = last
    while after < len(kinds) and kinds[after] == BLANK:
        after += 1
    if after < len(kinds) and (kinds[after] in (OTHER, ITEM) or (after == last and kinds[after] == PLAIN)):
        return None
    return last, after


def _heading(tokens: list[Token], line: str, at: int) -> None:
    level, text = heading_of(line)
    tag, marks, lines = f"h{level}", "#" * level, [at, at + 1]
    tokens += (
        Token("heading_open", tag, 1, map=lines, markup=marks, block=True),
        Token("inline", "", 0, map=[at, at + 1], level=1, content=text, children=[], block=True),
        Token("heading_close", tag, -1, markup=marks, block=True),
    )


def _paragraph(tokens: list[Token], text: str, at: int, end: int, level: int) -> None:
    hidden = level > 0  # the items of a short list stand close
    tokens += (
        Token("paragraph_open", "p", 1, map=[at, end], level=level, block=True, hidden=hidden),
        Token("inline", "", 0, map=[at, end], level=level + 1, content=mdTrim(text), children=[], block=True),
        Token("paragraph_close", "p", -1, level=level, block=True, hidden=hidden),
    )


def _list(tokens: list[Token], lines: Sequence[str], at: int, last: int, after: int) -> None:
    tokens.append(Token("bullet_list_open", "ul", 1, map=[at, after], markup="-", block=True))
    for line in range(at, last):
        end = line + 1 if line + 1 < last else after
        tokens.append(Token("list_item_open", "li", 1, map=[line, end], level=1, markup="-", block=True))
        _paragraph(tokens, lines[line][2:], line, line + 1, 2)
        tokens.append(Token("list_item_close", "li", -1, level=1, markup="-", block=True))
    tokens.append(Token("bullet_list_close", "ul", -1, markup="-", block=True))


def _library(state: StateCore, lines: Sequence[str], at: int, end: int, count: int) -> None:
    """The library's own blocks of some lines, their places counted from the note's first line."""
    part = "\n".join(lines[at:end]) + "\n" if end < count else "\n".join(lines[at:])
    before = len(state.tokens)
    state.md.block.parse(part, state.md, state.env, state.tokens)
    for token in state.tokens[before:]:
        if token.map:
            token.map = [token.map[0] + at, token.map[1] + at]
