"""R11, the questions to ask first: few, made from the gaps, each put to the person who can fill it.

Article B (missing the real needs): the rep says that he should have asked those three how they understood
the matter before he said a word about a solution.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from sitegen.doctrine.briefing import Brief
from sitegen.doctrine.needs import STRATEGIC, WORKING, Board, Need
from sitegen.model import Solution
from sitegen.records import dataclass

Kind = Literal[
    "retell",
    "told",
    "top",
    "expect",
    "situation",
    "basics",
    "together",
    "absent",
    "guess",
    "others",
    "more",
]
MOST = 6
"""More than these nobody asks."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question."""

    kind: Kind
    to: tuple[str, ...] = ()
    """Whom to ask; empty: everybody in the room."""
    about: tuple[Need, ...] = ()
    basics: tuple[Solution, ...] = ()


def questions(brief: Brief, board: Board, basics: tuple[Solution, ...]) -> tuple[Question, ...]:
    """The best first, at most six. `basics`: those of the catalogue that nobody here has vouched for."""
    return tuple(islice(_questions(brief, board, basics), MOST))


def _questions(brief: Brief, board: Board, basics: tuple[Solution, ...]) -> Iterator[Question]:
    here = tuple(name for name in brief.talk_with if name in {seat.name for seat in brief.room})
    if here and brief.unbriefed:
        yield Question("retell", here)
    elif brief.talk and (brief.unbriefed or not brief.room):
        yield Question("told", brief.unbriefed)
    elif not brief.talk and not brief.top:
        yield Question("top")
    yield from _of_people(brief)
    if basics:
        yield Question("basics", basics=basics)
    yield from _of_needs(brief, board)


def _of_people(brief: Brief) -> Iterator[Question]:
    silent = tuple(seat.name for seat in brief.room if not seat.said)
    if not brief.room or (brief.start == "basics" and silent):
        yield Question("situation")
    elif silent:
        yield Question("situation", silent)
    if strangers := tuple(seat.name for seat in brief.room if not seat.times):
        yield Question("expect", strangers)


def _of_needs(brief: Brief, board: Board) -> Iterator[Question]:
    """Of what the two levels say apart, of guesses, and of what one person alone has said."""
    names = {seat.name for seat in brief.room}
    absent = [need for need in brief.doubts if need.voices]
    theirs = [need for need in board.needs if any(v.who in names for v in need.voices)]
    above = next((n for n in absent if n in board.lane(STRATEGIC)), None)
    below = next((n for n in theirs if n in board.lane(WORKING)), None)
    if above and below:
        yield Question("together", _speakers(below, names), (above, below))
    elif absent:
        yield Question("absent", about=(absent[0],))
    if guesses := board.guesses:
        yield Question("guess", about=(guesses[0],))
    asked = below if above else None
    alone = next((n for n in theirs if n.status == "stated" and n is not asked), None)
    if alone:
        others = tuple(seat.name for seat in brief.room if seat.name not in _speakers(alone, names))
        yield Question("others" if others else "more", others or _speakers(alone, names), (alone,))


def _speakers(need: Need, names: set[str]) -> tuple[str, ...]:
    return tuple(voice.who for voice in need.voices if voice.who in names)
