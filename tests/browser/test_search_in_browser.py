"""Search as a rep uses it, from disk: the same folding as the index, names and text, keys, filters, phone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from sitegen.site.search.folding import folded, stem, terms
from sitegen.site.search.postings import number_of
from sitegen.site.search.sounds import alike

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
CASES = yaml.safe_load((Path(__file__).parents[1] / "site" / "search_cases.yml").read_text(encoding="utf-8"))
LETTERS = "aZ09 -'.・、。ーｰァアガがｶﾞﾊﾟぱゃャッヴヽゝ々〆〇田中鉄𠮷龍①㈱㌔ΣςσßẞæØđŁþıİōŌéñüﬁＡｚ１　\u00a0\u3099\u0301\u200b한글ไทยдЖ🙂☎\ue000"
"""What two ways of folding may disagree on."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    made = context.new_page()
    said: list[str] = []
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    context.close()
    assert said == []


def opened(page: Page, site: Path, at: str = "index.html") -> Page:
    page.goto((site / at).as_uri())
    page.keyboard.press("/")
    page.wait_for_selector(".search-filters select")
    return page


def ask(page: Page, words: str) -> list[str]:
    """Types it, waits until all is found; the hits as text."""
    page.locator("dialog.search input").fill(words)
    page.wait_for_selector(".search-hits[aria-busy=false]", state="attached")
    return [" ".join(text.split()) for text in page.locator(".hit").all_inner_texts()]


def test_both_sides_fold_cut_and_hear_alike(page: Page, sample: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same strings each time
    texts = [text for text, _ in CASES["folded"]] + [text for text, _ in CASES["terms"]]
    texts += ["".join(chance.choices(LETTERS, k=chance.randint(1, 12))) for _ in range(600)]
    opened(page, sample)
    seen = page.evaluate(
        """texts => texts.map(text => { const s = Kayoi.search, f = s.fold(text), m = s.mapped(text); return {
          fold: f, mapped: m.text, spans: m.from.length === m.text.length, alike: s.alike(text),
          terms: s.lookups(f).map(l => l[0]),
          shards: s.lookups(f).map(l => s.shardOf(l[0])) }; })""",
        texts,
    )
    assert [one["fold"] for one in seen] == [folded(text) for text in texts]
    assert [one["alike"] for one in seen] == [alike(text) for text in texts]
    assert all(one["spans"] for one in seen)
    for text, one in zip(texts, seen, strict=True):
        assert one["mapped"] == one["fold"], text
        assert set(one["terms"]) <= set(terms(folded(text)).split(" ")) or len(one["fold"]) == 1, text
        assert one["shards"] == [number_of(stem(term)) % 8 for term in one["terms"]], text


@pytest.mark.parametrize(
    "typed", ["ヤマト", "やまと", "ﾔﾏﾄ", "ＹＡＭＡＴＯ", "yamato", "大和精密", "Yamato prec"]
)
def test_a_client_is_found_however_it_is_typed(page: Page, sample_ja: Path, typed: str) -> None:
    opened(page, sample_ja)
    assert ask(page, typed)[0].startswith("Yamato Precision")


def test_names_then_people_then_the_notes(page: Page, sample: Path) -> None:
    opened(page, sample)
    hits = ask(page, "ito")
    assert hits[0].startswith("Ito Haruka")
    assert "Yamato Precision" in hits[0]
    in_notes = page.locator(".g-text .hit").first
    assert in_notes.get_attribute("href") == "clients/yamato-precision.html#2026-11-06"
    assert in_notes.locator("mark").first.inner_text() == "Ito"
    assert page.locator(".search-status").inner_text().endswith("hits")


def test_a_reading_is_found_by_its_sound(page: Page, sample_ja: Path) -> None:
    opened(page, sample_ja)
    assert any(hit.startswith("多摩川鍍金工業") for hit in ask(page, "tamagawa"))


def test_the_notes_are_found_by_any_word_and_the_hit_is_marked(page: Page, sample: Path) -> None:
    opened(page, sample)
    hits = ask(page, "TELEPHONE graduates")
    assert any(hit.startswith("Yamato Precision") for hit in hits)
    marks = page.locator(".g-text mark").all_inner_texts()
    assert {mark.lower() for mark in marks} == {"telephone", "graduates"}
    assert ask(page, "graduates zzzqqq") == []
    assert "zzzqqq" in page.locator(".search-status").inner_text()


def test_japanese_is_found_in_the_middle_of_a_sentence(page: Page, sample_ja: Path) -> None:
    opened(page, sample_ja)
    hits = ask(page, "電話応対の二回目")
    assert [hit.split(" ")[0] for hit in hits] == ["日本橋リネンサプライ"]
    assert "".join(page.locator(".g-text mark").first.inner_text().split()) == "電話応対の二回目"
    assert ask(page, "応対電") == [], "its pairs may stand somewhere, the words do not"
    assert ask(page, "鍍"), "one character is enough where it means something alone"


def test_enter_opens_what_the_arrows_chose(page: Page, sample: Path) -> None:
    opened(page, sample)
    ask(page, "ya")
    field = page.locator("dialog.search input")
    first = field.get_attribute("aria-activedescendant")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    assert field.get_attribute("aria-activedescendant") != first
    page.keyboard.press("Home")
    assert field.get_attribute("aria-activedescendant") == first
    page.keyboard.press("End")
    chosen = page.locator(".hit[aria-selected=true]")
    assert chosen.count() == 1
    page.keyboard.press("Home")
    wanted = page.locator(".hit[aria-selected=true]").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{wanted}")


def test_it_opens_and_closes_by_keys_and_keeps_what_was_asked(page: Page, sample: Path) -> None:
    page.goto((sample / "clients/yamato-precision.html").as_uri())
    page.locator(".search-open").focus()
    page.keyboard.press("Control+k")
    page.wait_for_selector(".search-filters select")
    ask(page, "kamata")
    page.keyboard.press("/")
    assert page.locator("dialog.search input").input_value() == "kamata/", "typed into the field"
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    assert page.locator("dialog.search").is_hidden()
    assert page.evaluate("document.activeElement.className") == "search-open"
    page.keyboard.press("/")
    assert page.locator("dialog.search input").input_value() == "kamata"
    opened(page, sample, "backers.html")
    assert page.locator("dialog.search input").input_value() == "kamata"
    assert page.locator(".hit").first.inner_text().startswith("Kamata")


def test_a_hit_on_the_same_page_closes_the_dialog(page: Page, sample: Path) -> None:
    opened(page, sample, "clients/yamato-precision.html")
    ask(page, "lathe Haruka")
    ask(page, "Asahikawa Kagoshima")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.search", state="hidden")


def test_filters_by_rep_and_stage(page: Page, sample: Path) -> None:
    opened(page, sample)
    ask(page, "visit")
    page.locator(".search-filters select").nth(1).select_option(label="won")
    page.wait_for_selector(".search-hits[aria-busy=false]", state="attached")
    stages = page.locator(".g-clients .badge").all_inner_texts()
    assert set(stages) <= {"won"}
    page.locator(".search-filters select").nth(0).select_option(label="Grace Lee")
    hits = ask(page, "")
    assert hits, "without words the clients of the rep and stage are listed"
    assert all("won" in hit and "Grace Lee" in hit for hit in hits)
    assert ask(page, "zzzqqq") == []
    assert "within" in page.locator(".search-status").inner_text()


def test_nothing_is_searched_or_opened_while_composing(page: Page, sample_ja: Path) -> None:
    opened(page, sample_ja)
    ask(page, "")
    page.locator("dialog.search input").focus()
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "やまと", "selectionStart": 3, "selectionEnd": 3})
    assert page.locator(".hit").count() == 0
    ime.send("Input.insertText", {"text": "大和"})
    page.wait_for_selector(".hit")
    assert page.locator(".hit").first.inner_text().startswith("Yamato")


def test_one_character_and_common_words_are_told_of(page: Page, sample: Path) -> None:
    opened(page, sample)
    ask(page, "q")
    assert "two characters" in page.locator(".search-status").inner_text()
    ask(page, "them")
    assert "nearly every note" in page.locator(".search-status").inner_text()


def test_a_missing_index_is_told_in_words(page: Page, sample: Path) -> None:
    page.route("**/search/names.js", lambda route: route.abort())
    page.goto((sample / "index.html").as_uri())
    page.keyboard.press("/")
    page.wait_for_selector(".search-status:has-text('could not be read')")


def test_without_javascript_the_door_leads_to_the_clients(browser: Browser, sample_ja: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sample_ja / "due/tanaka.html").as_uri())
    page.locator("a.search-open").click()
    assert page.url.endswith("/lists/kana.html")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_dialog(browser: Browser, sample: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")  # type: ignore[arg-type]
    page = opened(context.new_page(), sample)
    ask(page, "telephone")
    assert page.locator(".g-text .hit").count() > 1
    results = Axe().run(page, context="dialog.search")
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in results.response["violations"]] == []
    context.close()


def test_on_a_phone_the_dialog_fills_the_screen(browser: Browser, sample_ja: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto((sample_ja / "clients/yamato-precision.html").as_uri())
    page.locator(".search-open").tap()
    page.wait_for_selector(".search-filters select")
    ask(page, "電話")
    box = page.locator("dialog.search").bounding_box()
    assert box
    assert (box["x"], box["width"], box["height"]) == (0, 390, 844)
    assert page.locator(".g-text .hit").count() > 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
