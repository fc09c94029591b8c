"""Pages that stand for notes, or parts of them: clients, backers, reps, solutions, plain pages, briefs, lessons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from sitegen.model import Client
from sitegen.site.briefs import brief_path, plans_of
from sitegen.site.context import Pages, Site, View
from sitegen.site.render import Rendered
from sitegen.site.standing import standing_where, standings
from sitegen.site.urls import numbered
from sitegen.site.views_brief import brief_view
from sitegen.site.views_client import client_view
from sitegen.site.views_others import (
    backer_view,
    page_view,
    pages_view,
    rep_view,
    solution_view,
    solutions_view,
)
from sitegen.site.views_playbook import BASE as PLAYBOOK
from sitegen.site.views_playbook import playbook_pages, playbook_view


def _seeing(table: Mapping[str, object], key: str, view: View) -> View:
    """The view of something that stands in a table of the site: it is made from that, whatever else it reads."""

    def see() -> object:
        table.get(key)
        return view()

    return see


def _of_client(site: Site, client: Client, view: View) -> View:
    """The view of something that was found in a client: it is made from all of that client."""

    def see() -> object:
        site.trace.note("clients", client.key)
        return view()

    return see


def client_pages(site: Site) -> Pages:
    """A page a client."""
    for client in site.clients.values():
        yield site.path("client", client.key), partial(client_view, site, client)


def some_client_pages(site: Site, wanted: Collection[str]) -> Pages:
    """Those of them at these paths."""
    names = {path.partition("/")[2].removesuffix(".html") for path in wanted}
    for key in [key for key, name in site.names["client"].items() if name in names]:
        yield site.path("client", key), partial(client_view, site, site.clients[key])


def backer_pages(site: Site, rows: Rendered) -> Pages:
    """A page a backer, with the clients that they stand behind."""
    for backer in site.backers.values():
        view = partial(backer_view, site, backer, rows)
        yield site.path("backer", backer.key), _seeing(site.backers, backer.key, view)


def rep_pages(site: Site) -> Pages:
    """A page a rep."""
    for key, rep in site.reps.items():
        yield site.path("rep", key), _seeing(site.reps, key, partial(rep_view, site, rep))


def solution_pages(site: Site) -> Pages:
    """A page a solution."""
    for key, solution in site.solutions.items():
        yield site.path("solution", key), _seeing(site.solutions, key, partial(solution_view, site, solution))


def solution_index(site: Site) -> Pages:
    """`solutions.html`, where there are any."""
    if site.solutions:
        yield "solutions.html", partial(solutions_view, site)


def plain_pages(site: Site) -> Pages:
    """A page a plain page."""
    for key, page in site.pages.items():
        yield site.path("page", key), _seeing(site.pages, key, partial(page_view, site, page))


def plain_index(site: Site) -> Pages:
    """`pages.html`, where there are several."""
    if len(site.pages) > 1:
        yield "pages.html", partial(pages_view, site)


def brief_pages(site: Site) -> Pages:
    """A page a planned meeting."""
    known = standings(site)
    for client in standing_where(site, lambda one: one.meetings > 0):
        for number in range(known[client.key].meetings):
            yield (
                brief_path(site, client, number),
                _of_client(site, client, partial(_brief, site, client, number)),
            )


def _brief(site: Site, client: Client, number: int) -> object:
    return brief_view(site, client, plans_of(site, client)[number])


def playbook(site: Site) -> Pages:
    """The playbook, cut into pages."""
    cut = playbook_pages(site)
    for number in range(len(cut)):
        yield numbered(PLAYBOOK, number + 1), partial(playbook_view, site, cut, number)
