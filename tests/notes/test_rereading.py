"""A book that was read a moment ago is read again from what was heard, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from sitegen.config import Config
from sitegen.model import Book
from sitegen.notes import book as reading
from sitegen.notes.book import read_book, read_stamped, still_as_read
from sitegen.notes.kept import Shelf
from sitegen.notes.rereading import FEW

NOTE = "---\nname: {name}\nstage: wtt\n{front}---\n### 2026-11-10 visit: Sato\n- {text}\n"
CFG = Config()


def save(root: Path, name: str, text: str, front: str = "") -> str:
    file = root / f"content/clients/abe/{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(NOTE.format(name=name.title(), text=text, front=front))
    return str(file)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    for name in ("hakone", "suwa", "yamato"):
        save(tmp_path, name, "first")
    (tmp_path / "content/reps").mkdir()
    (tmp_path / "content/reps/abe.md").write_text("---\nname: Abe\n---\n")
    shelf = Shelf()
    read_stamped(tmp_path, CFG, shelf)
    return shelf


def heard(root: Path, shelf: Shelf, *files: str, cfg: Config = CFG) -> Book:
    """The book where only these files were heard of; `shelf.heard` tells whether they were enough."""
    shelf.heard = files
    return read_stamped(root, cfg, shelf)[0]


def test_only_what_was_heard_of_is_looked_at(tmp_path: Path, shelf: Shelf) -> None:
    files = [save(tmp_path, "suwa", "second"), save(tmp_path, "yamato", "third [[nobody]]")]
    with mock.patch.object(reading, "find_notes", side_effect=AssertionError("looked at everything")):
        book = heard(tmp_path, shelf, *files)
    assert shelf.heard is not None
    assert book == replace(read_book(tmp_path, CFG), problems=book.problems)
    assert {*book.problems} == {*read_book(tmp_path, CFG).problems}
    assert still_as_read(shelf)
    # and from there once more
    book = heard(tmp_path, shelf, save(tmp_path, "suwa", "fourth\nnext: 2026-13-01"))
    assert book.clients == read_book(tmp_path, CFG).clients


def test_a_problem_that_was_mended_is_told_no_more(tmp_path: Path, shelf: Shelf) -> None:
    broken = heard(tmp_path, shelf, save(tmp_path, "suwa", "x", "value: much\n"))
    assert [problem.where.path for problem in broken.problems] == ["content/clients/abe/suwa.md"]
    assert heard(tmp_path, shelf, save(tmp_path, "suwa", "x")).problems == ()
    assert shelf.heard is not None


@pytest.mark.parametrize(
    ("name", "front"),
    [("suwa", "owner: kato\n"), ("suwa", "private: true\n"), ("nagoya", "")],
    ids=["another rep's", "private", "new"],
)
def test_what_concerns_the_book_is_read_as_a_whole(
    tmp_path: Path, shelf: Shelf, name: str, front: str
) -> None:
    book = heard(tmp_path, shelf, save(tmp_path, name, "second", front))
    assert shelf.heard is None
    assert book == read_book(tmp_path, CFG)


def test_so_is_a_note_that_is_gone_or_no_clients(tmp_path: Path, shelf: Shelf) -> None:
    rep = tmp_path / "content/reps/abe.md"
    rep.write_text("---\nname: Abe Jiro\n---\n")
    assert heard(tmp_path, shelf, str(rep)) == read_book(tmp_path, CFG)
    assert shelf.heard is None
    gone = tmp_path / "content/clients/abe/suwa.md"
    gone.unlink()
    assert heard(tmp_path, shelf, str(gone)) == read_book(tmp_path, CFG)
    assert shelf.heard is None


def test_so_are_many_notes(tmp_path: Path, shelf: Shelf) -> None:
    files = [save(tmp_path, f"firm-{number}", "first") for number in range(FEW + 1)]
    read_stamped(tmp_path, CFG, shelf)
    for few, many in ((True, files[1:]), (False, files)):
        for number in range(FEW + 1):
            save(tmp_path, f"firm-{number}", f"second, {few}")
        heard(tmp_path, shelf, *many)
        assert (shelf.heard is not None) is few


def test_other_settings_read_everything(tmp_path: Path, shelf: Shelf) -> None:
    other = replace(CFG, kinds={"tour": (("tour",), True)})
    assert heard(tmp_path, shelf, save(tmp_path, "suwa", "second"), cfg=other) == read_book(tmp_path, other)
    assert shelf.heard is None


@pytest.mark.parametrize("what", ["edited", "new", "gone", "attachment", "odd"])
def test_what_nobody_heard_of_is_seen_in_the_end(tmp_path: Path, shelf: Shelf, what: str) -> None:
    picture = tmp_path / "content/plan.pdf"
    heard(tmp_path, shelf)
    read_stamped(tmp_path, CFG, shelf)
    assert heard(tmp_path, shelf, save(tmp_path, "suwa", "[plan](../../plan.pdf)")).files == ()
    read_stamped(tmp_path, CFG, shelf)  # what a note shows concerns the book
    heard(tmp_path, shelf, save(tmp_path, "hakone", "second"))
    assert still_as_read(shelf)
    if what == "edited":
        save(tmp_path, "yamato", "unheard")
    elif what == "new":
        save(tmp_path, "nagoya", "unheard")
    elif what == "gone":
        (tmp_path / "content/clients/abe/yamato.md").unlink()
    elif what == "attachment":
        picture.write_bytes(b"%PDF")
    else:
        (tmp_path / "content/clients/link.md").symlink_to(picture)
    assert not still_as_read(shelf)
