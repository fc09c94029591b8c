"""The client page: header, next contact, people and the whole story. Nothing here is changed by a new day.

Only a note that holds dates still to come is read by today: a future entry is a plan until its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from sitegen.model import Client, Entry
from sitegen.site import dates
from sitegen.site.body import with_links
from sitegen.site.brief_words import short_words
from sitegen.site.briefs import brief_url
from sitegen.site.context import Site
from sitegen.site.shown import Shown
from sitegen.site.views_chase import ChaseView, chase_view
from sitegen.site.views_client_care import SharedView, ThreadView, shared_view, thread_view
from sitegen.site.views_client_moves import MovesView, moves_view
from sitegen.site.views_client_people import (
    PersonView,
    PromiseView,
    ToPage,
    links_in,
    links_out,
    person_view,
    promises_view,
)
from sitegen.site.views_client_side import (
    Card,
    Fact,
    Strip,
    card_view,
    facts_view,
    strip_view,
)
from sitegen.site.views_giving import GivingView, client_giving
from sitegen.site.views_needs import NeedsView, needs_view
from sitegen.site.views_problems import ProblemView, problem_view
from sitegen.site.why import day_medium, kind_name, kind_names, why
from sitegen.text import fold

ROOT = "../"


class BackerView(Shown, frozen=True):
    """Who stands behind the client (rule R5)."""

    name: str
    size: str
    href: str


class EntryView(Shown, frozen=True):
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
    marks: tuple[str, ...]
    """Of `unanswered`, `inbound`, `business` those that no line of the text says."""
    html: Markup


class Year(Shown, frozen=True):
    """A year of the story; one without entries is shown too, for silence is part of the story (rule R14)."""

    year: int
    anchor: str
    entries: tuple[EntryView, ...]


class NextMeeting(Shown, frozen=True):
    """The callout on top."""

    day: Markup
    time: str
    kind: Markup
    people: tuple[str, ...]
    step: str
    unknown_people: tuple[str, ...]
    """Those coming who are in no entry yet: never met."""
    brief_href: str
    brief: Markup
    """Who has not been briefed (rule R11); empty where everybody has."""


class ReasonView(Shown, frozen=True):
    """One reason to call, with its arithmetic."""

    kind: str
    day: Markup
    why: Markup


class ClientView(Shown, frozen=True):
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
    needs: NeedsView
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
    giving: GivingView
    chase: ChaseView
    shared: SharedView
    thread: ThreadView | None
    moved: MovesView | None


def client_view(site: Site, client: Client) -> ClientView:
    """Everything on a client's page, from its note and the facts found out about it."""
    facts = site.facts[client.key]
    today = site.this_day
    entries = client.entries
    future = [e for e in entries if e.date > today]
    past = [e for e in entries if e.date <= today] if future else list(entries)
    people = [person_view(site, client, n, p, past) for n, p in enumerate(client.people, 1)]
    promises = list(promises_view(site, client))
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
        due=dates.due(facts.due.date, None, site.t.manner) if facts.due.date else Markup(""),
        state="never" if facts.due.never else "at-once" if facts.due.at_once else "dated",
        reasons=tuple(_reasons(site, client)),
        backoff=dates.long(facts.due.backoff_until, site.t.manner) if facts.due.backoff_until else Markup(""),
        last=dates.long(facts.last_contact, site.t.manner) if facts.last_contact else Markup(""),
        last_href=next((f"#{e.anchor}" for e in past if e.date == facts.last_contact and e.anchor), ""),
        next=_next(site, client, past),
        card=card_view(site, facts),
        needs=needs_view(site, client),
        strip=strip_view(site, facts),
        people=tuple(p for p in people if not p.left),
        left=tuple(p for p in people if p.left),
        backers=tuple(BackerView(b.name, b.size, _backer_href(site, b.name)) for b in client.backers),
        promises=tuple(p for p in promises if p.state == "open"),
        done=tuple(p for p in promises if p.state != "open"),
        facts=tuple(facts_view(site, client)),
        text=with_links(client.html, client.links, client.path, site, ROOT),
        planned=_entries(site, client, future[::-1]),
        years=tuple(_years(site, client, past)),
        entries=len(past),
        links_in=tuple(links_in(site, client)),
        links_out=tuple(links_out(site, client)),
        problems=tuple(problem_view(site, p) for p in site.problems_of.get(client.path, ())),
        readable=client.readable,
        giving=client_giving(site, client),
        chase=chase_view(site, client),
        shared=shared_view(site, client),
        thread=thread_view(site, client),
        moved=moves_view(site, client),
    )


def _backer_href(site: Site, name: str) -> str:
    key = site.network.backer_of.get(fold(name)) if name else None
    return site.url(ROOT, "backer", key) if key else ""


def _reasons(site: Site, client: Client) -> Iterator[ReasonView]:
    day = day_medium(site)
    for reason in site.facts[client.key].due.reasons:
        date = dates.long(reason.date, site.t.manner) if reason.date else Markup("")
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
        day=dates.long(plan.date, site.t.manner),
        time=plan.time,
        kind=kind_name(site, plan.text or "meeting"),
        people=plan.people,
        step=client.next.step if own and client.next else "",
        unknown_people=tuple(name for name in plan.people if name not in met),
        brief_href=brief_url(site, ROOT, client, plan),
        brief=short_words(site, client, plan),
    )


NOISE = " ,、，・とand&様さん氏/"
"""What may stand between names in a heading."""


def _title(entry: Entry) -> str:
    """The entry's title, unless it only repeats its people."""
    if not entry.title or not entry.people:
        return entry.title.strip(NOISE) and entry.title
    rest = entry.title
    for name in entry.people:
        rest = rest.replace(name, "")
    return entry.title if rest.strip(NOISE) else ""


def _marks(entry: Entry) -> tuple[str, ...]:
    if entry.answered and not entry.inbound and not entry.business:
        return ()
    told = {line.word for line in entry.lines}
    marks = {"unanswered": not entry.answered, "inbound": entry.inbound, "business": entry.business}
    return tuple(word for word, true in marks.items() if true and word not in told)


def _entries(site: Site, client: Client, entries: Sequence[Entry]) -> tuple[EntryView, ...]:
    manner, links, path, kinds = site.t.manner, client.links, client.path, kind_names(site)
    return tuple(
        [
            EntryView(
                anchor=e.anchor,
                day=dates.long(e.date, manner),
                time=e.time,
                kind=kinds[e.kind],
                icon="unanswered" if not e.answered else "seen" if e.face_to_face else "told",
                people=e.people,
                by=tuple([site.rep_name(rep) for rep in e.by]) if e.by else (),
                title=_title(e) if e.title else "",
                answered=e.answered,
                marks=_marks(e),
                html=with_links(e.html, links, path, site, ROOT),
            )
            for e in entries
        ]
    )


def _years(site: Site, client: Client, past: Sequence[Entry]) -> Iterator[Year]:
    expected: int | None = None
    for year, entries in groupby(past, key=lambda e: e.date.year):
        for silent in range(expected, year, -1) if expected is not None else ():
            yield Year(silent, f"year-{silent}", ())
        yield Year(year, f"year-{year}", _entries(site, client, tuple(entries)))
        expected = year - 1
