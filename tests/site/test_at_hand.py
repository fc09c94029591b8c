"""What several parts draw on: found out once, and read by whoever asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from site_fakebook import BOOK, TEMPLATES, TODAY, network

from sitegen.config import Config
from sitegen.doctrine.rules import facts
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client
from sitegen.site.at_hand import MANY, AtHand
from sitegen.site.context import Site
from sitegen.site.messages import load_messages
from sitegen.site.opening import make_site

CFG = Config()


def simple(key: str) -> Client:
    return Client(key, f"content/clients/tanaka/{key}.md", key.upper())


def site_of(*clients: Client, today: dt.date = TODAY) -> Site:
    found = {c.key: facts(c, CFG, Workdays(CFG), today, lambda name: "") for c in clients}
    book = replace(BOOK, clients=clients)
    return make_site(book, network(), found, CFG, today, load_messages("en", [TEMPLATES]), lambda day: "")


def test_who_asks_later_has_read_the_same() -> None:
    asked = []

    def find(site: Site, client: Client) -> str:
        asked.append(client.key)
        return f"{site.facts[client.key].visits.count} {site.path('client', client.key)}"

    site, found = site_of(simple("a"), simple("b")), AtHand("found", find)
    a, b = site.clients["a"], site.clients["b"]
    with site.trace.listening() as first:
        told = found(site, a)
    with site.trace.listening() as second:
        assert found(site, a) == told
    with site.trace.listening() as another:
        found(site, b)
    assert asked == ["a", "b"]
    assert first == second == {("known", "a"), ("names of client", "a")}
    assert another == {("known", "b"), ("names of client", "b")}


def test_a_site_knows_nothing_of_another_and_few_are_kept() -> None:
    found = AtHand("found", lambda site, client: (site.day, client.name))
    clients = [simple(f"c{n}") for n in range(MANY + 2)]
    one, other = site_of(*clients), site_of(*clients, today=TODAY + dt.timedelta(days=1))
    for site in (one, other, one):
        assert [found(site, client)[0] for client in clients] == [site.day] * len(clients)
