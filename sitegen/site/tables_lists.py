"""The lists as files for a spreadsheet: all clients, one file a stage and a rep, and each rep's due list.

Days are ISO 8601, which Excel takes for days in Japan as elsewhere; nothing here is changed by a new day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from sitegen.model import Client
from sitegen.site.beside import Files
from sitegen.site.calendars import address
from sitegen.site.context import Site
from sitegen.site.data_rows import DueRow, client_row, due_rows
from sitegen.site.orders import CLOSEST, ORDERS, PLACES, stages_of
from sitegen.site.plain import plain, plain_or
from sitegen.site.rows import by_due
from sitegen.site.sharing import Part
from sitegen.site.standing import standings
from sitegen.site.tables import Cell, line, table_of

ALL = "lists/all"
"""All clients, without the ending."""

COLUMNS = (
    *(
        "name",
        "native",
        "reading",
        "stage",
        "rep",
        "area",
        "due",
        "last-contact",
        "visits",
        "next-date",
        "next-time",
    ),
    *(
        "next-step",
        "last-said",
        "product",
        "value",
        "size",
        "backers",
        "people",
        "phone",
        "address",
        "tags",
        "page",
    ),
)
"""Of a list of clients; a column's heading is the message `table.<name>`."""

DUE_COLUMNS = (
    *("due", "name", "native", "stage", "area", "last-contact", "last-said", "next-step"),
    *("next-date", "next-time", "people", "phone", "address", "page"),
)
"""Of a due list; `why` stands beside the date."""


def table_files(site: Site) -> Files:
    """Every list as a file, beside its page and ending in `.csv`; by name and by kana are one."""
    yield f"{ALL}.csv", partial(_all, site)
    stages = stages_of(site)
    for stage in stages:
        yield f"lists/stage-{site.names['stage'][stage]}.csv", partial(_stage, site, stage)
    for rep, name in site.names["rep"].items():
        yield f"lists/rep-{name}.csv", partial(_rep, site, rep, (*CLOSEST, *stages))
    for rep, name in site.names["due"].items():
        yield f"due/{name}.csv", partial(_due, site, rep)


def _all(site: Site) -> bytes:
    given = dict(site.parts(LINE))
    return table_of(_heads(site, COLUMNS), [given[key] for key in site.shared(ORDERS)["list"]])


def _stage(site: Site, stage: str) -> bytes:
    found = [(one.by_due, key) for key, one in standings(site).items() if one.stage == stage]
    given = dict(site.parts(LINE))
    return table_of(_heads(site, COLUMNS), [given[key] for _, key in sorted(found)])


def _rep(site: Site, rep: str, ladder: Sequence[str]) -> bytes:
    known = standings(site)

    def order(client: Client) -> tuple[int, str, str, str]:
        return ladder.index(known[client.key].stage), *site.part(PLACES, client.key).by_name

    return _listed(site, sorted(site.owned.get(rep, ()), key=order))


def _listed(site: Site, clients: Iterable[Client]) -> bytes:
    return table_of(_heads(site, COLUMNS), (site.part(LINE, client.key) for client in clients))


def _due(site: Site, rep: str) -> bytes:
    """The earliest first, never contacted before all; those never due are left out, as on the page."""
    day, *others = _heads(site, DUE_COLUMNS)
    heads = (day, *_heads(site, ("why",)), *others)
    known = standings(site)
    ordered = by_due(site, (client for client in site.owned.get(rep, ()) if not known[client.key].never))
    return table_of(heads, (site.part(DUE_LINE, client.key) for client in ordered))


def _line(site: Site, client: Client) -> bytes:
    return line(_cells(site, client, COLUMNS))


LINE = Part("table line", _line, bytes)
"""A client in a list."""


def _due_line(site: Site, client: Client) -> bytes:
    day, *others = _cells(site, client, DUE_COLUMNS)
    return line((day, _told(due_rows(site, client)), *others))


DUE_LINE = Part("due table line", _due_line, bytes)
"""A client in a due list."""


def _told(reasons: Iterable[DueRow]) -> str:
    """All reasons in one cell, a line each; the later ones with their day."""
    return "\n".join(row.why if row.first else f"{row.reason.date}: {row.why}" for row in reasons)


def _cells(site: Site, client: Client, columns: Iterable[str]) -> tuple[Cell, ...]:
    row = client_row(site, client)
    line = row.line
    joint = plain(site.t, "list.joint")
    found: dict[str, Cell] = {
        "name": line.name,
        "native": line.native,
        "reading": line.reading,
        "stage": _word(site, "stage", line.stage),
        "rep": line.rep_name,
        "area": line.area,
        "due": line.due or _word(site, "table", line.due_state),
        "last-contact": line.last_contact,
        "visits": line.visits,
        "next-date": str(row.next_date or ""),
        "next-time": row.next_time,
        "next-step": line.next_step,
        "last-said": line.last_said,
        "product": line.product,
        "value": line.value,
        "size": _word(site, "size", line.size),
        "backers": joint.join(line.backers),
        "people": joint.join(line.people),
        "phone": client.phone,
        "address": client.address,
        "tags": joint.join(line.tags),
        "page": address(site, line.path),
    }
    return tuple([found[name] for name in columns])


def _heads(site: Site, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(site.t, f"table.{name}") for name in columns)


def _word(site: Site, group: str, key: str) -> str:
    return plain_or(site.t, f"{group}.{key}", key) if key else ""
