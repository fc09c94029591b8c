"""What was meant as an entry but is none: `11/6（金）TEL 不在`, `2026-02-30 visit`, a date without its `##`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from sitegen.model import Problem
from sitegen.notes.dates import leading_date, near_miss
from sitegen.notes.headings import begins_entry
from sitegen.notes.sections import is_credible
from sitegen.notes.source import Source
from sitegen.notes.vocabulary import Kind

_MAYBE = re.compile(r"\s*(?:\[\[)?(?:[0-9０-９]|令和|平成|昭和|大正|明治|[RHＲＨ]\d)")
_YEAR_LINES = 400
"""Lines around one without a year that are searched for one."""


def maybe_dated(text: str) -> bool:
    """Whether a line may begin with a date at all; cheap, as every paragraph is asked."""
    return _MAYBE.match(text) is not None


def near_misses(tokens: Sequence[Token], source: Source) -> Iterator[Problem]:
    """A problem for every heading and paragraph that was meant as an entry."""
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            marks = token.markup if token.markup.startswith("#") else "##"
            yield from _of_heading(_first(tokens[i + 1]), token.map[0], marks, source)
        elif token.type == "paragraph_open" and token.map and maybe_dated(text := _first(tokens[i + 1])):
            yield from of_text(text, token.map[0], source, inside=token.level > 0)


def _first(inline: Token) -> str:
    return inline.content.split("\n", 1)[0]


def _of_heading(text: str, index: int, marks: str, source: Source) -> Iterator[Problem]:
    date = leading_date(text) if maybe_dated(text) else None
    if date and not is_credible(date):
        yield source.problem(index, "date-impossible" if date.impossible else "date-far", date=date.written)
    elif not date and (written := near_miss(text)):
        yield _no_year(written, text, index, marks, source)


def of_text(text: str, index: int, source: Source, *, inside: bool) -> Iterator[Problem]:
    """The same for the first line of a paragraph that is `maybe_dated`. `inside`: of a list or quote."""
    date = leading_date(text)
    if date:
        if not inside and date.date and begins_entry(date.rest, source.kinds):
            yield source.problem(index, "entry-no-heading", f"## {text}", "warning")
    elif written := _nearly_dated(text, source.kinds):
        yield _no_year(written, text, index, "##", source)


def _nearly_dated(text: str, kinds: Mapping[str, Kind]) -> str:
    """The date without a year that a line like `11/6（金）` or `11/6 TEL` begins with."""
    written = near_miss(text, line=True)
    if written:
        return written
    written = near_miss(text)
    rest = text.lstrip()[len(written) :].strip(" 　").casefold() if written else ""
    return written if rest and any(rest.startswith(word) for word in kinds if len(word) > 1) else ""


def _no_year(written: str, text: str, index: int, marks: str, source: Source) -> Problem:
    year = _year_near(index, source.lines) if written.count("/") == 1 else ""
    mend = f"{marks} {year}/{text}" if year else ""
    return source.problem(index, "entry-no-year", mend, "warning", date=written)


def _year_near(index: int, lines: Sequence[str]) -> str:
    """The year of the nearest dated heading above or below: only ever a suggestion."""
    order = sorted(range(len(lines)), key=lambda i: (abs(i - index), i))
    for i in order[:_YEAR_LINES]:
        date = leading_date(lines[i].lstrip("# ")) if lines[i].startswith("#") else None
        if date and date.date:
            return str(date.date.year)
    return ""
