"""Across notes: where every `[[link]]` goes, who links to whom, and who stands behind whom.

A link that fits two is a problem, not a guess. A link to a private note becomes plain text, without a word.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sitegen.model import (
    BackerPage,
    Backlink,
    Book,
    Client,
    Link,
    Network,
    Page,
    Problem,
    Rep,
    Severity,
    Solution,
    Target,
)
from sitegen.notes.dates import read_full
from sitegen.text import Nearest, closest, fold

Noted = Client | Rep | Solution | Page
Kind = Literal["client", "rep", "solution", "page"]
Names = Mapping[str, Mapping[tuple[str, str], str]]
"""Folded name → {(kind, key): shown name}."""
HINTS = 50
"""So many links that lead nowhere are told which name may be meant: each is compared with every name of the book."""


@dataclass(frozen=True, slots=True)
class Found:
    """All links of a book resolved, and what they met."""

    network: Network
    names: Names
    problems: Mapping[str, Sequence[Problem]]
    """By the path of the note that links."""
    people: tuple[Problem, ...]
    """Those of people said to be the same as somebody."""


def link_book(book: Book) -> Network:
    """All links of a book resolved."""
    return linked(book).network


def linked(book: Book) -> Found:
    """The same, with all that it was made from."""
    own_names = {client.key: client_names(client) for client in book.clients}
    backers = tuple(_backers(book.clients, own_names))
    names = _names(book, backers, own_names)
    linking = Linking(book, names)
    targets: dict[str, tuple[Target | None, ...]] = {}
    back: dict[str, list[tuple[Noted, Link]]] = defaultdict(list)
    problems: dict[str, list[Problem]] = {}
    everybody: tuple[Noted, ...] = (*book.clients, *book.reps, *book.solutions, *book.pages)
    for note in everybody:
        targets[note.path], told = linking.resolve(note)
        if told:
            problems[note.path] = told
        for key, link in to_clients(note, targets[note.path]):
            back[key].append((note, link))
    people = tuple(_same_people(book.clients, names, linking.clients, book.hidden))
    backlinks = {key: backlinks_of(found) for key, found in back.items()}
    everything = (*(one for told in problems.values() for one in told), *people)
    backer_of = {fold(b.name): b.key for b in backers}
    return Found(Network(targets, backlinks, backers, backer_of, everything), names, problems, people)


class Linking:
    """Resolves links, note by note."""

    def __init__(self, book: Book, names: Names) -> None:
        """`names` are all that a link may meet."""
        self._book, self._names, self._hints = book, names, _Hints(names)

    @cached_property
    def clients(self) -> dict[str, Client]:
        """By key: asked for where a link leads to one."""
        return {client.key: client for client in self._book.clients}

    def resolve(self, note: Noted) -> tuple[tuple[Target | None, ...], list[Problem]]:
        """Where each link of a note goes, and what is wrong with them."""
        own = note if isinstance(note, Client) else None
        people = _people(own) if own and own.links else {}
        targets, problems = [], []
        for link in note.links:
            target, problem = self._resolve(link, own, people)
            targets.append(target)
            if problem:
                problems.append(problem)
        return tuple(targets), problems

    def _resolve(
        self, link: Link, own: Client | None, people: Mapping[str, int]
    ) -> tuple[Target | None, Problem | None]:
        folded = fold(link.target)
        own_day = own is not None and (not link.target or folded not in self._names)
        if own and own_day and (day := read_full(link.target or link.anchor)):
            anchor = _entry_anchor(own, day)
            if anchor:
                return Target("client", own.key, anchor), None
            return None, _problem(link, "link-no-entry", day=day.isoformat(), name=own.name)
        fits = dict(self._names.get(folded, {}))
        person = people.get(folded, 0)
        if person and own:
            fits["person", own.key] = own.people[person - 1].name
        if not fits:
            return (None, None) if folded in self._book.hidden else (None, _nowhere(link, own, self._hints))
        if len(fits) > 1:
            choices = " / ".join(f"{kind} {name} ({key})" for (kind, key), name in sorted(fits.items()))
            return None, _problem(link, "link-two", name=link.target, choices=choices)
        kind, key = next(iter(fits))
        if kind == "person":
            return Target("client", key, f"person-{person}"), None
        if kind == "client":
            return _with_anchor(link, self.clients[key])
        return Target(kind, key), None  # type: ignore[arg-type]  # the kinds of places are those of targets


def kind_of(note: Noted) -> Kind:
    """As addresses and links call it."""
    if isinstance(note, Client):
        return "client"
    return "rep" if isinstance(note, Rep) else "solution" if isinstance(note, Solution) else "page"


def to_clients(note: Noted, targets: Iterable[Target | None]) -> Iterator[tuple[str, Link]]:
    """The links of a note to clients other than itself, by key."""
    own = note.key if isinstance(note, Client) else None
    for link, target in zip(note.links, targets, strict=False):
        if target and target.kind == "client" and target.key != own:
            yield target.key, link


def client_names(client: Client) -> set[str]:
    """Every folded name that a link may use for a client."""
    return {fold(n) for n in (client.name, client.native, client.key, *client.aliases) if n}


def _people(client: Client) -> dict[str, int]:
    """Folded name of each person → their place among `people`, from 1; the first of those of one name counts."""
    return {fold(p.name): i for i, p in reversed(tuple(enumerate(client.people, 1)))}


def _names(book: Book, backers: Iterable[BackerPage], own_names: Mapping[str, set[str]]) -> Names:
    """Folded name → {(kind, key): shown name}."""
    names: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for client in book.clients:
        for name in own_names[client.key]:
            names[name]["client", client.key] = client.name
    for backer in backers:
        if not backer.client:
            names[fold(backer.name)]["backer", backer.key] = backer.name
    for solution in book.solutions:
        for name in {fold(n) for n in (solution.name, solution.native, solution.key) if n}:
            names[name]["solution", solution.key] = solution.name
    for rep in book.reps:
        for name in {fold(n) for n in (rep.name, rep.native, rep.key) if n}:
            names[name].setdefault(("rep", rep.key), rep.name)
    for page in book.pages:
        for name in {fold(n) for n in (page.title, page.key) if n}:
            names[name].setdefault(("page", page.key), page.title)
    return names


class _Hints:
    """Names near a misspelt one; for the first so many only, as each is compared with every name of the book."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._left = HINTS
        self._nearest: Nearest | None = None

    def near(self, written: str) -> str:
        """The nearest name of the book, empty where none is near."""
        if self._left <= 0:
            return ""
        self._left -= 1
        if self._nearest is None:
            self._nearest = Nearest(self._names)
        folded = self._nearest.closest(fold(written))
        return next(iter(self._names[folded].values())) if folded else ""


def _nowhere(link: Link, own: Client | None, hints: _Hints) -> Problem:
    near = closest(link.target, [p.name for p in own.people] if own else []) or hints.near(link.target)
    mend = link.source.replace(f"[[{link.target}", f"[[{near}", 1) if near else ""
    return _problem(link, "link-nowhere", mend, name=link.target)


def _with_anchor(link: Link, client: Client) -> tuple[Target, Problem | None]:
    if not link.anchor:
        return Target("client", client.key), None
    day = read_full(link.anchor)
    if day:
        anchor = _entry_anchor(client, day)
        problem = None if anchor else _problem(link, "link-no-entry", day=day.isoformat(), name=client.name)
        return Target("client", client.key, anchor), problem
    folded = fold(link.anchor)
    person = next((i for i, p in enumerate(client.people, 1) if fold(p.name) == folded), 0)
    return Target("client", client.key, f"person-{person}" if person else ""), None


def _entry_anchor(client: Client, day: dt.date) -> str:
    """The first entry of that day, in the order written."""
    return next((e.anchor for e in client.entries if e.date == day), "")


def _problem(link: Link, code: str, mend: str = "", **params: str) -> Problem:
    severity: Severity = "error" if code == "link-two" else "warning"
    return Problem(link.where, code, tuple(params.items()), link.source, mend, severity)


def _same_people(
    clients: Sequence[Client],
    names: Names,
    by_key: dict[str, Client],
    hidden: frozenset[str],
) -> Iterator[Problem]:
    """`same: "[[Client#Name]]"` must point at a person that is there."""
    for client in clients:
        for person in client.people:
            if not person.same or not person.where:
                continue
            target, _, name = person.same.partition("#")
            found = [key for kind, key in names.get(fold(target), {}) if kind == "client"]
            there = len(found) == 1 and any(
                fold(p.name) == fold(name or person.name) for p in by_key[found[0]].people
            )
            if not there and fold(target) not in hidden:
                params = (("name", person.name), ("same", person.same))
                yield Problem(person.where, "same-nobody", params, severity="warning")


def backlinks_of(found: Iterable[tuple[Noted, Link]]) -> tuple[Backlink, ...]:
    """One row a note, those with the most recent entry first."""
    entries: dict[tuple[Kind, str], set[tuple[dt.date, str]]] = defaultdict(set)
    for note, link in found:
        entries[kind_of(note), note.key].update((link.entry,) if link.entry else ())
    rows = []
    for (kind, key), at in entries.items():
        newest = max((day for day, _ in at), default=dt.date.min)
        anchors = tuple(anchor for _, anchor in sorted(at, reverse=True))
        rows.append((-newest.toordinal(), kind, key, anchors))
    return tuple(Backlink(kind, key, anchors) for _, kind, key, anchors in sorted(rows))


def _backers(clients: Sequence[Client], own_names: Mapping[str, set[str]]) -> Iterator[BackerPage]:
    """Every backer with its clients; one that is a client itself takes that note's name and size."""
    own = {name: client for client in reversed(clients) for name in own_names[client.key]}
    found: dict[str, tuple[str, list[str], list[str]]] = {}
    for client in clients:
        for backer in client.backers:
            note = own.get(fold(backer.name))
            name = note.name if note else backer.name
            _, sizes, backed = found.setdefault(fold(name), (name, [], []))
            if backer.size:
                sizes.append(backer.size)
            backed.append(client.key)
    by_name = {client.key: fold(client.name) for client in clients}
    for folded, (name, sizes, backed) in sorted(found.items()):
        note = own.get(folded)
        size = (note.size if note else "") or (sizes[0] if sizes else "")
        keys = tuple(sorted(dict.fromkeys(backed), key=lambda k: (by_name[k], k)))
        yield BackerPage(name, name, size, note.key if note else "", keys)
