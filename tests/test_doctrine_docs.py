"""docs/doctrine.md: every rule has its row, and every page, place, file and test that it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOC = ROOT / "docs" / "doctrine.md"


def rows() -> list[list[str]]:
    """The cells of each row of the table, its head left out."""
    lines = [ln for ln in DOC.read_text(encoding="utf-8").splitlines() if ln.startswith("| R")]
    return [[cell.strip() for cell in ln.strip("|").split("|")] for ln in lines]


def code(cell: str) -> str:
    found = re.fullmatch(r"`([^`]+)`", cell)
    assert found, cell
    return found[1]


def test_every_rule_has_a_row():
    assert {row[0].split()[0] for row in rows()} == {f"R{n}" for n in range(1, 16)}


def test_the_names_are_those_of_the_method_page():
    from sitegen.site.messages import load_messages

    t = load_messages("en", (ROOT / "templates",))
    for row in rows():
        number, name = row[0].split(" ", 1)
        assert name == str(t(f"rule.{number.lower()}")), row[0]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0].split()[0]} {row[3]}")
def test_what_a_row_names_is_there(row, sample):
    assert len(row) == 6, "a row has six cells"
    page, _, anchor = code(row[3]).partition("#")
    html = sample / page
    assert html.is_file()
    assert not anchor or f'id="{anchor}"' in html.read_text(encoding="utf-8")
    assert (ROOT / code(row[4])).is_file()
    assert (ROOT / code(row[5])).is_file()


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0].split()[0]} {row[4]}")
def test_the_code_says_which_article_asks_for_it(row):
    assert re.search(r"Article [AB]", (ROOT / code(row[4])).read_text(encoding="utf-8"))
