from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import Backoff, Closed, Config, Occasion, Portfolio, Product
from sitegen.notes.settings import read_settings

PROJECT = Path(__file__).parents[2]


def told(text: str) -> list[tuple[str, int, int, str]]:
    return [(p.code, p.where.line, p.where.col, p.mend) for p in read_settings(text, "kayoi.yml")[1]]


def test_nothing_said_means_the_articles_numbers() -> None:
    assert read_settings("", "kayoi.yml") == (Config(), ())
    assert read_settings("# only a comment\n", "kayoi.yml") == (Config(), ())


def test_the_samples_settings_are_the_defaults_but_for_what_is_its_own() -> None:
    config, problems = read_settings((PROJECT / "kayoi.yml").read_text(encoding="utf-8"), "kayoi.yml")
    assert problems == ()
    obon = tuple(Closed(dt.date(year, 8, 13), dt.date(year, 8, 15), "Obon") for year in (2026, 2027))
    assert config.products != ()
    # the sample lies in the repository of Kayoi itself, whose commits tell nothing of clients: no history
    assert config == Config(
        title="Kayoi sample book",
        closed=obon,
        products=config.products,
        synonyms=(("精密部品", "precision fittings"),),
        history="off",
    )


def test_everything_can_be_said() -> None:
    config, problems = read_settings(
        """
title: 通い帳
lang: 日本語
timezone: Asia/Seoul
content: notes
out: build/site
templates: ours
visits: 5
cadence: {probable: 5}
backoff: {unanswered: 2, within: 20}
closed: 2026-08-13..2026-08-15 お盆
year_end: 12/28..1/4
list_rows: 100
kinds:
  golf: {words: [golf, ゴルフ], face_to_face: true}
  tea: お茶、喫茶
portfolio: {approaches: 40, contacts: [50, 60], winnow_months: 4}
products: {leadership: hard, 電話応対: attractive}
large_deal: 500万円
share_months: 3
weeks: 26
may_ask: 3
occasion_days: 30
synonyms: [精密部品 = precision fittings, [car, auto, 自動車]]
occasions:
  - {name: 暑中見舞い, days: 07-15..08-07, stages: [有望, won], gift: yes}
""",
        "kayoi.yml",
    )
    assert problems == ()
    assert (config.title, config.lang, config.timezone, config.visits) == ("通い帳", "ja", "Asia/Seoul", 5)
    assert (config.content, config.out, config.templates) == ("notes", "build/site", "ours")
    assert dict(config.cadence) == {"approach": 30, "wtt": 30, "possible": 14, "probable": 5, "won": 30}
    assert config.backoff == Backoff(unanswered=2, within=20, days=30)
    assert config.closed == (Closed(dt.date(2026, 8, 13), dt.date(2026, 8, 15), "お盆"),)
    assert (config.year_end, config.list_rows) == (((12, 28), (1, 4)), 100)
    assert config.portfolio == Portfolio(approaches=40, contacts=(50, 60), winnow_months=4)
    assert config.products == (Product("leadership"), Product("電話応対", attractive=True))
    assert (config.large_deal, config.share_months) == (5_000_000, 3)
    assert (config.weeks, config.may_ask, config.occasion_days) == (26, 3, 30)
    assert config.synonyms == (("精密部品", "precision fittings"), ("car", "auto", "自動車"))
    assert config.occasions == (Occasion("暑中見舞い", (7, 15), (8, 7), ("probable", "won"), gift=True),)
    assert dict(config.kinds) == {"golf": (("golf", "ゴルフ"), True), "tea": (("お茶", "喫茶"), False)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("titel: X", ("settings-unknown-key", 1, 1, "title: X")),
        ("a: b", ("settings-unknown-key", 1, 1, "")),
        ("products: {a: esy}", ("value-choice", 1, 15, "products: {a: attractive}")),
        ("synonyms: [a]", ("settings-synonyms", 1, 12, "")),
        ("occasions: [{name: x}]", ("row-lacks", 1, 13, "")),
        ("portfolio: {contacts: [70, 60]}", ("value-band", 1, 23, "")),
        ("lang: fr", ("value-choice", 1, 7, "")),
        ("timezone: Asia/Tokio", ("settings-timezone", 1, 11, "timezone: Asia/Tokyo")),
        ("timezone: ../../etc/passwd", ("settings-timezone", 1, 11, "")),
        ("cadence:\n  probable: 0", ("settings-range", 2, 13, "")),
        ("cadence: {probabel: 7}", ("settings-unknown-key", 1, 11, "cadence: {probable: 7}")),
        ("cadence: 7", ("settings-row", 1, 10, "")),
        ("visits: ten", ("value-number", 1, 9, "")),
        ("visits: -1", ("settings-range", 1, 9, "")),
        ("visits: 99999999999", ("settings-range", 1, 9, "")),
        ("x", ("settings-broken", 1, 1, "")),
        ("kinds: x", ("settings-kinds", 1, 8, "")),
        ("closed: [2026-08-15..2026-08-13]", ("settings-closed-order", 1, 10, "")),
        ("closed: [2026-02-30]", ("value-no-such-day", 1, 10, "")),
        ("closed: [{to: 2026-01-01}]", ("row-lacks", 1, 10, "")),
        ("year_end: 12-32..01-03", ("settings-year-end", 1, 11, "")),
        ("out: ../elsewhere", ("settings-folder", 1, 6, "")),
        ("out: C:\\site", ("settings-folder", 1, 6, "")),
        ("list_rows：50", ("head-wide-colon", 1, 10, "list_rows: 50")),
        ("visits: [", ("head-open-bracket", 1, 10, "visits: []")),
    ],
)
def test_every_mistake_has_its_place_and_the_default_stands(
    text: str, problem: tuple[str, int, int, str]
) -> None:
    assert problem in told(text)
    if problem[0] != "head-wide-colon":
        assert read_settings(text, "kayoi.yml")[0] == Config()


def test_all_mistakes_are_told_and_good_values_kept() -> None:
    config, problems = read_settings("visits: 0\ntitle: X\nlang: fr\n", "kayoi.yml")
    assert config.title == "X"
    assert [p.where.line for p in problems] == [1, 3]


def test_reading_settings_needs_no_heavy_import() -> None:
    code = "import sys, sitegen.notes.settings; print(sorted({'pydantic', 'markdown_it', 'jinja2'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


words = st.sampled_from(
    [
        "title",
        "lang",
        "cadence",
        "closed",
        "kinds",
        "year_end",
        "visits",
        ": ",
        ":",
        "\n",
        "  ",
        "- ",
        "[",
        "{",
        "]",
        "}",
        ",",
        "..",
        "2026-08-13",
        "12-29",
        "7",
        "ja",
        "probable",
        '"',
        "#",
    ]
)


@given(st.lists(words, max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_gives_a_configuration(text: str) -> None:
    config, _ = read_settings(text, "kayoi.yml")
    assert all(days >= 1 for days in config.cadence.values())
