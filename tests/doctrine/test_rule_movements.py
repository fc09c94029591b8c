"""R7: what lines and commits together tell of a client's way, and what is counted from it."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, client, day, entry, handover, line

from sitegen.doctrine.cohorts import furthest, stages_by_month
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.conversion import conversions
from sitegen.doctrine.diary import Diary, diary, moves_between
from sitegen.doctrine.movements import kind_of, stays, tally
from sitegen.doctrine.stages import moves, stage_on, way
from sitegen.doctrine.written_up import of_weeks, usual
from sitegen.model import STAGES, Client, Entry, Rep
from sitegen.past import Change, Edit, History, NoteHistory, in_order

REPS = (Rep("tanaka", "Tanaka Yuki", "田中 由紀"), Rep("lee", "Grace Lee"))
PATH = "content/clients/tanaka/a.md"


def edit(date: str, *changes: tuple[str, str, str], author: str = "Tanaka Yuki", rep: str = "tanaka", **more: object) -> Edit:  # fmt: skip
    days = tuple(day(text) for text in more.pop("entries", ()))  # type: ignore[attr-defined]
    made = tuple(Change(*change) for change in changes)
    return Edit(day(date), "09:00", author, rep, "0" * 40, made, entries=days, **more)  # type: ignore[arg-type]


def born(date: str, **more: object) -> Edit:
    return edit(date, created=True, **more)  # type: ignore[arg-type]


def staged(date: str, old: str, new: str, **more: object) -> Edit:
    return edit(date, ("stage", old, new), **more)  # type: ignore[arg-type]


def past(*oldest_first: Edit, dirty: bool = False) -> NoteHistory:
    return NoteHistory(tuple(reversed(oldest_first)), dirty)


def says(date: str, stage: str, **more: object) -> Entry:
    return entry(date, lines=(line("stage", stage),), **more)


def told(history: NoteHistory, *entries: Entry, stage: str = "possible") -> list[str]:
    """Movements in one line each."""
    found = moves(contacts(client(*entries, stage=stage), TODAY), history, stage)
    return [f"{m.date} {m.before}>{m.stage} {m.source}" for m in found]


def test_a_wrong_clock_does_not_turn_the_way_round():
    right = (born("2024-01-10"), staged("2024-03-05", "approach", "wtt"))
    late = staged("1990-01-01", "wtt", "possible", author="Grace Lee")
    assert told(past(*right, late)) == ["2024-03-05 approach>wtt git", "2024-03-05 wtt>possible git"]
    ahead = staged("2026-09-09", "approach", "wtt")
    then = staged("2024-03-05", "wtt", "possible")
    more = edit("2024-04-01", ("size", "", ""))
    way_ = ["2024-01-10 approach>wtt git", "2024-03-05 wtt>possible git"]
    assert told(past(born("2024-01-10"), ahead, then, more)) == way_


@given(st.lists(st.integers(0, 40), max_size=8))
def test_days_in_order_never_go_back_and_keep_the_edits(days: list[int]):
    edits = tuple(edit(str(dt.date(2024, 1, 1) + dt.timedelta(n)), author=str(i)) for i, n in enumerate(days))
    found = in_order(edits[::-1])
    assert [one.author for _, one in found] == [one.author for one in edits]
    assert all(one[0] <= after[0] for one, after in pairwise(found))
    assert {day for day, _ in found} <= {one.day for one in edits}
    if [one.day for one in edits] == sorted(one.day for one in edits):
        assert [day for day, _ in found] == [one.day for one in edits]


def kept(*clients: Client, **notes: NoteHistory) -> Diary:
    paths = {f"content/clients/tanaka/{key}.md": note for key, note in notes.items()}
    return diary(clients, REPS, TODAY, History("whole", notes=paths))


def named(key: str, one: Client, **more: object) -> Client:
    path = f"content/clients/tanaka/{key}.md"
    return replace(one, key=key, path=path, owner=one.owner or "tanaka", **more)  # type: ignore[arg-type]


def test_a_commit_moves_where_no_line_tells() -> None:
    history = past(born("2026-01-10"), staged("2026-03-02", "approach", "wtt"), staged("2026-06-01", "wtt", "possible"))  # fmt: skip
    assert told(history) == ["2026-03-02 approach>wtt git", "2026-06-01 wtt>possible git"]


def test_the_first_version_is_the_beginning_and_not_a_movement() -> None:
    assert told(past(born("2026-01-10"))) == []
    assert told(past(born("2026-01-10")), says("2026-05-01", "possible")) == []


@pytest.mark.parametrize("committed", ["2026-03-02", "2026-03-05", "2026-06-30"])
def test_a_line_wins_over_the_day_of_its_commit(committed: str) -> None:
    history = past(born("2026-01-10"), staged(committed, "approach", "wtt"))
    assert told(history, says("2026-03-02", "wtt"), stage="wtt") == ["2026-03-02 approach>wtt line"]


def test_a_line_that_repeats_what_was_just_committed_tells_its_day() -> None:
    history = past(born("2026-01-10"), staged("2026-03-02", "approach", "wtt"))
    assert told(history, says("2026-03-20", "wtt"), stage="wtt") == ["2026-03-20 approach>wtt line"]
    assert told(history, says("2026-08-20", "wtt"), stage="wtt") == ["2026-03-02 approach>wtt git"]


def test_several_stages_written_up_in_one_go_are_several_movements() -> None:
    history = past(born("2026-01-10"), staged("2026-03-09", "approach", "possible", entries=("2026-03-02", "2026-03-05")))  # fmt: skip
    lines = says("2026-03-02", "wtt"), says("2026-03-05", "possible")
    assert told(history, *lines) == ["2026-03-02 approach>wtt line", "2026-03-05 wtt>possible line"]


def test_a_change_committed_in_between_happened_no_later_than_the_line() -> None:
    history = past(born("2026-01-10"), staged("2026-03-05", "approach", "wtt"), staged("2026-03-09", "wtt", "possible"))  # fmt: skip
    found = told(history, says("2026-03-02", "possible"))
    assert found == ["2026-03-02 approach>wtt git", "2026-03-02 wtt>possible line"]


def test_an_entry_that_came_with_the_commit_is_meant_however_old() -> None:
    history = past(born("2025-01-10"), staged("2026-05-05", "approach", "wtt"), staged("2026-09-01", "wtt", "possible", entries=("2026-02-02",)))  # fmt: skip
    found = told(history, says("2026-02-02", "possible"))
    assert found == ["2026-02-02 approach>wtt git", "2026-02-02 wtt>possible line"]


def test_a_line_older_than_the_note_is_a_movement_of_its_own() -> None:
    history = past(born("2024-01-10"), staged("2025-05-05", "wtt", "possible"))
    found = told(history, says("2019-03-01", "possible"))
    assert found == ["2019-03-01 >possible line", "2025-05-05 wtt>possible git"]


def test_there_and_back_within_a_day_comes_to_nothing() -> None:
    slip = (staged("2026-03-02", "approach", "won"), staged("2026-03-02", "won", "approach"))
    assert told(past(born("2026-01-10"), *slip), stage="approach") == []
    by_two = (slip[0], replace(slip[1], author="Grace Lee", rep="lee"))
    assert len(told(past(born("2026-01-10"), *by_two), stage="approach")) == 2
    jump = (staged("2026-03-02", "approach", "wtt"), staged("2026-03-02", "wtt", "possible"))
    assert told(past(born("2026-01-10"), *jump)) == ["2026-03-02 approach>possible git"]


def test_a_stage_that_could_not_be_read_for_a_while_is_no_movement() -> None:
    history = past(born("2026-01-10"), staged("2026-03-02", "wtt", ""), staged("2026-03-20", "", "wtt"))
    assert told(history, stage="wtt") == []


def test_who_moved_it() -> None:
    history = past(
        born("2026-01-10"),
        staged("2026-03-09", "approach", "wtt"),
        staged("2026-05-01", "wtt", "possible", author="Mori Jun", rep=""),
    )
    one = named("a", client(says("2026-03-02", "wtt", by=("田中　由紀", "lee")), stage="possible"))
    found = kept(one, a=history).past["a"].moves
    assert [m.who for m in found] == [("tanaka", "lee"), ("Mori Jun",)]


def test_a_commit_counts_for_the_owner_of_its_day_a_line_for_those_who_went() -> None:
    history = past(born("2026-01-10"), staged("2026-11-17", "approach", "wtt", author="Mori Jun", rep=""))
    given = client(stage="wtt", owner="lee", handovers=(handover("tanaka", "2026-11-18"),))
    one = named("a", given)
    two = named("b", client(says("2026-11-17", "wtt", by=("lee",)), stage="wtt"))
    found = kept(one, two, a=history)
    first, last = day("2026-11-16"), TODAY
    assert [c.key for c, _ in moves_between(found, "tanaka", first, last)] == ["a"]
    assert [c.key for c, _ in moves_between(found, "lee", first, last)] == ["b"]
    assert [c.key for c, _ in moves_between(found, None, first, last)] == ["a", "b"]


def test_less_of_the_past_is_unknown_with_commits() -> None:
    history = past(born("2026-02-10"), staged("2026-05-04", "wtt", "possible"))
    one = client(entry("2026-01-10"), stage="possible")
    trodden = way(contacts(one, TODAY), history, one.stage)
    days = ("2026-01-20", "2026-02-10", "2026-05-03", "2026-05-04", "2026-11-19")
    found = [stage_on(one, trodden.moves, day(d), TODAY, trodden.began) for d in days]
    assert found == ["", "wtt", "wtt", "possible", "possible"]
    quiet = way(contacts(one, TODAY), past(born("2026-02-10")), one.stage)
    found = [stage_on(one, quiet.moves, day(d), TODAY, quiet.began) for d in days]
    assert found == ["", "possible", "possible", "possible", "possible"]
    never = way(contacts(one, TODAY), past(born("2026-02-10"), dirty=True), one.stage)
    assert stage_on(one, never.moves, day("2026-06-01"), TODAY, never.began) == ""


def test_months_and_cohorts_count_what_was_committed() -> None:
    history = past(born("2026-09-10"), staged("2026-10-05", "approach", "probable"), staged("2026-11-02", "probable", "wtt"))  # fmt: skip
    one = named("a", client(entry("2026-09-10"), stage="wtt"))
    found = kept(one, a=history)
    months = stages_by_month([one], found, TODAY, months=3)["tanaka"]
    assert [m.stages for m in months] == [{"approach": 1}, {"probable": 1}, {"wtt": 1}]
    assert furthest(one, found.past["a"]) == 3


def shown(one: Client, history: NoteHistory) -> list[str]:
    found = stays(one, kept(one, a=history).past["a"])
    return [f"{s.stage} {s.first or '?'}–{s.last or ('' if s.lasts else '?')} {s.days}" for s in found]


def test_stays_have_their_days_where_both_ends_are_known() -> None:
    history = past(born("2026-01-10"), staged("2026-03-02", "approach", "wtt"), staged("2026-04-01", "wtt", "possible"))  # fmt: skip
    met = named("a", client(entry("2026-01-10"), stage="possible"))
    assert shown(met, history) == [
        "approach 2026-01-10–2026-03-02 51",
        "wtt 2026-03-02–2026-04-01 30",
        "possible 2026-04-01– None",
    ]
    known = named("a", client(entry("2026-01-02"), stage="possible", visits_before=3))
    assert shown(known, history)[0] == "approach 2026-01-10–2026-03-02 None"


def test_a_stage_that_is_not_committed_yet_is_the_present_one() -> None:
    history = past(born("2026-01-10"), staged("2026-03-02", "approach", "wtt"), dirty=True)
    one = named("a", client(entry("2026-01-10"), stage="possible"))
    assert shown(one, history)[1:] == ["wtt 2026-03-02–? None", "possible ?– None"]


def test_movements_of_a_week_are_told_by_what_they_come_to() -> None:
    def moved(key: str, *ways: tuple[str, str]) -> list[tuple[Client, object]]:
        one = named(key, client(stage=ways[-1][1]))
        history = past(born("2026-01-10"), *[staged(f"2026-11-{16 + n}", a, b) for n, (a, b) in enumerate(ways)])  # fmt: skip
        return moves_between(kept(one, **{key: history}), None, day("2026-11-16"), TODAY)  # type: ignore[return-value]

    found = [
        *moved("a", ("wtt", "possible")),
        *moved("b", ("approach", "wtt"), ("wtt", "possible")),
        *moved("c", ("probable", "wtt")),
        *moved("d", ("possible", "dropped")),
        *moved("e", ("wtt", "possible"), ("possible", "wtt")),
        *moved("f", ("resting", "approach")),
    ]
    lines = [(t.kind, t.stage, "".join(c.key for c in t.clients)) for t in tally(found)]  # type: ignore[arg-type]
    assert lines == [
        ("up", "possible", "ab"),
        ("again", "approach", "f"),
        ("back", "wtt", "c"),
        ("dropped", "dropped", "d"),
    ]


@pytest.mark.parametrize("before", ["", *STAGES])
@pytest.mark.parametrize("stage", STAGES)
def test_every_movement_has_its_direction(before: str, stage: str) -> None:
    assert kind_of(before, stage) in ("won", "up", "again", "back", "resting", "dropped")


def test_what_became_of_those_who_entered_a_stage() -> None:
    def one(n: int, then: str) -> tuple[Client, NoteHistory]:
        changes = [staged("2026-02-09", "approach", "wtt"), staged(f"2026-03-{n + 10}", "wtt", then)]
        history = past(born("2026-01-10"), *changes[: 1 if then == "wtt" else 2])
        return named(f"c{n}", client(entry("2026-01-10"), stage=then)), history

    ends = ("possible", "possible", "possible", "approach", "dropped", "wtt")
    made = [one(n, then) for n, then in enumerate(ends)]
    clients = [c for c, _ in made]
    found = {c.stage: c for c in conversions(clients, kept(*clients, **{c.key: h for c, h in made}).past)}
    wtt = found["wtt"]
    assert (wtt.entered, wtt.on, wtt.back, wtt.away, wtt.here) == (6, 3, 1, 1, 1)
    assert (wtt.days, wtt.of, wtt.few) == (31, 5, False)
    assert found["possible"].few
    assert found["approach"].entered == 7


def test_how_late_entries_are_written() -> None:
    lately = [edit("2026-11-12", entries=("2026-11-09",)), edit("2026-11-16", entries=("2026-11-13", "2026-11-16"))]  # fmt: skip
    history = past(born("2026-10-01", entries=("2020-01-01",)), *lately, edit("2026-11-17", entries=("2026-11-19",)))  # fmt: skip
    dates = ("2020-01-01", "2026-11-09", "2026-11-13", "2026-11-16", "2026-11-19")
    one = named("a", client(*[entry(d, by=("lee",) if d.endswith("13") else ()) for d in dates]))
    counted = kept(one, a=history)
    last = (TODAY.toordinal() - 1) // 7
    assert [(str(w.deed.date), w.days, w.late) for w in of_weeks(counted, "tanaka", last, 3)] == [
        ("2026-11-09", 3, True),
        ("2026-11-16", 0, False),
    ]
    assert [w.days for w in of_weeks(counted, "lee", last, 3)] == [3]
    assert usual(of_weeks(counted, "lee", last, 3)) is None


STEPS = st.lists(
    st.tuples(st.integers(1, 300), st.sampled_from(STAGES), st.sampled_from(["t", "l"])), max_size=8
)
LINES = st.lists(st.tuples(st.integers(1, 300), st.sampled_from(STAGES)), max_size=6)


@given(STEPS, LINES, st.sampled_from(STAGES))
def test_a_way_is_in_order_and_never_counts_a_stage_twice(
    steps: list[tuple[int, str, str]], lines: list[tuple[int, str]], first: str
) -> None:
    start = dt.date(2026, 1, 1)
    edits, here = [born("2026-01-01")], first
    for number, stage, author in sorted(steps, key=lambda s: s[0]):
        date = (start + dt.timedelta(number)).isoformat()
        edits.append(staged(date, here, stage, author=author, rep=""))
        here = stage
    entries = [says((start + dt.timedelta(n)).isoformat(), stage) for n, stage in lines]
    entries = [replace(e, anchor=f"e{n}") for n, e in enumerate(entries)]
    log = contacts(client(*entries, stage=here), TODAY)
    found = moves(log, past(*edits), here)
    assert [m.date for m in found] == sorted(m.date for m in found)
    assert all(a.stage != b.stage for a, b in pairwise(found))
    assert all(m.before != m.stage for m in found)
    assert len(found) <= len(steps) + len(lines)
    assert moves(log) == moves(log, NoteHistory())
    if not lines and found:
        assert found[-1].stage == here
