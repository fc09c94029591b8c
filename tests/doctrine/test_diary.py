"""The diary: what lies before the weeks that pages tell of may be left out, and nothing that they tell is missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from making import TODAY, client, entry, promise

from sitegen.doctrine.diary import Deed, diary, monday, together, week_of
from sitegen.doctrine.log import log_of, newest_of, notes_of
from sitegen.model import Client, Entry
from sitegen.past import History

DAYS = st.dates(TODAY - dt.timedelta(300), TODAY + dt.timedelta(20)).map(str)
ENTRIES = st.builds(
    lambda day, by, due: entry(day, by=by, promises=(promise(f"of {day}", due),)),
    DAYS,
    st.sampled_from([(), ("a",), ("b",), ("a", "c")]),
    DAYS,
)
CLIENTS = st.lists(st.tuples(st.sampled_from("abc"), st.lists(ENTRIES, max_size=8)), max_size=5)


def written(given: Sequence[tuple[str, Sequence[Entry]]]) -> list[Client]:
    return [
        replace(client(*some), key=f"c{n}", path=f"c{n}.md", owner=owner)
        for n, (owner, some) in enumerate(given)
    ]


def told(deeds: Sequence[Deed]) -> list[tuple[str, str, str]]:
    return [(deed.client.key, str(deed.date), deed.anchor) for deed in deeds]


@settings(max_examples=150)
@given(CLIENTS, st.dates(TODAY - dt.timedelta(60), TODAY), st.integers(1, 4))
def test_of_a_long_time_as_much_is_left_as_pages_tell(
    given: Sequence[tuple[str, Sequence[Entry]]], since: dt.date, most: int
) -> None:
    clients = written(given)
    whole = diary(clients, (), TODAY)
    few = together([(one, log_of(one, TODAY, History(), {})) for one in clients], whole.words, since, most)
    for rep, weeks in whole.weeks.items():
        for week in weeks[:most]:
            days = monday(week), monday(week + 2) - dt.timedelta(1)
            assert told(few.between(rep, *days)) == told(whole.between(rep, *days))
            assert few.due(rep, week) == whole.due(rep, week)
            assert few.due(rep, week + 1) == whole.due(rep, week + 1)
    assert told(few.between(None, since, TODAY)) == told(whole.between(None, since, TODAY))


def test_what_nobody_tells_is_left_out() -> None:
    old, new = entry("2020-01-07"), entry(str(TODAY))
    one = replace(client(old, new), owner="a")
    whole = diary([one], (), TODAY)
    few = together([(one, log_of(one, TODAY, History(), {}))], whole.words, TODAY, 1)
    assert list(few.deeds["a"]) == [week_of(TODAY)]
    assert sorted(whole.deeds["a"]) == [week_of(old.date), week_of(TODAY)]


@given(st.lists(ENTRIES, max_size=8))
def test_what_the_newest_entries_say_is_the_beginning_of_what_all_say(entries: list[Entry]) -> None:
    one = client(*entries)
    news = newest_of(one)
    assert news == notes_of(one).entries[: len(news)]
    assert news or not entries


def test_a_week_that_has_begun_before_is_told_whole() -> None:
    """The month's first is a Wednesday, and what was done on the Monday before stands on the week's page."""
    one = replace(client(entry("2026-06-29"), entry("2026-07-02")), owner="a")
    whole = diary([one], (), TODAY)
    few = together([(one, log_of(one, TODAY, History(), {}))], whole.words, dt.date(2026, 7, 1), 1)
    assert told(few.between("a", dt.date(2026, 6, 29), dt.date(2026, 7, 5))) == told(
        whole.between("a", dt.date(2026, 6, 29), dt.date(2026, 7, 5))
    )
    assert len(few.deeds["a"][week_of(dt.date(2026, 7, 1))]) == 2
