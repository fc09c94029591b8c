"""How a problem shows its line: as written, but without what is private."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from sitegen.model import Problem, Where
from sitegen.records import dataclass

FILLER = "\ufdd0"
"""Stands in cut text for every private character, so that columns stay true; never in a value or excerpt."""
_LONGEST = 200
_MARKS = re.compile(r"[%％]{2}.*|<!--.*", re.DOTALL)
_QUOTED = re.compile(r"""(?<![^\s\[{,:(-])("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")


@dataclass(frozen=True, slots=True)
class Shown:
    """A file's lines as problems may show them: what is private is cut out already."""

    path: str
    lines: Sequence[str] = ()
    first_line: int = 1
    """The number in the file of the first of `lines`."""
    comments: bool = False
    """Front matter and settings: a YAML comment is nobody's business and is left out."""

    def line(self, number: int) -> str:
        """The line of this number as it may be shown; empty where there is none."""
        index = number - self.first_line
        if not 0 <= index < len(self.lines):
            return ""
        text = self.lines[index]
        return clean(without_comment(text) if self.comments else text)


def problem(
    shown: Shown,
    place: tuple[int, int],
    code: str,
    params: Mapping[str, str] | None = None,
    *,
    mend: str = "",
    severity: Literal["error", "warning"] = "error",
) -> Problem:
    """A problem at (line, column), both from 1, with the line as its excerpt.

    `mend` is left out where it would show what the excerpt hides.
    """
    line, col = place
    return Problem(
        where=Where(shown.path, line, col),
        code=code,
        params=tuple(sorted((key, clean(value)) for key, value in (params or {}).items())),
        excerpt=shown.line(line),
        mend="" if FILLER in mend or _MARKS.search(mend) else mend,
        severity=severity,
    )


def clean(text: str) -> str:
    """A text as it may be shown: private parts gone, spaces at its end too, not endlessly long."""
    if FILLER in text:
        text = re.sub(rf"{FILLER}+", "", text)
    text = _MARKS.sub("", text).rstrip()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def without_comment(line: str) -> str:
    """A line of YAML without its comment.

    A `#` in quotes is text; in a quotation that is never closed it counts as a comment, for it may be one.
    """
    if "#" not in line:
        return line
    masked = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), line)
    found = re.search(r"(?:^|(?<=\s))#", masked)
    return line[: found.start()].rstrip() if found else line
