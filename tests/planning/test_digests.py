"""Digests of tables that are as they were are those of the last time; of others they are made anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.keeping.coding import encode
from sitegen.planning.digests import Digests, Tables, Told, changed, table_of
from sitegen.trace import ALL

TABLE = st.dictionaries(st.text("abc", max_size=2), st.tuples(st.integers(0, 2)) | st.just(()), max_size=5)


@given(st.lists(TABLE, max_size=5))
def test_digests_from_the_last_time_are_those_made_anew(tables: list[dict[str, tuple[int, ...]]]) -> None:
    known = Tables()
    for table in tables:
        assert known.digests("one", table.items()) == table_of(table)


def test_a_table_in_another_order_is_another_as_a_whole() -> None:
    known = Tables()
    first = known.digests("one", [("a", (1,)), ("b", (2,))])
    assert known.digests("one", [("a", (1,)), ("b", (2,))]) is first
    turned = known.digests("one", [("b", (2,)), ("a", (1,))])
    assert changed({"one": first}, {"one": turned}) == {f"one:{ALL}"}
    assert changed({"one": first}, {"one": first}) == set()


TABLES = st.dictionaries(st.sampled_from("abc"), TABLE.map(table_of), max_size=3)


@given(TABLES, TABLES, st.booleans())
def test_what_is_kept_tells_what_changed_as_tables_at_hand_do(
    before: Digests, now: Digests, at_hand: bool
) -> None:
    packed = {name: encode(table) for name, table in before.items()}
    told = Told({}, before) if at_hand else Told(packed, {})
    assert changed(told, now) == changed(before, now)
    assert {name: told.same(name, now[name]) for name in now} == {
        name: list(now[name].items()) == list(before.get(name, {}).items()) for name in now
    }
    assert (dict(told), len(told)) == (before, len(before))


def test_what_is_no_table_tells_nothing() -> None:
    assert dict(Told({"one": b"", "two": b"\xc1"}, {})) == {"one": {}, "two": {}}
