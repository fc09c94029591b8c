"""`kayoi log`: a note's bytes and an entry → the bytes with it, everything else as it was.

Several places are tried, from the one where its writer would have put it; the first where the note reads as
before + the entry is taken (`proving`). Where there is none, nothing is written and the reason is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.config import Config
from sitegen.desk.bytewise import put_lines
from sitegen.desk.manner import Manner, manner_of
from sitegen.desk.outline import Outline, Spot, outline
from sitegen.desk.proving import Seen, entry_at, only_added, see
from sitegen.desk.wording import Block, Draft, block_of, line_within, people_of
from sitegen.model import Entry, Problem, Where
from sitegen.notes.vocabulary import Kind, kind_words
from sitegen.records import dataclass

UNSAFE = frozenset(
    {
        *("file-too-large", "file-encoding", "file-bad-bytes"),
        *("head-open", "head-large", "head-no-fence", "head-deep", "head-broken"),
    }
)
"""Problems with which a note is left alone: what is written into it might not be read as it was meant."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit comes to."""

    data: bytes
    """The note's bytes; as they were where `problems` say why."""
    written: tuple[str, ...] = ()
    """The lines that were written."""
    line: int = 0
    """The line of the first of them, from 1."""
    entry: Entry | None = None
    """The entry, as it is read now."""
    problems: tuple[Problem, ...] = ()


def add_entry(data: bytes, path: str, cfg: Config, draft: Draft) -> Edited:
    """A note with one entry more. `path`: relative, with `/`, as problems name it."""
    before = see(data, path, cfg)
    note = outline(data, path)
    if note is None or refusals(before):
        return Edited(data, problems=refusals(before))
    kinds = kinds_of(cfg)
    people = before.whole.client.people
    place, near = _place(note, draft)
    manner = manner_of(note, near, cfg.lang == "ja")
    block = block_of(draft, manner, people, kinds)
    if block is None:
        said = ", ".join(filter(None, (*draft.people, draft.title)))
        return Edited(data, problems=(Problem(Where(path), "desk-heading", (("said", said),)),))
    for line, level in _places(note, place, manner):
        made, first = _put(note, line, level, manner, block)
        after = see(made, path, cfg)
        count = 1 + len(block.rest)
        if only_added(before, after, first + 1, count):
            entry = entry_at(after.whole, first + 1)
            if entry and _complete(entry, draft, before):
                written = (f"{'#' * level} {block.heading}", *block.rest)
                return Edited(made, written, first + 1, entry)
    if within := line_within(draft.text):
        params = (("line", within.strip()),)
        return Edited(data, problems=(Problem(Where(path), "desk-line-within", params),))
    told = tuple(p for p in before.whole.problems if p.code.endswith("-unclosed"))
    return Edited(data, problems=(*told, Problem(Where(path), "desk-no-place")))


def refusals(seen: Seen) -> tuple[Problem, ...]:
    """What keeps a note from being edited."""
    return tuple(p for p in seen.whole.problems if p.code in UNSAFE)


def kinds_of(cfg: Config) -> Mapping[str, Kind]:
    """Folded word → kind of entry, a team's own included."""
    return kind_words(tuple((key, *row) for key, row in sorted(cfg.kinds.items())))


def _complete(entry: Entry, draft: Draft, before: Seen) -> bool:
    """Whether the entry says all that was meant: every line counts, and nobody else was there."""
    people = people_of(draft, before.whole.client.people)
    said = len(entry.lines) + len(entry.promises)
    return (entry.date, entry.kind.casefold(), entry.people, said) == (
        draft.date,
        draft.kind.key.casefold(),
        people,
        len(draft.lines),
    )


def _place(note: Outline, draft: Draft) -> tuple[int, Spot | None]:
    """The line before which an entry of that day belongs, and the entry that it then stands beside."""
    entries = note.entries
    dated = [(spot, spot.date.date) for spot in entries if spot.date and spot.date.date]
    if not dated:
        return note.raw.count, None
    if manner_of(note, dated[0][0], False).newest_first:
        older = next((spot for spot, day in dated if day <= draft.date), None)
        return (older.line, older) if older else (note.section_end(dated[-1][0]), dated[-1][0])
    earlier = next((spot for spot, day in reversed(dated) if day <= draft.date), None)
    return (note.section_end(earlier), earlier) if earlier else (dated[0][0].line, dated[0][0])


def _places(note: Outline, place: int, manner: Manner) -> Iterator[tuple[int, int]]:
    """Lines before which to try, each with the level of the heading: the best first."""
    tried: set[tuple[int, int]] = set()
    tops = [h.line for h in note.headings if not h.inner]
    lines = [place, *(spot.line for spot in note.entries[:1]), note.raw.count, *tops[:1]]
    levels = (manner.level,) if note.entries else (manner.level, 2, 1)
    for level in dict.fromkeys(levels):
        for line in lines:
            if (line, level) not in tried:
                tried.add((line, level))
                yield line, level


def _put(note: Outline, line: int, level: int, manner: Manner, block: Block) -> tuple[bytes, int]:
    """The bytes with the block before a heading or at the end, and the line on which it begins, from 0."""
    above = _empty_above(note, line)
    following = next((h for h in note.headings if h.line == line), None)
    lead = 0 if line - above <= note.body else max(0, manner.gap - above)
    # A heading that is only underlined must not grow together with what stands above it.
    below = max(manner.gap, not following.hashes) if following else 0
    lines = [*[""] * lead, f"{'#' * level} {block.heading}", *block.rest, *[""] * below]
    return put_lines(note.raw, line, lines), line + lead


def _empty_above(note: Outline, line: int) -> int:
    above = 0
    while line - above > note.body and not note.lines[line - above - 1].strip():
        above += 1
    return above
