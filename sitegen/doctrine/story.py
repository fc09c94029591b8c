"""R14, the story in five lines: what a successor must know before the joint greeting.

Article B (missing the real needs) is ten years with one client, told in a page; whoever takes such a client
over has an evening for thirty of them. Nothing is made up: each line is an entry's own words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from sitegen.doctrine.contacts import Contacts, contacts
from sitegen.doctrine.facts import Facts
from sitegen.model import STAGES, Client, Entry
from sitegen.records import dataclass

Part = Literal["began", "turn", "no", "said", "next"]
_FORWARD = {stage: place for place, stage in enumerate(STAGES[: STAGES.index("won") + 1])}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story."""

    part: Part
    text: str
    date: dt.date | None = None
    anchor: str = ""
    people: tuple[str, ...] = ()
    inbound: bool = False
    """`began`: they made the first move (rule R14)."""
    kind: str = ""
    """The entry's kind."""
    stage: str = ""
    """`turn`: the stage that it moved to."""


def story(client: Client, facts: Facts, today: dt.date) -> tuple[Told, ...]:
    """At most five lines: how it began, where it turned for the better, the newest no or postponement, what
    was last said, what comes next. A line of which nothing is written is left out.
    """
    log = contacts(client, today)
    lines: list[Told] = []
    if log.past:
        first = log.past[0]
        lines.append(
            Told("began", _words(first), first.date, first.anchor, first.people, first.inbound, first.kind)
        )
    lines += [t for t in (_turn(log, client), _no(log)) if t]
    if facts.last_said and log.answered:
        last = log.answered[-1]
        who = (facts.said_by,) if facts.said_by else ()
        lines.append(Told("said", facts.last_said, last.date, last.anchor, who))
    if facts.next_step:
        lines.append(Told("next", facts.next_step))
    return tuple(lines)


def _turn(log: Contacts, client: Client) -> Told | None:
    """The day on which it went furthest forward; else the first time that they gave something, or came to us;
    else the first talk with somebody of the strategic level.
    """
    best: tuple[int, Entry, str] | None = None
    for entry in log.answered:
        for line in entry.lines:
            step = _FORWARD.get(line.text, 0) if line.word == "stage" else 0
            if step and (best is None or step > best[0]):
                best = step, entry, line.text
    if best:
        _, entry, stage = best
        return Told(
            "turn", _words(entry), entry.date, entry.anchor, entry.people, kind=entry.kind, stage=stage
        )
    found = _first(log.answered, client)
    if found is None:
        return None
    return Told("turn", _words(found), found.date, found.anchor, found.people, kind=found.kind)


def _first(entries: Sequence[Entry], client: Client) -> Entry | None:
    high = {person.name for person in client.people if person.level == "strategic"}
    later = entries[1:]
    for fits in (
        lambda e: bool(e.said("got")),
        lambda e: e.inbound,
        lambda e: not high.isdisjoint(e.people),
    ):
        if found := next((entry for entry in later if fits(entry)), None):
            return found
    return None


def _no(log: Contacts) -> Told | None:
    """The newest no; where there was none, the newest postponement."""
    for word in ("no", "postponed"):
        for entry in reversed(log.past):
            if entry.lines and (lines := entry.said(word)):
                return Told(
                    "no",
                    lines[-1].text or _words(entry),
                    entry.date,
                    entry.anchor,
                    entry.people,
                    kind=entry.kind,
                )
    return None


def _words(entry: Entry) -> str:
    """An entry's own words: its first sentence, else its title, else its first telling line."""
    telling = (
        line.text for line in entry.lines if line.text and line.word not in ("stage", "business", "by")
    )
    return entry.gist or entry.title or next(telling, "")
