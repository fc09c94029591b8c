"""Pages kept packed: found by path and digest, dropped when nobody makes them, never believed when damaged."""

from __future__ import annotations

import threading
import zlib
from pathlib import Path

import pytest

from sitegen.keeping.store import Damaged, open_store
from sitegen.output.manifest import digest
from sitegen.planning.pages import LARGE, Pages


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


def test_what_is_wanted_by_nobody_is_not_packed() -> None:
    store = open_store(Path(), "test", keep=False)
    assert Pages(store, "here", keep=False).pack(b"x") == b""
    pages = Pages(store, "here", keep=True)
    pages.take("a.html", digest(b""), b"")
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


@pytest.mark.parametrize("value", [b"no zlib", zlib.compress(b"whole")[:-3]])
def test_damaged_bytes_are_no_page(value: bytes) -> None:
    store = open_store(Path(), "test", keep=False)
    store.put("pages here", [("a.html", bytes.fromhex(digest(b"whole")), value)])
    with pytest.raises(Damaged):
        Pages(store, "here", keep=True).find("a.html", digest(b"whole"))
