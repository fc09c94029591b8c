"""The backers' picture in a real browser, from disk: drawn the same each time, found by name, read without a script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PLACES = "Kayoi.picture.nodes().map(n => [n.data('n'), n.position().x, n.position().y])"


@contextmanager
def opened(browser: Browser, site: Path, **more: Any) -> Iterator[tuple[Page, list[str]]]:
    """The page once the picture is drawn, and all that the console was told."""
    context = browser.new_context(viewport={"width": 1200, "height": 1000}, **more)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto((site / "network.html").as_uri())
    if more.get("java_script_enabled", True):
        page.wait_for_selector("#picture[data-state=drawn]")
    yield page, told
    context.close()


def test_the_same_picture_each_time_and_nothing_refused(browser: Browser, sample: Path) -> None:
    seen = []
    for _ in range(2):
        with opened(browser, sample) as (page, told):
            seen.append(page.evaluate(PLACES))
            assert told == []  # neither an error nor anything that the policy refused
    assert seen[0] == seen[1]
    assert len(seen[0]) == 42


def test_a_name_is_found_and_told_on_a_card(browser: Browser, sample: Path) -> None:
    with opened(browser, sample) as (page, told):
        page.fill(".net-find", "ヤマトセイミツ")  # written やまとせいみつ
        assert page.locator(".net-found button").all_inner_texts() == ["Yamato Precision"]
        page.fill(".net-find", "大和")
        page.press(".net-find", "Enter")
        card = page.locator(".net-card")
        card.wait_for()
        assert card.locator("a").inner_text() == "Yamato Precision"
        assert "Kamata Bearings" in card.inner_text()
        assert card.locator("time").inner_text() == "Fri 20 Nov 2026"
        assert card.locator("time").get_attribute("datetime") == "2026-11-20"
        assert "Kanda" not in card.inner_text()
        page.click(".net-around")
        page.wait_for_selector("#picture[data-state=drawn]")
        assert "around Yamato Precision" in page.inner_text(".net-says")
        page.locator(".net-card a").click()
        assert page.url.endswith("clients/yamato-precision.html")
        assert told == []


def test_a_row_of_the_list_shows_its_place(browser: Browser, sample: Path) -> None:
    with opened(browser, sample) as (page, _):
        page.click(".net-to >> nth=0")
        assert page.locator(".net-name").inner_text() == "Tokiwa Bank"
        page.keyboard.press("Escape")
        assert page.locator(".net-card").is_hidden()


def test_a_rep_has_a_picture_of_their_own(browser: Browser, sample: Path) -> None:
    with opened(browser, sample) as (page, _):
        page.select_option(".net-rep", label="Tanaka Yuki")
        page.wait_for_selector("#picture[data-state=drawn]")
        assert "Tanaka Yuki" in page.inner_text(".net-says")
        assert 3 < len(page.evaluate(PLACES)) < 42


def test_a_mark_can_be_dragged_and_the_wheel_comes_nearer(browser: Browser, sample: Path) -> None:
    with opened(browser, sample) as (page, _):
        box = page.locator(".net-box").bounding_box()
        assert box
        spot = page.evaluate("Kayoi.picture.nodes()[0].renderedPosition()")
        x, y = box["x"] + spot["x"], box["y"] + spot["y"]
        before = page.evaluate("Kayoi.picture.nodes()[0].position()")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 40, y + 30, steps=4)
        page.mouse.up()
        assert page.evaluate("Kayoi.picture.nodes()[0].position()") != before
        zoom = page.evaluate("Kayoi.picture.zoom()")
        page.click(".net-in")
        assert page.evaluate("Kayoi.picture.zoom()") > zoom


def test_the_wheel_scrolls_the_page_where_all_is_in_sight(browser: Browser, sample: Path) -> None:
    with opened(browser, sample) as (page, _):
        zoom = page.evaluate("Kayoi.picture.zoom()")
        page.locator(".net-box").hover()
        free = "document.querySelector('.net-box canvas').dispatchEvent(new WheelEvent('wheel', {deltaY: %d, bubbles: true, cancelable: true}))"
        assert page.evaluate(free % 100) is True  # nobody held it back
        assert page.evaluate("Kayoi.picture.zoom()") == zoom


def test_without_a_script_the_list_says_it_all(browser: Browser, sample_ja: Path) -> None:
    with opened(browser, sample_ja, java_script_enabled=False) as (page, _):
        assert "JavaScript" in page.inner_text(".net-says")
        assert page.locator(".net-box").is_hidden()
        assert page.locator(".net-tools").is_hidden()
        assert page.locator("tr.row").count() == 17


def test_a_phone_is_not_trapped(browser: Browser, sample: Path) -> None:
    with opened(browser, sample, has_touch=True, is_mobile=True) as (page, told):
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.net-box')).touchAction") == "pan-x pan-y"
        )
        page.click(".net-move")
        assert page.evaluate("getComputedStyle(document.querySelector('.net-box')).touchAction") == "none"
        assert told == []
