"""Notes that are kept come back as they were read; of private ones there is nothing to come back."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.keeping.halves import SECOND
from sitegen.keeping.signatures import Signatures, digest
from sitegen.keeping.store import open_store
from sitegen.model import Book, Client, Problem, Rep, Where
from sitegen.notes.book import read_book
from sitegen.notes.kept import CLIENT, Shelf, pack, unpack
from sitegen.notes.note import Note

ROOT = Path(__file__).parents[2]
SECRET = b"zyxwvut"


@lru_cache(maxsize=1)
def sample() -> Book:
    return read_book(ROOT, Config())


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_every_client_of_the_sample_comes_back(data: st.DataObject) -> None:
    client = data.draw(st.sampled_from(sample().clients))
    asked = []
    halves = CLIENT.encode(client)

    def wanted(which: int) -> bytes:
        asked.extend([SECOND] if which == SECOND else [])
        return halves[which]

    back = CLIENT.decode(client.key, wanted)
    assert (back.name, back.stage, back.owner, back.people) == (
        client.name,
        client.stage,
        client.owner,
        client.people,
    )
    assert not asked
    assert back == client
    assert len(asked) == 1


def test_reps_solutions_and_pages_come_back_with_their_problems() -> None:
    book = sample()
    problem = Problem(Where("a.md", 2, 3), "code", (("a", "b"),), "x", "y")
    for record in (*book.reps, *book.solutions, *book.pages):
        note = Note(record, (problem,))
        packed = pack(note, b"d")
        assert unpack(packed) == note
        assert not packed.secret


def test_of_a_private_note_only_its_names_are_packed() -> None:
    client = Client(
        "a", "clients/a.md", "A", native="甲", area="zyxwvut", html="zyxwvut", private=True, aliases=("B",)
    )
    packed = pack(Note(client), b"d")
    assert SECRET not in b"".join((packed.about, *packed.halves))
    back = unpack(packed).record
    assert back == Client("a", "clients/a.md", "A", native="甲", private=True, aliases=("B",))
    assert pack(Note(client), b"d", keep_private=True).secret


@pytest.mark.parametrize("private", [False, True])
def test_a_note_with_a_private_problem_is_never_put_away(tmp_path: Path, private: bool) -> None:
    problem = Problem(Where("a.md"), "code", excerpt=SECRET.decode(), private=private)
    store = open_store(tmp_path, "v")
    shelf = Shelf(store, Signatures())
    packed = pack(Note(Rep("a", "A"), (problem,)), digest(b"text"))
    ((stamp, note),) = shelf.keep([("a.md", packed)], b"task")
    assert note.problems == (problem,)
    assert shelf.find("a.md", stamp) == note
    assert (Shelf(store, Signatures()).find("a.md", stamp) is None) is private
    store.commit()
    store.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert (SECRET in kept) is not private


def test_another_stamp_or_task_finds_nothing_and_what_is_gone_is_dropped(tmp_path: Path) -> None:
    store = open_store(tmp_path, "v")
    shelf = Shelf(store, Signatures())
    client = Client("a", "a.md", "A", html="<p>x</p>")
    ((stamp, _),) = shelf.keep([("a.md", pack(Note(client), digest(b"text")))], b"task")
    later = Shelf(store, Signatures())
    found = later.find("a.md", stamp)
    assert found is not None
    assert found.record == client
    assert later.find("a.md", digest(b"other")) is None
    note = tmp_path / "a.md"
    note.write_bytes(b"text")
    assert later.stamp("a.md", note, b"task") == stamp
    assert later.stamp("a.md", note, b"other task") != stamp
    assert later.stamp("unknown.md", note, b"task") == b""
    later.forget(set())
    assert Shelf(store, Signatures()).find("a.md", stamp) is None
