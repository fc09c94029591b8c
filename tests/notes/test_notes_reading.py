from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.notes.reading import decode, looks_private

NOTE = "---\nname: 大和精密\nprivate: true\n---\n社長は値札を全部そらで言える。カタカナもあります。\n"
PUBLIC = NOTE.replace("private: true", "private: false")


def codes(data: bytes) -> list[tuple[str, dict[str, str]]]:
    return [(p.code, dict(p.params)) for p in decode(data, "a.md")[1]]


@pytest.mark.parametrize(
    "data",
    [
        NOTE.encode(),
        NOTE.encode("utf-8-sig"),
        NOTE.replace("\n", "\r\n").encode(),
        NOTE.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", NOTE).encode(),
    ],
)
def test_utf8_in_all_its_dresses_is_one_text(data: bytes) -> None:
    assert decode(data, "a.md") == (NOTE, ())


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-16", "UTF-16 LE"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
        ("utf-32", "UTF-32 LE"),
        ("utf-32-le", "UTF-32 LE"),
        ("utf-32-be", "UTF-32 BE"),
        ("cp932", "Shift_JIS (cp932)"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP (JIS)"),
    ],
)
def test_other_encodings_are_named_and_private_is_seen_in_them(codec: str, name: str) -> None:
    data = NOTE.encode(codec)
    assert decode(data, "a.md")[0] is None
    assert codes(data) == [("file-encoding", {"encoding": name})]
    assert looks_private(data)
    assert not looks_private(PUBLIC.encode(codec))


def test_utf16_with_little_ascii_is_still_named() -> None:
    assert codes(("社長は値札を全部そらで言える。" * 20 + "a\n").encode("utf-16-le"))[0][0] in (
        "file-encoding",
        "file-bad-bytes",
    )
    assert decode(("社長は値札を全部そらで言える。" * 20).encode("utf-16-le"), "a.md")[0] is None


def test_one_bad_byte_is_shown_with_its_place() -> None:
    text, problems = decode("一行目\r\n値札を\r\n".encode() + b"\xff\r\n", "a.md")
    assert text is None
    assert [(p.code, p.where.line, p.where.col, dict(p.params)) for p in problems] == [
        ("file-bad-bytes", 3, 1, {"byte": "0xFF"})
    ]


def test_control_characters_are_taken_out_and_told() -> None:
    text, problems = decode(b"a\x00b\n\tc\x1b[31m\x07\n", "a.md")
    assert text == "ab\n\tc[31m\n"
    assert [(p.code, p.severity, p.where.line, p.where.col, dict(p.params)) for p in problems] == [
        ("file-controls", "warning", 1, 2, {"count": "3"})
    ]


def test_too_large_is_told_in_words() -> None:
    assert decode(b"x" * 101, "a.md", limit=100)[0] is None
    assert decode(b"x" * 100, "a.md", limit=100) == ("x" * 100, ())
    assert codes(b"x" * 2_500_000) == [("file-too-large", {"size": "2.5", "limit": "2.0"})]


@pytest.mark.parametrize(
    "line",
    [
        "private: true",
        "private: True",
        "private:true",
        "private：true",
        "ｐｒｉｖａｔｅ： はい",
        "Private: yes",
        "'private': 1",
        '{name: X, "private": true}',
        "pirvate: true",
        "privat: yes",
        "privte: true",
        "private:",
        "private: ture",
        "private = true",
        "private",
        "社外秘: はい",
        "confidential: true",
    ],
)
def test_private_is_seen_however_it_is_written(line: str) -> None:
    assert looks_private(f"---\nname: [X\n{line}\n---\ntext".encode())


@pytest.mark.parametrize(
    "line",
    [
        "private: false",
        "private: no",
        "private: いいえ",
        "provide: true",
        "confidential: contract terms",
        "name: Private Bank",
        "",
    ],
)
def test_what_is_not_private(line: str) -> None:
    assert not looks_private(f"---\nname: [X\n{line}\n---\ntext".encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_taken(data: bytes) -> None:
    text, problems = decode(data, "a.md")
    assert text is not None or problems
    assert text is None or not set(text) & set(map(chr, (*range(9), *range(11, 32), 127)))
    assert isinstance(looks_private(data), bool)


@given(st.text())
def test_any_text_comes_back_composed(text: str) -> None:
    read, _ = decode(text.encode("utf-8", "replace"), "a.md")
    assert read is None or unicodedata.is_normalized("NFC", read)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_private_is_seen_in_plain_ascii_of_two_bytes(codec: str) -> None:
    assert looks_private("---\nname: X\nprivate: yes\n---\n".encode(codec))
