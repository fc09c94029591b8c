"""How each client stands, in one line that every client gives: for pages and files that go through all of them.

Ten thousand clients are told apart by these lines; only those that a page then shows are looked into.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from sitegen.doctrine.closeness import Near, near
from sitegen.doctrine.load import reasons_of
from sitegen.model import Client
from sitegen.site.briefs import plans_of
from sitegen.site.context import Site
from sitegen.site.sharing import Part
from sitegen.site.shown import Shown
from sitegen.site.trace import Watched
from sitegen.text import bare

T = TypeVar("T")


class Standing(Shown, frozen=True, array_like=True):
    """When and why a client is due, and what lists of many ask first; days are ordinals, 0 for none."""

    by_due: tuple[bool, int, str, str, str]
    """The order by due date: never last, at once before all; then by day, time, name (bare) and key."""
    stage: str
    area: str
    reasons: tuple[tuple[str, int], ...]
    """Kind and day of each reason to call."""
    meetings: int
    """How many are planned."""
    large: bool
    """Rule R10: its deal is a large one."""

    @property
    def never(self) -> bool:
        """Nothing makes this client due."""
        return self.by_due[0]

    @property
    def day(self) -> int:
        """When it is due."""
        return self.by_due[1]

    @property
    def at_once(self) -> bool:
        """Due without a day."""
        return not self.by_due[0] and not self.by_due[1]

    def days_of(self, kind: str) -> Iterator[int]:
        """The days of its reasons of one kind, as far as they have one."""
        return (day for told, day in self.reasons if told == kind and day)


def _standing(site: Site, client: Client) -> Standing:
    due = site.facts[client.key].due
    time = due.reasons[0].time if due.reasons and due.reasons[0].kind == "meeting" else "~"
    return Standing(
        (due.never, _ordinal(due.date), time, bare(client.name), client.key),
        client.stage,
        client.area,
        reasons_of(due),
        len(plans_of(site, client)),
        (client.value or 0) >= site.cfg.large_deal,
    )


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


STANDING: Part[Standing] = Part("standing-3", _standing, Standing)
NEAR: Part[Near] = Part("near-1", lambda site, client: near(client, site.facts[client.key]), Near)


def standings(site: Site) -> Mapping[str, Standing]:
    """How all clients stand, by key."""
    return _all(site, STANDING)


def nearness(site: Site) -> Mapping[str, Near]:
    """How near all clients are to business, by key."""
    return _all(site, NEAR)


def standing_where(site: Site, fits: Callable[[Standing], bool]) -> list[Client]:
    """The clients whose standing fits, in the order of the book."""
    clients = site.clients
    return [clients[key] for key, one in standings(site).items() if fits(one)]


def _all(site: Site, part: Part[T]) -> Mapping[str, T]:
    # who looks one up depends on that one
    return site.found(
        f"all of {part.name}", lambda: Watched(f"part {part.name}", dict(site.parts(part)), site.trace)
    )
