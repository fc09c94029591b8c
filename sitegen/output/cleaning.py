"""Taking a built site away again."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from sitegen.output.errors import OutputRefused
from sitegen.output.folder import accept, bare, only_one, ours
from sitegen.output.ground import Ground, kind
from sitegen.output.manifest import coming_path, manifest_path, read_manifest, write_manifest
from sitegen.output.paths import OWN
from sitegen.output.pruning import prune
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a site that was taken away; paths are relative to its folder, sorted."""

    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Written by Kayoi but changed since, or held by another program."""
    gone: bool = True
    """The folder itself is gone; False if files remain in it: those kept, and those that Kayoi did not write.
    """


def clean_site(out: Path) -> Cleaned:
    """Remove the files that Kayoi wrote and nobody changed since, the folders left empty, and Kayoi's
    records.

    Where anything remains, a manifest does too: the folder may be built into again, and nothing in it is ours
    but what another program would not let go. Raises `OutputRefused` if the folder is not one that Kayoi
    built, `LockBusy` if a build is writing to it.
    """
    where = accept(out, (), None)
    if not ours(where):
        if where.exists() and not bare(where):
            raise OutputRefused("output-not-ours", path=str(out))
        return Cleaned(gone=not where.exists())
    with only_one(where, 5.0, lambda: None):
        ground = Ground(where, read_manifest(where))
        changed = [path for path in ground.last.paths() if _is_changed(ground, path)]
        removed, held = prune(ground, ground.last.paths(), keep=set(changed).__contains__)
        shutil.rmtree(where / OWN / "staging", ignore_errors=True)
        empty = {path.name for path in where.iterdir()} == {OWN}
        if empty:
            _remove_records(where)
        else:
            write_manifest(where, {p: d for p, d in ground.last.files.items() if p in held})
    if empty:
        _remove_folder(where)
    return Cleaned(tuple(removed), tuple(sorted({*changed, *held})), not where.exists())


def _is_changed(ground: Ground, path: str) -> bool:
    return ground.reachable(path) and kind(ground.out / path) == "file" and not ground.unchanged(path)


def _remove_records(where: Path) -> None:
    for file in (manifest_path(where), coming_path(where)):
        file.unlink(missing_ok=True)
    # While the lock is still held, so that a build that waits for it begins with a lock of its own. Windows
    # does not let go of an open file; there the lock goes with its release.
    with contextlib.suppress(OSError):
        (where / OWN / "lock").unlink(missing_ok=True)


def _remove_folder(where: Path) -> None:
    with contextlib.suppress(OSError):
        (where / OWN / "lock").unlink(missing_ok=True)
        (where / OWN).rmdir()
        where.rmdir()
