"""A body's pieces put together by its dated headings, and what is private among them found by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from sitegen.notes import markdown
from sitegen.notes.dates import LeadingDate, leading_date
from sitegen.notes.headings import is_private
from sitegen.notes.pieces import Piece
from sitegen.text import nfc

_GIST = 160
_STOP = re.compile(r"[。！？]|[.!?](?=\s+\S)")


@dataclass(slots=True)
class Section:
    """A run of pieces that belong together: an entry, or the text around entries."""

    date: LeadingDate | None = None
    level: int = 0
    index: int = 0
    private: bool = False
    pieces: list[Piece] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """The lines of its headings, those without a date below it included."""


def cut_sections(pieces: Iterable[Piece], dated: bool) -> list[Section]:
    """The entries and private parts of a body, the text around them first. `dated`: headings may be entries."""
    around = Section()
    sections, open_ = [around], [around]
    for piece in pieces:
        if piece.level:
            date = leading_date(piece.heading) if dated else None
            if date and not is_credible(date):
                date = None
            while len(open_) > 1 and open_[-1].level >= piece.level:
                open_.pop()
            private = open_[-1].private or is_private(piece.heading)
            if private or date:
                open_.append(Section(date, piece.level, piece.line, private))
                sections.append(open_[-1])
            open_[-1].starts.append(piece.line)
        open_[-1].pieces.append(piece)
    return sections


def is_credible(date: LeadingDate) -> bool:
    """Whether somebody can have been visited on that day: it exists, and it is no slip such as 0206 or 2926."""
    return date.date is not None and 1950 <= date.date.year <= 2150


def without_private(lines: Sequence[str], sections: Sequence[Section]) -> list[str]:
    """The lines with those of private sections empty, up to the next heading, link definitions included."""
    starts = sorted((start, section.private) for section in sections for start in section.starts)
    out = list(lines)
    for (start, private), (end, _) in zip(starts, [*starts[1:], (len(out), False)], strict=True):
        if private:
            out[start:end] = [""] * (end - start)
    return out


def shift_headings(tokens: Sequence[Token], by: int, least: int) -> None:
    """Headings of a note below those of its page."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(least, int(token.tag[1]) + by))}"


def gist_of(tokens: Sequence[Token]) -> str:
    """The first sentence of the text as plain text; empty where there are only lists."""
    for i, token in enumerate(tokens):
        top = token.type == "paragraph_open" and token.level == 0
        if top and (gist := first_sentence(markdown.plain(tokens[i + 1]))):
            return gist
    return ""


def first_sentence(text: str) -> str:
    """The first sentence of plain text, on one line."""
    stop = _STOP.search(text)
    text = " ".join(nfc(text[: stop.end()] if stop else text).split())
    return text if len(text) <= _GIST else text[: _GIST - 1].rstrip() + "…"
