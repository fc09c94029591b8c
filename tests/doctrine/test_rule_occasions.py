"""The seasons' rounds: which come when, whom they are for and who was seen."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CFG, TODAY, client, day, entry, unanswered

from sitegen.config import Occasion
from sitegen.doctrine.occasions import greetings, rounds
from sitegen.model import Client


def named(today: str) -> list[tuple[str, str, bool]]:
    return [(r.occasion.name, str(r.window.first), r.running) for r in rounds(CFG, day(today))]


def test_the_next_window_of_each_the_earliest_first():
    assert named("2026-11-19") == [
        ("お歳暮", "2026-12-01", False),
        ("年始回り", "2027-01-04", False),
        ("新年度のご挨拶", "2027-04-01", False),
        ("お中元", "2027-07-01", False),
    ]


@pytest.mark.parametrize(
    ("today", "running"), [("2026-12-01", True), ("2026-12-20", True), ("2026-12-21", False)]
)
def test_a_window_runs_on_both_its_ends(today: str, running: bool):
    assert ("お歳暮" in [name for name, _, on in named(today) if on]) is running


def test_a_window_across_the_years_end():
    cfg = replace(CFG, occasions=(Occasion("冬", (12, 20), (1, 10)),))
    for today in ("2026-12-20", "2027-01-10"):
        (one,) = rounds(cfg, day(today))
        assert (str(one.window.first), str(one.window.last), one.running) == (
            "2026-12-20",
            "2027-01-10",
            True,
        )
    (one,) = rounds(cfg, day("2027-01-11"))
    assert (str(one.window.first), str(one.before.first)) == ("2027-12-20", "2026-12-20")


def check(
    one: Client, gift: bool = True, today: dt.date = dt.date(2026, 12, 10), stages: tuple[str, ...] = ("won",)
):
    cfg = replace(CFG, occasions=(Occasion("お歳暮", (12, 1), (12, 20), stages, gift),))
    return greetings(rounds(cfg, today)[0], [one], today)


def test_a_gift_or_a_visit_in_the_window_is_done():
    for seen in (entry("2026-12-02", "gift", answered=False), entry("2026-12-02")):
        (row,) = check(client(seen, stage="won"))
        assert (row.gift, row.done) == ("bring", (day("2026-12-02"), "2026-12-02"))


def test_neither_a_call_nor_a_shut_door_nor_a_plan_is_done():
    one = client(
        entry("2026-12-11"), entry("2026-12-02", "call"), unanswered("2026-12-03", face_to_face=True), stage="won"
    )  # fmt: skip
    (row,) = check(one)
    assert row.done is None


def test_last_years_round_is_told():
    (row,) = check(client(entry("2025-12-09"), stage="won"))
    assert (row.done, row.last_year) == (None, (day("2025-12-09"), "2025-12-09"))


def test_who_accepts_no_gifts_is_told_apart():
    assert [row.gift for row in check(client(stage="won", gifts=False))] == ["none"]
    assert [row.gift for row in check(client(stage="won"), gift=False)] == [""]


def test_other_stages_and_the_dropped_are_left_out():
    assert check(client(stage="wtt")) == ()
    assert check(client(stage="dropped"), stages=()) == ()
    assert len(check(client(stage="resting"), stages=())) == 1


@given(
    st.dates(),
    st.tuples(st.integers(1, 12), st.integers(1, 31)),
    st.tuples(st.integers(1, 12), st.integers(1, 31)),
)
def test_any_window_on_any_day(today: dt.date, first: tuple[int, int], last: tuple[int, int]):
    cfg = replace(CFG, occasions=(Occasion("x", first, last),))
    for one in rounds(cfg, today):
        assert one.window.first <= one.window.last
        assert today <= one.window.last
        assert one.running == (one.window.first <= today)
    assert TODAY.year > 9000 or today.year > 9996 or rounds(cfg, today)
