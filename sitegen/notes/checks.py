"""What a note must agree on: `confirmed:` with an earlier need, the newest `stage:` with the front matter."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model import Client, Entry, Line, Problem
from sitegen.text import begins_with


def check_client(client: Client, lines: dict[int, str]) -> Iterator[Problem]:
    """Problems of a note as a whole. `lines`: line number → text as it may be shown, for the excerpts."""
    yield from _confirmed(client, lines)
    yield from _stage(client, lines)


def bears_out(line: Line, earlier: Line) -> bool:
    """Whether a `confirmed:` line is about an earlier need or guess: its words, or the first of them (R12)."""
    return begins_with(earlier.text, line.text)


def _confirmed(client: Client, lines: dict[int, str]) -> Iterator[Problem]:
    said: list[Line] = []
    for entry in reversed(client.entries):
        if not entry.lines:
            continue
        said += [line for line in entry.lines if line.word in ("need", "assumed")]
        for line in entry.said("confirmed"):
            if line.text and not any(bears_out(line, earlier) for earlier in said):
                yield _problem(line, "confirmed-nothing", lines, text=line.text)


def _stage(client: Client, lines: dict[int, str]) -> Iterator[Problem]:
    """The newest stage line of all; a plan's line is news only on its day, but a plan has none."""
    moved: tuple[Entry, Line] | None = next(
        (
            (entry, line)
            for entry in client.entries
            for line in reversed(entry.lines)
            if line.word == "stage" and line.text
        ),
        None,
    )
    if moved and moved[1].text != client.stage:
        entry, line = moved
        yield _problem(
            line, "stage-disagrees", lines, date=entry.date.isoformat(), line=line.text, head=client.stage
        )


def _problem(said: Line, code: str, lines: dict[int, str], /, **params: str) -> Problem:
    excerpt = lines.get(said.where.line, "")
    return Problem(said.where, code, tuple(params.items()), excerpt, severity="warning")
