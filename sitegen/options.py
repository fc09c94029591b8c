"""The options that all verbs share, each with its `KAYOI_` variable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from sitegen.terminal import Options

Verb = TypeVar("Verb", bound=Callable[..., Any])


class Day(click.ParamType[dt.date]):
    """`2026-11-19`, or any full date that a note may hold."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; a usage error for anything else."""
        from sitegen.notes.dates import read_full

        if isinstance(value, dt.date):
            return value
        day = read_full(str(value))
        return day or self.fail(f"{value!r} is no date. Write it as 2026-11-19.", param, ctx)


def book_options(verb: Verb) -> Verb:
    """The options that all verbs share, each with its `KAYOI_` variable."""

    def option(*names: str, **more: Any) -> None:
        nonlocal verb
        variable = "KAYOI_" + names[-1].lstrip("-").replace("-", "_").upper()
        verb = click.option(*names, envvar=variable, show_envvar=True, **more)(verb)

    path = partial(click.Path, path_type=Path)
    option("-v", "--verbose", is_flag=True, help="Say more: every file written or removed.")
    option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
    option("--with-private", is_flag=True, help="Keep private notes and passages. For your own eyes only.")
    option("--strict", is_flag=True, help="Treat warnings as problems.")
    option("--today", type=Day(), help="Build as on this day instead of the team's today.")
    option("-o", "--out", type=path(file_okay=False), help="Folder of the built pages.  [default: site]")
    option(
        "--content", type=path(exists=True, file_okay=False), help="Folder of the notes.  [default: content]"
    )
    option(
        "-f", "--config", type=path(exists=True, dir_okay=False), help="The settings.  [default: kayoi.yml]"
    )
    return verb


def options(given: dict[str, Any]) -> Options:
    """Take the shared options out of a verb's arguments."""
    return Options(**{name: given.pop(name) for name in Options.__dataclass_fields__})
