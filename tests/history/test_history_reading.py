"""Every movement of the simulated book is found, and nothing else; what was never public is told nowhere."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from pathlib import Path

import pytest
import simulated as sim
from simulated import Move, Record, git

from sitegen.build import Project, build, find
from sitegen.config import Config
from sitegen.history.reading import read_history
from sitegen.notes.book import read_book
from sitegen.past import History

pytestmark = pytest.mark.skipif(not sim.has_git(), reason="no git, so no history was read")


def history(folder: Path, today: dt.date = sim.TODAY, cfg: Config | None = None) -> History:
    cfg = cfg or Config()
    return read_history(folder, folder / cfg.content, read_book(folder, cfg), cfg, today)


def moves(found: History) -> list[Move]:
    return sorted(
        Move(path, edit.day, change.key, change.old, change.new, edit.author)
        for path, note in found.notes.items()
        for edit in note.edits
        for change in edit.changes
        if change.key in ("stage", "owner")
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return sim.simulated_book(tmp_path_factory.mktemp("simulated"))


@pytest.fixture
def own(book: Record, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(book.folder, tmp_path / "book", symlinks=True)
    return tmp_path / "book"


def test_every_movement_is_found_once(book: Record) -> None:
    assert moves(history(book.folder)) == book.moves


def test_what_is_known_of_the_whole(book: Record) -> None:
    found = history(book.folder)
    assert (found.status, found.since) == ("whole", dt.date(2024, 1, 10))
    assert found.head == git(book.folder, "rev-parse", "HEAD")
    assert found.skipped == 2  # a conflict that was committed, a private phase
    assert {path for path, note in found.notes.items() if note.dirty} == set()
    assert all(note.edits[-1].created for path, note in found.notes.items())


def test_edits_with_their_entries_names_and_days(book: Record) -> None:
    edits = history(book.folder).of(sim.AOBA).edits
    told = [
        (str(e.day), e.time, e.rep, [str(d) for d in e.entries], [c.key for c in e.changes]) for e in edits
    ]
    assert told[::-1][:5] == [
        ("2024-01-10", "09:00", "tanaka", ["2024-01-09"], []),
        ("2024-03-05", "08:30", "tanaka", ["2024-03-01"], ["stage"]),
        ("2024-09-02", "10:00", "tanaka", [], ["stage", "size"]),
        ("2025-02-10", "10:00", "tanaka", ["2025-02-07"], ["stage"]),
        ("2025-11-20", "10:00", "tanaka", ["2025-11-18"], ["stage"]),
    ]


def test_a_renamed_or_handed_over_note_keeps_its_past(book: Record) -> None:
    found = history(book.folder)
    for path in (sim.BUNKA, sim.CHUO, sim.DENKI):
        edits = found.of(path).edits
        assert [(e.created, e.moved) for e in edits] == [(False, True), (True, False)]
    assert {e.author for e in found.of(sim.BUNKA).edits} == {"Suzuki Ken"}  # by .mailmap
    assert [e.day.year for e in found.of(sim.SAKURA).edits] == [2026, 2026, 2024, 2024]


def test_a_change_of_hands_that_only_git_knows_counts_for_who_went(own: Path) -> None:
    from sitegen.doctrine.contacts import owner_on
    from sitegen.doctrine.diary import diary
    from sitegen.model import Handover

    project = Project(own, Config())
    findings, _ = build(project, sim.TODAY)
    book = {client.path: client for client in findings.book.clients}
    bunka = book[sim.BUNKA]
    assert bunka.handovers == (Handover("suzuki", dt.date(2025, 4, 1), committed=True),)
    assert [owner_on(bunka, dt.date(2025, m, 1)) for m in (3, 4)] == ["suzuki", "sato"]
    made = diary(book.values(), findings.book.reps, sim.TODAY, findings.history)
    assert {d.date for week in made.deeds["suzuki"].values() for d in week} == {dt.date(2024, 1, 14)}
    assert "sato" not in made.deeds
    page = (own / "site/clients/bunka.html").read_text("utf-8")
    assert page.count("as committed") == 1
    assert "fact.handed" not in page
    assert "as committed" in (own / "site/handover/suzuki.html").read_text("utf-8")
    off = find(project, sim.TODAY).book.clients
    assert [client.handovers for client in off] == [()] * len(off)


def test_days_to_come_are_not_told(book: Record) -> None:
    found = history(book.folder, dt.date(2024, 9, 1))
    assert moves(found) == [move for move in book.moves if move.day <= dt.date(2024, 9, 1)]


def test_with_the_cache_and_without_it_is_the_same(own: Path) -> None:
    first = history(own)
    file = own / ".kayoi" / "history.sqlite"
    assert file.is_file()
    assert history(own) == first
    kept = file.read_bytes()
    assert sim.SECRET.encode() not in kept
    for damage in (b"", b"no database", kept[: len(kept) // 2], kept[:-3000] + bytes(3000)):
        file.write_bytes(damage)
        assert history(own) == first


def test_many_processes_compare_what_one_compares(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.history import comparing

    first = history(own)
    shutil.rmtree(own / ".kayoi")
    monkeypatch.setattr(comparing, "PARALLEL", 1)
    monkeypatch.setattr(comparing, "BATCH", 20)
    assert history(own) == first


def test_what_the_last_build_came_to_counts_only_for_the_same_notes(own: Path) -> None:
    first = history(own)
    text = (own / sim.AOBA).read_text(encoding="utf-8")
    (own / sim.AOBA).unlink()
    without = history(own)
    assert first.notes.keys() - without.notes.keys() == {sim.AOBA}
    (own / sim.AOBA).write_text(text, encoding="utf-8")
    assert history(own) == first
    # names, the day and the entries at hand are always asked anew
    (own / ".mailmap").write_text("Tanaka Aya B <aya@example.jp>\n", encoding="utf-8")
    assert history(own).of(sim.AOBA).edits[-1].author == "Tanaka Aya B"
    day = dt.date(2024, 9, 1)
    assert max(edit.day for edit in history(own, day).of(sim.AOBA).edits) <= day
    (own / sim.AOBA).write_text(text.replace("## 2024-03-01", "## 2024-03-02"), encoding="utf-8")
    assert dt.date(2024, 3, 1) not in {d for edit in history(own).of(sim.AOBA).edits for d in edit.entries}


def test_commit_by_commit_with_the_cache_is_the_same(book: Record, tmp_path: Path) -> None:
    for commit in git(book.folder, "rev-list", "--topo-order", "--reverse", "HEAD").split():
        git(book.folder, "worktree", "add", "-q", "--detach", str(tmp_path / "tree"), commit)
        tree = tmp_path / "tree"
        if (tmp_path / "kept").exists():
            shutil.copytree(tmp_path / "kept", tree / ".kayoi")
        with_cache = history(tree)
        shutil.rmtree(tmp_path / "kept", ignore_errors=True)
        shutil.move(tree / ".kayoi", tmp_path / "kept")
        assert history(tree) == with_cache
        git(book.folder, "worktree", "remove", "--force", str(tree))


def test_no_secret_of_an_old_version_reaches_any_file(own: Path) -> None:
    findings, _ = build(Project(own, Config()), sim.TODAY)
    assert len(findings.history.of(sim.JOMO).edits) == 2
    files = [p for p in (own / "site").rglob("*") if p.is_file()]
    assert len(files) > 20
    for file in (*files, own / ".kayoi" / "history.sqlite"):
        data = file.read_bytes()
        assert sim.SECRET.encode() not in data, file
        assert b"aya@example.jp" not in data, file
    assert sim.SECRET not in repr(findings.history)


def test_check_asks_no_git(own: Path) -> None:
    assert find(Project(own, Config()), sim.TODAY).history.status == "off"


def test_switched_off(own: Path) -> None:
    assert history(own, cfg=Config(history="off")) == History()


def test_a_shallow_clone_is_named_and_its_first_commit_changed_nothing(book: Record, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "3", book.folder.as_uri(), "clone")
    found = history(tmp_path / "clone")
    assert (found.status, found.since) == ("shallow", dt.date(2026, 2, 3))
    assert [(m.day, m.key) for m in moves(found)] == [(dt.date(2026, 5, 2), "stage")]
    assert not any(edit.created for note in found.notes.values() for edit in note.edits)
    git(tmp_path / "clone", "fetch", "-q", "--unshallow")
    assert moves(history(tmp_path / "clone")) == book.moves


def test_rewritten_history(own: Path) -> None:
    history(own)
    git(own, "reset", "-q", "--hard", "HEAD~3")
    (own / sim.AOBA).write_text(sim.note("Aoba", "resting"), encoding="utf-8")
    git(
        own,
        "commit",
        "-q",
        "-a",
        "--amend",
        "-m",
        "x",
        "--date",
        "2026-03-01T10:00:00+0900",
        "--author",
        sim.AYA,
    )
    found = history(own)
    shutil.rmtree(own / ".kayoi")
    assert history(own) == found
    assert [c.new for c in found.of(sim.AOBA).edits[0].changes if c.key == "stage"] == ["resting"]


def test_dirty_and_untracked_notes(own: Path) -> None:
    (own / sim.AOBA).write_text("x", encoding="utf-8")
    crlf = (own / sim.EDO).read_bytes().replace(b"\n", b"\r\n")
    (own / sim.EDO).write_bytes(crlf)
    new = "content/clients/tanaka/new.md"
    (own / new).write_text("# New\n", encoding="utf-8")
    found = history(own)
    assert {path for path, note in found.notes.items() if note.dirty} == {sim.AOBA, new}
    assert not found.of(new).tracked


def test_a_book_below_the_top_that_was_moved_there(book: Record, own: Path) -> None:
    (own / "books").mkdir()
    for name in ("content", "kayoi.yml"):
        git(own, "mv", name, f"books/{name}")
    git(own, "commit", "-q", "-m", "x", "--date", "2026-06-01T10:00:00+0900", "--author", sim.AYA)
    assert moves(history(own / "books")) == book.moves


def test_a_plain_share_no_git_and_no_commits(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(own / ".git")
    assert history(own).status == "no-repository"
    git(own, "init", "-q")
    assert history(own).status == "no-commits"
    monkeypatch.setenv("PATH", str(own))
    assert history(own).status == "no-git"


def test_no_program_of_the_repository_is_run(own: Path) -> None:
    evil = own / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {own}/ran\ncat\n", encoding="utf-8")
    evil.chmod(0o755)
    for key in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.x.textconv", "diff.x.command"):
        git(own, "config", key, str(evil))
    for key in ("core.pager", "diff.external", "gpg.program", "core.sshCommand", "core.editor"):
        git(own, "config", key, str(evil))
    git(own, "config", "log.showSignature", "true")
    (own / ".git/info/attributes").write_text("*.md filter=x diff=x\n", encoding="utf-8")
    (own / sim.AOBA).write_text("changed", encoding="utf-8")
    os.utime(own / sim.EDO)
    assert history(own).status == "whole"
    assert not (own / "ran").exists()


def test_what_is_lacking_is_said_with_its_cure(
    book: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from sitegen.build import remembered
    from sitegen.cli import cli
    from sitegen.cli_preview import preview_once
    from sitegen.terminal import Options, open_project

    git(tmp_path, "clone", "-q", "--depth", "3", book.folder.as_uri(), "clone")
    clone = tmp_path / "clone"
    build_ = ["build", "--strict", "--today", str(sim.TODAY), "-f", str(clone / "kayoi.yml")]
    said = CliRunner().invoke(cli, build_)
    assert "GIT_DEPTH: 0" in said.output
    assert "back to 2026-02-03" in said.output
    git(clone, "fetch", "-q", "--unshallow")
    assert "GIT_DEPTH" not in CliRunner().invoke(cli, build_).output
    git(tmp_path, "clone", "-q", "--depth", "3", book.folder.as_uri(), "other")
    hints: list[str] = []
    opts = Options(tmp_path / "other/kayoi.yml", None, None, sim.TODAY, *[False] * 4)
    with remembered(open_project(opts)) as memory:
        preview_once(opts, memory, hints.append)
    assert ["GIT_DEPTH: 0" in hint for hint in hints] == [True]
    # As git does for a folder of another owner, in its own tests too.
    monkeypatch.setattr("sitegen.history.git._KEPT", ("GIT_TEST_ASSUME_DIFFERENT_OWNER",))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert history(clone).status == "refused"
    assert f'safe.directory "{clone}"' in CliRunner().invoke(cli, build_).output


def test_a_clone_without_blobs_fetches_nothing_and_tells_what_it_has(book: Record, tmp_path: Path) -> None:
    git(book.folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", book.folder.as_uri(), "clone")
    found = history(tmp_path / "clone")
    assert found.status == "whole"
    assert found.skipped > 10
    assert not (tmp_path / "clone/.kayoi").exists()


def test_a_book_that_may_not_be_written_to(own: Path) -> None:
    shutil.rmtree(own / ".kayoi", ignore_errors=True)
    (own / ".kayoi").write_text("in the way", encoding="utf-8")
    assert history(own).status == "whole"


def test_a_wrong_clock_and_an_odd_name(own: Path) -> None:
    odd = "A\x07B  <Cé <x@example.jp>"
    (own / sim.AOBA).write_text(sim.note("Aoba", "won", body="odd"), encoding="utf-8")
    git(own, "commit", "-q", "-a", "-m", "x", "--date", "1990-01-01T00:00:00+0900", "--author", odd)
    # What it came from lies behind it all the same: the order is that of the commits.
    edit, *_, made = history(own).of(sim.AOBA).edits
    assert (edit.day, edit.created, made.created) == (dt.date(1990, 1, 1), False, True)
    assert made.day == dt.date(2024, 1, 10)
    assert "\x07" not in edit.author
    assert "example.jp" not in edit.author


def test_a_wrong_clock_on_a_branch_stays_between_its_parent_and_its_merge(own: Path) -> None:
    def commit(when: str, text: str) -> str:
        (own / sim.EDO).write_text(text, encoding="utf-8")
        git(own, "commit", "-q", "-a", "-m", "x", "--date", f"{when}T10:00:00+0900", "--author", sim.KEN)
        return git(own, "rev-parse", "HEAD")

    git(own, "checkout", "-q", "-b", "side")
    side = [commit("2030-01-01", sim.note("Edo", "won")), commit("1999-01-01", sim.note("Edo", "resting"))]
    git(own, "checkout", "-q", "main")
    main = commit("2026-03-01", sim.note("Edo", "dropped"))
    git(own, "merge", "-q", "-s", "ours", "--no-commit", "side")
    merge = commit("2026-03-02", sim.note("Edo", "probable"))
    made = history(own, dt.date(2031, 1, 1)).of(sim.EDO).edits
    assert [edit.commit for edit in made[:4]] == [merge, side[1], side[0], main]


@pytest.mark.parametrize(
    ("text", "said", "codes"),
    [
        ("history: off", "off", []),
        ("history: no", "off", []),
        ("history: git", "git", []),
        ("history: true", "git", []),
        ("history: svn", "git", ["value-choice"]),
    ],
)
def test_the_setting(text: str, said: str, codes: list[str]) -> None:
    from sitegen.notes.settings import read_settings

    cfg, problems = read_settings(text, "kayoi.yml")
    assert (cfg.history, [problem.code for problem in problems]) == (said, codes)


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="file names are Unicode there")
def test_folders_and_notes_named_in_shift_jis_keep_their_past(tmp_path: Path) -> None:
    top = os.fsencode(tmp_path) + b"/" + "営業".encode("cp932")
    clients = top + "/ソ表/content/clients/田中".encode("cp932")
    Path(os.fsdecode(clients)).mkdir(parents=True)
    for name in ("大和".encode("cp932"), b"\xff\x80"):
        Path(os.fsdecode(clients + b"/" + name + b".md")).write_text("Text.\n", encoding="utf-8")
    git(Path(os.fsdecode(top)), "init", "-q")
    git(Path(os.fsdecode(top)), "add", ".")
    git(Path(os.fsdecode(top)), "commit", "-qm", "notes", "--date", "2026-01-05T09:00:00+09:00")
    book = Path(os.fsdecode(top + "/ソ表".encode("cp932")))
    found, _ = build(Project(book, Config()), sim.TODAY)
    assert [client.owner for client in found.book.clients] == ["田中", "田中"]
    assert "大和" in {client.key for client in found.book.clients}
    assert [(note.tracked, note.dirty) for note in found.history.notes.values()] == [(True, False)] * 2
    assert (book / "site/clients/大和.html").is_file()


@pytest.mark.parametrize("damage", ["objects", "head", "nowhere", "config", "no-head", "pointer", "pack"])
def test_a_damaged_repository_costs_the_past_and_nothing_else(own: Path, damage: str) -> None:
    dot = own / ".git"
    for file in dot.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
            if damage == "objects" and "objects" in file.parts:
                file.write_bytes(b"damaged")
            if damage == "pack" and file.suffix == ".pack":
                file.write_bytes(file.read_bytes()[:2000])
    if damage == "head":
        (dot / "HEAD").write_text("1" * 40 + "\n")
    if damage == "nowhere":
        shutil.rmtree(dot)
        dot.write_text("gitdir: /nowhere/at/all\n")
    if damage == "config":
        (dot / "config").write_bytes(b"\xff[[[\0")
    if damage == "no-head":
        (dot / "HEAD").unlink()
    if damage == "pointer":
        shutil.rmtree(dot)
        dot.write_bytes(b"\xff\0")
    found = history(own)
    assert found.status == ("no-repository" if damage in ("nowhere", "no-head") else "failed")
    assert not found.notes
