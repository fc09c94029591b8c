"""One version of a note → what its front matter said, and the days of its entries. Read by the note's own parser.

Only what differs between two versions is read for its meaning: a front matter is taken apart into its keys as
written, and `stage: probable` means the same in every note and version, so it is read once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from sitegen.model import Backer, Client, Person
from sitegen.notes.dates import leading_date
from sitegen.notes.frontmatter import Parts, load, second, split, unfenced
from sitegen.notes.headings import is_private
from sitegen.notes.privacy import cut
from sitegen.notes.reading import decode, looks_private_text
from sitegen.notes.sections import is_credible
from sitegen.notes.slips import MAY_SWALLOW
from sitegen.records import dataclass

KEYS: tuple[str, ...] = (
    *(
        "name",
        "native",
        "reading",
        "stage",
        "owner",
        "handover",
        "since",
        "visits_before",
        "last_visit",
        "size",
    ),
    *("prestige", "backers", "area", "address", "phone", "product", "value", "reference", "people", "offers"),
    *("seeks", "gifts", "next", "wait_until", "tags", "aliases"),
)
"""The keys that a client's page shows: only these are compared."""
_KEY = {"handovers": "handover"}
_PLAIN = re.compile(r"(?:[a-z_]+:(?: [^\n]*)?\n(?:[ -][^\n]*\n|\n)*)*")
_CHUNK = re.compile(r"([a-z_]+):[^\n]*(?:\n(?:[ -][^\n]*)?(?=\n|\Z))*")
_SPECIAL = re.compile(r"%%|％|<!--|\\")
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(
    r"^ {0,3}(?:(#{1,6})[ \t]+(\S[^\n]*)|((?:\[\[)?[0-9０-９令平昭大明RHＲＨ][^\n]*)\n {0,3}(=+|-+)[ \t]*$)",
    re.MULTILINE,
)
_RARE = re.compile(r"\n(?: {1,3}#| {0,3}--| {0,3}=|- ?\n)")
"""What may begin a heading that is indented or underlined."""
_DEFAULTS = {f.name: f.default for f in fields(Client)}


@dataclass(frozen=True, slots=True)
class Version:
    """What a version said where its page would have shown it."""

    said: Mapping[str, str]
    """By key: its lines as written, or its meaning after a `=`. A key that was not given is left out."""
    days: frozenset[int] = frozenset()
    """Days of entries, as ordinals."""


def read_version(data: bytes | None) -> Version | None:
    """A version by its bytes; None where it can't be read or was private."""
    text = decode(data, "")[0] if data is not None else None
    if text is None:
        return None
    end = text.find("\n---\n", 3) + 5 if text.startswith("---\n") else 0
    plain, said = _fenced(text[:end]) if end > 5 else (False, None)
    if plain:
        return _version(said, cut(text[end:]).text)
    parts = split(text)
    body = cut(parts.body).text
    if not parts.head:
        private = looks_private_text(unfenced(body))
        return None if private else _version({}, body)
    return _version(_said(parts), body)


def _version(said: dict[str, str] | None, body: str) -> Version | None:
    """None too where a second head, as a merge leaves it, may have meant to keep the note private."""
    return None if said is None or looks_private_text(second(body)[1]) else Version(said, entry_days(body))


@lru_cache(maxsize=64)
def _fenced(text: str) -> tuple[bool, dict[str, str] | None]:
    """What front matter with its lines of dashes says; False where it does not end with them.

    Remembered, since most versions differ from the one before in their body only.
    """
    parts = split(text)
    if not parts.head or parts.body or not parts.closed:
        return False, None
    return True, _said(parts)


def _said(parts: Parts) -> dict[str, str] | None:
    """The keys with their lines or meanings; None where the front matter is broken, or keeps the note private."""
    said = _taken_apart(parts)
    return _read_whole(parts) if said is None else said


def _taken_apart(parts: Parts) -> dict[str, str] | None:
    """The keys with their lines; None for a front matter that must be read as a whole."""
    head = parts.head + "\n"
    if not parts.closed or not _PLAIN.fullmatch(head) or _SPECIAL.search(head) or MAY_SWALLOW.search(head):
        return None
    found: dict[str, str] = {}
    for chunk in _CHUNK.finditer(parts.head):
        key, lines = chunk[1], chunk[0].rstrip()
        if key in found or _maybe_private(lines):
            return None
        found[key] = lines
    return {key: found[key] for key in KEYS if key in found}


_maybe_private = lru_cache(maxsize=20_000)(looks_private_text)
"""Remembered: most lines of a note are those of its version before."""


def _read_whole(parts: Parts) -> dict[str, str] | None:
    """The keys with their meanings; None where the front matter is broken, or keeps the note private."""
    from sitegen.notes.schema import read_client

    head, problems = load(parts.head, parts.head_line, "", closed=parts.closed)
    given, wrong = read_client(head, "")
    if any(p.severity == "error" for p in problems) or given.get("private") or head.suspect:
        return None
    said = {key: "=" + meaning for key, meaning in _meanings(given).items()}
    for problem in wrong:
        if problem.severity == "error":
            # The key that the wrong value stands under is the last one above it.
            above = [key.text for key, _ in head.pairs if key.line <= problem.where.line]
            said[above[-1] if above else ""] = "?"
    return {key: said[key] for key in KEYS if key in said}


def _meanings(given: Mapping[str, Any]) -> dict[str, str]:
    """Values as texts that are equal where the values are; what is the default anyway is left out."""
    found = {}
    for name, value in given.items():
        if name in _DEFAULTS and value != _DEFAULTS[name]:
            key = _KEY.get(name, name)
            found[key] = str(value) if key in ("stage", "owner") else repr(_placeless(value))
    return found


def _placeless(value: Any) -> Any:
    """Rows without the lines that they stand on."""
    if isinstance(value, tuple):
        return tuple(_placeless(item) for item in value)
    return replace(value, where=None) if isinstance(value, Person | Backer) else value


def meaning(said: str) -> str | None:
    """What a key's lines mean, as a text; empty for the default, None where the value is wrong."""
    if said.startswith("="):
        return said[1:]
    return _meaning(said) if said != "?" else None


@lru_cache(maxsize=20_000)
def _meaning(lines: str) -> str | None:
    from sitegen.notes.schema import read_client

    if not lines:
        return ""
    head, problems = load(lines, 1, "")
    given, wrong = read_client(head, "")
    if any(problem.severity == "error" for problem in (*problems, *wrong)):
        return None
    return next(iter(_meanings(given).values()), "")


def differing(old: Version, new: Version) -> tuple[list[str], Version]:
    """The keys whose meanings differ, and the new version with what is wrong in it taken from the old one."""
    keys: list[str] = []
    said = new.said
    if old.said is said or old.said == said:
        return keys, new
    for key in KEYS:
        before, after = old.said.get(key, ""), said.get(key, "")
        if before == after:
            continue
        meant = meaning(after)
        if meant is None:
            said = {**said, key: before}
        elif (was := meaning(before)) is not None and was != meant:
            keys.append(key)
    return keys, new if said is new.said else Version(said, new.days)


def entry_days(body: str) -> frozenset[int]:
    """Days of the entries in a text without its private passages, as ordinals; private entries don't count."""
    if "```" in body or "~~~" in body:
        body = _FENCED.sub("\n", body)
    found = set()
    hidden = 7
    for level, day, private in _headings(body):
        if level <= hidden:
            hidden = 7
        if private:
            hidden = min(hidden, level)
        if day and hidden == 7:
            found.add(day)
    return frozenset(found)


def _headings(body: str) -> Iterator[tuple[int, int, bool]]:
    """Levels of the headings, their days and whether they are private; cut at `#` where all are plain.

    A part between two `#` is mostly the same in the version before: that is much faster than to look at each line.
    """
    parts = [_part(text) for text in body.split("\n#")]
    if body.startswith((" ", "#")) or None in parts:
        for heading in _HEADING.finditer(body):
            level = len(heading[1]) if heading[1] else (1 if heading[4][0] == "=" else 2)
            yield level, *_heading(heading[2] or heading[3])
        return
    for part in parts[1:]:
        if part:
            yield part


@lru_cache(maxsize=4096)
def _part(text: str) -> tuple[int, int, bool] | tuple[()] | None:
    """The heading that a part begins with; empty where it begins with none, None where another may stand in it."""
    if _RARE.search(text + "\n"):
        return None
    line = text.partition("\n")[0]
    heading = line.lstrip("#")
    level = len(line) - len(heading) + 1
    return (level, *_heading(heading.strip())) if heading[:1] in (" ", "\t") and level < 7 else ()


@lru_cache(maxsize=20_000)
def _heading(text: str) -> tuple[int, bool]:
    """The day that a heading begins with, 0 for none; and whether it keeps its section private."""
    date = leading_date(text)
    day = date.date if date and is_credible(date) else None
    return (day or dt.date.min).toordinal() if day else 0, is_private(text)
