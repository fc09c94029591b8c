"""What wants care today: thin threads (R10), nothing shared lately (R3), back-offs (R2), not yet qualified (R5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from sitegen.doctrine.care import elder, in_peace, thin_threads, unqualified, unshared
from sitegen.doctrine.threads import Thin
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.rows import Pager
from sitegen.site.urls import href, numbered

FIRST = 15
"""Rows of a list on the page of all four; the rest is on pages of its own."""


@dataclass(frozen=True, slots=True)
class CareRow:
    """One client, why it wants care, and what to do."""

    name: str
    native: str
    href: str
    stage: str
    rep: str
    why: Markup
    do: Markup


@dataclass(frozen=True, slots=True)
class CareList:
    """One of the lists before it is written out."""

    key: str
    """`threads`, `shared`, `peace` or `qualify`."""
    rule: str
    clients: tuple[Client, ...]
    row: Callable[[Client], CareRow]

    @property
    def base(self) -> str:
        """Where its own pages are, without ending."""
        return f"care-{self.key}"


@dataclass(frozen=True, slots=True)
class CareSection:
    """One of the lists on a page."""

    key: str
    rule: str
    total: int
    rows: tuple[CareRow, ...]
    all_href: str
    """To the pages with all of them; empty where all are shown."""


@dataclass(frozen=True, slots=True)
class CareView:
    """The page of all lists, or a page of one of them."""

    sections: tuple[CareSection, ...]
    pager: Pager | None
    """None on the page of all."""


def care_lists(site: Site) -> tuple[CareList, ...]:
    """All lists, the weightiest first."""
    clients, facts = tuple(site.clients.values()), site.facts
    thin = thin_threads(clients, facts, site.cfg, site.today)
    reasons = {client.key: found for client, found in thin}
    return (
        CareList("threads", "r10", tuple(c for c, _ in thin), lambda c: _thin_row(site, c, reasons[c.key])),
        CareList(
            "shared", "r3", tuple(unshared(clients, facts, site.cfg, site.today)), partial(_shared_row, site)
        ),
        CareList("peace", "r2", tuple(in_peace(clients, facts, site.today)), partial(_peace_row, site)),
        CareList("qualify", "r5", tuple(unqualified(clients, facts)), partial(_qualify_row, site)),
    )


def care_pages(site: Site) -> Iterator[tuple[str, Callable[[], CareView]]]:
    """The pages of each list that is longer than is shown at once, then the page of all lists."""
    lists = care_lists(site)
    for one in lists:
        if len(one.clients) > FIRST:
            yield from _pages(site, one)
    yield "care.html", partial(care_view, lists)


def care_view(lists: Sequence[CareList]) -> CareView:
    """The first of each list."""
    return CareView(tuple(_section(one, one.clients[:FIRST]) for one in lists), None)


def _pages(site: Site, one: CareList) -> Iterator[tuple[str, Callable[[], CareView]]]:
    size = max(1, site.cfg.list_rows)
    count = -(-len(one.clients) // size)
    hrefs = tuple(href("", numbered(one.base, n + 1)) for n in range(count))
    for n in range(count):
        some = one.clients[n * size : (n + 1) * size]
        yield hrefs[n], partial(_list_view, one, some, Pager(n + 1, hrefs, len(one.clients)))


def _list_view(one: CareList, some: Sequence[Client], pager: Pager) -> CareView:
    return CareView((_section(one, some),), pager)


def _section(one: CareList, shown: Sequence[Client]) -> CareSection:
    more = href("", numbered(one.base, 1)) if len(one.clients) > FIRST else ""
    rows = tuple(one.row(client) for client in shown)
    return CareSection(one.key, one.rule, len(one.clients), rows, more)


def _row(site: Site, client: Client, why: Markup, do: Markup) -> CareRow:
    return CareRow(
        client.name,
        client.native,
        site.url("", "client", client.key),
        client.stage,
        site.rep_name(client.owner),
        why,
        do,
    )


def _thin_row(site: Site, client: Client, reasons: tuple[Thin, ...]) -> CareRow:
    value = site.t("fact.yen", value=client.value or 0)
    told = site.t("why.joint").join(thin_why(site, reason) for reason in reasons)
    first = reasons[0]
    planned = _planned(site, client, {reason.name for reason in reasons if reason.name})
    if planned:
        do = site.t("care.do-planned", date=dates.near(planned, site.today, site.t.manner, True))
    else:
        do = site.t(f"care.do-{first.kind}", name=first.name)
    return _row(site, client, site.t("care.value", value=value, why=told), do)


def thin_why(site: Site, reason: Thin) -> Markup:
    """Why a thread is thin, in a few words."""
    met = dates.near(reason.met, site.today, site.t.manner) if reason.met else ""
    return site.t(f"care.{reason.kind}", name=reason.name, date=met)


def _planned(site: Site, client: Client, names: set[str]) -> dt.date | None:
    """The day of a meeting to come with one of them: then somebody has seen to it already."""
    for reason in site.facts[client.key].due.reasons:
        ahead = reason.kind == "meeting" and reason.date and reason.date >= site.today
        if ahead and not names.isdisjoint(reason.people):
            return reason.date
    return None


def _shared_row(site: Site, client: Client) -> CareRow:
    facts = site.facts[client.key]
    last = facts.shared[0] if facts.shared else None
    day = last.date if last else facts.first_contact
    date = dates.near(day, site.today, site.t.manner) if day else ""
    person = elder(client, site.today)
    do = site.t("care.do-share-with", name=person.name) if person else site.t("care.do-share")
    return _row(site, client, site.t("care.last-shared" if last else "care.never-shared", date=date), do)


def _peace_row(site: Site, client: Client) -> CareRow:
    until = site.facts[client.key].due.backoff_until
    date = dates.near(until, site.today, site.t.manner, True) if until else ""
    why = site.t("care.unanswered", n=site.cfg.backoff.unanswered)
    return _row(site, client, why, site.t("care.do-peace", date=date))


def _qualify_row(site: Site, client: Client) -> CareRow:
    size = site.t.or_plain(f"size.{client.size}", client.size) if client.size else site.t("care.size-unknown")
    backers = site.t("list.joint").join(escape(backer.name) for backer in client.backers)
    why = site.t("care.backers-small", size=size, backers=backers) if client.backers else size
    return _row(site, client, why, site.t("care.do-qualify"))
