"""The index of names: a line for everything that has one, in the order in which hits of equal worth are shown.

    c  code  page  stage  rep  last contact  name  native  reading  sound  backers  aliases …   a client
    h  person number  name  reading  sound  role                                               its people, below it
    b  path  name                                                                               a backer
    r, s, p  code  path  name  native  reading  sound                                           rep, solution, page

Fields are parted by tabs. Stages, reps and backers stand as numbers of tables that come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site.context import FOLDERS, Site
from sitegen.site.orders import ORDERS, stages_of
from sitegen.site.search.sounds import sound
from sitegen.site.sharing import Part
from sitegen.text import fold

TAB = "\t"


def reps_of(site: Site) -> list[str]:
    """The reps who own clients, by key; "" for nobody is the last."""
    return sorted(site.owned, key=lambda key: (not key, key))


@dataclass(frozen=True, slots=True)
class Named:
    """A client's lines, but for what stands in them by number."""

    last: str
    """The last contact."""
    names: str
    """Name, native name, reading, sound: four fields."""
    backers: tuple[str, ...]
    """Their keys."""
    also: str
    """Aliases, each after a tab."""
    people: str
    """A line each, after a line's end."""


def _named(site: Site, client: Client) -> Named:
    people = (
        _line("h", number, person.name, person.reading, sound(person.reading), person.role)
        for number, person in enumerate(client.people, 1)
    )
    own = [client.key] if fold(client.key.replace("-", " ")) != fold(client.name) else []
    keys = (site.network.backer_of.get(fold(backer.name)) or "" for backer in client.backers)
    return Named(
        last=str(site.facts[client.key].last_contact or ""),
        names="\t".join(map(_field, (client.name, client.native, client.reading, sound(client.reading)))),
        backers=tuple(dict.fromkeys(filter(None, keys))),
        also="".join(f"\t{_field(alias)}" for alias in (*client.aliases, *own)),
        people="".join(f"\n{line}" for line in people),
    )


NAMED = Part("search names", _named, Named)


def name_lines(site: Site, codes: Mapping[str, str]) -> Iterator[str]:
    """Every line of the index, those of a client with its people as one; `codes` by page address."""
    backers = {key: number for number, key in enumerate(site.backers)}
    for backer in site.backers.values():
        yield _line("b", site.path("backer", backer.key), backer.name)
    yield from _clients(site, codes, backers)
    yield from _others(site, codes)


def _clients(site: Site, codes: Mapping[str, str], backers: Mapping[str, int]) -> Iterator[str]:
    stages = {stage: number for number, stage in enumerate(stages_of(site))}
    reps = {rep: number for number, rep in enumerate(reps_of(site))}
    pages = dict(site.names["client"].items())
    clients = dict(site.clients.items())
    named = dict(site.parts(NAMED))
    folder = f"{FOLDERS['client']}/"
    for key in site.shared(ORDERS)["search"]:
        client, page, one = clients[key], pages[key], named[key]
        through = ",".join([str(backers[backer]) for backer in one.backers if backer in backers])
        line = "\t".join((
            "c", codes[f"{folder}{page}.html"], _field(page), str(stages[client.stage]), str(reps[client.owner]),
            one.last, one.names, through,
        ))  # fmt: skip
        yield f"{f'{line}{one.also}'.rstrip(TAB)}{one.people}"


def _others(site: Site, codes: Mapping[str, str]) -> Iterator[str]:
    for rep in site.reps.values():
        path = site.path("rep", rep.key)
        yield _line("r", codes[path], path, rep.name, rep.native, rep.reading, sound(rep.reading))
    for solution in site.solutions.values():
        path = site.path("solution", solution.key)
        yield _line("s", codes[path], path, solution.name, solution.native)
    for page in site.pages.values():
        path = site.path("page", page.key)
        yield _line("p", codes[path], path, page.title)


def _field(value: object) -> str:
    return " ".join(str(value).split())


def _line(*fields: object) -> str:
    return "\t".join(map(_field, fields)).rstrip("\t")
