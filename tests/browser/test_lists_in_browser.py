"""Lists in a browser, from disk: sorted, filtered, shared by their address, copied and saved."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE_DAY, built_once

from sitegen.config import Config

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ODD = '<img src=x onerror="document.title=1">&amp;'
Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book with more clients than a page may hold, one of them of an odd name."""
    return built_once(tmp_path_factory, "long", _lay_and_build) / "site"


def _lay_and_build(folder: Path) -> None:
    from sitegen.build import Project, build

    shutil.copytree(ROOT / "content", folder / "content")
    odd = json.dumps(ODD)
    (folder / "content/clients/tanaka/Odd#1.md").write_text(
        f"---\nname: {odd}\nnative: {odd} x\narea: {odd}\nproduct: {odd}\nvalue: 77000000\n---\n".replace(
            f"{odd} x", json.dumps(f"{ODD} x")
        ),
        encoding="utf-8",
    )
    build(Project(folder, Config(list_rows=15)), SAMPLE_DAY)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a page of a built site on the sample's day; what goes wrong in it fails the test."""
    contexts = []
    wrong: list[str] = []

    def go(site: Path, path: str, *, listen: bool = True, **more: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **more})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        if listen:
            page.on("console", lambda message: wrong.append(message.text))
        page.clock.set_fixed_time(f"{SAMPLE_DAY}T01:00:00Z")
        address, mark, choice = path.partition("#")
        page.goto((site / address).as_uri() + mark + choice)
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


def texts(page: Page, selector: str) -> list[str]:
    """Of what is seen, in the order of the page."""
    found: list[str] = page.evaluate(
        """selector => [...document.querySelectorAll("section.group tr.row " + selector)]
            .filter(one => one.checkVisibility()).map(one => one.innerText.trim())""",
        selector,
    )
    return found


def names(page: Page) -> list[str]:
    return texts(page, ".c-client a")


def cells(page: Page, kind: str) -> list[str]:
    return texts(page, f".c-{kind}")


def choice(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash.replace(/\\+/g, ' '))"))


def pick(page: Page, field: str, value: str) -> None:
    details = page.locator(f".lt-pick[data-field={field}]")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_label(value, exact=False).first.check()


def test_without_javascript_a_list_is_as_it_was_built(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "lists/all.html", java_script_enabled=False)
    assert page.locator("main button, main input, main select").count() == 0
    assert page.locator("tr.row:visible").count() == 56


def test_filtered_by_keyboard_kept_in_the_address_and_restored(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "lists/rep-tanaka.html")
    assert page.locator(".lt-pick[data-field=rep]").is_hidden()  # they are all Tanaka's
    page.locator(".lt-pick[data-field=stage] summary").focus()
    for key in ("Enter", "Tab", "Tab", "Tab", "Space", "Tab", "Space", "Escape"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('.lt-pick').dataset.field") == "stage"
    assert page.locator(".lt-pick[open]").count() == 0
    assert {text.split("\n")[0].split(" ")[0] for text in cells(page, "stage")} == {"possible", "probable"}
    assert page.locator("section.group:visible h2").all_inner_texts() == ["probable", "possible"]
    told = page.locator(".lt-told").inner_text()
    assert re.fullmatch(r"6 of 21 clients · possible, probable", told)
    assert choice(page) == "#?stage=possible&stage=probable"
    found = names(page)
    page.reload()
    assert names(page) == found
    page.locator("section.group:visible tr.row:visible a").first.click()
    page.go_back()
    assert names(page) == found
    page.get_by_role("button", name="Show all").click()
    assert len(names(page)) == 21
    assert choice(page) == ""
    assert page.locator("section.group:visible h2").count() == 7


def test_what_an_address_asks_in_vain_is_left_out(open_page: Open, sample: Path) -> None:
    evil = "%3Cimg%20src=x%20onerror=document.title=1%3E"
    page = open_page(
        sample, f"lists/all.html#?stage=zork&area={evil}&value=-1&sort=-evil&rep=__proto__&due=x"
    )
    assert len(names(page)) == 56
    assert choice(page) == ""
    page = open_page(sample, f"lists/all.html#?q={evil}&stage=probable")
    assert names(page) == []
    assert "Nobody fits." in page.locator(".lt-told").inner_text()
    assert page.locator("main img").count() == 0
    assert page.title() != "1"


def test_sorted_by_a_head_three_ways(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "lists/rep-tanaka.html")
    own = names(page)
    head = page.get_by_role("columnheader", name="Value")
    head.get_by_role("button").press("Enter")
    values = [int(re.sub(r"\D", "", text)) if text else None for text in cells(page, "value")]
    known = [value for value in values if value is not None]
    assert len(known) > 5
    assert values == [*sorted(known, reverse=True), *[None] * (21 - len(known))]
    assert head.get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.textContent") == "Value"
    page.keyboard.press("Enter")
    assert next(text for text in cells(page, "value") if text) == f"¥{min(known):,}"
    assert cells(page, "value")[-1] == ""
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert names(page) == own
    assert page.locator("th[aria-sort]").count() == 0


def test_stages_sort_along_the_ladder_and_never_due_stands_last(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "lists/all.html#?sort=stage")
    stages = texts(page, ".badge")
    assert list(dict.fromkeys(stages)) == ["approach", "willing to talk", "possible", "probable", "won", "resting", "dropped"]  # fmt: skip
    for sort in ("due", "-due"):
        page = open_page(sample, f"lists/all.html#?sort={sort}")
        days = page.evaluate(
            """[...document.querySelectorAll(".lt-flat .c-due")]
                .map(cell => cell.querySelector("time")?.dateTime || cell.textContent)"""
        )
        dated = [day for day in days if day.startswith("2")]
        assert dated == sorted(dated, reverse=sort == "-due")
        assert days[-1] == "never due"


@pytest.mark.parametrize(("lang", "built"), [("en", "name"), ("ja", "kana")])
def test_names_sort_as_they_were_built(
    open_page: Open, request: pytest.FixtureRequest, lang: str, built: str
) -> None:
    site = request.getfixturevalue("sample" if lang == "en" else "sample_ja")
    own = names(open_page(site, f"lists/{built}.html"))
    assert len(own) == 56
    assert names(open_page(site, "lists/all.html")) == own
    other = "name" if lang == "ja" else "kana"
    assert names(open_page(site, f"lists/{other}.html#?sort=name")) == own


def test_due_by_the_readers_day(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "lists/all.html")
    pick(page, "due", "Overdue")
    pick(page, "due", "Today")
    late = cells(page, "due")
    assert late
    assert all("late" in text or "today" in text for text in late)
    page.clock.set_fixed_time("2026-11-20T01:00:00Z")
    page.reload()
    assert len(cells(page, "due")) > len(late)


def test_text_is_found_whatever_its_case_width_or_kana(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "lists/all.html")
    for text, wanted in (("ＹＡＭＡＴＯ", "Yamato Precision"), ("ヤマト", "Yamato Precision"), ("ota bear", "Kamata Bearings"), ("大和", "Yamato Precision")):  # fmt: skip
        page.get_by_role("searchbox").fill(text)
        page.wait_for_function(
            "text => decodeURIComponent(location.hash.replace(/\\+/g, ' ')).includes(text)", arg=text
        )
        assert wanted in names(page), text
        assert len(names(page)) < 6, text


def test_a_jump_keeps_the_choice_and_all_clients_take_it_along(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "lists/rep-tanaka.html#?area=%C5%8Cta&sort=-value")
    found = names(page)
    page.locator("a[data-all]").click()
    page.wait_for_url("**/all.html#*")
    assert choice(page) == "#?rep=Tanaka Yuki&area=Ōta&sort=-value"
    assert sorted(names(page)) == sorted(found)
    page = open_page(sample, "lists/rep-tanaka.html#?area=%C5%8Cta")
    page.locator(".letters a").last.click()
    page.wait_for_function("location.hash.startsWith('#?')")
    assert choice(page) == "#?area=Ōta"


def test_a_due_list_is_filtered_and_its_counts_follow(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "due/tanaka.html")
    before = page.locator(".counts b").all_inner_texts()
    pick(page, "product", "leadership")
    rows = len(names(page))
    assert 0 < rows < sum(map(int, before))
    shown = [int(text) for text in page.locator("section.group:visible h2 .n").all_inner_texts()]
    assert sum(shown) == rows == sum(map(int, page.locator(".counts b").all_inner_texts()))
    assert 0 not in shown
    page.emulate_media(media="print")
    assert page.locator(".lt-told").is_visible()
    assert page.locator(".lt-row").is_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".counts b").all_inner_texts() == before


def saved(page: Page) -> tuple[str, str]:
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).click()
    return download.value.suggested_filename, download.value.path().read_bytes().decode()


def test_what_is_shown_is_saved_for_excel(open_page: Open, sample_ja: Path) -> None:
    page = open_page(sample_ja, "lists/kana.html#?stage=probable&sort=-value")
    name, text = saved(page)
    assert name == f"顧客一覧（五十音順） {SAMPLE_DAY}.csv"
    assert text.startswith(
        "\ufeff顧客,正式名称,読み,段階,訪問回数,地区,担当,商品,見込み額,次回期限,最終接触\r\n"
    )
    assert "\n" not in text.replace("\r\n", "")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["顧客"] for row in rows] == names(page)
    assert {row["段階"] for row in rows} == {"有望"}
    assert rows[0]["見込み額"] == "12000000"
    assert rows[0]["次回期限"] == "2026-11-20"


def test_the_whole_file_is_offered_where_the_bar_cannot_save_it(
    open_page: Open, sample: Path, long_book: Path
) -> None:
    assert not open_page(sample, "due/tanaka.html").locator(".as-table a").is_visible()
    assert open_page(long_book, "due/tanaka.html").locator(".as-table a").is_visible()


def test_a_due_list_is_saved_in_its_order(open_page: Open, sample: Path) -> None:
    page = open_page(sample, "due/tanaka.html")
    _, text = saved(page)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["Client"] for row in rows] == names(page)
    kamata = next(row for row in rows if row["Client"] == "Kamata Bearings")
    assert (kamata["Due"], kamata["Next step"]) == ("2026-11-13", "take them to Kanda University")


def test_cells_are_written_as_in_the_table_of_cases(open_page: Open, sample: Path) -> None:
    cases = json.loads((ROOT / "tests/site/csv_cases.json").read_text(encoding="utf-8"))
    page = open_page(sample, "lists/all.html")
    lines = page.evaluate(
        "cells => cells.map(cell => Kayoi.out.csv([[cell]]))", [case["cell"] for case in cases]
    )
    assert [(case["cell"], line) for case, line in zip(cases, lines, strict=True)] == [
        (case["cell"], f"\ufeff{case['csv']}\r\n") for case in cases
    ]


@pytest.mark.parametrize("clipboard", [True, False])
def test_what_is_shown_is_copied_with_and_without_a_clipboard(
    open_page: Open, sample: Path, clipboard: bool
) -> None:
    page = open_page(sample, "lists/all.html#?stage=probable")
    page.evaluate(
        """clipboard => {
            window.copied = "";
            const fake = {writeText: text => { window.copied = text; return Promise.resolve(); }};
            Object.defineProperty(navigator, "clipboard", {value: clipboard ? fake : undefined});
            document.addEventListener("copy", () => { window.copied = document.activeElement.value; });
        }""",
        clipboard,
    )
    page.get_by_role("button", name="Copy").click()
    page.wait_for_function("document.querySelector('.lt-told').textContent.startsWith('Copied')")
    lines = page.evaluate("window.copied").splitlines()
    assert [line.split("\t")[0] for line in lines] == ["Client", *names(page)]


def test_rows_made_of_the_data_are_those_of_the_build(open_page: Open, long_book: Path) -> None:
    made = open_page(long_book, "lists/all.html")
    made.wait_for_selector(".lt-flat tr.row")
    as_made = made.locator(".lt-flat tr.row").evaluate_all(HTML)
    built = []
    for number in ("", "-2", "-3", "-4"):
        page = open_page(long_book, f"lists/name{number}.html")
        assert page.evaluate("window.Kayoi.clients === undefined")  # not before they are wanted
        built += page.locator("main section.group tr.row").evaluate_all(HTML)
    assert len(built) == 57
    for one, other in zip(as_made, built, strict=True):
        assert one == other
    assert made.locator("main img").count() == 0
    assert made.title() != "1"


HTML = """rows => rows.map(row => {
    const copy = row.cloneNode(true);
    copy.removeAttribute("data-reading");
    copy.querySelectorAll("a").forEach(a => { a.href = a.href; });
    return copy.outerHTML.replace(/\\s+/g, " ").replace(/ hidden=""| is-late/g, "");
})"""


def test_a_list_of_several_pages_is_filtered_whole(open_page: Open, long_book: Path) -> None:
    page = open_page(long_book, "lists/stage-approach.html")
    whole = int(page.locator("h1 .n").inner_text())
    assert whole > 15
    page.locator(".lt-bar").hover()
    page.wait_for_function("window.Kayoi.clients !== undefined")
    assert len(names(page)) == 15
    page.get_by_role("columnheader", name="Client").get_by_role("button").click()
    assert len(names(page)) == whole
    assert page.locator(".pager:visible").count() == 0
    pick(page, "area", ODD)
    assert names(page) == [ODD]
    assert page.locator(".lt-flat .c-client a").get_attribute("href") == "../clients/Odd%231.html"
    page.get_by_role("button", name="Show all").click()
    assert len(names(page)) == 15
    assert page.locator(".pager:visible").count() == 2


def test_more_rows_on_demand(open_page: Open, long_book: Path, tmp_path: Path) -> None:
    site = shutil.copytree(long_book, tmp_path / "site")
    head, rows, foot = re.split(
        r"(?<=:\[)\n|\n(?=\]\})", (site / "lists/clients.js").read_text(encoding="utf-8")
    )
    (site / "lists/clients.js").write_text("\n".join((head, ",\n".join([rows] * 8), foot)), encoding="utf-8")
    page = open_page(site, "lists/all.html#?sort=-value")
    page.wait_for_selector(".lt-flat tr.row")
    shown = []
    for label in ("Show 200 more", "Show 56 more"):
        shown.append(len(names(page)))
        page.get_by_role("button", name=label).press("Enter")
        assert (
            page.evaluate("[...document.querySelectorAll('.lt-flat a')].indexOf(document.activeElement)")
            == shown[-1]
        )
    assert [*shown, len(names(page))] == [200, 400, 456]
    _, text = saved(page)
    assert text.count("\r\n") == 457


def test_data_that_cannot_be_loaded_are_told_and_the_rows_stay(
    open_page: Open, long_book: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(long_book, tmp_path / "site")
    (site / "lists" / "clients.js").unlink()
    page = open_page(site, "lists/name.html#?stage=probable", listen=False)
    page.get_by_text("could not be loaded").wait_for()
    assert len(names(page)) == 15


@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_nothing_where_a_choice_is_open(open_page: Open, sample: Path, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for path in ("lists/rep-tanaka.html#?stage=probable&sort=-value", "due/tanaka.html#?product=leadership"):
        page = open_page(
            sample,
            path,
            viewport={"width": width, "height": 844},
            color_scheme="dark",
            bypass_csp=True,
            listen=False,
        )
        if width < 500:
            page.locator(".lt-box > summary").click()
        page.locator(".lt-pick[data-field=stage] summary").click()
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
