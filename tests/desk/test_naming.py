"""Which client a word means."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import cli
from sitegen.desk.naming import clients_called
from sitegen.model import Client


def one(key: str, name: str, native: str = "", aliases: tuple[str, ...] = ()) -> Client:
    return Client(key, f"content/clients/t/{key}.md", name, native, aliases=aliases)


YAMATO = one("yamato-precision", "Yamato Precision", "大和精密株式会社", ("YP",))
FOODS = one("yamato-foods", "Yamato Foods")
TSUKIJI = one("tsukiji", "Tsukiji Cold", "築地冷蔵")
ALL = (YAMATO, FOODS, TSUKIJI)


@pytest.mark.parametrize("word", ["precision", "大和", "yp", "ＹＰ", "YAMATO-PRECISION", "株式会社"])
def test_any_part_of_any_name_in_any_case_and_width(word: str) -> None:
    assert clients_called(ALL, word) == (YAMATO,)


def test_a_whole_name_wins_over_parts_of_others() -> None:
    assert clients_called((*ALL, one("y", "Yamato")), "yamato") == (one("y", "Yamato"),)


def test_several_or_none() -> None:
    assert clients_called(ALL, "yamato") == (YAMATO, FOODS)
    assert clients_called(ALL, "kobe") == clients_called(ALL, " ") == ()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    clients = tmp_path / "content" / "clients" / "tanaka"
    clients.mkdir(parents=True)
    (clients / "yamato.md").write_text("---\nname: Yamato\nnext: {date: 2026-11-20}\n---\n", encoding="utf-8")
    (clients / "yamada.md").write_text("---\nname: Yamada\n---\n", encoding="utf-8")
    (clients / "secret.md").write_text("---\nname: Secret\nprivate: true\n---\n", encoding="utf-8")
    return tmp_path


def test_brief_prints_the_one_that_fits(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["brief", "yamat"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Yamato, meeting on Friday 20 November 2026\n")
    assert not (folder / "site").exists()


@pytest.mark.usefixtures("folder")
def test_brief_lists_all_that_fit() -> None:
    result = CliRunner().invoke(cli, ["brief", "YAMA"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "“" not in result.stderr
    assert result.stderr.splitlines() == ["These clients fit YAMA:", "  Yamada (yamada)", "  Yamato (yamato)"]


@pytest.mark.usefixtures("folder")
def test_brief_of_nobody_and_of_a_private_client() -> None:
    for word in ("kobe", "secret"):
        result = CliRunner().invoke(cli, ["brief", word])
        assert (result.exit_code, result.stderr) == (2, f"No client fits {word}.\n")
    assert CliRunner().invoke(cli, ["brief", "secret", "--with-private"]).exit_code == 0
