"""`kayoi init`: a small book of its own in an empty or a used folder, never overwriting."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from sitegen.folders import own_templates

_DAY = re.compile(r"\{\{day([+-]\d+)?\}\}")


def start_book(folder: Path, lang: str, today: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Copy the starter book of a language; its example dates are counted from `today`.

    Returns the paths made and those left as they were because something stood there already.
    Raises `OSError` where the folder can't be written to.
    """
    source = own_templates() / "starter" / lang
    used = (folder / "content").is_dir()
    made, kept = [], []
    for file in sorted(source.rglob("*")):
        if file.is_dir():
            continue
        path = file.relative_to(source)
        if path.name == "gitignore":
            path = path.with_name(".gitignore")
        # Examples are no good among notes that are somebody's own.
        if used and path.parts[0] == "content":
            continue
        target = folder / path
        if target.exists() or target.is_symlink():
            kept.append(path.as_posix())
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as out:
            out.write(_dated(file.read_text(encoding="utf-8"), today))
        made.append(path.as_posix())
    return tuple(made), tuple(kept)


def _dated(text: str, today: dt.date) -> str:
    return _DAY.sub(lambda m: _workday(today + dt.timedelta(int(m[1] or 0))).isoformat(), text)


def _workday(day: dt.date) -> dt.date:
    """The Friday before, on a weekend: nobody visits then."""
    return day - dt.timedelta(max(0, day.weekday() - 4))
