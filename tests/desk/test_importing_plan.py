"""Promises of an import: nobody doubled, nothing else changed, text stays text."""

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.desk.importing.adding import with_people
from sitegen.desk.importing.carrying import carry_out
from sitegen.desk.importing.contact import Contact
from sitegen.desk.importing.planning import Plan, Wish, plan
from sitegen.desk.importing.same import company_key, may_be_one, person_key, same_person
from sitegen.desk.importing.yaml_text import note, scalar
from sitegen.model import Where
from sitegen.notes.book import read_book
from sitegen.notes.fm_nodes import parse
from sitegen.notes.folder import find_notes
from sitegen.notes.note import read_client
from sitegen.text import nfc

CFG = Config()
PATH = "content/clients/me/a.md"

COMPANIES = (
    (("大和精密株式会社", "(株)大和精密", "㈱ 大和精密", "大和精密　（株）", "大和精密"), ""),
    (("有限会社神田書店", "㈲神田書店", "神田書店 (有)"), ""),
    (("株式会社神田書店", "神田書店㈱", "（株）神田書店"), ""),
    (
        ("Hakone Hotels Co., Ltd.", "HAKONE HOTELS", "Ｈａｋｏｎｅ　Ｈｏｔｅｌｓ Inc.", "Hakone-Hotels K.K."),
        "",
    ),
    (("ソニック運輸", "ｿﾆｯｸ運輸株式会社", "(株)ソニック運輸"), ""),
    (("髙島屋", "高島屋", "株式会社髙島屋"), ""),
    (("con", "CON"), ""),
    (("Müller & Söhne GmbH", "Mu\u0308ller & So\u0308hne"), ""),
)
PEOPLE = (
    ("佐藤 健二", "佐藤健二", "佐藤　健二様"),
    ("髙橋 学", "高橋学"),
    ("Kenji Sato", "SATO, Kenji", "Mr. Sato Kenji", "Ｋｅｎｊｉ Ｓａｔｏ"),
    ("さくら", "サクラ", "ｻｸﾗ"),
    ("伊藤", "伊藤 "),
)
CHOICE = st.tuples(
    st.integers(0, len(COMPANIES) - 1), st.integers(0, 9), st.integers(-1, len(PEOPLE) - 1), st.integers(0, 9)
)


def contact(number: int, chosen: tuple[int, int, int, int]) -> Contact:
    company, spelling, person, name = chosen
    names = COMPANIES[company][0]
    values = {"company": nfc(names[spelling % len(names)]), "mobile": f"090-{number}"}
    if person >= 0:
        values["name"] = nfc(PEOPLE[person][name % len(PEOPLE[person])]).strip()
    return Contact(Where("a.csv", number + 2), number, values)


def planned(root: Path, contacts: Sequence[Contact]) -> Plan:
    files = {found.path: Path(found.file) for found in find_notes(root, root / CFG.content, [])}
    return plan(contacts, read_book(root, CFG, keep_private=True), CFG, root, files, Wish("me"))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(CHOICE, min_size=1, max_size=14), st.lists(CHOICE, max_size=8), st.randoms(use_true_random=False)
)
def test_nobody_is_ever_doubled(
    first: list[tuple[int, int, int, int]], later: list[tuple[int, int, int, int]], rng: random.Random
) -> None:
    """Whatever the order and the spelling: one note a company, one row a person, and a second time nothing at all."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content").mkdir()
        for chosen in (first, later, [*first, *later]):
            made = planned(root, [contact(i, one) for i, one in enumerate(chosen)])
            assert not made.unread
            assert len(carry_out(made)[0]) == len(made.changes)
        assert made.changes == (), "all of it was there"
        book = read_book(root, CFG)
        assert book.problems == ()
        wanted: dict[int, set[int]] = {}
        for company, _, person, _ in (*first, *later):
            wanted.setdefault(company, set()).update({person} - {-1})
        assert sorted(len(client.people) for client in book.clients) == sorted(map(len, wanted.values()))
        again = [(company, rng.randrange(10), person, rng.randrange(10)) for company, _, person, _ in first]
        rng.shuffle(again)
        assert planned(root, [contact(i, one) for i, one in enumerate(again)]).changes == ()


def test_an_ambiguous_company_is_asked_about_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    rows = [(1, 0, 0, 0), (2, 0, 1, 0)]
    both = [contact(i, row) for i, row in enumerate(rows)]
    bare = Contact(Where("a.csv", 9), 7, {"company": "神田書店", "name": "山本"})
    made = planned(tmp_path, [*both, bare])
    assert [one.problem.code for one in made.unread] == ["import-fits-two-here"]
    carry_out(made)
    assert [one.problem.code for one in planned(tmp_path, [bare]).unread] == ["import-fits-two"]


def test_what_is_only_read_alike_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "content/clients/me").mkdir(parents=True)
    text = "---\nname: 大和精密\nreading: やまとせいみつ\npeople: [{name: 佐藤 健二, reading: さとう けんじ}]\n---\n"
    (tmp_path / "content/clients/me/a.md").write_text(text, encoding="utf-8")

    def told(company: str, reading: str, name: str, name_reading: str) -> list[str]:
        values = {"company": company, "company_reading": reading, "name": name, "reading": name_reading}
        made = planned(tmp_path, [Contact(Where("a.csv", 2), 0, {k: v for k, v in values.items() if v})])
        return [one.problem.code for one in made.unread] or [c.path for c in made.changes] or ["there"]

    assert told("大和精蜜", "ヤマトセイミツ", "x", "") == ["import-sounds-alike"]
    assert told("ﾔﾏﾄｾｲﾐﾂ㈱", "", "Sato", "さとうけんじ") == ["there"]
    assert told("Yamato", "やまとせいみつかぶしきがいしゃ", "サトウケンジ", "") == ["there"]
    assert told("大和精密", "", "佐藤 賢治", "さとうけんじ") == ["import-person-alike"]
    assert told("大和精密", "", "佐藤 賢治", "") == ["content/clients/me/a.md"]


def test_a_private_client_is_not_doubled_either(tmp_path: Path) -> None:
    (tmp_path / "content/clients/me").mkdir(parents=True)
    (tmp_path / "content/clients/me/x.md").write_text(
        "---\nname: 大和精密\nprivate: true\n---\n", encoding="utf-8"
    )
    made = planned(tmp_path, [contact(0, (0, 0, 0, 0))])
    assert [change.path for change in made.changes] == ["content/clients/me/x.md"]


HEADS = (
    "", "people:\n", "people: []\n", "people: [Mori]\n", "people:\n  - {name: Mori, role: a} # c\n  # tail\n",
    "people:\n- name: Mori\n  note: |\n    two\n    lines\n\n- Abe\n", "people: [\n  {name: Mori},\n  Abe, # c\n]\n",
    "people: # none\n", "people: Mori\n", "people: {name: Mori}\n", "people:\n  - {name: Mori}\n%%\n  - {name: Abe}\n%%\n",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.sampled_from(["", "# first\nname: A\n", "name: A\nstage: [\n", "phone: '03'\n"]),
    st.sampled_from(["", "area: Ōta # odd\n", "tags: [a,\n  b]\n"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["", "text\n", "\n## 2026-11-06 visit with Mori\n- need: x  \n\t\n", "no line end"]),
    st.booleans(),
)
def test_people_are_added_and_every_other_byte_stays(
    people: str, before: str, after: str, end: str, bom: str, body: str, fenced: bool
) -> None:
    text = f"---\n{before}{people}{after}---\n{body}" if fenced else body
    data = (bom + text.replace("\n", end)).encode()
    row = {"name": "新 人", "role": "部長: 営業, 開発"}
    made = with_people(data, PATH, [row], CFG)
    if made is None:
        assert people in HEADS[-3:] or "[\n" in before, "only what is unclear is left to the rep"
        return
    same = next(i for i in range(len(data) + 1) if i == len(data) or data[i] != made[i])
    inserted = len(made) - len(data)
    assert any(made[:i] + made[i + inserted :] == data for i in range(same + 1))
    had, has = read_client(data, PATH, CFG).client, read_client(made, PATH, CFG).client
    assert [person.name for person in has.people] == [*(person.name for person in had.people), "新 人"]
    assert has.people[-1].role == "部長: 営業, 開発"
    if b"\r\n" in data:
        assert b"\n" not in made.replace(b"\r\n", b"")


ODD = st.text(
    st.sampled_from("ab 漢ー:：,、#%％[]{}!&*|>'\"\\-~?@`<\n\t=；・（）\u2028\x85\ufeff0123")
) | st.sampled_from(
    [
        "---",
        "%%",
        "%% x %%",
        "#private",
        "[[x]]",
        "<!-- x -->",
        "yes",
        "null",
        "~",
        "0123",
        "1_0",
        "12:30",
        "a: b",
        "- a",
        "…",
    ]
)


@settings(max_examples=150, deadline=None)
@given(ODD)
def test_any_text_is_read_again_as_the_same_text(text: str) -> None:
    line = scalar(text)
    assert "\n" not in line
    assert not any(mark in line for mark in ("%%", "％％", "%％", "<!--", "-->"))
    node = parse(f"a: {line}\nb: {{c: {line}, d: e}}").pairs
    assert [node[0][1].text, node[1][1].pairs[0][1].text] == [nfc(text).strip()] * 2


@settings(max_examples=60, deadline=None)
@given(ODD.filter(lambda text: text.strip(" \n\t\u2028\x85\ufeff") and "[[" not in text), ODD)
def test_a_note_made_of_odd_texts_says_just_those(role: str, memo: str) -> None:
    data = note(
        {"name": "大和: 精密", "stage": "wtt"}, [{"name": "佐藤", "role": role, "note": memo or "x"}]
    ).encode()
    read = read_client(data, PATH, CFG)
    assert read.problems == ()
    assert (read.client.name, read.client.stage) == ("大和: 精密", "wtt")
    assert read.client.people[0].role.split() == nfc(role).split()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("（株）大和", "大和株式会社", True),
        ("(有)大和", "大和㈱", False),
        ("Yamato Co.,Ltd.", "YAMATO", True),
        ("カ）ヤマト", "ヤマト", True),
        ("株式会社", "㈱", False),
        ("医療法人大和", "大和", False),
        ("大和", "大和商事", False),
        ("Inc", "Co", False),
    ],
)
def test_spellings_of_companies(one: str, other: str, same: bool) -> None:
    (core, form), (other_core, other_form) = company_key(one), company_key(other)
    assert (core == other_core and may_be_one(form, other_form)) is same


def test_spellings_of_people() -> None:
    assert person_key("髙橋　学 様") == person_key("高橋学")
    assert person_key("Sato, Kenji") == person_key("kenji SATO") != person_key("Sato Ken")
    assert same_person("サトウ", "", "佐藤", "さとう") is True
    assert same_person("佐藤健二", "さとうけんじ", "佐藤賢治", "サトウ ケンジ") is None
    assert same_person("佐藤", "", "伊藤", "") is False
