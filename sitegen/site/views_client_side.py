"""What stands beside a client's story: the stamp card (R1), the month strip (R4) and the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from sitegen.config import Manner
from sitegen.doctrine.facts import Facts
from sitegen.model import Client, Handover, Reference
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.messages import as_markup
from sitegen.site.shown import Shown
from sitegen.site.views_client_people import dialled

MONTHS = range(1, 13)


class StampView(Shown, frozen=True):
    """One place on the stamp card."""

    kind: str
    """`there` (met people still in their chairs), `gone`, `before` (before the notes began), `empty`."""
    number: int
    month: str
    year: str
    iso: str
    href: str


class Card(Shown, frozen=True):
    """The stamp card (rule R1)."""

    stamps: tuple[StampView, ...]
    count: int
    """At most `needed`."""
    needed: int
    left: int
    total: int
    before: int
    still_there: int
    open: bool
    both: bool
    """Some were earned with people still in their chairs, some with people who moved on."""
    early: tuple[Markup, int] | None
    """Business was talked on this day, at this visit, before the door was open."""


class Cell(Shown, frozen=True):
    """One month; `level` 0 to 3 is its shade."""

    title: str
    contacts: int
    level: int
    inside: bool
    """Lies between the first and the last contact."""


class StripYear(Shown, frozen=True):
    """A year of twelve months."""

    year: int
    cells: tuple[Cell, ...]


class Strip(Shown, frozen=True):
    """The months at the door (rule R4)."""

    years: tuple[StripYear, ...]
    """Newest first."""
    streak: int
    longest: int
    noes: int
    postponed: int
    unanswered: int


class Fact(Shown, frozen=True):
    """A line of the table of facts. `label` is HTML: ours from the messages, a team's own key as written."""

    label: Markup
    value: Markup
    own: bool = False


def card_view(site: Site, facts: Facts) -> Card:
    """The stamp card: those before the notes first, then each visit, then what is left."""
    visits = facts.visits
    lang = site.t.manner
    places: list[StampView] = []
    for number in range(1, visits.needed + 1):
        place = number - 1 - visits.before
        if place < 0:
            places.append(_without_day("before", number))
        elif place < len(visits.stamps):
            stamp = visits.stamps[place]
            kind = "there" if stamp.still_there else "gone"
            where = f"#{stamp.anchor}" if stamp.anchor else ""
            places.append(StampView(kind, number, *_stamped(stamp.date, lang), where))
        else:
            places.append(_without_day("empty", number))
    early = visits.early_business
    return Card(
        stamps=tuple(places),
        count=min(visits.count, visits.needed),
        needed=visits.needed,
        left=visits.left,
        total=visits.count,
        before=visits.before,
        still_there=visits.still_there,
        open=visits.open,
        both={"there", "gone"} <= {place.kind for place in places},
        early=(dates.medium(early[0], lang), early[1]) if early else None,
    )


@lru_cache(maxsize=200)
def _without_day(kind: str, number: int) -> StampView:
    return StampView(kind, number, "", "", "", "")


@lru_cache(maxsize=20_000)
def _stamped(day: dt.date, manner: Manner) -> tuple[str, str, str]:
    """Month, year and ISO 8601."""
    return dates.month_name(day.month, manner), dates.short_year(day, manner), day.isoformat()


def strip_view(site: Site, facts: Facts) -> Strip:
    """A row a year, from the first contact's to the last contact's, the newest on top."""
    told = facts.perseverance
    contacts = {(m.year, m.month): m.contacts for m in told.months}
    years = []
    if told.months:
        for year in range(told.months[-1].year, told.months[0].year - 1, -1):
            cells = [_cell(year, month, contacts.get((year, month)), site.t.manner) for month in MONTHS]
            years.append(StripYear(year, tuple(cells)))
    return Strip(
        years=tuple(years),
        streak=told.streak,
        longest=told.longest,
        noes=told.noes,
        postponed=told.postponed,
        unanswered=told.unanswered,
    )


@lru_cache(maxsize=20_000)
def _cell(year: int, month: int, contacts: int | None, manner: Manner) -> Cell:
    """A month; clients share those in which the same happened."""
    count = contacts or 0
    title = str(dates.month(year, month, manner).striptags())
    return Cell(title, count, min(count, 3), contacts is not None)


def facts_view(site: Site, client: Client) -> Iterator[Fact]:
    """What the front matter says, known keys first, then the team's own as written."""
    t = site.t
    known: tuple[tuple[str, Markup | str], ...] = (
        ("address", client.address),
        ("area", client.area),
        ("phone", _phone(client.phone)),
        ("product", client.product),
        ("value", t("fact.yen", value=client.value) if client.value is not None else ""),
        ("since", dates.partial(client.since, t.manner) if client.since else ""),
        ("wait", dates.partial(client.wait_until, t.manner) if client.wait_until else ""),
        ("reference", _reference(site, client.reference) if client.reference else ""),
        ("offers", _listed(site, client.offers)),
        ("seeks", _listed(site, client.seeks)),
        ("tags", _listed(site, client.tags)),
        ("gifts", "" if client.gifts else t("fact.no-gifts")),
        ("aliases", _listed(site, client.aliases)),
        *(("handover", _handed(site, one)) for one in client.handovers if not one.committed),
    )
    for key, value in known:
        if value:
            yield Fact(t(f"fact.{key}"), escape(value))
    for name, value in client.extra:
        yield Fact(escape(name), escape(value), own=True)


def _listed(site: Site, words: tuple[str, ...]) -> Markup | str:
    return site.t("list.joint").join(words) if words else ""


def _handed(site: Site, handover: Handover) -> Markup:
    date = dates.medium(handover.date, site.t.manner)
    return site.t("fact.handed", rep=site.rep_name(handover.rep), date=date)


def _phone(phone: str) -> Markup:
    digits = dialled(phone)
    return as_markup(f'<a href="tel:{digits}">{escape(phone)}</a>') if digits else escape(phone)


def _reference(site: Site, reference: Reference) -> Markup:
    t = site.t
    parts = [escape(reference.product)] if reference.product else []
    parts += [t("fact.ref-free")] if reference.free else []
    parts += [t("fact.ref-visits")] if reference.visits else []
    if reference.since:
        parts.append(t("person.since", since=dates.partial(reference.since, t.manner), until=""))
    parts += [escape(reference.benefit)] if reference.benefit else []
    return t("why.joint").join(parts)
