"""Parts that clients give, kept between builds: what a build found stale and did not make anew is never believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.keeping.coding import encode
from sitegen.keeping.store import Store, open_store
from sitegen.planning.parts import Parts
from sitegen.site.sharing import Part, Shared

ROW: Part[str] = Part("row", lambda _site, client: client.name, str)
ASKED: Part[str] = Part("asked", lambda _site, client: client.name, str, kept=False)


def parts_of(store: Store) -> Parts:
    parts = Parts(store, "here")
    parts.ground = b"ground"
    parts.begin()
    return parts


def test_a_part_that_nobody_asked_for_again_is_gone() -> None:
    store = open_store(Path(), "test", keep=False)
    first = parts_of(store)
    for part in (ROW, ASKED):
        first.keep(part, "abe", "old", ())
    first.lasting()
    second = parts_of(store)
    second.throw_away(["abe"])
    second.keep(ROW, "abe", "new", ())
    second.lasting()
    for later in (second, parts_of(store)):
        assert later.find(ROW, "abe") == "new"
        assert later.find(ASKED, "abe") is None
        assert dict(later.all(ASKED)) == {}


def test_a_part_that_is_held_is_the_newest() -> None:
    parts = parts_of(open_store(Path(), "test", keep=False))
    parts.holding = True
    for value in ("old", "new"):
        parts.take(ROW.name, "abe", encode(value))
        assert dict(parts.all(ROW)) == {"abe": value}


STEPS = st.lists(
    st.tuples(
        st.sets(st.sampled_from("abc")),
        st.sets(st.tuples(st.sampled_from(["row", "asked"]), st.sampled_from("abc"))),
    ),
    max_size=5,
)


@settings(deadline=None, max_examples=60)
@given(steps=STEPS, fresh=st.booleans(), holding=st.booleans())
def test_what_is_found_is_what_was_made_last(
    steps: list[tuple[set[str], set[tuple[str, str]]]], fresh: bool, holding: bool
) -> None:
    store = open_store(Path(), "test", keep=False)
    parts, now = parts_of(store), dict[tuple[str, str], str]()
    known = {"row": ROW, "asked": ASKED}
    for number, (stale, made) in enumerate(steps):
        parts = parts_of(store) if fresh else parts
        parts.holding = holding
        parts.throw_away(stale)
        now = {one: value for one, value in now.items() if one[1] not in stale}
        for name, key in sorted(made):
            value = now[name, key] = f"{number}"
            parts.keep(known[name], key, value, ())
        wanted = {name: {key: value for (told, key), value in now.items() if told == name} for name in known}
        assert {name: dict(parts.all(part)) for name, part in known.items()} == wanted
        parts.lasting()
        for name, part in known.items():
            expected = wanted[name]
            assert dict(parts.all(part)) == expected
            assert {key: one for key in "abc" if (one := parts.find(part, key))} == expected
            assert dict(parts_of(store).all(part)) == expected


@pytest.mark.parametrize("stands", [True, False])
def test_a_shared_table_is_taken_up_where_it_stands_and_nowhere_else(stands: bool) -> None:
    store = open_store(Path(), "test", keep=False)
    shared: Shared[tuple[str, ...]] = Shared("lists", lambda _: {}, tuple[str, ...])
    table = {"a": ("x", "y"), "b": ()}
    parts = parts_of(store)
    parts.keep_table(shared, b"stamp", table)
    assert parts.table(shared) is None
    assert (parts.last_table(shared, b"stamp"), parts.has_table(shared, b"stamp")) == (table, True)
    assert not parts_of(store).has_table(shared, b"stamp")
    parts.flush()
    later = parts_of(store)
    assert (later.last_table(shared, b"other"), later.has_table(shared, b"stamp")) == (None, True)
    later.stand(shared, b"stamp" if stands else b"other")
    assert later.table(shared) == (table if stands else None)
    store.put("states", [("parts here table lists", b"stamp", encode(table)[:-1])])
    later.stand(shared, b"stamp")
    assert later.table(shared) is None
