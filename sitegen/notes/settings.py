"""`kayoi.yml` → `Config`, with every mistake at its place. A key that can't be read keeps its default.

Read at every start, so it does without pydantic: a table of keys and readers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from sitegen.config import Backoff, Closed, Config
from sitegen.model import Problem
from sitegen.notes.dates import read_full
from sitegen.notes.fm_nodes import Node
from sitegen.notes.fm_values import Wrong, boolean, count, day, text, words
from sitegen.notes.frontmatter import load
from sitegen.notes.problems import Shown, problem, without_comment
from sitegen.text import closest, fold

LATER: frozenset[str] = frozenset({"products", "synonyms", "occasions", "large_deal"})
"""Keys of rules that come later: kept out of the way without a word."""
_MONTH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})")


class _Reading:
    """One settings file on its way to a configuration."""

    def __init__(self, shown: Shown, found: list[Problem]) -> None:
        self.shown, self.found = shown, found

    def tell(self, node: Node, wrong: Wrong, key: str) -> None:
        index = node.line - self.shown.first_line
        line = without_comment(self.shown.lines[index]) if 0 <= index < len(self.shown.lines) else ""
        before, rest = line[: node.col - 1], line[node.col - 1 :]
        fits = wrong.mend and node.text and rest.startswith(node.text)
        mend = before + wrong.mend + rest[len(node.text) :] if fits else ""
        self.found.append(problem(self.shown, node.place, wrong.code, {"key": key} | wrong.params, mend=mend))

    def value(self, node: Node, key: str, read: Callable[[Any], Any], default: Any) -> Any:
        """A single value, or its default where it is wrong, which is told."""
        try:
            return read(node.text if node.kind == "text" else node.items)
        except Wrong as wrong:
            self.tell(node, wrong, key)
            return default

    def row(self, node: Node, key: str, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
        """A mapping of known keys; what is wrong or unknown in it is told and left out."""
        if node.kind != "map":
            self.tell(node, Wrong("settings-row", choices=", ".join(readers)), key)
            return {}
        given: dict[str, Any] = {}
        for name, value in node.pairs:
            if name.text not in readers:
                self.unknown(name, tuple(readers))
            elif (
                not value.empty
                and (found := self.value(value, name.text, readers[name.text], None)) is not None
            ):
                given[name.text] = found
        return given

    def unknown(self, key: Node, known: tuple[str, ...]) -> None:
        near = closest(key.text, known)
        wrong = Wrong("settings-unknown-key", mend=near, choices=", ".join(known))
        self.tell(key, wrong, key.text)


def read_settings(text: str, path: str) -> tuple[Config, tuple[Problem, ...]]:
    """What a `kayoi.yml` says; where it says nothing or something wrong, the default stands."""
    head, problems = load(text.removeprefix("---\n"), 2 if text.startswith("---\n") else 1, path, keep=True)
    found = list(problems)
    reading = _Reading(head.shown, found)
    known = tuple(f.name for f in fields(Config))
    given: dict[str, Any] = {}
    for key, value in head.pairs:
        name = key.text if key.text in known else fold(key.text).replace("-", "_").replace(" ", "_")
        if name in LATER:
            continue
        if name not in known:
            reading.unknown(key, known)
        elif not value.empty and (read := _READERS[name](reading, value)) is not None:
            given[name] = read
    return Config(**given), tuple(sorted(found, key=lambda told: told.where))


def _at_least(least: int, most: int) -> Callable[[Any], int]:
    """A whole number in a range."""

    def read(value: Any) -> int:
        number = count(value)
        if not least <= number <= most:
            raise Wrong("settings-range", value=str(number), least=str(least), most=str(most))
        return number

    return read


def _lang(value: Any) -> str:
    word = fold(text(value))
    for lang, names in {"en": ("en", "english", "英語"), "ja": ("ja", "jp", "japanese", "日本語")}.items():
        if word in names:
            return lang
    raise Wrong("value-choice", value=text(value), choices="en, ja")


def _timezone(value: Any) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    name = text(value)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = closest(name.replace(" ", "_"), sorted(available_timezones()))
        near = near or next(
            (zone for zone in sorted(available_timezones()) if fold(name) == fold(zone.split("/")[-1])), ""
        )
        raise Wrong("settings-timezone", value=name, mend=near) from None
    return name


def _folder(value: Any) -> str:
    """A folder inside the project, with `/`."""
    name = text(value).replace("\\", "/").rstrip("/")
    if not name or name.startswith(("/", "~")) or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise Wrong("settings-folder", value=text(value))
    return name.removeprefix("./")


def _month_days(value: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """`12-29..01-03`."""
    ends = [_MONTH_DAY.fullmatch(end) for end in re.split(r"\s*(?:\.\.|〜|~)\s*", text(value))]
    if len(ends) != 2 or not all(ends):
        raise Wrong("settings-year-end", value=text(value))
    found = [(int(end[1]), int(end[2])) for end in ends if end]
    try:
        for month, number in found:
            dt.date(2000, month, number)
    except ValueError:
        raise Wrong("settings-year-end", value=text(value)) from None
    return found[0], found[1]


def _text(reading: _Reading, node: Node) -> Any:
    return reading.value(node, "title", text, None)


def _simple(key: str, read: Callable[[Any], Any]) -> Callable[[_Reading, Node], Any]:
    return lambda reading, node: reading.value(node, key, read, None)


def _cadence(reading: _Reading, node: Node) -> Any:
    default = Config().cadence
    days = reading.row(node, "cadence", dict.fromkeys(default, _at_least(1, 3650)))
    return MappingProxyType({stage: days.get(stage, default[stage]) for stage in default})


def _backoff(reading: _Reading, node: Node) -> Any:
    days = _at_least(1, 3650)
    return Backoff(
        **reading.row(node, "backoff", {"unanswered": _at_least(1, 1000), "within": days, "days": days})
    )


def _closed(reading: _Reading, node: Node) -> Any:
    """Days, ranges `from..to`, or rows of from, to and name."""
    rows = [_closed_row(reading, item) for item in (node.items if node.kind == "list" else [node])]
    return tuple(row for row in rows if row)


def _closed_row(reading: _Reading, node: Node) -> Closed | None:
    if node.kind == "map":
        row = reading.row(node, "closed", {"from": day, "to": day, "name": text, "date": day})
        first = row.get("from") or row.get("date")
        if not first:
            reading.tell(node, Wrong("row-lacks", lacks="from"), "closed")
            return None
        last, name = row.get("to", first), row.get("name", "")
    else:
        found = reading.value(node, "closed", _range, None)
        if not found:
            return None
        first, last, name = found
    if last < first or (last - first).days > 366:
        reading.tell(node, Wrong("settings-closed-order", first=str(first), last=str(last)), "closed")
        return None
    return Closed(first, last, name)


def _range(value: Any) -> tuple[dt.date, dt.date, str]:
    """`2026-08-13`, `2026-08-13..2026-08-15`, with a name after it."""
    written = text(value)
    ends = re.split(r"\s*(?:\.\.+|〜|~)\s*", written, maxsplit=1)
    if len(ends) == 2 and (found := re.fullmatch(r"(\S+)(?:\s+(.*))?", ends[1])):
        return day(ends[0]), day(found[1]), found[2] or ""
    if read_full(written):
        return day(written), day(written), ""
    first, _, name = written.partition(" ")
    return day(first), day(first), name.strip()


def _kinds(reading: _Reading, node: Node) -> Any:
    """A team's own kinds of entry: key → words and whether it counts as a visit."""
    if node.kind != "map":
        reading.tell(node, Wrong("settings-row", choices="words, face_to_face"), "kinds")
        return None
    kinds: dict[str, tuple[tuple[str, ...], bool]] = {}
    for key, value in node.pairs:
        if value.kind == "map":
            row = reading.row(value, key.text, {"words": _word_list, "face_to_face": boolean})
            kinds[key.text] = (row.get("words", ()), row.get("face_to_face", False))
        else:
            kinds[key.text] = (reading.value(value, key.text, _word_list, ()), False)
    return MappingProxyType(kinds)


def _word_list(value: Any) -> tuple[str, ...]:
    given = [node.text for node in value] if isinstance(value, list | tuple) else value
    return words(given)


_READERS: Mapping[str, Callable[[_Reading, Node], Any]] = {
    "title": _text,
    "lang": _simple("lang", _lang),
    "timezone": _simple("timezone", _timezone),
    "content": _simple("content", _folder),
    "out": _simple("out", _folder),
    "templates": _simple("templates", _folder),
    "visits": _simple("visits", _at_least(1, 1000)),
    "cadence": _cadence,
    "backoff": _backoff,
    "closed": _closed,
    "year_end": _simple("year_end", _month_days),
    "list_rows": _simple("list_rows", _at_least(1, 100_000)),
    "kinds": _kinds,
}
"""One reader for each field of `Config`."""
