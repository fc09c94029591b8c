"""The verbs at the desk: `kayoi new`, `log`, `move`, `due`.

Each is what a rep types in a doorway: names in part, days as they are spoken, lines as they are written in a note.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen.cli_asking import (
    clean,
    client_of,
    day_of,
    given_lines,
    keep,
    kind_of,
    known_once,
    not_closed,
    not_written,
    one_of,
    refused,
    size_of,
    stage_of,
    time_of,
    typed_lines,
)
from sitegen.cli_clock import today_of
from sitegen.options import book_options, options
from sitegen.terminal import CLEAN, PROBLEMS, catalogue, open_project, report, shown_path

if TYPE_CHECKING:
    from sitegen.build import Project

Verb = TypeVar("Verb", bound=Callable[..., Any])

LINES = {
    "need": "What they said they need; `(Ito) …` says who.",
    "assumed": "What you believe, said by nobody yet.",
    "confirmed": "An earlier need or guess, borne out: its first words.",
    "basics": "A basic of the catalogue that is in place.",
    "briefed": "What somebody had been told: `(Ito) …`.",
    "absent": "Why somebody did not come: `(Sato) …`.",
    "introduced": "A client that you introduced: `[[Hakone Hotels]]`.",
    "gave": "Something else of value that you gave.",
    "got": "Something of value that they gave.",
    "setback": "A setback that you shared.",
    "advice": "What you asked their advice on.",
    "no": "Their no, in their words.",
    "postponed": "Put off, to when: June.",
    "by": "The reps who went, where it was not the owner.",
    "lesson": "What to do differently next time.",
}
"""Line words with a text → help; each is an option of `kayoi log`."""
BARE = {
    "unanswered": "Nobody there, or no answer: no contact.",
    "inbound": "They made the first move.",
    "business": "Business was talked.",
}
"""Those that need none."""


class _Typed(click.Command):
    """A command that takes `- need: …` as it stands in a note: a dash and a blank begin no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The bullet off before options are looked for."""
        return super().parse_args(ctx, [arg[2:].lstrip() if arg.startswith("- ") else arg for arg in args])


def _line_options(verb: Verb) -> Verb:
    for word, about in reversed(BARE.items()):
        verb = click.option(f"--{word}", is_flag=True, help=about)(verb)
    for word, about in reversed(LINES.items()):
        verb = click.option(f"--{word}", f"said_{word}", multiple=True, metavar="TEXT", help=about)(verb)
    return verb


@click.command(cls=_Typed)
@click.argument("client")
@click.argument("text", nargs=-1)
@click.option("-k", "--kind", help="visit, meeting, call, 電話 …  [default: visit]")
@click.option("-w", "--with", "people", multiple=True, metavar="NAME", help="Who was there, on their side.")
@click.option("-d", "--date", "day", metavar="DAY", help="When; also 11/18 or yesterday.  [default: today]")
@click.option("--time", "hour", default="", metavar="10:30", help="At what time.")
@click.option("-t", "--title", default="", help="What the heading says beside.")
@click.option("-p", "--promise", multiple=True, metavar="TEXT", help="What you promised, its day at the end.")
@click.option("-l", "--line", "written", multiple=True, metavar="LINE", help="A line as a note has it.")
@click.option("--stage", metavar="STAGE", help="Moved to this stage on this day.")
@_line_options
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@book_options
def log(client: str, text: tuple[str, ...], dry_run: bool, **given: Any) -> None:
    """Write an entry into a client's note, and change nothing else in it.

    CLIENT is any part of any of its names. TEXT is what happened; a TEXT that begins as a line of a note does
    (`need: …`, `no: …`, `[ ] … 2026-12-01`) is one.

    \b
    kayoi log yamato "She showed me the April intake." --with Ito --need "telephone manners"
    kayoi log 大和 -k 電話 --unanswered
    """
    from sitegen.desk.entering import add_entry, kinds_of
    from sitegen.desk.moving import follow_lines
    from sitegen.desk.wording import PROMISE, Draft, Said, names_of, no_day

    opts = options(given)
    project = open_project(opts)
    today = today_of(project, opts)
    bare = [word for word in BARE if given.pop(word)]
    said = {"line": given["written"], **given_lines(given, tuple(LINES)), PROMISE: given["promise"]}
    plain, lines = typed_lines(project, text, said, bare)
    draft = Draft(
        date=day_of(project, given["day"], today),
        kind=kind_of(project, kinds_of(project.cfg), given["kind"] or "visit"),
        people=names_of([clean(name) for name in given["people"]]),
        title=clean(given["title"]),
        time=time_of(project, given["hour"]),
        text=plain,
        lines=lines,
    )
    if not (plain or lines or draft.title or draft.people or given["kind"] or given["stage"]):
        raise refused(project, "no-text")
    if wrong := next(filter(None, (no_day(line, draft.date) for line in lines)), ""):
        raise refused(project, "no-day", word=wrong)
    known = client_of(project, opts, client)
    known_once(project, known.client.people, draft.people, draft.date)
    stage = stage_of(project, given["stage"]) if given["stage"] else ""
    if stage:
        draft = replace(draft, lines=(*draft.lines, Said("stage", stage)))
    edited = add_entry(known.data, known.client.path, project.cfg, draft)
    if stage and not edited.problems:
        edited = follow_lines(edited, known.client.path, project.cfg)
    keep(project, opts, known, edited, dry_run=dry_run)
    if draft.date > today and not opts.quiet:
        click.echo(catalogue(project)("desk.plan").unescape(), err=True)


@click.command()
@click.argument("client")
@click.argument("stage")
@click.option("-d", "--date", "day", metavar="DAY", help="The day of the entry that decided it.")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@book_options
def move(client: str, stage: str, day: str | None, dry_run: bool, **given: Any) -> None:
    """Move a client to a stage: its `stage:` key, and a line in the entry that decided it.

    That entry is the one of --date, else the newest: no entry is made up, for an entry is a contact. To write one
    with it: kayoi log CLIENT … --stage STAGE.
    """
    from sitegen.desk.moving import move as moved

    opts = options(given)
    project = open_project(opts)
    today = today_of(project, opts)
    wanted = stage_of(project, stage)
    known = client_of(project, opts, client)
    when = day_of(project, day, today) if day is not None else None
    edited = moved(known.data, known.client.path, project.cfg, wanted, today, when)
    keep(project, opts, known, edited, dry_run=dry_run)
    if not opts.quiet and not edited.problems:
        say = catalogue(project)
        was, now = (say.or_plain(f"stage.{one}", one) for one in (known.client.stage, wanted))
        click.echo(say("desk.moved" if was != now else "desk.stays", was=was, now=now).unescape())


@click.command()
@click.argument("name")
@click.option(
    "-r", "--rep", envvar="KAYOI_REP", show_envvar=True, help="Whose client; a part of the name will do."
)
@click.option("--native", default="", help="The name in its own script.")
@click.option("--reading", default="", help="How it is read, in kana.")
@click.option("--stage", default="approach", help="Where the relationship stands.  [default: approach]")
@click.option("--size", default="", help="large, mid or small.")
@click.option("--area", default="", help="For one day's visits in one part of the town.")
@click.option("--phone", default="")
@click.option("--product", default="", help="What you hope to sell.")
@click.option("--file", "stem", default="", help="The note's file name, and its address.  [default: NAME]")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@book_options
def new(name: str, rep: str | None, stem: str, dry_run: bool, **given: Any) -> None:
    """Make a note for a new client, with the keys that matter."""
    from sitegen.desk.filing import file_stem, write_new
    from sitegen.desk.finding import find_clients, note_names
    from sitegen.desk.making import new_note
    from sitegen.text import fold

    opts = options(given)
    project = open_project(opts)
    say = catalogue(project)
    fields = {key: clean(value) for key, value in {"name": name, **given}.items()}
    fields |= {"stage": stage_of(project, fields["stage"]), "size": size_of(project, fields["size"])}
    if not fold(fields["name"]):
        raise refused(project, "no-name")
    for one in find_clients(project.root, project.content, project.cfg, fields["name"], whole=True):
        click.echo(say("desk.there", name=one.client.name, path=one.client.path).unescape(), err=True)
        sys.exit(PROBLEMS)
    not_closed(project, opts, fields["name"])
    folder = project.content / "clients" / _folder(project, rep)
    path = (
        folder / f"{file_stem(clean(stem) or fields['name'], note_names(project.root, project.content))}.md"
    )
    data = new_note(fields, lambda key: say.or_plain(f"desk.new.{key}", "").unescape())
    if not dry_run:
        try:
            write_new(path, data)
        except OSError as error:
            not_written(project, shown_path(path), error)
    if rep and not any(one != path for one in folder.glob("*.md")):
        click.echo(say("desk.new-rep", rep=folder.name).unescape(), err=True)
    if not opts.quiet:
        click.echo(say("desk.made", path=shown_path(path)).unescape())
        click.echo(data.decode("utf-8"), nl=False)


@click.command()
@click.argument("rep", required=False, envvar="KAYOI_REP")
@click.option("--by-area", is_flag=True, help="Arranged for a round, by area.")
@book_options
def due(rep: str | None, by_area: bool, **given: Any) -> None:
    """Print the due list of a rep, as the site has it.

    REP is any part of the name; KAYOI_REP says who you are. Without either all reps' lists are printed.
    """
    from sitegen.build import find
    from sitegen.cli_screen import STYLES, coloured, width, wrapped
    from sitegen.desk.naming import reps_called
    from sitegen.site.due_text import due_site, due_text

    opts = options(given)
    project = open_project(opts)
    say = catalogue(project)
    day = today_of(project, opts)
    found = find(project, day, with_private=opts.with_private)
    closed = tuple(p for p in found.book.problems if p.code == "folder-unreadable")
    report(closed, project, opts)
    site = due_site(found.book, found.network, found.facts, project.cfg, day, say)
    keys = list(site.names["due"])
    if rep is not None:
        reps = [site.reps[key] for key in keys]
        fitting = reps_called(reps, clean(rep))
        called = [(r.name, r.key) for r in fitting]
        if not clean(rep).strip():
            raise refused(project, "no-rep-said")
        keys = [fitting[one_of(project, rep, called, [r.name for r in reps])].key]
    room, paint = width(), coloured()
    for number, key in enumerate(keys):
        for told in due_text(site, key, by_area=by_area):
            style = STYLES[told.style] if paint else {}
            for line in wrapped(told.text, room, told.indent * 2):
                click.echo(click.style(line, **style) if style else line)
        if number + 1 < len(keys):
            click.echo()
    sys.exit(PROBLEMS if closed else CLEAN)


def _folder(project: Project, rep: str | None) -> str:
    """The folder of the rep whose client it is; a rep that nobody knows yet gets one.

    Without a name: the folder in which the verb is run, else that of the only rep; a usage error where there are
    several. A book without reps keeps its notes right below `clients/`.
    """
    from sitegen.desk.filing import file_stem, is_name
    from sitegen.desk.finding import here_below, reps_in
    from sitegen.desk.naming import reps_called
    from sitegen.text import closest

    reps = reps_in(project.root, project.content, project.cfg)
    if rep is None:
        here = here_below(project.content, reps)
        fitting = reps if not here else [r for r in reps if r.key == here]
        called = [(r.name, r.key) for r in fitting]
        return fitting[one_of(project, "--rep", called, ["?"])].key if fitting else ""
    word = clean(rep)
    if not is_name(word):
        raise refused(project, "no-folder", word=word)
    fitting = list(reps_called(reps, word))
    near = closest(word, [r.key for r in reps])
    if fitting or near:
        called = [(r.name, r.key) for r in fitting]
        return fitting[one_of(project, rep, called, [r.name for r in reps])].key
    return file_stem(word)


VERBS: tuple[click.Command, ...] = (new, log, move, due)
"""What `cli` takes in."""
