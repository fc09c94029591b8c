"""All people of all clients: new faces to greet, who left, and an index in numbered pages (rule R14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from markupsafe import Markup, escape

from sitegen.doctrine.chairs import chair_of
from sitegen.doctrine.contacts import gone, met
from sitegen.doctrine.groups import days_late
from sitegen.doctrine.months import add_months
from sitegen.model import Client, Entry, PartialDate, Person
from sitegen.site import dates
from sitegen.site.context import Part, Shared, Site
from sitegen.site.kana import LATIN, LETTERS, OTHER, ROW_OF, ROWS, bare
from sitegen.site.parts import Pieces
from sitegen.site.rows import Jump, Pager, paged, where_headings
from sitegen.site.urls import href, numbered

BASE = "people"
LEFT_MONTHS = 12
"""Whoever left longer ago is in the index only: by now it is known who followed."""
SHOWN = 40
"""New faces and leavers that are shown: nobody greets more in a week."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in one line."""

    name: str
    reading: str
    href: str
    """To the person on the client's page."""
    role: str
    level: str
    client: str
    client_href: str
    last: Markup
    """When they were last met; empty: never."""
    last_href: str
    left: Markup
    """Until when, for those who are gone; empty for the others."""


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


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody with the client they belong to."""

    client: Client
    number: int
    person: Person


class Listed(NamedTuple):
    """Somebody as a client gives them to the index."""

    heading: str
    order: str
    """What they are sorted by under it."""
    name: str
    until: PartialDate | None
    """The last day of those who are gone; None for the others."""
    row: str
    """Rendered by `people-row.html`."""


PeoplePart = Part[tuple[Listed, ...]]
Places = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""Of a page each heading with those under it: the client, and which of its people, from 1."""


@dataclass(frozen=True, slots=True)
class Index:
    """Everybody, under headings and cut into pages. A page depends on who is on it, and on where headings begin."""

    part: PeoplePart
    pages: Shared[Places]
    """By the page's number, from 0."""
    starts: Shared[int]
    """By heading the page on which it begins, and two more by names that are no headings."""


def people_index(pieces: Pieces) -> Index:
    """The index, its rows rendered by `people-row.html`."""
    render = pieces("people-row.html")

    def listed(site: Site, client: Client) -> tuple[Listed, ...]:
        return tuple([_listed(site, Known(client, n, p), render) for n, p in enumerate(client.people, 1)])

    part: PeoplePart = Part("people-1", listed, tuple[Listed, ...])
    pages = Shared("people-pages", lambda site: _pages(site, part))
    return Index(part, pages, Shared("people-starts", lambda site: _starts(site, pages)))


def _listed(site: Site, known: Known, render: Callable[[PersonRow], str]) -> Listed:
    person = known.person
    text = person.reading or person.name if site.t.lang == "ja" else person.name
    over = person.until if gone(person, site.day_of(known.client)) else None
    return Listed(heading_of(site, person), bare(text), person.name, over, render(person_row(site, known)))


def _pages(site: Site, part: PeoplePart) -> dict[str, Places]:
    order = {heading: place for place, heading in enumerate(headings(site))}
    everybody = [
        (order[one.heading], one.order, one.name, key, number, one.heading)
        for key, people in site.parts(part)
        for number, one in enumerate(people, 1)
    ]
    everybody.sort()
    cut = paged(((one[5], (one[3], one[4])) for one in everybody), site.cfg.list_rows)
    return {str(n): tuple((head, tuple(found)) for head, found in page) for n, page in enumerate(cut)}


TOTAL, COUNT = "total", "pages"


def _starts(site: Site, shared: Shared[Places]) -> dict[str, int]:
    pages = tuple(site.shared(shared).values())
    total = sum(len(found) for page in pages for _, found in page)
    return {**where_headings(pages), TOTAL: total, COUNT: len(pages)}


def more_people(site: Site, pieces: Pieces) -> Iterator[tuple[str, Callable[[], PeopleView]]]:
    """The pages after the first: no new day changes them."""
    index = people_index(pieces)
    for number in range(1, site.shared(index.starts)[COUNT]):
        yield numbered(BASE, number + 1), partial(people_view, site, index, number)


def people(site: Site, pieces: Pieces) -> Iterator[tuple[str, Callable[[], PeopleView]]]:
    """The first page, with new faces and leavers: made anew every day."""
    yield numbered(BASE, 1), partial(people_view, site, people_index(pieces), 0)


def headings(site: Site) -> tuple[str, ...]:
    """All headings in the order of the site's language."""
    return (*ROWS, LATIN, OTHER) if site.t.lang == "ja" else (*LETTERS, OTHER)


def heading_of(site: Site, person: Person) -> str:
    """The heading that a person stands under."""
    if site.t.lang == "ja":
        initial = bare(person.reading or person.name)[:1]
        return ROW_OF.get(initial) or (LATIN if initial.upper() in LETTERS else OTHER)
    initial = bare(person.name)[:1].upper()
    return initial if initial in LETTERS else OTHER


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


def person_row(site: Site, known: Known) -> PersonRow:
    """One line of the index."""
    client, person = known.client, known.person
    last = _last_met(site, client, person.name)
    over = person.until if gone(person, site.day_of(client)) else None
    return PersonRow(
        name=person.name,
        reading=person.reading,
        href=site.url("", "client", client.key, f"person-{known.number}"),
        role=person.role,
        level=person.level,
        client=client.name,
        client_href=site.url("", "client", client.key),
        last=dates.medium(last.date, site.t.manner) if last else Markup(""),
        last_href=site.url("", "client", client.key, last.anchor) if last else "",
        left=dates.partial(over, site.t.manner) if over else Markup(""),
    )


def _last_met(site: Site, client: Client, name: str) -> Entry | None:
    """The newest contact with somebody; entries are written newest first."""
    today = site.day_of(client)
    past = (e for e in client.entries if e.answered and e.date <= today and name in e.people)
    return next((e for e in past if name in met(e)), None)


def _new_faces(site: Site) -> Iterator[FaceRow]:
    """Whom to greet, the most overdue first."""
    found = []
    for client in site.clients.values():
        for reason in site.facts[client.key].due.reasons:
            if reason.kind == "new-face" and reason.date:
                found.append((reason.date, client.name, client.key, client, reason.text))
    for date, _, _, client, name in sorted(found, key=lambda one: one[:3]):
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
