"""Watching notes, templates and configuration, by the system's reports or, where it has none, by looking."""

from __future__ import annotations

import logging
import os
import re
import threading
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.preview.words import Words

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

INTERVAL = 1.0
"""Seconds between two looks where the system does not report changes."""
_KINDS = frozenset({"created", "modified", "deleted", "moved", "closed"})
"""Reports of a change; watchdog also reports that a file was read, as each build does."""
_TEMPORARY = re.compile(
    r".*~|~\$.*|#.*#|\d+|.*\.(?:swp|swo|swx|tmp|temp|bak|part|crswap|crdownload)|.*___jb_\w+___"
)
"""What editors write beside a file: vim's 4913 and x.swp, Emacs' #x#, Office's ~$x, JetBrains' …"""
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "vboxsf", "prl_fs", "fuse.sshfs"}
)
"""File systems of Linux on which others' changes go unreported (9p, drvfs: Windows' disks seen from WSL)."""


_QUIET = logging.NullHandler()


def is_temporary(name: str) -> bool:
    """A file name that an editor uses for a moment, or a dot file."""
    return name.startswith(".") or _TEMPORARY.fullmatch(name) is not None


def network_drive(path: Path, mounts: str) -> bool:
    """The path is on a file system that does not report changes; `mounts` as in Linux' /proc/self/mounts."""
    best, kind = -1, ""
    for row in (line.split() for line in mounts.splitlines()):
        place = row[1].replace("\\040", " ") if len(row) > 2 else ""
        if place and path.is_relative_to(place) and len(place) >= best:
            best, kind = len(place), row[2]
    return kind in _NETWORK


def _watchdogs_log() -> logging.Logger:
    return logging.getLogger("watchdog.observers")


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text("utf-8", "replace")
    except OSError:
        return ""


class _Lost(logging.Handler):
    """That the system lost reports, as it does where too many wait, is told by watchdog in its log alone."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("watchdog.observers.inotify"):
            self._tell()


class Watcher:
    """Calls `changed` (from a thread of its own) at each change in `watch`: files, and folders with all in
    them.

    What need not exist may come, go and come again. `out` is left out. With `poll`, or where the system can't
    report, it looks every `interval` seconds, and says so.
    """

    def __init__(
        self,
        watch: Sequence[Path],
        out: Path,
        changed: Callable[[], None],
        say: Callable[[str], None],
        words: Words,
        *,
        poll: bool = False,
        interval: float = INTERVAL,
    ) -> None:
        """Take what to watch; nothing happens before `renew`. See `heard` for what changed."""
        self._watch: list[Path] = []
        self._out, self._stale = Path(), True
        self.follow(watch, out)
        self._changed, self._say, self._words = changed, say, words
        self._poll, self._interval = poll, interval
        self._observer: BaseObserver | None = None
        self._lost = _Lost(self._lose)
        self._lock = threading.Lock()
        self._heard: set[str] | None = None

    def follow(self, watch: Sequence[Path], out: Path) -> bool:
        """Watch these from the next `renew` on, and leave this `out` out; whether they are others than before."""
        before = self._watch, self._out
        self._watch = [Path(os.path.realpath(path)) for path in watch]
        self._out = Path(os.path.realpath(out))
        moved = before != (self._watch, self._out)
        self._stale |= moved
        return moved

    def renew(self) -> None:
        """Begin to watch, or begin anew if a watched folder came or went; later changes are reported."""
        if not self._stale:
            return
        self.stop()
        self._stale = False
        self._hear_of(None)
        # Watchdog's own words are for programmers. It warns where a folder came while it looked into the one
        # above.
        logging.getLogger("watchdog").addHandler(_QUIET)
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        if not self._poll and any(network_drive(path, _mounts()) for path in self._watch):
            self._fall_back(self._words("preview-network-drive"))
        try:
            self._observer = self._begin()
        except OSError as full:  # inotify's limits
            if self._poll:
                raise
            self._fall_back(full.strerror or str(full))
            self._observer = self._begin()

    def heard(self) -> frozenset[str] | None:
        """The files that changed since somebody asked last, as the system names them; None: any may have."""
        with self._lock:
            found, self._heard = self._heard, set()
        return None if found is None else frozenset(found)

    def _hear_of(self, paths: Sequence[Path] | None) -> None:
        with self._lock:
            if paths is None:
                self._heard = None
            elif self._heard is not None:
                self._heard.update(map(str, paths))

    def _lose(self) -> None:
        """Any file may have changed, and folders may have come that nobody watches."""
        self._stale = True
        self._hear_of(None)
        self._changed()

    def stop(self) -> None:
        """Watch no longer."""
        _watchdogs_log().removeHandler(self._lost)
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def _fall_back(self, reason: str) -> None:
        self._poll = True
        self._say(self._words("preview-polling", reason=reason, seconds=f"{self._interval:g}"))

    def _begin(self) -> BaseObserver:
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer
        from watchdog.observers.polling import PollingObserver

        class Listener(FileSystemEventHandler):
            def on_any_event(_, event: FileSystemEvent) -> None:  # noqa: N805  `self` is the watcher
                self._hear(event)

        observer = PollingObserver(timeout=self._interval) if self._poll else Observer()
        try:
            for path in sorted(path for path in self._watch if path.is_dir()):
                observer.schedule(Listener(), str(path), recursive=True)
            # A folder does not report its own coming and going, nor a file the new one that is renamed over
            # it.
            for parent in sorted({path.parent for path in self._watch if path.parent.is_dir()}):
                observer.schedule(Listener(), str(parent), recursive=False)
            observer.start()
            _watchdogs_log().addHandler(self._lost)
        except BaseException:
            observer.stop()
            raise
        return observer

    def _hear(self, event: FileSystemEvent) -> None:
        if event.event_type not in _KINDS or (event.is_directory and event.event_type == "modified"):
            return
        paths = [Path(os.fsdecode(p)) for p in (event.src_path, event.dest_path) if p]
        if event.is_directory and any(path in self._watch for path in paths):
            self._stale = True
        counting = [path for path in paths if self._counts(path, folder=event.is_directory)]
        if counting:
            # a folder that came or went has files in it of which nobody tells
            self._hear_of(None if event.is_directory else counting)
            self._changed()

    def _counts(self, path: Path, *, folder: bool) -> bool:
        if path in self._watch:
            return True
        if path.is_relative_to(self._out) or (not folder and is_temporary(path.name)):
            return False
        inside = next((path.relative_to(top).parts for top in self._watch if path.is_relative_to(top)), ())
        return bool(inside) and not any(part.startswith(".") for part in inside)
