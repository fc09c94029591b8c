"""The chairs as a picture: a bar for each holder, a mark for each stall (rule R14).

From the first entry to the last; whoever took a chair after the last one is in it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import east_asian_width

from markupsafe import Markup

from sitegen.config import Manner
from sitegen.doctrine.chairs import Chair
from sitegen.doctrine.months import add_months
from sitegen.doctrine.stalls import Stall
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.shown import Shown

PICTURE = 640
"""Pixels that the picture is wide on a page for a desk."""
NARROWER = (320, 420, 520)
"""How wide it may be at the least where a name has room in its bar; what is narrower shows the bar without it."""
LANE = 62
"""Height of a chair's lane in pixels: its label, its bar, its marks."""
AXIS = 22
TICKS = 8
"""Years that have a label at the most: more would touch each other on a phone."""
LEAST = 2
"""Stalls, or holders of one chair, from which there is something to see."""


class Bar(Shown, frozen=True):
    """Somebody's time in a chair; `x` and `width` in hundredths of the picture."""

    x: str
    width: str
    name: str
    """Empty where the bar is too short for it: it stands in the bar's title and in the table."""
    least: int
    """Pixels that the picture must be wide for the name: one of `NARROWER` or `PICTURE`."""
    title: Markup
    shade: int
    """Neighbours differ: 0 or 1."""


class Mark(Shown, frozen=True):
    """A stall."""

    kind: str
    x: str
    width: str
    """Of a silence; empty else."""
    title: Markup


class Lane(Shown, frozen=True):
    """A chair, or (without a role) those that have none."""

    role: str
    strategic: bool
    top: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


class Tick(Shown, frozen=True):
    """The beginning of a year; `label` is empty where there is no room for it."""

    x: str
    label: str


class Timeline(Shown, frozen=True):
    """The whole picture."""

    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    first: Markup
    last: Markup


def timeline_view(site: Site, client: Client) -> Timeline | None:
    """The picture, or None where there is too little to see: one holder a chair and hardly a stall."""
    facts = site.facts[client.key]
    today = site.this_day
    dated = [c for c in facts.chairs if any(h.since or h.until for h in c.holders)]
    most = max([len(c.holders) for c in dated], default=0)
    if not dated or max(most, len(facts.stalls)) < LEAST:
        return None
    past = [day for e in client.entries if (day := e.date) <= today]
    if not past:
        return None
    newest = max([*past, *(h.since.first() for c in dated for h in c.holders if h.since)])
    first, last = min(past).replace(day=1), add_months(newest.replace(day=1), 1)
    days = (last - first).days
    if days < 365:
        return None
    scale = _Scale(first, last, first.toordinal(), days)
    lanes = tuple(_lanes(site, facts.chairs, facts.stalls, scale))
    return Timeline(
        height=len(lanes) * LANE + AXIS,
        lanes=lanes,
        ticks=tuple(_ticks(scale, site.t.manner)),
        first=dates.month(first.year, first.month, site.t.manner),
        last=dates.month(newest.year, newest.month, site.t.manner),
    )


class _Scale(Shown, frozen=True):
    first: dt.date
    last: dt.date
    begin: int
    """The first day's ordinal."""
    days: int
    """From the first to the last."""

    def part(self, day: dt.date) -> float:
        """Where a day lies, from 0 to 100; days outside at the edge."""
        after = day.toordinal() - self.begin
        return 100 * (0 if after < 0 else self.days if after > self.days else after) / self.days

    def x(self, day: dt.date) -> str:
        """The same as an SVG length."""
        return f"{self.part(day):.2f}%"

    def width(self, first: dt.date, last: dt.date) -> str:
        """From one day to another as an SVG length."""
        return f"{max(0.0, self.part(last) - self.part(first)):.2f}%"


def _lanes(site: Site, chairs: tuple[Chair, ...], stalls: tuple[Stall, ...], scale: _Scale) -> Iterator[Lane]:
    """Chairs whose holders' days are known, and those with which it stalled; then stalls without a chair."""
    role_of = {holder.name: chair.role for chair in chairs for holder in chair.holders}
    at: dict[str, list[Stall]] = {}
    for stall in stalls:
        for role in dict.fromkeys(role_of.get(name, "") for name in stall.people or ("",)):
            at.setdefault(role, []).append(stall)
    top = 0
    for chair in (*chairs, None):
        role = chair.role if chair else ""
        bars = tuple(_bars(site, chair, scale)) if chair else ()
        marks = tuple(_mark(site, stall, scale) for stall in at.get(role, ()))
        if bars or marks:
            yield Lane(role, chair is not None and chair.level == "strategic", top, bars, marks)
            top += LANE


@lru_cache(maxsize=5_000)
def _length(name: str) -> float:
    """About how many pixels a name takes in a bar: a full-width character as many as two others."""
    return 14 + sum(13.5 if east_asian_width(char) in "WF" else 7.2 for char in name)


def _bars(site: Site, chair: Chair, scale: _Scale) -> Iterator[Bar]:
    """Whose days are not known has no bar: where it would lie is a guess."""
    shade = 0
    for holder in chair.holders:
        since = holder.since.first() if holder.since else scale.first
        until = holder.until.last() if holder.until else scale.last
        if not (holder.since or holder.until) or until <= scale.first or since >= scale.last:
            continue
        title = site.t("chase.bar", name=holder.name, since=holder.since or "", until=holder.until or "")
        part = (scale.part(until) - scale.part(since)) / 100
        least = next((wide for wide in (*NARROWER, PICTURE) if wide * part >= _length(holder.name)), 0)
        yield Bar(
            scale.x(since), scale.width(since, until), holder.name if least else "", least, title, shade
        )
        shade = 1 - shade


def _mark(site: Site, stall: Stall, scale: _Scale) -> Mark:
    width = ""
    if stall.kind == "silence" and stall.silent_until:
        width = scale.width(stall.date, stall.silent_until)
    title = site.t(
        "chase.mark",
        what=site.t(f"chase.{stall.kind}"),
        date=dates.plain(stall.date, site.t.manner, weekday=False),
    )
    return Mark(stall.kind, scale.x(stall.date), width, title)


def _ticks(scale: _Scale, manner: Manner) -> Iterator[Tick]:
    years = range(scale.first.year + 1, scale.last.year + 1)
    step = -(-len(years) // TICKS)
    for n, year in enumerate(years):
        day = dt.date(year, 1, 1)
        if day < scale.last:
            room = n % step == 0 and scale.part(day) < 94
            yield Tick(scale.x(day), dates.short_year(day, manner) if room else "")
