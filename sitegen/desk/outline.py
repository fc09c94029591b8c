"""Where in a note its entries stand: what somebody sees who is about to write another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from sitegen.desk.bytewise import Raw, raw
from sitegen.notes import frontmatter, markdown
from sitegen.notes.dates import LeadingDate, leading_date
from sitegen.notes.privacy import cut
from sitegen.notes.reading import decode
from sitegen.notes.sections import is_credible
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A heading; lines count from 0, as in `Raw`."""

    line: int
    level: int
    text: str
    """Without its hashes."""
    date: LeadingDate | None
    """Of an entry; None for any other heading."""
    hashes: bool
    """False where it is underlined instead."""
    inner: bool = False
    """It stands within an entry."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list on the outermost level."""

    line: int
    end: int
    """The line after its last one that holds something."""
    text: str
    """Its first line, without the mark."""
    mark: str
    """What stands before its text: indentation, bullet, blank."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A note as its writer sees it."""

    raw: Raw
    lines: tuple[str, ...]
    """Its text, what is private cut out; as many lines as `raw` has."""
    body: int
    """The line on which the body begins."""
    headings: tuple[Spot, ...]
    bullets: tuple[Bullet, ...]

    @property
    def entries(self) -> tuple[Spot, ...]:
        """The entries that stand within no other."""
        return tuple(spot for spot in self.headings if spot.date and not spot.inner)

    def section_end(self, spot: Spot) -> int:
        """The line of the next heading that ends this entry with all that belongs to it."""
        after = (h.line for h in self.headings if h.line > spot.line and h.level <= spot.level)
        return next(after, self.raw.count)

    def own_end(self, spot: Spot) -> int:
        """The same, but an entry within it ends it too."""
        inner = (h.line for h in self.headings if h.line > spot.line and h.date)
        return min(self.section_end(spot), next(inner, self.raw.count))

    def text_end(self, spot: Spot) -> int:
        """The line after the last one of its own that holds something."""
        end = self.own_end(spot)
        while end > spot.line + 1 and not self.lines[end - 1].strip():
            end -= 1
        return end


def outline(data: bytes, path: str) -> Outline | None:
    """A note's outline; None where it can't be read as text."""
    text, _ = decode(data, path)
    if text is None:
        return None
    parts = frontmatter.split(text)
    body = cut(parts.body).text
    first = parts.body_line - 1
    head = text.split("\n")[:first]
    tokens = markdown.parse(body).tokens
    lines = (*head, *body.split("\n"))
    return Outline(
        raw(data), lines, first, tuple(_headings(tokens, first)), tuple(_bullets(tokens, first, lines))
    )


def _headings(tokens: Sequence[Token], first: int) -> Iterator[Spot]:
    within: list[Spot] = []
    for i, token in enumerate(tokens):
        if token.type != "heading_open" or token.level or not token.map:
            continue
        text, level = tokens[i + 1].content, int(token.tag[1])
        date = leading_date(text)
        date = date if date and is_credible(date) else None
        while within and within[-1].level >= level:
            within.pop()
        spot = Spot(token.map[0] + first, level, text, date, token.markup[:1] == "#", bool(within))
        if date:
            within.append(spot)
        yield spot


_MARK = re.compile(r"[ \t]*[-*+・][ \t]*")


def _bullets(tokens: Sequence[Token], first: int, lines: Sequence[str]) -> Iterator[Bullet]:
    ordered = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open") and not token.level:
            ordered = token.type == "ordered_list_open"
        if token.type != "list_item_open" or token.level != 1 or ordered or not token.map:
            continue
        line, end = token.map[0] + first, token.map[1] + first
        while end > line + 1 and not lines[end - 1].strip():
            end -= 1
        if mark := _MARK.match(lines[line]):
            yield Bullet(line, end, lines[line][mark.end() :], mark[0])
