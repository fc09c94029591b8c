"""The backers' picture as data: `network/graph.js`, a classic script that `network.js` draws."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from sitegen.doctrine.doors import Door, doors
from sitegen.doctrine.introduced import Made
from sitegen.doctrine.linked import linked
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site.beside import Files
from sitegen.site.context import TELLING, Site
from sitegen.site.list_data import safe_json
from sitegen.site.orders import stages_of
from sitegen.site.plain import plain_or
from sitegen.site.sharing import Part
from sitegen.site.standing import standings

PATH = "network/graph.js"
BACKS, TOGETHER, DOOR = range(3)
"""Kinds of lines: stands behind; we brought the two together; opened a door for us."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Who is tied to whom, before anything is drawn or listed."""

    made: tuple[Made, ...]
    doors: tuple[Door, ...]
    lines: tuple[tuple[str, str, int], ...]
    """From, to (paths of their pages), kind; each once."""
    nodes: tuple[str, ...]
    """Paths of the pages of all that have a line: the best connected first."""


def ties(site: Site) -> Ties:
    """Everything that the picture shows."""
    lines = tied(site)
    opened = doors(dict(site.parts(TELLING)), site.this_day)
    return Ties(site.made, opened, lines, _by_degree(lines))


def tied(site: Site) -> tuple[tuple[str, str, int], ...]:
    """Who is tied to whom: from, to, kind; without anything that is told about it."""
    return tuple(dict.fromkeys(_lines(site)))


def _by_degree(lines: Iterable[tuple[str, str, int]]) -> tuple[str, ...]:
    degree = Counter(path for one, other, _ in lines for path in (one, other))
    return tuple(sorted(degree, key=lambda path: (-degree[path], path)))


@dataclass(frozen=True, slots=True)
class Told:
    """What a client's note tells of another client."""

    other: str
    date: dt.date
    anchor: str
    door: bool
    """Something received that has to do with the other; else an introduction of the two."""


def _told(site: Site, client: Client) -> tuple[Told, ...]:
    day = site.this_day
    made = {"introduced": False, "got": True}
    lines = [(e, x) for e in client.entries if e.date <= day for x in e.lines if x.links and x.word in made]
    if not lines:
        return ()
    links = linked(client, site.network)
    return tuple(
        Told(key, entry.date, entry.anchor, made[line.word])
        for entry, line in lines
        for key in links.of_line(line)
    )


TOLD = Part("ties told", _told, tuple[Told, ...])


def node_path(site: Site, backer: str, client: str) -> str:
    """The page that stands for a backer in the picture: its own as a client where it is one."""
    return site.path("client", client) or site.path("backer", backer)


def _lines(site: Site) -> Iterator[tuple[str, str, int]]:
    for backer in site.backers.values():
        one = node_path(site, backer.key, backer.client)
        for key in backer.clients:
            other = site.path("client", key)
            if other and other != one:
                yield one, other, BACKS
    told = [
        (key, found) for key, several in site.parts(TOLD) for found in several if found.other in site.clients
    ]
    for giver, other in _introduced(told):
        yield site.path("client", giver), site.path("client", other), TOGETHER
    opened = [(key, found) for key, found in told if found.door]
    for key, found in sorted(opened, key=lambda d: (_newest(d[1]), d[0], d[1].other, d[1].anchor)):
        yield site.path("client", key), site.path("client", found.other), DOOR


def _newest(told: Told) -> int:
    return -told.date.toordinal()


def _introduced(told: Iterable[tuple[str, Told]]) -> Iterator[tuple[str, str]]:
    """Each pair once, from whom it was told of first; the newest pair first, as `doctrine.introduced` has them."""
    first: dict[tuple[str, str], tuple[dt.date, str, str, str]] = {}
    for key, found in told:
        if not found.door:
            pair = min(key, found.other), max(key, found.other)
            one = (found.date, key, found.other, found.anchor)
            first[pair] = min(one, first.get(pair, one))
    for _, giver, other, _ in sorted(first.values(), key=lambda one: (-one[0].toordinal(), one[1], one[2])):
        yield giver, other


def graph_file(site: Site) -> Files:
    """The file: reps, stages, nodes and lines, as small as they can be told; holds nothing that a new day changes."""
    yield PATH, partial(_graph, site)


def _graph(site: Site) -> bytes:
    lines = tied(site)
    nodes = _by_degree(lines)
    number = {path: n for n, path in enumerate(nodes)}
    reps = {key: n for n, key in enumerate(site.reps)}
    stages = {stage: n for n, stage in enumerate(stages_of(site))}
    told = _nodes(site, reps, stages)
    data = {
        "reps": [site.rep_name(key) for key in reps],
        "stages": [[stage, plain_or(site.t, f"stage.{stage}", stage)] for stage in stages],
        "nodes": [told[path] for path in nodes],
        "lines": [[number[one], number[other], kind] for one, other, kind in lines],
    }
    return f"window.Kayoi = window.Kayoi || {{}};\nwindow.Kayoi.graph = {safe_json(data)};\n".encode()


def _nodes(site: Site, reps: dict[str, int], stages: dict[str, int]) -> dict[str, list[object]]:
    """Path → label, other names, page, stage, rep, due, backer's size (null: no backer)."""
    found: dict[str, list[object]] = {}
    known = standings(site)
    for key, (label, also, owner) in site.parts(NODE):
        one = known[key]
        day = dt.date.fromordinal(one.day).isoformat() if one.day else "now" if one.at_once else ""
        path = site.path("client", key)
        found[path] = [label, also, path, stages[one.stage], reps[owner], day, None]
    for backer in site.backers.values():
        size = plain_or(site.t, f"size.{backer.size}", backer.size) if backer.size else ""
        path = node_path(site, backer.key, backer.client)
        if path in found:
            found[path][6] = size
        else:
            found[path] = [backer.name, "", path, -1, -1, "", size]
    return found


def _node(site: Site, client: Client) -> tuple[str, str, str]:
    label = client.native if site.t.lang == "ja" and client.native else client.name
    also = " ".join(n for n in (client.name, client.native, client.reading) if n and n != label)
    return label, also, client.owner


NODE: Part[tuple[str, str, str]] = Part("node-1", _node, tuple[str, str, str])
"""What a client is called in the picture, its other names, its rep."""
