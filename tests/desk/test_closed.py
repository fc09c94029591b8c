"""Notes that can't be read: nobody is doubled beside them, and nobody is said not to be there."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sitegen.cli import cli

YAMATO = "---\nname: 大和精密\nstage: won\n---\n"


def kayoi(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [str(arg) for arg in args], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    folder = tmp_path / "content" / "clients" / "me"
    folder.mkdir(parents=True)
    (folder / "aoba.md").write_text("---\nname: Aoba Foods\n---\n", encoding="utf-8")
    return folder


def shut(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """As a file or folder without permission is, to whomever the tests run as."""
    opened, read, scan = open, Path.read_bytes, os.scandir

    def refuse(path: object) -> None:
        if str(path) == str(file):
            raise PermissionError(13, "Permission denied", str(path))

    def guarded(path: Any, *args: Any, **given: Any) -> Any:
        refuse(path) if isinstance(path, (str, Path)) else None
        return opened(path, *args, **given)

    def bytes_of(path: Path) -> bytes:
        refuse(path)
        return read(path)

    def scanned(path: Any = ".") -> Iterator[os.DirEntry[str]]:
        refuse(path)
        return scan(path)

    monkeypatch.setattr("builtins.open", guarded)
    monkeypatch.setattr(Path, "read_bytes", bytes_of)
    monkeypatch.setattr(os, "scandir", scanned)


def test_an_import_writes_nothing_beside_a_note_that_cannot_be_read(book: Path, tmp_path: Path) -> None:
    note, file = book / "yamato.md", tmp_path / "c.csv"
    note.write_bytes(YAMATO.encode("cp932"))
    file.write_text("会社名,氏名\n大和精密,伊藤\n", encoding="utf-8")
    for args in ((), ("--write",)):
        code, told = kayoi("import", file, *args)
        assert code == 1
        assert "content/clients/me/yamato.md:1:1: This file is saved as Shift_JIS" in told
        assert "+ content/clients/me/大和精密.md  伊藤" in told
        assert "Nothing is written: who the notes above are of can't be read" in told
        assert "--write" not in told
        assert sorted(one.name for one in book.iterdir()) == ["aoba.md", "yamato.md"]
    assert kayoi("import", file, "--into", "aoba", "--write")[0] == 0
    note.write_text(YAMATO, encoding="utf-8")
    assert kayoi("import", file, "--write")[0] == 0
    assert "伊藤" in note.read_text(encoding="utf-8")


def test_nobody_is_put_into_a_note_that_cannot_be_read(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "c.csv"
    file.write_text("company,name\nTw Co,Ann Bell\n", encoding="utf-8")
    shut(monkeypatch, book / "aoba.md")
    for company in ("Tw Co", "Aoba"):  # the second is called as the file is
        file.write_text(f"company,name\n{company},Ann Bell\n", encoding="utf-8")
        for into in (("--into", "aoba"), ()):
            code, told = kayoi("import", file, *into, "--write")
            assert code == 1
            assert "aoba.md:1:1: This file can't be opened" in told


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16", "iso2022_jp"])
def test_nobody_gets_a_second_note(book: Path, encoding: str) -> None:
    (book / "yamato.md").write_bytes(YAMATO.encode(encoding))
    code, told = kayoi("new", "大和精密")
    assert code == 1
    assert "大和精密 may be there already" in told
    assert not (book / "大和精密.md").exists()
    code, told = kayoi("new", "十和田食品")
    assert code == 0
    assert "yamato.md:1:1" in told
    assert (book / "十和田食品.md").exists()


def test_a_note_without_permission_is_told_and_not_passed_over(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "kanda-books.md").write_text("---\nname: Kanda Books\n---\n", encoding="utf-8")
    shut(monkeypatch, book / "kanda-books.md")
    for args in (("log", "kanda", "x"), ("move", "kanda", "won"), ("new", "Kanda-Books")):
        code, told = kayoi(*args)
        assert code == 1
        assert "content/clients/me/kanda-books.md:1:1: This file can't be opened (Permission denied)" in told
        assert "No client" not in told
    code, told = kayoi("log", "kobe", "x")
    assert (code, "can't be opened" in told, "No client fits kobe" in told) == (2, True, True)


def test_a_note_in_another_encoding_is_found_by_its_name(book: Path) -> None:
    (book / "yamato.md").write_bytes(YAMATO.encode("cp932"))
    code, told = kayoi("log", "大和", "x")
    assert code == 1
    assert "saved as Shift_JIS" in told


def test_nobody_is_said_to_wait_for_a_folder_that_cannot_be_opened(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kayoi("due")[0] == 0
    shut(monkeypatch, book)
    code, told = kayoi("due")
    assert code == 1
    assert "content/clients/me:1:1: This folder can't be opened (Permission denied)" in told
