"""The backers' picture: who is tied to whom, the data for the script, and the list that says the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.build import Findings, Project, find, pages
from sitegen.config import Config
from sitegen.doctrine.doors import doors, standings
from sitegen.doctrine.introduced import telling

TODAY = dt.date(2026, 11, 19)
ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "templates" / "assets" / "vendor"
NOTES = {
    "aoi": "---\nname: Aoi\nstage: won\nbackers: [Big Bank]\n---\n## 2026-10-01 visit\n- got: a word with [[Beni]]\n",
    "beni": "---\nname: Beni\nnative: 紅\nstage: possible\nbackers: [Big Bank, Aoi]\n---\n## 2026-09-01 visit\n- introduced: [[Cha]]\n",
    "cha": "---\nname: Cha\nstage: resting\nbackers: [{name: Small Shop, size: small}]\n---\n## 2026-12-01 visit\n- got: [[Aoi]] to come\n",
    "dai": "---\nname: Dai\n---\nNobody behind them.\n",
}


def book(tmp: Path, notes: dict[str, str] | None = None, **cfg: Any) -> tuple[Project, Findings]:
    for name, text in (NOTES if notes is None else notes).items():
        note = tmp / "content" / "clients" / "tanaka" / f"{name}.md"
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(text, encoding="utf-8")
    project = Project(tmp, replace(Config(), **cfg))
    return project, find(project, TODAY)


def built(tmp: Path, notes: dict[str, str] | None = None, **cfg: Any) -> dict[str, str]:
    project, found = book(tmp, notes, **cfg)
    wanted = ("network", "backers")
    return {path: data.decode() for path, data in pages(project, found, TODAY) if path.startswith(wanted)}


def graph(files: dict[str, str]) -> dict[str, Any]:
    text = files["network/graph.js"].split("window.Kayoi.graph = ", 1)[1].rstrip(";\n")
    found: dict[str, Any] = json.loads(text)
    return found


def ties(data: dict[str, Any]) -> set[tuple[str, str, int]]:
    return {(data["nodes"][one][0], data["nodes"][other][0], kind) for one, other, kind in data["lines"]}


def test_doors_are_what_was_received_that_names_a_client(tmp_path: Path) -> None:
    _, found = book(tmp_path)
    told = {c.key: telling(c, found.network) for c in found.book.clients}
    (door,) = doors(told, TODAY)
    assert (door.giver, door.to, door.date) == ("aoi", "beni", dt.date(2026, 10, 1))
    later = doors(told, dt.date(2026, 12, 2))
    assert [(d.giver, d.to) for d in later] == [("cha", "aoi"), ("aoi", "beni")]


def test_who_can_open_a_door_comes_first(tmp_path: Path) -> None:
    _, found = book(tmp_path)
    told = standings({c.key: c for c in found.book.clients}, found.network)
    assert [(s.backer.name, s.won, s.to_win, s.others, s.can_open) for s in told] == [
        ("Big Bank", ("aoi",), ("beni",), (), True),
        ("Aoi", ("aoi",), ("beni",), (), True),
        ("Small Shop", (), (), ("cha",), False),
    ]


def test_a_backer_that_is_a_client_is_one_node(tmp_path: Path) -> None:
    data = graph(built(tmp_path))
    assert ties(data) == {
        ("Big Bank", "Aoi", 0),
        ("Big Bank", "Beni", 0),
        ("Aoi", "Beni", 0),
        ("Small Shop", "Cha", 0),
        ("Beni", "Cha", 1),
        ("Aoi", "Beni", 2),
    }
    names = [node[0] for node in data["nodes"]]
    assert sorted(names) == ["Aoi", "Beni", "Big Bank", "Cha", "Small Shop"]
    assert names[0] == "Beni"  # the best connected
    aoi = next(node for node in data["nodes"] if node[0] == "Aoi")
    assert data["stages"][aoi[3]][0] == "won"
    assert aoi[6] == ""  # a backer, of unknown size


def test_the_list_says_the_same(tmp_path: Path) -> None:
    page = built(tmp_path)["network.html"]
    assert "1 client has no line yet" in page
    assert page.count('class="row"') == 3 + 1 + 1
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    for name in ("Big Bank", "Small Shop", "Aoi", "Beni", "Cha"):
        assert name in text.split("Backers", 2)[-1]
    assert "a word with Beni" in re.sub(r" +", " ", text)


def test_japanese_names_in_the_japanese_picture(tmp_path: Path) -> None:
    data = graph(built(tmp_path, lang="ja"))
    assert "紅" in [node[0] for node in data["nodes"]]
    assert next(node for node in data["nodes"] if node[0] == "紅")[1] == "Beni"


def test_nobody_tied_to_anybody_has_words_and_no_script(tmp_path: Path) -> None:
    files = built(tmp_path, {"dai": NOTES["dai"]})
    assert "No backers and no introductions yet" in files["network.html"]
    assert "cytoscape" not in files["network.html"]
    assert graph(files)["nodes"] == []


def test_only_this_page_loads_the_library(tmp_path: Path) -> None:
    files = built(tmp_path)
    assert [path for path, text in files.items() if "vendor/" in text] == ["network.html"]


def test_a_long_list_goes_on_on_further_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.site.views_network.PAGE", 2)
    files = built(tmp_path)
    assert sorted(path for path in files if path.startswith("network")) == [
        "network-2.html", "network-3.html", "network.html", "network/graph.js",
    ]  # fmt: skip
    assert "net-box" in files["network.html"]
    assert "net-box" not in files["network-2.html"]
    rows = sum(text.count('class="row"') for path, text in files.items() if path.startswith("network"))
    assert rows == 5


def test_another_day_changes_nothing(tmp_path: Path) -> None:
    notes = {key: text for key, text in NOTES.items() if key != "cha"}
    project, _ = book(tmp_path, notes)
    made = [
        {p: d for p, d in pages(project, find(project, day), day) if p.startswith("network")}
        for day in (TODAY, TODAY + dt.timedelta(days=40))
    ]
    assert made[0] == made[1]


def test_what_is_private_is_not_in_the_picture(tmp_path: Path) -> None:
    notes = {**NOTES, "geheim": "---\nname: Geheim\nprivate: true\nbackers: [Hidden Hand]\n---\n"}
    files = built(tmp_path, notes)
    assert not [path for path, text in files.items() if "Geheim" in text or "Hidden Hand" in text]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_a_name_never_breaks_out_of_the_data(tmp_path: Path, name: str) -> None:
    note = f"---\nname: Aoi\nbackers: [{json.dumps(name + '</script>;alert(1)//')}]\n---\n"
    project, found = book(tmp_path, {"aoi": note})
    text = next(data for path, data in pages(project, found, TODAY) if path == "network/graph.js").decode()
    assert len(text.splitlines()) == 2
    data = graph({"network/graph.js": text})
    assert len(data["nodes"]) == len(data["lines"]) + 1 == 2


def test_the_libraries_are_those_that_the_readme_names() -> None:
    readme = (VENDOR / "README.txt").read_text(encoding="utf-8")
    for file in sorted(VENDOR.glob("*.js")):
        data = file.read_bytes()
        assert hashlib.sha256(data).hexdigest() in readme
        assert (VENDOR / file.name.replace(".min.js", ".LICENSE.txt")).is_file()
        assert b"sourceMappingURL" not in data
