"""What is kept with the installation says what it said when it was worked out, and no book leaves anything there."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import installed
from sitegen.config import Lang
from sitegen.doctrine import japan
from sitegen.folders import own_templates
from sitegen.site import messages
from sitegen.site.messages import load_messages


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for the installation's."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(installed, "folder", lambda: tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def anew() -> Callable[[], None]:
    """As in a new process."""

    def forget() -> None:
        messages._own_catalogues.cache_clear()
        messages._catalogue.cache_clear()

    forget()
    return forget


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_catalogues_are_parsed_once(
    kept: Path, anew: Callable[[], None], monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    said = load_messages(lang, [own_templates()])
    assert [file.name.rpartition("-")[0] for file in kept.iterdir()] == [f"messages-{lang}"]
    anew()
    monkeypatch.setattr(messages.yaml, "load", lambda *_, **__: pytest.fail("parsed once more"))
    again = load_messages(lang, [own_templates()])
    assert again == said
    assert {type(one.whole) for one in again.texts.values()} == {
        type(one.whole) for one in said.texts.values()
    }


def test_a_teams_catalogue_counts_and_is_not_kept(
    kept: Path, anew: Callable[[], None], tmp_path: Path
) -> None:
    (tmp_path / "team/messages").mkdir(parents=True)
    for word in ("Whom today", "Whom first"):
        (tmp_path / "team/messages/en.yml").write_text(f"due:\n  is-today: {word}\n", encoding="utf-8")
        anew()
        assert load_messages("en", [tmp_path / "team", own_templates()])("due.is-today") == word
    assert len([*kept.iterdir()]) == 1


def test_another_catalogue_of_ours_is_parsed_anew(
    kept: Path, anew: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "ours"
    shutil.copytree(own_templates() / "messages", ours / "messages")
    monkeypatch.setattr(messages, "own_templates", lambda: ours)
    for word in ("today", "now"):
        (ours / "messages/zz.en.yml").write_text(f"word: {word}\n", encoding="utf-8")
        anew()
        assert load_messages("en", [ours])("word") == word
    assert len([*kept.iterdir()]) == 2


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_holidays_are_asked_of_the_library_once(
    kept: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    known = [japan.holidays_of(year, lang) for year in (2026, 2027)]
    assert dt.date(2026, 11, 23) in known[0]
    assert len([*kept.iterdir()]) == 2
    monkeypatch.setattr(japan, "_japan", lambda: pytest.fail("asked once more"))
    assert [japan.holidays_of(year, lang) for year in (2026, 2027)] == known


def test_a_library_without_a_version_is_known_by_its_files(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_name: str) -> str:
        raise importlib.metadata.PackageNotFoundError

    japan._made_by.cache_clear()
    monkeypatch.setattr(importlib.metadata, "version", none)
    assert dt.date(2026, 11, 23) in japan.holidays_of(2026, "ja")
    assert len([*kept.iterdir()]) == 1
    japan._made_by.cache_clear()


def test_another_library_is_asked_anew(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = japan.holidays_of(2026, "ja")
    monkeypatch.setattr(japan, "_made_by", lambda: b"another")
    monkeypatch.setattr(japan, "_japan", lambda: lambda **_: {})
    assert japan.holidays_of(2026, "ja") == {} != known


def test_forms_of_before_go(kept: Path) -> None:
    for number in range(installed.FEW + 2):
        installed.Place("thing", lambda number=number: bytes([number])).keep(number)
    assert len([*kept.iterdir()]) == installed.FEW
    assert installed.Place("thing", lambda: bytes([installed.FEW + 1])).load() == installed.FEW + 1
    assert installed.Place("thing", lambda: b"\0").load() is None
