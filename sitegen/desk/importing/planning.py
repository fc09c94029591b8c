"""Contacts and a book → what is to be done: notes to make, people to add, who is there already, what is unclear."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import chain
from pathlib import Path

from sitegen.config import Config
from sitegen.desk.filing import file_stem
from sitegen.desk.importing import wording, yaml_text
from sitegen.desk.importing.adding import with_people
from sitegen.desk.importing.contact import Contact, Unread
from sitegen.desk.importing.firms import fitting, grouped, known
from sitegen.desk.importing.same import same_person
from sitegen.desk.importing.twins import as_one
from sitegen.model import Book, Client, Person, Problem, Rep
from sitegen.notes.note import read_client
from sitegen.records import dataclass
from sitegen.text import fold, path_text


@dataclass(frozen=True, slots=True)
class Wish:
    """What the rep asked for beside the file."""

    rep: str = ""
    """The rep's key; empty: as the file says, else the book's only rep."""
    stage: str = "approach"
    into: Client | None = None
    """Everybody goes to this client, whatever company the file names."""


@dataclass(frozen=True, slots=True)
class Change:
    """One note to make or to add people to."""

    path: str
    """As problems name it."""
    file: Path
    name: str
    people: tuple[str, ...]
    before: bytes | None
    """None: the note is new."""
    after: bytes
    pieces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import comes to."""

    changes: tuple[Change, ...] = ()
    there: tuple[tuple[str, str], ...] = ()
    """Client and person (or "") of each contact that is there already."""
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Warnings."""


@dataclass(slots=True)
class _Draft:
    """A plan in the making."""

    book: Book
    cfg: Config
    folder: Path
    """Of the clients."""
    shown: str
    """The same, as problems name it."""
    wish: Wish
    taken: set[str]
    changes: list[Change] = field(default_factory=list)
    there: list[tuple[str, str]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, contact: Contact, code: str, at: str = "", /, **params: str) -> None:
        """A contact that can't be filed is left to mend, and told why."""
        problem = Problem(contact.place(at), code, tuple(params.items()))
        self.unread.append(Unread(contact.piece, problem))


def plan(
    contacts: Sequence[Contact], book: Book, cfg: Config, root: Path, files: Mapping[str, Path], wish: Wish
) -> Plan:
    """What these contacts come to; nothing is written.

    `book`: with its private notes, so that none of those is doubled either. `root`: the project's folder.
    `files`: path of a note → its file.
    """
    folder = root / cfg.content / "clients"
    shown = path_text(os.path.relpath(folder, root).replace(os.sep, "/"))
    draft = _Draft(book, cfg, folder, shown, wish, {fold(client.key) for client in book.clients})
    look_up = known(book.clients)
    old: dict[str, list[Contact]] = defaultdict(list)
    new: list[Contact] = []
    for contact in contacts:
        fits, sure = ((wish.into,), True) if wish.into else fitting(contact, look_up)
        if not wish.into and not (contact.said("company") or contact.said("company_en")):
            draft.refuse(contact, "import-no-company", name=contact.said("name"))
        elif len(fits) > 1:
            names = "、".join(f"{client.name} ({client.key})" for client in fits)
            draft.refuse(contact, "import-fits-two", "company", names=names)
        elif fits and not sure:
            name, reading = fits[0].name, contact.said("company_reading")
            draft.refuse(contact, "import-sounds-alike", "company", client=name, reading=reading)
        elif fits:
            old[fits[0].path].append(contact)
        else:
            new.append(contact)
    clients = {client.path: client for client in book.clients}
    for path in sorted(old):
        _add(draft, clients[path], files[path], old[path])
    groups, unsure = grouped(new)
    for contact in unsure:
        draft.refuse(contact, "import-fits-two-here", "company", company=contact.said("company"))
    for group in groups:
        _make(draft, group)
    unread = tuple(sorted(draft.unread, key=lambda one: one.piece))
    return Plan(tuple(draft.changes), tuple(draft.there), unread, tuple(draft.problems))


def _add(draft: _Draft, client: Client, file: Path, contacts: Sequence[Contact]) -> None:
    """People that an existing client's note lacks."""
    persons = [(p.name, p.reading) for p in client.people]
    fresh: list[tuple[Contact, ...]] = []
    for cards in _persons(draft, contacts, client.name, there=True):
        contact, name = cards[0], cards[0].said("name")
        verdicts = [(same_person(name, contact.said("reading"), *person), person) for person in persons]
        if any(verdict for verdict, _ in verdicts):
            draft.there += [(client.name, name)] * len(cards)
            found = next(p for p, (verdict, _) in zip(client.people, verdicts, strict=True) if verdict)
            for card in cards:
                _differing(draft, client, found, card)
        elif unsure := next((person for verdict, person in verdicts if verdict is None), None):
            params = {"name": name, "other": unsure[0], "client": client.name}
            for card in cards:
                draft.refuse(card, "import-person-alike", "name", **params)
        else:
            fresh.append(cards)
    if not fresh:
        return
    own = {"phone": client.phone, "address": client.address, "tags": "、".join(client.tags)}
    company = {**dict(client.extra), **own}
    people = [_made_one(draft, cards, client.name) for cards in fresh]
    rows = [wording.person(contact, company, draft.cfg.lang) for contact in people]
    try:
        before = file.read_bytes()
        after = with_people(before, client.path, rows, draft.cfg)
    except OSError:  # the file itself is told beside the other notes that can't be read
        before, after = b"", None
    if after is None:
        for cards, row in zip(fresh, rows, strict=True):
            for card in cards:
                draft.refuse(card, "import-not-safe", "name", path=client.path, row=yaml_text.flow(row))
        return
    _put(draft, client.path, file, client.name, people, before, after, list(chain.from_iterable(fresh)))


def _make(draft: _Draft, group: Sequence[Contact]) -> None:
    """The note of a company that the book does not know."""
    conflict = next((key for key in ("stage", "rep") if len({c.said(key) for c in group} - {""}) > 1), "")
    name = wording.usual(c.said("company") or c.said("company_en") for c in group)
    if conflict:
        for contact in group:
            draft.refuse(contact, "import-conflict", conflict, company=name, field=conflict)
        return
    rep = draft.wish.rep or _rep(draft.book.reps, wording.usual(c.said("rep") for c in group))
    if not rep:
        for contact in group:
            draft.refuse(contact, "import-no-rep", "rep", rep=contact.said("rep"))
        return
    stage = wording.usual(c.said("stage") for c in group) or draft.wish.stage
    pairs = wording.firm(group, draft.cfg.lang, stage)
    people = [_made_one(draft, cards, name) for cards in _persons(draft, group, name)]
    company = {key: "、".join(text) if isinstance(text, tuple) else text for key, text in pairs.items()}
    company |= {"tags": ""} if len({c.said("tags") for c in people}) > 1 else {}
    data = yaml_text.note(
        pairs, [wording.person(contact, company, draft.cfg.lang) for contact in people]
    ).encode()
    stem = file_stem(str(pairs["name"]), draft.taken)
    path = f"{draft.shown}/{rep}/{stem}.md"
    if problem := _misread(data, path, draft.cfg, group, people):
        for contact in group:
            draft.refuse(contact, problem, "company", company=name)
        return
    draft.taken.add(fold(stem))
    file = draft.folder / rep / f"{stem}.md"
    _put(draft, path, file, str(pairs["name"]), people, None, data, group)


def _put(
    draft: _Draft,
    path: str,
    file: Path,
    name: str,
    people: Sequence[Contact],
    before: bytes | None,
    after: bytes,
    group: Sequence[Contact],
) -> None:
    pieces = tuple(contact.piece for contact in group)
    names = tuple(contact.said("name") for contact in people)
    draft.changes.append(Change(path, file, name, names, before, after, pieces))


def _persons(
    draft: _Draft, contacts: Sequence[Contact], company: str, *, there: bool = False
) -> list[tuple[Contact, ...]]:
    """The cards of each person among contacts of one company, the newest first.

    `there`: the company has its note, so that a contact without a person brings nothing new.
    """
    kept: list[list[Contact]] = []
    for contact in sorted(contacts, key=lambda c: c.said("met"), reverse=True):
        if not contact.said("name"):
            if there:
                draft.there.append((company, ""))
            continue
        twins = next((cards for cards in kept if _one(contact, cards[0])), None)
        if twins is None:
            kept.append([contact])
        else:
            twins.append(contact)
    return sorted(map(tuple, kept), key=lambda cards: cards[0].piece)


def _made_one(draft: _Draft, cards: Sequence[Contact], company: str) -> Contact:
    """The cards of a person as one, and a word of it."""
    first = cards[0]
    for card in cards[1:]:
        params = (("name", card.said("name")), ("company", company), ("line", str(first.where.line)))
        draft.problems.append(Problem(card.where, "import-person-again", params, severity="warning"))
    return as_one(cards, draft.cfg.lang)


def _one(contact: Contact, other: Contact) -> bool:
    names = contact.said("name"), contact.said("reading"), other.said("name"), other.said("reading")
    return bool(same_person(*names))


def _differing(draft: _Draft, client: Client, found: Person, contact: Contact) -> None:
    """Tell what a card says otherwise than the note: a new post is news, but the note is the rep's."""
    card = wording.person(contact, {}, "en")
    for key in ("role", "email"):
        had, said = getattr(found, key), str(card.get(key, ""))
        if had and said and fold(had).replace(" ", "") != fold(said).replace(" ", ""):
            params = (("name", found.name), ("client", client.name), ("had", had), ("said", said))
            draft.problems.append(
                Problem(
                    contact.place(key), "import-differs", params, severity="warning", private=client.private
                )
            )


def _misread(data: bytes, path: str, cfg: Config, group: Sequence[Contact], people: Sequence[Contact]) -> str:
    """Why a note must not be made: it would not be read as it is meant, or not be found again next time."""
    note = read_client(data, path, cfg)
    if note.problems or len(note.client.people) != len(people):
        return "import-misread"
    look_up = known([note.client])
    return (
        ""
        if all(fitting(contact, look_up) == ((note.client,), True) for contact in group)
        else "import-misread"
    )


def _rep(reps: Sequence[Rep], said: str) -> str:
    """The key of the rep that a file names; where it names none, of the only one that the book has."""
    if not said:
        return reps[0].key if len(reps) == 1 else ""
    wanted = fold(said).replace(" ", "")
    fits = [
        rep.key
        for rep in reps
        if wanted
        in {fold(name).replace(" ", "") for name in (rep.key, rep.name, rep.native, rep.reading) if name}
    ]
    return fits[0] if len(fits) == 1 else ""
