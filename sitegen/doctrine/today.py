"""What matters today: the few things of the whole team that cannot wait, each with who and why.

Article A (the perseverance test), point 5: with hundreds of contacts discipline means knowing what comes
first. So of each kind of thing there is one, the worst; a day has room for a handful.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from sitegen.config import Config
from sitegen.doctrine.briefing import brief, planned
from sitegen.doctrine.care import Cared, thin_threads
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.facts import Facts, Reason
from sitegen.doctrine.introductions import Introduction
from sitegen.doctrine.portfolio import Counted
from sitegen.doctrine.threads import Thin
from sitegen.model import Client
from sitegen.records import dataclass

ThingKind = Literal[
    "promise", "unbriefed", "probable", "face", "thread", "introduction", "winnow", "approaches"
]
AT_MOST = 5
"""More than a handful of first things are none."""


Days = Sequence[tuple[dt.date, str]]
"""Days, each with the key of a client."""


@dataclass(frozen=True, slots=True)
class Team:
    """What the things are found in."""

    clients: Mapping[str, Client]
    facts: Mapping[str, Facts]
    """Of all clients; looked up for few of them."""
    dated: Callable[[str], Days]
    """The reasons to call of one kind that have a day."""
    probable: Days
    """The probable clients whose first reason to call has a day and is no promise, with that day."""
    large: Iterable[Cared]
    """The clients whose deal is a large one."""
    cfg: Config
    today: dt.date
    next_day: dt.date
    """The next working day."""
    introduction: Introduction | None
    """The one most worth making."""
    introductions: int
    """How many are worth making."""
    portfolios: Mapping[str, Counted]
    """By rep."""
    from_the_basics: Callable[[Client, Reason], bool]
    """Rule R11: whether nobody comes to a planned meeting who was briefed."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that matters today."""

    kind: ThingKind
    more: int = 0
    """How many others of its kind there are."""
    client: str = ""
    """Key; empty for what is about a rep."""
    rep: str = ""
    """Key of the rep whose it is."""
    reason: Reason | None = None
    """The reason to call behind it."""
    other: str = ""
    """Introductions: key of the client that looks for something; `client` has it."""
    text: str = ""
    """Introductions: what is looked for."""
    thin: Thin | None = None
    n: int = 0
    """Winnow: how many; approaches: how many this month."""
    goal: int = 0
    """Approaches: how many a month are wanted."""


def things(team: Team) -> tuple[Thing, ...]:
    """The first handful, the weightiest kind first; nothing of a kind that has nothing to say."""
    found = (thing for kind in _KINDS if (thing := kind(team)))
    return tuple(thing for thing, _ in zip(found, range(AT_MOST), strict=False))


def _first(kind: ThingKind, found: Sequence[tuple[dt.date, Client, Reason]], of: int) -> Thing | None:
    """The earliest of them; of one day the earlier hour, then the first by name. `of`: how many there are in all."""
    if not found:
        return None
    _, client, reason = min(found, key=lambda one: (one[0], one[2].time or "~", one[1].name, one[1].key))
    return Thing(kind, of - 1, client.key, client.owner, reason)


def _worst(team: Team, kind: ThingKind, days: Days, of_kind: str = "") -> Thing | None:
    """The same where only days are known: the clients of the earliest are looked into, for reasons of this kind.

    No kind: for their first reason.
    """
    first = min((day for day, _ in days), default=team.today)
    found = []
    for key in sorted({key for day, key in days if day == first}):
        reasons = team.facts[key].due.reasons
        wanted = [one for one in reasons if one.kind == of_kind] if of_kind else reasons[:1]
        found += [(first, team.clients[key], one) for one in wanted if one.date == first]
    return _first(kind, found, len(days))


def overdue_promise(team: Team) -> Thing | None:
    """R8: the promise that is overdue longest."""
    late = [one for one in team.dated("promise") if one[0] < team.today]
    return _worst(team, "promise", late, "promise")


def unbriefed_meeting(team: Team) -> Thing | None:
    """R11: the next meeting, today or on the next working day, to which nobody comes who was briefed."""
    soon = dict.fromkeys(key for day, key in team.dated("meeting") if team.today <= day <= team.next_day)
    found = [
        (reason.date, team.clients[key], reason)
        for key in soon
        for reason in team.facts[key].due.reasons
        if reason.kind == "meeting" and reason.date and team.today <= reason.date <= team.next_day
    ]
    basic = [one for one in found if team.from_the_basics(one[1], one[2])]
    return _first("unbriefed", basic, len(basic))


def from_the_basics(client: Client, facts: Facts, today: dt.date) -> tuple[tuple[dt.date, str], ...]:
    """Rule R11: day and time of the planned meetings to which nobody comes who was briefed."""
    log = contacts(client, today)
    found = planned(client, log)
    return tuple(
        [(p.date, p.time) for p in found if brief(client, p, log, facts.board, today).start == "basics"]
    )


def late_probable(team: Team) -> Thing | None:
    """R8: the probable client that is overdue longest; one that waits for a promise is told as that."""
    late = [one for one in team.probable if one[0] < team.today]
    return _worst(team, "probable", late)


def face_to_greet(team: Team) -> Thing | None:
    """R14: the new face that has been waiting longest."""
    here = [one for one in team.dated("new-face") if one[0] <= team.today]
    return _worst(team, "face", here, "new-face")


def thin_thread(team: Team) -> Thing | None:
    """R10: the largest deal that hangs by a thin thread."""
    found = thin_threads(team.large, team.cfg, team.today)
    if not found:
        return None
    client, reasons = team.clients[found[0][0].key], found[0][1]
    return Thing("thread", len(found) - 1, client.key, client.owner, thin=reasons[0])


def introduction_to_make(team: Team) -> Thing | None:
    """R9: the introduction that may push the nearest client over the line; both sides must be at hand."""
    if not (first := team.introduction):
        return None
    owner = team.clients[first.offerer].owner
    return Thing(
        "introduction", team.introductions - 1, first.offerer, owner, other=first.seeker, text=first.wanted
    )


def winnowing(team: Team) -> Thing | None:
    """R7: the rep with most contacts that were never sorted."""
    most = max(team.portfolios.items(), key=lambda one: one[1].winnow, default=None)
    if most is None or not most[1].winnow:
        return None
    return Thing("winnow", rep=most[0], n=most[1].winnow)


def too_few_approaches(team: Team) -> Thing | None:
    """R7: the rep below the band who has made the fewest approaches this month, if they are too few."""
    goal = team.cfg.portfolio.approaches
    building = [(p.approaches, rep) for rep, p in team.portfolios.items() if p.phase == "building"]
    few = [one for one in building if one[0] < goal]
    if not few:
        return None
    n, rep = min(few)
    return Thing("approaches", len(few) - 1, rep=rep, n=n, goal=goal)


_KINDS: tuple[Callable[[Team], Thing | None], ...] = (
    overdue_promise,
    unbriefed_meeting,
    late_probable,
    face_to_greet,
    thin_thread,
    introduction_to_make,
    winnowing,
    too_few_approaches,
)
"""In the order of their weight: a word given, a door about to open, what is nearest to business, the rest."""
