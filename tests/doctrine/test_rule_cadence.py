import pytest
from making import client, day, due_of, entry, line, shown, unanswered

from sitegen.config import Closed, Config
from sitegen.doctrine.facts import Moved, Reason, Wait


@pytest.mark.parametrize(
    ("stage", "date"),
    [
        ("approach", "2026-12-02"),
        ("wtt", "2026-12-02"),
        ("possible", "2026-11-16"),
        ("probable", "2026-11-09"),
        ("won", "2026-12-02"),
    ],
)
def test_the_rhythm_of_the_stage(stage, date):
    due = due_of(client(entry("2026-11-02"), stage=stage))
    assert due.date == day(date)
    assert due.reasons[0].base == day("2026-11-02")
    assert due.reasons[0].moved is None


@pytest.mark.parametrize("stage", ["resting", "dropped"])
def test_resting_and_dropped_are_never_due_by_it(stage):
    due = due_of(client(entry("2026-11-02"), stage=stage))
    assert due.never
    assert due_of(client(stage=stage, wait_until="2026-12")).never


def test_a_closed_day_moves_it_to_the_next_working_day():
    due = due_of(client(entry("2026-11-16"), stage="probable"))
    assert due.reasons == (
        Reason(
            "cadence",
            day("2026-11-24"),
            base=day("2026-11-16"),
            days=7,
            moved=Moved(day("2026-11-23"), "Labor Thanksgiving Day"),
        ),
    )


def test_never_contacted_is_due_at_once():
    due = due_of(client())
    assert due.reasons == (Reason("cadence", None),)
    assert due.at_once


def test_never_contacted_since_a_day():
    assert due_of(client(since="2026-11-18")).reasons == (
        Reason("cadence", day("2026-11-18"), base=day("2026-11-18")),
    )
    closed = due_of(client(since="2026-11-21")).reasons[0]
    assert (closed.date, closed.base) == (day("2026-11-24"), day("2026-11-21"))
    assert closed.moved == Moved(day("2026-11-21"), "saturday")
    month = due_of(client(since="2026-11")).reasons[0]
    assert (month.date, month.base, month.moved) == (day("2026-11-02"), day("2026-11-02"), None)
    assert due_of(client(since="2026")).date == day("2026-01-05")


def test_never_contacted_told_to_wait():
    due = due_of(client(wait_until="2026-12"))
    assert due.reasons[0].waits == (Wait("wait", day("2026-12-01")),)
    assert due.reasons[0].base is None
    assert due.date == day("2026-12-01")
    assert due_of(client(wait_until="2026-12", since="2026-10")).date == day("2026-12-01")
    assert due_of(client(wait_until="2026-09", since="2026-10")).date == day("2026-10-01")


def test_since_says_nothing_once_there_was_a_contact():
    assert due_of(client(entry("2026-11-02"), stage="probable", since="2026-12-01")).date == day("2026-11-09")


def test_waits_hold_it_back_only_where_later():
    late = due_of(client(entry("2026-11-02"), stage="probable", wait_until="2026-11-20")).reasons[0]
    assert (late.date, late.waits) == (day("2026-11-20"), (Wait("wait", day("2026-11-20")),))
    same = due_of(client(entry("2026-11-02"), stage="probable", wait_until="2026-11-09")).reasons[0]
    assert (same.date, same.waits) == (day("2026-11-09"), ())
    early = due_of(client(entry("2026-11-02"), stage="probable", wait_until="2026-11-03")).reasons[0]
    assert (early.date, early.waits) == (day("2026-11-09"), ())


def test_a_wait_on_a_closed_day():
    reason = due_of(client(entry("2026-11-02"), stage="probable", wait_until="2026-11-21")).reasons[0]
    assert reason.date == day("2026-11-24")
    assert reason.waits == (Wait("wait", day("2026-11-21")),)
    assert reason.moved == Moved(day("2026-11-21"), "saturday")
    month = due_of(client(entry("2026-11-02"), stage="probable", wait_until="2027-01")).reasons[0]
    assert (month.date, month.moved) == (day("2027-01-04"), None)


def test_postponed_by_the_newest_entry_that_has_a_date():
    june = line("postponed", "June", until="2026-06")
    march = line("postponed", "March", until="2026-03")
    newer = client(entry("2026-02-10", lines=(march,)), entry("2026-01-15", lines=(june,)), stage="probable")
    assert due_of(newer).date == day("2026-03-02")
    undated = client(
        entry("2026-02-10", lines=(line("postponed", "some day"),)),
        entry("2026-01-15", lines=(june,)),
        stage="probable",
    )
    assert due_of(undated).reasons[0].waits == (Wait("postponed", day("2026-06-01")),)
    tried = client(entry("2026-01-15"), unanswered("2026-01-20", lines=(june,)), stage="probable")
    assert due_of(tried).date == day("2026-06-01")


def test_a_postponement_in_a_plan_has_not_happened():
    plan = entry("2026-12-24", lines=(line("postponed", "June", until="2027-06"),))
    assert shown(due_of(client(entry("2026-11-02"), plan, stage="probable")))[0] == "cadence 2026-11-09"


def test_all_waits_in_force_are_told():
    one = client(
        entry("2026-11-02", lines=(line("postponed", "", until="2026-11-25"),)),
        stage="probable",
        wait_until="2026-11-12",
    )
    reason = due_of(one).reasons[0]
    assert reason.date == day("2026-11-25")
    assert [w.kind for w in reason.waits] == ["wait", "postponed"]


def test_the_teams_numbers_and_days():
    cfg = Config(closed=(Closed(day("2026-11-09"), day("2026-11-10"), "Move"),))
    reason = due_of(client(entry("2026-11-02"), stage="probable"), cfg=cfg).reasons[0]
    assert (reason.date, reason.moved) == (day("2026-11-11"), Moved(day("2026-11-09"), "Move"))


def test_a_no_never_drops_a_client():
    one = client(entry("2026-11-02", lines=(line("no", "never again"),)), stage="probable")
    assert due_of(one).date == day("2026-11-09")


def test_an_unknown_stage_loses_no_client():
    assert due_of(client(entry("2026-11-02"), stage="warm")).date == day("2026-12-02")


def test_put_off_twice_in_one_entry_the_last_word_counts():
    lines = (line("postponed", "June", until="2026-06"), line("postponed", "no, May", until="2026-05"))
    assert due_of(client(entry("2026-01-15", lines=lines), stage="probable")).date == day("2026-05-01")
