"""A page in a real browser: it follows builds and shows problems, under the policy that built pages have."""

import contextlib
import threading

import pytest

from sitegen.preview import english
from sitegen.preview.live import Hub
from sitegen.preview.server import PreviewServer

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'">
<link rel="stylesheet" href="style.css"></head><body><h1>{}</h1><p class="long">long</p></body></html>"""

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path):
    (tmp_path / "style.css").write_text(".long { height: 5000px }")
    (tmp_path / "index.html").write_text(PAGE.format("one"))
    hub = Hub()
    with PreviewServer("127.0.0.1", 0, out=tmp_path, hub=hub, words=english, say=print) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        hub.close()
        server.shutdown()
        thread.join()


def until(page, condition: str) -> None:
    """Wait for a condition; the library's own waiting evaluates text in the page, which its policy forbids."""
    from playwright.sync_api import Error

    for _ in range(200):
        with contextlib.suppress(Error):  # the page is just being loaded anew
            if page.evaluate(condition):
                return
        page.wait_for_timeout(50)
    pytest.fail(f"never came: {condition}")


def test_a_page_follows_builds_and_shows_problems(browser, site):
    page = browser.new_page(viewport={"width": 800, "height": 600})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site.url)
    banner = page.locator("#kayoi-problems")
    assert banner.count() == 0

    site.hub.tell("content/a.md:3:1: <b>何か</b>", anew=False)
    banner.wait_for()
    assert banner.locator("pre").inner_text() == "content/a.md:3:1: <b>何か</b>"
    assert banner.evaluate("e => getComputedStyle(e).position") == "fixed"

    page.evaluate("scrollTo(0, 1234)")
    (site.out / "index.html").write_text(PAGE.format("two"))
    site.hub.tell("", anew=True)
    page.get_by_role("heading", name="two").wait_for()
    until(page, "scrollY === 1234")
    assert banner.count() == 0

    # Folded away, it stays so until the problems change.
    site.hub.tell("a.md:1:1: x", anew=False)
    banner.locator("summary").click()
    until(page, "!document.getElementById('kayoi-problems').open")
    site.hub.tell("a.md:1:1: x", anew=True)
    until(page, "document.readyState === 'complete'")
    page.wait_for_timeout(300)
    banner.wait_for()
    assert banner.evaluate("e => e.open") is False
    site.hub.tell("a.md:1:1: y", anew=False)
    until(page, "document.getElementById('kayoi-problems').open")
    assert complaints == []
    page.close()


def test_a_page_that_was_in_place_before_the_rest_is_not_loaded_twice(browser, site):
    page = browser.new_page()
    page.goto(site.url)
    (site.out / "index.html").write_text(PAGE.format("two"))
    site.hub.tell("", anew=True)
    page.get_by_role("heading", name="two").wait_for()
    page.evaluate("window.mine = true")
    (site.out / "index.html").write_text(PAGE.format("three"))
    site.hub.tell("", anew=True, fresh=frozenset({"index.html"}))
    site.hub.tell("a.md:1:1: x", anew=False)
    page.locator("#kayoi-problems").wait_for()
    assert page.evaluate("window.mine === true")
    site.hub.tell("a.md:1:1: x", anew=True, fresh=frozenset({"other.html"}))
    page.get_by_role("heading", name="three").wait_for()
    page.close()
