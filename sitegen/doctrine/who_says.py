"""R9, who says what: the offers or the wishes of all clients, looked up by what they may be met by.

Article A (the perseverance test), point 6: the introduction that helps is one that meets a need, so a word of one
client finds those of others at once, however many clients there are.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Any

from sitegen.doctrine.phrases import Meaning

Said = tuple[Any, int, str, str]
"""A client's closeness or its number in that order, which phrase of it, its key, and the phrase: nearest first."""


class WhoSays:
    """Who says what: phrases of one side by what they may be met by, the nearest client first."""

    def __init__(self) -> None:
        """Nobody says anything yet."""
        self.whole: dict[str, list[Said]] = {}
        self.parts: dict[str, list[Said]] = {}
        self._meeting: dict[Meaning, _Once] = {}

    def add(self, said: Said, meaning: Meaning) -> None:
        """Somebody says it."""
        self._meeting.clear()
        _put(self.whole.setdefault(meaning.whole, []), said)
        for part in meaning.parts:
            _put(self.parts.setdefault(part, []), said)

    def remove(self, said: Said, meaning: Meaning) -> None:
        """Nobody says it so any more."""
        self._meeting.clear()
        for where in (self.whole[meaning.whole], *(self.parts[part] for part in meaning.parts)):
            del where[bisect_left(where, said)]

    def who(self, meaning: Meaning) -> set[str]:
        """All clients that say what meets it."""
        return {said[2] for said in self._all(meaning)}

    def meeting(self, meaning: Meaning) -> Iterator[Said]:
        """Those that say the same, then those that say it more exactly, then less exactly; each client once.

        What one word is met by is told to all that say it, until somebody else is added or removed.
        """
        found = self._meeting.get(meaning)
        if found is None:
            found = self._meeting[meaning] = _Once(self._all(meaning))
        return iter(found)

    def _all(self, meaning: Meaning) -> Iterator[Said]:
        yield from self.whole.get(meaning.whole, ())
        yield from self.parts.get(meaning.whole, ())
        for part in sorted(meaning.parts, key=lambda p: (-len(p), p)):
            yield from self.whole.get(part, ())


def _put(where: list[Said], said: Said) -> None:
    """Into its place, which mostly is the last."""
    if not where or where[-1] < said:
        where.append(said)
    else:
        insort(where, said)


class _Once:
    """The first that each client says, found out as far as somebody asks."""

    def __init__(self, said: Iterator[Said]) -> None:
        """`said` as it comes."""
        self._said = said
        self._seen: set[str] = set()
        self._found: list[Said] = []

    def __iter__(self) -> Iterator[Said]:
        """From the first."""
        yield from self._found
        for one in self._said:
            if one[2] not in self._seen:
                self._seen.add(one[2])
                self._found.append(one)
                yield one
