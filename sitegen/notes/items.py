"""List items in a token stream: finding those that may be facts, and marking those that are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token

from sitegen.notes.vocabulary import LINE_START
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A list item and its first line of text."""

    item: Token
    inline: Token


def find_items(tokens: Sequence[Token]) -> Iterator[Found]:
    """Every list item that begins with text, at any depth, in the order of the note."""
    for i, token in enumerate(tokens):
        if token.type == "list_item_open" and i + 2 < len(tokens) and tokens[i + 2].type == "inline":
            yield Found(token, tokens[i + 2])


def word_html(start: re.Match[str]) -> str:
    """The spans of a line word and its person, by a match of `LINE_START`."""
    html = f'<span class="word">{escape(start["word"])}</span>'
    if start["who"] and start["who"].strip():
        html += f' <span class="who">{escape(start["who"].strip())}</span>'
    return html


def mark_item(found: Found, word: str) -> None:
    """Give an understood item its class, and its word and person a span each: the note's own text stays."""
    found.item.attrJoin("class", f"line {word}")
    children = found.inline.children or []
    first = children[0] if children else None
    start = LINE_START.match(first.content) if first and first.type == "text" else None
    if not first or not start:
        return
    html, rest = word_html(start), first.content[start.end() :]
    mark = Token("html_inline", "", 0, content=html + (" " if rest or len(children) > 1 else ""))
    found.inline.children = [mark, Token("text", "", 0, content=rest), *children[1:]]
