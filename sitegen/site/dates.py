"""Days in each language's manner, always as `<time>`: en "Fri 20 Nov 2026", ja "2026年11月20日（金）".

No locale and no time zone are asked: the same day gives the same bytes everywhere.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from markupsafe import Markup

from sitegen.config import Lang
from sitegen.model import PartialDate

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_FULL = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS_FULL = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS_JA = "月火水木金土日"
LOCALES = {"en": "en", "ja": "ja"}
"""Whose names of days and months the script in the browser asks for."""
FORMS = {"en": "{weekday} {day} {month} {year}", "ja": "{year}年{month}月{day}日（{weekday}）"}
"""How it puts them together: as `plain` does."""


def _time(iso: str, text: str, css: str = "") -> Markup:
    mark = f' class="{css}"' if css else ""
    return Markup(f'<time{mark} datetime="{iso}">{text}</time>')  # noqa: S704 - only digits and names of months


def plain(day: dt.date, lang: Lang, *, weekday: bool = True, year: bool = True, full: bool = False) -> str:
    """The day as text: "Fri 20 Nov 2026", "20 Nov", "Friday 20 November 2026"; "2026年11月20日（金）"."""
    if lang == "ja":
        text = f"{day.month}月{day.day}日" + (f"（{WEEKDAYS_JA[day.weekday()]}）" if weekday else "")
        return f"{day.year}年{text}" if year else text
    text = f"{day.day} {(MONTHS_FULL if full else MONTHS)[day.month - 1]}"
    if weekday:
        text = f"{(WEEKDAYS_FULL if full else WEEKDAYS)[day.weekday()]} {text}"
    return f"{text} {day.year}" if year else text


@lru_cache(maxsize=20_000)
def long(day: dt.date, lang: Lang) -> Markup:
    """With its weekday and year."""
    return _time(day.isoformat(), plain(day, lang))


@lru_cache(maxsize=100)
def full(day: dt.date, lang: Lang) -> Markup:
    """For headings: nothing is abbreviated."""
    return _time(day.isoformat(), plain(day, lang, full=True))


@lru_cache(maxsize=10)
def readers(today: dt.date, lang: Lang) -> Markup:
    """The day in a heading, marked for the script: it becomes the day on which the page is read."""
    return _time(today.isoformat(), plain(today, lang, full=True), "readers-day")


@lru_cache(maxsize=20_000)
def medium(day: dt.date, lang: Lang) -> Markup:
    """With its year, without its weekday."""
    return _time(day.isoformat(), plain(day, lang, weekday=False))


@lru_cache(maxsize=20_000)
def near(day: dt.date, today: dt.date, lang: Lang, weekday: bool = False) -> Markup:
    """For lists made for one day: the year only where it isn't this one's."""
    return _time(day.isoformat(), plain(day, lang, weekday=weekday, year=day.year != today.year))


@lru_cache(maxsize=20_000)
def due(day: dt.date, today: dt.date | None, lang: Lang) -> Markup:
    """A due date, marked for the script; without its year where a list is made for a day of the same year."""
    text = plain(day, lang, year=today is None or day.year != today.year)
    return _time(day.isoformat(), text, "due")


@lru_cache(maxsize=5_000)
def month(year: int, month_: int, lang: Lang) -> Markup:
    """ "Nov 2026", "2026年11月"."""
    text = f"{year}年{month_}月" if lang == "ja" else f"{MONTHS[month_ - 1]} {year}"
    return _time(f"{year:04}-{month_:02}", text)


@lru_cache(maxsize=5_000)
def partial(day: PartialDate, lang: Lang) -> Markup:
    """As exact as the note gives it."""
    if day.day:
        return medium(day.first(), lang)
    if day.month:
        return month(day.year, day.month, lang)
    return _time(f"{day.year:04}", f"{day.year}年" if lang == "ja" else str(day.year))


def month_name(number: int, lang: Lang) -> str:
    """ "Nov", "11月"."""
    return f"{number}月" if lang == "ja" else MONTHS[number - 1]
