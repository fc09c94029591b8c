"""House rules: which room may know which, every verb in the README, every problem's message in both languages."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "sitegen"

LEAVES = {"model", "config", "past", "text", "folders", "processes", "trace", "records", "installed", ""}
MAY_KNOW = {
    "model": {"model"},
    "config": {"config"},
    "text": set(),
    "folders": set(),
    "installed": set(),
    "past": set(),
    "processes": set(),
    "trace": set(),
    "records": set(),
    "keeping": {"keeping"},
    "notes": {"notes", "keeping"},
    "history": {"history", "notes"},
    "doctrine": {"doctrine", "keeping"},
    "site": {"site", "doctrine"},
    "output": {"output"},
    "preview": {"preview", "output"},
    "desk": {"desk", "notes"},
    "report": {"report"},
    "planning": {"planning", "keeping", "notes", "doctrine", "site", "output", "build"},
    "build": {"build", "keeping", "notes", "history", "doctrine", "planning", "site", "output"},
    "shortcut": {"keeping"},
    "restoring": {"shortcut", "keeping", "output", "planning"},
    "again": {"shortcut", "restoring", "terminal", "build", "planning", "output", "report"},
    "options": {"terminal", "notes"},
    "terminal": {"build", "notes", "site", "output", "report"},
    "cli": {
        "cli_clock",
        "cli_preview",
        "cli_desk",
        "cli_import",
        "again",
        "shortcut",
        "planning",
        "options",
        "terminal",
        "build",
        "notes",
        "doctrine",
        "site",
        "output",
        "preview",
        "desk",
        "report",
    },
    "cli_clock": {"build", "terminal"},
    "cli_preview": {"cli_clock", "terminal", "build", "planning", "preview", "output", "report"},
    "cli_screen": {"report"},
    "cli_asking": {"cli_screen", "terminal", "build", "notes", "desk"},
    "cli_desk": {"cli_clock", "cli_asking", "cli_screen", "options", "terminal", "build", "site", "desk"},
    "cli_import": {"options", "terminal", "build", "notes", "site", "desk"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Room → the rooms that it may import, beside the leaves."""


def rooms_known(file: Path) -> set[str]:
    """The rooms that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sitegen":
            parts = node.module.split(".")
            found |= (
                {parts[1]}
                if len(parts) > 1
                else {alias.name for alias in node.names if alias.name != "__version__"}
            )
    return found


def test_rooms_know_only_what_they_may() -> None:
    wrong = []
    for file in sorted(PACKAGE.rglob("*.py")):
        room = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        wrong += [f"{file.relative_to(ROOT)} knows {x}" for x in rooms_known(file) - MAY_KNOW[room] - LEAVES]
    assert wrong == []


LONG = {
    "model.py": "the nouns: records and their meaning, hardly any code",
}
"""Files of more than three hundred lines, each with the reason why it is not cut."""


def test_a_file_is_read_in_one_sitting() -> None:
    long = {
        file.relative_to(PACKAGE).as_posix()
        for file in sorted(PACKAGE.rglob("*.py"))
        if len(file.read_text(encoding="utf-8").splitlines()) > 300
    }
    assert long == LONG.keys(), "cut it in two, or give the reason in LONG; what is short again leaves LONG"


def test_only_the_command_line_asks_the_clock() -> None:
    clock = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
    asking = [f.name for f in sorted(PACKAGE.rglob("*.py")) if clock.search(f.read_text(encoding="utf-8"))]
    assert asking == ["cli_clock.py"]


def test_every_verb_stands_in_the_readme() -> None:
    from sitegen.cli import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [verb for verb in cli.commands if f"kayoi {verb}" not in readme] == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_problem_has_its_message(lang: str) -> None:
    """Every code that the notes' room can tell, found by reading its source."""
    from sitegen.site.messages import load_messages

    messages = load_messages(lang, (ROOT / "templates",))  # type: ignore[arg-type]
    codes = set()
    for file in sorted((PACKAGE / "notes").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                codes |= {
                    arg.value
                    for arg in node.args
                    if isinstance(arg, ast.Constant)
                    and isinstance(arg.value, str)
                    and re.fullmatch(r"[a-z]+(-[a-z]+)+", arg.value)
                    and name_of(node.func) in ("Problem", "problem", "_problem", "tell", "_told", "_tell")
                }
    assert len(codes) > 30
    assert sorted(code for code in codes if not messages.has(f"problem.{code}")) == []


def name_of(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
