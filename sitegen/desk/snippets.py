"""Snippets for VS Code: every front-matter key, kind of entry and line word, from the tables that Kayoi reads by.

VS Code has no completion for front matter in Markdown; snippets are the one thing that offers words there
without an extension, so each key is one, with its choices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.notes.vocabulary import KINDS, STAGE_WORDS, WORDS

TODAY = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}"
_STAGES = ",".join(STAGE_WORDS)
MONTH = "${CURRENT_YEAR}-${CURRENT_MONTH}"
_PERSON = f"{{name: ${{1:name}}, role: ${{2:role}}, level: ${{3|working,strategic|}}, since: ${{4:{MONTH}}}}}"
_ROWS: Mapping[str, str] = {
    "people": f"people:\n  - {_PERSON}",
    "next": f'next: {{date: ${{1:{TODAY}}}, time: "${{2:10:00}}", with: [${{3:name}}], step: ${{4:what to bring}}}}',
    "handover": f"handover: [{{from: ${{1:rep}}, date: ${{2:{TODAY}}}}}]",
    "reference": "reference: {product: $1, free: ${2|true,false|}, visits: ${3|true,false|}, since: $4}",
    "backers": 'backers: ["[[${1:name}]]"]',
}
"""Keys whose values are rows: what to write, since a row has a shape of its own."""
_AFTER: Mapping[str, str] = {
    "introduced": "[[${1:client}]]",
    "postponed": "${1:June}",
    "business": "yes",
    "stage": f"${{1|{_STAGES}|}}",
    "by": "${1:rep}",
}
_WHO = ("need", "confirmed", "basics", "briefed", "absent")
"""Line words that say who."""


def snippets() -> dict[str, dict[str, Any]]:
    """The content of a `.code-snippets` file: name → scope, prefixes, body, description."""
    made = dict([*_keys(), *_entries(), *_lines(), *_whole()])
    return {name: {"scope": "markdown", **row} for name, row in made.items()}


def _keys() -> Iterator[tuple[str, dict[str, Any]]]:
    from sitegen.notes.schema import json_schema

    for key, about in json_schema()["properties"].items():
        told = about.get("description") or about.get("title", "")
        yield f"key {key}", {"prefix": key, "body": _ROWS.get(key) or _key(key, about), "description": told}


def _key(key: str, about: Mapping[str, Any]) -> str:
    """A key with its choices, where it has some."""
    ways = about.get("anyOf", [about])
    enum: list[str] = next((way["enum"] for way in ways if "enum" in way), [])
    kinds = {kind for way in ways for kind in _types(way)}
    if "boolean" in kinds:
        # Nobody writes down what holds anyway.
        return f"{key}: ${{1|{'false,true' if about.get('default') else 'true,false'}|}}"
    if enum:
        return f"{key}: ${{1|{','.join(enum)}|}}"
    return f"{key}: [$1]" if "array" in kinds else f"{key}: $1"


def _types(way: Mapping[str, Any]) -> tuple[str, ...]:
    found = way.get("type", ())
    return (found,) if isinstance(found, str) else tuple(found)


def _entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """A heading for each kind, in both languages; a visit is what most of them are."""
    for kind in KINDS:
        words = [word for word in kind.words if not word.isascii()]
        english = f"## {TODAY} {kind.key} with ${{1:name}}\n$0"
        yield f"entry {kind.key}", {"prefix": kind.key, "body": english, "description": "An entry of today"}
        japanese = f"## {TODAY} {words[0]} ${{1:お名前}}様と\n$0"
        # VS Code suggests nothing while kana or kanji are typed: the English word, an initial of Japan before it.
        prefixes = [f"j{kind.key}", words[0]]
        yield f"記録 {words[0]}", {"prefix": prefixes, "body": japanese, "description": "今日の記録"}


def _lines() -> Iterator[tuple[str, dict[str, Any]]]:
    for word in WORDS:
        own = next(w for w in word.words if not w.isascii())
        for name, said, colon, prefix in (
            (f"line {word.key}", word.key, ": ", [word.key]),
            (f"行 {own}", own, "：", [f"j{word.key}", own]),
        ):
            after = _AFTER.get(word.key, "$0")
            who = (" (${1:name})" if said.isascii() else "（${1:お名前}）") if word.key in _WHO else ""
            body = f"- {said}" if word.bare else f"- {said}{who}{colon}{after}"
            yield name, {"prefix": prefix, "body": body, "description": "A line that Kayoi understands"}


def _whole() -> Iterator[tuple[str, dict[str, Any]]]:
    note = (
        f"---\nname: ${{1:${{TM_FILENAME_BASE}}}}\nstage: ${{2|{_STAGES}|}}\n"
        "people:\n  - {name: $3, role: $4}\n---\n$0"
    )
    yield "client", {"prefix": ["client", "jclient"], "body": note, "description": "The head of a new note"}
    person = "- " + _PERSON
    yield "person", {"prefix": ["person", "jperson"], "body": person, "description": "One more row of people"}
    promise = f"- [ ] ${{1:what}} 📅 ${{2:{TODAY}}}"
    about = "A promise and its day"
    yield "promise", {"prefix": ["promise", "jpromise"], "body": promise, "description": about}
