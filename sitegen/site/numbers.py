"""What the pages of the numbers game share, counted once a build (rule R7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from markupsafe import Markup

from sitegen.doctrine.cohorts import MonthEnd, stages_by_month
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.diary import Deed, Diary, monday, together, week_of
from sitegen.doctrine.log import (
    NEWEST,
    Log,
    Noted,
    Notes,
    Owed,
    Past,
    log_of,
    newest_of,
    notes_of,
    past_of,
)  # fmt: skip
from sitegen.doctrine.portfolio import Portfolio, portfolio
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Part, Site
from sitegen.site.rep_names import keys_by_name
from sitegen.site.shown import Shown
from sitegen.site.standing import standings
from sitegen.site.why import kind_name


def _log(site: Site, client: Client) -> Log:
    return log_of(client, site.this_day, site.history, _names(site, client), site.cfg.weeks)


def past_now(site: Site, client: Client) -> Past:
    """A client's way so far, for parts: no part is made from another."""
    return past_of(client, contacts(client, site.this_day), site.history, _names(site, client))


def _names(site: Site, client: Client) -> Mapping[str, str]:
    return keys_by_name(site) if any(entry.by for entry in client.entries) else {}


LOG = Part("log-2", _log, Log)
"""What counting needs of a client."""
NOTES = Part("notes-1", lambda _, client: notes_of(client), Notes, kept=False)
"""What its entries say, in few words."""
NEWS = Part("news-1", lambda _, client: newest_of(client), tuple[Noted, ...])
"""The same of its newest entries."""


@dataclass(frozen=True)
class _Words:
    """What entries say, looked up in what clients give."""

    site: Site

    def entry(self, client: str, place: int) -> Noted:
        if place < NEWEST:
            return self.site.part(NEWS, client)[place]
        return self.site.part(NOTES, client).entries[place]

    def promise(self, client: str, place: int) -> Owed:
        return self.site.part(NOTES, client).promises[place]


@dataclass(frozen=True)
class Numbers:
    """All the counting, once for all pages, so that no page's trace hears of it; made when it is first asked for."""

    site: Site

    @cached_property
    def logs(self) -> Mapping[str, Log]:
        """What counting needs of each client."""
        with self.site.trace.deaf():
            return dict(self.site.parts(LOG))

    @cached_property
    def diary(self) -> Diary:
        """The weeks that pages tell of, and of each client its way so far."""
        site, today = self.site, self.site.day
        with site.trace.deaf():
            logs = [(site.clients[key], log) for key, log in self.logs.items()]
        since = min(today.replace(day=1), monday(week_of(today) - max(2, site.cfg.weeks) + 1))
        return together(logs, _Words(site), since, site.cfg.weeks)

    @cached_property
    def workdays(self) -> Workdays:
        """The calendar."""
        return Workdays(self.site.cfg)

    @cached_property
    def reps(self) -> tuple[str, ...]:
        """Who has a portfolio: all but "nobody"."""
        with self.site.trace.deaf():
            return tuple([key for key in self.site.reps if key])

    def portfolio(self, key: str) -> Portfolio:
        """A rep's figures."""
        if key not in self._portfolios:
            site = self.site
            with site.trace.deaf():
                owned, target = site.owned.get(key, ()), site.reps[key].target
                stand = standings(site)
                self._portfolios[key] = portfolio(
                    key, owned, target, self.diary, lambda client: stand[client.key].reasons, site.cfg,
                    self.workdays, site.day,
                )  # fmt: skip
        return self._portfolios[key]

    @cached_property
    def _portfolios(self) -> dict[str, Portfolio]:
        return {}

    def months(self, rep: str | None, clients: Iterable[Client]) -> tuple[MonthEnd, ...]:
        """Stages at the end of each month, of a rep or (None) the team, among these clients."""
        with self.site.trace.deaf():
            return stages_by_month(clients, self.diary, self.site.day).get(rep, ())


class To(Shown, frozen=True):
    """A link to a client, or to one of its entries."""

    name: str
    native: str
    stage: str
    href: str


class DeedLine(Shown, frozen=True):
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
    entry = deed.entry
    return DeedLine(
        day=dates.near(deed.date, site.today, site.t.manner, True),
        to=to_client(site, root, deed.client, entry.anchor if entry else ""),
        kind=kind_name(site, entry.kind if entry else "visit"),
        people=entry.people if entry else (),
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
