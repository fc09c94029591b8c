"""A day that is compared says with which others: what was made so stands until one of them comes (property tests)."""

from __future__ import annotations

import copy
import datetime as dt
import operator
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import Project, build, remembered
from sitegen.config import Config
from sitegen.planning.cells import told
from sitegen.planning.digests import TODAY, days_come
from sitegen.planning.whole import FAR
from sitegen.site.trace import SINCE, TRACE, UNTIL, WatchedDay

DAY = dt.date(2026, 11, 30)
COMPARED = [operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne]
ARGUMENTS: dict[str, tuple[object, ...]] = {
    "__add__": (dt.timedelta(3),),
    "__radd__": (dt.timedelta(3),),
    "__sub__": (dt.timedelta(3),),
    "__rsub__": (dt.date(2027, 1, 1),),
    "__format__": ("%d.%m.",),
    "__reduce_ex__": (4,),
    "strftime": ("%Y",),
}
OTHERWISE = {"__class__", "__new__", "__init__", "__init_subclass__", "__subclasshook__", "__getattribute__"}
OTHERWISE |= {"__setattr__", "__delattr__", "__dir__", "__doc__", "__sizeof__", "__getstate__"}
OTHERWISE |= {
    "today",
    "fromordinal",
    "fromtimestamp",
    "fromisoformat",
    "fromisocalendar",
    "min",
    "max",
    "resolution",
}
near = st.integers(-40, 40).map(lambda n: DAY + dt.timedelta(n))
NOTE = "---\nname: Hakone\nstage: possible\nwait_until: 2026-12-01\n---\n### 2026-12-03 visit: Sato\n- need: a plan\n"


def laid(root: Path) -> Project:
    (root / "content/clients").mkdir(parents=True)
    (root / "content/clients/hakone.md").write_text(NOTE, encoding="utf-8")
    return Project(root, Config(history="off"))


def compared(
    day: dt.date, asked: list[tuple[Callable[[dt.date, dt.date], bool], dt.date, bool]]
) -> list[bool]:
    return [how(day, other) if first else how(other, day) for how, other, first in asked]


@given(near, near, st.lists(st.tuples(st.sampled_from(COMPARED), near, st.booleans()), max_size=12))
def test_comparisons_stand_until_a_day_has_come_that_was_told(
    made: dt.date, later: dt.date, asked: list[tuple[Callable[[dt.date, dt.date], bool], dt.date, bool]]
) -> None:
    with TRACE.listening() as cells:
        found = compared(WatchedDay.fromordinal(made.toordinal()), asked)
    assert found == compared(made, asked)
    kept = told(cells)
    assert len(kept) <= 2
    come = {f"{table}:{day}" for day in days_come({TODAY: {"": b"%d" % made.toordinal()}}, later)
            for table in (SINCE, UNTIL)}  # fmt: skip
    if come.isdisjoint(kept):
        assert compared(later, asked) == found
    else:
        assert made != later


@pytest.mark.parametrize(
    "name", sorted({*dir(dt.date)} - OTHERWISE - {f"__{how.__name__}__" for how in COMPARED})
)
def test_whatever_else_is_done_with_it_has_read_the_day(name: str) -> None:
    day, plain = WatchedDay(2026, 11, 30), dt.date(2026, 11, 30)
    with TRACE.listening() as cells:
        found = getattr(day, name)
        found = found(*ARGUMENTS.get(name, ())) if callable(found) else found
    assert cells == {(TODAY, "")}
    own = getattr(plain, name)
    assert found == (own(*ARGUMENTS.get(name, ())) if callable(own) else own)
    assert type(found) is not WatchedDay


def test_nobody_gets_a_day_that_is_watched_out_of_another() -> None:
    day = WatchedDay(2026, 11, 30)
    for found in (day + dt.timedelta(1), copy.copy(day), copy.deepcopy(day), day.replace(day=1)):
        assert type(found) is dt.date


def test_it_is_compared_with_days_only() -> None:
    day = WatchedDay(2026, 11, 30)
    assert day != "2026-11-30"
    with pytest.raises(TypeError):
        _ = day < 5  # type: ignore[operator]


def test_days_have_come_or_are_to_come_again() -> None:
    assert days_come({TODAY: {"": b"5"}}, dt.date.fromordinal(7)) == range(6, 8)
    assert days_come({TODAY: {"": b"7"}}, dt.date.fromordinal(5)) == range(6, 8)
    assert days_come({TODAY: {"": b"7"}}, dt.date.fromordinal(7)) == range(0)


def test_where_nobody_knows_of_which_day_the_last_build_was_everything_is_made_anew(tmp_path: Path) -> None:
    assert days_come({}, DAY) is None
    project = laid(tmp_path)
    with remembered(project) as memory:
        build(project, DAY, memory=memory)
        memory.tell("cells of today", b"")
        memory.store.commit()
    findings, _ = build(project, DAY + dt.timedelta(3))
    assert findings.why["clients/hakone.html"] is None


def test_a_page_is_made_anew_on_the_day_that_changes_it_and_on_no_other(tmp_path: Path) -> None:
    """Until 1 December they are left in peace, and there is a visit on the 3rd: only that one moves on the page."""
    project = laid(tmp_path)
    build(project, DAY)
    anew = []
    for day in (DAY + dt.timedelta(n) for n in (1, 2, 3, 4, 1)):
        findings, _ = build(project, day)
        made = {
            path.relative_to(project.out).as_posix(): path.read_bytes()
            for path in project.out.rglob("*.html")
        }
        if "clients/hakone.html" in findings.why:
            anew.append(day)
        build(project, day, keep=False)
        assert made == {path: (project.out / path).read_bytes() for path in made}
    assert anew == [DAY + dt.timedelta(3), DAY + dt.timedelta(1)]


def test_ten_thousand_days_later_everything_is_made_anew(tmp_path: Path) -> None:
    project = laid(tmp_path)
    build(project, DAY)
    findings, _ = build(project, DAY + dt.timedelta(FAR + 1))
    assert findings.why["clients/hakone.html"] is None
