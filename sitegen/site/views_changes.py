"""The page of changes: week by week and day by day what moved, then who edited which notes.

Which weeks have a page is told by the edits and movements themselves, not by today: a new day takes none away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from sitegen.doctrine.diary import monday, week_of
from sitegen.doctrine.stages import Move
from sitegen.doctrine.workdays import add_days
from sitegen.model import Client
from sitegen.past import Edit
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import Numbers, To, span, span_text, to_client
from sitegen.site.past import StepLine, author, changed, gap, known, sentence, step_lines
from sitegen.site.urls import href

WEEKS = 8
"""The newest weeks in which something changed have a page."""
FOLDED = 100
"""Notes of one author and day, or movements of a day, that are listed; of more the number is told."""
Edits = Mapping[dt.date, Mapping[str, Mapping[str, Sequence[Edit]]]]
"""Day → author as shown → client → edits, oldest first."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What somebody changed in a note on a day."""

    to: To
    text: Markup


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """What somebody changed on a day."""

    name: str
    notes: int
    written: int
    """Entries written up."""
    lines: tuple[NoteLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a week, the newest first."""

    day: Markup
    moved: tuple[StepLine, ...]
    more: int
    authors: tuple[AuthorLine, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """A week's changes."""

    span: Markup
    title: str
    newest: bool
    """It is the first page, which says so where the week isn't over."""
    running: bool
    sums: tuple[tuple[str, str, Markup], ...]
    """Rep, link, "3 became possible, 1 dropped"."""
    days: tuple[DayView, ...]
    weeks: tuple[tuple[Markup, str], ...]
    """Older weeks, on the first page."""
    previous: tuple[str, Markup] | None
    next: tuple[str, Markup] | None
    gap: Markup
    """Why git tells nothing, or not all."""
    basis: Markup
    """What is told where git tells nothing; empty where it does."""
    told: bool
    """There is something to tell."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that the pages of changes share."""

    site: Site
    numbers: Numbers
    weeks: Sequence[int]
    """Newest first."""
    edits: Edits

    def told_of(self) -> Mapping[str, tuple[str, ...]]:
        """By week the clients that its page tells of."""
        found: dict[str, set[str]] = {str(week): set() for week in self.weeks}
        for day, by in self.edits.items():
            for notes in by.values():
                found[str(week_of(day))].update(notes)
        for week in self.weeks:
            found[str(week)].update([client.key for client, _ in _moved(self, None, week)])
        return {week: tuple(sorted(keys)) for week, keys in found.items()}


def path_of(weeks: Sequence[int], place: int) -> str:
    """The page of the week at this place."""
    if not place:
        return "changes.html"
    year, week, _ = monday(weeks[place]).isocalendar()
    return f"changes-{year}-W{week:02}.html"


def make_changes(site: Site, found: Numbers) -> Changes:
    """The newest weeks in which something changed, with their edits."""
    weeks = {week_of(e.day) for c in site.clients.values() for e in site.history.of(c.path).edits}
    weeks |= found.diary.moved.get(None, {}).keys()
    newest = sorted(weeks, reverse=True)[:WEEKS]
    return Changes(site, found, newest, _edits(site, monday(newest[-1]) if newest else dt.date.max))


def _edits(site: Site, first: dt.date) -> Edits:
    days: dict[dt.date, dict[str, dict[str, list[Edit]]]] = {}
    for client in site.clients.values():
        for edit in site.history.of(client.path).edits:
            if edit.day < first:
                continue  # not the end: a clock may have been wrong
            by = days.setdefault(edit.day, {}).setdefault(author(site, edit), {})
            by.setdefault(client.key, []).insert(0, edit)
    return days


def changes_view(found: Changes, place: int) -> ChangesView:
    """The week at this place; an empty page where nothing ever changed."""
    site = found.site
    number = found.weeks[place] if found.weeks else week_of(site.today)
    first, last = monday(number), add_days(monday(number), 6)
    return ChangesView(
        span=span(first, last, site),
        title=span_text(first, last, site),
        newest=not place,
        running=not place and last >= site.today,
        sums=tuple(_sums(found, number)),
        days=tuple(_days(found, number)) if found.weeks else (),
        weeks=tuple([_link(found, n) for n in range(1, len(found.weeks))]) if not place else (),
        previous=_neighbour(found, place + 1),
        next=_neighbour(found, place - 1),
        gap=gap(site) if site.history.status != "no-repository" else Markup(""),
        basis=Markup("") if known(site) else _basis(site, bool(found.weeks)),
        told=known(site) or bool(found.weeks),
    )


def _basis(site: Site, told: bool) -> Markup:
    """That only lines tell, and what a repository would add where there is none."""
    parts = [site.t("history.lines-only" if told else "history.no-lines")]
    parts += [site.t("history.no-repository")] if site.history.status == "no-repository" else []
    return site.t("history.sentences").join(parts)


def _neighbour(found: Changes, place: int) -> tuple[str, Markup] | None:
    if not 0 <= place < len(found.weeks):
        return None
    name, url = _link(found, place)
    return url, name


def _link(found: Changes, place: int) -> tuple[Markup, str]:
    first = monday(found.weeks[place])
    return span(first, add_days(first, 6), found.site), href("", path_of(found.weeks, place))


def _sums(found: Changes, number: int) -> Iterator[tuple[str, str, Markup]]:
    """What each rep's movements of the week come to."""
    site = found.site
    for rep in found.numbers.reps:
        text = sentence(site, _moved(found, rep, number))
        if text:
            yield site.rep_name(rep), site.url("", "portfolio", rep, "moved" if known(site) else ""), text


def _moved(found: Changes, rep: str | None, number: int) -> list[tuple[Client, Move]]:
    moved = found.numbers.diary.moved.get(rep, {}).get(number, ())
    return sorted(moved, key=lambda one: (one[1].date, one[0].path))


def _days(found: Changes, number: int) -> Iterator[DayView]:
    site = found.site
    moved = _moved(found, None, number)
    for n in range(6, -1, -1):
        day = add_days(monday(number), n)
        mine = [one for one in moved if one[1].date == day]
        authors = tuple(_authors(site, found.edits.get(day, {})))
        if mine or authors:
            steps = tuple(step_lines(site, "", mine[:FOLDED]))
            yield DayView(dates.near(day, day, site.t.manner, True), steps, len(mine) - len(steps), authors)


def _authors(site: Site, found: Mapping[str, Mapping[str, Sequence[Edit]]]) -> Iterator[AuthorLine]:
    """Whoever edited most notes first."""
    for name, notes in sorted(found.items(), key=lambda one: (-len(one[1]), one[0])):
        named = sorted(notes, key=lambda key: (site.clients[key].name, key))[:FOLDED]
        written = sum(len({d for e in edits for d in e.entries}) for edits in notes.values())
        lines = [NoteLine(to_client(site, "", site.clients[key]), changed(site, notes[key])) for key in named]
        yield AuthorLine(name, len(notes), written, tuple(lines), len(notes) - len(lines))
