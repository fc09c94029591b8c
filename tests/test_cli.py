"""The verbs as somebody types them: what they say, what they write, their exit codes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import cli, now
from sitegen.terminal import trouble


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    note = tmp_path / "content" / "clients" / "tanaka" / "yamato.md"
    note.parent.mkdir(parents=True)
    note.write_text("---\nname: Yamato\nstage: probable\n---\n## 2026-11-06 visit\nHi.\n", encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, args)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def add(book: Path, text: str, name: str = "bad") -> None:
    (book / f"content/clients/tanaka/{name}.md").write_text(text, encoding="utf-8")


def test_build(book: Path) -> None:
    result = run("build")
    assert result.exit_code == 0, result.output
    assert "1 client on Thursday 2026-11-19, no problems" in result.output
    assert '<time class="due" datetime="2026-11-13"' in (book / "site/clients/yamato.html").read_text(
        encoding="utf-8"
    )


def test_all_problems_in_one_run_each_with_line_caret_and_suggestion(book: Path) -> None:
    add(book, "---\nstage: probabel\nsize: huge\n---\n## 2026-02-30 visit\n")
    result = run("check")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith("content/clients/tanaka/bad.md:2:8: ")
    assert lines[1:4] == ["    stage: probabel", "           ^", "    → stage: probable"]
    assert [line.split(": ")[0].rsplit("/")[-1] for line in lines if line.startswith("content/")] == [
        "bad.md:2:8",
        "bad.md:3:7",
        "bad.md:5:4",
    ]
    assert not (book / "site").exists()


def test_build_and_check_find_the_same(book: Path) -> None:
    add(book, "---\nstage: probabel\n---\n[[Nobody]]\n")
    built, checked = run("build"), run("check")
    assert (built.exit_code, checked.exit_code) == (1, 1)
    assert [x for x in built.output.splitlines() if x.startswith("content/")] == [
        x for x in checked.output.splitlines() if x.startswith("content/")
    ]
    assert (book / "site/clients/bad.html").exists()


def test_warnings_are_problems_only_when_strict(book: Path) -> None:
    add(book, "[[Nobody]]\n")
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1


def test_check_for_programs(book: Path) -> None:
    add(book, "---\nstage: probabel\n---\n")
    (row,) = json.loads(run("check", "--format", "json").output)
    assert (row["path"], row["line"], row["col"], row["severity"]) == (
        "content/clients/tanaka/bad.md",
        2,
        8,
        "error",
    )
    assert row["suggestion"] == "stage: probable"
    assert run("check", "--format", "github").output.startswith(
        "::error file=content/clients/tanaka/bad.md,line=2,col=8,"
    )


@pytest.mark.parametrize(
    "args",
    [
        ("build", "--today", "yesterday"),
        ("build", "-f", "nowhere.yml"),
        ("build", "--content", "nowhere"),
        ("build", "-o", "content"),
        ("build", "-o", "."),
        ("bild",),
        ("check", "--format", "xml"),
    ],
)
def test_usage(book: Path, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert len(result.output) > 20


def test_no_book_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert (result.exit_code, "kayoi init" in result.output) == (2, True)


def test_settings_are_checked_like_notes_and_found_from_below(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "kayoi.yml").write_text("title: T\ncadence: {probable: 0}\nlnag: ja\n", encoding="utf-8")
    monkeypatch.chdir(book / "content")
    result = run("check")
    assert result.exit_code == 1
    assert "kayoi.yml:2:21: " in result.output
    assert "kayoi.yml:3:1: " in result.output


def test_variables_and_flags(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAYOI_OUT", str(book / "elsewhere"))
    assert run("build", "-q").output == ""
    assert (book / "elsewhere/index.html").exists()
    assert "written index.html" in run("build", "-v", "-o", str(book / "third")).output


def test_clean_removes_only_what_kayoi_wrote(book: Path) -> None:
    run("build")
    (book / "site/CNAME").write_text("example.jp", encoding="utf-8")
    assert run("clean").exit_code == 0
    assert [p.name for p in (book / "site").iterdir() if not p.name.startswith(".")] == ["CNAME"]


def test_init_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kayoi.yml").write_text("title: mine\n", encoding="utf-8")
    result = run("init", "--lang", "ja")
    assert result.exit_code == 0
    assert "kept kayoi.yml" in result.output
    assert (tmp_path / "kayoi.yml").read_text(encoding="utf-8") == "title: mine\n"
    again = run("init", "--lang", "ja")
    assert "made" not in again.output


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_book_just_laid_out_has_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", "book", "--lang", lang)
    monkeypatch.chdir(tmp_path / "book")
    assert run("build", "--strict").exit_code == 0


def test_schema_is_json_schema(book: Path) -> None:
    schema = json.loads(run("schema").output)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"stage", "people", "backers", "next"} <= schema["properties"].keys()


def test_today_is_the_teams() -> None:
    """23:00 in UTC is already tomorrow in Tokyo: the two never agree from 15:00 UTC on."""
    import datetime as dt

    utc = dt.datetime.now(dt.UTC)
    assert now("Asia/Tokyo") == (utc + dt.timedelta(hours=9)).date()


def test_colour_is_for_terminals_and_not_where_refused(book: Path) -> None:
    add(book, "---\nstage: probabel\n---\n")
    assert "\x1b" not in run("check").output


def test_a_template_of_the_teams_that_cannot_be_used_is_told_with_its_line(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sitegen.cli import main

    (book / "templates").mkdir()
    for text in (
        "{% extends 'kayoi/home.html' %}\n{% block main %}{{ view.nothing }}{% endblock %}",
        "<p>\n{% if %}",
    ):
        (book / "templates/home.html").write_text(text, encoding="utf-8")
        monkeypatch.setattr("sys.argv", ["kayoi", "build"])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr().err
        assert left.value.code == 1
        assert "home.html:2: your template can't be used." in said
        assert "Traceback" not in said


def test_two_names_that_differ_only_in_how_they_are_composed_are_two_clients(book: Path) -> None:
    for form in ("NFC", "NFD"):
        add(book, f"From {form}.\n", unicodedata.normalize(form, "がぎぐ"))
    first = run("build")
    assert first.exit_code == 1
    assert (
        "content/clients/tanaka/がぎぐ-2.md:1:1: There is a second file content/clients/tanaka/がぎぐ.md"
        in first.output
    )
    pages = {name: (book / f"site/clients/{name}.html").read_text("utf-8") for name in ("がぎぐ", "がぎぐ-2")}
    assert ("From NFC" in pages["がぎぐ"], "From NFD" in pages["がぎぐ-2"]) == (True, True)
    run("build")
    run("build", "--no-cache", "-o", "again")
    assert {name: (book / f"again/clients/{name}.html").read_text("utf-8") for name in pages} == pages


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            PermissionError(13, "Permission denied", "kayoi.yml"),
            "kayoi.yml: Permission denied. The system lets",
        ),
        (OSError(28, "No space left on device"), "No space left on device. The system lets"),
        (
            sqlite3.OperationalError("disk I/O error"),
            "what is kept in .kayoi can't be read or written: disk I/O",
        ),
        (ValueError("x"), "this is a bug in Kayoi"),
    ],
)
def test_what_the_system_refuses_is_no_bug_of_ours(error: Exception, told: str) -> None:
    assert trouble(error).startswith(told)


def test_settings_that_are_no_file_are_told(book: Path) -> None:
    (book / "kayoi.yml").mkdir()
    result = run("check")
    assert (result.exit_code, "kayoi.yml is no file with settings" in result.output) == (2, True)


def test_a_name_that_no_folder_can_have_is_a_usage_error(book: Path) -> None:
    assert run("build", "-o", "b\udce9").exit_code == 2
    (book / "kayoi.yml").write_text('out: "a\\0b"\n', encoding="utf-8")
    assert run("build").exit_code == 2


def test_a_rep_by_name_is_answered_with_the_key(book: Path) -> None:
    (book / "content/reps").mkdir()
    (book / "content/reps/suzuki.md").write_text(
        "---\nname: Suzuki Taro\nnative: 鈴木太郎\n---\n", encoding="utf-8"
    )
    for number, name in enumerate(("Suzuki Taro", "鈴木太郎", "suzuki")):
        add(book, f"---\nowner: {name}\n---\n", f"c{number}")
    told = run("check").output
    assert told.count("is the name of the rep “suzuki”") == 2
    assert told.count("→ owner: suzuki") == 2


def test_names_that_are_no_utf_8_are_refused_in_words(book: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", "from sitegen.cli import main; main()", "check"],
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (told.returncode, "Set PYTHONUTF8=1" in told.stderr) == (2, True), told
