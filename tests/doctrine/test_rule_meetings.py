from making import client, day, due_of, entry, plan, shown, unanswered

from sitegen.doctrine.facts import Reason


def test_a_planned_meeting_takes_the_cadences_place():
    one = client(
        entry("2026-11-06"),
        stage="probable",
        next=plan("2026-11-20", time="10:00", people=("Ito",), step="outline"),
    )
    assert due_of(one).reasons == (
        Reason(
            "meeting",
            day("2026-11-20"),
            base=day("2026-11-20"),
            text="meeting",
            time="10:00",
            people=("Ito",),
        ),
    )


def test_only_up_to_one_more_cadence_past_its_date():
    # 2026-11-06 + 7 = Friday the 13th; one more cadence is Friday the 20th.
    assert shown(due_of(client(entry("2026-11-06"), stage="probable", next=plan("2026-11-20")))) == [
        "meeting 2026-11-20"
    ]
    assert shown(due_of(client(entry("2026-11-06"), stage="probable", next=plan("2026-11-21")))) == [
        "cadence 2026-11-13",
        "meeting 2026-11-21",
    ]


def test_one_more_cadence_counts_from_the_final_date():
    # 2026-11-16 + 7 is a holiday: the 24th; one more cadence is December 1.
    one = client(entry("2026-11-16"), stage="probable", next=plan("2026-12-01"))
    assert shown(due_of(one)) == ["meeting 2026-12-01"]
    waiting = client(entry("2026-11-06"), stage="probable", wait_until="2026-12-01", next=plan("2026-12-08"))
    assert shown(due_of(waiting)) == ["meeting 2026-12-08"]


def test_a_meeting_sooner_than_the_cadence_takes_its_place_too():
    one = client(entry("2026-11-06"), stage="wtt", next=plan("2026-11-20"))
    assert shown(due_of(one)) == ["meeting 2026-11-20"]


def test_an_entry_to_come_is_a_plan():
    one = client(
        entry("2026-11-06"), entry("2026-11-20", "call", people=("Ito",), title="outline"), stage="probable"
    )
    assert due_of(one).reasons == (
        Reason("meeting", day("2026-11-20"), base=day("2026-11-20"), text="call", people=("Ito",)),
    )
    assert shown(due_of(one, day("2026-11-20"))) == ["cadence 2026-11-27"]


def test_told_twice_is_one_meeting():
    one = client(
        entry("2026-11-06"), entry("2026-11-20", time="10:00"), stage="probable", next=plan("2026-11-20")
    )
    assert shown(due_of(one)) == ["meeting 2026-11-20"]
    two = client(entry("2026-11-20", time="10:00"), stage="probable", next=plan("2026-11-20", time="16:00"))
    assert shown(due_of(two)) == ["meeting 2026-11-20", "meeting 2026-11-20"]


def test_on_a_closed_day_it_stays():
    one = client(entry("2026-11-17"), stage="probable", next=plan("2026-11-22"))
    assert due_of(one).reasons[0].moved is None
    assert due_of(one).date == day("2026-11-22")


def test_once_passed_without_an_entry_write_it_up():
    one = client(entry("2026-10-06"), stage="probable", next=plan("2026-10-16"))
    assert shown(due_of(one)) == ["meeting 2026-10-16"]


def test_written_up_it_is_done_with():
    done = plan("2026-11-06")
    assert shown(due_of(client(entry("2026-11-06"), stage="probable", next=done))) == ["cadence 2026-11-13"]
    assert shown(due_of(client(entry("2026-11-08"), stage="probable", next=done))) == ["cadence 2026-11-16"]
    assert shown(due_of(client(last_visit="2026-11-06", stage="probable", next=done))) == [
        "cadence 2026-11-13"
    ]
    stood_up = client(entry("2026-11-02"), unanswered("2026-11-06"), stage="probable", next=done)
    assert shown(due_of(stood_up)) == ["cadence 2026-11-09"]


def test_an_entry_the_day_before_does_not_write_it_up():
    one = client(entry("2026-11-05"), stage="probable", next=plan("2026-11-06"))
    assert shown(due_of(one)) == ["meeting 2026-11-06"]


def test_never_contacted_meet_them_at_the_meeting():
    assert shown(due_of(client(next=plan("2027-06-01")))) == ["meeting 2027-06-01"]
    assert shown(due_of(client(entry("2027-06-01")))) == ["meeting 2027-06-01"]
    assert shown(due_of(client(since="2026-11-02", next=plan("2026-12-02")))) == ["meeting 2026-12-02"]
    assert shown(due_of(client(since="2026-11-02", next=plan("2026-12-03")))) == [
        "cadence 2026-11-02",
        "meeting 2026-12-03",
    ]


def test_resting_keeps_its_meetings():
    assert shown(due_of(client(entry("2026-11-02"), stage="resting", next=plan("2026-12-02")))) == [
        "meeting 2026-12-02"
    ]
