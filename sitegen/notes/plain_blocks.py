"""The blocks of an entry in which nothing special stands, read and written without a token.

Nine in ten paragraphs and lists of real notes are text and nothing else. To make tokens of them, to look through the
tokens five times and to write them as HTML takes ten times as long as to write them at once. What is not plain keeps
its tokens, block by block; the HTML is that of the library (`tests/notes/test_plain_blocks.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.common.utils import escapeHtml, mdTrim
from markdown_it.token import Token

from sitegen.model import PromiseState
from sitegen.notes import markdown
from sitegen.notes.items import word_html
from sitegen.notes.line_shapes import is_text
from sitegen.notes.md_blocks import TASK, TASK_STATES
from sitegen.notes.md_text import is_cjk
from sitegen.notes.pieces import Piece
from sitegen.notes.vocabulary import LINE_START

_BLOCK = re.compile(r"p++|(?P<list>-++)(?! +-|p)|(?P<open>-)")
"""In the letters of `line_shapes`: paragraphs, lists, and lists that may go on after the next line."""


@dataclass(slots=True)
class Paragraph:
    """Text at the margin."""

    line: int
    first: str
    """Its first line."""
    text: str
    """All of it, as plain text."""
    html: str


@dataclass(slots=True)
class Bullet:
    """An item of a list."""

    line: int
    text: str
    task: PromiseState | None = None
    word: str = ""
    """The key of its line word, once it is understood."""

    def mark(self, word: str) -> None:
        """Note that the item is understood."""
        self.word = word

    def html(self) -> str:
        """The item, with its word and person in a span each where it is understood."""
        if self.task:
            return self._task()
        start = LINE_START.match(self.text) if self.word else None
        if not start:
            return f"<li>{escapeHtml(self.text)}</li>\n"
        html, rest = word_html(start), self.text[start.end() :]
        return f'<li class="line {self.word}">{html}{" " if rest else ""}{escapeHtml(rest)}</li>\n'

    def _task(self) -> str:
        text = escapeHtml(self.text)
        checked = ' checked=""' if self.task == "kept" else ""
        box = f'<input type="checkbox" disabled=""{checked} aria-label="{text}" /> '
        if self.task == "cancelled":
            return f'<li class="task cancelled">{box}<s>{text}</s></li>\n'
        return f'<li class="task">{box}{text}</li>\n'


@dataclass(slots=True)
class Bullets:
    """A short list."""

    items: list[Bullet] = field(default_factory=list)


Block = Paragraph | Bullets | list[Token]


def html_of(block: Paragraph | Bullets) -> str:
    """The HTML of a plain block."""
    if isinstance(block, Paragraph):
        return block.html
    return "<ul>\n" + "".join([item.html() for item in block.items]) + "</ul>\n"


def blocks_of(pieces: Sequence[Piece], lines: Sequence[str]) -> Iterator[Block]:
    """The blocks of an entry, its own heading left out."""
    for i, piece in enumerate(pieces):
        if not piece.shape or i:
            tokens = piece.tokens(lines)
            yield tokens if i else tokens[3:]
        else:
            yield from _plain(piece, lines)


def _plain(piece: Piece, lines: Sequence[str]) -> Iterator[Block]:
    end = piece.line + len(piece.shape)
    for found in _BLOCK.finditer(piece.shape, 1):
        first, last = piece.line + found.start(), piece.line + found.end()
        if found["open"]:
            yield markdown.parse_lines(lines, first, end).tokens
            return
        block = _list(lines, first, last) if found["list"] else _paragraph(lines, first, last)
        yield block or markdown.parse_lines(lines, first, last).tokens


def _paragraph(lines: Sequence[str], start: int, end: int) -> Paragraph | None:
    if end - start == 1:
        text = mdTrim(lines[start])
        return Paragraph(start, text, text, f"<p>{escapeHtml(text)}</p>\n") if is_text(text) else None
    own = [*lines[start : end - 1], mdTrim(lines[end - 1])]
    if any(line.endswith(" ") or not is_text(line) for line in own):
        return None
    plain, html = own[0], escapeHtml(own[0])
    for before, line in pairwise(own):
        close = is_cjk(before[-1]) and is_cjk(line[0])
        plain += line if close else " " + line
        html += escapeHtml(line) if close else "\n" + escapeHtml(line)
    return Paragraph(start, own[0], plain, f"<p>{html}</p>\n")


def _list(lines: Sequence[str], start: int, end: int) -> Bullets | None:
    bullets = Bullets()
    for index in range(start, end):
        text, task = mdTrim(lines[index][2:]), None
        if text[0] == "[" and (found := TASK.match(text)):
            text, task = text[found.end() :], TASK_STATES[found[1]]
        if not is_text(text):
            return None
        bullets.items.append(Bullet(index, text, task))
    return bullets
