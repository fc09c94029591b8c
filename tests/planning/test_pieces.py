"""Pages are made sort by sort where everything is made anew: none is forgotten, none made twice."""

from __future__ import annotations

from functools import partial

from sitegen.planning.pieces import OWN, sorts
from sitegen.planning.tasks import Task
from sitegen.site.pages import KINDS, Spec


def test_every_page_and_file_is_of_one_sort() -> None:
    tasks = [Task("data/a.json", bytes)]
    tasks += [Task(f"{n}.html", Spec(f"{n}.html", kind, partial(str))) for n, kind in enumerate(KINDS)]
    found = list(sorts(tasks))
    assert sorted(task.path for sort in found for task in sort) == sorted(task.path for task in tasks)
    assert [task.path for task in found[0]] == ["data/a.json"]
    assert {task.many for task in found[1]} == {True}
    assert {task.many for task in (*found[2], *found[3])} == {False}
    assert {task.kind for task in found[3]} == OWN
