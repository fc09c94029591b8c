"""A weekly report (週報): one rep's week. Once it is over, only the notes change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from sitegen.doctrine.diary import Deed, Kept, monday
from sitegen.doctrine.log import NO_HOUR, Vow
from sitegen.doctrine.weeks import Week, week
from sitegen.doctrine.workdays import add_days
from sitegen.doctrine.written_up import written_up
from sitegen.model import Client, Plan
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import To, span, span_text, to_client
from sitegen.site.portfolio_charts import week_path
from sitegen.site.shown import Shown
from sitegen.site.urls import href
from sitegen.site.views_moved import WrittenView, written_view
from sitegen.site.weeks import (
    REFUSED,
    Figures,
    MoveLine,
    SaidLine,
    Weeks,
    figures,
    move_lines,
    said_lines,
    week_name,
)
from sitegen.site.why import closed_name, kind_name

ROOT = "../"
HEARD = ("need", "assumed", "confirmed")
GIVEN = ("introduced", "gave", "got")


class EntryLine(Shown, frozen=True):
    """What was done, in one line."""

    time: str
    to: To
    """`stage` is that of today's note; a week does not show it."""
    kind: Markup
    people: tuple[str, ...]
    gist: str
    by: tuple[str, ...]
    """The others who went."""
    first: bool
    answered: bool
    inbound: bool
    business: bool
    planned: bool
    unwritten: bool = False
    """Its day is over, and nothing is written."""


class Day(Shown, frozen=True):
    """A day of the week."""

    day: Markup
    closed: Markup
    """Why it is closed; empty for a working day."""
    entries: tuple[EntryLine, ...]
    ahead: bool
    """Its evening has not come yet."""


class PromiseLine(Shown, frozen=True):
    """A promise."""

    to: To
    text: str
    state: str
    due: Markup


class PlanLine(Shown, frozen=True):
    """Something of the week after."""

    day: Markup
    time: str
    to: To
    text: Markup


class WeekView(Shown, frozen=True):
    """One rep's week."""

    name: str
    number: Markup
    span: Markup
    title: str
    finished: bool
    figures: Figures
    days: tuple[Day, ...]
    moved: tuple[MoveLine, ...]
    heard: tuple[SaidLine, ...]
    made: tuple[PromiseLine, ...]
    due: tuple[PromiseLine, ...]
    refused: tuple[SaidLine, ...]
    given: tuple[SaidLine, ...]
    lessons: tuple[SaidLine, ...]
    after: tuple[PlanLine, ...]
    written: WrittenView | None
    """How late the week's entries were written; None where git knows of none."""
    previous: tuple[str, Markup] | None
    next: tuple[str, Markup] | None
    index_href: str
    all_href: str


def week_view(found: Weeks, rep: str, number: int, weeks: Sequence[int], today: dt.date | None) -> WeekView:
    """The report of the rep's week of this number, one of `weeks`; `today` is None where it is over."""
    site = found.site
    one = week(found.numbers.diary, rep, number, found.meetings[rep], found.numbers.workdays, today)
    place = weeks.index(number)
    return WeekView(
        name=site.rep_name(rep),
        number=week_name(site, one.first),
        span=span(one.first, one.last, site),
        title=span_text(one.first, one.last, site),
        finished=today is None,
        figures=figures(site, one.sums),
        days=tuple(_days(site, rep, one, today)),
        moved=tuple(move_lines(site, ROOT, one.moved)),
        heard=tuple(said_lines(site, ROOT, one.said(*HEARD))),
        made=tuple(_made(site, one.made)),
        due=tuple(_due(site, one.due)),
        refused=tuple(said_lines(site, ROOT, one.said(*REFUSED))),
        given=tuple(said_lines(site, ROOT, one.said(*GIVEN))),
        lessons=tuple(said_lines(site, ROOT, one.said("lesson"))),
        after=tuple(_after(site, one)),
        written=week_written(found, rep, number, ROOT),
        previous=_neighbour(site, rep, weeks[place + 1 : place + 2]),
        next=_neighbour(site, rep, weeks[max(0, place - 1) : place]),
        index_href=site.url(ROOT, "week", rep),
        all_href=href(ROOT, "weeks.html"),
    )


def week_written(found: Weeks, rep: str, number: int, root: str) -> WrittenView | None:
    """How late the entries of a rep's week were written."""
    written = written_up(found.numbers.diary, rep, number)
    return written_view(found.site, root, written, written) if written else None


def _neighbour(site: Site, rep: str, weeks: Sequence[int]) -> tuple[str, Markup] | None:
    for number in weeks:
        return href(ROOT, week_path(site, rep, number)), week_name(site, monday(number))
    return None


def _days(site: Site, rep: str, one: Week, today: dt.date | None) -> Iterator[Day]:
    """Monday to Friday always, for a day without a line says something too; a weekend's day where it has one."""
    by_day = {day: list(deeds) for day, deeds in groupby(one.deeds, key=lambda d: d.date)}
    for n in range(7):
        day = add_days(one.first, n)
        planned = [c for c in one.planned if c.next and c.next.date == day]
        if n < 5 or day in by_day or planned:
            name = site.closed(day)
            yield Day(
                day=dates.near(day, day, site.t.manner, True),
                closed=closed_name(site, name) if name and n < 5 else Markup(""),
                entries=(
                    *[_entry(site, rep, deed) for deed in by_day.get(day, ())],
                    *[_plan(site, client, client.next, today) for client in planned if client.next],
                ),
                ahead=today is not None and day >= today,
            )


def _entry(site: Site, rep: str, deed: Deed) -> EntryLine:
    entry = deed.entry
    others = [site.rep_name(other) for other in deed.reps if other != rep]
    return EntryLine(
        time="" if deed.time == NO_HOUR else deed.time,
        to=to_client(site, ROOT, deed.client, entry.anchor if entry else ""),
        kind=kind_name(site, entry.kind if entry else "visit"),
        people=entry.people if entry else (),
        gist=entry.gist if entry else "",
        by=tuple(others),
        first=deed.first,
        answered=deed.answered,
        inbound=bool(entry and entry.inbound),
        business=bool(entry and entry.business),
        planned=deed.planned,
    )


def _plan(site: Site, client: Client, plan: Plan, today: dt.date | None) -> EntryLine:
    past = today is None or plan.date < today
    return EntryLine(
        plan.time, to_client(site, ROOT, client), kind_name(site, plan.kind), plan.people, plan.step, (),
        first=False, answered=True, inbound=False, business=False, planned=not past, unwritten=past,
    )  # fmt: skip


def _made(site: Site, found: Sequence[tuple[Deed, Vow]]) -> Iterator[PromiseLine]:
    for deed, promise in found:
        due = dates.near(promise.due, deed.date, site.t.manner, True) if promise.due else Markup("")
        to = to_client(site, ROOT, deed.client, deed.anchor)
        yield PromiseLine(to, promise.text, promise.state, due)


def _due(site: Site, found: Sequence[Kept]) -> Iterator[PromiseLine]:
    for kept in found:
        due = dates.near(kept.due, kept.due, site.t.manner, True)
        to = to_client(site, ROOT, kept.client, kept.anchor)
        yield PromiseLine(to, kept.text, kept.state, due)


def _after(site: Site, one: Week) -> Iterator[PlanLine]:
    """Meetings, appointments and promises of the week after, by day and hour."""
    found: list[tuple[dt.date, str, str, str, Markup]] = []
    clients: dict[str, Client] = {}
    for client in one.after_next:
        if plan := client.next:
            clients[client.key] = client
            text = _appointment(site, plan.kind, plan.people, plan.step)
            found.append((plan.date, plan.time, client.key, "", text))
    for deed in one.after:
        if entry := deed.entry:
            clients[deed.client.key] = deed.client
            text = _appointment(site, entry.kind, entry.people, "")
            time = "" if deed.time == NO_HOUR else deed.time
            found.append((deed.date, time, deed.client.key, entry.anchor, text))
    for kept in one.after_due:
        clients[kept.client.key] = kept.client
        text = site.t("why.promise", text=kept.text)
        found.append((kept.due, "", kept.client.key, kept.anchor, text))
    for day, time, key, anchor, text in sorted(found, key=lambda f: (f[0], f[1] or "~", f[2], f[4])):
        to = to_client(site, ROOT, clients[key], anchor)
        yield PlanLine(dates.near(day, day, site.t.manner, True), time, to, text)


def _appointment(site: Site, kind: str, people: Sequence[str], step: str) -> Markup:
    name = kind_name(site, kind)
    if people:
        name = site.t("why.meeting-with", kind=name, people=site.t("list.joint").join(people))
    return site.t("week.step", kind=name, step=step) if step else name
