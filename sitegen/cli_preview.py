"""What `kayoi serve` does: one build after the other, in a process that remembers."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli_clock import today_of
from sitegen.terminal import Options, fail, history_told, open_project, sayer, words

if TYPE_CHECKING:
    from sitegen.build import Early, Project
    from sitegen.planning.memory import Memory
    from sitegen.preview.building import BuildOutcome


def preview(project: Project, opts: Options, host: str, port: int, open_browser: bool, poll: bool) -> None:
    """Build, serve and follow every edit, until Ctrl-C."""
    gc.enable()
    from sitegen.output.errors import OutputError
    from sitegen.preview.serving import serve as run
    from sitegen.preview.words import PreviewError

    def say(line: str) -> None:
        if not opts.quiet:
            click.echo(line)

    lacking: set[str] = set()

    def hint(line: str) -> None:
        if line and line not in lacking:
            lacking.add(line)
            if not opts.quiet:
                click.echo(line, err=True)

    from sitegen.build import remembered

    try:
        with remembered(project, keep=not opts.with_private) as memory:
            run(
                partial(preview_once, opts, memory, hint),
                _watched(project),
                project.out,
                host,
                port,
                open_browser,
                say,
                words=words(project),
                poll=poll,
            )
    except (PreviewError, OutputError) as error:
        fail(words(project)(error.code, **dict(error.params)))


def preview_once(
    opts: Options,
    memory: Memory,
    hint: Callable[[str], None] = lambda _line: None,
    early: Early | None = None,
    heard: Collection[str] | None = None,
) -> BuildOutcome:
    """One build of the preview: settings are read again, notes only where their bytes changed.

    `hint` takes what the pages lack of the clients' past, and what would help; `early` and `heard` as of a build.
    """
    import time

    from sitegen import report as shown
    from sitegen.build import build as run
    from sitegen.preview.building import BuildOutcome

    begun = time.monotonic()
    project = open_project(opts, notes=False)
    day, pinned = today_of(project, opts), opts.today is not None

    def in_place(paths: tuple[str, ...]) -> None:
        # lists draw on a script that is still to come
        if early and paths:
            early(tuple(path for path in paths if not path.startswith("lists/")))

    findings, written = run(
        project,
        day,
        with_private=opts.with_private,
        pinned=pinned,
        memory=memory,
        early=in_place,
        heard=heard,
    )
    hint(history_told(findings, project))
    say = sayer(project)
    public = "\n".join(shown.text((p for p in findings.problems if not p.private), say))
    private = "\n".join(shown.text((p for p in findings.problems if p.private), say))
    pages = len(written.written) + len(written.removed)
    return BuildOutcome(
        True, public, pages, time.monotonic() - begun, private, watch=_watched(project), out=project.out
    )


def _watched(project: Project) -> tuple[Path, ...]:
    """What a build depends on: notes, templates, settings, and git's own list of what was committed when."""
    commits = (folder / ".git/logs/HEAD" for folder in (project.content, *project.content.parents))
    past = next((file for file in commits if file.parent.is_dir()), None)
    read = (past,) if past and project.cfg.history != "off" else ()
    return (project.content, project.templates, project.settings or project.root / "kayoi.yml", *read)
