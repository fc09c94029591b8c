"""Cards → contacts: which property is which field, for each of the programs that write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from sitegen.desk.importing.contact import Cell, Contact, Unread, clean, gathered, is_japanese
from sitegen.desk.importing.headings import field_of, phone_kind
from sitegen.desk.importing.vcard_lines import BINARY, Card, Property, pieces, unescaped
from sitegen.model import Problem, Where

_PLAIN: Mapping[str, str] = {
    "FN": "name",
    "TITLE": "role",
    "ROLE": "role",
    "URL": "website",
    "NOTE": "memo",
    "X-PHONETIC-LAST-NAME": "family_reading",
    "X-PHONETIC-FIRST-NAME": "given_reading",
    "X-PHONETIC-ORG": "company_reading",
    "X-DEPARTMENT": "department",
}
_LEFT = BINARY | {
    *(
        "VERSION",
        "BEGIN",
        "END",
        "PRODID",
        "REV",
        "UID",
        "SOURCE",
        "PROFILE",
        "MAILER",
        "TZ",
        "GEO",
        "KIND",
        "CLASS",
    ),
    *("AGENT", "NAME", "GENDER", "CLIENTPIDMAP", "X-ABLABEL", "X-ABADR", "X-ABSHOWAS", "X-ABUID"),
    *(
        "X-ACCESS",
        "X-IMAGETYPE",
        "X-SHARED-PHOTO-DISPLAY-PREF",
        "X-WARDROBE",
        "X-ABORDER",
        "X-ABCROPRECTANGLE",
    ),
}
"""What is no contact's fact, or a picture: left out without a word."""


def contacts_of(
    cards: Sequence[Card], path: str
) -> tuple[tuple[Contact, ...], tuple[Unread, ...], tuple[Problem, ...]]:
    """Contacts, cards that can't be read, and what was left out of all; a piece is a card's number."""
    contacts: list[Contact] = []
    unread: list[Unread] = []
    left: dict[str, Where] = {}
    for number, card in enumerate(cards):
        if card.problem:
            code, line, col, excerpt = card.problem
            unread.append(Unread(number, Problem(Where(path, line, col), code, excerpt=excerpt)))
            continue
        labels = {p.group: clean(p.text).strip("_$!<>") for p in card.properties if p.name == "X-ABLABEL"}
        cells: list[Cell] = []
        for found in sorted(card.properties, key=lambda p: p.name == "LABEL"):
            where = Where(path, found.line, found.col)
            read = _read(found, labels.get(found.group, "") if found.group else "")
            if read is None:
                if clean(found.text):
                    left.setdefault(found.name, where)
                continue
            if found.name == "LABEL" and any(c.field == "address" and c.text for c in cells):
                continue  # what the components said
            cells += [Cell(field, found.name, text, where) for field, text in read]
        contacts.append(_contact(cells, Where(path, card.line), number))
    return tuple(contacts), tuple(unread), tuple(_told(left))


def _told(left: Mapping[str, Where]) -> Iterator[Problem]:
    if left:
        params = (("columns", ", ".join(sorted(left))),)
        yield Problem(min(left.values()), "import-columns-left", params, severity="warning")


def _contact(cells: Sequence[Cell], where: Where, number: int) -> Contact:
    """The contact of a card; a card of a company alone bears the company's name as its own."""
    company = next((clean(c.text) for c in cells if c.field == "company"), "")
    person = any(clean(c.text) for c in cells if c.field in ("family", "given"))
    kept = [c for c in cells if person or c.field != "name" or clean(c.text) != company]
    return gathered(kept, where, number)


def _read(found: Property, label: str) -> list[tuple[str, str]] | None:
    """Fields and texts of a property; None where nobody knows it, an empty list where it is nobody's business."""
    if found.name in _PLAIN:
        return [(_PLAIN[found.name], unescaped(found.text))]
    if found.name in _READERS:
        return _READERS[found.name](found, label)
    if found.name in ("X-ABDATE", "ANNIVERSARY") and field_of(label, {}) == "met":
        return [("met", found.text)]
    return (
        []
        if found.name in _LEFT or found.name.startswith(("X-SOCIALPROFILE", "X-APPLE", "X-GOOGLE"))
        else None
    )


def _name(found: Property, _label: str) -> list[tuple[str, str]]:
    parts = [*pieces(found.text), "", ""]
    given = " ".join(part for part in (parts[1], parts[2]) if part.strip())
    return [("family", parts[0]), ("given", given), *_sort_as(found, "reading")]


def _sort_as(found: Property, field: str) -> list[tuple[str, str]]:
    said = " ".join(found.params.get("SORT-AS", ())).replace(",", " ")
    return [(field, said)] if is_japanese(said) else []


def _sort_string(found: Property, _label: str) -> list[tuple[str, str]]:
    """How a card is sorted is its reading where it is kana."""
    said = unescaped(found.text).replace(",", " ")
    return [("reading", said)] if is_japanese(said) else []


def _sound(found: Property, _label: str) -> list[tuple[str, str]]:
    """`SOUND;X-IRMC-N:サトウ;ケンジ`, as Japanese phones write a reading; other sounds are recordings."""
    if "X-IRMC-N" not in found.types:
        return []
    return [("reading", " ".join(part for part in pieces(found.text) if part.strip()))]


def _company(found: Property, _label: str) -> list[tuple[str, str]]:
    company, *units = pieces(found.text)
    return [
        ("company", company),
        *(("department", unit) for unit in units),
        *_sort_as(found, "company_reading"),
    ]


def _phone(found: Property, label: str) -> list[tuple[str, str]]:
    kind = phone_kind(label or " ".join(sorted(found.types)))
    return [(kind, unescaped(found.text).removeprefix("tel:"))]


def _mail(found: Property, _label: str) -> list[tuple[str, str]]:
    return [("email", unescaped(found.text).removeprefix("mailto:"))]


def _address(found: Property, _label: str) -> list[tuple[str, str]]:
    """In the order of a Japanese letter, the country left out; one that is private goes beside."""
    _box, extra, street, city, region, code, country = [*pieces(found.text), *[""] * 7][:7]
    parts = [" ".join(part.split()) for part in (region, city, street, extra) if part.strip()]
    if not parts and not code.strip():
        return _at_work(found, "", _written(*found.params.get("LABEL", ())))
    if not is_japanese("".join(parts)):
        parts = [" ".join(part.split()) for part in (extra, street, city, region, country) if part.strip()]
        return _at_work(found, code, ", ".join(parts))
    return _at_work(
        found,
        code,
        "".join(f"{' ' if part[0].isascii() and part[0].isalpha() else ''}{part}" for part in parts).strip(),
    )


def _label(found: Property, _label: str) -> list[tuple[str, str]]:
    """An address as it would stand on an envelope, a property of its own up to version 3."""
    return _at_work(found, "", _written(unescaped(found.text)))


def _written(*labels: str) -> str:
    """An envelope's lines as one, whichever way a program writes their ends."""
    text = re.sub(r"\\[nN]|\^n", "\n", "\n".join(labels)).replace("\\,", ",").replace("\\;", ";")
    lines = [" ".join(line.split()) for line in clean(text).split("\n") if line.strip()]
    if not is_japanese(text):
        return ", ".join(line.rstrip(",") for line in lines)
    return " ".join(lines)


def _at_work(found: Property, code: str, address: str) -> list[tuple[str, str]]:
    if "HOME" in found.types and "WORK" not in found.types:
        return [("", " ".join(part for part in (code, address) if part))]
    return [("postal", code), ("address", address)]


def _tags(found: Property, _label: str) -> list[tuple[str, str]]:
    return [("tags", tag) for tag in pieces(found.text, ",")]


_READERS: Mapping[str, Callable[[Property, str], list[tuple[str, str]]]] = {
    "N": _name,
    "ORG": _company,
    "TEL": _phone,
    "EMAIL": _mail,
    "ADR": _address,
    "LABEL": _label,
    "CATEGORIES": _tags,
    "SORT-STRING": _sort_string,
    "SOUND": _sound,
}
