"""R7, the numbers game: meet many, winnow for three months, then look after a band of maturing relationships.

Article A (the perseverance test), point 5: at least fifty approaches a month until twenty to thirty relationships
are maturing (up to fifty where the product sells itself); from then on sixty to seventy contacts a month, three
a day, and a few new ones. Who counts these knows in time whether business will come in a year or two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal

from sitegen.config import Config
from sitegen.doctrine.diary import Deed, Diary
from sitegen.doctrine.load import Load, Reasons, load, workdays_between
from sitegen.doctrine.months import add_months, last_day
from sitegen.doctrine.workdays import Workdays
from sitegen.model import MATURING, Client
from sitegen.records import dataclass
from sitegen.text import fold

Phase = Literal["building", "keeping", "over"]


@dataclass(frozen=True, slots=True)
class Band:
    """How many maturing relationships a rep should have."""

    low: int
    high: int
    source: Literal["target", "attractive", "hard"]
    """The rep's own target; else what most of the rep's clients are to buy, hard to sell unless said."""
    attractive: int = 0
    """Clients whose product sells itself …"""
    of: int = 0
    """… of so many whose product is named."""

    def phase(self, maturing: int) -> Phase:
        """Building below the band, keeping within it, over it there is no time for each."""
        return "building" if maturing < self.low else "keeping" if maturing <= self.high else "over"


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a month's contacts stand."""

    made: int
    low: int
    high: int
    left: int
    """Working days left, today among them if it is one."""
    needed: int
    """Contacts a working day that are still needed for `low`, rounded up; 0 where it is reached or none is
    left.
    """
    usual: int
    """Contacts a working day that the method asks for."""

    @property
    def missing(self) -> int:
        """Contacts that are missing to the lower end."""
        return max(0, self.low - self.made)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All the figures of one rep, each with what it is made of."""

    phase: Phase
    band: Band
    maturing: tuple[Client, ...]
    approaches: tuple[Deed, ...]
    """First contacts this month, oldest first."""
    contacts: tuple[Deed, ...]
    """Contacts this month, first ones among them, oldest first."""
    pace: Pace
    load: Load
    winnow: tuple[Client, ...]
    """Still in approach, longest first."""
    slow: tuple[Client, ...]
    """Maturing for years without business, longest first."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A portfolio in numbers alone, for pages that tell of several."""

    phase: Phase
    band: Band
    maturing: int
    approaches: int
    contacts: int
    pace: Pace
    load: int
    """Contacts that the cadences make next month …"""
    room: int
    """… and how many fit."""
    next_month: dt.date
    """Its first day."""
    winnow: int
    slow: int


def counted(one: Portfolio) -> Counted:
    """It, of one rep."""
    return Counted(
        one.phase, one.band, len(one.maturing), len(one.approaches), len(one.contacts), one.pace,
        one.load.contacts, one.load.room, one.load.month, len(one.winnow), len(one.slow),
    )  # fmt: skip


def portfolio(
    rep: str,
    owned: Sequence[Client],
    target: tuple[int, int] | None,
    diary: Diary,
    reasons: Callable[[Client], Reasons],
    cfg: Config,
    workdays: Workdays,
    today: dt.date,
) -> Portfolio:
    """The figures of the rep of this key, who owns the clients `owned` and may have a target of their own.

    `reasons` gives those for which a client is due. Approaches and contacts are those the rep made,
    also with clients that are somebody else's today.
    """
    maturing = tuple([client for client in owned if client.stage in MATURING])
    bounds = band(owned, target, cfg)
    done = [deed for deed in diary.between(rep, today.replace(day=1), today) if deed.contact]
    return Portfolio(
        phase=bounds.phase(len(maturing)),
        band=bounds,
        maturing=maturing,
        approaches=tuple([deed for deed in done if deed.first]),
        contacts=tuple(done),
        pace=pace(len(done), cfg, workdays, today),
        load=load(owned, reasons, cfg, workdays, today),
        winnow=winnow(owned, diary, cfg, today),
        slow=slow(owned, diary, cfg, today),
    )


def band(owned: Sequence[Client], target: tuple[int, int] | None, cfg: Config) -> Band:
    """The rep's own target, else the band of what most of the clients are to buy."""
    if target:
        return Band(*target, "target")
    easy = {fold(product.name) for product in cfg.products if product.attractive}
    named = [fold(c.product) in easy for c in owned if c.product and c.stage not in ("resting", "dropped")]
    attractive = sum(named)
    if attractive * 2 > len(named):
        return Band(*cfg.portfolio.attractive, "attractive", attractive, len(named))
    return Band(*cfg.portfolio.hard, "hard", attractive, len(named))


def pace(made: int, cfg: Config, workdays: Workdays, today: dt.date) -> Pace:
    """What the rest of the month asks for, after so many contacts."""
    low, high = cfg.portfolio.contacts
    left = workdays_between(workdays, today, last_day(today))
    needed = -(-max(0, low - made) // left) if left else 0
    return Pace(made, low, high, left, needed, cfg.portfolio.per_day)


def winnow(owned: Sequence[Client], diary: Diary, cfg: Config, today: dt.date) -> tuple[Client, ...]:
    """Clients still in approach whose first contact is longer ago than the months of winnowing."""
    limit = add_months(today, -cfg.portfolio.winnow_months)
    return _older(owned, diary, limit, frozenset({"approach"}))


def slow(owned: Sequence[Client], diary: Diary, cfg: Config, today: dt.date) -> tuple[Client, ...]:
    """Maturing relationships that never came to business, begun longer ago than business should take."""
    limit = add_months(today, -12 * cfg.portfolio.business_years)
    found = _older(owned, diary, limit, MATURING)
    return tuple([c for c in found if all(m.stage != "won" for m in diary.past[c.key].moves)])


def _older(
    owned: Sequence[Client], diary: Diary, limit: dt.date, stages: frozenset[str]
) -> tuple[Client, ...]:
    dated = [(diary.past[c.key].known, c) for c in owned if c.stage in stages]
    found = [(first, c) for first, c in dated if first and first < limit]
    return tuple([c for _, c in sorted(found, key=lambda f: (f[0], f[1].path))])
