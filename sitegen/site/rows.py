"""Rows of lists: which page they stand on, under which heading, and what they say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup
from msgspec.structs import replace

from sitegen.doctrine.facts import Facts, Reason
from sitegen.doctrine.groups import heading as heading_of
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.briefs import brief_url
from sitegen.site.context import Part, Site
from sitegen.site.readers_day import DAY, standing
from sitegen.site.shown import Shown
from sitegen.site.standing import Standing, standings
from sitegen.site.why import day_near, why

T = TypeVar("T")
TOLD = 2
"""Reasons that a row tells in words."""
NOTHING, LATE = Markup(""), Markup(" is-late")
GROUPS = ("overdue", "today", "at-once", "week", "next-week", "later")
"""Headings of a due list. Those never contacted stand apart: many new ones must not hide today's visits."""
ROOT = "../"
"""All lists stand one folder down, so one row serves them all."""


class Row(Shown, frozen=True):
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
    """"8/10": how much of the stamp card is full (rule R1); empty on due lists."""
    last: Markup
    """The last contact; empty on due lists."""
    brief_href: str
    """The brief for the planned meeting; empty where none is planned."""
    late: Markup = NOTHING
    """A class more for a row that is late on the day of the page."""
    when: Markup = NOTHING
    """How late it is, in words."""


def due_row(site: Site, client: Client) -> Row:
    """A row of a due list, made for today."""
    facts = site.facts[client.key]
    told = _of_today(site, client, facts.due.date, facts.due.reasons, {})
    late = (site.today - facts.due.date).days if facts.due.date else None
    return replace(_row(site, client, facts), days=late, **told)


class DueFrame(NamedTuple):
    """A client's row of a due list: what no new day changes, and what the day is put in from."""

    pieces: tuple[str, ...]
    """The row as text, hole, text, …, an odd number of pieces; a hole is named by its field."""
    date: dt.date | None
    """When the client is due."""
    reasons: tuple[Reason, ...]
    """Those that are told in words."""


def due_frames(render: Callable[[Row], str]) -> Part[DueFrame]:
    """What a client gives to its rows of due lists, rendered once. `render` is `due-row.html`."""
    return Part("due-frame-2", lambda site, client: _frame(site, client, render), DueFrame)


def due_renderer(site: Site, frame: Part[DueFrame]) -> Callable[[str], str]:
    """What makes a client's row of a due list."""
    known: dict[Reason, Markup] = {}

    def row(key: str) -> str:
        found = site.part(frame, key)
        pieces = list(found.pieces)
        told = _of_today(site, site.clients[key], found.date, found.reasons, known)
        for place in range(1, len(pieces), 2):
            pieces[place] = told[pieces[place]]
        return "".join(pieces)

    return row


HOLE = re.compile("\x00([a-z]+)\x00")
"""Where something of the day goes: no text of a note holds the sign."""


def _frame(site: Site, client: Client, render: Callable[[Row], str]) -> DueFrame:
    facts = site.facts[client.key]
    reasons = facts.due.reasons
    holes = {"late": True, "when": True, "why": bool(reasons), "due": facts.due.date is not None}
    holes["then"] = len(reasons) > 1 and reasons[1].date is not None
    told: dict[str, Any] = {name: Markup(f"\x00{name}\x00") for name, there in holes.items() if there}  # noqa: S704 - no text at all
    pieces = HOLE.split(render(replace(_row(site, client, facts), **told)))
    return DueFrame(tuple(pieces), facts.due.date, reasons[:TOLD])


def _of_today(
    site: Site, client: Client, day: dt.date | None, reasons: Sequence[Reason], known: dict[Reason, Markup]
) -> dict[str, Any]:
    """The fields of a row that a new day changes; `day` and `reasons`: when and why the client is due."""
    today = site.today
    first = reasons[0] if reasons else None
    late = (today - day).days if day else -1
    nothing = Markup("")
    return {
        "late": LATE if late > 0 else nothing,
        "due": dates.due(day, today, site.t.manner) if day else nothing,
        "when": site.t("due.late", n=late) if late > 0 else nothing if late else site.t("due.is-today"),
        "why": _told(site, client, first, late, known) if first else nothing,
        "then": _then(site, client, day, reasons, known),
    }


def _why(site: Site, client: Client, reason: Reason, known: dict[Reason, Markup]) -> Markup:
    """Why; the same rhythm since the same day is that of many clients, and worded once."""
    if reason.kind != "cadence" or not reason.days:
        return why(site, client, reason, day_near(site))
    if reason not in known:
        known[reason] = why(site, client, reason, day_near(site))
    return known[reason]


def _told(site: Site, client: Client, reason: Reason, late: int, known: dict[Reason, Markup]) -> Markup:
    """Why; a meeting still to come also says what it becomes when its day is over: write it up."""
    if reason.kind != "meeting":
        return _why(site, client, reason, known)
    told = why(site, client, reason, day_near(site), passed=late > 0)
    if late > 0 or not reason.date:
        return told
    after = why(site, client, reason, day_near(site), passed=True)
    ahead = standing(site.today, None, reason.date)
    return Markup("<span{}>{}</span><span{}>{}</span>").format(
        ahead, told, standing(site.today, reason.date + DAY), after
    )


def list_row(site: Site, client: Client) -> Row:
    """A row of any other list: holds nothing that a new day changes."""
    facts, manner = site.facts[client.key], site.t.manner
    visits, last = facts.visits, facts.last_contact
    return replace(
        _row(site, client, facts),
        due=dates.due(facts.due.date, None, manner) if facts.due.date else Markup(""),
        rep=site.rep_name(client.owner),
        visits=f"{min(visits.count, visits.needed)}/{visits.needed}",
        last=dates.medium(last, manner) if last else Markup(""),
    )


def _then(
    site: Site, client: Client, day: dt.date | None, reasons: Sequence[Reason], known: dict[Reason, Markup]
) -> Markup:
    """The second reason: a promise is late, but the meeting is tomorrow."""
    if len(reasons) < TOLD or not (reason := reasons[1]).date:
        return Markup("")
    told = _why(site, client, reason, known)
    if reason.date == day:
        return told
    return site.t("due.then", day=dates.near(reason.date, site.today, site.t.manner, True), why=told)


def _row(site: Site, client: Client, facts: Facts) -> Row:
    """What all rows of a client say."""
    reasons, nothing = facts.due.reasons, Markup("")
    brief = next(filter(None, (brief_url(site, ROOT, client, r) for r in reasons if r.kind == "meeting")), "")
    return Row(
        href=site.url(ROOT, "client", client.key),
        name=client.name,
        native=client.native,
        reading=client.reading,
        stage=client.stage,
        area=client.area,
        rep="",
        product=client.product,
        yen=client.value,
        value=site.t("fact.yen", value=client.value) if client.value is not None else nothing,
        due=nothing,
        state="never" if not reasons else "dated" if facts.due.date else "at-once",
        days=None,
        why=nothing,
        then=nothing,
        also=max(0, len(reasons) - TOLD),
        said=facts.last_said,
        said_by=facts.said_by,
        step=facts.next_step,
        visits="",
        last=nothing,
        brief_href=brief,
    )


def by_due(site: Site, clients: Iterable[Client]) -> list[Client]:
    """Clients by due date: the earliest first, at once before all, never last; then by time, then by name."""
    found = standings(site)
    return sorted(clients, key=lambda client: found[client.key].by_due)


def group_of(one: Standing, today: dt.date) -> str:
    """The client's heading on the due list; empty for one that is never due."""
    if one.never:
        return ""
    return heading_of(dt.date.fromordinal(one.day), today) if one.day else "at-once"


class Group(Shown, frozen=True):
    """Rows under one heading."""

    id: str
    heading: Markup
    rows: tuple[Markup, ...]
    """Rendered."""
    total: int
    """Rows under this heading on all pages of the list."""
    continued: bool = False
    """The heading began on an earlier page."""


class Jump(Shown, frozen=True):
    """A link to a heading, maybe on another page; `href` is empty where nothing stands under it."""

    label: Markup
    href: str
    n: int


class Pager(Shown, frozen=True):
    """The numbered pages of a list."""

    number: int
    hrefs: tuple[str, ...]
    """Of all pages, in order; one page needs no pager."""
    total: int


def paged(headed: Iterable[tuple[str, T]], size: int) -> Iterator[list[tuple[str, list[T]]]]:
    """Cuts (heading, item) pairs, in their order, into pages of at most `size` items, each by heading.

    Nothing at all is one empty page.
    """
    items = list(headed)
    for start in range(0, max(1, len(items)), max(1, size)):
        runs = groupby(items[start : start + max(1, size)], itemgetter(0))
        yield [(heading, [item for _, item in run]) for heading, run in runs]


def where_headings(pages: Sequence[Sequence[tuple[str, Sequence[object]]]]) -> dict[str, int]:
    """Heading → the page (from 0) on which it begins."""
    first: dict[str, int] = {}
    for number, page in enumerate(pages):
        for heading, _ in page:
            first.setdefault(heading, number)
    return first
