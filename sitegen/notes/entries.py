"""The body of a note → its entries and the text around them.

An entry is a heading of any level that begins with a full date. It ends at the next heading of the same or a
higher level; deeper headings without a date belong to it, one with a date is an entry of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from markdown_it.token import Token

from sitegen.model import Attachment, Entry, Line, Link, Problem, Promise, PromiseState
from sitegen.notes import markdown
from sitegen.notes.addresses import settle_addresses
from sitegen.notes.dates import leading_date
from sitegen.notes.familiar import Familiar
from sitegen.notes.heading_problems import heading_problems, told_private
from sitegen.notes.headings import Heading
from sitegen.notes.items import find_items, mark_item
from sitegen.notes.lines import Item, is_yes, read_line, read_promise, word_of
from sitegen.notes.names import SPLIT
from sitegen.notes.near_misses import maybe_dated, near_misses, of_text
from sitegen.notes.pieces import Outline, outline
from sitegen.notes.plain_blocks import Block, Bullets, Paragraph, blocks_of, html_of
from sitegen.notes.sections import (
    Section,
    cut_sections,
    first_sentence,
    gist_of,
    shift_headings,
    without_private,
)
from sitegen.notes.source import Source
from sitegen.records import dataclass
from sitegen.text import nfc

__all__ = ["Body", "Source", "read_body"]

Mark = Callable[[str], None]


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
    body = outline(source.lines)
    sections = cut_sections(body.pieces, dated)
    if not keep_private and any(s.private for s in sections):
        clean = replace(source, lines=without_private(source.lines, sections))
        read = read_body(clean, keep_private=True, dated=dated, name=name)
        return replace(read, problems=(*read.problems, *told_private(sections, clean)))
    reader = _Reader(source, body)
    if body.too_deep:
        reader.problems.append(Problem(source.where(0), "nested-too-deep", severity="warning"))
    return reader.read(sections, dated, name)


class _Reader:
    """Collects links and problems while the sections of one note are read."""

    def __init__(self, source: Source, body: Outline) -> None:
        self.source = source
        self.env = body.env
        self.familiar = Familiar(source.people, source.kinds)
        self.links: list[Link] = []
        self.marks: list[markdown.WikiLink] = []
        self.problems: list[Problem] = []
        self.promises: list[Promise] = []
        self.files: list[Attachment] = []
        self.anchors: dict[str, int] = {}

    def read(self, sections: Sequence[Section], dated: bool, name: str) -> Body:
        pieces = (piece for s in sections if s.date is None for piece in s.pieces)
        around = blocks_of(pieces, self.source.lines)
        heading = self.around(around, dated, name)
        html = "".join([self.html(block, 1 if dated else 0, 3 if dated else 2) for block in around])
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

    def around(self, blocks: Sequence[Block], dated: bool, name: str) -> str:
        """Read the text outside entries; gives the first H1, which is taken out where it is the note's name."""
        taken = (_take_h1(block, name) for block in blocks if isinstance(block, list))
        first = next((text for text in taken if text is not None), "")
        for block in blocks if dated else ():
            self.nearly(block)
        for item, state, _ in self.items(blocks):
            promise, problems = read_promise(item, state)
            self.problems += problems
            if promise:
                self.promises.append(promise)
            elif dated and not problems and (word := word_of(item)):
                index = item.where.line - self.source.first_line
                self.problems.append(self.source.problem(index, "word-outside", "", "warning", word=word))
        return first

    def entry(self, section: Section) -> Entry:
        date = section.date
        if date is None or date.date is None:
            raise ValueError("a section without a date is no entry")
        heading = self.familiar.heading(date.rest, date.date)
        self.problems += heading_problems(section, heading, self.source)
        if "[[" in section.pieces[0].heading:
            self.links += self.heading_links(section)
        present = tuple(dict.fromkeys(n.name for n in heading.people if n.name))
        blocks = blocks_of(section.pieces, self.source.lines, headed=False)
        for block in blocks:
            self.nearly(block)
        lines, promises = self.facts(blocks, date.date, present)
        return self.made(section, heading, present, lines, promises, blocks)

    def heading_links(self, section: Section) -> Iterator[Link]:
        """The links of an entry's heading but for its own date, which may stand in brackets as in Obsidian."""
        tokens = markdown.parse_lines(self.source.lines, section.index, section.index + 1).tokens
        for link in (link for token in tokens if token.type == "inline" for link in self.found_links(token)):
            if not leading_date(link.target):
                yield link

    def nearly(self, block: Block) -> None:
        """Tell what in a block was meant as an entry of its own."""
        if isinstance(block, Paragraph):
            if maybe_dated(block.first):
                self.problems += of_text(block.first, block.line, self.source, inside=False)
        elif isinstance(block, Bullets):
            for item in block.items:
                if maybe_dated(item.text):
                    self.problems += of_text(item.text, item.line, self.source, inside=True)
        else:
            self.problems += near_misses(block, self.source)

    def made(
        self,
        section: Section,
        heading: Heading,
        present: tuple[str, ...],
        lines: tuple[Line, ...],
        promises: tuple[Promise, ...],
        blocks: Sequence[Block],
    ) -> Entry:
        date = section.date
        day = date.date if date and date.date else dt.date.min
        words = {line.word for line in lines}
        by = [
            name
            for line in (lines if "by" in words else ())
            if line.word == "by"
            for name in SPLIT.split(line.text)
            if name.strip()
        ]
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
            business="business" in words
            and any(line.word == "business" and is_yes(line.text) for line in lines),
            lines=lines,
            promises=promises,
            gist=next(filter(None, map(_gist, blocks)), ""),
            html="".join([self.html(block, 4 - section.level, 5) for block in blocks]),
            anchor=self.anchor(day),
            where=self.source.where(section.index),
        )

    def facts(
        self, blocks: Sequence[Block], day: dt.date, present: tuple[str, ...]
    ) -> tuple[tuple[Line, ...], tuple[Promise, ...]]:
        lines: list[Line] = []
        promises: list[Promise] = []
        for item, state, mark in self.items(blocks):
            if state:
                promise, problems = read_promise(item, state)
                promises += [promise] if promise else []
            else:
                line, problems = read_line(item, day, present, self.familiar)
                if line:
                    lines.append(line)
                    mark(line.word)
            self.problems += problems
        return tuple(lines), tuple(promises)

    def items(self, blocks: Sequence[Block]) -> Iterator[tuple[Item, PromiseState | None, Mark]]:
        """Every list item, the state of its box, and what to tell its line word to."""
        for block in blocks:
            if isinstance(block, list):
                for found in find_items(block):
                    yield self.item(found.inline), found.item.meta.get("task"), partial(mark_item, found)
            elif isinstance(block, Bullets):
                for bullet in block.items:
                    if bullet.found:
                        item = self.item(bullet.found.inline)
                    else:
                        where, line = self.source.where(bullet.line), self.source.lines[bullet.line]
                        item = Item(nfc(bullet.text).strip(), where, line)
                    yield item, bullet.task, bullet.mark

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

    def html(self, block: Block, shift: int, least: int) -> str:
        """HTML of a block; headings in it go `shift` levels down, none above `least`."""
        if not isinstance(block, list):
            return html_of(block, self.inline)
        shift_headings(block, shift, least)
        return self.render(block)

    def inline(self, token: Token) -> str:
        """HTML of an `inline` token alone."""
        return self.render([token])

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


def _take_h1(tokens: list[Token], name: str) -> str | None:
    """The text of the first H1, None without one; where it is the note's name, or gives it one, it is taken out."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1" and token.level == 0:
            text = nfc(markdown.plain(tokens[at + 1]).strip())
            if not name or name == text:
                del tokens[at : at + 3]
            return text
    return None


def _gist(block: Block) -> str:
    if isinstance(block, list):
        return gist_of(block)
    if isinstance(block, Bullets):
        return ""
    return first_sentence(markdown.plain(block.inline) if block.inline else block.text)
