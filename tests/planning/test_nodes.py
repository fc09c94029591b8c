"""A node tells its cells in one order, and much of a table as all of it."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.keeping.store import open_store
from sitegen.planning import words as words_of
from sitegen.planning.cells import FIELDS, MANY, MOST, told
from sitegen.planning.nodes import BOXES, TABLE, Node, Nodes
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


def test_which_names_are_touched_and_whether_they_draw_on_a_table() -> None:
    nodes = Nodes(open_store(Path(), "test", keep=False), "here")
    for name, cell in (("kept", ("shared made", "")), ("other", ("reps", "abe"))):
        nodes.make(name, Node((), told([cell])))
    nodes.lasting()
    nodes.begin()
    assert nodes.touched_of(["kept", "other", "new"], {"reps:abe"}) == {"other", "new"}
    assert nodes.draw_on(["kept", "other"], ("shared made:",))
    assert not nodes.draw_on(["other", "new"], ("shared made:",))
    nodes.make("other", Node((), told([("shared made", "x")])))
    assert nodes.draw_on(["other"], ("shared made:",))
    assert (nodes.made(), list(nodes.files(["other", "none"]))) == (["other"], [(), ()])


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


WORDS_OF = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.sampled_from([f"{table}:{key}" for table in "st" for key in "wxyz"]), max_size=4),
    max_size=4,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), WORDS_OF), max_size=6))
def test_what_is_read_is_what_the_build_that_wrote_last_made(
    builds: list[tuple[bool, bool, dict[str, list[str]]]],
) -> None:
    """Two memories of one book write in turns, and one of them may have read before the other wrote."""
    store = open_store(Path(), "test", keep=False)
    first, second = Nodes(store, "here"), Nodes(store, "here")
    for other, again, made in builds:
        nodes = second if other else first
        if again:
            nodes = Nodes(store, "here")
        for name, cells in made.items():
            nodes.make(name, Node((), tuple(cells)))
        nodes.lasting()
        for name, cells in made.items():
            found = nodes.get(name)
            assert found == Node((), tuple(cells))
            assert Nodes(store, "here").get(name) == found
            assert (name in nodes.touched({"s:w", "t:x"})) == (not {"s:w", "t:x"}.isdisjoint(cells))
            assert (name in Nodes(store, "here").touched({"s:w", "t:x"})) == (
                name in nodes.touched({"s:w", "t:x"})
            )


def test_words_that_nobody_names_are_dropped_in_the_end() -> None:
    store = open_store(Path(), "test", keep=False)
    for number in range(12):
        nodes = Nodes(store, "here")
        nodes.make("one", Node((), tuple(f"t:{number}-{n}" for n in range(10))))
        nodes.make("two", Node((), ("t:two",)))
        nodes.lasting()
    assert sum(len(value) for key, _ in store.stamps(TABLE) for _, _, value in store.some(TABLE, [key])) < 700
    assert Nodes(store, "here").get("two") == Node((), ("t:two",))


@pytest.mark.parametrize("row", ["here words", "here words 0"])
def test_where_words_are_lost_no_node_is_believed(row: str) -> None:
    store = open_store(Path(), "test", keep=False)
    nodes = Nodes(store, "here")
    nodes.make("one", Node((), ("today:",)))
    nodes.lasting()
    store.drop(TABLE, [row])
    assert list(Nodes(store, "here").names()) == []


@settings(deadline=None, max_examples=40)
@given(CELLS, CELLS, st.integers(1, 4), st.integers(1, 4))
def test_a_cell_too_many_counts_as_always_changed(
    cells: set[tuple[str, str]], others: set[tuple[str, str]], tables: int, keys: int
) -> None:
    with mock.patch.object(words_of, "TABLES", tables), mock.patch.object(words_of, "KEYS", keys):
        nodes = Nodes(open_store(Path(), "test", keep=False), "here")
        nodes.make("one", Node((), told(cells)))
        nodes.lasting()
        changed = set(map(":".join, others))
        assert changed.isdisjoint(told(cells)) or nodes.touched(changed) == {"one"}
        assert not nodes.touched(set())
        if cells and tables == 1:
            assert nodes.touched_of(["one"], {"elsewhere:"}) == {"one"}
