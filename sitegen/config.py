"""`kayoi.yml` → `Config`: every number of the doctrine, with the articles' figures as defaults.

Reading and checking the file is in `notes/settings.py`; here is only what it comes to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Lang = Literal["en", "ja"]


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
class Config:
    """What `kayoi.yml` says; every field has a default."""

    title: str = "Kayoi"
    lang: Lang = "en"
    timezone: str = "Asia/Tokyo"
    """The team's; decides what today is."""
    content: str = "content"
    """Folder of the notes, relative to `kayoi.yml`."""
    out: str = "site"
    """Folder of the built pages, relative to `kayoi.yml`."""
    templates: str = "templates"
    """Folder of a team's own templates, relative to `kayoi.yml`; need not exist."""
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
