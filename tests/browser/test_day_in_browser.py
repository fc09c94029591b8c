"""The reader's day in a real browser: the rules' own table of cases, and a site built earlier read as one built today."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import ROOT, build_sample

from sitegen.site import dates

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CASES = yaml.safe_load((ROOT / "tests/doctrine/day_cases.yml").read_text(encoding="utf-8"))
SEEN = """() => {
  const told = {};
  for (const place of ['h1', '.stat', '.rep-rows tr', '.worst-rows tr', '.calm', 'aside .card h2',
      'aside .meetings > li', 'aside .quiet', '.closed', '.jumps li', '.group h2', '.due-rows tbody tr', '.item-rows td'])
    told[place] = [...document.querySelectorAll(place)].filter(e => e.checkVisibility())
      .map(e => e.innerText.replace(/\\s+/g, ' ').trim());
  return told;
}"""
"""What the eye sees of a page that the day changes."""


@pytest.fixture
def at(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page at a moment."""
    contexts = []

    def opened(file: Path, moment: str, **how: Any) -> Page:
        contexts.append(browser.new_context(**how))
        page = contexts[-1].new_page()
        page.clock.set_fixed_time(moment)
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A page with nothing but the script."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copy(ROOT / "templates/assets/kayoi.js", folder)

    def written(zone: str, manner: Any = "en") -> Path:
        file = folder / f"{zone.replace('/', '-')}-{manner}.html"
        file.write_text(
            f'<!doctype html><html data-tz="{zone}" data-locale="{dates.LOCALES[manner]}"'
            f' data-day="{dates.FORMS[manner]}"><meta charset="utf-8"><script src="kayoi.js" defer></script></html>',
            encoding="utf-8",
        )
        return file

    return written


def test_headings_are_those_of_the_rules(at: Callable[..., Page], bare: Callable[..., Path]) -> None:
    page = at(bare("Asia/Tokyo"), "2026-11-19T03:00:00Z")
    dated = [[str(date), str(today), name, late] for date, today, name, late in CASES["headings"] if date]
    found = page.evaluate(
        """cases => cases.map(([date, today]) => {
          const d = Kayoi.day.number(date), now = Kayoi.day.number(today);
          return [date, today, Kayoi.day.heading(d, now), Math.max(0, now - d)];
        })""",
        dated,
    )
    assert found == dated


def test_the_readers_day_is_the_teams(at: Callable[..., Page], bare: Callable[..., Path]) -> None:
    found = [
        [moment, zone, at(bare(zone), moment).evaluate("Kayoi.day.iso")]
        for moment, zone, _ in CASES["instants"]
    ]
    assert found == [[moment, zone, str(day)] for moment, zone, day in CASES["instants"]]


@pytest.mark.parametrize("manner", ["en", "ja", "ja-era"])
def test_the_script_says_days_as_the_pages_do(
    at: Callable[..., Page], bare: Callable[..., Path], manner: Any
) -> None:
    page = at(bare("Asia/Tokyo", manner), "2026-11-19T03:00:00Z")
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(0, 800, 19)]
    days += [dt.date(2019, 4, 30), dt.date(2019, 5, 1), dt.date(1989, 1, 8), dt.date(1989, 1, 7)]
    said = page.evaluate("days => days.map(day => Kayoi.day.say(day, 'long'))", [str(day) for day in days])
    assert said == [dates.plain(day, manner, full=True) for day in days]


def test_a_site_read_days_later_shows_what_a_new_one_would(
    at: Callable[..., Page], sample: Path, tmp_path: Path
) -> None:
    """Built on Thursday the 19th, read on Tuesday the 24th, after a weekend and a holiday."""
    from sitegen.build import Project, build
    from sitegen.config import Config

    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "kayoi.yml", tmp_path)
    build(Project(tmp_path, replace(Config(), title="Kayoi sample book")), dt.date(2026, 11, 24))
    for name in ("index.html", "due/tanaka.html", "due/tanaka-areas.html", "due/lee.html", "reps.html"):
        old, new = (at(site / name, "2026-11-24T00:00:00Z") for site in (sample, tmp_path / "site"))
        assert old.evaluate(SEEN) == new.evaluate(SEEN), name
        assert old.locator(".made b").inner_text() == "5 days ago"
        assert not new.locator(".made b").is_visible()


def test_todays_meetings_move_into_their_card(at: Callable[..., Page], sample: Path) -> None:
    page = at(sample / "index.html", "2026-11-20T00:00:00Z")
    assert page.locator("#meet-today ~ .meetings > li:visible").count() == 3
    assert page.locator("#meet-next").inner_text() == "Meetings up to Tue 24 Nov"
    assert page.locator(".as-of").is_visible()


def test_beyond_a_fortnight_the_front_page_says_what_it_does_not_know(
    at: Callable[..., Page], sample: Path
) -> None:
    aside = at(sample / "index.html", "2027-01-08T00:00:00Z").locator("aside")
    assert "knows the meetings up to Wed 2 Dec" in aside.inner_text()
    assert "None planned" not in aside.inner_text()


@pytest.mark.parametrize(("day", "said"), [("20", ""), ("21", "2 days ago"), ("25", "6 days ago")])
def test_every_page_tells_when_the_site_is_old(
    at: Callable[..., Page], sample: Path, day: str, said: str
) -> None:
    place = at(sample / "clients/yamato-precision.html", f"2026-11-{day}T00:00:00Z").locator(".made")
    assert place.is_visible() == bool(said)
    assert said in (place.text_content() or "")


def test_a_clock_before_the_build_changes_nothing(at: Callable[..., Page], sample: Path) -> None:
    page = at(sample / "index.html", "2026-11-01T00:00:00Z")
    assert "19 November 2026" in page.locator("h1").inner_text()
    assert page.locator(".as-of").is_hidden()


def test_without_javascript_a_page_says_for_which_day_it_was_made(
    at: Callable[..., Page], sample: Path
) -> None:
    for name in ("due/tanaka.html", "weeks.html"):
        page = at(sample / name, "2026-11-30T00:00:00Z", java_script_enabled=False)
        place = page.locator(".made")
        assert "Made for Thu 19 Nov 2026" in place.inner_text(), name
        assert (place.bounding_box() or {"y": 999})["y"] < 200, name


def test_days_late_are_counted_on_the_readers_day(at: Callable[..., Page], sample: Path) -> None:
    """A client's page holds no word of today; the browser counts, in the team's time zone."""
    page = at(sample / "clients/kamata-bearings.html", "2026-11-24T16:00:00Z")  # already the 25th in Tokyo
    assert page.locator("time.due").first.get_attribute("datetime") == "2026-11-13"
    assert "12 days late" in page.locator("main").inner_text()


def test_a_site_built_for_a_given_day_counts_from_that_day(at: Callable[..., Page], tmp_path: Path) -> None:
    site = build_sample(tmp_path, "en", pinned=True, notes="clients/tanaka")
    page = at(site / "clients/kamata-bearings.html", "2027-06-01T03:00:00Z")
    assert "6 days late" in page.locator("main").inner_text()
    assert page.locator(".made").is_hidden()
