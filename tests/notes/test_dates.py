from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import PartialDate
from sitegen.notes.dates import (
    LeadingDate,
    is_impossible,
    leading_date,
    near_miss,
    read_full,
    read_partial,
    until_after,
)
from sitegen.notes.fm_clock import half_width, read_time

NOV_6 = dt.date(2026, 11, 6)  # a Friday
JUNE_18 = dt.date(2026, 6, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-06",
        "2026/11/6",
        "2026.11.6",
        "2026年11月6日",
        "2026年 11月 6日",
        "令和8年11月6日",
        "令和８年１１月６日",
        "平成38年11月6日",
        "R8.11.6",
        "２０２６－１１－０６",
        "2026ー11ー06",
        "[[2026-11-06]]",
        "[[2026-11-06|last Friday]]",
        "2026-11-06（金）",
        "2026-11-06 14:00",
    ],
)
def test_every_full_form_is_the_same_day(text: str) -> None:
    assert read_full(text) == NOV_6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-11",
        "11/6",
        "2026年度計画",
        "2026-02-30",
        "2026-11-06 visit",
        "0120-11-06",
        "2026-11/06",
    ],
)
def test_what_is_no_full_date(text: str) -> None:
    assert read_full(text) is None


@pytest.mark.parametrize(
    ("text", "rest", "time"),
    [
        ("2026-11-06 visit with Ito", "visit with Ito", ""),
        ("2026-11-06（金）14時30分 訪問", "訪問", "14:30"),
        ("2026-11-06 (Fri) 2pm call", "call", "14:00"),
        ("2026-11-06 Friday 09:30-11:00 meeting", "meeting", "09:30"),
        ("2026-11-06 金曜日 午後2時半〜4時 会食", "会食", "14:30"),
        ("2026-11-06T10:00:00", "", "10:00"),
        ("2026-11-06（金・祝） 見学", "見学", ""),
        ("2026-11-06 14時間の研修", "14時間の研修", ""),
        ("2026-11-06 Sun Microsystems", "Sun Microsystems", ""),
        ("2026-11-06 金曜会 会食", "金曜会 会食", ""),
        ("2026-11-06 金さん", "金さん", ""),
        ("2026-11-06 25:00", "25:00", ""),
        ("2026-11-06 - call", "- call", ""),
    ],
)
def test_leading_date_takes_weekday_and_time(text: str, rest: str, time: str) -> None:
    found = leading_date(text)
    assert found is not None
    assert (found.date, found.rest, found.time) == (NOV_6, rest, time)


def test_impossible_days_are_told_from_what_is_no_date() -> None:
    assert leading_date("2026-02-30 visit") == LeadingDate(None, True, "2026-02-30", "visit")
    assert leading_date("2026年度計画") is None
    assert leading_date("2026-11-061") is None
    assert is_impossible("2026-02-30")
    assert is_impossible("2016-13")
    assert is_impossible("2016-00")
    assert not is_impossible("2016-12")
    assert not is_impossible("soon")


def test_a_weekday_that_is_not_the_dates_own_is_seen() -> None:
    wrong, right = leading_date("2026-11-06（木）訪問"), leading_date("2026-11-06（金）訪問")
    assert wrong is not None
    assert right is not None
    assert (wrong.rest, wrong.weekday_fits, right.weekday_fits) == ("訪問", False, True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2016", PartialDate(2016)),
        ("2016年", PartialDate(2016)),
        ("平成28年", PartialDate(2016)),
        ("2016-03", PartialDate(2016, 3)),
        ("2016/3", PartialDate(2016, 3)),
        ("２０１６年３月", PartialDate(2016, 3)),
        ("昭和61年3月", PartialDate(1986, 3)),
        ("March 2016", PartialDate(2016, 3)),
        ("[[2016-03]]", PartialDate(2016, 3)),
        ("2016-03-15", PartialDate(2016, 3, 15)),
        ("2016-13", None),
        ("2016年度", None),
        ("201", None),
        ("令和0年", None),
        ("", None),
    ],
)
def test_read_partial(text: str, found: PartialDate | None) -> None:
    assert read_partial(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("June", "2027-06"),
        ("Jun.", "2027-06"),
        ("6月", "2027-06"),
        ("July", "2026-07"),
        ("7月以降", "2026-07"),
        ("7月、組織改編のため", "2026-07"),
        ("July, because of the fair", "2026-07"),
        ("until June when the budget is set", "2027-06"),
        ("May", "2027-05"),
        ("来年6月", "2027-06"),
        ("来年の9月", "2027-09"),
        ("September next year", "2027-09"),
        ("2026-12", "2026-12"),
        ("2026-12, budget round", "2026-12"),
        ("December 2026", "2026-12"),
        ("December 15, 2026", "2026-12-15"),
        ("2026-12-15", "2026-12-15"),
        ("令和9年4月", "2027-04"),
        ("12/24", "2026-12-24"),
        ("6月30日", "2026-06-30"),
        ("6月18日", "2027-06-18"),
        ("6月末", "2026-06-30"),
        ("end of February", "2027-02-28"),
        ("7月中旬", "2026-07-11"),
        ("来月", "2026-07"),
        ("next year", "2027"),
        ("wait until July", "2026-07"),
        ("come back in November", "2026-11"),
        ("not until August", "2026-08"),
        ("November or later", "2026-11"),
        ("until November 2nd week", "2026-11"),
        ("年明け", "2027-01"),
        ("新年度から", "2027-04"),
    ],
)
def test_until_after(text: str, found: str) -> None:
    assert str(until_after(text, JUNE_18)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "next week",
        "春",
        "May be later",
        "before July",
        "after the fair in July",
        "June is impossible",
        "6月は無理",
        "2月30日",
        "13月",
        "今年3月",
        "2026-02-30",
    ],
)
def test_until_after_guesses_nothing(text: str) -> None:
    assert until_after(text, JUNE_18) is None


def test_next_month_goes_over_the_years_end() -> None:
    assert until_after("来月", dt.date(2026, 12, 1)) == PartialDate(2027, 1)


@pytest.mark.parametrize(
    ("text", "heading", "line"),
    [
        ("11/6（金）TEL 不在", "11/6", "11/6"),
        ("１１／６（金）TEL", "１１／６", "１１／６"),
        ("11/6 visit with Ito", "11/6", ""),
        ("1/2 of the branches", "1/2", ""),
        ("11月6日 訪問", "11月6日", ""),
        ("11月6日(金) 訪問", "11月6日", "11月6日"),
        ("26/11/6 訪問", "26/11/6", "26/11/6"),
        ("20261106 訪問", "20261106", "20261106"),
        ("11/06/2026 visit", "11/06/2026", "11/06/2026"),
        ("Nov 6 visit", "Nov 6", ""),
        ("6 November 2026", "6 November 2026", ""),
        ("3.2 Goals", "", ""),
        ("13/45", "", ""),
        ("2026年度計画", "", ""),
        ("Next steps", "", ""),
    ],
)
def test_near_miss(text: str, heading: str, line: str) -> None:
    assert near_miss(text) == heading
    assert near_miss(text, line=True) == line


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("10:00", "10:00"),
        ("９：３０", "09:30"),
        ("10時半", "10:30"),
        ("午後3時", "15:00"),
        ("12 am", "00:00"),
        ("12:30 pm", "12:30"),
        ("10:00-11:00", "10:00"),
        ("25:00", ""),
        ("10", ""),
        ("soon", ""),
    ],
)
def test_read_time(text: str, time: str) -> None:
    assert read_time(text) == time


dates = st.dates(dt.date(1900, 1, 1), dt.date(2998, 12, 31))


@given(
    dates,
    st.sampled_from(["{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日"]),
    st.text(alphabet="訪問 vist-:月日年1（金）", max_size=12),
)
def test_every_written_day_is_read_back(day: dt.date, form: str, rest: str) -> None:
    found = leading_date(form.format(day.year, day.month, day.day) + " " + rest)
    assert found is not None
    assert found.date == day


@given(
    st.text(
        alphabet=st.sampled_from("0123456789-/.年月日末頃令和H元Junemay 〜:時（金)[]|２") | st.characters(),
        max_size=20,
    ),
    dates,
)
def test_any_text_is_taken(text: str, day: dt.date) -> None:
    leading_date(text), near_miss(text), near_miss(text, line=True), read_time(text), is_impossible(text)
    later = until_after(text, day)
    partial = read_partial(text)
    assert partial is None or partial.first() <= partial.last()
    assert later is None or later.first() <= later.last()
    assert len(half_width(text)) == len(text)
