"""Notes are found by who remembers a folder as by who sees it for the first time."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Problem
from sitegen.notes.folder import Folders, Found, find_notes

NAMES = ("clients", "clients/a.md", "clients/abe", "clients/abe/b.md", "page.md", "odd/c.md", "clients/.d.md")
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["file", "folder", "link", "none"])))


def put(root: Path, name: str, what: str) -> None:
    """At this place stands such a thing and nothing else."""
    place = root / "content" / name
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        with suppress(FileNotFoundError, NotADirectoryError):
            place.unlink()
    if what == "none" or not place.parent.is_dir():
        return
    if what == "file":
        place.write_text("x")
    elif what == "folder":
        place.mkdir()
    else:
        place.symlink_to(root / "elsewhere.md")


def found(root: Path, folders: Folders | None) -> tuple[list[Found], list[Problem]]:
    problems: list[Problem] = []
    return list(find_notes(root, root / "content", problems, folders)), problems


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_a_remembered_folder_tells_what_stands_there(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, folders = Path(folder), Folders()
        (root / "elsewhere.md").write_text("x")
        for name in ("content", "content/clients", "content/odd"):
            (root / name).mkdir()
        for name, what in steps:
            put(root, name, what)
            assert found(root, folders) == found(root, None)
