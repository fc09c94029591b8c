"""A layout that changed goes around pages as they are: nobody finds out anew what they say, and the bytes are right."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build import Project, build
from sitegen.config import Config
from sitegen.keeping.code import made_with
from sitegen.keeping.store import FOLDER, PAGES_NAME, open_store
from sitegen.planning import making

DAY = dt.date(2026, 11, 19)
HEAD = '{%% extends "kayoi/layout.html" %%}{%% block search %%}<i>%s</i>{%% endblock %%}'
LOOKS = '{% extends "kayoi/layout.html" %}{% block search %}{{ view.name|default("") }}{% endblock %}'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for path, text in {
        "clients/abe/yamato.md": "---\nname: Yamato\nstage: probable\n---\n### 2026-10-02 call: Kato\nSee [[大和]].\n",
        "clients/abe/大和.md": "---\nname: 大和\nbackers: [{name: Big Bank}]\n---\n- [ ] plan 📅 2026-11-20\n",
    }.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    project = Project(tmp_path, Config(history="off"))
    layout(project, HEAD % "first")
    build(project, DAY)
    return project


def layout(project: Project, text: str) -> None:
    project.templates.mkdir(exist_ok=True)
    (project.templates / "layout.html").write_text(text, encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and FOLDER not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def clean(project: Project) -> dict[str, bytes]:
    other = replace(project, cfg=replace(project.cfg, out="clean"))
    build(other, DAY, keep=False)
    return tree(other.out)


def test_a_new_layout_asks_no_view(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(making, "render_spec", lambda spec, *_: pytest.fail(f"{spec.path} was made anew"))
        layout(project, HEAD % "second")
        findings, written = build(project, DAY)
    pages = [path for path in tree(project.out) if path.endswith(".html")]
    assert sorted(written.written) == sorted(pages)
    assert findings.why["clients/yamato.html"] == ("frames:client.html",)
    assert tree(project.out) == clean(project)


@pytest.mark.parametrize("lost", ["site", "blocks", "frames"])
def test_where_the_site_or_what_is_kept_of_it_is_lost_the_pages_are_right(
    project: Project, lost: str
) -> None:
    layout(project, HEAD % "second")
    if lost == "site":
        shutil.rmtree(project.out)
    else:
        store = open_store(project.root, made_with(), PAGES_NAME)
        for table in store.tables(lost):
            store.drop(table, [key for key, _ in list(store.stamps(table))][::2])
        store.commit()
        store.close()
    build(project, DAY)
    assert tree(project.out) == clean(project)
    shutil.rmtree(project.out)
    build(project, DAY)
    assert tree(project.out) == clean(project)


def test_a_layout_that_looks_into_pages_has_them_made_anew(project: Project) -> None:
    layout(project, LOOKS)
    build(project, DAY)
    assert tree(project.out) == clean(project)
    layout(project, HEAD % "third")
    build(project, DAY)
    assert tree(project.out) == clean(project)
