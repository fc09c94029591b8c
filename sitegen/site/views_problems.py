"""Problems: what is wrong in the notes, where, and how the line would be right."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from markupsafe import Markup

from sitegen.model import Problem
from sitegen.site.context import Site
from sitegen.site.shown import Shown


class ProblemView(Shown, frozen=True):
    """One problem."""

    place: str
    """`path:line:col`."""
    line: int
    message: Markup
    excerpt: str
    caret: str
    """Blanks as wide as what stands before the column, then `^`."""
    mend: str
    severity: str


class NoteProblems(Shown, frozen=True):
    """All problems of one file."""

    path: str
    name: str
    """The client's, or empty where the file is no client."""
    href: str
    problems: tuple[ProblemView, ...]


class ProblemsView(Shown, frozen=True):
    """The page of problems."""

    notes: tuple[NoteProblems, ...]
    total: int
    errors: int
    warnings: int


def caret(excerpt: str, col: int) -> str:
    """A line that points at column `col` (from 1) of the excerpt, full-width characters counted as wide."""
    if not 1 <= col <= len(excerpt) + 1:
        return ""
    blanks = (_blank(c) for c in excerpt[: col - 1])
    return "".join(blanks) + "^"


def _blank(char: str) -> str:
    if char == "\t":
        return char
    return "\u3000" if unicodedata.east_asian_width(char) in "WF" else " "


def problem_view(site: Site, problem: Problem) -> ProblemView:
    """One problem in the site's language."""
    where = problem.where
    return ProblemView(
        place=f"{where.path}:{where.line}:{where.col}",
        line=where.line,
        message=site.t.problem(problem),
        excerpt=problem.excerpt,
        caret=caret(problem.excerpt, where.col) if problem.excerpt else "",
        mend=problem.mend,
        severity=problem.severity,
    )


def problems_view(site: Site) -> ProblemsView:
    """All problems, grouped by file."""
    by_path = {client.path: client for client in site.clients.values()}
    notes = []
    for path, problems in groupby(site.problems, key=lambda p: p.where.path):
        client = by_path.get(path)
        told = tuple(problem_view(site, p) for p in problems)
        url = site.url("", "client", client.key) if client else ""
        notes.append(NoteProblems(path, client.name if client else "", url, told))
    errors = sum(p.severity == "error" for p in site.problems)
    return ProblemsView(tuple(notes), len(site.problems), errors, len(site.problems) - errors)
