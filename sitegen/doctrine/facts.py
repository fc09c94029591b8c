"""What the rules find out about one client: the records that the rules return and pages show.

Nothing here needs today but for notes that hold dates still to come.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Literal

from sitegen.doctrine.chairs import Chair
from sitegen.doctrine.ledger import Ledger
from sitegen.doctrine.lessons import Lesson
from sitegen.doctrine.needs import Board
from sitegen.doctrine.sharing import Share
from sitegen.doctrine.stalls import Stall
from sitegen.doctrine.threads import Thread
from sitegen.records import dataclass

ReasonKind = Literal["cadence", "promise", "meeting", "new-face"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that fell on a closed day."""

    on: dt.date
    """The closed day."""
    name: str
    """Why it is closed: `saturday`, `sunday`, `year-end`, a holiday's own name in the site's language, or
    the name that the team gave its own closed days (`team` where it gave none).
    """


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that holds a cadence back until a day."""

    kind: Literal["wait", "postponed", "backoff", "since"]
    until: dt.date


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to call, with the arithmetic behind its date (rule R8)."""

    kind: ReasonKind
    date: dt.date | None
    """None: at once (never contacted, and nothing says when)."""
    base: dt.date | None = None
    """Cadence: the last contact; never contacted: the day of `since` (then `days` is 0), None where there
    is none. Meeting, promise: the date as written. New face: the day of `since`. A month or a year means
    its first working day.
    """
    days: int = 0
    """Cadence: calendar days added to `base`."""
    waits: tuple[Wait, ...] = ()
    """Cadence: what held it back, in force only (later than base + days)."""
    moved: Moved | None = None
    """The closed day that moved the date, if one did."""
    text: str = ""
    """Promise: its text. Meeting: its kind's key. New face: the person's name."""
    time: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """When a client is due: the earliest of its reasons (rule R8)."""

    date: dt.date | None
    """None: at once if there are reasons, never if there are none."""
    reasons: tuple[Reason, ...] = ()
    """All of them, earliest first."""
    backoff_until: dt.date | None = None
    """Rule R2: the cadence rests until this day; None where no back-off runs after the last contact."""

    @property
    def never(self) -> bool:
        """Nothing makes this client due."""
        return not self.reasons

    @property
    def at_once(self) -> bool:
        """Due without a date."""
        return bool(self.reasons) and self.date is None


@dataclass(frozen=True, slots=True)
class Stamp:
    """One day with a face-to-face visit (rule R1)."""

    date: dt.date
    anchor: str
    """The entry's anchor on the client's page."""
    still_there: bool
    """Somebody met on that day still holds a chair (known by name, without an `until` that has passed)."""


@dataclass(frozen=True, slots=True)
class Visits:
    """The stamp card (rule R1)."""

    stamps: tuple[Stamp, ...]
    """Oldest first: every one, also beyond the tenth."""
    before: int
    """Visits before the notes began."""
    needed: int
    """Ten, unless the team says otherwise."""
    still_there: int
    """Stamps earned with people still in their chairs."""
    early_business: tuple[dt.date, int] | None
    """When business was first talked before the door was open, and at which visit; None if never."""

    @property
    def count(self) -> int:
        """Visits in all, before the notes and since."""
        return self.before + len(self.stamps)

    @property
    def left(self) -> int:
        """Visits that are still missing."""
        return max(0, self.needed - self.count)

    @property
    def open(self) -> bool:
        """The door is open: business may be talked."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Month:
    """One cell of the month strip (rule R4)."""

    year: int
    month: int
    contacts: int
    """Answered contacts."""


@dataclass(frozen=True, slots=True)
class Perseverance:
    """Months in a row at the door, after every "no" (rule R4)."""

    months: tuple[Month, ...]
    """From the first contact's month to the last contact's."""
    streak: int
    """Months in a row with an answered contact, up to the last contact's month."""
    longest: int
    noes: int
    """Entries in which they said no."""
    postponed: int
    """Times that they put it off."""
    unanswered: int


@dataclass(frozen=True, slots=True)
class Qualified:
    """Worth the time or not (rule R5)."""

    how: Literal["large", "backer", "not-yet"]
    through: str = ""
    """The backer's name where it is qualified through one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it for one client."""

    due: Due
    visits: Visits
    perseverance: Perseverance
    qualified: Qualified
    first_contact: dt.date | None
    last_contact: dt.date | None
    """Newest answered contact that is not in the future, or `last_visit` if later."""
    last_said: str
    """One line: what was last said, for the due list."""
    said_by: str
    next_step: str
    """One line: the planned step, else the first open promise."""
    chairs: tuple[Chair, ...] = ()
    """Rule R14: who held which chair when."""
    stalls: tuple[Stall, ...] = ()
    """Rule R14: every halt, oldest first."""
    shared: tuple[Share, ...] = ()
    """Rule R3: setbacks told and advice asked for, newest first."""
    thread: Thread | None = None
    """Rule R10: what a large deal hangs by; None where there is none in hand."""
    ledger: Ledger = field(default_factory=Ledger)
    """Rule R9: given and received."""
    board: Board = field(default_factory=Board)
    """Rules R12 and R13: needs with their speakers, and basics vouched for."""
    lessons: tuple[Lesson, ...] = ()
    """Rule R15: what was learned here, newest first."""
    moved: bool = False
    """Rule R7: a `stage:` line tells of a movement."""
    balance: int | None = None
    """Rule R9: that of the ledger; None where it is empty."""
    discounted: bool = False
    """Rule R9: a discount was given."""
