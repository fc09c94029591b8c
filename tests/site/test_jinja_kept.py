"""Compiled templates of Kayoi are kept for other processes; no output is changed by it, and nothing can go wrong."""

from __future__ import annotations

import marshal
import sys
import traceback
from pathlib import Path
from types import CodeType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, UndefinedError
from site_fakebook import make

from sitegen import installed
from sitegen.installed import FEW
from sitegen.site import jinja_kept, pages
from sitegen.site.jinja import Compiled, Quick
from sitegen.site.jinja_kept import Place
from sitegen.site.messages import Messages, parse


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for the installation's; nothing is kept in this process."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(installed, "folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(jinja_kept, "_own", lambda: f"{tmp_path}/own/")
    monkeypatch.setattr(Compiled, "kept", {})
    return tmp_path / "kept"


class Texts:
    """Templates of Kayoi and of a team, and what comes of them."""

    def __init__(self, root: Path) -> None:
        self.own, self.team = root / "own", root / "team"

    def write(self, **sources: str) -> None:
        """Sources by folder and name: `own_page`."""
        for name, source in sources.items():
            folder, _, stem = name.partition("_")
            file = getattr(self, folder) / f"{stem}.html"
            file.parent.mkdir(exist_ok=True)
            file.write_text(source, encoding="utf-8")

    def env(self, word: str = "one") -> Quick:
        """As in a new process."""
        Compiled.kept.clear()
        own = FileSystemLoader(self.own)
        loader = ChoiceLoader([FileSystemLoader(self.team), own, PrefixLoader({"kayoi": own})])
        t = Messages("en", {"w": parse(word)})
        return Quick(t, loader=loader, autoescape=True, undefined=StrictUndefined)

    def told(self, word: str = "one", *, quick: bool = False) -> str:
        env = self.env(word)
        return (env.rewritten if quick else env).get_template("page.html").render(x="<")


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts(tmp_path)


def files(kept: Path) -> list[str]:
    return sorted(file.name.rpartition("-")[0] for file in kept.glob("*"))


def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled once more"))


def test_another_process_compiles_nothing_and_says_the_same(
    kept: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts.write(own_page="{% include 'part.html' %}{{ t('w') }}", own_part="{{ x }}!")
    told = texts.told(), texts.told(quick=True)
    assert told == ("&lt;!one", "&lt;!one")
    assert files(kept) == ["page.html-plain-en", "page.html-quick-en", "part.html-plain-en"]
    no_compiler(monkeypatch)
    assert (texts.told(), texts.told(quick=True)) == told


def test_what_was_rewritten_is_used_from_the_first_time_on(kept: Path, texts: Texts) -> None:
    texts.write(own_page="{{ x }}")
    page = texts.env().get_template("page.html")
    assert page.render(x=1) == "1"
    assert page.often is None  # type: ignore[attr-defined]
    texts.told(quick=True)
    page = texts.env().get_template("page.html")
    assert page.render(x=1) == "1"
    assert page.often is not None  # type: ignore[attr-defined]


def test_a_whole_book_from_kept_templates_has_the_same_bytes(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jinja_kept, "_own", lambda: f"{jinja_kept.own_templates()}/")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(Quick, "at_once", False)
    ready = make()
    assert not kept.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(Quick, "pays", 2)
    Compiled.kept.clear()
    assert make() == ready
    Compiled.kept.clear()
    no_compiler(monkeypatch)
    monkeypatch.setattr(Quick, "at_once", True)
    monkeypatch.setattr(Quick, "plainly", lambda _env, _page, mistake: pytest.fail(repr(mistake)))
    assert make() == ready
    assert pages.KINDS


@pytest.mark.parametrize("quick", [False, True])
def test_other_words_and_sources_are_compiled_anew(kept: Path, texts: Texts, quick: bool) -> None:
    texts.write(own_page="{{ t('w') }}{% include 'part.html' %}", own_part="a")
    assert texts.told(quick=quick) == "onea"
    assert texts.told("two", quick=quick) == "twoa"
    texts.write(own_part="b")
    assert texts.told(quick=quick) == "oneb"
    texts.write(own_page="{% include 'part.html' %}")
    assert texts.told(quick=quick) == "b"


def test_a_template_of_a_team_leaves_no_file(kept: Path, texts: Texts) -> None:
    texts.write(team_page="{% extends 'kayoi/page.html' %}", own_page="{{ x }}")
    assert texts.told() == "&lt;"
    assert files(kept) == ["page.html-plain-en"]
    assert texts.told(quick=True) == "&lt;"
    assert files(kept) == ["page.html-plain-en", "page.html-quick-en"]
    # both are those of Kayoi's own
    texts.write(team_page="mine")
    for file in kept.iterdir():
        file.unlink()
    assert texts.told() == texts.told(quick=True) == "mine"
    assert files(kept) == []


@pytest.mark.parametrize("way", ["part", "deep"])
def test_what_a_team_put_into_one_of_ours_leaves_no_file(kept: Path, texts: Texts, way: str) -> None:
    texts.write(
        own_page=f"{{% include '{way}.html' %}}", own_deep="{% include 'part.html' %}", own_part="ours"
    )
    texts.write(team_part="mine")
    assert texts.told(quick=True) == "mine"
    assert "page.html-quick-en" not in files(kept)
    assert texts.told() == "mine"
    assert "part.html-plain-en" not in files(kept)


def test_a_folder_that_cannot_be_written_changes_nothing(
    tmp_path: Path, kept: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts.write(own_page="{{ x }}")
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "file" / "kept", tmp_path / "file", None):
        monkeypatch.setattr(installed, "folder", lambda place=place: place)
        assert texts.told() == "&lt;"
    assert (tmp_path / "file").read_bytes() == b""


def test_python_is_obeyed_where_it_keeps_nothing(
    kept: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts.write(own_page="{{ x }}")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert texts.told() == "&lt;"
    assert not kept.exists()


def test_it_lies_where_python_keeps_what_it_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = installed.folder()
    assert place == Path(installed.__file__).parent / "__pycache__" / "kept"
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    place = installed.folder()
    assert place
    assert place.is_relative_to(tmp_path)


CODE = compile("x = 1", "page.html", "exec")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.integers(min_value=0), st.sampled_from(["cut", "longer", "other byte", "other sum", "whole"]))
def test_a_damaged_file_counts_as_none(kept: Path, where: int, harm: str) -> None:
    place = Place("page.html-plain-en", "s")
    place.keep(CODE)
    (file,) = kept.iterdir()
    data = file.read_bytes()
    at = where % len(data)
    other = {
        "cut": data[:at],
        "longer": data + b"\0",
        "other byte": data[:at] + bytes([data[at] ^ 1 << where % 8]) + data[at + 1 :],
        "other sum": data.replace(marshal.dumps(CODE), marshal.dumps("no code")),
        "whole": data,
    }
    file.write_bytes(other[harm])
    found = place.load()
    assert isinstance(found, CodeType) if harm == "whole" else found is None
    file.unlink()


def test_what_is_whole_but_no_code_counts_as_none(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place("page.html-plain-en", "s")
    for data in (marshal.dumps("no code"), b"", b"?"):
        with monkeypatch.context() as other:
            other.setattr(installed.marshal, "dumps", lambda _, data=data: data)
            place.keep(CODE)
        assert place.load() is None


def test_of_one_template_only_a_few_forms_stay(kept: Path, texts: Texts) -> None:
    texts.write(own_page="{{ t('w') }}", own_pages="other")
    texts.env().get_template("pages.html")
    for number in range(FEW + 2):
        texts.told(f"w{number}")
    assert files(kept) == ["page.html-plain-en"] * FEW + ["pages.html-plain-en"]


def test_a_mistake_in_a_kept_template_reads_as_it_did(kept: Path, texts: Texts) -> None:
    texts.write(own_page="a\n{{ x }}\n{{ missing }}\n")
    told = []
    for _ in range(3):
        with pytest.raises(UndefinedError) as mistake:
            texts.told()
        told.append("".join(traceback.format_exception(mistake.value)))
        page = texts.env()
        page.rewritten.get_template("page.html")
    assert f'{texts.own}/page.html", line 3' in told[0]
    assert told[0] == told[1] == told[2]


def test_what_another_version_compiled_does_not_count(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place("page.html-plain-en", "s")
    place.keep(CODE)
    assert isinstance(place.load(), CodeType)
    monkeypatch.setattr(jinja_kept, "_made_by", lambda: b"another")
    assert place.load() is None
