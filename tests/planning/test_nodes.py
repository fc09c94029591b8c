"""A node tells its cells in one order, and much of a table as all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.keeping.store import open_store
from sitegen.planning.nodes import BOXES, FIELDS, MANY, MOST, TABLE, Node, Nodes, told
from sitegen.site.trace import ALL

NAMES = st.text("ab:*漢", max_size=4)
CELLS = st.sets(st.tuples(st.sampled_from(["clients", "reps", "pages"]), NAMES), max_size=12)


@pytest.mark.parametrize(
    ("table", "most"),
    [("reps", MANY), ("clients", MOST), ("known", MOST), ("part line", MOST), ("facts.due", MOST)],
)
def test_much_of_a_table_is_all_of_it(table: str, most: int) -> None:
    cells = {(table, str(n)) for n in range(most)}
    assert len(told({*cells, ("today", "")})) == most + 1
    assert told({*cells, (table, "more"), ("today", "")}) == (f"{table}:{ALL}", "today:")


@settings(deadline=None, max_examples=40)
@given(CELLS, CELLS)
def test_a_node_is_touched_exactly_when_one_of_its_cells_changed(
    cells: set[tuple[str, str]], others: set[tuple[str, str]]
) -> None:
    store = open_store(Path(), "test", keep=False)
    nodes = Nodes(store, "here")
    node = Node((("a.html", "0f"),), told(cells))
    assert node == Node((("a.html", "0f"),), told(sorted(cells)))
    nodes.make("page a.html", node)
    assert nodes.get("page a.html") is None
    nodes.lasting()
    # whoever reads all of a table has its * among what changed whenever anything of it did
    changed = {f"{table}:{key}" for table, key in others} | {f"{table}:{ALL}" for table, _ in others}
    whole = {table for table, key in cells if key == ALL} & {table for table, _ in others}
    read_again = Nodes(store, "here")
    assert read_again.get("page a.html") == node
    assert bool(read_again.touched(changed)) == bool(cells & others or whole)
    assert list(Nodes(store, "elsewhere").names()) == []


def test_who_reads_many_fields_of_a_client_depends_on_all_of_it() -> None:
    few = {(f"client.f{n}", "a") for n in range(FIELDS - 1)}
    assert told({*few, ("facts.due", "b")}) == (
        *sorted(f"client.f{n}:a" for n in range(FIELDS - 1)),
        "facts.due:b",
    )
    assert told({*few, ("facts.due", "a"), ("part line", "a")}) == ("clients:a", "part line:a")


def test_what_is_dropped_is_known_no_more_and_other_bytes_are_no_nodes() -> None:
    store = open_store(Path(), "test", keep=False)
    nodes = Nodes(store, "here")
    for name in ("one", "two"):
        nodes.make(name, Node((), ("today:",)))
    nodes.lasting()
    nodes.drop(["one", "three"])
    assert (nodes.get("one"), sorted(Nodes(store, "here").names())) == (None, ["two"])
    store.put(TABLE, [(f"here {n}", b"", b"\xc1") for n in range(BOXES)])
    assert list(Nodes(store, "here").names()) == []
