"""Pages of the numbers game (rule R7): portfolios and weekly reports, all from one count."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

from sitegen.doctrine.diary import monday
from sitegen.doctrine.log import contacts_since
from sitegen.doctrine.portfolio import Counted, counted
from sitegen.site.context import Pages, Shared, Site
from sitegen.site.numbers import LOG, Numbers
from sitegen.site.parts import Pieces
from sitegen.site.past import tells_changes
from sitegen.site.portfolio_charts import week_path
from sitegen.site.portfolio_parts import path_part
from sitegen.site.sharing import each
from sitegen.site.views_changes import Changes, ChangesView, changes_view, make_changes, path_of
from sitegen.site.views_portfolio import PortfolioView, portfolio_view
from sitegen.site.views_team import TeamView, team_view
from sitegen.site.views_week import WeekView, week_view
from sitegen.site.views_weeks import IndexView, RepWeek, index_view, last_week, monday_view
from sitegen.site.weeks import Weeks, make_weeks
from sitegen.trace import ALL


class Counting:
    """The count and the pages made from it; nothing is counted before the first of them is asked for.

    All is counted once for all pages, and what a page may draw on is written down for it: the clients in which its
    rep has a part, or those of its week, or all of them.
    """

    def __init__(self, site: Site, pieces: Pieces) -> None:
        """For one site, as on its day."""
        self._site = site
        self._path = path_part(pieces)

    @cached_property
    def numbers(self) -> Numbers:
        """Everything counted, as on the day of the site."""
        return Numbers(self._site)

    @property
    def shared(self) -> tuple[Shared[Any], ...]:
        """What these pages share."""
        mine = self.parts_of_reps, self.weeks_clients, self.weeks_written, self.counted, self.last_weeks
        return (*mine, self.this_month, self.weeks_changed, self.changes_clients)

    def count(self) -> None:
        """Counts everything at once."""
        _ = self.numbers.diary, self._weeks

    @cached_property
    def _weeks(self) -> Weeks:
        with self._site.trace.deaf():
            return make_weeks(self._site, self.numbers)

    @cached_property
    def _changes(self) -> Changes:
        with self._site.trace.deaf():
            return make_changes(self._site, self.numbers)

    def _all_changes(self) -> Changes:
        self._of_all()
        for table in ("history", "client.path"):
            self._site.trace.note(table, ALL)
        return self._changes

    @cached_property
    def weeks_changed(self) -> Shared[tuple[int, ...]]:
        """The weeks that have a page of changes, newest first; by no name."""
        return Shared("weeks-changed", lambda _: {"": tuple(self._all_changes().weeks)}, tuple[int, ...])

    @cached_property
    def changes_clients(self) -> Shared[tuple[str, ...]]:
        """The clients of whom a page of changes tells, by its week."""
        return Shared("changes-clients", lambda _: self._all_changes().told_of(), tuple[str, ...])

    def _of_all(self) -> Numbers:
        self._counted(ALL)
        for table in ("reps", "owned", "known"):
            self._site.trace.note(table, ALL)
        return self.numbers

    def _counted(self, key: str) -> None:
        """The count hears no trace: who shows of it what this client gave depends on its log, of which it is made."""
        self._site.trace.note(f"part {LOG.name}", key)

    def _of_rep(self, rep: str, *, figures: bool = False) -> Numbers:
        """`figures`: those of the portfolio, which draw on clients as well."""
        for key in self._site.shared(self.parts_of_reps).get(rep, ()):
            self._counted(key)
            if figures:
                self._site.trace.note("clients", key)
        for table in ("reps", "owned"):
            self._site.trace.note(table, rep)
        return self.numbers

    def newest_changes(self) -> Pages:
        """`changes.html`; nothing where the history is switched off and no line tells of a movement."""
        if tells_changes(self._site):
            yield path_of((), 0), partial(self._change, 0)

    def older_changes(self) -> Pages:
        """A page for each older week in which something changed."""
        if tells_changes(self._site):
            weeks = self._site.shared(self.weeks_changed)[""]
            for place in range(1, len(weeks)):
                yield path_of(weeks, place), partial(self._change, place)

    def _change(self, place: int) -> ChangesView:
        site = self._site
        for week in site.shared(self.weeks_changed)[""][place : place + 1]:
            for key in site.shared(self.changes_clients)[str(week)]:
                self._counted(key)
                site.trace.note("history", site.clients[key].path)
        site.trace.note("reps", ALL)
        return changes_view(self._changes, place)

    def portfolios(self) -> Pages:
        """A page for each rep."""
        for rep in self._reps():
            yield self._site.path("portfolio", rep), partial(self._portfolio, rep)

    def _reps(self) -> list[str]:
        return [rep for rep in self._site.reps if rep]

    def _portfolio(self, rep: str) -> PortfolioView:
        numbers, clients = self._of_rep(rep, figures=True), self._site.clients
        theirs = [clients[key] for key in self._site.shared(self.parts_of_reps).get(rep, ())]
        return portfolio_view(self._site, numbers, rep, self._path, theirs)

    def team(self) -> Pages:
        """`portfolio.html`."""
        yield "portfolio.html", self._team

    def _team(self) -> TeamView:
        self._site.trace.note("clients", ALL)
        return team_view(self._site, self._of_all(), self.counts())

    @cached_property
    def counted(self) -> Shared[Counted]:
        """Each rep's figures in numbers."""
        return each("counted", lambda _: self._reps(), self._count, Counted)

    def _count(self, site: Site, rep: str) -> Counted:
        site.trace.note("today", "")
        return counted(self._of_rep(rep, figures=True).portfolio(rep))

    def counts(self) -> Mapping[str, Counted]:
        """The same by rep."""
        return dict(self._site.shared(self.counted).items())

    @cached_property
    def this_month(self) -> Shared[int]:
        """The team's contacts of this month up to today, by no name."""

        def count(site: Site) -> dict[str, int]:
            site.trace.note(f"part {LOG.name}", ALL)
            return {"": contacts_since(self.numbers.logs.values(), site.today.replace(day=1))}

        return Shared("this-month", count, int)

    def contacts(self) -> int:
        """The same."""
        return self._site.shared(self.this_month)[""]

    def finished_weeks(self) -> Pages:
        """A page for each rep and week that is over: no new day changes it."""
        yield from self._week_pages(finished=True)

    def running_weeks(self) -> Pages:
        """A page for each rep who has done something this week."""
        yield from self._week_pages(finished=False)

    def _week_pages(self, *, finished: bool) -> Pages:
        this = self._site.this_week
        for rep, weeks in self._site.shared(self.weeks_written).items():
            for number in weeks:
                if (number < this) == finished:
                    yield week_path(self._site, rep, number), partial(self._week, rep, number)

    @cached_property
    def parts_of_reps(self) -> Shared[tuple[str, ...]]:
        """Rep → the clients in which they have a part: own, owned, went to or moved."""
        return Shared("parts-of-reps", self._parts_of_reps, tuple[str, ...])

    def _parts_of_reps(self, site: Site) -> dict[str, tuple[str, ...]]:
        site.trace.note(f"part {LOG.name}", ALL)
        found: dict[str, list[str]] = {}
        for key, client in site.clients.items():
            reps = {client.owner, *[one.rep for one in client.handovers]}
            reps.update(*self.numbers.logs[key].who)
            for rep in reps:
                found.setdefault(rep, []).append(key)
        return {rep: tuple(keys) for rep, keys in found.items()}

    @cached_property
    def weeks_clients(self) -> Shared[tuple[str, ...]]:
        """The clients of whom a week's page tells, by `rep/week`."""
        return Shared("weeks-clients", lambda _: self._all_weeks().told_of(), tuple[str, ...])

    @cached_property
    def weeks_written(self) -> Shared[tuple[int, ...]]:
        """The weeks that have a page, by rep."""
        return Shared(
            "weeks-written",
            lambda _: {rep: tuple(of) for rep, of in self._all_weeks().written.items()},
            tuple[int, ...],
        )

    def _all_weeks(self) -> Weeks:
        self._of_all()
        _ = self._site.this_week
        return self._weeks

    def _week(self, rep: str, number: int) -> WeekView:
        site = self._site
        over = site.this_day >= monday(number + 1)
        for key in site.shared(self.weeks_clients)[f"{rep}/{number}"]:
            self._counted(key)
        weeks = site.shared(self.weeks_written)[rep]
        return week_view(self._weeks, rep, number, weeks, None if over else site.today)

    def week_indexes(self) -> Pages:
        """An index for each rep."""
        for rep in self._site.shared(self.weeks_written):
            yield self._site.path("week", rep), partial(self._index, rep)

    def _index(self, rep: str) -> IndexView:
        self._of_rep(rep)
        return index_view(self._weeks, rep)

    def monday(self) -> Pages:
        """`weeks.html`."""
        yield "weeks.html", lambda: monday_view(self._site, self._site.shared(self.last_weeks).values())

    @cached_property
    def last_weeks(self) -> Shared[RepWeek]:
        """Each rep's last finished week."""
        return each("last-weeks", lambda _: self._reps(), self._last_week, RepWeek)

    def _last_week(self, site: Site, rep: str) -> RepWeek:
        self._of_rep(rep)
        site.trace.note("reps", ALL)
        return last_week(self._weeks, rep)
