"""A fresh checkout, another place, a lost site: what only looks otherwise is put back, and no note is understood."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen import build as building
from sitegen.cli import cli
from sitegen.keeping.contents import git_contents, known_again, learned, mark
from sitegen.keeping.signatures import digest

NOTES = {
    "clients/abe/yamato.md": "---\nname: Yamato\nstage: probable\n---\n![plan](../plan.png)\n",
    "clients/abe/大和.md": "---\nname: 大和\n---\n### 2026-10-02 call: Kato\nSee [[yamato]].\n",
    "reps/abe.md": "---\nname: Abe\n---\nHello [[umeda]]\n",
}
LONG_AGO = time.time_ns() - 3_600_000_000_000


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "book"
    for path, text in NOTES.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "content/clients/plan.png").write_bytes(b"\x89PNG a plan")
    (root / "kayoi.yml").write_text("history: off\n", encoding="utf-8")
    settle(root, LONG_AGO)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    monkeypatch.chdir(root)
    return root


def settle(book: Path, when: int) -> None:
    """Every source was changed at this time."""
    for file in (book / "kayoi.yml", *(book / "content").rglob("*")):
        if file.is_file():
            os.utime(file, ns=(when, when))


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, ["build", *args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called nobody may understand a note."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a book was read in which nothing has changed")

    return lambda: monkeypatch.setattr(building, "build", refuse)


def damage(book: Path, what: str) -> None:
    site = book / "site"
    if what == "lost":
        shutil.rmtree(site)
    elif what == "emptied":
        for file in site.rglob("*.html"):
            file.unlink()
    elif what == "changed by hand":
        (site / "index.html").write_text("mine", encoding="utf-8")
    elif what == "checked out":
        settle(book, LONG_AGO + 60_000_000_001)
    elif what == "times of the site are lost":
        for file in site.rglob("*"):
            os.utime(file, ns=(LONG_AGO, LONG_AGO))
    elif what == "something of ours is left over":
        (site / "clients/old.html").write_text("old", encoding="utf-8")
        told = (site / ".kayoi/manifest.json").read_text("utf-8")
        line = f'"files": {{\n"clients/old.html": "{"0" * 64}",'
        (site / ".kayoi/manifest.json").write_text(told.replace('"files": {', line), encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "written", "removed"),
    [
        ("lost", "all", 0),
        ("emptied", "html", 0),
        ("changed by hand", "one", 0),
        ("checked out", "none", 0),
        ("times of the site are lost", "none", 0),
        ("something of ours is left over", "none", 1),
    ],
)
def test_what_only_looks_otherwise_is_put_back(
    book: Path, unread: Callable[[], None], what: str, written: str, removed: int
) -> None:
    first = run()
    before = tree(book / "site")
    damage(book, what)
    unread()
    again = run("-v")
    assert again.exit_code == first.exit_code
    assert tree(book / "site") == before
    told = [line for line in again.output.splitlines() if line.startswith("written ")]
    pages = [path for path in before if not path.startswith(".kayoi")]
    count = {"all": len(pages), "html": sum(p.endswith(".html") for p in pages), "one": 1, "none": 0}[written]
    assert len(told) == count
    gone = f", {removed} removed" if removed else ""
    assert f"{count} of {len(pages)} files written{gone} →" in again.output
    problems = first.output.splitlines()[:-1]
    assert [line for line in again.output.splitlines() if line in problems] == problems
    assert run().output.splitlines()[-1].split(";")[1].startswith(" 0 of")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_file_that_an_old_archive_named_is_put_back_too(book: Path, unread: Callable[[], None]) -> None:
    named = os.fsdecode("大和".encode("cp932") + b".md")
    (book / "content/clients" / named).write_text("---\nname: Another Yamato\n---\n", encoding="utf-8")
    settle(book, LONG_AGO)
    first = run()
    before = tree(book / "site")
    assert first.exit_code == run().exit_code
    damage(book, "lost")
    unread()
    assert run().exit_code == first.exit_code
    assert tree(book / "site") == before


def test_a_book_that_was_moved_is_the_same_book(
    book: Path, unread: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("-q")
    before = tree(book / "site")
    elsewhere = book.parent / "elsewhere" / "deeper"
    shutil.copytree(book, elsewhere)
    monkeypatch.chdir(elsewhere)
    shutil.rmtree(elsewhere / "site/clients")
    unread()
    assert "files written" in run().output
    assert tree(elsewhere / "site") == before


def test_explain_says_of_each_that_it_was_lost(book: Path, unread: Callable[[], None]) -> None:
    run("-q")
    (book / "site/index.html").unlink()
    unread()
    told = [line for line in run("--explain").output.splitlines() if line.startswith("index.html: ")]
    assert len(told) == 1


@pytest.mark.parametrize(
    "what", ["note", "new", "gone", "settings", "template", "picture", "same size", "pages"]
)
def test_what_is_other_within_is_built(book: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("-q")
    shutil.rmtree(book / "site")
    seen: list[str] = []

    def made(*_: object, **__: object) -> None:
        seen.append(what)
        raise SystemExit(3)

    monkeypatch.setattr(building, "build", made)
    note = book / "content/clients/abe/yamato.md"
    if what == "note":
        note.write_text(note.read_text("utf-8") + "More.\n", encoding="utf-8")
    elif what == "same size":
        note.write_text(note.read_text("utf-8").replace("Yamato", "Tamayo"), encoding="utf-8")
    elif what == "new":
        (book / "content/clients/abe/new.md").write_text("---\nname: New\n---\n", encoding="utf-8")
    elif what == "gone":
        note.unlink()
    elif what == "settings":
        (book / "kayoi.yml").write_text("history: off\nlang: ja\n", encoding="utf-8")
    elif what == "template":
        (book / "templates").mkdir()
        (book / "templates/x.html").write_text("x", encoding="utf-8")
    elif what == "picture":
        (book / "content/clients/plan.png").write_bytes(b"\x89PNG b plan")
    else:
        (book / ".kayoi/pages.sqlite").unlink()
    assert run("-q").exit_code == 3
    assert seen == [what]


def test_of_another_day_nothing_is_put_back(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("-q")
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-20")
    run("-q")
    tomorrow = tree(book / "site")
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    shutil.rmtree(book / "site")
    run("-q")
    assert tree(book / "site") != tomorrow
    run("-q", "--no-cache", "-o", str(book / "clean"))
    assert {p: d for p, d in tree(book / "site").items() if not p.startswith(".kayoi")} == {
        p: d for p, d in tree(book / "clean").items() if not p.startswith(".kayoi")
    }


def test_what_stands_in_the_way_is_told_by_the_build(book: Path) -> None:
    run("-q")
    page = book / "site/clients/yamato.html"
    page.unlink()
    page.mkdir()
    (page / "mine.txt").write_text("somebody else's", encoding="utf-8")
    assert "clients/yamato.html" in run("-q").output
    assert (page / "mine.txt").read_text("utf-8") == "somebody else's"


@pytest.mark.parametrize("kept", ["kept.sqlite", "pages.sqlite"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0.05, 0.95), noise=st.binary(min_size=20, max_size=200))
@example(cut=0.5, noise=bytes(20))
def test_a_damaged_cache_puts_nothing_wrong_back(book: Path, kept: str, cut: float, noise: bytes) -> None:
    # what the last try damaged was thrown away, and where nothing changed nobody makes it anew
    shutil.rmtree(book / ".kayoi", ignore_errors=True)
    run("-q")
    before = {path: data for path, data in tree(book / "site").items() if not path.startswith(".kayoi")}
    file = book / ".kayoi" / kept
    data = file.read_bytes()
    at = int(len(data) * cut)
    file.write_bytes(data[:at] + noise + data[at + len(noise) :])
    shutil.rmtree(book / "site")
    run("-q")
    assert {p: d for p, d in tree(book / "site").items() if not p.startswith(".kayoi")} == before


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=Abe", "-c", "user.email=abe@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


def test_a_clone_points_to_what_the_first_pointed_to_and_a_commit_to_something_else(book: Path) -> None:
    assert git_contents(book / "content") == "no git"
    git(book, "init", "-q")
    assert git_contents(book / "content") is None, "nothing is committed yet"
    git(book, "add", "-A")
    git(book, "commit", "-q", "-m", "Notes")
    first = git_contents(book / "content")
    git(book, "pack-refs", "--all")
    assert git_contents(book / "content") == first is not None
    git(book, "config", "http.extraheader", "Authorization: of one run")
    git(book, "config", "--unset", "http.extraheader")
    git(book, "commit", "-q", "--allow-empty", "-m", "More")
    assert git_contents(book / "content") not in (first, None)


def test_secrets_of_a_run_are_no_change(book: Path) -> None:
    git(book, "init", "-q")
    git(book, "add", "-A")
    git(book, "commit", "-q", "-m", "Notes")
    told = []
    for token in ("one", "another"):
        git(book, "config", "http.extraheader", f"Authorization: {token}")
        told.append(git_contents(book / "content"))
    assert told[0] == told[1] is not None


FILES = st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=6), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=FILES, after=FILES, moved=st.booleans())
def test_files_are_known_again_if_and_only_if_they_hold_the_same(
    tmp_path: Path, before: dict[str, bytes], after: dict[str, bytes], moved: bool
) -> None:
    def look(path: str) -> tuple[int, int, int]:
        there = os.lstat(path)
        return there.st_size, there.st_mtime_ns, there.st_ino

    def written(files: dict[str, bytes], when: int) -> dict[str, tuple[str, tuple[int, int, int]]]:
        shutil.rmtree(tmp_path / "files", ignore_errors=True)
        (tmp_path / "files").mkdir()
        for name, data in files.items():
            (tmp_path / "files" / name).write_bytes(data)
            os.utime(tmp_path / "files" / name, ns=(when, when))
        found = {name: str(tmp_path / "files" / name) for name in files}
        return {name: (path, look(path)) for name, path in found.items()}

    known = learned(written(before, LONG_AGO), {}, look)
    assert known is not None
    assert {name: one[1] for name, one in known.items()} == {
        name: digest(data) for name, data in before.items()
    }
    later = LONG_AGO + (moved or before != after) * 1_000_000_001
    again = known_again(written(after, later), known, time.time_ns())
    assert (again is not None) == (before == after)
    assert again is None or mark(("x",), again) == mark(("x",), known) != mark(("y",), known)
