"""R10, R14: who held a client before, and its story in five lines."""

from making import TODAY, facts_of
from written import note

from sitegen.doctrine.handovers import handovers
from sitegen.doctrine.story import story
from sitegen.model import Client

NOTE = """---
name: Toyosu
owner: lee
handover: [{from: mori, date: 2020-04-01}, {from: suzuki, date: 2026-04-01}]
people:
  - {name: Ito Haruka, level: strategic}
next: {date: 2026-11-20, step: bring the outline}
---
## 2026-11-06 visit with Ito Haruka
- need: telephone manners

## 2026-04-15 call
Rang to say who I am.

## 2026-04-20 visit
Rain.

## 2026-05-01 visit
- stage: possible

## 2025-03-14 meeting with Ito Haruka
Contract.

- stage: won

## 2024-06-13 call
- no: not this year

## 2023-06-13 call
- postponed: June

## 2019-03-08 visit with Ito Haruka
She laughed.

- inbound
"""


def test_every_hand_over_with_its_first_visit():
    found = handovers([note("toyosu", NOTE)], TODAY)
    assert [(p.giver, p.taker, str(p.date)) for p in found] == [
        ("suzuki", "lee", "2026-04-01"),
        ("mori", "suzuki", "2020-04-01"),
    ]
    assert [p.greeted and str(p.greeted[0]) for p in found] == ["2026-04-20", "2025-03-14"]


def test_a_call_is_no_greeting_and_nobody_seen_is_said():
    told = "---\nowner: lee\nhandover: [{from: suzuki, date: 2026-04-01}]\n---\n## 2026-04-20 call\n"
    (passed,) = handovers([note("a", told)], TODAY)
    assert passed.greeted is None


def test_no_hand_over():
    assert handovers([note("a", "## 2026-04-20 visit\n")], TODAY) == ()


def lines(client: Client) -> list[tuple[str, str, str]]:
    return [(t.part, t.text, str(t.date or "")) for t in story(client, facts_of(client), TODAY)]


def test_the_story_in_five_lines():
    client = note("toyosu", NOTE)
    assert lines(client) == [
        ("began", "She laughed.", "2019-03-08"),
        ("turn", "Contract.", "2025-03-14"),
        ("no", "not this year", "2024-06-13"),
        ("said", "telephone manners", "2026-11-06"),
        ("next", "bring the outline", ""),
    ]
    assert story(client, facts_of(client), TODAY)[0].inbound


def test_where_no_stage_is_written_the_first_thing_given_is_the_turn():
    told = "## 2026-11-01 visit\n- got: an umbrella\n\n## 2026-10-01 visit\nCold.\n"
    assert ("turn", "an umbrella", "2026-11-01") in lines(note("a", told))


def test_a_postponement_where_there_was_no_no():
    told = "## 2026-11-01 visit\n- postponed: June\n"
    assert ("no", "June", "2026-11-01") in lines(note("a", told))


def test_an_empty_note_has_no_story():
    assert lines(note("a", "")) == []
