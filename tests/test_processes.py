"""Work shared out among threads comes back in its order, and what it raises is raised."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from sitegen import processes
from sitegen.processes import threaded


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
