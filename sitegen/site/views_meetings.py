"""The planned meetings of the front page: today's, and those up to the next working day.

The page may be read some days after it was made, so it holds a fortnight: each line knows on which days it
stands, and the reader's day decides.
"""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup

from sitegen.doctrine.facts import Reason
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.briefs import brief_url
from sitegen.site.context import Site
from sitegen.site.kana import name_key
from sitegen.site.readers_day import DAY, standing
from sitegen.site.standing import standing_where
from sitegen.site.why import kind_name

AHEAD = 14
"""Days on which the front page knows the meetings, today included."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A planned meeting."""

    iso: str
    """Its day."""
    stands: Markup
    """Attributes: from the working day before it to its own day."""
    day: Markup
    day_stands: Markup
    """Attributes of the day's name: not on days when the heading says it."""
    name: str
    native: str
    href: str
    rep: str
    time: str
    kind: Markup
    people: tuple[str, ...]
    step: str
    brief_href: str


@dataclass(frozen=True, slots=True)
class NextHeading:
    """ "Tomorrow, Fri 20 Nov" or "Meetings up to Tue 24 Nov", as it is on some days."""

    stands: Markup
    tomorrow: bool
    day: Markup


@dataclass(frozen=True, slots=True)
class Meetings:
    """Both cards of the front page."""

    today: tuple[MeetingLine, ...]
    next: tuple[MeetingLine, ...]
    """Of the next working day and the closed days before it; hidden behind them those of later days."""
    next_shown: bool
    """Whether one of these stands today."""
    headings: tuple[NextHeading, ...]
    known_until: str
    """The last day on which the page is read and still knows them."""
    last: Markup
    """The same day, to be told."""
    unknown: Markup
    """Attributes of the line that says so."""


def meetings(site: Site) -> Meetings:
    """The meetings of a fortnight."""
    last = site.today + (AHEAD - 1) * DAY
    horizon = _open(site, last, 1)
    found = _found(site, site.today, horizon)
    lines = [_line(site, day, client, reason) for day, client, reason in found]
    today = site.today.isoformat()
    return Meetings(
        today=tuple(line for line in lines if line.iso == today),
        next=tuple(line for line in lines if line.iso > today),
        next_shown=any("hidden" not in line.stands for line in lines if line.iso > today),
        headings=tuple(_heading(site, site.today + n * DAY) for n in range(AHEAD)),
        known_until=last.isoformat(),
        last=dates.near(last, site.today, site.t.manner, True),
        unknown=standing(site.today, last + DAY),
    )


def _open(site: Site, day: dt.date, step: int) -> dt.date:
    """The next working day after `day` (step 1), or the one before it (step -1)."""
    for n in range(1, 366):
        if not site.closed(day + n * step * DAY):
            return day + n * step * DAY
    return day + step * DAY


def _found(site: Site, first: dt.date, last: dt.date) -> list[tuple[dt.date, Client, Reason]]:
    days = range(first.toordinal(), last.toordinal() + 1)
    found = [
        (reason.date, client, reason)
        for client in standing_where(site, lambda one: any(day in days for day in one.days_of("meeting")))
        for reason in site.facts[client.key].due.reasons
        if reason.kind == "meeting" and reason.date and first <= reason.date <= last
    ]
    return sorted(found, key=lambda f: (f[0], f[2].time or "~", *name_key(f[1])))


def _heading(site: Site, on: dt.date) -> NextHeading:
    day = _open(site, on, 1)
    return NextHeading(
        stands=standing(site.today, on, on),
        tomorrow=day - on == DAY,
        day=dates.near(day, site.today, site.t.manner, True),
    )


def _line(site: Site, day: dt.date, client: Client, reason: Reason) -> MeetingLine:
    # an open day is "tomorrow" on the day before it, and then the heading says which day it is
    said_until = day - DAY if site.closed(day) else day - 2 * DAY
    return MeetingLine(
        iso=day.isoformat(),
        stands=standing(site.today, _open(site, day, -1), day),
        day=dates.near(day, site.today, site.t.manner, True),
        day_stands=standing(site.today, None, said_until),
        name=client.name,
        native=client.native,
        href=site.url("", "client", client.key),
        rep=site.rep_name(client.owner),
        time=reason.time,
        kind=kind_name(site, reason.text or "meeting"),
        people=reason.people,
        step=site.facts[client.key].next_step,
        brief_href=brief_url(site, "", client, reason),
    )
