"""The benchmark's generated book: the same for the same seed, of the promised shape, and without mistakes in its notes."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

import pytest

from bench import builds, corpus, report
from bench.clients import name_of
from bench.phrases import MOST
from sitegen.config import Config
from sitegen.notes.book import read_book

CLIENTS = 200


@pytest.fixture(scope="module")
def book() -> dict[str, str]:
    return dict(corpus.files(CLIENTS))


def clients(book: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in book.items() if path.startswith("content/clients/")}


def test_same_arguments_same_bytes(book, tmp_path: Path):
    corpus.write(CLIENTS, tmp_path)
    written = {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {path: text.encode() for path, text in book.items()}
    assert dict(corpus.files(30, seed=2)) != dict(corpus.files(30, seed=1))


def test_shape(book):
    notes = clients(book)
    entries = {
        path: len(re.findall(r"(?m)^## (?!Background|2026年度)", text)) for path, text in notes.items()
    }
    assert len(notes) == CLIENTS
    assert 5500 < statistics.mean(len(text.encode()) for text in notes.values()) < 7100
    assert 16 < statistics.mean(entries.values()) < 19.5
    assert sum(count > 150 for count in entries.values()) == 1
    assert 0.2 < sum("訪問" in text for text in notes.values()) / CLIENTS < 0.9


def test_names_are_each_one_clients_own():
    names = [name_of(i, 1) for i in range(0, MOST, 41)]
    said = [said for name in names for said in (name.name, name.native, name.alias) if said]
    assert len(said) == len(set(said))
    assert len({name.stem for name in names}) == len(names)


def test_kayoi_has_nothing_to_say_about_it(tmp_path: Path):
    corpus.write(40, tmp_path)
    book = read_book(tmp_path, Config())
    assert len(book.clients) >= 38
    assert not book.problems


def test_tables_take_the_place_of_the_old_ones():
    cost = {"wall": 2.0, "cpu": 3.0, "peak": 400.0, "whole": 500.0, "files": 7}
    size = {
        "date": "2026-11-22",
        "runs": 3,
        "machine": "m",
        "versions": "v",
        "bytes": 63_000_000,
        "load": [0, 1],
    }
    costs = {builds.HUGO: cost, builds.NOTHING: cost | {"wall": 0.05}, builds.NO_CACHE: cost | {"wall": 6.0}}
    sizes = {1000: size | {"costs": {builds.HUGO: cost | {"wall": 0.2}}}, 10000: size | {"costs": costs}}
    page = report.placed("# Results\n\nHistory.\n", report.document(sizes))
    assert "| Kayoi, nothing changed | 0.05 | 3.00 | 400 | 500 | 7 | 0.025 | 0.03 | 0.015 | met |" in page
    assert "| Kayoi, cold, no cache | 6.00 | 3.00 | 400 | 500 | 7 | 3.000 | 2.5 | 1.0 | missed |" in page
    assert "| Hugo, cold | 1,000 → 10,000 | 10.0 (1.00) |" in page
    assert report.placed(page, "new").split(report.BEGIN) == [
        "# Results\n\nHistory.\n\n",
        f"\nnew\n{report.END}\n",
    ]
