"""Headings and names of one note, each read once.

A rep sees the same few people again and again: in a note of twenty entries there are three or four headings after
their dates. What one means is the same as long as the same people hold their chairs.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import partial

from sitegen.model import Person
from sitegen.notes.headings import Heading, Tail, heading_of, read_tail
from sitegen.notes.names import Named, resolve
from sitegen.notes.vocabulary import Kind

_Key = tuple[str, int, int]


class Familiar:
    """What has been read of a note with these people, and reads what has not."""

    def __init__(self, people: Sequence[Person], kinds: Mapping[str, Kind]) -> None:
        """`kinds`: folded word → kind of entry."""
        self._people, self._kinds = people, kinds
        self._tails: dict[tuple[str, bool, int, int], Tail] = {}
        self._first = sorted(p.since.first() for p in people if p.since)
        self._last = sorted(p.until.last() for p in people if p.until)
        self._headings: dict[_Key, Heading] = {}
        self._names: dict[_Key, Named] = {}

    def heading(self, rest: str, day: dt.date) -> Heading:
        """As `read_heading`."""
        key = self._key(rest, day)
        if key not in self._headings:
            self._headings[key] = heading_of(rest, self._kinds, partial(self._tail, key[1], key[2], day))
        return self._headings[key]

    def _tail(self, begun: int, left: int, day: dt.date, text: str, has_kind: bool) -> Tail:
        key = (text, has_kind, begun, left)
        if key not in self._tails:
            self._tails[key] = read_tail(text, has_kind, self._people, day, self._kinds)
        return self._tails[key]

    def name(self, written: str, day: dt.date) -> Named:
        """As `resolve`."""
        key = self._key(written, day)
        if key not in self._names:
            self._names[key] = resolve(written, self._people, day)
        return self._names[key]

    def _key(self, text: str, day: dt.date) -> _Key:
        """The text, how many have begun by that day, and how many have left before it."""
        return text, bisect_right(self._first, day), bisect_left(self._last, day)
