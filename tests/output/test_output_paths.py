"""Which paths a site may hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.output.errors import PathClash, PathError
from sitegen.output.paths import PLAIN, Claims, fault, key, parents


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "clients/大和精密.html",
        "a/b/c.js",
        "clients/con artist.html",
        "_x",
        "a..b/c",
        "conx",
        ".nojekyll",
    ],
)
def test_ordinary_paths_are_fine(path):
    assert fault(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "C:/x",
        "a\\b",
        "con.html",
        "a/NUL",
        "lpt1.txt.html",
        "x.",
        "x ",
        "a?b",
        "a\x00b",
        "a\nb",
        'a"b',
        ".kayoi/manifest.json",
        ".KAYOI/x",
        ".git/config",
        "\ud800",
        "あ" * 86,
    ],
)
def test_paths_that_some_system_refuses_are_an_error(path):
    with pytest.raises(PathError):
        Claims().claim(path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.html", "a.html"),
        ("Abe.html", "abe.html"),
        ("ガ.html", unicodedata.normalize("NFD", "ガ.html")),
        ("É/x", "e\u0301/X"),
        ("a", "a/b"),
        ("a/b/c", "A"),
        ("a/b/c", "a/B"),
    ],
)
def test_two_outputs_of_one_path_are_an_error(one, other):
    claims = Claims()
    claims.claim(one)
    with pytest.raises(PathClash):
        claims.claim(other)


def test_folders_may_be_shared():
    claims = Claims()
    for path in ("a/b", "a/c", "A/d", "a/e/f"):
        claims.claim(path)
    assert list(claims.files.values()) == ["a/b", "a/c", "A/d", "a/e/f"]


def test_parents_come_outermost_first():
    assert parents("a/b/c.html") == ("a", "a/b")
    assert parents("c.html") == ()


@given(st.text(max_size=8))
def test_a_key_does_not_change_with_case_or_normal_form(text):
    assert key(text) == key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text))
    assert key(key(text)) == key(text)
    assert key("ab" + text.lower()) == key("AB" + text.lower())


@given(st.from_regex(PLAIN.__self__, fullmatch=True))
def test_a_plain_path_has_no_fault(path):
    assert fault(path) == ""


def test_many_are_taken_as_one_by_one():
    claims = Claims()
    claims.claim("Lists/first.html")
    claims.claim_all(["clients/abe.html", "lists/all.html"])
    assert set(claims.files.values()) == {"Lists/first.html", "clients/abe.html", "lists/all.html"}
    for taken in (
        ["clients/ABE.html"],
        ["new.html", "New.html"],
        ["lists"],
        ["clients/abe.html/deeper.html"],
    ):
        with pytest.raises(PathClash):
            claims.claim_all(taken)
