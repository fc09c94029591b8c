"""The seasons' rounds: an overview of the team, and a checklist a rep by area, to print and tick off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from sitegen.doctrine.closeness import place
from sitegen.doctrine.contacts import to_greet
from sitegen.doctrine.occasions import Greeting, Round, Seen, greetings, rounds, seen_of
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Part, Site
from sitegen.site.parts import DayRef, Pieces, Ref, day_ref, ref
from sitegen.site.standing import standings
from sitegen.site.tabs import Tab, giving_tabs
from sitegen.site.urls import href
from sitegen.text import bare

ROOT = "../"


@dataclass(frozen=True, slots=True)
class RepCount:
    """How far a rep is with a round."""

    rep: str
    href: str
    left: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round on the overview."""

    id: str
    name: str
    first: Markup
    last: Markup
    running: bool
    gift: bool
    stages: tuple[str, ...]
    near: bool
    """It runs or comes soon: who is to be greeted is told."""
    reps: tuple[RepCount, ...]
    """Empty for one that is far off, or in which nobody is to be greeted."""


@dataclass(frozen=True, slots=True)
class OccasionsView:
    """The overview."""

    tabs: tuple[Tab, ...]
    rounds: tuple[RoundView, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A client on a checklist."""

    who: Markup
    """The client, and whom to greet, rendered by `occasions-who.html`."""
    done: DayRef | None
    last_year: DayRef | None


@dataclass(frozen=True, slots=True)
class CheckPart:
    """Clients that are greeted in one manner."""

    gift: str
    """`bring`, `none` or empty."""
    areas: tuple[tuple[str, tuple[CheckRow, ...]], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """A round for one rep."""

    id: str
    name: str
    first: Markup
    last: Markup
    running: bool
    done: int
    total: int
    parts: tuple[CheckPart, ...]


@dataclass(frozen=True, slots=True)
class RepOccasionsView:
    """A rep's checklists."""

    rep: str
    rep_href: str
    all_href: str
    lists: tuple[Checklist, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """A client and whom to greet there."""

    client: Ref
    people: tuple[str, ...]


SEEN = Part("seen-1", lambda site, client: seen_of(client, site.this_day), Seen)
"""When a client was seen."""
WhoPart = Part[str]


def check_part(pieces: Pieces) -> WhoPart:
    """What a client gives to the checklists of every round."""
    render = pieces("occasions-who.html")

    def make(site: Site, client: Client) -> str:
        first = to_greet(client, site.this_day)[:2]
        people = tuple(f"{p.name} ({p.role})" if p.role else p.name for p in first)
        return render(Who(ref(site, client.key, ROOT), people))

    return Part("occasions-who-1", make, str)


def _seen(site: Site) -> Callable[[Client], Seen]:
    return lambda client: site.part(SEEN, client.key)


def near_rounds(site: Site) -> tuple[Round, ...]:
    """Those running or soon to begin; at least the next one."""
    found = rounds(site.cfg, site.today)
    near = tuple(r for r in found if r.window.first - site.today <= dt.timedelta(days=site.cfg.occasion_days))
    return near or found[:1]


def occasions_view(site: Site) -> OccasionsView:
    """All rounds of a year from today on, in their order."""
    near = {r.number for r in near_rounds(site)}
    return OccasionsView(
        giving_tabs(site, "occasions"),
        tuple(_round(site, one, one.number in near) for one in rounds(site.cfg, site.today)),
    )


def rep_occasions_view(site: Site, rep: str, part: WhoPart) -> RepOccasionsView:
    """What `rep` has to do in the rounds that run or come soon."""
    owned = site.owned.get(rep, ())
    lists = tuple(_checklist(site, one, owned, part) for one in near_rounds(site))
    return RepOccasionsView(
        rep=site.rep_name(rep),
        rep_href=site.url(ROOT, "rep", rep),
        all_href=f"{ROOT}occasions.html",
        lists=tuple(one for one in lists if one.total),
    )


def _id(one: Round) -> str:
    return f"round-{one.number + 1}"


def _round(site: Site, one: Round, near: bool) -> RoundView:
    manner = site.t.manner
    return RoundView(
        id=_id(one),
        name=one.occasion.name,
        first=dates.long(one.window.first, manner),
        last=dates.long(one.window.last, manner),
        running=one.running,
        gift=one.occasion.gift,
        stages=one.occasion.stages,
        near=near,
        reps=tuple(_counts(site, one)) if near else (),
    )


def _counts(site: Site, one: Round) -> Iterator[RepCount]:
    for rep in site.reps:
        found = greetings(one, site.owned.get(rep, ()), site.today, _seen(site))
        if found:
            done = sum(g.done is not None for g in found)
            url = href("", site.path("occasion", rep), _id(one))
            yield RepCount(site.rep_name(rep), url, len(found) - done, done, len(found))


def _checklist(site: Site, one: Round, owned: Sequence[Client], part: WhoPart) -> Checklist:
    stand = standings(site)

    def order(client: Client) -> tuple[bool, str, str, int, str, str]:
        it = stand[client.key]
        return it.area == "", bare(it.area), it.area, place(it.stage), *it.by_due[3:]

    ordered = sorted(owned, key=order)
    found = greetings(one, ordered, site.today, _seen(site))
    manner = site.t.manner
    return Checklist(
        id=_id(one),
        name=one.occasion.name,
        first=dates.long(one.window.first, manner),
        last=dates.long(one.window.last, manner),
        running=one.running,
        done=sum(g.done is not None for g in found),
        total=len(found),
        parts=tuple(rows for gift in ("bring", "none", "") if (rows := _part(site, gift, found, part)).total),
    )


def _part(site: Site, gift: str, found: Sequence[Greeting], part: WhoPart) -> CheckPart:
    here = [g for g in found if g.gift == gift]
    stand = standings(site)
    areas = tuple(
        (area, tuple(_row(site, g, part) for g in same))
        for area, same in groupby(here, key=lambda g: stand[g.client].area)
    )
    return CheckPart(gift, areas, len(here))


def _row(site: Site, one: Greeting, part: WhoPart) -> CheckRow:
    key = one.client
    return CheckRow(
        who=Markup(site.part(part, key)),  # noqa: S704 - comes out of an escaping template
        done=day_ref(site, key, *one.done, ROOT) if one.done else None,
        last_year=day_ref(site, key, *one.last_year, ROOT) if one.last_year else None,
    )
