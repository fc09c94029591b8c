"""The shortest way through a build: nothing changed, so what the last one told is told again.

It knows nothing of notes, and imports nothing heavy; see `keeping/unchanged.py` for what counts as unchanged. Where
files only look otherwise, or pages are lost, `restoring.py` knows the next shortest way.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.folders import below, own_templates
from sitegen.keeping import unchanged
from sitegen.keeping.looks import looks_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build was asked for, before any settings are read."""

    root: Path
    settings: Path | None
    options: tuple[str, ...]
    """Those that change the site."""
    today: dt.date | None
    """None: the team's today."""

    @property
    def name(self) -> str:
        """Tells apart the builds of one book."""
        settings = below(self.settings, self.root) if self.settings else ""
        return str(unchanged.Mark.new(settings, self.options).text())[:12]


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a book, and where its today is."""

    content: str
    templates: str
    out: str
    timezone: str


@dataclass(slots=True)
class Look:
    """How everything that a build reads looked before it began."""

    places: Places
    today: dt.date
    mark: str
    """Empty: it can't be known whether something changes later."""
    began: int = 0
    """When the look began, by the disk's own clock, in nanoseconds."""
    files: dict[str, tuple[str, unchanged.Signature]] = field(default_factory=dict)
    """Of what people write: a name that does not tell where the book lies → where it is, and how it looks."""
    pages: dict[str, unchanged.Signature] | None = None
    """How the built pages look, where that is known; see `keeping/looks.py`."""

    def pages_now(self) -> dict[str, unchanged.Signature]:
        """How the built pages look, found out where it is not known."""
        if self.pages is None:
            self.pages = looks_of(Path(self.places.out))
        return self.pages


def look(asked: Asked, places: Places, today: dt.date) -> Look:
    """Looks at everything that a build reads."""
    began = unchanged.clock(asked.root)
    mark = unchanged.Mark.new(asked.options, places, today, asked.today is not None, os.environ.get("TZ"))
    files: dict[str, tuple[str, unchanged.Signature]] = {}
    if asked.settings and (found := mark.file(str(asked.settings))):
        files["settings"] = str(asked.settings), found
    unchanged.code_mark(mark, Path(__file__).resolve().parent)
    for label, folder in (
        ("own", str(own_templates())),
        ("team", places.templates),
        ("notes", places.content),
    ):
        for path, *look in mark.tree(folder):
            files[label + path[len(folder) :]] = path, (look[0], look[1], look[2])
    known = unchanged.git_mark(mark, Path(places.content))
    # what lies behind a link in the team's folder is read, and nobody looked at it
    linked = any(Path(path).is_symlink() for name, (path, _) in files.items() if name.startswith("team"))
    sure = known and not linked and mark.newest < began
    return Look(places, today, mark.text() if sure else "", began, files)


def last(asked: Asked, now: Callable[[str], dt.date]) -> tuple[Look | None, Mapping[str, Any]]:
    """How it looks now, and what the last build told, if it would tell the same again (else nothing).

    `now` gives the day in a time zone.
    """
    told = unchanged.last_of(asked.root, asked.name)
    try:
        places = _placed(asked, told["places"])
        seen = look(asked, places, asked.today or now(places.timezone))
    except (KeyError, TypeError, ValueError, OSError):
        return None, {}
    # the many pages are looked at only where what they were made from is as it was
    same = seen.mark and told.get("seen") == seen.mark and told.get("mark") == _with_pages(seen)
    return seen, told if same else {}


def keep(asked: Asked, seen: Look, told: Mapping[str, Any]) -> None:
    """A build came to its end: what it told, for the case that nothing changes. `seen` knows its pages."""
    if seen.mark:
        places = {name: getattr(seen.places, name) for name in Places.__slots__}
        places.update({name: below(places[name], asked.root) for name in _FOLDERS})
        marks = {"seen": seen.mark, "mark": _with_pages(seen)}
        unchanged.tell(asked.root, asked.name, {**told, "places": places, **marks})
    else:
        unchanged.forget(asked.root, asked.name)


def last_told(asked: Asked) -> Mapping[str, Any]:
    """What the last build told, whether that still holds or not."""
    return unchanged.last_of(asked.root, asked.name)


_FOLDERS = ("content", "templates", "out")


def _placed(asked: Asked, told: Mapping[str, str]) -> Places:
    """The folders of the last build, from where the book lies now."""
    found = {name: os.path.normpath(asked.root / told[name]) for name in _FOLDERS}
    return Places(**{**told, **found})


def forget(asked: Asked) -> None:
    """The next build looks at everything."""
    unchanged.forget(asked.root, asked.name)


def _with_pages(seen: Look) -> str:
    pages, mark = seen.pages_now(), unchanged.Mark.new(seen.mark, seen.places.out)
    # the quickest way to tell 20,000 of them; no name holds the character between
    mark.lines("\n".join([f"{path}\0{pages[path][0]} {pages[path][1]}" for path in sorted(pages)]))
    return mark.text()
