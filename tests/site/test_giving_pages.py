"""Introductions, the ledger, well-known clients, hand-over sheets and the season's rounds, as pages."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from site_fakebook import BOOK, TODAY, config, make

from sitegen.config import Config
from sitegen.model import Book, Client, Handover
from sitegen.notes.linking import link_book
from sitegen.notes.note import read_note

HAKONE = """---
name: Hakone <Hotels>
stage: possible
product: basics
prestige: true
seeks: [bilingual recruiter]
area: Hakone
gifts: false
handover: [{from: suzuki, date: 2026-04-01}]
people:
  - {name: Uchida Masaki, role: Managing director, level: strategic, phone: 0460-00-0031}
---
## 2026-11-04 visit with Uchida Masaki
Peak of the leaves.

- got: a free night
- got: a second one
- [ ] write to the recruiter 📅 2026-11-25

## 2026-05-14 visit
- introduced: [[Linen]]
- gave: discount of 5%
"""
SUMIDA = "---\nname: Sumida\nstage: won\nproduct: sales\noffers: [bilingual recruiter]\narea: Sumida\n---\n"
LINEN = "---\nname: Linen\nstage: wtt\n---\n## 2026-06-11 visit\n- stage: wtt\n"


def client(key: str, text: str, rep: str) -> Client:
    record = read_note(text.encode(), f"content/clients/{rep}/{key}.md", "client", Config()).record
    assert isinstance(record, Client)
    return record


CLIENTS = (
    client("hakone", HAKONE, "tanaka"),
    client("sumida", SUMIDA, "kobayashi"),
    client("linen", LINEN, "tanaka"),
)


def site(*clients: Client, lang: str = "en", today: dt.date = TODAY) -> dict[str, str]:
    book = Book(clients=clients or CLIENTS)
    cfg = config(lang=lang)
    return {
        path: data.decode()
        for path, data in make(book, cfg, today, net=link_book(book)).items()
        if path.endswith(".html")
    }


def text(html: str) -> str:
    """What is read, without tags."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_an_introduction_is_told_on_its_page_and_on_both_clients():
    pages = site()
    told = text(pages["introductions.html"])
    assert "“" not in told
    assert "Hakone &lt;Hotels&gt; possible bilingual recruiter Sumida won bilingual recruiter" in told
    assert "tanaka with kobayashi." in told
    assert "They offer “bilingual recruiter”, which this client seeks." in text(pages["clients/hakone.html"])
    assert "They seek “bilingual recruiter”, which this client offers." in text(pages["clients/sumida.html"])
    assert "You can introduce" not in pages["clients/linen.html"]


@pytest.mark.parametrize(
    ("owners", "told"),
    [
        (("", ""), "Neither has an owner."),
        (("tanaka", ""), "tanaka owns one of them, the other has no owner."),
        (("tanaka", "suzuki"), "tanaka with suzuki."),
    ],
)
def test_an_introduction_between_clients_without_owner(owners: tuple[str, str], told: str):
    both = [replace(c, owner=owner) for c, owner in zip(CLIENTS[:2], owners, strict=True)]
    assert told in text(site(*both)["introductions.html"])
    if "" in owners:
        assert told in text(site(*both)["clients/hakone.html"])


def test_an_introduction_made_is_told_with_its_day():
    told = site()["introductions.html"]
    assert 'href="clients/hakone.html#2026-05-14"' in told
    assert 'href="clients/linen.html#2026-06-11"' in told


def test_the_ledger_says_whose_turn_it_is():
    pages = site()
    assert "Given 1, received 2. It is your turn to give." in text(pages["clients/hakone.html"])
    assert "discount of 5%" in text(pages["clients/hakone.html"])
    assert "Your turn to give 1" in text(pages["ledger.html"])
    assert "Discounts 1" in text(pages["ledger.html"])
    assert "ledger-item" not in pages["clients/sumida.html"]


def test_a_long_ledger_tells_how_many_there_are():
    many = [replace(CLIENTS[0], key=f"h{n}", path=f"content/clients/tanaka/h{n}.md") for n in range(3)]
    made_pages = make(
        Book(clients=tuple(many)), config(list_rows=2), TODAY, net=link_book(Book(clients=tuple(many)))
    )
    told = text(made_pages["ledger.html"].decode())
    assert "Your turn to give 3" in told
    assert "The first 2 of 3." in told


def test_well_known_clients_by_product():
    told = text(site()["prestige.html"])
    assert "basics No well-known client has bought it yet." in told
    assert "No well-known client in sight" in told
    assert "No reference site yet." in told


@pytest.mark.parametrize("visits", [True, False])
def test_a_reference_site_without_visitors_is_no_short_cut(visits: bool):
    one = f"---\nstage: won\nproduct: basics\nreference: {{product: basics, visits: {str(visits).lower()}}}\n---\n"
    told = text(site(*CLIENTS, client("uni", one, "tanaka"))["prestige.html"])
    assert ("Short cut" in told) == visits


def test_a_long_list_of_targets_tells_how_many_there_are():
    many = tuple(
        replace(
            CLIENTS[0],
            key=f"p{n}",
            path=f"content/clients/tanaka/p{n}.md",
            stage="wtt",
            prestige=True,
            product="x",
        )
        for n in range(3)
    )
    pages = make(Book(clients=many), config(list_rows=2), TODAY, net=link_book(Book(clients=many)))
    assert "The first 2 of 3." in text(pages["prestige.html"].decode())


def test_the_hand_over_sheet_holds_what_a_successor_needs():
    pages = site()
    told = text(pages["handover/tanaka.html"])
    for part in (
        "Uchida Masaki",
        "0460-00-0031",
        "write to the recruiter",
        "Peak of the leaves.",
        "Taken over 1",
    ):
        assert part in told
    assert "Handed on 1" in text(pages["handover/suzuki.html"])
    assert 'href="../handover/suzuki.html"' in pages["reps/tanaka.html"]
    assert "reps/suzuki.html" not in pages


def test_two_reps_whose_names_differ_by_case_only_have_a_sheet_each():
    one = replace(CLIENTS[0], handovers=(Handover("Tanaka", dt.date(2026, 4, 1)),))
    sheets = [path for path in site(one) if path.startswith("handover/")]
    assert len({path.casefold() for path in sheets}) == len(sheets) == 2


def test_the_rounds_tell_gifts_apart_and_what_is_done():
    visited = HAKONE.replace("stage: possible", "stage: won").replace("## 2026-11-04", "## 2026-12-04 visit\nBrought nothing.\n\n## 2026-11-04")  # fmt: skip
    pages = site(client("hakone", visited, "tanaka"), CLIENTS[1], today=dt.date(2026, 12, 8))
    told = text(pages["occasions/tanaka.html"])
    assert "Accept no gifts, so go with empty hands 1" in told
    assert "1 of 1 done" in told
    assert 'href="../clients/hakone.html#2026-12-04"' in pages["occasions/tanaka.html"]
    assert "Bring a gift 1" in text(pages["occasions/kobayashi.html"])
    assert 'href="occasions/kobayashi.html#round-4"' in pages["occasions.html"]


def test_a_round_that_is_near_with_nobody_to_greet_says_so():
    pages = site(client("a", "---\nstage: approach\n---\n", "suzuki"))
    winter = pages["occasions.html"].split('id="round-4"')[1].split("</section>")[0]
    assert "There is nobody to greet in this round." in winter
    assert "Some time off yet." in pages["occasions.html"]


def test_areas_are_in_the_order_of_their_letters():
    areas = ("Yokohama", "Ōta", "Ota", "Kanda", "")
    book = [
        client(f"c{n}", f"---\nstage: won\narea: {area}\n---\n", "suzuki") for n, area in enumerate(areas)
    ]
    pages = site(*book)
    for path in ("handover/suzuki.html", "occasions/suzuki.html", "due/suzuki-areas.html"):
        told = re.findall(r"<h[234][^>]*>\s*(Yokohama|Ōta|Ota|Kanda|No area given)", pages[path])
        assert told[:5] == ["Kanda", "Ota", "Ōta", "Yokohama", "No area given"], path


DAILY = ("occasions.html", "occasions/tanaka.html")


def test_a_new_day_changes_the_rounds_only():
    before, after = site(), site(today=TODAY + dt.timedelta(days=1))
    mine = re.compile(r"(introductions|ledger|prestige)\.html|(handover|clients)/")
    assert [path for path in before if mine.match(path) and before[path] != after[path]] == []
    assert all(before[path] != after[path] for path in DAILY)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_page_stands_with_the_large_book_and_with_an_empty_one(lang: str):
    full = make(BOOK, config(lang=lang))
    empty = make(Book(), config(lang=lang), net=link_book(Book()))
    for path in ("introductions.html", "ledger.html", "prestige.html", "occasions.html"):
        for files in (full, empty):
            html = files[path].decode()
            assert html.count("<h1") == 1
            assert "aria-current" in html
            ids = re.findall(r' id="([^"]+)"', html)
            assert len(ids) == len(set(ids))
            assert not (set(re.findall(r'href="#([^"]+)"', html)) - set(ids))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_link_leads_somewhere(lang: str):
    pages = site(lang=lang)
    for path, html in pages.items():
        if not re.match(r"(introductions|ledger|prestige|occasions)\.html|(handover|occasions)/", path):
            continue
        folder = path.rpartition("/")[0]
        for target in re.findall(r'href="([^"#:]+)', html):
            full = (
                target.removeprefix("../") if target.startswith("../") else f"{folder}/{target}".lstrip("/")
            )
            assert full in pages or full.startswith("assets/"), (path, target)
