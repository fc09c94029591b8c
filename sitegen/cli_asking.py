"""What the verbs at the desk share: taking what was typed, asking which one is meant, telling what was written."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sitegen.cli_screen import asked
from sitegen.terminal import PROBLEMS, USAGE, catalogue, exit_code, report, shown_path

if TYPE_CHECKING:
    from sitegen.build import Project
    from sitegen.desk.entering import Edited
    from sitegen.desk.finding import Known
    from sitegen.desk.wording import Said
    from sitegen.model import Person
    from sitegen.notes.vocabulary import Kind
    from sitegen.terminal import Options

MOST = 20
"""Names listed where several fit."""


def clean(text: str) -> str:
    """What was typed, composed (NFC); a usage error where the terminal gave something that is no text."""
    from sitegen.text import nfc

    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise click.UsageError(
            "What you typed can't be read as text: the terminal's encoding is not UTF-8."
        ) from None
    return nfc(text)


def refused(project: Project, key: str, **params: str) -> click.UsageError:
    """A usage error in the book's language."""
    return click.UsageError(catalogue(project)(f"desk.{key}", **params).unescape())


def day_of(project: Project, text: str | None, today: dt.date) -> dt.date:
    """The day meant by a full date, `yesterday`, or `11/18`, the last such day; today where none was given."""
    from sitegen.desk.spoken import spoken_day

    day = spoken_day(text, today) if text is not None else today
    if day is None:
        raise refused(project, "no-day", word=text or "")
    return day


def time_of(project: Project, text: str) -> str:
    """A time of day as `HH:MM`, or empty."""
    from sitegen.notes.fm_clock import read_time

    time = read_time(text) if text else ""
    if text and not time:
        raise refused(project, "no-time", word=text)
    return time


def kind_of(project: Project, kinds: Mapping[str, Kind], word: str) -> Kind:
    """The kind of entry that a word means, in either language."""
    from sitegen.desk.wording import kind_word
    from sitegen.text import fold

    if kind := kinds.get(fold(word)):
        return kind
    japanese = project.cfg.lang == "ja"
    known = [kind_word(kind, japanese) if japanese else kind.key for kind in kinds.values()]
    raise _no_such(project, "no-kind", word, kinds, known)


def stage_of(project: Project, word: str) -> str:
    """The stage that a word means, in either language."""
    from sitegen.desk.wording import stage_word
    from sitegen.notes.vocabulary import STAGE_WORD, STAGE_WORDS
    from sitegen.text import fold

    if stage := STAGE_WORD.get(fold(word)):
        return stage
    japanese = project.cfg.lang == "ja"
    known = [stage_word(stage, japanese) if japanese else stage for stage in STAGE_WORDS]
    raise _no_such(project, "no-stage", word, STAGE_WORD, known)


def size_of(project: Project, word: str) -> str:
    """The size of a company that a word means, in either language; empty without one."""
    from sitegen.notes.fm_values import SIZES
    from sitegen.text import fold

    sizes = {fold(one): size for size, words in SIZES.items() for one in words}
    if not fold(word) or fold(word) in sizes:
        return sizes.get(fold(word), "")
    japanese = project.cfg.lang == "ja"
    known = [next(w for w in words if w.isascii() != japanese) for words in SIZES.values()]
    raise _no_such(project, "no-size", word, sizes, known)


def _no_such(
    project: Project, key: str, word: str, near: Iterable[str], known: Iterable[str]
) -> click.UsageError:
    """Told with what was probably meant, and with all that there are."""
    from sitegen.text import closest

    return refused(
        project, key, word=word, meant=_meant(project, closest(word, near)), known=_listed(project, known)
    )


def _meant(project: Project, near: str) -> str:
    return catalogue(project)("desk.meant", near=near).unescape() if near else ""


def _listed(project: Project, words: Iterable[str]) -> str:
    return ("、" if project.cfg.lang == "ja" else ", ").join(dict.fromkeys(words))


def typed_lines(
    project: Project, text: Sequence[str], said: Mapping[str, Sequence[str]], bare: Sequence[str]
) -> tuple[str, tuple[Said, ...]]:
    """What happened as one text, and the lines that count.

    `text`: each either a piece of what happened or a line; `said`: word → its texts, `line` for lines as written;
    `bare`: words that stand alone.
    """
    from sitegen.desk.wording import AS_WRITTEN, Said, is_line

    plain: list[str] = []
    lines: list[str] = []
    open_line = False
    for piece in map(clean, text):
        if is_line(piece):
            lines.append(piece)
            open_line = piece.rstrip().endswith((":", "："))  # typed without quotes: need: telephone manners
        elif open_line:
            lines[-1] += f" {piece}"
        else:
            plain.append(piece)
    for piece in map(clean, said["line"]):
        if not is_line(piece):
            raise _no_line(project, piece)
        lines.append(piece)
    words = [Said(word, "yes" if word == "business" else "") for word in bare]
    told = [Said(word, clean(one)) for word, texts in said.items() if word != "line" for one in texts]
    return " ".join(plain), (*(Said(AS_WRITTEN, line) for line in lines), *words, *told)


def _no_line(project: Project, text: str) -> click.UsageError:
    from sitegen.notes.vocabulary import WORDS
    from sitegen.text import closest

    word = text.lstrip("-*+・ ").split(":")[0].split("：")[0].split("(")[0].strip()
    near = closest(word, [w for row in WORDS for w in row.words])
    japanese = project.cfg.lang == "ja"
    words = (next(w for w in row.words if w.isascii() != japanese) for row in WORDS)
    known = _listed(project, (*words, "[ ]"))
    return refused(project, "no-line", word=text, meant=_meant(project, near), known=known)


def one_of(
    project: Project, word: str, fitting: Sequence[tuple[str, str]], everybody: Sequence[str] = ()
) -> int:
    """Which of those that fit a word is meant, by its place; each is (what it is called, its key).

    On a terminal a number is asked for; else they are listed and it is a usage error, as where nobody fits.
    """
    if len(fitting) == 1:
        return 0
    say = catalogue(project)
    word = word if word.strip() else '""'
    if not fitting:
        click.echo(say("brief.fits-none" if not everybody else "desk.no-rep", word=word).unescape(), err=True)
        for name in everybody:
            click.echo(f"  {name}", err=True)
        sys.exit(USAGE)
    click.echo(say("desk.which" if everybody else "brief.fits", word=word).unescape(), err=True)
    asking = asked()
    for number, (name, key) in enumerate(fitting[:MOST], 1):
        click.echo(f"  {f'{number}  ' if asking else ''}{name} ({key})", err=True)
    if len(fitting) > MOST:
        click.echo(f"  … {len(fitting) - MOST:,}", err=True)
    if not asking:
        sys.exit(USAGE)
    choice = click.IntRange(1, min(MOST, len(fitting)))
    return int(click.prompt(say("desk.number").unescape(), type=choice, err=True)) - 1


def client_of(project: Project, opts: Options, word: str) -> Known:
    """The one client that a part of a name means; where it is none, notes that can't be read are told."""
    from sitegen.desk.closed import closed_notes
    from sitegen.desk.finding import find_clients

    found = find_clients(project.root, project.content, project.cfg, clean(word))
    if not found:
        closed = tuple(closed_notes(project.root, project.content))
        meant = [one for one in closed if one.may_be(clean(word))]
        report(
            tuple(p for one in meant or closed if meant or not one.data for p in one.problems), project, opts
        )
        if meant:
            sys.exit(PROBLEMS)
    called = [(f"{one.client.name} {one.client.native}".rstrip(), one.client.key) for one in found]
    return found[one_of(project, word, called)]


def not_closed(project: Project, opts: Options, name: str) -> None:
    """Stop where a note that can't be read may be of this client; tell of others that can't be."""
    from dataclasses import replace

    from sitegen.desk.closed import closed_notes

    closed = tuple(closed_notes(project.root, project.content))
    meant = [one for one in closed if one.may_be(name)]
    told = (p for one in meant or closed for p in one.problems)
    report(tuple(p if meant else replace(p, severity="warning") for p in told), project, opts)
    if closed:
        key = "desk.may-be-there" if meant else "desk.closed"
        click.echo(catalogue(project)(key, name=name).unescape(), err=True)
    if meant:
        sys.exit(PROBLEMS)


def known_once(project: Project, people: Sequence[Person], names: Sequence[str], day: dt.date) -> None:
    """A usage error where a name fits two of the client's people."""
    from sitegen.notes.names import resolve

    for name in names:
        if choices := resolve(name, people, day).choices:
            either = catalogue(project)("desk.or").unescape().join(choices)
            raise refused(project, "may-be-both", word=name, names=either)


def keep(project: Project, opts: Options, known: Known, edited: Edited, *, dry_run: bool) -> None:
    """Write what an edit came to and show it; where it may not be made, say why and leave the file alone."""
    from sitegen.desk.filing import FileChangedError, replace

    if edited.problems:
        report(edited.problems, project, opts)
        sys.exit(exit_code(edited.problems, opts) or PROBLEMS)
    path = known.client.path
    if edited.data != known.data and not dry_run:
        try:
            replace(known.file, known.data, edited.data)
        except (OSError, FileChangedError) as error:
            not_written(project, path, error)
    if opts.quiet or not edited.written:
        return
    click.echo(f"{shown_path(known.file)}:{edited.line}")
    for line in edited.written:
        click.echo(f"    {line}".rstrip())


def not_written(project: Project, path: str, error: Exception) -> NoReturn:
    """Stop: the file is as it was."""
    from sitegen.desk.filing import FileChangedError
    from sitegen.model import Problem, Where

    changed = isinstance(error, FileChangedError)
    reason = getattr(error, "strerror", None) or str(error)
    code = "desk-changed" if changed else "desk-not-written"
    problem = Problem(Where(path), code, () if changed else (("reason", reason),))
    place = f"{path}:1:1: "
    click.echo(place + catalogue(project).problem(problem).unescape(), err=True)
    sys.exit(PROBLEMS)


def given_lines(given: dict[str, Any], words: Sequence[str]) -> dict[str, Sequence[str]]:
    """The options of line words, by word, taken out of a verb's arguments."""
    return {word: given.pop(f"said_{word}") for word in words}
