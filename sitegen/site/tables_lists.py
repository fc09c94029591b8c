"""The lists as files for a spreadsheet: all clients, one file a stage and a rep, and each rep's due list.

Days are ISO 8601, which Excel takes for days in Japan as elsewhere; nothing here is changed by a new day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sitegen.site.calendars import address
from sitegen.site.context import Site
from sitegen.site.data_rows import ClientRow, DueRow, client_row, due_rows
from sitegen.site.rows import due_key
from sitegen.site.tables import Cell, table
from sitegen.site.views_lists import client_lists

ALL = "lists/all"
"""All clients, without the ending."""

COLUMNS: Mapping[str, Callable[[Site, ClientRow], Cell]] = {
    "name": lambda site, row: row.line.name,
    "native": lambda site, row: row.line.native,
    "reading": lambda site, row: row.line.reading,
    "stage": lambda site, row: _word(site, "stage", row.line.stage),
    "rep": lambda site, row: row.line.rep_name,
    "area": lambda site, row: row.line.area,
    "due": lambda site, row: row.line.due or _word(site, "table", row.line.due_state),
    "last-contact": lambda site, row: row.line.last_contact,
    "visits": lambda site, row: row.line.visits,
    "next-date": lambda site, row: str(row.next_date or ""),
    "next-time": lambda site, row: row.next_time,
    "next-step": lambda site, row: row.line.next_step,
    "last-said": lambda site, row: row.line.last_said,
    "product": lambda site, row: row.line.product,
    "value": lambda site, row: row.line.value,
    "size": lambda site, row: _word(site, "size", row.line.size),
    "backers": lambda site, row: _joined(site, row.line.backers),
    "people": lambda site, row: _joined(site, row.line.people),
    "phone": lambda site, row: row.client.phone,
    "address": lambda site, row: row.client.address,
    "tags": lambda site, row: _joined(site, row.line.tags),
    "page": lambda site, row: address(site, row.line.path),
}
"""What a column holds; its heading is the message `table.<name>`. A list of clients has them all."""

DUE_COLUMNS = (
    *("due", "name", "native", "stage", "area", "last-contact", "last-said", "next-step"),
    *("next-date", "next-time", "people", "phone", "address", "page"),
)
"""Of a due list; `why` stands beside the date."""


def table_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every list as a file, beside its page and ending in `.csv`; by name and by kana are one."""
    rows = {client.key: _cells(site, client_row(site, client), COLUMNS) for client in site.clients.values()}
    heads = _heads(site, COLUMNS)
    everybody = "kana" if site.t.lang == "ja" else "name"
    for one in client_lists(site):
        if one.kind in ("stage", "rep", everybody):
            keys = (client.key for page in one.pages for _, found in page for client in found)
            yield f"{ALL if one.kind == everybody else one.base}.csv", table(heads, (rows[k] for k in keys))
    yield from _due_files(site)


def _due_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The earliest first, never contacted before all; those never due are left out, as on the page."""
    reasons: dict[str, list[DueRow]] = {}
    for row in due_rows(site):
        reasons.setdefault(row.client.key, []).append(row)
    day, *others = _heads(site, DUE_COLUMNS)
    heads = (day, *_heads(site, ("why",)), *others)
    for rep, name in site.names["due"].items():
        due = sorted((c for c in site.owned.get(rep, ()) if c.key in reasons), key=lambda c: due_key(site, c))
        rows = (_with_why(_cells(site, client_row(site, c), DUE_COLUMNS), _told(reasons[c.key])) for c in due)
        yield f"due/{name}.csv", table(heads, rows)


def _with_why(cells: Sequence[Cell], why: str) -> Sequence[Cell]:
    return cells[0], why, *cells[1:]


def _told(reasons: Sequence[DueRow]) -> str:
    """All reasons in one cell, a line each; the later ones with their day."""
    return "\n".join(row.why if row.first else f"{row.reason.date}: {row.why}" for row in reasons)


def _cells(site: Site, row: ClientRow, columns: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(COLUMNS[name](site, row) for name in columns)


def _heads(site: Site, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(site.t(f"table.{name}").unescape()) for name in columns)


def _word(site: Site, group: str, key: str) -> str:
    return str(site.t.or_plain(f"{group}.{key}", key).unescape()) if key else ""


def _joined(site: Site, words: Sequence[str]) -> str:
    return str(site.t("list.joint").join(words).unescape())
