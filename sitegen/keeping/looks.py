"""How the files of a built site look from outside."""

from __future__ import annotations

import os
from pathlib import Path

from sitegen.keeping.unchanged import FOLDER, Signature


def looks_of(out: Path) -> dict[str, Signature]:
    """How each file of the site looks from outside, by its path; our own records beside the pages left out.

    Its number on the disk does not count: pipelines unpack a site with its sizes and times, and nobody else writes
    here.
    """
    found: dict[str, Signature] = {}
    folders = [""]
    while folders:
        inside = folders.pop()
        try:
            with os.scandir(out / inside) as items:
                for item in items:
                    path = f"{inside}{item.name}"
                    if item.is_dir(follow_symlinks=False):
                        if path != FOLDER:
                            folders.append(f"{path}/")
                    else:
                        there = item.stat(follow_symlinks=False)
                        found[path] = there.st_size, there.st_mtime_ns, 0
        except OSError:
            continue
    return found


def look_of(file: Path) -> Signature | None:
    """How one of them looks."""
    try:
        there = os.lstat(file)
    except OSError:
        return None
    return there.st_size, there.st_mtime_ns, 0
