"""R7: everything that the reps did, day by day, and which of it was a client's first contact.

Article A (the perseverance test), point 5: selling is a numbers game, and the numbers are people met. They are
counted where they were met: for the rep who went, whoever looks after the client today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sitegen.doctrine.contacts import Contacts, contacts, owner_on, reps_of
from sitegen.doctrine.stages import Began, Move, way
from sitegen.model import Client, Entry, Promise, Rep
from sitegen.past import History
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry as a rep's work, done or planned; or the contact that a `last_visit` tells of."""

    client: Client
    date: dt.date
    entry: Entry | None
    """None: the note's `last_visit`, later than every entry."""
    reps: tuple[str, ...]
    """Keys of those who went; empty where nobody is known."""
    first: bool = False
    """The client's first contact: an approach."""
    planned: bool = False
    """Dated after today."""

    @property
    def contact(self) -> bool:
        """It got an answer, and its day has come."""
        return not self.planned and (self.entry is None or self.entry.answered)

    @property
    def visit(self) -> bool:
        """A contact face to face (a `last_visit` is one)."""
        return self.contact and (self.entry is None or self.entry.face_to_face)

    @property
    def anchor(self) -> str:
        """Where it stands on the client's page; empty for a `last_visit`."""
        return self.entry.anchor if self.entry else ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with a date, and where it was made."""

    client: Client
    promise: Promise
    due: dt.date
    made: dt.date | None
    """The entry's day; None outside entries."""
    anchor: str


@dataclass(frozen=True, slots=True)
class Past:
    """What a client's note tells of its way so far."""

    first: dt.date | None
    """The first contact that is known: the oldest written one, or `last_visit`."""
    begun: dt.date | None
    """The day of the very first contact, where the note holds it; a note with `visits_before` does not, nor
    does one whose `last_visit` is older than every entry or the only contact.
    """
    last: dt.date | None
    contacts: int
    unanswered: int
    moves: tuple[Move, ...]
    began: Began | None = None
    """What git's oldest version of the note says; None where git does not know it."""


@dataclass(frozen=True, slots=True)
class Diary:
    """The whole book by weeks. A week is known by `week_of`, a rep by its key, the team by None."""

    deeds: Mapping[str | None, Mapping[int, Sequence[Deed]]]
    """Rep → week → entries, in the order of the book. A joint visit stands once under each rep who went, and
    once in the team's.
    """
    promises: Mapping[str, Mapping[int, Sequence[Kept]]]
    """Rep who owns the client → week of the promise's date."""
    past: Mapping[str, Past]
    """By client key."""
    moved: Mapping[str | None, Mapping[int, Sequence[tuple[Client, Move]]]] = field(default_factory=dict)
    """Rep → week → movements, in the order of the book. What a line tells counts for those who went; what only
    a commit tells for the client's owner of that day, whoever typed it.
    """

    def between(self, rep: str | None, first: dt.date, last: dt.date) -> list[Deed]:
        """The rep's entries from `first` to `last`, both included, oldest first."""
        weeks = self.deeds.get(rep, {})
        found = [
            deed
            for week in range(week_of(first), week_of(last) + 1)
            for deed in weeks.get(week, ())
            if first <= deed.date <= last
        ]
        return sorted(found, key=_by_time)


def week_of(day: dt.date) -> int:
    """Weeks from Monday to Sunday, counted through from the calendar's first."""
    return (day.toordinal() - 1) // 7


def monday(week: int) -> dt.date:
    """The first day of a week."""
    return dt.date.fromordinal(week * 7 + 1)


def diary(
    clients: Iterable[Client], reps: Iterable[Rep], today: dt.date, history: History | None = None
) -> Diary:
    """Everything done and planned, as on `today`. `reps` tell who is meant by a name after `by:`."""
    versions = history or History()
    keys = rep_keys(reps)
    team: dict[int, list[Deed]] = {}
    deeds: dict[str | None, dict[int, list[Deed]]] = {None: team}
    promised: dict[str, dict[int, list[Kept]]] = {}
    past: dict[str, Past] = {}
    moved: dict[str | None, dict[int, list[tuple[Client, Move]]]] = {}
    for client in clients:
        log = contacts(client, today)
        past[client.key] = here = past_of(client, log, versions, keys)
        for move in here.moves:
            owner = owner_on(client, move.date)
            for rep in (None, *(move.who if move.source == "line" else (owner,))):
                moved.setdefault(rep, {}).setdefault(week_of(move.date), []).append((client, move))
        for deed in _deeds(client, log, here, keys):
            week = week_of(deed.date)
            team.setdefault(week, []).append(deed)
            for rep in deed.reps:
                deeds.setdefault(rep, {}).setdefault(week, []).append(deed)
        for kept in _promises(client):
            promised.setdefault(client.owner, {}).setdefault(week_of(kept.due), []).append(kept)
    return Diary(deeds, promised, past, moved)


def moves_between(diary: Diary, rep: str | None, first: dt.date, last: dt.date) -> list[tuple[Client, Move]]:
    """The rep's movements from `first` to `last`, both included, oldest first; None: the team's."""
    weeks = diary.moved.get(rep, {})
    found = [
        one
        for week in range(week_of(first), week_of(last) + 1)
        for one in weeks.get(week, ())
        if first <= one[1].date <= last
    ]
    return sorted(found, key=lambda one: (one[1].date, one[0].path))


def rep_keys(reps: Iterable[Rep]) -> dict[str, str]:
    """A rep's key by each of the names that a `by:` line may use, folded."""
    return {fold(name): rep.key for rep in reps for name in (rep.native, rep.name, rep.key) if name}


def past_of(client: Client, log: Contacts, versions: History, keys: Mapping[str, str]) -> Past:
    """One client's way so far. `keys`: see `rep_keys`."""
    cut = versions.since if versions.status == "shallow" else None
    trodden = way(log, versions.of(client.path), client.stage, cut)
    went = {entry.anchor: entry for entry in log.past} if trodden.moves else {}
    found = [
        replace(move, who=_who(client, went[move.anchor], keys)) if move.source == "line" else move
        for move in trodden.moves
    ]
    oldest = log.answered[0].date if log.answered else None
    told = log.last_visit
    whole = oldest is not None and not client.visits_before and not (told and told < oldest)
    late = told is not None and (not log.answered or told > log.answered[-1].date)
    return Past(
        first=min(filter(None, (oldest, told)), default=None),
        begun=oldest if whole else None,
        last=log.last,
        contacts=len(log.answered) + late,
        unanswered=len(log.past) - len(log.answered),
        moves=tuple(found),
        began=trodden.began,
    )


def _deeds(client: Client, log: Contacts, past: Past, keys: Mapping[str, str]) -> Iterator[Deed]:
    first = log.answered[0] if past.begun else None
    for entry in log.past:
        yield Deed(client, entry.date, entry, _who(client, entry, keys), first=entry is first)
    for entry in log.to_come:
        yield Deed(client, entry.date, entry, _who(client, entry, keys), planned=True)
    if past.contacts > len(log.answered) and past.last:
        owner = owner_on(client, past.last)
        yield Deed(client, past.last, None, (owner,) if owner else ())


def _who(client: Client, entry: Entry, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the reps who went, each once: a `by:` line may name them as people do."""
    if entry.by:
        return tuple(dict.fromkeys([keys.get(fold(name), name) for name in entry.by]))
    return reps_of(client, entry)


def _promises(client: Client) -> Iterator[Kept]:
    for promise in client.promises:
        if promise.due:
            yield Kept(client, promise, promise.due, None, "")
    for entry in client.entries:
        for promise in entry.promises:
            if promise.due:
                yield Kept(client, promise, promise.due, entry.date, entry.anchor)


def _by_time(deed: Deed) -> tuple[dt.date, str, str, int]:
    entry = deed.entry
    return deed.date, (entry.time if entry else "") or "~", deed.client.path, entry.where.line if entry else 0
