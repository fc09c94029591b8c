"""R10: large deals on a thin thread."""

from dataclasses import replace

import pytest
from making import CFG, TODAY
from written import book, note

from sitegen.doctrine.threads import Thread, few_known, not_lately_from, thin


def thread_of(text: str, value: str = "12000000", stage: str = "probable") -> Thread | None:
    head = f"---\nstage: {stage}\nvalue: {value}\n"
    return book(note("a", head + text)).facts["a"].thread


def why(text: str) -> list[tuple[str, str]]:
    found = thread_of(text)
    assert found
    return [(one.kind, one.name) for one in thin(found, CFG, TODAY)]


ONE = "people: [{name: Sato, level: strategic}]\n---\n## 2026-11-01 visit with Sato\nTea.\n"
TWO = "people: [{name: Sato, level: strategic}, {name: Mori, level: working}]\n---\n## %s visit with Sato\nTea.\n"


def test_one_person_known():
    assert why(ONE) == [("one-known", "Sato")]


def test_nobody_known():
    assert why("---\n") == [("nobody-known", "")]


def test_somebody_met_but_not_listed_is_known():
    assert why(ONE.replace("with Sato", "with Sato, Abe")) == []


def test_who_left_holds_no_thread():
    gone = "people: [{name: Sato, level: strategic}, {name: Mori, until: 2026-03}]\n---\n## 2026-11-01 visit with Sato\n"
    assert why(gone) == [("one-known", "Sato")]


def test_who_takes_the_chair_later_is_known_once_met():
    later = "people: [{name: Sato, level: strategic}, {name: Mori, since: 2027-04}]\n---\n## 2026-11-01 visit with Sato"
    assert why(later + "\n") == [("one-known", "Sato")]
    assert why(later + ", Mori\n") == []
    boss = "people: [{name: Sato}, {name: Abe}, {name: Mori, level: strategic, since: 2027-04}]\n---\n"
    assert why(boss) == [("no-strategic", "")]


@pytest.mark.parametrize(
    ("met", "thin_"), [("2026-05-18", True), ("2026-05-19", False), ("2026-11-01", False)]
)
def test_the_strategic_person_not_met_for_half_a_year(met, thin_):
    assert why(TWO % met) == ([("strategic-not-lately", "Sato")] if thin_ else [])


def test_the_day_from_which_the_thread_is_thin():
    found = thread_of(TWO % "2026-05-18")
    assert found
    assert not_lately_from(found, CFG) == TODAY
    never = thread_of((TWO % "2026-05-18").replace("visit", "call"))
    assert never
    assert not_lately_from(never, CFG) is None


def test_a_call_is_no_meeting():
    assert why((TWO % "2026-11-01").replace("visit", "call")) == [("strategic-unmet", "Sato")]


def test_nobody_strategic_is_known():
    assert why("people: [{name: Sato}, {name: Mori, level: working}]\n---\n") == [("no-strategic", "")]


def test_small_deals_and_those_not_in_hand_are_silent():
    assert thread_of(ONE, value="9999999") is None
    assert thread_of(ONE, value="") is None
    assert thread_of(ONE, stage="dropped") is None
    assert thread_of(ONE, stage="resting") is None


def test_the_teams_own_numbers_count():
    found = thread_of(TWO % "2026-08-01")
    assert found
    assert thin(found, CFG, TODAY) == ()
    assert [r.kind for r in thin(found, replace(CFG, thread_months=3), TODAY)] == ["strategic-not-lately"]
    assert book(note("a", "---\nvalue: 5\n---\n"), cfg=replace(CFG, large_deal=5)).facts["a"].thread


def test_few_known_needs_no_today():
    one, two = thread_of(ONE), thread_of(TWO % "2026-01-01")
    assert one
    assert two
    assert few_known(one)
    assert few_known(two) is None
