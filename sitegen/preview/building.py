"""Builds of the preview: in one thread, one at a time, once for each burst of changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from sitegen.output.errors import OutputError
from sitegen.preview.words import Words
from sitegen.records import dataclass

QUIET = 0.05
"""Seconds without a change before a build: an editor's save is several changes."""
LONGEST = 1.0
"""Seconds after which a burst that does not end is built all the same."""


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What a build came to."""

    ok: bool
    """The site was written; False: the last one still stands."""
    problems_text: str = ""
    """Problems as lines `path:line:col: message`; shown in the terminal and on the pages while previewed."""
    count: int = 0
    """Pages written: new or changed."""
    seconds: float = 0.0
    private_text: str = ""
    """Further problems, told in the terminal only."""
    watch: tuple[Path, ...] = ()
    """What the next build depends on, as the settings name it now; empty: as before."""
    out: Path | None = None
    """Where the site is now; None: as before."""


def attempt(
    build: Callable[[], BuildOutcome], words: Words, passing: tuple[type[Exception], ...] = ()
) -> BuildOutcome:
    """Run a build; what it raises becomes an outcome in words, but for the exceptions of `passing`."""
    begun = time.monotonic()
    try:
        return build()
    except passing:
        raise
    except OutputError as refused:
        text = words(refused.code, **dict(refused.params))
    except OSError as failed:
        text = words("preview-disk", error=str(failed))
    except (Exception, SystemExit) as bug:
        text = words("preview-bug", error=f"{type(bug).__name__}: {bug}")
    return BuildOutcome(False, text, 0, time.monotonic() - begun)


class Builder:
    """A thread that runs `step` after each burst of requests; requests during a step cause one more."""

    def __init__(self, step: Callable[[], None], quiet: float = QUIET, longest: float = LONGEST) -> None:
        """Take the step; `quiet` and `longest` are in seconds."""
        self._step, self._quiet, self._longest = step, quiet, longest
        self._changed = threading.Condition()
        self._first: float | None = None
        """When the burst began; None: nothing is wanted."""
        self._latest = 0.0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="kayoi-build", daemon=True)

    def start(self) -> None:
        """Begin to listen to requests; those made before count."""
        self._thread.start()

    def request(self) -> None:
        """Ask for a build, from any thread."""
        with self._changed:
            self._latest = time.monotonic()
            self._first = self._latest if self._first is None else self._first
            self._changed.notify_all()

    def close(self, timeout: float = 10.0) -> None:
        """Stop, once a build that is under way has ended, or `timeout` seconds have passed."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while self._burst_over():
            self._step()

    def _burst_over(self) -> bool:
        with self._changed:
            while not self._closed:
                if self._first is None:
                    self._changed.wait()
                    continue
                left = min(self._latest + self._quiet, self._first + self._longest) - time.monotonic()
                if left <= 0:
                    self._first = None
                    return True
                self._changed.wait(left)
            return False
