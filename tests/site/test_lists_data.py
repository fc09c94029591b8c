"""The data of long lists, and the columns of rows: what assets/lists.js works with."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_fakebook import BOOK, CLIENTS, TEMPLATES, TODAY, config, make

from sitegen.config import Config, Lang
from sitegen.doctrine.rules import facts as facts_of
from sitegen.doctrine.workdays import Workdays
from sitegen.model import STAGES, Book, Client
from sitegen.notes.linking import link_book
from sitegen.site.context import Site
from sitegen.site.list_data import clients_js
from sitegen.site.messages import Messages, load_messages
from sitegen.site.opening import make_site
from sitegen.site.orders import listed, places


@lru_cache
def words(lang: Lang) -> Messages:
    return load_messages(lang, [TEMPLATES])


@lru_cache
def workdays(lang: Lang) -> Workdays:
    return Workdays(Config(lang=lang))


def site_of(*clients: Client, lang: str = "en") -> Site:
    cfg = Config(lang="ja" if lang == "ja" else "en")
    days = workdays(cfg.lang)
    facts = {c.key: facts_of(c, cfg, days, TODAY, lambda _: "") for c in clients}
    book = Book(clients=clients)
    return make_site(book, link_book(book), facts, cfg, TODAY, words(cfg.lang), days.closed)


def data_of(site: Site) -> dict[str, Any]:
    text = clients_js(site).decode()
    start, end = "(window.Kayoi=window.Kayoi||{}).clients={", "};\n"
    assert text.startswith(start)
    assert text.endswith(end)
    body = re.sub(r'([{,])"(\w+)":', r'\1"\2":', "{" + text.removeprefix(start).removesuffix(end) + "}")
    return dict(json.loads(body))


texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"'\\/\u2028\u2029=")).map(
    lambda text: text + "</script><!--" if len(text) % 2 else text
)


@settings(deadline=None, max_examples=50)
@given(name=texts, native=texts, reading=texts, area=texts, product=texts)
def test_what_people_type_cannot_end_the_script(
    name: str, native: str, reading: str, area: str, product: str
) -> None:
    client = Client("a", "a.md", name, native=native, reading=reading, area=area, product=product)
    site = site_of(client)
    assert not re.search(r"[<>&\u2028\u2029]", clients_js(site).decode().split("=", 2)[2])
    data = data_of(site)
    row = data["rows"][0]
    assert row[:4] == ["a", name, "" if native == name else native, reading]
    assert (data["areas"][row[6]], data["products"][row[7]]) == (area, product)


def test_a_line_holds_what_lists_sort_and_filter_by() -> None:
    one = Client(
        "café #1", "a.md", "A Café", native="珈琲", reading="かふぇ", stage="zork", area="Ōta", product="p",
        value=5_000_000, owner="tanaka", last_visit=TODAY,
    )  # fmt: skip
    other = Client("b", "b.md", "B", area="Ōta")
    data = data_of(site_of(one, other))
    assert data["stages"] == [
        *([s, words("en")(f"stage.{s}")] for s in STAGES),
        ["zork", "zork"],
    ]
    assert (data["reps"], data["areas"], data["products"]) == (["tanaka", "no owner"], ["Ōta"], ["p", ""])
    assert data["rows"] == [
        ["café #1", "A Café", "珈琲", "かふぇ", 7, 0, 0, 0, 5_000_000, "2026-12-21", "2026-11-19", 0, 10],
        ["b", "B", "", "", 0, 1, 0, 1, None, 1, "", 0, 10],
    ]


def test_only_a_book_that_does_not_fit_on_a_page_has_the_data() -> None:
    assert "lists/clients.js" not in make()
    made = make(cfg=config(list_rows=3))
    assert made["lists/clients.js"].count(b"\n[") == len(CLIENTS)
    assert b'data-src="../lists/clients.js"' in made["lists/name.html"]
    assert b'data-src=""' in make()["lists/name.html"]


def test_the_data_are_those_of_every_day() -> None:
    import datetime as dt

    one, other = (
        make(cfg=config(list_rows=3), today=day)["lists/clients.js"]
        for day in (TODAY, TODAY + dt.timedelta(days=1))
    )
    assert one == other


def test_all_clients_stand_on_one_page_with_links_to_the_rest() -> None:
    text = make()["lists/all.html"].decode()
    assert text.count('<tr class="row"') == len(CLIENTS)
    paged = make(cfg=config(list_rows=3))["lists/all.html"].decode()
    shown = paged.split("</template>")[-1]
    assert shown.count('<tr class="row"') == 3
    assert f"{len(CLIENTS) - 3} more clients" in shown
    for link in ("name.html", "kana.html", "stage-approach.html", "rep-tanaka.html"):
        assert f'href="../lists/{link}"' in paged


def test_an_empty_book_has_a_list_of_all_clients_too() -> None:
    assert (
        b"Nobody here." in make(replace(BOOK, clients=(), reps=()), net=link_book(Book()))["lists/all.html"]
    )


def test_the_order_of_all_is_that_of_the_language() -> None:
    clients = [
        Client(n, f"{n}.md", n, reading=r)
        for n, r in (("B", "い"), ("a", "う"), ("東", "ひ"), ("かが", ""), ("がか", ""))
    ]
    assert [c.name for c in sorted(clients, key=lambda c: listed(places(c), "en"))] == [
        "a",
        "B",
        "かが",
        "がか",
        "東",
    ]
    assert [c.name for c in sorted(clients, key=lambda c: listed(places(c), "ja"))] == [
        "B",
        "a",
        "かが",
        "がか",
        "東",
    ]


@pytest.mark.parametrize("name", ["list-tools.html", "assets/list-choice.js"])
def test_the_ladder_of_the_scripts_is_that_of_the_model(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8").replace('"', "'")
    assert ", ".join(f"'{stage}'" for stage in STAGES) in text
