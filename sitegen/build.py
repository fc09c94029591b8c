"""The whole pipeline on one screen: notes → book → facts → pages → disk."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.folders import below, own_templates
from sitegen.keeping.store import Damaged
from sitegen.model import Book, Network, Problem
from sitegen.notes.attachments import address_of
from sitegen.notes.book import read_stamped
from sitegen.notes.folder import attached
from sitegen.notes.kept import Shelf
from sitegen.notes.linking import link_book
from sitegen.past import History

if TYPE_CHECKING:
    from sitegen.doctrine.facts import Facts
    from sitegen.keeping.signatures import Signature
    from sitegen.output.content import AllSame, Content, Now
    from sitegen.output.writing import Written
    from sitegen.planning.memory import Memory

TOGETHER = 200
"""So many pages are made between two looks for what they left behind."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, how much there is."""
Early = Callable[[tuple[str, ...]], None]
"""Called with the paths of pages that are in place while the rest is still being made."""


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
    stamps: Mapping[str, bytes] = field(default_factory=dict)
    """By client: stands for its record and its facts."""
    read: Mapping[str, bytes] = field(default_factory=dict)
    """By client: stands for the note that its record was read from."""
    why: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    """By the path of a file that was made anew: the cells that changed; None: everything was made anew."""
    looks: Mapping[str, Signature] | None = None
    """How the files of the site look, since a build put them in place."""
    kept: tuple[str, bytes] = ("", b"")
    """The variant of the memory under which all of this is kept, and the token of the build."""


Built = tuple[Findings, "Written"]
"""What a build came to."""


def quiet(_what: str = "", _done: int = 0, _all: int = 0) -> None:
    """Progress that nobody watches."""


def find(
    project: Project,
    today: dt.date,
    *,
    with_private: bool = False,
    memory: Memory | None = None,
    progress: Progress = quiet,
    with_history: bool = False,
) -> Findings:
    """Read and understand a book; writes no page. What `kayoi check` does, which asks no git.

    `memory` spares reading and finding out again what has not changed.
    """
    from sitegen.doctrine.owners import with_owners
    from sitegen.planning.facts import Recent, find_facts
    from sitegen.planning.links import find_network

    cfg = project.cfg
    shelf = memory.notes if memory else Shelf()
    book, stamps = read_stamped(project.root, cfg, shelf, keep_private=with_private, progress=progress)
    history = History()
    if with_history:
        from sitegen.history.reading import read_history

        history = read_history(project.root, project.content, book, cfg, today)
        book = with_owners(book, history)
    network = find_network(book, memory) if memory else link_book(book)
    problems = tuple(sorted({*project.problems, *book.problems, *network.problems}, key=_order))
    known, commit = (memory.facts, memory.before_copies) if memory else (None, quiet)
    recent = memory.recent if memory else Recent()
    found = find_facts(book, network, stamps, cfg, today, known, recent, commit)
    facts = {key: one.facts for key, one in found.items()}
    told = {key: one.digest for key, one in found.items()}
    read = {key: one.note for key, one in found.items()}
    return Findings(replace(book, problems=problems), network, facts, problems, history, told, read)


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
    """Records stay until the end, and make no circles: no need to look for some again and again; see `_counted`."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was:
            gc.enable()


def build(
    project: Project,
    today: dt.date,
    *,
    with_private: bool = False,
    pinned: bool = False,
    memory: Memory | None = None,
    keep: bool = True,
    progress: Progress = quiet,
    busy: Callable[[], None] = lambda: None,
    early: Early | None = None,
    heard: Collection[str] | None = None,
) -> Built:
    """Read a book and write its site. `busy` is called where another build holds the folder.

    What was read, found out and made is remembered beside the book, unless `keep` says otherwise, and what did not
    change since is not made again; the site is the same to the byte. `memory` is that of a process that goes on.
    `early` is told which pages of clients and lists are in place, before the rest of the site is made; those are made
    from the files that were `heard` of since the last build with this memory, as the disk spells them (None: any may
    have changed). What else changed is seen before the rest is made.

    Raises:
        OutputRefused: the output folder is not Kayoi's, or lies where notes or templates do.
        LockBusy: another build did not come to its end.
    """
    with _set_aside():
        if memory is None:
            # Nothing private is kept, so what is built with it is not either.
            with remembered(project, keep=keep and not with_private) as own:
                return build(
                    project,
                    today,
                    with_private=with_private,
                    pinned=pinned,
                    memory=own,
                    progress=progress,
                    busy=busy,
                    early=early,
                )
        run = partial(_build, project, today, with_private, pinned, memory, progress, busy, early)
        try:
            return _hearing(run, heard)
        except Damaged:
            memory.renew()
            return run(None)


def _hearing(run: Callable[[Collection[str] | None], Built], heard: Collection[str] | None) -> Built:
    from sitegen.planning.believing import Unheard

    try:
        return run(heard)
    except Unheard:
        return run(None)


def remembered(project: Project, *, keep: bool = True) -> AbstractContextManager[Memory]:
    """The memory of a project's builds, for one of them or for many in one process."""
    from sitegen.planning.memory import remembering

    settings = below(project.settings, project.root) if project.settings else ""
    return remembering(project.root, (below(project.out, project.root), settings), keep=keep)


def _build(
    project: Project,
    today: dt.date,
    with_private: bool,
    pinned: bool,
    memory: Memory,
    progress: Progress,
    busy: Callable[[], None],
    early: Early | None,
    heard: Collection[str] | None,
) -> Built:
    from sitegen.output.writing import write_site
    from sitegen.planning.whole import site_of, written_down

    memory.begin(heard)
    findings = find(
        project, today, with_private=with_private, memory=memory, progress=progress, with_history=True
    )
    folders = (project.templates, own_templates())
    copies = {address_of(one): attached(project.content, one) for one in findings.book.files}
    out = project.out
    whole = site_of(findings, project.cfg, today, folders, copies, out, memory, pinned=pinned, early=early)
    files = _counted(whole.files(), len(findings.book.clients), progress)
    sources = (project.content, project.templates)
    # who waits for the folder must not keep the one that holds it from writing to the store
    memory.before_copies()
    written = write_site(project.out, files, forbidden=sources, root=project.root, on_wait=busy)
    looks = written_down(whole, written)
    kept = memory.variant, memory.token
    return replace(findings, why=whole.plan.reasons, looks=looks, kept=kept), written


def _counted(
    files: Iterator[tuple[str, Content | Now | AllSame]], clients: int, progress: Progress
) -> Iterator[tuple[str, Content | Now | AllSame]]:
    from sitegen.output.content import AllSame

    gc.freeze()
    made, done = 0, 0
    for file in files:
        done += len(file[1].files) if isinstance(file[1], AllSame) else 1
        progress("pages", min(done, clients), clients)
        yield file
        made += isinstance(file[1], bytes)
        if made >= TOGETHER:
            # pages leave circles behind; the records, which are set aside, are not looked through
            gc.collect(0)
            made = 0
