from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text import closest, distance, fold, nfc, path_text


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


@given(st.text(max_size=8), st.text(max_size=8))
def test_distance_is_symmetric_and_zero_for_equals_only(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


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
