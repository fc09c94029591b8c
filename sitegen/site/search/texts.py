"""What can be found in a note: plain text in parts, each with the anchor of the place where it stands.

Both functions need the record alone: no today, no other note, no template. So what they give can be kept by the
digest of the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from sitegen.model import Client, Link, Page, Person, Rep, Solution
from sitegen.site.search.folding import folded, terms

LINE_ENDS = re.compile(r"</(?:p|li|h[1-6]|t[dhr]|div|pre|dt|dd)>|<(?:br|li|ul|ol)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
MARK = re.compile("\x00(\\d+)\x00")


class Part(NamedTuple):
    """A piece of text."""

    anchor: str
    """Of an entry, beginning with its day; empty for the page's head."""
    text: str
    """A line for each paragraph or item: no phrase goes beyond one."""


def client_parts(client: Client) -> tuple[Part, ...]:
    """The facts of a client, its text, then its entries, newest first. The facts are always there."""
    known = {person.name for person in client.people}
    own, *entries = _plain([client.html, *(entry.html for entry in client.entries)], client.links)
    parts = [Part("", _lines(*_facts(client)))]
    if own:
        parts.append(Part("", own))
    for entry, text in zip(client.entries, entries, strict=True):
        strangers = [name for name in entry.people if name not in known]
        head = _lines(entry.title, *strangers) if entry.title or strangers else ""
        told = f"{head}\n{text}" if head and text else head or text
        if told:
            parts.append(Part(entry.anchor, told))
    return tuple(parts)


def other_parts(note: Rep | Solution | Page) -> tuple[Part, ...]:
    """The same for a note of another kind."""
    names: tuple[str, ...]
    if isinstance(note, Page):
        names = (note.title,)
    elif isinstance(note, Solution):
        names = (note.name, note.native, *note.answers)
    else:
        names = (note.name, note.native, note.reading, note.area)
    text = _plain([note.html], note.links)[0]
    return (Part("", _lines(*names)), *([Part("", text)] if text else []))


def words_of(parts: Sequence[Part]) -> str:
    """What the parts are found by, parted by blanks."""
    return terms(folded("\n".join(part.text for part in parts)))


def _facts(client: Client) -> Iterator[str]:
    yield " · ".join(filter(None, (client.name, client.native, client.reading, *client.aliases)))
    yield " · ".join(filter(None, (client.area, client.address, client.phone, client.product)))
    for items in (client.tags, client.offers, client.seeks, (b.name for b in client.backers)):
        yield " · ".join(items)
    if client.reference:
        yield " · ".join(filter(None, (client.reference.product, client.reference.benefit)))
    if client.next:
        yield client.next.step
    yield from map(_person, client.people)
    for key, value in client.extra:
        yield f"{key}: {value}"


def _person(person: Person) -> str:
    told = (person.name, person.reading, person.role, person.email, person.phone, person.note)
    return " · ".join(filter(None, told))


def _plain(pieces: Sequence[str], links: Sequence[Link]) -> list[str]:
    """The text of each piece of rendered HTML, a line for each block, link marks as what is shown for them.

    All pieces go through the expressions at once: an entry is short, and a client has many.
    """
    whole = "\x02".join(piece.replace("\x02", " ") for piece in pieces)
    bare = TAG.sub("", LINE_ENDS.sub("\x01", whole.replace("\n", " ")))
    if "&" in bare:
        bare = unescape(bare)
    if "\x00" in bare:
        bare = MARK.sub(lambda m: _shown(links, int(m[1])), bare)
    bare = " ".join(bare.split())
    return ["\n".join(filter(None, map(str.strip, piece.split("\x01")))) for piece in bare.split("\x02")]


def _shown(links: Sequence[Link], number: int) -> str:
    if number >= len(links):
        return ""
    return (links[number].shown or links[number].target).replace("\x02", " ")


def _lines(*texts: str) -> str:
    """The texts below each other, each on one line, none of them empty."""
    return "\n".join(line for text in texts if (line := " ".join(text.split())))
