"""A secret planted wherever notes, settings of git and old versions can hold one; every file of the site is searched."""

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

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git: old versions can't be planted")
DAY = dt.date(2026, 11, 19)
SECRET = "Zyxwvut 鰯鱈鱚"  # noqa: S105 - what no page may tell
HIDDEN = f"%%{SECRET}%%"
FOUND = re.compile("zyxwv|[鰯鱈鱚]", re.IGNORECASE)
"""Also a single character of it: search cuts Japanese into pairs and single ones."""
PICTURE = "![x](../../img/zyxwvut.png)"

FULL = f"""---
name: Full {HIDDEN}
native: "全{HIDDEN}"
reading: "ぜん{HIDDEN}"
stage: probable
area: "Ginza {HIDDEN}"
address: "1-2 {HIDDEN}"
phone: "03 {HIDDEN}"
product: "Manners {HIDDEN}"
value: 1000 # {SECRET}
aliases: ["F {HIDDEN}"]
tags: [x, "{HIDDEN}"]
offers: ["o {HIDDEN}"]
seeks: ["s {HIDDEN}"]
unknown: "e {HIDDEN}"
people:
  - {{name: Ito, reading: "いとう{HIDDEN}", role: "HR {HIDDEN}", email: "a@b.jp {HIDDEN}", note: "n {HIDDEN}"}}
  - {{name: "{HIDDEN}", role: GA}}
  # {SECRET}
backers: [{{name: "Big {HIDDEN}", note: "{HIDDEN}"}}]
next: {{date: 2026-11-20, time: "10:00", step: "call {HIDDEN}", with: [Ito]}}
reference: {{product: "p {HIDDEN}", benefit: "b {HIDDEN}"}}
handover: [{{from: tanaka, to: suzuki, date: 2026-05-01, note: "x {HIDDEN}"}}]
---
Text {HIDDEN} and <!-- {SECRET}

{SECRET} --> [[hidden]] %%{PICTURE}%%

## 2026-11-06 visit with Ito {HIDDEN}
- need: telephone manners {HIDDEN}
- lesson: listen {HIDDEN}
- gave: a book {HIDDEN}
- received: a name {HIDDEN}
- [ ] an outline {HIDDEN} 📅 2026-11-20
- postponed: 2026-12-01 {HIDDEN}
- introduced: [[hidden]]
- stage: possible {HIDDEN}

## 2026-11-07 call with {SECRET} #private
- need: {SECRET}
- lesson: {SECRET}
- stage: won {SECRET}
- [ ] {SECRET} 📅 2026-11-21
{PICTURE}

## 2026-12-24 meeting {HIDDEN}

## 2026-12-25 meeting {SECRET} #private
"""


class Book:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *args: str, day: str = "2026-01-01") -> None:
        stamp = f"{day}T09:00:00+09:00"
        env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Tanaka Yuki", "GIT_AUTHOR_EMAIL": "zyxwvut@example.jp", "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_NAME": SECRET, "GIT_COMMITTER_EMAIL": "zyxwvut@example.jp", "GIT_COMMITTER_DATE": stamp,
        }  # fmt: skip
        subprocess.run(["git", *args], cwd=self.folder, env=env, check=True, capture_output=True)

    def write(self, path: str, text: str) -> None:
        file = self.folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, day: str) -> None:
        self.git("add", "-A", day=day)
        self.git("commit", "-qm", f"message {SECRET}", day=day)


def past(book: Book) -> None:
    """Versions that held what the notes hold no more, or that were private, or are private now."""
    book.write("reps/tanaka.md", "---\nname: Tanaka Yuki\n---\n")
    head = f"product: {SECRET}\narea: {SECRET}\nphone: {SECRET}\ntags: [{SECRET}]\nbackers: [{SECRET}]\nowner: zyxwvut\n"
    gone = f"people: [{{name: {SECRET}, role: {SECRET}, note: {SECRET}, email: zyxwvut@example.jp}}]\n"
    told = f"{SECRET}\n\n## 2026-01-05 visit with {SECRET}\n- need: {SECRET}\n- lesson: {SECRET}\n"
    book.write(
        "clients/tanaka/aoba.md", f"---\nname: Aoba\nstage: approach\nvalue: 1\n{head}{gone}---\n{told}"
    )
    book.write("clients/tanaka/shown.md", f"---\nprivate: true\nstage: possible\n{head}---\n{told}")
    book.write("clients/tanaka/hides.md", f"---\nname: {SECRET}\nstage: possible\n---\n{told}")
    book.write("clients/tanaka/deleted.md", f"---\nname: {SECRET}\n---\n{told}")
    book.write("clients/zyxwvut/moved.md", f"---\nname: {SECRET}\n---\nThe same text.\n")
    book.commit("2026-01-10")
    book.write("clients/tanaka/aoba.md", "---\nname: Aoba\nstage: wtt\nvalue: 2\n---\n## 2026-03-01 visit\n")
    book.write("clients/tanaka/shown.md", "---\nname: Shown\nstage: wtt\n---\nText.\n")
    book.write("clients/tanaka/hides.md", f"---\nname: {SECRET}\nprivate: true\nstage: won\n---\n{told}")
    (book.folder / "content/clients/tanaka/deleted.md").unlink()
    book.git("mv", "content/clients/zyxwvut/moved.md", "content/clients/tanaka/moved.md")
    book.write("clients/tanaka/moved.md", "---\nname: Moved\n---\nThe same text.\n")
    book.commit("2026-03-10")
    book.git("branch", "zyxwvut")
    book.git("tag", "-a", "zyxwvut-1", "-m", SECRET)
    book.write("clients/tanaka/aoba.md", f"---\nname: {SECRET}\n---\n")
    book.git("stash", "push", "-qm", SECRET)


def present(book: Book) -> None:
    book.write("reps/zyxwvut.md", f"---\nname: {SECRET}\nprivate: true\n---\n{SECRET}\n")
    book.write(
        "reps/suzuki.md", f'---\nname: Suzuki\nphone: "1 {HIDDEN}"\n---\nText {HIDDEN} <!-- {SECRET} -->\n'
    )
    book.write(
        "solutions/zyxwvut.md", f"---\nname: {SECRET}\nprivate: true\nanswers: [telephone]\n---\n{SECRET}\n"
    )
    book.write(
        "solutions/manners.md", f'---\nname: Manners\nanswers: [telephone, "{HIDDEN}"]\n---\n{HIDDEN}\n'
    )
    book.write("zyxwvut.md", f"---\nprivate: true\n---\n# {SECRET}\n")
    book.write("page.md", f"# Page\n{HIDDEN}\n\n## More #private\n{SECRET}\n")
    book.write("img/zyxwvut.png", SECRET)
    book.write("clients/tanaka/full.md", FULL)
    book.write(
        "clients/suzuki/hidden.md", FULL.replace("name: Full", "private: true\nname: Full").replace("%%", "")
    )
    book.commit("2026-11-10")


def leaks(book: Book, **more: object) -> list[str]:
    """The files of the built site that hold any of the secret, or are named by it; folded lines of calendars unfolded."""
    with_private = bool(more.pop("with_private", False))
    cfg = replace(Config(), url="https://kayoi.example/", list_rows=2, **more)  # type: ignore[arg-type]
    project = Project(book.folder, replace(cfg, out="site"))
    build(project, DAY, with_private=with_private)
    files = {
        path.relative_to(project.out).as_posix(): path for path in project.out.rglob("*") if path.is_file()
    }
    assert {
        "clients/aoba.html",
        "clients/full.html",
        "clients/shown.html",
        "clients/moved.html",
    } <= files.keys()
    own = {name: file.read_text("utf-8", "replace") for name, file in files.items() if "assets/" not in name}
    return sorted(
        name for name, text in own.items() if FOUND.search(name) or FOUND.search(re.sub(r"\r\n ", "", text))
    )


def test_no_file_of_the_site_tells_what_is_private_or_was_taken_out(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.git("init", "-q")
    past(book)
    present(book)
    shown = leaks(book, with_private=True)
    rooms = {name.partition("/")[0] for name in shown}
    assert {"search", "lists", "data", "due", "network", "clients", "people.html"} <= rooms
    assert {"search/names.js", "lists/all.csv", "data/promises.json", "network/graph.js"} <= set(shown)
    assert "clients/hidden.html" in shown
    # over the site that showed it all: nothing of it stays
    assert leaks(book) == []
    assert leaks(book, lang="ja") == []
