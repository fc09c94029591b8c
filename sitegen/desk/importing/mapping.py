"""`--map`: a YAML file that says which column is what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.desk.importing.contact import FIELDS
from sitegen.desk.importing.headings import LEFT_OUT, heading_key
from sitegen.model import Problem, Where
from sitegen.notes.fm_nodes import Slip, parse
from sitegen.notes.reading import decode
from sitegen.text import closest, fold


def read_mapping(path: Path, shown: str) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """`heading_key` or number of each column → its field, as a file such as `取引先の方: name` says it.

    Raises `OSError`.
    """
    text, problems = decode(path.read_bytes(), shown)
    if text is None:
        return {}, problems
    try:
        root = parse(text)
    except Slip as slip:
        return {}, (Problem(Where(shown, slip.line, slip.col), "import-map-yaml"),)
    if root.kind != "map":
        return {}, (Problem(Where(shown), "import-map-yaml"),)
    found: dict[str, str] = {}
    wrong: list[Problem] = []
    for key, value in root.pairs:
        name = fold(value.text).replace(" ", "_").replace("-", "_") if value.kind == "text" else "?"
        if name in (*FIELDS, LEFT_OUT):
            found[key.text if key.text.isdecimal() else heading_key(key.text)] = name
        else:
            params = (("field", value.text), ("fields", ", ".join((*FIELDS, LEFT_OUT))))
            mend = f"{key.text}: {near}" if (near := closest(name, FIELDS)) else ""
            wrong.append(Problem(Where(shown, *value.place), "import-map-field", params, mend=mend))
    return found, tuple(wrong)
