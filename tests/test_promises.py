"""One property test for each promise that the whole of Kayoi gives."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.build import Project, build, find, pages
from sitegen.config import Config

ROOT = Path(__file__).resolve().parents[1]
DAY = dt.date(2026, 11, 19)
MARK = "Zyxwvut"

slow = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def lay(root: Path, notes: dict[str, bytes]) -> Project:
    for path, data in notes.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return Project(root, Config())


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.endswith(".lock")
    }


# --- a bad note never stops the build and never loses a client

PIECES = st.sampled_from(
    [
        b"---\n", b"name: A\n", b"stage: probabel\n", "stage：won\n".encode(), b"people:\n  - {name: X, role: HR, GA}\n", b"since: 2026-99\n",
        b"next: {date: tomorrow}\n", b"backers: [[X]]\n", b"a: &a [*a, *a]\n", b"[" * 500, b"\t", b"## 2026-02-30 visit\n", b"## 2026-11-06 visit\n",
        "## 令和99年1月1日 訪問\n".encode(), b"- need (", b"- postponed: 99\n", b"- [ ] x \xf0\x9f\x93\x85\n", b"%%", b"<!--", b"-->", b"[[", b"]]", b"|",
        b"\x00", b"\xff\xfe", "訪問".encode("cp932"), b"> " * 60, b"```\n", b"\r\n", b"private: perhaps\n", b"[^1]", b"[^1]: x\n",
    ]
)  # fmt: skip


@slow
@given(
    bodies=st.lists(
        st.lists(PIECES | st.binary(max_size=12), max_size=9).map(b"".join), min_size=1, max_size=3
    )
)
def test_a_bad_note_never_stops_the_build_and_never_loses_a_client(bodies: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = lay(Path(folder), {f"clients/r/c{n}.md": body for n, body in enumerate(bodies)})
        found = find(project, DAY, with_private=True)
        assert [c.key for c in found.book.clients] == [f"c{n}" for n in range(len(bodies))]
        made = {path for path, _ in pages(project, found, DAY)}
        assert {f"clients/c{n}.html" for n in range(len(bodies))} <= made


def test_even_a_bug_of_ours_costs_one_note_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.notes import book

    real = book.read_note

    def broken(data: bytes, path: str, *rest: object, **more: object) -> object:
        if path.endswith("b.md"):
            raise RecursionError("too deep")
        return real(data, path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(book, "read_note", broken)
    project = lay(tmp_path, {f"clients/r/{key}.md": b"# X\n" for key in "ab"})
    found, _ = build(project, DAY)
    assert [(c.key, c.readable) for c in found.book.clients] == [("a", True), ("b", False)]
    assert [p.code for p in found.problems] == ["note-bug"]


# --- what is private reaches no output

PLACES = [
    "---\nname: Shown\nprivate: true\n---\nZyxwvut\n",
    "---\nname: Shown\nprivate: yes\nstage: Zyxwvut\n---\n[[Zyxwvut]]\n",
    "---\nname: [Shown\nprivate: true\nstage: Zyxwvut\n---\nZyxwvut\n",
    "---\nname: Shown\nPrivat: true\n---\nZyxwvut\n",
    "---\nname: Shown\n---\nText %%Zyxwvut%% text\n",
    "---\nname: Shown\n---\nText <!-- one\n\ntwo Zyxwvut --> text\n",
    "---\nname: Shown\n---\nText %%never closed\n\n## 2026-11-06 visit\nZyxwvut\n",
    "---\nname: Shown\n---\n## 2026-11-06 visit #private\n- need: Zyxwvut\n- [ ] Zyxwvut 📅 2026-11-20\n\n### deeper\nZyxwvut [a][b]\n\n[b]: https://Zyxwvut.example\n",
    "---\nname: Shown\n---\n## 2026-11-06 visit\n- needs: x %%Zyxwvut%%\n- stage: %%Zyxwvut%% nonsense\n",
    "---\nname: Shown\nstage: probabel %%Zyxwvut%%\nsize: huge # Zyxwvut\n---\n",
    "---\nname: Shown\nnext: {date: 2026-11-20, step: call %%Zyxwvut%%}\n---\n",
    "---\nname: Shown %%Zyxwvut%%\naliases: [%%Zyxwvut%%]\n---\n",
    "# Shown\n\n## Plans #private\nZyxwvut\n",
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("note", PLACES)
def test_what_is_private_reaches_no_output(tmp_path: Path, note: str, encoding: str) -> None:
    """Nothing of it on any page or in any file's name; other notes' links to it say nothing either."""
    if encoding == "cp932":
        note = note.replace("📅", "")
    other = "# Other\n\n[[Shown]] and [[secret]].\n"
    project = lay(
        tmp_path, {"clients/r/secret.md": note.encode(encoding), "clients/r/other.md": other.encode()}
    )
    build(project, DAY)
    files = tree(project.out)
    assert [path for path, data in files.items() if MARK.encode() in data or MARK in path] == []
    assert "clients/other.html" in files


def test_no_suggestion_names_a_private_note(tmp_path: Path) -> None:
    """A misspelt owner is near a private rep's file name, a link near a private client's name."""
    project = lay(
        tmp_path,
        {
            "reps/zyxwvut.md": b"---\nprivate: true\nname: Zyxwvut\n---\n",
            "clients/r/hidden.md": b"---\nprivate: true\nname: Zyxwvut Co\n---\n",
            "clients/r/a.md": b"---\nowner: zyxwvu\n---\n[[Zyxwvu Co]]\n",
        },
    )
    found = find(project, DAY)
    assert not [path for path, data in pages(project, found, DAY) if MARK.lower() in data.decode().lower()]


@slow
@given(
    words=st.lists(
        st.sampled_from(
            ["%%", "<!--", "-->", MARK, "\n", "\n\n", "a", "`", "    ", "- ", "> ", "## b\n", "％％", "\\"]
        ),
        max_size=14,
    )
)
def test_between_the_marks_nothing_is_seen(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        note = (
            f"# A\n\nbefore %%{''.join(w for w in words if '%' not in w and '％' not in w)}{MARK}%% after\n"
        )
        project = lay(Path(folder), {"clients/r/a.md": note.encode()})
        found = find(project, DAY)
        assert [p for p, data in pages(project, found, DAY) if MARK.encode() in data] == []


def test_with_private_keeps_everything(tmp_path: Path) -> None:
    project = lay(tmp_path, {"clients/r/a.md": PLACES[0].encode(), "clients/r/b.md": PLACES[7].encode()})
    build(project, DAY, with_private=True)
    assert sum(MARK.encode() in data for data in tree(project.out).values()) >= 2


# --- same input, same bytes

BUILD = "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); from conftest import build_book; build_book(Path())"


def test_the_same_notes_give_the_same_bytes_anywhere(tmp_path: Path, sample: Path) -> None:
    """Whatever the hash seed, the locale, the machine's time zone, and the order in which a folder lists its files."""
    book = sample.parent
    turned = tmp_path / "turned"
    for file in sorted([*book.joinpath("content").rglob("*"), book / "kayoi.yml"], reverse=True):
        if file.is_file():
            (turned / file.relative_to(book)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, turned / file.relative_to(book))
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    world = {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "America/New_York"}
    env = {**{k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}, **world}
    subprocess.run([sys.executable, "-c", BUILD, str(ROOT / "tests")], check=True, cwd=turned, env=env)
    here, there = tree(sample), tree(turned / "site")
    assert here.keys() == there.keys()
    assert [path for path in here if here[path] != there[path]] == []


def test_many_processes_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.notes import book

    project = Project(ROOT, Config())
    one = book.read_book(ROOT, project.cfg)
    monkeypatch.setattr(book, "PARALLEL", 1)
    monkeypatch.setattr(book, "BATCH", 7)
    assert book.read_book(ROOT, project.cfg) == one


# --- a build over an older site equals a clean one

NOTE = st.sampled_from(["a", "b", "c", "d"])
TEXT = st.sampled_from(
    [
        "# {k}\n", "---\nname: Name {k}\nstage: possible\n---\n## 2026-11-02 visit\nHi [[a]] [[b]].\n", "---\nstage: won\nbackers: [Big]\n---\n",
        "---\nname: Same\n---\n- [ ] x 📅 2026-11-20\n", "---\nprivate: true\n---\n", "broken: [\n", "---\nnext: {date: 2026-11-20}\n---\n",
    ]
)  # fmt: skip


@settings(
    slow, max_examples=5
)  # an example is half a dozen builds; see also tests/stories/test_incremental_story.py
@given(steps=st.lists(st.tuples(NOTE, TEXT | st.none()), min_size=2, max_size=5), later=st.booleans())
def test_a_build_over_an_older_one_equals_a_clean_one(
    steps: list[tuple[str, str | None]], later: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        project = lay(root, {"clients/r/a.md": b"# A\n"})
        build(project, DAY)
        for key, text in steps:
            file = root / "content" / "clients" / "r" / f"{key}.md"
            if text is None:
                file.unlink(missing_ok=True)
            else:
                file.write_text(text.replace("{k}", key), encoding="utf-8")
            build(project, DAY)
        day = DAY + dt.timedelta(days=int(later))
        after, _ = build(project, day)
        over = tree(project.out)
        shutil.rmtree(project.out)
        clean, _ = build(project, day, keep=False)
        assert tree(project.out) == over
        assert clean.problems == after.problems


# --- Unicode names stay Unicode, NFC

NAMES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/\0"), min_size=1, max_size=12
)


@slow
@given(name=NAMES)
def test_names_stay_unicode_nfc_and_links_reach_them(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stem = unicodedata.normalize("NFD", name)
        if stem.startswith((".", "~$")) or stem.endswith("~") or len(stem.encode()) > 200:
            return
        project = lay(Path(folder), {f"clients/r/{stem}.md": b"text\n"})
        found = find(project, DAY)
        (client,) = found.book.clients
        assert client.key == unicodedata.normalize("NFC", name)
        files = dict(pages(project, found, DAY))
        from urllib.parse import unquote, urljoin

        for path, data in files.items():
            if path.endswith(".html"):
                for href in re.findall(r'href="([^"#]+)', data.decode()):
                    target = unquote(
                        urljoin(f"http://x/{path}", href.replace("&#39;", "'").replace("&amp;", "&"))[
                            len("http://x/") :
                        ]
                    )
                    assert target in files or href.startswith(("http", "mailto:", "tel:")), (path, href)
