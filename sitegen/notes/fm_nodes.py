"""YAML → a tree of texts with places.

Every scalar stays text: what `no`, `12:30`, `0123` or a date mean is for the schema to say, not for YAML 1.1.
Built from the parser's events, one after the other, so that no nesting can overflow a stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from sitegen.notes.privacy import unfill
from sitegen.text import nfc

DEPTH = 20
"""Levels of lists and mappings in each other."""
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_QUOTES = ("'", '"')
_NONE: Any = ()
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A value of the front matter and where it stands."""

    kind: Literal["text", "list", "map"]
    line: int
    col: int
    text: str = ""
    """Of a text, as written, quotes off; empty where nothing was written or what was is private."""
    quoted: bool = False
    items: list[Node] = _NONE
    pairs: list[tuple[Node, Node]] = _NONE
    flow: bool = False
    """A list or mapping in brackets."""

    @property
    def empty(self) -> bool:
        """Nothing was written, or only `null`."""
        return self.kind == "text" and not self.quoted and self.text in _EMPTY

    @property
    def place(self) -> tuple[int, int]:
        """Line and column, from 1."""
        return self.line, self.col


class Slip(Exception):  # noqa: N818 - travels inside this package only
    """Text that is no front matter: why and where. Caught by `frontmatter.load`."""

    def __init__(self, code: str, line: int, col: int) -> None:
        """`code`: `yaml` where the parser itself gave up, else the code of a problem."""
        super().__init__(code, line, col)
        self.code, self.line, self.col = code, line, col


def parse(text: str, first_line: int = 1) -> Node:
    """The one value that a YAML text holds; an empty text is an empty mapping.

    Raises:
        Slip: the text is no YAML, or nests deeper than Kayoi reads.
    """
    loader = None
    try:
        loader = _Loader(text)
        return _build(iter(loader.get_event, None), first_line - 1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, col = (mark.line, mark.column) if mark else (0, 0)
        raise Slip("yaml", first_line + line, col + 1) from None
    except UnicodeError:
        raise Slip("yaml", first_line, 1) from None
    except RecursionError:  # the pure parser, where libyaml is missing
        raise Slip("head-deep", first_line, 1) from None
    finally:
        if loader is not None:
            loader.dispose()


def _build(events: Iterator[Any], lines: int) -> Node:
    """The tree of an event stream; `lines` are added to its line numbers."""
    root = Node("list", lines + 1, 1, items=[])
    stack = [root]
    keys: list[Node | None] = [None]
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            node = _text(event, lines)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            stack.append(_container(event, lines, len(stack)))
            keys.append(None)
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node = stack.pop()
            keys.pop()
        elif kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and root.items):
            # An alias may stand for ten thousand others, or for itself, and nobody writes one on purpose.
            raise Slip("yaml", event.start_mark.line + lines + 1, event.start_mark.column + 1)
        else:
            continue
        parent, key = stack[-1], keys[-1]
        if parent.kind == "list":
            parent.items.append(node)
        elif key is None:
            keys[-1] = node
        else:
            parent.pairs.append((key, node))
            keys[-1] = None
    return root.items[0] if root.items else Node("map", lines + 1, 1, pairs=[])


def _text(event: Any, lines: int) -> Node:
    mark = event.start_mark
    line, col = mark.line + lines + 1, mark.column + 1
    if event.tag is not None or event.anchor is not None:
        raise Slip("yaml", line, col)  # `name: !Hot`, `name: &Co`: meant as text, but YAML swallows it
    value = event.value if event.value.isascii() else unfill(nfc(event.value))
    return Node("text", line, col, value.strip(), event.style in _QUOTES)


def _container(event: Any, lines: int, depth: int) -> Node:
    mark = event.start_mark
    line, col = mark.line + lines + 1, mark.column + 1
    if depth > DEPTH:
        raise Slip("head-deep", line, col)
    if event.tag is not None or event.anchor is not None:
        raise Slip("yaml", line, col)
    if type(event) is yaml.MappingStartEvent:
        return Node("map", line, col, pairs=[], flow=bool(event.flow_style))
    return Node("list", line, col, items=[], flow=bool(event.flow_style))
