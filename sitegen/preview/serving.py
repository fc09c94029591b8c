"""The preview as a whole: build, serve, watch, build again, until Ctrl-C."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sitegen.output.errors import OutputError
from sitegen.preview.building import Builder, BuildOutcome, attempt
from sitegen.preview.live import Hub
from sitegen.preview.server import PreviewServer, is_loopback
from sitegen.preview.watching import INTERVAL, Watcher
from sitegen.preview.words import Words, english

Build = Callable[[Callable[[tuple[str, ...]], None], "frozenset[str] | None"], BuildOutcome]
"""One build; it calls what it is given with the paths of pages that are in place before the others.

It is also told the files that changed since the last one; None: any may have.
"""


def serve(
    build: Build,
    watch: Sequence[Path],
    out: Path,
    host: str,
    port: int,
    open_browser: bool,
    say: Callable[[str], None],
    *,
    words: Words = english,
    poll: bool = False,
    interval: float = INTERVAL,
) -> None:
    """Preview the site `out` at `host` and `port` (0: any that is free), built anew whenever `watch` changes.

    `watch` and `out` are those of the settings as they stand; a build may tell others. `build` writes the site and
    never runs twice at once; `say` takes lines for the terminal, from several threads; `words` puts message codes
    into the user's language. `poll` looks for changes every `interval` seconds instead of asking the system.
    Returns after Ctrl-C. Raises, before anything is served, `PortTaken` or `PreviewError` where it can't listen, and
    `OutputError` where the site can't be written; later troubles are told, never raised.
    """
    hub = Hub()
    report = _Reporter(hub, words, say)
    with (
        contextlib.suppress(KeyboardInterrupt),
        PreviewServer(host, port, out=out, hub=hub, words=words, say=say) as server,
        contextlib.closing(hub),
        _threads_in_words(words, say),
    ):

        def step() -> None:
            # First the watching, then the build: a change in between is then seen by one of them.
            watcher.renew()
            told(attempt(partial(build, report.early, watcher.heard()), words))

        def told(outcome: BuildOutcome) -> None:
            server.out = outcome.out or server.out
            if outcome.watch and watcher.follow(outcome.watch, server.out):
                builder.request()  # what changed there meanwhile was nobody's to tell
            report.tell(outcome)

        builder = Builder(step)
        watcher = Watcher(watch, out, builder.request, say, words, poll=poll, interval=interval)
        try:
            watcher.renew()
            told(attempt(partial(build, report.early, watcher.heard()), words, passing=(OutputError,)))
            builder.start()
            _greet(server, open_browser)
            server.serve_forever()
        finally:
            builder.close()
            watcher.stop()
    say(words("preview-end"))


def _greet(server: PreviewServer, open_browser: bool) -> None:
    server.say(server.words("preview-at", url=server.url))
    if not is_loopback(server.host):
        server.say(server.words("preview-network", host=server.host))
    if open_browser:
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()


class _Reporter:
    """Tells outcomes in the terminal and on the pages."""

    def __init__(self, hub: Hub, words: Words, say: Callable[[str], None]) -> None:
        self._hub, self._words, self._say = hub, words, say
        self._last = ""
        self._early: frozenset[str] = frozenset()

    def early(self, paths: tuple[str, ...]) -> None:
        """These pages are in place; the rest is still being made."""
        self._early = frozenset(paths)
        self._hub.tell(self._hub.state.problems, anew=True)

    def tell(self, outcome: BuildOutcome) -> None:
        if outcome.ok:
            seconds = f"{outcome.seconds:.1f}"
            self._say(self._words("preview-built", count=str(outcome.count), seconds=seconds))
        else:
            self._say(self._words("preview-failed"))
        text = "\n".join(filter(None, (outcome.problems_text, outcome.private_text)))
        if text:
            # Hundreds of old problems at each save would hide the new one.
            self._say(text if text != self._last else self._words("preview-same"))
        self._last = text
        anew = outcome.ok and outcome.count > len(self._early)
        self._hub.tell(outcome.problems_text, anew=anew, fresh=self._early)
        self._early = frozenset()


@contextlib.contextmanager
def _threads_in_words(words: Words, say: Callable[[str], None]) -> Iterator[None]:
    """What goes wrong in a library's thread is told in a line instead of a traceback."""

    def tell(args: threading.ExceptHookArgs) -> None:
        say(words("preview-bug", error=f"{args.exc_type.__name__}: {args.exc_value}"))

    before, threading.excepthook = threading.excepthook, tell
    try:
        yield
    finally:
        threading.excepthook = before
