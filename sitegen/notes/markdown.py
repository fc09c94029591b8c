r"""Markdown to tokens, tokens to HTML and to plain text.

    parsed = parse(body)         # once a note
    parsed.tokens                # flat list of blocks; `.map` = [first, last + 1] lines of `body`
    links = []                   # (target, anchor, shown) of each wikilink, as they are rendered
    html = render(parsed.tokens[3:9], parsed.env, links, shift=2)
    plain(parsed.tokens[4])      # the text of an `inline` token (after heading_open and so on)

Beyond the library's own token types there are: the inline `wikilink` with `meta` target, anchor and shown; a
`list_item_open` with `meta["task"]` `open`, `kept` or `cancelled` (the `[ ]` is cut from the text);
`blockquote_open` with `tag` `div` for a callout, its title in `callout_title_open`, inline and
`callout_title_close`; `footnote_ref`. A line that begins with `・` is a list item (`markup` is the bullet).
Definitions of footnotes are not among the tokens (a `footnote_place`, which renders to nothing, tells the
lines of each): `render` puts them at the end of the slice that refers to them first.

A slice must be balanced: from an opening token to its closing one, or several such in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sitegen.notes.md_text import plain
from sitegen.records import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token

    from sitegen.notes.md_parser import Parser

__all__ = ["Parsed", "WikiLink", "parse", "plain", "render"]

WikiLink = tuple[str, str, str]
"""Target, anchor (may be empty) and what is shown (never empty)."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text that has been parsed."""

    tokens: list[Token]
    env: dict[str, Any]
    """What the parser remembers of the text, for `render`."""
    too_deep: bool
    """Lists or quotes are nested too deeply: what is deeper is shown as written."""


@cache
def _parser() -> Parser:
    # The library takes 50 ms to import, and a build in which no note has changed needs none of it.
    from sitegen.notes.md_parser import make

    return make()


def parse(text: str) -> Parsed:
    """The tokens of a note's body. Any text will do: nothing raises, nothing is dropped."""
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    return Parsed(tokens, env, "too_deep" in env)


def parse_lines(lines: Sequence[str], start: int, end: int) -> Parsed:
    """Some of a body's lines on their own, `end` not among them; the tokens' places are those in the body.

    For a part that nothing around it changes: the body `goes_by_lines`, and the part is whole blocks.
    """
    parsed = parse("\n".join(lines[start:end]) + ("\n" if end < len(lines) else ""))
    for token in parsed.tokens:
        if token.map:
            token.map = [token.map[0] + start, token.map[1] + start]
    return parsed


def parse_inline(text: str, start: int, end: int) -> Token:
    """The `inline` token of a text without definitions that stands on the lines from `start` to `end`."""
    from markdown_it.token import Token

    from sitegen.notes.md_inline import linked_text

    token = Token("inline", "", 0, map=[start, end], content=text, block=True)
    token.children = linked_text(text)
    if token.children is not None:
        return token
    from markdown_it.rules_core import StateCore, text_join

    md = _parser()
    token.children = md.inline.parse(text, md, {}, [])
    text_join(StateCore("", md, {}, [token]))
    return token


def render(tokens: Sequence[Token], env: dict[str, Any], links: list[WikiLink], *, shift: int = 0) -> str:
    r"""The HTML of a balanced slice of `Parsed.tokens`, with the footnotes that belong to it.

    Wikilinks are appended to `links`, and `\x00n\x00` stands where `links[n]` goes. Headings go `shift`
    levels down, at most to `<h6>`. `env` is that of the same `Parsed`; neither it nor the tokens are changed.
    """
    md = _parser()
    own = {"links": links, "shift": shift}
    html = md.renderer.render(tokens, md.options, own)
    if "notes" in env:
        from sitegen.notes.md_footnotes import notes_of

        html += md.renderer.render(notes_of(tokens, env["notes"]), md.options, own)
    return str(html)
