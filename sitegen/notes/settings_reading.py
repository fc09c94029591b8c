"""What readers of `kayoi.yml` share: telling a wrong value at its place, and values with bounds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sitegen.model import Problem
from sitegen.notes.fm_nodes import Node
from sitegen.notes.fm_values import Wrong, count, text, words
from sitegen.notes.problems import Shown, problem, without_comment
from sitegen.text import closest

_ADDRESS = re.compile(r"(?:https?|file)://[^\s<>\"?#\\]+")
"""No question mark and no number sign: a page's path is put at the end."""
_NEARLY = re.compile(r"(?i)(https?)\s*[:：]?\s*/{1,3}\s*([^\s/].*)")
_WHOLE = re.compile(r"[-+]?\d{1,30}")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})")


class Reading:
    """One settings file on its way to a configuration."""

    def __init__(self, shown: Shown, found: list[Problem]) -> None:
        """Problems go to `found`."""
        self.shown, self.found = shown, found

    def tell(self, node: Node, wrong: Wrong, key: str) -> None:
        """Note what is wrong with a value."""
        index = node.line - self.shown.first_line
        line = without_comment(self.shown.lines[index]) if 0 <= index < len(self.shown.lines) else ""
        before, rest = line[: node.col - 1], line[node.col - 1 :]
        fits = wrong.mend and node.text and rest.startswith(node.text)
        mend = before + wrong.mend + rest[len(node.text) :] if fits else ""
        self.found.append(problem(self.shown, node.place, wrong.code, {"key": key} | wrong.params, mend=mend))

    def value(self, node: Node, key: str, read: Callable[[Any], Any], default: Any) -> Any:
        """A single value, or its default where it is wrong, which is told."""
        try:
            return read(node.text if node.kind == "text" else node.items)
        except Wrong as wrong:
            self.tell(node, wrong, key)
            return default

    def row(self, node: Node, key: str, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
        """A mapping of known keys; what is wrong or unknown in it is told and left out."""
        if node.kind != "map":
            self.tell(node, Wrong("settings-row", choices=", ".join(readers)), key)
            return {}
        given: dict[str, Any] = {}
        for name, value in node.pairs:
            if name.text not in readers:
                self.unknown(name, tuple(readers))
            elif (
                not value.empty
                and (found := self.value(value, name.text, readers[name.text], None)) is not None
            ):
                given[name.text] = found
        return given

    def unknown(self, key: Node, known: tuple[str, ...]) -> None:
        """Note a key that is no setting."""
        near = closest(key.text, known)
        wrong = Wrong("settings-unknown-key", mend=near, choices=", ".join(known))
        self.tell(key, wrong, key.text)


def at_least(least: int, most: int) -> Callable[[Any], int]:
    """A whole number in a range."""

    def read(value: Any) -> int:
        whole = _WHOLE.fullmatch(text(value))
        number = int(whole[0]) if whole else count(value)
        if not least <= number <= most:
            raise Wrong("settings-range", value=str(number), least=str(least), most=str(most))
        return number

    return read


def month_days(value: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """`12-29..01-03`."""
    ends = [_MONTH_DAY.fullmatch(end) for end in re.split(r"\s*(?:\.\.|〜|~)\s*", text(value))]
    if len(ends) != 2 or not all(ends):
        raise Wrong("settings-year-end", value=text(value))
    found = [(int(end[1]), int(end[2])) for end in ends if end]
    try:
        for month, number in found:
            dt.date(2000, month, number)
    except ValueError:
        raise Wrong("settings-year-end", value=text(value)) from None
    return found[0], found[1]


def simple(key: str, read: Callable[[Any], Any]) -> Callable[[Reading, Node], Any]:
    """The reader of a setting that is one value."""
    return lambda reading, node: reading.value(node, key, read, None)


def site_address(value: Any) -> str:
    """Where the built site can be opened: `https://…`, `http://…` or `file://…`; a mistyped slash is mended."""
    written = text(value).strip()
    found = _ADDRESS.fullmatch(written)
    try:
        host = bool(found and (urlsplit(written).hostname or written.startswith("file://")))
    except ValueError:
        host = False
    if not host:
        near = _NEARLY.match(written)
        mend = f"{near[1].lower()}://{near[2]}" if near else ""
        raise Wrong(
            "settings-url", value=written, mend=mend if mend != written and _ADDRESS.fullmatch(mend) else ""
        )
    return written


def word_list(value: Any) -> tuple[str, ...]:
    """A list of words, or words with commas between them."""
    given = [node.text for node in value] if isinstance(value, list | tuple) else value
    return words(given)
