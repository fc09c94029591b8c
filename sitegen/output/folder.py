"""Which folder a site may go to, and who may write to it now."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.output.errors import LockBusy, OutputRefused
from sitegen.output.manifest import manifest_path
from sitegen.output.paths import OWN

_HARMLESS = frozenset({OWN, ".git", ".gitkeep", ".gitignore", ".DS_Store"})
"""What an empty folder may hold: a checkout's bookkeeping, and what a first build left that was cut short."""


def is_link(path: Path) -> bool:
    """A symbolic link, or a junction of Windows (which Python knows from 3.12 on)."""
    return path.is_symlink() or (hasattr(os.path, "isjunction") and os.path.isjunction(path))


def accept(out: Path, forbidden: Iterable[Path], root: Path | None) -> Path:
    """The folder with links resolved, if a site may go there; it need not exist. Changes nothing.

    `forbidden` are folders that it may neither be, nor hold, nor lie in; `root` one that it may lie in.
    Raises `OutputRefused`.
    """
    name, out = str(out), Path(os.path.realpath(out))
    for other in forbidden:
        if _within(out, other) or _within(other, out):
            raise OutputRefused("output-is-source", path=name, other=str(other))
    if root is not None and _within(root, out):
        raise OutputRefused("output-is-project", path=name)
    top = next(place for place in (out, *out.parents) if place.exists())
    if not top.is_dir():
        raise OutputRefused("output-is-file", path=name if top == out else str(top))
    if is_link(out / OWN):
        raise OutputRefused("output-link", path=str(out / OWN))
    if not ours(out) and not bare(out):
        raise OutputRefused("output-not-ours", path=name)
    return out


def ours(out: Path) -> bool:
    """Kayoi has built here: a manifest stands in the folder, whatever its state."""
    return manifest_path(out).is_file()


def bare(out: Path) -> bool:
    """Nothing of anybody's is in the folder, or there is none."""
    if not out.exists():
        return True
    found = {path.name for path in out.iterdir()}
    # Asked again for the manifest: another build may have finished since `ours` looked.
    return found <= _HARMLESS or ours(out)


def _within(inner: Path, outer: Path) -> bool:
    inner, outer = Path(os.path.realpath(inner)), Path(os.path.realpath(outer))
    return any(_same(place, outer) for place in (inner, *inner.parents))


def _same(one: Path, other: Path) -> bool:
    # `samefile` sees through letter case and NFD where the file system does not tell them apart.
    return one == other or (one.exists() and other.exists() and one.samefile(other))


@contextmanager
def only_one(out: Path, wait: float, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the site's folder alone; made if missing.

    Waits up to `wait` seconds for another build, after one call of `on_wait`; then raises `LockBusy`. The
    lock ends with the process, however that ends.
    """
    import filelock

    (out / OWN).mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(out / OWN / "lock")
    try:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            on_wait()
            lock.acquire(timeout=wait, poll_interval=0.05)
    except filelock.Timeout:
        raise LockBusy("output-busy", path=str(out)) from None
    try:
        yield
    finally:
        lock.release()
