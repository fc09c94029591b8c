"""`kayoi.yml` → `Config`, with every mistake at its place. A key that can't be read keeps its default.

Read at every start, so it does without pydantic: a table of keys and readers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from sitegen.config import Backoff, Closed, Config
from sitegen.model import Problem
from sitegen.notes.dates import read_full
from sitegen.notes.fm_nodes import Node
from sitegen.notes.fm_values import Wrong, boolean, day, text
from sitegen.notes.frontmatter import load
from sitegen.notes.reading import FALSE_WORDS, TRUE_WORDS
from sitegen.notes.settings_doctrine import DOCTRINE
from sitegen.notes.settings_reading import Reading, at_least, month_days, simple, site_address, word_list
from sitegen.text import closest, fold

_OWN = {"head-broken": "settings-broken", "head-large": "settings-large"}
"""What is told of settings in words of their own: they stand between no lines of ---."""


def read_settings(text: str, path: str) -> tuple[Config, tuple[Problem, ...]]:
    """What a `kayoi.yml` says; where it says nothing or something wrong, the default stands."""
    head, problems = load(text.removeprefix("---\n"), 2 if text.startswith("---\n") else 1, path, keep=True)
    found = [replace(one, code=_OWN.get(one.code, one.code)) for one in problems]
    reading = Reading(head.shown, found)
    known = tuple(f.name for f in fields(Config))
    given: dict[str, Any] = {}
    for key, value in head.pairs:
        name = key.text if key.text in known else fold(key.text).replace("-", "_").replace(" ", "_")
        if name not in known:
            reading.unknown(key, known)
        elif not value.empty and (read := _READERS[name](reading, value)) is not None:
            given[name] = read
    return Config(**given), tuple(sorted(found, key=lambda told: told.where))


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


def _history(value: Any) -> str:
    word = fold(text(value))
    if word in FALSE_WORDS:
        return "off"
    if word == "git" or word in TRUE_WORDS:
        return "git"
    raise Wrong("value-choice", value=text(value), choices="git, off")


def _text(reading: Reading, node: Node) -> Any:
    return reading.value(node, "title", text, None)


def _cadence(reading: Reading, node: Node) -> Any:
    default = Config().cadence
    days = reading.row(node, "cadence", dict.fromkeys(default, at_least(1, 3650)))
    return MappingProxyType({stage: days.get(stage, default[stage]) for stage in default})


def _backoff(reading: Reading, node: Node) -> Any:
    days = at_least(1, 3650)
    return Backoff(
        **reading.row(node, "backoff", {"unanswered": at_least(1, 1000), "within": days, "days": days})
    )


def _closed(reading: Reading, node: Node) -> Any:
    """Days, ranges `from..to`, or rows of from, to and name."""
    rows = [_closed_row(reading, item) for item in (node.items if node.kind == "list" else [node])]
    return tuple(row for row in rows if row)


def _closed_row(reading: Reading, node: Node) -> Closed | None:
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


def _kinds(reading: Reading, node: Node) -> Any:
    """A team's own kinds of entry: key → words and whether it counts as a visit."""
    if node.kind != "map":
        reading.tell(node, Wrong("settings-kinds"), "kinds")
        return None
    kinds: dict[str, tuple[tuple[str, ...], bool]] = {}
    for key, value in node.pairs:
        if value.kind == "map":
            row = reading.row(value, key.text, {"words": word_list, "face_to_face": boolean})
            kinds[key.text] = (row.get("words", ()), row.get("face_to_face", False))
        else:
            kinds[key.text] = (reading.value(value, key.text, word_list, ()), False)
    return MappingProxyType(kinds)


_READERS: Mapping[str, Callable[[Reading, Node], Any]] = {
    "title": _text,
    "lang": simple("lang", _lang),
    "era": simple("era", boolean),
    "timezone": simple("timezone", _timezone),
    "content": simple("content", _folder),
    "out": simple("out", _folder),
    "templates": simple("templates", _folder),
    "url": simple("url", site_address),
    "history": simple("history", _history),
    "visits": simple("visits", at_least(1, 1000)),
    "cadence": _cadence,
    "backoff": _backoff,
    "closed": _closed,
    "year_end": simple("year_end", month_days),
    "list_rows": simple("list_rows", at_least(1, 100_000)),
    "kinds": _kinds,
    **DOCTRINE,
}
"""One reader for each field of `Config`."""
