"""Small helpers that make notes' records for tests: dates as text, the rest by keyword."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sitegen.config import Config
from sitegen.doctrine.contacts import Contacts, contacts
from sitegen.doctrine.facts import Due, Facts
from sitegen.doctrine.rules import facts
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client, Entry, Handover, Line, PartialDate, Person, Plan, Promise, Where

CFG = Config()
DAYS = Workdays(CFG)
TODAY = dt.date(2026, 11, 19)
"""A Thursday; Monday the 23rd is a holiday."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def partial(text: str) -> PartialDate:
    return PartialDate(*map(int, text.split("-")))


def line(word: str, text: str = "", who: str = "", until: str = "", at: int = 1) -> Line:
    return Line(word, text, who, partial(until) if until else None, where=Where("a.md", at))


def promise(text: str, due: str = "", state: Any = "open") -> Promise:
    return Promise(text, state, day(due) if due else None)


def entry(date: str, kind: str = "visit", **more: Any) -> Entry:
    more.setdefault("anchor", date)
    more.setdefault("face_to_face", kind in {"visit", "meeting", "meal", "event", "showcase"})
    return Entry(day(date), kind=kind, **more)


def unanswered(date: str, **more: Any) -> Entry:
    return entry(date, "call", answered=False, **more)


def person(name: str, since: str = "", until: str = "") -> Person:
    return Person(name, since=partial(since) if since else None, until=partial(until) if until else None)


def plan(date: str, **more: Any) -> Plan:
    return Plan(day(date), **more)


def handover(rep: str, date: str) -> Handover:
    return Handover(rep, day(date))


def client(*entries: Entry, **more: Any) -> Client:
    """A client with these entries; `since`, `wait_until` and `last_visit` may be text."""
    for key in ("since", "wait_until"):
        if isinstance(more.get(key), str):
            more[key] = partial(more[key])
    if isinstance(more.get("last_visit"), str):
        more["last_visit"] = day(more["last_visit"])
    return Client("a", "content/clients/tanaka/a.md", "A", entries=entries, **more)


def log(one: Client, today: dt.date = TODAY) -> Contacts:
    return contacts(one, today)


def facts_of(one: Client, today: dt.date = TODAY, cfg: Config = CFG) -> Facts:
    return facts(one, cfg, DAYS if cfg is CFG else Workdays(cfg), today, lambda _: "")


def due_of(one: Client, today: dt.date = TODAY, cfg: Config = CFG) -> Due:
    return facts_of(one, today, cfg).due


def shown(due: Due) -> list[str]:
    """Reasons in one line each: `cadence 2026-11-24`, `cadence at once`."""
    return [f"{r.kind} {r.date or 'at once'}" for r in due.reasons]
