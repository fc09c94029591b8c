"""Doing what a plan says: each note in one step, and whoever could not be written is left to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sitegen.desk.filing import FileChangedError, replace, write_new
from sitegen.desk.importing.contact import Unread
from sitegen.desk.importing.planning import Change, Plan
from sitegen.desk.importing.source import Source, mend_path, mend_paths, same_file
from sitegen.model import Problem, Where


def carry_out(plan: Plan) -> tuple[tuple[Change, ...], tuple[Unread, ...]]:
    """Write the notes of a plan; returns what was done, and the contacts whose note could not be written."""
    done: list[Change] = []
    failed: list[Unread] = []
    for change in plan.changes:
        try:
            if change.before is None:
                write_new(change.file, change.after)
            else:
                replace(change.file, change.before, change.after)
            done.append(change)
        except FileChangedError:
            failed += _failed(change, Problem(Where(change.path), "import-changed"))
        except OSError as error:
            reason = (("reason", error.strerror or type(error).__name__),)
            failed += _failed(change, Problem(Where(change.path), "import-unwritten", reason))
    return tuple(done), tuple(failed)


def leave_to_mend(source: Source, unread: Sequence[Unread]) -> Path | None:
    """Write what could not be imported to a file beside the source; None where there is nothing to leave.

    Raises `OSError`.
    """
    pieces = sorted({one.piece for one in unread})
    if not pieces or source.mend is None:
        return None
    data = source.mend(pieces)
    left = next((one for one in mend_paths(source.path) if same_file(one.read_bytes(), data)), None)
    if left:
        return left  # the same file was imported before, and nothing was mended since
    path = mend_path(source.path)
    write_new(path, data)
    return path


def _failed(change: Change, problem: Problem) -> Iterable[Unread]:
    return (Unread(piece, problem) for piece in change.pieces)
