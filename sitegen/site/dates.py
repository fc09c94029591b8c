"""Days in each language's manner, always as `<time>`: en "Fri 20 Nov 2026", ja "2026年11月20日（金）", and
with `era` in `kayoi.yml` "令和8年11月20日（金）".

No locale and no time zone are asked: the same day gives the same bytes everywhere.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import lru_cache

from markupsafe import Markup

from sitegen.config import Manner
from sitegen.model import PartialDate

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_FULL = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS_FULL = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS_JA = "月火水木金土日"
ERAS = (
    (dt.date(2019, 5, 1), "令和", "R"),
    (dt.date(1989, 1, 8), "平成", "H"),
    (dt.date(1926, 12, 25), "昭和", "S"),
)
"""First day, name and letter of each era, the newest first. What lies before them is told in western years."""
LOCALES: dict[Manner, str] = {"en": "en", "ja": "ja", "ja-era": "ja-JP-u-ca-japanese"}
"""Whose names of days and months the script in the browser asks for."""
FORMS: dict[Manner, str] = {
    "en": "{weekday} {day} {month} {year}",
    "ja": "{year}年{month}月{day}日（{weekday}）",
    "ja-era": "{era}{year}年{month}月{day}日（{weekday}）",
}
"""How it puts them together: as `plain` does."""


def _time(iso: str, text: str, css: str = "") -> Markup:
    mark = f' class="{css}"' if css else ""
    return Markup(f'<time{mark} datetime="{iso}">{text}</time>')  # noqa: S704 - only digits and names of months


def _of_era(day: dt.date) -> tuple[str, str, int] | None:
    """Name and letter of the day's era, and which of its years it is."""
    found = next((era for era in ERAS if day >= era[0]), None)
    return (found[1], found[2], day.year - found[0].year + 1) if found else None


def _year(day: dt.date, manner: Manner) -> str:
    """The day's year with 年: "2026年", "令和8年"; the first of an era is its 元年."""
    if manner == "ja-era" and (era := _of_era(day)):
        return f"{era[0]}{'元' if era[2] == 1 else era[2]}年"
    return f"{day.year}年"


def year_text(year: int, manner: Manner) -> str:
    """A whole year: "2026", "2026年", "令和8年"; in which an era ended "平成31年・令和元年"."""
    if manner == "en":
        return str(year)
    first, last = _year(dt.date(year, 1, 1), manner), _year(dt.date(year, 12, 31), manner)
    return last if first == last or not _of_era(dt.date(year, 1, 1)) else f"{first}・{last}"


def short_year(day: dt.date, manner: Manner) -> str:
    """For narrow places: "2026", "R8"."""
    era = _of_era(day) if manner == "ja-era" else None
    return f"{era[1]}{era[2]}" if era else str(day.year)


def plain(
    day: dt.date, manner: Manner, *, weekday: bool = True, year: bool = True, full: bool = False
) -> str:
    """The day as text: "Fri 20 Nov 2026", "20 Nov", "Friday 20 November 2026"; "2026年11月20日（金）"."""
    if manner != "en":
        text = f"{day.month}月{day.day}日" + (f"（{WEEKDAYS_JA[day.weekday()]}）" if weekday else "")
        return f"{_year(day, manner)}{text}" if year else text
    text = f"{day.day} {(MONTHS_FULL if full else MONTHS)[day.month - 1]}"
    if weekday:
        text = f"{(WEEKDAYS_FULL if full else WEEKDAYS)[day.weekday()]} {text}"
    return f"{text} {day.year}" if year else text


@lru_cache(maxsize=20_000)
def long(day: dt.date, manner: Manner) -> Markup:
    """With its weekday and year."""
    return _time(day.isoformat(), plain(day, manner))


@lru_cache(maxsize=100)
def full(day: dt.date, manner: Manner) -> Markup:
    """For headings: nothing is abbreviated."""
    return _time(day.isoformat(), plain(day, manner, full=True))


@lru_cache(maxsize=10)
def readers(today: dt.date, manner: Manner) -> Markup:
    """The day in a heading, marked for the script: it becomes the day on which the page is read."""
    return _time(today.isoformat(), plain(today, manner, full=True), "readers-day")


@lru_cache(maxsize=20_000)
def medium(day: dt.date, manner: Manner) -> Markup:
    """With its year, without its weekday."""
    return _time(day.isoformat(), plain(day, manner, weekday=False))


@lru_cache(maxsize=20_000)
def near(day: dt.date, today: dt.date, manner: Manner, weekday: bool = False) -> Markup:
    """For lists made for one day: the year only where it isn't this one's."""
    return _time(day.isoformat(), plain(day, manner, weekday=weekday, year=day.year != today.year))


@lru_cache(maxsize=20_000)
def due(day: dt.date, today: dt.date | None, manner: Manner) -> Markup:
    """A due date, marked for the script; without its year where a list is made for a day of the same year."""
    text = plain(day, manner, year=today is None or day.year != today.year)
    return _time(day.isoformat(), text, "due")


def _last_of(year: int, month_: int) -> dt.date:
    return dt.date(year, month_, monthrange(year, month_)[1])


@lru_cache(maxsize=5_000)
def month(year: int, month_: int, manner: Manner) -> Markup:
    """ "Nov 2026", "2026年11月"; an era that began in the month counts for all of it."""
    text = (
        f"{_year(_last_of(year, month_), manner)}{month_}月"
        if manner != "en"
        else f"{MONTHS[month_ - 1]} {year}"
    )
    return _time(f"{year:04}-{month_:02}", text)


@lru_cache(maxsize=5_000)
def partial(day: PartialDate, manner: Manner) -> Markup:
    """As exact as the note gives it."""
    if day.day:
        return medium(day.first(), manner)
    if day.month:
        return month(day.year, day.month, manner)
    return _time(f"{day.year:04}", year_text(day.year, manner))


def month_name(number: int, manner: Manner) -> str:
    """ "Nov", "11月"."""
    return f"{number}月" if manner != "en" else MONTHS[number - 1]
