"""Slips that YAML reads without a word, but not as they were meant; and keys that stand twice."""

from __future__ import annotations

import re

from sitegen.model import Problem
from sitegen.notes.fm_nodes import Node
from sitegen.notes.problems import Shown, problem, without_comment
from sitegen.notes.reading import like_private
from sitegen.notes.slips import bare_link, wide_colon

_GLUED = re.compile(r"(?P<key>[^\W\d]\w{0,30})(?P<colon>[:：])\s*(?P<value>.*)", re.DOTALL)
_ROW = re.compile(r"(?P<key>name|rep|date)：\s*(?P<value>.*)", re.DOTALL)


def tidy(root: Node, shown: Shown, found: list[Problem]) -> None:
    """Put right in place what YAML misread, and tell it. `root` is a mapping, at most 20 levels deep."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node.kind == "map":
            _mend_pairs(node, shown, found)
            todo += [value for _, value in node.pairs if value.kind != "text"]
            continue
        for item in node.items:
            if (
                item.kind == "text"
                and not item.quoted
                and "：" in item.text
                and (row := _ROW.fullmatch(item.text))
            ):
                _tell(item, "head-wide-colon", shown, found, wide_colon(_written(item, shown)))
                _make_map(item, row["key"], row["value"])
        todo += [item for item in node.items if item.kind != "text"]
        _mend_link(node, shown, found)


def _mend_pairs(node: Node, shown: Shown, found: list[Problem]) -> None:
    seen: dict[str, int] = {}
    pairs: list[tuple[Node, Node]] = []
    for pair in node.pairs:
        key, value = pair
        if key.kind != "text":
            found.append(problem(shown, key.place, "head-key"))
            continue
        if node.flow and value.empty and not key.quoted and not _has_colon(key, shown):
            glued = _GLUED.fullmatch(key.text)
            if glued and glued["value"]:
                key, value = _unglue(key, glued, shown, found)
            elif pairs and pairs[-1][1].kind == "text" and not pairs[-1][1].empty:
                _join(pairs[-1][1], key, shown, found)
                continue
        if key.text in seen:
            params = {"key": key.text, "first": str(seen[key.text])}
            found.append(problem(shown, key.place, "head-twice", params))
            # The first one counts, but whichever of two says private is heard.
            if not like_private(key.text.casefold()):
                continue
        seen.setdefault(key.text, key.line)
        pairs.append((key, value))
    node.pairs = pairs


def _unglue(key: Node, glued: re.Match[str], shown: Shown, found: list[Problem]) -> tuple[Node, Node]:
    """`{name：Sato}` and `{name:Sato}`: a key and its value."""
    code = "head-wide-colon" if glued["colon"] == "：" else "head-tight-colon"
    mend = _written(key, shown).replace(key.text, f"{glued['key']}: {glued['value']}", 1)
    _tell(key, code, shown, found, mend)
    value_col = key.col + glued.start("value")
    return Node("text", key.line, key.col, glued["key"]), Node("text", key.line, value_col, glued["value"])


def _join(value: Node, key: Node, shown: Shown, found: list[Problem]) -> None:
    """`{role: Head, HR, level: working}`: what stands behind the comma belongs to the value before it."""
    line = _written(key, shown)
    text = f"{value.text}, {key.text}"
    start = value.col - 1 if value.line == key.line else 0
    span = re.compile(re.escape(value.text) + r"\s*,\s*" + re.escape(key.text))
    mend = line[:start] + span.sub(lambda _: f'"{text}"', line[start:], count=1)
    _tell(key, "head-comma", shown, found, mend if mend != line and '"' not in text else "")
    value.text = text


def _mend_link(node: Node, shown: Shown, found: list[Problem]) -> None:
    """`[[Name]]` without quotes is to YAML a list in a list."""
    inner = node.items[0] if node.flow and len(node.items) == 1 else None
    if not inner or inner.kind != "list" or not inner.flow or not inner.items:
        return
    if any(item.kind != "text" for item in inner.items):
        return
    line = _written(node, shown)
    mend = bare_link(line)
    _tell(node, "head-link-bare", shown, found, mend if mend != line else "")
    node.kind, node.text, node.items = "text", f"[[{', '.join(i.text for i in inner.items)}]]", []


def _make_map(node: Node, key: str, value: str) -> None:
    """Turn a text into a mapping of one key."""
    node.kind, node.text = "map", ""
    node.pairs = [(Node("text", node.line, node.col, key), Node("text", node.line, node.col, value))]


def _has_colon(key: Node, shown: Shown) -> bool:
    """Whether a colon follows this key on its line."""
    rest = _written(key, shown)[key.col - 1 + len(key.text) :]
    return rest.lstrip().startswith(":")


def _written(node: Node, shown: Shown) -> str:
    index = node.line - shown.first_line
    return without_comment(shown.lines[index]) if 0 <= index < len(shown.lines) else ""


def _tell(node: Node, code: str, shown: Shown, found: list[Problem], mend: str) -> None:
    found.append(problem(shown, node.place, code, mend=mend.rstrip(), severity="warning"))
