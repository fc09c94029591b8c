"""A note's body with what is needed to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from sitegen.model import Person, Problem, Severity, Where
from sitegen.notes.vocabulary import Kind
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A body, the people and words that it may name, and where it stands."""

    path: str
    lines: Sequence[str]
    """The body's lines, private parts cut out."""
    first_line: int
    """The line of the file on which the body begins."""
    people: Sequence[Person] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    inside: str = ""
    """The note's path within the content folder, from which its addresses count."""

    def where(self, index: int, col: int = 1) -> Where:
        """A place by the body's own line number (from 0)."""
        return Where(self.path, self.first_line + index, col)

    def line(self, index: int) -> str:
        """A line of the body, empty where there is none."""
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def problem(
        self, index: int, code: str, mend: str = "", severity: Severity = "error", **params: str
    ) -> Problem:
        """A problem of a whole line, at its first character that is no mark of a heading."""
        line = self.line(index)
        col = len(line) - len(line.lstrip("# \t")) + 1
        return Problem(self.where(index, col), code, tuple(params.items()), line, mend, severity)
