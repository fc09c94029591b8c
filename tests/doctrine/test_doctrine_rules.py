"""The table of rules, one client with everything, and what must hold for every client."""

import datetime as dt
import inspect
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import CFG, DAYS, TODAY, client, day, entry, facts_of, line, person, plan, promise

from sitegen.doctrine.due import due
from sitegen.doctrine.facts import Qualified
from sitegen.doctrine.rules import RULES
from sitegen.model import STAGES, Backer, Client, Entry, Line, PartialDate, Person, Plan, Promise, Where


def test_every_rule_gives_the_articles_reason():
    for rule in RULES:
        doc = inspect.getmodule(rule.function).__doc__
        assert doc.startswith(f"{rule.number}, "), rule
        assert "Article A" in doc or "Article B" in doc, rule
        assert rule.reason.endswith(".")
    numbers = [int(r.number[1:]) for r in RULES]
    assert numbers[:-1] == sorted(numbers[:-1])
    assert RULES[-1].function is due


def test_the_facts_of_the_sample_note():
    yamato = client(
        entry(
            "2026-11-06",
            people=("Ito Haruka",),
            lines=(line("need", "telephone manners", "Ito Haruka"),),
            promises=(promise("send the basics outline", "2026-11-13"),),
        ),
        entry("2026-06-18", "meeting", people=("Ito Haruka", "Kato Ken")),
        entry(
            "2026-01-15",
            "meeting",
            people=("Sato Kenji",),
            business=True,
            lines=(line("postponed", "June", until="2026-06"),),
        ),
        since="2016-03",
        visits_before=5,
        stage="probable",
        size="large",
        people=(
            person("Sato Kenji", "2014"),
            person("Mori Jun", "2021", "2026-03"),
            person("Ito Haruka", "2026-04"),
        ),
        next=plan("2026-11-20", step="bring the basics outline"),
    )
    found = facts_of(yamato)
    assert [(r.kind, str(r.date)) for r in found.due.reasons] == [
        ("promise", "2026-11-13"),
        ("meeting", "2026-11-20"),
    ]
    assert (found.visits.count, found.visits.left, found.visits.still_there) == (8, 2, 3)
    assert found.visits.early_business == (day("2026-01-15"), 6)
    assert (found.perseverance.streak, len(found.perseverance.months)) == (1, 11)
    assert found.qualified == Qualified("large")
    assert (found.first_contact, found.last_contact) == (day("2026-01-15"), day("2026-11-06"))
    assert (found.last_said, found.said_by) == ("telephone manners", "Ito Haruka")
    assert found.next_step == "bring the basics outline"


def test_an_empty_note_has_facts():
    found = facts_of(client())
    assert found.due.at_once
    assert (found.first_contact, found.last_contact, found.last_said, found.next_step) == (None, None, "", "")


patiently = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""Notes are large and the machine may be busy: what counts is that nothing breaks."""

NAMES = st.sampled_from(["Ito", "Sato", "Kato", "森"])
NEAR = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
ANY = st.one_of(NEAR, NEAR, NEAR, st.dates())


@st.composite
def partials(draw, dates=ANY):
    date = draw(dates)
    return draw(
        st.sampled_from(
            [
                PartialDate(date.year),
                PartialDate(date.year, date.month),
                PartialDate(date.year, date.month, date.day),
            ]
        )
    )


def maybe(strategy):
    return st.one_of(st.none(), strategy)


WORDS = st.sampled_from(["need", "no", "postponed", "absent", "assumed", "confirmed", "briefed"])


def clients(dates=ANY):
    lines = st.builds(
        Line, WORDS, st.sampled_from(["", "x", "y"]), st.one_of(st.just(""), NAMES), maybe(partials(dates))
    )
    promises = st.builds(
        Promise,
        st.sampled_from(["p", "q"]),
        st.sampled_from(["open", "open", "kept", "cancelled"]),
        maybe(dates),
    )
    entries = st.builds(
        Entry,
        dates,
        time=st.sampled_from(["", "09:00"]),
        face_to_face=st.booleans(),
        people=st.lists(NAMES, max_size=3).map(tuple),
        answered=st.booleans(),
        business=st.booleans(),
        lines=st.lists(lines, max_size=3).map(tuple),
        promises=st.lists(promises, max_size=2).map(tuple),
        gist=st.sampled_from(["", "g", "h"]),
    )

    def placed(found: list[Entry]) -> tuple[Entry, ...]:
        return tuple(
            replace(e, anchor=f"{e.date}-{i}", where=Where("a.md", i + 1)) for i, e in enumerate(found)
        )

    return st.builds(
        Client,
        key=st.just("a"),
        path=st.just("a.md"),
        name=st.just("A"),
        stage=st.sampled_from([*STAGES, "?"]),
        since=maybe(partials(dates)),
        visits_before=st.integers(0, 12),
        last_visit=maybe(dates),
        size=st.sampled_from(["", "large", "mid", "small"]),
        backers=st.lists(st.builds(Backer, NAMES, st.sampled_from(["", "mid", "large"])), max_size=2).map(
            tuple
        ),
        people=st.lists(
            st.builds(Person, NAMES, since=maybe(partials(dates)), until=maybe(partials(dates))), max_size=3
        ).map(tuple),
        next=maybe(st.builds(Plan, dates, people=st.lists(NAMES, max_size=2).map(tuple))),
        wait_until=maybe(partials(dates)),
        entries=st.lists(entries, max_size=8).map(placed),
        promises=st.lists(promises, max_size=2).map(tuple),
        readable=st.sampled_from([True, True, True, False]),
    )


@patiently
@given(clients(), ANY)
def test_facts_never_raise_and_the_due_date_is_the_earliest_reason(one, today):
    found = facts_of(one, today).due
    dates = [r.date for r in found.reasons]
    assert found.date == (None if None in dates or not dates else min(dates))
    assert dates == sorted(dates, key=lambda d: d or dt.date.min)
    assert found.at_once == (None in dates)


@patiently
@given(clients(), NEAR)
def test_a_cadence_date_is_never_closed(one, today):
    for reason in facts_of(one, today).due.reasons:
        if reason.kind in {"cadence", "new-face"} and reason.date and reason.date < dt.date(9999, 12, 1):
            assert DAYS.closed(reason.date) == ""
            assert not reason.moved or reason.moved.name == DAYS.closed(reason.moved.on) != ""


@patiently
@given(clients(), NEAR)
def test_the_arithmetic_that_is_shown_gives_the_date(one, today):
    for reason in facts_of(one, today).due.reasons:
        if reason.kind == "cadence" and reason.date and reason.date.year < 9999:
            start = [reason.base + dt.timedelta(days=reason.days)] if reason.base else []
            assert all(w.until > d for w in reason.waits for d in start)
            latest = max(start + [w.until for w in reason.waits])
            assert reason.date == DAYS.next_open(latest)
            assert reason.moved is None or reason.moved.on == latest


@patiently
@given(clients(NEAR), st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)), st.data())
def test_the_order_of_entries_does_not_matter(one, today, data):
    shuffled = replace(one, entries=tuple(data.draw(st.permutations(one.entries))))
    assert facts_of(shuffled, today) == facts_of(one, today)


@patiently
@given(clients(st.dates(dt.date(2024, 1, 1), TODAY)), st.integers(0, 800), st.integers(0, 800))
def test_another_day_changes_nothing_unless_dates_were_still_to_come(one, first, second):
    # Nobody's last day is today or later, a month or a year counted to its end.
    people = tuple(p for p in one.people if p.until is None or p.until.last() < TODAY)
    one = replace(one, people=people)
    days = [TODAY + dt.timedelta(days=n) for n in (first, second)]
    assert facts_of(one, days[0]) == facts_of(one, days[1])


@patiently
@given(clients(NEAR), NEAR)
def test_no_client_in_a_stage_with_a_rhythm_is_ever_lost(one, today):
    if one.stage in CFG.cadence or one.stage == "?":
        assert not facts_of(one, today).due.never
