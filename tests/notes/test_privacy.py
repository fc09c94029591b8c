from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.notes.privacy import cut, cut_told, unfill
from sitegen.notes.problems import FILLER, Shown


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("open %%secret%% open", "open  open"),
        ("a <!-- secret --> b", "a  b"),
        ("a %%se\n\ncret%% b", "a \n\n b"),
        ("a <!--\nsecret\n-->\nb", "a \n\n\nb"),
        ("a ％％秘密％％ b", "a  b"),
        ("a %% secret <!-- deeper %% still --> b", "a  b"),
        ("a %% x <!-- y --> z %% b", "a  b"),
        ("a <!-- 50%% --> b %%secret%% c", "a  b  c"),
        ("100% sure", "100% sure"),
        ("A --> B", "A --> B"),
        ("%<!-- x -->%secret", ""),
        ("", ""),
    ],
)
def test_private_parts_go(text: str, left: str) -> None:
    assert cut(text).text == left


def test_what_is_never_closed_is_private_to_the_end() -> None:
    shown = Shown("a.md", ["open", "x %% secret", "more"], 10)
    text, problems = cut_told("open\nx %% secret\nmore", shown)
    assert text == "open\nx \n"
    assert [(p.code, p.where.line, p.where.col) for p in problems] == [("private-unclosed", 11, 3)]
    assert problems[0].excerpt == "x"


def test_the_excerpt_of_an_open_mark_shows_nothing_private() -> None:
    text = "a %% b\nSECRET %% c %% SECRET"
    assert cut_told(text, Shown("a.md", text.split("\n")))[1][0].excerpt == " c"


def test_an_open_comment_has_its_own_message() -> None:
    assert cut_told("x <!-- y", Shown("a.md"))[1][0].code == "comment-unclosed"


def test_keeping_drops_only_the_marks() -> None:
    assert cut("a %%b <!-- c --> d%% e --> f", keep=True).text == "a b  c  d e --> f"


def test_filling_keeps_columns() -> None:
    assert cut("a %%b\nc%% d", fill="x").text == "a xxx\nxxx d"
    assert unfill(f"Yamato {FILLER * 8} Precision") == "Yamato Precision"


pieces = st.lists(
    st.sampled_from(["%%", "<!--", "-->", "\n", "%", "％", "a", " ", "<!", "--", "->"]), max_size=30
)


@given(pieces)
def test_lines_stay_and_no_mark_is_left(parts: list[str]) -> None:
    text = "".join(parts)
    for result in (cut(text), cut(text, fill="x")):
        assert result.text.count("\n") == text.count("\n")
        assert "%%" not in result.text
        assert "<!--" not in result.text
        assert cut(result.text).text == result.text
    assert len(cut(text, fill="x").text) == len(text)
    assert cut(text, keep=True).text.count("\n") == text.count("\n")


@given(pieces, pieces)
def test_what_stands_between_marks_never_gets_out(before: list[str], after: list[str]) -> None:
    for opening, closing in (("%%", "%%"), ("<!--", "-->")):
        prefix = "".join(p for p in before if p not in ("%%", "％", "%", "<!--", "<!", "--", "->", "-->"))
        assert "SECRET" not in cut(f"{prefix}{opening}SECRET{closing}{''.join(after)}").text
