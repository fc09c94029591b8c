"""R7, the numbers game: what it says of a rep's book, and where it keeps silent."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import (
    CFG,
    DAYS,
    TODAY,
    client,
    day,
    entry,
    facts_of,
    handover,
    line,
    partial,
    plan,
    promise,
    unanswered,
)

from sitegen.config import Config, Product
from sitegen.doctrine.cohorts import cohorts, furthest, quarter, stages_by_month
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.diary import Diary, diary, monday, week_of
from sitegen.doctrine.load import load, reasons_of, workdays_between
from sitegen.doctrine.months import add_months, last_day
from sitegen.doctrine.portfolio import Portfolio, band, pace, portfolio
from sitegen.doctrine.stages import moves, stage_on
from sitegen.model import Client, Rep
from sitegen.notes.note import read_client

REPS = (Rep("tanaka", "Tanaka Yuki", "田中 由紀"), Rep("lee", "Grace Lee"))


def note(text: str, key: str = "a", rep: str = "tanaka") -> Client:
    path = f"content/clients/{rep}/{key}.md"
    return read_client(text.encode(), path, CFG).client


def named(key: str, one: Client) -> Client:
    return replace(one, key=key, path=f"content/clients/tanaka/{key}.md", owner=one.owner or "tanaka")


def kept(*clients: Client, today: dt.date = TODAY) -> Diary:
    return diary(clients, REPS, today)


def of(*clients: Client, rep: str = "tanaka", cfg: Config = CFG, today: dt.date = TODAY) -> Portfolio:
    facts = {c.key: facts_of(c, today, cfg) for c in clients}
    owned = [c for c in clients if c.owner == rep]
    return portfolio(
        rep,
        owned,
        None,
        kept(*clients, today=today),
        lambda c: reasons_of(facts[c.key].due),
        cfg,
        DAYS,
        today,
    )


def test_an_approach_is_a_first_contact_of_this_month() -> None:
    new = named("new", client(entry("2026-11-05"), entry("2026-11-12")))
    old = named("old", client(entry("2026-10-30"), entry("2026-11-10")))
    assert len(of(named("new", client(entry("2026-11-05"), since="2026-11"))).approaches) == 1
    found = of(new, old)
    assert [(d.client.key, str(d.date)) for d in found.approaches] == [("new", "2026-11-05")]
    assert len(found.contacts) == 3


@pytest.mark.parametrize(
    "one",
    [
        client(unanswered("2026-11-05")),
        client(entry("2026-11-05"), visits_before=2),
        client(entry("2026-11-05"), last_visit="2026-10-01"),
        client(last_visit="2026-11-05"),
        client(entry("2026-11-05"), since="2016-03"),
        client(entry("2026-11-25")),
    ],
)
def test_no_approach_where_it_is_not_known_to_be_the_first_contact(one: Client) -> None:
    assert of(named("a", one)).approaches == ()


def test_a_last_visit_later_than_every_entry_is_a_contact() -> None:
    assert len(of(named("a", client(entry("2026-10-01"), last_visit="2026-11-05"))).contacts) == 1
    assert len(of(named("a", client(entry("2026-11-05"), last_visit="2026-11-05"))).contacts) == 1


def test_contacts_count_for_those_who_went() -> None:
    ours = named(
        "a",
        client(
            entry("2026-11-05"),
            entry("2026-11-12"),
            owner="lee",
            handovers=(handover("tanaka", "2026-11-10"),),
        ),
    )
    both = named("b", client(entry("2026-11-06", by=("田中　由紀", "lee")), owner="lee"))
    found = kept(ours, both)
    first, last = day("2026-11-01"), TODAY
    assert [str(d.date) for d in found.between("tanaka", first, last)] == ["2026-11-05", "2026-11-06"]
    assert [str(d.date) for d in found.between("lee", first, last)] == ["2026-11-06", "2026-11-12"]
    assert len(found.between(None, first, last)) == 3


def test_building_below_the_band_keeping_within_it_over_it() -> None:
    def maturing(n: int) -> Portfolio:
        return of(*[named(f"c{i}", client(stage="wtt")) for i in range(n)])

    assert [maturing(n).phase for n in (0, 19, 20, 30, 31)] == [
        "building",
        "building",
        "keeping",
        "keeping",
        "over",
    ]


def test_the_band_is_the_reps_own_or_that_of_most_products() -> None:
    cfg = replace(CFG, products=(Product("Coffee", attractive=True),))
    owned = [client(product="coffee"), client(product="COFFEE"), client(product="leadership"), client()]
    assert (band(owned, None, cfg).low, band(owned, None, cfg).source) == (30, "attractive")
    assert (band(owned[1:], None, cfg).low, band(owned[1:], None, cfg).source) == (20, "hard")
    assert (band(owned, (5, 8), cfg).low, band(owned, (5, 8), cfg).source) == (5, "target")
    assert band([], None, cfg).source == "hard"


def test_the_pace_counts_the_working_days_that_are_left() -> None:
    # from Thursday the 19th: 19, 20, 24 to 27 and 30; Monday the 23rd is a holiday
    found = pace(9, CFG, DAYS, TODAY)
    assert (found.left, found.missing, found.needed) == (7, 51, 8)
    assert pace(60, CFG, DAYS, TODAY).needed == 0
    assert pace(10, CFG, DAYS, day("2026-10-31")).left == 0


def test_next_months_load_follows_the_cadence_from_the_due_date() -> None:
    weekly = named("weekly", client(entry("2026-11-19"), stage="probable"))
    monthly = named("monthly", client(entry("2026-11-19"), stage="wtt"))
    resting = named("resting", client(entry("2026-11-19"), stage="resting"))
    facts = {c.key: facts_of(c) for c in (weekly, monthly, resting)}
    found = load([weekly, monthly, resting], lambda c: reasons_of(facts[c.key].due), CFG, DAYS, TODAY)
    # 26 Nov, then 3, 10, 17, 24 December; the 31st is closed, so it moves to January
    assert [(c.key, n) for c, n in found.clients] == [("weekly", 4), ("monthly", 1)]
    assert (str(found.month), found.contacts, found.workdays, found.room) == ("2026-12-01", 5, 20, 60)
    assert found.by_stage() == {"probable": (1, 4), "wtt": (1, 1)}


def test_a_planned_meeting_and_a_wait_are_heeded_by_the_load() -> None:
    waits = named("waits", client(entry("2026-11-02"), stage="probable", wait_until="2027-02"))
    meets = named("meets", client(entry("2026-11-16"), stage="probable", next=plan("2026-11-27")))
    facts = {c.key: facts_of(c) for c in (waits, meets)}
    assert [
        (c.key, n)
        for c, n in load([waits, meets], lambda c: reasons_of(facts[c.key].due), CFG, DAYS, TODAY).clients
    ] == [("meets", 4)]


def test_winnow_after_three_months_in_approach() -> None:
    old = named("old", client(entry("2026-08-18"), entry("2026-11-02")))
    on_the_day = named("day", client(entry("2026-08-19")))
    talking = named("talking", client(entry("2026-01-10"), stage="wtt"))
    never = named("never", client(since="2025-01"))
    assert [c.key for c in of(old, on_the_day, talking, never).winnow] == ["old"]


def test_slow_where_two_years_brought_no_business() -> None:
    slow = named("slow", client(entry("2024-11-18"), stage="possible"))
    young = named("young", client(entry("2024-11-19"), stage="possible"))
    bought = named("bought", client(entry("2020-01-10", lines=(line("stage", "won"),)), stage="possible"))
    resting = named("resting", client(entry("2020-01-10"), stage="resting"))
    before = named("before", client(entry("2026-01-10"), stage="wtt", visits_before=3, since="2020-03"))
    since = named("since", client(entry("2026-11-05"), stage="wtt", since="2021-03"))
    assert [c.key for c in of(slow, young, bought, resting, before, since).slow] == [
        "before",
        "since",
        "slow",
    ]


def test_stages_are_known_from_stage_lines_only() -> None:
    told = client(
        entry("2026-01-10"),
        entry("2026-03-10", lines=(line("stage", "wtt"),)),
        entry("2026-05-10", lines=(line("stage", "possible"),)),
        stage="possible",
    )
    ways = moves(contacts(told, TODAY))
    assert [(m.before, m.stage) for m in ways] == [("approach", "wtt"), ("wtt", "possible")]
    days = ("2026-02-01", "2026-03-10", "2026-06-01", "2026-11-19")
    assert [stage_on(told, ways, day(d), TODAY) for d in days] == ["approach", "wtt", "possible", "possible"]
    untold = client(entry("2026-01-10"), stage="probable")
    assert [stage_on(untold, (), day(d), TODAY) for d in ("2026-02-01", "2026-11-19")] == ["", "probable"]
    jumped = client(entry("2026-03-10", lines=(line("stage", "dropped"),)), stage="dropped")
    assert stage_on(jumped, moves(contacts(jumped, TODAY)), day("2026-03-01"), TODAY) == ""


def test_stages_by_month_count_for_the_owner_of_the_day() -> None:
    one = named("a", client(entry("2026-01-10"), owner="lee", handovers=(handover("suzuki", "2026-10-15"),)))
    found = stages_by_month([one], kept(one), TODAY, months=3)
    assert [m.stages for m in found["suzuki"]] == [{"approach": 1}, {}, {}]
    assert [m.stages for m in found["lee"]] == [{}, {"approach": 1}, {"approach": 1}]
    assert [str(m.month) for m in found[None]] == ["2026-09-01", "2026-10-01", "2026-11-01"]


def test_cohorts_tell_how_far_each_quarter_came() -> None:
    far = named(
        "far",
        client(entry("2026-07-01"), entry("2026-08-01", lines=(line("stage", "possible"),)), stage="dropped"),
    )
    stays = named("stays", client(entry("2026-09-30")))
    newer = named("newer", client(entry("2026-10-01"), stage="won"))
    before = named("before", client(entry("2026-10-02"), visits_before=1, stage="wtt"))
    never = named("never", client())
    clients = [far, stays, newer, before, never]
    found = cohorts(clients, kept(*clients), TODAY)
    assert [c.quarter for c in found] == [(2026, 4), (2026, 3), None]
    assert [c.reached for c in found] == [(1, 1, 1, 1, 1), (2, 1, 1, 0, 0), (1, 1, 0, 0, 0)]
    assert found[1].now == {"dropped": 1, "approach": 1}


def test_older_quarters_stand_together_and_empty_ones_are_told() -> None:
    clients = [
        named("x", client(entry("2015-02-01"))),
        named("y", client(entry("2024-12-31"))),
        named("z", client(entry("2026-11-01"))),
    ]
    found = cohorts(clients, kept(*clients), TODAY)
    assert [len(c.clients) for c in found] == [1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert [c.older for c in found] == [False] * 8 + [True]
    assert cohorts([], kept(), TODAY) == ()


def test_a_real_note_speaks_and_another_keeps_silent() -> None:
    speaks = note(
        "# A\n\n## 2026-06-01 visit with Ito Haruka\nKind.\n\n## 2026-07-01 call\n- unanswered\n", "a"
    )
    silent = note("---\nstage: wtt\n---\n# B\n\n## 2026-06-01 visit with Mori Jun\n- stage: wtt\n", "b")
    found = of(speaks, silent)
    assert [c.key for c in found.winnow] == ["a"]
    assert found.phase == "building"
    past = kept(speaks, silent).past
    assert (past["a"].contacts, past["a"].unanswered) == (1, 1)
    assert (furthest(speaks, past["a"]), furthest(silent, past["b"])) == (0, 1)


def test_months_as_people_count_them() -> None:
    assert add_months(day("2026-05-31"), -3) == day("2026-02-28")
    assert add_months(day("2026-11-19"), 2) == day("2027-01-19")
    assert (add_months(dt.date.min, -1), add_months(dt.date.max, 1)) == (dt.date.min, dt.date.max)
    assert last_day(day("2028-02-01")) == day("2028-02-29")
    assert quarter(day("2026-03-31")) == (2026, 1)
    assert workdays_between(DAYS, day("2026-11-23"), day("2026-11-29")) == 4


@given(st.dates())
def test_a_week_begins_on_monday(on: dt.date) -> None:
    first = monday(week_of(on))
    assert first.weekday() == 0
    assert 0 <= (on - first).days < 7


DATES = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
ENTRIES = st.lists(
    st.builds(
        lambda d, ok, word: entry(d.isoformat(), answered=ok, lines=(line("stage", word),) if word else ()),
        DATES, st.booleans(), st.sampled_from(["", "", "wtt", "possible", "won", "dropped"]),
    ),
    max_size=8,
)  # fmt: skip


@given(st.lists(ENTRIES, max_size=6), DATES)
def test_nothing_is_counted_twice_or_lost(books: list[list[object]], today: dt.date) -> None:
    clients = [named(f"c{n}", client(*found)) for n, found in enumerate(books)]  # type: ignore[arg-type]
    found = kept(*clients, today=today)
    deeds = [d for weeks in found.deeds[None].values() for d in weeks]
    assert len(deeds) == sum(map(len, books))
    assert sum(d.contact for d in deeds) == sum(e.answered and e.date <= today for b in books for e in b)  # type: ignore[attr-defined]
    assert sum(d.first for d in deeds) == sum(p.begun is not None for p in found.past.values())
    groups = cohorts(clients, found, today)
    assert sum(len(g.clients) for g in groups) == sum(bool(p.contacts) for p in found.past.values())
    assert all(list(g.reached) == sorted(g.reached, reverse=True) for g in groups)


def test_promises_are_found_by_their_week() -> None:
    one = named(
        "a",
        client(
            entry("2026-11-10", promises=(promise("x", "2026-11-20"), promise("y"))),
            promises=(promise("z", "2026-11-16"),),
        ),
    )
    found = kept(one).due("tanaka", week_of(TODAY))
    assert [(k.text, str(k.made)) for k in found] == [
        ("z", "None"),
        ("x", "2026-11-10"),
    ]
    assert partial("2026-11").first() == day("2026-11-01")
