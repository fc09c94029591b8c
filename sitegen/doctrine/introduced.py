"""R9, introductions made already: struck off the list, with what is written since.

Article A (the perseverance test), point 6: an introduction is the thing of value that comes in place of a
discount; so you want to know what became of it, and ask if you don't.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from sitegen.doctrine.contacts import Contacts
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.linked import Linked, linked
from sitegen.model import Client, Network
from sitegen.records import dataclass

OutcomeKind = Literal["got", "stage", "mention"]
MOST = 3
"""So many are told."""
YEAR = dt.timedelta(days=365)
"""What was received, or a stage moved to, later than this is another story."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something written after an introduction, in either of the two notes. That it came of it nobody says."""

    kind: OutcomeKind
    """`got`: we received something; `stage`: moved to it; `mention`: the note speaks of the other client."""
    client: str
    date: dt.date
    anchor: str
    text: str
    """The line, the stage's key, or the entry's first sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """Two clients introduced to each other."""

    given_to: str
    """Key of the client in whose note the introduction stands first."""
    other: str
    date: dt.date
    anchor: str
    outcomes: tuple[Outcome, ...]
    """In the order of their dates; empty: nothing is written since."""
    again: tuple[tuple[str, dt.date, str], ...] = ()
    """Where else it is told: client, date, anchor."""


_Told = tuple[dt.date, str, str, str]
"""An introduction as one note tells it: its day, the client, the other, the entry's anchor."""


def tells_of_introductions(log: Contacts) -> bool:
    """Whether a line tells whom this client was introduced to: the notes of all others need not be asked."""
    return any(line.word == "introduced" and line.links for entry in log.past for line in entry.lines)


def made_introductions(
    clients: Mapping[str, Client], facts: Mapping[str, Facts], network: Network, today: dt.date
) -> tuple[Made, ...]:
    """Every `introduced: [[client]]` that links to a client, both sides' lines in one, the newest first."""
    found: dict[tuple[str, str], list[_Told]] = {}
    notes = _Notes(clients, network, today)
    for client in clients.values():
        if facts[client.key].introduced:
            for date, key, anchor in notes.introduced(client):
                if key in clients:
                    one = min(client.key, key), max(client.key, key)
                    found.setdefault(one, []).append((date, client.key, key, anchor))
    made = [_made(sorted(told), notes) for told in found.values()]
    return tuple(sorted(made, key=lambda m: (-m.date.toordinal(), m.given_to, m.other)))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What an entry says that may have come of an introduction."""

    date: dt.date
    anchor: str
    clients: tuple[str, ...]
    """To whom it links."""
    got: str
    stage: str
    gist: str
    """What it is about."""


class _Notes:
    """The notes of those who were introduced, each gone through once."""

    def __init__(self, clients: Mapping[str, Client], network: Network, today: dt.date) -> None:
        self._clients, self._network, self._today = clients, network, today
        self._links: dict[str, Linked] = {}
        self._heard: dict[str, tuple[_Heard, ...]] = {}

    def introduced(self, client: Client) -> Iterator[tuple[dt.date, str, str]]:
        """Day, the other client, the entry's anchor of each line."""
        links = self._links_of(client)
        for entry in client.entries:
            if entry.date <= self._today:
                for line in entry.lines:
                    if line.word == "introduced" and line.links:
                        for key in links.of_line(line):
                            yield entry.date, key, entry.anchor

    def heard(self, key: str) -> tuple[_Heard, ...]:
        """The entries up to today that say anything of the kind, in the note's order."""
        found = self._heard.get(key)
        if found is None:
            found = self._heard[key] = tuple(self._hear(self._clients[key]))
        return found

    def _links_of(self, client: Client) -> Linked:
        found = self._links.get(client.key)
        if found is None:
            found = self._links[client.key] = linked(client, self._network)
        return found

    def _hear(self, client: Client) -> Iterator[_Heard]:
        links = self._links_of(client)
        for entry in client.entries:
            if entry.date > self._today:
                continue
            others, got, stage = links.of_entry(entry), "", ""
            for line in entry.lines:
                word = line.word
                if word == "got":
                    got = got or line.text
                elif word == "stage":
                    stage = stage or line.text
            if others or got or stage:
                yield _Heard(entry.date, entry.anchor, others, got, stage, entry.gist or entry.title)


def _made(told: list[_Told], notes: _Notes) -> Made:
    date, given_to, other, anchor = told[0]
    outcomes: list[Outcome] = []
    for key, partner in ((given_to, other), (other, given_to)):
        lines = {at for _, who, _, at in told if who == key}
        outcomes += [o for o in _since(notes.heard(key), key, partner, date) if o.anchor not in lines]
    telling = sorted(outcomes, key=lambda o: (o.kind != "mention", o.date, o.client, o.anchor))[:MOST]
    return Made(
        given_to, other, date, anchor,
        tuple(sorted(telling, key=lambda o: (o.date, o.client, o.anchor))),
        tuple([(who, day, at) for day, who, _, at in told[1:]]),
    )  # fmt: skip


def _since(entries: tuple[_Heard, ...], client: str, partner: str, date: dt.date) -> Iterator[Outcome]:
    """What a note says after `date`: where it speaks of the other, what was received, where it moved to."""
    late = date + YEAR if date <= dt.date.max - YEAR else dt.date.max
    for entry in entries:
        if entry.date <= date:
            continue
        if partner in entry.clients:
            yield Outcome("mention", client, entry.date, entry.anchor, entry.got or entry.gist)
        elif entry.date <= late:
            kind: OutcomeKind = "got" if entry.got else "stage"
            if text := entry.got or entry.stage:
                yield Outcome(kind, client, entry.date, entry.anchor, text)
