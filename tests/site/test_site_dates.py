"""Days in each language's manner, with years of the era where a team wants them."""

import datetime as dt

import pytest

from sitegen.model import PartialDate
from sitegen.notes.settings import read_settings
from sitegen.site import dates
from sitegen.site.messages import load_messages


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-11-20", "令和8年11月20日（金）"),
        ("2019-05-01", "令和元年5月1日（水）"),
        ("2019-04-30", "平成31年4月30日（火）"),
        ("1989-01-08", "平成元年1月8日（日）"),
        ("1989-01-07", "昭和64年1月7日（土）"),
        ("1926-12-25", "昭和元年12月25日（土）"),
        ("1926-12-24", "1926年12月24日（金）"),
    ],
)
def test_a_day_has_the_year_of_its_era(day, text):
    found = dates.long(dt.date.fromisoformat(day), "ja-era")
    assert found == f'<time datetime="{day}">{text}</time>'


@pytest.mark.parametrize(
    ("year", "en", "ja", "era"),
    [
        (2026, "2026", "2026年", "令和8年"),
        (2019, "2019", "2019年", "平成31年・令和元年"),
        (1989, "1989", "1989年", "昭和64年・平成元年"),
        (1926, "1926", "1926年", "昭和元年"),
        (1900, "1900", "1900年", "1900年"),
    ],
)
def test_a_year_alone(year, en, ja, era):
    assert [dates.year_text(year, manner) for manner in ("en", "ja", "ja-era")] == [en, ja, era]


def test_a_month_counts_for_the_era_that_began_in_it():
    assert dates.month(2019, 5, "ja-era").striptags() == "令和元年5月"
    assert dates.month(2019, 4, "ja-era").striptags() == "平成31年4月"
    assert dates.partial(PartialDate(1989, 1), "ja-era").striptags() == "平成元年1月"


def test_narrow_places_have_the_letter():
    days = [dt.date(2026, 11, 20), dt.date(2000, 1, 1), dt.date(1970, 1, 1), dt.date(1900, 1, 1)]
    assert [dates.short_year(day, "ja-era") for day in days] == ["R8", "H12", "S45", "1900"]
    assert dates.short_year(days[0], "ja") == "2026"


def test_the_era_is_a_setting_of_japanese_pages_only():
    cfg, problems = read_settings("lang: ja\nera: true\n", "kayoi.yml")
    assert cfg.era
    assert problems == ()
    assert load_messages("ja", (), era=True).manner == "ja-era"
    assert load_messages("en", (), era=True).manner == "en"
    assert load_messages("ja", ()).manner == "ja"
