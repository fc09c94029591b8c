"""Dates as people write them: ISO, slashes, Japanese, Japanese eras, full-width digits.

Nothing is guessed: a form that may mean two days is no date, and a day that does not exist is told apart
from what was never meant as a date. A month without a year after "postponed" has one meaning, the next one;
a day without a year in a heading may lie in any year, so it is only pointed at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from sitegen.model import PartialDate
from sitegen.notes.fm_clock import half_width, time_after, weekday_after
from sitegen.records import dataclass

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "H": 1988, "R": 2018}
"""Era → the year before its first. Letters only where a dotted number in a title is unlikely to begin so."""

_YEAR = r"(?P<year>[12]\d{3})"
_ERA = r"(?P<era>明治|大正|昭和|平成|令和)\s?(?P<nth>元|0?[1-9]|[1-9]\d)"
_FULL = re.compile(
    rf"""\s*(?P<link>\[\[)?(?P<written>
      {_YEAR} (?P<sep>[-/.ー]) (?P<month>\d{{1,2}}) (?P=sep) (?P<day>\d{{1,2}}) (?![\d])
    | (?:{_YEAR.replace("year", "year2")}|{_ERA}) \s?年\s?
      (?P<month2>\d{{1,2}}) \s?月\s? (?P<day2>\d{{1,2}}) \s?日
    | (?P<letter>[RH])(?P<nth2>\d{{1,2}}) (?P<sep2>[-/.])
      (?P<month3>\d{{1,2}}) (?P=sep2) (?P<day3>\d{{1,2}}) (?![\d.])
    )(?(link)(?:\|[^\]\n]*)?\]\])""",
    re.VERBOSE,
)
_ISO = re.compile(r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})(?!\d)")
"""The form that most headings have, for the short way."""
_MAY_GO_ON = re.compile(r"\s*[(\[,月火水木金土日午mtwfsMTWFSſ\d]")
"""Whether a weekday or a time may follow a date: most are followed by neither."""
_PARTIAL = re.compile(
    rf"""(?:
      {_YEAR} (?:[-/.] (?P<month>\d{{1,2}}))?
    | (?:{_YEAR.replace("year", "year2")}|{_ERA}) \s?年 (?:\s?(?P<month2>\d{{1,2}}) \s?月)?
    )""",
    re.VERBOSE,
)

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ],
        1,
    )
    for name in names.split()
}
"""English month names and their short forms, in lower case."""
MONTH = r"(?P<name>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"


_PLAIN_YEAR = r"[12]\d{3}"
_OPENING = re.compile(
    r"(?:(?:it\s+)?(?:put off|postponed|moved|wait|come back|call back|ask again|try again|again|back)\s+)?"
    r"(?:(?:not\s+)?(?:until|till)|not before|to|from|in)\s+",
    re.IGNORECASE,
)
_HEAD_ENDS = re.compile(
    rf"[;、。(\[!?]|,(?!\s*{_PLAIN_YEAR}\b)|\.(?:\s|$)|\s-+\s|\s(?:or\s(?:later|after)|onwards?|at\sthe\searliest)\b|まで|以降|以後|から|に|へ|頃|ごろ|ころ|より"
)
_NTH = r"(?:st|nd|rd|th)?"
_ENGLISH = re.compile(
    rf"""(?:(?P<part>early|mid|late|(?:the\s+)?(?:beginning|middle|end)\s+of)[\s-]+)?
    (?:(?:the\s+)?(?P<day>\d{{1,2}}){_NTH}\s+(?:of\s+)?)? (?:next\s+)? {MONTH}
    (?:\s+(?P<day2>\d{{1,2}}){_NTH}+(?!\d|\s+(?:week|half)))? (?:,?\s+(?P<year>{_PLAIN_YEAR}|next\s+year))?""",
    re.VERBOSE | re.IGNORECASE,
)
_JAPANESE = re.compile(
    rf"""(?:(?P<year>今年|本年|来年|翌年|再来年|{_PLAIN_YEAR}年)の?\s?)? (?P<month>\d{{1,2}})\s?月
    (?:\s?(?P<day>\d{{1,2}})\s?日|の?(?P<part>初め|初旬|上旬|中旬|下旬|末))? (?=\s|$)""",
    re.VERBOSE,
)
_SLASH = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=\s|$)")
_YEAR_WORDS = {"今年": 0, "本年": 0, "来年": 1, "翌年": 1, "再来年": 2, "next year": 1}
_MONTH_WORDS = {"来月": 1, "翌月": 1, "再来月": 2, "next month": 1}
_SEASONS = {"年明け": 1, "年明": 1, "新年度": 4, "来年度": 4}
"""Words for the next month of this number: the year turns in January, the fiscal year in April."""
_UNREAD = re.compile(
    r"\b(?:until|till|before|from|after|back in|again in)\s+(?:\w+\s+){0,2}?"
    rf"(?P<month>{MONTH.replace('?P<name>', '')})"
    r"|(?P<month2>\d{1,2}\s?月)(?=以降|以後|まで|から|に|頃|ごろ|過ぎ)",
    re.IGNORECASE,
)
_PARTS = {"mid": 11, "middle": 11, "中旬": 11, "late": 21, "下旬": 21, "end": 31, "末": 31}
"""Part of a month → its first day, by the Japanese count of tens; the end is the last day."""

_DAY_OF_WEEK = (
    r"\s*[(\[]\s*(?:[月火水木金土日祝]|mon|tue|wed|thu|fri|sat|sun)[^)\]\n]{0,8}[)\]]|\s*[月火水木金土日]曜"
)
_NEAR = re.compile(
    rf"""\s*(?P<written>
      (?P<m1>\d{{1,2}})[/.](?P<d1>\d{{1,2}}) (?![\d/.]) (?P<sure>(?={_DAY_OF_WEEK}|\s+\d{{1,2}}:\d\d))?
    | (?P<m2>\d{{1,2}})月(?P<d2>\d{{1,2}})日 (?P<sure2>(?={_DAY_OF_WEEK}|\s*\d{{1,2}}(?::\d\d|時)))?
    | '?\d{{2}}(?P<sep>[/.-])(?P<m3>\d{{1,2}})(?P=sep)(?P<d3>\d{{1,2}}) (?!\d)
    | \d{{1,2}}(?P<sep2>[/.-])\d{{1,2}}(?P=sep2){_PLAIN_YEAR} (?!\d)
    | (?:[03-9]\d{{3}}|\d{{3}}|\d{{5}})(?P<sep4>[-/])\d{{1,2}}(?P=sep4)\d{{1,2}} (?!\d)
    | (?:明治|大正|昭和|平成|令和)\d{{3}}年\d{{1,2}}月\d{{1,2}}日
    | {_PLAIN_YEAR}(?P<m4>\d\d)(?P<d4>\d\d) (?!\d)
    | {MONTH}\s+(?P<d5>\d{{1,2}}){_NTH}(?!\d)(?:,?\s+{_PLAIN_YEAR})?
    | (?P<d6>\d{{1,2}}){_NTH}\s+{MONTH.replace("name", "name2")}(?:,?\s+{_PLAIN_YEAR})?
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LeadingDate:
    """A full date at the beginning of a text, with what follows it."""

    date: dt.date | None
    """None where the day does not exist."""
    impossible: bool
    """Written like a date, but there is no such day: 2026-02-30."""
    written: str
    """The date as written, without weekday, time and brackets."""
    rest: str
    """What stands after date, weekday and time, spaces cut off."""
    time: str = ""
    """`HH:MM` of the beginning, or empty."""
    weekday_fits: bool = True
    """False where a weekday is written that this date does not fall on."""


def leading_date(text: str) -> LeadingDate | None:
    """The full date that a heading or value begins with; None where it begins with none.

    A weekday and a time after it are read too, each in the usual English and Japanese forms.
    """
    plain = half_width(text)
    if found := _ISO.match(plain):
        date, written = _date(int(found[1]), int(found[2]), int(found[3])), text[:10]
    elif found := _FULL.match(plain):
        start, end = found.span("written")
        date, written = _date(*_full_numbers(found)), text[start:end]
    else:
        return None
    end, fits, time = found.end(), True, ""
    if _MAY_GO_ON.match(plain, end):
        end, fits = weekday_after(plain, end, date)
        end, time = time_after(plain, end)
    return LeadingDate(
        date=date,
        impossible=date is None,
        written=written,
        rest=text[end:].strip(),
        time=time,
        weekday_fits=fits,
    )


def read_full(text: str) -> dt.date | None:
    """A value that is one full date and nothing else but a weekday or time; None for any other."""
    found = leading_date(text)
    return found.date if found and not found.rest else None


def read_partial(text: str) -> PartialDate | None:
    """A value that is a year, a month or a day: `2016`, `2016-03`, `2016年3月`, `March 2016`."""
    if full := read_full(text):
        return PartialDate(full.year, full.month, full.day)
    numbers = _partial_numbers(half_width(text).strip())
    return PartialDate(*numbers) if numbers and numbers[1] <= 12 else None


def is_impossible(text: str) -> bool:
    """Whether a value is written like a date or month that does not exist: `2026-02-30`, `2016-13`."""
    found = leading_date(text)
    if found:
        return found.impossible
    numbers = _partial_numbers(half_width(text).strip())
    return numbers is not None and numbers[1] > 12


def _full_numbers(found: re.Match[str]) -> tuple[int, int, int]:
    month = int(found["month"] or found["month2"] or found["month3"])
    day = int(found["day"] or found["day2"] or found["day3"])
    if found["letter"]:
        return _ERAS[found["letter"]] + int(found["nth2"]), month, day
    return _year(found), month, day


def _year(found: re.Match[str]) -> int:
    """The year of the common era; an era's own count goes on after its end (平成35年 is 2023)."""
    if found["era"]:
        return _ERAS[found["era"]] + (1 if found["nth"] == "元" else int(found["nth"]))
    return int(found["year"] or found["year2"])


def _partial_numbers(plain: str) -> tuple[int, int] | None:
    """Year and month as written, 0 where there is no month; the month may be one that does not exist."""
    if plain.startswith("[[") and plain.endswith("]]"):
        plain = plain[2:-2].strip()
    if found := _PARTIAL.fullmatch(plain):
        written = found["month"] or found["month2"]
        return _year(found), (int(written) or 99) if written else 0
    english = re.fullmatch(MONTH + r",?\s+" + _YEAR, plain, re.IGNORECASE)
    return (int(english["year"]), MONTHS[english["name"].lower()]) if english else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def until_after(text: str, day: dt.date) -> PartialDate | None:
    """To when something was put off on `day`: `June` and `6月` are the next June after that day.

    None where the text names no month or day (`next week`, `spring`, `after the merger`), or goes on in
    words that may change the meaning (`May be later`).
    """
    plain = half_width(text).strip()
    opening = _OPENING.match(plain)
    plain = plain[opening.end() :] if opening else plain
    if full := leading_date(plain):
        return PartialDate(full.date.year, full.date.month, full.date.day) if full.date else None
    head = _HEAD_ENDS.split(plain, maxsplit=1)[0].strip()
    if partial := read_partial(head):
        return partial
    if months := _MONTH_WORDS.get(head.lower()):
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return PartialDate(year, month + 1)
    if season := _SEASONS.get(head):
        return PartialDate(day.year + (day.month >= season), season)
    if (years := _YEAR_WORDS.get(head.lower())) is not None:
        return PartialDate(day.year + years) if years else None
    found = _JAPANESE.match(head) or _SLASH.match(head) or _ENGLISH.match(head)
    if not found or (found.re is _ENGLISH and found.end() < len(head) and not opening):
        return None
    return _next(found.groupdict(), day)


def unread_month(text: str) -> str:
    """The month that something was put off to in words that `until_after` does not read; empty without one."""
    found = _UNREAD.search(half_width(text))
    return (found["month"] or found["month2"]) if found else ""


def _next(parts: Mapping[str, str | None], day: dt.date) -> PartialDate | None:
    """The first such month or day after `day`, or the one in the year that is named."""
    name = parts.get("name")
    month = MONTHS[name.lower()] if name else int(parts.get("month") or 0)
    if not 1 <= month <= 12:
        return None
    words = (parts.get("part") or "").lower().removeprefix("the ").split()
    wanted = int(parts.get("day") or parts.get("day2") or 0) or (_PARTS.get(words[0], 0) if words else 0)
    written = " ".join((parts.get("year") or "").lower().split())
    if written:
        years = _YEAR_WORDS.get(written)
        found = _day_of(day.year + years if years is not None else int(written[:4]), month, wanted, words)
        return found if found and found.last() > day else None
    for year in (day.year, day.year + 1):
        found = _day_of(year, month, wanted, words)
        if found and found.first() > day:
            return found
    return None


def _day_of(year: int, month: int, day: int, words: list[str]) -> PartialDate | None:
    """The month, or its day; None where there is no such day. `words`: those of the part of the month."""
    if day == 31 and words:
        last = PartialDate(year, month).last()
        return PartialDate(year, month, last.day)
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def near_miss(text: str, *, line: bool = False) -> str:
    """What looks like a date at the beginning of a heading but is no full one: the `11/6` of `11/6（金）TEL`.

    Month and day without a year, a year of two figures, eight figures in a row, English month names with a
    day; "" where there is nothing of the kind. With `line` (text that is no heading) month and day count
    only with a weekday or time after them, since `1/2 of the branches` is a sentence.
    """
    found = _NEAR.match(half_width(text))
    if not found:
        return ""
    month = next((int(found[g]) for g in ("m1", "m2", "m3", "m4") if found[g]), 1)
    day = next((int(found[g]) for g in ("d1", "d2", "d3", "d4", "d5", "d6") if found[g]), 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    unsure = (found["m1"] and found["sure"] is None) or (found["m2"] and found["sure2"] is None)
    dotted = found["m1"] and "." in found["written"] and found["sure"] is None
    if dotted or (line and (unsure or found["name"] or found["name2"])):
        return ""
    return text[found.start("written") : found.end("written")].strip()
