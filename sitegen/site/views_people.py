"""All people of all clients: new faces to greet, who left, and an index in numbered pages (rule R14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from markupsafe import Markup, escape

from sitegen.doctrine.chairs import chair_of
from sitegen.doctrine.contacts import gone
from sitegen.doctrine.groups import days_late
from sitegen.doctrine.months import add_months
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Shared, Site
from sitegen.site.kana import LATIN, OTHER
from sitegen.site.parts import Pieces
from sitegen.site.people_index import (
    COUNT,
    TOTAL,
    Index,
    Known,
    PeoplePart,
    PersonRow,
    headings,
    people_index,
    person_row,
)
from sitegen.site.rows import Jump, Pager
from sitegen.site.standing import standing_where
from sitegen.site.urls import href, numbered

BASE = "people"
LEFT_MONTHS = 12
"""Whoever left longer ago is in the index only: by now it is known who followed."""
SHOWN = 40
"""New faces and leavers that are shown: nobody greets more in a week."""


@dataclass(frozen=True, slots=True)
class FaceRow:
    """A new face to greet, or somebody who left."""

    person: PersonRow
    rep: str
    day: Markup
    """Since when, or until when."""
    other: str
    """The predecessor of a new face, the successor of a leaver; empty: nobody knows."""
    due: Markup
    """The day on which to greet, for the script that counts from it; empty for who left."""
    late: int
    """Days that the greeting is overdue; 0 where it isn't."""


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People under one heading."""

    id: str
    heading: Markup
    rows: tuple[Markup, ...]
    """Rendered by `people-row.html`."""
    continued: bool


@dataclass(frozen=True, slots=True)
class PeopleView:
    """One page."""

    total: int
    first: bool
    new: tuple[FaceRow, ...]
    new_total: int
    left: tuple[FaceRow, ...]
    left_total: int
    groups: tuple[PeopleGroup, ...]
    jumps: tuple[Jump, ...]
    pager: Pager


def more_people(site: Site, pieces: Pieces) -> Iterator[tuple[str, Callable[[], PeopleView]]]:
    """The pages after the first: no new day changes them."""
    index = people_index(pieces)
    for number in range(1, site.shared(index.starts)[COUNT]):
        yield numbered(BASE, number + 1), partial(people_view, site, index, number)


def people(site: Site, pieces: Pieces) -> Iterator[tuple[str, Callable[[], PeopleView]]]:
    """The first page, with new faces and leavers: made anew every day."""
    yield numbered(BASE, 1), partial(people_view, site, people_index(pieces), 0)


def people_view(site: Site, index: Index, number: int) -> PeopleView:
    """Page `number` (from 0); the first one also tells whom to greet and who left."""
    starts = site.shared(index.starts)
    hrefs = tuple(href("", numbered(BASE, n + 1)) for n in range(starts[COUNT]))
    new = list(_new_faces(site)) if number == 0 else []
    left = list(_leavers(site, index.part)) if number == 0 else []
    return PeopleView(
        total=starts[TOTAL],
        first=number == 0,
        new=tuple(new[:SHOWN]),
        new_total=len(new),
        left=tuple([_leaver(site, key, n) for key, n in left[:SHOWN]]),
        left_total=len(left),
        groups=tuple(_groups(site, index, starts, number)),
        jumps=tuple(_jumps(site, starts, number)),
        pager=Pager(number + 1, hrefs, starts[TOTAL]),
    )


def _groups(site: Site, index: Index, starts: Mapping[str, int], number: int) -> Iterator[PeopleGroup]:
    for heading, found in site.shared(index.pages)[str(number)]:
        rows = [Markup(site.part(index.part, key)[n - 1].row) for key, n in found]  # noqa: S704 - rendered
        yield PeopleGroup(_id(heading), _label(site, heading), tuple(rows), starts[heading] < number)


def _jumps(site: Site, starts: Mapping[str, int], number: int) -> Iterator[Jump]:
    for heading in headings(site):
        start = starts.get(heading)
        page = "" if start in (None, number) else href("", numbered(BASE, (start or 0) + 1))
        url = "" if start is None else f"{page}{href('', '', _id(heading))}"
        yield Jump(_label(site, heading), url, 0)


def _id(heading: str) -> str:
    return {OTHER: "other", LATIN: "latin"}.get(heading, f"h-{heading}")


def _label(site: Site, heading: str) -> Markup:
    return site.t("list.other") if heading == OTHER else escape(heading)


def _greeted(site: Site) -> dict[str, tuple[tuple[dt.date, str, str], ...]]:
    found = []
    for client in standing_where(site, lambda one: any(one.days_of("new-face"))):
        for reason in site.facts[client.key].due.reasons:
            if reason.kind == "new-face" and reason.date:
                found.append((reason.date, client.name, client.key, reason.text))
    found.sort(key=lambda one: one[:3])
    return {"": tuple([(date, key, text) for date, _, key, text in found])}


TO_GREET: Shared[tuple[tuple[dt.date, str, str], ...]] = Shared(
    "to-greet", _greeted, tuple[tuple[dt.date, str, str], ...]
)
"""Rule R14: the new faces, the most overdue first, each with its day and its client; under no name."""


def _new_faces(site: Site) -> Iterator[FaceRow]:
    """Whom to greet, the most overdue first."""
    for date, key, name in site.shared(TO_GREET)[""]:
        client = site.clients[key]
        for number, person in enumerate(client.people, 1):
            if person.name == name and person.since and not gone(person, site.today):
                yield _face(site, Known(client, number, person), date)
                break


def _face(site: Site, known: Known, date: dt.date) -> FaceRow:
    found = chair_of(site.facts[known.client.key].chairs, known.number)
    before = found[0].predecessor(found[1]) if found else None
    since = known.person.since
    return FaceRow(
        person=person_row(site, known),
        rep=site.rep_name(known.client.owner),
        day=dates.partial(since, site.t.manner) if since else Markup(""),
        other=before.name if before else "",
        due=Markup('<time class="due" datetime="{}" hidden></time>').format(date),
        late=days_late(date, site.today),
    )


def _leavers(site: Site, part: PeoplePart) -> Iterator[tuple[str, int]]:
    """Who left within the year, the last to go first: the client, and which of its people."""
    since = add_months(site.today, -LEFT_MONTHS)
    found = [
        (-one.until.last().toordinal(), site.clients[key].name, key, number)
        for key, people in site.parts(part)
        for number, one in enumerate(people, 1)
        if one.until and one.until.last() >= since
    ]
    for _, _, key, number in sorted(found):
        yield key, number


def _leaver(site: Site, key: str, number: int) -> FaceRow:
    client = site.clients[key]
    known = Known(client, number, client.people[number - 1])
    found = chair_of(site.facts[key].chairs, number)
    after = found[0].successor(found[1]) if found else None
    until = known.person.until
    return FaceRow(
        person=person_row(site, known),
        rep=site.rep_name(known.client.owner),
        day=dates.partial(until, site.t.manner) if until else Markup(""),
        other=after.name if after else "",
        due=Markup(""),
        late=0,
    )
