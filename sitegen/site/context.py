"""What all views are made from: the model, its words and the addresses of its pages, looked up once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from sitegen.config import Config
from sitegen.doctrine.catalogue import Catalogue, catalogue
from sitegen.doctrine.diary import monday, week_of
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.handovers import Passed, handovers
from sitegen.doctrine.introduced import Made, Telling, made_introductions, telling
from sitegen.doctrine.introducing import Introducing
from sitegen.doctrine.introductions import Few, Introduction, Introductions
from sitegen.doctrine.lessons import Playbook, playbook
from sitegen.model import BackerPage, Book, Client, Network, Page, Problem, Rep, Solution, Target
from sitegen.past import History
from sitegen.site.messages import Messages
from sitegen.site.sharing import Part, Shared, Shelf
from sitegen.site.trace import ALL, SINCE, TODAY, TRACE, UNTIL, Cell, Trace, Watched, WatchedDay
from sitegen.site.urls import href

View = Callable[[], Any]
"""Makes a page's view when it is wanted."""

Pages = Iterator[tuple[str, View]]
"""Pages to be: their paths, and what makes their views."""

T = TypeVar("T")
TELLING = Part("telling-1", lambda site, client: telling(client, site.network), Telling)
"""What a client's note tells of others."""
FOUND_INTRODUCTIONS = "introductions found"
FEW = 300
"""So many clients are asked one by one for what they give."""
__all__ = ["FOLDERS", "TELLING", "Pages", "Part", "Shared", "Site", "View"]
FOLDERS = {
    "client": "clients",
    "backer": "backers",
    "solution": "solutions",
    "rep": "reps",
    "page": "pages",
    "due": "due",
    "brief": "briefs",
    "handover": "handover",
    "occasion": "occasions",
    "portfolio": "portfolio",
    "week": "weeks",
}


@dataclass(frozen=True)
class Site:
    """Everything a view may draw on. Built once a build; never changed.

    What a view looks up here, and which fields of clients and their facts it reads, is written down by `trace` while
    a page is made, so that the next build knows whether the page must be made anew. Settings, words and templates
    are not: when they change, everything is made anew.
    """

    book: Book
    """For `make_site` and what has a cell of its own; a view asks the tables below."""
    network: Network
    facts: Mapping[str, Facts]
    cfg: Config
    day: dt.date
    """For what has a cell of its own; a view asks `today` or `day_of`."""
    t: Messages
    closed: Callable[[dt.date], str]
    """Why a day is closed (`saturday`, `sunday`, `year-end`, a holiday's own name); empty: it is open."""
    clients: Mapping[str, Client]
    reps: Mapping[str, Rep]
    """Also those who only own clients; the key "" stands for nobody, where clients have no owner."""
    solutions: Mapping[str, Solution]
    pages: Mapping[str, Page]
    backers: Mapping[str, BackerPage]
    owned: Mapping[str, tuple[Client, ...]]
    """Rep → clients, in the order of the book."""
    all_problems: tuple[Problem, ...]
    problems_of: Mapping[str, tuple[Problem, ...]]
    """Note path → its problems."""
    names: Mapping[str, Mapping[str, str]]
    """Kind → key → file name without ending."""
    history: History = field(default_factory=History)
    """What git knows of the notes; empty where it knows nothing."""
    trace: Trace = TRACE
    shelf: Shelf = field(default_factory=Shelf)
    """The parts that were made already."""
    apart: set[str] = field(default_factory=set)
    """Shared tables whose cells somebody compares with those of the last build."""

    @property
    def today(self) -> dt.date:
        """The day of the build; a page that asks for it is made anew on the next."""
        self.trace.note(TODAY, "")
        return self.day

    @cached_property
    def this_day(self) -> dt.date:
        """The day of the build, to be compared with other days.

        Another day alone makes nothing anew that does no more than that: a day must have come that was still ahead.
        """
        return WatchedDay.fromordinal(self.day.toordinal())

    @property
    def this_week(self) -> int:
        """The week of that day (see `week_of`): the next one makes anew what asked for it."""
        number = week_of(self.day)
        self.trace.note(SINCE, str(monday(number).toordinal()))
        self.trace.note(UNTIL, str(monday(number + 1).toordinal()))
        return number

    @property
    def problems(self) -> tuple[Problem, ...]:
        """None that is private."""
        self.trace.note("problems", "")
        return self.all_problems

    def introduced_to(self, client: Client) -> Few:
        """What this client can be introduced to (rule R9)."""
        return self.shared(INTRODUCTIONS).get(client.key) or Few()

    @property
    def introductions(self) -> Introductions:
        """Introductions worth making (rule R9): found once, for the tables of them below."""
        return self.once(FOUND_INTRODUCTIONS, self._introduce)

    def _introduce(self) -> Introductions:
        from sitegen.site.standing import nearness

        return self.shelf.going_on(Introducing).found(nearness(self).values(), self.made, self.cfg)

    @property
    def made(self) -> tuple[Made, ...]:
        """Introductions made already (rule R9)."""
        return self.shared(MADE)[""]

    @property
    def handovers(self) -> tuple[Passed, ...]:
        """Every hand-over, the newest first."""
        return self.shared(HANDOVERS)[""]

    @property
    def catalogue(self) -> Catalogue:
        """The solutions by the words of needs (rule R13)."""
        self.trace.note("solutions", ALL)
        return self._catalogue

    @cached_property
    def _catalogue(self) -> Catalogue:
        return catalogue(self.book.solutions)

    @property
    def playbook(self) -> Playbook:
        """The lessons of all clients (rule R15)."""
        self.trace.note("playbook", "")
        return self.found("playbook", lambda: playbook(facts.lessons for facts in self.facts.values()))

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` finds out, found out once under this name; whoever asks has read all that it was found from."""
        found = self.found(name, make)
        if self.trace.cells is not None:
            self.trace.cells |= self.cells_of(name)
        return found

    def found(self, name: str, make: Callable[[], T]) -> T:
        """The same for what has cells of its own."""
        if name not in self._found:
            with self.trace.deaf(), self.trace.listening() as cells:
                self._found[name] = make(), cells
        return cast("T", self._found[name][0])

    def let_go(self) -> None:
        """Everything that is found from introductions is found, and no other build of this process will ask."""
        self._found.pop(FOUND_INTRODUCTIONS, None)
        self.shelf.go_no_further()

    def finding(self, name: str) -> tuple[Any, set[Cell]] | None:
        """What was found under this name, and from what; None where nobody asked yet."""
        return self._found.get(name)

    def take_finding(self, name: str, found: tuple[Any, set[Cell]]) -> None:
        """What another site found under this name, from cells that hold the same here."""
        self._found[name] = found

    def cells_of(self, name: str) -> set[Cell]:
        """What it was found from."""
        return self._found[name][1]

    @cached_property
    def _found(self) -> dict[str, tuple[Any, set[Cell]]]:
        return {}

    def part(self, part: Part[T], key: str) -> T:
        """What the client `key` gives; made once."""
        if not part.kept:
            return self.once(f"{part.name} of {key}", lambda: part.make(self, self.clients[key]))
        self.trace.note(f"part {part.name}", key)
        found = self.shelf.find(part, key)
        if found is None:
            with self.trace.deaf(), self.trace.listening() as cells:
                found = part.make(self, self.clients[key])
            self.shelf.keep(part, key, found, cells)
        return cast("T", found)

    def parts(self, part: Part[T]) -> Iterator[tuple[str, T]]:
        """What every client gives, in the order of the book, by its key."""
        self.trace.note(f"part {part.name}", ALL)
        with self.trace.deaf():
            given = self.shelf.all(part)
            made = [(key, given[key] if key in given else self.part(part, key)) for key in self.clients]
        return iter(made)

    def given_by(self, part: Part[T], keys: Collection[str]) -> list[T]:
        """What these clients give."""
        if len(keys) < FEW:
            return [self.part(part, key) for key in keys]
        for key in keys:
            self.trace.note(f"part {part.name}", key)
        with self.trace.deaf():
            given = self.shelf.all(part)
            return [given[key] if key in given else self.part(part, key) for key in keys]

    def shared(self, shared: Shared[T]) -> Mapping[str, T]:
        """All of them by name; made once.

        Where `apart` names it, a page depends on what it looks up there; else on all that the table was made from.
        """
        if shared.name not in self.apart:
            return self.once(shared.name, lambda: shared.make(self))
        name = f"shared {shared.name}"

        def make() -> Watched[T]:
            there = self.shelf.table(shared)
            return Watched(name, shared.make(self) if there is None else there, self.trace)

        return self.found(name, make)

    def path(self, kind: str, key: str) -> str:
        """The page's path in the site; empty where there is no such page."""
        name = self.names[kind].get(key)
        return "" if name is None else f"{FOLDERS[kind]}/{name}.html"

    def url(self, root: str, kind: str, key: str, anchor: str = "") -> str:
        """A relative link to the page; empty where there is none."""
        path = self.path(kind, key)
        return href(root, path, anchor) if path else ""

    def target_url(self, root: str, target: Target) -> str:
        """A relative link to where a `[[link]]` goes."""
        return self.url(root, target.kind, target.key, target.anchor)

    def rep_name(self, key: str) -> str:
        """How the rep is called in the site's language; "no owner" for clients without one."""
        rep = self.reps.get(key)
        if rep is None:
            return key
        return rep.native if rep.native and self.t.lang == "ja" else rep.name

    def next_working_day(self) -> dt.date:
        """The first day after today on which the team visits."""
        day = self.today + dt.timedelta(days=1)
        for _ in range(366):
            if not self.closed(day):
                break
            day += dt.timedelta(days=1)
        return day


MADE: Shared[tuple[Made, ...]] = Shared(
    "made",
    lambda site: {"": made_introductions(dict(site.parts(TELLING)), site.this_day)},
    tuple[Made, ...],
)
"""Introductions made already, by no name."""
HANDOVERS: Shared[tuple[Passed, ...]] = Shared(
    "handovers", lambda site: {"": handovers(tuple(site.clients.values()), site.this_day)}, tuple[Passed, ...]
)
"""Every hand-over, by no name."""
INTRODUCTIONS: Shared[Few] = Shared("introductions", lambda site: site.introductions.few, Few)
"""By client what pages tell of those in which it has a part."""


def _best(site: Site) -> dict[str, tuple[tuple[Introduction, ...], int]]:
    found = site.introductions.open
    return {"": (tuple(found[: max(1, site.cfg.list_rows)]), len(found))}


BEST: Shared[tuple[tuple[Introduction, ...], int]] = Shared(
    "best introductions", _best, tuple[tuple[Introduction, ...], int]
)
"""Those that the page of introductions shows, and how many there are in all; by no name."""
