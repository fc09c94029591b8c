"""What tests of several rooms share: the sample book, built once, and a browser where there is one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# a busy machine is no mistake of the code: no test fails by the clock
settings.register_profile("kayoi", deadline=None)
settings.load_profile("kayoi")

ROOT = Path(__file__).resolve().parents[1]
SAMPLE_DAY = dt.date(2026, 11, 19)
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def build_sample(folder: Path, lang: str, *, pinned: bool = False, notes: str = "") -> Path:
    """The sample book, or one folder of it, with the pages in a language; the built site's folder."""
    shutil.copytree(ROOT / "content" / notes, folder / "content" / notes)
    settings = (ROOT / "kayoi.yml").read_text(encoding="utf-8").replace("lang: en", f"lang: {lang}")
    (folder / "kayoi.yml").write_text(settings, encoding="utf-8")
    return build_book(folder, pinned=pinned)


def build_book(folder: Path, *, pinned: bool = False) -> Path:
    """A book on disk as on the sample's day; the built site's folder."""
    from sitegen.build import build
    from sitegen.cli import options
    from sitegen.terminal import open_project

    given = dict.fromkeys(("config", "content", "out", "today", "strict", "quiet", "verbose", "with_private"))
    project = open_project(options({**given, "config": folder / "kayoi.yml"}))
    build(project, SAMPLE_DAY, pinned=pinned)
    return project.out


def built_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first test process to ask for it fills, and all of them read: nobody may write into it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, done = base / name, base / f"{name}.done"
    with FileLock(base / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book's site in English."""
    return built_once(tmp_path_factory, "sample-en", lambda folder: build_sample(folder, "en")) / "site"


@pytest.fixture(scope="session")
def sample_ja(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in Japanese."""
    return built_once(tmp_path_factory, "sample-ja", lambda folder: build_sample(folder, "ja")) / "site"


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with three simulated years of git history; the folder of its `kayoi.yml`."""
    sys.path.insert(0, str(ROOT / "tests" / "history"))
    from simulated import has_git, simulated_book

    if not has_git():
        pytest.skip("no git, so no history was read")
    return simulated_book(tmp_path_factory.mktemp("simulated") / "book").folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skipped in words where there is none, unless the environment insists."""
    if not CHROMIUM.exists():
        if os.environ.get("KAYOI_NEED_BROWSER"):
            pytest.fail(f"no browser: {CHROMIUM} is missing, and KAYOI_NEED_BROWSER asks for one")
        pytest.skip(f"no browser: {CHROMIUM} is missing, so the pages were not tried in one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield found
        found.close()
