"""`data/*.json` with their schemas: the literal table of every file and field that scripts may rely on.

`docs/data.md` and the page `data.html` tell the same; a test holds them to this table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site.beside import Files
from sitegen.site.context import Site
from sitegen.site.data_fields import Data, Field, data_bytes, row_writer, rows_part, schema
from sitegen.site.data_rows import (
    ENTRY_YEARS,
    EntryRow,
    client_rows,
    due_rows,
    entry_rows,
    ledger_rows,
    need_rows,
    person_rows,
    promise_rows,
    rep_rows,
    stage_rows,
)
from sitegen.site.orders import ORDERS

SIZES = ("large", "mid", "small")
LEVELS = ("strategic", "working")
REASONS = ("cadence", "promise", "meeting", "new-face")
CLIENT = Field("client", "text", "client.key", known=True)
REP = Field("rep", "text", "client.owner")


def _entries(site: Site, client: Client, year: int) -> Iterator[EntryRow]:
    return entry_rows(site, client, (entry for entry in client.entries if entry.date.year == year))


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year with its file of entries."""

    year: int
    file: str
    entries: int


def _years(site: Site) -> Iterator[YearRow]:
    for year, clients in site.shared(ENTRY_YEARS).items():
        entries = sum(number for _, number in clients)
        yield YearRow(int(year), ENTRIES.path(year).removeprefix("data/"), entries)


ENTRIES = Data(
    "entries",
    (
        CLIENT,
        Field("date", "date", "entry.date", known=True),
        Field("time", "time", "entry.time"),
        Field("kind", "text", "entry.kind", known=True),
        Field("face_to_face", "truth", "entry.face_to_face"),
        Field("people", "texts", "entry.people"),
        Field("reps", "texts", "reps"),
        Field("answered", "truth", "entry.answered"),
        Field("inbound", "truth", "entry.inbound"),
        Field("business", "truth", "entry.business"),
        Field("title", "text", "entry.title"),
        Field("gist", "text", "entry.gist"),
        Field("anchor", "text", "entry.anchor", known=True),
    ),
    of_year=_entries,
)

DATA: tuple[Data, ...] = (
    Data(
        "clients",
        (
            Field("key", "text", "line.key", known=True),
            Field("path", "text", "line.path", known=True),
            Field("name", "text", "line.name", known=True),
            Field("native", "text", "line.native"),
            Field("reading", "text", "line.reading"),
            Field("stage", "text", "line.stage", known=True),
            Field("rep", "text", "line.rep"),
            Field("rep_name", "text", "line.rep_name"),
            Field("area", "text", "line.area"),
            Field("address", "text", "client.address"),
            Field("phone", "text", "client.phone"),
            Field("product", "text", "line.product"),
            Field("size", "text", "line.size", choices=SIZES),
            Field("prestige", "truth", "line.prestige"),
            Field("value", "number", "line.value"),
            Field("since", "partial", "client.since"),
            Field("due", "date", "line.due"),
            Field("due_state", "text", "line.due_state", known=True, choices=("dated", "at-once", "never")),
            Field("due_kinds", "texts", "line.due_kinds", choices=REASONS),
            Field("first_contact", "date", "line.first_contact"),
            Field("last_contact", "date", "line.last_contact"),
            Field("visits", "number", "line.visits", known=True),
            Field("visits_needed", "number", "line.visits_needed", known=True),
            Field("qualified", "text", "line.qualified", known=True, choices=("large", "backer", "not-yet")),
            Field("streak", "number", "facts.perseverance.streak", known=True),
            Field("noes", "number", "facts.perseverance.noes", known=True),
            Field("postponed", "number", "facts.perseverance.postponed", known=True),
            Field("unanswered", "number", "facts.perseverance.unanswered", known=True),
            Field("given", "number", "given", known=True),
            Field("received", "number", "received", known=True),
            Field("next_date", "date", "next_date"),
            Field("next_time", "time", "next_time"),
            Field("next_step", "text", "line.next_step"),
            Field("last_said", "text", "line.last_said"),
            Field("backers", "texts", "line.backers"),
            Field("offers", "texts", "client.offers"),
            Field("seeks", "texts", "client.seeks"),
            Field("gifts", "truth", "client.gifts"),
            Field("tags", "texts", "line.tags"),
            Field("aliases", "texts", "client.aliases"),
        ),
        rows=client_rows,
    ),
    Data(
        "due",
        (
            CLIENT,
            Field("client_name", "text", "client.name", known=True),
            REP,
            Field("kind", "text", "reason.kind", known=True, choices=REASONS),
            Field("date", "date", "reason.date"),
            Field("first", "truth", "first"),
            Field("base", "date", "reason.base"),
            Field("days", "number", "reason.days", known=True),
            Field("moved_from", "date", "moved_from"),
            Field("time", "time", "reason.time"),
            Field("people", "texts", "reason.people"),
            Field("text", "text", "reason.text"),
            Field("why", "text", "why", known=True),
        ),
        rows=due_rows,
    ),
    ENTRIES,
    Data(
        "years",
        (
            Field("year", "number", "year", known=True),
            Field("file", "text", "file", known=True),
            Field("entries", "number", "entries", known=True),
        ),
        of_site=_years,
    ),
    Data(
        "promises",
        (
            CLIENT,
            REP,
            Field("text", "text", "promise.text"),
            Field("state", "text", "promise.state", known=True, choices=("open", "kept", "cancelled")),
            Field("promised_for", "date", "promise.due"),
            Field("made", "date", "made"),
            Field("anchor", "text", "anchor"),
        ),
        rows=promise_rows,
    ),
    Data(
        "needs",
        (
            CLIENT,
            Field("text", "text", "need.text", known=True),
            Field("status", "text", "need.status", known=True, choices=("assumed", "stated", "confirmed")),
            Field("first_date", "date", "need.date", known=True),
            Field("last_date", "date", "need.latest", known=True),
            Field("speakers", "texts", "speakers"),
            Field("levels", "texts", "levels", choices=LEVELS),
            Field("anchor", "text", "need.anchor", known=True),
        ),
        rows=need_rows,
    ),
    Data(
        "people",
        (
            CLIENT,
            Field("name", "text", "person.name"),
            Field("reading", "text", "person.reading"),
            Field("role", "text", "person.role"),
            Field("level", "text", "person.level", choices=LEVELS),
            Field("since", "partial", "person.since"),
            Field("until", "partial", "person.until"),
            Field("email", "text", "person.email"),
            Field("phone", "text", "person.phone"),
            Field("last_met", "date", "last_met"),
        ),
        rows=person_rows,
    ),
    Data(
        "ledger",
        (
            CLIENT,
            Field("date", "date", "item.date", known=True),
            Field("kind", "text", "item.kind", known=True, choices=("gave", "introduced", "got", "discount")),
            Field("text", "text", "item.line.text"),
            Field("anchor", "text", "item.anchor", known=True),
        ),
        rows=ledger_rows,
    ),
    Data(
        "stages",
        (
            CLIENT,
            Field("date", "date", "move.date", known=True),
            Field("stage", "text", "move.stage", known=True),
            Field("before", "text", "move.before"),
            Field("source", "text", "move.source", known=True, choices=("line", "git")),
            Field("anchor", "text", "move.anchor"),
        ),
        rows=stage_rows,
    ),
    Data(
        "reps",
        (
            Field("key", "text", "rep.key", known=True),
            Field("name", "text", "rep.name", known=True),
            Field("native", "text", "rep.native"),
            Field("reading", "text", "rep.reading"),
            Field("area", "text", "rep.area"),
            Field("clients", "number", "clients", known=True),
            Field("target_low", "number", "target_low"),
            Field("target_high", "number", "target_high"),
            Field("due_list", "text", "due_list", known=True),
        ),
        of_site=rep_rows,
    ),
)


def data_files(site: Site) -> Files:
    """Every file of data, each with its schema, whose sentences are in the site's language."""
    for data in DATA:
        yield data.schema_path, partial(_schema, site, data)
        for year in site.shared(ENTRY_YEARS) if data.of_year else ("",):
            yield data.path(year), partial(_data, site, data, year)


def _schema(site: Site, data: Data) -> bytes:
    told = schema(data, lambda key: str(site.t(key).unescape()))
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _data(site: Site, data: Data, year: str) -> bytes:
    if data.of_site:
        return data_bytes(data, [row_writer(data)(data.of_site(site))])
    part = rows_part(data, year)
    if year:
        return data_bytes(data, site.given_by(part, [key for key, _ in site.shared(ENTRY_YEARS)[year]]))
    given = dict(site.parts(part))
    return data_bytes(data, [given[key] for key in site.shared(ORDERS)["key"]])
