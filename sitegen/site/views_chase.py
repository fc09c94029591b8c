"""The long chase on a client's page: who held which chair when, where it stalled each time (rule R14).

Nothing here is changed by a new day: the picture ends with the last entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from sitegen.doctrine.chairs import Chair, Holder
from sitegen.doctrine.stalls import Stall
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.shown import Shown
from sitegen.site.views_timeline import Timeline, timeline_view


class Point(Shown, frozen=True):
    """Somebody with whom it stalled."""

    name: str
    href: str
    """To the person on this page; empty where the note's people don't know the name."""
    role: str
    level: str


class StallRow(Shown, frozen=True):
    """One halt, or several of one kind with the same people that follow each other."""

    kind: str
    days: tuple[tuple[Markup, str], ...]
    """Each with the link to its entry."""
    points: tuple[Point, ...]
    whys: tuple[str, ...]
    firsts: tuple[str, ...]
    """`we`, `they`, `nobody`, each once."""
    months: int
    """How long it was silent afterwards; 0 where it was not."""
    until: Markup
    until_href: str


class Count(Shown, frozen=True):
    """How often it stalled with a chair; an empty role is for those without one, or nobody named."""

    role: str
    n: int
    people: tuple[tuple[str, int], ...]


class HolderView(Shown, frozen=True):
    """A line of the table of chairs."""

    role: str
    name: str
    href: str
    tenure: Markup
    before: str
    after: str
    stalls: int


class ChaseView(Shown, frozen=True):
    """All that the block "where it stalled" may see."""

    total: int
    noes: int
    postponed: int
    silences: int
    """Those that began with neither."""
    we: int
    they: int
    counts: tuple[Count, ...]
    told: tuple[StallRow, ...]
    """The noes and postponements, newest first."""
    quiet: tuple[StallRow, ...]
    """The silences that nobody explained, newest first."""
    holders: tuple[HolderView, ...]
    """For the table beside the picture; none without it."""
    timeline: Timeline | None


QUIET = ChaseView(0, 0, 0, 0, 0, 0, (), (), (), (), None)
"""Of a client with whom it never stalled."""


def chase_view(site: Site, client: Client) -> ChaseView:
    """Where it stalled with this client, and who sat where meanwhile."""
    facts = site.facts[client.key]
    stalls = facts.stalls
    timeline = timeline_view(site, client)
    if not stalls and timeline is None:
        return QUIET
    kinds, firsts = [s.kind for s in stalls], [s.first for s in stalls]
    return ChaseView(
        total=len(stalls),
        noes=kinds.count("no"),
        postponed=kinds.count("postponed"),
        silences=kinds.count("silence"),
        we=firsts.count("we"),
        they=firsts.count("they"),
        counts=tuple(_counts(facts.chairs, stalls)),
        told=tuple(_rows(site, client, [s for s in stalls if s.kind != "silence"])),
        quiet=tuple(_rows(site, client, [s for s in stalls if s.kind == "silence"])),
        holders=tuple(_holders(site, facts.chairs, stalls)) if timeline else (),
        timeline=timeline,
    )


def _rows(site: Site, client: Client, stalls: Sequence[Stall]) -> Iterator[StallRow]:
    for _, same in groupby(stalls[::-1], key=lambda s: (s.kind, s.people, s.kind == "silence" and s.date)):
        yield _row(site, client, tuple(same)[::-1])


def _row(site: Site, client: Client, same: tuple[Stall, ...]) -> StallRow:
    last = same[-1]
    until = last.silent_until
    return StallRow(
        kind=last.kind,
        days=tuple([(dates.medium(s.date, site.t.manner), f"#{s.anchor}") for s in same]),
        points=tuple([_point(client, name) for name in last.people]),
        whys=tuple([s.why for s in same if s.why]),
        firsts=tuple(dict.fromkeys([s.first for s in same])),
        months=max(1, round((until - last.date).days / 30.44)) if until else 0,
        until=dates.medium(until, site.t.manner) if until else Markup(""),
        until_href=f"#{last.silent_anchor}" if last.silent_anchor else "",
    )


def _point(client: Client, name: str) -> Point:
    for number, person in enumerate(client.people, 1):
        if person.name == name:
            return Point(name, f"#person-{number}", person.role, person.level)
    return Point(name, "", "", "")


def _counts(chairs: tuple[Chair, ...], stalls: tuple[Stall, ...]) -> Iterator[Count]:
    """The chair with which it stalled most first; a halt with two chairs counts with both."""
    role_of = {holder.name: chair.role for chair in chairs for holder in chair.holders}
    by_role: dict[str, dict[str, int]] = {}
    times: dict[str, int] = {}
    for stall in stalls:
        for role in dict.fromkeys([role_of.get(name, "") for name in stall.people or ("",)]):
            times[role] = times.get(role, 0) + 1
        for name in stall.people:
            people = by_role.setdefault(role_of.get(name, ""), {})
            people[name] = people.get(name, 0) + 1
    for role, n in sorted(times.items(), key=lambda item: (-item[1], not item[0])):
        yield Count(role, n, tuple(by_role.get(role, {}).items()))


def _holders(site: Site, chairs: tuple[Chair, ...], stalls: tuple[Stall, ...]) -> Iterator[HolderView]:
    with_whom = Counter([name for stall in stalls for name in stall.people])
    for chair in chairs:
        for holder in chair.holders:
            before, after = chair.predecessor(holder), chair.successor(holder)
            yield HolderView(
                role=chair.role,
                name=holder.name,
                href=f"#person-{holder.number}",
                tenure=tenure(site, holder),
                before=before.name if before else "",
                after=after.name if after else "",
                stalls=with_whom[holder.name],
            )


def tenure(site: Site, holder: Holder) -> Markup:
    """Since when and until when; empty where nobody knows."""
    manner = site.t.manner
    since = dates.partial(holder.since, manner) if holder.since else Markup("")
    until = dates.partial(holder.until, manner) if holder.until else Markup("")
    kind = "both" if since and until else "since" if since else "until" if until else ""
    return site.t(f"person.{kind}", since=since, until=until) if kind else Markup("")
