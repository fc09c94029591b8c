"""`kayoi build` a second time: the same is said without reading, and whatever was kept can be lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen import build as building
from sitegen.cli import cli

SECRET = "zyxwvut"  # noqa: S105 - what no kept file may tell
NOTES = {
    "clients/abe/yamato.md": "---\nname: Yamato\nstage: probable\n---\n### 2026-11-06 visit: Mori\n- need: English\n",
    "clients/abe/hakone.md": "---\nname: Hakone\nstage: wtt\n---\n### 2026-10-02 call: Kato\nSee [[yamato]].\n",
    "clients/kato/umeda.md": "---\nname: Umeda\n---\n### 2026-11-26 meeting: Ito\n- step: show it\n",
    "reps/abe.md": "---\nname: Abe\n---\nHello [[umeda]]\n",
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    (tmp_path / "kayoi.yml").write_text("history: off\n", encoding="utf-8")
    for path, text in NOTES.items():
        write(tmp_path, path, text)
    return tmp_path


@pytest.fixture(autouse=True)
def no_git_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)


def write(book: Path, path: str, text: str) -> None:
    file = book / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    settle(book)


def settle(book: Path) -> None:
    """Every source was changed so long ago that another change would show."""
    long_ago = time.time_ns() - 3_600_000_000_000
    for file in (book / "kayoi.yml", *(book / "content").rglob("*.md")):
        if file.exists() and file.stat().st_mtime_ns > long_ago + 1_800_000_000_000:
            os.utime(file, ns=(long_ago, long_ago))


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, ["build", *args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and ".kayoi" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def clean(book: Path) -> dict[str, bytes]:
    """The site as a build that knows nothing makes it."""
    run("-q", "--no-cache", "-o", str(book / "clean"))
    return tree(book / "clean")


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called nobody may read a note or make a page."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a book was read of which nothing has changed")

    return lambda: monkeypatch.setattr(building, "build", refuse)


def test_the_second_time_the_same_is_said_and_nothing_is_read(book: Path, unread: Callable[[], None]) -> None:
    write(book, "clients/abe/bad.md", "---\nname: Bad\nstage: probabel\n---\n[[Nobody]]\n")
    first = run()
    before = tree(book / "site")
    unread()
    again = run()
    assert (again.exit_code, first.exit_code) == (1, 1)
    told, told_again = first.output.splitlines(), again.output.splitlines()
    assert told_again[:-1] == told[:-1]
    assert "probabel" in again.output
    assert told_again[-1].split(",")[0] == told[-1].split(",")[0]
    assert tree(book / "site") == before
    assert run("-q").exit_code == 1


def test_strict_counts_the_second_time_as_well(book: Path, unread: Callable[[], None]) -> None:
    write(book, "clients/abe/odd.md", "---\nname: Odd\ncolour: red\n---\n")
    first = [run("-q").exit_code, run("-q", "--strict").exit_code]
    unread()
    assert [run("-q").exit_code, run("-q", "--strict").exit_code] == first


@pytest.mark.parametrize("what", ["note", "gone", "settings", "day", "template"])
def test_whatever_changes_a_build_is_made(book: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("-q")
    seen: list[object] = []

    def made(*_: object, **__: object) -> None:
        seen.append(what)
        raise SystemExit(3)

    monkeypatch.setattr(building, "build", made)
    assert run("-q").exit_code == 0
    note = book / "content/clients/abe/yamato.md"
    if what == "note":
        write(book, "clients/abe/yamato.md", note.read_text("utf-8").replace("English", "Swedish"))
        os.utime(note, ns=(1_700_000_000_000_000_001,) * 2)
    elif what == "gone":
        note.unlink()
    elif what == "settings":
        (book / "kayoi.yml").write_text("history: off\nlang: ja\n", encoding="utf-8")
    elif what == "day":
        monkeypatch.setenv("KAYOI_TODAY", "2026-11-20")
    else:
        (book / "templates").mkdir()
        (book / "templates/x.html").write_text("x", encoding="utf-8")
    assert run("-q").exit_code == 3
    assert seen == [what]


def test_a_note_changed_a_moment_ago_makes_no_mark(book: Path) -> None:
    note = book / "content/clients/abe/yamato.md"
    later = time.time_ns() + 3_600_000_000_000
    os.utime(note, ns=(later, later))
    run("-q")
    text = note.read_text("utf-8")
    note.write_text(text.replace("English", "Swedish"), encoding="utf-8")
    os.utime(note, ns=(later, later))
    run("-q")
    assert "Swedish" in (book / "site/clients/yamato.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--no-cache", "--with-private"])
def test_who_wants_nothing_kept_leaves_nothing(book: Path, option: str) -> None:
    write(book, "clients/abe/own.md", f"---\nname: Own\nprivate: true\n---\n{SECRET}\n")
    run("-q", option)
    assert (book / "site/clients/yamato.html").exists()
    assert not [file for file in book.glob(".kayoi/*") if file.name not in {"began", ".gitignore"}]


def test_nothing_private_is_in_any_kept_file(book: Path) -> None:
    hidden = f"%%{SECRET}%%"
    write(
        book,
        "clients/abe/own.md",
        f"---\nname: Own\nprivate: true\nstage: {SECRET}\narea: {SECRET}\npeople: [{{name: {SECRET}}}]\n---\n"
        f"[[{SECRET}]]\n### 2026-11-06 visit: {SECRET}\n- need: {SECRET}\n- zyxwvut-word: {SECRET}\n",
    )
    write(
        book,
        "clients/abe/hakone.md",
        f'---\nname: Hakone\narea: "x {hidden}"\nodd: "{hidden}"\n---\nText {hidden} <!-- {SECRET} -->\n'
        f"### 2026-11-07 call: {SECRET} #private\n- lesson: {SECRET}\n[[{SECRET}]]\n- [ ] {SECRET} 📅 2026-11-21\n"
        f"### 2026-11-05 call: Kato {hidden}\n- need: more {hidden}\n",
    )
    for _ in range(2):
        run("-q")
        kept = {file.name: file.read_bytes() for file in (book / ".kayoi").iterdir()}
        assert {"kept.sqlite", "parts.sqlite"} <= kept.keys()
        assert not [name for name, data in kept.items() if SECRET.encode() in data.lower()]
        assert b"Hakone" in kept["kept.sqlite"]  # so such words would be seen
    # what was public and is private now is wiped as well
    write(book, "clients/kato/umeda.md", f"---\nname: Umeda\n---\n{SECRET}\n")
    run("-q")
    assert SECRET.encode() in (book / ".kayoi/kept.sqlite").read_bytes()


@pytest.mark.parametrize("name", ["kept.sqlite", "parts.sqlite"])
def test_a_damaged_file_stops_nothing_and_the_site_is_right(book: Path, name: str) -> None:
    run("-q")
    write(
        book, "clients/abe/hakone.md", "---\nname: Hakone\n---\n### 2026-11-02 visit: Sato\nSee [[umeda]].\n"
    )
    right, file = clean(book), book / ".kayoi" / name
    whole, site = file.read_bytes(), book / "site"
    for folder in ("site", ".kayoi"):
        shutil.copytree(book / folder, book / "before" / folder)
    quarter = len(whole) // 4
    damages = {
        "cut": whole[: len(whole) // 2],
        "hole": whole[:quarter] + bytes(quarter) + whole[2 * quarter :],
        "noise": whole[:4096] + b"\xff" * (len(whole) - 4096),
        "values": whole.replace(b"Hakone", b"Hokane").replace(b"Yamato", b"Tomaya"),
    }
    for how, data in damages.items():
        for folder in ("site", ".kayoi"):
            shutil.rmtree(book / folder)
            shutil.copytree(book / "before" / folder, book / folder)
        file.write_bytes(data)
        for last in (book / ".kayoi").glob("last-*"):
            last.unlink()
        result = run("-q")
        assert (result.exit_code, result.output) == (0, ""), how
        assert tree(site) == right, how
    run("-q", "--today", "2026-11-20")
    assert "Hokane" not in (site / "clients/hakone.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("edit", "page", "reason"),
    [
        ("entry", "clients/yamato.html", "changed: content/clients/abe/yamato.md"),
        ("rename", "clients/hakone.html", "content/clients/abe/yamato.md"),
        ("rep", "reps/abe.html", "reps were added or changed"),
        ("day", "day.js", "it is another day"),
        ("template", "method.html", "its template changed"),
    ],
)
def test_explain_names_the_note_or_the_reason(
    book: Path, edit: str, page: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("-q")
    text = NOTES["clients/abe/yamato.md"]
    if edit == "entry":
        write(book, "clients/abe/yamato.md", text + "\n### 2026-11-10 call: Mori\nMore.\n")
    elif edit == "rename":
        write(book, "clients/abe/yamato.md", text.replace("Yamato", "Yamato Precision"))
    elif edit == "rep":
        write(book, "reps/abe.md", "---\nname: Abe Ken\n---\nHello [[umeda]]\n")
    elif edit == "day":
        monkeypatch.setenv("KAYOI_TODAY", "2026-11-20")
    else:
        (book / "templates").mkdir()
        (book / "templates/method.html").write_text(
            '{% extends "kayoi/method.html" %}{% block title %}x{% endblock %}', encoding="utf-8"
        )
    told = dict(line.split(": ", 1) for line in run("-q", "--explain").output.splitlines())
    found = [why for path, why in told.items() if path.endswith(page)]
    assert len(found) == 1, told
    assert reason in found[0]
    assert not any("template" in why for why in told.values()) or edit == "template", told
    assert len(told) < len(tree(book / "site"))
    if edit == "entry":
        assert not [path for path in told if path.endswith(("clients/umeda.html", "kayoi.css"))]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
def test_a_killed_build_leaves_nothing_wrong_behind(book: Path) -> None:
    from signal import SIGKILL

    from sitegen.output import writing
    from sitegen.planning import looking, making, memory, whole

    run("-q")
    write(
        book, "clients/abe/hakone.md", "---\nname: Hakone\n---\n### 2026-11-02 visit: Sato\nSee [[umeda]].\n"
    )
    right = clean(book)
    for place, name, times in [
        (looking, "_parts", 1),
        (making, "render_spec", 3),
        (making, "rendered", 1),
        (writing, "_rename", 4),
        (whole, "written_down", 1),
        (memory.Memory, "lasting", 1),
    ]:
        child = os.fork()
        if not child:
            try:
                _killed_at(place, name, times, SIGKILL)
            finally:
                os._exit(0)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == SIGKILL, name
    assert run("-q").exit_code == 0
    assert tree(book / "site") == right


def test_shards_are_right_after_a_build_that_ended_between_parts_and_pages(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.planning import making

    run("-q")
    write(
        book, "clients/abe/hakone.md", "---\nname: Hakone\n---\n### 2026-11-02 visit: Sato\nSee [[umeda]].\n"
    )

    def stopped(plan: making.Plan, _: object) -> None:
        plan.memory.before_copies()  # as it is where there are many pages
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(making, "rendered", stopped)
        assert run("-q").exit_code == 1
    run("-q")
    assert tree(book / "site") == clean(book)


def _killed_at(place: object, name: str, times: int, signal: int) -> None:
    """A build that is killed when it calls something for the nth time."""
    whole, left = getattr(place, name), [times]

    def count(*args: object, **more: object) -> object:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal)
        return whole(*args, **more)

    setattr(place, name, count)
    try:
        CliRunner().invoke(cli, ["build", "-q"])
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
def test_two_builds_at_once_end_right(book: Path) -> None:
    run("-q")
    write(
        book, "clients/abe/hakone.md", "---\nname: Hakone\n---\n### 2026-11-02 visit: Sato\nSee [[umeda]].\n"
    )
    children = []
    for _ in range(2):
        child = os.fork()
        if not child:
            code = 9
            try:
                code = CliRunner().invoke(cli, ["build", "-q"]).exit_code
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    right = clean(book)
    assert tree(book / "site") == right
    run("-q")
    assert tree(book / "site") == right


def test_a_rep_who_gets_a_note_is_told_by_its_name_in_every_years_entries(book: Path) -> None:
    head = "---\nname: Yamato\nhandover: {from: Sato, date: 2026-06-01}\n---\n"
    write(book, "clients/abe/yamato.md", f"{head}## 2026-03-01 visit\nx\n")
    run("-q")
    for text in ("---\nname: Sato\n---\n", "---\nname: Sato Ken\n---\n"):
        write(book, "reps/s.md", text)
        run("-q")
        assert tree(book / "site") == clean(book)
    assert '"reps":["Sato"]' in (book / "site/data/entries-2026.json").read_text("utf-8").replace(" ", "")


def test_a_note_that_could_not_be_opened_is_read_once_it_can(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.notes import book as reading

    real = reading._bytes
    closed = {"file": "hakone"}

    def locked(found: reading.Found) -> tuple[bytes, str]:
        return (b"", "Permission denied") if closed["file"] in found.file else real(found)

    monkeypatch.setattr(reading, "_bytes", locked)
    assert "Permission denied" in run().output
    assert "Permission denied" in run().output
    closed["file"] = "nobody"
    assert "Permission denied" not in run().output  # nothing else has changed
    assert tree(book / "site") == clean(book)


def test_after_a_note_that_could_not_be_opened_lists_are_made_anew(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.notes import book as reading

    real = reading._bytes
    with monkeypatch.context() as patch:
        patch.setattr(
            reading, "_bytes", lambda found: (b"", "locked") if "hakone" in found.file else real(found)
        )
        run("-q")
    write(book, "clients/abe/hakone.md", NOTES["clients/abe/hakone.md"] + "More.\n")
    run("-q")
    assert tree(book / "site") == clean(book)


def test_what_changes_behind_a_link_in_the_teams_folder_is_seen(book: Path) -> None:
    (book / "else").mkdir()
    there = book / "else/method.html"
    (book / "templates").mkdir()
    for title in ("ONE", "TWO"):
        there.write_text(
            f'{{% extends "kayoi/method.html" %}}{{% block title %}}{title}{{% endblock %}}', "utf-8"
        )
        os.utime(there, ns=(1_700_000_000_000_000_001,) * 2)
        if title == "ONE":
            (book / "templates/method.html").symlink_to(there)
            run("-q")
        run("-q")
        assert title in (book / "site/method.html").read_text("utf-8")


def test_git_that_is_installed_later_is_noticed(
    book: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    (book / "kayoi.yml").write_text("title: B\n", encoding="utf-8")
    me = ("-c", "user.name=a", "-c", "user.email=a@x")
    for args in (("init", "-q"), ("add", "."), (*me, "commit", "-qm", "i")):
        subprocess.run(["git", *args], cwd=book, check=True)
    settle(book)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))
        for _ in range(2):
            assert "git is not installed" in run().output
    assert "git is not installed" not in run().output
    assert tree(book / "site") == clean(book)
