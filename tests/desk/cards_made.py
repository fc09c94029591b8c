"""Contacts as card services export them, made up: the same as CSV, XLSX and vCard."""

import csv
import io
import random
from collections.abc import Sequence

HEADINGS = (
    "会社名", "部署名", "役職", "姓", "名", "姓（カナ）", "名（カナ）", "TEL会社", "携帯電話", "e-mail", "郵便番号", "住所", "名刺交換日", "メモ",
)  # fmt: skip
FAMILIES = (
    ("佐藤", "サトウ"), ("髙橋", "タカハシ"), ("伊藤", "イトウ"), ("渡邊", "ワタナベ"), ("山本", "ヤマモト"),
    ("中村", "ナカムラ"), ("小林", "コバヤシ"), ("加藤", "カトウ"), ("吉田", "ヨシダ"), ("能勢", "ノセ"),
)  # fmt: skip
GIVEN = (
    ("健二", "ケンジ"), ("春香", "ハルカ"), ("太郎", "タロウ"), ("美咲", "ミサキ"), ("翔", "ショウ"), ("ソノ", "ソノ"),
    ("学", "マナブ"), ("由美子", "ユミコ"), ("隆", "タカシ"), ("さくら", "サクラ"),
)  # fmt: skip
FIRST = (
    "大和",
    "青山",
    "神田",
    "箱根",
    "東雲",
    "若葉",
    "富士",
    "能登",
    "表",
    "ソニック",
    "十和田",
    "Aoba & Sons",
)
LAST = ("精密", "印刷", "物産", "ホテル", "運輸", "食品", "設計", "電機")
SPELLINGS = ("株式会社{}", "{}株式会社", "（株）{}", "㈱{}", "{}㈱", "{}（株）", "{} 株式会社")


def rows(count: int, seed: int = 7) -> list[tuple[str, ...]]:
    """So many different people at about a third as many companies, each spelt as somebody typed it."""
    rng = random.Random(seed)  # noqa: S311 - for tests
    companies = [first + last for first in FIRST for last in LAST]
    people = [(f, g) for f in FAMILIES for g in GIVEN]
    pairs = [(c, p) for c in companies for p in people]
    made = []
    for i, (company, ((family, family_kana), (given, given_kana))) in enumerate(rng.sample(pairs, count)):
        memo = rng.choice(
            (
                "",
                "",
                "展示会で名刺交換",
                "料金, 納期を気にされる",
                '口癖は"まず現場"',
                "二行の\nメモ",
                "%% 社内 %%",
            )
        )
        made.append((
            rng.choice(SPELLINGS).format(company), rng.choice(("", "人事部", "営業本部 第一課")), rng.choice(("", "部長", "課長代理")),
            family, given, family_kana, given_kana, f"03-{companies.index(company):04}-0000", f"090-0000-{i:04}",
            f"p{i}@example.jp", "144-0052", f"東京都大田区蒲田{companies.index(company) + 1}-4-1", "2024/05/01", memo,
        ))  # fmt: skip
    return made


def as_csv(made: Sequence[Sequence[str]], encoding: str = "cp932", mark: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows([HEADINGS, *made])
    return out.getvalue().encode(encoding)


def as_xlsx(made: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in [HEADINGS, *made]:
        book.active.append([str(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_vcf(made: Sequence[Sequence[str]]) -> bytes:
    """Version 2.1 in Shift_JIS, as Japanese phones and card scanners write it, soft breaks and all."""
    return b"".join(map(_card, made))


def _card(row: Sequence[str]) -> bytes:
    (
        company,
        department,
        role,
        family,
        given,
        family_kana,
        given_kana,
        phone,
        mobile,
        mail,
        code,
        place,
        _met,
        memo,
    ) = row
    lines = [
        b"BEGIN:VCARD",
        b"VERSION:2.1",
        _quoted("N", f"{_safe(family)};{_safe(given)};;;"),
        _quoted("SOUND;X-IRMC-N", f"{family_kana};{given_kana};;;"),
        _quoted("ORG", f"{_safe(company)};{_safe(department)}"),
        _quoted("TITLE", role),
        f"TEL;WORK;VOICE:{phone}".encode(),
        f"TEL;CELL:{mobile}".encode(),
        f"EMAIL;INTERNET:{mail}".encode(),
        _quoted("ADR;WORK", f";;{place};;;{code};"),
        _quoted("NOTE", memo),
        b"END:VCARD",
    ]
    return b"\r\n".join([*lines, b""])


def _safe(text: str) -> str:
    return text.replace(";", "\\;")


def _quoted(name: str, text: str, charset: str = "SHIFT_JIS") -> bytes:
    coded = "".join(
        f"={byte:02X}" for byte in text.replace("\n", "\r\n").encode("cp932" if "JIS" in charset else charset)
    )
    cut = "=\r\n".join(coded[i : i + 72] for i in range(0, len(coded), 72))
    return f"{name};CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{cut}".encode()
