"""R13, assume no basics: which solution answers which need, and which basics nobody has vouched for.

Article B (missing the real needs): the firm was old, large and successful, so the rep took the basics for
granted, and the basics were what they lacked. Whoever can offer everything from the plainest course to the
most refined has to ask which of the two is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from sitegen.doctrine.needs import STRATEGIC, WORKING, Basic, Board, Need, Voice
from sitegen.model import Solution
from sitegen.records import dataclass
from sitegen.text import fold, is_edge

ALTITUDES: Mapping[str, int] = {"basic": 0, "standard": 1, "advanced": 2}
_BETWEEN = re.compile(r"[,、，・;；/]+|\band\b")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The solutions, ready for looking up by the words of needs."""

    solutions: tuple[Solution, ...] = ()
    """From basic to advanced, each level by name."""
    phrases: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """First two characters of a folded phrase → phrases and the places of their solutions."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Folded name, native name or key → key."""

    def answers(self, need: Need) -> tuple[Solution, ...]:
        """The solutions whose words stand in the need, on the altitude on which it was heard first.

        Heard from the strategic level alone: from advanced down. Else from basic up: start with the basics.
        """
        places = sorted(self._places(fold(need.text)))
        if need.heard_on(STRATEGIC) and not need.heard_on(WORKING):
            places.sort(key=lambda n: -altitude(self.solutions[n]))
        return tuple(self.solutions[n] for n in places)

    def vouched(self, basics: Iterable[Basic]) -> dict[str, Voice]:
        """Solution key → who said last that it is in place, by name, native name or key."""
        found: dict[str, Voice] = {}
        for basic in basics:
            for name in (basic.text, *_BETWEEN.split(basic.text), *basic.targets):
                key = self.named.get(fold(name).strip(" .。"))
                if key:
                    found.setdefault(key, basic.voice)
        return found

    def unconfirmed(self, board: Board) -> tuple[Solution, ...]:
        """The basics that nobody at this client has said are in place."""
        vouched = self.vouched(board.basics)
        return tuple(s for s in self.solutions if s.level == "basic" and s.key not in vouched)

    def _places(self, text: str) -> set[int]:
        found: set[int] = set()
        phrases = self.phrases
        # a phrase of one character stands under that character alone
        heads = [(n, head) for n in range(len(text)) if (head := text[n : n + 2]) in phrases]
        heads += [(n, head) for n, head in enumerate(text[:-1]) if head in phrases]
        for start, head in heads:
            for phrase, place in phrases[head]:
                end = start + len(phrase)
                if text.startswith(phrase, start) and is_edge(text, start) and is_edge(text, end):
                    found.add(place)
        return found


def catalogue(solutions: Iterable[Solution]) -> Catalogue:
    """The catalogue of these solutions. A need is met by the words of `answers`, by name or native name."""
    ordered = tuple(sorted(solutions, key=lambda s: (altitude(s), s.name, s.key)))
    phrases: dict[str, list[tuple[str, int]]] = {}
    named: dict[str, str] = {}
    for place, one in enumerate(ordered):
        for phrase in sorted({fold(p) for p in (*one.answers, one.name, one.native)} - {""}):
            phrases.setdefault(phrase[:2], []).append((phrase, place))
        for name in (one.name, one.native, one.key):
            if name:
                named.setdefault(fold(name), one.key)
    return Catalogue(ordered, {head: tuple(found) for head, found in phrases.items()}, named)


def altitude(one: Solution) -> int:
    """0 basic, 1 standard, 2 advanced; a level of the team's own comes after these."""
    return ALTITUDES.get(one.level, len(ALTITUDES))


def offers(cat: Catalogue, found: Iterable[Need]) -> Iterator[tuple[Solution, tuple[Need, ...]]]:
    """From basic to sophisticated: each solution that answers one of these needs, with the needs it answers."""
    answered: dict[str, list[Need]] = {}
    for need in found:
        for one in cat.answers(need):
            answered.setdefault(one.key, []).append(need)
    return ((one, tuple(answered[one.key])) for one in cat.solutions if one.key in answered)
