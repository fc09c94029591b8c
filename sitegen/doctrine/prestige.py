"""R6, prestige first: win the client that everybody knows before all others.

Article A (the perseverance test), point 4: in a new business the very first deal should be with a well-known
client, for it gives the next ones confidence; sweat for that sale, and let the others come after it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.config import Config
from sitegen.doctrine.closeness import Near
from sitegen.records import dataclass
from sitegen.text import fold


@dataclass(frozen=True, slots=True)
class Prestige:
    """A product, and the well-known clients for it."""

    product: str
    """As the settings or the first client write it; empty: prestigious clients that name no product."""
    won: tuple[str, ...]
    """Prestigious clients that have bought it: keys, by closeness."""
    targets: tuple[str, ...]
    """Prestigious clients that have not, dropped ones left out, the nearest to business first."""


def prestige(nearness: Iterable[Near], cfg: Config) -> tuple[Prestige, ...]:
    """One row a product that any client names: those without a prestigious win first, then by name."""
    names = {fold(product.name): product.name for product in cfg.products}
    found: dict[str, list[Near]] = {}
    for client in nearness:
        key = fold(client.product)
        if (key or client.prestige) and client.stage != "dropped":
            names.setdefault(key, client.product)
            found.setdefault(key, []).append(client)
    rows = [_row(names[key], same) for key, same in found.items()]
    return tuple(sorted(rows, key=lambda r: (not r.product, bool(r.won), not r.targets, fold(r.product))))


def _row(product: str, clients: list[Near]) -> Prestige:
    known = sorted((c for c in clients if c.prestige), key=lambda c: c.by)
    return Prestige(
        product=product,
        won=tuple(c.key for c in known if c.stage == "won"),
        targets=tuple(c.key for c in known if c.stage != "won"),
    )
