"""The drawings of the numbers game, each with the table that holds its data (rule R7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from sitegen.doctrine.cohorts import Cohort, MonthEnd
from sitegen.doctrine.diary import monday, week_of
from sitegen.doctrine.load import workdays_between
from sitegen.doctrine.stages import LADDER, UNKNOWN
from sitegen.doctrine.weeks import weeks_of
from sitegen.doctrine.workdays import add_days
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.charts import Chart, Data, chart
from sitegen.site.context import Site
from sitegen.site.numbers import Numbers, span, span_text
from sitegen.site.urls import href

STACK = (UNKNOWN, *LADDER)
"""The stages of a column, from its bottom."""
AWAY = ("resting", "dropped")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table beside a drawing."""

    name: Markup
    href: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing with its legend and its data."""

    chart: Chart
    key: tuple[tuple[str, Markup], ...]
    """Style and meaning of each colour."""
    head: tuple[Markup, ...]
    """Of the table's columns after the first."""
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A quarter's numbers."""

    name: Markup
    reached: tuple[int, ...]
    """Approached, and how many came at least to each further stage."""
    away: tuple[int, ...]
    """Now resting, now dropped."""


def style(stage: str) -> str:
    """The class that colours a stage."""
    return f"s-{stage or 'unknown'}"


def stage_name(site: Site, stage: str) -> Markup:
    """A stage's name; of an unwritten one that it is."""
    return site.t(f"stage.{stage}") if stage else site.t("portfolio.unwritten")


def week_chart(site: Site, found: Numbers, rep: str | None, root: str) -> Drawn:
    """Contacts in each of the last weeks, the present one included, against those that its working days ask for."""
    t = site.t
    this = week_of(site.today)
    written = set(weeks_of(found.diary, rep, site.today, site.cfg.weeks)) if rep else set()
    reps = 1 if rep else len(found.reps)
    data, rows, month = [], [], 0
    for number in range(this - site.cfg.weeks + 1, this + 1):
        first = monday(number)
        last = add_days(first, 6)
        contacts = [d for d in found.diary.deeds.get(rep, {}).get(number, ()) if d.contact]
        visits = sum(d.visit for d in contacts)
        goal = workdays_between(found.workdays, first, last) * site.cfg.portfolio.per_day * reps
        label = dates.month_name(last.month, t.manner) if last.month != month else ""
        month = last.month
        name = t("chart.week-name", week=span_text(first, last, site), n=len(contacts), goal=goal)
        parts = (("visits", visits), ("others", len(contacts) - visits))
        data.append(Data(name, label, parts, target=goal))
        url = href(root, week_path(site, rep, number)) if rep and number in written else ""
        rows.append(TableRow(span(first, last, site), url, (len(contacts), visits, goal)))
    title = t("chart.weeks")
    text = t("chart.weeks-text", n=sum(row.cells[0] for row in rows), weeks=site.cfg.weeks)
    return Drawn(
        chart("weeks-chart", title, text, data),
        (
            ("visits", t("chart.visits")),
            ("others", t("chart.others")),
            ("goal", t("chart.goal", n=site.cfg.portfolio.per_day)),
        ),
        (t("chart.contacts"), t("chart.visits"), t("chart.asked")),
        tuple(reversed(rows)),
    )


def week_path(site: Site, rep: str, number: int) -> str:
    """The page of a rep's week."""
    year, week, _ = monday(number).isocalendar()
    return f"weeks/{site.names['week'][rep]}-{year}-W{week:02}.html"


def stage_chart(site: Site, months: Sequence[MonthEnd]) -> Drawn:
    """How many were in which stage at the end of each month."""
    t = site.t
    used = [s for s in STACK if s or any(m.stages.get(s) for m in months)]
    data, rows = [], []
    for one in months:
        cells = tuple([one.stages.get(stage, 0) for stage in used])
        label = dates.month_name(one.month.month, t.manner)
        sub = str(one.month.year) if one.month.month == 1 or one is months[0] else ""
        name = t(
            "chart.month-name",
            month=dates.month(one.month.year, one.month.month, t.manner).striptags(),
            n=sum(cells),
        )
        data.append(Data(name, label, tuple(zip(map(style, used), cells, strict=True)), sub))
        rows.append(TableRow(dates.month(one.month.year, one.month.month, t.manner), "", cells))
    names = [stage_name(site, stage) for stage in used]
    text = t("chart.stages-text", n=len(months))
    return Drawn(
        chart("stages-chart", t("chart.stages"), text, data),
        tuple(zip(map(style, used), names, strict=True)),
        tuple(names),
        tuple(reversed(rows)),
    )


def cohort_chart(site: Site, groups: Sequence[Cohort]) -> Drawn:
    """How far those of each quarter ever came: a column each, oldest first."""
    t = site.t
    data = []
    for group in reversed(groups):
        far = [*group.reached, 0]
        parts = tuple([(style(stage), far[n] - far[n + 1]) for n, stage in enumerate(LADDER)])
        name = t("chart.cohort-name", cohort=cohort_text(site, group), n=group.reached[0])
        label, sub = _labels(site, group)
        data.append(Data(name, label, parts, sub))
    return Drawn(
        chart("cohorts-chart", t("chart.cohorts"), t("chart.cohorts-text"), data),
        tuple([(style(stage), t(f"stage.{stage}")) for stage in LADDER]),
        (),
        (),
    )


def cohort_text(site: Site, group: Cohort) -> str:
    """A quarter as plain text: "Oct–Dec 2026"."""
    if group.quarter is None:
        return str(site.t("portfolio.before-notes").unescape())
    year, number = group.quarter
    first, last = number * 3 - 2, number * 3
    if site.t.lang == "ja":
        text = f"{dates.year_text(year, site.t.manner)}{first}〜{last}月"
    else:
        text = f"{dates.month_name(first, 'en')}–{dates.month_name(last, 'en')} {year}"
    return str(site.t("portfolio.and-older", quarter=text).unescape()) if group.older else text


def cohort_name(site: Site, group: Cohort) -> Markup:
    """The same for a table."""
    return Markup("{}").format(cohort_text(site, group))


def _labels(site: Site, group: Cohort) -> tuple[str, str]:
    if group.quarter is None:
        return str(site.t("chart.unknown").unescape()), ""
    year, number = group.quarter
    if group.older:
        return str(site.t("chart.older").unescape()), ""
    last = number * 3
    name = f"{last - 2}-{last}月" if site.t.lang == "ja" else f"Q{number}"
    return name, dates.short_year(dt.date(year, last, 1), site.t.manner)


def cohort_row(site: Site, group: Cohort) -> CohortRow:
    """A cohort's numbers."""
    away = tuple([group.now.get(stage, 0) for stage in AWAY])
    return CohortRow(cohort_name(site, group), group.reached, away)
