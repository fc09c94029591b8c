"""The short way through Markdown gives the library's own tokens, whatever the text."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.rules_core import block, inline
from markdown_it.token import Token

from sitegen.notes.md_parser import make

QUICK = make()
LIBRARY = make()
LIBRARY.core.ruler.at("block", block)
LIBRARY.core.ruler.at("inline", inline)
ROOT = Path(__file__).resolve().parents[2]

PIECES = st.sampled_from(
    [
        *("", "", "", " ", "　", "\t", "# ", "## 2026-11-06 visit", "## a #", "##", "#x", "# a ##  ", "### ####"),
        *("- need: x", "- a", "- [ ] send 📅 2026-11-13", "-", "- ", "-  b", "- - c", "- 1. d", "- 1x", "- #"),
        *("* a", "+ a", "・要望：x", "1. a", "2) b", "2026-11-06", "12:30", "10) ", "> q", "> [!note] T", "--- "),
        *("---", "===", "```", "~~~", "`x`", "| a | b |", "|---|---|", ": d", "[a]: /x", "[a]", "[^1]: f", "x[^1]"),
        *("plain text", "text  ", "次の**「重要」**です。", "[[Hakone Hotels]]", "a | b", "_em_", "**b**", "  indented"),
        *("    code", "  - nested", "\\", "a\\", "&amp;", "<b>", "![i](x.png)", "https://x.y", "a\u2028b", "\x0b", "-\ta"),
        *("#\tx", "# \tx", "x\x0c", "\u00a0", "- \u3000x", "$"),
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=14).map("\n".join)


def tokens(parser: object, text: str) -> tuple[list[dict[str, object]], list[str]]:
    env: dict[str, object] = {}
    found: list[Token] = parser.parse(text, env)  # type: ignore[attr-defined]
    return [dataclasses.asdict(token) for token in found], sorted(env)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("- a\n\n- b")
@example("- a\n  b\n\n# c")
@example("a\n- b\nc")
@example("a\n| b |\n|---|")
@example("- a\n\n    code\n\n# h")
@example("> a\n# b\nc")
@example("- a\n\n")
@example("- a\n ")
@example("- a\n\n\t")
@example("- a\n\n\n# b\n")
def test_the_tokens_are_the_librarys(text: str) -> None:
    assert tokens(QUICK, text) == tokens(LIBRARY, text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_of_any_characters_too(text: str) -> None:
    assert tokens(QUICK, text) == tokens(LIBRARY, text)


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda p: p.stem)
def test_of_every_sample_note(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tokens(QUICK, text) == tokens(LIBRARY, text)


def test_of_the_commonmark_suite() -> None:
    cases = json.loads((ROOT / "tests/notes/commonmark/spec-0.31.2.json").read_text(encoding="utf-8"))
    assert len(cases) > 600
    assert [number for number, _, text, _ in cases if tokens(QUICK, text) != tokens(LIBRARY, text)] == []
