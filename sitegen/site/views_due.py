"""The due list of a rep: whom to see today, and why (rule R8). Also arranged by area, for a round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site.context import Site
from sitegen.site.readers_day import DAY, closed_ahead, standing, tally
from sitegen.site.rows import (
    GROUPS,
    ROOT,
    Group,
    Jump,
    Pager,
    group_of,
    paged,
    where_headings,
)
from sitegen.site.standing import standings
from sitegen.site.urls import href, numbered
from sitegen.site.views_lists import stage_href
from sitegen.text import bare

URGENT = ("overdue", "today", "at-once")


@dataclass(frozen=True, slots=True)
class NeverDue:
    """Clients that are never due, by stage."""

    stage: str
    n: int
    href: str


@dataclass(frozen=True, slots=True)
class DueView:
    """One page of a rep's due list."""

    rep: str
    rep_href: str
    by_area: bool
    by_date_href: str
    by_area_href: str
    groups: tuple[Group, ...]
    jumps: tuple[Jump, ...]
    pager: Pager
    now: int
    """Overdue, today and never contacted, on all pages."""
    never: tuple[NeverDue, ...]
    closed: tuple[tuple[Markup, Markup, Markup], ...]
    """Closed days ahead that are no weekend: day, name, attributes that say until when to tell it."""
    tally: str
    """Counts by date of the whole list, for a reader on another day."""
    calm: Markup
    """Attributes of "nobody is waiting": until when that stays true. Empty where somebody is waiting."""


@dataclass(frozen=True, slots=True)
class DueList:
    """A rep's due clients, cut into pages; the pages are rendered one by one from it."""

    base: str
    """Path of the first page without its ending."""
    pages: tuple[tuple[tuple[str, tuple[Client, ...]], ...], ...]
    totals: Mapping[str, int]
    headings: tuple[str, ...]
    """All headings in order."""


def due_lists(site: Site, rep: str) -> tuple[DueList, DueList]:
    """The due list of a rep by date and by area."""
    return site.once(f"due lists of {rep}", lambda: _due_lists(site, rep))


def due_base(site: Site, rep: str) -> str:
    """With what the paths of a rep's due lists begin."""
    return f"due/{site.names['due'][rep]}"


def _due_lists(site: Site, rep: str) -> tuple[DueList, DueList]:
    base = due_base(site, rep)
    known = standings(site)
    due = [(group, c) for c in site.owned.get(rep, ()) if (group := group_of(known[c.key], site.today))]
    due.sort(key=lambda found: (GROUPS.index(found[0]), *known[found[1].key].by_due))
    by_date = _cut(site, base, due, GROUPS)
    urgent: dict[str, int] = {}
    for group, client in due:
        area = known[client.key].area
        urgent[area] = urgent.get(area, 0) + (group in URGENT)
    areas = tuple(sorted(urgent, key=lambda area: (not area, -urgent[area], bare(area), area)))
    place = {area: number for number, area in enumerate(areas)}
    rounds = sorted(((known[c.key].area, c) for _, c in due), key=lambda found: place[found[0]])
    return by_date, _cut(site, f"{base}-areas", rounds, areas)


def _cut(site: Site, base: str, due: Sequence[tuple[str, Client]], headings: Sequence[str]) -> DueList:
    totals: dict[str, int] = dict.fromkeys(headings, 0)
    for heading, _ in due:
        totals[heading] += 1
    pages = tuple(
        tuple((heading, tuple(rows)) for heading, rows in page) for page in paged(due, site.cfg.list_rows)
    )
    return DueList(base, pages, totals, tuple(headings))


def due_view(
    site: Site,
    rep: str,
    number: int,
    rows: Mapping[str, Markup],
    by_area: bool,
) -> DueView:
    """Page `number` (from 0) of a rep's due list. `rows` holds the rendered rows by client."""
    lists = due_lists(site, rep)
    shown = lists[1] if by_area else lists[0]
    starts = where_headings(shown.pages)
    ids = {h: (f"area-{n}" if by_area else h) for n, h in enumerate(shown.headings, 1)}
    page = dict(shown.pages[number])
    # by date every heading stands on the page, also an empty one: on a later day the script moves rows there
    on_page = shown.headings if not by_area else tuple(page)
    groups = tuple(
        Group(
            id=ids[h],
            heading=_heading(site, h, by_area),
            rows=tuple(rows[c.key] for c in page.get(h, ())),
            total=shown.totals[h],
            continued=starts.get(h, number) < number,
        )
        for h in on_page
    )
    return DueView(
        rep=site.rep_name(rep),
        rep_href=site.url(ROOT, "rep", rep),
        by_area=by_area,
        by_date_href=href(ROOT, numbered(lists[0].base, 1)),
        by_area_href=href(ROOT, numbered(lists[1].base, 1)),
        groups=groups,
        jumps=tuple(_jumps(site, shown, starts, ids, number, by_area)),
        pager=pager(shown.base, number, len(shown.pages), sum(shown.totals.values())),
        now=sum(lists[0].totals[group] for group in URGENT),
        never=tuple(_never(site, rep)),
        closed=tuple(closed_ahead(site)),
        tally=tally(site, site.owned.get(rep, ())),
        calm=_calm(site, rep),
    )


def _calm(site: Site, rep: str) -> Markup:
    known = standings(site)
    first = min((day for c in site.owned.get(rep, ()) if (day := known[c.key].day)), default=0)
    return standing(site.today, None, dt.date.fromordinal(first) - DAY if first else None)


def pager(base: str, number: int, pages: int, total: int) -> Pager:
    """The numbered pages of a list that starts at `base`; `number` from 0."""
    return Pager(number + 1, tuple(href(ROOT, numbered(base, n + 1)) for n in range(pages)), total)


def _heading(site: Site, heading: str, by_area: bool) -> Markup:
    if not by_area:
        return site.t(f"due.{heading}")
    return escape(heading) if heading else site.t("due.no-area")


def _jumps(
    site: Site, shown: DueList, starts: Mapping[str, int], ids: Mapping[str, str], number: int, by_area: bool
) -> Iterator[Jump]:
    for heading in shown.headings:
        start = starts.get(heading)
        url = f"#{ids[heading]}"  # an empty heading stands on every page, hidden
        if start is not None and start != number:
            url = href(ROOT, numbered(shown.base, start + 1)) + url
        yield Jump(_heading(site, heading, by_area), url, shown.totals[heading])


def _never(site: Site, rep: str) -> Iterator[NeverDue]:
    stages: dict[str, int] = {}
    known = standings(site)
    for client in site.owned.get(rep, ()):
        if (one := known[client.key]).never:
            stages[one.stage] = stages.get(one.stage, 0) + 1
    for stage, count in sorted(stages.items()):
        yield NeverDue(stage, count, stage_href(site, ROOT, stage))
