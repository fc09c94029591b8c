"""What somebody typed → the lines of an entry, in the manner of the note that gets it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from sitegen.desk.manner import Manner, day_like
from sitegen.model import Person
from sitegen.notes.dates import leading_date, until_after
from sitegen.notes.headings import Heading, read_heading
from sitegen.notes.names import SPLIT, bare, resolve
from sitegen.notes.vocabulary import KINDS, LINE_START, LINE_WORD, STAGE_WORDS, WORDS, Kind
from sitegen.records import dataclass
from sitegen.text import nfc

PROMISE = "promise"
"""Stands for a box among the words of lines."""
AS_WRITTEN = ""
_BULLET = re.compile(r"\s*(?:[-*+]\s+|・\s*)")
_BOX = re.compile(r"\[(?P<state>[ xX-])\]\s")
_BREAKS = re.compile(r"\s*[\r\n\t\v\f]\s*")
_WHO = re.compile(r"[(（](?P<who>[^()（）]+)[)）]\s*")
_HASHES = re.compile(r"(?m)^( {0,3})(?=#{1,6}(?:\s|$)|(?:=+|-+)[ \t]*$)")
"""What makes a line a heading, or the one above it: they are texts here."""
_LAST_DAY = re.compile(
    r"(?:^|\s)(?:📅\ufe0f?\s*)?(?P<day>(?:\d{4}|令和)\S+|(?:0?[1-9]|1[0-2])/\d{1,2}|\d{1,2}月\d{1,2}日)$"
)
"""A day at the end of a promise; `open 24/7` is none."""
_SECOND = dt.date.min + dt.timedelta(1)
_MEANT_AS_DAY = re.compile(r"(?:(?:\d{4}|令和(?:\d+|元))[-/.年])?\d{1,2}(?:[-/.]\d{1,2}|月\d{1,2}日?)")


@dataclass(frozen=True, slots=True)
class Said:
    """One line that counts: a word of the vocabulary, `PROMISE`, or `AS_WRITTEN`, and what follows it."""

    word: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written."""

    date: dt.date
    kind: Kind = KINDS[0]
    people: tuple[str, ...] = ()
    """As typed."""
    title: str = ""
    time: str = ""
    """`HH:MM`, or empty."""
    text: str = ""
    lines: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """An entry's lines, its heading first, without the hashes."""

    heading: str
    rest: tuple[str, ...]


def is_line(text: str) -> bool:
    """Whether something typed is a line that counts, with or without its bullet: `need: …`, `- [ ] …`."""
    text = _BULLET.sub("", nfc(text), count=1)
    start = LINE_START.match(text)
    if not start:
        return bool(_BOX.match(text))
    return bool(start["colon"]) or (LINE_WORD[start["word"].casefold()].bare and start.end() == len(text))


def line_within(text: str) -> str:
    """The first line of a text that would count as one of its own; empty where none would."""
    return next((line for line in text.splitlines() if _BULLET.match(line) and is_line(line)), "")


def names_of(typed: Sequence[str]) -> tuple[str, ...]:
    """The names in what stands after `--with`: several may be in one text."""
    plain = (_BREAKS.sub(" ", nfc(text)) for text in typed)
    parts = (part.strip(" 　") for text in plain for part in SPLIT.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def block_of(
    draft: Draft, manner: Manner, people: Sequence[Person], kinds: Mapping[str, Kind]
) -> Block | None:
    """The entry's lines; None where no heading says what the draft does (a title that reads as something else)."""
    heading = next(
        (text for text in _headings(draft, manner, people) if _says(text, draft, people, kinds)), None
    )
    if heading is None:
        return None
    text = _HASHES.sub(r"\1\\", nfc(draft.text).strip("\r\n"))
    body = [line.rstrip() for line in text.splitlines()] if text.strip() else []
    lines = [f"{manner.mark}{line_text(said, draft.date, manner.japanese)}" for said in draft.lines]
    lead = [""] if manner.airy and (body or lines) else []
    between = [""] if body and lines else []
    return Block(heading, (*lead, *body, *between, *lines))


def people_of(draft: Draft, people: Sequence[Person]) -> tuple[str, ...]:
    """The draft's people as the entry will have them: by their full names where they are known."""
    return tuple(dict.fromkeys(resolve(name, people, draft.date).name for name in draft.people))


def kind_word(kind: Kind, japanese: bool) -> str:
    """What a heading calls a kind: its first word in the language, else the first of all."""
    fitting = (word for word in kind.words if word.isascii() != japanese)
    return next(fitting, kind.words[0] if kind.words else kind.key)


def stage_word(stage: str, japanese: bool) -> str:
    """What a line calls a stage."""
    return next((w for w in STAGE_WORDS.get(stage, ()) if w.isascii() != japanese), stage)


def line_text(said: Said, day: dt.date, japanese: bool) -> str:
    """A line without its bullet; `day` is its entry's."""
    text = " ".join(nfc(said.text).split())
    if said.word == AS_WRITTEN:
        text = _BULLET.sub("", text, count=1)
        open_box = text.startswith("[ ] ") and "📅" not in text
        return _promise(text[4:], day) if open_box else text
    if said.word == PROMISE:
        return _promise(text, day)
    row = next(row for row in WORDS if row.key == said.word)
    word = next((w for w in row.words if w.isascii() != japanese), row.words[0])
    who = _WHO.match(text)
    if who:
        text = text[who.end() :]
        word += f"（{who['who']}）" if japanese else f" ({who['who']})"
    if said.word == "stage":
        text = stage_word(text, japanese)
    elif said.word == "business" and japanese and text == "yes":
        text = "あり"
    return word + (("：" if japanese else ": ") + text if text else "")


def no_day(said: Said, day: dt.date) -> str:
    """What stands at a promise's end as its day and is none, such as 2/30; empty where all is well."""
    text = " ".join(nfc(said.text).split())
    text = _BULLET.sub("", text, count=1) if said.word == AS_WRITTEN else text
    if said.word != PROMISE and not text.startswith("[ ] "):
        return ""
    written, due = _due(text, day)
    return written if written and not due and _MEANT_AS_DAY.fullmatch(written) else ""


def _promise(text: str, day: dt.date) -> str:
    """`send the outline 12/1` → `[ ] send the outline 📅 2026-12-01`."""
    found, (_, due) = _LAST_DAY.search(text), _due(text, day)
    if not found or not due:
        return f"[ ] {text}"
    return f"[ ] {text[: found.start()].rstrip()} 📅 {due.isoformat()}"


def _due(text: str, day: dt.date) -> tuple[str, dt.date | None]:
    """What ends a promise as a day does, and the day: without a year the next such, today's being one of them."""
    found = _LAST_DAY.search(text)
    if not found:
        return "", None
    when = leading_date(found["day"])
    due = when.date if when and not when.rest else None
    if not due and len(found["day"]) < 7:
        partial = until_after(found["day"], max(day, _SECOND) - dt.timedelta(1))
        due = partial.first() if partial and partial.day else None
    return found["day"], due


def _headings(draft: Draft, manner: Manner, people: Sequence[Person]) -> Iterator[str]:
    """Ways to write the heading, the most natural first."""
    day = day_like(draft.date, manner.dates) + (f" {draft.time}" if draft.time else "")
    title = " ".join(nfc(draft.title).split())
    names = people_of(draft, people)
    joint = "" if manner.tight and day.endswith((")", "）")) else " "
    for japanese in (manner.japanese, not manner.japanese):
        start = f"{day}{joint}{kind_word(draft.kind, japanese)}"
        if japanese and names and not any(name.isascii() for name in names):
            polite = [_polite(typed, name) for typed, name in zip(draft.people, names, strict=False)]
            yield f"{start} {'、'.join(polite)}と{f'　{title}' if title else ''}"
            yield f"{start} {'、'.join(polite)}と{f' – {title}' if title else ''}"
        start += f" with {', '.join(names)}" if names else ""
        yield start + (f" – {title}" if title else "")


def _polite(typed: str, name: str) -> str:
    """`佐藤社長` stays, `佐藤` becomes `佐藤様`."""
    plain, title = bare(typed)
    return typed if title or plain != typed.strip() else f"{name}様"


def _says(heading: str, draft: Draft, people: Sequence[Person], kinds: Mapping[str, Kind]) -> bool:
    found = leading_date(heading)
    if not found or (found.date, found.time) != (draft.date, draft.time) or not found.weekday_fits:
        return False
    read = read_heading(found.rest, people, draft.date, kinds)
    wanted = Heading(draft.kind, title=" ".join(nfc(draft.title).split()))
    return (
        read.kind.key == draft.kind.key
        and tuple(dict.fromkeys(n.name for n in read.people if n.name)) == people_of(draft, people)
        and (read.title, read.answered, read.private) == (wanted.title, True, False)
    )
