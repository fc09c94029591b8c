"""R10, the person sells: a large deal must not hang by one thin thread.

Article A (the perseverance test), opening: the bigger the deal, the more it depends on the person who sells
it and the less on price; so it depends on the people who know that person, and one transfer can undo it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sitegen.config import Config
from sitegen.doctrine.contacts import Contacts, gone, in_chair, met
from sitegen.doctrine.months import add_months
from sitegen.model import Client
from sitegen.records import dataclass

ThinKind = Literal["nobody-known", "one-known", "no-strategic", "strategic-unmet", "strategic-not-lately"]
_OVER = frozenset({"resting", "dropped"})
"""Stages in which no deal is in hand."""


@dataclass(frozen=True, slots=True)
class Strategic:
    """Somebody at the strategic level, and when we last sat before them."""

    name: str
    number: int
    """Place among the client's people, from 1."""
    met: dt.date | None
    """None: never face to face."""
    anchor: str


@dataclass(frozen=True, slots=True)
class Thread:
    """What a large deal hangs by."""

    value: int
    """Yen."""
    known: tuple[str, ...]
    """Who is known by name and still there: those listed, once they are in their chair, and all who were met."""
    strategic: tuple[Strategic, ...]
    """Those of them at the strategic level, the one met last first."""


@dataclass(frozen=True, slots=True)
class Thin:
    """Why a thread is thin."""

    kind: ThinKind
    name: str = ""
    """Who: the one person known, or the strategic one to meet."""
    met: dt.date | None = None
    """When that one was last met face to face."""


def thread(client: Client, cfg: Config, today: dt.date, log: Contacts) -> Thread | None:
    """What the deal with `client` hangs by; None where it is not large, or rests, or was dropped."""
    if client.value is None or client.value < cfg.large_deal or client.stage in _OVER:
        return None
    here = [person.name for person in client.people if in_chair(person, today)]
    left = {person.name for person in client.people if gone(person, today)}
    others = [name for entry in log.answered for name in met(entry) if name not in left]
    return Thread(client.value, tuple(dict.fromkeys([*here, *others])), _strategic(client, today, log))


def thin(found: Thread, cfg: Config, today: dt.date) -> tuple[Thin, ...]:
    """Why the thread is thin on `today`; nothing where it holds."""
    return tuple(reason for reason in (few_known(found), _far(found, cfg, today)) if reason)


def few_known(found: Thread) -> Thin | None:
    """Why it is thin whatever the day: at most one person is known."""
    if len(found.known) > 1:
        return None
    return Thin("one-known", found.known[0]) if found.known else Thin("nobody-known")


def _far(found: Thread, cfg: Config, today: dt.date) -> Thin | None:
    if not found.strategic:
        return Thin("no-strategic") if found.known else None
    last = found.strategic[0]
    if last.met is None:
        return Thin("strategic-unmet", last.name)
    if _held_until(last.met, cfg) < today:
        return Thin("strategic-not-lately", last.name, last.met)
    return None


def _held_until(met: dt.date, cfg: Config) -> dt.date:
    return add_months(met, cfg.thread_months)


def not_lately_from(found: Thread, cfg: Config) -> dt.date | None:
    """The day from which its strategic person was not met lately; None: nobody is, or was never met at all."""
    met = found.strategic[0].met if found.strategic else None
    if met is None or (last := _held_until(met, cfg)) == dt.date.max:
        return None
    return last + dt.timedelta(days=1)


def _strategic(client: Client, today: dt.date, log: Contacts) -> tuple[Strategic, ...]:
    last: dict[str, tuple[dt.date, str]] = {}
    for entry in log.answered:
        if entry.face_to_face:
            last.update((name, (entry.date, entry.anchor)) for name in met(entry))
    found = [
        Strategic(person.name, number, *last.get(person.name, (None, "")))
        for number, person in enumerate(client.people, 1)
        if person.level == "strategic" and (in_chair(person, today) or person.name in last)
        if not gone(person, today)
    ]
    return tuple(sorted(found, key=lambda one: (-(one.met or dt.date.min).toordinal(), one.number)))
