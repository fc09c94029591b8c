"""Every link and anchor on every page leads somewhere: in the sample book, and in a book of everything odd."""

from __future__ import annotations

import datetime as dt
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

import pytest

from sitegen.build import Project, find, pages
from sitegen.config import Config

DAY = dt.date(2026, 11, 19)
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")


class _Page(HTMLParser):
    """The ids of a page, and where it points."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key == "id":
                self.ids.append(value or "")
            elif key in ("href", "src", "action"):
                self.links.append(value or "")
            elif key in REFERRING:
                self.links += [f"#{name}" for name in (value or "").split()]


def astray(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Pages with what is wrong on them: links to no file or to no anchor, ids given twice."""
    found = {}
    for path, data in files.items():
        if path.endswith(".html"):
            found[path] = page = _Page()
            page.feed(data.decode())
    wrong = []
    ids = {path: set(page.ids) for path, page in found.items()}
    for path, page in found.items():
        if len(ids[path]) < len(page.ids):
            wrong.append((path, "an id twice"))
        targets: dict[str, str] = {}
        for link in sorted(set(page.links)):
            if re.match(r"(https?|mailto|tel):", link):
                continue
            address, _, anchor = link.partition("#")
            if address not in targets:
                joined = urljoin(f"http://x/{quote(path)}", address.partition("?")[0])
                targets[address] = unquote(joined[len("http://x/") :])
            target = targets[address]
            if target not in files or (anchor and target in found and unquote(anchor) not in ids[target]):
                wrong.append((path, link))
    return wrong


def read(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_link_astray_is_found() -> None:
    files = {
        "a.html": b'<a href="b.html">',
        "c.html": b'<p id="x"><a href="#y"><a href="a%2Ehtml"><i id="x">',
    }
    assert astray(files) == [("a.html", "b.html"), ("c.html", "an id twice"), ("c.html", "#y")]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_link_of_the_sample_book_leads_somewhere(lang: str, request: pytest.FixtureRequest) -> None:
    assert astray(read(request.getfixturevalue("sample" if lang == "en" else "sample_ja"))) == []


ENTRIES = """## 2026-11-06 visit with A B, 様
- need (A B): x
- confirmed: x
- assumed: y
- lesson: z
- gave: discount
- got: q
- introduced: [[Self]]
- introduced: [[nobody]]
- postponed: June
- no: a
- setback: b
- advice: c
- business: yes
- by: zork, , r
- [ ] do 📅 2026-11-20
## 2027-01-05 showcase with A B
- [ ] z 📅 2027-02-30
"""
NAMES = ("index", "con", "aux.x", "name", "kana", "lists", "..a", "a.", "2026-11-06", "a／b", "tanaka-2", "tanaka-areas", "tanaka-2026-W47", "#q?%25&'", "😀", "عربي", "長" * 55)  # fmt: skip
HEADS = (
    "stage: zork\nvalue: -5\nsize: tiny\nnext: soon\nreference: yes\nbackers: {a: b}\nlast_visit: 1900-01-01",
    "stage: probable\nvalue: 99999999999999999999999\nvisits_before: 99999999\nsince: 1950",
    "stage: won\nsince: 2150\nnext: {date: 2150-12-31}\nwait_until: 2150-12\nreference: {since: 2150}",
    "people: [{role: X}, {name: ''}, {name: 様, since: 2026-11-01, level: strategic}, {name: 1234}]\nnext: {date: 2026-11-20, with: ['', 様]}",
    "people: [{name: A, same: '[[Case#A]]'}, {name: A}]\nbackers: ['[[Self]]', Self]\nname: Self\noffers: [x]\nseeks: [x]",
    "stage: probable\nproduct: p\nprestige: true\nreference: {product: p, visits: true}\nvalue: 20000000\noffers: [x]",
)


def odd_book() -> dict[str, str]:
    """Names of every shape as clients, reps, folders, solutions and pages; values of every wrong kind."""
    book = {"clients/nobody.md": "", "clients/Rep/1.md": "", "clients/rep/2.md": "", "clients/REP/3.md": ""}
    for n, name in enumerate(NAMES):
        head = HEADS[n % len(HEADS)]
        book[f"clients/r/{name}.md"] = f"---\n{head}\n---\n[[Self]] [[{name}]]\n\n{ENTRIES}"
        book[f"clients/{name}/own {name}.md"] = (
            f'---\nstage: possible\nbackers: ["{name}"]\nproduct: "{name}"\narea: "{name}"\n'
            f"next: {{date: 2026-11-25}}\n---\n{ENTRIES}"
        )
        book[f"reps/{name}.md"] = f'---\nname: "{name}"\n---\n'
        book[f"solutions/{name}.md"] = f'---\nname: "{name}"\nlevel: basic\nanswers: [x]\n---\n'
        book[f"{name}.md"] = f"# {name}\n"
    for n, name in enumerate(("Case", "case", "ＣＡＳＥ")):
        book[f"clients/r{n}/{name}.md"] = f"---\nname: Case\n---\n{ENTRIES}"
    return book


BOOKS = {
    "empty": {},
    "one": {"clients/x.md": ""},
    "odd": odd_book(),
}


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", BOOKS)
def test_every_link_of_an_odd_book_leads_somewhere(tmp_path: Path, name: str, lang: str) -> None:
    """And no two files have names that Windows or macOS take for one."""
    if name == "odd" and sys.platform == "win32":
        pytest.skip("this system can't hold such names: the book can't be laid out here")
    (tmp_path / "content").mkdir()
    for path, text in BOOKS[name].items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    project = Project(tmp_path, Config(lang=lang, list_rows=5))
    made = list(pages(project, find(project, DAY), DAY))
    assert len({path.casefold() for path, _ in made}) == len(made)
    assert astray(dict(made)) == []
