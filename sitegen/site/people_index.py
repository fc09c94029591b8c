"""The index of all people: what each client gives to it, and who stands on which page (rule R14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from sitegen.doctrine.contacts import gone, met
from sitegen.model import Client, Entry, PartialDate, Person
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Part, Shared, Site
from sitegen.site.kana import LATIN, LETTERS, OTHER, ROW_OF, ROWS
from sitegen.site.parts import Pieces
from sitegen.site.rows import paged, where_headings
from sitegen.text import bare


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
    pages = Shared("people-pages", lambda site: _pages(site, part), Places)
    return Index(part, pages, Shared("people-starts", lambda site: _starts(site, pages), int))


def _listed(site: Site, known: Known, render: Callable[[PersonRow], str]) -> Listed:
    person = known.person
    text = person.reading or person.name if site.t.lang == "ja" else person.name
    over = person.until if gone(person, site.this_day) else None
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


def person_row(site: Site, known: Known) -> PersonRow:
    """One line of the index."""
    client, person = known.client, known.person
    last = _last_met(site, client, person.name)
    over = person.until if gone(person, site.this_day) else None
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
    today = site.this_day
    past = (e for e in client.entries if e.answered and e.date <= today and name in e.people)
    return next((e for e in past if name in met(e)), None)
