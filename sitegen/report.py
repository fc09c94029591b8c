"""Problems as `path:line:col: message`, the line, a caret, a suggestion; or as JSON, or as a pipeline's marks."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from sitegen.model import Problem

Say = Callable[[Problem], str]
"""What a problem says, in the team's language, as plain text."""
WIDTH = 100


def text(problems: Iterable[Problem], say: Say, *, colour: bool = False) -> Iterator[str]:
    """Each problem as a block of lines, as compilers tell theirs."""
    for problem in problems:
        where = problem.where
        mark = (
            ("\x1b[1m", "\x1b[31m" if problem.severity == "error" else "\x1b[33m", "\x1b[0m")
            if colour
            else ("",) * 3
        )
        bold, tint, end = mark
        kind = "" if problem.severity == "error" else "warning: "
        rows = [f"{bold}{where.path}:{where.line}:{where.col}:{end} {tint}{kind}{end}{say(problem)}"]
        if problem.excerpt:
            line, col = window(problem.excerpt, where.col)
            rows += [f"    {line}", f"    {' ' * columns(line[: col - 1])}{tint}^{end}"]
        if problem.mend:
            rows.append(f"    → {problem.mend.strip()}")
        yield "\n".join(rows)


def window(line: str, col: int) -> tuple[str, int]:
    """A long line cut to the part around a column (from 1), and the column in what is left."""
    line = line.replace("\t", " ").rstrip()
    if len(line) <= WIDTH:
        return line, min(col, len(line) + 1)
    start = max(0, min(col - WIDTH // 2, len(line) - WIDTH))
    head, tail = ("…" if start else ""), ("…" if start + WIDTH < len(line) else "")
    return f"{head}{line[start : start + WIDTH]}{tail}", col - start + len(head)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: a full-width character takes two."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )


def as_json(problems: Sequence[Problem], say: Say) -> str:
    """A JSON array, one object a problem, for programs."""
    rows = [
        {
            "path": p.where.path,
            "line": p.where.line,
            "col": p.where.col,
            "severity": p.severity,
            "code": p.code,
            "message": say(p),
            "excerpt": p.excerpt,
            "suggestion": p.mend,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def github(problems: Iterable[Problem], say: Say) -> Iterator[str]:
    """Workflow commands that GitHub shows beside the line."""
    for problem in problems:
        where = problem.where
        message = say(problem) + (f"\n→ {problem.mend.strip()}" if problem.mend else "")
        place = f"file={_escape(where.path, True)},line={where.line},col={where.col}"
        yield f"::{problem.severity} {place},title={_escape(problem.code, True)}::{_escape(message)}"


def _escape(text: str, prop: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if prop else text
