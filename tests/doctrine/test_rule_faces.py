from making import client, day, due_of, entry, line, person, shown, unanswered

from sitegen.doctrine.facts import Moved, Reason


def new(*entries, people, today=None, **more):
    more.setdefault("stage", "resting")
    one = client(*entries, people=people, **more)
    return shown(due_of(one, today) if today else due_of(one))


def test_somebody_new_since_the_last_contact_with_them():
    met = entry("2026-03-10", people=("Ito",))
    assert new(met, people=(person("Ito", "2026-04"),)) == ["new-face 2026-04-01"]
    assert new(entry("2026-04-01", people=("Ito",)), met, people=(person("Ito", "2026-04"),)) == []
    one = due_of(client(met, people=(person("Ito", "2026-04-04"),), stage="resting"))
    assert one.reasons == (
        Reason(
            "new-face",
            day("2026-04-06"),
            base=day("2026-04-04"),
            moved=Moved(day("2026-04-04"), "saturday"),
            text="Ito",
            people=("Ito",),
        ),
    )


def test_an_unanswered_call_or_an_absence_is_no_greeting():
    ito = (person("Ito", "2026-04"),)
    first = entry("2026-01-10", people=("Sato",))
    assert new(first, unanswered("2026-05-01", people=("Ito",)), people=ito) == ["new-face 2026-04-01"]
    absent = entry("2026-05-01", people=("Ito", "Sato"), lines=(line("absent", who="Ito"),))
    assert new(first, absent, people=ito) == ["new-face 2026-04-01"]
    assert new(first, entry("2026-12-01", people=("Ito",)), people=ito)[0] == "new-face 2026-04-01"


def test_never_named_only_if_later_than_the_beginning():
    meet = entry("2026-03-10", people=("Sato",))
    assert new(meet, people=(person("Ito", "2026-03-11"),)) == ["new-face 2026-03-11"]
    assert new(meet, people=(person("Ito", "2026-03-10"),)) == []
    assert new(meet, people=(person("Sato", "2014"), person("Ito", "2014"))) == []


def test_the_beginning_is_the_earlier_of_first_contact_and_since():
    meet = entry("2026-03-10")
    assert new(meet, people=(person("Ito", "2020-02-03"),), since="2016-03") == ["new-face 2020-02-03"]
    assert new(people=(person("Ito", "2020-02-03"),), since="2016-03") == ["new-face 2020-02-03"]
    assert new(meet, people=(person("Ito", "2020-02-03"),), since="2027-03") == []
    assert new(people=(person("Ito", "2020-02-03"),), last_visit="2020-01-06") == ["new-face 2020-02-03"]


def test_the_same_month_is_no_later_whatever_weekday_it_begins_on():
    assert new(people=(person("Ito", "2026-08"),), since="2026-08") == []  # August 1 is a Saturday
    assert new(people=(person("Ito", "2026-08"),), since="2026-08-01") == []


def test_no_relationship_no_new_face():
    assert new(people=(person("Ito", "2026-04"),)) == []


def test_somebody_gone_is_greeted_no_more():
    meet = entry("2026-03-10")
    assert new(meet, people=(person("Ito", "2026-04", "2026-11-18"),)) == []
    assert new(meet, people=(person("Ito", "2026-04", "2026-11-19"),)) == ["new-face 2026-04-01"]
    assert new(meet, people=(person("Ito", "2026-04", "2026-11"),)) == ["new-face 2026-04-01"]
    assert new(meet, people=(person("Ito", "2026-04", "2026-11"),), today=day("2026-12-01")) == []


def test_nobody_without_since():
    assert new(entry("2026-03-10"), people=(person("Ito"),)) == []


def test_waits_do_not_move_it():
    assert new(
        entry("2026-03-10"), people=(person("Ito", "2026-04"),), wait_until="2027-01", stage="probable"
    ) == [
        "new-face 2026-04-01",
        "cadence 2027-01-04",
    ]
