from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.text import Nearest, closest, distance, fold, nfc, path_text


def test_nfc_composes() -> None:
    assert nfc(unicodedata.normalize("NFD", "ガイド Ōta")) == "ガイド Ōta"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ヤマト　精密", "やまと 精密"),
        ("ﾔﾏﾄ", "やまと"),
        ("ＹＡＭＡＴＯ  Precision", "yamato precision"),
        ("Straße", "STRASSE"),
        (" Sato\tKenji ", "sato kenji"),
        ("カ\u3099", "が"),
    ],
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_different_names_apart() -> None:
    assert fold("大和精密") != fold("大和精機")
    assert fold("ハハ") != fold("パパ")


@settings(deadline=None)
@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("stages", "stage"),
        ("satge", "stage"),
        ("Stage", "stage"),
        ("probabel", "probable"),
        ("nxt", "next"),
        ("site", ""),
        ("", ""),
        ("x", ""),
        ("website", ""),
    ],
)
def test_closest(word: str, near: str) -> None:
    assert closest(word, ["name", "stage", "size", "next", "probable"]) == near


def test_closest_prefers_the_nearer_and_then_the_first() -> None:
    assert closest("Yamato Precisoin", ["Yamato Precisions", "Yamato Precision"]) == "Yamato Precision"
    assert closest("stagex", ["stagea", "stageb"]) == "stagea"


@settings(deadline=None)
@given(st.text(max_size=8), st.text(max_size=8))
def test_distance_is_symmetric_and_zero_for_equals_only(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


def _plain_distance(one: str, other: str) -> int:
    """The definition, without a short cut."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = [i + j] if not i or not j else []
            if i and j:
                ways += [
                    rows[i - 1][j] + 1,
                    rows[i][j - 1] + 1,
                    rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
                ]
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                ways.append(rows[i - 2][j - 2] + 1)
            rows[i][j] = min(ways)
    return rows[-1][-1]


_LETTERS = st.text("abcアあｱ大和\u3099", max_size=12)


@settings(deadline=None)
@given(_LETTERS, _LETTERS)
def test_distance_is_what_its_definition_says(one: str, other: str) -> None:
    assert distance(one, other) == _plain_distance(one, other)


@st.composite
def _slipped(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Words, and others that are mostly a few slips from one of them."""
    words = draw(st.lists(st.one_of(_LETTERS, st.text("abc mn", min_size=7, max_size=14)), max_size=8))
    asked = draw(st.lists(_LETTERS, max_size=2))
    for word in words:
        letters = list(word)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, max(0, len(letters) - 1)))
            how = draw(st.sampled_from(("add", "drop", "change", "swap")))
            new = [draw(st.sampled_from("abc大"))] if how in ("add", "change") else []
            old = letters[at : at + 2]
            letters[at : at + {"add": 0, "swap": 2}.get(how, 1)] = old[::-1] if how == "swap" else new
        asked.append("".join(letters))
    return words, asked


@settings(deadline=None)
@given(_slipped())
def test_the_nearest_of_many_is_the_closest_of_each(given: tuple[list[str], list[str]]) -> None:
    words, asked = given
    many = Nearest(words)
    assert [many.closest(word) for word in asked] == [closest(word, words) for word in asked]
    assert [many.closest(word) for word in asked] == [closest(word, words) for word in asked]  # asked again


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (b"content/a.md", "content/a.md"),
        ("clients/か\u3099.md".encode(), "clients/が.md"),
        ("clients/営業/ソ表.md".encode("cp932"), "clients/営業/ソ表.md"),
        ("営業/".encode() + "表.md".encode("cp932"), "営業/表.md"),
        (b"a/\x83.md\xff\x81", "a/\ufffd.md\ufffd\ufffd"),
    ],
)
def test_a_path_of_any_bytes_is_text(name: bytes, text: str) -> None:
    assert path_text(name.decode("utf-8", "surrogateescape")) == text
