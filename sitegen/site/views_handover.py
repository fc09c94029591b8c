"""The hand-over sheet of a rep: all that a successor takes along to the joint greeting (rules R10, R14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from sitegen.doctrine.closeness import place
from sitegen.doctrine.contacts import to_greet
from sitegen.doctrine.handovers import Passed
from sitegen.doctrine.story import Told, story
from sitegen.model import Client, Promise
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Part, Site
from sitegen.site.kana import name_key
from sitegen.site.parts import DayRef, Pieces, Ref, day_ref, ref
from sitegen.site.urls import href
from sitegen.site.why import day_medium, kind_name, why
from sitegen.text import bare

ROOT = "../"
SheetPart = Part[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody to greet."""

    name: str
    reading: str
    role: str
    level: str
    phone: str
    email: str
    unmet: bool


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """What is still owed."""

    text: str
    due: Markup


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One of the five lines."""

    part: str
    text: str
    kind: Markup
    """What kind of entry it was, for one without words."""
    when: DayRef | None
    people: tuple[str, ...]
    inbound: bool
    stage: str
    noes: Markup
    """How many noes and postponements there were; on its line only."""


@dataclass(frozen=True, slots=True)
class SheetClient:
    """One client on the sheet."""

    client: Ref
    address: str
    phone: str
    due: Markup
    why: Markup
    people: tuple[PersonLine, ...]
    promises: tuple[PromiseLine, ...]
    story: tuple[StoryLine, ...]
    gifts: bool


@dataclass(frozen=True, slots=True)
class SheetStage:
    """The clients of one stage."""

    stage: str
    clients: tuple[Markup, ...]
    """Rendered by `handover-sheet.html`."""


@dataclass(frozen=True, slots=True)
class RouteStop:
    """A client on the round of greetings."""

    client: Ref
    address: str
    phone: str
    greet: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class PassedView:
    """A client that changed hands."""

    client: Ref
    rep: str
    """The other rep."""
    rep_href: str
    date: Markup
    committed: bool
    """The date is a commit's: the note says nothing of it."""
    greeted: DayRef | None


@dataclass(frozen=True, slots=True)
class HandoverView:
    """The whole sheet."""

    rep: str
    rep_href: str
    """Empty where the rep has left."""
    total: int
    route: tuple[tuple[str, tuple[Markup, ...]], ...]
    """Area → stops, rendered by `handover-stop.html`."""
    stages: tuple[SheetStage, ...]
    taken: tuple[PassedView, ...]
    given: tuple[PassedView, ...]


def sheet_part(pieces: Pieces) -> SheetPart:
    """What a client gives to the sheet of its rep: its stop on the round, and its own sheet."""
    stop, sheet = pieces("handover-stop.html"), pieces("handover-sheet.html")

    def make(site: Site, client: Client) -> tuple[str, str]:
        found = _client(site, client)
        told = RouteStop(found.client, client.address, client.phone, found.people[:2])
        return stop(told), sheet(found)

    return Part("sheet-1", make, tuple[str, str])


def handover_view(site: Site, rep: str, part: SheetPart) -> HandoverView:
    """The sheet of the rep `rep`, who may have left: what is to hand over, and what was handed over when."""
    owned = [c for c in site.owned.get(rep, ()) if c.stage != "dropped"]
    ordered = sorted(owned, key=lambda c: (place(c.stage), c.stage, *_by_area(c), *name_key(c)))
    passed = site.handovers
    return HandoverView(
        rep=site.rep_name(rep),
        rep_href=site.url(ROOT, "rep", rep),
        total=len(owned),
        route=tuple(_route(site, owned, part)),
        stages=tuple(
            SheetStage(stage, tuple(_piece(site, part, c, 1) for c in found))
            for stage, found in groupby(ordered, key=lambda c: c.stage)
        ),
        taken=tuple(_passed(site, p, p.giver) for p in passed if p.taker == rep),
        given=tuple(_passed(site, p, p.taker) for p in passed if p.giver == rep),
    )


def _piece(site: Site, part: SheetPart, client: Client, number: int) -> Markup:
    return Markup(site.part(part, client.key)[number])  # noqa: S704 - comes out of an escaping template


def _by_area(client: Client) -> tuple[bool, str, str]:
    return client.area == "", bare(client.area), client.area


def _route(site: Site, owned: Sequence[Client], part: SheetPart) -> Iterator[tuple[str, tuple[Markup, ...]]]:
    """By area, so that a day's round is one block; what rests needs no joint greeting."""
    stops = sorted(
        (c for c in owned if c.stage != "resting"),
        key=lambda c: (*_by_area(c), place(c.stage), *name_key(c)),
    )
    for area, found in groupby(stops, key=lambda c: c.area):
        yield area, tuple(_piece(site, part, c, 0) for c in found)


def _client(site: Site, client: Client) -> SheetClient:
    facts = site.facts[client.key]
    first = facts.due.reasons[0] if facts.due.reasons else None
    return SheetClient(
        client=ref(site, client.key, ROOT),
        address=client.address,
        phone=client.phone,
        due=dates.long(facts.due.date, site.t.manner) if facts.due.date else Markup(""),
        why=why(site, client, first, day_medium(site)) if first else Markup(""),
        people=tuple(_people(site, client)),
        promises=tuple(_promises(site, client)),
        story=tuple(_story(site, client, told) for told in story(client, facts, site.this_day)),
        gifts=client.gifts,
    )


def _people(site: Site, client: Client) -> Iterator[PersonLine]:
    """Those in their chairs, the strategic level first, then who was in touch last."""
    today = site.this_day
    met = {name for e in client.entries if e.answered and e.date <= today for name in e.people}
    for person in to_greet(client, today):
        yield PersonLine(
            person.name, person.reading, person.role, person.level, person.phone, person.email,
            unmet=person.name not in met,
        )  # fmt: skip


def _promises(site: Site, client: Client) -> Iterator[PromiseLine]:
    def when(promise: Promise) -> tuple[bool, str, str]:
        return promise.due is None, str(promise.due), promise.text

    for promise in sorted((p for p in client.all_promises() if p.state == "open"), key=when):
        due = dates.long(promise.due, site.t.manner) if promise.due else Markup("")
        yield PromiseLine(promise.text, due)


def _story(site: Site, client: Client, told: Told) -> StoryLine:
    noes = Markup("")
    if told.part == "no":
        counted = site.facts[client.key].perseverance
        parts = [site.t("strip.noes", n=counted.noes)] if counted.noes else []
        parts += [site.t("strip.postponed", n=counted.postponed)] if counted.postponed else []
        noes = site.t("why.joint").join(parts)
    kind = kind_name(site, told.kind) if told.kind else Markup("")
    when = day_ref(site, client.key, told.date, told.anchor, ROOT) if told.date else None
    return StoryLine(told.part, told.text, kind, when, told.people, told.inbound, told.stage, noes)


def _passed(site: Site, one: Passed, other: str) -> PassedView:
    url = site.url(ROOT, "rep", other) or href(ROOT, site.path("handover", other))
    greeted = day_ref(site, one.client, *one.greeted, ROOT) if one.greeted else None
    date = dates.medium(one.date, site.t.manner)
    return PassedView(ref(site, one.client, ROOT), site.rep_name(other), url, date, one.committed, greeted)
