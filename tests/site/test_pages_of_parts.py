"""Pages of many are put together from what each client gives, and what a page reads is known while it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from site_fakebook import BOOK, TEMPLATES, config, entry
from test_exports_of_parts import Kept, site_of

from sitegen.model import Book, Client
from sitegen.site.context import Site
from sitegen.site.navigation import nav
from sitegen.site.pages import KINDS, Spec, render_spec
from sitegen.site.render import environment
from sitegen.site.trace import Cell
from sitegen.site.work import make_work

OF_MANY = frozenset(
    {"week", "this-week", "week-index", "weeks", "portfolio", "team", "handover", "occasion", "occasions"}
    | {"people", "people-more", "care", "due"}
)
LASTING = frozenset({"week", "handover", "people-more"})
"""Kinds that no new day changes."""
Pages = dict[str, tuple[str, bytes, set[Cell]]]


def pages(site: Site) -> Pages:
    env = environment(site, [TEMPLATES], nav(site))
    work = make_work(site, env)
    site.apart.update(one.name for one in work.shared)
    made = {}
    for kind in [kind for kind in KINDS if kind.name in OF_MANY]:
        for path, view in kind.pages(work):
            with site.trace.listening() as cells:
                data, _ = render_spec(Spec(path, kind, view), env, site.day)
            made[path] = kind.name, data, cells
    return made


def written(client: Client) -> dict[str, Any]:
    return {"entries": (entry(dt.date(2026, 11, 18), ("Ito",), "Zygote talk."), *client.entries)}


def old(client: Client) -> dict[str, Any]:
    return {"entries": (*client.entries, entry(dt.date(2019, 1, 5), (), "Long ago."))}


def named(client: Client) -> dict[str, Any]:
    return {"name": "Aab"}


def dropped(client: Client) -> dict[str, Any]:
    return {"stage": "dropped", "value": 90_000_000}


def changed(book: Book, key: str, how: Callable[[Client], dict[str, Any]]) -> Book:
    return replace(book, clients=tuple(replace(c, **how(c)) if c.key == key else c for c in book.clients))


def differ(before: Site, after: Site, cell: Cell, key: str) -> bool:
    """Whether something else stands in a cell: judged by the client that was edited, or by the table itself."""
    table, name = cell
    if table.startswith("shared "):
        one, other = (dict(site._found[table][0].plain) for site in (before, after))
        return one != other if name == "*" else one.get(name) != other.get(name)
    if table == "owned":
        return name == "*" or before.owned.get(name) != after.owned.get(name)
    return name in ("*", key) or table in ("playbook", "problems")


@pytest.mark.parametrize(("place", "how"), [(0, written), (3, old), (3, named), (0, dropped)])
def test_of_an_edit_only_its_client_is_asked_and_no_page_is_stale(
    place: int, how: Callable[[Client], dict[str, Any]]
) -> None:
    cfg = config(lang="ja" if place else "en", list_rows=3)
    key = BOOK.clients[place].key
    shelf = Kept()
    first = site_of(BOOK, shelf, cfg)
    before = pages(first)
    book = changed(BOOK, key, how)
    again = Kept({k: dict(parts) for k, parts in shelf.kept.items() if k != key})
    second = site_of(book, again, cfg)
    after = pages(second)
    assert {path: one[1] for path, one in after.items()} == {
        path: one[1] for path, one in pages(site_of(book, Kept(), cfg)).items()
    }
    for path in before.keys() & after.keys():
        if not any(differ(first, second, cell, key) for cell in before[path][2]):
            assert before[path][1] == after[path][1], f"{path} is stale"


def test_what_lasts_does_not_ask_for_the_day() -> None:
    for path, (kind, _, cells) in pages(site_of(BOOK, Kept(), config(list_rows=3))).items():
        if kind in LASTING:
            assert ("today", "") not in cells, path
