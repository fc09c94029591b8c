"""A body's tokens cut at its dated headings, and what is private among them found by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from sitegen.notes import markdown
from sitegen.notes.dates import LeadingDate, leading_date, near_miss
from sitegen.notes.headings import PRIVATE
from sitegen.notes.vocabulary import Kind
from sitegen.text import nfc

_MAYBE = re.compile(r"\s*(?:\[\[)?[0-9０-９令平昭大明RHＲＨ]")
_GIST = 160
_STOPS = ("。", "！", "？", ". ", "! ", "? ")


@dataclass(slots=True)
class Section:
    """A run of tokens that belong together: an entry, or the text around entries."""

    date: LeadingDate | None = None
    level: int = 0
    index: int = 0
    private: bool = False
    title: str = ""
    tokens: list[Token] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """The lines of its headings, those without a date below it included."""


def cut_sections(tokens: Sequence[Token], dated: bool) -> list[Section]:
    """The entries and private parts of a body, the text around them first. `dated`: headings may be entries."""
    around = Section()
    sections, open_ = [around], [around]
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            text, level = tokens[i + 1].content, int(token.tag[1])
            date = leading_date(text) if dated else None
            if date and not is_credible(date):
                date = None
            while len(open_) > 1 and open_[-1].level >= level:
                open_.pop()
            private = open_[-1].private or bool(PRIVATE.search(text))
            if private or date:
                open_.append(Section(date, level, token.map[0] if token.map else 0, private, text))
                sections.append(open_[-1])
            open_[-1].starts.append(token.map[0] if token.map else 0)
        open_[-1].tokens.append(token)
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


def nearly_dated(text: str, heading: bool, kinds: Mapping[str, Kind]) -> str:
    """The date without a year that a heading, or a line like `11/6（金）` or `11/6 TEL`, begins with."""
    if not heading and not maybe_dated(text):
        return ""
    written = near_miss(text, line=not heading)
    if written or heading:
        return written
    written = near_miss(text)
    rest = text.lstrip()[len(written) :].strip(" 　").casefold() if written else ""
    return written if rest and any(rest.startswith(word) for word in kinds if len(word) > 1) else ""


def maybe_dated(text: str) -> bool:
    """Whether a line may begin with a date at all; cheap, as every paragraph is asked."""
    return _MAYBE.match(text) is not None


def gist_of(tokens: Sequence[Token]) -> str:
    """The first sentence of the text as plain text; empty where there are only lists."""
    for i, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            text = " ".join(nfc(markdown.plain(tokens[i + 1])).split())
            if text:
                return _first_sentence(text)
    return ""


def _first_sentence(text: str) -> str:
    ends = [at + len(stop.rstrip()) for stop in _STOPS if (at := text.find(stop)) >= 0]
    text = text[: min(ends)] if ends else text
    return text if len(text) <= _GIST else text[: _GIST - 1].rstrip() + "…"
