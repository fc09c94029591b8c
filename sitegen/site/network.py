"""The backers' picture as data: `network/graph.js`, a classic script that `network.js` draws."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.doctrine.doors import Door, doors
from sitegen.doctrine.introduced import Made
from sitegen.model import STAGES
from sitegen.site.context import Site
from sitegen.site.list_data import UNSAFE

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
    made = site.introductions.made
    opened = doors(site.clients, site.network, site.today)
    lines = tuple(dict.fromkeys(_lines(site, made, opened)))
    degree: dict[str, int] = {}
    for one, other, _ in lines:
        degree[one] = degree.get(one, 0) + 1
        degree[other] = degree.get(other, 0) + 1
    return Ties(made, opened, lines, tuple(sorted(degree, key=lambda path: (-degree[path], path))))


def node_path(site: Site, backer: str, client: str) -> str:
    """The page that stands for a backer in the picture: its own as a client where it is one."""
    return site.path("client", client) or site.path("backer", backer)


def _lines(site: Site, made: tuple[Made, ...], opened: tuple[Door, ...]) -> Iterator[tuple[str, str, int]]:
    for backer in site.backers.values():
        one = node_path(site, backer.key, backer.client)
        for key in backer.clients:
            other = site.path("client", key)
            if other and other != one:
                yield one, other, BACKS
    for two in made:
        yield site.path("client", two.given_to), site.path("client", two.other), TOGETHER
    for door in opened:
        yield site.path("client", door.giver), site.path("client", door.to), DOOR


def graph_file(site: Site) -> Iterator[tuple[str, bytes]]:
    """The file: reps, stages, nodes and lines, as small as they can be told; holds nothing that a new day changes."""
    found = ties(site)
    number = {path: n for n, path in enumerate(found.nodes)}
    reps = {key: n for n, key in enumerate(site.reps)}
    stages = {stage: n for n, stage in enumerate((*STAGES, *sorted(_stages(site) - {*STAGES})))}
    told = _nodes(site, reps, stages)
    data = {
        "reps": [site.rep_name(key) for key in reps],
        "stages": [[stage, str(site.t.or_plain(f"stage.{stage}", stage).unescape())] for stage in stages],
        "nodes": [told[path] for path in found.nodes],
        "lines": [[number[one], number[other], kind] for one, other, kind in found.lines],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
    yield PATH, f"window.Kayoi = window.Kayoi || {{}};\nwindow.Kayoi.graph = {text};\n".encode()


def _stages(site: Site) -> set[str]:
    return {client.stage for client in site.clients.values()}


def _nodes(site: Site, reps: dict[str, int], stages: dict[str, int]) -> dict[str, list[object]]:
    """Path → label, other names, page, stage, rep, due, backer's size (null: no backer)."""
    ja = site.t.lang == "ja"
    found: dict[str, list[object]] = {}
    for key, client in site.clients.items():
        label = client.native if ja and client.native else client.name
        also = " ".join(n for n in (client.name, client.native, client.reading) if n and n != label)
        due = site.facts[key].due
        day = str(due.date) if due.date else "now" if due.at_once else ""
        path = site.path("client", key)
        found[path] = [label, also, path, stages[client.stage], reps[client.owner], day, None]
    for backer in site.backers.values():
        size = str(site.t.or_plain(f"size.{backer.size}", backer.size).unescape()) if backer.size else ""
        path = node_path(site, backer.key, backer.client)
        if path in found:
            found[path][6] = size
        else:
            found[path] = [backer.name, "", path, -1, -1, "", size]
    return found
