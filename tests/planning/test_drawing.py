"""Who draws on which cell, turned round, says what going through all nodes says."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.keeping.store import open_store
from sitegen.planning import nodes as nodes_of
from sitegen.planning.nodes import Node, Nodes

CELLS = st.sets(st.sampled_from([f"reps:{key}" for key in "abcdefgh"]), max_size=4)
MADE = st.dictionaries(st.sampled_from(["one", "two", "three", "four"]), st.none() | CELLS, max_size=4)


@settings(deadline=None, max_examples=80)
@given(st.lists(MADE, min_size=1, max_size=5), CELLS, st.integers(0, 3))
def test_who_goes_on_is_told_what_who_begins_is_told(
    builds: list[dict[str, set[str] | None]], changed: set[str], since: int
) -> None:
    store = open_store(Path(), "test", keep=False)
    going_on = Nodes(store, "here")
    with mock.patch.object(nodes_of, "SINCE", since):
        for made in builds:
            going_on.begin()
            for name, cells in made.items():
                if cells is None:
                    going_on.forget([name])
                else:
                    going_on.make(name, Node((), sorted(cells)))
            going_on.lasting()
            assert going_on.touched(changed) == Nodes(store, "here").touched(changed)
            going_on.turn()
            assert going_on.touched(changed) == Nodes(store, "here").touched(changed)
        going_on.drop(["one"])
        assert going_on.touched(changed) == Nodes(store, "here").touched(changed) - {"one"}
