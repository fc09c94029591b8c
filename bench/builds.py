"""The builds that are measured: which state each begins in, and what it has to show to count."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.clients import CADENCE, TODAY
from bench.tools import HERE, Cost, Failed, Tools, build, copied, settle

HUGO, PELICAN = "Hugo, cold", "Pelican, cold"
NO_CACHE, COLD, NOTHING, ONE = "cold, no cache", "cold, cache kept", "nothing changed", "one note changed"
MORNING, RESTORED, LOST, TEMPLATE = (
    "the next morning",
    "fresh checkout, restored",
    "site lost",
    "template changed",
)


@dataclass(frozen=True)
class Target:
    """A note that is fit to be edited: what the edit moves is the first thing that falls due."""

    rep: str
    stem: str
    stage: str

    @property
    def note(self) -> str:
        return f"content/clients/{self.rep}/{self.stem}.md"


def targets(book: Path) -> Iterator[Target]:
    """Notes to edit, beginning in the middle of the book."""
    notes = sorted((book / "content" / "clients").glob("*/*.md"))
    for note in notes[len(notes) // 2 :] + notes[: len(notes) // 2]:
        text = note.read_text(encoding="utf-8")
        stage = re.search(r"(?m)^stage: (\w+)$", text)
        fit = stage and stage[1] in CADENCE and re.search(r"(?m)^last_visit: ", text)
        if fit and stage and not re.search(r"(?m)^(next|wait_until|private):|^- \[ \]", text):
            yield Target(note.parent.name, note.stem, stage[1])


def edited(text: str) -> tuple[str, str]:
    """A note with an entry of today, a promise in it, and `last_visit` moved; and a word that only it holds."""
    token = f"token{time.time_ns()}"
    text = re.sub(r"(?m)^last_visit: .*$", f"last_visit: {TODAY}", text, count=1)
    promise = f"- [ ] send the {token} page 📅 {TODAY + dt.timedelta(4)}\n"
    return f"{text}\n## {TODAY} call\n\nA few minutes.\n\n{promise}", token


def edit(book: Path, target: Target) -> str:
    """Save an edit; its token."""
    note = book / target.note
    text, token = edited(note.read_text(encoding="utf-8"))
    note.write_text(text, encoding="utf-8")
    return token


def due(target: Target) -> str:
    """The date that the peers' list shows after an edit."""
    return (TODAY + dt.timedelta(CADENCE[target.stage])).isoformat()


def needs(file: Path, token: str) -> None:
    """Raise `Failed` where a built file doesn't show an edit."""
    if token.encode() not in file.read_bytes():
        raise Failed(f"{file.name} does not show what was changed")


@dataclass
class Bench:
    """One book, and what was measured on it."""

    tools: Tools
    corpus: Path
    work: Path
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    said: Callable[[str], None] = print

    def measured(self, name: str, cost: Cost) -> None:
        self.costs.setdefault(name, []).append(cost)
        self.said(
            f"  {name}: {cost.wall:.2f} s, cpu {cost.cpu:.2f} s, peak {cost.peak:.0f} MiB, {cost.files} files"
        )

    def peer(self, tool: str) -> Path:
        """The tool's project with a copy of the notes."""
        place = self.work / tool
        if not place.exists():
            shutil.copytree(HERE / "peers" / tool, place)
            copied(self.corpus / "content", place / "content")
        return place

    def cold_peer(self, tool: str) -> None:
        """A peer's cold build."""
        place = self.peer(tool)
        command, out = (self.tools.hugo, "public") if tool == "hugo" else (self.tools.pelican, "output")
        for made in (out, "resources", "cache", ".hugo_build.lock"):
            shutil.rmtree(place / made, ignore_errors=True)
        settle()
        self.measured(HUGO if tool == "hugo" else PELICAN, build(command, place, place / out))

    @property
    def book(self) -> Path:
        return self.work / "kayoi"

    @property
    def site(self) -> Path:
        return self.book / "site"

    def begin(self) -> None:
        """Kayoi's book, as the generator made it."""
        shutil.rmtree(self.book, ignore_errors=True)
        copied(self.corpus, self.book)

    def kayoi(self, name: str, *more: str, days: int = 0) -> None:
        """One build by Kayoi; problems in notes (exit code 1) are no failure."""
        day = (TODAY + dt.timedelta(days)).isoformat()
        settle()
        command = [*self.tools.kayoi, "build", "-q", "--today", day, *more]
        self.measured(name, build(command, self.book, self.site, (0, 1)))

    def cold(self) -> None:
        """Without a cache: nothing there, nothing kept."""
        self.begin()
        self.kayoi(NO_CACHE, "--no-cache")

    def warm(self, target: Target) -> None:
        """All that begins from a cache, in the order of a team's days."""
        shutil.rmtree(self.site)
        self.kayoi(COLD)
        self.kayoi(NOTHING)
        token = edit(self.book, target)
        self.kayoi(ONE)
        for shown in (f"clients/{target.stem}.html", f"due/{target.rep}.html", "data/promises.json"):
            needs(self.site / shown, token)
        before = (self.site / "index.html").read_bytes()
        self.kayoi(MORNING, days=1)
        if (self.site / "index.html").read_bytes() == before:
            raise Failed("the next morning looks like the day before")
        self.restore()
        self.kayoi(RESTORED, days=1)
        needs(self.site / f"clients/{target.stem}.html", token)
        shutil.rmtree(self.site)
        self.kayoi(LOST, days=1)
        needs(self.site / f"clients/{target.stem}.html", token)
        self.change_template(token)
        self.kayoi(TEMPLATE, days=1)
        needs(self.site / f"clients/{target.stem}.html", f"changed-{token}")
        needs(self.site / "index.html", f"changed-{token}")

    def restore(self) -> None:
        """A new checkout at the old place; cache and site as a pipeline unpacks them, with their times."""
        away = self.work / "kayoi-away"
        self.book.rename(away)
        copied(away / "content", self.book / "content")
        shutil.copyfile(away / "kayoi.yml", self.book / "kayoi.yml")
        for kept in (".kayoi", "site"):
            shutil.copytree(away / kept, self.book / kept)
        shutil.rmtree(away)

    def change_template(self, token: str) -> None:
        """The layout of every page."""
        folder = self.book / "templates"
        folder.mkdir(exist_ok=True)
        changed = f'<meta name="generator" content="changed-{token}">'
        text = f'{{% extends "kayoi/layout.html" %}}\n{{% block head %}}{changed}{{% endblock %}}\n'
        (folder / "layout.html").write_text(text, encoding="utf-8")
