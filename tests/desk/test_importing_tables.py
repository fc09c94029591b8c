"""CSV and XLSX as they come: encodings, separators, lines above the headings, broken rows, hostile files."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from sitegen.desk.importing import xlsx_file
from sitegen.desk.importing.source import LIMIT, Source, mend_path, read_source


def read(tmp_path: Path, data: bytes, name: str = "a.csv", mapping: dict[str, str] | None = None) -> Source:
    file = tmp_path / name
    file.write_bytes(data)
    return read_source(file, name, mapping or {})


def values(source: Source) -> list[dict[str, str]]:
    return [dict(contact.values) for contact in source.contacts]


def codes(source: Source) -> list[tuple[str, int, int]]:
    told = [*(one.problem for one in source.unread), *source.problems]
    return [(p.code, p.where.line, p.where.col) for p in told]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end(tmp_path: Path, encoding: str, mark: str, end: str) -> None:
    rows = [["会社名", "氏名", "メモ"], ["大和精密", "佐藤 健二", f'"a{mark}b{end}ソ"']]
    text = end.join(mark.join(row) for row in rows) + end
    source = read(tmp_path, text.encode(encoding))
    assert values(source) == [
        {"company": "大和精密", "name": "佐藤 健二", "memo": f"a{mark}b\nソ".replace("\t", "\t")}
    ]
    assert codes(source) == []


@pytest.mark.parametrize(
    ("headings", "row", "wanted"),
    [
        ("会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日",
         "大和,人事,部長,佐藤,a@x.jp,144,大田区,03-1,03-2,03-3,03-4,090,x.jp,2024/5/1",
         {"company": "大和", "department": "人事", "role": "部長", "name": "佐藤", "email": "a@x.jp", "postal": "144",
          "address": "大田区", "phone": "03-1", "direct": "03-3", "fax": "03-4", "mobile": "090", "website": "x.jp",
          "met": "2024-05-01"}),
        ("First Name,Last Name,Phonetic First Name,Phonetic Last Name,Organization Name,Organization Title,Labels,"
         "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value",
         "健二,佐藤,けんじ,さとう,大和,部長,* myContacts ::: 展示会,a@x.jp,Mobile,090,Work,03",
         {"name": "佐藤 健二", "reading": "さとう けんじ", "company": "大和", "role": "部長", "tags": "展示会",
          "email": "a@x.jp", "mobile": "090", "phone": "03"}),
        ("Company,First Name,Last Name,Job Title,Business Phone,Mobile Phone,E-mail Address,Business Street,Business City",
         "Yamato,Kenji,Sato,Head,03,090,a@x.jp,2-4-1 Kamata,Ota",
         {"company": "Yamato", "name": "Kenji Sato", "role": "Head", "phone": "03", "mobile": "090", "email": "a@x.jp",
          "address": "2-4-1 Kamata Ota"}),
    ],
    ids=["eight", "google", "outlook"],
)  # fmt: skip
def test_services(tmp_path: Path, headings: str, row: str, wanted: dict[str, str]) -> None:
    assert values(read(tmp_path, f"{headings}\n{row}\n".encode())) == [wanted]


def test_lines_above_the_headings_and_columns_that_nobody_knows(tmp_path: Path) -> None:
    source = read(tmp_path, "sep=,\n書き出し日,2026/11/19\n\n会社名,氏名,謎\n大和,佐藤,x\n".encode())
    assert values(source) == [{"company": "大和", "name": "佐藤"}]
    assert codes(source) == [("import-columns-left", 4, 8)]


def test_broken_rows_are_told_and_left_byte_for_byte(tmp_path: Path) -> None:
    rows = [
        "会社名,氏名,メモ",
        '大和,"佐藤"健二,x',
        "青葉,伊藤,y",
        '神田,"加藤,z',
        "箱根,中村,x",
        "富士,a,b,c",
        "",
    ]
    source = read(tmp_path, "\n".join(rows).encode("cp932"))
    assert [c.values["name"] for c in source.contacts] == ["伊藤", "中村"]
    told = codes(source)
    assert told == [("import-row-quotes", 2, 4), ("import-row-quotes", 4, 4), ("import-row-long", 6, 8)]
    assert source.mend
    left = source.mend([one.piece for one in source.unread])
    assert left == "\n".join([rows[0], rows[1], rows[3], rows[5], ""]).encode("cp932")


def test_the_rest_of_a_broken_row_is_no_contact(tmp_path: Path) -> None:
    source = read(tmp_path, '会社名,氏名,メモ\n大和,佐藤,"a"b\nc\n青葉,伊藤,y\n'.encode())
    assert [c.values["name"] for c in source.contacts] == ["伊藤"]
    assert [code for code, _, _ in codes(source)] == ["import-row-quotes", "import-row-rest"]


def test_bytes_that_cannot_be_read_are_told_at_their_place(tmp_path: Path) -> None:
    data = "会社名,氏名\n大和精密株式会社,佐藤\n青葉,".encode() + b"\xff\n"
    source = read(tmp_path, data)
    assert codes(source) == [("import-byte", 3, 4)]
    assert source.mend
    assert source.mend([2]) == "会社名,氏名\n青葉,".encode() + b"\xff\n"


def test_columns_by_number(tmp_path: Path) -> None:
    source = read(tmp_path, "大和,佐藤\n".encode(), mapping={"1": "company", "2": "name"})
    assert values(source) == [{"company": "大和", "name": "佐藤"}]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "import-empty"),
        ("佐藤,大和\n".encode(), "a.csv", "import-no-headings"),
        (b"\x00\x01\x02" * 40, "a.csv", "import-no-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "a.xls", "import-old-office"),
        (b"PK\x03\x04rubbish", "a.xlsx", "import-xlsx-broken"),
        (b"nothing", "a.vcf", "import-card-outside"),
    ],
)
def test_files_that_are_nothing_are_told(tmp_path: Path, data: bytes, name: str, code: str) -> None:
    source = read(tmp_path, data, name)
    assert [told for told, _, _ in codes(source)] == [code]
    assert source.contacts == ()


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("wb") as out:
        out.truncate(LIMIT + 1)
    assert codes(read_source(file, "a.csv", {})) == [("import-large", 1, 1)]


def workbook(rows: list[list[object]], **cells: object) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["名簿"],
        [],
        ["会社名", "氏名", "名刺交換日", "TEL"],
        ["大和", "佐藤", dt.date(2024, 5, 1), 312345678],
    ]
    source = read(tmp_path, workbook(rows), "a.xlsx")
    assert values(source) == [{"company": "大和", "name": "佐藤", "met": "2024-05-01", "phone": "312345678"}]
    assert codes(source) == [("import-phone-zero", 4, 4)]


def test_formulas_are_never_run_nor_taken_for_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [["会社名", "氏名"], ["大和", '=HYPERLINK("http://x")'], ["青葉", "伊藤"]]
    source = read(tmp_path, workbook(rows), "a.xlsx")
    assert codes(source) == [("import-formula", 2, 2)]
    assert source.mend
    again = read(tmp_path, source.mend([1]), "b.xlsx")
    assert values(again) == [{"company": "大和", "name": '=HYPERLINK("http://x")'}], (
        "what is left to mend is plain text"
    )


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 1_000_001)
    assert len(out.getvalue()) < 10_000
    assert codes(read(tmp_path, out.getvalue(), "a.xlsx")) == [("import-xlsx-large", 1, 1)]


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "'
        + "a" * 1000
        + '">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 100}">' for i in range(6))
    )
    made = workbook([["会社名", "氏名"], ["大和", "佐藤"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            text = old.read(item)
            if item == "xl/worksheets/sheet1.xml":
                text = (bomb + "]>").encode() + text.replace(b"<t>", b"<t>&g;", 1)
            new.writestr(item, text)
    assert codes(read(tmp_path, out.getvalue(), "a.xlsx")) == [("import-xlsx-broken", 1, 1)]


def test_a_mend_file_has_a_name_of_its_own(tmp_path: Path) -> None:
    assert mend_path(tmp_path / "a.csv").name == "a.mend.csv"
    (tmp_path / "a.mend.csv").touch()
    assert mend_path(tmp_path / "a.mend.csv").name == mend_path(tmp_path / "a.csv").name == "a.mend-2.csv"
