"""What wants care today: thin threads (R10), nothing shared lately (R3), back-offs (R2), not yet qualified (R5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from markupsafe import Markup, escape

from sitegen.doctrine.care import Cared, cared, in_peace, thin_threads, unqualified, unshared
from sitegen.doctrine.threads import Thin, thin
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Part, Shared, Site
from sitegen.site.parts import Pieces
from sitegen.site.rows import HOLE, Pager
from sitegen.site.urls import href, numbered

Told = tuple[Markup, Markup]
"""Why, and what to do."""
Frame = Part[tuple[str, ...]]
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
    tell: Callable[[Site, Client], Told]

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
    rows: tuple[Markup, ...]
    all_href: str
    """To the pages with all of them; empty where all are shown."""


@dataclass(frozen=True, slots=True)
class CareView:
    """The page of all lists, or a page of one of them."""

    sections: tuple[CareSection, ...]
    pager: Pager | None
    """None on the page of all."""


CARED = Part("cared-3", lambda site, client: cared(client, site.facts[client.key], site.this_day), Cared)
"""What the lists want to know of a client."""


def _on_lists(site: Site) -> dict[str, tuple[str, ...]]:
    known, cfg, today = [one for _, one in site.parts(CARED)], site.cfg, site.today
    return {
        "threads": tuple([one.key for one, _ in thin_threads(known, cfg, today)]),
        "shared": tuple(unshared(known, cfg, today)),
        "peace": tuple(in_peace(known, today)),
        "qualify": tuple(unqualified(known)),
    }


ON_LISTS = Shared("care-lists-2", _on_lists, tuple[str, ...])
"""By a list's key the clients on it, as on the day of the site."""


def care_frame(pieces: Pieces) -> Frame:
    """What a client gives to its rows of all these lists: they differ in why and what to do."""
    render = pieces("care-row.html")
    return Part("care-frame-2", lambda site, client: _frame(site, client, render), tuple[str, ...])


def care_pages(site: Site, frame: Frame) -> Iterator[tuple[str, Callable[[], CareView]]]:
    """The pages of each list that is longer than is shown at once, then the page of all lists."""
    for one in LISTS:
        count = len(site.shared(ON_LISTS)[one.key])
        if count > FIRST:
            for number in range(-(-count // max(1, site.cfg.list_rows))):
                yield numbered(one.base, number + 1), partial(list_view, site, frame, one, number)
    yield "care.html", partial(care_view, site, frame)


def care_view(site: Site, frame: Frame) -> CareView:
    """The first of each list."""
    return CareView(tuple(_section(site, frame, one, 0, FIRST) for one in LISTS), None)


def list_view(site: Site, frame: Frame, one: CareList, number: int) -> CareView:
    """Page `number` (from 0) of a list."""
    size, total = max(1, site.cfg.list_rows), len(site.shared(ON_LISTS)[one.key])
    hrefs = tuple(href("", numbered(one.base, n + 1)) for n in range(-(-total // size)))
    shown = _section(site, frame, one, number * size, (number + 1) * size)
    return CareView((shown,), Pager(number + 1, hrefs, total))


def _section(site: Site, frame: Frame, one: CareList, first: int, last: int) -> CareSection:
    keys = site.shared(ON_LISTS)[one.key]
    more = href("", numbered(one.base, 1)) if len(keys) > FIRST else ""
    rows = tuple([_row(site, frame, site.clients[key], one) for key in keys[first:last]])
    return CareSection(one.key, one.rule, len(keys), rows, more)


def _frame(site: Site, client: Client, render: Callable[[CareRow], str]) -> tuple[str, ...]:
    url, rep = site.url("", "client", client.key), site.rep_name(client.owner)
    why, do = Markup("\x00why\x00"), Markup("\x00do\x00")
    return tuple(HOLE.split(render(CareRow(client.name, client.native, url, client.stage, rep, why, do))))


def _row(site: Site, frame: Frame, client: Client, one: CareList) -> Markup:
    why, do = one.tell(site, client)
    found = site.part(frame, client.key)
    pieces = list(found)
    for place in range(1, len(pieces), 2):
        pieces[place] = why if pieces[place] == "why" else do
    return Markup("".join(pieces))  # noqa: S704 - comes out of an escaping template


def _thin(site: Site, client: Client) -> Told:
    known = site.part(CARED, client.key)
    reasons = thin(known.thread, site.cfg, site.today) if known.thread else ()
    value = site.t("fact.yen", value=known.value)
    told = site.t("why.joint").join(thin_why(site, reason) for reason in reasons)
    first = reasons[0]
    planned = known.planned({reason.name for reason in reasons if reason.name}, site.today)
    if planned:
        do = site.t("care.do-planned", date=dates.near(planned, site.today, site.t.manner, True))
    else:
        do = site.t(f"care.do-{first.kind}", name=first.name)
    return site.t("care.value", value=value, why=told), do


def thin_why(site: Site, reason: Thin) -> Markup:
    """Why a thread is thin, in a few words."""
    met = dates.near(reason.met, site.today, site.t.manner) if reason.met else ""
    return site.t(f"care.{reason.kind}", name=reason.name, date=met)


def _shared(site: Site, client: Client) -> Told:
    known = site.part(CARED, client.key)
    day = known.shared or known.first
    date = dates.near(day, site.today, site.t.manner) if day else ""
    do = site.t("care.do-share-with", name=known.elder) if known.elder else site.t("care.do-share")
    return site.t("care.last-shared" if known.shared else "care.never-shared", date=date), do


def _peace(site: Site, client: Client) -> Told:
    until = site.part(CARED, client.key).rest
    date = dates.near(until, site.today, site.t.manner, True) if until else ""
    why = site.t("care.unanswered", n=site.cfg.backoff.unanswered)
    return why, site.t("care.do-peace", date=date)


def _qualify(site: Site, client: Client) -> Told:
    size = site.t.or_plain(f"size.{client.size}", client.size) if client.size else site.t("care.size-unknown")
    backers = site.t("list.joint").join(escape(backer.name) for backer in client.backers)
    why = site.t("care.backers-small", size=size, backers=backers) if client.backers else size
    return why, site.t("care.do-qualify")


LISTS = (
    CareList("threads", "r10", _thin),
    CareList("shared", "r3", _shared),
    CareList("peace", "r2", _peace),
    CareList("qualify", "r5", _qualify),
)
"""The weightiest first."""
