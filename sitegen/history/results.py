"""A note's steps → what each changed. A step's result depends on nothing but what lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from hashlib import blake2b

from sitegen.history.versions import KEYS, Version, differing, meaning
from sitegen.history.walking import Step
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """What one step changed."""

    changes: tuple[tuple[str, str, str], ...] = ()
    """Keys with what was before and after: told of `stage` by its key, of `owner` by `mark`, else empty."""
    days: tuple[int, ...] = ()
    """Days of the entries that it added, as ordinals."""
    stage: str = ""
    """After it, where branches met; else empty."""
    owner: str = ""
    """Likewise, by `mark`."""
    skipped: bool = False
    """The version can't be read, or was private."""
    mended: bool = False
    """Something wrong in the version was taken from the one before."""

    @property
    def whole(self) -> bool:
        """The version stands for itself: none before it need be known to compare with it."""
        return not self.skipped and not self.mended


Past = tuple[str, Version]
"""A path and what the note said while it lay there."""


@dataclass(slots=True)
class Readings:
    """The versions of one note on its way through its steps."""

    owner_of: Callable[[str], str]
    """The rep whose folder a path lies in."""
    good: dict[str, Version | None] = field(default_factory=dict)
    """By blob: the version, or the last one before it that can be told; None where there is none."""

    def take(self, step: Step, version: Version | None) -> Result:
        """The result of a step; the versions before it are in `good`."""
        pasts = [(path, old) for path, blob in step.olds if (old := self.good.get(blob))]
        if version is None:
            self.good[step.blob] = pasts[0][1] if pasts else None
            return Result(skipped=True)
        if not pasts:
            self.good[step.blob] = version
            return Result(days=tuple(sorted(version.days)))
        keys, told = differing(pasts[0][1], version)
        self.good[step.blob] = told
        found = {key for key in keys if key != "owner"} | self._handed(pasts[0], (step.path, told))
        for past in pasts[1:]:
            found &= {*differing(past[1], told)[0], *self._handed(past, (step.path, told))}
        added = told.days.difference(*(old.days for _, old in pasts))
        before, after = pasts[0], (step.path, told)
        changes = tuple(self._change(key, before, after) for key in KEYS if key in found)
        met = len(step.olds) > 1
        return Result(
            changes,
            tuple(sorted(added)),
            stage_of(told) if met else "",
            mark(self._owned(*after)) if met else "",
            mended=told is not version,
        )

    def _change(self, key: str, before: Past, after: Past) -> tuple[str, str, str]:
        if key == "stage":
            return key, stage_of(before[1]), stage_of(after[1])
        if key == "owner":
            return key, mark(self._owned(*before)), mark(self._owned(*after))
        return key, "", ""

    def _handed(self, before: Past, after: Past) -> set[str]:
        return {"owner"} if self._owned(*before) != self._owned(*after) else set()

    def _owned(self, path: str, version: Version) -> str:
        return meaning(version.said.get("owner", "")) or self.owner_of(path)


def stage_of(version: Version) -> str:
    """The stage that a version's page showed."""
    return meaning(version.said.get("stage", "")) or "approach"


def mark(name: str) -> str:
    """Stands for a name where the name itself is not to be kept."""
    return blake2b(name.encode("utf-8", "surrogateescape"), digest_size=9).hexdigest() if name else ""


def to_read(steps: Sequence[Step], known: Sequence[Result | None]) -> list[tuple[str, Step | None]]:
    """The versions that must be read, oldest first: blobs, each with the step that it is the end of.

    Without a step: only what the next one is compared with. `steps` and `known` (their results, None where there is
    none): newest first.
    """
    if all(known):
        return []
    alone = all(result.whole for result in known if result)
    reads: list[tuple[str, Step | None]] = []
    there: set[str] = set()
    for step, result in zip(reversed(steps), reversed(known), strict=True):
        if result and alone:
            continue
        for _, old in step.olds:
            if old not in there:
                reads.append((old, None))
        reads.append((step.blob, step))
        there |= {step.blob, *(old for _, old in step.olds)}
    return reads
