"""The settings of the doctrine's later rules: portfolio, products, large deals, synonyms, occasions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sitegen.config import Occasion, Portfolio, Product
from sitegen.notes.fm_nodes import Node
from sitegen.notes.fm_values import Wrong, band, boolean, choice, text, yen
from sitegen.notes.settings_reading import Reading, at_least, month_days, simple, word_list
from sitegen.notes.vocabulary import STAGE_WORDS

_SALE = {"attractive": ("attractive", "easy", "売りやすい"), "hard": ("hard", "hard to sell", "売りにくい")}
_EQUAL = re.compile(r"\s*[=＝]\s*")
_MONTHS = at_least(1, 120)


def _band(value: Any) -> tuple[int, int]:
    return band([node.text for node in value] if isinstance(value, list | tuple) else value)


def _portfolio(reading: Reading, node: Node) -> Any:
    number = at_least(1, 100_000)
    return Portfolio(
        **reading.row(
            node,
            "portfolio",
            {
                "approaches": number,
                "contacts": _band,
                "per_day": number,
                "hard": _band,
                "attractive": _band,
                "winnow_months": _MONTHS,
                "business_years": at_least(1, 50),
            },
        )
    )


def _products(reading: Reading, node: Node) -> Any:
    """`leadership: hard`, `telephone: attractive`; a list of names will do where all are hard to sell."""
    if node.kind != "map":
        return tuple(Product(name) for name in reading.value(node, "products", word_list_of(node), ()) or ())
    found = []
    for key, value in node.pairs:
        how = reading.value(value, key.text, lambda given: choice(given, _SALE), None)
        found += [Product(key.text, how == "attractive")] if how else []
    return tuple(found)


def word_list_of(node: Node) -> Callable[[Any], tuple[str, ...]]:
    """A reader for a node that may be a list or a text."""
    return lambda value: word_list(value) if node.kind == "list" else word_list(text(value))


def _synonyms(reading: Reading, node: Node) -> Any:
    """Rows `精密部品 = precision fittings`, lists of words, or a mapping from one word to the other."""
    rows: list[tuple[str, ...]] = []
    if node.kind == "map":
        pairs = [
            (key.text, reading.value(value, key.text, word_list_of(value), ())) for key, value in node.pairs
        ]
        return tuple((key, *words) for key, words in pairs if words)
    for item in node.items if node.kind == "list" else [node]:
        if item.kind == "list":
            rows.append(tuple(one.text for one in item.items if one.text))
        elif item.kind == "text":
            rows.append(tuple(word for word in _EQUAL.split(item.text) if word))
    for row, item in zip(rows, node.items or [node], strict=False):
        if len(row) < 2:
            reading.tell(item, Wrong("settings-synonyms", value=" ".join(row)), "synonyms")
    return tuple(row for row in rows if len(row) > 1) or None


def _occasions(reading: Reading, node: Node) -> Any:
    found = [_occasion(reading, item) for item in (node.items if node.kind == "list" else [node])]
    good = tuple(occasion for occasion in found if occasion)
    return good if good or not found else None


def _occasion(reading: Reading, node: Node) -> Occasion | None:
    readers = {"name": text, "days": month_days, "stages": _stages, "gift": boolean}
    row = reading.row(node, "occasions", readers)
    lacks = next((key for key in ("name", "days") if key not in row), "")
    if lacks:
        if node.kind == "map":
            reading.tell(node, Wrong("row-lacks", lacks=lacks), "occasions")
        return None
    first, last = row["days"]
    return Occasion(row["name"], first, last, row.get("stages", ()), row.get("gift", False))


def _stages(value: Any) -> tuple[str, ...]:
    return tuple(choice(word, STAGE_WORDS) for word in word_list(value))


DOCTRINE: Mapping[str, Callable[[Reading, Node], Any]] = {
    "portfolio": _portfolio,
    "products": _products,
    "large_deal": simple("large_deal", yen),
    "thread_months": simple("thread_months", _MONTHS),
    "share_months": simple("share_months", _MONTHS),
    "stall_months": simple("stall_months", _MONTHS),
    "weeks": simple("weeks", at_least(1, 520)),
    "may_ask": simple("may_ask", at_least(1, 1000)),
    "occasion_days": simple("occasion_days", at_least(1, 366)),
    "synonyms": _synonyms,
    "occasions": _occasions,
}
"""One reader for each of these fields of `Config`."""
