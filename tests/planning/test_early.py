"""The pages for which somebody waits, where the site was touched by others since the last build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import Project, build, remembered
from sitegen.config import Config
from sitegen.planning.memory import Memory
from sitegen.site import rows, work

DAY = dt.date(2026, 11, 20)
NOTE = "---\nname: {name}\nstage: probable\nowner: abe\n---\n### 2026-11-0{n} visit: Sato\n- {text}\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[tuple[Project, Memory]]:
    (tmp_path / "content/clients").mkdir(parents=True)
    for number, name in enumerate(("hakone", "yamato", "suwa"), 1):
        save(tmp_path, name, number, "first")
    project = Project(tmp_path, Config(history="off"))
    with remembered(project) as memory:
        build(project, DAY, memory=memory, early=lambda _: None)
        yield project, memory


def save(root: Path, name: str, number: int, text: str) -> None:
    (root / f"content/clients/{name}.md").write_text(NOTE.format(name=name.title(), n=number, text=text))


def pages(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and ".kayoi" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize(
    "name", ["clients/suwa.html", "clients/yamato.html", "index.html", "lists/name.html"]
)
@pytest.mark.parametrize("gone", [True, False])
def test_a_page_that_somebody_touched_is_right_in_the_end(
    book: tuple[Project, Memory], name: str, gone: bool
) -> None:
    project, memory = book
    save(project.root, "yamato", 2, "second thoughts")
    page = project.out / name
    page.unlink() if gone else page.write_text("by hand")
    placed: list[str] = []
    build(project, DAY, memory=memory, early=placed.extend)
    built = pages(project.out)
    assert "clients/yamato.html" in placed or (gone and name == "clients/yamato.html")
    build(project, DAY, keep=False)
    assert built == pages(project.out)
    assert b"second thoughts" in built["clients/yamato.html"]


def test_a_client_that_goes_or_comes_takes_no_early_page_along(book: tuple[Project, Memory]) -> None:
    project, memory = book
    (project.root / "content/clients/suwa.md").unlink()
    save(project.root, "nagoya", 4, "new")
    placed: list[str] = []
    build(project, DAY, memory=memory, early=placed.extend)
    assert not {"clients/suwa.html", "clients/nagoya.html"} & {*placed}
    built = pages(project.out)
    build(project, DAY, keep=False)
    assert built == pages(project.out)
    assert "clients/nagoya.html" in built
    assert "clients/suwa.html" not in built


def test_a_backers_size_that_another_note_tells_reaches_a_client_that_is_held(
    book: tuple[Project, Memory],
) -> None:
    project, memory = book
    clients, front = project.root / "content/clients", "---\nname: {}\nstage: wtt\nbackers: [{}]\n---\n"
    (clients / "yamato.md").write_text(front.format("Yamato", "Umeda Shoten"))
    # the first two builds read a note that was saved a moment ago once more; from then on it is held
    for size in ("small", "small", "large", "small"):
        (clients / "suwa.md").write_text(front.format("Suwa", f"{{name: Umeda Shoten, size: {size}}}"))
        build(project, DAY, memory=memory, early=lambda _: None)
        built = pages(project.out)
        build(project, DAY, keep=False)
        assert built == pages(project.out), size


@pytest.mark.parametrize("unheard", ["note", "template", "nothing"])
def test_what_nobody_heard_of_is_in_the_site_all_the_same(book: tuple[Project, Memory], unheard: str) -> None:
    project, memory = book
    save(project.root, "yamato", 2, "heard of")
    if unheard == "note":
        save(project.root, "suwa", 3, "not heard of")
    elif unheard == "template":
        (project.root / "templates").mkdir()
        (project.root / "templates/method.html").write_text('{% extends "kayoi/method.html" %}')
        (project.root / "templates/layout.html").write_text("{% block title %}{% endblock %}their own")
    told: list[tuple[str, ...]] = []
    heard = [str(project.root / "content/clients/yamato.md")]
    build(project, DAY, memory=memory, early=told.append, heard=heard)
    built = pages(project.out)
    # what was heard of is in place first; then, where there was more, everything is looked at once more
    assert "clients/yamato.html" in told[0]
    assert not any("clients/suwa.html" in paths for paths in told[:1])
    build(project, DAY, keep=False)
    assert built == pages(project.out)


def test_rows_that_nothing_changed_in_are_not_rendered_again(
    book: tuple[Project, Memory], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, memory = book
    rendered: list[str] = []
    row = rows.due_renderer

    def counting(*given: Any) -> Callable[[str], str]:
        render = row(*given)
        return lambda key: (rendered.append(key), render(key))[1]

    monkeypatch.setattr(work, "due_renderer", counting)
    for text in ("second", "third"):
        save(project.root, "yamato", 2, f"[ ] {text}")
        rendered.clear()
        build(project, DAY, memory=memory, early=lambda _: None)
    assert {*rendered} == {"yamato"}
    built = pages(project.out)
    build(project, DAY, keep=False)
    assert built == pages(project.out)
