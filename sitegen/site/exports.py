"""The table of what stands beside the pages: calendars, tables, data, and indexes for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sitegen.site.beside import Files, written
from sitegen.site.calendars import calendar_files
from sitegen.site.context import Site
from sitegen.site.data import data_files
from sitegen.site.list_data import list_files
from sitegen.site.network import graph_file
from sitegen.site.search.files import search_files
from sitegen.site.tables_lists import table_files


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
