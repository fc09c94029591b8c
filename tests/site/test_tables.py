from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.site.tables import FORMULA, MARK, harmless, table

CASES = json.loads((Path(__file__).parent / "csv_cases.json").read_text(encoding="utf-8"))


def lines(data: bytes) -> list[list[str]]:
    text = data.decode()
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["cell"]))
def test_a_cell_is_written_as_in_the_table_of_cases(case: dict[str, str]) -> None:
    """The table is shared with the script that copies what a list shows. A second cell keeps an empty one bare."""
    assert table(["a", "b"], [[case["cell"], "x"]]) == f"{MARK}a,b\r\n{case['csv']},x\r\n".encode()


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    assert table(["n", "m"], [[-5, None]]) == f"{MARK}n,m\r\n-5,\r\n".encode()


def test_a_heading_is_a_cell_too() -> None:
    assert table(["=1"], []) == f"{MARK}'=1\r\n".encode()


texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@＝＋－＠\t\r\n\", ';１1"))


@given(rows=st.lists(st.lists(texts, min_size=2, max_size=2)))
def test_any_text_comes_back_and_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    data = table(["a", "b"], rows)
    read = lines(data)[1:]
    assert read == [[harmless(cell) for cell in row] for row in rows]
    for row, cells in zip(read, rows, strict=True):
        for found, cell in zip(row, cells, strict=True):
            assert found in (cell, f"'{cell}")
            numeric = found.removeprefix("-").replace(".", "", 1).isdecimal()
            assert numeric or not found.lstrip().startswith((*FORMULA, "\t", "\r"))
            assert not found.startswith(("\t", "\r", "\n"))
