"""The heading of an entry after its date: `訪問 佐藤様と`, `visit with Ito Haruka – the April intake`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from sitegen.model import Person
from sitegen.notes.names import (
    SPLIT,
    Named,
    honored,
    is_name,
    loosened,
    mentioned,
    resolve,
    tightened,
    unlink,
)
from sitegen.notes.vocabulary import HONORIFICS, KINDS, LINE_WORD, TITLES, Kind
from sitegen.records import dataclass
from sitegen.text import fold

PRIVATE = re.compile(r"(?<![a-z0-9_/&#])[#＃](?:private|ｐｒｉｖａｔｅ)(?![a-z0-9_])", re.IGNORECASE)
"""Also as Japanese keyboards write it: full width, and without a space around it."""
_LEAD = re.compile(r"[\s　]*(?:[-–—―:：、,]+[\s　]*)?")
_TOKEN = re.compile(r"[^\s　、，,:：()（）–—―・「『]+")
_LATIN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_TITLE_NEXT = re.compile(r"[\s　]*[-–—―:：]")
"""A dash or colon right after the kind begins the title, so it must stay."""
_DASH = re.compile(r"\s+[-–—―]+\s+|\s*(?:――|[–—―])\s*|\s*[:：]\s*")
_DASHES = re.compile("[-–—―:：]")
_WITH = re.compile(r"(?:^|\s)with\s+", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\s+(?:at|in|on|about|re|for|over|to|near|after|before|during|from)\s", re.IGNORECASE
)
_HONOR = "|".join(map(re.escape, sorted((*HONORIFICS, *TITLES), key=len, reverse=True)))
_NAME = rf"[^\s　、，,・と()（）]*?(?:{_HONOR})(?:様|さん)?"
_HONORED = re.compile(
    rf"^{_NAME}(?:(?:[、，,・]|と(?=[^\s　]))\s*{_NAME})*(?:と(?:の)?|(?=$|[\s　、。,，(（]))[\s　]*"
)
_TO = re.compile(r"^(?P<names>[^\s　と()（）]{1,40})と(?=$|[\s　]|の)の?[\s　]*")
_AND_END = re.compile(r"と(?:の)?[\s　]*$")
_IN_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]$")
_VISIT = KINDS[0]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says beside its date."""

    kind: Kind = _VISIT
    people: tuple[Named, ...] = ()
    title: str = ""
    answered: bool = True
    private: bool = False


def is_private(text: str) -> bool:
    """Whether a heading keeps what stands below it private."""
    return ("#" in text or "＃" in text) and PRIVATE.search(text) is not None


@dataclass(frozen=True, slots=True)
class Tail:
    """What a heading says after its kind: the same whatever the kind, so most notes say it more than once."""

    kind: Kind | None
    """Of a heading that names people first: what stands after them."""
    people: tuple[Named, ...]
    title: str
    answered: bool


ReadTail = Callable[[str, bool], Tail]
"""What stands after the kind, and whether there was one."""


def read_heading(rest: str, people: Sequence[Person], day: dt.date, kinds: Mapping[str, Kind]) -> Heading:
    """The part of a heading after its date and time → kind, people, title.

    Kind: the first word, an optional dash before it; without one `visit`. People: after `with`, before `と`, or
    with 様, さん, 氏 or a title. After a dash or colon only known people are people; the rest is the title.
    """
    return heading_of(rest, kinds, lambda left, has_kind: read_tail(left, has_kind, people, day, kinds))


def heading_of(rest: str, kinds: Mapping[str, Kind], read: ReadTail) -> Heading:
    """The same, with somebody who knows what may follow a kind."""
    private = is_private(rest)
    rest = _led(unlink(PRIVATE.sub("", rest) if private else rest)).strip(" 　")
    kind, left = _take_kind(rest, kinds)
    tail = read(left, kind is not None)
    return Heading(kind or tail.kind or _VISIT, tail.people, tail.title, tail.answered, private)


def read_tail(
    left: str, has_kind: bool, people: Sequence[Person], day: dt.date, kinds: Mapping[str, Kind]
) -> Tail:
    """What stands after the kind, or all of a heading that does not begin with one."""
    head, title = _cut_title(tightened(left, people))
    named, left = _take_people(head, people, day)
    kind = None
    if not has_kind and named:
        kind, left = _take_kind(left, kinds)
    left, title = loosened(left), loosened(title)
    told = _named(title, people, day) if title else []
    if told and all(name.known for name in told):
        title = ""  # names and nothing else: they stand among the people
    elif left or title:
        told = [Named(name, True) for name in mentioned(f"{left}\n{title}", people, day)]
    named += [name for name in told if name not in named]
    title = " – ".join(part for part in (left, title) if part)
    word = LINE_WORD.get(title.strip("。.").casefold())
    unanswered = bool(word and word.key == "unanswered")
    return Tail(kind, tuple(named), "" if unanswered else title, not unanswered)


def _led(rest: str) -> str:
    """A text without the spaces and the dash or colon that it begins with."""
    lead = _LEAD.match(rest)
    return rest[lead.end() :] if lead else rest


def _take_kind(rest: str, kinds: Mapping[str, Kind]) -> tuple[Kind | None, str]:
    for pattern in (_TOKEN, _LATIN):
        token = pattern.match(rest)
        kind = kinds.get(fold(token[0])) if token else None
        if token and kind:
            left = rest[token.end() :]
            return kind, left if _TITLE_NEXT.match(left) else _led(left)
    return None, rest


def _cut_title(rest: str) -> tuple[str, str]:
    dash = _DASH.search(rest) if _DASHES.search(rest) else None
    if not dash:
        return rest.strip(" 　"), ""
    return rest[: dash.start()].strip(" 　"), rest[dash.end() :].strip(" 　")


def _take_people(head: str, people: Sequence[Person], day: dt.date) -> tuple[list[Named], str]:
    with_ = _WITH.search(head) if "w" in head or "W" in head else None
    if with_:
        return _english(head[: with_.start()].strip(), head[with_.end() :], people, day)
    if head.isascii():
        return [], head
    found = _HONORED.match(head)
    names = found[0].strip(" 　") if found else ""
    if found and names and is_name(names):
        return _named(_AND_END.sub("", names), people, day), head[found.end() :].strip(" 　")
    to = _TO.match(head)
    if to:
        return _named(to["names"], people, day), head[to.end() :].strip(" 　")
    return honored(head, people, day), head


def _named(text: str, people: Sequence[Person], day: dt.date) -> list[Named]:
    return [resolve(part, people, day) for part in SPLIT.split(text) if part.strip()]


def _english(before: str, text: str, people: Sequence[Person], day: dt.date) -> tuple[list[Named], str]:
    named, titles = [], [before] if before else []
    for piece in SPLIT.split(text):
        part = piece.strip(" 　.")
        if not part:
            continue
        name, extra = _known_prefix(part, people)
        if not name:
            cut = _PREPOSITION.search(part)
            name, extra = (part[: cut.start()], part[cut.start() :].strip()) if cut else (part, "")
        name = _IN_BRACKETS.sub("", name) if name.endswith((")", "）", "\n")) else name
        named.append(resolve(name, people, day))
        if extra:
            titles.append(extra)
    return named, " – ".join(titles)


def _known_prefix(part: str, people: Sequence[Person]) -> tuple[str, str]:
    """`Ito Haruka in Kamata` → (`Ito Haruka`, `in Kamata`) where Ito Haruka is known."""
    loose = loosened(part)
    folded = loose.casefold()
    for person in people:
        if folded.startswith(person.name.casefold() + " "):
            return person.name, loose[len(person.name) :].strip()
    return "", ""


def begins_entry(rest: str, kinds: Mapping[str, Kind]) -> bool:
    """Whether what stands after a date goes on like the heading of an entry: a kind, or `with` somebody."""
    heading = read_heading(rest, (), dt.date(2000, 1, 1), kinds)
    return bool(heading.people) or any(rest.casefold().startswith(word) for word in kinds if len(word) > 1)
