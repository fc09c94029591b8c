"""Data for scripts: a field says its name, type and where its value comes from, and yields both data and JSON Schema.

What is unknown is null and a list of nothing is empty: every field stands in every item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, Literal

import msgspec

from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site.context import Site
from sitegen.site.sharing import Part

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
    """A file of data with its schema, or one file a year. It has its rows from one of the three."""

    name: str
    fields: tuple[Field, ...]
    rows: Callable[[Site, Client], Iterator[Any]] | None = None
    """Those of one client, the same on every machine; the file holds them by the client's key."""
    of_year: Callable[[Site, Client, int], Iterator[Any]] | None = None
    """Those of one client in one year."""
    of_site: Callable[[Site], Iterator[Any]] | None = None
    """All of them, in their order."""

    def __hash__(self) -> int:
        """By its name: it is looked up for each year of each client."""
        return hash(self.name)

    def path(self, year: str = "") -> str:
        """In the site; `year` has four digits where there is one file a year."""
        return f"data/{self.name}-{year}.json" if year else f"data/{self.name}.json"

    @property
    def schema_path(self) -> str:
        """In the site; files of several years have one schema."""
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
    ("years", "entries"): "data.field.year-entries",
    ("years", "file"): "data.field.year-file",
}
"""Fields of one name that mean something else in one file."""


@lru_cache(maxsize=4096)
def rows_part(data: Data, year: str = "") -> Part[bytes]:
    """What a client gives to a file: its rows as they stand there, with a comma between them."""
    write = row_writer(data)
    if data.of_year:
        of_year, number = data.of_year, int(year)
        return Part(f"data {data.name} {year}", lambda site, c: write(of_year(site, c, number)), bytes)
    rows = data.rows or (lambda _site, _client: iter(()))
    return Part(f"data {data.name}", lambda site, client: write(rows(site, client)), bytes)


def data_bytes(data: Data, pieces: Iterable[bytes]) -> bytes:
    """The file: one line an item, so that a change can be read line by line; empty pieces are nothing."""
    head = f'{{"$schema": "{data.name}.schema.json", "format": {FORMAT}, "items": ['.encode()
    told = b",\n".join(filter(None, pieces))
    return b"".join((head, b"\n" if told else b"", told, b"\n]}\n"))


def row_writer(data: Data) -> Callable[[Iterable[Any]], bytes]:
    """Writes rows as JSON: days as ISO 8601, nothing known as null."""
    values = attrgetter(*(field.source for field in data.fields))
    item = msgspec.defstruct("Item", [field.name for field in data.fields])
    partials = [field.name for field in data.fields if field.type == "partial"]
    encode = msgspec.json.Encoder().encode_lines

    def write(rows: Iterable[Any]) -> bytes:
        items = [item(*values(row)) for row in rows]
        if not items:
            return b""
        for name in partials:
            for one in items:
                setattr(one, name, str(getattr(one, name) or ""))
        lines = encode(items).removesuffix(b"\n").replace(b"\n", b",\n")
        # a text holds neither a line's end nor a bare quotation mark: what is replaced here stands in none
        return lines.replace(b':""', b":null")

    return write


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
