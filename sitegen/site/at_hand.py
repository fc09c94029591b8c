"""What several parts of one client draw on, found out once while that client is at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from sitegen.model import Client
from sitegen.site.context import Site
from sitegen.site.trace import Cell

T = TypeVar("T")
MANY = 64
"""So many clients are at hand at a time: parts are made client by client, or by the batch."""


@dataclass(frozen=True, slots=True)
class AtHand(Generic[T]):
    """What `make` finds out of a client. Whoever asks has read all that it was found from."""

    name: str
    """Unlike any other's."""
    make: Callable[[Site, Client], T]

    def __call__(self, site: Site, client: Client) -> T:
        """The client's, as `make` has it."""
        known: dict[str, tuple[T, set[Cell]]] = site.once(self.name, _nothing)
        found = known.get(client.key)
        if found is None:
            with site.trace.deaf(), site.trace.listening() as cells:
                found = self.make(site, client), cells
            if len(known) >= MANY:
                known.clear()
            known[client.key] = found
        if site.trace.cells is not None:
            site.trace.cells |= found[1]
        return found[0]


def _nothing() -> dict[str, tuple[T, set[Cell]]]:
    return cast("dict[str, tuple[T, set[Cell]]]", {})
