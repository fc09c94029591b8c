"""Pages kept packed: found by path and digest, dropped when nobody makes them, never believed when damaged."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import zstandard

from sitegen.keeping.store import Damaged, open_store
from sitegen.output.manifest import digest
from sitegen.planning.pages import LARGE, Packed, Pages, unpacked
from sitegen.site.framed import Framed


def test_a_page_comes_back_by_its_digest_and_others_are_dropped() -> None:
    store = open_store(Path(), "test", keep=False)
    pages = Pages(store, "here", keep=True)
    for path in ("a.html", "b.html"):
        pages.take(path, digest(path.encode()), pages.pack(path.encode()))
    pages.flush()
    assert pages.has("a.html", digest(b"a.html"))
    assert not pages.has("a.html", digest(b"other"))
    assert pages.find("b.html", digest(b"b.html")) == b"b.html"
    pages.lasting({"b.html"})
    assert not Pages(store, "here", keep=True).has("a.html", digest(b"a.html"))
    assert Pages(store, "here", keep=True).has("b.html", digest(b"b.html"))
    assert not Pages(store, "elsewhere", keep=True).has("b.html", digest(b"b.html"))


def _framed(top: bytes, main: bytes) -> Framed:
    return Framed(((top, "title"), (b"-", "main"), (b".", "")), {"title": b"t", "main": main})


def test_pages_in_two_share_their_frame_and_take_another_without_their_blocks() -> None:
    store = open_store(Path(), "test", keep=False)
    pages = Pages(store, "here", keep=True)
    made = {path: _framed(b"<html>", path.encode()) for path in ("a.html", "b.html")}
    for path, one in made.items():
        pages.take(path, digest(one.whole()), pages.pack(one))
    pages.lasting(made)
    assert len(list(store.stamps("frames here"))) == 1
    for path, one in made.items():
        assert pages.in_two(path, digest(one.whole()))
        assert pages.find(path, digest(one.whole())) == one.whole()
    other = _framed(b"<html lang=ja>", b"b.html")
    stamp, packed = pages.blocks("b.html")
    assert unpacked(packed) == other.blocks
    key, frame = pages.pack_frame(other.frame)
    pages.take("b.html", digest(other.whole()), Packed(b"", key, frame, stamp))
    pages.lasting(made)
    again = Pages(store, "here", keep=True)
    assert again.find("a.html", digest(made["a.html"].whole())) == made["a.html"].whole()
    assert again.find("b.html", digest(other.whole())) == other.whole()
    again.lasting({"b.html"})
    assert [len(list(store.stamps(f"{one} here"))) for one in ("pages", "blocks", "frames")] == [1, 1, 1]


def test_a_frame_that_was_dropped_is_kept_anew_when_it_comes_back() -> None:
    store = open_store(Path(), "test", keep=False)
    pages = Pages(store, "here", keep=True)
    for top in (b"<a>", b"<b>", b"<a>"):
        pages.begin()
        one = _framed(top, b"main")
        pages.take("a.html", digest(one.whole()), pages.pack(one))
        pages.lasting({"a.html"})
        assert Pages(store, "here", keep=True).find("a.html", digest(one.whole())) == one.whole()


@pytest.mark.parametrize("table", ["pages here", "blocks here", "frames here"])
def test_a_page_in_two_of_which_a_part_is_damaged_is_no_page(table: str) -> None:
    store = open_store(Path(), "test", keep=False)
    pages, one = Pages(store, "here", keep=True), _framed(b"<html>", b"main")
    pages.take("a.html", digest(one.whole()), pages.pack(one))
    pages.lasting({"a.html"})
    key, stamp = next(store.stamps(table))
    store.put(
        table,
        [
            (key, stamp[:-1] + b"?", b"")
            if table == "pages here"
            else (key, stamp, zstandard.compress(b"\x80"))
        ],
    )
    with pytest.raises(Damaged):
        Pages(store, "here", keep=True).find("a.html", digest(one.whole()))


def test_what_is_wanted_by_nobody_is_not_packed() -> None:
    store = open_store(Path(), "test", keep=False)
    assert Pages(store, "here", keep=False).pack(b"x") is None
    pages = Pages(store, "here", keep=True)
    pages.take("a.html", digest(b""), None)
    pages.flush()
    assert not pages.has("a.html", digest(b""))


@pytest.mark.parametrize("size", [LARGE - 1, LARGE, 3 * LARGE])
def test_what_is_large_is_packed_beside_the_work_and_kept_all_the_same(size: int) -> None:
    store = open_store(Path(), "test", keep=False)
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    pages, others = Pages(store, "here", keep=True), threading.active_count()
    pages.take_whole("a.json", digest(data), data)
    pages.commit()
    assert threading.active_count() == others
    assert pages.find("a.json", digest(data)) == data
    nobody = Pages(store, "elsewhere", keep=False)
    nobody.take_whole("a.json", digest(data), data)
    nobody.flush()
    assert not nobody.has("a.json", digest(data))


@pytest.mark.parametrize("value", [b"not packed", zstandard.compress(b"whole")[:-3]])
def test_damaged_bytes_are_no_page(value: bytes) -> None:
    store = open_store(Path(), "test", keep=False)
    store.put("pages here", [("a.html", bytes.fromhex(digest(b"whole")), value)])
    with pytest.raises(Damaged):
        Pages(store, "here", keep=True).find("a.html", digest(b"whole"))
