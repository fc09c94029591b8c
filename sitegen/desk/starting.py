"""`kayoi init`: a small book of its own in an empty or a used folder, with what editors need; never overwriting."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

from sitegen.folders import own_templates

_DAY = re.compile(r"\{\{day([+-]\d+)?\}\}")


def start_book(folder: Path, lang: str, today: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Copy the starter book of a language; its example dates are counted from `today`.

    Returns the paths made and those left as they were because something stood there already.
    Raises `OSError` where the folder can't be written to.
    """
    used = (folder / "content").is_dir()
    made, kept = [], []
    for path, text in sorted(starter_files(lang, today)):
        # Examples are no good among notes that are somebody's own.
        if used and path.startswith("content/"):
            continue
        target = folder / path
        if target.exists() or target.is_symlink():
            kept.append(path)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
        made.append(path)
    return tuple(made), tuple(kept)


def starter_files(lang: str, today: dt.date) -> Iterator[tuple[str, str]]:
    """Every file of a new book as path and text: what all books share, a language's own, what is made from tables."""
    for source in (own_templates() / "starter" / part for part in ("both", lang)):
        for file in source.rglob("*"):
            if file.is_file():
                path = file.relative_to(source)
                # As ".gitignore" it would already have its say among Kayoi's own files.
                path = path.with_name(".gitignore") if path.name == "gitignore" else path
                yield path.as_posix(), _dated(file.read_text(encoding="utf-8"), today)
    yield from _editor_files()


def _editor_files() -> Iterator[tuple[str, str]]:
    """What VS Code offers in notes and in `kayoi.yml`: made here, so that it is never behind what Kayoi reads."""
    from sitegen.desk.settings_schema import settings_schema
    from sitegen.desk.snippets import snippets

    for name, value in (
        ("kayoi.code-snippets", snippets()),
        ("kayoi-settings.schema.json", settings_schema()),
    ):
        yield f".vscode/{name}", json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _dated(text: str, today: dt.date) -> str:
    return _DAY.sub(lambda m: _workday(today + dt.timedelta(int(m[1] or 0))).isoformat(), text)


def _workday(day: dt.date) -> dt.date:
    """The Friday before, on a weekend: nobody visits then."""
    return day - dt.timedelta(max(0, day.weekday() - 4))
