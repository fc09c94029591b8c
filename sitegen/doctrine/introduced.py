"""R9, introductions made already: struck off the list, with what is written since.

Article A (the perseverance test), point 6: an introduction is the thing of value that comes in place of a
discount; so you want to know what became of it, and ask if you don't.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from sitegen.doctrine.linked import Linked, linked
from sitegen.model import Client, Entry, Network
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

    @property
    def pair(self) -> tuple[str, str]:
        """The two in one order."""
        return (self.given_to, self.other) if self.given_to <= self.other else (self.other, self.given_to)


def made_introductions(clients: Mapping[str, Client], network: Network, today: dt.date) -> tuple[Made, ...]:
    """Every `introduced: [[client]]` that links to a client, both sides' lines in one, the newest first."""
    found: dict[tuple[str, str], list[tuple[dt.date, str, str, str]]] = {}
    links: dict[str, Linked] = {}
    for client in clients.values():
        for entry in client.entries:
            if entry.date > today or not any(line.word == "introduced" for line in entry.lines):
                continue
            own = links.get(client.key) or links.setdefault(client.key, linked(client, network))
            for key in _introduced(entry, own):
                if key in clients:
                    one = min(client.key, key), max(client.key, key)
                    found.setdefault(one, []).append((entry.date, client.key, key, entry.anchor))
    made = [_made(sorted(told), clients, network, links, today) for told in found.values()]
    return tuple(sorted(made, key=lambda m: (-m.date.toordinal(), m.given_to, m.other)))


def _introduced(entry: Entry, links: Linked) -> Iterator[str]:
    for line in entry.lines:
        if line.word == "introduced":
            yield from links.of_line(line)


def _made(
    told: list[tuple[dt.date, str, str, str]],
    clients: Mapping[str, Client],
    network: Network,
    links: dict[str, Linked],
    today: dt.date,
) -> Made:
    date, given_to, other, anchor = told[0]
    outcomes: list[Outcome] = []
    for key, partner in ((given_to, other), (other, given_to)):
        client = clients[key]
        own = links.get(key) or links.setdefault(key, linked(client, network))
        lines = {at for _, who, _, at in told if who == key}
        outcomes += [o for o in _since(client, partner, own, date, today) if o.anchor not in lines]
    telling = sorted(outcomes, key=lambda o: (o.kind != "mention", o.date, o.client, o.anchor))[:MOST]
    return Made(
        given_to, other, date, anchor,
        tuple(sorted(telling, key=lambda o: (o.date, o.client, o.anchor))),
        tuple((who, day, at) for day, who, _, at in told[1:]),
    )  # fmt: skip


def _since(client: Client, partner: str, links: Linked, date: dt.date, today: dt.date) -> Iterator[Outcome]:
    """What the note says after `date`: where it speaks of the other, what was received, where it moved to."""
    for entry in client.entries:
        if not date < entry.date <= today:
            continue
        got = next((line.text for line in entry.lines if line.word == "got" and line.text), "")
        stage = next((line.text for line in entry.lines if line.word == "stage" and line.text), "")
        if partner in links.of_entry(entry):
            yield Outcome("mention", client.key, entry.date, entry.anchor, got or entry.gist or entry.title)
        elif entry.date - date > YEAR:
            continue
        elif got:
            yield Outcome("got", client.key, entry.date, entry.anchor, got)
        elif stage:
            yield Outcome("stage", client.key, entry.date, entry.anchor, stage)
