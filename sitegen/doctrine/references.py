"""R6, reference sites: who uses a product and lets others come and see, and who was taken there.

Article A (the perseverance test), point 4, the short cut: give the product free to a famous university. It
knows the score, and will let you bring customers as long as using the product is worth something to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from sitegen.doctrine.closeness import Near
from sitegen.doctrine.introduced import Showcases
from sitegen.model import MATURING, Client, Reference
from sitegen.records import dataclass
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Shown:
    """A day on which somebody was taken to see it."""

    date: dt.date
    guest: str
    """Client key; empty where the site's note names none."""
    at_site: str
    """Anchor of the entry in the site's note; empty where only the guest's tells of it."""
    at_guest: str
    """Anchor of the entry in the guest's note; empty where only the site's tells of it."""
    title: str
    """Of the site's entry."""
    stage_then: str
    """The guest's stage on that day, where a line tells; else empty."""
    moved: tuple[tuple[str, dt.date, str], ...]
    """What became of it: each stage that the guest moved to since, with its day and anchor."""


@dataclass(frozen=True, slots=True)
class Site:
    """A reference site."""

    client: str
    reference: Reference
    product: str
    """The reference's, else the client's own."""
    shown: tuple[Shown, ...]
    """The newest first."""
    worth: tuple[str, ...]
    """Maturing clients of this product that were never taken there, the nearest to business first."""


def reference_sites(
    clients: Mapping[str, Client], nearness: Iterable[Near], told: Mapping[str, Showcases], today: dt.date
) -> tuple[Site, ...]:
    """Every client that is a reference, by name; each entry of the kind `showcase` counts, on either side.

    `told`: by client, of those who tell of one.
    """
    ordered = sorted(nearness, key=lambda one: one.by)
    sites = {one.key: clients[one.key] for one in ordered if one.reference}
    days = _days(sites, clients, told, today) if sites else {}
    by_product = _maturing(ordered) if sites else {}
    found = []
    for key, client in sorted(sites.items(), key=lambda s: (s[1].name, s[0])):
        if client.reference is None:
            continue
        product = client.reference.product or client.product
        shown = tuple(_shown(days.get(key, {}), clients, today))
        taken = {one.guest for one in shown}
        worth = [one for one in by_product.get(fold(product), ()) if one != key and one not in taken]
        found.append(Site(key, client.reference, product, shown, tuple(worth)))
    return tuple(found)


Days = dict[tuple[dt.date, str], tuple[str, str, str]]
"""Day and guest → anchor at the site, anchor at the guest's, title."""


def _days(
    sites: Collection[str], clients: Collection[str], told: Mapping[str, Showcases], today: dt.date
) -> dict[str, Days]:
    days: dict[str, Days] = {key: {} for key in sites}
    for client, showcases in told.items():
        for date, anchor, title, linked in showcases:
            others = [key for key in linked if key in clients]
            if date > today:
                continue
            if client in sites:
                for guest in [key for key in others if key not in sites] or [""]:
                    _put(days[client], (date, guest), anchor, title, at_site=True)
            else:
                for site in others:
                    if site in sites:
                        _put(days[site], (date, client), anchor, title, at_site=False)
    return days


def _put(days: Days, met: tuple[dt.date, str], anchor: str, title: str, *, at_site: bool) -> None:
    at, there, known = days.get(met, ("", "", ""))
    days[met] = (at or anchor, there, known or title) if at_site else (at, there or anchor, known)


def _shown(days: Days, clients: Mapping[str, Client], today: dt.date) -> Iterator[Shown]:
    named = {date for date, guest in days if guest}
    for (date, guest), (at, there, title) in sorted(
        days.items(), key=lambda d: (-d[0][0].toordinal(), d[0][1])
    ):
        if not guest and date in named:  # the guest's own note says who it was
            continue
        before, since = _stages(clients[guest], date, today) if guest else ("", ())
        yield Shown(date, guest, at, there, title, before, since)


def _stages(
    client: Client, date: dt.date, today: dt.date
) -> tuple[str, tuple[tuple[str, dt.date, str], ...]]:
    """The last stage told up to `date`, and those told after it, oldest first."""
    told = [
        (line.text, entry.date, entry.anchor)
        for entry in sorted(client.entries, key=lambda e: (e.date, -e.where.line))
        for line in entry.lines
        if line.word == "stage" and line.text and entry.date <= today
    ]
    before = [stage for stage, day, _ in told if day <= date]
    return before[-1] if before else "", tuple(one for one in told if one[1] > date)


def _maturing(ordered: Iterable[Near]) -> dict[str, list[str]]:
    """By product those that may still buy it, in this order."""
    found: dict[str, list[str]] = {}
    for one in ordered:
        if one.stage in MATURING and one.product and not one.reference:
            found.setdefault(fold(one.product), []).append(one.key)
    return found
