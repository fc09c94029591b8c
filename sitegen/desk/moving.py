"""`kayoi move`: one key of the front matter, and one line in the entry that tells the day.

No entry is made up for it: an entry is a contact, and would earn a stamp and put off the next visit. The line goes
into the entry of the day asked for, else into the newest one, for that is where it was decided.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from sitegen.config import Config
from sitegen.desk.bytewise import put, put_lines, raw
from sitegen.desk.entering import Edited, refusals
from sitegen.desk.manner import manner_of
from sitegen.desk.outline import Bullet, Outline, outline
from sitegen.desk.proving import Seen, entry_at, only_moved, see
from sitegen.desk.wording import Said, line_text, stage_word
from sitegen.model import Client, Entry, Problem, Where
from sitegen.notes import frontmatter
from sitegen.notes.reading import decode
from sitegen.text import fold

_STAGE = re.compile(
    r"""(?P<key>(?:^|(?<=[\s{,]))["']?stage["']?[ \t]*[:：])(?P<blank>[ \t]*)
    (?P<value>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:(?![ \t]+\#|[,}\]]).)*?)(?=[ \t]*(?:$|[,}]|[ \t]\#))""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMES = frozenset({"name", "native", "reading"})


def move(
    data: bytes, path: str, cfg: Config, stage: str, today: dt.date, day: dt.date | None = None
) -> Edited:
    """A note with its client in another stage. `day`: of the entry that says so; None: the newest up to `today`."""
    before = see(data, path, cfg)
    note = outline(data, path)
    if note is None or refusals(before):
        return Edited(data, problems=refusals(before))
    if lines := _stage_lines(data, path):
        return Edited(data, problems=(lines,))
    entry = _entry(before.public.client, today, day)
    if day and entry is None:
        return Edited(data, problems=(Problem(Where(path), "desk-no-entry", (("date", day.isoformat()),)),))
    made, line, text = data, 0, ""
    if entry and _newest(before.public.client) != (entry.where.line, stage):
        made, line, text = _said(note, entry, cfg, stage)
    was = entry.where.line if entry and line else 0
    told: tuple[Problem, ...] = ()
    for beside_name in (True, False):
        keyed, more = with_stage(made, path, stage, beside_name=beside_name)
        after, now = see(keyed, path, cfg), was + more if was else 0
        told = _wrong(before, after, path, stage, (was, now))
        if not told:
            written, place = ((text,), line + more) if line else ((), 0)
            return Edited(keyed, written, place, entry_at(after.whole, now))
    return Edited(data, problems=told)


def _stage_lines(data: bytes, path: str) -> Problem | None:
    """That the stage is written over several lines, so that there is no place to put another one."""
    text, _ = decode(data, path)
    parts = frontmatter.split(text or "")
    head, _ = frontmatter.load(parts.head, parts.head_line, path, keep=True)
    for key, value in head.pairs:
        if fold(key.text) != "stage" or value.kind != "text" or value.empty:
            continue
        found = _STAGE.search(raw(data).line(key.line - 1))
        written = found["value"] if found else ""
        whole = written.strip("\"'") if written[:1] not in ("|", ">") else ""
        if not whole or (value.text.startswith(whole) and len(value.text.split()) > len(whole.split())):
            stage = (("stage", " ".join(value.text.split())),)
            return Problem(Where(path, key.line, key.col), "desk-stage-lines", stage)
    return None


def follow_lines(edited: Edited, path: str, cfg: Config) -> Edited:
    """A note to which an entry with a `stage:` line was added, its `stage:` key as the newest line says."""
    before = see(edited.data, path, cfg)
    if lines := _stage_lines(edited.data, path):
        return replace(edited, problems=(lines,))
    stage = _newest(before.public.client)[1] or before.whole.client.stage
    if stage == before.whole.client.stage:
        return edited
    for beside_name in (True, False):
        keyed, more = with_stage(edited.data, path, stage, beside_name=beside_name)
        after = see(keyed, path, cfg)
        if not _wrong(before, after, path, stage, (0, 0)):
            return replace(edited, data=keyed, line=edited.line + more)
    return replace(edited, problems=(Problem(Where(path), "desk-no-place"),))


def _wrong(before: Seen, after: Seen, path: str, stage: str, place: tuple[int, int]) -> tuple[Problem, ...]:
    """Why an edit can't be left as it is; a newer line that says something else is told in its own words."""
    newer = tuple(p for p in after.whole.problems if p.code == "stage-disagrees")
    moved = after.whole.client.stage == stage and only_moved(before, after, *place)
    return newer or (() if moved else (Problem(Where(path), "desk-no-place"),))


def with_stage(data: bytes, path: str, stage: str, *, beside_name: bool = True) -> tuple[bytes, int]:
    """The bytes with `stage:` in their front matter, and how many lines that took.

    A key that was not there comes below the names; without `beside_name` it comes first.
    """
    text, _ = decode(data, path)
    parts = frontmatter.split(text or "")
    lines = raw(data)
    if not parts.head and not (text or "").lstrip("\n").startswith("---"):
        return put_lines(lines, 0, ["---", f"stage: {stage}", "---"]), 3
    head, _ = frontmatter.load(parts.head, parts.head_line, path, keep=True)
    pairs = [(fold(key.text), key, value) for key, value in head.pairs]
    for name, key, _value in pairs:
        if name == "stage" and (found := _STAGE.search(lines.line(key.line - 1))):
            return _replaced(data, lines.starts[key.line - 1], found, stage), 0
    first = parts.head_line - 1
    if parts.head.lstrip().startswith("{"):
        at = data.index(b"{", lines.starts[first]) + 1
        return put(data, at, f"stage: {stage}{', ' if pairs else ''}"), 0
    named = [v.line for name, k, v in pairs if name in _NAMES and v.kind == "text" and v.line == k.line]
    named = named if beside_name else []
    return put_lines(lines, max(named, default=first), [f"stage: {stage}"]), 1


def _replaced(data: bytes, start: int, found: re.Match[str], stage: str) -> bytes:
    """The value changed: in its own language and quotes, with whatever stands behind it."""
    written = found["value"]
    quote = written[0] if written[:1] in ("'", '"') else ""
    word = stage if written.isascii() else stage_word(stage, japanese=True)
    at = start + len(found.string[: found.start("value")].encode("utf-8"))
    blank = " " if not found["blank"] and found["key"].endswith(":") else ""
    return put(data, at, f"{blank}{quote}{word}{quote}", len(written.encode("utf-8")))


def _entry(client: Client, today: dt.date, day: dt.date | None) -> Entry | None:
    """The entry that is to say it; of one day the one that stands first."""
    if day:
        return next((entry for entry in client.entries if entry.date == day), None)
    return next((entry for entry in client.entries if entry.date <= today), None)


def _newest(client: Client) -> tuple[int, str]:
    """Where the newest stage line is, by the line of its entry, and what it says."""
    lines = (
        (e.where.line, said.text) for e in client.entries for said in reversed(e.said("stage")) if said.text
    )
    return next(lines, (0, ""))


def _said(note: Outline, entry: Entry, cfg: Config, stage: str) -> tuple[bytes, int, str]:
    """The bytes with the line in the entry, the number of the line (from 1), and the line."""
    spot = next(spot for spot in note.headings if spot.line == entry.where.line - 1)
    manner = manner_of(note, spot, cfg.lang == "ja")
    items = [b for b in note.bullets if spot.line < b.line < note.own_end(spot)]
    last: Bullet | None = items[-1] if items else None
    at = last.end if last else note.text_end(spot)
    mark = last.mark if last else manner.mark
    text = mark + line_text(Said("stage", stage), entry.date, manner.japanese)
    alone = at == spot.line + 1 + (not spot.hashes)
    lead = [] if last or alone else [""]
    # What follows without an empty line would be read on as part of the item.
    open_below = (
        at < note.raw.count and note.lines[at].strip() and not any(h.line == at for h in note.headings)
    )
    return put_lines(note.raw, at, [*lead, text, *([""] if open_below else [])]), at + len(lead) + 1, text
