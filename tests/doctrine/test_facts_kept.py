"""Facts that are kept stay true exactly as long as nothing of the note comes to pass."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.kept import FACTS, Shelf, pack, span_of
from sitegen.doctrine.rules import facts
from sitegen.doctrine.workdays import Workdays
from sitegen.keeping.store import open_store
from sitegen.model import Client, Entry, Handover, Line, PartialDate, Person, Plan, Promise, Reference

D = dt.date
DAYS = st.dates(D(2026, 1, 1), D(2026, 12, 31))
PARTIAL = st.builds(PartialDate, st.just(2026), st.integers(1, 12)) | DAYS.map(
    lambda day: PartialDate(day.year, day.month, day.day)
)
ENTRIES = st.builds(
    Entry,
    DAYS,
    kind=st.sampled_from(["visit", "call", "meeting"]),
    lines=st.lists(st.builds(Line, st.sampled_from(["need", "postponed"]), st.just("x"), until=PARTIAL)).map(
        tuple
    ),
    promises=st.lists(st.builds(Promise, st.just("x"), st.just("open"), DAYS), max_size=2).map(tuple),
)
CLIENTS = st.builds(
    Client,
    st.just("a"),
    st.just("a.md"),
    st.just("A"),
    stage=st.sampled_from(["approach", "wtt", "probable", "won", "resting"]),
    since=st.none() | PARTIAL,
    last_visit=st.none() | DAYS,
    wait_until=st.none() | PARTIAL,
    next=st.none() | st.builds(Plan, DAYS),
    handovers=st.lists(st.builds(Handover, st.just("abe"), DAYS), max_size=1).map(tuple),
    people=st.lists(
        st.builds(Person, st.just("Mori"), since=PARTIAL, until=st.none() | PARTIAL), max_size=2
    ).map(tuple),
    reference=st.none() | st.builds(Reference, since=PARTIAL),
    entries=st.lists(ENTRIES, max_size=4).map(
        lambda found: tuple(sorted(found, key=lambda one: one.date, reverse=True))
    ),
)
CFG = Config()
WORKDAYS = Workdays(CFG)


def found(client: Client, day: D) -> Facts:
    return facts(client, CFG, WORKDAYS, day, lambda _: "")


@pytest.mark.parametrize(
    ("client", "borders"),
    [
        (Client("a", "a", "A", last_visit=D(2026, 11, 19)), [D(2026, 11, 19)]),
        (Client("a", "a", "A", next=Plan(D(2026, 11, 19))), [D(2026, 11, 19), D(2026, 11, 20)]),
        (
            Client("a", "a", "A", wait_until=PartialDate(2026, 11)),
            [D(2026, 11, 1), D(2026, 11, 2), D(2026, 11, 30), D(2026, 12, 1)],
        ),
    ],
)
def test_a_date_counts_on_its_day_and_from_the_day_after(client: Client, borders: list[D]) -> None:
    points = [0, *(day.toordinal() for day in borders), D.max.toordinal() + 1]
    for first, after in pairwise(points):
        for day in {max(first, 1), after - 1}:
            assert span_of(client, D.fromordinal(day)) == (first, after)


@settings(deadline=None, max_examples=60)
@given(CLIENTS, DAYS, st.integers(0, 10_000))
def test_within_a_span_facts_are_the_same_on_every_day(client: Client, day: D, where: int) -> None:
    first, after = span_of(client, day)
    first, after = max(first, day.toordinal() - 400), min(after, day.toordinal() + 400)
    assert first <= day.toordinal() < after
    for other in (first, after - 1, first + where % (after - first)):
        assert found(client, D.fromordinal(other)) == found(client, day)


@settings(deadline=None, max_examples=30)
@given(CLIENTS, DAYS)
def test_facts_come_back(client: Client, day: D) -> None:
    told = found(client, day)
    assert FACTS.decode(client.key, FACTS.encode(told).__getitem__) == told


def test_facts_are_found_by_stamp_and_within_their_days(tmp_path: Path) -> None:
    client, day = (
        Client("a", "a.md", "A", last_visit=D(2026, 11, 6), next=Plan(D(2026, 11, 25))),
        D(2026, 11, 19),
    )
    store = open_store(tmp_path, "v")
    Shelf(store).keep({"a": (b"stamp", pack(found(client, day), span_of(client, day)))})
    for shelf in (later := Shelf(store), later):
        there = shelf.find("a", b"stamp", D(2026, 11, 24))
        assert there is not None
        assert there.facts == found(client, day)
        assert shelf.find("a", b"stamp", D(2026, 11, 25)) is None
        assert shelf.find("a", b"stamp", D(2026, 11, 5)) is None
        assert shelf.find("a", b"other", day) is None
    later.forget([])
    assert Shelf(store).find("a", b"stamp", day) is None
