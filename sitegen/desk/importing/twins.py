"""Several cards of one person → one, in which nothing of the others is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitegen.desk.importing.contact import Contact
from sitegen.desk.importing.wording import address, label, post, same_text
from sitegen.model import Where

_OWN: Mapping[str, Mapping[str, str]] = {
    "reading": {"ja": "ふりがな"},
    "email": {"ja": "メール"},
    "phone": {"ja": "電話"},
}
"""Fields that are keys of a person's row and need a name beside it."""
_ONE_EACH = (*_OWN, "direct", "mobile", "fax", "website", "met")
"""Fields that hold one text."""
_MANY = {"memo": "\n", "tags": "、"}


def as_one(cards: Sequence[Contact], lang: str) -> Contact:
    """The first card with what it lacks from the others; what they say otherwise is kept beside its fields."""
    one, *others = cards
    for other in others:
        one = _both(one, other, lang)
    return one


def _both(one: Contact, other: Contact, lang: str) -> Contact:
    values, places, beside = dict(one.values), dict(one.places), list(one.beside)
    for name in _ONE_EACH:
        text = other.said(name)
        if not values.get(name):
            _take(values, places, other, name)
        elif not same_text(text, values[name]):
            beside.append((_OWN.get(name, {}).get(lang) or label(name, lang), text))
    for name, glue in _MANY.items():
        parts = [part for card in (one, other) for part in card.said(name).split(glue) if part]
        if parts:
            values[name] = glue.join(dict.fromkeys(parts))
    if not post(one):
        _take(values, places, other, "department", "role")
    elif not same_text(post(other), post(one)):
        beside.append(("役職" if lang == "ja" else "role", post(other)))
    if not address(one):
        _take(values, places, other, "postal", "address")
    elif not same_text(address(other), address(one)):
        beside.append(("住所" if lang == "ja" else "address", address(other)))
    beside += other.beside
    return replace(one, values=values, places=places, beside=tuple(dict.fromkeys(beside)))


def _take(values: dict[str, str], places: dict[str, Where], other: Contact, *names: str) -> None:
    for name in names:
        if other.said(name):
            values[name], places[name] = other.said(name), other.place(name)
