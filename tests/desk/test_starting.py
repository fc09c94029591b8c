"""What `kayoi init` lays out: a book, and what editors need for it."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from sitegen.cli import cli
from sitegen.config import Config
from sitegen.desk.settings_schema import SETTINGS, settings_schema
from sitegen.desk.snippets import snippets
from sitegen.desk.starting import start_book, starter_files
from sitegen.model import Client, Problem, Where
from sitegen.notes.note import read_note
from sitegen.notes.schema import json_schema
from sitegen.notes.settings import read_settings
from sitegen.notes.vocabulary import KINDS, WORDS
from sitegen.report import text

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 11, 19)


def laid_out(lang: str = "en") -> dict[str, str]:
    return dict(starter_files(lang, DAY))


def plain_json(written: str) -> Any:
    """VS Code's JSON, which may hold comments on lines of their own."""
    return json.loads("\n".join(line for line in written.splitlines() if not line.lstrip().startswith("//")))


def read(note: str) -> tuple[Client, tuple[Problem, ...]]:
    found = read_note(note.encode(), "content/clients/me/x.md", "client", Config())
    assert isinstance(found.record, Client)
    return found.record, found.problems


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_both_languages_get_the_same_files(lang: str) -> None:
    files = laid_out(lang)
    shared = {".vscode/tasks.json", ".vscode/kayoi.code-snippets", ".obsidian/templates.json", "clients.base"}
    assert shared <= files.keys()
    assert {".gitignore", "kayoi.yml", ".pre-commit-config.yaml"} <= files.keys()
    for path, written in files.items():
        if path.startswith((".vscode/", ".obsidian/")):
            plain_json(written)
        elif path.endswith((".base", ".yml", ".yaml")):
            assert yaml.safe_load(written)


def test_what_an_editor_has_already_stays(tmp_path: Path) -> None:
    mine = tmp_path / ".vscode/tasks.json"
    mine.parent.mkdir()
    mine.write_text("{}", encoding="utf-8")
    made, kept = start_book(tmp_path, "en", DAY)
    assert kept == (".vscode/tasks.json",)
    assert ".vscode/settings.json" in made
    assert mine.read_text(encoding="utf-8") == "{}"


def expanded(body: str) -> str:
    """A snippet as VS Code puts it in where somebody only presses Tab."""
    for name, value in {"YEAR": "2026", "MONTH": "11", "DATE": "19"}.items():
        body = body.replace(f"${{CURRENT_{name}}}", value)
    body = body.replace("${TM_FILENAME_BASE}", "yamato")
    body = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", body)
    while (again := re.sub(r"\$\{\d+:([^${}]*)\}", r"\1", body)) != body:
        body = again
    return re.sub(r"\$\d", "", body)


def test_every_key_kind_and_line_word_has_its_snippet() -> None:
    names = snippets().keys()
    assert {f"key {key}" for key in json_schema()["properties"]} <= names
    assert {f"entry {kind.key}" for kind in KINDS} <= names
    assert {f"line {word.key}" for word in WORDS} <= names
    assert all(row["scope"] == "markdown" for row in snippets().values())


@pytest.mark.parametrize("name", sorted(n for n in snippets() if n.startswith("key ")))
def test_a_key_put_in_by_a_snippet_is_read(name: str) -> None:
    _, problems = read(f"---\n{expanded(snippets()[name]['body'])}\n---\n")
    assert not problems, problems


@pytest.mark.parametrize("name", sorted(n for n in snippets() if n.startswith(("entry ", "記録 "))))
def test_an_entry_put_in_by_a_snippet_is_an_entry_with_its_kind_and_its_people(name: str) -> None:
    client, problems = read("# X\n\n" + expanded(snippets()[name]["body"]))
    assert not problems
    (entry,) = client.entries
    kind = next(k.key for k in KINDS if name.split()[1] in (k.key, *k.words))
    assert (entry.date, entry.kind) == (DAY, kind)
    assert [str(p) for p in entry.people] == (["name"] if name.startswith("entry") else ["お名前"])


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.key)
def test_both_languages_of_a_line_word_say_the_same(word: Any) -> None:
    def told(name: str) -> tuple[list[str], Client]:
        line = expanded(snippets()[name]["body"]).replace("name", "Ito").replace("お名前", "Ito")
        if line.endswith((":", "：", ": ")):
            line += "words"
        note = f"# X\n\n## 2026-11-01 visit with Ito\n- need (Ito): words\n\n## 2026-11-19 visit with Ito\n{line}\n"
        client, problems = read(note)
        return [problem.code for problem in problems], client

    own = next(w for w in word.words if not w.isascii())
    (codes, english), (same, japanese) = told(f"line {word.key}"), told(f"行 {own}")
    assert codes == same == []
    lines = [[(line.word, line.text, line.who) for line in c.entries[0].lines] for c in (english, japanese)]
    assert lines[0] == lines[1] or word.key == "postponed"  # June and 6月 are not the same text
    assert [word.key] == [line[0] for line in lines[0]]


def test_templates_of_obsidian_that_nobody_fills_in_cost_nothing() -> None:
    for lang in ("en", "ja"):
        notes = [laid_out(lang)[path] for path in laid_out(lang) if path.startswith("note-templates/")]
        assert len(notes) == 2
        note = "".join(sorted(notes, key=lambda one: not one.startswith("---")))
        client, problems = read(note.replace("{{title}}", "Yamato: Tokyo").replace("{{date}}", "2026-11-19"))
        assert (client.name, len(client.entries)) == ("Yamato: Tokyo", 1)
        assert not problems, problems


def matcher() -> dict[str, Any]:
    tasks = plain_json(laid_out()[".vscode/tasks.json"])["tasks"]
    found = [task["problemMatcher"] for task in tasks if task["problemMatcher"]]
    assert found[0] == found[1]
    pattern: dict[str, Any] = found[0]["pattern"]
    return pattern


def matched(output: str) -> list[tuple[str, int, int, str, str]]:
    """What VS Code's panel shows of a terminal's text."""
    pattern = matcher()
    groups = (pattern[name] for name in ("file", "line", "column", "severity", "message"))
    file, line, column, severity, message = groups
    rows = [m for m in map(re.compile(pattern["regexp"]).match, output.splitlines()) if m]
    return [(m[file], int(m[line]), int(m[column]), m[severity] or "error", m[message]) for m in rows]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_matcher_finds_each_problem_of_kayoi_check(
    tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_book(tmp_path, lang, DAY)
    monkeypatch.chdir(tmp_path)
    clients = tmp_path / "content/clients/me"
    (clients / "大和 精密.md").write_text("---\nstage: probabel\nstages: won\n---\n", encoding="utf-8")
    (clients / "a:3:4 b.md").write_text("---\nsize: 12:30:1: warning: x\n---\n", encoding="utf-8")
    (clients / "c.md").write_text("See [[Nobody at all]].\n\n## 2026-02-30 visit\n", encoding="utf-8")
    told = json.loads(CliRunner().invoke(cli, ["check", "--format", "json"]).output)
    output = CliRunner().invoke(cli, ["check"]).output
    found = matched(output)
    assert len(told) >= 5
    for row, (file, line, column, severity, message) in zip(told, found, strict=True):
        assert (file, line, column) == (row["path"], row["line"], row["col"])
        assert (severity, message) == (row["severity"], row["message"])


@pytest.mark.parametrize(
    "path",
    [
        r"content\clients\me\大和精密.md",
        r"C:\Users\田中\お客様 帳\content\x.md",
        r"\\server\share\book\kayoi.yml",
    ],
)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_the_matcher_knows_windows_paths(path: str, severity: Any) -> None:
    one = Problem(Where(path, 12, 3), "x", (), "stage: 有望 1:2: x", severity=severity, mend="a.md:1:2: b")
    block = "\n".join(text([one], lambda _: "“有望”：12:3: no"))
    assert matched(block) == [(path, 12, 3, severity, "“有望”：12:3: no")]


def test_the_settings_schema_knows_every_setting() -> None:
    from dataclasses import fields

    assert list(SETTINGS) == [field.name for field in fields(Config)]
    jsonschema.Draft7Validator.check_schema(settings_schema())


def test_the_settings_schema_accepts_what_kayoi_accepts() -> None:
    schema = settings_schema()
    for file in (ROOT / "kayoi.yml", *(ROOT / "templates/starter").glob("*/kayoi.yml")):
        # As editors read it: days are texts, for JSON knows no dates.
        jsonschema.validate(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader), _texts(schema))  # noqa: S506


def _texts(schema: Any) -> Any:
    """The schema for values that are all texts: what remains are keys, choices and shapes."""
    if isinstance(schema, list):
        return [_texts(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kinds = schema.get("type")
    if kinds in ("integer", "boolean"):
        return {"type": "string"}
    return {
        key: _texts(value) for key, value in schema.items() if key != "type" or kinds in ("object", "array")
    }


@pytest.mark.parametrize(
    "wrong",
    ["lnag: ja", "lang: fr", "cadence: {probabel: 7}", "cadence: {won: 0}", "weeks: 0", "portfolio: {x: 1}"],
)
def test_the_settings_schema_refuses_what_kayoi_refuses(wrong: str) -> None:
    assert read_settings(wrong, "kayoi.yml")[1]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(wrong), settings_schema())


def test_the_hook_stops_a_commit_with_a_problem_and_lets_others_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_book(tmp_path, "en", DAY)
    monkeypatch.chdir(tmp_path)
    (theirs,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (team,) = yaml.safe_load(laid_out()[".pre-commit-config.yaml"])["repos"]
    (own,) = team["hooks"]
    same = ("id", "entry", "files", "pass_filenames")
    assert [theirs[key] for key in same] == [own[key] for key in same]
    program, *arguments = own["entry"].split()
    assert program == "kayoi"
    assert all(re.search(own["files"], path) for path in ("content/clients/me/大和.md", "kayoi.yml"))
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    (tmp_path / "content/clients/me/x.md").write_text("---\nstage: probabel\n---\n", encoding="utf-8")
    assert CliRunner().invoke(cli, arguments).exit_code == 1


def test_the_base_asks_for_keys_that_notes_have() -> None:
    for lang in ("en", "ja"):
        base = yaml.safe_load(laid_out(lang)["clients.base"])
        known = {f"note.{key}" for key in json_schema()["properties"]} | {
            f"formula.{key}" for key in base["formulas"]
        }
        known |= {"file.name", "file.folder", "file.mtime"}
        asked = {*base["properties"]}
        for view in base["views"]:
            asked |= {*view["order"], *(row["property"] for row in view["sort"])}
            asked |= {view["groupBy"]["property"]} if "groupBy" in view else set()
        assert asked <= known
