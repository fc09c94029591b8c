from making import client, day, due_of, entry, person, plan, promise, shown

from sitegen.doctrine.facts import Due, Reason


def test_the_earliest_of_all_reasons_and_of_one_day_what_was_agreed_first():
    one = client(
        entry("2026-11-13", people=("Sato",)),
        stage="probable",
        next=plan("2026-12-10"),
        promises=(promise("b", "2026-11-20"), promise("a", "2026-11-20"), promise("c", "2026-12-10")),
        people=(person("Ito", "2026-11-20"),),
    )
    due = due_of(one)
    assert shown(due) == [
        "promise 2026-11-20",
        "promise 2026-11-20",
        "new-face 2026-11-20",
        "cadence 2026-11-20",
        "meeting 2026-12-10",
        "promise 2026-12-10",
    ]
    assert due.date == day("2026-11-20")
    assert [r.text for r in due.reasons[:2]] == ["a", "b"]


def test_at_once_comes_first():
    due = due_of(client(promises=(promise("a", "2026-11-20"),)))
    assert shown(due) == ["cadence at once", "promise 2026-11-20"]
    assert due.at_once


def test_resting_with_nothing_else_is_never_due():
    due = due_of(client(entry("2026-11-13"), stage="resting"))
    assert due == Due(None)
    assert due.never
    assert not due.at_once


def test_a_note_that_cannot_be_read_is_due_at_once():
    assert due_of(client(readable=False, stage="resting")).reasons == (Reason("cadence", None),)
