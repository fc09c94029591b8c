"""The table of what stands beside the pages: calendars, tables, data, and indexes for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.site.beside import Files, written
from sitegen.site.calendars import EVENTS, calendar_files
from sitegen.site.context import TELLING, Part, Shared, Site
from sitegen.site.data import DATA, data_files
from sitegen.site.data_fields import rows_part
from sitegen.site.data_rows import ENTRY_YEARS, YEARS
from sitegen.site.lines import CLIENT_LINE
from sitegen.site.list_data import LISTED, list_files
from sitegen.site.network import NODE, TOLD, graph_file
from sitegen.site.orders import ORDERS, PLACES
from sitegen.site.search.files import CODES, OTHERS, SEARCHED, search_files
from sitegen.site.search.names import NAMED
from sitegen.site.standing import NEAR, STANDING
from sitegen.site.tables_lists import DUE_LINE, LINE, table_files


@dataclass(frozen=True, slots=True)
class Export:
    """Files of one sort."""

    name: str
    to_be: Callable[[Site], Files]
    """Each with its path in the site and what makes its bytes, from what every client gives and little else."""

    def files(self, site: Site) -> Iterator[tuple[str, bytes]]:
        """All of them, one after the other."""
        return written(self.to_be(site))


EXPORTS: tuple[Export, ...] = (
    Export("calendars", calendar_files),
    Export("tables", table_files),
    Export("data", data_files),
    Export("list-data", list_files),
    Export("search", search_files),
    Export("network", graph_file),
)
"""In the order in which they are written, after the assets and before the pages that refer to them."""

PARTS: tuple[Part[Any], ...] = (
    STANDING, NEAR, CLIENT_LINE, PLACES, TELLING, LISTED, LINE, DUE_LINE, EVENTS, TOLD, NODE, NAMED, SEARCHED, YEARS,
    *(rows_part(data) for data in DATA if data.rows),
)  # fmt: skip
"""What each client gives to these files."""

SHARED: tuple[Shared[Any], ...] = (CODES, OTHERS, ORDERS, ENTRY_YEARS)
"""What they share."""


def parts_by_year(site: Site, key: str) -> tuple[Part[Any], ...]:
    """What a client gives to files of one year each."""
    years = site.part(YEARS, key)
    return tuple(rows_part(data, f"{year:04}") for data in DATA if data.of_year for year, _ in years)
