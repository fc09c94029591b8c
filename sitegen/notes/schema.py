"""Front matter → the fields of the records, with every mistake at its place.

A wrong value costs itself and nothing else: all mistakes are told in one run, all good values are kept.
Only `fm_models`, `fm_rows` and this file import pydantic, and only a note that has changed needs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from sitegen.model import Backer, Handover, Person, Plan, Problem, Reference, Where
from sitegen.notes.fm_models import ClientRow, HandoverRow, PageRow, RepRow, SolutionRow
from sitegen.notes.fm_nodes import Node
from sitegen.notes.fm_rows import Fields, Loc, Reading, read_row
from sitegen.notes.fm_values import bare
from sitegen.notes.frontmatter import Head
from sitegen.notes.reading import TRUE_WORDS
from sitegen.notes.vocabulary import Kind, kind_words
from sitegen.text import closest, fold


def read_client(
    head: Head, path: str, kinds: Mapping[str, Kind] | None = None
) -> tuple[Fields, tuple[Problem, ...]]:
    """A client's front matter → keyword arguments for `Client`; keys that were not given are left out.

    `kinds`: folded word → kind of entry, where a team has its own.
    """
    row, reading = read_row(ClientRow, head)
    fields = _given(row)
    places = reading.places
    if row.handovers:
        fields["handovers"] = _handovers([r for r in row.handovers if r], reading)
    if row.backers:
        fields["backers"] = tuple(
            Backer(bare(r.name), r.size, _where(path, places, "backers", i))
            for i, r in enumerate(row.backers)
            if r and r.name
        )
    if row.people:
        fields["people"] = _people(row, reading, path)
    if row.reference:
        given = row.reference
        product = given.product or row.product
        fields["reference"] = Reference(product, given.free, given.visits, given.since, given.benefit)
    elif ("reference",) in places and (flag := places[("reference",)].text) and fold(flag) in TRUE_WORDS:
        fields["reference"] = Reference(product=row.product)
    if row.next:
        plan = row.next
        fields["next"] = Plan(plan.date, plan.time, _kind(plan.kind, kinds, reading), plan.people, plan.step)
    return _finish(fields, reading, head)


def read_rep(head: Head, path: str) -> tuple[Fields, tuple[Problem, ...]]:
    """A rep's front matter → keyword arguments for `Rep`."""
    row, reading = read_row(RepRow, head)
    return _finish(_given(row), reading, head)


def read_solution(head: Head, path: str) -> tuple[Fields, tuple[Problem, ...]]:
    """A solution's front matter → keyword arguments for `Solution`."""
    row, reading = read_row(SolutionRow, head)
    return _finish(_given(row), reading, head)


def read_page(head: Head, path: str) -> tuple[Fields, tuple[Problem, ...]]:
    """A plain page's front matter → `title` and `private`; other keys are nobody's business."""
    row, reading = read_row(PageRow, head)
    fields, problems = _finish(_given(row), reading, head)
    fields.pop("extra", None)
    return fields, problems


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a client note's front matter, for editors: it accepts what Kayoi accepts."""
    schema = ClientRow.model_json_schema(by_alias=True)
    reference = {"anyOf": [{"$ref": "#/$defs/ReferenceRow"}, {"type": ["boolean", "string", "null"]}]}
    schema["properties"]["reference"] |= reference
    for key, row in (("people", "PersonRow"), ("backers", "BackerRow"), ("handover", "HandoverRow")):
        one = {"anyOf": [{"$ref": f"#/$defs/{row}"}, {"type": ["string", "null"]}]}
        schema["properties"][key] |= {"anyOf": [{"type": "array", "items": one}, one]}
        for old in ("type", "items"):
            schema["properties"][key].pop(old, None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Client note",
        "additionalProperties": True,
    } | {key: value for key, value in schema.items() if key != "title"}


def _given(row: BaseModel) -> Fields:
    """The plain fields that the note gives, by the record's names."""
    given = row.model_fields_set - {"handovers", "backers", "people", "reference", "next"}
    return {name: getattr(row, name) for name in type(row).model_fields if name in given}


def _kind(word: str, kinds: Mapping[str, Kind] | None, reading: Reading) -> str:
    """The key of a kind of entry; an unknown word is told, and a plan is a meeting then."""
    known = kind_words() if kinds is None else kinds
    if fold(word) in known:
        return known[fold(word)].key
    if word:
        near = closest(word, known)
        choices = ", ".join(dict.fromkeys(kind.key for kind in known.values()))
        node = reading.places.get(("next", "kind"))
        if node:
            params = {"key": "kind", "value": word, "choices": choices}
            reading.tell(node, "value-choice", params, reading.mended(node, near))
    return "meeting"


def _handovers(rows: Sequence[HandoverRow], reading: Reading) -> tuple[Handover, ...]:
    """Oldest first; another order is told, since a slip in a year looks like that."""
    found = [Handover(row.rep, row.date) for row in rows]
    ordered = sorted(found, key=lambda handover: handover.date)
    if ordered != found:
        reading.tell(reading.places[("handover",)], "handover-order", {}, warn=True)
    return tuple(ordered)


def _people(row: ClientRow, reading: Reading, path: str) -> tuple[Person, ...]:
    people: list[Person] = []
    seen: dict[str, int] = {}
    for i, given in enumerate(row.people):
        if not given or not given.name:
            continue
        where = _where(path, reading.places, "people", i)
        person = Person(**{**dict(given), "name": bare(given.name)}, where=where)
        node = reading.places.get(("people", i, "until"))
        if node and person.since and person.until and person.until.last() < person.since.first():
            params = {"name": person.name, "since": str(person.since), "until": str(person.until)}
            reading.tell(node, "person-until-before-since", params)
            person = replace(person, since=None, until=None)
        key = fold(person.name)
        node = reading.places.get(("people", i))
        if key in seen and node:
            params = {"name": person.name, "first": str(seen[key])}
            reading.tell(node, "person-twice", params, warn=True)
        seen.setdefault(key, where.line)
        people.append(person)
    return tuple(people)


def _where(path: str, places: Mapping[Loc, Node], key: str, index: int) -> Where:
    node = places.get((key, index)) or places.get((key,))
    return Where(path, *node.place) if node else Where(path)


def _finish(fields: Fields, reading: Reading, head: Head) -> tuple[Fields, tuple[Problem, ...]]:
    """The fields with what they have in common, empty texts left out; problems in the order of their lines."""
    if reading.extra:
        fields["extra"] = tuple(reading.extra)
    if reading.private or fields.get("private"):
        fields["private"] = True
    fields = {key: value for key, value in fields.items() if value != ""}
    return fields, tuple(sorted(reading.problems, key=lambda told: told.where))
