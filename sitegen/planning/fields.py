"""Which fields of which clients are others than before: what reads only the rest stands as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.doctrine.kept import FACTS
from sitegen.keeping.halves import Halves
from sitegen.notes.kept import CLIENT
from sitegen.planning.memory import Memory
from sitegen.site.context import Site
from sitegen.trace import ALL

OWN_TABLES = ("client.owner", "client.handovers")
"""Fields that git and folders have a say in: they have digests of their own."""


def fields_changed(
    before: Mapping[str, Mapping[str, bytes]],
    now: Mapping[str, Mapping[str, bytes]],
    memory: Memory,
    site: Site,
) -> set[str]:
    """The cells of fields, of all clients that changed since the last build, came or went."""
    was, here = before.get("clients", {}), now["clients"]
    cells = set()
    for key in {*was, *here} - {ALL}:
        if was.get(key) != here.get(key):
            for table in _of(key, memory, site, new=key not in was or key not in here):
                cells |= {f"{table}:{key}", f"{table}:{ALL}"}
    return cells


def _of(key: str, memory: Memory, site: Site, *, new: bool) -> Iterator[str]:
    """The tables of fields in which this client changed."""
    if new:
        yield from (f"client.{name}" for name in CLIENT.fields)
        yield from (f"facts.{name}" for name in FACTS.fields)
        return
    client, facts = site.clients[key], site.facts[key]
    if client.path in memory.notes.read:
        yield from _differing(CLIENT, memory.notes.read[client.path], client)
    if key in memory.facts.made:
        yield from _differing(FACTS, memory.facts.made[key], facts)


def _differing(kept: Halves[Any], old: Any, new: Any) -> Iterator[str]:
    if old is None:
        yield from (f"{kept.table}.{name}" for name in kept.fields)
    else:
        yield from (table for table in kept.changed(old, new) if table not in OWN_TABLES)
