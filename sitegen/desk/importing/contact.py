"""What an imported file says of one person: texts by field, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import field

from sitegen.model import Problem, Where
from sitegen.records import dataclass
from sitegen.text import nfc

FIELDS: tuple[str, ...] = (
    "company",
    "company_en",
    "company_reading",
    "name",
    "family",
    "given",
    "reading",
    "family_reading",
    "given_reading",
    "department",
    "role",
    "email",
    "phone",
    "direct",
    "mobile",
    "fax",
    "postal",
    "address",
    "website",
    "met",
    "memo",
    "tags",
    "area",
    "product",
    "stage",
    "rep",
)
"""What a column or a property can be. `phone` is the company's, `direct` and `mobile` are the person's own."""
JOINED = frozenset({"department", "role", "address", "tags", "memo"})
"""Fields that several columns make up together."""

_SEVERAL = re.compile(r"\s:::\s")
"""Between the values of one label in an export of Google's."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufffe\uffff\ufdd0\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Contact:
    """One row or card."""

    where: Where
    """Its first line in the file."""
    piece: int
    """Its number in the file, from 0: what is left to mend is named by it."""
    values: Mapping[str, str]
    """Field → text, empty ones left out."""
    places: Mapping[str, Where] = field(default_factory=dict)
    """Field → where its text stands."""
    beside: tuple[tuple[str, str], ...] = ()
    """Heading and text of what no field could take, such as a second mail address."""

    def said(self, name: str) -> str:
        """What the field says; empty where it says nothing."""
        return self.values.get(name, "")

    def place(self, name: str) -> Where:
        """Where the field stands; the contact itself where it has none."""
        return self.places.get(name, self.where)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of the file on its way into a field."""

    field: str
    """Empty for what is kept beside the fields."""
    heading: str
    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or card that could not be read, or not be filed, and why."""

    piece: int
    problem: Problem


def clean(text: str) -> str:
    """Text as a note may hold it: NFC, one kind of line end, no control characters, no space around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return nfc(_CONTROLS.sub("", _BREAKS.sub("\n", text))).strip(" \t\n　\xa0")


def line_of(text: str) -> str:
    """A text on one line, its spaces plain ones."""
    return " ".join(text.split())


def is_japanese(text: str) -> bool:
    """Whether kana or characters stand in it."""
    return any(
        unicodedata.name(c, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH KATA")) for c in text
    )


def gathered(cells: Sequence[Cell], where: Where, piece: int) -> Contact:
    """The contact that a row's or card's texts make up; what finds its field taken goes beside."""
    values: dict[str, str] = {}
    places: dict[str, Where] = {}
    beside: list[tuple[str, str]] = []
    further: list[tuple[str, str]] = []
    for cell in cells:
        text = clean(cell.text)
        text = text if cell.field == "memo" else line_of(text)
        if not text:
            continue
        if cell.field not in ("memo", "tags") and _SEVERAL.search(text):
            text, *more = dict.fromkeys(filter(None, map(line_of, _SEVERAL.split(text))))
            further += [(cell.heading, one) for one in more]
        had = values.get(cell.field, "")
        if not cell.field:
            beside.append((cell.heading, text))
        elif not had:
            values[cell.field], places[cell.field] = text, cell.where
        elif cell.field in JOINED:
            values[cell.field] = _joined(cell.field, had, text)
        elif text != had:
            beside.append((cell.heading, text))
    _whole(values, places, "name", "family", "given")
    _whole(values, places, "reading", "family_reading", "given_reading")
    return Contact(where, piece, values, places, (*beside, *further))


def _joined(name: str, had: str, text: str) -> str:
    """Two texts of one field as one."""
    if text in had.split("\n"):
        return had
    glue = {"memo": "\n", "tags": "、"}.get(name, " ")
    tight = name == "address" and is_japanese(had[-1:]) and not text[:1].isascii()
    return f"{had}{'' if tight else glue}{text}"


def _whole(values: dict[str, str], places: dict[str, Where], whole: str, family: str, given: str) -> None:
    """Family and given name as one: 佐藤 健二, but Kenji Sato. Both parts go before a whole, one part after it.

    A whole may have them in an order that is its service's, not the person's: 健二 佐藤.
    """
    first, last = values.pop(given, ""), values.pop(family, "")
    if not (first or last) or (whole in values and not (first and last)):
        return
    parts = (last, first) if is_japanese(first + last) else (first, last)
    values[whole] = " ".join(part for part in parts if part)
    places[whole] = places.get(family) or places[given]
