"""Values as people write them in front matter and settings: each reader takes a text and returns the fact.

What it can't read it answers with `Wrong`; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from sitegen.model import PartialDate
from sitegen.notes.dates import is_impossible, leading_date, read_full, read_partial
from sitegen.notes.fm_clock import half_width, read_time
from sitegen.notes.reading import FALSE_WORDS, TRUE_WORDS
from sitegen.notes.vocabulary import STAGE_WORDS
from sitegen.text import closest, fold

SIZES: Mapping[str, tuple[str, ...]] = {
    "large": ("large", "big", "大", "大手", "大企業"),
    "mid": ("mid", "medium", "middle", "mid-size", "mid-sized", "中", "中堅", "中堅企業"),
    "small": ("small", "小", "小規模", "中小", "中小企業"),
}
LEVELS: Mapping[str, tuple[str, ...]] = {
    "strategic": ("strategic", "strategy", "戦略", "経営", "経営層", "役員"),
    "working": ("working", "work", "現場", "実務", "担当", "担当者"),
}
DEPTHS: Mapping[str, tuple[str, ...]] = {
    "basic": ("basic", "basics", "基本", "基礎", "初級"),
    "standard": ("standard", "標準", "中級"),
    "advanced": ("advanced", "sophisticated", "応用", "上級", "高度"),
}
_LINK = re.compile(r"\[\[\s*([^\[\]|#]*?)\s*(#[^\[\]|]*?)?\s*(?:\|[^\[\]]*)?\]\]")
_COMMA = re.compile(r"\s*(?:、|，|,(?!\s*(?:Inc|Ltd|Co|LLC|LLP|K\.K|S\.A|GmbH)\b))\s*")
_UNITS = {"": 1, "千": 1_000, "万": 10_000, "億": 100_000_000, "k": 1_000, "m": 1_000_000, "百万": 1_000_000}
_YEN = re.compile(r"([\d,]+(?:\.\d+)?)(百万|億|万|千|k|m|)(?:(\d[\d,]*)(万|千|))?(?:円|yen|jpy|-)?")


class Wrong(ValueError):  # noqa: N818 - what is wrong with a value; becomes a problem
    """A value that can't be read: the problem's code, what its message is filled with, the word meant."""

    def __init__(self, code: str, *, mend: str = "", **params: str) -> None:
        """`mend`: what to write instead of the value; empty where that is not sure."""
        super().__init__(code)
        self.code, self.mend, self.params = code, mend, params


def text(value: Any) -> str:
    """One line or more of text, without the brackets of a link."""
    if not isinstance(value, str):
        raise Wrong("value-text")
    return bare(" ".join(value.split())) if "\n" not in value else value.strip()


def bare(value: str) -> str:
    """`[[Name]]` and `[[Name|shown]]` → `Name`; with a place in it `[[Name#Sato]]` → `Name#Sato`."""
    return _LINK.sub(lambda link: link[1] + (link[2] or ""), value).strip() if "[[" in value else value


def words(value: Any) -> tuple[str, ...]:
    """A list of texts; a single text is split at its commas."""
    given = value if isinstance(value, list) else [value]
    parts = [bare(part) for item in given if item is not None for part in _COMMA.split(text_of(item))]
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def tags(value: Any) -> tuple[str, ...]:
    """Words, without the `#` that some put before them."""
    return tuple(tag.lstrip("#＃") for tag in words(value) if tag.lstrip("#＃"))


def text_of(value: Any) -> str:
    """The text itself, brackets of links and all."""
    if not isinstance(value, str):
        raise Wrong("value-list")
    return value


def choice(value: Any, table: Mapping[str, tuple[str, ...]]) -> str:
    """The key of a table by one of its words."""
    written = text(value)
    wanted = fold(written)
    if wanted in table:
        return wanted
    for key, known in table.items():
        if any(wanted == fold(word) for word in known):
            return key
    near = closest(written, [word for known in table.values() for word in known])
    key = next((key for key, known in table.items() if near in known), "") if near else ""
    raise Wrong("value-choice", mend=key, value=written, choices=", ".join(table))


def stage(value: Any) -> str:
    """A stage by its English or Japanese word."""
    return choice(
        str(value).replace("-", " ").replace("_", " ") if isinstance(value, str) else value, STAGE_WORDS
    )


def boolean(value: Any) -> bool:
    """Yes or no, in English or Japanese."""
    word = fold(text(value))
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    near = closest(word, ["true", "false", "yes", "no"]) if len(word) > 2 else ""
    raise Wrong("value-yes-no", mend=near, value=text(value))


def count(value: Any) -> int:
    """A whole number from 0, with a counter or without: `5`, `5回`, `5 visits`."""
    found = re.fullmatch(
        r"(\d{1,9})\s*(?:回|件|日|人|社|times|visits|days)?", half_width(text(value)).strip()
    )
    if not found:
        digits = re.fullmatch(r"[-−]?\s*[\d,]+", half_width(text(value)).strip())
        raise Wrong("value-range" if digits else "value-number", value=text(value))
    return int(found[1])


def yen(value: Any) -> int:
    """An amount: `12000000`, `12,000,000`, `¥12,000,000`, `1200万円`, `1億2000万`."""
    plain = half_width(text(value)).replace("￥", "").replace("¥", "").replace("_", "")
    plain = re.sub(r"\s", "", plain).lower().lstrip("約")
    found = _YEN.fullmatch(plain)
    commas = plain.count(",") and not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?\D*\d*\D*", plain)
    if not found or commas or (found[3] and found[2] not in ("億", "万")):
        raise Wrong("value-yen", value=text(value))
    amount = _times(found[1], _UNITS[found[2]])
    if found[3]:
        amount += _times(found[3], _UNITS[found[4]])
    return amount


def _times(number: str, unit: int) -> int:
    """Number times unit, exactly: 1.2億 has no rounding."""
    whole, _, part = number.replace(",", "").partition(".")
    if len(whole) > 15 or len(part) > 8 or (part and unit == 1 and part.strip("0")):
        raise Wrong("value-yen", value=number)
    return int(whole or 0) * unit + (int(part) * unit // 10 ** len(part) if part else 0)


def day(value: Any) -> dt.date:
    """A full date in any form of `dates`."""
    written = text(value)
    if found := read_full(written):
        return found
    if is_impossible(written):
        raise Wrong("value-no-such-day", value=written)
    partial = read_partial(written)
    raise Wrong("value-full-date" if partial else "value-date", value=written)


def partial_date(value: Any) -> PartialDate:
    """A year, a month or a day."""
    written = text(value)
    if found := read_partial(written):
        return found
    raise Wrong("value-no-such-day" if is_impossible(written) else "value-date", value=written)


def clock(value: Any) -> str:
    """A time of day as `HH:MM`."""
    written = text(value)
    plain = half_width(written)
    if found := read_time(plain + ":00" if re.fullmatch(r"\d{1,2}", plain) else plain):
        return found
    raise Wrong("value-time", value=written)


def plan(value: Any) -> Any:
    """`next` as one text: a date, perhaps a time, and the step; a mapping stays as it is."""
    if isinstance(value, dict):
        stamp = leading_date(value["date"]) if isinstance(value.get("date"), str) else None
        return {"time": stamp.time, **value} if stamp and stamp.time else value
    if not isinstance(value, str):
        return value
    found = leading_date(value)
    if not found:
        return {"date": value}
    parts = {"date": found.written, "time": found.time, "step": found.rest.lstrip(" -–—:：、,")}
    return {key: part for key, part in parts.items() if part}


def band(value: Any) -> tuple[int, int]:
    """From so many to so many: `20-30`, `20〜30`, `[20, 30]`; one number is both."""
    parts = value if isinstance(value, list) else re.split(r"\s*(?:-|~|to)\s*", half_width(text(value)))
    numbers = [count(part) for part in parts]
    if not 1 <= len(numbers) <= 2 or numbers[0] > numbers[-1]:
        raise Wrong("value-band", value=str(value) if isinstance(value, str) else "")
    return numbers[0], numbers[-1]
