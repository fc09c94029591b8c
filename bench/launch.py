"""Run one build and say what it cost: `python -I -S bench/launch.py COMMAND …` in the build's folder.

A small process of its own, so that the command starts from nothing, and one that adopts the command's orphans: a
build that leaves its helpers behind (a fork server and its workers) has to pay for them all the same. Prints JSON:
`wall` seconds until the command ended, `cpu` seconds of it and all below it, `peak` MiB of the largest process,
`whole` MiB of all together at the highest of the looks that are taken twice a second (shared pages counted once),
`code`. Without pathlib, whose import would make this process larger than what it measures.
"""

# ruff: noqa: PTH112, PTH123, PTH208
import contextlib
import ctypes
import json
import os
import resource
import sys
import threading
import time

ADOPT = 36
"""PR_SET_CHILD_SUBREAPER of Linux."""


def proportional(session: int) -> float:
    """MiB of all processes of a session, but for this one."""
    total = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        with contextlib.suppress(OSError, IndexError, ValueError):
            with open(f"/proc/{entry}/stat", "rb") as stat:
                if int(stat.read().rsplit(b")", 1)[1].split()[3]) != session:
                    continue
            with open(f"/proc/{entry}/smaps_rollup", "rb") as rollup:
                total += next(int(line.split()[1]) for line in rollup if line.startswith(b"Pss:"))
    return total / 1024


def main() -> None:
    with contextlib.suppress(OSError):
        os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)
    most = [0.0]
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.5):
            most[0] = max(most[0], proportional(os.getsid(0)))

    if os.path.isdir("/proc/self"):
        threading.Thread(target=look, daemon=True).start()
    nothing = os.open(os.devnull, os.O_RDWR)
    started = time.monotonic()
    quiet = [(os.POSIX_SPAWN_DUP2, nothing, fd) for fd in (0, 1)]
    child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
    status = os.waitpid(child, 0)[1]
    wall = time.monotonic() - started
    done.set()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    code = os.waitstatus_to_exitcode(status)
    cost = {
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": peak,
        "whole": max(most[0], peak),
        "code": code,
    }
    print(json.dumps(cost))


main()
