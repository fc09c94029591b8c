"""What open pages are told: that the site was built anew, and which problems there are."""

from __future__ import annotations

import html
import json
import re
import secrets
import threading
from collections.abc import Iterator

from sitegen.records import dataclass

OWN = "/__kayoi/"
"""Where the preview's own script, style and events are; no page of a site begins with it."""
HEARTBEAT = 15.0
"""Seconds between signs of life, which also tell whether the page is still there."""


@dataclass(frozen=True, slots=True)
class State:
    """What a page may know."""

    version: str
    """Of the site; another one after each build that wrote something, and after a new start."""
    problems: str = ""
    before: str = ""
    """The version that this one followed."""
    fresh: frozenset[str] = frozenset()
    """Pages that are in this version as they were in that one."""


class Hub:
    """Holds the state and hands it to every page that listens."""

    def __init__(self) -> None:
        """Begin with a site that no page can have seen before."""
        self._start = secrets.token_hex(4)
        self._builds = 0
        self._state = State(f"{self._start}-0")
        self._changed = threading.Condition()
        self._closed = False

    @property
    def state(self) -> State:
        """The newest."""
        return self._state

    def tell(self, problems: str, *, anew: bool, fresh: frozenset[str] = frozenset()) -> None:
        """Tell the problems as they now are, and whether pages were written; `fresh` are pages told of already."""
        with self._changed:
            before, last = self._state.version, self._state
            self._builds += anew
            version = f"{self._start}-{self._builds}"
            told = (before, fresh) if anew else (last.before, last.fresh)
            self._state = State(version, problems, *told)
            self._changed.notify_all()

    def close(self) -> None:
        """End all streams."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def events(self, version: str, title: str, heartbeat: float = HEARTBEAT) -> Iterator[bytes]:
        """Server-sent events for a page of this version (empty: unknown, so take it for fresh), until closed.

        `built` when its site is out of date, with the version that this one followed and the pages that are the same
        in both; `problems` with their text at once and whenever it changes.
        """
        yield b"retry: 1000\n\n"
        version = version or self.state.version
        told: str | None = None
        while True:
            with self._changed:
                if not self._news(version, told):
                    self._changed.wait(heartbeat)
                state = self._state
                if self._closed:
                    return
            if not self._news(version, told):
                yield b": still here\n\n"
            if state.version != version:
                yield _event(
                    "built", {"version": state.version, "before": state.before, "fresh": sorted(state.fresh)}
                )
            if state.problems != told:
                yield _event("problems", {"title": title, "text": state.problems})
            version, told = state.version, state.problems

    def _news(self, version: str, told: str | None) -> bool:
        return self._closed or self._state.version != version or self._state.problems != told


def _event(name: str, data: dict[str, str | list[str]]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


_META = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?Content-Security-Policy\b[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"(\bcontent\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def with_reload(page: bytes, version: str) -> bytes:
    """A page as it is served: with the reload script, and a policy that lets it listen. Other bytes stay."""
    page = _META.sub(lambda m: _relaxed_meta(m.group().decode("utf-8", "surrogateescape")), page)
    script = f'<script src="{OWN}reload.js" data-version="{version}" defer></script>'.encode()
    at = page.lower().rfind(b"</body>")
    return page + script if at < 0 else page[:at] + script + page[at:]


def _relaxed_meta(meta: str) -> bytes:
    def mend(found: re.Match[str]) -> str:
        policy = html.unescape(found[2] if found[2] is not None else found[3])
        return f'{found[1]}"{html.escape(relaxed(policy), quote=False).replace(chr(34), "&quot;")}"'

    return _CONTENT.sub(mend, meta).encode("utf-8", "surrogateescape")


def relaxed(policy: str) -> str:
    """A content security policy that also allows what the preview adds from its own address."""
    rules: dict[str, list[str]] = {}
    for name, *words in filter(None, (part.split() for part in policy.split(";"))):
        rules.setdefault(name.lower(), words)
    for name in ("connect-src", "script-src", "style-src"):
        allowed = rules.get(name, rules.get("default-src", ["*"]))
        if "*" not in allowed and "'self'" not in allowed:
            rules[name] = [*(word for word in allowed if word != "'none'"), "'self'"]
    return "; ".join(" ".join((name, *words)) for name, words in rules.items())
