"""The backers' picture: what stands beside it, and the list that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from sitegen.doctrine.doors import Door, Standing, standings
from sitegen.doctrine.introduced import Made
from sitegen.model import STAGES
from sitegen.records import dataclass
from sitegen.site.context import Shared, Site
from sitegen.site.network import node_path, ties
from sitegen.site.parts import DayRef, Ref, day_ref, ref
from sitegen.site.rows import Pager, paged
from sitegen.site.urls import numbered
from sitegen.site.views_giving import MadeView, made_view

Row = TypeVar("Row")
BASE = "network"
MOST = 5
"""Clients that are told to have opened most doors."""
PAGE = 200
"""Rows a page: each tells of several clients."""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A backer and those it stands behind."""

    name: str
    href: str
    path: str
    """As the picture knows it."""
    size: str
    won: tuple[Ref, ...]
    to_win: tuple[Ref, ...]
    others: tuple[Ref, ...]
    can_open: bool


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A client that opened a door for us."""

    giver: Ref
    to: Ref
    when: DayRef
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three lists, or its part on this page."""

    kind: str
    """`backers`, `doors` or `made`."""
    total: int
    rows: tuple[StandingRow | DoorRow | MadeView, ...]


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A page of it; the picture stands on the first."""

    first: bool
    """The page with the picture."""
    drawn: int
    """Clients and backers with a line."""
    lines: int
    alone: int
    """Clients without one."""
    reps: tuple[tuple[int, str], ...]
    """Their numbers in the data, and names."""
    stages: tuple[str, ...]
    """Stages of the clients in the picture, for its key."""
    openers: tuple[tuple[Ref, int], ...]
    """Who opened most doors for us."""
    can_open: int
    """Backers that could open one."""
    parts: tuple[Part, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the network before it is rendered."""

    number: int
    """From 0."""
    pages: int
    drawn: int
    lines: int
    alone: int
    reps: tuple[str, ...]
    stages: tuple[str, ...]
    openers: tuple[tuple[str, int], ...]
    can_open: int
    totals: tuple[tuple[str, int], ...]
    backers: tuple[Standing, ...] = ()
    """Those of this page, as of the other two."""
    doors: tuple[Door, ...] = ()
    made: tuple[Made, ...] = ()


def _listed(site: Site) -> dict[str, Listed]:
    found, standing = ties(site), standings(site.clients, site.network)
    rows: list[tuple[str, Standing | Door | Made]] = [("backers", one) for one in standing]
    rows += [("doors", one) for one in found.doors]
    rows += [("made", one) for one in found.made]
    totals = ("backers", len(standing)), ("doors", len(found.doors)), ("made", len(found.made))
    drawn = set(found.nodes)
    tied = [client for client in site.clients.values() if site.path("client", client.key) in drawn]
    owners, stages = {c.owner for c in tied}, {c.stage for c in tied}
    pages = list(paged(rows, PAGE))
    counts = Counter(door.giver for door in found.doors)
    best = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:MOST]
    return {
        numbered(BASE, number + 1): Listed(
            number, len(pages), len(found.nodes), len(found.lines), len(site.clients) - len(tied),
            tuple([key for key in site.reps if key in owners]),
            tuple([s for s in (*STAGES, *sorted(stages - {*STAGES})) if s in stages]),
            tuple(best), sum(s.can_open for s in standing), totals,
            _only(page, Standing), _only(page, Door), _only(page, Made),
        )
        for number, page in enumerate(pages)
    }  # fmt: skip


def _only(page: Sequence[tuple[str, Sequence[object]]], cls: type[Row]) -> tuple[Row, ...]:
    """The rows of one kind."""
    return tuple([one for _, found in page for one in found if isinstance(one, cls)])


NETWORK: Shared[Listed] = Shared("network", _listed, Listed)
"""Each page by its path."""


def network_pages(site: Site) -> Iterator[tuple[str, Callable[[], NetworkView]]]:
    """`network.html`, and further pages of its list where it is long."""
    for path in site.shared(NETWORK):
        yield path, partial(_view, site, path)


def _view(site: Site, path: str) -> NetworkView:
    page = site.shared(NETWORK)[path]
    totals = dict(page.totals)
    return NetworkView(
        first=page.number == 0,
        drawn=page.drawn,
        lines=page.lines,
        alone=page.alone,
        reps=tuple([(n, site.rep_name(key)) for n, key in enumerate(site.reps) if key in page.reps]),
        stages=page.stages,
        openers=tuple([(ref(site, key, ""), n) for key, n in page.openers]),
        can_open=page.can_open,
        parts=tuple(
            [
                Part(kind, totals[kind], tuple([_row(site, one) for one in rows]))
                for kind in totals
                if (rows := getattr(page, kind))
            ]
        ),
        pager=Pager(
            page.number + 1, tuple([numbered(BASE, n + 1) for n in range(page.pages)]), sum(totals.values())
        ),
    )


def _row(site: Site, one: Standing | Door | Made) -> StandingRow | DoorRow | MadeView:
    if isinstance(one, Standing):
        return _standing(site, one)
    return _door(site, one) if isinstance(one, Door) else made_view(site, one)


def _standing(site: Site, one: Standing) -> StandingRow:
    backer = one.backer
    size = site.t.or_plain(f"size.{backer.size}", backer.size) if backer.size else ""

    def refs(keys: Sequence[str]) -> tuple[Ref, ...]:
        return tuple(ref(site, key, "") for key in keys)

    return StandingRow(
        backer.name, site.url("", "backer", backer.key), node_path(site, backer.key, backer.client), str(size),
        refs(one.won), refs(one.to_win), refs(one.others), one.can_open,
    )  # fmt: skip


def _door(site: Site, one: Door) -> DoorRow:
    when = day_ref(site, one.giver, one.date, one.anchor, "")
    return DoorRow(ref(site, one.giver, ""), ref(site, one.to, ""), when, one.text)
