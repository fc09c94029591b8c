"""The pages from `file://` in a real browser: what the content security policy lets through, what the script does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from site_fakebook import write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write(folder)
    return folder


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


@pytest.mark.parametrize("width", [320, 390, 820, 1200])
def test_no_page_is_wider_than_the_window(site: Path, browser: object, width: int) -> None:
    for name in (
        "index.html",
        "due/tanaka.html",
        "clients/yamato-precision.html",
        "lists/name.html",
        "problems.html",
    ):
        tab = opened(browser, site / name, "2026-11-19T09:00:00+09:00", width)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, name
        tab.close()
