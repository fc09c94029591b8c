"""Every look-up of somebody who listens is written down, also one that finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

import pytest

from sitegen.site.trace import ALL, Cell, Trace, Watched

READ: list[tuple[Callable[[Mapping[str, int]], object], str]] = [
    (lambda t: t["a"], "a"),
    (lambda t: t.get("a"), "a"),
    (lambda t: t.get("none", 3), "none"),
    (lambda t: "none" in t, "none"),
    (list, ALL),
    (len, ALL),
    (bool, ALL),
    (lambda t: list(t.keys()), ALL),
    (lambda t: list(t.values()), ALL),
    (lambda t: list(t.items()), ALL),
    (lambda t: t == {"a": 1}, ALL),
    (lambda t: {**t}, ALL),
]


def table(trace: Trace) -> Watched[int]:
    return Watched("clients", {"a": 1, "b": 2}, trace)


@pytest.mark.parametrize(("read", "key"), READ)
def test_every_way_to_read_a_table_is_written_down(read: Callable[[object], object], key: str) -> None:
    trace = Trace()
    watched = table(trace)
    with trace.listening() as cells:
        found = read(watched)
    assert ("clients", key) in cells
    assert found == read({"a": 1, "b": 2})


def test_what_is_missing_counts_as_read() -> None:
    trace = Trace()
    with trace.listening() as cells, pytest.raises(KeyError):
        table(trace)["none"]
    assert cells == {("clients", "none")}


def test_nobody_listens_outside_and_digests_are_made_unheard() -> None:
    trace = Trace()
    watched = table(trace)
    assert watched["a"] == 1
    with trace.listening() as cells:
        assert dict(watched.plain) == {"a": 1, "b": 2}
    assert watched["b"] == 2
    trace.note("today", "")
    assert cells == set()


def test_what_is_made_inside_counts_for_both_and_nothing_of_the_deaf() -> None:
    trace = Trace()

    def read(key: str) -> Cell:
        trace.note("t", key)
        return "t", key

    with trace.listening() as outer:
        one = read("1")
        with trace.listening() as inner:
            two = read("2")
        with trace.deaf():
            read("3")
            with trace.listening() as heard:
                four = read("4")
        with suppress(LookupError), trace.listening():
            five = read("5")
            raise LookupError
        six = read("6")
    assert (outer, inner, heard) == ({one, two, five, six}, {two}, {four})
