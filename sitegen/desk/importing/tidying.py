"""A contact as its file writes it → as a note may hold it; what can't be read is told, not bent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from sitegen.desk.importing.contact import Contact, Unread
from sitegen.model import Problem
from sitegen.notes.dates import leading_date, read_partial
from sitegen.notes.vocabulary import STAGE_WORD, STAGE_WORDS
from sitegen.text import closest, fold

LONGEST = 4_000
"""Characters of one text: a memo on a card has a hundred, a whole mail history in it is none."""
_WIDTH = frozenset({"email", "phone", "direct", "mobile", "fax", "postal", "website"})
_READINGS = frozenset({"reading", "company_reading"})
_PHONES = ("phone", "direct", "mobile", "fax")
_TAGS = re.compile(r"\s*(?::::|[,;、，；\n])\s*")
_NO_TAGS = frozenset({"* mycontacts", "mycontacts", "* friends", "* starred"})
"""What Google calls everybody."""


def tidied(contact: Contact) -> tuple[Contact | Unread, tuple[Problem, ...]]:
    """The contact with its texts as a note has them, or why it can't be; and warnings."""
    values = dict(contact.values)
    for name, text in contact.values.items():
        if len(text) > LONGEST:
            return _unread(contact, name, "import-long", limit=f"{LONGEST:,}"), ()
        if name in _WIDTH or (name in _READINGS and _half_width(text)):
            values[name] = unicodedata.normalize("NFKC", text)
    if "met" in values:
        day = _day(values["met"])
        if not day:
            return _unread(contact, "met", "import-date"), ()
        values["met"] = day
    if "stage" in values:
        stage = STAGE_WORD.get(fold(values["stage"]))
        if not stage:
            near = closest(values["stage"], STAGE_WORD)
            words = (
                f"{key} ({next(w for w in both if not w.isascii())})" for key, both in STAGE_WORDS.items()
            )
            return _unread(contact, "stage", "import-stage", near, stages=", ".join(words)), ()
        values["stage"] = stage
    if "tags" in values:
        found = (
            tag.lstrip("#＃").strip() for tag in _TAGS.split(values["tags"]) if fold(tag) not in _NO_TAGS
        )
        values["tags"] = "、".join(dict.fromkeys(filter(None, found)))
    if not (values.get("company") or values.get("company_en") or values.get("name")):
        return _unread(contact, "", "import-nobody"), ()
    return replace(contact, values={k: v for k, v in values.items() if v}), tuple(_doubtful(contact, values))


def _half_width(text: str) -> bool:
    return any("｡" <= c <= "ﾟ" for c in text)


def _day(written: str) -> str:
    """`2024/5/1 10:30` → `2024-05-01`; a month or year alone as such; empty for what is no day."""
    found = leading_date(written)
    if found and found.date:
        return found.date.isoformat()
    partial = read_partial(written)
    return str(partial) if partial else ""


def _doubtful(contact: Contact, values: dict[str, str]) -> Iterator[Problem]:
    """A number whose first 0 a spreadsheet has eaten."""
    for name in _PHONES:
        if re.fullmatch(r"[1-9]\d{8,9}", values.get(name, "")):
            params = (("number", values[name]),)
            yield Problem(contact.place(name), "import-phone-zero", params, severity="warning")


def _unread(contact: Contact, name: str, code: str, mend: str = "", /, **params: str) -> Unread:
    text = contact.said(name)
    given = (("value", text[:60]), *params.items()) if name else tuple(params.items())
    return Unread(contact.piece, Problem(contact.place(name), code, given, mend=mend))
