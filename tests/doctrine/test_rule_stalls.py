"""R14: where it stalled, with whom, and who moved first afterwards."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from making import CFG, client, day, entry, line, log
from written import book, note

from sitegen.doctrine.contacts import met
from sitegen.doctrine.stalls import stalls

CHASE = """---
people:
  - {name: Sato Kenji, role: President, level: strategic, since: 2014}
  - {name: Mori Jun, role: HR head, level: working, since: 2021-04, until: 2026-03}
  - {name: Ogawa Chie, role: Assistant}
---
## 2026-06-02 call with Ogawa Chie
She asked for the June meeting.
- inbound

## 2026-04-08 visit
- unanswered

## 2026-01-15 meeting with Sato Kenji
- postponed: June

## 2025-10-09 email – Ogawa Chie
- postponed: November

## 2025-09-11 call with Mori Jun
- no (Sato Kenji): not this year
- no: not the next one either
"""


def found(text: str):
    return book(note("a", text)).facts["a"].stalls


def test_noes_and_postponements_with_their_people_and_words():
    told = [(s.kind, str(s.date), s.people, s.levels, s.why) for s in found(CHASE)]
    assert told == [
        ("no", "2025-09-11", ("Sato Kenji",), ("strategic",), "not this year"),
        ("postponed", "2025-10-09", ("Ogawa Chie",), (), "November"),
        ("postponed", "2026-01-15", ("Sato Kenji",), ("strategic",), "June"),
    ]


def test_who_moved_first_is_told_by_the_next_contact():
    assert [s.first for s in found(CHASE)] == ["we", "we", "they"]


def test_a_halt_that_turned_into_silence_is_one_stall():
    last = found(CHASE)[-1]
    assert (last.silent_until, last.silent_anchor) == (day("2026-06-02"), "2026-06-02")


def test_a_silence_of_its_own_begins_with_the_last_contact():
    (one,) = found("## 2026-06-02 visit with Abe\nTea.\n## 2025-12-01 call with Baba\nTea.\n")
    assert (one.kind, str(one.date), one.people, one.why) == ("silence", "2025-12-01", ("Baba",), "")
    assert one.silent_until == day("2026-06-02")


def test_three_months_to_the_day_are_no_silence():
    assert found("## 2026-03-10 visit\nTea.\n## 2025-12-10 visit\nTea.\n") == ()
    assert len(found("## 2026-03-11 visit\nTea.\n## 2025-12-10 visit\nTea.\n")) == 1


def test_the_teams_own_months_count():
    one = client(entry("2026-03-11"), entry("2025-12-10"))
    assert stalls(one, replace(CFG, stall_months=6), log(one)) == ()


def test_where_nobody_is_named_the_people_of_the_time_before():
    (one,) = found("## 2026-03-10 call\n- no:\n## 2026-03-01 visit with Abe\nTea.\n")
    assert (one.people, one.why, one.first) == (("Abe",), "", "nobody")


def test_unknown_where_nobody_was_ever_named():
    (one,) = found("## 2026-03-10 call\n- postponed:\n")
    assert (one.people, one.levels) == ((), ())


def test_a_silence_that_still_lasts_is_left_to_the_due_list():
    assert found("## 2024-01-10 visit with Abe\nTea.\n") == ()


def test_a_smooth_story_is_silent():
    assert found("## 2026-10-10 visit\nTea.\n## 2026-09-10 visit\nTea.\n") == ()


said = st.lists(
    st.builds(
        line, st.sampled_from(["no", "postponed", "absent", "need"]), who=st.sampled_from(["", "A", "B"])
    ),
    max_size=3,
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from("AB")), said), max_size=8))
def test_a_halt_is_of_who_is_named_else_of_those_there_else_of_those_met_last(told):
    entries = [
        entry(f"2026-01-{n:02}", people=tuple(sorted(people)), lines=tuple(lines))
        for n, (people, lines) in enumerate(told, 1)
    ]
    wanted, before = [], ()
    for one in entries:
        first = {each.word: each for each in reversed(one.lines) if each.word in ("no", "postponed")}
        before = met(one) or before
        wanted += [(one.anchor, word, (each.who,) if each.who else before) for word, each in first.items()]
    made = client(*reversed(entries))
    assert sorted((s.anchor, s.kind, s.people) for s in stalls(made, CFG, log(made))) == sorted(wanted)
