"""Which clients a note's lines and entries speak about: links resolved, for the rules across clients (R6, R9)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from sitegen.model import Client, Entry, Line, Link, Network, Target
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """Where the links of one note go."""

    to: Mapping[Link, Target]
    """Those that go to another client."""
    by_entry: Mapping[str, tuple[str, ...]]
    """An entry's anchor → keys of the clients that it links to, in the order written."""

    def of_line(self, line: Line) -> tuple[str, ...]:
        """The clients that a line links to, in the order written."""
        found = (self.to.get(link) for link in line.links)
        return tuple(dict.fromkeys(target.key for target in found if target))

    def of_entry(self, entry: Entry) -> tuple[str, ...]:
        """The clients that an entry links to, wherever in it."""
        return self.by_entry.get(entry.anchor, ())


NOTHING = Linked({}, {})


def linked(client: Client, network: Network) -> Linked:
    """The links of `client`'s note to other clients; those to itself (its people, its entries) left out."""
    to = {
        link: target
        for link, target in zip(client.links, network.targets.get(client.path, ()), strict=False)
        if target and target.kind == "client" and target.key != client.key
    }
    if not to:
        return NOTHING
    starts = sorted((entry.where.line, entry.anchor) for entry in client.entries)
    lines = [line for line, _ in starts]
    found: dict[str, list[str]] = {}
    for link, target in to.items():
        at = bisect_right(lines, link.where.line) - 1
        if at >= 0:
            found.setdefault(starts[at][1], []).append(target.key)
    for entry in client.entries:  # what a line says is the entry's, wherever its text ended up
        for line in entry.lines:
            if not line.links:
                continue
            found.setdefault(entry.anchor, []).extend(to[link].key for link in line.links if link in to)
    return Linked(to, {anchor: tuple(dict.fromkeys(keys)) for anchor, keys in found.items() if keys})
