"""The week of one rep: what was done, what moved, what was heard and promised (週報).

Article A (the perseverance test), point 5, asks for discipline in getting out to meet people; a week is short
enough to mend what went wrong in it. A finished week is a matter of the notes alone: no new day changes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sitegen.config import Config
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.diary import Deed, Diary, Kept, monday, moves_between, week_of
from sitegen.doctrine.due import due
from sitegen.doctrine.load import workdays_between
from sitegen.doctrine.log import REFUSED, Line, Vow
from sitegen.doctrine.stages import UNKNOWN, Move, rank, stage_on
from sitegen.doctrine.workdays import Workdays, add_days
from sitegen.model import Client
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A line of an entry of the week."""

    deed: Deed
    line: Line


@dataclass(frozen=True, slots=True)
class Sums:
    """One rep's week in numbers."""

    first: dt.date
    last: dt.date
    workdays: int
    contacts: int
    visits: int
    approaches: int
    moved: int
    refused: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Week:
    """One rep's week from Monday to Sunday."""

    sums: Sums
    deeds: tuple[Deed, ...]
    """Everything written, oldest first; in a week that isn't over also what is planned."""
    moved: tuple[tuple[Client, Move], ...]
    """Movements, oldest first."""
    due: tuple[Kept, ...]
    """Promises for this week, by date, whenever they were made; cancelled ones left out."""
    planned: tuple[Client, ...]
    """Clients whose planned meeting (`next`) lies in this week and of which nothing is written, by date."""
    after: tuple[Deed, ...]
    """What the notes hold for the week after: appointments face to face."""
    after_due: tuple[Kept, ...]
    """Promises for the week after that were made by the end of this one."""
    after_next: tuple[Client, ...]
    """Clients whose planned meeting (`next`) lies in the week after, by date."""

    @property
    def first(self) -> dt.date:
        """Its Monday."""
        return self.sums.first

    @property
    def last(self) -> dt.date:
        """Its Sunday."""
        return self.sums.last

    @property
    def first_contacts(self) -> list[Deed]:
        """Approaches."""
        return [deed for deed in self.deeds if deed.first]

    @property
    def made(self) -> list[tuple[Deed, Vow]]:
        """Promises made in this week."""
        return [
            (d, vow) for d in self.deeds if not d.planned and (entry := d.entry) for vow in entry.promises
        ]

    def said(self, *words: str) -> list[Said]:
        """Lines of these words, in the order of the entries."""
        return [
            Said(deed, line)
            for deed in self.deeds
            if not deed.planned and (deed.refused or not REFUSED.issuperset(words)) and (entry := deed.entry)
            for line in entry.lines
            if line.word in words
        ]


def weeks_of(diary: Diary, rep: str, today: dt.date, most: int) -> list[int]:
    """The newest weeks in which the rep did something, newest first, at most so many.

    Counted from what is written, not from today, so that a new day takes no week away.
    """
    this = week_of(today)
    found = diary.weeks.get(rep, ())
    return [week for week in found if week <= this][:most]


def meetings_by_week(owned: Sequence[Client]) -> dict[int, list[Client]]:
    """Week → the clients whose planned meeting (`next`) lies in it, by date and time."""
    found: dict[int, list[Client]] = {}
    planned = [(c.next.date, c.next.time or "~", c.path, c) for c in owned if c.next]
    for day, _, _, client in sorted(planned, key=lambda p: p[:3]):
        found.setdefault(week_of(day), []).append(client)
    return found


def sums(diary: Diary, rep: str, number: int, workdays: Workdays) -> Sums:
    """The numbers of the rep's week (see `week_of`), counted without a word being read."""
    deeds = diary.deeds.get(rep, {}).get(number, ())
    first = monday(number)
    last = add_days(first, 6)
    contacts = sum(deed.contact for deed in deeds)
    return Sums(
        first=first,
        last=last,
        workdays=workdays_between(workdays, first, last),
        contacts=contacts,
        visits=sum(deed.visit for deed in deeds),
        approaches=sum(deed.first for deed in deeds),
        moved=len(diary.moved.get(rep, {}).get(number, ())),
        refused=sum(deed.refused for deed in deeds if not deed.planned),
        unanswered=sum(not deed.planned for deed in deeds) - contacts,
    )


def week(
    diary: Diary,
    rep: str,
    number: int,
    meetings: Mapping[int, Sequence[Client]],
    workdays: Workdays,
    today: dt.date | None,
) -> Week:
    """The rep's week of this number (see `week_of`). `today` matters only where it isn't over; None: it is."""
    counted = sums(diary, rep, number, workdays)
    first, last = counted.first, counted.last
    deeds = tuple(diary.between(rep, first, last))
    after = diary.between(rep, add_days(last, 1), add_days(last, 7))
    until = min(last, today) if today else last
    return Week(
        sums=counted,
        deeds=deeds,
        moved=tuple(_moved(diary, deeds, rep, first, last)),
        due=tuple(diary.due(rep, number)),
        planned=tuple([c for c in meetings.get(number, ()) if not _written(diary, c, until)]),
        after=tuple([deed for deed in after if deed.place >= 0 and deed.face_to_face]),
        after_due=tuple([k for k in diary.due(rep, number + 1) if k.made is None or k.made <= last]),
        after_next=tuple([c for c in meetings.get(number + 1, ()) if not _written(diary, c, last)]),
    )


def _written(diary: Diary, client: Client, until: dt.date) -> bool:
    """Is there an entry of the planned meeting's own day, or of a later one up to `until`?"""
    day = (client.next.date if client.next else until).toordinal()
    end = until.toordinal()
    return any(mark.day == day or day < mark.day <= end for mark in diary.logs[client.key].marks)


def _moved(
    diary: Diary, deeds: Sequence[Deed], rep: str, first: dt.date, last: dt.date
) -> list[tuple[Client, Move]]:
    """What lines tell, in the order of the entries; with it, day by day, what only commits tell."""
    told = [
        (deed.client, move)
        for deed in deeds
        if deed.place >= 0
        for move in diary.past[deed.client.key].moves
        if move.source == "line" and move.date == deed.date and move.anchor == deed.anchor
    ]
    others = [one for one in moves_between(diary, rep, first, last) if one[1].source == "git"]
    return sorted([*told, *others], key=lambda one: one[1].date)


@dataclass(frozen=True, slots=True)
class Call:
    """Something in a finished week that wants the manager."""

    kind: str
    """`down`, `no`, `late`, `unwritten`, `unseen` or `few`."""
    client: Client | None = None
    anchor: str = ""
    text: str = ""
    """The line's or the promise's text; `down`: the stage that it fell to."""
    date: dt.date | None = None


def calls(
    found: Week, owned: Sequence[Client], diary: Diary, cfg: Config, workdays: Workdays, today: dt.date
) -> list[Call]:
    """What wants the manager, the gravest first.

    A client that fell back; a no or a postponement from one that was possible or probable; a promise of that
    week that is still open; a planned meeting of which nothing is written; a probable client that was due by its
    cadence and not contacted; less than half of the contacts that the working days ask for.
    """
    down = [
        Call("down", c, m.anchor, m.stage, m.date)
        for c, m in found.moved
        if UNKNOWN not in (m.stage, m.before) and not m.up
    ]
    near = [
        Call("no", s.deed.client, s.deed.anchor, s.line.text, s.deed.date)
        for s in found.said("no", "postponed")
        if rank(_stage_before(diary, s.deed, today)) in (2, 3)
    ]
    late = [Call("late", k.client, k.anchor, k.text, k.due) for k in found.due if k.state == "open"]
    unwritten = [Call("unwritten", c, date=c.next.date) for c in found.planned if c.next]
    seen = _seen(diary, week_of(found.first), cfg)
    unseen = [
        Call("unseen", client, date=day)
        for client in owned
        if client.stage == "probable"
        and client.key not in seen
        and _was_probable(client, diary, found, today)
        and (day := _missed(client, cfg, workdays, found))
    ]
    few = [Call("few")] if found.sums.contacts * 2 < found.sums.workdays * cfg.portfolio.per_day else []
    return [*down, *near, *late, *unwritten, *unseen, *few]


def _seen(diary: Diary, number: int, cfg: Config) -> set[str]:
    """Clients contacted in the week, whose cadence asked for nothing more in it: no need to look at their notes."""
    if (cfg.cadence.get("probable") or 0) < 7:
        return set()
    return {deed.client.key for deed in diary.deeds.get(None, {}).get(number, ()) if deed.contact}


def _stage_before(diary: Diary, deed: Deed, today: dt.date) -> str:
    past = diary.past[deed.client.key]
    return stage_on(deed.client, past.moves, add_days(deed.date, -1), today, past.began)


def _was_probable(client: Client, diary: Diary, found: Week, today: dt.date) -> bool:
    past = diary.past[client.key]
    days = (found.first, found.last)
    return all(stage_on(client, past.moves, day, today, past.began) == "probable" for day in days)


def _missed(client: Client, cfg: Config, workdays: Workdays, found: Week) -> dt.date | None:
    """The day by which the cadence, waits and planned meetings heeded, asked for a contact, as on that Sunday."""
    reasons = due(client, cfg, workdays, found.last, contacts(client, found.last)).reasons
    dated = [r.date for r in reasons if r.kind == "cadence" and r.date]
    return next((day for day in dated if day <= found.last), None)
