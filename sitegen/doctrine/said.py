"""What was last said, and what comes next: a client's line on the due list.

Article B (missing the real needs): go by what was said, not by what you believe was meant; so the list
shows the client's own last words and never the rep's assumptions.
"""

from __future__ import annotations

import re

from sitegen.doctrine.contacts import Contacts, speaker
from sitegen.doctrine.meetings import standing_next
from sitegen.model import Client, Line, Promise

_TELLING = frozenset({"no", "postponed", "confirmed", "basics", "briefed"})
"""Lines that hold something the client told, beside `need`; what we assumed, gave or learnt is not theirs."""

_GOES_ON = re.compile(r"[,;:、。；：(（]")


def last_said(log: Contacts) -> tuple[str, str]:
    """What was said at the newest contact, and by whom (empty: unknown, or nobody's own words).

    Its newest `need` (the one written last), else its first other telling line, else its first sentence,
    else its title, else the day to which it was put off; empty where nothing is written. A line without a
    name is said by the entry's only person.
    """
    if not log.answered:
        return "", ""
    entry = log.answered[-1]
    line = next((ln for ln in reversed(entry.lines) if ln.word == "need" and ln.text), None)
    line = line or next((ln for ln in entry.lines if ln.word in _TELLING and ln.text), None)
    if line and _only_a_day(line) and (words := entry.gist or entry.title):
        return words, ""
    return (line.text, speaker(line, entry)) if line else (entry.gist or entry.title, "")


def _only_a_day(line: Line) -> bool:
    """Put off to a day and nothing more: the reason of the due date says so already."""
    return line.word == "postponed" and line.until is not None and not _GOES_ON.search(line.text)


def next_step(client: Client, log: Contacts) -> str:
    """The step of the planned meeting while that stands, else the open promise that is due first, else empty.

    A promise without a date comes after those that have one.
    """
    plan = standing_next(client, log)
    if plan and plan.step:
        return plan.step
    open_ones = [p for p in client.all_promises() if p.state == "open"]
    return min(open_ones, key=_due_first).text if open_ones else ""


def _due_first(promise: Promise) -> tuple[bool, str, int, str]:
    return promise.due is None, str(promise.due), promise.where.line, promise.text
