"""R9, introductions made already: struck off the list, with what is written since.

Article A (the perseverance test), point 6: an introduction is the thing of value that comes in place of a
discount; so you want to know what became of it, and ask if you don't.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from sitegen.doctrine.linked import linked
from sitegen.model import Client, Network
from sitegen.records import dataclass

OutcomeKind = Literal["got", "stage", "mention"]
SHOWCASE = "showcase"
"""The kind of an entry in which a client was taken to see what another one has."""
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


@dataclass(frozen=True, slots=True)
class Heard:
    """What an entry says that may have come of an introduction."""

    date: dt.date
    anchor: str
    clients: tuple[str, ...]
    """To whom it links."""
    got: str
    stage: str
    gist: str
    """What it is about."""


Showcases = tuple[tuple[dt.date, str, str, tuple[str, ...]], ...]
"""Day, anchor, title and clients linked to of each answered entry in which something was shown (rule R6)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a client's note tells of other clients, entries dated after today included."""

    introduced: tuple[tuple[dt.date, str, str], ...] = ()
    """Day, the other client, the entry's anchor of each `introduced:` line that links to one, in the note's order."""
    heard: tuple[Heard, ...] = ()
    """The entries that may tell what came of it, in the note's order."""
    doors: tuple[tuple[str, dt.date, str, str], ...] = ()
    """To whom, day, anchor and text of each `got:` line that links to another client."""
    showcases: Showcases = ()


def telling(client: Client, network: Network) -> Telling:
    """What `client`'s note tells of others."""
    links = linked(client, network)
    introduced, heard, doors, showcases = [], [], [], []
    for entry in client.entries:
        others, got, stage = links.of_entry(entry), "", ""
        for line in entry.lines:
            word = line.word
            if word == "introduced" and line.links:
                introduced += [(entry.date, key, entry.anchor) for key in links.of_line(line)]
            elif word == "got":
                got = got or line.text
                if line.links:
                    doors += [(key, entry.date, entry.anchor, line.text) for key in links.of_line(line)]
            elif word == "stage":
                stage = stage or line.text
        if others or got or stage:
            heard.append(Heard(entry.date, entry.anchor, others, got, stage, entry.gist or entry.title))
        if entry.kind == SHOWCASE and entry.answered and (others or client.reference):
            showcases.append((entry.date, entry.anchor, entry.title, others))
    return Telling(tuple(introduced), tuple(heard), tuple(doors), tuple(showcases))


_Told = tuple[dt.date, str, str, str]
"""An introduction as one note tells it: its day, the client, the other, the entry's anchor."""


def made_introductions(tellings: Mapping[str, Telling], today: dt.date) -> tuple[Made, ...]:
    """Every `introduced: [[client]]` that links to a client, both sides' lines in one, the newest first.

    `tellings`: by client, all of them.
    """
    found: dict[tuple[str, str], list[_Told]] = {}
    for client, told in tellings.items():
        for date, key, anchor in told.introduced:
            if key in tellings and date <= today:
                found.setdefault((min(client, key), max(client, key)), []).append((date, client, key, anchor))
    made = [_made(sorted(told), tellings, today) for told in found.values()]
    return tuple(sorted(made, key=lambda m: (-m.date.toordinal(), m.given_to, m.other)))


def _made(told: list[_Told], tellings: Mapping[str, Telling], today: dt.date) -> Made:
    date, given_to, other, anchor = told[0]
    outcomes: list[Outcome] = []
    for key, partner in ((given_to, other), (other, given_to)):
        lines = {at for _, who, _, at in told if who == key}
        outcomes += [
            o for o in _since(tellings[key].heard, key, partner, (date, today)) if o.anchor not in lines
        ]
    telling = sorted(outcomes, key=lambda o: (o.kind != "mention", o.date, o.client, o.anchor))[:MOST]
    return Made(
        given_to, other, date, anchor,
        tuple(sorted(telling, key=lambda o: (o.date, o.client, o.anchor))),
        tuple([(who, day, at) for day, who, _, at in told[1:]]),
    )  # fmt: skip


def _since(
    entries: tuple[Heard, ...], client: str, partner: str, between: tuple[dt.date, dt.date]
) -> Iterator[Outcome]:
    """What a note says after the first day: where it speaks of the other, what was received, where it moved to."""
    date, today = between
    late = date + YEAR if date <= dt.date.max - YEAR else dt.date.max
    for entry in entries:
        if not date < entry.date <= today:
            continue
        if partner in entry.clients:
            yield Outcome("mention", client, entry.date, entry.anchor, entry.got or entry.gist)
        elif entry.date <= late:
            kind: OutcomeKind = "got" if entry.got else "stage"
            if text := entry.got or entry.stage:
                yield Outcome(kind, client, entry.date, entry.anchor, text)
