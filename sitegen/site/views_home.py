"""The team's front page: what somebody must act on today."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from sitegen.doctrine.portfolio import Counted
from sitegen.model import MATURING, Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.readers_day import DAY, closed_ahead, standing, tally
from sitegen.site.rows import group_of
from sitegen.site.standing import standings
from sitegen.site.urls import href, numbered
from sitegen.site.views_lists import stage_href
from sitegen.site.views_meetings import Meetings, meetings
from sitegen.site.views_today import ThingView, today_view
from sitegen.site.why import day_near, why

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
    tally: str
    """Counts by date, for a reader on another day."""
    maturing: int
    clients: int


@dataclass(frozen=True, slots=True)
class LateLine:
    """One of the most overdue, or, hidden, one that will be."""

    stands: Markup
    """Attributes: from the day on which it is overdue."""

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
class HomeView:
    """All that the front page may see."""

    today: Markup
    first_things: tuple[ThingView, ...]
    clients: int
    overdue: int
    due_today: int
    at_once: int
    tally: str
    """Counts by date of the whole team, for a reader on another day."""
    maturing: int
    contacts: int
    """Answered contacts of this month up to today."""
    month: Markup
    reps: tuple[RepLine, ...]
    worst: tuple[LateLine, ...]
    worst_from: str
    """The day on which the first of them is overdue, where nobody is today."""
    none_late: Markup
    """Attributes of "nobody is overdue": hidden where somebody is, and until when it stays true."""
    as_of: Markup
    """Attributes of what another day than today must be told."""
    meetings: Meetings
    closed: tuple[tuple[Markup, Markup, Markup], ...]
    """Closed days ahead that are no weekend: day, name, attributes that say until when to tell it."""
    stages: tuple[tuple[str, int, str], ...]
    """Stage, number of clients, link."""
    problems: int


def home_view(site: Site, portfolios: Mapping[str, Counted], contacts: int) -> HomeView:
    """The team's day; `portfolios` are the figures of each rep, `contacts` those of the team this month."""
    known = standings(site)
    groups = {key: group_of(one, site.today) for key, one in known.items()}
    counts = list(groups.values())
    dated = sorted((one.by_due, key) for key, one in known.items() if one.day)
    overdue = [key for _, key in dated if groups[key] == "overdue"]
    soon = [key for _, key in dated if groups[key] != "overdue"]
    next_late = dt.date.fromordinal(known[soon[0]].day) if soon else None
    yesterday = site.today - DAY
    return HomeView(
        today=dates.readers(site.today, site.t.manner),
        first_things=today_view(site, portfolios),
        clients=len(counts),
        overdue=len(overdue),
        due_today=counts.count("today"),
        at_once=counts.count("at-once"),
        tally=tally(site, site.clients.values()),
        maturing=sum(one.stage in MATURING for one in known.values()),
        contacts=contacts,
        month=dates.month(site.today.year, site.today.month, site.t.manner),
        reps=tuple(_rep_lines(site, groups)),
        worst=tuple(_late(site, site.clients[key]) for key in (overdue + soon)[:WORST]),
        worst_from=(next_late + DAY).isoformat() if next_late else "",
        none_late=standing(site.today, None, yesterday if overdue else next_late),
        as_of=standing(site.today, site.today + DAY),
        meetings=meetings(site),
        closed=tuple(closed_ahead(site)),
        stages=tuple(_stages(site)),
        problems=len(site.problems),
    )


def _rep_lines(site: Site, groups: dict[str, str]) -> Iterator[RepLine]:
    known = standings(site)
    for key, rep in site.reps.items():
        owned: Sequence[Client] = site.owned.get(key, ())
        mine = [groups[c.key] for c in owned]
        yield RepLine(
            name=site.rep_name(key),
            native=rep.native,
            href=href("", numbered(f"due/{site.names['due'][key]}", 1)),
            overdue=mine.count("overdue"),
            today=mine.count("today"),
            at_once=mine.count("at-once"),
            week=mine.count("week"),
            tally=tally(site, owned),
            maturing=sum(known[c.key].stage in MATURING for c in owned),
            clients=len(owned),
        )


def _late(site: Site, client: Client) -> LateLine:
    facts = site.facts[client.key]
    day = facts.due.date or site.today
    return LateLine(
        stands=standing(site.today, day + DAY),
        name=client.name,
        native=client.native,
        href=site.url("", "client", client.key),
        stage=client.stage,
        rep=site.rep_name(client.owner),
        days=max(0, (site.today - day).days),
        due=dates.due(day, site.today, site.t.manner),
        why=why(site, client, facts.due.reasons[0], day_near(site), passed=True),
        said=facts.last_said,
        step=facts.next_step,
    )


def _stages(site: Site) -> Iterator[tuple[str, int, str]]:
    from sitegen.site.orders import stages_of

    counts = Counter(one.stage for one in standings(site).values())
    for stage in stages_of(site):
        yield stage, counts[stage], stage_href(site, "", stage)
