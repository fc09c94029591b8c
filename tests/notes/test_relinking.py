"""A book linked from how it was linked before is linked as from nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.model import Book
from sitegen.notes.book import read_stamped
from sitegen.notes.kept import Shelf
from sitegen.notes.linking import link_book
from sitegen.notes.relinking import link_again, link_all, network_of

NAMES = ("Abe", "Beni", "Cha", "Dan")
LINES = st.sampled_from(
    [
        "", "[[Abe]]", "[[Beni#2026-11-02]]", "[[Cha|tea]] and [[nobody]]", "[[Mori]]", "[[#2026-11-02]]",
        "- introduced: [[Dan]]", "[[Abe#Mori]]", "[[abee]]", "### 2026-11-02 visit: Mori", "### 2026-11-03 call\n[[Abe]]",
    ]
)  # fmt: skip
BODY = st.lists(LINES, max_size=4).map("\n".join)


def read(root: Path, bodies: list[str]) -> tuple[Book, dict[str, bytes]]:
    for name, body in zip(NAMES, bodies, strict=True):
        file = root / "content/clients/r" / f"{name.lower()}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        people = "people: [{name: Mori}]\n" if name == "Abe" else ""
        file.write_text(f"---\nname: {name}\n{people}backers: [Beni, Bank]\n---\n{body}\n", encoding="utf-8")
    shelf = Shelf()
    book, _ = read_stamped(root, Config(), shelf)
    return book, dict(shelf.ties)


@settings(deadline=None, max_examples=60)
@given(st.lists(BODY, min_size=4, max_size=4), st.lists(BODY, min_size=4, max_size=4))
def test_linked_again_is_linked(before: list[str], after: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book, ties = read(Path(folder), before)
        linked, named = link_all(book, ties)
        book, ties = read(Path(folder), after)
        again = link_again(book, ties, linked, named)
        assert again is not None
        found, right = network_of(again, named), link_book(book)
        assert found.targets == right.targets
        assert found.backlinks == right.backlinks
        assert (found.backers, found.backer_of) == (right.backers, right.backer_of)
        assert set(found.problems) == set(right.problems)


def test_another_name_is_for_the_whole_book(tmp_path: Path) -> None:
    book, ties = read(tmp_path, ["", "", "", ""])
    linked, named = link_all(book, ties)
    note = tmp_path / "content/clients/r/abe.md"
    note.write_text(note.read_text("utf-8").replace("name: Abe", "name: Abbe"), encoding="utf-8")
    shelf = Shelf()
    book, _ = read_stamped(tmp_path, Config(), shelf)
    assert link_again(book, shelf.ties, linked, named) is None
