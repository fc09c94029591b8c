"""What a build tells in the terminal, kept so that it can be told again when nothing changed."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import shortcut
from sitegen.folders import below
from sitegen.terminal import (
    CLEAN,
    PROBLEMS,
    WAITING,
    Options,
    clients,
    coloured,
    count,
    nearest,
    sayer,
    summary,
)

if TYPE_CHECKING:
    from sitegen.build import Findings, Project
    from sitegen.model import Problem
    from sitegen.output.writing import Written


def asked_of(opts: Options) -> shortcut.Asked:
    """What a build is asked for, before any settings are read."""
    settings = opts.config or nearest(Path.cwd())
    root = settings.resolve().parent if settings else Path.cwd()
    told = tuple(below(path.resolve(), root) if path else "" for path in (opts.content, opts.out))
    return shortcut.Asked(
        root, settings.resolve() if settings else None, (*told, str(opts.today)), opts.today
    )


def places_of(project: Project) -> shortcut.Places:
    """Where a project's folders are."""
    folders = (project.content, project.templates, project.out)
    content, templates, out = (str(folder.resolve()) for folder in folders)
    return shortcut.Places(content, templates, out, project.cfg.timezone)


UNREADABLE = frozenset(("note-unreadable", "folder-unreadable"))
"""Problems of which a file's looks say nothing."""


def remember(
    asked: shortcut.Asked,
    seen: shortcut.Look,
    findings: Findings,
    problems: tuple[Problem, ...],
    written: Written,
    project: Project,
    lacking: str,
) -> None:
    """Keep what a build told. Nothing private is kept, and nothing where the disk did not take part."""
    from sitegen import report as shown
    from sitegen.restoring import noted

    if (
        # a file that nobody may open looks the same once somebody may
        any(problem.private or problem.code in UNREADABLE for problem in problems)
        or written.conflicts
        or written.held
        or written.manifest_lost
    ):
        shortcut.forget(asked)
        return
    seen.pages = dict(findings.looks) if findings.looks is not None else None
    say = sayer(project)
    told = {
        "plain": list(shown.text(problems, say, colour=False)),
        "coloured": list(shown.text(problems, say, colour=True)),
        "clients": clients(findings),
        "count": count(problems),
        "error": any(problem.severity == "error" for problem in problems),
        "problems": len(problems),
        "pages": len(written.written) + written.unchanged,
        "lacking": lacking,
        **noted(asked, seen, *findings.kept),
    }
    shortcut.keep(asked, seen, told)


def put_back(asked: shortcut.Asked, seen: shortcut.Look) -> tuple[Mapping[str, Any], Written] | None:
    """What the last build told, and what became of its site, where a build would only make the same again."""
    told = shortcut.last_told(asked)
    if "contents" not in told:
        return None
    from sitegen import restoring
    from sitegen.output.errors import OutputError

    try:
        written = restoring.put_back(asked, seen, told, lambda: click.echo(WAITING, err=True))
    except (OutputError, OSError):
        return None  # the build itself will say what is in the way
    if written is None:
        return None
    shortcut.keep(asked, seen, told)
    return told, written


def tell_again(told: Mapping[str, Any], today: dt.date, out: str, opts: Options, made: Written | None) -> int:
    """What the last build told, and its exit code; `made`: what was put back, if anything was."""
    colour = coloured(sys.stderr)
    for block in told["coloured" if colour else "plain"]:
        click.echo(block, err=True, color=colour)
    if not opts.quiet:
        files = (len(made.written) if made else 0, told["pages"], len(made.removed) if made else 0)
        if told["lacking"]:
            click.echo(told["lacking"], err=True)
        click.echo(summary(told["clients"], today, told["count"], *files, Path(out)))
    return PROBLEMS if told["error"] or (opts.strict and told["problems"]) else CLEAN


def verbose(written: Written) -> Iterator[str]:
    """Every file that was written or removed, a line each."""
    yield from (f"written {path}" for path in written.written)
    yield from (f"removed {path}" for path in written.removed)


def explained(findings: Findings | None, written: Written, project: Project) -> Iterator[str]:
    """Why each file was written or removed, a line each; without findings it was put back."""
    from sitegen.planning.explaining import lines, sort_of
    from sitegen.terminal import catalogue

    messages = catalogue(project)
    paths = {client.key: client.path for client in findings.book.clients} if findings else {}
    cells = findings.why if findings else {}

    def say(key: str, **params: object) -> str:
        return messages(key, **params).unescape()

    def name(table: str, key: str) -> str:
        return paths.get(key, key) if sort_of(table) in ("client", "introductions") else key

    why = {path: cells.get(path, ()) for path in written.written}
    return lines(why, written.removed, say, name)
