"""Rows of lists: which page they stand on, under which heading, and what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from sitegen.doctrine.facts import Facts, Reason
from sitegen.doctrine.groups import heading as heading_of
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.briefs import brief_url
from sitegen.site.context import Site
from sitegen.site.readers_day import DAY, standing
from sitegen.site.why import day_near, why

T = TypeVar("T")
GROUPS = ("overdue", "today", "at-once", "week", "next-week", "later")
"""Headings of a due list. Those never contacted stand apart: many new ones must not hide today's visits."""
ROOT = "../"
"""All lists stand one folder down, so one row serves them all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One client in one line."""

    href: str
    name: str
    native: str
    reading: str
    stage: str
    area: str
    rep: str
    """Empty on the rep's own lists."""
    product: str
    yen: int | None
    value: Markup
    """`yen` as it is read; empty where nobody gave it."""
    due: Markup
    """The date as `<time class="due">`; empty for at once and never."""
    state: str
    """`dated`, `at-once`, or `never`."""
    days: int | None
    """Days late; None where the page is not made for one day."""
    why: Markup
    """Empty on lists that no new day changes."""
    then: Markup
    """The second reason with its day; empty where there is none."""
    also: int
    """Reasons beyond these."""
    said: str
    said_by: str
    step: str
    visits: str
    """"8/10": how much of the stamp card is full (rule R1)."""
    last: Markup
    brief_href: str
    """The brief for the planned meeting; empty where none is planned."""


def due_row(site: Site, client: Client) -> Row:
    """A row of a due list, made for today."""
    facts = site.facts[client.key]
    first = facts.due.reasons[0] if facts.due.reasons else None
    day = facts.due.date
    late = (site.today - day).days if day else None
    told = _told(site, client, first, late or 0) if first else Markup("")
    return _row(
        site,
        client,
        facts,
        due=dates.due(day, site.today, site.t.manner) if day else Markup(""),
        days=late,
        told=told,
        then=_then(site, client, facts),
        rep="",
    )


def _told(site: Site, client: Client, reason: Reason, late: int) -> Markup:
    """Why; a meeting still to come also says what it becomes when its day is over: write it up."""
    told = why(site, client, reason, day_near(site), passed=late > 0)
    if reason.kind != "meeting" or late > 0 or not reason.date:
        return told
    after = why(site, client, reason, day_near(site), passed=True)
    ahead = standing(site.today, None, reason.date)
    return Markup("<span{}>{}</span><span{}>{}</span>").format(
        ahead, told, standing(site.today, reason.date + DAY), after
    )


def list_row(site: Site, client: Client) -> Row:
    """A row of any other list: holds nothing that a new day changes."""
    facts = site.facts[client.key]
    return _row(
        site,
        client,
        facts,
        due=dates.due(facts.due.date, None, site.t.manner) if facts.due.date else Markup(""),
        days=None,
        told=Markup(""),
        then=Markup(""),
        rep=site.rep_name(client.owner),
    )


def _then(site: Site, client: Client, facts: Facts) -> Markup:
    """The second reason: a promise is late, but the meeting is tomorrow."""
    if len(facts.due.reasons) < 2 or not (reason := facts.due.reasons[1]).date:
        return Markup("")
    told = why(site, client, reason, day_near(site))
    if reason.date == facts.due.date:
        return told
    return site.t("due.then", day=dates.near(reason.date, site.today, site.t.manner, True), why=told)


def _row(
    site: Site,
    client: Client,
    facts: Facts,
    *,
    due: Markup,
    days: int | None,
    told: Markup,
    then: Markup,
    rep: str,
) -> Row:
    visits = facts.visits
    return Row(
        href=site.url(ROOT, "client", client.key),
        name=client.name,
        native=client.native,
        reading=client.reading,
        stage=client.stage,
        area=client.area,
        rep=rep,
        product=client.product,
        yen=client.value,
        value=site.t("fact.yen", value=client.value) if client.value is not None else Markup(""),
        due=due,
        state="never" if facts.due.never else "at-once" if facts.due.at_once else "dated",
        days=days,
        why=told,
        then=then,
        also=max(0, len(facts.due.reasons) - 2),
        said=facts.last_said,
        said_by=facts.said_by,
        step=facts.next_step,
        visits=f"{min(visits.count, visits.needed)}/{visits.needed}",
        last=dates.medium(facts.last_contact, site.t.manner) if facts.last_contact else Markup(""),
        brief_href=next(filter(None, (brief_url(site, ROOT, client, r) for r in facts.due.reasons)), ""),
    )


def due_key(site: Site, client: Client) -> tuple[bool, dt.date, str, str, str]:
    """The order by due date: earliest first, at once before all, never last; then by time, then by name."""
    due = site.facts[client.key].due
    time = due.reasons[0].time if due.reasons and due.reasons[0].kind == "meeting" else "~"
    return (due.never, due.date or dt.date.min, time, client.name, client.key)


def group_of_client(site: Site, client: Client) -> str:
    """The client's heading on the due list; empty for one that is never due."""
    due = site.facts[client.key].due
    if due.never:
        return ""
    return "at-once" if due.at_once else heading_of(due.date, site.today)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    id: str
    heading: Markup
    rows: tuple[Markup, ...]
    """Rendered."""
    total: int
    """Rows under this heading on all pages of the list."""
    continued: bool = False
    """The heading began on an earlier page."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to a heading, maybe on another page; `href` is empty where nothing stands under it."""

    label: Markup
    href: str
    n: int


@dataclass(frozen=True, slots=True)
class Pager:
    """The numbered pages of a list."""

    number: int
    hrefs: tuple[str, ...]
    """Of all pages, in order; one page needs no pager."""
    total: int


def paged(headed: Iterable[tuple[str, T]], size: int) -> Iterator[list[tuple[str, list[T]]]]:
    """Cuts (heading, item) pairs, in their order, into pages of at most `size` items, each by heading.

    Nothing at all is one empty page.
    """
    page: list[tuple[str, list[T]]] = []
    count = 0
    for heading, item in headed:
        if count >= max(1, size):
            yield page
            page, count = [], 0
        if not page or page[-1][0] != heading:
            page.append((heading, []))
        page[-1][1].append(item)
        count += 1
    yield page


def where_headings(pages: Sequence[Sequence[tuple[str, Sequence[object]]]]) -> dict[str, int]:
    """Heading → the page (from 0) on which it begins."""
    first: dict[str, int] = {}
    for number, page in enumerate(pages):
        for heading, _ in page:
            first.setdefault(heading, number)
    return first
