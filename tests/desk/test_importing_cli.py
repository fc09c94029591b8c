"""`kayoi import` as a rep uses it: five hundred contacts into a new book, mended, and brought in once more."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cards_made import as_csv, as_vcf, as_xlsx, rows
from click.testing import CliRunner
from openpyxl import Workbook

from sitegen.cli import cli


def kayoi(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [str(arg) for arg in args], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def book(tmp_path: Path) -> Path:
    assert kayoi("init", tmp_path / "book", "--lang", "en", "--today", "2026-11-19")[0] == 0
    return tmp_path / "book"


def notes(book: Path) -> dict[str, bytes]:
    return {path.relative_to(book).as_posix(): path.read_bytes() for path in sorted(book.rglob("*.md"))}


def test_five_hundred_cards_in_three_kinds_of_file_are_one_book(book: Path, tmp_path: Path) -> None:
    made = rows(500)
    table, workbook, cards = tmp_path / "cards.csv", tmp_path / "cards.xlsx", tmp_path / "cards.vcf"
    table.write_bytes(as_csv(made))
    workbook.write_bytes(as_xlsx(made))
    cards.write_bytes(as_vcf(made))
    at = ("-f", book / "kayoi.yml", "-q")
    before = notes(book)

    assert kayoi("import", table, *at) == (0, "")
    assert notes(book) == before, "without --write nothing is written"

    assert kayoi("import", table, "--write", *at) == (0, "")
    after = notes(book)
    assert len(after) - len(before) == len({row[7] for row in made}), (
        "one note a company, however it is spelt"
    )
    assert kayoi("check", "-f", book / "kayoi.yml", "--today", "2026-11-19")[1].endswith("no problems\n")

    for file in (workbook, cards):
        code, told = kayoi("import", file, "--write", "-f", book / "kayoi.yml")
        assert (code, told) == (0, "Done: 500 there already.\n")
    assert notes(book) == after
    assert not list(tmp_path.glob("*.mend*"))


def test_what_cannot_be_read_is_left_to_mend_and_then_comes_in(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    lines = [
        "会社名,氏名,名刺交換日,メモ",
        "大和精密,佐藤 健二,2024/05/01,",
        "十和田食品,伊藤 春香,2024/13/01,ソ表能",
    ]
    file.write_bytes("\r\n".join([*lines, ",山本 学,,", ""]).encode("cp932"))
    code, told = kayoi("import", file, "--write", "-f", book / "kayoi.yml")
    assert code == 1
    assert f"{file}:3:13: “2024/13/01” is no date." in told
    assert f"{file}:4:1: No company stands with 山本 学" in told
    mend = tmp_path / "cards.mend.csv"
    assert mend.read_bytes() == "\r\n".join([lines[0], lines[2], ",山本 学,,", ""]).encode("cp932")
    assert "大和精密.md" in [path.rsplit("/", 1)[-1] for path in notes(book)]

    mended = mend.read_bytes().decode("cp932").replace("/13/", "/12/").replace("\n,山本", "\n大和精密㈱,山本")
    mend.write_bytes(mended.encode("cp932"))
    assert kayoi("import", mend, "--write", "-f", book / "kayoi.yml", "-q") == (0, "")
    assert "山本 学" in (book / "content/clients/me/大和精密.md").read_text(encoding="utf-8")
    assert "cards exchanged: 2024-12-01" in (book / "content/clients/me/十和田食品.md").read_text(
        encoding="utf-8"
    )


def test_a_dry_run_says_so_and_cannot_write(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("company,name,stage\nYamato,Sato Kenji,probable\n", encoding="utf-8")
    code, told = kayoi("import", file, "--dry-run", "-f", book / "kayoi.yml")
    assert (code, told.splitlines()) == (
        0,
        [
            "+ content/clients/me/Yamato.md  Sato Kenji",
            "This would be: 1 new client (people: 1). Nothing has been written.",
            "To do it, give the same command with --write.",
        ],
    )
    assert kayoi("import", file, "--dry-run", "--write", "-f", book / "kayoi.yml")[0] == 2


def test_rep_stage_and_into(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("company,name\nYamato,Sato Kenji\n", encoding="utf-8")
    at = ("--write", "-f", book / "kayoi.yml")
    (book / "content/reps/suzuki.md").write_text("---\nname: Suzuki\n---\n", encoding="utf-8")
    assert "Whose clients will they be?" in kayoi("import", file, *at)[1]
    assert "There is no rep suzuky" in kayoi("import", file, "--rep", "suzuky", *at)[1]
    assert "hot is no stage" in kayoi("import", file, "--stage", "hot", "--rep", "suzuki", *at)[1]
    assert kayoi("import", file, "--rep", "suzuki", "--stage", "wtt", *at)[0] == 0
    assert "stage: wtt" in (book / "content/clients/suzuki/Yamato.md").read_text(encoding="utf-8")

    file.write_text("company,name\n,Mori Jun\n", encoding="utf-8")
    assert kayoi("import", file, "--into", "yamat", *at)[0] == 0
    assert "Mori Jun" in (book / "content/clients/suzuki/Yamato.md").read_text(encoding="utf-8")
    assert kayoi("import", file, "--into", "nobody", *at)[0] == 2


def test_a_mapping_names_columns(book: Path, tmp_path: Path) -> None:
    file, mapping = tmp_path / "a.csv", tmp_path / "map.yml"
    file.write_text("お客さま;えらい人;備忘;ID\n大和精密;佐藤;まめ;7\n", encoding="utf-8")
    mapping.write_text("お客さま: company\nえらい人: nane\n", encoding="utf-8")
    code, told = kayoi("import", file, "--map", mapping, "--write", "-f", book / "kayoi.yml")
    assert code == 2
    assert f"{mapping}:2:7: “nane” is nothing that a column can be." in told
    mapping.write_text("お客さま: company\nえらい人: name\nID: skip\n", encoding="utf-8")
    code, told = kayoi("import", file, "--map", mapping, "--write", "-f", book / "kayoi.yml")
    assert code == 0
    assert "Left out, for Kayoi does not know what it is: 備忘." in told
    assert "name: 佐藤}" in (book / "content/clients/me/大和精密.md").read_text(encoding="utf-8")


def test_two_cards_of_one_person_are_one_and_lose_nothing(book: Path, tmp_path: Path) -> None:
    file, at = tmp_path / "a.csv", ("--write", "-f", book / "kayoi.yml")
    head = "company,name,email,phone,mobile,role,memo,address\n"
    rows = "Tw Co,Ann Bell,a@x.jp,,,Boss,tea,1 Main St\nTw Co,BELL Ann,b@x.jp,03-1,090-1,,golf,2 Side St\n"
    file.write_text(head + rows, encoding="utf-8")
    code, told = kayoi("import", file, *at)
    assert code == 0
    assert f"{file}:3:1: warning: BELL Ann of Tw Co stands on line 2 too and becomes one person" in told
    note = (book / "content/clients/me/Tw Co.md").read_text(encoding="utf-8")
    assert note.count("Bell") == 1
    for text in ("a@x.jp", "email: b@x.jp", "03-1", "090-1", "Boss", "tea", "golf", "1 Main St", "2 Side St"):
        assert text in note, text
    file.write_text(head + "Tw Co,Ann Bell,c@x.jp,,,,,\nTw Co,Ann Bell,d@x.jp,,,,,\n", encoding="utf-8")
    told = kayoi("import", file, *at)[1]
    assert "here it is “c@x.jp”" in told
    assert "here it is “d@x.jp”" in told
    assert "becomes one person" not in told


def test_a_google_cell_of_several_values_is_no_number_and_no_address(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "g.csv"
    file.write_text(
        "First Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Notes\n"
        "Ann,Bell,Tw Co,Work,a@x.jp ::: b@x.jp,Mobile,090-1 ::: 090-2 ::: 090-1,a ::: b\n",
        encoding="utf-8",
    )
    assert kayoi("import", file, "--write", "-f", book / "kayoi.yml")[0] == 0
    note = (book / "content/clients/me/Tw Co.md").read_text(encoding="utf-8")
    assert "email: a@x.jp," in note
    assert "phone: 090-1," in note
    assert "E-mail 1 - Value: b@x.jp" in note
    assert "Phone 1 - Value: 090-2" in note
    assert note.count("090-1") == 1
    assert note.count(":::") == 1, "in the memo it is text"


def test_the_same_workbook_again_leaves_no_second_file_to_mend(book: Path, tmp_path: Path) -> None:
    file, mend = tmp_path / "x.xlsx", tmp_path / "x.mend.xlsx"
    table = Workbook()
    sheet: Any = table.active
    for row in (("会社名", "氏名", "名刺交換日"), ("大和精密", "伊藤", "soon")):
        sheet.append(row)
    table.save(file)
    assert kayoi("import", file, "--write", "-f", book / "kayoi.yml")[0] == 1
    with zipfile.ZipFile(mend) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = re.sub(rb"20\d\d-", b"2019-", parts["docProps/core.xml"])
    with zipfile.ZipFile(mend, "w") as archive:  # as it was written at another time
        for name, data in parts.items():
            archive.writestr(name, data)
    assert kayoi("import", file, "--write", "-f", book / "kayoi.yml")[0] == 1
    assert [one.name for one in tmp_path.glob("x.mend*")] == [mend.name]
    sheet["B2"] = "佐藤"
    table.save(file)
    kayoi("import", file, "--write", "-f", book / "kayoi.yml")
    assert len(list(tmp_path.glob("x.mend*"))) == 2


def test_a_stage_that_is_none_is_told_with_the_choices(book: Path, tmp_path: Path) -> None:
    file, settings = tmp_path / "a.csv", book / "kayoi.yml"
    file.write_text("会社名,氏名,段階\n大和精密,伊藤,foo\n", encoding="utf-8")
    told = kayoi("import", file, "-f", settings)[1]
    assert "“foo” is no stage. Choose one of: approach (アプローチ), wtt (対話), " in told
    settings.write_text("lang: ja\n", encoding="utf-8")
    assert (
        "次から選んでください：approach (アプローチ), wtt (対話), "
        in kayoi("import", file, "-f", settings)[1]
    )


def test_a_stage_that_is_nearly_one_is_told_with_the_one_meant(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("company,name,stage\nC,D,posible\n", encoding="utf-8")
    assert "    → possible" in kayoi("import", file, "-f", book / "kayoi.yml")[1]


def test_an_old_post_is_not_mixed_with_a_new_one(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = "company,name,department,role,exchange date\nTw,Ann Bell,,Head,2026-05-01\nTw,Ann Bell,Sales,Boss,2020-05-01\n"
    file.write_text(rows, encoding="utf-8")
    code, told = kayoi("import", file, "--write", "-f", book / "kayoi.yml")
    assert code == 0
    assert told.endswith("Done: 1 new client (people: 1).\n")
    made = (book / "content/clients/me/Tw.md").read_text(encoding="utf-8")
    assert "role: Head," in made
    assert "role: Sales, Boss" in made.split("note:")[1]


def test_both_cards_of_one_who_cannot_be_added_are_left_to_mend(book: Path, tmp_path: Path) -> None:
    note = book / "content/clients/me/tw.md"
    note.write_text(
        "---\nname: Tw\npeople: &all\n  - {name: 佐藤 健二, reading: さとう けんじ}\n---\n", encoding="utf-8"
    )
    file = tmp_path / "a.csv"
    rows = [
        "company,name,reading,email",
        "Tw,佐藤 賢治,さとう けんじ,a@x.jp",
        "Tw,佐藤 賢治,さとう けんじ,b@x.jp",
    ]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    code, told = kayoi("import", file, "--write", "-f", book / "kayoi.yml")
    assert code == 1
    assert "Done: 2 to mend." in told
    assert (tmp_path / "a.mend.csv").read_text(encoding="utf-8").splitlines() == rows
