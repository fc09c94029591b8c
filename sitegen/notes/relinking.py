"""Links of a book of which a few notes changed: only what these can have changed is resolved anew.

As long as no note came, went or took another name, person or backer, a link of another note leads where it led,
unless it leads to an entry of a note that changed. Anything else, and the whole book is linked by `linking.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec import Raw

from sitegen.keeping.coding import Unread, encode
from sitegen.keeping.halves import begin_releasing, release
from sitegen.model import BackerPage, Backlink, Book, Network, Problem, Target
from sitegen.notes.kept import TIE
from sitegen.notes.linking import (
    HINTS,
    Kind,
    Linking,
    Noted,
    backlinks_of,
    kind_of,
    linked,
    to_clients,
)

MANY = 300
"""Clients whose links are not kept at hand once they are resolved."""
FEW = 200
"""Notes to link anew from which the whole book is."""


_Targets = tuple[Target | None, ...]
_Backlinks = tuple[Backlink, ...]
_Fits = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Linked:
    """The links of a book, and what they were made from; decoded as far as somebody asks."""

    ties: dict[str, bytes]
    """By path; see `kept.Shelf`."""
    targets: dict[str, Raw]
    backlinks: dict[str, Raw]
    problems: dict[str, tuple[Problem, ...]]
    """By the path of the note that links."""
    lost: tuple[str, ...]
    """The path of the note for each link that leads nowhere: only so many are told what may be meant."""


@dataclass(frozen=True, slots=True)
class Named:
    """What links meet: it stays while notes keep their names."""

    names: dict[str, Raw]
    """Folded name → kind, key and shown name of all that have it."""
    backers: tuple[BackerPage, ...]
    backer_of: dict[str, str]
    problems: tuple[Problem, ...]
    """Those of people said to be the same as somebody."""


def link_all(book: Book, ties: Mapping[str, bytes]) -> tuple[Linked, Named]:
    """The whole book linked."""
    if len(book.clients) >= MANY:
        begin_releasing()
    found = linked(book)
    release()
    network = found.network
    fitting = {
        name: [(kind, key, shown) for (kind, key), shown in fits.items()]
        for name, fits in found.names.items()
    }
    named = Named(_packed(fitting), network.backers, dict(network.backer_of), found.people)
    problems = {path: tuple(told) for path, told in found.problems.items()}
    targets, backlinks = _packed(network.targets), _packed(network.backlinks)
    return Linked(dict(ties), targets, backlinks, problems, _lost(problems)), named


def _packed(table: Mapping[str, object]) -> dict[str, Raw]:
    return {key: Raw(encode(value)) for key, value in table.items()}


def _targets(found: Linked) -> Mapping[str, _Targets]:
    return Unread(found.targets, _Targets)


def _backlinks_in(found: Linked) -> Mapping[str, _Backlinks]:
    return Unread(found.backlinks, _Backlinks)


def network_of(found: Linked, named: Named) -> Network:
    """As everybody else knows it."""
    problems = [problem for told in found.problems.values() for problem in told]
    return Network(
        _targets(found), _backlinks_in(found), named.backers, named.backer_of, (*problems, *named.problems)
    )


def link_again(book: Book, ties: Mapping[str, bytes], before: Linked, named: Named) -> Linked | None:
    """The book linked, from how it was linked before; None where the whole must be linked anew."""
    if before.ties.keys() != ties.keys():
        return None
    changed = [path for path, tie in ties.items() if before.ties[path] != tie]
    if len(changed) > FEW or any(before.ties[path][:TIE] != ties[path][:TIE] for path in changed):
        return None
    notes = _Notes(book)
    again = notes.at(changed)
    for path, note in tuple(again.items()):
        if before.ties[path][2 * TIE :] != ties[path][2 * TIE :]:
            again |= notes.linking(_backlinks_in(before).get(note.key, ()))
    linking = Linking(book, _Names(named.names))
    targets, problems = dict(before.targets), dict(before.problems)
    concerned: set[str] = set()
    for path, note in again.items():
        concerned |= _clients(_targets(before).get(path, ()))
        to, told = linking.resolve(note)
        targets[path] = Raw(encode(to))
        concerned |= _clients(to)
        problems.pop(path, None)
        if told:
            problems[path] = tuple(told)
    lost = _lost(problems)
    if not again.keys().isdisjoint({*lost, *before.lost}) and max(len(lost), len(before.lost)) > HINTS:
        return None  # who is told what may be meant depends on all of them
    backlinks = _backlinks(before, again, concerned, notes, Unread(targets, _Targets))
    return Linked(dict(ties), targets, backlinks, problems, lost)


class _Notes:
    """The notes of a book, looked up as far as somebody asks."""

    def __init__(self, book: Book) -> None:
        self._all: tuple[Noted, ...] = (*book.clients, *book.reps, *book.solutions, *book.pages)

    def at(self, paths: Collection[str]) -> dict[str, Noted]:
        """Those at these paths, in the order of the book."""
        wanted = frozenset(paths)
        return {note.path: note for note in self._all if note.path in wanted}

    @cached_property
    def _keys(self) -> dict[tuple[Kind, str], Noted]:
        return {(kind_of(note), note.key): note for note in self._all}

    def linking(self, links: Collection[Backlink]) -> dict[str, Noted]:
        """Those that these links come from, by path."""
        sources = [self._keys.get((link.kind, link.key)) for link in links]
        return {source.path: source for source in sources if source}


class _Names(Mapping[str, Mapping[tuple[str, str], str]]):
    """What links meet, as it is kept; a name is looked at when somebody asks for it."""

    def __init__(self, kept: Mapping[str, Raw]) -> None:
        self._kept = Unread[_Fits](kept, _Fits)

    def __getitem__(self, name: str) -> Mapping[tuple[str, str], str]:
        return {(kind, key): shown for kind, key, shown in self._kept[name]}

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _clients(targets: Iterable[Target | None]) -> set[str]:
    return {target.key for target in targets if target and target.kind == "client"}


def _backlinks(
    before: Linked,
    again: Mapping[str, Noted],
    concerned: Iterable[str],
    notes: _Notes,
    targets: Mapping[str, _Targets],
) -> dict[str, Raw]:
    """Who links to whom; only to those concerned somebody may link otherwise than before."""
    known = dict(before.backlinks)
    for key in concerned:
        known.pop(key, None)
        linking = notes.linking(_backlinks_in(before).get(key, ())) | dict(again)
        found = [
            (note, link)
            for path, note in linking.items()
            for to, link in to_clients(note, targets.get(path, ()))
            if to == key
        ]
        if found:
            known[key] = Raw(encode(backlinks_of(found)))
    return known


def _lost(problems: Mapping[str, Iterable[Problem]]) -> tuple[str, ...]:
    """The path of each note with a link that leads nowhere, once a link."""
    return tuple(path for path, told in problems.items() for one in told if one.code == "link-nowhere")
