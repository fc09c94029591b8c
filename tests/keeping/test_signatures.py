"""A file that looks as it did is not opened, unless a change might not show."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.keeping.signatures import Signatures, digest, look, settled

SECOND = 1_000_000_000
NOW = 1_800_000_000 * SECOND


@pytest.mark.parametrize(
    ("age", "fine", "trusted"),
    [
        (SECOND // 20, True, False),
        (SECOND // 5, True, True),
        (2 * SECOND, False, False),
        (3 * SECOND, False, True),
        (-SECOND, True, False),
    ],
)
def test_only_a_change_that_lies_back_far_enough_is_trusted(age: int, fine: bool, trusted: bool) -> None:
    began = NOW + (1 if fine else 0)
    assert settled((5, began - age, 1), began) is trusted


def test_the_same_size_and_time_within_the_window_is_read_again(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_bytes(b"first")
    os.utime(note, ns=(NOW, NOW))
    told = Signatures(began=NOW + SECOND)
    told.learn("note.md", look(note), digest(b"first"))
    with note.open("r+b") as file:
        file.write(b"other")
    os.utime(note, ns=(NOW, NOW))
    assert Signatures.of(told.told(), NOW + 9 * SECOND).digest("note.md", look(note)) is None


def test_what_is_settled_is_known_the_next_time_and_the_time_after(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_bytes(b"first")
    os.utime(note, ns=(NOW, NOW))
    told = Signatures(began=NOW + 9 * SECOND)
    told.learn("note.md", look(note), digest(b"first"))
    for _ in range(2):
        told = Signatures.of(told.told(), NOW + 10 * SECOND)
        assert told.digest("note.md", look(note)) == digest(b"first")
        assert told.digest("other.md", look(note)) is None
    os.utime(note, ns=(NOW, NOW + 1))
    assert told.digest("note.md", look(note)) is None


def test_what_is_gone_or_garbled_is_unknown(tmp_path: Path) -> None:
    assert look(tmp_path / "none") is None
    told = Signatures(began=NOW)
    told.learn("none", None, b"x")
    assert told.seen == {}
    assert Signatures.of(b"\xc1 no such bytes", NOW).known == {}
