"""R10, R14: a change of hands that only git tells counts, and the note wins where it says something."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import client, day, entry, handover

from sitegen.doctrine.contacts import owner_on
from sitegen.doctrine.owners import with_handovers, with_owners
from sitegen.model import Book, Client
from sitegen.past import Change, Edit, History, NoteHistory

PATH = "content/clients/mei/a.md"


def handed(date: str, old: str, new: str, **more: object) -> Edit:
    return Edit(day(date), "09:00", "Mei", "mei", "0" * 40, (Change("owner", old, new),), **more)  # type: ignore[arg-type]


def told(one: Client, *oldest_first: Edit) -> list[str]:
    made = with_handovers(one, NoteHistory(tuple(reversed(oldest_first))))
    return [f"{h.date} {h.rep}{'' if h.committed else ' (note)'}" for h in made.handovers]


def owned(*entries: object, **more: object) -> Client:
    return client(*entries, owner="mei", **more)  # type: ignore[arg-type]


def test_what_only_git_tells_decides_whose_day_it_was():
    one = owned(entry("2025-03-31"), entry("2025-04-01"))
    made = with_handovers(
        one, NoteHistory((handed("2025-04-01", "ken", "mei"), handed("2023-04-03", "aya", "ken")))
    )
    days = ["2023-04-02", "2023-04-03", "2025-03-31", "2025-04-01", "2026-11-19"]
    assert [owner_on(made, day(text)) for text in days] == ["aya", "ken", "ken", "mei", "mei"]


@pytest.mark.parametrize(
    ("notes", "commits", "result"),
    [
        # the note's day wins, before the commit or after it
        ([("ken", "2025-03-20")], [("2025-04-01", "ken", "mei")], ["2025-03-20 ken (note)"]),
        ([("ken", "2025-06-01")], [("2025-04-01", "ken", "mei")], ["2025-06-01 ken (note)"]),
        # what it says nothing of is filled in
        ([("ken", "2025-04-01")], [("2023-04-01", "aya", "ken"), ("2025-04-02", "ken", "mei")], ["2023-04-01 aya", "2025-04-01 ken (note)"]),
        # an earlier time of the same rep is another change of hands
        ([("ken", "2019-04-01")], [("2023-04-01", "aya", "ken"), ("2025-04-02", "ken", "mei")], ["2019-04-01 ken (note)", "2023-04-01 aya", "2025-04-02 ken"]),
        # of a day counts what was left in the evening
        ([], [("2025-04-01", "ken", "aya"), ("2025-04-01", "aya", "mei")], ["2025-04-01 ken"]),
        ([], [("2025-04-01", "mei", "ken"), ("2025-04-01", "ken", "mei")], []),
        # a rep that the book does not know is told nowhere
        ([], [("2025-04-01", "", "mei")], []),
    ],
)  # fmt: skip
def test_the_note_wins(notes: list[tuple[str, str]], commits: list[tuple[str, str, str]], result: list[str]):
    one = owned(handovers=tuple(handover(rep, date) for rep, date in notes))
    assert told(one, *(handed(*commit) for commit in commits)) == result


def test_a_wrong_clock_does_not_turn_the_owners_round():
    assert told(owned(), handed("2023-04-01", "aya", "ken"), handed("1990-01-01", "ken", "mei")) == [
        "2023-04-01 aya"
    ]
    edits = (
        handed("2025-01-01", "aya", "ken"),
        handed("2023-06-01", "ken", "lee"),
        handed("2024-04-01", "lee", "mei"),
    )
    assert told(owned(), *edits) == ["2023-06-01 aya", "2024-04-01 lee"]


def test_a_first_version_hands_nothing_over():
    assert told(owned(), handed("2025-04-01", "ken", "mei", created=True)) == []


@given(st.lists(st.tuples(st.sampled_from(["aya", "ken", "mei"]), st.integers(0, 400)), max_size=4))
def test_an_empty_history_changes_nothing(notes: list[tuple[str, int]]):
    days = sorted((dt.date(2025, 1, 1) + dt.timedelta(n), rep) for rep, n in notes)
    one = replace(owned(handovers=tuple(handover(rep, str(date)) for date, rep in days)), path=PATH)
    book = Book(clients=(one,))
    assert with_owners(book, History()) is book
    assert with_handovers(one, NoteHistory()) is one
