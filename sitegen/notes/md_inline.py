"""Inline rules: wikilinks, emphasis that knows Japanese, and which rule a character calls for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace, normalizeReference
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    entity,
    escape,
    image,
    link,
    newline,
)
from markdown_it.rules_inline.state_inline import Delimiter, Scanned
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_ref

from sitegen.notes.line_shapes import PLAIN_PIECE
from sitegen.notes.md_text import is_cjk

Rule = Callable[[StateInline, bool], bool]

_WIKILINK = re.compile(
    r"\[\[(?P<target>[^][|#\\`\n]+)(?:\#(?P<anchor>[^][|#\\`\n]*))?(?:\\?\|(?P<shown>[^][|\\`\n]*))?\]\]"
)


def wikilink(state: StateInline, silent: bool) -> bool:
    r"""`[[Name]]`, `[[Name#anchor]]`, `[[Name|shown]]`, also as `![[…]]`; a table's `\|` is a `|`.

    Makes a token `wikilink` with `meta` target, anchor (may be empty) and shown (never empty). A bracket that
    a link reference of the note defines stays CommonMark's.
    """
    start = state.pos + (state.src[state.pos] == "!")
    found = _WIKILINK.match(state.src, start, state.posMax)
    if not found or not (meta := _link(found)):
        return False
    if normalizeReference(found[0][2:-2]) in state.env.get("references", ()):
        return False
    if not silent:
        state.push("wikilink", "", 0).meta = meta
    state.pos = found.end()
    return True


_LINK = r"\[\[[^][|#\\`\n]+(?:\#[^][|#\\`\n]*)?(?:\|[^][|\\`\n]*)?\]\]"
_PLAIN_BUT_LINKS = re.compile(rf"(?:{PLAIN_PIECE}(?:{_LINK}|[<&](?= )|!(?!\[)))*+{PLAIN_PIECE}\Z")


def linked_text(text: str) -> list[Token] | None:
    """The tokens of text in which nothing but wikilinks stands; None where something else does, or may.

    For texts of which no part is defined elsewhere.
    """
    if not _PLAIN_BUT_LINKS.match(text):
        return None
    tokens: list[Token] = []
    at = 0
    for found in _WIKILINK.finditer(text):
        meta = _link(found)
        if meta is None:
            return None
        if found.start() > at:
            tokens.append(Token("text", "", 0, content=text[at : found.start()]))
        tokens.append(Token("wikilink", "", 0, meta=meta))
        at = found.end()
    return [*tokens, Token("text", "", 0, content=text[at:])] if at < len(text) else tokens


def _link(found: re.Match[str]) -> dict[str, str] | None:
    """Target, anchor and what is shown; None for a link to nothing."""
    target, anchor = _name(found["target"]), _name(found["anchor"])
    if not target:
        return None
    return {
        "target": target,
        "anchor": anchor,
        "shown": (found["shown"] or "").strip() or f"{target} {anchor}".rstrip(),
    }


def _name(text: str | None) -> str:
    return unicodedata.normalize("NFC", (text or "").strip())


def scan(state: StateInline, inside_words: bool) -> Scanned:
    """As CommonMark's flanking rules say, with the mend for text without spaces.

    By the stock rule `**「重要」**です` is not bold: a mark such as 」 within the stars wants a space
    or a mark outside. Here full-width marks count as letters, and a Japanese letter outside will do as a mark
    does. Where neither neighbour is Japanese the answer is CommonMark's own.
    """
    stock = state.scanDelims(state.pos, inside_words)
    end = state.pos + stock.length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    if not (is_cjk(before) or is_cjk(after)):
        return stock
    left = _leans(after, before)
    right = _leans(before, after)
    return Scanned(
        left and (inside_words or not right or _is_mark(before)),
        right and (inside_words or not left or _is_mark(after)),
        stock.length,
    )


def _leans(inner: str, outer: str) -> bool:
    """Whether a run of stars between these two belongs to `inner`."""
    if isWhiteSpace(ord(inner)):
        return False
    return (
        is_cjk(inner) or not _is_mark(inner) or is_cjk(outer) or isWhiteSpace(ord(outer)) or _is_mark(outer)
    )


def _is_mark(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def emphasis(state: StateInline, silent: bool) -> bool:
    """`*` and `_`: one delimiter a character, as the stock rule makes them."""
    if silent:
        return False
    marker = state.src[state.pos]
    scanned = scan(state, marker == "*")
    for _ in range(scanned.length):
        _delimit(state, marker, scanned, scanned.length)
    state.pos += scanned.length
    return True


def strikethrough(state: StateInline, silent: bool) -> bool:
    """`~~`: one delimiter a pair, an odd one before them is text, as the stock rule has it."""
    if silent:
        return False
    scanned = scan(state, True)
    if scanned.length < 2:
        return False
    if scanned.length % 2:
        state.push("text", "", 0).content = "~"
    for _ in range(scanned.length // 2):
        _delimit(state, "~~", scanned, 0)  # 0: no "rule of three" for tildes
    state.pos += scanned.length
    return True


def _delimit(state: StateInline, text: str, scanned: Scanned, length: int) -> None:
    state.push("text", "", 0).content = text
    state.delimiters.append(
        Delimiter(
            marker=ord(text[0]),
            length=length,
            token=len(state.tokens) - 1,
            end=-1,
            open=scanned.can_open,
            close=scanned.can_close,
        )
    )


def picture(state: StateInline, silent: bool) -> bool:
    """An image, marked where it stands within a link: a link must not hold another."""
    if not image(state, silent):
        return False
    if not silent and state.linkLevel:
        state.tokens[-1].meta["in_link"] = True
    return True


_RULES: dict[str, tuple[Rule, ...]] = {
    "\n": (newline,),
    "\\": (escape,),
    "`": (backtick,),
    "*": (emphasis,),
    "_": (emphasis,),
    "~": (strikethrough,),
    "[": (wikilink, link, footnote_ref),
    "!": (wikilink, picture),
    "<": (autolink,),
    "&": (entity,),
}
_STOP = re.compile(r"[\n\\`*_~\[\]!<&]")
"""The characters with a rule, and `]`, at which link labels end."""


def by_character(state: StateInline, silent: bool) -> bool:
    """The one inline rule: what the character calls for, else the text up to the next that has a rule.

    The stock chain asks every rule at every mark; to ask only those that may answer pays for the rules we add.
    """
    rules = _RULES.get(state.src[state.pos])
    if rules is not None:
        return any(rule(state, silent) for rule in rules)
    stop = _STOP.search(state.src, state.pos + 1, state.posMax)
    end = stop.start() if stop else state.posMax
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True
