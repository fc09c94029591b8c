"""Pages that list clients: due lists and indexes."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from sitegen.site.context import Pages, Shared, Site
from sitegen.site.render import Rendered
from sitegen.site.urls import numbered
from sitegen.site.views_due import due_base, due_lists, due_view
from sitegen.site.views_lists import ListPage, list_view


def due_pages(site: Site, rows: Rendered, wanted: Collection[str] | None = None) -> Pages:
    """Each rep's due list, by date and by area; of `wanted` pages at least."""
    for rep in site.reps:
        if wanted is not None and not any(path.startswith(due_base(site, rep)) for path in wanted):
            continue
        for one, by_area in zip(due_lists(site, rep), (False, True), strict=True):
            for number in range(len(one.pages)):
                view = partial(due_view, site, rep, number, rows, by_area)
                yield numbered(one.base, number + 1), view


def list_pages(site: Site, rows: Rendered, arranged: Shared[ListPage]) -> Pages:
    """The pages of one arrangement: by name and by kana, by stage, by rep, or all of them."""
    for path in site.shared(arranged):
        yield path, partial(list_view, site, arranged, path, rows)
