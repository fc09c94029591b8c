import pytest
from making import TODAY, day

from sitegen.doctrine.groups import HEADINGS, days_late, heading


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2026-11-18", "overdue"),
        ("2026-11-19", "today"),
        ("2026-11-20", "week"),
        ("2026-11-22", "week"),
        ("2026-11-23", "next-week"),
        ("2026-11-29", "next-week"),
        ("2026-11-30", "later"),
    ],
)
def test_headings_of_a_thursday(date, name):
    assert heading(day(date), TODAY) == name


def test_on_a_sunday_the_week_is_over():
    sunday = day("2026-11-22")
    assert heading(sunday, sunday) == "today"
    assert heading(day("2026-11-23"), sunday) == "next-week"
    assert heading(day("2026-11-29"), sunday) == "next-week"
    assert heading(day("2026-11-30"), sunday) == "later"


def test_on_a_monday_the_week_has_begun():
    monday = day("2026-11-16")
    assert heading(day("2026-11-22"), monday) == "week"
    assert heading(day("2026-11-15"), monday) == "overdue"


def test_over_the_new_year():
    assert heading(day("2027-01-03"), day("2026-12-28")) == "week"
    assert heading(day("2027-01-04"), day("2026-12-28")) == "next-week"


def test_at_once_is_today():
    assert heading(None, TODAY) == "today"
    assert days_late(None, TODAY) == 0


def test_days_late():
    assert [days_late(day(d), TODAY) for d in ("2026-11-13", "2026-11-19", "2026-11-20")] == [6, 0, 0]


def test_every_heading_is_listed_in_order():
    assert [heading(TODAY.replace(day=d), TODAY) for d in (18, 19, 20, 23, 30)] == list(HEADINGS)
