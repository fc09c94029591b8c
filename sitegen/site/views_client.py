"""The client page: header, next contact, people and the whole story. Nothing here is changed by a new day.

Only a note that holds dates still to come is read by today: a future entry is a plan until its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from sitegen.model import Backlink, Client, Entry, Person, Promise, Rep, Solution
from sitegen.site import dates
from sitegen.site.body import with_links
from sitegen.site.context import Site
from sitegen.site.urls import href
from sitegen.site.views_client_side import (
    Card,
    Fact,
    Strip,
    card_view,
    facts_view,
    strip_view,
)
from sitegen.site.views_problems import ProblemView, problem_view
from sitegen.site.why import day_medium, kind_name, why

ROOT = "../"


@dataclass(frozen=True, slots=True)
class ToPage:
    """A link to a page, with the days of the entries that it is about."""

    name: str
    native: str
    href: str
    kind: str
    days: tuple[tuple[Markup, str], ...] = ()
    """Entry days, each with its link."""


@dataclass(frozen=True, slots=True)
class BackerView:
    """Who stands behind the client (rule R5)."""

    name: str
    size: str
    href: str


@dataclass(frozen=True, slots=True)
class PersonView:
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


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise, and where it was made."""

    text: str
    state: str
    due: Markup
    href: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One dated contact."""

    anchor: str
    day: Markup
    time: str
    kind: Markup
    icon: str
    """Which mark stands on the story's thread: `seen` (face to face), `told`, `unanswered`."""
    people: tuple[str, ...]
    by: tuple[str, ...]
    title: str
    answered: bool
    inbound: bool
    business: bool
    html: Markup


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the story; one without entries is shown too, for silence is part of the story (rule R14)."""

    year: int
    anchor: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The callout on top."""

    day: Markup
    time: str
    kind: Markup
    people: tuple[str, ...]
    step: str
    unknown_people: tuple[str, ...]
    """Those coming who are in no entry yet: never met."""


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One reason to call, with its arithmetic."""

    kind: str
    day: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class ClientView:
    """All that the client template may see."""

    key: str
    name: str
    native: str
    reading: str
    stage: str
    rep: str
    rep_href: str
    size: str
    prestige: bool
    qualified: str
    through: str
    through_href: str
    due: Markup
    """As `<time class="due">`; empty for at once and never."""
    state: str
    """`dated`, `at-once` or `never`."""
    reasons: tuple[ReasonView, ...]
    backoff: Markup
    last: Markup
    last_href: str
    next: NextMeeting | None
    card: Card
    strip: Strip
    people: tuple[PersonView, ...]
    left: tuple[PersonView, ...]
    backers: tuple[BackerView, ...]
    promises: tuple[PromiseView, ...]
    done: tuple[PromiseView, ...]
    facts: tuple[Fact, ...]
    text: Markup
    planned: tuple[EntryView, ...]
    years: tuple[Year, ...]
    entries: int
    links_in: tuple[ToPage, ...]
    links_out: tuple[ToPage, ...]
    problems: tuple[ProblemView, ...]
    readable: bool


def client_view(site: Site, client: Client) -> ClientView:
    """Everything on a client's page, from its note and the facts found out about it."""
    facts = site.facts[client.key]
    future = [e for e in client.entries if e.date > site.today]
    past = [e for e in client.entries if e.date <= site.today] if future else list(client.entries)
    people = [_person(site, client, n, p, past) for n, p in enumerate(client.people, 1)]
    promises = list(_promises(site, client))
    qualified = facts.qualified
    return ClientView(
        key=client.key,
        name=client.name,
        native=client.native,
        reading=client.reading,
        stage=client.stage,
        rep=site.rep_name(client.owner),
        rep_href=site.url(ROOT, "rep", client.owner),
        size=client.size,
        prestige=client.prestige,
        qualified=qualified.how,
        through=qualified.through,
        through_href=_backer_href(site, qualified.through),
        due=dates.due(facts.due.date, None, site.t.lang) if facts.due.date else Markup(""),
        state="never" if facts.due.never else "at-once" if facts.due.at_once else "dated",
        reasons=tuple(_reasons(site, client)),
        backoff=dates.long(facts.due.backoff_until, site.t.lang) if facts.due.backoff_until else Markup(""),
        last=dates.long(facts.last_contact, site.t.lang) if facts.last_contact else Markup(""),
        last_href=next((f"#{e.anchor}" for e in past if e.date == facts.last_contact and e.anchor), ""),
        next=_next(site, client, past),
        card=card_view(site, facts),
        strip=strip_view(site, facts),
        people=tuple(p for p in people if not p.left),
        left=tuple(p for p in people if p.left),
        backers=tuple(BackerView(b.name, b.size, _backer_href(site, b.name)) for b in client.backers),
        promises=tuple(p for p in promises if p.state == "open"),
        done=tuple(p for p in promises if p.state != "open"),
        facts=tuple(facts_view(site, client)),
        text=with_links(client.html, client.links, client.path, site, ROOT),
        planned=tuple(_entry(site, client, e) for e in reversed(future)),
        years=tuple(_years(site, client, past)),
        entries=len(past),
        links_in=tuple(_backlink(site, b) for b in site.network.backlinks.get(client.key, ())),
        links_out=tuple(_links_out(site, client)),
        problems=tuple(problem_view(site, p) for p in site.problems_of.get(client.path, ())),
        readable=client.readable,
    )


def _backer_href(site: Site, name: str) -> str:
    from sitegen.text import fold

    key = site.network.backer_of.get(fold(name)) if name else None
    return site.url(ROOT, "backer", key) if key else ""


def _reasons(site: Site, client: Client) -> Iterator[ReasonView]:
    day = day_medium(site)
    for reason in site.facts[client.key].due.reasons:
        date = dates.long(reason.date, site.t.lang) if reason.date else Markup("")
        yield ReasonView(reason.kind, date, why(site, client, reason, day))


def _next(site: Site, client: Client, past: Sequence[Entry]) -> NextMeeting | None:
    """The first planned meeting that was not written up yet."""
    facts = site.facts[client.key]
    plan = next((r for r in facts.due.reasons if r.kind == "meeting" and r.date), None)
    if plan is None or plan.date is None:
        return None
    met = {name for e in past if e.answered for name in e.people}
    own = client.next and client.next.date == plan.date
    return NextMeeting(
        day=dates.long(plan.date, site.t.lang),
        time=plan.time,
        kind=kind_name(site, plan.text or "meeting"),
        people=plan.people,
        step=client.next.step if own and client.next else "",
        unknown_people=tuple(name for name in plan.people if name not in met),
    )


def _person(site: Site, client: Client, number: int, person: Person, past: Sequence[Entry]) -> PersonView:
    seen = next((e for e in past if e.answered and person.name in e.people), None)
    lang = site.t.lang
    since = dates.partial(person.since, lang) if person.since else Markup("")
    until = dates.partial(person.until, lang) if person.until else Markup("")
    tenure = "both" if since and until else "since" if since else "until" if until else ""
    digits = "".join(c for c in person.phone if c in "+0123456789")
    return PersonView(
        anchor=f"person-{number}",
        name=person.name,
        reading=person.reading,
        role=person.role,
        level=person.level,
        tenure=site.t(f"person.{tenure}", since=since, until=until) if tenure else Markup(""),
        email=person.email,
        mailto=quote(person.email, safe="@+"),
        phone=person.phone,
        tel=digits,
        same=person.same,
        note=person.note,
        left=person.until is not None and person.until.last() < site.today,
        last=dates.medium(seen.date, lang) if seen else Markup(""),
        last_href=f"#{seen.anchor}" if seen and seen.anchor else "",
    )


def _promises(site: Site, client: Client) -> Iterator[PromiseView]:
    made: list[tuple[Promise, str]] = [(p, "") for p in client.promises]
    made += [(p, f"#{e.anchor}" if e.anchor else "") for e in client.entries for p in e.promises]
    for promise, where in made:
        if promise.due and promise.state == "open":
            due = dates.due(promise.due, None, site.t.lang)
        else:
            due = dates.medium(promise.due, site.t.lang) if promise.due else Markup("")
        yield PromiseView(promise.text, promise.state, due, where)


def _entry(site: Site, client: Client, entry: Entry) -> EntryView:
    return EntryView(
        anchor=entry.anchor,
        day=dates.long(entry.date, site.t.lang),
        time=entry.time,
        kind=kind_name(site, entry.kind),
        icon="unanswered" if not entry.answered else "seen" if entry.face_to_face else "told",
        people=entry.people,
        by=tuple(site.rep_name(rep) for rep in entry.by),
        title=entry.title,
        answered=entry.answered,
        inbound=entry.inbound,
        business=entry.business,
        html=with_links(entry.html, client.links, client.path, site, ROOT),
    )


def _years(site: Site, client: Client, past: Sequence[Entry]) -> Iterator[Year]:
    expected: int | None = None
    for year, entries in groupby(past, key=lambda e: e.date.year):
        for silent in range(expected, year, -1) if expected is not None else ():
            yield Year(silent, f"year-{silent}", ())
        yield Year(year, f"year-{year}", tuple(_entry(site, client, e) for e in entries))
        expected = year - 1


def _backlink(site: Site, link: Backlink) -> ToPage:
    url = site.url(ROOT, link.kind, link.key)
    noted = site.clients.get(link.key) if link.kind == "client" else None
    by_anchor = {e.anchor: e.date for e in noted.entries if e.anchor in link.anchors} if noted else {}
    days = tuple(
        (dates.medium(by_anchor[a], site.t.lang), f"{url}{href('', '', a)}")
        for a in link.anchors
        if a in by_anchor
    )
    name, native = _named(site, link.kind, link.key)
    return ToPage(name, native, url, link.kind, days)


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


def _links_out(site: Site, client: Client) -> Iterator[ToPage]:
    told = {("client", client.key)}
    for target in site.network.targets.get(client.path, ()):
        if target is None or (target.kind, target.key) in told:
            continue
        told.add((target.kind, target.key))
        url = site.url(ROOT, target.kind, target.key)
        if url:
            name, native = _named(site, target.kind, target.key)
            yield ToPage(name, native, url, target.kind)
