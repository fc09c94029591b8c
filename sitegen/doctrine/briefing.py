"""R11, check the briefing: never assume that the president told the people in the room.

Article B (missing the real needs): the rep went on where he and the president had stopped, before three
people who had heard nothing of it. So before each meeting: who comes, who was there, who was told, and what
only somebody absent has said.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sitegen.doctrine.contacts import Contacts, in_chair, met, owner_on, reps_of, speaker
from sitegen.doctrine.meetings import plans
from sitegen.doctrine.needs import STRATEGIC, Board, Need, spoken_by
from sitegen.model import Client, Entry, PartialDate, Plan
from sitegen.records import dataclass

Heard = Literal["there", "told", "no"]
Start = Literal["basics", "some", "known", "no-talk"]
_SPOKEN = frozenset({"call", "online"})
_ASSISTANT = ("assistant", "secretary", "秘書", "アシスタント")


@dataclass(frozen=True, slots=True)
class Told:
    """A `briefed` line: what somebody had been told, and by whom."""

    text: str
    date: dt.date
    anchor: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who will be in the room."""

    name: str
    role: str
    level: str
    since: PartialDate | None
    times: int
    """Days on which they were met or spoken with."""
    last: Entry | None
    """The newest of these."""
    met_by: tuple[str, ...]
    """The reps who met them, where none of those who go now ever did."""
    said: tuple[Need, ...]
    """What they have said or borne out themselves, the latest first."""
    at_last: bool
    """Was at the client's last meeting."""
    heard: Heard
    """Of the last talk with the strategic level: was there, was told of it since, or neither is known."""
    told: Told | None
    """What they were told, if anything since."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What to know before one meeting."""

    plan: Plan | None
    """None: nothing is planned; the room is then everybody who is still in a chair."""
    reps: tuple[str, ...]
    room: tuple[Seat, ...]
    """Empty: nobody knows who is coming."""
    talk: Entry | None
    """The last talk with the strategic level."""
    talk_with: tuple[str, ...]
    """The strategic people of that talk."""
    last: Entry | None
    """The last meeting."""
    start: Start
    """`basics`: nobody coming is known to have heard of that talk. `some`: not everybody is. `no-talk`:
    there was none.
    """
    doubts: tuple[Need, ...]
    """Not to be assumed: guesses, and what nobody who comes has said; the strategic level's first."""
    assistant: str
    """Whom to ask who is coming; empty where no assistant is known."""
    stayed_away: tuple[tuple[str, dt.date, str], ...]
    """Strategic people who were expected before and did not come: name, newest day, anchor."""

    @property
    def unbriefed(self) -> tuple[str, ...]:
        """Who comes and is not known to have heard."""
        return tuple(seat.name for seat in self.room if seat.heard == "no")

    @property
    def top(self) -> tuple[str, ...]:
        """The strategic people who are expected."""
        return tuple(seat.name for seat in self.room if seat.level == STRATEGIC)


def planned(client: Client, log: Contacts) -> tuple[Plan, ...]:
    """Every planned meeting, the earliest first: one brief each."""
    return tuple(sorted(plans(client, log), key=lambda plan: (plan.date, plan.time)))


def brief(client: Client, plan: Plan | None, log: Contacts, board: Board, today: dt.date) -> Brief:
    """The brief for a planned meeting, or with `plan` None for going today. What is unknown is not briefed."""
    day = plan.date if plan else today
    reps = _reps(client, plan, log, day)
    strategic = {person.name for person in client.people if person.level == STRATEGIC}
    talk = next((e for e in reversed(log.answered) if _talks(e) and not strategic.isdisjoint(met(e))), None)
    last = next((e for e in reversed(log.answered) if _talks(e)), None)
    told = _told(log, talk)
    names = plan.people if plan else tuple(p.name for p in client.people if in_chair(p, day))
    room = tuple(_seat(client, name, log, board, reps, talk, last, told) for name in dict.fromkeys(names))
    return Brief(
        plan=plan,
        reps=reps,
        room=room,
        talk=talk,
        talk_with=tuple(name for name in met(talk) if name in strategic) if talk else (),
        last=last,
        start=_start(room, talk),
        doubts=_doubts(board, frozenset(names)),
        assistant=_assistant(client, day),
        stayed_away=tuple(_stayed_away(log, strategic)),
    )


def _talks(entry: Entry) -> bool:
    """Words went both ways: face to face, by telephone or online; a letter or a gift is no talk."""
    return entry.face_to_face or entry.kind in _SPOKEN


def _reps(client: Client, plan: Plan | None, log: Contacts, day: dt.date) -> tuple[str, ...]:
    """Who goes: as a future entry says, else the owner of that day."""
    entry = next((e for e in log.to_come if plan and (e.date, e.time) == (plan.date, plan.time)), None)
    if entry:
        return reps_of(client, entry)
    owner = owner_on(client, day)
    return (owner,) if owner else ()


def _told(log: Contacts, talk: Entry | None) -> dict[str, Told]:
    """Name → the newest `briefed` line since the talk. Without a talk there is nothing to be told of."""
    found: dict[str, Told] = {}
    since = log.past[log.past.index(talk) :] if talk else ()
    for entry in since:
        for line in entry.said("briefed"):
            if who := speaker(line, entry):
                found[who] = Told(line.text, entry.date, entry.anchor)
    return found


def _seat(
    client: Client,
    name: str,
    log: Contacts,
    board: Board,
    reps: tuple[str, ...],
    talk: Entry | None,
    last: Entry | None,
    told: dict[str, Told],
) -> Seat:
    person = client.person(name)
    seen = [entry for entry in log.answered if name in met(entry) and _talks(entry)]
    by = tuple(dict.fromkeys(rep for entry in seen for rep in reps_of(client, entry)))
    there = talk is not None and name in met(talk)
    return Seat(
        name=name,
        role=person.role if person else "",
        level=person.level if person else "",
        since=person.since if person else None,
        times=len({entry.date for entry in seen}),
        last=seen[-1] if seen else None,
        met_by=by if set(by).isdisjoint(reps) else (),
        said=tuple(spoken_by(board.needs, frozenset({name}))),
        at_last=last is not None and name in met(last),
        heard="there" if there else "told" if name in told else "no",
        told=told.get(name),
    )


def _start(room: tuple[Seat, ...], talk: Entry | None) -> Start:
    if talk is None:
        return "no-talk"
    heard = [seat.heard != "no" for seat in room]
    return "basics" if not any(heard) else "known" if all(heard) else "some"


def _doubts(board: Board, names: frozenset[str]) -> tuple[Need, ...]:
    """What nobody of these names has said: the strategic level's first, guesses last, each the latest first."""
    found = [n for n in board.needs if not any(voice.who in names for voice in n.voices)]
    return tuple(sorted(found, key=lambda n: 2 if not n.voices else 0 if n.heard_on(STRATEGIC) else 1))


def _assistant(client: Client, day: dt.date) -> str:
    roles = ((p.name, p.role.casefold()) for p in client.people if in_chair(p, day))
    return next((name for name, role in roles if any(word in role for word in _ASSISTANT)), "")


def _stayed_away(log: Contacts, strategic: set[str]) -> list[tuple[str, dt.date, str]]:
    found: dict[str, tuple[str, dt.date, str]] = {}
    for entry in log.past:
        for line in entry.said("absent"):
            if line.who in strategic:
                found[line.who] = (line.who, entry.date, entry.anchor)
    return [found[name] for name in sorted(found)]
