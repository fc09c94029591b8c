"""Weekday and time of day as they follow a date, in the usual English and Japanese forms."""

from __future__ import annotations

import datetime as dt
import re

# Every change is one character for one, so that places in the changed text are places in the written one.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_HALF_WIDTH |= {ord(dash): 0x2D for dash in "‐‑‒–−―"}
_HALF_WIDTH |= {ord("〔"): ord("("), ord("〕"): ord(")"), ord("〜"): ord("~")}

_WIDE = re.compile("[" + "".join(map(re.escape, map(chr, _HALF_WIDTH))) + "]")
"""To look first is quicker than to translate: most Japanese headings have nothing that would change."""

_KANJI_DAYS = "月火水木金土日"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = re.compile(
    rf"""\s*(?:
      [(\[] \s*
      (?:(?P<kanji>[{_KANJI_DAYS}])(?:曜日?)?\s?(?:[・･/,、]?\s?[祝休])?
      | [祝休] | (?P<english>{_ENGLISH_DAY})\.?)
      \s*[)\]]
    | (?P<kanji2>[{_KANJI_DAYS}])曜(?:日|(?=[\s:、,]|$))
    | ,?\s*(?P<bare>{_ENGLISH_DAY})\b\.?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = r"(?:[01]?\d|2[0-3])"
_HOUR = (
    rf"(?:午[前後]\s?)?{_CLOCK}(?::[0-5]\d(?::[0-5]\d)?|\s?時(?!間)(?:半|[0-5]?\d分)?)(?!\d)(?:\s?[ap]\.?m\b\.?)?"
    rf"|{_CLOCK}\s?[ap]m\b"
)
_TIME = re.compile(
    rf"(?:,?\s*|T)(?P<time>{_HOUR})(?:\s*(?:-|~|から|to)\s*(?:{_HOUR}))?(?:頃|ころ|ごろ|から|より)?",
    re.IGNORECASE,
)
_HOUR_PARTS = re.compile(r"(\d{1,2})(?::(\d\d)|\s?時(?:(半)|(\d{1,2})分)?)?")


def half_width(text: str) -> str:
    """Full-width digits, letters, marks and dashes as ASCII; every character stays at its place."""
    return text.translate(_HALF_WIDTH) if not text.isascii() and _WIDE.search(text) else text


def read_time(text: str) -> str:
    """A value that is a time of day, as `HH:MM`: `10:00`, `10時半`, `2pm`; "" for any other."""
    plain = half_width(text).strip()
    found = _TIME.fullmatch(plain)
    return _clock(found["time"]) if found else ""


def weekday_after(plain: str, start: int, date: dt.date | None) -> tuple[int, bool]:
    """Where the weekday after a date ends (`start` if there is none), and whether it is the date's own.

    A bare English one counts only where it fits the date: `Sun Microsystems` is no Sunday.
    """
    found = _WEEKDAY.match(plain, start)
    if not found:
        return start, True
    english = (found["english"] or found["bare"] or "").lower()[:3]
    kanji = found["kanji"] or found["kanji2"]
    index = _ENGLISH_DAYS.index(english) if english else _KANJI_DAYS.index(kanji) if kanji else -1
    fits = date is None or index in (-1, date.weekday())
    if found["bare"] and not fits:
        return start, True
    return found.end(), fits


def _clock(written: str) -> str:
    found = _HOUR_PARTS.search(written)
    if not found:  # pragma: no cover - the caller's pattern asks for an hour
        return ""
    hour = int(found[1])
    minute = 30 if found[3] else int(found[2] or found[4] or 0)
    lower = written.lower().replace(".", "")
    if (written.startswith("午後") or lower.endswith("pm")) and hour < 12:
        hour += 12
    elif (written.startswith("午前") or lower.endswith("am")) and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}"


def time_after(plain: str, start: int) -> tuple[int, str]:
    """Where the time of day after a date ends (`start` if there is none), and its beginning as `HH:MM`."""
    found = _TIME.match(plain, start)
    return (found.end(), _clock(found["time"])) if found else (start, "")
