"""Many small values to a row: what is read is what was put last, whatever blocks it came to lie in."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows_kept import rows_of

from sitegen.keeping import blocks
from sitegen.keeping.blocks import KEYS, Blocks
from sitegen.keeping.coding import decode, encode
from sitegen.keeping.store import FOLDER, NAME, Store, open_store

TABLE, STAMP = "parts of here", b"1"


def fresh() -> Store:
    return open_store(Path(), "test", keep=False)


def put(kept: Blocks, *names: str, value: str = "", stamp: bytes = STAMP) -> None:
    kept.put(TABLE, stamp, {name: encode(value or name) for name in names})


def test_few_values_join_the_last_block_and_many_make_blocks_of_their_own() -> None:
    store = fresh()
    kept = Blocks(store)
    put(kept, *(f"{n:04}" for n in range(500)))
    for name in ("a", "b", "0007"):
        put(kept, name, value="new")
    assert [key for key, _ in store.stamps(TABLE)] == ["00000001", "00000002"]
    found = kept.all(TABLE, STAMP, str)
    assert len(found) == 502
    assert (found["a"], found["0007"], found["0008"]) == ("new", "new", "0008")
    assert decode(kept.one(TABLE, "0007", STAMP) or b"", str) == "new"
    assert kept.one(TABLE, "none", STAMP) is None


def test_a_heavy_block_is_cut() -> None:
    store = fresh()
    put(Blocks(store), *"abcde", value="x" * 100_000)
    assert [len(value) // 100_000 for _, _, value in sorted(rows_of(store, TABLE))] == [3, 2]


def test_another_stamp_is_another_table() -> None:
    store = fresh()
    kept = Blocks(store)
    put(kept, "a")
    assert kept.all(TABLE, b"2", str) == {}
    assert kept.one(TABLE, "a", b"2") is None
    kept.forget()
    put(kept, "b", stamp=b"2")
    assert kept.all(TABLE, b"2", str) == {"b": "b"}
    assert [made for _, made in store.stamps(TABLE)] == [b"2"]
    assert [made for _, made in store.stamps(KEYS + TABLE)] == [b"2"]


def test_what_no_longer_counts_is_cleared_away() -> None:
    store = fresh()
    kept = Blocks(store)
    for turn in range(5):
        put(kept, *(f"{n:04}" for n in range(300)), value=f"{turn}")
        kept.tidy(TABLE, STAMP)
    assert len(list(store.stamps(TABLE))) == 1
    assert set(kept.all(TABLE, STAMP, str).values()) == {"4"}


def test_small_edits_do_not_heap_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LAST", 10)
    store = fresh()
    kept = Blocks(store)
    for turn in range(400):
        put(kept, f"{turn % 20}", value=f"{turn}")
    assert len(list(store.stamps(TABLE))) < 6
    assert kept.all(TABLE, STAMP, str) == {f"{turn % 20}": f"{turn}" for turn in range(380, 400)}


@pytest.mark.parametrize("table", [TABLE, KEYS + TABLE])
@pytest.mark.parametrize("harm", ["UPDATE \"{}\" SET value = x'00'", 'DELETE FROM "{}"'])
def test_where_a_block_is_damaged_no_older_value_comes_back(tmp_path: Path, table: str, harm: str) -> None:
    store = open_store(tmp_path, "v")
    put(Blocks(store), *"abc", value="x" * 200_000)
    put(Blocks(store), *"ac", value="y" * 200_000)
    store.commit()
    store.close()
    with sqlite3.connect(tmp_path / FOLDER / NAME) as db:
        db.execute(f"{harm.format(table)} WHERE key = '00000002'")
    db.close()
    store = open_store(tmp_path, "v")
    kept = Blocks(store)
    if table == TABLE or "DELETE" in harm:
        assert kept.all(TABLE, STAMP, str) == {}
    assert kept.one(TABLE, "a", STAMP) is None
    put(kept, "d")
    assert kept.all(TABLE, STAMP, str) == {"d": "d"}
    assert Blocks(store).all(TABLE, STAMP, str) == {"d": "d"}


def test_nothing_of_what_was_dropped_is_left_in_any_block() -> None:
    store = fresh()
    kept = Blocks(store)
    put(kept, *(f"{n:04}" for n in range(300)), "secret", value="xyzzy")
    put(kept, *(f"{n:04}" for n in range(300)), value="new")
    put(kept, "secret", value="plugh")
    kept.drop(TABLE, STAMP, ["secret", "0001"])
    assert set(kept.all(TABLE, STAMP, str)) == {f"{n:04}" for n in range(300)} - {"0001"}
    rows = [value for table in (TABLE, KEYS + TABLE) for _, _, value in rows_of(store, table)]
    assert not any(word in value for value in rows for word in (b"secret", b"plugh"))


def test_two_who_write_take_no_block_from_each_other(tmp_path: Path) -> None:
    stores = []
    for _ in range(2):
        stores.append(open_store(tmp_path, "v"))
        stores[-1].commit()
    for number, store in enumerate(stores):
        put(Blocks(store), *(f"{number} {n}" for n in range(300)))
        store.commit()
    assert len(Blocks(stores[0]).all(TABLE, STAMP)) == 600


STEPS = st.lists(
    st.tuples(st.sets(st.sampled_from("abcdefgh"), max_size=8), st.sampled_from(["put", "drop", "tidy"])),
    max_size=25,
)


@settings(deadline=None, max_examples=150)
@given(steps=STEPS, last=st.integers(1, 6), weight=st.integers(1, 40), again=st.booleans())
def test_what_is_read_is_what_was_put_last(
    steps: list[tuple[set[str], str]], last: int, weight: int, again: bool
) -> None:
    store = fresh()
    kept, now = Blocks(store), dict[str, str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "LAST", last)
        patch.setattr(blocks, "WEIGHT", weight)
        for number, (keys, deed) in enumerate(steps):
            kept = Blocks(store) if again else kept
            if deed == "put":
                put(kept, *sorted(keys), value=f"{number}")
                now |= dict.fromkeys(keys, f"{number}")
            elif deed == "drop":
                kept.drop(TABLE, STAMP, keys)
                now = {key: value for key, value in now.items() if key not in keys}
            elif store.has(TABLE):
                kept.tidy(TABLE, STAMP)
            if store.has(TABLE):
                assert kept.all(TABLE, STAMP, str) == now
            for key in "abcdefgh":
                found = kept.one(TABLE, key, STAMP)
                assert (None if found is None else decode(found, str)) == now.get(key)
