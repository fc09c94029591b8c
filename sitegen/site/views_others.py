"""Backers, reps, solutions and plain pages: each a list and a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from sitegen.model import MATURING, BackerPage, Page, Rep, Solution
from sitegen.site.body import with_links
from sitegen.site.context import Site
from sitegen.site.orders import stages_of
from sitegen.site.readers_day import tally
from sitegen.site.rows import group_of
from sitegen.site.shown import Shown
from sitegen.site.standing import standings
from sitegen.site.urls import href, numbered
from sitegen.site.views_lists import stage_href

LEVELS = ("basic", "standard", "advanced")


class Item(Shown, frozen=True):
    """A line of a list of pages."""

    name: str
    native: str
    href: str
    note: str = ""
    n: int = 0


class BackersView(Shown, frozen=True):
    """All backers (rule R5)."""

    items: tuple[Item, ...]
    """`note` is the size, `n` how many clients it backs."""


class BackerView(Shown, frozen=True):
    """A backer with all the clients it stands behind."""

    name: str
    size: str
    own_href: str
    """The page of its own note where it is a client too."""
    rows: tuple[Markup, ...]


class RepItem(Shown, frozen=True):
    """A rep in the list of reps."""

    name: str
    native: str
    href: str
    due_href: str
    portfolio_href: str
    """Empty for nobody's clients, as in `RepView`."""
    area: str
    clients: int
    maturing: int
    now: int
    """Overdue, due today or never contacted; only on the rep's own due list is it by day."""
    tally: str
    """Counts by date, for a reader on another day."""


class RepsView(Shown, frozen=True):
    """All reps."""

    items: tuple[RepItem, ...]


class RepView(Shown, frozen=True):
    """A rep's page."""

    name: str
    native: str
    reading: str
    area: str
    target: tuple[int, int] | None
    clients: int
    maturing: int
    stages: tuple[tuple[str, int, str], ...]
    """Stage, number of this rep's clients, link to the heading in the rep's list."""
    due_href: str
    portfolio_href: str
    weeks_href: str
    list_href: str
    rounds_href: str
    """The season's rounds; empty where the rep owns no client."""
    sheet_href: str
    """The hand-over sheet."""
    taken_from: tuple[tuple[str, str], ...]
    """Reps whose clients this one took over, each with the link to their sheet."""
    html: Markup
    extra: tuple[tuple[str, str], ...]


class SolutionsView(Shown, frozen=True):
    """The catalogue, from basic to advanced (rule R13)."""

    levels: tuple[tuple[str, tuple[Item, ...]], ...]


class SolutionView(Shown, frozen=True):
    """Something that the team can offer."""

    name: str
    native: str
    level: str
    answers: tuple[str, ...]
    html: Markup
    extra: tuple[tuple[str, str], ...]


class PagesView(Shown, frozen=True):
    """All plain pages."""

    items: tuple[Item, ...]


class PageView(Shown, frozen=True):
    """A plain page."""

    title: str
    html: Markup


def backers_view(site: Site) -> BackersView:
    """Those who stand behind most first."""
    found = sorted(site.backers.values(), key=lambda b: -len(b.clients))
    return BackersView(
        tuple(Item(b.name, "", site.url("", "backer", b.key), b.size, len(b.clients)) for b in found)
    )


def backer_view(site: Site, backer: BackerPage, rows: Mapping[str, Markup]) -> BackerView:
    """One backer; `rows` holds the rendered rows by client."""
    return BackerView(
        name=backer.name,
        size=backer.size,
        own_href=site.url("../", "client", backer.client) if backer.client else "",
        rows=tuple(rows[key] for key in backer.clients if key in site.clients),
    )


def reps_view(site: Site) -> RepsView:
    """The team."""
    return RepsView(tuple(_rep_items(site)))


def _rep_items(site: Site) -> Iterator[RepItem]:
    known = standings(site)
    for key, rep in site.reps.items():
        owned = site.owned.get(key, ())
        mine = [known[client.key] for client in owned]
        yield RepItem(
            name=site.rep_name(key),
            native=rep.native,
            href=site.url("", "rep", key),
            due_href=href("", numbered(f"due/{site.names['due'][key]}", 1)),
            portfolio_href=site.url("", "portfolio", key),
            area=rep.area,
            clients=len(owned),
            maturing=sum(one.stage in MATURING for one in mine),
            now=sum(group_of(one, site.today) in ("overdue", "today", "at-once") for one in mine),
            tally=tally(site, owned),
        )


def rep_view(site: Site, rep: Rep) -> RepView:
    """One rep."""
    owned = site.owned.get(rep.key, ())
    givers = sorted({p.giver for p in site.handovers if p.taker == rep.key})
    counts: dict[str, int] = {}
    for client in owned:
        counts[client.stage] = counts.get(client.stage, 0) + 1
    return RepView(
        name=rep.name,
        native=rep.native,
        reading=rep.reading,
        area=rep.area,
        target=rep.target,
        clients=len(owned),
        maturing=sum(c.stage in MATURING for c in owned),
        stages=tuple((s, counts[s], stage_href(site, "../", s)) for s in stages_of(site) if s in counts),
        due_href=href("../", numbered(f"due/{site.names['due'][rep.key]}", 1)),
        portfolio_href=site.url("../", "portfolio", rep.key),
        weeks_href=site.url("../", "week", rep.key),
        list_href=href("../", numbered(f"lists/rep-{site.names['rep'][rep.key]}", 1)),
        rounds_href=site.url("../", "occasion", rep.key),
        sheet_href=site.url("../", "handover", rep.key),
        taken_from=tuple((site.rep_name(key), site.url("../", "handover", key)) for key in givers),
        html=with_links(rep.html, rep.links, rep.path, site, "../"),
        extra=rep.extra,
    )


def solutions_view(site: Site) -> SolutionsView:
    """The catalogue by level."""
    found = sorted(site.solutions.values(), key=lambda s: (s.name, s.key))
    levels = (*LEVELS, *sorted({s.level for s in found} - {*LEVELS}))
    grouped = ((level, tuple(_solution_items(site, found, level))) for level in levels)
    return SolutionsView(tuple((level, items) for level, items in grouped if items))


def _solution_items(site: Site, found: Sequence[Solution], level: str) -> Iterator[Item]:
    for one in found:
        if one.level == level:
            note = str(site.t("list.joint").unescape()).join(one.answers)
            yield Item(one.name, one.native, site.url("", "solution", one.key), note)


def solution_view(site: Site, one: Solution) -> SolutionView:
    """One solution."""
    html = with_links(one.html, one.links, one.path, site, "../")
    return SolutionView(one.name, one.native, one.level, one.answers, html, one.extra)


def pages_view(site: Site) -> PagesView:
    """All plain pages, by title."""
    found = sorted(site.pages.values(), key=lambda p: (p.title, p.key))
    return PagesView(tuple(Item(p.title, "", site.url("", "page", p.key)) for p in found))


def page_view(site: Site, page: Page) -> PageView:
    """One plain page."""
    return PageView(page.title, with_links(page.html, page.links, page.path, site, "../"))
