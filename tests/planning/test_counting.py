"""Pages of the numbers game beside all others, and tables of which only what changed is found again."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sitegen import processes
from sitegen.build import Project, build
from sitegen.config import Config
from sitegen.planning import apart, counting, links, making, memory
from sitegen.processes import Beside
from sitegen.site import pages_numbers
from sitegen.site.context import Site
from sitegen.site.sharing import Shared

DAY = dt.date(2026, 11, 20)
NOTE = "---\nname: {name}\nstage: {stage}\nowner: {rep}\n---\n### 2026-11-{day} visit: Sato\n- no: {text}\n"
CLIENTS = {"hakone": "abe", "yamato": "abe", "suwa": "ito"}


def save(root: Path, name: str, day: str, text: str, stage: str = "probable") -> None:
    told = NOTE.format(name=name.title(), stage=stage, rep=CLIENTS[name], day=day, text=text)
    (root / f"content/clients/{name}.md").write_text(told, encoding="utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Project:
    (tmp_path / "content/clients").mkdir(parents=True)
    for name in CLIENTS:
        save(tmp_path, name, "05", "first")
    project = Project(tmp_path, Config(history="off"))
    build(project, DAY)
    return project


def pages(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and ".kayoi" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def clean(project: Project, day: dt.date) -> dict[str, bytes]:
    build(project, day, keep=False)
    return pages(project.out)


@pytest.fixture(params=[False, True])
def beside(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[counting.Counted | None]:
    """As in a large book: what the copy of the process found, if it was asked; it is done soon, or late."""
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    monkeypatch.setattr(processes, "_may_fork", lambda: True)
    monkeypatch.setattr(making, "ROWS", 1)
    seen: list[counting.Counted | None] = []
    real = counting.beside

    @contextmanager
    def watched(work: Any) -> Iterator[Any]:
        with real(work) as copy:

            def told() -> Any:
                seen.append(copy.wait())
                return seen[-1]

            yield Beside(told, lambda: request.param)

    monkeypatch.setattr(counting, "beside", watched)
    return seen


@pytest.mark.parametrize("many", [False, True])
def test_a_copy_makes_weeks_and_portfolios_and_they_are_right(
    book: Project, beside: list[counting.Counted | None], monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    if many:
        monkeypatch.setattr(counting, "TOGETHER", 0)
    for turn, day in enumerate((DAY, DAY, DAY + dt.timedelta(3))):
        save(book.root, "yamato", f"1{turn + 6}", f"turn {turn}", stage=("possible", "wtt", "won")[turn])
        build(book, day)
        made = pages(book.out)
        found = beside.pop()
        assert found
        assert "portfolio/abe.html" in {path for _, path, _ in found.done}
        assert made == clean(book, day)
        build(book, day)
        again = beside.pop()
        assert again
        assert again.done == []


def test_where_a_page_draws_on_more_than_the_copy_looks_at_it_is_made_here(
    book: Project, beside: list[counting.Counted | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_unseen", lambda _: ("part ",))
    save(book.root, "yamato", "17", "second thoughts")
    build(book, DAY)
    made = pages(book.out)
    assert beside == [None]
    assert b"second thoughts" in made["weeks/abe-2026-W47.html"]
    assert made == clean(book, DAY)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reps whose last week was found."""
    reps: list[str] = []
    real = pages_numbers.last_week
    monkeypatch.setattr(pages_numbers, "last_week", lambda found, rep: reps.append(rep) or real(found, rep))
    return reps


def test_what_is_found_for_each_rep_is_found_again_for_one(book: Project, asked: list[str]) -> None:
    save(book.root, "suwa", "12", "second thoughts")
    build(book, DAY)
    assert asked == ["ito"]
    assert b"second thoughts" in (book.out / "weeks.html").read_bytes()
    asked.clear()
    save(book.root, "suwa", "12", "second thoughts")
    (book.root / "content/reps").mkdir()
    (book.root / "content/reps/abe.md").write_text("---\nname: Abe Ken\n---\n", encoding="utf-8")
    build(book, DAY)
    assert "abe" in asked
    assert b"Abe Ken" in (book.out / "weeks.html").read_bytes()
    assert pages(book.out) == clean(book, DAY)


def test_where_the_kept_table_is_not_there_all_is_found_again(
    book: Project, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory.Parts, "last_table", lambda *_: None)  # as if it were damaged
    save(book.root, "suwa", "12", "second thoughts")
    build(book, DAY)
    assert sorted(asked) == ["abe", "ito"]
    made = pages(book.out)
    monkeypatch.undo()
    assert made == clean(book, DAY)


def test_the_front_page_hears_of_what_the_copy_counted(
    book: Project, beside: list[counting.Counted | None]
) -> None:
    note = book.root / "content/clients/yamato.md"
    older = "\n### 2026-{} visit: Sato\n- more\n"
    # whom the page does not list: it shows nothing but the number of contacts
    save(book.root, "yamato", "05", "first", stage="dropped")
    text = note.read_text(encoding="utf-8")
    for day in ("11-02", "10-28"):
        note.write_text(text + older.format(day), encoding="utf-8")
        build(book, DAY)
        made = pages(book.out)
        assert beside.pop()
        assert made == clean(book, DAY)
        build(book, DAY)
        beside.clear()


@pytest.mark.parametrize("beside", [False, True], indirect=True)
def test_where_all_is_made_anew_copies_link_look_and_count(
    book: Project, beside: list[counting.Counted | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    note = book.root / "content/clients/suwa.md"
    note.write_text(f"{note.read_text(encoding='utf-8')}See [[Yamato]] and [[nobody]]\n", encoding="utf-8")
    right = clean(book, DAY)
    monkeypatch.setattr(apart, "MANY", 1)
    monkeypatch.setattr(links, "MANY", 1)
    in_copies: list[str] = []
    real, here = Site.shared, os.getpid()

    def asked(site: Site, shared: Shared[Any]) -> Any:
        if os.getpid() == here and site.finding(f"shared {shared.name}") is None:
            in_copies.append(
                shared.name if site.shelf.table(shared) is not None else f"{shared.name}, made here"
            )
        return real(site, shared)

    monkeypatch.setattr(Site, "shared", asked)
    for _ in range(2):
        shutil.rmtree(book.root / ".kayoi", ignore_errors=True)
        shutil.rmtree(book.out)
        found, _written = build(book, DAY)
        assert pages(book.out) == right
        assert beside.pop()
        assert "link-nowhere" in {problem.code for problem in found.problems}
    assert {"stages", "lists-stages"} <= {*in_copies}
    # one is not kept, and found again
    assert {name for name in in_copies if name.endswith("made here")} <= {"network, made here"}
    # and what they found is gone on from
    save(book.root, "yamato", "17", "second thoughts")
    build(book, DAY)
    assert pages(book.out) == clean(book, DAY)


@pytest.mark.parametrize("beside", [False, True], indirect=True)
def test_in_a_large_book_pages_are_made_sort_by_sort_and_the_front_page_comes_last(
    book: Project, beside: list[counting.Counted | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MANY", 1)
    monkeypatch.setattr(making, "MANY", 2)
    note = book.root / "content/clients/yamato.md"
    for day in ("2026-11-19", "2026-11-18"):
        note.write_text(note.read_text(encoding="utf-8").replace("2026-11-05", day), encoding="utf-8")
        _, written = build(book, DAY)
        assert beside.pop()
        assert written.written[-1] == "index.html"
        assert pages(book.out) == clean(book, DAY)
        build(book, DAY)
        beside.clear()
        note.write_text(note.read_text(encoding="utf-8").replace(day, "2026-11-05"), encoding="utf-8")
        build(book, DAY)
        beside.clear()
