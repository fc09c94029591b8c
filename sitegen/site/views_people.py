"""All people of all clients: new faces to greet, who left, and an index in numbered pages (rule R14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from sitegen.doctrine.chairs import chair_of
from sitegen.doctrine.contacts import gone, met
from sitegen.doctrine.groups import days_late
from sitegen.doctrine.months import add_months
from sitegen.model import Client, Entry, Person
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.kana import LATIN, LETTERS, OTHER, ROW_OF, ROWS, bare
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
    rows: tuple[PersonRow, ...]
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


Pages = tuple[tuple[tuple[str, tuple[Known, ...]], ...], ...]


def people_pages(site: Site) -> Pages:
    """Everybody under headings (letters, or the rows of the syllabary), cut into pages."""
    everybody = [Known(c, number, p) for c in site.clients.values() for number, p in enumerate(c.people, 1)]
    order = {heading: place for place, heading in enumerate(headings(site))}
    headed = sorted(
        ((heading_of(site, known.person), known) for known in everybody),
        key=lambda one: (order[one[0]], *_by_name(site, one[1])),
    )
    cut = paged(headed, site.cfg.list_rows)
    return tuple(tuple((heading, tuple(rows)) for heading, rows in page) for page in cut)


def more_people(site: Site) -> Iterator[tuple[str, Callable[[], PeopleView]]]:
    """The pages after the first: no new day changes them."""
    pages = people_pages(site)
    for number in range(1, len(pages)):
        yield numbered(BASE, number + 1), partial(people_view, site, pages, number)


def people(site: Site) -> Iterator[tuple[str, Callable[[], PeopleView]]]:
    """The first page, with new faces and leavers: made anew every day."""
    yield numbered(BASE, 1), lambda: people_view(site, people_pages(site), 0)


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


def _by_name(site: Site, known: Known) -> tuple[str, str, str, int]:
    person = known.person
    text = person.reading or person.name if site.t.lang == "ja" else person.name
    return bare(text), person.name, known.client.key, known.number


def people_view(site: Site, pages: Pages, number: int) -> PeopleView:
    """Page `number` (from 0); the first one also tells whom to greet and who left."""
    starts = where_headings(pages)
    hrefs = tuple(href("", numbered(BASE, n + 1)) for n in range(len(pages)))
    total = sum(len(rows) for page in pages for _, rows in page)
    new = tuple(_new_faces(site)) if number == 0 else ()
    left = tuple(_leavers(site)) if number == 0 else ()
    return PeopleView(
        total=total,
        first=number == 0,
        new=new[:SHOWN],
        new_total=len(new),
        left=left[:SHOWN],
        left_total=len(left),
        groups=tuple(_groups(site, pages, starts, number)),
        jumps=tuple(_jumps(site, starts, number)),
        pager=Pager(number + 1, hrefs, total),
    )


def _groups(site: Site, pages: Pages, starts: dict[str, int], number: int) -> Iterator[PeopleGroup]:
    for heading, rows in pages[number]:
        found = tuple(person_row(site, one) for one in rows)
        yield PeopleGroup(_id(heading), _label(site, heading), found, starts[heading] < number)


def _jumps(site: Site, starts: dict[str, int], number: int) -> Iterator[Jump]:
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
    over = person.until if gone(person, site.today) else None
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
    past = (e for e in client.entries if e.answered and e.date <= site.today and name in e.people)
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


def _leavers(site: Site) -> Iterator[FaceRow]:
    """Who left within the year, the last to go first."""
    since = add_months(site.today, -LEFT_MONTHS)
    found = []
    for client in site.clients.values():
        for number, person in enumerate(client.people, 1):
            if person.until and gone(person, site.today) and person.until.last() >= since:
                found.append((person.until.last(), client.name, Known(client, number, person)))
    for _, _, known in sorted(found, key=_leaver_order):
        yield _leaver(site, known)


def _leaver_order(one: tuple[dt.date, str, Known]) -> tuple[int, str, str, int]:
    return -one[0].toordinal(), one[1], one[2].client.key, one[2].number


def _leaver(site: Site, known: Known) -> FaceRow:
    found = chair_of(site.facts[known.client.key].chairs, known.number)
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
