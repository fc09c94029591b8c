"""The brief's page and text, the needs board on the client's page, and the playbook."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from site_fakebook import BOOK, TEMPLATES, TODAY, config, made, make

from sitegen.config import Config
from sitegen.doctrine.rules import facts as facts_of
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Book, Client, Page, Solution
from sitegen.notes.linking import link_book
from sitegen.notes.note import read_note
from sitegen.site.brief_text import brief_of_client
from sitegen.site.messages import load_messages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOTE = """---
name: Yamato <Precision>
native: 大和精密
stage: probable
area: Ōta
address: 2-4-1 Kamata
people:
  - {name: Sato Kenji, role: President, level: strategic}
  - {name: Ito Haruka, role: HR head, level: working, since: 2026-04}
next: {date: 2026-11-20, time: "10:00", with: [Ito Haruka, Dana <Smith>], step: bring the outline}
---
## 2026-12-09 meal with Sato Kenji

## 2026-06-18 meeting with Ito Haruka
- need: telephone <manners>
- assumed: one culture
- lesson: ask <first>
- stage: probable

## 2026-01-15 meeting with Sato Kenji
- need: managers who coach
"""
SOLUTIONS = (
    Solution("phone", "Phone & manners", "電話応対", "basic", ("telephone",)),
    Solution("coaching", "Coaching", "", "advanced", ("managers who coach",)),
    Solution("minutes", "Minutes", "", "basic", ("minutes",)),
)
PLAYBOOK = (Page("playbook", "How we sell"),)


def book(*notes: tuple[str, str], **more: object) -> Book:
    clients = [
        read_note(text.encode(), f"content/clients/tanaka/{key}.md", "client", Config()).record
        for key, text in notes
    ]
    assert all(isinstance(c, Client) for c in clients)
    return replace(Book(clients=tuple(clients), solutions=SOLUTIONS, pages=PLAYBOOK), **more)  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def site(lang: str = "en") -> dict[str, str]:
    one = book(("yamato", NOTE), ("yamato-2", "## 2026-11-30 visit\n"))
    return {
        p: d.decode()
        for p, d in make(one, config(lang=lang), net=link_book(one)).items()
        if p.endswith(".html")
    }


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_each_planned_meeting_has_its_page_and_no_two_share_one(lang: str) -> None:
    found = sorted(p for p in site(lang) if p.startswith("briefs/"))
    assert found == ["briefs/yamato-2.html", "briefs/yamato-2_.html", "briefs/yamato.html"]
    assert 'datetime="2026-11-20"' in site(lang)["briefs/yamato.html"]
    assert 'datetime="2026-12-09"' in site(lang)["briefs/yamato-2.html"]
    assert 'datetime="2026-11-30"' in site(lang)["briefs/yamato-2_.html"]


def test_the_brief_says_start_from_the_basics_and_why() -> None:
    text = words(site()["briefs/yamato.html"])
    assert "Start from the basics." in text
    assert "with President Sato Kenji on 15 Jan 2026. Nobody who is coming was there" in text
    assert "What have you heard from President Sato Kenji about what this is for?" in text
    assert "Dana <Smith>: What does your side expect of today?" in text
    assert "9 more visits" not in text
    assert "8 more visits before the door is open" in text
    assert "managers who coach only Sato Kenji, 15 Jan 2026, strategic, stated" in text
    assert "never confirmed here: Minutes, Phone & manners" in text
    assert "Coaching Advanced, not unless they ask" in text


def test_where_the_president_comes_the_box_is_another() -> None:
    text = words(site()["briefs/yamato-2.html"])
    assert "Everybody has heard." in text
    assert "Start from the basics." not in text
    assert "If Sato Kenji does not come" in text


def test_in_japanese() -> None:
    text = words(site("ja")["briefs/yamato.html"])
    assert "基本から始めます。" in text
    assert "Sato Kenji（President）からどのようにお聞きになっていますか" in text


def test_home_the_due_list_and_the_client_lead_to_the_brief() -> None:
    pages = site()
    assert 'href="briefs/yamato.html"' in pages["index.html"]
    assert 'href="../briefs/yamato.html"' in pages["due/tanaka.html"]
    client = pages["clients/yamato.html"]
    assert 'href="../briefs/yamato.html">Open the brief' in client
    assert "None of them was at the last talk with President Sato Kenji" in words(client)


def test_the_board_stands_on_the_clients_page() -> None:
    page = site()["clients/yamato.html"]
    text = words(page)
    assert "The two levels want different things so far." in text
    assert (
        "Strategic level only managers who coach stated Sato Kenji 15 Jan 2026 → Coaching (Advanced)" in text
    )
    assert (
        "Working level only telephone <manners> stated Ito Haruka 18 Jun 2026 → Phone & manners 電話応対 (Basic)"
        in text
    )
    assert "one culture assumed said by nobody, noted 18 Jun 2026" in text
    assert "Basics never confirmed here: Minutes, Phone & manners" in text
    assert 'href="#2026-01-15"' in page


def test_a_silent_lane_says_so_and_no_needs_are_no_board() -> None:
    one = book(
        (
            "one",
            "---\npeople: [{name: Ito, level: working}]\n---\n## 2026-06-18 visit with Ito\n- need: telephone\n",
        ),
        ("none", "## 2026-06-18 visit\n"),
        ("empty", "---\nname: Empty\n---\n"),
    )
    pages = {p: d.decode() for p, d in make(one, net=link_book(one)).items() if p.startswith("clients/")}
    assert "The strategic level has not said what it needs." in pages["clients/one.html"]
    assert "Nobody has said yet what they need." in pages["clients/none.html"]
    assert 'class="lane' not in pages["clients/none.html"]
    assert "What they need" not in pages["clients/empty.html"]


def test_the_playbook_leads_to_where_each_lesson_was_learned() -> None:
    page = site()["playbook.html"]
    assert "ask &lt;first&gt;" in page
    assert 'href="clients/yamato.html#2026-06-18"' in page
    assert 'href="pages/playbook.html">How we sell' in page
    assert 'href="../playbook.html"' in site()["clients/yamato.html"]


def test_no_lessons_say_how_to_write_one() -> None:
    one = book(("none", "## 2026-06-18 visit\n"))
    page = make(one, net=link_book(one))["playbook.html"].decode()
    assert "No lessons yet." in page


def test_a_long_playbook_goes_on_further_pages() -> None:
    text = "".join(f"## 2026-06-{n:02} visit\n- lesson: number {n}\n" for n in range(1, 8))
    one = book(("a", text), ("b", "---\nstage: won\n---\n## 2026-06-18 visit\n- lesson: last\n"))
    pages = {
        p: d.decode()
        for p, d in make(one, config(list_rows=3), net=link_book(one)).items()
        if "playbook" in p
    }
    assert sorted(p for p in pages if "/" not in p) == ["playbook-2.html", "playbook-3.html", "playbook.html"]
    assert 'href="playbook-3.html#won"' in pages["playbook.html"]
    assert "number 7" in pages["playbook.html"]
    assert "last" in pages["playbook-3.html"]


def test_a_new_day_changes_no_brief() -> None:
    one = book(("yamato", NOTE))
    first, second = (
        {
            p: d
            for p, d in make(one, today=day, net=link_book(one)).items()
            if p.startswith(("briefs/", "playbook"))
        }
        for day in (TODAY, TODAY + dt.timedelta(days=1))
    )
    assert first == second


def text_of(note: str, lang: str = "en", today: dt.date = TODAY) -> str:
    one = book(("yamato", note))
    cfg = config(lang=lang)
    days = Workdays(cfg)
    facts = {c.key: facts_of(c, cfg, days, today, lambda _: "") for c in one.clients}
    t = load_messages(cfg.lang, [TEMPLATES])
    return brief_of_client(one, link_book(one), facts, cfg, today, t, one.clients[0])


def test_the_text_says_what_the_page_says() -> None:
    text = text_of(NOTE)
    assert text.startswith(
        "Yamato <Precision> 大和精密, meeting on Friday 20 November 2026\n10:00 · 2-4-1 Kamata, Ōta"
    )
    assert (
        "Start from the basics. The last talk with the strategic level was with President Sato Kenji" in text
    )
    assert "  1. Ito Haruka, Dana <Smith>: What have you heard from President Sato Kenji" in text
    assert "  - ask <first> (18 Jun 2026, here)" in text
    assert "&" not in text.replace("Phone & manners", "")
    assert "基本から始めます。" in text_of(NOTE, "ja")


def test_a_client_without_a_meeting_has_a_brief_all_the_same() -> None:
    plain = NOTE.replace("next:", "once:").replace("## 2026-12-09 meal with Sato Kenji\n", "")
    text = text_of(plain)
    assert text.startswith("Yamato <Precision> 大和精密, if you went today\n")
    assert "Whom you may meet" in text
    assert text_of("").startswith("yamato, if you went today")


def test_a_passed_meeting_is_no_next_one() -> None:
    assert "meal on Wednesday 9 December 2026" in text_of(NOTE, today=dt.date(2026, 11, 25))


def test_the_thirty_clients_have_theirs() -> None:
    pages = made()
    planned = [c.key for c in BOOK.clients if c.next]
    assert planned
    assert all(f"briefs/{key}.html" in pages for key in planned)


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_brief_of_the_sample_book_is_one_sheet(
    browser: Browser, request: pytest.FixtureRequest, lang: str
) -> None:
    folder: Path = request.getfixturevalue("sample" if lang == "en" else "sample_ja")
    briefs = sorted((folder / "briefs").glob("*.html"))
    assert len(briefs) > 3
    page = browser.new_page()
    for brief in briefs:
        page.goto(brief.as_uri())
        sheets = re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True))
        assert len(sheets) == 1, brief.name
    page.close()
