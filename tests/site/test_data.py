from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from sitegen.site.data import DATA
from sitegen.site.data_fields import Data, Field, Type, data_bytes, row_writer
from sitegen.site.messages import load_messages

ROOT = Path(__file__).resolve().parents[2]
EN = load_messages("en", [ROOT / "templates"])
texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('":\\,{}\n\u2028'), max_size=8)


def load(folder: Path, name: str) -> Any:
    return json.loads((folder / "data" / name).read_bytes())


def files_of(folder: Path, name: str) -> list[str]:
    """One file, or one a year: each of those that the index names."""
    if name != "entries":
        return [f"{name}.json"]
    told = [item["file"] for item in load(folder, "years.json")["items"]]
    assert told == sorted(file.name for file in (folder / "data").glob("entries-*.json"))
    return told


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", [data.name for data in DATA])
def test_every_file_keeps_to_its_schema(name: str, lang: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue("sample" if lang == "en" else "sample_ja")
    schema = load(folder, f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    known = [*schema["properties"]["items"]["items"]["properties"]]
    for file in files_of(folder, name):
        data = load(folder, file)
        assert [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(data)] == []
        assert data["items"]
        assert {(*item,) for item in data["items"]} == {(*known,)}
        assert data["$schema"] == f"{name}.schema.json"


def test_a_schema_refuses_what_is_wrong(sample: Path) -> None:
    schema, data = load(sample, "clients.schema.json"), load(sample, "clients.json")
    first = data["items"][0]
    for wrong in (
        {"due": "tomorrow"},
        {"value": "12"},
        {"key": None},
        {"size": "huge"},
        {"tags": None},
        {"since": "May"},
    ):
        with pytest.raises(ValidationError):
            Draft202012Validator(schema).validate({**data, "items": [first | wrong]})


def test_one_line_an_item_sorted_and_readable(sample: Path) -> None:
    for data, file in ((one, file) for one in DATA for file in files_of(sample, one.name)):
        raw = (sample / "data" / file).read_bytes().decode()
        assert raw.endswith("}\n]}\n")
        head, *lines, _ = raw.removesuffix("\n").split("\n")
        assert head == f'{{"$schema": "{data.name}.schema.json", "format": 1, "items": ['
        items = [json.loads(line.removesuffix(",")) for line in lines]
        key = data.fields[0].name
        assert [item[key] for item in items] == sorted(item[key] for item in items)
    assert "大和精密株式会社" in (sample / "data/clients.json").read_text(encoding="utf-8")


def test_nothing_known_is_null_and_never_an_empty_text(sample: Path) -> None:
    for file in (sample / "data").glob("*.json"):
        assert '""' not in file.read_text(encoding="utf-8"), file.name


def test_every_entry_stands_in_the_file_of_its_year(sample: Path) -> None:
    years = load(sample, "years.json")["items"]
    assert len(years) > 5
    for year in years:
        items = load(sample, year["file"])["items"]
        assert {item["date"][:4] for item in items} == {str(year["year"])}
        assert len(items) == year["entries"]
    page = (sample / "data.html").read_text(encoding="utf-8")
    assert all(f'href="data/{year["file"]}"' in page for year in years)


@given(
    st.lists(
        st.tuples(texts, texts, st.none() | st.dates(), st.none() | st.integers(), st.booleans()), max_size=3
    )
)
def test_any_value_comes_back_and_nothing_is_null(rows: list[tuple[Any, ...]]) -> None:
    types: tuple[Type, ...] = ("text", "texts", "date", "number", "truth")
    data = Data("x", tuple(Field(name, name, name) for name in types))
    made = row_writer(data)(
        SimpleNamespace(text=a, texts=(a, b), date=day, number=n, truth=t) for a, b, day, n, t in rows
    )
    read = json.loads(data_bytes(data, [b"", made]))["items"]
    assert [tuple(item.values()) for item in read] == [
        (a or None, [a, b], str(day) if day else None, n, t) for a, b, day, n, t in rows
    ]


def test_the_files_fit_together(sample: Path) -> None:
    """Every client of every file is one of clients.json, every rep one of reps.json."""
    clients = {item["key"]: item for item in load(sample, "clients.json")["items"]}
    reps = {item["key"] for item in load(sample, "reps.json")["items"]}
    assert len(clients) == 56
    assert {item["rep"] for item in clients.values()} <= reps
    for data in DATA:
        for item in (item for file in files_of(sample, data.name) for item in load(sample, file)["items"]):
            assert item.get("client", "yamato-precision") in clients
            assert {*item.get("reps", [])} <= {*reps, "suzuki"}, "suzuki has handed over and gone"
    for item in load(sample, "due.json")["items"]:
        assert not item["first"] or item["date"] == clients[item["client"]]["due"]


def test_every_field_is_told_once_and_every_telling_used() -> None:
    told = {data.says(field) for data in DATA for field in data.fields}
    assert told == {key for key in EN.texts if key.startswith("data.field.")}
    assert {f"data.about.{d.name}" for d in DATA} == {k for k in EN.texts if k.startswith("data.about.")}


def test_the_documentation_tells_every_field() -> None:
    """A section a file, a row a field: name, type, meaning."""
    doc = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    heads = r"^### `data/([a-z]+)(?:-<year>)?\.json`\n(.*?)(?=^##|\Z)"
    sections = dict(re.findall(heads, doc, re.MULTILINE | re.DOTALL))
    assert [*sections] == [data.name for data in DATA]
    for data in DATA:
        rows = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", sections[data.name], re.MULTILINE)
        assert rows == [*expected(data)], data.name


def expected(data: Any) -> Any:
    for field in data.fields:
        kind = f"{EN(f'data.type-{field.type}')}{' or null' if field.may_be_null else ''}"
        choices = ": " + ", ".join(f"`{one}`" for one in field.choices) if field.choices else ""
        yield field.name, f"{kind}{choices}", str(EN(data.says(field)).unescape())


def tables() -> str:
    """For docs/data.md: `python tests/site/test_data.py`."""
    parts = []
    for data in DATA:
        rows = [f"| `{name}` | {kind} | {says} |" for name, kind, says in expected(data)]
        about = EN(f"data.about.{data.name}").unescape()
        parts.append(
            "\n".join(
                [
                    f"### `{data.path('<year>' if data.of_year else '')}`",
                    "",
                    about,
                    "",
                    "| field | type | meaning |",
                    "|---|---|---|",
                    *rows,
                ]
            )
        )
    return "\n\n".join(parts)


if __name__ == "__main__":
    import sys

    sys.stdout.write(tables() + "\n")
