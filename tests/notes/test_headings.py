"""Headings of entries: the words after the date."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import PartialDate, Person
from sitegen.notes.familiar import Familiar
from sitegen.notes.headings import read_heading
from sitegen.notes.names import bare, resolve
from sitegen.notes.vocabulary import kind_words

PEOPLE = (
    Person("Ito Haruka"),
    Person("Kato Ken"),
    Person("佐藤健二", reading="さとうけんじ", role="代表取締役社長"),
    Person("佐藤 美咲", role="研修担当"),
    Person("加藤弘"),
    Person("岩本 詩織"),
)
DAY = dt.date(2026, 11, 6)


@pytest.mark.parametrize(
    ("heading", "kind", "people", "title"),
    [
        ("", "visit", [], ""),
        ("visit", "visit", [], ""),
        ("visit with Ito Haruka", "visit", ["Ito Haruka"], ""),
        (
            "meeting with Ito Haruka, Kato Ken and Dana Smith",
            "meeting",
            ["Ito Haruka", "Kato Ken", "Dana Smith"],
            "",
        ),
        ("call with Ms Ito: the price", "call", ["Ito Haruka"], "the price"),
        ("with Ito-san", "visit", ["Ito Haruka"], ""),
        ("visit with Ito Haruka in Kamata", "visit", ["Ito Haruka"], "in Kamata"),
        ("visit to the plant with Kato Ken", "visit", ["Kato Ken"], "to the plant"),
        ("- visit – the April intake", "visit", [], "the April intake"),
        ("visit – Ito Haruka was away", "visit", ["Ito Haruka"], "Ito Haruka was away"),
        ("visit – someone new was there", "visit", [], "someone new was there"),
        ("call to Ito Haruka", "call", ["Ito Haruka"], "to Ito Haruka"),
        ("訪問 佐藤健二様と", "visit", ["佐藤健二"], ""),
        ("面談 加藤様、岩本様と", "meeting", ["加藤弘", "岩本 詩織"], ""),
        ("訪問 加藤様・佐藤社長と工場見学", "visit", ["加藤弘", "佐藤健二"], "工場見学"),
        ("訪問 岩本 詩織様と", "visit", ["岩本 詩織"], ""),
        ("会食 社長と", "meal", ["佐藤健二"], ""),
        ("佐藤社長と面談", "meeting", ["佐藤健二"], ""),
        ("訪問：加藤様", "visit", ["加藤弘"], ""),
        ("電話 – 加藤様、佐藤社長", "call", ["加藤弘", "佐藤健二"], ""),
        ("call – Ito Haruka", "call", ["Ito Haruka"], ""),
        ("call – Ito", "call", ["Ito Haruka"], ""),
        ("電話 加藤様より入電", "call", ["加藤弘"], "加藤様より入電"),
        ("web会議 加藤部長", "online", ["加藤弘"], ""),
        ("面談 Ito Harukaさん、加藤様と", "meeting", ["Ito Haruka", "加藤弘"], ""),
        ("訪問 鈴木さんと", "visit", ["鈴木"], ""),
        ("訪問 新任の山本部長へ挨拶", "visit", ["山本"], "新任の山本部長へ挨拶"),
        ("訪問 仕様の打合せ", "visit", [], "仕様の打合せ"),
        ("訪問 ご挨拶と名刺交換", "visit", [], "ご挨拶と名刺交換"),
        ("TEL – 見積の件", "call", [], "見積の件"),
        ("見学 [[Ito Haruka]]さんと", "showcase", ["Ito Haruka"], ""),
        ("電話連絡 加藤様", "call", ["加藤弘"], "電話連絡"),
        ("電話にて加藤様", "call", ["加藤弘"], ""),
        ("電話で見積の件", "call", [], "見積の件"),
        ("佐藤社長に電話、見積の件", "call", ["佐藤健二"], "佐藤社長に電話 – 見積の件"),
        ("佐藤社長と初回面談", "meeting", ["佐藤健二"], "初回面談"),
        ("加藤様よりお電話いただく", "call", ["加藤弘"], "加藤様よりお電話いただく"),
        ("加藤様より入電", "call", ["加藤弘"], "加藤様より入電"),
        ("初回訪問 加藤様と", "visit", ["加藤弘"], "初回訪問"),
        ("オンライン面談 加藤様と", "online", ["加藤弘"], "オンライン面談"),
        ("ZOOMで加藤様と", "online", ["加藤弘"], ""),
        ("Zoom", "online", [], ""),
        ("お礼メール", "email", [], "お礼メール"),
        ("展示会で加藤様と", "event", ["加藤弘"], ""),
        ("工場見学", "visit", [], "工場見学"),
        ("電話帳の件", "visit", [], "電話帳の件"),
        ("電話-加藤様", "call", ["加藤弘"], ""),
        ("訪問・面談 加藤様と", "visit", ["加藤弘"], "訪問・面談"),
        ("面談@本社 加藤様", "meeting", ["加藤弘"], "@本社 加藤様"),
        ("会食（佐藤社長、加藤様）", "meal", ["佐藤健二", "加藤弘"], ""),
        ("打合せ 加藤様、他2名", "meeting", ["加藤弘"], "他2名"),
        ("セミナー参加 加藤様", "event", ["加藤弘"], "セミナー参加"),
        ("2nd call with Ito Haruka", "call", ["Ito Haruka"], "2nd call"),
        ("short call with Ito Haruka", "call", ["Ito Haruka"], "short call"),
        ("phone call with Ito Haruka", "call", ["Ito Haruka"], ""),
        ("thank-you email", "email", [], "thank-you email"),
        ("new product line", "visit", [], "new product line"),
        ("about the call", "visit", [], "about the call"),
    ],
)
def test_reads(heading: str, kind: str, people: list[str], title: str) -> None:
    read = read_heading(heading, PEOPLE, DAY, kind_words())
    assert (read.kind.key, [n.name for n in read.people], read.title) == (kind, people, title)
    assert read.answered


@pytest.mark.parametrize(
    ("heading", "kind", "people", "title"),
    [
        ("TEL 不在", "call", [], ""),
        ("call – unanswered", "call", [], ""),
        ("訪問 不在", "visit", [], ""),
        ("call with Ito Haruka, unanswered", "call", ["Ito Haruka"], ""),
        ("call with Bob Gray unanswered", "call", ["Bob Gray"], ""),
        ("unanswered call with Ito Haruka", "call", ["Ito Haruka"], ""),
        ("call – the price, no answer", "call", [], "the price"),
        ("電話不在", "call", [], ""),
        ("訪問不在", "visit", [], ""),
        ("電話（不在）", "call", [], ""),
        ("メール返信なし", "email", [], ""),
        ("電話 不在 折り返し依頼", "call", [], "折り返し依頼"),
        ("電話 加藤様不在", "call", ["加藤弘"], ""),
        ("電話 不在（加藤様）", "call", ["加藤弘"], ""),
        ("訪問 佐藤社長、不在", "visit", ["佐藤健二"], ""),
        ("電話するも不在", "call", [], ""),
        ("加藤様に電話したが不在", "call", ["加藤弘"], "加藤様に電話"),
    ],
)
def test_nobody_there(heading: str, kind: str, people: list[str], title: str) -> None:
    read = read_heading(heading, PEOPLE, DAY, kind_words())
    assert (read.kind.key, [n.name for n in read.people], read.title) == (kind, people, title)
    assert not read.answered


@pytest.mark.parametrize(
    ("heading", "people", "title", "unclear"),
    [
        ("訪問 佐藤社長不在、加藤様と", ["加藤弘"], "佐藤社長不在", ""),
        ("訪問 担当者不在", [], "担当者不在", "担当者不在"),
        ("訪問 不在、加藤様と面談", ["加藤弘"], "不在、加藤様と面談", "不在"),
        (
            "meeting with Ito Haruka: her question still unanswered",
            ["Ito Haruka"],
            "her question still unanswered",
            "",
        ),
        ("訪問 社長不在のため加藤様と", ["加藤弘"], "社長不在のため加藤様と", ""),
    ],
)
def test_where_somebody_was_met_it_is_an_answer(
    heading: str, people: list[str], title: str, unclear: str
) -> None:
    read = read_heading(heading, PEOPLE, DAY, kind_words())
    assert ([n.name for n in read.people], read.title, read.unclear) == (people, title, unclear)
    assert read.answered


KANA = (
    Person("さとう けんじ", role="社長"),
    Person("岩本 詩織", reading="いわもと しおり"),
    Person("はやし"),
)


@pytest.mark.parametrize(
    ("heading", "people"),
    [
        ("訪問 さとう様", ["さとう けんじ"]),
        ("訪問 さとうけんじ様と", ["さとう けんじ"]),
        ("訪問 さとう　けんじ様と", ["さとう けんじ"]),
        ("訪問 サトウケンジ様", ["さとう けんじ"]),
        ("訪問 いとう様、さとう様と", ["いとう", "さとう けんじ"]),
        ("面談 いとうはるか様と", ["いとうはるか"]),
        ("訪問 鈴木さんともとこさん", ["鈴木", "もとこ"]),
        ("訪問 イワモト様", ["岩本 詩織"]),
        ("いわもとしおりと", ["岩本 詩織"]),
        ("電話 はやし様より入電", ["はやし"]),
        ("駅で加藤様と", ["加藤"]),
        ("訪問 みなさんと", []),
        ("訪問 たくさんの資料を持参", []),
    ],
)
def test_kana_of_a_name_parts_nobody(heading: str, people: list[str]) -> None:
    assert [n.name for n in read_heading(heading, KANA, DAY, kind_words()).people] == people


def test_two_that_fit_are_told_not_chosen_from() -> None:
    (named,) = read_heading("訪問 佐藤様と", PEOPLE, DAY, kind_words()).people
    assert (named.name, named.known, named.choices) == ("佐藤", False, ("佐藤健二", "佐藤 美咲"))


def test_the_one_in_the_chair_goes_before_the_one_who_left() -> None:
    from sitegen.model import PartialDate

    people = (Person("Mori Jun", until=PartialDate(2026, 3)), Person("Mori Ken", since=PartialDate(2026, 4)))
    assert resolve("Mori", people, dt.date(2025, 5, 1)).name == "Mori Jun"
    assert resolve("Mori", people, dt.date(2026, 5, 1)).name == "Mori Ken"


def test_private_and_own_kinds() -> None:
    kinds = kind_words((("golf", ("ゴルフ",), True),))
    read = read_heading("ゴルフ 加藤様と #private", PEOPLE, DAY, kinds)
    assert (read.kind.key, read.kind.face_to_face, read.private) == ("golf", True, True)


@pytest.mark.parametrize(
    ("written", "name", "title"),
    [
        ("佐藤様", "佐藤", ""),
        ("佐藤社長", "佐藤", "社長"),
        ("山本部長", "山本", "部長"),
        ("Mr. Sato", "Sato", ""),
        ("社長", "", "社長"),
    ],
)
def test_bare(written: str, name: str, title: str) -> None:
    assert bare(written) == (name, title)


@pytest.mark.parametrize("name", [r"lone \0 \u0000", r"Ito \g<1>", r"Ito \1"])
def test_a_name_with_a_backslash_is_no_pattern(name: str) -> None:
    """Once it was taken for one, and its note could not be read."""
    assert read_heading(f"visit with {name}", (Person(name),), DAY, kind_words()).people[0].name == name


_PIECES = (
    "visit",
    "電話",
    "- ",
    "with ",
    "Ito ",
    "Ito Haruka",
    "佐藤社長",
    "と",
    "加藤様",
    "：",
    " – ",
    " ",
    "不在",
    "でした",
    "するも",
    "Unanswered",
    ", ",
    "（",
    "）",
    "さとう様",
    "で",
    "#private",
    "打合せ",
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.lists(st.sampled_from(_PIECES), max_size=6), st.booleans()), max_size=12))
def test_what_is_familiar_reads_as_if_it_were_not(headings: list[tuple[list[str], bool]]) -> None:
    people = (
        *PEOPLE,
        Person("伊藤 悟", role="社長", since=PartialDate(2026, 6)),
        Person("Ito Jun", until=PartialDate(2026, 5)),
    )
    familiar, kinds = Familiar(people, kind_words()), kind_words()
    for pieces, early in headings:
        day, text = dt.date(2026, 3 if early else 11, 6), "".join(pieces)
        assert familiar.heading(text, day) == read_heading(text, people, day, kinds)
