"""Every kind of page of the sample book in a real browser, from disk: no error, no request to anywhere, accessible."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = [
    "index.html",
    "due/tanaka.html",
    "due/kobayashi.html",
    "clients/yamato-precision.html",
    "clients/shinagawa-robotics.html",
    "clients/mita-translation.html",
    "lists/all.html",
    "backers.html",
    "network.html",
    "reps.html",
    "reps/lee.html",
    "solutions.html",
    "problems.html",
    "people.html",
    "care.html",
    "playbook.html",
    "introductions.html",
    "ledger.html",
    "prestige.html",
    "occasions.html",
    "portfolio.html",
    "portfolio/tanaka.html",
    "weeks.html",
    "weeks/tanaka-2026-W46.html",
    "briefs/yamato-precision.html",
    "handover/lee.html",
    "method.html",
    "data.html",
]


def kind_of(site: Path, path: str) -> str:
    """What the layout calls a page's kind."""
    body = re.search(r'<body class="([^"]+)"', (site / path).read_text(encoding="utf-8"))
    assert body, path
    return body[1]


@functools.cache
def page_kinds(site: Path) -> list[str]:
    """Those named above, and a page of each kind that none of them is of."""
    missing = [path for path in KINDS if not (site / path).is_file()]
    assert missing == []
    named = {kind_of(site, path) for path in KINDS}
    others = sorted((p.relative_to(site).as_posix() for p in site.rglob("*.html")), reverse=True)
    more = {kind: path for path in others if (kind := kind_of(site, path)) not in named}
    return [*KINDS, *more.values()]


def one_of_each(site: Path, *, last: bool) -> list[str]:
    """A page of each kind: of those named above the first or the last."""
    pages = page_kinds(site) if last else page_kinds(site)[::-1]
    return sorted({kind_of(site, path): path for path in pages}.values())


OUTLINE = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((h) => [+h.tagName[1], h.textContent]);
  const skipped = levels.filter(([level], i) => level > (i ? levels[i - 1][0] : 0) + 1).map(([, text]) => text);
  return [skipped, ["body > header", "main", "body > footer"].map((one) => document.querySelectorAll(one).length)];
}"""
"""Headings that skip a level, and how often each landmark stands."""

SMALL = """() => [...document.querySelectorAll("header a, .tabs a, .jumps a, .pager a, .stamp a, .button")]
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width && (box.height < 24 || box.width < 24); })
  .map((one) => one.textContent)"""
"""Places of the head, tabs and jumps too small for a thumb: under 24 pixels (WCAG 2.5.8)."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_error_and_no_request_to_anywhere(page: Page, sample: Path, sample_ja: Path, lang: str) -> None:
    site = sample if lang == "en" else sample_ja
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for kind in page_kinds(site):
        page.goto((site / kind).as_uri())
        assert page.locator("h1").count() == 1, kind
        font = page.evaluate(
            "getComputedStyle(document.body).getPropertyValue('--paper') || getComputedStyle(document.body).backgroundColor"
        )
        assert font != "rgba(0, 0, 0, 0)", f"{kind}: the style sheet does not load from disk"
        skipped, landmarks = page.evaluate(OUTLINE)
        assert skipped == [], f"{kind}: a heading skips a level"
        assert landmarks == [1, 1, 1], f"{kind}: header, main, footer"
    assert said == []
    assert [url for url in asked if not url.startswith("file://")] == []


ALIKE = """(most) => {
  for (const parent of document.querySelectorAll("body :not(h1, h2, h3, h4, p, a, span)")) {
    const seen = {};
    for (const one of [...parent.children]) {
      const sort = `${one.tagName}.${one.getAttribute("class")}`;
      seen[sort] = (seen[sort] || 0) + 1;
      if (seen[sort] > most) one.remove();
    }
  }
}"""
"""Takes away what is more of the same: what stands side by side under one class has the colours of one template."""


@pytest.mark.parametrize(("lang", "scheme"), [("en", "dark"), ("ja", "light")])
def test_axe_finds_nothing(browser: Browser, sample: Path, sample_ja: Path, lang: str, scheme: str) -> None:
    """Both languages and both schemes, each once: the colours are the same in both languages.

    A page of each kind, in each language another one where there are several.
    """
    from axe_playwright_python.sync_playwright import Axe

    site = sample if lang == "en" else sample_ja
    context = browser.new_context(
        viewport={"width": 1200, "height": 900}, color_scheme=scheme, bypass_csp=True
    )  # type: ignore[arg-type]
    page = context.new_page()
    axe = Axe()
    found = {}
    for kind in one_of_each(site, last=lang == "ja"):
        page.goto((site / kind).as_uri())
        page.evaluate(ALIKE, 4)
        results = axe.run(page, options={"resultTypes": ["violations"], "preload": False, "selectors": False})
        if results.violations_count:
            found[kind] = [(v["id"], v["nodes"][0]["html"][:120]) for v in results.response["violations"]]
    context.close()
    assert found == {}


def test_a_phone_shows_every_page_without_sideways_scrolling(browser: Browser, sample: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wide = []
    small = {}
    for kind in page_kinds(sample):
        page.goto((sample / kind).as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(kind)
        if found := page.evaluate(SMALL):
            small[kind] = found
    context.close()
    assert wide == []
    assert small == {}


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("due/tanaka.html", 2),
        ("briefs/yamato-precision.html", 1),
        ("weeks/tanaka-2026-W46.html", 1),
        ("portfolio/tanaka.html", 3),
        ("handover/lee.html", 5),
        ("occasions.html", 1),
    ],
)
def test_on_paper_it_is_few_sheets_of_a4(page: Page, sample: Path, kind: str, most: int) -> None:
    """The pages that people print; no more sheets than their text needs, and nothing of the screen's head."""
    page.goto((sample / kind).as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) <= most
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed
    page.emulate_media(media="print")
    assert page.locator("header.top, .tabs, .jumps").locator("visible=true").count() == 0


def test_readable_without_javascript(browser: Browser, sample: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sample / "due/tanaka.html").as_uri())
    assert "Kamata Bearings" in page.locator("main").inner_text()
    assert "19 Nov" in page.locator("body").inner_text()
    context.close()


@pytest.fixture(scope="module")
def served(sample: Path) -> Iterator[str]:
    """The same files from a server, below a path."""
    handler = functools.partial(_Quiet, directory=str(sample.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{sample.name}"
        server.shutdown()
        thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_the_same_folder_works_below_a_path_on_a_server(page: Page, served: str) -> None:
    failed: list[str] = []
    page.on(
        "response",
        lambda r: (
            failed.append(f"{r.status} {r.url}") if r.status >= 400 and "favicon" not in r.url else None
        ),
    )
    page.goto(f"{served}/index.html")
    page.locator("main a[href^='due/']").first.click()
    page.locator("main a[href*='clients/']").first.click()
    assert "/clients/" in page.url
    assert failed == []
