"""How a client moved: its stages with their days, its owners, and who edited the note when.

Nothing here is counted to today: of the present stage only the beginning is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from markupsafe import Markup

from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.handovers import handovers
from sitegen.doctrine.log import past_of
from sitegen.doctrine.movements import Stay, stays
from sitegen.model import Client
from sitegen.past import NoteHistory
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.past import author, changed, duration, known, who_moved
from sitegen.site.rep_names import keys_by_name
from sitegen.site.shown import Shown

ROOT = "../"
MOST = 50
"""Edits listed; of older ones only the number is told."""
PICTURE = 640
"""Pixels that the picture is wide on a page for a desk."""


class StayView(Shown, frozen=True):
    """A time in one stage."""

    stage: str
    first: Markup
    """Empty where nobody knows."""
    at_latest: bool
    """It began on this day or before."""
    last: Markup
    """Empty where it lasts, or nobody knows."""
    lasts: bool
    duration: Markup
    who: tuple[str, ...]
    href: str
    """The entry whose line tells it; empty where a commit does."""


class Bar(Shown, frozen=True):
    """A stay in the picture; `x` and `width` in hundredths of it."""

    stage: str
    x: str
    width: str
    named: bool
    """There is room for its name."""
    title: Markup


class OwnerView(Shown, frozen=True):
    """A change of hands."""

    day: Markup
    giver: str
    taker: str
    committed: bool
    """The day is a commit's: the note says nothing of it."""


class EditView(Shown, frozen=True):
    """One commit that touched the note."""

    day: Markup
    author: str
    text: Markup


class MovesView(Shown, frozen=True):
    """The section "How it moved"."""

    stays: tuple[StayView, ...]
    bars: tuple[Bar, ...]
    """Empty where there is too little to draw."""
    first: Markup
    last: Markup
    """From when to when the picture goes."""
    owners: tuple[OwnerView, ...]
    edits: tuple[EditView, ...]
    more: int
    """Older edits, not listed."""
    notes: tuple[Markup, ...]
    """What is missing."""

    @property
    def n(self) -> int:
        """Edits in all."""
        return len(self.edits) + self.more


def moves_view(site: Site, client: Client) -> MovesView | None:
    """The section, or None where there is no history at all."""
    if not known(site):
        return None
    history = site.history.of(client.path)
    log = contacts(client, site.this_day)
    past = past_of(client, log, site.history, keys_by_name(site))
    found = stays(client, past)
    days = [past.last, *[e.day for e in history.edits[:1]], *[m.date for m in past.moves[-1:]]]
    end = max(filter(None, days), default=None)
    bars = tuple(_bars(site, found, end)) if end else ()
    starts = [stay.first for stay in found if stay.first]
    return MovesView(
        stays=tuple([_stay(site, stay) for stay in found]),
        bars=bars,
        first=dates.month(starts[0].year, starts[0].month, site.t.manner) if bars else Markup(""),
        last=dates.month(end.year, end.month, site.t.manner) if bars and end else Markup(""),
        owners=tuple(_owners(site, client)),
        edits=tuple(
            [
                EditView(dates.long(e.day, site.t.manner), author(site, e), changed(site, (e,)))
                for e in history.edits[:MOST]
            ]
        ),
        more=max(0, len(history.edits) - MOST),
        notes=tuple(_notes(site, history)),
    )


def _stay(site: Site, stay: Stay) -> StayView:
    manner, move = site.t.manner, stay.move
    # "21 Nov or before, to 21 Nov" is "until 21 Nov"
    first = None if stay.at_latest and stay.first == stay.last else stay.first
    return StayView(
        stage=stay.stage,
        first=dates.medium(first, manner) if first else Markup(""),
        at_latest=stay.at_latest,
        last=dates.medium(stay.last, manner) if stay.last else Markup(""),
        lasts=stay.lasts,
        duration=duration(site, stay.days) if stay.days else Markup(""),
        who=who_moved(site, move) if move else (),
        href=f"#{move.anchor}" if move and move.anchor else "",
    )


def _bars(site: Site, found: Sequence[Stay], end: dt.date) -> Iterator[Bar]:
    """The stays side by side; one whose days are not known leaves its place empty."""
    drawn = [
        (stay, stay.first, stay.last or end) for stay in found if stay.first and (stay.last or stay.lasts)
    ]
    whole = (end - drawn[0][1]).days if len(drawn) > 1 else 0
    if whole < 7:
        return
    for stay, first, last in drawn:
        share = 100 * (last - first).days / whole
        name = site.t.or_plain(f"stage.{stay.stage}", stay.stage)
        yield Bar(
            stage=stay.stage,
            x=f"{100 * (first - drawn[0][1]).days / whole:.2f}%",
            width=f"{share:.2f}%",
            named=_pixels(name.striptags()) <= share * PICTURE / 100,
            title=_title(site, stay, name),
        )


def _title(site: Site, stay: Stay, name: Markup) -> Markup:
    first = dates.plain(stay.first, site.t.manner, weekday=False) if stay.first else ""
    if stay.lasts or not stay.last:
        return site.t("history.bar-lasts", stage=name, first=first)
    last = dates.plain(stay.last, site.t.manner, weekday=False)
    return site.t("history.bar", stage=name, first=first, last=last)


def _pixels(name: str) -> float:
    """About how many pixels a name takes: a full-width character as many as two others."""
    return 16 + sum(13.0 if east_asian_width(char) in "WF" else 7.2 for char in name)


def _owners(site: Site, client: Client) -> Iterator[OwnerView]:
    """Hand-overs that the note tells of, and those that only git does (`doctrine/owners.py`), oldest first."""
    for one in reversed(handovers((client,), site.this_day)):
        day = dates.medium(one.date, site.t.manner)
        yield OwnerView(day, site.rep_name(one.giver), site.rep_name(one.taker), one.committed)


def _notes(site: Site, history: NoteHistory) -> Iterator[Markup]:
    if history.dirty:
        yield site.t("history.dirty" if history.tracked else "history.untracked")
    if site.history.status == "shallow" and site.history.since:
        yield site.t("history.not-fetched", date=dates.medium(site.history.since, site.t.manner))
