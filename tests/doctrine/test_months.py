"""Calendar months."""

import datetime as dt

import pytest
from making import day

from sitegen.doctrine.months import add_months


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15", 3, "2026-04-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-08-31", -6, "2026-02-28"),
        ("2026-11-19", 0, "2026-11-19"),
    ],
)
def test_the_same_day_or_the_months_last(start, months, end):
    assert add_months(day(start), months) == day(end)


def test_stays_within_the_calendar():
    assert add_months(dt.date.max, 1) == dt.date.max
    assert add_months(dt.date.min, -1) == dt.date.min
