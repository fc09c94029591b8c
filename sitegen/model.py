"""The nouns: what notes say, in the field's own terms. Frozen records, no behaviour but small look-ups.

Dates are `datetime.date` where the note gives a full date, `PartialDate` where it may be `2016` or `2016-03`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from sitegen.records import dataclass

Severity = Literal["error", "warning"]
PromiseState = Literal["open", "kept", "cancelled"]
STAGES: tuple[str, ...] = ("approach", "wtt", "possible", "probable", "won", "resting", "dropped")
"""From the first contact to the deal; resting and dropped have no cadence."""
MATURING: frozenset[str] = frozenset({"wtt", "possible", "probable"})
"""The relationships that may become business (article A, point 5)."""


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file."""

    path: str
    """Relative to the project's folder, with `/`."""
    line: int = 1
    """From 1."""
    col: int = 1
    """From 1, in characters."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in the input: a value beside the result, never an exception."""

    where: Where
    code: str
    """Key of the message in `templates/messages/<lang>.yml` under `problem`, such as `date-impossible`."""
    params: tuple[tuple[str, str], ...] = ()
    """What the message is filled with."""
    excerpt: str = ""
    """The offending line as written, what is private cut out."""
    mend: str = ""
    """The line mended, or the word meant; empty where there is no safe suggestion."""
    severity: Severity = "error"
    """An error means that a fact was lost; a warning that something looks odd."""
    private: bool = False
    """Told in the terminal only, never on a page."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """`2016`, `2016-03` or `2016-03-15`, as a note gives it."""

    year: int
    month: int = 0
    """0: the year only."""
    day: int = 0
    """0: the month only."""

    def first(self) -> dt.date:
        """The first calendar day that it may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> dt.date:
        """The last calendar day that it may mean."""
        if self.day:
            return self.first()
        year, month = (self.year, self.month + 1) if self.month and self.month < 12 else (self.year + 1, 1)
        return dt.date.fromordinal(dt.date(year, month, 1).toordinal() - 1) if year < 10000 else dt.date.max

    def __str__(self) -> str:
        """As ISO 8601 writes it."""
        return "-".join(
            [
                f"{self.year:04}",
                *([f"{self.month:02}"] if self.month else []),
                *([f"{self.day:02}"] if self.day else []),
            ]
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a client: in the front matter's `people`."""

    name: str
    reading: str = ""
    role: str = ""
    level: str = ""
    """`strategic`, `working` or empty for unknown (rule R12)."""
    since: PartialDate | None = None
    until: PartialDate | None = None
    email: str = ""
    phone: str = ""
    same: str = ""
    """`Client#Name` where this is a person of another client too."""
    note: str = ""
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Backer:
    """Who stands behind a client (rule R5)."""

    name: str
    size: str = ""
    """`large`, `mid`, `small`, or empty where nobody said."""
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """Entries before `date` are those of the rep `rep`."""

    rep: str
    date: dt.date
    committed: bool = False
    """Only git tells it: in a commit of that day the folder or `owner:` changed, and no `handover:` says so."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A client that uses a product and lets others see it (rule R6)."""

    product: str = ""
    free: bool = False
    visits: bool = False
    """Other clients may come and see."""
    since: PartialDate | None = None
    benefit: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A planned meeting: the front matter's `next`, or a dated heading in the future."""

    date: dt.date
    time: str = ""
    """`HH:MM` or empty."""
    kind: str = "meeting"
    people: tuple[str, ...] = ()
    step: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A `[[target#anchor|shown]]` in a text or in the front matter, not yet resolved."""

    target: str
    anchor: str
    shown: str
    where: Where
    source: str = ""
    """The line that it stands in, private parts cut out."""
    entry: tuple[dt.date, str] | None = field(default=None, compare=False)
    """Day and anchor of the entry that it stands in; None outside entries."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file that a note refers to."""

    inside: str
    """Its path within the content folder, NFC."""
    where: Where
    source: str = ""
    """The line that refers to it, private parts cut out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A list item that Kayoi understands: `- need (who): text`."""

    word: str
    """The English key of the vocabulary, such as `need` or `postponed`."""
    text: str
    """What stands after the colon, as plain text."""
    who: str = ""
    """The person in brackets: a name of the client's people where it fits one; else as written."""
    until: PartialDate | None = None
    """`postponed`: to when."""
    links: tuple[Link, ...] = ()
    where: Where = Where("")


@dataclass(frozen=True, slots=True)
class Promise:
    """`- [ ] text 📅 date`."""

    text: str
    state: PromiseState
    due: dt.date | None
    where: Where = Where("")


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated contact, or a plan while its day is still to come."""

    date: dt.date
    time: str = ""
    kind: str = "visit"
    """Key of the table of kinds: visit, meeting, call …"""
    face_to_face: bool = True
    people: tuple[str, ...] = ()
    """Names, resolved to the client's people where they fit."""
    title: str = ""
    by: tuple[str, ...] = ()
    """The reps who went, where a `by:` line says so; else empty (the owner of that day)."""
    answered: bool = True
    inbound: bool = False
    business: bool = False
    lines: tuple[Line, ...] = ()
    promises: tuple[Promise, ...] = ()
    gist: str = ""
    """The first sentence of the text as plain text, at most 160 characters; line words don't count."""
    html: str = ""
    """The text rendered; `\\x00n\\x00` stands where link n of the client's `links` goes."""
    anchor: str = ""
    """Unique within the client's page: `2026-06-18`, a second one of the day `2026-06-18-2`."""
    where: Where = Where("")

    def said(self, word: str) -> tuple[Line, ...]:
        """The lines of this word, in the order written."""
        return tuple([line for line in self.lines if line.word == word])


@dataclass(frozen=True, slots=True)
class Client:
    """A client as its note tells it. Every note is one, even one that can't be read."""

    key: str
    """The note's file name without `.md`, NFC: the page's address."""
    path: str
    name: str
    native: str = ""
    reading: str = ""
    stage: str = "approach"
    owner: str = ""
    """The rep's key: the folder's name unless the note says otherwise; empty where neither does."""
    handovers: tuple[Handover, ...] = ()
    since: PartialDate | None = None
    visits_before: int = 0
    last_visit: dt.date | None = None
    size: str = ""
    prestige: bool = False
    backers: tuple[Backer, ...] = ()
    area: str = ""
    address: str = ""
    phone: str = ""
    product: str = ""
    value: int | None = None
    """Yen."""
    reference: Reference | None = None
    people: tuple[Person, ...] = ()
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    gifts: bool = True
    next: Plan | None = None
    wait_until: PartialDate | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    private: bool = False
    extra: tuple[tuple[str, str], ...] = ()
    """Unknown keys with their values as written."""
    html: str = ""
    """The text outside entries, rendered, with link marks as in `Entry.html`."""
    entries: tuple[Entry, ...] = ()
    """Newest first; those of one day in the order written."""
    promises: tuple[Promise, ...] = ()
    """Those outside entries."""
    links: tuple[Link, ...] = ()
    """All links of the text; a mark in the HTML is an index into it."""
    files: tuple[Attachment, ...] = ()
    """Pictures and files that the text shows or links to."""
    readable: bool = True
    """False where the file could not be read as UTF-8 text."""

    def person(self, name: str) -> Person | None:
        """The person of exactly this name among `people`."""
        return next((p for p in self.people if p.name == name), None)

    def all_promises(self) -> tuple[Promise, ...]:
        """Promises of the entries and those outside, in the order of the entries."""
        return (*self.promises, *(p for e in self.entries for p in e.promises))


@dataclass(frozen=True, slots=True)
class Rep:
    """A sales person: `content/reps/<key>.md`, or only a folder of clients."""

    key: str
    name: str
    native: str = ""
    reading: str = ""
    area: str = ""
    target: tuple[int, int] | None = None
    """The band of maturing relationships (rule R7)."""
    html: str = ""
    links: tuple[Link, ...] = ()
    files: tuple[Attachment, ...] = ()
    path: str = ""
    private: bool = False
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """Something that the team can offer: `content/solutions/<key>.md` (rule R13)."""

    key: str
    name: str
    native: str = ""
    level: str = "standard"
    """`basic`, `standard` or `advanced`."""
    answers: tuple[str, ...] = ()
    html: str = ""
    links: tuple[Link, ...] = ()
    files: tuple[Attachment, ...] = ()
    path: str = ""
    private: bool = False
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A plain page: `content/<key>.md`."""

    key: str
    title: str
    html: str = ""
    links: tuple[Link, ...] = ()
    files: tuple[Attachment, ...] = ()
    path: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that the notes say, with what is wrong in them."""

    clients: tuple[Client, ...] = ()
    """In the order of their paths; private ones left out unless asked for."""
    reps: tuple[Rep, ...] = ()
    solutions: tuple[Solution, ...] = ()
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    """Pictures and files to copy: paths within the content folder, sorted."""
    hidden: frozenset[str] = field(default_factory=frozenset)
    """Folded names of private notes: a link to one becomes plain text, without a word about it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link goes."""

    kind: Literal["client", "backer", "solution", "rep", "page"]
    key: str
    anchor: str = ""
    """An entry's anchor, or `person-<n>` (n from 1, the place in `people`); empty for the page."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """One note that links to a client."""

    kind: Literal["client", "rep", "solution", "page"]
    key: str
    anchors: tuple[str, ...] = ()
    """The entries in which it does, newest first; empty for the text outside entries."""


@dataclass(frozen=True, slots=True)
class BackerPage:
    """A backer with all the clients it stands behind (rule R5)."""

    key: str
    """Page address; unlike any other backer's also where letter case does not count."""
    name: str
    size: str = ""
    client: str = ""
    """Key of the backer's own note where it is a client too."""
    clients: tuple[str, ...] = ()
    """Keys of those it backs, by name."""


@dataclass(frozen=True, slots=True)
class Network:
    """What only all notes together tell."""

    targets: Mapping[str, tuple[Target | None, ...]]
    """Note path → for each of its `links` where it goes; None: plain text."""
    backlinks: Mapping[str, tuple[Backlink, ...]]
    """Client key → who links to it, most recent first."""
    backers: tuple[BackerPage, ...]
    """By name."""
    backer_of: Mapping[str, str]
    """Folded name of a backer → its key."""
    problems: tuple[Problem, ...] = ()
