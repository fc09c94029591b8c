"""A team that commits its notes reads its own past on the site, and nothing that it had taken out again."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build import Project, build
from sitegen.config import Config

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git: there is no history to read")
DAY = dt.date(2026, 11, 19)
SECRET = re.compile(rb"hush", re.IGNORECASE)


def git(folder: Path, *args: str, day: str = "", author: str = "Tanaka Yuki", mail: str = "t@x.jp") -> None:
    stamp = f"{day or '2026-01-01'}T09:00:00+09:00"
    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": stamp,
    }  # fmt: skip
    subprocess.run(["git", *args], cwd=folder, env=env, check=True, capture_output=True)


def note(folder: Path, path: str, text: str) -> None:
    file = folder / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def commit(folder: Path, day: str, message: str = "notes", **who: str) -> None:
    git(folder, "add", "content")
    git(folder, "commit", "-m", message, day=day, **who)


def client(stage: str, *entries: str, more: str = "") -> str:
    return f"---\nname: Kanda\nstage: {stage}\n{more}---\n" + "\n".join(entries)


FIRST = "## 2026-01-09 visit with Ito\nA short talk.\n"
SECOND = "## 2026-03-02 visit with Ito\n- stage: wtt\n"
THIRD = "## 2026-11-12 visit with Ito\nThey want an offer.\n"
KANDA = "clients/tanaka/kanda.md"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a past: Kanda went from approach over willing to talk to possible."""
    folder = tmp_path_factory.mktemp("book")
    git(folder, "init", "-q")
    note(folder, "reps/tanaka.md", "---\nname: Tanaka Yuki\n---\n")
    note(folder, KANDA, client("approach", FIRST))
    commit(folder, "2026-01-10")
    note(folder, KANDA, client("wtt", SECOND, FIRST))
    commit(folder, "2026-03-05", author="Mori Jun")
    note(folder, KANDA, client("possible", THIRD, SECOND, FIRST, more="value: 2000000\n"))
    commit(folder, "2026-11-17")
    return folder


def copied(told: Path, to: Path) -> Path:
    shutil.copytree(told, to)
    return to


def made(folder: Path, **more: object) -> dict[str, bytes]:
    """Every file of the built site."""
    project = Project(folder, replace(Config(), **more))  # type: ignore[arg-type]
    build(project, DAY)
    return {
        p.relative_to(project.out).as_posix(): p.read_bytes() for p in project.out.rglob("*") if p.is_file()
    }


def page(files: dict[str, bytes], path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", files[path].decode()))


def test_the_past_is_told_on_the_client_the_portfolio_the_week_and_the_page_of_changes(told: Path, tmp_path: Path) -> None:  # fmt: skip
    files = made(copied(told, tmp_path / "b"))
    kanda = page(files, "clients/kanda.html")
    assert "approach 9 Jan 2026 to 2 Mar 2026 52 days" in kanda
    assert "willing to talk 2 Mar 2026 to 17 Nov 2026" in kanda
    assert "possible since 17 Nov 2026" in kanda
    assert "1 entry written, changed: stage → possible, value" in kanda
    assert "1 became possible" in page(files, "portfolio/tanaka.html")
    assert "5 days later" in page(files, "weeks/tanaka-2026-W46.html")
    assert "willing to talk → possible" in page(files, "changes.html")
    assert "Mori Jun" in page(files, "changes-2026-W10.html")


def test_the_second_build_with_what_was_remembered_equals_the_first(told: Path, tmp_path: Path) -> None:
    folder = copied(told, tmp_path / "b")
    first = made(folder)
    again = made(folder)
    shutil.rmtree(folder / ".kayoi", ignore_errors=True)
    assert first == again == made(folder)


def test_a_commit_makes_the_changes_of_its_own_week_anew_and_all_is_as_clean(
    told: Path, tmp_path: Path
) -> None:
    folder = copied(told, tmp_path / "b")
    others = "clients/mori/ueno.md", "clients/tanaka/shiba.md"
    for path in others:
        note(folder, path, f"---\nname: {path}\n---\n{FIRST}")
    commit(folder, "2026-10-05", author="Mori Jun")
    made(folder)

    def again() -> list[str]:
        """The pages of changes that a build with what was remembered made anew."""
        project = Project(folder, Config())
        findings, _ = build(project, DAY)
        now = {p.relative_to(project.out): p.read_bytes() for p in project.out.rglob("*.html")}
        clean = Project(folder, replace(Config(), out="clean"))
        build(clean, DAY, keep=False)
        assert now == {p.relative_to(clean.out): p.read_bytes() for p in clean.out.rglob("*.html")}
        return sorted(path for path in findings.why if path.startswith("changes"))

    note(folder, others[0], client("wtt", THIRD, FIRST))
    commit(folder, "2026-11-18", author="Mori Jun")
    assert again() == ["changes-2026-W41.html", "changes.html"]  # of the weeks that tell of Ueno
    (folder / "content" / others[1]).rename(folder / "content/clients/mori/shiba.md")
    commit(folder, "2026-11-19")
    assert "changes-2026-W41.html" in again()
    note(folder, others[0], client("wtt", THIRD, FIRST) + "More.\n")
    commit(folder, "2026-05-20")
    assert "changes-2026-W21.html" in again()
    git(folder, "commit", "--amend", "--reset-author", "-m", "again", day="2026-11-19", author="Sato")
    again()
    assert not (folder / "site/changes-2026-W21.html").exists()


def test_nothing_that_was_taken_out_again_comes_back(told: Path, tmp_path: Path) -> None:
    """In the text, in values, names of keys, stages, reps, paths, messages and addresses of an older version."""
    folder = copied(told, tmp_path / "b")
    old = client(
        "possible",
        "## 2026-07-07 visit with Hush Mary\nHushtext.\n- need (Hush): hushneed\n",
        FIRST,
        more="phone: 03-hush\nhushkey: hushvalue\npeople: [{name: Hush Mary, role: hushrole}]\nowner: hushrep\n",
    )
    note(folder, KANDA, old)
    note(folder, "clients/hushrep/hushname.md", client("possible"))
    note(folder, "clients/tanaka/minato.md", client("hushstage", "%% hushed %%\n"))
    note(folder, "clients/tanaka/hushed.md", "---\nname: Hush\nprivate: true\nstage: won\n---\n")
    note(folder, "clients/tanaka/toranomon.md", "---\nname: Hushhill\nprivate: true\nstage: won\n---\n")
    commit(folder, "2026-11-17", message="hushmessage", mail="hush@hush.jp")
    now = client("probable", "## 2026-11-18 visit #private\nHush, still.\n", THIRD, SECOND, FIRST)
    note(folder, KANDA, now)
    note(folder, "clients/tanaka/minato.md", client("wtt"))
    note(folder, "clients/tanaka/toranomon.md", "---\nname: Toranomon\nstage: wtt\n---\n")
    git(folder, "mv", "content/clients/hushrep/hushname.md", "content/clients/tanaka/ueno.md")
    commit(folder, "2026-11-18", message="hushmessage", mail="hush@hush.jp")
    for lang in ("en", "ja"):
        files = made(folder, lang=lang)
        assert [
            path for path, data in files.items() if SECRET.search(data) or SECRET.search(path.encode())
        ] == []
        assert "clients/toranomon.html" in files
        assert b"2026-07-07" not in files["clients/kanda.html"]
    assert "probable since 18 Nov 2026" in page(made(folder), "clients/kanda.html")


def test_a_shallow_clone_is_named_and_its_past_begins_where_it_was_cut(told: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", told.as_uri(), "b")
    files = made(tmp_path / "b")
    assert "GIT_DEPTH: 0" in page(files, "changes.html")
    kanda = page(files, "clients/kanda.html")
    assert "The past before 17 Nov 2026 was not fetched." in kanda
    assert "note begun" not in kanda
    assert "willing to talk from 2 Mar 2026 , until when is written nowhere" in kanda
    assert "possible since 17 Nov 2026 or before" in kanda


def test_an_untracked_note_and_a_dirty_one_say_so(told: Path, tmp_path: Path) -> None:
    folder = copied(told, tmp_path / "b")
    note(folder, "clients/tanaka/shiba.md", client("wtt"))
    note(folder, KANDA, client("probable", THIRD, SECOND, FIRST))
    files = made(folder)
    assert "This note is not committed yet" in page(files, "clients/shiba.html")
    kanda = page(files, "clients/kanda.html")
    assert "The newest changes of this note are not committed yet." in kanda
    assert "probable since when is written nowhere" in kanda


@pytest.mark.parametrize(("without", "said"), [("git", "git was not found"), ("repository", "no git repository"), ("commits", "Nothing is committed yet")])  # fmt: skip
def test_without_a_past_everything_else_is_built(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str, said: str
) -> None:
    folder = copied(told, tmp_path / "b")
    if without == "git":
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        # rmtree can't remove git's read-only files everywhere, a renamed folder is gone as well
        (folder / ".git").rename(tmp_path / "gone")
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    if without == "commits":
        git(folder, "init", "-q")
    files = made(folder)
    assert said in page(files, "changes.html")
    assert b"how-moved" not in files["clients/kanda.html"]
    off = made(folder, history="off", out="off")
    assert files.keys() == off.keys()
    for one in (files, off):
        # what a stage: line tells needs no git
        assert "Kanda approach → willing to talk" in page(one, "changes.html")
        assert "Told by the “stage:” lines in the notes." in page(one, "changes.html")
    assert "git" not in page(off, "changes.html")
    note(folder, KANDA, client("possible", THIRD, FIRST))
    bare = made(folder, out="bare")
    assert said in page(bare, "changes.html")
    assert "Told by" not in page(bare, "changes.html")
    off = made(folder, history="off", out="off")
    assert bare.keys() - off.keys() == {"changes.html"}
    assert b"changes.html" not in off["index.html"]


def test_three_simulated_years_are_told_as_they_were_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renames, branches, a conflict, a revert, a private phase, secrets in old versions: see `simulated.py`."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "history"))
    from simulated import SECRET as PLANTED
    from simulated import TODAY, simulated_book

    from sitegen.doctrine.contacts import contacts
    from sitegen.doctrine.stages import moves

    record = simulated_book(tmp_path)
    project = Project(tmp_path, Config())
    found, _ = build(project, TODAY)
    for path in project.out.rglob("*"):
        assert PLANTED.encode() not in (path.read_bytes() if path.is_file() else b""), path
        assert PLANTED not in path.name
    told = {
        (one.path, m.date, m.stage)
        for one in found.book.clients
        for m in moves(contacts(one, TODAY), found.history.of(one.path), one.stage)
        if m.source == "git"
    }
    known = {one.path for one in found.book.clients}
    done = {(m.path, m.day, m.new) for m in record.moves if m.key == "stage" and m.path in known}
    assert told == done
