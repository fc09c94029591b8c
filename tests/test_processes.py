"""Work shared out among threads comes back in its order, and what it raises is raised."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from sitegen import processes
from sitegen.processes import beside, threaded


@pytest.mark.parametrize("cores", [1, 2, 4])
def test_threads_give_results_in_order_and_are_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: cores)
    before, ahead = threading.active_count(), list[int]()

    def asked() -> Iterator[int]:
        for number in range(50):
            ahead.append(number)
            yield number

    def work(number: int) -> int:
        time.sleep(0.001 if number % 3 else 0.003)
        return number * number

    found = threaded(work, asked(), ahead=5)
    assert next(found) == 0
    assert len(ahead) <= 6
    assert [0, *found] == [number * number for number in range(50)]
    assert threading.active_count() == before


def test_what_a_thread_raises_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(threaded(lambda number: 1 // number, [1, 0, 1]))


def test_a_copy_works_beside_and_what_it_raises_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    monkeypatch.setattr(processes, "_may_fork", lambda: True)
    with beside(os.getpid) as copy:
        assert copy.wait() != os.getpid()
    with beside(lambda: 1 // 0) as copy, pytest.raises(ZeroDivisionError):
        copy.wait()
    with beside(lambda: time.sleep(60)) as copy:
        assert not copy.ready()  # and nobody waits for a minute
    with beside(os.getpid) as copy:
        until = time.monotonic() + 30
        while not copy.ready() and time.monotonic() < until:
            time.sleep(0.01)
        assert copy.ready()
        assert copy.wait() != os.getpid()


class OddError(Exception):
    """Can't be made again from what it tells of itself, so it does not travel."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def _raises_odd() -> None:
    raise OddError("a", "b")


def test_what_does_not_travel_is_raised_or_found_here(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    monkeypatch.setattr(processes, "_may_fork", lambda: True)
    with beside(_raises_odd) as copy, pytest.raises(OddError, match="a b"):
        copy.wait()
    with beside(lambda: threading.Lock) as told, beside(lambda: lambda: 5) as other:
        assert told.wait() is threading.Lock
        assert other.wait()() == 5
    assert capfd.readouterr().err == ""


def test_where_a_copy_dies_or_none_can_be_made_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    monkeypatch.setattr(processes, "_may_fork", lambda: True)
    here = os.getpid()
    with beside(lambda: os._exit(1) if os.getpid() != here else "done") as copy:
        assert copy.wait() == "done"
    monkeypatch.setattr(processes, "_cores", lambda: 1)
    with beside(os.getpid) as copy:
        assert copy.wait() == here


@pytest.mark.parametrize("library", [SimpleNamespace(), None])
def test_who_can_not_give_memory_back_keeps_it(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    def found(_: object) -> object:
        if library is None:
            raise OSError("no library")
        return library

    monkeypatch.setattr(ctypes, "CDLL", found)
    processes.give_back()
    monkeypatch.setattr(processes.sys, "platform", "elsewhere")
    processes.give_back()


POOL = """
import os, signal, sys, time
from sitegen import processes
signal.signal(signal.SIGINT, signal.default_int_handler)
processes._cores = lambda: 2
def work(number):
    os.write(1, b"at work\\n")
    time.sleep(60)
try:
    list(processes.forked(work, [1, 2]))
except KeyboardInterrupt:
    sys.exit(7)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_ctrl_c_ends_a_pool_without_a_word_of_its_processes() -> None:
    pool = subprocess.Popen(
        [sys.executable, "-c", POOL],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert pool.stdout
    assert [pool.stdout.readline() for _ in range(2)] == ["at work\n"] * 2
    os.killpg(pool.pid, signal.SIGINT)
    _, told = pool.communicate(timeout=30)
    assert (pool.returncode, "Traceback" in told) == (7, False), told
