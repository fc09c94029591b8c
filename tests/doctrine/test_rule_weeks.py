"""The week of one rep: what it holds, what wants the manager, and that a new day changes nothing in it."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from making import CFG, DAYS, TODAY, client, day, entry, line, plan, promise, unanswered

from sitegen.doctrine.diary import diary, week_of
from sitegen.doctrine.weeks import Call, Week, calls, meetings_by_week, week, weeks_of
from sitegen.model import Client, Line

W46 = week_of(day("2026-11-12"))
"""Monday 9 to Sunday 15 November."""


def named(key: str, one: Client) -> Client:
    return replace(one, key=key, path=f"content/clients/tanaka/{key}.md", owner="tanaka")


def of(*clients: Client, number: int = W46, today: dt.date = TODAY) -> Week:
    return week(diary(clients, (), today), "tanaka", number, meetings_by_week(clients), DAYS, today)


def wanted(*clients: Client, number: int = W46) -> list[Call]:
    return calls(of(*clients, number=number), clients, diary(clients, (), TODAY), CFG, DAYS, TODAY)


def kinds(*clients: Client) -> list[str]:
    return [call.kind for call in wanted(*clients) if call.kind != "few"]


def stage(word: str) -> tuple[Line, ...]:
    return (line("stage", word),)


def test_a_week_holds_its_own_days_only() -> None:
    days = ("2026-11-08", "2026-11-09", "2026-11-15", "2026-11-16")
    one = named("a", client(*[entry(d) for d in days]))
    assert [str(d.date) for d in of(one).deeds] == ["2026-11-09", "2026-11-15"]
    assert of(one).sums.workdays == 5
    assert of(one, number=W46 + 2).sums.workdays == 4


def test_a_week_tells_what_moved_was_said_and_promised() -> None:
    first = entry("2026-10-01", lines=stage("wtt"))
    then = entry(
        "2026-11-10",
        people=("Ito",),
        lines=(line("need", "reports"), line("no", "too early"), *stage("possible")),
        promises=(promise("send it", "2026-11-13"), promise("call", "2026-11-17", "kept")),
    )
    one = named("a", client(first, then, unanswered("2026-11-12"), stage="possible"))
    found = of(one)
    assert [(m.before, m.stage) for _, m in found.moved] == [("wtt", "possible")]
    assert [s.line.text for s in found.said("need")] == ["reports"]
    assert [p.text for _, p in found.made] == ["send it", "call"]
    assert [k.text for k in found.due] == ["send it"]
    assert [k.text for k in found.after_due] == ["call"]
    counted = found.sums
    assert (counted.contacts, counted.unanswered, counted.approaches) == (1, 1, 0)
    assert (counted.visits, counted.moved, counted.refused) == (1, 1, 1)


def test_plans_of_the_running_week_are_not_done() -> None:
    one = named("a", client(entry("2026-11-20"), entry("2026-11-17")))
    found = of(one, number=W46 + 1)
    assert [(str(d.date), d.planned) for d in found.deeds] == [("2026-11-17", False), ("2026-11-20", True)]
    assert found.sums.contacts == 1


def test_a_planned_meeting_is_told_until_it_is_written_up() -> None:
    plain = client(entry("2026-11-02"), next=plan("2026-11-11"))
    assert [c.key for c in of(named("a", plain)).planned] == ["a"]
    assert kinds(named("a", plain)) == ["unwritten"]
    held = client(entry("2026-11-02"), entry("2026-11-11"), next=plan("2026-11-11"))
    assert of(named("a", held)).planned == ()
    assert kinds(named("a", held)) == []
    assert [c.key for c in of(named("a", plain), number=W46 - 1).after_next] == ["a"]
    assert of(named("a", held), number=W46 - 1).after_next == ()


def test_the_manager_is_called_where_a_client_falls_back_or_a_near_one_says_no() -> None:
    fell = client(
        entry("2026-09-01", lines=stage("possible")),
        entry("2026-11-10", lines=stage("resting")),
        stage="resting",
    )
    assert kinds(named("a", fell)) == ["down"]
    rose = client(
        entry("2026-09-01", lines=stage("wtt")),
        entry("2026-11-10", lines=stage("possible")),
        stage="possible",
    )
    assert kinds(named("a", rose)) == []
    near = client(
        entry("2026-09-01", lines=stage("possible")),
        entry("2026-11-10", lines=(line("no", "later"),)),
        stage="possible",
    )
    assert kinds(named("a", near)) == ["no"]
    far = client(entry("2026-11-10", lines=(line("no", "later"),)))
    assert kinds(named("a", far)) == []


def test_the_manager_is_called_for_an_open_promise_of_that_week() -> None:
    def due(state: str) -> Client:
        return named("a", client(entry("2026-11-02", promises=(promise("x", "2026-11-12", state),))))

    assert [kinds(due(state)) for state in ("open", "kept", "cancelled")] == [["late"], [], []]


def test_the_manager_is_called_for_a_probable_client_that_was_due_and_not_seen() -> None:
    def probable(last: str, **more: object) -> Client:
        return named(
            "a", client(entry("2026-09-01", lines=stage("probable")), entry(last), stage="probable", **more)
        )

    assert [str(c.date) for c in wanted(probable("2026-11-05")) if c.kind == "unseen"] == ["2026-11-12"]
    assert kinds(probable("2026-11-10")) == []
    assert kinds(probable("2026-11-05", wait_until="2026-12")) == []
    assert kinds(probable("2026-11-05", next=plan("2026-11-18"))) == []


def test_the_manager_is_called_where_few_went_out() -> None:
    few = named("a", client(*[entry(f"2026-11-{d:02}") for d in range(9, 14)]))
    assert [c.kind for c in wanted(few)] == ["few"]
    many = [named(f"c{n}", client(entry("2026-11-10"))) for n in range(8)]
    assert wanted(*many) == []


def test_weeks_are_those_in_which_something_was_done() -> None:
    one = named(
        "a", client(entry("2026-11-20"), entry("2026-11-12"), unanswered("2026-11-02"), entry("2020-01-10"))
    )
    found = diary([one], (), TODAY)
    assert weeks_of(found, "tanaka", TODAY, 13) == [W46, W46 - 1, week_of(day("2020-01-10"))]
    assert weeks_of(found, "tanaka", TODAY, 2) == [W46, W46 - 1]
    assert weeks_of(found, "lee", TODAY, 13) == []


WORDS = st.sampled_from(["", "no", "need", "postponed"])
ENTRIES = st.lists(
    st.builds(
        lambda d, ok, word, face: entry(
            d.isoformat(), "visit" if face else "call", answered=ok, lines=(line(word, "x"),) if word else (),
            promises=(promise("p", (d + dt.timedelta(days=5)).isoformat()),),
        ),
        st.dates(dt.date(2026, 10, 26), dt.date(2026, 11, 29)), st.booleans(), WORDS, st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@given(ENTRIES, st.none() | st.dates(dt.date(2026, 11, 2), dt.date(2026, 11, 29)), st.integers(0, 60))
def test_a_finished_week_is_the_same_on_every_later_day(
    entries: list[object], meeting: dt.date | None, later: int
) -> None:
    more = {"next": plan(meeting.isoformat())} if meeting else {}
    one = named("a", client(*entries, stage="possible", **more))  # type: ignore[arg-type]

    def told(today: dt.date) -> object:
        found = of(one, today=today)
        deeds = [(d.date, d.anchor, d.contact, d.first) for d in found.deeds]
        after = [(d.date, d.anchor) for d in found.after]
        return (
            deeds,
            after,
            [(d.date, vow) for d, vow in found.made],
            found.sums,
            found.due,
            found.after_due,
            found.planned,
            found.after_next,
            found.moved,
        )

    monday = dt.date(2026, 11, 16)
    assert told(monday) == told(monday + dt.timedelta(days=later))
