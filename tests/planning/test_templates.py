"""A page depends on its own template and on all that this one draws in, and on no other."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import pytest

from sitegen.build import Project, build
from sitegen.config import Config
from sitegen.keeping.coding import encode
from sitegen.keeping.signatures import Signatures
from sitegen.planning.templates import others, read_templates, templates

OURS = {
    "layout.html": "{{ same('head.html', page) }}{% block main %}{% endblock %}",
    "head.html": "<head>",
    "client.html": "{% extends 'layout.html' %}{% include \"row.html\" %}",
    "row.html": "<tr>",
    "list.html": "{% from 'row.html' import cell %}",
    "alone.html": "<p>",
}


def laid(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ("head.html", {"head.html", "layout.html"}),
        ("row.html", {"row.html", "client.html", "list.html"}),
        ("alone.html", {"alone.html"}),
    ],
)
def test_a_changed_template_touches_those_that_draw_it_in(
    tmp_path: Path, changed: str, touched: set[str]
) -> None:
    ours, team = laid(tmp_path / "ours", OURS), tmp_path / "team"
    before = templates([team, ours])
    assert templates([team, ours], before) is before
    assert templates([team, ours]) == read_templates(encode(before))
    laid(ours, {changed: OURS[changed] + "!"})
    after = templates([team, ours], before)
    assert {name for name in OURS if before.own[name] != after.own[name]} == touched
    assert (before.frames != after.frames) == (changed == "head.html")


def test_a_teams_template_stands_before_ours_and_may_extend_it(tmp_path: Path) -> None:
    ours = laid(tmp_path / "ours", OURS)
    team = laid(tmp_path / "team", {"row.html": "{% extends 'kayoi/row.html' %}"})
    before = templates([ours]).own
    first = templates([team, ours]).own
    assert {name for name in OURS if before[name] != first[name]} == {"row.html", "client.html", "list.html"}
    laid(ours, {"row.html": "<tr class='x'>"})
    assert templates([team, ours]).own["client.html"] != first["client.html"]


def test_who_draws_in_what_nobody_can_know_depends_on_all(tmp_path: Path) -> None:
    ours = laid(tmp_path / "ours", {**OURS, "alone.html": "{% include view.name %}"})
    before = templates([ours])
    laid(ours, {"head.html": "<head>!"})
    assert templates([ours]).own["alone.html"] != before.own["alone.html"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("client.html", "{% extends 'layout.html' %}{% block main %}{{ super() }}{% endblock %}"),
        ("client.html", "{% extends 'layout.html' %}{% block main %}{{ self.title() }}{% endblock %}"),
        ("client.html", "{% extends 'layout.html' %}{% include 'inner.html' %}"),
        ("client.html", "{% extends view.layout %}"),
        ("layout.html", "{% set given = 1 %}{% block main %}{% endblock %}"),
        ("layout.html", "{%- from 'row.html' import given %}{% block main %}{% endblock %}"),
        ("layout.html", "{% for n in nav %}{% block main scoped %}{% endblock %}{% endfor %}"),
        ("layout.html", "{% extends 'kayoi/layout.html' %}{% macro given() %}{% endmacro %}"),
        ("layout.html", "{% autoescape false %}{% block main %}{% endblock %}{% endautoescape %}"),
        ("layout.html", "{% extends page.kind %}"),
        ("layout.html", "{% extends 'layout.html' %}"),
        ("layout.html", "{% extends 'nowhere.html' %}"),
    ],
)
def test_a_frame_is_told_apart_only_where_nothing_comes_from_it(tmp_path: Path, name: str, text: str) -> None:
    ours = laid(tmp_path / "ours", {**OURS, "inner.html": "{{ super() }}"})
    assert {"client.html", "kayoi/client.html"} <= templates([ours]).frames.keys()
    team = laid(tmp_path / "team", {name: text})
    told = templates([team, ours])
    assert "client.html" not in told.frames
    laid(ours, {"head.html": "<head>!"})
    assert name == "layout.html" or told.own["client.html"] != templates([team, ours]).own["client.html"]


def test_an_address_of_a_page_draws_nothing_in(tmp_path: Path) -> None:
    ours = laid(tmp_path / "ours", {**OURS, "alone.html": "<a href='list.html'>{{ t('x') }}</a>"})
    before = templates([ours])
    laid(ours, {"list.html": "other"})
    assert templates([ours]).own["alone.html"] == before.own["alone.html"]


def test_words_and_assets_are_told_apart(tmp_path: Path) -> None:
    ours = laid(tmp_path / "ours", {**OURS, "messages/en.yml": "a: b", "assets/kayoi.css": "p {}"})
    words, assets = others([ours], Signatures())
    laid(ours, {"assets/kayoi.css": "p { }"})
    same, changed = others([ours], Signatures())
    assert same == words
    assert assets.keys() == changed.keys() == {"assets/kayoi.css"}
    assert assets != changed
    laid(ours, {"messages/en.yml": "a: c"})
    assert others([ours], Signatures())[0] != words


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_name_that_is_no_unicode_stops_nothing(tmp_path: Path) -> None:
    names = [os.fsdecode(name) for name in (b"a\xff.html", b"messages/a\xff.en.yml", b"assets/\x91\xe5.css")]
    ours, team = laid(tmp_path / "ours", OURS), laid(tmp_path / "team", dict.fromkeys(names, "a: b\n"))
    assert templates([team, ours]).own == templates([ours]).own
    (tmp_path / "content/clients").mkdir(parents=True)
    (tmp_path / "content/clients/hakone.md").write_text("---\nname: Hakone\n---\n", encoding="utf-8")
    laid(tmp_path / "templates", dict.fromkeys(names, "a: b\n"))
    project = Project(tmp_path, Config(history="off"))
    for _ in range(2):
        build(project, dt.date(2026, 11, 20))
    assert (project.out / "clients/hakone.html").is_file()
    assert (project.out / "assets/大.css").is_file()
