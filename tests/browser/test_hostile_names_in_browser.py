"""Clients called like what every object of JavaScript knows, or like markup or an address: all is text, all links lead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from conftest import SAMPLE_DAY

from sitegen.build import Project, build
from sitegen.config import Config

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
NAMES = (
    *("__proto__", "constructor", "toString", "a b#c", "100%", "a%41", "q?x"),
    *(
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{n} $& $1",
        "\u202eevil",
        "a\u2028b",
    ),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Opened from a folder whose own name must be written by numbers in an address."""
    folder = tmp_path_factory.mktemp("営業 #1 %41")
    clients = folder / "content" / "clients"
    for number, name in enumerate(NAMES):
        said = json.dumps(name)
        stem = name if name.isascii() and not set(name) & set('<>"/\\|?*') else f"c{number}"
        rep = clients / ("__proto__" if number % 2 else "constructor")
        rep.mkdir(parents=True, exist_ok=True)
        head = f"name: {said}\narea: {said}\nproduct: {said}\nvalue: {number}\nbackers: [{{name: Hub}}, {{name: {said}}}]"
        (rep / f"{stem}.md").write_text(f"---\n{head}\n---\n## 2026-10-01 visit\n{name}\n", encoding="utf-8")
    project = Project(folder, Config(history="off"))
    build(project, SAMPLE_DAY)
    return project.out


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    made = context.new_page()
    told: list[str] = []
    made.on("pageerror", lambda error: told.append(str(error)))
    made.on("console", lambda message: told.append(message.text))
    made.on("dialog", lambda dialog: (told.append("a dialog"), dialog.dismiss()))
    made.on("request", lambda request: told.append(request.url) if request.url[:5] != "file:" else None)
    yield made
    context.close()
    assert told == []


def leads(address: str) -> bool:
    return Path(unquote(urlsplit(address).path)).is_file()


@pytest.mark.parametrize("asked", ["#%", "#%F0", "#__proto__", "#constructor", "#clients/__proto__.html"])
def test_the_picture_takes_any_address(page: Page, hostile: Path, asked: str) -> None:
    page.goto((hostile / "network.html").as_uri() + asked)
    page.wait_for_selector("#picture[data-state=drawn]")
    if asked.endswith(".html"):
        page.wait_for_selector(".net-card:not([hidden])")
        assert page.locator(".net-name a").inner_text() == "__proto__"


def test_every_card_of_the_picture_leads_to_its_page(page: Page, hostile: Path) -> None:
    page.goto((hostile / "network.html").as_uri())
    page.wait_for_selector("#picture[data-state=drawn]")
    seen = page.evaluate(
        """() => Kayoi.graph.nodes.map((node, i) => {
          Kayoi.picture.$id(String(i)).emit("tap");
          const link = document.querySelector(".net-name a");
          return [node[0], link.textContent, link.href]; })"""
    )
    assert len(seen) > len(NAMES)
    assert [name for name, said, address in seen if name != said or not leads(address)] == []


def test_search_and_lists_know_no_name_by_themselves(page: Page, hostile: Path) -> None:
    page.goto((hostile / "index.html").as_uri())
    page.keyboard.press("/")
    page.wait_for_selector(".search-filters select")
    for name in ("__proto__", "constructor", "alert", "100%"):
        page.locator("dialog.search input").fill(name)
        page.wait_for_selector(".search-hits[aria-busy=false] a.hit", state="attached")
        hits = page.locator("a.hit").evaluate_all("links => links.map(a => a.href)")
        assert [address for address in hits if not leads(address)] == []
    for asked in (
        "#?area=__proto__",
        "#?rep=constructor&area=__proto__",
        "#?product=constructor&sort=-value",
    ):
        page.goto("about:blank")
        page.goto((hostile / "lists" / "all.html").as_uri() + asked)
        page.wait_for_selector(".lt-told:not(:empty)")
        assert page.locator("#main tr.row:visible").count() == 1
    for nonsense in ("#?stage=__proto__&sort=constructor&value=99999999999999999999", "#?%", "#?q=%E0%A4%A"):
        page.goto("about:blank")
        page.goto((hostile / "lists" / "all.html").as_uri() + nonsense)
        page.wait_for_selector(".list-tools")
    assert page.locator("script:not([src]), img[onerror]").count() == 0
