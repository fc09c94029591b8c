"""Steps → what each changed, from the versions that git hands over; in several processes where there are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from sitegen.history import git
from sitegen.history.cache import Key, Known
from sitegen.history.results import Readings, Result, to_read
from sitegen.history.versions import read_version
from sitegen.history.walking import Step
from sitegen.notes.note import owner_of
from sitegen.processes import spread
from sitegen.records import dataclass

PARALLEL = 2000
"""Versions to read from which several processes pay for their start."""
BATCH = 500
Reads = Sequence[tuple[str, Step | None]]
"""Of one note; see `to_read`."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Knows the rep whose folder a path of the repository lies in, as the note's reader would have it."""

    folder: str
    """The folder of the notes below that of `kayoi.yml`."""
    prefix: str
    """The same below the repository's top."""

    def __call__(self, path: str) -> str:
        """The rep's key, by a path from the repository's top."""
        inside = path.startswith(self.prefix)
        return owner_of(f"{self.folder}/{path.removeprefix(self.prefix)}" if inside else path)


def key_of(step: Step, commits: Sequence[git.Commit]) -> Key:
    """What a step's result is remembered by."""
    return commits[step.commit].id, step.path, step.blob, step.olds


def compare(
    repository: git.Repository,
    commits: Sequence[git.Commit],
    steps: Mapping[str, Sequence[Step]],
    known: Known,
    owner: Owner,
) -> bool:
    """Find the results that are not known yet; False where a version was not at hand."""
    todo = []
    for ways in steps.values():
        reads = to_read(ways, [known.results.get(key_of(step, commits)) for step in ways])
        if reads:
            todo.append(reads)
    if not todo:
        return True
    there = git.at_hand(repository) if repository.partial else None
    complete = True
    work = partial(_compared, repository=repository, owner=owner, there=there)
    batches = _batches(todo) if there is None else [todo]
    for batch, (found, whole) in zip(batches, spread(work, batches), strict=True):
        complete = complete and whole
        asked = [step for reads in batch for _, step in reads if step]
        known.results.update(zip([key_of(step, commits) for step in asked], found, strict=True))
    return complete


def _batches(todo: Sequence[Reads]) -> list[Sequence[Reads]]:
    """Of about `BATCH` versions each; one where they are few."""
    if sum(map(len, todo)) < PARALLEL:
        return [todo]
    found: list[list[Reads]] = [[]]
    size = 0
    for reads in todo:
        if size >= BATCH:
            found.append([])
            size = 0
        found[-1].append(reads)
        size += len(reads)
    return list(found)


def _compared(
    todo: Sequence[Reads], repository: git.Repository, owner: Owner, there: frozenset[str] | None
) -> tuple[list[Result], bool]:
    """Results of the steps in their order, and whether all versions were at hand."""
    ids = [blob for reads in todo for blob, _ in reads if there is None or blob in there]
    complete = True
    found = []
    with git.reader(repository, ids) as blobs:
        for reads in todo:
            readings = Readings(owner)
            for blob, step in reads:
                data = next(blobs, None) if there is None or blob in there else None
                complete = complete and data is not None
                version = read_version(data)
                if step is None:
                    readings.good[blob] = version
                else:
                    found.append(readings.take(step, version))
    return found, complete
