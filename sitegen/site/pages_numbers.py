"""Pages of the numbers game (rule R7): portfolios and weekly reports, all from one count."""

from __future__ import annotations

from functools import partial

from sitegen.site.context import Made, Site
from sitegen.site.numbers import Numbers, numbers
from sitegen.site.views_changes import Changes, first_page, make_changes, older_pages
from sitegen.site.views_portfolio import portfolio_view
from sitegen.site.views_team import team_view
from sitegen.site.views_week import week_pages
from sitegen.site.views_weeks import index_view, monday_view
from sitegen.site.weeks import Weeks, make_weeks


class Counting:
    """The count and the pages made from it; nothing is counted before the first of them is asked for."""

    def __init__(self, site: Site) -> None:
        """For one site, as on its day."""
        self._site = site

    @property
    def numbers(self) -> Numbers:
        """Everything counted, as on the day of the site."""
        return self._site.once("numbers", lambda: numbers(self._site))

    @property
    def _weeks(self) -> Weeks:
        return self._site.once("weeks", lambda: make_weeks(self._site, self.numbers))

    @property
    def _changes(self) -> Changes:
        return self._site.once("changes", lambda: make_changes(self._site, self.numbers))

    def newest_changes(self) -> Made:
        """`changes.html`."""
        yield from first_page(lambda: self._changes, self._site)

    def older_changes(self) -> Made:
        """A page for each older week in which something changed."""
        yield from older_pages(lambda: self._changes, self._site)

    def portfolios(self) -> Made:
        """A page for each rep."""
        for rep in self.numbers.portfolios:
            yield self._site.path("portfolio", rep), partial(portfolio_view, self._site, self.numbers, rep)

    def team(self) -> Made:
        """`portfolio.html`."""
        yield "portfolio.html", partial(team_view, self._site, self.numbers)

    def finished_weeks(self) -> Made:
        """A page for each rep and week that is over: no new day changes it."""
        yield from week_pages(self._weeks, finished=True)

    def running_weeks(self) -> Made:
        """A page for each rep who has done something this week."""
        yield from week_pages(self._weeks, finished=False)

    def week_indexes(self) -> Made:
        """An index for each rep."""
        for rep in self._weeks.written:
            yield self._site.path("week", rep), partial(index_view, self._weeks, rep)

    def monday(self) -> Made:
        """`weeks.html`."""
        yield "weeks.html", partial(monday_view, self._weeks)
