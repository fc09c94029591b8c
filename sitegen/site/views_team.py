"""The team's portfolio: every rep's figures in one table, and the team's drawings (rule R7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from sitegen.doctrine.cohorts import cohorts
from sitegen.doctrine.diary import Deed
from sitegen.doctrine.portfolio import Counted
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import Numbers
from sitegen.site.portfolio_charts import (
    CohortRow,
    Drawn,
    cohort_chart,
    cohort_row,
    stage_chart,
    week_chart,
)
from sitegen.site.views_moved import MovedView, moved_view


@dataclass(frozen=True, slots=True)
class RepRow:
    """A rep in the team's table."""

    name: str
    native: str
    href: str
    phase: str
    maturing: int
    band: tuple[int, int]
    contacts: int
    needed: int
    approaches: int
    load: int
    room: int
    winnow: int
    slow: int


@dataclass(frozen=True, slots=True)
class TeamView:
    """The team's page."""

    month: Markup
    next_month: Markup
    low: int
    high: int
    rows: tuple[RepRow, ...]
    total: RepRow | None
    weeks: Drawn
    stages: Drawn
    cohort_chart: Drawn
    cohorts: tuple[CohortRow, ...]
    moved: MovedView | None


def team_view(site: Site, found: Numbers, counts: Mapping[str, Counted]) -> TeamView:
    """The figures of all reps (`counts`), and of the team as a whole."""
    today, t = site.today, site.t
    groups = cohorts(site.clients.values(), found.diary, today)
    rows = tuple([_rep_row(site, rep, one) for rep, one in counts.items()])
    done = found.diary.contacts_since(today.replace(day=1))
    then = next(iter(counts.values())).next_month if counts else today
    low, high = site.cfg.portfolio.contacts
    return TeamView(
        month=dates.month(today.year, today.month, t.manner),
        next_month=dates.month(then.year, then.month, t.manner),
        low=low,
        high=high,
        rows=rows,
        total=_total(site, rows, done),
        weeks=week_chart(site, found, None, ""),
        stages=stage_chart(site, found.months(None, site.clients.values())),
        cohort_chart=cohort_chart(site, groups),
        cohorts=tuple([cohort_row(site, group) for group in groups]),
        moved=moved_view(site, found, None, ""),
    )


def _rep_row(site: Site, rep: str, one: Counted) -> RepRow:
    return RepRow(
        name=site.rep_name(rep),
        native=site.reps[rep].native,
        href=site.url("", "portfolio", rep),
        phase=one.phase,
        maturing=one.maturing,
        band=(one.band.low, one.band.high),
        contacts=one.contacts,
        needed=one.pace.needed,
        approaches=one.approaches,
        load=one.load,
        room=one.room,
        winnow=one.winnow,
        slow=one.slow,
    )


def _total(site: Site, rows: Sequence[RepRow], done: Sequence[Deed]) -> RepRow | None:
    """The team's line; joint visits are counted once, so the contacts may be fewer than the sum."""
    if len(rows) < 2:
        return None
    return RepRow(
        name=str(site.t("portfolio.team")), native="", href="", phase="",
        maturing=sum(r.maturing for r in rows),
        band=(sum(r.band[0] for r in rows), sum(r.band[1] for r in rows)),
        contacts=len(done),
        needed=0,
        approaches=sum(d.first for d in done),
        load=sum(r.load for r in rows),
        room=sum(r.room for r in rows),
        winnow=sum(r.winnow for r in rows),
        slow=sum(r.slow for r in rows),
    )  # fmt: skip
