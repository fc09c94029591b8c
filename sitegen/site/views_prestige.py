"""Well-known clients first (rule R6): whom to win for each product, and where to take people to see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from sitegen.doctrine.introduced import Showcases
from sitegen.doctrine.prestige import Prestige, prestige
from sitegen.doctrine.references import Shown, reference_sites
from sitegen.doctrine.references import Site as Reference
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import TELLING, Shared, Site
from sitegen.site.parts import DayRef, Ref, day_ref, ref
from sitegen.site.standing import nearness
from sitegen.site.tabs import Tab, giving_tabs
from sitegen.text import fold

WORTH = 8
"""Clients to take to a reference site that are told."""


@dataclass(frozen=True, slots=True)
class TargetView:
    """A well-known client, and how near it is."""

    client: Ref
    visits: str
    last: Markup
    last_href: str


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product, and its well-known clients."""

    name: str
    won: tuple[Ref, ...]
    targets: tuple[TargetView, ...]
    total: int
    """Targets in all, also those that the page does not hold."""
    sites: tuple[Ref, ...]
    """Reference sites that use it."""


@dataclass(frozen=True, slots=True)
class ShownView:
    """Somebody who was taken to see it."""

    when: DayRef
    guest: Ref | None
    guest_when: DayRef | None
    title: str
    then: str
    moved: tuple[tuple[str, DayRef], ...]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A reference site."""

    client: Ref
    product: str
    free: bool
    visits: bool
    since: Markup
    benefit: str
    last: DayRef | None
    shown: tuple[ShownView, ...]
    worth: tuple[Ref, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PrestigeView:
    """The page."""

    tabs: tuple[Tab, ...]
    products: tuple[ProductView, ...]
    bare: tuple[str, ...]
    """Products without any well-known client."""
    references: tuple[ReferenceView, ...]


def _products(site: Site) -> dict[str, tuple[Prestige, int]]:
    rows = prestige(nearness(site).values(), site.cfg)
    shown = site.cfg.list_rows
    return {row.product: (replace(row, targets=row.targets[:shown]), len(row.targets)) for row in rows}


PRODUCTS: Shared[tuple[Prestige, int]] = Shared("prestige", _products, tuple[Prestige, int])
"""Each product with the clients that the page shows, and how many targets there are in all."""
SHOWCASES: Shared[Showcases] = Shared(
    "showcases",
    lambda site: {key: told.showcases for key, told in site.parts(TELLING) if told.showcases},
    Showcases,
)
"""By client the entries that tell of something shown."""


def _references(site: Site) -> dict[str, tuple[Reference, int]]:
    told = dict(site.shared(SHOWCASES).items())
    found = reference_sites(site.clients, nearness(site).values(), told, site.this_day)
    return {one.client: (replace(one, worth=one.worth[:WORTH]), len(one.worth)) for one in found}


REFERENCES: Shared[tuple[Reference, int]] = Shared("references", _references, tuple[Reference, int])
"""Each reference site with those to take there that the page shows, and how many there are in all."""


def prestige_view(site: Site) -> PrestigeView:
    """Products without a well-known win first, then reference sites."""
    rows, found = site.shared(PRODUCTS).values(), site.shared(REFERENCES).values()
    sites: dict[str, list[Ref]] = {}
    for one, _ in found:
        if one.reference.visits:  # the short cut (R6) is to let people come and see
            sites.setdefault(fold(one.product), []).append(ref(site, one.client, ""))
    return PrestigeView(
        tabs=giving_tabs(site, "prestige"),
        products=tuple(
            _product(site, row, total, sites.get(fold(row.product), ()))
            for row, total in rows
            if row.won or row.targets
        ),
        bare=tuple(row.product for row, _ in rows if not (row.won or row.targets)),
        references=tuple(_reference(site, one, worth) for one, worth in found),
    )


def _product(site: Site, row: Prestige, total: int, sites: Sequence[Ref]) -> ProductView:
    return ProductView(
        name=row.product,
        won=tuple(ref(site, key, "") for key in row.won),
        targets=tuple(_target(site, key) for key in row.targets),
        total=total,
        sites=tuple(sites),
    )


def _target(site: Site, key: str) -> TargetView:
    facts = site.facts[key]
    last = facts.last_contact
    anchor = next((e.anchor for e in site.clients[key].entries if e.date == last and e.answered), "")
    return TargetView(
        client=ref(site, key, ""),
        visits=f"{min(facts.visits.count, facts.visits.needed)}/{facts.visits.needed}",
        last=dates.medium(last, site.t.manner) if last else Markup(""),
        last_href=site.url("", "client", key, anchor) if anchor else "",
    )


def _reference(site: Site, one: Reference, worth: int) -> ReferenceView:
    told = one.reference
    shown = tuple(_shown(site, one.client, s) for s in one.shown)
    return ReferenceView(
        client=ref(site, one.client, ""),
        product=one.product,
        free=told.free,
        visits=told.visits,
        since=dates.partial(told.since, site.t.manner) if told.since else Markup(""),
        benefit=told.benefit,
        last=shown[0].when if shown else None,
        shown=shown,
        worth=tuple(ref(site, key, "") for key in one.worth) if told.visits else (),
        more=max(0, worth - WORTH),
    )


def _shown(site: Site, key: str, one: Shown) -> ShownView:
    at_site = day_ref(site, key, one.date, one.at_site, "")
    at_guest = day_ref(site, one.guest, one.date, one.at_guest, "") if one.guest else None
    return ShownView(
        when=at_site if one.at_site or not at_guest else at_guest,
        guest=ref(site, one.guest, "") if one.guest else None,
        guest_when=at_guest if one.at_guest else None,
        title=one.title,
        then=one.stage_then,
        moved=tuple((stage, day_ref(site, one.guest, day, at, "")) for stage, day, at in one.moved),
    )
