"""Columns for the SVG macros of `charts.html`: numbers become places, nothing is drawn here.

Units are those of the drawing's `viewBox`; the same numbers give the same places everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from sitegen.site.shown import Shown

WIDTH, HEIGHT = 440, 200
LEFT, TOP, FOOT = 30, 18, 38
"""Room for the scale's numbers, for the number above a column, and for two lines of labels below."""
GAP = 0.28
"""Share of a column's place that stays empty."""
LABELLED = 13
"""Height from which a part of a column has room for its own number."""


class Data(Shown, frozen=True):
    """What one column tells."""

    name: Markup
    """Told to those who hover over it or hear it."""
    label: str
    """Below the column; empty for none."""
    parts: tuple[tuple[str, int], ...]
    """From the bottom: the part's style (a class) and its number."""
    sub: str = ""
    """Second line below."""
    target: int | None = None
    """Where the column should reach."""


class Part(Shown, frozen=True):
    """A rectangle of a column."""

    style: str
    y: float
    height: float
    n: int
    text_y: float
    """Where its number stands; 0 where it has no room."""


class Column(Shown, frozen=True):
    """One column."""

    name: Markup
    x: float
    width: float
    middle: float
    label: str
    sub: str
    parts: tuple[Part, ...]
    total: int
    top: float
    """Where its total stands."""
    target_y: float | None


class Chart(Shown, frozen=True):
    """A drawing."""

    id: str
    title: Markup
    text: Markup
    """Its content in one sentence, for those who can't see it."""
    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, int], ...]
    """Height and number of each line of the scale."""
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    left: int = LEFT


def chart(name: str, title: Markup, text: Markup, data: Sequence[Data]) -> Chart:
    """Places for these columns, all to one scale. `name` is the drawing's id, unique on its page."""
    top = _top(max([max(sum(n for _, n in d.parts), d.target or 0) for d in data], default=0))
    unit = (HEIGHT - FOOT - TOP) / top
    place = (WIDTH - LEFT) / max(1, len(data))
    columns = tuple([_column(one, LEFT + place * n, place, unit) for n, one in enumerate(data)])
    ticks = tuple([(_y(n, unit), n) for n in (0, top // 2, top)])
    return Chart(name, title, text, columns, ticks)


def _column(one: Data, left: float, place: float, unit: float) -> Column:
    parts, below = [], 0
    for style, n in one.parts:
        if n:
            y, high = _y(below + n, unit), round(n * unit, 1)
            parts.append(Part(style, y, high, n, round(y + high / 2 + 4, 1) if high >= LABELLED else 0))
            below += n
    return Column(
        name=one.name,
        x=round(left + place * GAP / 2, 1),
        width=round(place * (1 - GAP), 1),
        middle=round(left + place / 2, 1),
        label=one.label,
        sub=one.sub,
        parts=tuple(parts),
        total=below,
        top=round(_y(below, unit) - 4, 1),
        target_y=None if one.target is None else _y(one.target, unit),
    )


def _y(n: int, unit: float) -> float:
    return round(HEIGHT - FOOT - n * unit, 1)


def _top(most: int) -> int:
    """The scale's upper end: the next of 2, 4, 6, 10, 20, 40, 60, 100 …, so that half of it is whole."""
    step = 1
    while True:
        for factor in (2, 4, 6, 10):
            if factor * step >= most:
                return factor * step
        step *= 10
