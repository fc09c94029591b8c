"""What a reader sees of inline tokens, without a parser: plain text, and lines that join without a space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_CJK = re.compile(
    "[\u2e80-\u312f\u3190-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6"
    "\U0001aff0-\U0001b2ff\U0001f200-\U0001f2ff\U00020000-\U0003fffd\U000e0100-\U000e01ef]"
)
"""Japanese and Chinese letters and their full-width marks. Hangul is left out: Korean has spaces."""


def is_cjk(char: str) -> bool:
    """Whether this one character is of a script that is written without spaces; False for none."""
    return _CJK.match(char) is not None


def plain(content: Token | Iterable[Token]) -> str:
    """The plain text of an `inline` token or of tokens; blocks are joined by a line break.

    Wikilinks stand for what they show, images for their text, footnote marks for nothing.
    """
    if isinstance(content, list):  # the quicker question
        tokens = content
    elif isinstance(content, Iterable):
        tokens = list(content)
    else:
        tokens = content.children if content.children is not None else [content]
    blocks = [plain(t) for t in tokens if t.type == "inline"]
    if blocks:
        return "\n".join(blocks)
    return "".join(_text(tokens, n) for n in range(len(tokens)))


def _text(tokens: Sequence[Token], n: int) -> str:
    token = tokens[n]
    if token.type == "image":
        return plain(token.children or [])
    if token.type == "softbreak":
        return "" if joins(tokens, n) else " "
    if token.type == "hardbreak":
        return " "
    if token.type == "html_inline":  # never from a note: it is what the pages add
        return ""
    return str(token.meta["shown"]) if token.type == "wikilink" else token.content


def joins(tokens: Sequence[Token], n: int) -> bool:
    """Whether the soft line break `tokens[n]` stands between two characters of Japanese."""
    return is_cjk(_edge(tokens, n, -1)) and is_cjk(_edge(tokens, n, 1))


def _unseen(token: Token) -> bool:
    # An emphasis or a link begins and ends without a character of its own.
    return token.nesting != 0 or (token.type == "text" and not token.content)


def _edge(tokens: Sequence[Token], n: int, step: int) -> str:
    """The nearest visible character before (-1) or after (1) token n; empty for none."""
    n += step
    while 0 <= n < len(tokens) and _unseen(tokens[n]):
        n += step
    if not 0 <= n < len(tokens) or tokens[n].type not in ("text", "code_inline", "wikilink"):
        return ""
    text = _text(tokens, n)
    return text[-1:] if step < 0 else text[:1]
