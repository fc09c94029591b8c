from making import client, day, due_of, entry, promise, shown

from sitegen.doctrine.facts import Moved, Reason


def test_an_open_promise_is_due_on_its_date_inside_entries_and_outside():
    one = client(
        entry("2026-11-02", promises=(promise("send the outline", "2026-11-13"),)),
        promises=(promise("call back", "2026-11-05"),),
        stage="probable",
    )
    assert shown(due_of(one)) == ["promise 2026-11-05", "cadence 2026-11-09", "promise 2026-11-13"]
    assert due_of(one).date == day("2026-11-05")
    assert due_of(one).reasons[0].text == "call back"


def test_kept_cancelled_and_undated_ones_are_silent():
    one = client(
        promises=(promise("a", "2026-11-05", "kept"), promise("b", "2026-11-05", "cancelled"), promise("c")),
        stage="resting",
    )
    assert due_of(one).never


def test_on_a_closed_day_the_working_day_before():
    one = client(promises=(promise("a", "2026-11-23"),), stage="resting")
    assert due_of(one).reasons == (
        Reason(
            "promise",
            day("2026-11-20"),
            base=day("2026-11-23"),
            moved=Moved(day("2026-11-23"), "Labor Thanksgiving Day"),
            text="a",
        ),
    )


def test_waits_do_not_move_it():
    one = client(
        entry("2026-11-02"), promises=(promise("a", "2026-11-05"),), stage="dropped", wait_until="2027-06"
    )
    assert shown(due_of(one)) == ["promise 2026-11-05"]
