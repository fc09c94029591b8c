"""R3: setbacks told, advice asked, and the quiet hint where nothing was."""

import pytest
from making import CFG, TODAY, day
from written import book, note

from sitegen.doctrine.sharing import nothing_shared

TOLD = """---
stage: {stage}
---
## 2026-05-30 email to Abe
- unanswered
- setback: nobody read this

## {date} visit with Abe, Baba
- setback (Baba): we lost the bid in Kawasaki
- advice: whom should I know here?
"""


def hinted(text: str) -> bool:
    found = book(note("a", text))
    facts = found.facts["a"]
    return nothing_shared(found.clients["a"], CFG, TODAY, facts.shared, facts.first_contact)


def test_what_was_shared_with_whom_and_when():
    facts = book(note("a", TOLD.format(stage="wtt", date="2026-05-10"))).facts["a"]
    assert [(s.kind, str(s.date), s.people, s.text) for s in facts.shared] == [
        ("setback", "2026-05-10", ("Baba",), "we lost the bid in Kawasaki"),
        ("advice", "2026-05-10", ("Abe", "Baba"), "whom should I know here?"),
    ]


@pytest.mark.parametrize("stage", ["wtt", "possible", "probable"])
def test_a_hint_after_six_months_with_a_maturing_client(stage):
    assert hinted(TOLD.format(stage=stage, date="2026-05-18"))


def test_no_hint_on_the_day_itself():
    assert not hinted(TOLD.format(stage="wtt", date="2026-05-19"))


@pytest.mark.parametrize("stage", ["approach", "won", "resting", "dropped"])
def test_no_hint_where_nothing_is_maturing(stage):
    assert not hinted(TOLD.format(stage=stage, date="2020-01-10"))


def test_never_shared_counts_from_the_first_contact():
    assert hinted("---\nstage: wtt\n---\n## 2026-05-18 visit\nTea.\n")
    assert not hinted("---\nstage: wtt\n---\n## 2026-06-18 visit\nTea.\n")
    assert not hinted("---\nstage: wtt\n---\n")


def test_what_is_still_to_come_was_not_shared():
    facts = book(note("a", "## 2027-01-10 visit\n- advice: later\n")).facts["a"]
    assert facts.shared == ()
    assert day("2027-01-10") > TODAY
