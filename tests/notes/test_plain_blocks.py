"""An entry read by its lines is what the library's tokens would make of it, whatever stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.model import Person
from sitegen.notes import line_shapes, pieces
from sitegen.notes.entries import Body, Source, read_body
from sitegen.notes.vocabulary import kind_words

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = (Person("Ito Haruka"), Person("佐藤健二"))

LINES = st.sampled_from(
    [
        *("", "", "", " ", "## 2026-11-06 visit with Ito Haruka", "### More", "## 2026-11-07 call – 佐藤様", "# Ginza"),
        *("- need: x", "- need (佐藤様): a < b & \"c\"", "- ITO: y", "- introduced: [[Ginza Foods]] and more", "- plain"),
        *("- [ ] send it 📅 2026-11-13", "- [x] **done**", "- [-] gone", "- [ ] [[Ito]]", "- [ ]\tx", "- [ ] ", "- unanswered"),
        *("text", "text.  ", "次の", "行です。続く", "a **b** c", "[[Ginza Foods|them]]", "a & b", "a &amp; b", "1 < 2", "!", "![["),
        *("![a](b.png)", "[a](b.md)", "<https://x.y>", "11/6（金）TEL", "2026-11-06 visit", "2026-02-30", "R8.1.2 訪問", "H"),
        *("* a", "・要望：x", "> q", "| a |", "---", "===", "  indented", "- - c", "1. d", "x\u00a0", "- \u3000x", "- need： "),
        *("- stage: wonn", "- ned: x", "- business: maybe", "- a\\", "## 2026-11-08 visit #private", "x[^1]", "[^1]: f", "[a]: /x", "```"),
    ]
)  # fmt: skip
TEXTS = st.lists(LINES | st.text(max_size=5), max_size=12).map("\n".join)
ENTRY = "## 2026-11-09 meeting\n\n"


def read(text: str) -> Body:
    return read_body(Source("a.md", text.split("\n"), 1, PEOPLE, kind_words(), "clients/x/a.md"))


def by_tokens(text: str) -> Body:
    """As the library reads it: the whole body at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "goes_by_lines", lambda _: False)
        return read(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("- a\n\n- need: b\n\nc")
@example("- a\n- need: b\nc")
@example("あ\nい\nb")
@example("- need: [[A]]\n- [[A]] need: b")
@example("a\n- [x] b 📅 2026-02-30")
@example("2026-11-06 visit\n- 11/6 10:00")
def test_an_entry_is_that_of_the_tokens(text: str) -> None:
    assert read(ENTRY + text) == by_tokens(ENTRY + text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_so_is_a_body_without_an_entry_above(text: str) -> None:
    assert read(text) == by_tokens(text)


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "clients").rglob("*.md")), ids=lambda p: p.stem)
def test_so_is_every_sample_note(path: Path) -> None:
    text = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
    assert read(text) == by_tokens(text)


def test_a_plain_entry_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.notes.markdown._parser", lambda: pytest.fail("the library was asked"))
    text = "Two lines\nof text.\n\n- need: a < b\n- [x] sent 📅 2026-11-12\n\n- loose\n"
    read(f"Around it.\n\n## 2026-11-09 visit with Ito Haruka\n\n{text}")


@given(st.text(max_size=12))
def test_each_line_has_one_letter(text: str) -> None:
    lines = text.split("\n")
    assert len(line_shapes.shape_of(lines)) == len(lines)
