"""Days as they are said when somebody writes up a visit: `yesterday`, `11/18`, `2026-11-18`."""

from __future__ import annotations

import datetime as dt
import re

from sitegen.notes.dates import read_full
from sitegen.notes.fm_clock import half_width
from sitegen.text import fold

_AGO = {
    **dict.fromkeys(("today", "今日", "本日"), 0),
    **dict.fromkeys(("yesterday", "昨日", "きのう"), 1),
    **dict.fromkeys(("一昨日", "おととい"), 2),
}
_SHORT = re.compile(r"(\d{1,2})(?:/|-|月)(\d{1,2})日?")


def spoken_day(text: str, today: dt.date) -> dt.date | None:
    """The day meant; a day without a year is the last such one up to `today`. None for anything else."""
    ago = _AGO.get(fold(text))
    if ago is not None:
        return today - dt.timedelta(ago)
    short = _SHORT.fullmatch(half_width(text).strip())
    if not short:
        return read_full(text)
    for year in range(today.year, today.year - 9, -1):  # 29 February comes every four years, or eight
        try:
            day = dt.date(year, int(short[1]), int(short[2]))
        except ValueError:
            continue
        if day <= today:
            return day
    return None
