"""The table that `tests/browser/test_day_in_browser.py` tries in the browser too."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from sitegen.doctrine.groups import HEADINGS, days_late, heading

CASES = yaml.safe_load((Path(__file__).parent / "day_cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("date", "today", "name", "late"), CASES["headings"])
def test_a_due_date_stands_under_its_heading(date, today, name, late):
    assert heading(date, today) == name
    assert days_late(date, today) == late


def test_every_heading_has_a_case():
    assert {name for _, _, name, _ in CASES["headings"]} == set(HEADINGS)


@pytest.mark.parametrize(("moment", "zone", "day"), CASES["instants"])
def test_today_is_the_teams_day(monkeypatch, moment, zone, day):
    from sitegen import cli

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(tz)

    monkeypatch.setattr(cli.dt, "datetime", Clock)
    assert ZoneInfo(zone)
    assert cli.now(zone) == day
