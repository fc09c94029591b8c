"""Data for scripts: a field says its name, type and where its value comes from, and yields both data and JSON Schema.

What is unknown is null and a list of nothing is empty: every field stands in every item.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from sitegen.model import PartialDate
from sitegen.site.context import Site

Type = Literal["text", "texts", "date", "partial", "time", "number", "truth"]
FORMAT = 1
"""Rises when a field goes or changes its meaning; new ones may come at any time."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES: Mapping[Type, Mapping[str, object]] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "date": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "partial": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "time": {"type": "string", "pattern": r"^\d{2}:\d{2}$"},
    "number": {"type": "integer"},
    "truth": {"type": "boolean"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an item."""

    name: str
    type: Type
    source: str
    """The attribute of the row that holds it, with dots."""
    known: bool = False
    """Never null; lists and truths never are."""
    choices: tuple[str, ...] = ()
    """All that it can be; empty: anything of its type."""

    @property
    def may_be_null(self) -> bool:
        """Whether it is null where nothing is known."""
        return not self.known and self.type not in ("texts", "truth")

    @property
    def message(self) -> str:
        """Key of the sentence that says what it is."""
        return f"data.field.{self.name}"


@dataclass(frozen=True, slots=True)
class Data:
    """One file of data with its schema."""

    name: str
    fields: tuple[Field, ...]
    rows: Callable[[Site], Iterator[Any]]
    """Sorted, the same on every machine."""

    @property
    def path(self) -> str:
        """In the site."""
        return f"data/{self.name}.json"

    @property
    def schema_path(self) -> str:
        """In the site."""
        return f"data/{self.name}.schema.json"

    def says(self, field: Field) -> str:
        """Key of the sentence that says what a field of this file is: its own, or the one that files share."""
        return OWN.get((self.name, field.name), field.message)


OWN: Mapping[tuple[str, str], str] = {
    ("clients", "key"): "data.field.client-key",
    ("clients", "name"): "data.field.client-own-name",
    ("due", "kind"): "data.field.reason-kind",
    ("due", "date"): "data.field.due-date",
    ("due", "text"): "data.field.reason-text",
    ("due", "people"): "data.field.meeting-people",
    ("entries", "date"): "data.field.entry-date",
    ("entries", "kind"): "data.field.entry-kind",
    ("people", "since"): "data.field.chair-since",
    ("ledger", "kind"): "data.field.ledger-kind",
    ("reps", "name"): "data.field.rep-own-name",
    ("stages", "stage"): "data.field.moved-to",
}
"""Fields of one name that mean something else in one file."""


def data_bytes(data: Data, rows: Iterable[Any]) -> bytes:
    """The file: one line an item, so that a change can be read line by line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    read = [(field.name, attrgetter(field.source)) for field in data.fields]
    out = io.BytesIO()  # grows in place, and is handed on without being copied
    out.write(f'{{"$schema": "{data.name}.schema.json", "format": {FORMAT}, "items": ['.encode())
    before = "\n"
    for row in rows:
        item = {name: plain(value(row)) for name, value in read}
        out.write(f"{before}{encode(item)}".encode())
        before = ",\n"
    out.write(b"\n]}\n")
    return out.getvalue()


def plain(value: Any) -> Any:
    """A value as JSON has it: days as ISO 8601, nothing known as null."""
    if isinstance(value, str):  # first, since most values are
        return value or None
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, dt.date | PartialDate) else value


def schema(data: Data, says: Callable[[str], str]) -> dict[str, object]:
    """The file's JSON Schema. `says` gives the sentence of a message's key."""
    items = {
        "type": "object",
        "required": [field.name for field in data.fields],
        "properties": {field.name: _property(field, says(data.says(field))) for field in data.fields},
    }
    return {
        "$schema": DIALECT,
        "title": f"Kayoi: {data.name}",
        "description": says(f"data.about.{data.name}"),
        "type": "object",
        "required": ["format", "items"],
        "properties": {
            "$schema": {"type": "string"},
            "format": {"const": FORMAT, "description": says("data.format")},
            "items": {"type": "array", "items": items},
        },
    }


def _property(field: Field, says: str) -> dict[str, object]:
    told: dict[str, object] = {"description": says, **TYPES[field.type]}
    if field.may_be_null:
        told["type"] = [told["type"], "null"]
    if field.choices:
        choices = [*field.choices, *([None] if field.may_be_null else [])]
        if field.type == "texts":
            told["items"] = {"enum": choices}
        else:
            told = {"description": says, "enum": choices}
    return told
