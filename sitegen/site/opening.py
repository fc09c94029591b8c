"""Making the site: the book and all that was found out, in tables that write down who looks into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.model import STAGES, Book, Client, Network, Problem, Rep
from sitegen.past import History
from sitegen.site.context import Site
from sitegen.site.messages import Messages
from sitegen.site.sharing import Shelf
from sitegen.site.trace import TRACE, Trace, Watched, WatchedTuple
from sitegen.site.urls import page_names


def _reps(book: Book, owned: Mapping[str, tuple[Client, ...]], t: Messages) -> dict[str, Rep]:
    reps = {rep.key: rep for rep in book.reps}
    for key in sorted(owned.keys() - reps.keys()):
        reps[key] = Rep(key=key, name=key or str(t("rep.nobody").unescape()))
    return {key: replace(rep, name=rep.name or rep.key) for key, rep in reps.items()}


class _Hands:
    """Whose clients there are, whose they were, and at which stages: taken up where few clients became others."""

    def __init__(self) -> None:
        self._clients: tuple[Client, ...] = ()
        self.owned: dict[str, tuple[Client, ...]] = {}
        """By rep, in the order of the book."""
        self.givers: set[str] = set()
        """Reps who handed a client over."""
        self.stages: set[str] = set()

    def follow(self, clients: tuple[Client, ...]) -> None:
        """The clients are these now."""
        last, self._clients = self._clients, clients
        others = [(was, now) for was, now in zip(last, clients, strict=False) if was is not now]
        if len(last) != len(clients) or any(_HANDS(was) != _HANDS(now) for was, now in others):
            owned: dict[str, list[Client]] = {}
            for client in clients:
                owned.setdefault(client.owner, []).append(client)
            self.owned = {rep: tuple(found) for rep, found in owned.items()}
            self.givers = {handover.rep for client in clients for handover in client.handovers}
            self.stages = {client.stage for client in clients}
            return
        self.owned = dict(self.owned)
        for was, now in others:
            mine = self.owned[now.owner]
            self.owned[now.owner] = tuple([now if client is was else client for client in mine])


_HANDS = attrgetter("key", "owner", "handovers", "stage")


def make_site(
    book: Book,
    network: Network,
    facts: Mapping[str, Facts],
    cfg: Config,
    today: dt.date,
    t: Messages,
    closed: Callable[[dt.date], str],
    history: History | None = None,
    shelf: Shelf | None = None,
) -> Site:
    """Looks everything up that views need. `closed` says why a day is closed, or "" for a working day."""
    past = history or History()
    clients = {client.key: client for client in book.clients}
    shelf = shelf or Shelf()
    hands = shelf.going_on(_Hands)
    hands.follow(tuple(clients.values()))
    by_owner, givers = hands.owned, hands.givers
    reps = _reps(book, by_owner, t)
    solutions = {s.key: s for s in book.solutions}
    pages = {p.key: p for p in book.pages}
    backers = {b.key: b for b in network.backers}
    problems = tuple(
        sorted(
            {p for p in (*book.problems, *network.problems) if not p.private},
            key=lambda p: (p.where, p.code, p.params),
        )
    )
    problems_of: dict[str, list[Problem]] = {}
    for problem in problems:
        problems_of.setdefault(problem.where.path, []).append(problem)
    rep_pages = page_names((key or "nobody" for key in reps), numbered=True)
    rep_names = {key: rep_pages[key or "nobody"] for key in reps}
    sheets = page_names(key or "nobody" for key in {*by_owner, *givers})
    trace = TRACE
    names = {
        "client": page_names(clients), "backer": page_names(backers), "solution": page_names(solutions),
        "page": page_names(pages), "rep": rep_names, "due": rep_names,
        "brief": page_names(clients, numbered=True),
        "handover": {key: sheets[key or "nobody"] for key in sorted({*by_owner, *givers})},
        "occasion": {key: name for key, name in rep_names.items() if key in by_owner},
        "portfolio": {key: name for key, name in rep_names.items() if key},
        "week": {key: name for key, name in rep_names.items() if key},
        "stage": page_names((*STAGES, *sorted(hands.stages)), numbered=True),
    }  # fmt: skip
    return Site(
        history=replace(past, notes=Watched("history", past.notes, trace)),
        book=book, network=_watched(network, trace), facts=Watched("known", facts, trace), cfg=cfg, day=today, t=t,
        closed=lru_cache(4000)(closed), clients=Watched("known", clients, trace),
        reps=Watched("reps", reps, trace), solutions=Watched("solutions", solutions, trace),
        pages=Watched("pages", pages, trace), backers=Watched("backers", backers, trace),
        owned=Watched("owned", by_owner, trace), all_problems=problems,
        problems_of=Watched("problems of", {path: tuple(found) for path, found in problems_of.items()}, trace),
        names={kind: Watched(f"names of {kind}", found, trace) for kind, found in names.items()},
        trace=trace, shelf=shelf,
    )  # fmt: skip


def _watched(network: Network, trace: Trace) -> Network:
    return replace(
        network,
        backers=WatchedTuple(network.backers),
        targets=Watched("targets", network.targets, trace),
        backlinks=Watched("backlinks", network.backlinks, trace),
        backer_of=Watched("backer of", network.backer_of, trace),
    )
