"""The list of every output: what kinds of page there are, at which address, from which view and template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.model import Book, Network
from sitegen.past import History
from sitegen.site.context import Pages, Shared, Site, View
from sitegen.site.data_view import data_view
from sitegen.site.exports import EXPORTS
from sitegen.site.framed import Blocks, Framed
from sitegen.site.framing import Frames, rendered
from sitegen.site.jinja import PageTemplate
from sitegen.site.messages import load_messages
from sitegen.site.navigation import nav
from sitegen.site.opening import make_site
from sitegen.site.pages_giving import (
    handover_pages,
    introduction_pages,
    ledger_pages,
    occasion_pages,
    prestige_pages,
    rep_occasion_pages,
)
from sitegen.site.pages_lists import due_pages, list_pages
from sitegen.site.pages_notes import (
    backer_pages,
    brief_pages,
    client_pages,
    plain_index,
    plain_pages,
    playbook,
    rep_pages,
    solution_index,
    solution_pages,
    some_client_pages,
)
from sitegen.site.render import PageFrame, assets, environment
from sitegen.site.urls import root_of
from sitegen.site.views_care import care_frame, care_pages
from sitegen.site.views_home import home_view
from sitegen.site.views_lists import LISTS, ListPage
from sitegen.site.views_method import method_view
from sitegen.site.views_network import network_pages
from sitegen.site.views_others import backers_view, reps_view
from sitegen.site.views_people import more_people, people
from sitegen.site.views_problems import problems_view
from sitegen.site.work import Work, make_work


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page."""

    name: str
    section: str
    """Which link of the head is lit."""
    pages: Callable[[Work], Pages]
    """Every page of this kind: its path and its view."""
    template: str
    daily: bool = False
    """Says for which day it was made: a new day makes it anew."""
    early: bool = False
    """Put in place before the others where somebody waits: clients, briefs and the lists on which clients stand."""
    some: Callable[[Work, Collection[str]], Pages] | None = None
    """The same for those of these paths at least, where to list them all takes long."""
    apart: bool = False
    """A page of this kind depends on what its own view reads, and not on what was read to list the pages."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A page to be: nothing is computed until `view` is called."""

    path: str
    kind: Kind
    view: View


def _one(path: str, view: Callable[[Site], Any]) -> Callable[[Work], Pages]:
    return lambda work: iter([(path, partial(view, work.site))])


def _home(work: Work) -> Pages:
    yield "index.html", lambda: home_view(work.site, work.counting.counts(), work.counting.contacts())


def _due(work: Work, wanted: Collection[str] | None = None) -> Pages:
    return due_pages(work.site, work.due_rows, wanted)


def _list(arranged: Shared[ListPage], work: Work) -> Pages:
    return list_pages(work.site, work.list_rows, arranged)


KINDS: tuple[Kind, ...] = (
    Kind(
        "client",
        "clients",
        lambda w: client_pages(w.site),
        "client.html",
        early=True,
        apart=True,
        some=lambda w, wanted: some_client_pages(w.site, wanted),
    ),
    Kind("backer", "backers", lambda w: backer_pages(w.site, w.list_rows), "backer.html", apart=True),
    Kind("backers", "backers", _one("backers.html", backers_view), "backers.html"),
    Kind("network", "network", lambda w: network_pages(w.site), "network.html", apart=True),
    Kind("rep", "reps", lambda w: rep_pages(w.site), "rep.html", apart=True),
    Kind("reps", "reps", _one("reps.html", reps_view), "reps.html", daily=True),
    Kind("solution", "solutions", lambda w: solution_pages(w.site), "solution.html", apart=True),
    Kind("solutions", "solutions", lambda w: solution_index(w.site), "solutions.html"),
    Kind("introductions", "giving", lambda w: introduction_pages(w.site), "introductions.html"),
    Kind("ledger", "giving", lambda w: ledger_pages(w.site), "ledger.html"),
    Kind("prestige", "giving", lambda w: prestige_pages(w.site), "prestige.html"),
    Kind("handover", "reps", lambda w: handover_pages(w.site, w.pieces), "handover.html"),
    Kind(
        "occasion", "giving", lambda w: rep_occasion_pages(w.site, w.pieces), "occasions-rep.html", daily=True
    ),
    Kind("occasions", "giving", lambda w: occasion_pages(w.site), "occasions.html", daily=True),
    Kind("page", "pages", lambda w: plain_pages(w.site), "page.html", apart=True),
    Kind("pages", "pages", lambda w: plain_index(w.site), "pages.html"),
    Kind("method", "method", _one("method.html", method_view), "method.html"),
    Kind("data", "data", _one("data.html", data_view), "data.html"),
    Kind("brief", "clients", lambda w: brief_pages(w.site), "brief.html", early=True, apart=True),
    Kind("playbook", "playbook", lambda w: playbook(w.site), "playbook.html"),
    Kind("week", "weeks", lambda w: w.counting.finished_weeks(), "week.html", apart=True),
    Kind("this-week", "weeks", lambda w: w.counting.running_weeks(), "week.html", daily=True, apart=True),
    Kind(
        "week-index", "weeks", lambda w: w.counting.week_indexes(), "week-index.html", daily=True, apart=True
    ),
    Kind("weeks", "weeks", lambda w: w.counting.monday(), "weeks.html", daily=True, apart=True),
    Kind(
        "portfolio", "portfolio", lambda w: w.counting.portfolios(), "portfolio.html", daily=True, apart=True
    ),
    Kind("team", "portfolio", lambda w: w.counting.team(), "portfolio-team.html", daily=True, apart=True),
    Kind("changes-week", "changes", lambda w: w.counting.older_changes(), "changes.html"),
    Kind("changes", "changes", lambda w: w.counting.newest_changes(), "changes.html", daily=True),
    Kind("people-more", "people", lambda w: more_people(w.site, w.pieces), "people.html"),
    Kind("people", "people", lambda w: people(w.site, w.pieces), "people.html", daily=True),
    Kind("care", "people", lambda w: care_pages(w.site, care_frame(w.pieces)), "care.html", daily=True),
    Kind("due", "home", _due, "due.html", daily=True, early=True, some=_due, apart=True),
    *(Kind("list", "clients", partial(_list, one), "list.html", early=True, apart=True) for one in LISTS),
    Kind("problems", "problems", _one("problems.html", problems_view), "problems.html"),
    Kind("home", "home", _home, "home.html", daily=True),
)
"""In the order in which they are written: home comes last, so that what it links to is there."""


def specs(work: Work) -> Iterator[Spec]:
    """Every page to be, in the order of `KINDS`."""
    for kind in KINDS:
        for path, view in kind.pages(work):
            yield Spec(path, kind, view)


def render_spec(spec: Spec, env: Environment, today: dt.date) -> Framed:
    """The page."""
    return rendered(_template(spec, env), spec.view(), _frame(spec, today))


def reframe_spec(
    spec: Spec, env: Environment, today: dt.date, frames: Frames, blocks: Blocks
) -> Framed | None:
    """The same from its blocks, where only its frame became another; None: it must be rendered."""
    return frames.around(_template(spec, env), _frame(spec, today), blocks)


def _template(spec: Spec, env: Environment) -> PageTemplate:
    return cast("PageTemplate", env.get_template(spec.kind.template))


def _frame(spec: Spec, today: dt.date) -> PageFrame:
    kind = spec.kind
    built = today.isoformat() if kind.daily else ""
    return PageFrame(kind=kind.name, section=kind.section, root=root_of(spec.path), built=built)


def day_file(day: dt.date, *, pinned: bool) -> tuple[str, bytes]:
    """The day of the build, beside the pages: a client's page must not change with it.

    `pinned`: whenever it is read, the site counts from that day instead of the reader's.
    """
    mark = "pinned" if pinned else "siteBuilt"
    return "assets/day.js", f'document.documentElement.dataset.{mark} = "{day}";\n'.encode()


def site_files(
    book: Book,
    network: Network,
    facts: Mapping[str, Facts],
    cfg: Config,
    today: dt.date,
    templates: Sequence[Path],
    *,
    pinned: bool = False,
    history: History | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site: assets, exports, clients, other pages, lists, problems, home last.

    `pinned`: whenever it is read, the site counts from `today` instead of the reader's day. That stands in one
    small file, so that another day does not write every page anew. Else the same file says when the site was built.

    `facts` by client key; `templates` are folders, a team's own first. Paths are relative, with `/`. The
    same input gives the same bytes. Raises `jinja2.TemplateError` or `MessageError` for a mistake in a
    team's template or catalogue; no note raises anything.
    """
    from sitegen.doctrine.workdays import Workdays

    t = load_messages(cfg.lang, templates, era=cfg.era)
    site = make_site(book, network, facts, cfg, today, t, Workdays(cfg).closed, history)
    env = environment(site, templates, nav(site))
    work = make_work(site, env)
    yield from assets(templates)
    yield day_file(today, pinned=pinned)
    for export in EXPORTS:
        yield from export.files(site)
    for spec in specs(work):
        yield spec.path, render_spec(spec, env, today).whole()
