"""The team's calendar: the seasons' rounds (年始回り, お中元, お歳暮, April's new chairs), and who was seen.

Article A (the perseverance test), opening: first become friends. A season's greeting is a call that nobody
finds strange; it is missed where it does not come.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from sitegen.config import Config, Occasion
from sitegen.model import Client
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """One year's days of an occasion."""

    first: dt.date
    last: dt.date
    """Included."""


@dataclass(frozen=True, slots=True)
class Round:
    """An occasion with its window: running, or the next to come."""

    number: int
    """Its place in the settings, from 0."""
    occasion: Occasion
    window: Window
    before: Window
    """The year before."""
    running: bool


@dataclass(frozen=True, slots=True)
class Greeting:
    """One client on a round's checklist."""

    client: str
    gift: Literal["bring", "none", ""]
    """`bring` a gift; `none`: they accept none, so greet them without; empty: no occasion for gifts."""
    done: tuple[dt.date, str] | None
    """Day and anchor of what was done in the window: a gift, or a contact face to face."""
    last_year: tuple[dt.date, str] | None


def rounds(cfg: Config, today: dt.date) -> tuple[Round, ...]:
    """Every occasion with the window that runs on `today` or comes next, by its first day."""
    found = []
    for number, occasion in enumerate(cfg.occasions):
        years = range(max(dt.MINYEAR, today.year - 1), min(dt.MAXYEAR - 2, today.year + 1) + 1)
        window = next((w for w in (_window(occasion, y) for y in years) if w.last >= today), None)
        if window:
            before = _window(occasion, max(dt.MINYEAR, window.first.year - 1))
            found.append(Round(number, occasion, window, before, window.first <= today))
    return tuple(sorted(found, key=lambda r: (r.window.first, r.window.last, r.number)))


class Seen(NamedTuple):
    """What a client gives to every round."""

    gifts: bool
    """They accept gifts."""
    days: tuple[tuple[int, str], ...]
    """When they were greeted, with a gift, answered or not, or face to face: the day's ordinal, the anchor."""


def seen_of(client: Client, today: dt.date) -> Seen:
    """When the client was seen up to `today`."""
    found = [
        (entry.date.toordinal(), entry.anchor)
        for entry in client.entries
        if entry.date <= today and (entry.kind == "gift" or (entry.face_to_face and entry.answered))
    ]
    return Seen(client.gifts, tuple(found))


def greetings(
    one: Round, clients: Iterable[Client], today: dt.date, seen: Callable[[Client], Seen] | None = None
) -> tuple[Greeting, ...]:
    """The checklist of a round, in the order of `clients`: those of its stages, the dropped never.

    `seen` tells of each client when it was seen up to `today`, where that is known already.
    """
    look = seen or (lambda client: seen_of(client, today))
    stages = one.occasion.stages
    found = []
    for client in clients:
        if client.stage == "dropped" or (stages and client.stage not in stages):
            continue
        known = look(client)
        gift = one.occasion.gift and known.gifts
        found.append(
            Greeting(
                client.key,
                "bring" if gift else "none" if one.occasion.gift else "",
                _done(known, one.window),
                _done(known, one.before),
            )
        )
    return tuple(found)


def _done(seen: Seen, window: Window) -> tuple[dt.date, str] | None:
    """The first day in the window on which they were greeted."""
    first, last = window.first.toordinal(), window.last.toordinal()
    found = min([one for one in seen.days if first <= one[0] <= last], default=None)
    return (dt.date.fromordinal(found[0]), found[1]) if found else None


def _window(occasion: Occasion, year: int) -> Window:
    """The window that begins in `year`; one that ends earlier in the year than it begins ends in the next."""
    across = occasion.last < occasion.first
    return Window(_day(year, occasion.first), _day(year + across, occasion.last))


def _day(year: int, month_day: tuple[int, int]) -> dt.date:
    """29 February is the 28th in most years."""
    month, day = month_day
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
