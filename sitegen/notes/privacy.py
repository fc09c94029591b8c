"""What is private inside a text: `%% … %%` and `<!-- … -->`, across paragraphs too.

It is cut here, before anything else reads the text, and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sitegen.model import Problem
from sitegen.notes.problems import FILLER, Shown, problem
from sitegen.records import dataclass

_OPEN = re.compile(r"[%％]{2}|<!--")
_PERCENT = re.compile(r"[%％]{2}")
_MARK = re.compile(r"[%％]{2}|<!--|-->")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text without its private parts; as many lines as before."""

    text: str
    unclosed: tuple[tuple[int, int, str], ...] = ()
    """Line and column (from 1) of a mark that nothing closes, and the mark: the text ends there."""


def cut(text: str, *, keep: bool = False, fill: str = "") -> Cut:
    """Take out what is private; what is opened and never closed is private to the end.

    Only line ends are left of a private part, so that line numbers stay true. With `fill` (one character)
    every character of it is replaced by that, so that columns stay true as well. With `keep` only the marks
    go and what they enclose stays.
    """
    if "%%" not in text and "<!--" not in text and "％" not in text:
        return Cut(text)
    pieces: list[str] = []
    unclosed: list[tuple[int, int, str]] = []
    last_comment_end = text.rfind("-->")
    at = 0
    while opened := _OPEN.search(text, at):
        end = _end(text, opened, last_comment_end)
        if not end:
            unclosed.append((*_place(text, opened.start()), opened[0]))
        private = text[opened.start() : end or len(text)]
        pieces.append(text[at : opened.start()])
        pieces.append(_MARK.sub(lambda m: fill * len(m[0]), private) if keep else _blank(private, fill))
        at = end or len(text)
    pieces.append(text[at:])
    result = "".join(pieces)
    if not keep and _OPEN.search(result):  # what was cut stood between two halves of a mark
        again = cut(result, fill=fill)
        return Cut(again.text, (*unclosed, *again.unclosed))
    return Cut(result, tuple(unclosed))


def cut_told(
    text: str, shown: Shown, *, keep: bool = False, fill: str = ""
) -> tuple[str, tuple[Problem, ...]]:
    """`cut`, with a problem for a mark that nothing closes; `shown.first_line` is the text's first line."""
    result = cut(text, keep=keep, fill=fill)
    if result.unclosed:  # the line of the mark may begin with the end of another private part
        shown = replace(shown, lines=result.text.split("\n"))
    return result.text, tuple(
        problem(
            shown,
            (shown.first_line + line - 1, col),
            "comment-unclosed" if mark.startswith("<") else "private-unclosed",
        )
        for line, col, mark in result.unclosed
    )


def _end(text: str, opened: re.Match[str], last_comment_end: int) -> int:
    """Where the private part ends, its closing mark included; 0 where nothing closes it."""
    if opened[0] == "<!--":
        return text.find("-->", opened.end()) + 3 if last_comment_end >= opened.end() else 0
    close = _PERCENT.search(text, opened.end())
    if not close:
        return 0
    # A comment that begins between the marks and ends after them is private as a whole.
    nested = text.rfind("<!--", opened.end(), close.start())
    if nested >= 0 and last_comment_end >= close.end() and text.find("-->", nested, close.start()) < 0:
        return text.find("-->", close.end()) + 3
    return close.end()


def _blank(text: str, fill: str) -> str:
    """Only the line ends of a text, its other characters replaced by `fill`."""
    if not fill:
        return "\n" * text.count("\n")
    return "\n".join(fill * len(line) for line in text.split("\n"))


def _place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in a text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def unfill(text: str) -> str:
    """A value without the fillers of what was cut from it."""
    return " ".join(re.split(rf"\s*{FILLER}+\s*", text)).strip() if FILLER in text else text
