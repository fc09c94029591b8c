"""What the verbs share: finding the book, telling problems, a bar that shows how far a long build is."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from sitegen.folders import own_templates
from sitegen.records import dataclass

if TYPE_CHECKING:
    from sitegen.build import Findings, Project
    from sitegen.model import Problem
    from sitegen.site.messages import Messages

CLEAN, PROBLEMS, USAGE = 0, 1, 2
"""Exit codes."""


WAITING = "Another build is writing to this folder; waiting for it …"
"""Said where the folder of the site is held."""


@dataclass(frozen=True, slots=True)
class Options:
    """What every verb that reads a book takes."""

    config: Path | None
    content: Path | None
    out: Path | None
    today: dt.date | None
    strict: bool
    quiet: bool
    verbose: bool
    with_private: bool


def open_project(opts: Options, *, notes: bool = True) -> Project:
    """The project that the options, `kayoi.yml` and the current folder name; a usage error where there is none."""
    from sitegen.build import Project
    from sitegen.config import Config
    from sitegen.notes.reading import decode
    from sitegen.notes.settings import read_settings

    settings = opts.config or nearest(Path.cwd())
    root = settings.resolve().parent if settings else Path.cwd()
    cfg = Config()
    problems: tuple[Problem, ...] = ()
    if settings:
        text, unread = decode(settings.read_bytes(), settings.name)
        cfg, found = read_settings(text or "", settings.name)
        problems = (*unread, *found)
    if opts.content:
        cfg = replace(cfg, content=str(opts.content.resolve()))
    if opts.out:
        cfg = replace(cfg, out=str(opts.out.resolve()))
    for folder in (cfg.content, cfg.out, cfg.templates):
        if "\0" in folder:
            fail(f"{folder!r} can't be the name of a folder")
    if any("\ud800" <= letter <= "\udfff" for letter in cfg.out):
        fail(
            f"{cfg.out!r} is no name in UTF-8, so no address could hold it. Name another folder for the site"
        )
    project = Project(root, cfg, problems, settings)
    if notes and not project.content.is_dir():
        fail(
            f"There is no folder {shown_path(project.content)}. Go to your book's folder, or lay one out: kayoi init"
        )
    return project


def nearest(folder: Path) -> Path | None:
    """`kayoi.yml` here or in the nearest folder above; a usage error where it is no file that can be read."""
    for place in (folder, *folder.parents):
        file = place / "kayoi.yml"
        if file.is_file():
            return file
        if os.path.lexists(file):
            fail(
                f"{shown_path(file)} is no file with settings. Remove it, or write one: kayoi init shows how"
            )
    return None


def catalogue(project: Project) -> Messages:
    """All texts in the book's language."""
    from sitegen.site.messages import load_messages

    folders = (project.templates, own_templates())
    return load_messages(project.cfg.lang, folders, era=project.cfg.era)


def words(project: Project) -> Callable[..., str]:
    """Sentences by code, in the book's language."""
    messages = catalogue(project)
    return lambda code, **params: messages(f"problem.{code}", **params).unescape()


def sayer(project: Project) -> Callable[[Problem], str]:
    """What problems say, in the book's language."""
    messages = catalogue(project)
    return lambda problem: messages.problem(problem).unescape()


def report(problems: tuple[Problem, ...], project: Project, opts: Options, *, err: bool = True) -> None:
    """Tell all problems, each with its line and a suggestion."""
    from sitegen import report as shown

    if not problems:
        return
    colour = coloured(sys.stderr if err else sys.stdout)
    for block in shown.text(problems, sayer(project), colour=colour):
        click.echo(block, err=err, color=colour)


def coloured(stream: TextIO) -> bool:
    """Whether to write in colours."""
    return stream.isatty() and "NO_COLOR" not in os.environ


def exit_code(problems: tuple[Problem, ...], opts: Options) -> int:
    """0 where nothing is wrong; warnings count with `--strict`."""
    return PROBLEMS if any(p.severity == "error" or opts.strict for p in problems) else CLEAN


def count(problems: tuple[Problem, ...]) -> str:
    """`no problems`, or how many of each sort."""
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    parts = [
        f"{n} {word}{'s' if n != 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n
    ]
    return ", ".join(parts) or "no problems"


def clients(findings: Findings) -> str:
    """`1 client`, `56 clients`."""
    number = len(findings.book.clients)
    return f"{number} client{'' if number == 1 else 's'}"


def summary(
    clients: str, today: dt.date, problems: str, written: int, pages: int, removed: int, out: Path
) -> str:
    """What a build did, on one line: `56 clients`, `no problems`, and how many files."""
    gone = f", {removed} removed" if removed else ""
    made = f"{written} of {pages} files written{gone}"
    return f"{clients} on {today:%A} {today}, {problems}; {made} → {shown_path(out / 'index.html')}"


def history_told(findings: Findings, project: Project) -> str:
    """What the pages lack of the clients' past, and what would help; empty where nothing is lacking."""
    found = findings.history
    folders = (project.content, *project.content.parents)
    above = (folder for folder in folders if os.path.exists(folder / ".git"))  # noqa: PTH110  one that is closed counts as none
    top = next(above, None)
    if top is None or found.status not in ("shallow", "refused", "failed", "no-git"):
        return ""
    return words(project)(f"history-{found.status}", since=str(found.since or ""), folder=str(top))


def shown_path(path: Path) -> str:
    """A path as short as it can be told from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def fail(message: str, code: int = USAGE) -> NoReturn:
    """Stop with a sentence, never a traceback."""
    click.echo(f"kayoi: {message}", err=True)
    sys.exit(code)


class Bar:
    """A progress bar for builds that take long enough to wonder, on a terminal only."""

    LEAST = 300

    def __init__(self, opts: Options) -> None:
        """Quiet, or a stream that is no terminal: nothing is drawn."""
        self.drawn = not opts.quiet and sys.stderr.isatty()
        self.what = ""
        self.bar: Any = None

    def __enter__(self) -> Bar:
        """Nothing is drawn before there is something to tell."""
        return self

    def __exit__(self, *_: object) -> None:
        """The bar is ended, whatever happened."""
        self._end()

    def __call__(self, what: str, done: int, total: int) -> None:
        """So much of the total is done."""
        if not self.drawn or total < self.LEAST:
            return
        if what != self.what:
            self._end()
            self.what = what
            self.bar = click.progressbar(length=total, label=what.ljust(6), file=sys.stderr)
            self.bar.__enter__()
        if done % 50 == 0 or done == total:
            self.bar.update(done - self.bar.pos)

    def _end(self) -> None:
        if self.bar:
            self.bar.__exit__(None, None, None)
            self.bar = None


def trouble(error: Exception) -> str:
    """What went wrong in a build, in words: with a file, in a template of the team's, or in Kayoi itself."""
    import traceback

    if isinstance(error, OSError) and error.strerror:
        named = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, (str, bytes)) else ""
        return f"{named}{error.strerror}. The system lets Kayoi go no further: see to it and run the command again."
    if type(error).__module__ == "sqlite3" or type(error).__name__ == "Damaged":
        return f"what is kept in .kayoi can't be read or written: {error}. Is there room on the disk? Run it again"
    frames = traceback.extract_tb(error.__traceback__)
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    ours = str(own_templates())
    places = [(f.filename, f.lineno) for f in frames if f.filename.endswith((".html", ".xml"))]
    file, at = (name, line) if name and line else next(reversed(places), (None, None))
    told = f"{type(error).__name__}: {error}"
    if file and not str(file).startswith((ours, "templates/")):
        return f"{file}:{at}: your template can't be used. {told}"
    where = f" ({file}:{at})" if file else ""
    return f"this is a bug in Kayoi, not in your notes. Please report it with this line: {told}{where}"
