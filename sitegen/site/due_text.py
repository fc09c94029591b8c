"""A rep's due list as plain lines, for the terminal (rule R8): the page's rows in its order, under its headings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Book, Client, Network
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.brief_text import plain
from sitegen.site.context import Site
from sitegen.site.messages import Messages
from sitegen.site.opening import make_site
from sitegen.site.readers_day import closed_ahead
from sitegen.site.rows import Row, due_row
from sitegen.site.views_due import URGENT, due_lists

Style = Literal["title", "heading", "name", "late", "today", "dim", ""]
_HIDDEN = re.compile(r"<span[^>]* hidden>.*?</span>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of text; how it is broken and coloured is the terminal's business."""

    text: str = ""
    indent: int = 0
    style: Style = ""


def due_site(
    book: Book, network: Network, facts: Mapping[str, Facts], cfg: Config, today: dt.date, t: Messages
) -> Site:
    """What due lists are told from."""
    return make_site(book, network, facts, cfg, today, t, Workdays(cfg).closed)


def due_text(site: Site, rep: str, *, by_area: bool = False) -> Iterator[Told]:
    """The due list of a rep (a key of `site.reps`), by date or by area."""
    yield Told(plain(site.t("due.title", rep=site.rep_name(rep))), style="title")
    yield Told(plain(dates.full(site.today, site.t.manner)), style="dim")
    if closed := list(closed_ahead(site)):
        days = plain(site.t("list.joint")).join(plain(Markup("{} {}").format(*one[:2])) for one in closed)
        yield Told(f"{plain(site.t('due.closed'))}{days}", style="dim")
    shown = due_lists(site, rep)[by_area]
    if not any(heading in URGENT for heading, _ in _groups(due_lists(site, rep)[0].pages)):
        yield Told(plain(site.t("due.calm")))
    for heading, clients in _groups(shown.pages):
        name = heading or plain(site.t("due.no-area"))
        yield Told()
        yield Told(
            f"{name if by_area else plain(site.t(f'due.{heading}'))} {len(clients):,}", style="heading"
        )
        for client in clients:
            yield from _row(site, due_row(site, client))
    yield from _never(site, rep)


def _groups(
    pages: Iterable[Iterable[tuple[str, tuple[Client, ...]]]],
) -> Iterator[tuple[str, tuple[Client, ...]]]:
    """The headings of a list with their clients, put together again from its pages."""
    parts = (part for page in pages for part in page)
    for heading, found in groupby(parts, key=lambda part: part[0]):
        yield heading, tuple(client for _, clients in found for client in clients)


def _row(site: Site, row: Row) -> Iterator[Told]:
    t = site.t
    stage = plain(t.or_plain(f"stage.{row.stage}", row.stage))
    yield Told("  ".join(filter(None, (row.name, stage, row.area))), 1, "name")
    late = (row.days or 0) > 0
    when = plain(row.due) if row.due else ""
    if row.days is not None and row.days >= 0:
        when += "  " + plain(t("due.late", n=row.days) if late else t("due.is-today"))
    reason = visible(row.why)
    style: Style = "late" if late else "today" if row.days == 0 else ""
    if when:
        yield Told(when, 2, style)
    yield Told(reason, 2)
    if row.then:
        also = f" {plain(t('due.also', n=row.also))}" if row.also else ""
        yield Told(plain(row.then) + also, 2)
    if row.said:
        said = row.said + (plain(t("brief.aside", text=row.said_by)) if row.said_by else "")
        yield Told(plain(t("brief.field", label=t("due.said"), value=said)), 2, "dim")
    if row.step:
        yield Told(plain(t("brief.field", label=t("due.step"), value=row.step)), 2, "dim")


def visible(text: Markup) -> str:
    """What a reader of today sees of a text that also says what it will be on another day."""
    return plain(Markup(_HIDDEN.sub("", text)))  # noqa: S704 - only takes away


def _never(site: Site, rep: str) -> Iterator[Told]:
    stages = sorted(c.stage for c in site.owned.get(rep, ()) if site.facts[c.key].due.never)
    if stages:
        told = (
            f"{plain(site.t.or_plain(f'stage.{stage}', stage))} {len(list(found))}"
            for stage, found in groupby(stages)
        )
        yield Told()
        yield Told(f"{plain(site.t('due.not-on-list'))}{'  '.join(told)}", style="dim")
