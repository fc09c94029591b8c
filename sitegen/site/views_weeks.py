"""The index of a rep's weeks, and the manager's Monday: all reps' last week side by side (週報)."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from sitegen.doctrine.diary import monday
from sitegen.doctrine.weeks import Call, Week, calls, sums, week
from sitegen.doctrine.workdays import add_days
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import To, span, to_client
from sitegen.site.portfolio_charts import week_path
from sitegen.site.readers_day import standing
from sitegen.site.urls import href, numbered
from sitegen.site.views_moved import WrittenView
from sitegen.site.views_week import week_written
from sitegen.site.weeks import (
    REFUSED,
    Figures,
    MoveLine,
    SaidLine,
    Weeks,
    figures,
    move_lines,
    said_lines,
    week_name,
)

ROOT = "../"


@dataclass(frozen=True, slots=True)
class CallLine:
    """Something that wants the manager."""

    kind: str
    to: To | None
    text: Markup


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A week in a rep's index."""

    number: Markup
    span: Markup
    href: str
    figures: Figures
    running: bool


@dataclass(frozen=True, slots=True)
class IndexView:
    """The weeks of a rep."""

    name: str
    rep_href: str
    portfolio_href: str
    due_href: str
    all_href: str
    rows: tuple[IndexRow, ...]
    most: int


@dataclass(frozen=True, slots=True)
class RepWeek:
    """A rep in the manager's Monday."""

    id: str
    name: str
    native: str
    href: str
    """The week's page; empty where nothing was done."""
    index_href: str
    now_href: str
    """The page of the present week; empty where it holds nothing yet."""
    figures: Figures
    calls: tuple[CallLine, ...]
    moved: tuple[MoveLine, ...]
    refused: tuple[SaidLine, ...]
    first: tuple[To, ...]
    written: WrittenView | None


@dataclass(frozen=True, slots=True)
class MondayView:
    """The last finished week of all reps."""

    number: Markup
    span: Markup
    reps: tuple[RepWeek, ...]
    per_day: int
    newer: Markup
    """Attributes of the line that another week has ended since the page was made."""


def index_view(found: Weeks, rep: str) -> IndexView:
    """The weeks of a rep that have something, newest first."""
    site = found.site
    return IndexView(
        name=site.rep_name(rep),
        rep_href=site.url(ROOT, "rep", rep),
        portfolio_href=site.url(ROOT, "portfolio", rep),
        due_href=href(ROOT, numbered(f"due/{site.names['due'][rep]}", 1)),
        all_href=href(ROOT, "weeks.html"),
        rows=tuple([_index_row(found, rep, number) for number in found.written[rep]]),
        most=site.cfg.weeks,
    )


def _index_row(found: Weeks, rep: str, number: int) -> IndexRow:
    site = found.site
    one = sums(found.numbers.diary, rep, number, found.numbers.workdays)
    return IndexRow(
        number=week_name(site, one.first),
        span=span(one.first, one.last, site),
        href=href(ROOT, week_path(site, rep, number)),
        figures=figures(site, one),
        running=one.last >= site.this_day,
    )


def monday_view(site: Site, reps: Iterable[RepWeek]) -> MondayView:
    """All reps' last finished week side by side."""
    number = site.this_week - 1
    first = monday(number)
    return MondayView(
        number=week_name(site, first),
        span=span(first, add_days(first, 6), site),
        reps=tuple(reps),
        per_day=site.cfg.portfolio.per_day,
        newer=standing(site.today, monday(number + 2)),
    )


def last_week(found: Weeks, rep: str) -> RepWeek:
    """A rep's last finished week."""
    site, diary, written = found.site, found.numbers.diary, found.written[rep]
    number = site.this_week - 1
    one = week(diary, rep, number, found.meetings[rep], found.numbers.workdays, None)
    wanted = calls(one, site.owned.get(rep, ()), diary, site.cfg, found.numbers.workdays, site.this_day)
    return RepWeek(
        id=f"rep-{list(found.written).index(rep) + 1}",
        name=site.rep_name(rep),
        native=site.reps[rep].native,
        href=href("", week_path(site, rep, number)) if number in written else "",
        index_href=site.url("", "week", rep),
        now_href=href("", week_path(site, rep, number + 1)) if number + 1 in written else "",
        figures=figures(site, one.sums),
        calls=tuple([_call(site, one, call) for call in wanted]),
        moved=tuple(move_lines(site, "", one.moved)),
        refused=tuple(said_lines(site, "", one.said(*REFUSED))),
        first=tuple([to_client(site, "", deed.client, deed.anchor) for deed in one.first_contacts]),
        written=week_written(found, rep, number, ""),
    )


def _call(site: Site, one: Week, call: Call) -> CallLine:
    t = site.t
    to = to_client(site, "", call.client, call.anchor) if call.client else None
    if call.kind == "down":
        return CallLine("down", to, t("week.call-down", stage=t.or_plain(f"stage.{call.text}", call.text)))
    if call.kind == "few":
        goal = one.sums.workdays * site.cfg.portfolio.per_day
        return CallLine("few", to, t("week.call-few", n=one.sums.contacts, goal=goal))
    day = dates.near(call.date, one.first, t.manner) if call.date else t("list.never")
    return CallLine(call.kind, to, t(f"week.call-{call.kind}", text=call.text, date=day))
