"""Where it stalled, setbacks, threads, people, care, the method and the first things, as pages."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from site_fakebook import TODAY, config, make

from sitegen.config import Config
from sitegen.model import Book, Client
from sitegen.notes.linking import link_book
from sitegen.notes.note import read_note

CHASE = """---
name: Chase & Co.
stage: probable
value: 12000000
people:
  - {name: Sato Kenji, reading: さとうけんじ, role: President, level: strategic, since: 2014}
  - {name: Mori Jun, role: HR head, level: working, since: 2021-04, until: 2026-03}
  - {name: Ito Haruka, role: HR head, level: working, since: 2026-11-10}
---
## 2026-06-02 call with Sato Kenji
He rang.
- inbound

## 2026-01-15 meeting with Sato Kenji
- postponed: June

## 2025-11-10 visit with Mori Jun
- no: <no> budget
- setback: we lost the bid

## 2025-03-10 visit
Tea.
"""
SMOOTH = "---\nname: Smooth\nstage: won\n---\n## 2026-11-10 visit with Abe\nTea.\n"


def client(key: str, text: str) -> Client:
    record = read_note(text.encode(), f"content/clients/tanaka/{key}.md", "client", Config()).record
    assert isinstance(record, Client)
    return record


CLIENTS = (client("chase", CHASE), client("smooth", SMOOTH))


def site(
    *clients: Client, lang: str = "en", today: dt.date = TODAY, cfg: Config | None = None
) -> dict[str, str]:
    book = Book(clients=clients or CLIENTS)
    cfg = cfg or config(lang=lang)
    files = make(book, cfg, today, net=link_book(book))
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def block(html: str, anchor: str) -> str:
    """The section whose heading has this anchor, as text."""
    found = re.search(rf'<section[^>]*aria-labelledby="{anchor}".*?</section>', html, re.DOTALL)
    return plain(found[0]) if found else ""


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_where_it_stalled_with_whom_and_who_came_back_first():
    html = site()["clients/chase.html"]
    told = block(html, "stalled")
    assert "In all: one no, put off once, one long silence." in told
    assert "&lt;no&gt; budget" in html
    assert "they did" in told
    assert "after 5 months" in told
    assert "Nobody knows why." in told
    assert 'href="#2025-11-10"' in html
    assert 'href="#person-1"' in html


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("- no: budget", "In all: one no."),
        ("- no: budget\n\n## 2026-07-01 call\n- inbound", "In all: one no. Afterwards they came back first once, we never."),
        ("- postponed: July\n\n## 2026-07-01 visit\nTea.", "In all: put off once. Afterwards we came back first once, they never."),
    ],
)  # fmt: skip
def test_what_did_not_happen_is_not_counted(lines: str, told: str):
    text = f"---\nname: Chase\n---\n## 2026-06-10 visit\n{lines}\n"
    assert told in block(site(client("chase", text))["clients/chase.html"], "stalled")


def test_the_chairs_stand_in_a_picture_and_in_a_table():
    html = site()["clients/chase.html"]
    bars = re.findall(r'<text class="bar-name[^>]*>([^<]*)</text>', html)
    assert bars == ["Sato Kenji", "Mori Jun", ""]  # the newest bar is too short for a name that can be read
    told = re.findall(r"<title>([^<]*)</title><rect class=\"bar", html)
    assert [title.split(" 2")[0] for title in told] == ["Sato Kenji", "Mori Jun", "Ito Haruka"]
    assert 'role="img"' in html
    rows = [
        plain(row) for row in re.findall(r'<tr class="row"><th scope="row"><a href="#person.*?</tr>', html)
    ]
    assert rows[1].startswith("Mori Jun HR head")
    assert "Ito Haruka" in rows[1]


def test_a_smooth_client_has_no_such_block():
    html = site()["clients/smooth.html"]
    for anchor in ("stalled", "shared", "thread"):
        assert block(html, anchor) == ""


def test_what_was_shared_and_what_the_deal_hangs_by():
    html = site()["clients/chase.html"]
    assert "we lost the bid" in block(html, "shared")
    assert "2 people are known there." in block(html, "thread")
    alone = client("alone", "---\nvalue: 20000000\npeople: [{name: Abe}]\n---\n")
    assert "It hangs by one person: Abe." in block(site(alone)["clients/alone.html"], "thread")


def test_a_thread_that_grew_thin_is_told_from_its_day_on():
    text = "---\nvalue: 20000000\npeople: [{name: Abe, level: strategic}, {name: Ito}]\n---\n## 2026-05-19 visit with Abe\nTea.\n"
    before, on = (
        site(client("thin", text), today=TODAY + dt.timedelta(days=n))["clients/thin.html"] for n in (0, 1)
    )
    assert '<p class="thin" data-from="2026-11-20" hidden>' in before
    assert (
        '<p class="thin" data-from="2026-11-20">The thread is thin: Abe was last met over 6 months ago.' in on
    )


def test_a_new_day_changes_no_clients_page():
    one, other = site(), site(today=TODAY + dt.timedelta(days=400))
    assert one["clients/chase.html"] == other["clients/chase.html"]
    assert one["method.html"] == other["method.html"]


def test_people_new_faces_leavers_and_everybody():
    html = site()["people.html"]
    assert "Ito Haruka" in block(html, "new-faces")
    assert "9 days late" in block(html, "new-faces")
    assert "Mori Jun" in block(html, "left")
    assert 'href="clients/chase.html#person-1"' in html
    assert "Sato Kenji" in block(html, "h-S")


def test_leavers_of_long_ago_are_in_the_index_only():
    html = site(today=TODAY + dt.timedelta(days=400))["people.html"]
    assert block(html, "left") == ""
    assert "Mori Jun" in block(html, "h-M")


def test_by_reading_in_japanese():
    html = site(lang="ja")["people.html"]
    assert "Sato Kenji" in block(html, "h-さ")
    assert "Mori Jun" in block(html, "latin")


def test_people_in_numbered_pages():
    files = site(cfg=replace(config(), list_rows=2))
    assert [path for path in sorted(files) if path.startswith("people")] == ["people-2.html", "people.html"]
    assert "new-faces" not in files["people-2.html"]
    assert 'href="people-2.html#h-S"' in files["people.html"]
    later = site(cfg=replace(config(), list_rows=2), today=TODAY + dt.timedelta(days=40))
    assert later["people-2.html"] == files["people-2.html"]


def test_care_tells_what_to_do():
    thin = client("thin", "---\nname: Thin\nvalue: 20000000\npeople: [{name: Abe}]\n---\n")
    html = site(thin, *CLIENTS)["care.html"]
    assert "only Abe is known" in block(html, "threads")
    assert "Ask Abe to introduce you to a colleague." in block(html, "threads")
    assert "Chase" in block(html, "shared")
    assert "Tell Sato Kenji what went wrong lately" in block(html, "shared")
    assert "Ask who stands behind them." in block(html, "qualify")
    assert "Nobody at the moment." in block(html, "peace")


def test_a_long_list_of_care_has_pages_of_its_own():
    many = [client(f"c{n:02}", "Tea.\n") for n in range(20)]
    files = site(*many, cfg=replace(config(), list_rows=15))
    assert 'href="care-qualify.html"' in files["care.html"]
    assert [p for p in sorted(files) if p.startswith("care-")] == ["care-qualify-2.html", "care-qualify.html"]
    assert sum(files[p].count('<tr class="row">') for p in files if p.startswith("care-q")) == 20


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_method_tells_every_rule_with_the_number_in_force(lang):
    html = site(cfg=replace(config(lang=lang), visits=12, stall_months=5))["method.html"]
    for number in range(1, 16):
        assert f'id="r{number}"' in html
    assert "12" in plain(re.search(r'id="r1".*?</section>', html, re.DOTALL)[0])  # type: ignore[index]
    assert "5" in plain(re.search(r'id="r14".*?</section>', html, re.DOTALL)[0])  # type: ignore[index]
    assert 'href="clients/chase.html#stalled"' in html


def test_every_page_links_to_the_method_and_reasons_to_their_rule():
    for path, html in site().items():
        assert f'href="{"../" * path.count("/")}method.html"' in html, path
    chase = site()["clients/chase.html"]
    for rule in ("r1", "r3", "r4", "r5", "r8", "r10", "r14"):
        assert f'href="../method.html#{rule}"' in chase, rule


def test_the_first_things_stand_on_the_front_page():
    told = block(site()["index.html"], "first-things")
    assert "Ito Haruka is new at Chase &amp; Co. since 10 Nov 2026" in told
    assert "Greet them" in told
    assert told.count("why") <= 5


def test_a_calm_team_has_no_first_things():
    calm = replace(config(), portfolio=replace(config().portfolio, approaches=0))
    assert block(site(CLIENTS[1], cfg=calm)["index.html"], "first-things") == ""
