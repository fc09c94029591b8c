"""A node tells its cells in one order, and much of a table as all of it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.planning.nodes import MANY, MOST, Node, pack, stale_cells, told, unpack
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


@settings(deadline=None)
@given(CELLS, CELLS)
def test_a_node_is_stale_exactly_when_one_of_its_cells_changed(
    cells: set[tuple[str, str]], others: set[tuple[str, str]]
) -> None:
    node = unpack(pack(Node((("a.html", "0f"),), told(cells))))
    assert node == Node((("a.html", "0f"),), told(sorted(cells)))
    # whoever reads all of a table has its * among what changed whenever anything of it did
    changed = {f"{table}:{key}" for table, key in others} | {f"{table}:{ALL}" for table, _ in others}
    found = stale_cells(node, changed)
    assert found is not None
    whole = {table for table, key in cells if key == ALL} & {table for table, _ in others}
    assert bool(found) == bool(cells & others or whole)
    assert stale_cells(None, changed) is None


def test_other_bytes_are_no_node() -> None:
    with pytest.raises(msgspec.DecodeError):
        unpack(b"\xc1")
