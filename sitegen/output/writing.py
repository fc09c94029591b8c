"""Putting a whole site in place so that a reader, or a killed build, never meets half of one.

1. Each changed file goes to a staging folder inside the site's folder (so on the same file system).
2. Once all are staged, it is told beside the manifest what is about to come, so that a kill from here on leaves
   nothing that would look foreign.
3. The files are renamed into place one by one in the order given, then what is no longer made is removed,
   then the manifest is written as it now is.

Anything that goes wrong before step 3 leaves the last site as it was. A kill during step 3 leaves whole
pages, some old and some new; the next build mends that, because it compares bytes on disk and never times.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import field
from pathlib import Path

from sitegen.model import Problem, Where
from sitegen.output.content import AllSame, Content, Now, Same, digest_of
from sitegen.output.folder import accept, only_one
from sitegen.output.ground import Ground, holds, kind
from sitegen.output.manifest import announce, read_manifest, write_manifest
from sitegen.output.paths import OWN, Claims, key, parents
from sitegen.output.pruning import prune
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a site; paths are relative to its folder, in the order given (`removed`: sorted)."""

    written: tuple[str, ...] = ()
    """New or changed."""
    unchanged: int = 0
    """Files whose bytes stood there already."""
    removed: tuple[str, ...] = ()
    """Ours, and no longer made."""
    conflicts: tuple[str, ...] = ()
    """Not written, because something that Kayoi did not write stands there."""
    held: tuple[str, ...] = ()
    """Neither written nor removed, because another program or a permission holds them."""
    manifest_lost: bool = False
    """The manifest could not be read, so files that are no longer made may have been left."""


@dataclass
class _Work:
    """A build's way through the steps."""

    ground: Ground
    staging: Path
    claims: Claims = field(default_factory=Claims)
    place: str = ""
    """The folder of the site."""
    digests: dict[str, str] = field(default_factory=dict)
    """What stands as it should, path → digest."""
    staged: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Path → where it is staged, digest."""
    proven: dict[str, str] = field(default_factory=dict)
    """What is about to be replaced and was found to be ours, though the manifest only said that it may be."""
    drafts: int = 0
    folders: set[str] = field(default_factory=set)
    """Those that were made or found for a file."""
    given: frozenset[str] = frozenset()
    """What was given before the rest of the files, which name it once more."""
    early: list[str] = field(default_factory=list)
    """Those of them that were put in place before the rest was made."""
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)


def write_site(
    out: Path,
    files: Iterable[tuple[str, Content | Now | AllSame]],
    *,
    forbidden: Iterable[Path] = (),
    root: Path | None = None,
    wait: float = 30.0,
    on_wait: Callable[[], None] = lambda: None,
) -> Written:
    """Make the folder `out` hold exactly these files of ours: relative paths with `/`, each with its content.

    Only one file's bytes are in memory at a time. `forbidden` are the folders of notes and templates, `root`
    the project's; `wait` is in seconds. Raises `OutputRefused` and `LockBusy`, `PathError` and `PathClash`
    for mistakes of ours, `OSError` when the disk fails, and whatever `files` raises; the last site then still
    stands, but for what was put in place at a `Now`.
    """
    where = accept(out, forbidden, root)
    with only_one(where, wait, on_wait):
        work = _Work(Ground(where, read_manifest(where)), where / OWN / "staging", place=str(where))
        _remove_staging(work)
        try:
            for path, content in files:
                if isinstance(content, Now):
                    work.given = frozenset(work.claims.files.values())
                    content.then(_place_early(work))
                elif isinstance(content, AllSame):
                    same = {path: made for path, made in content.files.items() if path not in work.given}
                    work.claims.claim_all(same)
                    work.unchanged += len(same)
                    work.digests.update(same)
                elif path not in work.given:
                    work.claims.claim(path, known=isinstance(content, Same))
                    _stage(work, path, content)
            return _finish(work)
        finally:
            _remove_staging(work)


def _remove_staging(work: _Work) -> None:
    if kind(work.staging) == "folder":
        shutil.rmtree(work.staging, ignore_errors=True)


def _stage(work: _Work, path: str, data: Content) -> None:
    if isinstance(data, Same):
        work.unchanged += 1
        work.digests[path] = data.digest
        return
    # paths as text: as objects they took a fifth of putting a lost site back
    ground, target = work.ground, f"{work.place}/{path}"
    if not ground.reachable(path):
        work.conflicts.append(path)
        return
    found = kind(target)
    if found == "file" and holds(target, data):
        work.unchanged += 1
        # A foreign file that happens to be equal stays foreign, and nobody needs to hear of it.
        if ground.is_ours(path) or not ground.last.known:
            work.digests[path] = digest_of(data)
    elif found == "other" or (found == "file" and not ground.is_ours(path)):
        work.conflicts.append(path)
    else:
        if found == "file" and path in ground.last.maybe:
            work.proven[path] = ground.last.maybe[path]
        if not work.drafts:
            work.staging.mkdir(exist_ok=True)
        draft = f"{work.place}/{OWN}/staging/{work.drafts}"
        work.drafts += 1
        _write(draft, data)
        work.staged[path] = (draft, digest_of(data))


def _place_early(work: _Work) -> tuple[str, ...]:
    """Puts in place what is staged, where a file of ours stands there as it should."""
    ground = work.ground
    found = [path for path in work.staged if path in ground.last.files and kind(ground.out / path) == "file"]
    if found and _settled(work):
        announce(ground.out, {path: new for path, (_, new) in work.staged.items()})
        work.early += [path for path in found if _place(work, path)]
        for path in found:
            del work.staged[path]
    return tuple(work.early)


def _settled(work: _Work) -> bool:
    """Whether the manifest tells what is ours for certain, so that what is coming can be told beside it."""
    last = work.ground.last
    return last.known and bool(last.files) and not last.maybe


def _finish(work: _Work) -> Written:
    ground, last = work.ground, work.ground.last
    coming = {path: new for path, (_, new) in work.staged.items()}
    if coming and _settled(work):
        announce(ground.out, {**{path: work.digests[path] for path in work.early}, **coming})
    elif coming:
        write_manifest(ground.out, {**last.files, **work.digests, **work.proven}, {**last.maybe, **coming})
    made = set(work.claims.files.values())
    stale = [path for path in last.paths() if path not in made]
    in_the_way = [path for path in stale if _in_the_way(work.claims, path)]
    removed, _ = prune(ground, in_the_way, keep=lambda _: False)
    written = [*work.early, *[path for path in work.staged if _place(work, path)]]
    more, held = prune(ground, stale, keep=lambda path: _is_new_page(work, path))
    # What could not be written or removed stays ours, so that the next build tries again.
    before = {**last.maybe, **last.files}
    owed = {path: before[path] for path in (*work.held, *held) if path in before}
    write_manifest(ground.out, {**work.digests, **owed})
    return Written(
        tuple(written),
        work.unchanged,
        tuple(sorted((*removed, *more))),
        tuple(work.conflicts),
        (*work.held, *held),
        not last.known,
    )


def _in_the_way(claims: Claims, path: str) -> bool:
    """An old file where a folder must be, or below a folder where a file must be."""
    return key(path) in claims.folders or any(key(folder) in claims.files for folder in parents(path))


def _is_new_page(work: _Work, path: str) -> bool:
    # Where letter case does not count, `Abe.html` of the last build is the very file that is now `abe.html`.
    new = work.claims.files.get(key(path))
    return (
        new is not None
        and kind(work.ground.out / new) == "file"
        and ((work.ground.out / new).samefile(work.ground.out / path))
    )


def _place(work: _Work, path: str) -> bool:
    target, folder = f"{work.place}/{path}", path.rpartition("/")[0]
    draft, new = work.staged[path]
    found = kind(target)
    if found in ("folder", "other") or (found == "file" and not work.ground.is_ours(path)):
        work.conflicts.append(path)
        return False
    try:
        if folder not in work.folders:
            (work.ground.out / folder).mkdir(parents=True, exist_ok=True)
            work.folders.add(folder)
        _rename(draft, target)
    except (PermissionError, FileExistsError, NotADirectoryError):
        work.held.append(path)
        return False
    work.digests[path] = new
    return True


def _write(draft: str, data: bytes) -> None:
    with open(draft, "wb") as stream:  # noqa: PTH123  a path object for each of 20,000
        stream.write(data)


def _rename(draft: str, target: str) -> None:
    # On Windows a file can't be replaced while a virus scanner or a server reads it: mostly a matter of a
    # moment.
    for pause in (0.02, 0.1, 0.4):
        try:
            os.replace(draft, target)  # noqa: PTH105  the same
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(draft, target)  # noqa: PTH105  the same


def told(written: Written, folder: str) -> tuple[Problem, ...]:
    """What the user should hear about the writing; `folder` is the site's, relative to the project."""
    lost = (
        [Problem(Where(folder), "output-manifest-lost", severity="warning")] if written.manifest_lost else []
    )
    return (
        *lost,
        *(Problem(Where(f"{folder}/{path}"), "output-foreign-file") for path in written.conflicts),
        *(Problem(Where(f"{folder}/{path}"), "output-held-file") for path in written.held),
    )
