"""The table of what stands beside the pages: calendars, tables, data, and indexes for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.site.calendars import calendar_files
from sitegen.site.context import Part, Site
from sitegen.site.data import data_files
from sitegen.site.network import graph_file
from sitegen.site.search.files import search_files
from sitegen.site.tables_lists import table_files
from sitegen.site.views_lists import data_file


@dataclass(frozen=True, slots=True)
class Export:
    """Files of one sort."""

    name: str
    files: Callable[[Site], Iterator[tuple[str, bytes]]]
    """Each with its path in the site."""


EXPORTS: tuple[Export, ...] = (
    Export("calendars", calendar_files),
    Export("tables", table_files),
    Export("data", data_files),
    Export("list-data", data_file),
    Export("search", search_files),
    Export("network", graph_file),
)
"""In the order in which they are written, after the assets and before the pages that refer to them."""

PARTS: tuple[Part[Any], ...] = ()
"""What each client gives to these and to pages of many: made as soon as the client is known or has changed."""
