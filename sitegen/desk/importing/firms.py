"""Which client of the book a contact's company is, and which contacts speak of one new company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sitegen.desk.importing.contact import Contact
from sitegen.desk.importing.same import company_key, has_characters, may_be_one, reading_key
from sitegen.model import Client
from sitegen.records import dataclass

Key = tuple[str, str]
"""What `company_key` makes of a name."""


@dataclass(frozen=True, slots=True)
class Known:
    """The clients of a book by what their names and readings have in common with other spellings."""

    names: Mapping[str, Sequence[tuple[Client, str]]]
    """Core of a name → clients, each with the legal form in that name."""
    readings: Mapping[str, Sequence[Client]]


def known(clients: Iterable[Client]) -> Known:
    """The look-up of a book."""
    names: dict[str, list[tuple[Client, str]]] = defaultdict(list)
    readings: dict[str, list[Client]] = defaultdict(list)
    for client in clients:
        for name in dict.fromkeys((client.name, client.native, client.key, *client.aliases)):
            if name:
                core, form = company_key(name)
                names[core].append((client, form))
        if client.reading:
            readings[reading_key(company_key(client.reading)[0])].append(client)
    return Known(names, readings)


def fitting(contact: Contact, book: Known) -> tuple[tuple[Client, ...], bool]:
    """The clients that a contact's company may be, and whether that is sure where it is one alone.

    A name goes before a reading. That two are read alike is sure only where one of them is not written in characters.
    """
    found = _unique(
        client
        for core, form in names_of(contact)
        for client, other in book.names.get(core, ())
        if may_be_one(form, other)
    )
    if found:
        return found, True
    spoken = [core for core, _ in names_of(contact) if not has_characters(core)]
    found = _unique(client for core in spoken for client in book.readings.get(reading_key(core), ()))
    reading = _reading(contact)
    if found or not reading:
        return found, True
    by_name = _unique(client for client, _ in book.names.get(reading, ()))
    if by_name:
        return by_name, True
    found = _unique(book.readings.get(reading, ()))
    characters = has_characters(contact.said("company")) and any(
        has_characters(name) for client in found for name in (client.name, client.native)
    )
    return found, not characters


def names_of(contact: Contact) -> tuple[Key, ...]:
    """The keys of a contact's company, in each of its languages."""
    names = (contact.said("company"), contact.said("company_en"))
    return tuple(dict.fromkeys(company_key(name) for name in names if name))


def grouped(contacts: Sequence[Contact]) -> tuple[list[list[Contact]], list[Contact]]:
    """Contacts of companies that the book does not know, by company; and those that fit two companies of the file.

    Whatever the order of the file, the groups are the same.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for contact in contacts:
        for core, form in names_of(contact):
            forms[core] |= {form} - {""}
    unsure = [c for c in contacts if any(not form and len(forms[core]) > 1 for core, form in names_of(c))]
    left = {contact.piece for contact in unsure}
    sure = [contact for contact in contacts if contact.piece not in left]
    parent: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for contact in sure:
        keys = _keys(contact, forms)
        for key in keys[1:]:
            parent[root(key)] = root(keys[0])
    _join_spoken(sure, forms, parent, root)
    groups: dict[Key, list[Contact]] = defaultdict(list)
    for contact in sure:
        groups[root(_keys(contact, forms)[0])].append(contact)
    return list(groups.values()), unsure


def _join_spoken(
    sure: Sequence[Contact], forms: Mapping[str, set[str]], parent: dict[Key, Key], find: Callable[[Key], Key]
) -> None:
    """A company written in kana is the one of the file that is read so, where that is one alone."""
    read: dict[str, set[Key]] = defaultdict(set)
    for contact in sure:
        if reading := _reading(contact):
            read[reading].add(find(_keys(contact, forms)[0]))
    for contact in sure:
        for core, _ in names_of(contact):
            mates = {find(key) for key in read.get(reading_key(core), ())}
            if not has_characters(core) and len(mates) == 1:
                parent[find(_keys(contact, forms)[0])] = mates.pop()


def _keys(contact: Contact, forms: Mapping[str, set[str]]) -> list[Key]:
    """A company's keys; the legal form is part of one only where the file has two of that name."""
    return [(core, form if len(forms[core]) > 1 else "") for core, form in names_of(contact)]


def _reading(contact: Contact) -> str:
    reading = contact.said("company_reading")
    return reading_key(company_key(reading)[0]) if reading else ""


def _unique(clients: Iterable[Client]) -> tuple[Client, ...]:
    return tuple({client.path: client for client in clients}.values())
