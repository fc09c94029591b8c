"""The body of a note → its entries and the text around them.

An entry is a heading of any level that begins with a full date. It ends at the next heading of the same or a
higher level; deeper headings without a date belong to it, one with a date is an entry of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from sitegen.model import Attachment, Entry, Line, Link, Person, Problem, Promise, Severity, Where
from sitegen.notes import markdown
from sitegen.notes.addresses import settle_addresses
from sitegen.notes.dates import leading_date
from sitegen.notes.headings import Heading, begins_entry, read_heading
from sitegen.notes.items import find_items, mark_item
from sitegen.notes.lines import Item, is_yes, read_line, read_promise, word_of
from sitegen.notes.names import SPLIT
from sitegen.notes.sections import (
    Section,
    cut_sections,
    gist_of,
    is_credible,
    maybe_dated,
    nearly_dated,
    shift_headings,
    without_private,
)
from sitegen.notes.vocabulary import Kind
from sitegen.text import nfc


@dataclass(frozen=True, slots=True)
class Source:
    """A note's body with what is needed to read it."""

    path: str
    lines: Sequence[str]
    """The body's lines, private parts cut out."""
    first_line: int
    """The line of the file on which the body begins."""
    people: Sequence[Person] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    inside: str = ""
    """The note's path within the content folder, from which its addresses count."""

    def where(self, index: int, col: int = 1) -> Where:
        """A place by the body's own line number (from 0)."""
        return Where(self.path, self.first_line + index, col)

    def line(self, index: int) -> str:
        """A line of the body, empty where there is none."""
        return self.lines[index] if 0 <= index < len(self.lines) else ""


@dataclass(frozen=True, slots=True)
class Body:
    """What a body comes to."""

    html: str = ""
    heading: str = ""
    """The first H1."""
    entries: tuple[Entry, ...] = ()
    """Newest first, those of one day in the order written."""
    promises: tuple[Promise, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_body(source: Source, *, keep_private: bool = False, dated: bool = True, name: str = "") -> Body:
    """Read a body. `dated=False`: a plain page, without entries. `name`: a first H1 of this name is left out."""
    parsed = markdown.parse("\n".join(source.lines))
    sections = cut_sections(parsed.tokens, dated)
    if not keep_private and any(s.private for s in sections):
        lines = without_private(source.lines, sections)
        clean = Source(source.path, lines, source.first_line, source.people, source.kinds, source.inside)
        return read_body(clean, keep_private=True, dated=dated, name=name)
    reader = _Reader(source, parsed)
    if parsed.too_deep:
        reader.problems.append(Problem(source.where(0), "nested-too-deep", severity="warning"))
    return reader.read(sections, dated, name)


class _Reader:
    """Collects links and problems while the sections of one note are read."""

    def __init__(self, source: Source, parsed: markdown.Parsed) -> None:
        self.source = source
        self.env = parsed.env
        self.links: list[Link] = []
        self.marks: list[markdown.WikiLink] = []
        self.problems: list[Problem] = []
        self.promises: list[Promise] = []
        self.files: list[Attachment] = []
        self.anchors: dict[str, int] = {}

    def read(self, sections: Sequence[Section], dated: bool, name: str) -> Body:
        around = [t for s in sections if s.date is None for t in s.tokens]
        heading = self.around(around, dated, name)
        html = self.render(around)
        entries = [self.entry(s) for s in sections if s.date]
        entries.sort(key=lambda e: e.date, reverse=True)
        return Body(
            html,
            heading,
            tuple(entries),
            tuple(self.promises),
            tuple(self.links),
            tuple(self.files),
            tuple(self.problems),
        )

    def around(self, tokens: list[Token], dated: bool, name: str) -> str:
        """Read the text outside entries; gives the first H1, which is taken out where it is the note's name."""
        first = ""
        at = next(
            (i for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h1" and t.level == 0),
            -1,
        )
        if at >= 0:
            first = nfc(markdown.plain(tokens[at + 1]).strip())
            if not name or name == first:
                del tokens[at : at + 3]
        shift_headings(tokens, 1 if dated else 0, 3 if dated else 2)
        if dated:
            self.near_misses(tokens)
        for found in find_items(tokens):
            item = self.item(found.inline)
            promise, problems = read_promise(item, found.item.meta.get("task"))
            self.problems += problems
            if promise:
                self.promises.append(promise)
            elif dated and not problems and (word := word_of(item)):
                self.tell(item.where.line - self.source.first_line, "word-outside", "", "warning", word=word)
        return first

    def near_misses(self, tokens: Sequence[Token]) -> None:
        """Headings and paragraphs that were meant as entries: `11/6（金）TEL 不在`, `2026-02-30 visit`."""
        for i, token in enumerate(tokens):
            if token.type not in ("heading_open", "paragraph_open") or not token.map:
                continue
            heading = token.type == "heading_open"
            text = tokens[i + 1].content.split("\n", 1)[0]
            date = leading_date(text) if maybe_dated(text) else None
            hashes = token.markup if heading and token.markup.startswith("#") else "##"
            if date and heading and not is_credible(date):
                code = "date-impossible" if date.impossible else "date-far"
                self.tell(token.map[0], code, date=date.written)
            elif (
                date
                and not heading
                and token.level == 0
                and date.date
                and begins_entry(date.rest, self.source.kinds)
            ):
                self.tell(token.map[0], "entry-no-heading", f"{hashes} {text}", "warning")
            elif not date and (written := nearly_dated(text, heading, self.source.kinds)):
                year = self.year_near(token.map[0]) if "/" in written else ""
                mend = f"{hashes} {year}/{text}" if year else ""
                self.tell(token.map[0], "entry-no-year", mend, "warning", date=written)

    def year_near(self, index: int) -> str:
        """The year of the nearest dated heading above or below: only ever a suggestion."""
        order = sorted(range(len(self.source.lines)), key=lambda i: (abs(i - index), i))
        for i in order[:400]:
            line = self.source.lines[i]
            date = leading_date(line.lstrip("# ")) if line.startswith("#") else None
            if date and date.date:
                return str(date.date.year)
        return ""

    def tell(
        self, index: int, code: str, mend: str = "", severity: Severity = "error", **params: str
    ) -> None:
        line = self.source.line(index)
        col = len(line) - len(line.lstrip("# \t")) + 1
        where = self.source.where(index, col)
        self.problems.append(Problem(where, code, tuple(params.items()), line, mend, severity))

    def entry(self, section: Section) -> Entry:
        date = section.date
        if date is None or date.date is None:
            raise ValueError("a section without a date is no entry")
        if not date.weekday_fits:
            self.tell(section.index, "weekday-wrong", "", "warning", date=date.date.isoformat())
        heading = read_heading(date.rest, self.source.people, date.date, self.source.kinds)
        for named in heading.people:
            if named.choices:
                self.tell(
                    section.index, "name-two-people", name=named.name, choices=" / ".join(named.choices)
                )
        present = tuple(dict.fromkeys(n.name for n in heading.people if n.name))
        tokens = section.tokens[3:]
        self.near_misses(tokens)
        lines, promises = self.facts(tokens, date.date, present)
        shift_headings(tokens, 4 - section.level, 5)
        return self.made(section, heading, present, lines, promises, tokens)

    def made(
        self,
        section: Section,
        heading: Heading,
        present: tuple[str, ...],
        lines: tuple[Line, ...],
        promises: tuple[Promise, ...],
        tokens: Sequence[Token],
    ) -> Entry:
        date = section.date
        day = date.date if date and date.date else dt.date.min
        words = {line.word for line in lines}
        by = [name for line in lines if line.word == "by" for name in SPLIT.split(line.text) if name.strip()]
        return Entry(
            date=day,
            time=date.time if date else "",
            kind=heading.kind.key,
            face_to_face=heading.kind.face_to_face,
            people=present,
            title=heading.title,
            by=tuple(by),
            answered=heading.answered and "unanswered" not in words,
            inbound="inbound" in words,
            business=any(line.word == "business" and is_yes(line.text) for line in lines),
            lines=lines,
            promises=promises,
            gist=gist_of(tokens),
            html=self.render(tokens),
            anchor=self.anchor(day),
            where=self.source.where(section.index),
        )

    def facts(
        self, tokens: Sequence[Token], day: dt.date, present: tuple[str, ...]
    ) -> tuple[tuple[Line, ...], tuple[Promise, ...]]:
        lines: list[Line] = []
        promises: list[Promise] = []
        for found in find_items(tokens):
            item = self.item(found.inline)
            promise, problems = read_promise(item, found.item.meta.get("task"))
            if promise:
                promises.append(promise)
            else:
                line, problems = read_line(item, day, present, self.source.people)
                if line:
                    lines.append(line)
                    mark_item(found, line.word)
            self.problems += problems
        return tuple(lines), tuple(promises)

    def item(self, inline: Token) -> Item:
        index = inline.map[0] if inline.map else 0
        line = self.source.line(index)
        col = len(line) - len(line.lstrip(" \t　")) + 1
        return Item(
            nfc(markdown.plain(inline)).strip(),
            self.source.where(index, col),
            line,
            tuple(self.found_links(inline)),
        )

    def found_links(self, inline: Token) -> list[Link]:
        """The links in a piece of text, each with its place."""
        index, links = (inline.map[0] if inline.map else 0), []
        for child in inline.children or ():
            if child.type in ("softbreak", "hardbreak"):
                index += 1
            elif child.type == "wikilink":
                target = str(child.meta["target"])
                col = self.source.line(index).find(target) - 1
                anchor, shown = str(child.meta["anchor"]), str(child.meta["shown"])
                where = self.source.where(index, max(1, col))
                links.append(Link(target, anchor, shown, where, self.source.line(index)))
        return links

    def render(self, tokens: Sequence[Token]) -> str:
        """HTML of tokens; their links join the note's, each with its place."""
        for token in tokens:
            if token.type == "inline":
                self.files += settle_addresses(token, self.source.inside, self.source, self.problems)
        placed = [link for token in tokens if token.type == "inline" for link in self.found_links(token)]
        before = len(self.marks)
        html = markdown.render(tokens, self.env, self.marks)
        for mark in self.marks[before:]:
            at = next((i for i, x in enumerate(placed) if (x.target, x.anchor, x.shown) == mark), -1)
            # A footnote is rendered with the text that refers to it, but stands elsewhere.
            self.links.append(placed.pop(at) if at >= 0 else Link(*mark, self.source.where(0)))
        return html

    def anchor(self, day: dt.date) -> str:
        text = day.isoformat()
        self.anchors[text] = self.anchors.get(text, 0) + 1
        return text if self.anchors[text] == 1 else f"{text}-{self.anchors[text]}"
