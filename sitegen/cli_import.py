"""`kayoi import`: contacts out of card services and address books, into notes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.options import book_options, options
from sitegen.terminal import (
    CLEAN,
    PROBLEMS,
    USAGE,
    Options,
    catalogue,
    fail,
    open_project,
    report,
    shown_path,
)

if TYPE_CHECKING:
    from sitegen.build import Project
    from sitegen.desk.importing.contact import Unread
    from sitegen.desk.importing.planning import Change, Plan, Wish
    from sitegen.desk.importing.source import Source
    from sitegen.model import Book, Client, Problem
    from sitegen.site.messages import Messages

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 6
"""People told by name of one note."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option("--write", is_flag=True, help="Do it. Without this nothing is written, only shown.")
@click.option("--dry-run", is_flag=True, help="Only show what would be made; this is what happens anyway.")
@click.option("--rep", metavar="REP", help="Whose clients new companies will be: a folder under clients/.")
@click.option("--stage", metavar="STAGE", default="approach", show_default=True, help="Stage of new clients.")
@click.option("--into", metavar="CLIENT", help="Put everybody at this client; any part of its name will do.")
@click.option("--map", "map_file", type=_FILE, help="A YAML file that says which column is what.")
@book_options
def import_(
    files: Sequence[Path],
    write: bool,
    dry_run: bool,
    rep: str | None,
    stage: str,
    into: str | None,
    map_file: Path | None,
    **given: Any,
) -> None:
    """Bring contacts in: CSV, XLSX or vCard, as card services and address books export them.

    Shows what would be made; --write does it. Nobody is doubled: companies and people that have their place are
    recognised by name, native name or reading. What can't be read is listed, and left in a file to mend.
    """
    if write and dry_run:
        fail("--write and --dry-run can't be had together.")
    from sitegen.desk.closed import closed_in

    opts = options(given)
    project = open_project(opts)
    say = catalogue(project)
    mapping = _mapping(map_file, project, opts)
    wish: Wish | None = None
    clean = True
    closed: tuple[Problem, ...] = ()
    for file in files:
        source = _source(file, mapping)
        book, paths = _book(project)
        wish = wish or _wish(say, book, rep, stage, into)
        if not closed and not (wish.into and wish.into.readable):
            closed = closed_in(book)
            report(closed, project, opts)
        if wish.into and closed:
            sys.exit(PROBLEMS)
        clean = _one(source, project, opts, say, wish, book, paths, write, bool(closed)) and clean
    sys.exit(CLEAN if clean else PROBLEMS)


def _one(
    source: Source,
    project: Project,
    opts: Options,
    say: Messages,
    wish: Wish,
    book: Book,
    paths: Mapping[str, Path],
    write: bool,
    closed: bool,
) -> bool:
    """One file; whether all of it could be brought in. `closed`: there are notes that can't be read."""
    from sitegen.desk.importing.carrying import carry_out, leave_to_mend
    from sitegen.desk.importing.planning import plan
    from sitegen.desk.importing.source import with_line

    write = write and not closed
    planned = plan(source.contacts, book, project.cfg, project.root, paths, wish)
    _need_rep(planned, say, book)
    done, failed = carry_out(planned) if write else (planned.changes, ())
    unread = tuple(sorted((*source.unread, *planned.unread, *failed), key=lambda one: one.piece))
    if not opts.quiet:
        _show(done, say)
    told = (*(one.problem for one in unread), *source.problems, *planned.problems)
    shown = (with_line(problem, source, shown_path(source.path)) for problem in told)
    report(tuple(sorted(shown, key=lambda p: p.where)), project, opts)
    mended = None
    if write:
        try:
            mended = leave_to_mend(source, unread)
        except OSError as error:
            click.echo(say("import.mend-failed", reason=str(error)).unescape(), err=True)
    if not opts.quiet:
        _sum_up(done, planned, unread, say, write)
        if done and not (write or closed):
            click.echo(say("import.next").unescape())
    if closed:
        click.echo(say("import.closed").unescape(), err=True)
    if mended:
        click.echo(say("import.mend", path=shown_path(mended)).unescape(), err=True)
    return not (unread or closed) and not any(p.severity == "error" for p in told)


def _show(changes: Sequence[Change], say: Messages) -> None:
    """A line a note: what becomes of it, and who is in it."""
    for change in changes:
        names = "、".join(change.people[:_SHOWN]) if say.lang == "ja" else ", ".join(change.people[:_SHOWN])
        more = len(change.people) - _SHOWN
        if more > 0:
            names += " " + say("import.more", n=more).unescape()
        key = "import.new" if change.before is None else "import.add"
        click.echo(say(key, path=change.path, names=names or say("import.no-people").unescape()).unescape())


def _sum_up(
    changes: Sequence[Change], planned: Plan, unread: Sequence[Unread], say: Messages, write: bool
) -> None:
    """What it comes to, in a sentence, and what to do next."""
    new = [change for change in changes if change.before is None]
    added = [change for change in changes if change.before is not None]
    parts = [
        say("import.sum-new", n=len(new), people=sum(len(c.people) for c in new)),
        say("import.sum-add", n=sum(len(c.people) for c in added), notes=len(added)),
        say("import.sum-there", n=len(planned.there)),
        say("import.sum-unread", n=len({one.piece for one in unread})),
    ]
    kept = [
        part.unescape()
        for part, count in zip(parts, (new, added, planned.there, unread), strict=True)
        if count
    ]
    told = (", " if say.lang == "en" else "、").join(kept) or say("import.sum-nothing").unescape()
    click.echo(say("import.done" if write else "import.would", told=told).unescape())


def _mapping(file: Path | None, project: Project, opts: Options) -> Mapping[str, str]:
    from sitegen.desk.importing.mapping import read_mapping

    if file is None:
        return {}
    mapping, problems = read_mapping(file, shown_path(file))
    report(problems, project, opts)
    if problems:
        sys.exit(USAGE)
    return mapping


def _source(file: Path, mapping: Mapping[str, str]) -> Source:
    from sitegen.desk.importing.source import read_source

    try:
        return read_source(file, shown_path(file), mapping)
    except OSError as error:
        fail(f"{shown_path(file)}: {error.strerror}")


def _book(project: Project) -> tuple[Book, dict[str, Path]]:
    """All notes, private ones too, and where each lies."""
    from sitegen.notes.book import read_book
    from sitegen.notes.folder import find_notes

    unheard: list[Problem] = []
    paths = {found.path: Path(found.file) for found in find_notes(project.root, project.content, unheard)}
    return read_book(project.root, project.cfg, keep_private=True), paths


def _wish(say: Messages, book: Book, rep: str | None, stage: str, into: str | None) -> Wish:
    """What was asked for, each word of it checked."""
    from sitegen.desk.filing import is_name
    from sitegen.desk.importing.planning import Wish
    from sitegen.model import STAGES
    from sitegen.notes.vocabulary import STAGE_WORD
    from sitegen.text import closest, fold

    known = [one.key for one in book.reps]
    if rep is not None and not is_name(rep):
        fail(say("desk.no-folder", word=rep).unescape())
    if rep and known and rep not in known:
        near = closest(rep, known)
        fail(say("import.rep-unknown", rep=rep, reps=", ".join(known), near=near).unescape())
    if rep and not known:
        from sitegen.desk.filing import file_stem

        rep = file_stem(rep)
    key = STAGE_WORD.get(fold(stage))
    if not key:
        fail(say("import.stage-unknown", stage=stage, stages=", ".join(STAGES)).unescape())
    return Wish(rep or "", key, _client(book, into, say) if into else None)


def _client(book: Book, word: str, say: Messages) -> Client:
    from sitegen.desk.naming import clients_called

    fits = clients_called(book.clients, word)
    if len(fits) != 1:
        click.echo(say("brief.fits" if fits else "brief.fits-none", word=word).unescape(), err=True)
        for one in fits:
            click.echo(f"  {one.name} {one.native}".rstrip() + f" ({one.key})", err=True)
        sys.exit(USAGE)
    return fits[0]


def _need_rep(planned: Plan, say: Messages, book: Book) -> None:
    """Stop before a whole file is left to mend for want of one word."""
    if any(
        one.problem.code == "import-no-rep" and ("rep", "") in one.problem.params for one in planned.unread
    ):
        fail(say("import.rep-needed", reps=", ".join(one.key for one in book.reps) or "…").unescape())
