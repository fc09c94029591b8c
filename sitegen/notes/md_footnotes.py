"""Footnotes: told where they are referred to; one that nobody refers to stays as written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

Piece = tuple[Token | None, list[Token]]
"""The token that opens a footnote, and the tokens within; None for the text around footnotes."""


def footnotes(state: StateCore) -> None:
    """Core rule after `inline`: takes the definitions out of the text, into `env["notes"]` by their number.

    The first mark of each in the order of reading gets `meta["home"]`: there `notes_of` finds it. Where a
    definition stood, an empty token `footnote_place` tells its lines. (The plugin's own rule puts all at the
    end of the last entry and drops those without a mark.)
    """
    numbers = state.env.get("footnotes", {}).get("refs")
    if not numbers:
        return
    pieces = list(_pieces(state.tokens))
    notes = {numbers[f":{start.meta['label']}"]: tokens for start, tokens in pieces if start}
    notes.pop(-1, None)  # those without a mark
    reached: set[int] = set()
    for start, tokens in pieces:
        if not start:
            _reach(tokens, notes, reached)
    out: list[Token] = []
    for start, tokens in pieces:
        if not start:
            out += tokens
            continue
        out.append(Token("footnote_place", "", 0, map=start.map, level=start.level, hidden=True))
        number = numbers[f":{start.meta['label']}"]
        if number in reached and notes[number] is tokens:
            continue
        if notes.get(number) is tokens:
            del notes[number]  # marks within it, or in one that it leads to, may lead back here
        _reach(tokens, notes, reached)
        out += _as_written(start, tokens)
    for _, tokens in pieces:
        _unlink(tokens, notes)
    state.tokens = out
    state.env["notes"] = notes


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    stack: list[Piece] = [(None, [])]
    for token in tokens:
        if token.type == "footnote_reference_open":
            if len(stack) == 1:
                yield stack.pop()
                stack.append((None, []))
            stack.append((token, []))
        elif token.type == "footnote_reference_close":
            yield stack.pop()
        else:
            stack[-1][1].append(token)
    yield stack[0]


def _marks(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "inline":
            yield from (child for child in token.children or () if child.type == "footnote_ref")


def _reach(tokens: Iterable[Token], notes: dict[int, list[Token]], reached: set[int]) -> None:
    todo = [tokens]
    while todo:
        for mark in _marks(todo.pop(0)):
            number = mark.meta["id"]
            if number not in reached and number in notes:
                reached.add(number)
                mark.meta["home"] = True
                todo.append(notes[number])


def _unlink(tokens: Iterable[Token], notes: dict[int, list[Token]]) -> None:
    for mark in _marks(tokens):
        if mark.meta["id"] not in notes:
            mark.type, mark.content = "text", f"[^{mark.meta['label']}]"


def _as_written(start: Token, tokens: list[Token]) -> list[Token]:
    text = Token("text", "", 0, content=f"[^{start.meta['label']}]: ")
    for token in tokens:
        token.level -= 1
    if len(tokens) > 1 and tokens[0].type == "paragraph_open":
        tokens[1].children = [text, *(tokens[1].children or [])]
        tokens[1].content = text.content + tokens[1].content
        return tokens
    line = start.map and [start.map[0], start.map[0] + 1]
    head = Token("inline", "", 0, map=line, children=[text], content=text.content, block=True)
    first = Token("paragraph_open", "p", 1, map=line, level=start.level, block=True)
    return [first, head, Token("paragraph_close", "p", -1, level=start.level, block=True), *tokens]


def notes_of(tokens: Sequence[Token], notes: dict[int, list[Token]]) -> list[Token]:
    """The tokens of the footnotes whose home these tokens are; empty for none."""
    numbers: list[int] = []
    todo = [tokens]
    while todo:
        here = [mark.meta["id"] for mark in _marks(todo.pop(0)) if "home" in mark.meta]
        numbers += here
        todo += [notes[number] for number in here]
    if not numbers:
        return []
    out = [
        Token("footnotes_open", "section", 1, attrs={"class": "footnotes"}, block=True),
        Token("footnote_list_open", "ol", 1, block=True),
    ]
    for number in sorted(numbers):
        out += _item(number, notes[number])
    return [
        *out,
        Token("footnote_list_close", "ol", -1, block=True),
        Token("footnotes_close", "section", -1, block=True),
    ]


def _item(number: int, tokens: list[Token]) -> list[Token]:
    start = Token("footnote_open", "li", 1, attrs={"id": f"fn{number + 1}", "value": number + 1}, block=True)
    back = Token("footnote_anchor", "", 0, meta={"id": number})
    inside = bool(tokens) and tokens[-1].type == "paragraph_close"
    body = [*tokens[:-1], back, tokens[-1]] if inside else [*tokens, back]
    return [start, *body, Token("footnote_close", "li", -1, block=True)]
