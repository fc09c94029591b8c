"""Pages that list clients: due lists and indexes."""

from __future__ import annotations

from functools import partial

from sitegen.site.context import Made, Site
from sitegen.site.render import Rendered
from sitegen.site.urls import numbered
from sitegen.site.views_due import due_lists, due_view
from sitegen.site.views_lists import all_clients, client_lists, list_view


def due_pages(site: Site, rows: Rendered) -> Made:
    """Each rep's due list, by date and by area."""
    for rep in site.reps:
        lists = due_lists(site, rep)
        for one, by_area in zip(lists, (False, True), strict=True):
            for number in range(len(one.pages)):
                view = partial(due_view, site, rep, lists, number, rows, by_area)
                yield numbered(one.base, number + 1), view


def list_pages(site: Site, rows: Rendered) -> Made:
    """Clients by stage, by rep, by name and by kana."""
    lists = tuple(client_lists(site))
    for one in lists:
        for number in range(len(one.pages)):
            view = partial(list_view, site, lists, one, number, rows)
            yield numbered(one.base, number + 1), view


def all_page(site: Site, rows: Rendered) -> Made:
    """All clients on one page, for scripts that sort and filter."""
    lists = tuple(client_lists(site))
    one = all_clients(site)
    yield f"{one.base}.html", partial(list_view, site, lists, one, 0, rows)
