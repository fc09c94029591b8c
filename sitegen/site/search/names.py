"""The index of names: a line for everything that has one, in the order in which hits of equal worth are shown.

    c  code  page  stage  rep  last contact  name  native  reading  sound  backers  aliases …   a client
    h  person number  name  reading  sound  role                                               its people, below it
    b  path  name                                                                               a backer
    r, s, p  code  path  name  native  reading  sound                                           rep, solution, page

Fields are parted by tabs. Stages, reps and backers stand as numbers of tables that come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.model import STAGES, Client
from sitegen.site.context import Site
from sitegen.site.kana import kana_key, name_key
from sitegen.site.search.sounds import sound
from sitegen.text import fold


def stages_of(site: Site) -> list[str]:
    """The stages of the book, those of the method first."""
    used = {client.stage for client in site.clients.values()}
    return [*STAGES, *sorted(used - set(STAGES))]


def reps_of(site: Site) -> list[str]:
    """The reps who own clients, by key; "" for nobody is the last."""
    return sorted(site.owned, key=lambda key: (not key, key))


def name_lines(site: Site, codes: Mapping[str, str]) -> Iterator[str]:
    """Every line of the index; `codes` by page address."""
    backers = {key: number for number, key in enumerate(site.backers)}
    stages = {stage: number for number, stage in enumerate(stages_of(site))}
    reps = {rep: number for number, rep in enumerate(reps_of(site))}
    for backer in site.backers.values():
        yield _line("b", site.path("backer", backer.key), backer.name)
    order = kana_key if site.t.lang == "ja" else name_key
    for client in sorted(site.clients.values(), key=order):
        path = site.path("client", client.key)
        yield _line(
            "c", codes[path], site.names["client"][client.key], stages[client.stage], reps[client.owner],
            site.facts[client.key].last_contact or "", client.name, client.native, client.reading,
            sound(client.reading), _backers(site, client, backers), *client.aliases,
            *([client.key] if fold(client.key.replace("-", " ")) != fold(client.name) else []),
        )  # fmt: skip
        for number, person in enumerate(client.people, 1):
            yield _line("h", number, person.name, person.reading, sound(person.reading), person.role)
    yield from _others(site, codes)


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


def _backers(site: Site, client: Client, numbers: Mapping[str, int]) -> str:
    keys = (site.network.backer_of.get(fold(backer.name), "") for backer in client.backers)
    return ",".join(str(numbers[key]) for key in dict.fromkeys(keys) if key in numbers)


def _line(*fields: object) -> str:
    return "\t".join(" ".join(str(field).split()) for field in fields).rstrip("\t")
