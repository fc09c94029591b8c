"""Cards as each program writes them, and cards that no program should."""

import base64
import quopri

import pytest

from sitegen.desk.importing.contact import Contact
from sitegen.desk.importing.vcard_file import contacts_of
from sitegen.desk.importing.vcard_lines import cards_of


def read(data: str | bytes) -> list[Contact]:
    contacts, unread, _ = contacts_of(
        list(cards_of(data.encode() if isinstance(data, str) else data)), "a.vcf"
    )
    assert unread == ()
    return list(contacts)


def one(*lines: str | bytes, end: bytes = b"\r\n") -> dict[str, str]:
    return dict(read(card(*lines, end=end))[0].values)


def card(*lines: str | bytes, end: bytes = b"\r\n") -> bytes:
    whole = ("BEGIN:VCARD", *lines, "END:VCARD", "")
    return end.join(line.encode() if isinstance(line, str) else line for line in whole)


def coded(text: str, charset: str) -> bytes:
    return b"".join(b"=%02X" % byte for byte in text.encode(charset))


SATO = {"name": "佐藤 健二", "company": "大和精密株式会社", "department": "人事部"}


def test_iphone() -> None:
    assert one(
        "VERSION:3.0",
        "PRODID:-//Apple Inc.//iPhone OS 18.0//EN",
        "N:佐藤;健二;;;",
        "FN:健二 佐藤",
        "X-PHONETIC-FIRST-NAME:けんじ",
        "X-PHONETIC-LAST-NAME:さとう",
        "ORG:大和精密株式会社;人事部",
        "item1.TEL;type=pref:03-1111-2222",
        "item1.X-ABLabel:直通",
        "TEL;type=IPHONE;type=CELL;type=VOICE:090-1111-2222",
        "item2.EMAIL;type=INTERNET;type=pref:sato@example.jp",
        "item2.X-ABLabel:_$!<Work>!$_",
        "item3.ADR;type=WORK:;;蒲田2-4-1;大田区;東京都;144-0052;日本",
        r"NOTE:一行目\n二行目\, 続き",
        "PHOTO;ENCODING=b;TYPE=JPEG:AAAA",
    ) == {
        **SATO,
        "reading": "さとう けんじ",
        "direct": "03-1111-2222",
        "mobile": "090-1111-2222",
        "email": "sato@example.jp",
        "postal": "144-0052",
        "address": "東京都大田区蒲田2-4-1",
        "memo": "一行目\n二行目, 続き",
    }


def test_outlook_in_shift_jis() -> None:
    jis = ";CHARSET=SHIFT_JIS"
    assert one(
        "VERSION:2.1",
        f"N;LANGUAGE=ja{jis}:佐藤;健二".encode("cp932"),
        f"ORG{jis}:大和精密株式会社;人事部".encode("cp932"),
        f"TITLE{jis}:能力開発部長".encode("cp932"),
        "TEL;WORK;VOICE:03-1234-5678",
        "TEL;WORK;FAX:03-1234-5679",
        "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2",
        "PHOTO;TYPE=JPEG;ENCODING=BASE64:",
        " AAAAAAAA",
        " BBBB",
        "",
        "EMAIL;PREF;INTERNET:sato@example.jp",
    ) == {
        **SATO,
        "role": "能力開発部長",
        "phone": "03-1234-5678",
        "fax": "03-1234-5679",
        "email": "sato@example.jp",
    }


@pytest.mark.parametrize("charset", ["SHIFT_JIS", "Shift-JIS", "UTF-8", "utf-8", "windows-31j"])
def test_japanese_phones_and_scanners(charset: str) -> None:
    """Quoted-printable, a soft break in the middle of a character, characters whose second byte is `;` or `\\`."""
    codec = "utf-8" if charset.lower() == "utf-8" else "cp932"
    name, company = coded("佐藤;健二", codec), coded("大和精密株式会社;人事部", codec)
    mark = f";CHARSET={charset};ENCODING=QUOTED-PRINTABLE:".encode()
    assert one(
        "VERSION:2.1",
        b"N" + mark + name,
        b"SOUND;X-IRMC-N" + mark + coded("サトウ;ケンジ", codec),
        b"ORG" + mark + company[:33] + b"=\r\n" + company[33:66] + b"=\r\n" + company[66:],
        b"NOTE" + mark + coded("ソ表能十\r\n次の行", codec),
    ) == {**SATO, "reading": "サトウ ケンジ", "memo": "ソ表能十\n次の行"}


def test_google_and_version_four() -> None:
    assert one(
        "VERSION:4.0",
        "FN:Sato Kenji",
        'N;SORT-AS="さとう,けんじ":Sato;Kenji;;;',
        'ORG;SORT-AS="やまとせいみつ":Yamato Precision',
        'TEL;VALUE=uri;TYPE="voice,work":tel:+81-3-1234-5678',
        "EMAIL:mailto:sato@example.jp",
        "CATEGORIES:展示会,名古屋",
        "URL:https://example.jp/",
    ) == {
        "name": "Kenji Sato",
        "reading": "さとう けんじ",
        "company": "Yamato Precision",
        "company_reading": "やまとせいみつ",
        "phone": "+81-3-1234-5678",
        "email": "sato@example.jp",
        "tags": "展示会、名古屋",
        "website": "https://example.jp/",
    }


def test_base64_text_and_sort_string() -> None:
    text = base64.b64encode("佐藤;健二".encode("cp932")).decode()
    assert one("VERSION:2.1", f"N;CHARSET=SHIFT_JIS;ENCODING=BASE64:{text}", "SORT-STRING:さとう けんじ") == {
        "name": "佐藤 健二",
        "reading": "さとう けんじ",
    }


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_folded_in_the_middle_of_a_character(end: bytes) -> None:
    raw = "大和精密株式会社".encode()
    assert one("VERSION:3.0", b"ORG:" + raw[:7] + end + b" " + raw[7:], end=end) == {
        "company": "大和精密株式会社"
    }


def test_utf_16_and_a_mark_before() -> None:
    text = card("VERSION:3.0", "FN:佐藤").decode()
    assert read(b"\xff\xfe" + text.encode("utf-16-le"))[0].values == {"name": "佐藤"}
    assert read(b"\xef\xbb\xbf" + text.encode())[0].values == {"name": "佐藤"}


def test_a_card_of_a_company_is_no_person() -> None:
    assert one("VERSION:3.0", "N:;;;;", "FN:大和精密", "ORG:大和精密;", "X-ABShowAs:COMPANY") == {
        "company": "大和精密"
    }


def test_what_finds_its_field_taken_stays_beside() -> None:
    found = read(card("FN:A", "EMAIL:a@x.jp", "EMAIL:b@x.jp", "TEL;HOME:045-1", "ADR;HOME:;;x;;;1;"))[0]
    assert found.beside == (("EMAIL", "b@x.jp"), ("TEL", "045-1"), ("ADR", "1 x"))


def test_broken_cards_cost_only_themselves() -> None:
    good = card("FN:佐藤")
    data = good + b"BEGIN:VCARD\r\nFN:open\r\n" + good + b"stray\r\n" + card("FN:x", "no colon here") + good
    cards = list(cards_of(data))
    contacts, unread, _ = contacts_of(cards, "a.vcf")
    assert [c.values["name"] for c in contacts] == ["佐藤", "佐藤", "佐藤"]
    assert [(u.problem.code, u.problem.where.line) for u in unread] == [
        ("import-card-open", 4),
        ("import-card-outside", 9),
        ("import-card-line", 12),
    ]
    assert b"".join(c.raw for c in cards) == data, "what is left to mend is byte for byte what was there"


def test_bytes_that_are_no_text_are_told() -> None:
    _, unread, _ = contacts_of(list(cards_of(card("FN:A", b"NOTE:\x81\x01\xff"))), "a.vcf")
    assert [u.problem.code for u in unread] == ["import-card-bytes"]


def test_what_nobody_knows_is_told_once() -> None:
    _, _, problems = contacts_of(list(cards_of(card("FN:A", "X-COLOUR:red") * 3)), "a.vcf")
    assert [(p.code, p.params) for p in problems] == [("import-columns-left", (("columns", "X-COLOUR"),))]


def test_soft_breaks_are_those_of_the_standard_library() -> None:
    text = "株式会社大和精密ホールディングス人事本部" * 3
    soft = quopri.encodestring(text.encode(), quotetabs=True).replace(b"\n", b"\r\n")
    assert one(b"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + soft)["company"] == text


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ([r'ADR;LABEL="1-2-3 Chuo\nTokyo":;;;;;;'], "1-2-3 Chuo, Tokyo"),
        ([r'ADR;LABEL="1-2-3 Chuo,^nTokyo";TYPE=work:;;;;;;'], "1-2-3 Chuo, Tokyo"),
        ([r'ADR;LABEL="〒144-0052\n東京都大田区蒲田2-4-1":;;;;;;'], "〒144-0052 東京都大田区蒲田2-4-1"),
        ([r'ADR;LABEL="elsewhere":;;蒲田2-4-1;大田区;東京都;;'], "東京都大田区蒲田2-4-1"),
        ([r"LABEL;TYPE=WORK:1-2-3 Chuo\, Chuo-ku\nTokyo", "ADR:;;;;;;"], "1-2-3 Chuo, Chuo-ku, Tokyo"),
        (["LABEL:elsewhere", "ADR:;;1-2-3 Chuo;Tokyo;;;"], "1-2-3 Chuo, Tokyo"),
    ],
)
def test_an_address_that_only_its_label_tells(lines: list[str], address: str) -> None:
    assert one("VERSION:4.0", "FN:Ann Bell", "ORG:Tw Co", *lines)["address"] == address


def test_a_label_of_somebodys_home_is_kept_beside() -> None:
    (contact,) = read(card("FN:Ann Bell", "ORG:Tw Co", "ADR;TYPE=HOME;LABEL=3 Oak Rd:;;;;;;"))
    assert ("ADR", "3 Oak Rd") in contact.beside
    assert "address" not in contact.values
