"""From the end of a save until a preview shows it: `kayoi serve` and `hugo server`."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.builds import Bench, Target, due, edit
from bench.clients import TODAY
from bench.tools import WORK, Failed, environment

Seen = dict[str, float]
"""Seconds after the save, by what shows it."""
_LONGEST = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server, ended with all the processes that it started."""
    with (WORK / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        yield server
    finally:
        for sign in (signal.SIGINT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)


def used(session: int) -> float:
    """Processor seconds of a session's processes so far."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = (entry / "stat").read_bytes().rsplit(b")", 1)[1].split() if entry.name.isdigit() else []
            if fields and int(fields[3]) == session:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def idle(server: subprocess.Popen[bytes]) -> None:
    """Wait until the server has had nothing to do for two seconds."""
    last, since = used(server.pid), time.monotonic()
    while time.monotonic() - since < 2:
        time.sleep(0.25)
        now = used(server.pid)
        if now - last > 0.04:
            since = time.monotonic()
        last = now


def fetched(url: str) -> bytes:
    with (
        contextlib.suppress(OSError, http.client.HTTPException),
        urllib.request.urlopen(url, timeout=60) as answer,
    ):
        return bytes(answer.read())
    return b""


def up(server: subprocess.Popen[bytes], url: str) -> bytes:
    """The first page, as soon as it is there."""
    while not (page := fetched(url)):
        if server.poll() is not None:
            raise Failed((WORK / "serve.log").read_text(errors="replace")[-2000:])
        time.sleep(0.3)
    return page


def until(looks: dict[str, Callable[[], bool]], started: float, pause: float) -> Seen:
    """When each of the looks first found what it looks for."""
    seen: Seen = {}
    while len(seen) < len(looks):
        for name, look in looks.items():
            if name not in seen and look():
                seen[name] = time.monotonic() - started
        if time.monotonic() - started > _LONGEST:
            raise Failed(f"not shown after {_LONGEST:.0f} s: {', '.join(set(looks) - set(seen))}")
        time.sleep(pause)
    return seen


class Told:
    """Listens as an open page does; when it was last told that the site is new."""

    def __init__(self, port: int, version: str) -> None:
        self.at = 0.0
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
        self._line.request("GET", f"/__kayoi/events?version={version}")
        self._answer = self._line.getresponse()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException, AttributeError):
            while line := self._answer.readline():
                if line.startswith(b"event: built"):
                    self.at = time.monotonic()


def on_disk(file: Path, token: bytes) -> Callable[[], bool]:
    """Looks into a file whenever it was written anew."""
    before = [0]

    def look() -> bool:
        with contextlib.suppress(OSError):
            now = file.stat()
            if (stamp := now.st_mtime_ns ^ now.st_ino) != before[0]:
                before[0] = stamp
                return token in file.read_bytes()
        return False

    return look


def kayoi(bench: Bench, edits: list[Target]) -> list[Seen]:
    """Page and due list on disk, browser told; the first save warms up and is not counted."""
    bench.begin()
    port, out = free_port(), []
    command = [*bench.tools.kayoi, "serve", "--port", str(port), "--today", TODAY.isoformat()]
    with running(command, bench.book) as server:
        page = up(server, f"http://127.0.0.1:{port}/")
        version = re.search(rb'data-version="([^"]*)"', page)
        told = Told(port, version[1].decode() if version else "")
        for target in edits:
            idle(server)
            token = edit(bench.book, target).encode()
            saved = time.monotonic()
            looks = {
                "page": on_disk(bench.site / "clients" / f"{target.stem}.html", token),
                "list": on_disk(bench.site / "due" / f"{target.rep}.html", token),
                "told": lambda saved=saved: told.at > saved,
            }
            seen = until(looks, saved, 0.002)
            out.append(seen | {"told": told.at - saved})
    return out[1:]


def hugo(bench: Bench, edits: list[Target]) -> list[Seen]:
    """Page and list over HTTP: Hugo's server keeps its site in memory."""
    place, port, out = bench.peer("hugo"), free_port(), []
    for made in ("public", "resources"):
        shutil.rmtree(place / made, ignore_errors=True)
    root = f"http://127.0.0.1:{port}/"
    command = [*bench.tools.hugo, "server", "--port", str(port), "--bind", "127.0.0.1"]
    with running(command, place) as server:
        up(server, root)
        for target in edits:
            idle(server)
            address = f"/{target.rep}/{target.stem}/"
            row = re.compile(rf"<tr><td>{due(target)}</td><td><a href=\"[^\"]*{address}\"".encode())
            fetched(root + address[1:])
            token = edit(place, target).encode()
            saved = time.monotonic()
            looks = {
                "page": lambda token=token, address=address: token in fetched(root + address[1:]),
                "list": lambda row=row: bool(row.search(fetched(root))),
            }
            out.append(until(looks, saved, 0.005))
    return out[1:]
