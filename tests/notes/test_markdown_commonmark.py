"""The examples of the CommonMark specification, through the settings that notes have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.notes.markdown import WikiLink, parse, render

EXAMPLES = json.loads((Path(__file__).parent / "commonmark" / "spec-0.31.2.json").read_text(encoding="utf-8"))

EXCEPTIONS: dict[str, tuple[int, ...]] = {
    "raw HTML is text": (
        *(21, 31),  # backslash escapes and entities within a tag
        *range(148, 192),  # HTML blocks
        *(308, 309),  # comments that part two lists
        344,  # a code span begins within what was a tag
        *(475, 476, 477),  # so does emphasis
        *(491, 494),  # links that fail at a tag
        *(524, 536),  # links that end within a tag
        *(613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631),  # inline HTML
        *(642, 643),  # line breaks within a tag
        201,  # a tag after a link definition
    ),
    "links outside the allow-list are text": (596, 598, 599, 601),
    "[[foo]] is a wikilink": (548, 590),
    # Tables, strikethrough, footnotes, tasks, callouts and the mend for Japanese emphasis change no example.
}


def html(text: str) -> str:
    """As the specification writes it: without what Kayoi adds to links and images."""
    parsed = parse(text)
    links: list[WikiLink] = []
    got = render(parsed.tokens, parsed.env, links)
    got = got.replace(' rel="noopener noreferrer"', "").replace(' loading="lazy"', "")
    # The library writes an empty quote on one line: white space that no reader sees.
    return got.replace("<blockquote></blockquote>", "<blockquote>\n</blockquote>")


def test_all_examples_but_the_named_exceptions_are_as_specified() -> None:
    differ = {number for number, _, text, expected in EXAMPLES if html(text) != expected}
    excepted = [number for numbers in EXCEPTIONS.values() for number in numbers]
    assert len(EXAMPLES) == 652
    assert len(set(excepted)) == len(excepted)
    assert differ - set(excepted) == set(), "differ from the specification"
    assert set(excepted) - differ == set(), "are excepted, but pass"


@pytest.mark.parametrize("number", EXCEPTIONS["raw HTML is text"])
def test_what_was_raw_html_is_escaped(number: int) -> None:
    text = EXAMPLES[number - 1][2]
    assert "&lt;" in html(text)
