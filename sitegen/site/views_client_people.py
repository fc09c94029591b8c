"""Who and what a client is tied to: its people, promises, and links to and from other pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from sitegen.model import Backlink, Client, Entry, Person, Promise, Rep, Solution
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.shown import Shown
from sitegen.site.urls import quote as quoted

ROOT = "../"
NONE = Markup("")
NOT_DIALLED = re.compile("[^+0-9]+")


class ToPage(Shown, frozen=True):
    """A link to a page, with the days of the entries that it is about."""

    name: str
    native: str
    href: str
    kind: str
    days: tuple[tuple[Markup, str], ...] = ()
    """Entry days, each with its link."""


class PersonView(Shown, frozen=True):
    """Somebody at the client, with what to know before calling them."""

    anchor: str
    name: str
    reading: str
    role: str
    level: str
    tenure: Markup
    email: str
    mailto: str
    """The address as a `mailto:` link wants it."""
    phone: str
    tel: str
    """The number as a `tel:` link wants it; empty where it holds no digits."""
    same: str
    note: str
    left: bool
    last: Markup
    last_href: str


class PromiseView(Shown, frozen=True):
    """A promise, and where it was made."""

    text: str
    state: str
    due: Markup
    href: str


def person_view(site: Site, client: Client, number: int, person: Person, past: Sequence[Entry]) -> PersonView:
    """Somebody at the client; `past` are the entries up to today."""
    seen = next((e for e in past if e.answered and person.name in e.people), None)
    manner = site.t.manner
    since = dates.partial(person.since, manner) if person.since else NONE
    until = dates.partial(person.until, manner) if person.until else NONE
    tenure = "both" if since and until else "since" if since else "until" if until else ""
    return PersonView(
        anchor=f"person-{number}",
        name=person.name,
        reading=person.reading,
        role=person.role,
        level=person.level,
        tenure=site.t(f"person.{tenure}", since=since, until=until) if tenure else NONE,
        email=person.email,
        mailto=quote(person.email, safe="@+") if person.email else "",
        phone=person.phone,
        tel=dialled(person.phone),
        same=person.same,
        note=person.note,
        left=person.until is not None and person.until.last() < site.this_day,
        last=dates.medium(seen.date, manner) if seen else NONE,
        last_href=f"#{seen.anchor}" if seen and seen.anchor else "",
    )


def dialled(phone: str) -> str:
    """A number as a `tel:` link wants it; empty where it holds no digits."""
    return NOT_DIALLED.sub("", phone) if phone else ""


def promises_view(site: Site, client: Client) -> Iterator[PromiseView]:
    """All promises, those outside entries first."""
    manner = site.t.manner
    made: list[tuple[Promise, str]] = [(p, "") for p in client.promises]
    made += [
        (p, f"#{e.anchor}" if e.anchor else "") for e in client.entries if e.promises for p in e.promises
    ]
    for promise, where in made:
        if promise.due and promise.state == "open":
            due = dates.due(promise.due, None, manner)
        else:
            due = dates.medium(promise.due, manner) if promise.due else NONE
        yield PromiseView(promise.text, promise.state, due, where)


def links_in(site: Site, client: Client) -> Iterator[ToPage]:
    """The pages that mention the client, with the entries in which they do."""
    found = (_backlink(site, link) for link in site.network.backlinks.get(client.key, ()))
    return (page for page in found if page.href)


def _backlink(site: Site, link: Backlink) -> ToPage:
    url = site.url(ROOT, link.kind, link.key)
    anchors = link.anchors if link.kind == "client" else ()
    told = [(day, anchor) for anchor in anchors if (day := day_of_anchor(anchor))]
    days = tuple([(dates.medium(day, site.t.manner), f"{url}#{quoted(anchor)}") for day, anchor in told])
    name, native = _named(site, link.kind, link.key)
    return ToPage(name, native, url, link.kind, days)


def day_of_anchor(anchor: str) -> dt.date | None:
    """The day of an entry, which its anchor tells (`2026-11-20`, `2026-11-20-2`); None: it is no entry's.

    So that not all entries of another client must be decoded for the days of one or two.
    """
    try:
        return dt.date.fromisoformat(anchor[:10])
    except ValueError:
        return None


_NAMED: dict[str, Callable[[Site], Mapping[str, Client | Rep | Solution]]] = {
    "client": lambda site: site.clients,
    "rep": lambda site: site.reps,
    "solution": lambda site: site.solutions,
}


def _named(site: Site, kind: str, key: str) -> tuple[str, str]:
    if kind == "page":
        page = site.pages.get(key)
        return (page.title if page else key), ""
    if kind == "backer":
        backer = site.backers.get(key)
        return (backer.name if backer else key), ""
    found = _NAMED[kind](site).get(key)
    return (found.name, found.native) if found else (key, "")


def links_out(site: Site, client: Client) -> Iterator[ToPage]:
    """Where the note's links go, each page once."""
    told = {("client", client.key)}
    for target in site.network.targets.get(client.path, ()):
        if target is None or (target.kind, target.key) in told:
            continue
        told.add((target.kind, target.key))
        url = site.url(ROOT, target.kind, target.key)
        if url:
            name, native = _named(site, target.kind, target.key)
            yield ToPage(name, native, url, target.kind)
