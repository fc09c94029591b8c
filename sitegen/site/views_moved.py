"""What the numbers game learns from the book's history: movements, conversion, how late entries are written."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from sitegen.doctrine.conversion import FEWEST, Conversion, conversions
from sitegen.doctrine.diary import monday, moves_between, week_of
from sitegen.doctrine.written_up import LATE, Written, of_weeks, usual
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.numbers import Numbers, To, to_client
from sitegen.site.past import TallyLine, gap, known, sentence, tally_lines
from sitegen.site.urls import href


@dataclass(frozen=True, slots=True)
class StageRow:
    """What became of those who entered a stage."""

    stage: str
    entered: int
    few: bool
    """Too few to tell more."""
    shares: tuple[tuple[str, int, int], ...]
    """`on`, `back`, `away`, `here`: how many, and how many percent."""
    time: Markup
    """How long they stayed; empty where too few came to its end."""
    of: int


@dataclass(frozen=True, slots=True)
class RepMoved:
    """A rep's line on the team's page."""

    name: str
    native: str
    href: str
    week: Markup
    month: Markup
    written: Markup
    late: bool


@dataclass(frozen=True, slots=True)
class WrittenView:
    """How late a rep's entries were written."""

    text: Markup
    late: tuple[tuple[To, Markup, Markup], ...]
    """Entries written late: the client, the entry's day, how many days later."""
    more: int = 0
    """Late ones that are not listed."""


@dataclass(frozen=True, slots=True)
class MovedView:
    """What the history tells, for a rep or for the team."""

    week: tuple[TallyLine, ...]
    month: tuple[TallyLine, ...]
    month_name: Markup
    reps: tuple[RepMoved, ...]
    """On the team's page."""
    stages: tuple[StageRow, ...]
    fewest: int
    since: Markup
    """From when on git knows the book."""
    written: WrittenView | None
    """On a rep's page; None where git knows of no entry."""
    late: int
    gap: Markup
    changes_href: str


def moved_view(site: Site, found: Numbers, rep: str | None, root: str) -> MovedView | None:
    """A rep's, or (None) the team's; None where there is no history."""
    if not known(site):
        return None
    diary, today = found.diary, site.today
    clients = site.clients.values() if rep is None else site.owned.get(rep, ())
    week = moves_between(diary, rep, monday(week_of(today)), today)
    month = moves_between(diary, rep, today.replace(day=1), today)
    since = site.history.since
    return MovedView(
        week=tally_lines(site, root, week),
        month=tally_lines(site, root, month),
        month_name=dates.month(today.year, today.month, site.t.manner),
        reps=tuple([_rep(site, found, key) for key in found.reps]) if rep is None else (),
        stages=tuple([_stage(site, one) for one in conversions(clients, diary.past)]),
        fewest=FEWEST,
        since=dates.medium(since, site.t.manner) if since else Markup(""),
        written=None if rep is None else _written(site, found, rep, root),
        late=LATE,
        gap=gap(site),
        changes_href=href(root, "changes.html"),
    )


def _rep(site: Site, found: Numbers, rep: str) -> RepMoved:
    diary, today = found.diary, site.today
    lately = of_weeks(found.diary, rep, week_of(today), site.cfg.weeks)
    days = usual(lately)
    return RepMoved(
        name=site.rep_name(rep),
        native=site.reps[rep].native,
        href=f"{site.url('', 'portfolio', rep)}#moved",
        week=sentence(site, moves_between(diary, rep, monday(week_of(today)), today)),
        month=sentence(site, moves_between(diary, rep, today.replace(day=1), today)),
        written=Markup("") if days is None else days_text(site, days, len(lately)),
        late=days is not None and days >= LATE,
    )


def days_text(site: Site, days: int, of: int) -> Markup:
    """ "3 days later (median of 24)"."""
    later = site.t("history.later", n=days) if days else site.t("history.same-day")
    return site.t("history.median", days=later, of=of)


def _stage(site: Site, one: Conversion) -> StageRow:
    from sitegen.site.past import duration

    told = (("on", one.on), ("here", one.here), ("back", one.back), ("away", one.away))
    return StageRow(
        stage=one.stage,
        entered=one.entered,
        few=one.few,
        shares=tuple([(name, n, round(100 * n / one.entered) if one.entered else 0) for name, n in told]),
        time=Markup("") if one.days is None else duration(site, one.days),
        of=one.of,
    )


def _written(site: Site, found: Numbers, rep: str, root: str) -> WrittenView | None:
    """Of the last weeks: the median, and what was written late in this week and the one before."""
    this = week_of(site.today)
    lately = of_weeks(found.diary, rep, this, site.cfg.weeks)
    if not lately:
        return None
    return written_view(site, root, lately, of_weeks(found.diary, rep, this, 2))


def written_view(site: Site, root: str, found: Sequence[Written], listed: Sequence[Written]) -> WrittenView:
    """The median of `found`, and those of `listed` that were late, the latest first."""
    t, days = site.t, usual(found)
    late = sorted([one for one in listed if one.late], key=lambda one: -one.days)
    shown = late[: site.cfg.list_rows]
    text = t("history.written-few", n=len(found)) if days is None else days_text(site, days, len(found))
    return WrittenView(
        text,
        tuple(
            [
                (
                    to_client(site, root, one.deed.client, one.deed.anchor),
                    dates.near(one.deed.date, one.deed.date, t.manner, True),
                    t("history.later", n=one.days),
                )
                for one in shown
            ]
        ),
        len(late) - len(shown),
    )
