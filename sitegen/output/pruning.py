"""Removing what is ours and no longer made."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from sitegen.output.ground import Ground, kind
from sitegen.output.paths import parents


def prune(ground: Ground, paths: Iterable[str], keep: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """Remove these files of ours, and the folders that they leave empty; returns (removed, held by another
    program).

    `keep` says of a path that it stays after all. A file that is gone, or is no longer ours, is passed over.
    One changed by hand goes too: a page left standing could tell what its note no longer may.
    """
    removed: list[str] = []
    held: list[str] = []
    for path in paths:
        target = ground.out / path
        if not ground.reachable(path) or kind(target) != "file" or not ground.is_ours(path) or keep(path):
            continue
        try:
            target.unlink()
            removed.append(path)
        except FileNotFoundError:
            continue
        except PermissionError:
            held.append(path)
    remove_empty(ground.out, removed)
    return removed, held


def remove_empty(out: Path, removed: Iterable[str]) -> None:
    """Remove the folders above these files where nothing is left in them."""
    for folder in sorted({f for path in removed for f in parents(path)}, key=len, reverse=True):
        with contextlib.suppress(OSError):
            (out / folder).rmdir()
