"""The documentation: its commands are run, its links lead somewhere, what comes from the code is as the code has it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from jinja2 import Environment, nodes

from sitegen.cli import cli
from sitegen.notes.privacy import cut
from sitegen.notes.vocabulary import WORDS
from sitegen.site.pages import KINDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
WRITTEN = sorted([ROOT / "README.md", *DOCS.glob("*.md"), *(DOCS / "deploy").glob("*.md")])

NOT_HERE = {
    "python3 -m venv": "makes an environment of its own, and needs a registry",
    ". kayoi/bin/activate": "the same",
    ". ~/kayoi/bin/activate": "the same",
    "pip install": "the same",
    "/opt/kayoi/bin/pip": "the same",
    "npm install": "needs Node.js and a registry",
    "apt-get": "needs to be root on a machine of one's own",
    "ln -s": "the same",
    "useradd": "the same",
    "runuser": "the same",
    "chmod 755 /srv": "the same",
    "mkdir -p /etc": "the same",
    "install -m": "the same",
    "printf 'tanaka": "the same; the test of nginx makes its own file of users",
    "nginx": "run for real by test_deploy",
    "set -eu": "the script of a server, run by test_deploy",
    "git clone": "the address is an example",
    "cd book.git": "the same",
    "git push": "the same",
    "git filter-repo": "rewrites a repository, with a program that is not part of git",
    "kayoi serve": "ends with Ctrl-C only; tried by the tests of the preview",
    "make": "what this test belongs to, and the sample book, which conftest builds",
    "pre-commit": "not installed here; its hook is run by test_starting",
    "sed -i": "another program's business",
    "jq": "another program, which need not be installed",
}
"""Beginnings of commands in the documentation that are not run here, and why not."""


IN_A_BOOK = ("editors",)
"""Pages that speak to somebody who has a book already."""
IN_THE_SAMPLE = ("At the desk (README)",)
"""Sections whose commands name clients of the sample book."""


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """The fenced blocks of a page: the heading they stand under, language and text."""
    text = page.read_text(encoding="utf-8")
    for fence in re.finditer(r"^ *```(\w+)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        heads = re.findall(r"^## (.*)$", text[: fence.start()], re.MULTILINE)
        yield f"{heads[-1] if heads else ''} ({page.stem})", fence[1], textwrap.dedent(fence[2])


def commands(page: Path) -> Iterator[tuple[str, str]]:
    """Every command of a page with its section, in its order; what a script of several lines does is the script's."""
    for section, lang, written in blocks(page):
        lines = written.replace("\\\n", " ").splitlines()
        if lang == "console":
            found = [line[2:] for line in lines if line.startswith("$ ")]
        elif lang == "sh" and written.startswith("#!"):
            found = ["set -eu"]
        else:
            found = (
                [line for line in lines if line.strip() and not line.startswith("#")] if lang == "sh" else []
            )
        yield from ((section, part) for line in found for part in line.split(" && "))


WITH_COMMANDS = [page for page in WRITTEN if any(commands(page))]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.stem)
def test_every_command_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, in an empty folder, as somebody would who reads the page from its top."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "HOME": str(tmp_path),
        "KAYOI_TODAY": "2026-11-19",
        "GIT_CONFIG_NOSYSTEM": "1",
    }.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".gitconfig").write_text("[user]\nname = T\nemail = t@example.jp\n", encoding="utf-8")
    if page.stem in IN_A_BOOK:
        carry_out("kayoi init", monkeypatch)
    for section, command in commands(page):
        if section in IN_THE_SAMPLE and not (tmp_path / "sample").exists():
            shutil.copytree(ROOT / "content", tmp_path / "sample/content")
            shutil.copy(ROOT / "kayoi.yml", tmp_path / "sample")
            monkeypatch.chdir(tmp_path / "sample")
        if not command.startswith(tuple(NOT_HERE)):
            carry_out(command, monkeypatch)


def carry_out(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command of the documentation; `kayoi` without a process of its own."""
    command, _, target = command.partition(" > ")
    words = [os.path.expanduser(word) for word in shlex.split(command, comments=True)]  # noqa: PTH111 - texts too
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
    elif words[0] == "kayoi":
        result = CliRunner().invoke(cli, words[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"
        if target:
            Path(target).write_text(result.stdout, encoding="utf-8")
    else:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"


def test_each_reason_not_to_run_a_command_is_needed() -> None:
    told = [command for page in WRITTEN for _section, command in commands(page)]
    assert [start for start in NOT_HERE if not any(one.startswith(start) for one in told)] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(
        r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for to in re.findall(r"\]\(([^)\s]+)\)", text):
        if not urlsplit(to).scheme and not to.startswith("#"):
            assert (page.parent / unquote(to.partition("#")[0])).exists(), to


@pytest.fixture(scope="module")
def book() -> Iterator[ModuleType]:
    """`docs/build.py`."""
    sys.path.insert(0, str(DOCS))
    try:
        import build

        yield build
    finally:
        sys.path.remove(str(DOCS))
        for name in ("build", "made"):
            sys.modules.pop(name, None)


def test_every_page_has_its_place_in_the_book(book: ModuleType) -> None:
    told = {name for group in book.PAGES.values() for name in group} - {"views.md"}
    there = {page.relative_to(DOCS).as_posix() for page in WRITTEN if page.is_relative_to(DOCS)}
    assert there == told


def test_marks_of_private_parts_are_spoken_of_and_cut_nothing(book: ModuleType) -> None:
    for name, text in book.sources().items():
        settled = book.settled(name, text)
        assert cut(settled).text == re.sub(r"<!-- \w+ -->", "", settled), name


def test_the_book_has_no_problem(book: ModuleType, tmp_path: Path) -> None:
    """Every link and picture of every page, also of the one that is made of the views."""
    book.lay_out(tmp_path / "docs")
    result = CliRunner().invoke(cli, ["check", "--strict", "-f", str(tmp_path / "docs/kayoi.yml")])
    assert result.exit_code == 0, result.output


def test_what_comes_from_the_code_is_as_the_code_has_it(book: ModuleType) -> None:
    for name, parts in book.made_parts().items():
        text = (DOCS / name).read_text(encoding="utf-8")
        for mark, made in parts.items():
            assert f"<!-- {mark} -->\n{made}<!-- end -->" in text, f"{name}: run python docs/build.py --write"


def asked_of_view(template: str) -> set[str]:
    """What a template asks of `view`. Pieces that several pages take in ask some things of some of them only."""
    tree = Environment(autoescape=True).parse((ROOT / "templates" / template).read_text(encoding="utf-8"))
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "view"
    }


def test_every_page_template_has_its_view_and_asks_no_other(book: ModuleType) -> None:
    import made

    assert {kind.template for kind in KINDS} == made.VIEWS.keys()
    for template, name in made.VIEWS.items():
        assert asked_of_view(template) <= made.fields_of(made.view_class(name)).keys(), template


def test_the_page_on_the_note_has_every_line_word() -> None:
    text = (DOCS / "note.md").read_text(encoding="utf-8")
    for word in WORDS:
        assert f"`{word.key}" in text
        assert all(one in text for one in word.words)


def test_the_page_on_the_desk_has_every_verb() -> None:
    text = (DOCS / "desk.md").read_text(encoding="utf-8")
    lacking = [verb for verb in cli.commands if f"`kayoi {verb}" not in text]
    assert lacking == []
