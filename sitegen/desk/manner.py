"""How a note writes: its dates, its headings, its lists and the language of its words, so that what is added
looks as if the same hand had written it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from sitegen.desk.outline import Outline, Spot
from sitegen.notes.dates import leading_date
from sitegen.notes.fm_clock import half_width, weekday_after
from sitegen.notes.vocabulary import LINE_START
from sitegen.records import dataclass

_KANJI = "月火水木金土日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
_REIWA = dt.date(2019, 5, 1)
_ISO = re.compile(r"\d{4}([-/.ー])(\d+)\1(\d+)")
_NUMBERS = re.compile(r"\D0\d|\D[1-9](?!\d)")
_BOX = re.compile(r"\[.\]\s")


@dataclass(frozen=True, slots=True)
class Manner:
    """How entries are written in a note."""

    level: int = 2
    newest_first: bool = True
    gap: int = 1
    """Empty lines between entries."""
    airy: bool = False
    """An empty line follows the heading."""
    dates: tuple[str, ...] = ()
    """Headings without hashes, the one to follow first."""
    tight: bool = False
    """Nothing stands between `（金）` and the kind."""
    japanese: bool = False
    """Words of headings and lines."""
    mark: str = "- "
    """What stands before the items of a list."""


def manner_of(note: Outline, near: Spot | None, japanese: bool) -> Manner:
    """The manner of a note, above all of the entry `near` which something is to be put.

    `japanese`: what it is where no entry tells.
    """
    entries = note.entries
    first = [near] if near else []
    bullets = sorted(note.bullets, key=lambda b: (near is None or not _within(note, near, b.line), b.line))
    return Manner(
        level=near.level if near else 2,
        newest_first=_newest_first(entries),
        gap=_gap(note, entries),
        airy=bool(near) and any(_airy(note, spot) for spot in first),
        dates=tuple(spot.text for spot in (*first, *entries)),
        tight=bool(near and re.match(r"[^)）]*[)）][^\s　]", near.text)),
        japanese=_japanese(near, [b.text for b in bullets], japanese),
        mark=bullets[0].mark if bullets else "- ",
    )


def _within(note: Outline, spot: Spot, line: int) -> bool:
    return spot.line < line < note.section_end(spot)


def _newest_first(entries: Sequence[Spot]) -> bool:
    """As most neighbours stand; where none tells, the newest stands first."""
    days = [spot.date.date for spot in entries if spot.date and spot.date.date]
    pairs = list(pairwise(days))
    return sum(a < b for a, b in pairs) <= sum(a > b for a, b in pairs)


def _gap(note: Outline, entries: Sequence[Spot]) -> int:
    gaps: Counter[int] = Counter()
    for spot in entries:
        above = spot.line
        while above > note.body and not note.lines[above - 1].strip():
            above -= 1
        if above > note.body:
            gaps[min(spot.line - above, 3)] += 1
    return max(gaps, key=lambda gap: (gaps[gap], -gap)) if gaps else 1


def _airy(note: Outline, spot: Spot) -> bool:
    after = spot.line + 1 + (not spot.hashes)
    return after < note.own_end(spot) - 1 and not note.lines[after].strip()


def _japanese(near: Spot | None, items: Sequence[str], otherwise: bool) -> bool:
    rest = near.date.rest if near and near.date else ""
    if rest:
        return not rest.split()[0].isascii()
    found = (LINE_START.match(_BOX.sub("", text)) for text in items)
    word = next((one["word"] for one in found if one and one["colon"]), "")
    return not word.isascii() if word else otherwise


def day_like(day: dt.date, samples: Sequence[str]) -> str:
    """A day as the first of these headings writes its own, weekday and brackets of a link included."""
    for sample in samples[:1]:
        written = _like(day, sample, samples)
        found = leading_date(f"{written} x")
        if found and found.date == day and found.rest == "x" and found.weekday_fits:
            return written
    return day.isoformat()


def _like(day: dt.date, sample: str, samples: Sequence[str]) -> str:
    found = leading_date(sample)
    if not found:
        return day.isoformat()
    at = sample.index(found.written)
    after = sample[at + len(found.written) :]
    linked = sample[:at].endswith("[[") and "]]" in after
    if linked:
        after = after[after.index("]]") + 2 :]
    end, _ = weekday_after(half_width(after), 0, found.date)
    core = _core(day, found.written, samples)
    return (f"[[{core}]]" if linked else core) + _weekday(day, after[:end])


def _core(day: dt.date, written: str, samples: Sequence[str]) -> str:
    plain = half_width(written)
    iso = _ISO.match(plain)
    letter = re.match(r"[RH]\d+([-/.])", plain)
    sep = iso[1] if iso else letter[1] if letter else ""
    padded = _padded(sep, plain, samples)
    month, number = (f"{day.month:02}", f"{day.day:02}") if padded else (str(day.month), str(day.day))
    year = str(day.year)
    if plain[0] not in "12" and day >= _REIWA:
        nth = day.year - 2018
        year = f"R{nth}" if letter else f"令和{'元' if nth == 1 else nth}"
    mark = written[plain.index(sep)] if sep else ""
    text = f"{year}{mark}{month}{mark}{number}" if sep else f"{year}年{month}月{number}日"
    return text.translate(_WIDE) if any("０" <= c <= "９" for c in written) else text


def _padded(sep: str, plain: str, samples: Sequence[str]) -> bool:
    """Whether 6 November is 11-06 or 11-6: as the first heading of the same form tells that can."""
    for text in (plain, *(half_width(found.written) for s in samples if (found := leading_date(s)))):
        if (sep or "年") in text and (numbers := _NUMBERS.findall(text)):
            return bool(numbers[0][1] == "0")
    return sep == "-"


def _weekday(day: dt.date, written: str) -> str:
    """A weekday as it is written after another date; empty where none is."""
    if kanji := re.search(rf"[{_KANJI}](?=曜|[)）\]〕・･/,、\s])", written):
        text = re.sub(r"\s*[・･/,、]?\s*[祝休]", "", written[kanji.end() :])
        return written[: kanji.start()] + _KANJI[day.weekday()] + text
    english = re.search(r"[A-Za-z]+", written)
    if not english:
        return ""
    name = _DAYS[day.weekday()]
    name = name if english[0].lower().endswith("day") else name[:3]
    name = name.lower() if english[0].islower() else name.upper() if english[0].isupper() else name
    return written[: english.start()] + name + written[english.end() :]
