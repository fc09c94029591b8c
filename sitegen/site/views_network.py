"""The backers' picture: what stands beside it, and the list that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from sitegen.doctrine.doors import Door, Standing, standings
from sitegen.model import STAGES
from sitegen.records import dataclass
from sitegen.site.context import Site
from sitegen.site.network import Ties, node_path, ties
from sitegen.site.parts import DayRef, Ref, day_ref, ref
from sitegen.site.rows import Pager, paged
from sitegen.site.urls import numbered
from sitegen.site.views_giving import MadeView, made_view

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


Row = Callable[[], StandingRow | DoorRow | MadeView]
"""Made when its page is."""


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


def network_pages(site: Site) -> Iterator[tuple[str, Callable[[], NetworkView]]]:
    """`network.html`, and further pages of its list where it is long."""
    found = ties(site)
    standing = standings(site.clients, site.network)
    pages = list(paged(_rows(site, found, standing), PAGE))
    totals = {"backers": len(standing), "doors": len(found.doors), "made": len(found.made)}
    can_open = sum(s.can_open for s in standing)
    for number, page in enumerate(pages):
        yield (
            numbered(BASE, number + 1),
            partial(_view, site, found, page, number, len(pages), totals, can_open),
        )


def _rows(site: Site, found: Ties, standing: Sequence[Standing]) -> Iterator[tuple[str, Row]]:
    yield from (("backers", partial(_standing, site, s)) for s in standing)
    yield from (("doors", partial(_door, site, d)) for d in found.doors)
    yield from (("made", partial(made_view, site, m)) for m in found.made)


def _view(
    site: Site,
    found: Ties,
    page: Sequence[tuple[str, Sequence[Row]]],
    number: int,
    pages: int,
    totals: Mapping[str, int],
    can_open: int,
) -> NetworkView:
    drawn = set(found.nodes)
    tied = [client for client in site.clients.values() if site.path("client", client.key) in drawn]
    owners, stages = {c.owner for c in tied}, {c.stage for c in tied}
    return NetworkView(
        first=number == 0,
        drawn=len(found.nodes),
        lines=len(found.lines),
        alone=len(site.clients) - len(tied),
        reps=tuple((n, site.rep_name(key)) for n, key in enumerate(site.reps) if key in owners),
        stages=tuple(s for s in (*STAGES, *sorted(stages - {*STAGES})) if s in stages),
        openers=_openers(site, found.doors),
        can_open=can_open,
        parts=tuple(Part(kind, totals[kind], tuple(row() for row in rows)) for kind, rows in page),
        pager=Pager(number + 1, tuple(numbered(BASE, n + 1) for n in range(pages)), sum(totals.values())),
    )


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


def _openers(site: Site, opened: Sequence[Door]) -> tuple[tuple[Ref, int], ...]:
    counts = Counter(door.giver for door in opened)
    best = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:MOST]
    return tuple((ref(site, key, ""), n) for key, n in best)
