"""What the script of long lists works with: all clients in one small file, and rows to fill in.

A list that fits on a page needs none of it: there the script reads the rows as they stand.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import partial

from markupsafe import Markup

from sitegen.config import Lang
from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.beside import Files
from sitegen.site.context import Site
from sitegen.site.lines import client_line
from sitegen.site.orders import ORDERS, stages_of
from sitegen.site.plain import plain_or
from sitegen.site.rows import Row
from sitegen.site.sharing import Part

DATA = "lists/clients.js"
STATES = ("dated", "at-once", "never")
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end a script, or a line of one, is written by its number."""
RISKY = re.compile("[<>&\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names of months and of weekdays from Sunday, as the pages write them."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]


def calendar(lang: Lang) -> Calendar:
    """The names in a language."""
    days = dates.WEEKDAYS_JA if lang == "ja" else dates.WEEKDAYS
    return Calendar(tuple(dates.month_name(n, lang) for n in range(1, 13)), (days[6], *days[:6]))


def blank_rows(site: Site) -> tuple[Row, ...]:
    """A row of each sort, its words to be exchanged: with all dates, at once, never."""
    return tuple(_blank(site, state) for state in STATES)


def _blank(site: Site, state: str) -> Row:
    day = dt.date(2000, 1, 1)
    dated = state == "dated"
    return Row(
        href="../index.html", name="-", native="+", reading="-", stage="approach", area="-", rep="-",
        product="-", yen=0, value=Markup("-"), due=dates.due(day, None, site.t.manner) if dated else Markup(""),
        state=state, days=None,
        why=Markup(""), then=Markup(""), also=0, said="", said_by="", step="", visits="-",
        last=dates.medium(day, site.t.manner) if dated else Markup(""), brief_href="",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A client's line of the data, but for what stands in it by number."""

    begin: str
    """Page, name, native name, reading."""
    rep: str
    area: str
    product: str
    end: str
    """Value, due day or state, last contact, visits, visits needed."""


def _listed(site: Site, client: Client) -> Listed:
    line = client_line(site, client)
    page = line.path.rpartition("/")[2].removesuffix(".html")
    begin = [page, line.name, line.native if line.native != line.name else "", line.reading]
    due = line.due or STATES.index(line.due_state)
    end = [line.value, due, line.last_contact, line.visits, line.visits_needed]
    return Listed(safe_json(begin)[1:-1], line.rep_name, line.area, line.product, safe_json(end)[1:-1])


LISTED = Part("listed", _listed, Listed)


class _Numbers(dict[str, int]):
    """Words in the order in which they were first met."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


def list_files(site: Site) -> Files:
    """All clients for the script, where they do not fit on one page."""
    if len(site.clients) > site.cfg.list_rows:
        yield DATA, partial(clients_js, site)


def clients_js(site: Site) -> bytes:
    """A script that holds a line for each client, as the list of all shows them; words that recur stand by number.

    The lines are read by `assets/list-rows.js`.
    """
    stages = stages_of(site)
    ladder = {stage: number for number, stage in enumerate(stages)}
    reps, areas, products = _Numbers(), _Numbers(), _Numbers()
    found = dict(site.parts(LISTED))
    stage_of = {client.key: ladder[client.stage] for client in site.clients.values()}
    lines = []
    for key in site.shared(ORDERS)["list"]:
        one = found[key]
        numbers = f"{stage_of[key]},{reps[one.rep]},{areas[one.area]},{products[one.product]}"
        lines.append(f"[{one.begin},{numbers},{one.end}]")
    heads = {
        "stages": [[stage, plain_or(site.t, f"stage.{stage}", stage)] for stage in stages],
        "reps": list(reps),
        "areas": list(areas),
        "products": list(products),
    }
    parts = [f"{safe_json(name)}:{safe_json(value)}" for name, value in heads.items()]
    body = ",\n".join(lines)
    text = f'(window.Kayoi=window.Kayoi||{{}}).clients={{{",".join(parts)},"rows":[\n{body}\n]}};\n'
    return text.encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def safe_json(value: object) -> str:
    """A value as JSON that can't end a script."""
    text = _encode(value)
    return text.translate(UNSAFE) if RISKY.search(text) else text
