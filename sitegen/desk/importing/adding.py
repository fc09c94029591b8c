"""People added to a note's `people:`, every other byte left as it was; or not at all.

Text is only ever inserted. Whether that was right is not argued but seen: the note is read before and after, and must
say the same but for the people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import yaml

from sitegen.config import Config
from sitegen.desk.importing.yaml_text import Value, flow
from sitegen.model import Where
from sitegen.notes.frontmatter import split
from sitegen.notes.note import ClientNote, read_client
from sitegen.notes.reading import decode
from sitegen.text import fold

_BOM = "\ufeff"
_ODD = re.compile("[\x85\u2028\u2029]")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def with_people(data: bytes, path: str, people: Sequence[Mapping[str, Value]], cfg: Config) -> bytes | None:
    """The note's bytes with people added at the end of its list; None where that can't be done safely."""
    try:
        made = _inserted(data, path, people)
    except (UnicodeDecodeError, yaml.YAMLError):
        return None
    if made is None:
        return None
    before, after = read_client(data, path, cfg), read_client(made, path, cfg)
    return made if _only_people(before, after, people) else None


def _inserted(data: bytes, path: str, people: Sequence[Mapping[str, Value]]) -> bytes | None:
    text, _ = decode(data, path)
    raw = data.decode("utf-8")
    if text is None:
        return None
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", raw)
    parts = split(text)
    end = next((m[0] for m in [re.search(r"\r\n|\r|\n", raw)] if m), "\n")
    rows = [flow(person) for person in people]
    if parts.head_line == 1:
        bom = _BOM if raw.startswith(_BOM) else ""
        head = ["---", "people:", *(f"  - {row}" for row in rows), "---", ""]
        return (bom + end.join(head) + raw.removeprefix(_BOM)).encode()
    first, last = parts.head_line - 1, parts.body_line - 2
    head_text = "".join(lines[first:last])
    if not parts.closed or _ODD.search(head_text):
        return None
    place = _place(head_text, rows, end)
    if place is None:
        return None
    line, col, inserted = place
    at = sum(map(len, lines[: first + line])) + col
    return (raw[:at] + inserted + raw[at:]).encode()


def _place(head: str, rows: Sequence[str], end: str) -> tuple[int, int, str] | None:
    """Line and column of the front matter, from 0, and what is to be inserted there; None where it is unclear."""
    events = list(_events(head))
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", head)
    if not events:
        return len(lines), 0, end.join(["people:", *(f"  - {row}" for row in rows), ""])
    if not isinstance(events[0], yaml.MappingStartEvent) or events[0].flow_style:
        return None
    found: list[Any] = list(_value(events))
    if not found:
        return len(lines), 0, end.join(["people:", *(f"  - {row}" for row in rows), ""])
    start: Any = found[0]
    kind = type(start)
    if kind is yaml.ScalarEvent:
        if start.value or start.start_mark.index != start.end_mark.index:
            return None
        return start.start_mark.line + 1, 0, end.join([*(f"  - {row}" for row in rows), ""])
    if kind is not yaml.SequenceStartEvent:
        return None
    content = [e for e in found[1:-1] if not _ends_late(e)]
    mark = (content[-1] if content else start).end_mark
    if start.flow_style:
        return mark.line, mark.column, (", " if content else "") + ", ".join(rows)
    dash = " " * start.start_mark.column
    line = mark.line if mark.column == 0 else mark.line + 1
    return line, 0, end.join([*(f"{dash}- {row}" for row in rows), ""])


def _ends_late(event: Any) -> bool:
    """The end of a list or mapping in block style is told where the next thing begins."""
    if type(event) not in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
        return False
    return bool(event.start_mark.index == event.end_mark.index)


def _events(head: str) -> Iterator[Any]:
    kept = yaml.MappingStartEvent, yaml.MappingEndEvent, yaml.SequenceStartEvent, yaml.SequenceEndEvent
    for event in yaml.parse(head, Loader=_Loader):
        if isinstance(event, (*kept, yaml.ScalarEvent)):
            yield event


def _value(events: Sequence[Any]) -> Iterator[Any]:
    """The events of what `people` is; of two such keys both, so that nothing fits."""
    depth, key = 0, None
    for event in events[1:]:
        opens = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
        closes = isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
        depth -= closes
        if depth == 0 and key is None and not closes:
            key = fold(event.value) if isinstance(event, yaml.ScalarEvent) else ""
            depth += opens
            continue
        if key == "people":
            yield event
        depth += opens
        if depth == 0:
            key = None


def _only_people(before: ClientNote, after: ClientNote, people: Sequence[Mapping[str, Value]]) -> bool:
    """Whether the second says what the first does, and these people at the end.

    An entry's 佐藤様 may well be somebody else now that there is a Mr Sato; the entry itself stays.
    """
    had, has = _facts(before), _facts(after)
    were, are = before.client.people, after.client.people
    names = [_shown(str(person["name"])) for person in people]
    kept = _placeless(are[: len(were)]) == _placeless(were)
    return had == has and kept and [person.name for person in are[len(were) :]] == names


def _facts(note: ClientNote) -> Any:
    """All that a note says, without its people, what depends on them, and the lines on which it says it."""
    one = note.client
    entries = [(e.date, e.time, e.kind, e.html, e.anchor, len(e.lines)) for e in one.entries]
    first = min((entry.where.line for entry in one.entries), default=1_000_000)
    head = sorted((p.code, p.params, p.excerpt) for p in note.problems if p.where.line < first)
    plain = {
        f.name: _placeless(getattr(one, f.name))
        for f in fields(one)
        if f.name not in ("people", "entries", "next")
    }
    return plain, entries, head, one.next and (one.next.date, one.next.time, one.next.step)


def _shown(name: str) -> str:
    from sitegen.notes.fm_values import bare, text

    return bare(text(name))


def _placeless(value: Any) -> Any:
    """A record without the lines on which its parts stand."""
    if isinstance(value, Where):
        return None
    if is_dataclass(value):
        return {f.name: _placeless(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_placeless(item) for item in value]
    return value
