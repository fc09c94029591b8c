"""Files of many are put together from what each client gives: of a changed note nothing else is made anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from site_fakebook import BOOK, TEMPLATES, TODAY, config, entry, network

from sitegen.config import Config
from sitegen.doctrine.rules import facts as facts_of
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Book
from sitegen.site import context
from sitegen.site.context import Site
from sitegen.site.exports import EXPORTS
from sitegen.site.messages import load_messages
from sitegen.site.opening import make_site
from sitegen.site.sharing import Part, Shelf
from sitegen.site.trace import Cell


class Kept(Shelf):
    """Parts by client, as bytes, as whoever keeps them between builds has them."""

    def __init__(self, kept: dict[str, dict[str, bytes]] | None = None) -> None:
        super().__init__()
        self.kept = kept or {}
        self.made: set[str] = set()

    def find(self, part: Part[Any], key: str) -> Any:
        raw = self.kept.get(key, {}).get(part.name)
        return None if raw is None else msgspec.msgpack.decode(raw, type=part.type)

    def keep(self, part: Part[Any], key: str, value: Any, cells: Collection[Cell]) -> None:
        self.made.add(key)
        assert ("today", "") not in cells, f"{part.name} would be made anew every day"
        assert ("parts", key) not in cells, f"{part.name} is made from another part"
        self.kept.setdefault(key, {})[part.name] = msgspec.msgpack.encode(value)


def site_of(book: Book, shelf: Shelf, cfg: Config) -> Site:
    days = Workdays(cfg)
    facts = {c.key: facts_of(c, cfg, days, TODAY, lambda _: "") for c in book.clients}
    words = load_messages(cfg.lang, [TEMPLATES])
    return make_site(book, network(), facts, cfg, TODAY, words, days.closed, shelf=shelf)


def files(site: Site) -> dict[str, bytes]:
    return {path: data for export in EXPORTS for path, data in export.files(site)}


@pytest.mark.parametrize(("lang", "few"), [("en", context.FEW), ("ja", 1)])
def test_only_the_changed_client_is_asked_and_the_files_are_those_of_a_clean_build(
    lang: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "FEW", few)  # one by one, and all that are asked at once
    cfg = config(lang=lang, list_rows=3)
    shelf = Kept()
    before = files(site_of(BOOK, shelf, cfg))
    assert shelf.made == {client.key for client in BOOK.clients}

    first = BOOK.clients[3]
    new = entry(dt.date(2025, 1, 5), (), "Zygote talk.")
    book = replace(BOOK, clients=tuple(
        replace(c, entries=(*c.entries, new), name="Aab") if c is first else c for c in BOOK.clients
    ))  # fmt: skip
    again = Kept({key: dict(parts) for key, parts in shelf.kept.items() if key != first.key})
    after = files(site_of(book, again, cfg))
    assert again.made == {first.key}
    assert after == files(site_of(book, Kept(), cfg))
    changed = {path for path in after if before.get(path) != after[path]}
    assert {"data/entries-2025.json", "lists/all.csv", "lists/clients.js", "search/names.js"} <= changed
    assert not {path for path in changed if path.startswith("data/entries") and "2025" not in path}
    assert len([path for path in changed if path.startswith("search/t/")]) == 1
