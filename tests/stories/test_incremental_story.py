"""Whatever is edited between two builds: the site, and what is said of it, is that of a clean build."""

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from sitegen.build import Project, build, remembered
from sitegen.config import Config
from sitegen.keeping.halves import begin_releasing
from sitegen.keeping.looks import looks_of
from sitegen.planning import making

DAY = dt.date(2026, 11, 19)
NOTES = {
    "clients/abe/yamato.md": "---\nname: Yamato Precision\nnative: 大和精密\nstage: probable\nbackers: [{name: Big Bank, size: large}]\n"
    "people: [{name: Mori Jun, role: President, level: strategic, since: 2020}]\noffers: [plating]\n---\n"
    "### 2026-11-10 visit: Mori Jun\n- need (Mori Jun): English for the plant\n- [ ] send the plan 📅 2026-11-24\n\n"
    "### 2026-09-01 visit: Mori Jun\n- lesson: ask first\n- introduced: [[hakone]]\n",
    "clients/abe/hakone.md": "---\nname: Hakone Hotels\nstage: wtt\nseeks: [plating]\nbackers: [{name: Big Bank}]\n---\n"
    "### 2026-10-02 call: Kato\n- no: too early\n- see [[Yamato Precision#2026-11-10]]\n",
    "clients/kato/umeda.md": "---\nname: Umeda\nstage: approach\nhandover: {rep: abe, date: 2026-06-01}\n---\n"
    "### 2026-11-26 meeting: Ito\n- step: show it\n",
    "clients/kato/secret.md": "---\nname: Secret\nprivate: true\n---\n### 2026-10-10 visit: X\n",
    "reps/abe.md": "---\nname: Abe\nnative: 阿部\n---\nHello [[umeda]]\n",
    "solutions/talk.md": "---\nname: Plant Talk\nlevel: basic\nanswers: [English]\n---\n",
    "rules.md": "# House rules\n\nSee [[Hakone Hotels]]\n",
}
Edit = tuple[str, int, int]


def _front(text: str, key: str, line: str) -> str:
    text = re.sub(rf"^{key}:.*\n", "", text, flags=re.M)
    return text.replace("---\n", f"---\n{line}\n", 1) if text.startswith("---\n") else text


CHANGES: dict[str, Callable[[str, int], str]] = {
    "entry": lambda t, n: f"{t}\n### 2026-11-{n % 19 + 1:02} visit: Mori Jun\n- need (Mori Jun): more {n}\n",
    "plan": lambda t, n: f"{t}\n### 2026-11-{n % 9 + 20} meeting: Sato {n}\n",
    "link": lambda t, n: (
        f"{t}\n### 2026-08-{n % 28 + 1:02} call: A\n- introduced: [[umeda]]\n- see [[Name {n % 3}]]\n"
    ),
    "stage": lambda t, n: _front(
        t, "stage", f"stage: {('wtt', 'possible', 'won', 'resting', 'dropped')[n % 5]}"
    ),
    "name": lambda t, n: _front(t, "name", f"name: Name {n % 3}"),
    "backer": lambda t, n: _front(
        t, "backers", f"backers: [{{name: Big Bank, size: {('large', 'mid')[n % 2]}}}]"
    ),
    "people": lambda t, n: _front(t, "people", f"people: [{{name: P{n}, since: 2026-{n % 12 + 1:02}}}]"),
    "seek": lambda t, n: _front(t, "seeks", f"seeks: [{('plating', 'English')[n % 2]}]"),
    "lesson": lambda t, n: (
        f"{t}\n### 2026-07-{n % 28 + 1:02} visit: B\n- lesson: listen {n}\n- stage: possible\n"
    ),
    "private": lambda t, n: _front(t, "private", "private: true"),
    "break": lambda t, n: "---\nname: [\n---\n" + t,
    "handed": lambda t, n: _front(
        t, "handover", f"handover: {{from: {('Sato', '佐藤', 'abe')[n % 3]}, date: 2026-{n % 9 + 1:02}-01}}"
    ),
    "went": lambda t, n: (
        f"{t}\n### 2026-11-{n % 19 + 1:02} 訪問 Mori Jun様と\n- by: {('佐藤', 'Abe', 'Sato')[n % 3]}\n"
    ),
    "called": lambda t, n: (
        f"{t}\n### 2026-11-{n % 19 + 1:02} {('電話不在', 'オンライン面談', '初回訪問')[n % 3]}\n"
    ),
    "large": lambda t, n: _front(t, "value", f"value: {(20_000_000, 1)[n % 2]}"),
    "words": lambda t, n: f"{t}\nwords {n} %% not for others %%\n",
}
PLACES = ("add", "rename", "move", "delete", "touch", "template", "frame", "settings", "day", "page", "rep")
FRAMES = (
    '{% extends "kayoi/layout.html" %}{% block head %}{{ super() }}<meta name="n" content="%n">{% endblock %}',
    "<body>%n{% block title %}{% endblock %}{% block main %}{% endblock %}",
    '<body>{% if view is defined %}%n{% endif %}{{ self.title() }}{% include "layout-nav.html" %}{{ self.main() }}',
    "{% set given = %n %}{{ given }}{% block main %}{% endblock %}",
)
"""Layouts of a team: the first two are put around pages as they are, the others look into them."""
EDIT = st.tuples(st.sampled_from([*CHANGES, *PLACES]), st.integers(0, 30), st.integers(0, 30))


class Book:
    """A book on disk, with what is not a file of it."""

    def __init__(self, root: Path) -> None:
        self.root, self.day, self.cfg = root, DAY, Config(out="site", history="off")
        for path, text in NOTES.items():
            file = root / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def edit(self, kind: str, which: int, n: int) -> None:
        notes = sorted((self.root / "content").rglob("*.md"))
        note = notes[which % len(notes)]
        clients = [one for one in notes if "clients" in one.parts]
        if kind in CHANGES:
            note.write_text(CHANGES[kind](note.read_text("utf-8"), n), encoding="utf-8")
        elif kind == "add":
            (note.parent / f"new{n}.md").write_text(
                f"---\nname: Name {n % 3}\n---\n### 2026-11-02 visit: C\n"
            )
        elif kind == "rename":
            note.rename(note.with_name(f"renamed{n}.md"))
        elif kind == "move" and clients:
            one = clients[which % len(clients)]
            (self.root / "content/clients/mori").mkdir(exist_ok=True)
            one.replace(self.root / "content/clients/mori" / one.name)
        elif kind == "delete":
            note.unlink()
        elif kind == "touch":
            note.touch()
        elif kind == "template":
            file = self.root / "templates/method.html"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f'{{% extends "kayoi/method.html" %}}{{% block title %}}{n}{{% endblock %}}')
        elif kind == "frame":
            file = self.root / "templates/layout.html"
            file.parent.mkdir(exist_ok=True)
            file.write_text(FRAMES[which % len(FRAMES)].replace("%n", str(n)))
        elif kind == "settings":
            self.cfg = replace(self.cfg, list_rows=(1, 2, 500)[n % 3])
        elif kind == "day":
            self.day += dt.timedelta(days=(1, 2, 7, -1, 40, -25)[n % 6])
        elif kind == "rep":
            file = self.root / "content/reps/sato.md"
            file.parent.mkdir(exist_ok=True)
            if n % 4:
                file.write_text(
                    f"---\nname: {('Sato', 'Sato Ken')[n % 2]}\nnative: 佐藤\n---\n", encoding="utf-8"
                )
            else:
                file.unlink(missing_ok=True)
        elif kind == "page":
            pages = sorted((self.root / "site").rglob("*.html"))
            for page in pages[which % 9 :: 9]:
                page.write_text("by hand") if n % 2 else page.unlink()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a site but Kayoi's own records."""
    files = (file for file in folder.rglob("*") if file.is_file() and ".kayoi" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def looks(folder: Path) -> set[tuple[str, bytes]]:
    """Every note, with its bytes."""
    return {(str(file), file.read_bytes()) for file in folder.rglob("*.md")}


# what fails is not made smaller: each try is half a dozen builds
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
@given(
    st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=3, max_size=4),
    st.integers(0, 2),
    st.integers(0, 2),
)
@example(
    [[("entry", 12, 6)], [("move", 5, 9), ("people", 22, 13)], [("add", 25, 29)]], 0, 0
)  # a rep without clients
@example(
    [
        [("settings", 15, 29), ("move", 22, 26), ("entry", 14, 20)],
        [("day", 23, 2), ("rename", 6, 9)],
        [("backer", 30, 26), ("break", 7, 9), ("add", 15, 12)],
        [("delete", 13, 14)],
    ],
    0,
    0,
)  # a rep's note goes, and with it a name on the care lists
@example([[("entry", 0, 0)], [("move", 0, 6)], [("entry", 0, 1)]], 2, 0)  # another build within a preview
@example([[("move", 0, 0)], [("entry", 0, 0)], [("entry", 0, 0)]], 2, 0)  # another order of the book
@example([[("plan", 3, 6)], [("day", 0, 2)], [("day", 0, 1), ("entry", 1, 1)]], 1, 0)  # a planned day passes
@example(
    [[("day", 0, 0)], [("day", 0, 5), ("day", 0, 0)], [("day", 0, 5)]], 0, 0
)  # back into a week that was over
@example([[(kind, 3, n)] for n, kind in enumerate(("words", "entry", "backer", "words", "people"))], 1, 1)
@example(
    [[("entry", 3, 0)], [("entry", 3, 1), ("entry", 1, 2)], [("delete", 3, 0)], [("template", 0, 1)]], 1, 2
)
@example(
    [
        [("frame", 0, 1)],
        [("frame", 0, 2)],
        [("frame", 1, 2), ("entry", 0, 0)],
        [("frame", 2, 3)],
        [("page", 0, 0), ("frame", 0, 1)],
    ],
    1,
    0,
)
def test_a_build_that_remembers_equals_a_clean_one(steps: list[list[Edit]], preview: int, hears: int) -> None:
    """`preview`: of so many builds one is that of a process that goes on; 0: none is.

    `hears`: that process hears of nothing, and so looks at everything (0), of each note that changed (1), or of one (2).
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        book = Book(Path(folder))
        build(Project(book.root, book.cfg), book.day)
        lasting = stack.enter_context(remembered(Project(book.root, book.cfg)))
        for number, step in enumerate(steps):
            memory = lasting if preview and number % preview == 0 else None
            before = looks(book.root / "content")
            for edit in step:
                if any((book.root / "content").rglob("*.md")):
                    book.edit(*edit)
            changed = [file for file, _ in before ^ looks(book.root / "content")]
            heard = sorted({*changed})[: len(changed) if hears == 1 else 1] if hears else None
            # half of the builds put pages of clients in place before the rest, as a preview does
            placed: list[tuple[str, ...]] = []
            early = placed.append if len(step) % 2 or (memory and number % 3) else None
            # and some share few pages out among processes, as where there are many clients
            with mock.patch.object(making, "ROWS", 1 if len(step) < 3 else making.ROWS):
                project = Project(book.root, book.cfg)
                after, _ = build(project, book.day, early=early, memory=memory, heard=heard)
            shutil.rmtree(book.root / "clean", ignore_errors=True)
            clean, _ = build(Project(book.root, replace(book.cfg, out="clean")), book.day, keep=False)
            assert tree(book.root / "site") == tree(book.root / "clean")
            assert after.problems == clean.problems
            assert after.looks == looks_of(book.root / "site")
            kept = b"".join(file.read_bytes() for file in (book.root / ".kayoi").iterdir())
            assert b"not for others" not in kept


def test_a_memory_that_goes_on_is_never_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_releasing()  # as where there are many clients
    book = Book(tmp_path)
    project = Project(book.root, book.cfg)
    with remembered(project) as memory:
        monkeypatch.setattr(memory, "renew", lambda: pytest.fail("what was kept was lost"))
        build(project, book.day, memory=memory)
        for n, kind in enumerate(("entry", "lesson", "entry", "stage", "link", "people")):
            book.edit(kind, 1, n)
            build(project, book.day, memory=memory)
            build(Project(book.root, replace(book.cfg, out="clean")), book.day, keep=False)
            assert tree(book.root / "site") == tree(book.root / "clean"), kind
