"""The team's front page: what somebody must act on today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.doctrine.portfolio import Portfolio
from sitegen.model import MATURING, Client
from sitegen.site import dates
from sitegen.site.briefs import brief_url
from sitegen.site.context import Site
from sitegen.site.rows import due_key, group_of_client
from sitegen.site.urls import href, numbered
from sitegen.site.views_due import closed_ahead
from sitegen.site.views_lists import stage_href
from sitegen.site.views_today import ThingView, today_view
from sitegen.site.why import day_near, kind_name, why

WORST = 10


@dataclass(frozen=True, slots=True)
class RepLine:
    """A rep's day."""

    name: str
    native: str
    href: str
    overdue: int
    today: int
    at_once: int
    week: int
    maturing: int
    clients: int


@dataclass(frozen=True, slots=True)
class LateLine:
    """One of the most overdue."""

    name: str
    native: str
    href: str
    stage: str
    rep: str
    days: int
    due: Markup
    why: Markup
    said: str
    step: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A planned meeting."""

    day: Markup
    """Empty where the heading says it."""
    name: str
    native: str
    href: str
    rep: str
    time: str
    kind: Markup
    people: tuple[str, ...]
    step: str
    brief_href: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the front page may see."""

    today: Markup
    first_things: tuple[ThingView, ...]
    clients: int
    overdue: int
    due_today: int
    at_once: int
    maturing: int
    contacts: int
    """Answered contacts of this month up to today."""
    month: Markup
    reps: tuple[RepLine, ...]
    worst: tuple[LateLine, ...]
    meetings_today: tuple[MeetingLine, ...]
    next_day: Markup
    tomorrow: bool
    """The next working day is tomorrow."""
    meetings: tuple[MeetingLine, ...]
    """Of the next working day and the closed days before it."""
    closed: tuple[tuple[Markup, Markup], ...]
    stages: tuple[tuple[str, int, str], ...]
    """Stage, number of clients, link."""
    problems: int


def home_view(site: Site, portfolios: Mapping[str, Portfolio]) -> HomeView:
    """The team's day; `portfolios` are the figures of each rep."""
    groups = {c.key: group_of_client(site, c) for c in site.clients.values()}
    counts = list(groups.values())
    overdue = [c for c in site.clients.values() if groups[c.key] == "overdue"]
    overdue.sort(key=lambda c: due_key(site, c))
    next_day = site.next_working_day()

    def unsaid(day: dt.date) -> Markup:
        return Markup("")

    def near(day: dt.date) -> Markup:
        return dates.near(day, site.today, site.t.lang, True)

    told = unsaid if (next_day - site.today).days == 1 else near
    return HomeView(
        today=dates.full(site.today, site.t.lang),
        first_things=today_view(site, portfolios),
        clients=len(counts),
        overdue=len(overdue),
        due_today=counts.count("today"),
        at_once=counts.count("at-once"),
        maturing=sum(c.stage in MATURING for c in site.clients.values()),
        contacts=_contacts(site),
        month=dates.month(site.today.year, site.today.month, site.t.lang),
        reps=tuple(_rep_lines(site, groups)),
        worst=tuple(_late(site, c) for c in overdue[:WORST]),
        meetings_today=tuple(_meetings(site, lambda day: day == site.today, unsaid)),
        tomorrow=(next_day - site.today).days == 1,
        next_day=dates.near(next_day, site.today, site.t.lang, True),
        meetings=tuple(_meetings(site, lambda day: site.today < day <= next_day, told)),
        closed=tuple(closed_ahead(site)),
        stages=tuple(_stages(site)),
        problems=len(site.problems),
    )


def _contacts(site: Site) -> int:
    first = site.today.replace(day=1)
    count = 0
    for client in site.clients.values():
        for entry in client.entries:
            if entry.date < first:
                break
            count += entry.answered and entry.date <= site.today
    return count


def _rep_lines(site: Site, groups: dict[str, str]) -> Iterator[RepLine]:
    for key, rep in site.reps.items():
        owned: Sequence[Client] = site.owned.get(key, ())
        mine = [groups[c.key] for c in owned]
        yield RepLine(
            name=rep.name,
            native=rep.native,
            href=href("", numbered(f"due/{site.names['due'][key]}", 1)),
            overdue=mine.count("overdue"),
            today=mine.count("today"),
            at_once=mine.count("at-once"),
            week=mine.count("week"),
            maturing=sum(c.stage in MATURING for c in owned),
            clients=len(owned),
        )


def _late(site: Site, client: Client) -> LateLine:
    facts = site.facts[client.key]
    day = facts.due.date or site.today
    return LateLine(
        name=client.name,
        native=client.native,
        href=site.url("", "client", client.key),
        stage=client.stage,
        rep=site.rep_name(client.owner),
        days=(site.today - day).days,
        due=dates.due(day, site.today, site.t.lang),
        why=why(site, client, facts.due.reasons[0], day_near(site), passed=True),
        said=facts.last_said,
        step=facts.next_step,
    )


def _meetings(
    site: Site, wanted: Callable[[dt.date], bool], day: Callable[[dt.date], Markup]
) -> Iterator[MeetingLine]:
    found = []
    for client in site.clients.values():
        for reason in site.facts[client.key].due.reasons:
            if reason.kind == "meeting" and reason.date and wanted(reason.date):
                found.append((reason.date, reason.time or "~", client.name, client, reason))
    for _, _, _, client, reason in sorted(found, key=lambda f: (*f[:3], f[3].key)):
        yield MeetingLine(
            day=day(reason.date) if reason.date else Markup(""),
            name=client.name,
            native=client.native,
            href=site.url("", "client", client.key),
            rep=site.rep_name(client.owner),
            time=reason.time,
            kind=kind_name(site, reason.text or "meeting"),
            people=reason.people,
            step=site.facts[client.key].next_step,
            brief_href=brief_url(site, "", client, reason),
        )


def _stages(site: Site) -> Iterator[tuple[str, int, str]]:
    from sitegen.site.views_lists import stages_of

    counts: dict[str, int] = {}
    for client in site.clients.values():
        counts[client.stage] = counts.get(client.stage, 0) + 1
    for stage in stages_of(site):
        yield stage, counts.get(stage, 0), stage_href(site, "", stage)
