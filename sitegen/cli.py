"""The verbs: `kayoi build`, `check`, `serve`, `brief`, `clean`, `init`, `schema`, and those of `cli_*`.

Exit codes: 0 clean, 1 problems, 2 usage.
"""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import __version__, cli_desk
from sitegen.cli_clock import now, today_of
from sitegen.cli_import import import_
from sitegen.options import Day, book_options, options
from sitegen.terminal import (
    PROBLEMS,
    USAGE,
    WAITING,
    Bar,
    Options,
    catalogue,
    clients,
    count,
    exit_code,
    fail,
    history_told,
    open_project,
    report,
    sayer,
    shown_path,
    summary,
    trouble,
    words,
)

if TYPE_CHECKING:
    from sitegen.build import Findings, Project
    from sitegen.output.writing import Written


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="kayoi")
def cli() -> None:
    """通い Kayoi: client notes in Markdown become a site of due lists and relationship histories."""


@cli.command()
@click.option("--explain", is_flag=True, help="Say of each file why it was written.")
@click.option("--no-cache", is_flag=True, help="Read and make everything anew, and remember nothing.")
@book_options
def build(explain: bool, no_cache: bool, **given: Any) -> None:
    """Build the site. What did not change since the last build is not even looked at."""
    from sitegen import shortcut
    from sitegen.again import asked_of, explained, places_of, put_back, remember, tell_again, verbose

    opts = options(given)
    asked = None if no_cache or opts.with_private else asked_of(opts)
    seen, told = shortcut.last(asked, now) if asked else (None, {})
    if seen and told:
        sys.exit(tell_again(told, seen.today, seen.places.out, opts, None))
    if asked and seen and (back := put_back(asked, seen)):
        told, restored = back
        if explain or opts.verbose:
            for line in explained(None, restored, open_project(opts)) if explain else verbose(restored):
                click.echo(line)
        sys.exit(tell_again(told, seen.today, seen.places.out, opts, restored))
    from sitegen.output.writing import told as told_of

    project = open_project(opts)
    day = today_of(project, opts)
    if asked and (seen is None or seen.places != places_of(project) or seen.today != day):
        seen = shortcut.look(asked, places_of(project), day)
    findings, written = _build(project, opts, keep=not no_cache)
    problems = (*findings.problems, *told_of(written, shown_path(project.out)))
    report(problems, project, opts)
    if explain:
        for line in explained(findings, written, project):
            click.echo(line)
    elif opts.verbose:
        for line in verbose(written):
            click.echo(line)
    lacking = history_told(findings, project)
    if not opts.quiet:
        if lacking:
            click.echo(lacking, err=True)
        made = len(written.written), len(written.written) + written.unchanged, len(written.removed)
        click.echo(summary(clients(findings), day, count(problems), *made, project.out))
    if asked and seen:
        remember(asked, seen, findings, problems, written, project, lacking)
    sys.exit(exit_code(problems, opts))


@cli.command()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as notes on a pull request.",
)
@book_options
def check(style: str, **given: Any) -> None:
    """Tell every problem in the notes; write nothing."""
    from sitegen import report as shown
    from sitegen.build import find

    opts = options(given)
    project = open_project(opts)
    with Bar(opts) as bar:
        findings = find(project, today_of(project, opts), with_private=opts.with_private, progress=bar)
    say = sayer(project)
    if style == "json":
        click.echo(shown.as_json(findings.problems, say))
    elif style == "github":
        for line in shown.github(findings.problems, say):
            click.echo(line)
    else:
        report(findings.problems, project, opts, err=False)
        if not opts.quiet:
            click.echo(f"{clients(findings)}, {count(findings.problems)}")
    sys.exit(exit_code(findings.problems, opts))


@cli.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, envvar="KAYOI_HOST", help="Address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8017,
    show_default=True,
    envvar="KAYOI_PORT",
    help="Port to listen on.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--poll", is_flag=True, envvar="KAYOI_POLL", help="Look for changes by polling, as network shares need."
)
@book_options
def serve(host: str, port: int, open_browser: bool, poll: bool, **given: Any) -> None:
    """Build, serve the site on this machine, and follow every edit."""
    opts = options(given)
    project = open_project(opts)
    from sitegen.cli_preview import preview

    preview(project, opts, host, port, open_browser, poll)


@cli.command()
@book_options
def clean(**given: Any) -> None:
    """Remove the built pages, and nothing else."""
    from sitegen.output.cleaning import clean_site
    from sitegen.output.errors import OutputError

    opts = options(given)
    project = open_project(opts, notes=False)
    try:
        cleaned = clean_site(project.out)
    except OutputError as error:
        fail(str(error))
    for path in cleaned.kept:
        click.echo(f"kept {path}: it was changed by hand", err=True)
    if not opts.quiet:
        click.echo(f"{len(cleaned.removed)} files removed from {shown_path(project.out)}")


@cli.command()
@click.argument("client")
@book_options
def brief(client: str, **given: Any) -> None:
    """Print the brief for a client's next meeting.

    Any part of CLIENT's name, native name, reading or alias will do. Where no meeting is planned, the brief is
    for going today.
    """
    from sitegen.build import find
    from sitegen.desk.naming import clients_called
    from sitegen.site.brief_text import brief_of_client

    opts = options(given)
    project = open_project(opts)
    day = today_of(project, opts)
    found = find(project, day, with_private=opts.with_private)
    say = catalogue(project)
    fitting = clients_called(found.book.clients, client)
    if len(fitting) != 1:
        click.echo(say("brief.fits" if fitting else "brief.fits-none", word=client).unescape(), err=True)
        for one in fitting:
            click.echo(f"  {one.name} {one.native}".rstrip() + f" ({one.key})", err=True)
        sys.exit(USAGE)
    told = brief_of_client(found.book, found.network, found.facts, project.cfg, day, say, fitting[0])
    click.echo(told, nl=False)


@cli.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option(
    "--lang", type=click.Choice(["en", "ja"]), default="en", show_default=True, help="Language of the book."
)
@click.option("--today", type=Day(), envvar="KAYOI_TODAY", help="The day that the examples are written for.")
def init(folder: Path, lang: str, today: dt.date | None) -> None:
    """Lay out a small book of your own in FOLDER.

    Nothing that is there is overwritten. Without FOLDER it is laid out where you are.
    """
    from sitegen.desk.starting import start_book

    made, kept = start_book(folder, lang, today or now("Asia/Tokyo"))
    for path in made:
        click.echo(f"made {path}")
    for path in kept:
        click.echo(f"kept {path}: it was there already")
    where = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"Next: {where}kayoi serve --open")


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a note's front matter.

    It is that of a client's note, for editors that complete and check YAML.
    """
    import json

    from sitegen.notes.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


for verb in (*cli_desk.VERBS, import_):
    cli.add_command(verb)


def _build(project: Project, opts: Options, *, keep: bool = True) -> tuple[Findings, Written]:
    from sitegen.build import build as run
    from sitegen.output.errors import LockBusy, OutputError

    try:
        with Bar(opts) as bar:
            busy = partial(click.echo, WAITING, err=True)
            day = today_of(project, opts)
            pinned = opts.today is not None
            private = opts.with_private
            return run(project, day, with_private=private, pinned=pinned, keep=keep, progress=bar, busy=busy)
    except OutputError as error:
        fail(
            words(project)(error.code, **dict(error.params)),
            PROBLEMS if isinstance(error, LockBusy) else USAGE,
        )
    except OSError as error:
        fail(f"The site could not be written: {error}. The last good one still stands.", PROBLEMS)


def _leave(code: object) -> None:
    """Ends the process at once: taking ten thousand clients to pieces first took as long as a short build."""
    import atexit
    import os

    if isinstance(code, str):
        click.echo(code, err=True)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    atexit._run_exitfuncs()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def main() -> None:
    """The command `kayoi`."""
    import gc

    gc.disable()  # most verbs are short; what goes on for long (`build`, `serve`) sees to it
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if sys.getfilesystemencoding() != "utf-8":
        # the same book would have other names and addresses here than anywhere else
        fail(
            f"this machine writes file names as {sys.getfilesystemencoding()}. Set PYTHONUTF8=1 and run it again"
        )
    try:
        cli()
    except SystemExit as done:
        _leave(done.code)
    except Exception as error:
        import os

        if os.environ.get("KAYOI_DEBUG"):
            raise
        fail(trouble(error), PROBLEMS)
