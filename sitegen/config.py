"""`kayoi.yml` → `Config`: every number of the doctrine, with the articles' figures as defaults.

Reading and checking the file is in `notes/settings.py`; here is only what it comes to.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from types import MappingProxyType
from typing import Literal

from sitegen.records import dataclass

Lang = Literal["en", "ja"]
Manner = Literal["en", "ja", "ja-era"]
"""How days are written: a language, Japanese also with years of the era (令和8年)."""


def _frozen(**items: int) -> MappingProxyType[str, int]:
    return MappingProxyType(items)


@dataclass(frozen=True, slots=True)
class Backoff:
    """Rule R2: when unanswered contacts become hounding."""

    unanswered: int = 3
    """So many contacts without an answer …"""
    within: int = 30
    """… within so many calendar days …"""
    days: int = 30
    """… and the cadence rests for so many calendar days from the last of them."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A range of days on which the team does not visit, both ends included."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Rule R7: the numbers game (article A, point 5)."""

    approaches: int = 50
    """First contacts a month while the portfolio is being built."""
    contacts: tuple[int, int] = (60, 70)
    """Contacts a month, from and to."""
    per_day: int = 3
    """Contacts a working day."""
    hard: tuple[int, int] = (20, 30)
    """Maturing relationships a rep where the product is hard to sell."""
    attractive: tuple[int, int] = (30, 50)
    """The same where it is naturally attractive."""
    winnow_months: int = 3
    """Calendar months in `approach` after which a contact is to be winnowed."""
    business_years: int = 2
    """Years without business after which a relationship is told."""


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is sold, as `product:` names it."""

    name: str
    attractive: bool = False
    """Naturally attractive; else hard to sell (rule R7)."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A season's round of visits or gifts (年始回り, お中元, お歳暮, April's new chairs)."""

    name: str
    first: tuple[int, int]
    """First day of the window, as (month, day)."""
    last: tuple[int, int]
    """Its last day; before `first` where the window crosses the year's end."""
    stages: tuple[str, ...] = ()
    """Whom it is for; empty: all but dropped."""
    gift: bool = False
    """A gift is brought: clients that accept none are shown apart."""


@dataclass(frozen=True, slots=True)
class Config:
    """What `kayoi.yml` says; every field has a default."""

    title: str = "Kayoi"
    lang: Lang = "en"
    era: bool = False
    """Japanese pages write years of the era: 令和8年. English ones never do."""
    timezone: str = "Asia/Tokyo"
    """The team's; decides what today is."""
    content: str = "content"
    """Folder of the notes, relative to `kayoi.yml`."""
    out: str = "site"
    """Folder of the built pages, relative to `kayoi.yml`."""
    templates: str = "templates"
    """Folder of a team's own templates, relative to `kayoi.yml`; need not exist."""
    url: str = ""
    """Where the built site can be opened, such as `https://kayoi.example.jp/sales/`: calendars and tables lead
    there. Empty: they name a page by its path in the site.
    """
    history: Literal["git", "off"] = "git"
    """Where the notes' past is read from."""
    visits: int = 10
    """Visits before business is talked (rule R1; article A, opening)."""
    cadence: MappingProxyType[str, int] = field(
        default_factory=lambda: _frozen(approach=30, wtt=30, possible=14, probable=7, won=30)
    )
    """Calendar days between contacts by stage (rule R8; article A, point 5)."""
    backoff: Backoff = Backoff()
    closed: tuple[Closed, ...] = ()
    """The team's own closed days, beside weekends, public holidays and the year's end."""
    year_end: tuple[tuple[int, int], tuple[int, int]] = ((12, 29), (1, 3))
    """First and last closed day around New Year, as (month, day)."""
    list_rows: int = 500
    """Rows a list page holds at the most."""
    kinds: MappingProxyType[str, tuple[tuple[str, ...], bool]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """A team's own kinds of entry: key → (words, face to face)."""
    portfolio: Portfolio = Portfolio()
    products: tuple[Product, ...] = ()
    """Those of which more is known than the name; a product is hard to sell unless said."""
    large_deal: int = 10_000_000
    """Yen from which a deal must not hang by one thread (rule R10)."""
    thread_months: int = 6
    """Calendar months without meeting the strategic person that make a thread thin (rule R10)."""
    share_months: int = 6
    """Calendar months without a setback or a question shared that are worth a hint (rule R3)."""
    stall_months: int = 3
    """Calendar months without an answered contact that are a stall (rule R14)."""
    weeks: int = 13
    """Weeks that have a report and are drawn (rule R7)."""
    may_ask: int = 2
    """Given so many more than received: something may be asked for (rule R9)."""
    occasion_days: int = 60
    """Calendar days before its window from which an occasion has a checklist; the next one always has."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Words that mean the same when offers meet seeks (rule R9)."""
    occasions: tuple[Occasion, ...] = (
        Occasion("年始回り", (1, 4), (1, 15), ("wtt", "possible", "probable", "won")),
        Occasion("新年度のご挨拶", (4, 1), (4, 20), ("wtt", "possible", "probable", "won")),
        Occasion("お中元", (7, 1), (7, 15), ("probable", "won"), gift=True),
        Occasion("お歳暮", (12, 1), (12, 20), ("probable", "won"), gift=True),
    )
