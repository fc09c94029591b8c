import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from making import TODAY, client, day, entry, handover, line, log, person, unanswered

from sitegen.doctrine.contacts import contacts, met, owner_on, reps_of, to_greet
from sitegen.model import Entry, Person, Where
from sitegen.planning.cells import told
from sitegen.planning.digests import TODAY as TODAY_CELL
from sitegen.planning.digests import days_come
from sitegen.site.trace import SINCE, TRACE, UNTIL, WatchedDay


def test_a_contact_is_answered_and_not_in_the_future():
    one = log(
        client(
            entry("2026-11-20"),
            entry("2026-11-19", "email"),
            unanswered("2026-11-19"),
            entry("2026-10-01", "visit"),
        )
    )
    assert [e.date for e in one.answered] == [day("2026-10-01"), day("2026-11-19")]
    assert [e.date for e in one.to_come] == [day("2026-11-20")]
    assert len(one.past) == 3
    assert (one.first, one.last) == (day("2026-10-01"), day("2026-11-19"))


def test_nothing_written():
    one = log(client())
    assert (one.first, one.last, one.written_until) == (None, None, None)
    assert log(client(unanswered("2026-11-01"))).last is None


def test_last_visit_counts_if_later_and_not_in_the_future():
    assert log(client(last_visit="2026-11-06")).first == day("2026-11-06")
    assert log(client(entry("2026-11-01"), last_visit="2026-11-06")).last == day("2026-11-06")
    assert log(client(entry("2026-11-01"), last_visit="2026-11-06")).first == day("2026-11-01")
    earlier = log(client(entry("2026-11-10"), last_visit="2026-11-06"))
    assert (earlier.first, earlier.last) == (day("2026-11-10"), day("2026-11-10"))
    assert log(client(last_visit="2026-11-20")).last is None
    assert log(client(last_visit="2026-11-19")).last == TODAY


def test_an_entry_written_late_does_not_move_the_last_contact_back():
    assert log(client(entry("2026-10-01"), entry("2026-11-01"), entry("2026-09-01"))).last == day(
        "2026-11-01"
    )


def test_whose_an_entry_was():
    one = client(owner="tanaka", handovers=(handover("suzuki", "2024-04-01"), handover("abe", "2020-04-01")))
    assert owner_on(one, day("2020-03-31")) == "abe"
    assert owner_on(one, day("2020-04-01")) == "suzuki"
    assert owner_on(one, day("2024-03-31")) == "suzuki"
    assert owner_on(one, day("2024-04-01")) == "tanaka"
    assert reps_of(one, entry("2023-01-01")) == ("suzuki",)
    assert reps_of(one, entry("2023-01-01", by=("tanaka", "kato"))) == ("tanaka", "kato")
    assert reps_of(client(), entry("2023-01-01")) == ()


def test_who_was_absent_was_not_met():
    both = entry("2026-11-01", people=("Sato", "Ito"))
    assert met(both) == ("Sato", "Ito")
    absent = entry("2026-11-01", people=("Sato", "Ito"), lines=(line("absent", who="Sato"),))
    assert met(absent) == ("Ito",)


def test_whom_to_greet_the_top_first_then_who_was_in_touch_last():
    top = Person("Sato", level="strategic")
    people = (
        person("Ogawa"),
        person("Mori", until="2026-03"),
        person("Ito"),
        person("Kato"),
        top,
        person("Abe", since="2027-04"),
    )
    entries = (
        entry("2026-11-06", people=("Ito",)),
        entry("2026-09-10", people=("Kato", "Mori")),
        entry("2026-06-02", people=("Ogawa",)),
        entry("2026-12-01", people=("Ogawa",)),
    )
    found = to_greet(client(*entries, people=people), TODAY)
    assert [p.name for p in found] == ["Sato", "Ito", "Kato", "Ogawa"]


def by_hour() -> st.SearchStrategy[Entry]:
    days = st.integers(0, 9).map(lambda n: TODAY + dt.timedelta(days=n - 6))
    return st.builds(
        Entry,
        date=days,
        time=st.sampled_from(["", "09:00", "14:00"]),
        answered=st.booleans(),
        anchor=st.sampled_from("abc"),
        where=st.builds(Where, st.just("x.md"), st.integers(1, 3)),
    )


@settings(deadline=None)
@given(st.lists(by_hour(), max_size=6), st.sampled_from([TODAY, TODAY + dt.timedelta(days=3)]))
def test_entries_are_sorted_by_age_however_they_are_written(entries, today):
    made = client(*entries)
    ordered = sorted(entries, key=lambda e: (e.date, e.time, -e.where.line, e.anchor))
    for _ in range(2):  # who asks again gets the same
        found = contacts(made, today)
        assert list(found.past) == [e for e in ordered if e.date <= today]
        assert list(found.answered) == [e for e in found.past if e.answered]
        assert list(found.to_come) == [e for e in ordered if e.date > today]
    other = client(*entries[1:])
    assert len(contacts(other, today).past) + len(contacts(other, today).to_come) == len(entries[1:])


@given(st.lists(st.integers(-30, 30)), st.one_of(st.none(), st.integers(-30, 30)), st.integers(-5, 5))
def test_who_asks_once_more_hears_which_days_it_hangs_on(days, visit, later):
    ago = [TODAY + dt.timedelta(n) for n in days]
    last = TODAY + dt.timedelta(visit) if visit is not None else None
    one = client(*[entry(f"{d}") for d in ago], last_visit=f"{last}" if last else None)
    contacts(one, TODAY)
    now, then = WatchedDay(TODAY.year, TODAY.month, TODAY.day), TODAY + dt.timedelta(later)
    with TRACE.listening() as cells:
        found = contacts(one, now)
    assert found == contacts(replace(one), TODAY)
    if not any(f"{table}:{d}" in told(cells) for d in come(then) for table in (SINCE, UNTIL)):
        assert contacts(replace(one), then) == found


def come(then):
    return days_come({TODAY_CELL: {"": b"%d" % TODAY.toordinal()}}, then)
