"""The heading of an entry after its date: `訪問 佐藤様と`, `visit with Ito Haruka – the April intake`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from sitegen.model import Person
from sitegen.notes.heading_answers import away_first, read_answer
from sitegen.notes.heading_kinds import Taken, first_kind, last_kind, led
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
from sitegen.notes.vocabulary import HONORIFICS, KINDS, TITLES, Kind
from sitegen.records import dataclass
from sitegen.text import closest, fold

PRIVATE = re.compile(r"(?<![a-z0-9_/&#])[#＃](?:private|ｐｒｉｖａｔｅ)(?![a-z0-9_])", re.IGNORECASE)
"""Also as Japanese keyboards write it: full width, and without a space around it."""
_DASH = re.compile(r"\s+[-–—―]+\s+|\s*(?:――|[–—―])\s*|\s*[:：]\s*")
_DASHES = re.compile("[-–—―:：]")
_WITH = re.compile(r"(?:^|\s)with\s+", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\s+(?:at|in|on|about|re|for|over|to|near|after|before|during|from)\s", re.IGNORECASE
)
_NEARLY = re.compile(
    r"(?<![a-z0-9_/&#])[#＃][\s　]?(?P<word>[a-zａ-ｚ]{5,9}|非公開|プライベート)(?=$|[\s　])|(?<=[a-z0-9_])#private$",
    re.I,
)
_HONOR = "|".join(map(re.escape, sorted((*HONORIFICS, *TITLES), key=len, reverse=True)))
_NAME = rf"(?:[^\s　、，,・と()（）がはをにで]|[がはをにで](?=[ぁ-ゖ]))*?(?:{_HONOR})(?:様|さん)?"
"""A particle before anything but kana ends what is no name: 駅で加藤様."""
_HONORED = re.compile(
    rf"^{_NAME}(?:(?:[、，,・]|と(?=[^\s　]))\s*{_NAME})*(?:と(?:の)?|(?=$|[\s　、。,，(（]))[\s　]*"
)
_TO = re.compile(r"^(?P<names>[^\s　と()（）]{1,40})と(?=$|[\s　]|の)の?[\s　]*")
_PARTICLE = re.compile("[がはをにで](?![ぁ-ゖ])")
_AND_END = re.compile(r"と(?:の)?[\s　]*$")
_IN_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]$")
_IN_BRACKETS_ALONE = re.compile(r"[（(](?P<inside>[^()（）]*)[)）]")
_VISIT = KINDS[0]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says beside its date."""

    kind: Kind = _VISIT
    people: tuple[Named, ...] = ()
    title: str = ""
    answered: bool = True
    private: bool = False
    unclear: str = ""
    """Words that may say that nobody answered, and may not: `担当者不在`."""


def is_private(text: str) -> bool:
    """Whether a heading keeps what stands below it private."""
    marked = "#" in text or "＃" in text
    return marked and (PRIVATE.search(text) is not None or nearly_private(text))


def nearly_private(text: str) -> bool:
    """Whether a heading seems to mean `#private`: `#privat`, `# private`, `visit#private`, `#非公開`.

    Better kept back and told than published.
    """
    found = None if PRIVATE.search(text) else _NEARLY.search(text.rstrip())
    word = fold(found["word"]) if found and found["word"] else "private"
    return bool(found) and (not word.isascii() or closest(word, ["private", "privately"]) == "private")


@dataclass(frozen=True, slots=True)
class Tail:
    """What a heading says after its kind: the same whatever the kind, so most notes say it more than once."""

    kind: Kind | None
    """Of a heading that names people first: what stands after them."""
    people: tuple[Named, ...]
    title: str
    answered: bool
    unclear: str = ""


ReadTail = Callable[[str, bool], Tail]
"""What stands after the kind, and whether there was one."""


def read_heading(rest: str, people: Sequence[Person], day: dt.date, kinds: Mapping[str, Kind]) -> Heading:
    """The part of a heading after its date and time → kind, people, title.

    Kind: the first word, an optional dash before it, alone or put together (`heading_kinds`); without one
    `visit`. People: after `with`, before `と`, or with 様, さん, 氏 or a title. After a dash or colon only known
    people are people; the rest is the title. Whether anybody answered: `heading_answers`.
    """
    return heading_of(rest, kinds, lambda left, has_kind: read_tail(left, has_kind, people, day, kinds))


def heading_of(rest: str, kinds: Mapping[str, Kind], read: ReadTail) -> Heading:
    """The same, with somebody who knows what may follow a kind."""
    private = is_private(rest)
    rest = led(unlink(PRIVATE.sub("", rest) if private else rest)).strip(" 　")
    away = away_first(rest)
    taken = first_kind(rest[away:], kinds)
    if not taken.kind:
        away, taken = 0, Taken(None, rest)
    tail = read(taken.left, taken.kind is not None)
    kind = taken.kind or tail.kind or _VISIT
    title = " – ".join(filter(None, (taken.said, tail.title)))
    return Heading(kind, tail.people, title, tail.answered and not away, private, tail.unclear)


def read_tail(
    left: str, has_kind: bool, people: Sequence[Person], day: dt.date, kinds: Mapping[str, Kind]
) -> Tail:
    """What stands after the kind, or all of a heading that does not begin with one."""
    text, answer = read_answer(tightened(left, people))
    head, title = _cut_title(text)
    whole = _IN_BRACKETS_ALONE.fullmatch(head)
    head = whole["inside"].strip(" 　") if whole else head
    taken = Taken(None, head)
    if not has_kind and text != left:
        taken = first_kind(head, kinds)  # 電話するも不在, without what followed the kind
    if not has_kind and not taken.kind and not honored(head.split(" ", 1)[0], people, day):
        taken = last_kind(head, kinds)
    named, left = _take_people(taken.left, people, day)
    if not has_kind and named and not taken.kind:
        taken = first_kind(left, kinds)
        taken = taken if taken.kind else last_kind(left, kinds)
        left = taken.left
    left = " – ".join(filter(None, (loosened(taken.said), loosened(left).lstrip("、，, "))))
    title = loosened(title)
    told = _named(title, people, day) if title else []
    if told and all(name.known for name in told):
        title = ""  # names and nothing else: they stand among the people
    elif left or title:
        told = [Named(name, True) for name in mentioned(f"{left}\n{title}", people, day)]
    named += [name for name in told if name not in named]
    title = " – ".join(part for part in (left, title) if part)
    if not answer.away:
        return Tail(taken.kind, tuple(named), title, answer.answered, answer.unclear)
    # Whoever was away was not met; was nobody else there, they are who was called on.
    gone = _named(answer.away, people, day)
    others = [name for name in named if name not in gone]
    if others:
        title = " – ".join(filter(None, (f"{loosened(answer.away)}{answer.word}", title)))
        return Tail(taken.kind, tuple(others), title, True, answer.unclear)
    return Tail(taken.kind, tuple(gone), title, False, answer.unclear)


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
        named = _named(_AND_END.sub("", names), people, day)
        # 新任の山本部長と: what stands before the name says more than the name does.
        more = "の" in names and not any("の" in name.name for name in named)
        return named, head if more else head[found.end() :].strip(" 　")
    to = _TO.match(head)
    if to and not is_name(to["names"]):
        return [], head
    if to and _PARTICLE.search(to["names"]):
        return honored(head, people, day), head
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
