"""Pages at every width and on paper: nothing lies upon something else, no word is cut, and what is hidden stays so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_pages_in_browser import page_kinds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LISTS = ["lists/all.html", "lists/rep-tanaka.html", "backers/Tokiwa Bank.html"]

SPOILT = """() => {
  const found = [];
  for (const row of document.querySelectorAll(".list-rows .row")) {
    const boxes = [...row.children].map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return [cell.className, [...range.getClientRects()].filter((box) => box.width && box.height)];
    });
    boxes.forEach(([one, mine], i) => boxes.slice(i + 1).forEach(([other, theirs]) => {
      if (mine.some((a) => theirs.some((b) => a.left < b.right - 1 && b.left < a.right - 1
          && a.top < b.bottom - 3 && b.top < a.bottom - 3))) { found.push(`${one} upon ${other}`); }
    }));
  }
  return [...new Set(found)];
}"""
"""Cells of lists of clients whose text lies upon another's."""

CUT = """(within) => {
  const found = [];
  for (const place of document.querySelectorAll(within)) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[\\p{Script=Latin}\\d,¥]+/gu)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) { found.push(word[0]); }
      }
    }
  }
  return [...new Set(found)];
}"""
"""Words and numbers that go on in the next line."""

SEEN = """() => [...document.querySelectorAll("[hidden]")]
  .filter((one) => getComputedStyle(one).display !== "none").map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [641, 768, 900, 1024, 1153, 1280, 695])
def test_lists_of_clients_have_room(page: Page, sample: Path, sample_ja: Path, width: int) -> None:
    """The last width is a sheet of A4's, as printed."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print" if width == 695 else "screen")
    found = {}
    for site in (sample, sample_ja):
        for path in LISTS:
            page.goto((site / path).as_uri())
            told = [*page.evaluate(SPOILT), *page.evaluate(CUT, ".list-rows tbody :is(th, td)")]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                told.append("scrolls")
            if told:
                found[f"{site.parent.name} {path}"] = told
    assert found == {}


@pytest.mark.parametrize("width", [375, 1280])
def test_tables_in_notes_cut_no_word(page: Page, sample: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("clients/yamato-precision.html", "pages/first-visit.html", "pages/about-this-book.html"):
        page.goto((sample / path).as_uri())
        assert page.locator(".prose table").count()
        assert page.evaluate(CUT, ".prose table") == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_hidden_is_not_seen(page: Page, sample: Path) -> None:
    """Without JavaScript: meetings of later days, links into a picture that nobody draws."""
    for kind in page_kinds(sample):
        page.goto((sample / kind).as_uri())
        assert page.evaluate(SEEN) == [], kind


def test_on_a_phone_the_story_comes_before_the_lesser_cards(page: Page, sample: Path) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto((sample / "clients/meguro-foods.html").as_uri())
    order = ["#due", "#visits", "#people", "#needs", "#story", "#perseverance", "#facts"]
    tops = [
        page.evaluate("id => document.querySelector(id).getBoundingClientRect().top", one) for one in order
    ]
    assert tops == sorted(tops)


def test_on_a_phone_a_promise_stands_beside_its_box_and_values_beside_their_labels(
    page: Page, sample: Path
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto((sample / "clients/yamato-precision.html").as_uri())
    box = page.locator(".promise.open").first.bounding_box()
    text = page.locator(".promise.open span").first.bounding_box()
    assert box
    assert text
    assert text["y"] - box["y"] < 10
    assert text["x"] - box["x"] > 20
    for path in ("people.html", "portfolio/tanaka.html"):
        page.goto((sample / path).as_uri())
        lefts = page.evaluate(
            """() => [...document.querySelectorAll(":is(.face-rows, .people-rows, .old-rows) td[data-label] > :not([hidden])")]
                .map((one) => one.getBoundingClientRect().left - one.closest("td").getBoundingClientRect().left)"""
        )
        assert lefts
        assert min(lefts) > 90, path


def test_no_name_in_the_picture_of_chairs_is_cut(page: Page, sample: Path) -> None:
    for width in (375, 600, 860, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((sample / "clients/yamato-precision.html").as_uri())
        cut = page.evaluate(
            """() => [...document.querySelectorAll(".timeline svg svg")].filter((bar) => {
                const name = bar.querySelector("text").getBoundingClientRect();
                return name.width && name.right > bar.querySelector("rect").getBoundingClientRect().right;
            }).map((bar) => bar.textContent)"""
        )
        assert cut == [], width
