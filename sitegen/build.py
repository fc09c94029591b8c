"""The whole pipeline on one screen: notes → book → facts → pages → disk."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.folders import own_templates
from sitegen.model import Book, Network, Problem
from sitegen.notes.attachments import address_of
from sitegen.notes.book import Memo, read_book
from sitegen.notes.folder import attached
from sitegen.notes.linking import link_book
from sitegen.past import History
from sitegen.text import fold

if TYPE_CHECKING:
    from sitegen.doctrine.facts import Facts
    from sitegen.output.writing import Written

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, how much there is."""


@dataclass(frozen=True, slots=True)
class Project:
    """A book on disk: where it is and what its `kayoi.yml` says."""

    root: Path
    """The folder of `kayoi.yml`; paths in problems are relative to it."""
    cfg: Config
    problems: tuple[Problem, ...] = ()
    """Those of `kayoi.yml`."""
    settings: Path | None = None
    """The settings' file itself, if there is one."""

    @property
    def content(self) -> Path:
        """The folder of the notes."""
        return self.root / self.cfg.content

    @property
    def out(self) -> Path:
        """The folder of the built pages."""
        return self.root / self.cfg.out

    @property
    def templates(self) -> Path:
        """The team's own templates; need not exist."""
        return self.root / self.cfg.templates


@dataclass(frozen=True, slots=True)
class Findings:
    """What the notes come to, before any page."""

    book: Book
    network: Network
    facts: Mapping[str, Facts]
    problems: tuple[Problem, ...]
    """All of them, in the order of files and lines; private ones included."""
    history: History = field(default_factory=History)
    """What git knows of the notes."""


def quiet(_what: str, _done: int, _all: int) -> None:
    """Progress that nobody watches."""


def find(
    project: Project,
    today: dt.date,
    *,
    with_private: bool = False,
    memo: Memo | None = None,
    progress: Progress = quiet,
    with_history: bool = False,
) -> Findings:
    """Read and understand a book; writes no page. What `kayoi check` does, which asks no git."""
    from sitegen.doctrine.owners import with_owners
    from sitegen.doctrine.rules import facts
    from sitegen.doctrine.workdays import Workdays

    cfg = project.cfg
    book = read_book(project.root, cfg, keep_private=with_private, memo=memo, progress=progress)
    history = History()
    if with_history:
        from sitegen.history.reading import read_history

        history = read_history(project.root, project.content, book, cfg, today)
        book = with_owners(book, history)
    network = link_book(book)
    problems = tuple(sorted({*project.problems, *book.problems, *network.problems}, key=_order))
    workdays = Workdays(cfg)
    sizes = {fold(backer.name): backer.size for backer in network.backers}
    found = {
        client.key: facts(client, cfg, workdays, today, lambda name: sizes.get(fold(name), ""))
        for client in book.clients
    }
    return Findings(replace(book, problems=problems), network, found, problems, history)


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    where = problem.where
    return where.path, where.line, where.col, problem.code, str(problem.params)


def pages(
    project: Project, findings: Findings, today: dt.date, *, pinned: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, as path and bytes; what is private is told to no page.

    `pinned`: the pages count from `today` whenever they are read, as the sample book must.
    """
    from sitegen.site.pages import site_files

    public = tuple(problem for problem in findings.problems if not problem.private)
    book = replace(findings.book, problems=public)
    folders = (project.templates, own_templates())
    yield from _attachments(project, findings.book)
    yield from site_files(
        book,
        findings.network,
        findings.facts,
        project.cfg,
        today,
        folders,
        pinned=pinned,
        history=findings.history,
    )


def _attachments(project: Project, book: Book) -> Iterator[tuple[str, bytes]]:
    for inside in book.files:
        path = attached(project.content, inside)
        if path:
            yield address_of(inside), path.read_bytes()


@contextmanager
def _set_aside() -> Iterator[None]:
    """Records stay until the end: no need to look for circles among them again and again while pages make some."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def build(
    project: Project,
    today: dt.date,
    *,
    with_private: bool = False,
    pinned: bool = False,
    memo: Memo | None = None,
    progress: Progress = quiet,
    busy: Callable[[], None] = lambda: None,
) -> tuple[Findings, Written]:
    """Read a book and write its site. `busy` is called where another build holds the folder.

    Raises:
        OutputRefused: the output folder is not Kayoi's, or lies where notes or templates do.
        LockBusy: another build did not come to its end.
    """
    from sitegen.output.writing import write_site

    findings = find(
        project, today, with_private=with_private, memo=memo, progress=progress, with_history=True
    )
    files = _counted(pages(project, findings, today, pinned=pinned), len(findings.book.clients), progress)
    sources = (project.content, project.templates)
    with _set_aside():
        written = write_site(project.out, files, forbidden=sources, root=project.root, on_wait=busy)
    return findings, written


def _counted(
    files: Iterator[tuple[str, bytes]], clients: int, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    for done, file in enumerate(files, 1):
        progress("pages", min(done, clients), clients)
        yield file
