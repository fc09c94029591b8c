"""Whether an edit did what it should and nothing else, found by reading the note before and after.

Markdown is full of traps: a fence that nobody closed, a `%%` without its other half, a private heading that
swallows what follows. None of them is looked for; what was read before + what was added = what is read after, or
the edit is not made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sitegen.config import Config
from sitegen.model import Client, Entry, Link, Problem
from sitegen.notes.note import ClientNote, read_client
from sitegen.records import dataclass

_MARK = re.compile("\x00(\\d+)\x00")
_PLACES = frozenset({"where", "anchor", "source"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A note as it is read: what the pages get, and what is there with its private parts."""

    public: ClientNote
    whole: ClientNote


def see(data: bytes, path: str, cfg: Config) -> Seen:
    """A note read both ways."""
    return Seen(read_client(data, path, cfg), read_client(data, path, cfg, keep_private=True))


def entry_at(note: ClientNote, line: int) -> Entry | None:
    """The entry whose heading stands on this line, from 1."""
    return next((entry for entry in note.client.entries if entry.where.line == line), None)


def only_added(before: Seen, after: Seen, line: int, count: int) -> bool:
    """Whether what was read before and one entry on `line` (from 1), `count` lines long, is what is read after."""
    return _only_added(before.public, after.public, line, count) and _only_added(
        before.whole, after.whole, line, count
    )


def _only_added(before: ClientNote, after: ClientNote, line: int, count: int) -> bool:
    new = entry_at(after, line)
    if new is None:
        return False
    if any(
        p.code.endswith("-unclosed") and p.where.line in range(line, line + count) for p in after.problems
    ):
        return False  # a mark in the text itself: what follows it would be on no page
    rest = replace(after.client, entries=tuple(e for e in after.client.entries if e is not new))
    return plain(before.client) == plain(rest) and not _news(before, after, range(line, line + count))


def only_moved(before: Seen, after: Seen, was: int, now: int) -> bool:
    """Whether nothing has changed but the stage, and that one entry says it in one line more.

    `was`, `now`: the lines of its heading before and after, from 1; 0 where no entry was to be touched.
    """
    return all(
        plain(_unmoved(b.client, was)) == plain(_unmoved(a.client, now, drop=1))
        and not Counter(p.code for p in a.problems) - Counter(p.code for p in b.problems)
        for b, a in ((before.public, after.public), (before.whole, after.whole))
    )


def _unmoved(client: Client, line: int, drop: int = 0) -> Client:
    """The client without its stage and without the last `drop` lines of one entry."""
    entries = tuple(
        replace(e, lines=e.lines[: len(e.lines) - drop], html="") if e.where.line == line else e
        for e in client.entries
    )
    return replace(client, stage="", entries=entries)


def _news(before: ClientNote, after: ClientNote, new: Sequence[int]) -> bool:
    """Whether the note has a problem afterwards that it had not, on other lines than the new ones."""

    def told(problems: Sequence[Problem]) -> Counter[tuple[str, str]]:
        return Counter((p.code, p.excerpt) for p in problems if p.where.line not in new)

    return bool(told(after.problems) - told(before.problems))


def plain(client: Client) -> Any:
    """All that a note says, without the places where it says so."""
    return _plain(replace(client, links=(), files=()), client.links)


def _plain(value: Any, links: Sequence[Link]) -> Any:
    if is_dataclass(value):
        kept = (f.name for f in fields(value) if f.name not in _PLACES)
        return tuple(_plain(getattr(value, name), links) for name in kept)
    if isinstance(value, tuple):
        return tuple(_plain(item, links) for item in value)
    if isinstance(value, str) and "\x00" in value:
        return _MARK.sub(lambda mark: _link(links[int(mark[1])]), value)
    return value


def _link(link: Link) -> str:
    return f"\x00{link.target}\x00{link.anchor}\x00{link.shown}\x00"
