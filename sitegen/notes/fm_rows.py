"""A tree of texts → a row, whatever is wrong in it: each wrong value is told at its place and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from sitegen.model import Problem
from sitegen.notes.fm_models import BackerRow, HandoverRow, PersonRow, PlanRow, ReferenceRow
from sitegen.notes.fm_nodes import Node
from sitegen.notes.fm_values import Wrong
from sitegen.notes.frontmatter import Head
from sitegen.notes.problems import Shown, problem, without_comment
from sitegen.notes.reading import FALSE_WORDS, PRIVATE_WORDS, TRUE_WORDS, means_private
from sitegen.text import closest, fold

Fields = dict[str, Any]
Loc = tuple[int | str, ...]
Model = TypeVar("Model", bound=BaseModel)
_ROUNDS = 8
INNER: Mapping[str, type[BaseModel]] = {
    "handover": HandoverRow,
    "backers": BackerRow,
    "people": PersonRow,
    "reference": ReferenceRow,
    "next": PlanRow,
}
_ALONE = frozenset({"reference", "next"})
"""Keys that hold one row, not a list of them."""
_OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "handover": {"rep": "from"},
    "next": {"people": "with", "who": "with", "what": "step"},
}
"""Keys that some write in a row instead of Kayoi's own."""


@dataclass(slots=True)
class Reading:
    """One front matter on its way through the schema."""

    shown: Shown
    problems: list[Problem] = field(default_factory=list)
    places: dict[Loc, Node] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    told: set[Loc] = field(default_factory=set)
    """What was dropped: that its row lacks it now is no news."""
    private: bool = False

    def tell(
        self, node: Node, code: str, params: Mapping[str, str], mend: str = "", warn: bool = False
    ) -> None:
        """Note a problem at a value or key."""
        severity: Literal["error", "warning"] = "warning" if warn else "error"
        self.problems.append(problem(self.shown, node.place, code, params, mend=mend, severity=severity))

    def mended(self, node: Node, instead: str) -> str:
        """The line of a value or key with `instead` in its place; empty where it does not stand on one line."""
        index = node.line - self.shown.first_line
        line = without_comment(self.shown.lines[index]) if 0 <= index < len(self.shown.lines) else ""
        before, rest = line[: node.col - 1], line[node.col - 1 :]
        quote = rest[0] if node.quoted and rest else ""
        written = f"{quote}{node.text}{quote}"
        if not instead or not node.text or not rest.startswith(written):
            return ""
        return before + instead + rest[len(written) :]


def read_row(model: type[Model], head: Head) -> tuple[Model, Reading]:
    """Everything of a front matter that can be read, and a problem for everything that can't."""
    reading = Reading(head.shown, private=head.suspect)
    data = _known(head.pairs, model, reading)
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data), reading
        except ValidationError as errors:
            for error in errors.errors(include_url=False, include_input=False):
                _drop(data, error["loc"], error, reading)
    return model.model_validate({}), reading  # pragma: no cover - each round drops what was wrong


def _known(pairs: Sequence[tuple[Node, Node]], model: type[BaseModel], reading: Reading) -> Fields:
    """The known keys as plain data; unknown ones go to `extra`, and are told where they look like a slip."""
    keys = _keys(model)
    data: Fields = {}
    for key, value in pairs:
        name = _key_name(key.text, keys)
        if name == "private":
            data["private"] = _private(key, value, reading) or data.get("private", False)
        elif not name:
            _unknown(key, value, keys, reading)
        elif name in data:
            reading.tell(key, "head-twice", {"key": name, "first": str(reading.places[(name,)].line)})
        elif not value.empty:
            reading.places[(name,)] = value
            data[name] = _plain(value, (name,), INNER.get(name), reading)
    if "private" in data:
        data["private"] = "true" if data["private"] else "false"
    return data


@cache
def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(info.alias or name for name, info in model.model_fields.items())


def _key_name(written: str, keys: Sequence[str]) -> str:
    """The known key that is written: case, width, hyphens and spaces don't count."""
    if written in keys:
        return written
    name = fold(written).replace("-", "_").replace(" ", "_")
    return name if name in keys else ""


def _private(key: Node, value: Node, reading: Reading) -> bool:
    """Whether `private` says so; a value that is not clearly no says yes, and is told."""
    word = fold(value.text) if value.kind == "text" else "?"
    if word in FALSE_WORDS:
        return False
    if word not in TRUE_WORDS:
        reading.tell(value, "private-unclear", {"value": written(value)}, reading.mended(value, "true"))
    return True


def _unknown(key: Node, value: Node, keys: Sequence[str], reading: Reading) -> None:
    """Keep an unknown key as it stands; tell it where it looks like a misspelt one."""
    if means_private(key.text, value.text if value.kind == "text" else "?"):
        reading.private = True
        reading.tell(key, "private-key", {"key": key.text}, reading.mended(key, "private"))
        return
    reading.extra.append((key.text, written(value)))
    near = closest(key.text, keys)
    if near and key.text.casefold() not in PRIVATE_WORDS:
        reading.tell(key, "head-unknown-key", {"key": key.text, "near": near}, reading.mended(key, near))


def _plain(value: Node, loc: Loc, row: type[BaseModel] | None, reading: Reading) -> Any:
    """The value as text, list and mapping, empty ones left out; remembers where each part stands."""
    if value.kind == "list" and len(loc) == 1 and loc[0] in _ALONE:
        filled = [item for item in value.items if not item.empty]
        if len(filled) == 1:
            value = reading.places[loc] = filled[0]
    if value.kind == "text":
        if loc == ("reference",):
            return _reference_word(value)
        return value.text
    if value.kind == "list":
        items = [item for item in value.items if not item.empty and item.text + str(item.kind) != "text"]
        reading.places |= {(*loc, i): item for i, item in enumerate(items)}
        return [_plain(item, (*loc, i), row, reading) for i, item in enumerate(items)]
    keys = _keys(row) if row else ()
    data: Fields = {}
    beside: list[str] = []
    for key, inner in value.pairs:
        other = _OTHER_NAMES.get(str(loc[0]), {})
        name = _key_name(key.text, keys) or other.get(fold(key.text), "")
        if row and not name:
            beside += _unknown_inner(key, inner, row, loc, reading)
        elif not inner.empty:
            reading.places[(*loc, name or key.text)] = inner
            data[name or key.text] = _plain(inner, (*loc, name or key.text), None, reading)
    if beside and isinstance(data.get("note", ""), str):
        data["note"] = "; ".join([*filter(None, [data.get("note")]), *beside])
    reading.places.setdefault(loc, value)
    return data


def _reference_word(value: Node) -> Any:
    """`reference: true` is one without details, `reference: leadership` names its product."""
    word = fold(value.text)
    return None if word in TRUE_WORDS or word in FALSE_WORDS else {"product": value.text}


def _unknown_inner(key: Node, value: Node, row: type[BaseModel], loc: Loc, reading: Reading) -> Iterator[str]:
    """An unknown key inside a row: of a person it goes to the note (returned), elsewhere it is told."""
    near = closest(key.text, _keys(row))
    if near:
        reading.told.add((*loc, near))
        reading.tell(key, "head-unknown-key", {"key": key.text, "near": near}, reading.mended(key, near))
    elif row is not PersonRow:
        params = {"key": key.text, "choices": ", ".join(_keys(row))}
        reading.tell(key, "head-unknown-inner", params, warn=True)
    if row is PersonRow and not value.empty:
        yield f"{key.text}: {written(value)}"


def _drop(data: Fields, loc: Loc, error: Mapping[str, Any], reading: Reading) -> None:
    """Take a wrong value out of the data and tell it; a row that lacks what it needs goes as a whole."""
    missing = error["type"] == "missing"
    known = loc in reading.told
    reading.told.add(loc)
    place = loc[:-1] if missing else loc
    while place and place not in reading.places and len(place) > 1:
        place = place[:-1]
    node = reading.places.get(place)
    parent: Any = data
    for step in place[:-1]:
        # A row that lacked something else has gone as a whole already.
        parent = parent[step] if parent is not None else None
    if isinstance(parent, list):
        parent[int(place[-1])] = None
    elif isinstance(parent, dict):
        parent.pop(place[-1], None)
    if node is None or known:
        return
    params = {"key": str(loc[0]) if missing or isinstance(loc[-1], int) else str(loc[-1])}
    wrong = error.get("ctx", {}).get("error")
    if isinstance(wrong, Wrong):
        reading.tell(node, wrong.code, params | wrong.params, reading.mended(node, wrong.mend))
    elif missing:
        reading.tell(node, "row-lacks", params | {"lacks": str(loc[-1])})
    else:
        alone = len(loc) == 1 and loc[0] in _ALONE
        reading.tell(node, "value-one-row" if alone else "value-row", params)


def written(value: Node) -> str:
    """A value in one line, as it stands in the note but for YAML's signs."""
    if value.kind == "text":
        return " ".join(value.text.split())
    return ", ".join(_parts(value))


def _parts(value: Node) -> Iterator[str]:
    for item in value.items:
        yield written(item)
    for key, inner in value.pairs:
        yield f"{written(key)}: {written(inner)}"
