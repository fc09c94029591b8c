"""Which fields of which clients are others than before: what reads only the rest stands as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.doctrine.kept import FACTS
from sitegen.notes.kept import CLIENT
from sitegen.planning.digests import Before, Digests, others
from sitegen.planning.memory import Memory
from sitegen.site.context import Site
from sitegen.trace import ALL

OWN_TABLES = ("client.owner", "client.handovers")
"""Fields that git and folders have a say in: they have digests of their own."""


def fields_changed(before: Before, now: Digests, memory: Memory, site: Site) -> set[str]:
    """The cells of fields, of all clients that changed since the last build, came or went."""
    was, here = before.get("clients", {}), now["clients"]
    cells = set()
    for key in others(was, here):
        if key != ALL:
            new = key not in was or key not in here
            tables = (
                _ALL
                if new
                else {*_of_client(key, before, now, memory, site), *_of_facts(key, was, memory, site)}
            )
            for table in tables:
                cells |= {f"{table}:{key}", f"{table}:{ALL}"}
    return cells


def _of_client(key: str, before: Before, now: Digests, memory: Memory, site: Site) -> Iterable[str]:
    """The tables of the note's fields in which this client is another than at the end of the last build."""
    last = before.get("read", {}).get(key)
    if last == now["read"].get(key):
        return ()
    client = site.clients[key]
    stamp, old = memory.notes.read.get(client.path, (None, client))
    return (
        (table for table in CLIENT.changed(old, client) if table not in OWN_TABLES)
        if stamp is not None and stamp == last
        else _CLIENT
    )


def _of_facts(key: str, was: Mapping[str, bytes], memory: Memory, site: Site) -> Iterable[str]:
    """The same for its facts."""
    old = memory.facts.made.get(key)
    if old is None or old.digest != was[key]:
        return _FACTS
    return FACTS.changed(old.facts, site.facts[key])


_CLIENT = [f"{CLIENT.table}.{name}" for name in CLIENT.fields]
_FACTS = [f"{FACTS.table}.{name}" for name in FACTS.fields]
_ALL = {*_CLIENT, *_FACTS}
