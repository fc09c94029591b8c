"""The blocks of a note in which nothing special stands, read and written without a token.

Nine in ten paragraphs and lists of real notes are text and nothing else. To make tokens of them, to look through the
tokens five times and to write them as HTML takes ten times as long as to write them at once. What is not plain keeps
its tokens, block by block; the HTML is that of the library (`tests/notes/test_plain_blocks.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.common.utils import escapeHtml, mdTrim
from markdown_it.token import Token

from sitegen.model import PromiseState
from sitegen.notes import markdown
from sitegen.notes.items import Found, mark_item, word_html
from sitegen.notes.line_shapes import is_text
from sitegen.notes.md_blocks import TASK, TASK_STATES, mark_task
from sitegen.notes.md_text import is_cjk
from sitegen.notes.pieces import Piece
from sitegen.notes.vocabulary import LINE_START

_BLOCK = re.compile(r"p++|(?P<list>-++(?: ++-++)*+)(?!p)|(?P<open>-)")
"""In the letters of `line_shapes`: paragraphs, lists, and lists of which the last item goes on."""


@dataclass(slots=True)
class Paragraph:
    """Text at the margin."""

    line: int
    first: str
    """Its first line."""
    text: str
    """All of it as plain text; empty where the library has read it."""
    html: str
    inline: Token | None = None
    """What the library made of it, where there is more to it than text."""


@dataclass(slots=True)
class Bullet:
    """An item of a list."""

    line: int
    text: str
    """As written; where it is a task, without its mark."""
    task: PromiseState | None = None
    word: str = ""
    """The key of its line word, once it is understood."""
    found: Found | None = None
    """The tokens of an item that is more than text."""

    def mark(self, word: str) -> None:
        """Note that the item is understood."""
        self.word = word
        if self.found:
            mark_item(self.found, word)

    def parts(self, write: Write) -> tuple[str, str]:
        """Its class and its HTML, with its word and person in a span each where it is understood."""
        if self.found:
            return str(self.found.item.attrs.get("class", "")), write(self.found.inline)
        if self.task:
            return self._task()
        start = LINE_START.match(self.text) if self.word else None
        if not start:
            return "", escapeHtml(self.text)
        rest = self.text[start.end() :]
        return f"line {self.word}", f"{word_html(start)}{' ' if rest else ''}{escapeHtml(rest)}"

    def _task(self) -> tuple[str, str]:
        text = escapeHtml(self.text)
        checked = ' checked=""' if self.task == "kept" else ""
        box = f'<input type="checkbox" disabled=""{checked} aria-label="{text}" /> '
        return ("task cancelled", f"{box}<s>{text}</s>") if self.task == "cancelled" else ("task", box + text)


@dataclass(slots=True)
class Bullets:
    """A list of single lines."""

    loose: bool
    """Empty lines stand between its items."""
    items: list[Bullet]


Block = Paragraph | Bullets | list[Token]
Write = Callable[[Token], str]
"""An `inline` token → its HTML."""


def html_of(block: Paragraph | Bullets, write: Write) -> str:
    """The HTML of a block that has no tokens, or none but for the texts within."""
    if isinstance(block, Paragraph):
        return f"<p>{write(block.inline)}</p>\n" if block.inline else block.html
    out = ["<ul>\n"]
    for item in block.items:
        kind, html = item.parts(write)
        start = f'<li class="{kind}">' if kind else "<li>"
        out.append(f"{start}\n<p>{html}</p>\n</li>\n" if block.loose else f"{start}{html}</li>\n")
    return "".join([*out, "</ul>\n"])


def blocks_of(pieces: Iterable[Piece], lines: Sequence[str], *, headed: bool = True) -> list[Block]:
    """The blocks of some pieces in a row. Without `headed` the heading of the first is left out.

    Tokens that follow each other are one block: the library puts footnotes at the end of what it writes at once.
    """
    out: list[Block] = []
    for piece in pieces:
        if not piece.shape:
            _join(out, piece.read if headed else piece.read[3:])
        else:
            if headed and piece.level:
                _join(out, markdown.parse_lines(lines, piece.line, piece.line + 1).tokens)
            _plain(piece, lines, out)
        headed = True
    return out


def _join(out: list[Block], tokens: list[Token]) -> None:
    if out and isinstance(last := out[-1], list):
        out[-1] = [*last, *tokens]
    else:
        out.append(tokens)


def _plain(piece: Piece, lines: Sequence[str], out: list[Block]) -> None:
    """Add the blocks of a piece that goes by its lines, without its heading."""
    line = piece.line
    for found in _BLOCK.finditer(piece.shape, 1 if piece.level else 0):
        kind, first, last = found.lastgroup, line + found.start(), line + found.end()
        if kind is None:
            out.append(_paragraph(lines, first, last))
        elif kind == "list":
            own = [i for i in range(first, last) if lines[i][:1] == "-"]
            out.append(Bullets(len(own) < last - first, [_bullet(lines[i], i) for i in own]))
        else:
            _join(out, markdown.parse_lines(lines, first, line + len(piece.shape)).tokens)
            return


def _paragraph(lines: Sequence[str], start: int, end: int) -> Paragraph:
    if end - start == 1:
        text = mdTrim(lines[start])
        if is_text(text):
            return Paragraph(start, text, text, f"<p>{escapeHtml(text)}</p>\n")
        return Paragraph(start, text, "", "", markdown.parse_inline(text, start, end))
    own = [*lines[start : end - 1], mdTrim(lines[end - 1])]
    if any(line.endswith(" ") or not is_text(line) for line in own):
        return Paragraph(start, own[0], "", "", markdown.parse_inline("\n".join(own), start, end))
    plain, html = own[0], escapeHtml(own[0])
    for before, line in pairwise(own):
        close = is_cjk(before[-1]) and is_cjk(line[0])
        plain += line if close else " " + line
        html += escapeHtml(line) if close else "\n" + escapeHtml(line)
    return Paragraph(start, own[0], plain, f"<p>{html}</p>\n")


def _bullet(line: str, index: int) -> Bullet:
    text = mdTrim(line[2:])
    found = TASK.match(text) if text[0] == "[" else None
    rest = text[found.end() :] if found else text
    if is_text(rest):
        return Bullet(index, rest, TASK_STATES[found[1]] if found else None)
    item, inline = Token("list_item_open", "li", 1), markdown.parse_inline(text, index, index + 1)
    mark_task(item, inline)
    return Bullet(index, inline.content, item.meta.get("task"), found=Found(item, inline))
