"""What the weekly pages share: their records, and lines of what was said, moved and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from sitegen.doctrine.stages import Move
from sitegen.doctrine.weeks import Said, Sums, meetings_by_week, weeks_of
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import Numbers, To, to_client
from sitegen.site.shown import Shown

REFUSED = ("no", "postponed")


class SaidLine(Shown, frozen=True):
    """A line of an entry."""

    to: To
    word: str
    text: str
    who: str
    until: Markup


class MoveLine(Shown, frozen=True):
    """A change of stage."""

    to: To
    before: str
    stage: str
    day: Markup


class Figures(Shown, frozen=True):
    """A week in numbers."""

    contacts: int
    goal: int
    visits: int
    first: int
    moved: int
    refused: int
    unanswered: int


@dataclass(frozen=True)
class Weeks:
    """What the weekly pages share."""

    site: Site
    numbers: Numbers
    meetings: Mapping[str, Mapping[int, Sequence[Client]]]
    written: Mapping[str, Sequence[int]]
    """Rep → weeks that have a page, newest first."""

    def told_of(self) -> Mapping[str, tuple[str, ...]]:
        """By `rep/week` the clients that the page of the week tells of: of it and of the week to come."""
        diary = self.numbers.diary
        found = {}
        for rep, weeks in self.written.items():
            deeds, moved = diary.deeds.get(rep, {}), diary.moved.get(rep, {})
            due, meetings = diary.promised.get(rep, {}), self.meetings.get(rep, {})
            for week in weeks:
                keys = {client.key for client, _ in moved.get(week, ())}
                for number in (week, week + 1):
                    keys.update([deed.client.key for deed in deeds.get(number, ())])
                    keys.update([client.key for _, client, _ in due.get(number, ())])
                    keys.update([client.key for client in meetings.get(number, ())])
                found[f"{rep}/{week}"] = tuple(sorted(keys))
        return found


def make_weeks(site: Site, found: Numbers) -> Weeks:
    """Which weeks there are."""
    reps = [rep for rep in site.reps if rep]
    return Weeks(
        site,
        found,
        {
            rep: meetings_by_week([c for c in site.owned.get(rep, ()) if found.logs[c.key].next])
            for rep in reps
        },
        {rep: weeks_of(found.diary, rep, site.day, site.cfg.weeks) for rep in reps},
    )


def week_name(site: Site, first: dt.date) -> Markup:
    """ "Week 47", "第47週"."""
    return site.t("week.number", n=first.isocalendar()[1])


def figures(site: Site, one: Sums) -> Figures:
    """The week in numbers, with what its working days ask for."""
    goal = one.workdays * site.cfg.portfolio.per_day
    return Figures(one.contacts, goal, one.visits, one.approaches, one.moved, one.refused, one.unanswered)


def move_lines(site: Site, root: str, found: Sequence[tuple[Client, Move]]) -> Iterator[MoveLine]:
    """Changes of stage."""
    for client, move in found:
        to = to_client(site, root, client, move.anchor)
        yield MoveLine(to, move.before, move.stage, dates.near(move.date, move.date, site.t.manner, True))


def said_lines(site: Site, root: str, found: Sequence[Said]) -> Iterator[SaidLine]:
    """Lines of entries, each with a link to its entry."""
    for one in found:
        line, entry = one.line, one.deed.entry
        only = entry.people[0] if entry and len(entry.people) == 1 and line.word == "need" else ""
        until = dates.partial(line.until, site.t.manner) if line.until else Markup("")
        to = to_client(site, root, one.deed.client, one.deed.anchor)
        # a date that is all the line says is told as such
        text = "" if line.until and line.text == str(line.until) else line.text
        yield SaidLine(to, line.word, text, line.who or only, until)
