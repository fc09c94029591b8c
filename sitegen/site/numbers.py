"""What the pages of the numbers game share, counted once a build (rule R7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.doctrine.cohorts import MonthEnd, stages_by_month
from sitegen.doctrine.diary import Deed, Diary, diary
from sitegen.doctrine.portfolio import Portfolio, portfolio
from sitegen.doctrine.workdays import Workdays
from sitegen.doctrine.written_up import WrittenUp, written_up
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.why import kind_name


@dataclass(frozen=True)
class Numbers:
    """All the counting."""

    diary: Diary
    workdays: Workdays
    portfolios: Mapping[str, Portfolio]
    """By rep; "nobody" has none."""
    months: Mapping[str | None, tuple[MonthEnd, ...]]
    """Stages at the end of each month by rep; None is the team."""
    written: WrittenUp
    """How late entries came into the book, as far as git knows."""


def numbers(site: Site) -> Numbers:
    """Counts everything, as on the site's day."""
    found = diary(site.clients.values(), site.reps.values(), site.today, site.history)
    workdays = Workdays(site.cfg)
    made = {
        key: portfolio(
            key, site.owned.get(key, ()), rep.target, found, site.facts, site.cfg, workdays, site.today
        )
        for key, rep in site.reps.items()
        if key
    }
    months = stages_by_month(site.clients.values(), found, site.today)
    return Numbers(found, workdays, made, months, written_up(found, site.clients.values(), site.history))


@dataclass(frozen=True, slots=True)
class To:
    """A link to a client, or to one of its entries."""

    name: str
    native: str
    stage: str
    href: str


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One entry in a list."""

    day: Markup
    to: To
    kind: Markup
    people: tuple[str, ...]
    reps: tuple[str, ...]
    first: bool


def to_client(site: Site, root: str, client: Client, anchor: str = "") -> To:
    """A link to the client's page, at an entry if one is named."""
    href = site.url(root, "client", client.key, anchor)
    return To(client.name, client.native, client.stage, href)


def to_clients(site: Site, root: str, clients: Iterable[Client]) -> tuple[To, ...]:
    """Links to these clients, at most as many as a list page holds."""
    found = list(clients)[: site.cfg.list_rows]
    return tuple([to_client(site, root, client) for client in found])


def deed_lines(site: Site, root: str, deeds: Sequence[Deed]) -> tuple[DeedLine, ...]:
    """Entries newest first, for pages made for one day."""
    return tuple([_deed_line(site, root, deed) for deed in reversed(deeds)])


def _deed_line(site: Site, root: str, deed: Deed) -> DeedLine:
    return DeedLine(
        day=dates.near(deed.date, site.today, site.t.manner, True),
        to=to_client(site, root, deed.client, deed.anchor),
        kind=kind_name(site, deed.entry.kind if deed.entry else "visit"),
        people=deed.entry.people if deed.entry else (),
        reps=tuple([site.rep_name(rep) for rep in deed.reps]),
        first=deed.first,
    )


def span(first: dt.date, last: dt.date, site: Site) -> Markup:
    """A week's days as `<time>`: "16–22 Nov 2026", "2026年11月16日〜22日"."""
    year, number, _ = first.isocalendar()
    return Markup('<time datetime="{}-W{:02}">{}</time>').format(year, number, span_text(first, last, site))


def span_text(first: dt.date, last: dt.date, site: Site) -> str:
    """The same as plain text."""
    same_year, same_month = first.year == last.year, first.month == last.month
    if site.t.lang == "ja":
        left = dates.plain(first, site.t.manner, weekday=False)
        right = (
            f"{last.day}日"
            if same_month
            else dates.plain(last, site.t.manner, weekday=False, year=not same_year)
        )
        return f"{left}〜{right}"
    right = dates.plain(last, "en", weekday=False)
    if same_month:
        return f"{first.day}–{right}"
    return f"{dates.plain(first, 'en', weekday=False, year=not same_year)} – {right}"
