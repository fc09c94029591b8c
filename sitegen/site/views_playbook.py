"""The playbook: every lesson of the team, by the stage at which it was learned, newest first (rule R15)."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.doctrine.lessons import Lesson
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.rows import paged
from sitegen.site.urls import href, numbered
from sitegen.site.views_needs import entry_url

BASE = "playbook"


@dataclass(frozen=True, slots=True)
class LessonView:
    """One lesson."""

    text: str
    day: Markup
    href: str
    """The entry in which it was learned."""
    client: str
    native: str
    client_href: str
    reps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageLessons:
    """The lessons of one stage."""

    stage: str
    total: int
    """On all pages."""
    lessons: tuple[LessonView, ...]


@dataclass(frozen=True, slots=True)
class PlaybookPager:
    """The numbered pages; one needs no pager."""

    number: int
    hrefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaybookView:
    """One page of the playbook."""

    total: int
    stages: tuple[StageLessons, ...]
    jumps: tuple[tuple[str, int, str], ...]
    """Stage, number of lessons, link to where they begin."""
    pager: PlaybookPager
    own_href: str
    """The team's own page `playbook`, if it has one."""
    own_title: str


Cut = tuple[tuple[tuple[str, tuple[Lesson, ...]], ...], ...]
"""Pages, each of stages with their lessons."""


def playbook_pages(site: Site) -> Cut:
    """The playbook cut into pages of at most `list_rows` lessons; one page at least."""
    headed = ((stage, lesson) for stage, told in site.playbook.by_stage.items() for lesson in told)
    return tuple(
        tuple((stage, tuple(told)) for stage, told in page) for page in paged(headed, site.cfg.list_rows)
    )


def playbook_view(site: Site, cut: Cut, number: int) -> PlaybookView:
    """Page `number`, from 0."""
    own = site.pages.get("playbook")
    totals = site.playbook.by_stage
    return PlaybookView(
        total=len(site.playbook.lessons),
        stages=tuple(
            StageLessons(stage, len(totals[stage]), tuple(_lesson(site, one) for one in told))
            for stage, told in cut[number]
        ),
        jumps=tuple((stage, len(told), _where(cut, stage, number)) for stage, told in totals.items()),
        pager=PlaybookPager(number + 1, tuple(href("", numbered(BASE, n + 1)) for n in range(len(cut)))),
        own_href=site.url("", "page", "playbook") if own else "",
        own_title=own.title if own else "",
    )


def _where(cut: Cut, stage: str, here: int) -> str:
    page = next(n for n, stages in enumerate(cut) if any(stage == found for found, _ in stages))
    return f"{'' if page == here else href('', numbered(BASE, page + 1))}{href('', '', stage)}"


def _lesson(site: Site, one: Lesson) -> LessonView:
    client = site.clients[one.client]
    page = site.url("", "client", one.client)
    return LessonView(
        text=one.text,
        day=dates.medium(one.date, site.t.manner),
        href=entry_url(page, one.anchor),
        client=client.name,
        native=client.native,
        client_href=page,
        reps=tuple(site.rep_name(rep) for rep in one.reps),
    )
