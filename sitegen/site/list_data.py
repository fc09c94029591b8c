"""What the script of long lists works with: all clients in one small file, and rows to fill in.

A list that fits on a page needs none of it: there the script reads the rows as they stand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from sitegen.config import Lang
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.lines import ClientLine, client_line
from sitegen.site.rows import Row

DATA = "lists/clients.js"
STATES = ("dated", "at-once", "never")
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end a script, or a line of one, is written by its number."""


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


class _Numbers(dict[str, int]):
    """Words in the order in which they were first met."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


def clients_js(site: Site, clients: Iterable[Client], stages: Sequence[str]) -> bytes:
    """A script that holds a line for each client, in their order; words that recur stand by number.

    The lines are read by `assets/list-rows.js`.
    """
    words = {name: _Numbers() for name in ("rep", "area", "product")}
    ladder = {stage: number for number, stage in enumerate(stages)}
    lines = [_script(_compact(client_line(site, client), ladder, words)) for client in clients]
    heads = {
        "stages": [[stage, str(site.t.or_plain(f"stage.{stage}", stage).unescape())] for stage in stages],
        **{f"{name}s": list(numbers) for name, numbers in words.items()},
    }
    parts = [f"{_script(name)}:{_script(value)}" for name, value in heads.items()]
    body = ",\n".join(lines)
    text = f'(window.Kayoi=window.Kayoi||{{}}).clients={{{",".join(parts)},"rows":[\n{body}\n]}};\n'
    return text.encode()


def _compact(line: ClientLine, ladder: dict[str, int], words: dict[str, _Numbers]) -> list[Any]:
    return [
        line.path.rpartition("/")[2].removesuffix(".html"),
        line.name,
        line.native if line.native != line.name else "",
        line.reading,
        ladder[line.stage],
        words["rep"][line.rep_name],
        words["area"][line.area],
        words["product"][line.product],
        line.value,
        line.due or STATES.index(line.due_state),
        line.last_contact,
        line.visits,
        line.visits_needed,
    ]


def _script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
