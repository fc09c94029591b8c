"""List items that count: line words (`- need (who): text`) and promises (`- [ ] text 📅 date`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from sitegen.model import Line, Link, PartialDate, Problem, Promise, PromiseState, Severity, Where
from sitegen.notes.dates import read_full, unread_month, until_after
from sitegen.notes.familiar import Familiar
from sitegen.notes.vocabulary import (
    FAR_NO,
    FAR_YES,
    LINE_START,
    LINE_WORD,
    STAGE_WORD,
    STAGE_WORDS,
    WORDS,
    Word,
)
from sitegen.records import dataclass
from sitegen.text import closest, fold

_DUE = re.compile(
    r"\s*📅\uFE0F?\s*(?P<date>(?:\[\[)?"
    r"(?:(?:昭和|平成|令和)\s?元(?=\s?年)|(?:昭和|平成|令和|[RH](?=[0-9]))?\s?[0-9０-９])"
    r"(?:[0-9０-９年月日./／-]|\s(?=[0-9０-９]{1,2}\s?[月日]))*(?:\]\])?)?"
)
_DAY_AT_END = re.compile(
    r"(?:^|\s)(?P<date>[0-9０-９]{4}[年./／-][0-9０-９]{1,2}[月./／-][0-9０-９]{1,2}日?)[\s.。]*$"
)
_LIKE_A_WORD = re.compile(r"(?P<word>[A-Za-z]{4,12}+)(?:\s*\([^()]*\))?\s*(?:::|[:：])")
_ENGLISH = [word for row in WORDS for word in row.words if word.isascii() and len(word) > 3]


@dataclass(frozen=True, slots=True)
class Item:
    """A list item as it stands in a note."""

    text: str
    """Plain text of its first paragraph, links by what they show."""
    where: Where
    source: str
    """The line as written."""
    links: tuple[Link, ...] = ()

    def problem(self, code: str, mend: str = "", severity: Severity = "error", **params: str) -> Problem:
        """A problem of this item."""
        return Problem(self.where, code, tuple(params.items()), self.source, mend, severity)


def read_promise(item: Item, state: PromiseState | None) -> tuple[Promise | None, list[Problem]]:
    """`send the outline 📅 2026-11-13` with its box's state → a promise; None where there was no box.

    A 📅 without a real date is a problem, and so is a day at the end without 📅; the promise stays, without a
    day to be due.
    """
    if not state:
        return None, []
    text, due, problems = item.text, None, []
    mark = _DUE.search(text) if "📅" in text else None
    if mark:
        due = read_full(mark["date"]) if mark["date"] else None
        if due is None:
            problems.append(item.problem("promise-date", date=mark["date"] or ""))
        text = (text[: mark.start()] + text[mark.end() :]).strip()
    elif state == "open" and (day := _DAY_AT_END.search(text)) and read_full(day["date"]):
        mend = f"📅 {day['date']}".join(item.source.rsplit(day["date"], 1))
        problems.append(item.problem("promise-no-mark", mend, "warning", date=day["date"]))
    return Promise(text.strip(), state, due, item.where), problems


def read_line(
    item: Item, day: dt.date, present: Sequence[str], familiar: Familiar
) -> tuple[Line | None, list[Problem]]:
    """A list item of an entry → its fact; None where it is plain text.

    `present`: names of the entry's people, so that a need without a name is the only person's. `familiar` knows
    the client's people.
    """
    start = LINE_START.match(item.text)
    if not start:
        return None, _misspelt(item)
    word = LINE_WORD[start["word"].casefold()]
    text = item.text[start.end() :].strip()
    if not start["colon"] and (text or not word.bare):
        return None, _needs_colon(item, word, start["word"], text)
    who, problems = _who(item, start["who"], familiar, day)
    if not start["who"] and word.key == "need" and len(present) == 1:
        who = present[0]
    until: PartialDate | None = None
    if word.key == "postponed":
        until = until_after(text, day)
        problems += _unread(item, f"{start['word']}{start['colon'] or ':'}", text) if until is None else []
    elif word.key == "stage":
        text, more = _stage(item, text)
        problems += more
    elif word.key == "business":
        problems += _business(item, start["word"], text)
    if not text and not word.bare and word.key not in ("no", "absent", "business", "stage"):
        problems.append(item.problem("word-empty", severity="warning", word=start["word"]))
    return Line(word.key, text, who, until, item.links, item.where), problems


def _unread(item: Item, word: str, text: str) -> list[Problem]:
    """Something was put off, and the month stands there in words that are not read."""
    month = unread_month(text)
    mend = f"{item.source[: item.where.col - 1]}- {word}{' ' if word.isascii() else ''}{month}"
    return [item.problem("postponed-unread", mend, "warning", month=month)] if month else []


def word_of(item: Item) -> str:
    """The line word, as written, of an item that would be a fact if it stood in an entry; empty for plain text.

    Words that also begin ordinary sentences are left out.
    """
    start = LINE_START.match(item.text)
    if not start or not start["colon"] or LINE_WORD[start["word"].casefold()].key in ("no", "by", "business"):
        return ""
    return start["word"]


def _misspelt(item: Item) -> list[Problem]:
    like = _LIKE_A_WORD.match(item.text)
    meant = closest(like["word"], _ENGLISH) if like else ""
    if not like or not meant:
        return []
    mend = item.source.replace(like["word"], meant, 1)
    return [item.problem("word-misspelt", mend, "warning", word=like["word"], meant=meant)]


def _needs_colon(item: Item, word: Word, written: str, text: str) -> list[Problem]:
    """`- 不在、伝言のみ` is close enough to a fact to ask; `- no one was there` is a sentence."""
    if not word.bare or not text.startswith(("、", ",", "。")):
        return []
    mend = item.source.replace(written + text[0], written + (": " if written.isascii() else "："), 1)
    return [item.problem("word-needs-colon", mend, "warning", word=written)]


def _who(item: Item, written: str | None, familiar: Familiar, day: dt.date) -> tuple[str, list[Problem]]:
    if not written or not written.strip():
        return "", []
    named = familiar.name(written, day)
    if named.choices:
        return named.name, [
            item.problem("name-two-people", name=named.name, choices=" / ".join(named.choices))
        ]
    return named.name, []


def _stage(item: Item, text: str) -> tuple[str, list[Problem]]:
    stage = STAGE_WORD.get(fold(text.strip(" 。.")))
    if stage:
        return stage, []
    meant = closest(text, [word for words in STAGE_WORDS.values() for word in words])
    mend = item.source.replace(text, meant, 1) if meant and text else ""
    return "", [item.problem("stage-unknown", mend, stage=text, stages=", ".join(STAGE_WORDS))]


def is_yes(text: str) -> bool:
    """Whether `business:` says that business was talked."""
    return text.strip(" 。.").casefold() in FAR_YES


def _business(item: Item, written: str, text: str) -> list[Problem]:
    plain = text.strip(" 。.").casefold()
    if plain in FAR_YES or plain in FAR_NO:
        return []
    indent = item.source[: item.where.col - 1]
    mend = f"{indent}- {written}: yes" if written.isascii() else f"{indent}- {written}：あり"
    return [item.problem("business-unclear", mend, text=text)]
