"""The pages from `file://` in a real browser: what the content security policy lets through, what the script does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import built_once
from site_fakebook import write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_once(tmp_path_factory, "fakebook", write)


@pytest.fixture(autouse=True)
def closed(browser: Browser) -> Iterator[None]:
    """Whatever a test opened is closed: pages left open slow all later ones."""
    yield
    for context in browser.contexts:
        context.close()


def opened(browser, page: Path, clock: str, width: int = 1200):  # type: ignore[no-untyped-def]
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.clock.set_fixed_time(dt.datetime.fromisoformat(clock))
    tab.goto(page.as_uri())
    return tab


GROUPS = """() => Object.fromEntries([...document.querySelectorAll("[data-group]")]
  .map(s => [s.dataset.group, s.hidden ? null : s.querySelectorAll("tbody > tr").length]))"""


def test_styles_and_script_load_from_a_file(site: Path, browser: object) -> None:
    tab = opened(browser, site / "clients" / "yamato-precision.html", "2026-11-19T09:00:00+09:00")
    assert tab.complaints == []
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 249, 244)"
    assert tab.locator("#due .when").text_content() == "6 days late"


def test_the_teams_day_counts_not_the_readers(site: Path, browser: object) -> None:
    page = site / "clients" / "yamato-precision.html"
    assert opened(browser, page, "2026-11-13T14:59:00+00:00").locator("#due .when").text_content() == "today"
    assert (
        opened(browser, page, "2026-11-13T15:01:00+00:00").locator("#due .when").text_content()
        == "1 day late"
    )


def test_a_list_of_thursday_regroups_itself_on_monday(site: Path, browser: object) -> None:
    page = site / "due" / "tanaka.html"
    made = {"overdue": 4, "today": 3, "at-once": 1, "week": None, "next-week": 2, "later": 1}
    for clock in ("2026-11-18T09:00:00+09:00", "2026-11-19T09:00:00+09:00"):
        assert opened(browser, page, clock).evaluate(GROUPS) == made
    tab = opened(browser, page, "2026-11-23T00:10:00+09:00")
    moved = {"overdue": 7, "today": None, "at-once": 1, "week": 2, "next-week": None, "later": 1}
    assert tab.evaluate(GROUPS) == moved
    assert tab.locator(".counts li").first.text_content().split() == ["Overdue", "7"]
    assert tab.locator(".regrouped").is_visible()


def test_no_page_is_wider_than_the_window(site: Path, browser: object) -> None:
    tab = opened(browser, site / "index.html", "2026-11-19T09:00:00+09:00")
    wide = []
    for name in (
        "index.html",
        "due/tanaka.html",
        "clients/yamato-precision.html",
        "lists/name.html",
        "problems.html",
    ):
        for width in (320, 390, 820, 1200):
            tab.set_viewport_size({"width": width, "height": 900})
            if width == 320:
                tab.goto((site / name).as_uri())
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
    assert wide == []
