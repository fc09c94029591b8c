import datetime as dt

import pytest
from making import CFG, DAYS, day, partial

from sitegen.config import Closed, Config
from sitegen.doctrine.facts import Moved
from sitegen.doctrine.workdays import Workdays, add_days


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2026-11-19", ""),
        ("2026-11-21", "saturday"),
        ("2026-11-22", "sunday"),
        ("2026-11-23", "Labor Thanksgiving Day"),
        ("2026-05-06", "Substitute Holiday"),
        ("2026-09-22", "National Holiday"),
        ("2026-12-28", ""),
        ("2026-12-29", "year-end"),
        ("2026-12-31", "year-end"),
        ("2027-01-01", "year-end"),
        ("2027-01-03", "sunday"),
        ("2027-01-04", ""),
        ("2028-01-03", "year-end"),
        ("1948-11-23", ""),
        ("2101-11-23", ""),
    ],
)
def test_closed_days_have_a_name(date, name):
    assert DAYS.closed(day(date)) == name


def test_holidays_are_named_in_the_sites_language():
    ja = Workdays(Config(lang="ja"))
    assert ja.closed(day("2026-11-23")) == "勤労感謝の日"
    assert ja.closed(day("2026-05-06")) == "振替休日"
    assert ja.closed(day("2026-11-21")) == "saturday"


def test_the_teams_own_days():
    cfg = Config(
        closed=(
            Closed(day("2026-08-12"), day("2026-08-14"), "お盆"),
            Closed(day("2026-06-01"), day("2026-06-01")),
        )
    )
    days = Workdays(cfg)
    assert [days.closed(day(f"2026-08-{d}")) for d in (10, 11, 12, 14, 17)] == [
        "",
        "Mountain Day",
        "お盆",
        "お盆",
        "",
    ]
    assert days.closed(day("2026-06-01")) == "team"
    assert days.next_open(day("2026-08-11")) == day("2026-08-17")
    assert days.moved_back(day("2026-08-16"))[0] == day("2026-08-10")


def test_the_open_days_before_and_after():
    assert DAYS.next_open(day("2026-11-20")) == day("2026-11-20")
    assert DAYS.next_open(day("2026-11-21")) == day("2026-11-24")
    assert DAYS.moved_back(day("2026-11-23"))[0] == day("2026-11-20")
    assert DAYS.next_open(day("2026-12-29")) == day("2027-01-04")
    assert DAYS.moved_back(day("2027-01-03"))[0] == day("2026-12-28")
    assert DAYS.next_open(day("2026-05-02")) == day("2026-05-07")


def test_moved_says_which_day_was_closed_and_why():
    assert DAYS.moved_on(day("2026-11-19")) == (day("2026-11-19"), None)
    assert DAYS.moved_on(day("2026-11-22")) == (day("2026-11-24"), Moved(day("2026-11-22"), "sunday"))
    assert DAYS.moved_back(day("2026-11-23")) == (
        day("2026-11-20"),
        Moved(day("2026-11-23"), "Labor Thanksgiving Day"),
    )


@pytest.mark.parametrize(
    ("date", "as_day", "first_working"),
    [
        ("2026", "2026-01-05", "2026-01-05"),
        ("2026-08", "2026-08-03", "2026-08-03"),
        ("2026-06", "2026-06-01", "2026-06-01"),
        ("2026-11-19", "2026-11-19", "2026-11-19"),
        ("2026-11-21", "2026-11-21", "2026-11-24"),
    ],
)
def test_partial_dates(date, as_day, first_working):
    assert DAYS.day_of(partial(date)) == day(as_day)
    assert DAYS.first_working(partial(date)) == day(first_working)


def test_another_year_end():
    days = Workdays(Config(year_end=((4, 1), (4, 3))))
    assert days.closed(day("2026-04-01")) == "year-end"
    assert days.closed(day("2026-12-30")) == ""


def test_a_team_that_closed_for_good_stays_where_it_is():
    ever = Workdays(Config(closed=(Closed(dt.date.min, dt.date.max),)))
    assert ever.next_open(day("2026-11-19")) == day("2026-11-19")
    assert ever.moved_back(day("2026-11-19"))[0] == day("2026-11-19")
    whole_year = Workdays(Config(year_end=((1, 1), (12, 31))))
    assert whole_year.next_open(day("2026-11-19")) == day("2026-11-19")


def test_a_long_closure_is_crossed():
    days = Workdays(Config(closed=(Closed(day("2024-01-01"), day("2027-12-31"), "Abroad"),)))
    assert days.next_open(day("2025-05-05")) == day("2028-01-04")
    assert days.moved_back(day("2025-05-05"))[0] == day("2023-12-28")


def test_the_ends_of_the_calendar():
    assert DAYS.next_open(dt.date.max) == dt.date.max
    assert DAYS.moved_back(dt.date.min)[0] == dt.date.min
    assert add_days(dt.date.max, 1) == dt.date.max
    assert add_days(dt.date.min, -1) == dt.date.min
    assert add_days(day("2028-02-28"), 2) == day("2028-03-01")


def test_years_are_looked_up_only_when_asked():
    days = Workdays(CFG)
    assert days.closed(day("2026-11-21")) == "saturday"
    assert days._years == {}
    days.closed(day("2026-11-20"))
    assert list(days._years) == [2026]
