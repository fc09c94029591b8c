"""The portfolio of a rep and of the team: how the numbers game stands today (rule R7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from sitegen.doctrine.cadence import stage_days
from sitegen.doctrine.cohorts import Cohort, cohorts
from sitegen.doctrine.portfolio import Pace, Portfolio
from sitegen.doctrine.stages import LADDER
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import DeedLine, Numbers, deed_lines
from sitegen.site.portfolio_charts import CohortRow, Drawn, cohort_chart, cohort_row, stage_chart, week_chart
from sitegen.site.portfolio_parts import PathPart, piece
from sitegen.site.urls import href, numbered
from sitegen.site.views_moved import MovedView, moved_view

ROOT = "../"
CLOSEST = ("probable", "possible", "wtt", "won", "approach")


@dataclass(frozen=True, slots=True)
class Meter:
    """A bar under a figure."""

    share: int
    """Percent."""
    style: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its goal, and where it opens to."""

    id: str
    label: Markup
    n: int
    of: Markup
    text: Markup
    href: str
    meter: Meter | None


@dataclass(frozen=True, slots=True)
class StageLoad:
    """What one stage's cadence asks for next month."""

    stage: str
    days: int
    clients: int
    contacts: int
    opened: tuple[tuple[Markup, int], ...]
    """Links to its clients."""


@dataclass(frozen=True, slots=True)
class CohortView:
    """A quarter with those who were approached in it."""

    row: CohortRow
    opened: tuple[Markup, ...]
    """Clients with their ways, rendered by `portfolio-path.html`."""
    more: int
    """Clients beyond those listed."""


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """A rep's page."""

    name: str
    rep_href: str
    due_href: str
    weeks_href: str
    list_href: str
    phase: Markup
    tiles: tuple[Tile, ...]
    band_why: Markup
    pace: Markup
    contacts: tuple[DeedLine, ...]
    approaches: tuple[DeedLine, ...]
    maturing: tuple[tuple[str, tuple[Markup, ...], int, str], ...]
    """Stage, clients, how many in all, link to its heading in the rep's list."""
    load: tuple[StageLoad, ...]
    load_n: int
    load_room: int
    load_days: int
    load_month: Markup
    winnow: tuple[Markup, ...]
    """Rendered by `portfolio-old.html`, like `slow`."""
    winnow_n: int
    winnow_months: int
    slow: tuple[Markup, ...]
    slow_n: int
    weeks: Drawn
    stages: Drawn
    cohort_chart: Drawn
    cohorts: tuple[CohortView, ...]
    month: Markup
    moved: MovedView | None


def portfolio_view(
    site: Site, found: Numbers, rep: str, part: PathPart, theirs: Sequence[Client]
) -> PortfolioView:
    """One rep's figures, each with the entries or clients behind it. `theirs`: clients in which they have a part."""
    t, one = site.t, found.portfolio(rep)
    owned = site.owned.get(rep, ())
    groups = cohorts(owned, found.diary, site.today)
    cap = site.cfg.list_rows
    return PortfolioView(
        name=site.rep_name(rep),
        rep_href=site.url(ROOT, "rep", rep),
        due_href=href(ROOT, numbered(f"due/{site.names['due'][rep]}", 1)),
        weeks_href=site.url(ROOT, "week", rep),
        list_href=href(ROOT, numbered(f"lists/rep-{site.names['rep'][rep]}", 1)),
        phase=phase_text(site, one),
        tiles=tuple(_tiles(site, one)),
        band_why=t(
            f"portfolio.band-{one.band.source}",
            low=one.band.low, high=one.band.high, n=one.band.attractive, of=one.band.of,
        ),
        pace=pace_text(site, one.pace),
        contacts=deed_lines(site, ROOT, one.contacts),
        approaches=deed_lines(site, ROOT, one.approaches),
        maturing=tuple(_maturing(site, rep, one, part)),
        load=tuple(_load(site, one, part)),
        load_n=one.load.contacts,
        load_room=one.load.room,
        load_days=one.load.workdays,
        load_month=dates.month(one.load.month.year, one.load.month.month, t.manner),
        winnow=tuple([piece(site, part, client, 2) for client in one.winnow[:cap]]),
        winnow_n=len(one.winnow),
        winnow_months=site.cfg.portfolio.winnow_months,
        slow=tuple([piece(site, part, client, 2) for client in one.slow[:cap]]),
        slow_n=len(one.slow),
        weeks=week_chart(site, found, rep, ROOT),
        stages=stage_chart(site, found.months(rep, theirs)),
        cohort_chart=cohort_chart(site, groups),
        cohorts=tuple([_cohort(site, group, part) for group in groups]),
        month=dates.month(site.today.year, site.today.month, t.manner),
        moved=moved_view(site, found, rep, ROOT),
    )  # fmt: skip


def phase_text(site: Site, one: Portfolio) -> Markup:
    """Building, keeping or too many: what it means for tomorrow."""
    return site.t(
        f"portfolio.{one.phase}",
        n=len(one.maturing), low=one.band.low, high=one.band.high,
        missing=max(0, one.band.low - len(one.maturing)), goal=site.cfg.portfolio.approaches,
    )  # fmt: skip


def pace_text(site: Site, pace: Pace) -> Markup:
    """What the rest of the month asks for, with its arithmetic."""
    if not pace.missing:
        return site.t("portfolio.pace-done", low=pace.low)
    if not pace.left:
        return site.t("portfolio.pace-over", n=pace.missing, low=pace.low)
    key = "portfolio.pace" if pace.needed <= pace.usual else "portfolio.pace-more"
    return site.t(
        key, n=pace.left, missing=pace.missing, low=pace.low, needed=pace.needed, usual=pace.usual
    )  # fmt: skip


def _tiles(site: Site, one: Portfolio) -> Iterator[Tile]:
    t, rules, pace, band = site.t, site.cfg.portfolio, one.pace, one.band
    told = "left-none" if not pace.left else "needed-none" if not pace.missing else "needed"
    yield Tile(
        "contacts", t("portfolio.contacts"), pace.made, t("portfolio.of-range", low=pace.low, high=pace.high),
        t(f"portfolio.{told}", n=pace.needed), "#contacts", _meter(pace.made, pace.low),
    )  # fmt: skip
    building = one.phase == "building"
    yield Tile(
        "approaches", t("portfolio.approaches"), len(one.approaches),
        t("portfolio.of", n=rules.approaches) if building else t("portfolio.few"),
        t("portfolio.while-building") if building else Markup(""), "#approaches",
        _meter(len(one.approaches), rules.approaches) if building else None,
    )  # fmt: skip
    yield Tile(
        "maturing", t("portfolio.maturing"), len(one.maturing),
        t("portfolio.of-range", low=band.low, high=band.high),
        t(f"portfolio.short-{one.phase}", n=max(0, band.low - len(one.maturing))), "#maturing",
        _meter(len(one.maturing), band.low),
    )  # fmt: skip
    load = one.load
    yield Tile(
        "load", t("portfolio.load"), load.contacts, t("portfolio.room", n=load.room),
        t("portfolio.load-over" if load.contacts > load.room else "portfolio.load-fits"), "#load",
        _meter(load.contacts, load.room, over=True),
    )  # fmt: skip
    yield Tile(
        "winnow", t("portfolio.winnow"), len(one.winnow),
        t("portfolio.winnow-short", n=rules.winnow_months), Markup(""), "#winnow", None,
    )  # fmt: skip
    yield Tile(
        "slow", t("portfolio.slow"), len(one.slow),
        t("portfolio.slow-short", n=rules.business_years), Markup(""), "#slow", None,
    )  # fmt: skip


def _meter(n: int, goal: int, *, over: bool = False) -> Meter:
    style = "over" if over and n > goal else "full" if n >= goal and not over else "part-way"
    return Meter(min(100, n * 100 // goal) if goal else 100, style)


def _maturing(
    site: Site, rep: str, one: Portfolio, part: PathPart
) -> Iterator[tuple[str, tuple[Markup, ...], int, str]]:
    base = href(ROOT, numbered(f"lists/rep-{site.names['rep'][rep]}", 1))
    for stage in reversed(LADDER[1:-1]):
        clients = [client for client in one.maturing if client.stage == stage]
        shown = clients[: site.cfg.list_rows]
        yield stage, tuple([piece(site, part, c, 0) for c in shown]), len(clients), base


def _load(site: Site, one: Portfolio, part: PathPart) -> Iterator[StageLoad]:
    for stage, (clients, contacts) in sorted(one.load.by_stage().items(), key=_closest):
        found = [(client, n) for client, n in one.load.clients if client.stage == stage]
        opened = tuple([(piece(site, part, client, 0), n) for client, n in found[: site.cfg.list_rows]])
        yield StageLoad(stage, stage_days(found[0][0], site.cfg) or 0, clients, contacts, opened)


def _closest(row: tuple[str, tuple[int, int]]) -> int:
    return CLOSEST.index(row[0]) if row[0] in CLOSEST else len(CLOSEST)


def _cohort(site: Site, group: Cohort, part: PathPart) -> CohortView:
    listed = group.clients[: site.cfg.list_rows]
    opened = tuple([piece(site, part, client, 1) for client in listed])
    return CohortView(cohort_row(site, group), opened, len(group.clients) - len(listed))
