"""Which column is what: a literal table of headings as card services, mail programs and people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sitegen.text import fold

HEADINGS: Mapping[str, str] = {
    "company": """
        会社名 | 会社 | 企業名 | 企業 | 法人名 | 取引先 | 取引先名 | 顧客名 | 得意先 | 得意先名 | 勤務先
        | 勤務先名 | 団体名 | 組織 | 組織名 | 貴社名 | 御社名 | 会社名（日本語） | company | company name
        | organization | organisation | organization name | organization 1 - name | account | account name
        | client | customer | firm | employer""",
    "company_en": """
        会社名（英語） | 会社名（英） | 会社名（英文） | 英語会社名 | 英文社名 | company (english)
        | company name (english) | company en | english company name""",
    "company_reading": """
        会社名カナ | 会社名フリガナ | 会社名よみ | 会社名読み | 会社カナ | 会社フリガナ | 企業名カナ
        | 社名カナ | company yomi | company reading | company phonetic | phonetic company | company kana
        | organization 1 - yomi name | organization phonetic""",
    "name": """
        氏名 | 名前 | お名前 | ご氏名 | 姓名 | フルネーム | 担当者 | 担当者名 | ご担当者 | ご担当者名
        | 氏名（漢字） | 漢字氏名 | 表示名 | name | full name | person | contact | contact name | display name
        | name (japanese)""",
    "family": "姓 | 苗字 | 名字 | 姓（漢字） | last name | family name | surname",
    "given": "名 | 下の名前 | 名（漢字） | first name | given name | forename",
    "reading": """
        ふりがな | よみがな | 読み | 読み仮名 | かな | 氏名かな | 氏名ふりがな | 氏名よみ | 名前ふりがな
        | お名前ふりがな | かな氏名 | reading | yomi | kana | furigana | phonetic name | name yomi | name kana
        | name reading | name phonetic""",
    "family_reading": """
        姓かな | 姓ふりがな | 姓よみ | せい | ふりがな（姓） | last name yomi | surname yomi
        | family name yomi | phonetic last name | last name phonetic | last name kana | family name kana
        | last name reading""",
    "given_reading": """
        名かな | 名ふりがな | 名よみ | めい | ふりがな（名） | given yomi | first name yomi | given name yomi
        | phonetic first name | first name phonetic | first name kana | given name kana | first name reading""",
    "department": """
        部署 | 部署名 | 所属部署 | 部門 | 部門名 | 部課 | 部署1 | 部署2 | 部署3 | department | dept | division
        | section | organization department | organization 1 - department""",
    "role": """
        役職 | 役職名 | 肩書 | 肩書き | 職位 | 職名 | 役職1 | 役職2 | title | job title | role | position
        | organization title | organization 1 - title""",
    "email": """
        メール | メールアドレス | eメール | 電子メール | 電子メールアドレス | 電子メール2アドレス
        | 電子メール3アドレス | メールアドレス1 | メールアドレス2 | e-mail | email 1 | email 2 | email address
        | mail | mail address | e-mail 1 - value | e-mail 2 - value | e-mail 3 - value | e-mail 2 address
        | e-mail 3 address | primary email | work email""",
    "phone": """
        電話 | 電話番号 | 電話1 | 電話番号1 | 会社電話 | 会社電話番号 | 代表電話 | 代表電話番号 | 代表
        | tel会社 | 会社tel | tel代表 | 代表tel | 勤務先電話 | 勤務先電話番号 | tel部門 | tel | phone
        | telephone | phone number | business phone | company main phone | work phone | office phone
        | company phone | main phone""",
    "direct": """
        直通 | 直通電話 | 直通番号 | tel直通 | 直通tel | 電話直通 | direct | direct phone | direct line
        | direct number | direct dial | business phone 2 | 会社電話2""",
    "mobile": """
        携帯 | 携帯電話 | 携帯番号 | 携帯電話番号 | モバイル | 携帯tel | スマホ | mobile | mobile phone
        | mobile number | cell | cell phone""",
    "fax": """
        fax | ファックス | ファクス | ファクシミリ | fax番号 | 会社fax | fax会社 | 会社ファックス
        | business fax | fax number | work fax | company fax""",
    "postal": """
        郵便番号 | 〒 | 会社郵便番号 | 勤務先郵便番号 | 会社住所郵便番号 | business postal code | postal code
        | postcode | zip | zip code | work postal code | address 1 - postal code""",
    "address": """
        住所 | 所在地 | 会社住所 | 勤務先住所 | 会社所在地 | 住所1 | 住所2 | 住所3 | 都道府県 | 市区町村
        | 番地 | 町域 | 丁目番地 | 建物名 | ビル名 | 建物 | 会社住所都道府県 | 会社住所市区町村 | 会社住所番地
        | 会社住所建物名 | address | address 1 | address 2 | street | street address | business address
        | company address | work address | address 1 - formatted | business street | business city
        | business state | city | state | prefecture""",
    "website": """
        url | url1 | ホームページ | ウェブサイト | webサイト | web | hp | 会社url | webページ | website
        | homepage | web page | website 1 - value | company website""",
    "met": """
        名刺交換日 | 交換日 | 名刺交換 | 初回面談日 | 面談日 | met | met on | exchange date
        | card exchange date | date exchanged | business card exchange date""",
    "memo": """
        メモ | 備考 | コメント | 特記事項 | ノート | 備考欄 | 名刺メモ | 備考1 | 備考2 | memo | note | notes
        | remarks | comment | comments""",
    "tags": """
        タグ | ラベル | グループ | 分類 | カテゴリ | カテゴリー | 分類項目 | tag | tags | label | labels
        | group | groups | category | categories | group membership""",
    "area": "エリア | 地域 | 地区 | 担当エリア | area | region | district",
    "product": "商品 | 製品 | 商材 | product",
    "stage": "段階 | ステージ | 営業段階 | stage",
    "rep": """
        名刺所有者 | 所有者 | 自社担当 | 自社担当者 | 担当営業 | 営業担当 | 営業担当者 | 弊社担当 | rep
        | owner | sales rep | account owner | card owner""",
}
"""Field → its headings. Case, width, kana, spaces and signs don't count: 会社名（カナ） is 会社名かな."""

LEFT_OUT = "skip"
"""What a mapping says of a column that is not wanted."""
_SIGNS = re.compile(r"[^\w〒]|_")
_NUMBERED = re.compile(r"(phone|電話)(\d+)(?:value|値)")
_ANY_PHONE = "any-phone"


def heading_key(written: str) -> str:
    """What two spellings of a heading have in common."""
    return _SIGNS.sub("", fold(written))


TABLE: Mapping[str, str] = {
    heading_key(word): name for name, words in HEADINGS.items() for word in words.split("|")
}


def field_of(heading: str, mapping: Mapping[str, str]) -> str:
    """The field of a column: as the mapping says, else as the table knows it; empty where neither does."""
    key = heading_key(heading)
    known = mapping.get(key, TABLE.get(key, ""))
    return known or (_ANY_PHONE if _NUMBERED.fullmatch(key) else "")


def fields_of(row: Sequence[str], mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The field of each column; a mapping may name columns by their number, from 1, as well."""
    return tuple(mapping.get(str(n), "") or field_of(cell, mapping) for n, cell in enumerate(row, 1))


def is_heading(row: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Whether a row holds headings: two columns are known at least, one of them a company or a person.

    Where the mapping names columns, one of those is enough.
    """
    known = {field_of(cell, mapping) for cell in row if cell.strip()} - {""}
    by_map = any(heading_key(cell) in mapping for cell in row if heading_key(cell))
    return by_map or (len(known) > 1 and bool(known & {"company", "company_en", "name", "family", "given"}))


def phone_field(heading: str, headings: Sequence[str], row: Sequence[str]) -> str:
    """What `Phone 1 - Value` is: as `Phone 1 - Label` (or Type) of the same row says."""
    found = _NUMBERED.fullmatch(heading_key(heading))
    stem = f"{found[1]}{found[2]}" if found else "?"
    labels = (f"{stem}label", f"{stem}type")
    said = next((cell for name, cell in zip(headings, row, strict=False) if heading_key(name) in labels), "")
    return phone_kind(said)


def phone_kind(label: str) -> str:
    """A number's field by what is written beside it: mobile, fax, direct, the company's; empty where private."""
    word = fold(label)
    if any(sign in word for sign in ("fax", "ふぁっくす")):
        return "fax"
    if any(sign in word for sign in ("mobile", "cell", "iphone", "携帯", "もばいる", "すまほ", "pcs")):
        return "mobile"
    if any(sign in word for sign in ("home", "自宅")):
        return ""
    return "direct" if any(sign in word for sign in ("direct", "直通")) else "phone"
