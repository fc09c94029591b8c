"""R12, two altitudes: who needs what, said on which floor, and how sure it is.

Article B (missing the real needs): the president talked of strategy and his people wanted the plainest
basics; both were true, and the rep knew only the one. So each need stands with its speaker and level, and a
guess stays a guess until somebody of theirs bears it out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from sitegen.doctrine.contacts import Contacts, gone, met, speaker
from sitegen.model import Client, Entry, Line
from sitegen.records import dataclass
from sitegen.text import begins_with, fold

Status = Literal["assumed", "stated", "confirmed"]
STRATEGIC, WORKING = "strategic", "working"


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who said a need or bore it out, once."""

    who: str
    """Empty where nobody knows who it was."""
    level: str
    """`strategic`, `working`, or empty for unknown."""
    date: dt.date
    anchor: str
    left: bool = False
    """Has moved on since."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need with all who spoke for it."""

    text: str
    """In the words in which it was first written."""
    date: dt.date
    """When it was first written."""
    anchor: str
    status: Status
    voices: tuple[Voice, ...] = ()
    """Oldest first, each person once; none: a guess that nobody has borne out."""

    @property
    def latest(self) -> dt.date:
        """When it was last spoken of."""
        return max((voice.date for voice in self.voices), default=self.date)

    def heard_on(self, level: str) -> bool:
        """Whether somebody of this level spoke for it."""
        return any(voice.level == level for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Basic:
    """A `basics` line: a basic of the catalogue that somebody says is in place (rule R13)."""

    text: str
    targets: tuple[str, ...]
    """What its links name."""
    voice: Voice


@dataclass(frozen=True, slots=True)
class Board:
    """What is known of a client's needs."""

    needs: tuple[Need, ...] = ()
    """The one spoken of last comes first."""
    basics: tuple[Basic, ...] = ()
    """Newest first."""

    def lane(self, level: str) -> tuple[Need, ...]:
        """The needs that only this level has spoken for; "" for those of unknown level. Not the guesses."""
        other = {STRATEGIC: WORKING, WORKING: STRATEGIC}.get(level, "")
        known = (STRATEGIC, WORKING)
        if level:
            return tuple(n for n in self.needs if n.heard_on(level) and not n.heard_on(other))
        return tuple(n for n in self.needs if n.voices and not any(n.heard_on(k) for k in known))

    @property
    def shared(self) -> tuple[Need, ...]:
        """The needs that both levels have spoken for."""
        return tuple(n for n in self.needs if n.heard_on(STRATEGIC) and n.heard_on(WORKING))

    @property
    def guesses(self) -> tuple[Need, ...]:
        """What the rep believes and nobody has said."""
        return tuple(n for n in self.needs if n.status == "assumed")

    @property
    def apart(self) -> bool:
        """Each level has needs of which the other has not spoken."""
        return bool(self.lane(STRATEGIC) and self.lane(WORKING))


@dataclass(slots=True)
class _Draft:
    """A need while the notes are gone through."""

    text: str
    date: dt.date
    anchor: str
    voices: dict[str, Voice] = field(default_factory=dict)
    guess: bool = False
    borne_out: bool = False


_WORDS = frozenset(("need", "assumed", "confirmed", "basics"))


def needs(client: Client, log: Contacts, today: dt.date) -> Board:
    """The needs of `client` from all that is written up to today.

    Two lines of the same words are one need. It is *confirmed* once two people have spoken for it; or once
    somebody unnamed has borne it out at a talk where the speaker's level sat with somebody else of it; or,
    if it began as the rep's guess, once anybody has borne it out. The same person twice is one voice.
    """
    levels = {person.name: person.level for person in client.people}
    left = frozenset(person.name for person in client.people if gone(person, today))
    drafts: dict[str, _Draft] = {}
    basics: list[Basic] = []
    for entry in log.past:
        said = [line for line in entry.lines if line.word in _WORDS and line.text]
        for line in said:
            if line.word in ("need", "assumed"):
                _say(drafts, line, entry, levels, left)
        for line in said:
            if line.word == "confirmed":
                _bear_out(drafts, line, entry, levels, left)
            elif line.word == "basics":
                targets = tuple(link.target for link in line.links)
                basics.append(Basic(line.text, targets, _voice(line, entry, levels, left)))
    found = sorted((_need(draft) for draft in drafts.values()), key=lambda n: n.latest, reverse=True)
    return Board(tuple(found), tuple(reversed(basics)))


def _say(
    drafts: dict[str, _Draft], line: Line, entry: Entry, levels: dict[str, str], left: frozenset[str]
) -> None:
    key = fold(line.text).rstrip(" .。")
    draft = drafts.get(key)
    if draft is None:
        draft = drafts[key] = _Draft(line.text, entry.date, entry.anchor, guess=line.word == "assumed")
    if line.word == "need":
        _add(draft, _voice(line, entry, levels, left))


def _bear_out(
    drafts: dict[str, _Draft], line: Line, entry: Entry, levels: dict[str, str], left: frozenset[str]
) -> None:
    same = drafts.get(fold(line.text).rstrip(" .。"))
    voice = _voice(line, entry, levels, left)
    for draft in (same,) if same else (d for d in drafts.values() if begins_with(d.text, line.text)):
        if draft.guess or (not voice.who and _peer(draft, voice, entry, levels)):
            draft.borne_out = True
        _add(draft, voice)


def _peer(draft: _Draft, voice: Voice, entry: Entry, levels: dict[str, str]) -> bool:
    """Whether somebody else of a speaker's level sat in the talk where it was borne out by nobody named."""
    sat = [name for name in met(entry) if levels.get(name) == voice.level]
    return any(v.level == voice.level and any(name != v.who for name in sat) for v in draft.voices.values())


def _add(draft: _Draft, voice: Voice) -> None:
    if not voice.who and draft.voices and all(v.level == voice.level for v in draft.voices.values()):
        return  # somebody unnamed may be the one who spoke before
    draft.voices.setdefault(voice.who, voice)


def _voice(line: Line, entry: Entry, levels: dict[str, str], left: frozenset[str]) -> Voice:
    """Who spoke. A level is known of somebody unnamed where all that sat there are of one."""
    who = speaker(line, entry)
    sat = {levels.get(name, "") for name in met(entry)}
    level = levels.get(who, "") if who else sat.pop() if len(sat) == 1 else ""
    return Voice(who, level, entry.date, entry.anchor, who in left)


def _need(draft: _Draft) -> Need:
    voices = tuple(draft.voices.values())
    named = sum(bool(voice.who) for voice in voices)
    status: Status = "stated" if voices else "assumed"
    if named > 1 or draft.borne_out:
        status = "confirmed"
    return Need(draft.text, draft.date, draft.anchor, status, voices)


def spoken_by(found: tuple[Need, ...], names: frozenset[str]) -> Iterator[Need]:
    """Those of `found` for which somebody of these names spoke."""
    return (need for need in found if any(voice.who in names for voice in need.voices))
