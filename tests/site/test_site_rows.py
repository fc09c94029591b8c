import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.kana import LATIN, OTHER, kana_key, letter, row
from sitegen.site.rows import paged, where_headings


def client(name: str, reading: str = "") -> Client:
    return Client(key=name, path="p", name=name, reading=reading)


def test_pages_of_a_list_keep_headings_together() -> None:
    headed = [("A", 1), ("A", 2), ("B", 3), ("B", 4), ("C", 5)]
    pages = list(paged(headed, 2))
    assert pages == [[("A", [1, 2])], [("B", [3, 4])], [("C", [5])]]
    assert list(paged(headed, 3)) == [[("A", [1, 2]), ("B", [3])], [("B", [4]), ("C", [5])]]
    assert where_headings(list(paged(headed, 3))) == {"A": 0, "B": 0, "C": 1}
    assert list(paged([], 3)) == [[]]


@given(st.lists(st.sampled_from("ABC")).map(sorted), st.integers(1, 5))
def test_paging_loses_nothing(headings: list[str], size: int) -> None:
    items = list(enumerate(headings))
    pages = list(paged(((h, n) for n, h in items), size))
    assert [n for page in pages for _, rows in page for n in rows] == [n for n, _ in items]
    assert all(sum(len(rows) for _, rows in page) <= size for page in pages)


def test_letters_and_rows() -> None:
    assert [letter(client(n)) for n in ("abc", "Ōta Gear", "ｘ社", "大和", "3M")] == [
        "A",
        "O",
        "X",
        OTHER,
        OTHER,
    ]
    assert row(client("大和精密", "やまとせいみつ")) == "や"
    assert row(client("ガスト")) == "か"
    assert row(client("ﾊﾟﾝ屋")) == "は"
    assert row(client("Yamato")) == LATIN
    assert row(client("大和精密")) == OTHER
    assert row(client("x", "ヴィラ")) == "あ"
    assert row(client("x", "ゃ")) == "や"


def test_voiced_kana_sort_after_plain_ones() -> None:
    found = sorted((client(r, r) for r in ("がま", "かも", "かま", "カモ")), key=kana_key)
    assert [c.name for c in found] == ["かま", "がま", "かも", "カモ"]


def test_days_in_each_language() -> None:
    day = dt.date(2026, 11, 20)
    assert dates.long(day, "en") == '<time datetime="2026-11-20">Fri 20 Nov 2026</time>'
    assert dates.long(day, "ja") == '<time datetime="2026-11-20">2026年11月20日（金）</time>'
    assert dates.near(day, dt.date(2026, 1, 1), "en").striptags() == "20 Nov"
    assert dates.near(day, dt.date(2025, 1, 1), "en").striptags() == "20 Nov 2026"
    assert dates.full(day, "en").striptags() == "Friday 20 November 2026"
