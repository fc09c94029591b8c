"""Contacts of one company → what its note says of it and of each person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sitegen.desk.importing.contact import Contact, is_japanese
from sitegen.desk.importing.same import company_key, reading_key
from sitegen.desk.importing.yaml_text import Value
from sitegen.text import fold

_SHORT = re.compile("[(（][株有同資名][)）]|[㈱㈲]")
_SHARED = ("phone", "fax", "website")
_LABELS: Mapping[str, Mapping[str, str]] = {
    "direct": {"ja": "直通"},
    "office": {"ja": "会社電話"},
    "mobile": {"ja": "携帯"},
    "fax": {"ja": "FAX"},
    "website": {"ja": "ホームページ"},
    "met": {"en": "cards exchanged", "ja": "名刺交換"},
    "memo": {"ja": "メモ"},
    "groups": {"en": "tags", "ja": "分類"},
    "place": {"en": "address", "ja": "住所"},
}


def firm(contacts: Sequence[Contact], lang: str, stage: str) -> dict[str, Value]:
    """The front matter of a new note but for its people; of several spellings the usual one is the name."""
    name, native, others = _names(contacts, lang)
    reading = usual(c.said("company_reading") for c in contacts)
    pairs: dict[str, Value] = {"name": name, "native": native, "reading": reading, "stage": stage}
    pairs["address"] = usual(address(c) for c in contacts)
    pairs |= {key: usual(c.said(key) for c in contacts) for key in (*_SHARED, "area", "product")}
    tags = dict.fromkeys(tag for c in contacts for tag in c.said("tags").split("、") if tag)
    memo = dict.fromkeys(line for c in contacts if not c.said("name") for line in _beside_company(c, lang))
    pairs |= {"tags": tuple(tags), "aliases": others, "memo": "\n".join(memo)}
    return {label(key, lang): value for key, value in pairs.items() if value}


def person(contact: Contact, company: Mapping[str, str], lang: str) -> dict[str, Value]:
    """A row of `people`; what the company's note says already is not said again.

    `company`: its phone, address and tags, and all that its note says in keys of its own.
    """
    said = contact.said
    facts = {key: said(key) for key in (*_SHARED, "tags")} | {"address": address(contact)}
    own = {
        key: "" if same_text(text, company.get(key, "") or company.get(label(key, lang), "")) else text
        for key, text in facts.items()
    }
    numbers = (("mobile", said("mobile")), ("direct", said("direct")), ("office", own.pop("phone")))
    phones = [(key, text) for key, text in numbers if text]
    pairs: dict[str, Value] = {"name": said("name"), "reading": said("reading"), "role": post(contact)}
    pairs |= {"email": said("email"), "phone": phones[0][1] if phones else ""}
    own |= {"groups": own.pop("tags"), "place": own.pop("address")}
    pairs |= {**dict(phones[1:]), **own, "met": said("met")}
    pairs["note"] = "\n".join(
        [*filter(None, [said("memo")]), *(f"{key}: {text}" for key, text in contact.beside)]
    )
    return {label(key, lang): value for key, value in pairs.items() if value}


def label(key: str, lang: str) -> str:
    """The key of what is no key of Kayoi's: pages show it as it stands, so it is in the book's language."""
    return _LABELS.get(key, {}).get(lang, key)


def post(contact: Contact) -> str:
    """Department and role as one."""
    parts = [part for part in (contact.said("department"), contact.said("role")) if part]
    return (" " if is_japanese("".join(parts)) else ", ").join(parts)


def address(contact: Contact) -> str:
    """Postal code and address on one line, as on an envelope."""
    code, place = contact.said("postal"), contact.said("address")
    if code and code.replace("-", "") in place.replace("-", ""):
        return place
    if not is_japanese(place):
        return ", ".join(part for part in (place, code) if part)
    return " ".join(part for part in (f"〒{code.lstrip('〒')}" if code else "", place) if part)


def usual(texts: Iterable[str]) -> str:
    """The text that is said most often, of two the fuller; empty where nothing is said. The order does not count."""
    counted = Counter(text for text in texts if text)
    return min(counted, key=lambda text: (-counted[text], -len(text), text)) if counted else ""


def _usual_name(names: Iterable[str]) -> str:
    """The name that is written most often, of two the one with fewer spaces in it."""
    counted = Counter(names)
    return (
        min(counted, key=lambda name: (-counted[name], name.count(" "), -len(name), name)) if counted else ""
    )


def _names(contacts: Sequence[Contact], lang: str) -> tuple[str, str, tuple[str, ...]]:
    """Name, native name and aliases: every spelling that another could not be recognised by."""
    said = [c.said(key) for c in contacts for key in ("company", "company_en") if c.said(key)]
    # （株） is what a card has room for; who writes 株式会社 writes the name as it is.
    japanese = _usual_name(name for name in said if is_japanese(name) and not _SHORT.search(name))
    japanese = japanese or _usual_name(name for name in said if is_japanese(name))
    foreign = _usual_name(name for name in said if not is_japanese(name))
    first = (foreign or japanese) if lang == "en" else (japanese or foreign)
    native = japanese if first != japanese else ""
    seen = {company_key(first)[0], company_key(native)[0] if native else ""}
    seen |= {reading_key(c.said("company_reading")) for c in contacts}
    others = []
    for name in sorted(set(said)):
        core = company_key(name)[0]
        if core not in seen:
            seen.add(core)
            others.append(name)
    return first, native, tuple(others)


def _beside_company(contact: Contact, lang: str) -> Iterable[str]:
    """What a card without a person says beside its company's own facts, a line each."""
    yield from filter(None, [contact.said("memo")])
    for key in ("department", "role", "email", "direct", "mobile", "met"):
        if contact.said(key):
            yield f"{label(key, lang)}: {contact.said(key)}"
    yield from (f"{key}: {text}" for key, text in contact.beside)


def same_text(one: str, other: str) -> bool:
    """Whether the second says what the first does, if anything; case, spaces and hyphens don't count."""
    return not one or fold(one).replace(" ", "").replace("-", "") == fold(other).replace(" ", "").replace(
        "-", ""
    )
