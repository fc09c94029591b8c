"""The file beside the book: whatever is wrong with it, it counts as empty, and nobody is stopped."""

from __future__ import annotations

import gc
import os
import sqlite3
from pathlib import Path

import pytest
from rows_kept import rows_of

from sitegen.keeping.store import FOLDER, NAME, Damaged, open_store

ROWS = [("a", b"1", b"first " * 9), ("b", b"2", b"second " * 9)]


def filled(root: Path, made_with: str = "v") -> Path:
    store = open_store(root, made_with)
    store.put("notes", ROWS)
    store.commit()
    store.close()
    return root / FOLDER / NAME


def rows(root: Path, made_with: str = "v") -> list[str]:
    store = open_store(root, made_with)
    found = sorted(key for key, _, _ in rows_of(store, "notes"))
    store.close()
    return found


def test_rows_come_back_are_replaced_and_dropped(tmp_path: Path) -> None:
    filled(tmp_path)
    store = open_store(tmp_path, "v")
    assert sorted(rows_of(store, "notes")) == ROWS
    assert store.one("notes", "a", ROWS[0][1]) == ROWS[0][2]
    assert list(store.some("notes", ["b", "none"])) == [ROWS[1]]
    store.put("notes", [("a", b"9", b"other")])
    store.drop("notes", ["b", "none"])
    assert list(rows_of(store, "notes")) == [("a", b"9", b"other")]
    assert store.weight("notes") == len(b"other")
    assert (tmp_path / FOLDER / ".gitignore").read_text(encoding="ascii") == "*\n"
    with pytest.raises(Damaged):
        store.one("notes", "b", ROWS[1][1])


def test_what_was_not_committed_is_lost(tmp_path: Path) -> None:
    filled(tmp_path)
    store = open_store(tmp_path, "v")
    store.put("notes", [("c", b"", b"")])
    store.close()
    assert rows(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("column", ["key", "stamp", "value"])
def test_a_row_in_which_a_byte_is_another_is_not_there(tmp_path: Path, column: str) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as db:
        changed = {"key": "'A'", "stamp": "x'33'", "value": "cast(replace(value, 'first', 'worst') AS BLOB)"}
        db.execute(f"UPDATE notes SET {column} = {changed[column]} WHERE key = 'a'")  # noqa: S608
    db.close()
    assert rows(tmp_path) == ["b"]
    store = open_store(tmp_path, "v")
    assert list(store.some("notes", ["a", "A"])) == []
    with pytest.raises(Damaged):
        store.one("notes", "a", ROWS[0][1])
    with pytest.raises(Damaged):
        store.one("notes", "A", ROWS[0][1])


def test_bytes_flipped_anywhere_in_the_file_give_no_wrong_row(tmp_path: Path) -> None:
    file = filled(tmp_path)
    whole = file.read_bytes()
    at = whole.index(b"second second")
    for place in (at, at + 20, 0, 18, 100, 4096, len(whole) // 2):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        store = open_store(tmp_path, "v")
        try:
            assert set(rows_of(store, "notes")) <= set(ROWS)
        except Damaged:
            pass
        finally:
            store.close()


@pytest.mark.parametrize("content", [b"no database" * 99, b"", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_of_something_else_counts_as_empty_and_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    file = filled(tmp_path)
    file.write_bytes(content)
    assert rows(tmp_path) == []
    filled(tmp_path)
    assert rows(tmp_path) == ["a", "b"]


def test_what_another_version_kept_counts_as_empty(tmp_path: Path) -> None:
    filled(tmp_path, "old")
    assert rows(tmp_path, "new") == []


def test_where_nothing_can_be_written_a_temporary_store_does_the_work(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way", encoding="ascii")
    store = open_store(tmp_path, "v")
    store.put("notes", ROWS[:1])
    assert list(rows_of(store, "notes")) == ROWS[:1]
    assert tmp_path not in store.file.parents
    store.close()
    folder = store.file.parent
    del store  # no record waits in it any more
    gc.collect()
    assert not folder.exists()
    assert (tmp_path / FOLDER).read_text(encoding="ascii") == "in the way"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may write anywhere")
def test_a_read_only_folder_gets_a_temporary_store(tmp_path: Path) -> None:
    filled(tmp_path)
    folder = tmp_path / FOLDER
    for one in (folder / NAME, folder):
        one.chmod(0o500)
    try:
        store = open_store(tmp_path, "v")
        store.put("notes", ROWS[:1])
        assert tmp_path not in store.file.parents
        store.close()
    finally:
        folder.chmod(0o700)


def test_nobody_who_wants_nothing_kept_finds_anything(tmp_path: Path) -> None:
    store = open_store(tmp_path, "v", keep=False)
    store.put("notes", ROWS[:1])
    store.commit()
    store.close()
    assert list(tmp_path.iterdir()) == []
    folder = store.file.parent
    del store  # no record waits in it any more
    gc.collect()
    assert not folder.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
def test_a_copy_of_the_process_reads_by_itself(tmp_path: Path) -> None:
    filled(tmp_path)
    store = open_store(tmp_path, "v")
    child = os.fork()
    if not child:
        try:
            os._exit(0 if store.one("notes", "a", ROWS[0][1]) == ROWS[0][2] else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.one("notes", "b", ROWS[1][1]) == ROWS[1][2]


def test_two_at_once_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    monkeypatch.setattr("sitegen.keeping.store._WAIT", 0.01)
    one, two = open_store(tmp_path, "v"), open_store(tmp_path, "v")
    one.put("notes", [("one", b"", b"")])
    with pytest.raises(Damaged):
        two.put("notes", [("two", b"", b"")])
    one.commit()
    two.put("notes", [("two", b"", b"")])
    two.commit()
    one.close()
    two.close()
    assert rows(tmp_path) == ["a", "b", "one", "two"]


def test_a_file_found_malformed_while_writing_is_begun_anew_by_the_next_build(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    data = bytearray(file.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(data)
    store = open_store(tmp_path, "v")
    with pytest.raises(Damaged):
        store.put("notes", ROWS)
    store.close()
    assert rows(tmp_path) == []
    assert filled(tmp_path) == file
    assert rows(tmp_path) == ["a", "b"]


def test_rows_of_other_types_are_not_there(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as db:
        db.execute(
            "INSERT INTO notes VALUES (NULL, x'00', 0, x'00'), ('t', 'text', -1, x'00'), ('u', NULL, -1, 7)"
        )
    db.close()
    assert rows(tmp_path) == ["a", "b"]


def test_what_stands_under_a_stamp_is_read_at_once_and_only_whole(tmp_path: Path) -> None:
    file = filled(tmp_path)
    store = open_store(tmp_path, "v")
    store.put("notes", [("c", b"1", b"third"), ("d", b"1", b"fourth")])
    store.commit()
    assert store.under("notes", b"1") == {"a": ROWS[0][2], "c": b"third", "d": b"fourth"}
    with sqlite3.connect(file) as db:
        db.execute("UPDATE notes SET value = ? WHERE key = 'c'", (b"other",))
    assert store.under("notes", b"1") == {"a": ROWS[0][2], "d": b"fourth"}
    with sqlite3.connect(file) as db:
        db.execute("UPDATE notes SET value = 'text' WHERE key = 'd'")  # no bytes at all
    assert store.under("notes", b"1") == {"a": ROWS[0][2]}


@pytest.mark.parametrize("word", [b"CREATE TABLE about", b'CREATE TABLE "notes"'])
def test_a_table_whose_own_words_are_no_text_any_more_counts_as_empty(tmp_path: Path, word: bytes) -> None:
    """What SQLite says of it then holds the byte, and can't be read either."""
    file = filled(tmp_path)
    whole = file.read_bytes()
    at = whole.index(b"(", whole.index(word))
    file.write_bytes(whole[:at] + b"\x9f" + whole[at + 1 :])
    assert rows(tmp_path) == []
    filled(tmp_path)
    assert rows(tmp_path) == ["a", "b"]
