"""From the newest commit back: which changes made each note what it is.

What is looked for is a path with a blob. The commit that made it names what it was before, and the search goes on for
that: through renames, into both sides of a merge, and past what a merge threw away, as `git log -- note` does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sitegen.history.git import Commit
from sitegen.history.raw import Old, Touch
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A commit that changed a note."""

    commit: int
    """Index into the commits."""
    path: str
    blob: str
    olds: tuple[Old, ...] = ()
    """What the note was before: two and more where branches met; none where its past begins."""


def steps_of(
    commits: Sequence[Commit],
    touched: Mapping[str, Sequence[Touch]],
    newest: Mapping[str, str],
    cut: Collection[str] = (),
) -> dict[str, list[Step]]:
    """The steps of each note, newest first.

    `commits`: every one before its parents. `newest`: the notes' paths in the newest commit and their blobs. `cut`:
    commits whose parents are not at hand; what they changed is not known.
    """
    walk = _Walk(newest)
    for at, commit in enumerate(commits):
        rows = touched.get(commit.id, ())
        made = walk.made(rows)
        if commit.id not in cut and (made or walk.lost):
            walk.take(at, made, _gone(rows))
    return walk.steps


class _Walk:
    def __init__(self, newest: Mapping[str, str]) -> None:
        self.steps: dict[str, list[Step]] = {path: [] for path in newest}
        self.wanted: dict[Old, list[str]] = {old: [old[0]] for old in newest.items()}
        self.lost: dict[str, list[str]] = {}
        """File name → notes whose past seems to begin, but may only have been interrupted."""

    def made(self, rows: Sequence[Touch]) -> list[tuple[Touch, list[str]]]:
        """The rows that made what is looked for, with the notes that look for it."""
        wanted = self.wanted
        found = []
        for row in rows:
            notes = wanted.pop((row.path, row.blob), None)
            if notes:
                found.append((row, notes))
        return found

    def take(self, at: int, made: Sequence[tuple[Touch, list[str]]], gone: dict[str, Old]) -> None:
        """Note the steps of one commit. `gone`: what it removed, by file name."""
        for row, notes in made:
            name = _name(row.path)
            removed = None if row.olds else gone.pop(name, None)
            olds = (removed,) if removed else row.olds
            for note in notes:
                self.steps[note].append(Step(at, row.path, row.blob, olds))
                self.look_for(note, olds)
                if not olds:
                    self.lost.setdefault(name, []).append(note)
        for name, old in gone.items():
            # Removed, and made again by a later commit: the same note, the same page's address.
            for note in self.lost.pop(name, ()):
                steps = self.steps[note]
                index = next(i for i, step in enumerate(steps) if not step.olds and _name(step.path) == name)
                steps[index] = replace(steps[index], olds=(old,))
                self.look_for(note, (old,))

    def look_for(self, note: str, olds: Sequence[Old]) -> None:
        for old in olds:
            notes = self.wanted.setdefault(old, [])
            if note not in notes:
                notes.append(note)


def _gone(rows: Sequence[Touch]) -> dict[str, Old]:
    """What a commit removed, by file name; a name that it removed twice tells nothing."""
    found: dict[str, list[Old]] = {}
    for row in rows:
        if not row.blob and len(row.olds) == 1:
            found.setdefault(_name(row.path), []).append(row.olds[0])
    return {name: olds[0] for name, olds in found.items() if len(olds) == 1}


def _name(path: str) -> str:
    return path.rpartition("/")[2]
