"""What all pages are made from: the site, rows that several of them share, and what each client gives to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from sitegen.site.context import BEST, HANDOVERS, INTRODUCTIONS, MADE, Part, Shared, Site
from sitegen.site.exports import PARTS, SHARED, parts_by_year
from sitegen.site.method_examples import MEASURES
from sitegen.site.numbers import LOG, NEWS
from sitegen.site.orders import ORDERS, STAGES_THERE
from sitegen.site.pages_numbers import Counting
from sitegen.site.parts import Pieces
from sitegen.site.people_index import people_index
from sitegen.site.portfolio_parts import path_part
from sitegen.site.render import Rendered
from sitegen.site.rows import due_frames, due_renderer, list_row
from sitegen.site.views_care import CARED, ON_LISTS, care_frame
from sitegen.site.views_giving import IN_LEDGERS
from sitegen.site.views_handover import sheet_part
from sitegen.site.views_lists import LISTS
from sitegen.site.views_network import NETWORK
from sitegen.site.views_occasions import SEEN, check_part
from sitegen.site.views_people import TO_GREET
from sitegen.site.views_prestige import PRODUCTS, REFERENCES, SHOWCASES
from sitegen.site.views_today import INTRODUCED, UNBRIEFED


@dataclass(frozen=True)
class Work:
    """What pages are made from: the site, and the rows that several of them share."""

    site: Site
    due_rows: Rendered
    list_rows: Rendered
    counting: Counting
    pieces: Pieces
    """Renders what clients give to pages of many."""
    parts: tuple[Part[Any], ...]
    """What every client gives, made as soon as it is known or has changed; see `parts_of`."""
    first: tuple[Shared[Any], ...]
    """Introductions, and what they draw on: pages of clients tell of them."""
    shared: tuple[Shared[Any], ...]
    """What pages show parts of."""
    lists: tuple[Shared[Any], ...]
    """Those of them that pages of clients and lists of clients draw on."""

    @property
    def rows(self) -> tuple[Rendered, ...]:
        """The rows of all lists."""
        return self.due_rows, self.list_rows

    def warm(self) -> None:
        """Counts what many pages draw on, before copies of the process would each count it for themselves."""
        with self.site.trace.deaf():
            self.counting.count()

    def parts_of(self, key: str) -> tuple[Part[Any], ...]:
        """Everything that one client gives."""
        return (*self.parts, *parts_by_year(self.site, key))


def make_work(site: Site, env: Environment) -> Work:
    """The site with its shared rows, none of them rendered yet."""

    def row(name: str) -> Callable[..., str]:
        template = env.get_template(name)

        def render(**given: Any) -> str:
            site.trace.note("templates", name)
            return template.render(**given)

        return render

    due_row, list_one = row("due-row.html"), row("list-row.html")
    frames = due_frames(lambda one: due_row(row=one))
    due = due_renderer(site, frames)

    listed: Part[str] = Part("list-row-1", lambda site, client: list_one(row=list_row(site, client)), str)

    def pieces(name: str) -> Callable[[Any], str]:
        render = row(name)
        return lambda one: render(one=one).rstrip("\n")

    counting = Counting(site, pieces)
    index = people_index(pieces)
    parts = (
        *PARTS, LOG, NEWS, frames, index.part, sheet_part(pieces), SEEN, check_part(pieces),
        path_part(pieces), CARED, care_frame(pieces), listed, MEASURES, UNBRIEFED,
    )  # fmt: skip
    shared = (
        *SHARED, HANDOVERS, STAGES_THERE, *counting.shared, index.pages, index.starts, TO_GREET, ON_LISTS, *LISTS,
        NETWORK, INTRODUCED, PRODUCTS, SHOWCASES, REFERENCES, IN_LEDGERS,
    )  # fmt: skip
    due_rows = Rendered(due, site.trace)
    list_rows = Rendered(lambda key: site.part(listed, key), site.trace)
    lists: tuple[Shared[Any], ...] = (ORDERS, STAGES_THERE, *LISTS, INTRODUCED)
    return Work(
        site, due_rows, list_rows, counting, pieces, parts, (MADE, INTRODUCTIONS, BEST), shared, lists
    )
