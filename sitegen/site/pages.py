"""The list of every output: what kinds of page there are, at which address, from which view and template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.model import Book, Network
from sitegen.past import History
from sitegen.site.briefs import brief_path, plans_of
from sitegen.site.calendars import calendar_files
from sitegen.site.context import Site, make_site
from sitegen.site.data import data_files
from sitegen.site.data_view import data_view
from sitegen.site.messages import load_messages
from sitegen.site.network import graph_file
from sitegen.site.pages_giving import (
    handover_pages,
    introduction_pages,
    ledger_pages,
    occasion_pages,
    prestige_pages,
    rep_occasion_pages,
)
from sitegen.site.pages_numbers import Counting
from sitegen.site.render import NavGroup, NavItem, Rendered, assets, environment, render, row_renderer
from sitegen.site.rows import due_row, list_row
from sitegen.site.search.files import search_files
from sitegen.site.tables_lists import table_files
from sitegen.site.urls import numbered
from sitegen.site.views_brief import brief_view
from sitegen.site.views_care import care_pages
from sitegen.site.views_client import client_view
from sitegen.site.views_due import due_lists, due_view
from sitegen.site.views_home import home_view
from sitegen.site.views_lists import all_clients, client_lists, data_file, list_view
from sitegen.site.views_method import method_view
from sitegen.site.views_network import network_pages
from sitegen.site.views_others import (
    backer_view,
    backers_view,
    page_view,
    pages_view,
    rep_view,
    reps_view,
    solution_view,
    solutions_view,
)
from sitegen.site.views_people import more_people, people
from sitegen.site.views_playbook import BASE as PLAYBOOK
from sitegen.site.views_playbook import playbook_pages, playbook_view
from sitegen.site.views_problems import problems_view

View = Callable[[], Any]
"""Makes a page's view when it is wanted."""


@dataclass(frozen=True)
class Work:
    """What pages are made from: the site, and the rows that several of them share."""

    site: Site
    due_rows: Rendered
    list_rows: Rendered
    counting: Counting


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page."""

    name: str
    section: str
    """Which link of the head is lit."""
    pages: Callable[[Work], Iterator[tuple[str, View]]]
    """Every page of this kind: its path and its view."""
    template: str
    daily: bool = False
    """Says for which day it was made: a new day makes it anew."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A page to be: nothing is computed until `view` is called."""

    path: str
    kind: Kind
    view: View


def _clients(work: Work) -> Iterator[tuple[str, View]]:
    for client in work.site.clients.values():
        yield work.site.path("client", client.key), partial(client_view, work.site, client)


def _backers(work: Work) -> Iterator[tuple[str, View]]:
    for backer in work.site.backers.values():
        view = partial(backer_view, work.site, backer, work.list_rows)
        yield work.site.path("backer", backer.key), view


def _reps(work: Work) -> Iterator[tuple[str, View]]:
    for key, rep in work.site.reps.items():
        yield work.site.path("rep", key), partial(rep_view, work.site, rep)


def _solutions(work: Work) -> Iterator[tuple[str, View]]:
    for solution in work.site.solutions.values():
        yield work.site.path("solution", solution.key), partial(solution_view, work.site, solution)


def _solution_index(work: Work) -> Iterator[tuple[str, View]]:
    if work.site.solutions:
        yield "solutions.html", partial(solutions_view, work.site)


def _plain(work: Work) -> Iterator[tuple[str, View]]:
    for page in work.site.pages.values():
        yield work.site.path("page", page.key), partial(page_view, work.site, page)


def _plain_index(work: Work) -> Iterator[tuple[str, View]]:
    if len(work.site.pages) > 1:
        yield "pages.html", partial(pages_view, work.site)


def _briefs(work: Work) -> Iterator[tuple[str, View]]:
    for client in work.site.clients.values():
        for number, plan in enumerate(plans_of(work.site, client)):
            yield brief_path(work.site, client, number), partial(brief_view, work.site, client, plan)


def _playbook(work: Work) -> Iterator[tuple[str, View]]:
    cut = playbook_pages(work.site)
    for number in range(len(cut)):
        yield numbered(PLAYBOOK, number + 1), partial(playbook_view, work.site, cut, number)


def _due(work: Work) -> Iterator[tuple[str, View]]:
    for rep in work.site.reps:
        lists = due_lists(work.site, rep)
        for one, by_area in zip(lists, (False, True), strict=True):
            for number in range(len(one.pages)):
                view = partial(due_view, work.site, rep, lists, number, work.due_rows, by_area)
                yield numbered(one.base, number + 1), view


def _lists(work: Work) -> Iterator[tuple[str, View]]:
    lists = tuple(client_lists(work.site))
    for one in lists:
        for number in range(len(one.pages)):
            view = partial(list_view, work.site, lists, one, number, work.list_rows)
            yield numbered(one.base, number + 1), view


def _all(work: Work) -> Iterator[tuple[str, View]]:
    lists = tuple(client_lists(work.site))
    one = all_clients(work.site)
    yield f"{one.base}.html", partial(list_view, work.site, lists, one, 0, work.list_rows)


def _one(path: str, view: Callable[[Site], Any]) -> Callable[[Work], Iterator[tuple[str, View]]]:
    return lambda work: iter([(path, partial(view, work.site))])


def _home(work: Work) -> Iterator[tuple[str, View]]:
    yield "index.html", lambda: home_view(work.site, work.counting.numbers.portfolios)


@dataclass(frozen=True, slots=True)
class Export:
    """Files beside the pages: indexes for scripts, calendars, data."""

    name: str
    files: Callable[[Site], Iterator[tuple[str, bytes]]]
    """Each with its path in the site."""


EXPORTS: tuple[Export, ...] = (
    Export("calendars", calendar_files),
    Export("tables", table_files),
    Export("data", data_files),
    Export("list-data", data_file),
    Export("search", search_files),
    Export("network", graph_file),
)
"""In the order in which they are written, after the assets and before the pages that refer to them."""

KINDS: tuple[Kind, ...] = (
    Kind("client", "clients", _clients, "client.html"),
    Kind("backer", "backers", _backers, "backer.html"),
    Kind("backers", "backers", _one("backers.html", backers_view), "backers.html"),
    Kind("network", "network", lambda w: network_pages(w.site), "network.html"),
    Kind("rep", "reps", _reps, "rep.html"),
    Kind("reps", "reps", _one("reps.html", reps_view), "reps.html", daily=True),
    Kind("solution", "solutions", _solutions, "solution.html"),
    Kind("solutions", "solutions", _solution_index, "solutions.html"),
    Kind("introductions", "giving", lambda w: introduction_pages(w.site), "introductions.html"),
    Kind("ledger", "giving", lambda w: ledger_pages(w.site), "ledger.html"),
    Kind("prestige", "giving", lambda w: prestige_pages(w.site), "prestige.html"),
    Kind("handover", "reps", lambda w: handover_pages(w.site), "handover.html"),
    Kind("occasion", "giving", lambda w: rep_occasion_pages(w.site), "occasions-rep.html", daily=True),
    Kind("occasions", "giving", lambda w: occasion_pages(w.site), "occasions.html", daily=True),
    Kind("page", "pages", _plain, "page.html"),
    Kind("pages", "pages", _plain_index, "pages.html"),
    Kind("method", "method", _one("method.html", method_view), "method.html"),
    Kind("data", "data", _one("data.html", data_view), "data.html"),
    Kind("brief", "clients", _briefs, "brief.html"),
    Kind("playbook", "playbook", _playbook, "playbook.html"),
    Kind("week", "weeks", lambda w: w.counting.finished_weeks(), "week.html"),
    Kind("this-week", "weeks", lambda w: w.counting.running_weeks(), "week.html", daily=True),
    Kind("week-index", "weeks", lambda w: w.counting.week_indexes(), "week-index.html", daily=True),
    Kind("weeks", "weeks", lambda w: w.counting.monday(), "weeks.html", daily=True),
    Kind("portfolio", "portfolio", lambda w: w.counting.portfolios(), "portfolio.html", daily=True),
    Kind("team", "portfolio", lambda w: w.counting.team(), "portfolio-team.html", daily=True),
    Kind("changes-week", "changes", lambda w: w.counting.older_changes(), "changes.html"),
    Kind("changes", "changes", lambda w: w.counting.newest_changes(), "changes.html", daily=True),
    Kind("people-more", "people", lambda w: more_people(w.site), "people.html"),
    Kind("people", "people", lambda w: people(w.site), "people.html", daily=True),
    Kind("care", "people", lambda w: care_pages(w.site), "care.html", daily=True),
    Kind("due", "home", _due, "due.html", daily=True),
    Kind("list", "clients", _lists, "list.html"),
    Kind("list", "clients", _all, "list.html"),
    Kind("problems", "problems", _one("problems.html", problems_view), "problems.html"),
    Kind("home", "home", _home, "home.html", daily=True),
)
"""In the order in which they are written: home comes last, so that what it links to is there."""


def nav(site: Site) -> tuple[NavGroup, ...]:
    """The head of every page: six places, those within the place that the reader is in beneath.

    It holds no counts: a new problem must not rewrite ten thousand pages.
    """
    clients = "lists/kana.html" if site.t.lang == "ja" else "lists/name.html"
    playbook = [("playbook", "playbook.html")]
    if site.solutions:
        playbook.append(("solutions", "solutions.html"))
    if site.pages:
        only = next(iter(site.pages))
        playbook.append(("pages", "pages.html" if len(site.pages) > 1 else site.path("page", only)))
    team = [("reps", "reps.html"), ("portfolio", "portfolio.html"), ("weeks", "weeks.html")]
    if site.history.status != "off":
        team.append(("changes", "changes.html"))
    groups = (
        [("home", "index.html")],
        [
            ("clients", clients),
            ("people", "people.html"),
            ("backers", "backers.html"),
            ("network", "network.html"),
        ],
        team,
        [("giving", "introductions.html")],
        playbook,
        [("problems", "problems.html")],
    )
    return tuple(
        NavGroup(tuple(NavItem(site.t(f"nav.{section}"), path, section) for section, path in group))
        for group in groups
    )


def specs(work: Work) -> Iterator[Spec]:
    """Every page to be, in the order of `KINDS`."""
    for kind in KINDS:
        for path, view in kind.pages(work):
            yield Spec(path, kind, view)


def make_work(site: Site, env: Environment) -> Work:
    """The site with its shared rows, none of them rendered yet."""
    clients = site.clients
    due = row_renderer(env.get_template("due-row.html"), lambda key: due_row(site, clients[key]))
    plain = row_renderer(env.get_template("list-row.html"), lambda key: list_row(site, clients[key]))
    return Work(site, Rendered(due), Rendered(plain), Counting(site))


def render_spec(spec: Spec, env: Environment, today: dt.date) -> bytes:
    """The page's bytes."""
    kind = spec.kind
    built = today.isoformat() if kind.daily else ""
    template = env.get_template(kind.template)
    return render(template, spec.view(), path=spec.path, kind=kind.name, section=kind.section, built=built)


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
    # a client's page must not change with the day, so the day of the build stands beside it
    mark = "pinned" if pinned else "siteBuilt"
    yield "assets/day.js", f'document.documentElement.dataset.{mark} = "{today}";\n'.encode()
    for export in EXPORTS:
        yield from export.files(site)
    for spec in specs(work):
        yield spec.path, render_spec(spec, env, today)
