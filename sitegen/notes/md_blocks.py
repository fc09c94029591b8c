"""Block rules: the bullet `・`, a floor under deep nesting, callouts and tasks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import FunctionType

from markdown_it.rules_block import StateBlock, list_block, reference
from markdown_it.rules_block.list import skipBulletListMarker
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.model import PromiseState

Rule = Callable[[StateBlock, int, int, bool], bool]

MAX_LEVEL = 40
"""Levels of nesting; a list is two. What stands deeper is shown as written."""


def bounded(rule: Rule) -> Rule:
    """The rule of a container (list, quote, footnote), which opens none where there are enough.

    The library drops what is nested too deeply; here it falls to the paragraph rule, as it was typed.
    """

    def within(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level < MAX_LEVEL - 2:
            return rule(state, start, end, silent)
        pos = state.bMarks[start] + state.tShift[start]
        if state.src[pos : pos + 1] in (">", "-", "*", "+", "・", "["):
            state.env["too_deep"] = True
        return False

    return within


def _skip_bullet(state: StateBlock, line: int) -> int:
    """The place after a bullet that begins this line, or -1: `・` needs no space, `・・・` is an ellipsis."""
    pos = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("・", pos):
        return skipBulletListMarker(state, line)
    return -1 if state.src.startswith("・", pos + 1) else pos + 1


# The library's list rule, with our idea of a bullet. It looks the bullet up as a global of its module; to
# give the same code other globals leaves the library as it is, and its 200 lines are not copied.
wide_list: Rule = FunctionType(
    list_block.__code__, {**list_block.__globals__, "skipBulletListMarker": _skip_bullet}, "wide_list"
)

_DEFINITION = re.compile(r"(?P<label>\[[^][\n]+\]):[ \t]*\n?[ \t]*(?P<to>\S+)")
_ADDRESS = re.compile(r"[<#./]|[a-z][a-z0-9+.-]*:|[^/]*/|.*\.[a-z0-9]{1,5}\Z", re.I)


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A link reference definition, but not `[田中]: 電話した`, which would vanish from the page.

    What names no address is a definition only where the note makes use of it.
    """
    found = _DEFINITION.match(state.src, state.bMarks[start] + state.tShift[start])
    if (
        found
        and not _ADDRESS.match(found["to"])
        and not re.search(f"{re.escape(found['label'])}(?!:)", state.src)
    ):
        return False
    return reference(state, start, end, silent)


_CALLOUT = re.compile(
    r"\[!(?P<kind>[^\]\[\n]{1,40})\][-+]?(?:[ \t]+(?P<title>[^\n]*))?(?:\n(?P<rest>.*))?\Z", re.S
)


def callouts(state: StateCore) -> None:
    """Core rule before `inline`: a quote that begins `[!note]` or `[!note] Title` is a callout.

    Its `blockquote_open` becomes `<div class="callout" data-callout="note">`, the title (else the kind) its
    first paragraph, `callout_title_open`.
    """
    if "[!" not in state.src:
        return
    out: list[Token] = []
    quotes: list[bool] = []
    skip = -1
    for n, token in enumerate(state.tokens):
        if n <= skip:
            continue
        out.append(token)
        if token.type == "blockquote_open":
            found = _callout(state.tokens, n)
            quotes.append(found is not None)
            if found:
                out += _head(token, state.tokens[n + 1 : n + 4], found)
                skip = n + 3
        elif token.type == "blockquote_close" and quotes.pop():
            token.tag = "div"
    state.tokens = out


def _callout(tokens: list[Token], n: int) -> re.Match[str] | None:
    inline = tokens[n + 2] if tokens[n + 1].type == "paragraph_open" else None
    return _CALLOUT.match(inline.content) if inline else None


def _head(quote: Token, paragraph: list[Token], found: re.Match[str]) -> list[Token]:
    """The tokens of the title, and of what is left of the first paragraph."""
    start, inline, end = paragraph
    quote.tag, quote.attrs = "div", {"class": "callout", "data-callout": found["kind"].strip().lower()}
    line, last = inline.map or [0, 0]
    kind = found["kind"].strip().lower().capitalize()
    title = Token("inline", "", 0, map=[line, line + 1], level=inline.level, block=True, children=[])
    title.content = (found["title"] or "").strip() or kind
    tokens = [
        Token("callout_title_open", "p", 1, attrs={"class": "callout-title"}, map=title.map, block=True),
        title,
        Token("callout_title_close", "p", -1, block=True),
    ]
    if found["rest"] is None:
        return tokens
    inline.content, inline.map, start.map = found["rest"], [line + 1, last], [line + 1, last]
    return [*tokens, start, inline, end]


TASK = re.compile(r"\[([ xX　-])\][ \t　]+(?=\S)")
TASK_STATES: Mapping[str, PromiseState] = {
    " ": "open",
    "　": "open",
    "x": "kept",
    "X": "kept",
    "-": "cancelled",
}
"""The character in a task's box → its state."""


def tasks(state: StateCore) -> None:
    """Core rule after `inline`: `[ ]`, `[x]`, `[-]` at the start of a list item.

    The mark leaves the text; the `list_item_open` gets `meta["task"]`: open, kept or cancelled, and the text
    begins with a token `task_box` of the same `meta`.
    """
    if "]" not in state.src:
        return
    tokens = state.tokens
    for n in range(len(tokens) - 2):
        if tokens[n].type == "list_item_open" and tokens[n + 1].type == "paragraph_open":
            mark_task(tokens[n], tokens[n + 2])


def mark_task(item: Token, inline: Token) -> None:
    """What `tasks` does with one item and its first text."""
    first = inline.children[0] if inline.children else None
    found = TASK.match(inline.content)
    if not found or first is None or not first.content.startswith(found[0].rstrip()):
        return
    item.meta["task"] = kind = TASK_STATES[found[1]]
    item.attrs["class"] = "task cancelled" if kind == "cancelled" else "task"
    inline.content = inline.content[found.end() :]
    first.content = first.content[found.end() :]
    text = inline.children or []
    if kind == "cancelled":
        text = [Token("s_open", "s", 1), *text, Token("s_close", "s", -1)]
    inline.children = [Token("task_box", "", 0, meta={"task": kind}), *text]
