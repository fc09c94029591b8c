"""The body of a note: entries, lines, promises, what is private, and what was nearly an entry."""

import datetime as dt
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import PartialDate, Person, Where
from sitegen.notes.entries import Body, Source, read_body
from sitegen.notes.vocabulary import kind_words

PEOPLE = (Person("Ito Haruka"), Person("Kato Ken"), Person("佐藤健二"))


def body(text: str, *, keep: bool = False, first_line: int = 1) -> Body:
    lines = dedent(text).strip("\n").split("\n")
    return read_body(Source("a.md", lines, first_line, PEOPLE, kind_words()), keep_private=keep)


def codes(read: Body) -> list[str]:
    return [p.code for p in read.problems]


def test_an_entry_ends_at_the_next_heading_of_its_level() -> None:
    read = body("""
        # A

        ## 2026-01-05 visit with Ito Haruka
        One.

        ### What she said
        Two.

        #### 2026-01-06 call
        Three.

        ### More
        Four.

        ## Background
        Five.

        # 2026-01-07 meeting
        Six.
        """)
    texts = {
        e.date.day: [word for word in ("One", "Two", "Three", "Four", "Five", "Six") if word in e.html]
        for e in read.entries
    }
    assert texts == {7: ["Six"], 6: ["Three"], 5: ["One", "Two", "Four"]}
    assert "Five" in read.html
    assert read.heading == "A"


@pytest.mark.parametrize(
    "heading",
    [
        "2026-11-06 visit",
        "[[2026-11-06]] visit",
        "2026/11/6 visit",
        "2026年11月6日 訪問",
        "令和8年11月6日 訪問",
        "２０２６年１１月６日（金）訪問",
        "2026-11-06 (Fri) 14:00 visit",
        "2026-11-06（金）14時半 訪問",
    ],
)
def test_every_form_of_date(heading: str) -> None:
    (entry,) = body(f"### {heading}\ntext").entries
    assert (entry.date, entry.kind) == (dt.date(2026, 11, 6), "visit")


def test_order_on_the_page_does_not_matter_and_anchors_are_unique() -> None:
    read = body("""
        ## 2026-01-05 visit
        ## 2026-03-05 visit
        ## 2026-01-05 call
        ## 2026-02-05 visit
        """)
    assert [(e.anchor, e.kind) for e in read.entries] == [
        ("2026-03-05", "visit"),
        ("2026-02-05", "visit"),
        ("2026-01-05", "visit"),
        ("2026-01-05-2", "call"),
    ]


def test_lines_in_both_languages() -> None:
    read = body("""
        ## 2026-01-15 visit with Ito Haruka
        - need: telephone manners
        * need (Kato Ken):: reports
        + 要望（佐藤様）：電話応対
        ・仮説：管理職研修
        - assumed: a programme
        - confirmed (Kato): telephone manners
        - basics (Ito Haruka): Telephone Manners
        - 欠席（佐藤健二）：急な出張
        - introduced: [[Hakone Hotels]]
        - postponed: June
        - 延期：6月
        - business: yes
        - 商談：あり
        - inbound
        - stage: possible
        - 段階：有望
        - by: tanaka, suzuki
        - lesson: ask first
        - no: no budget
        - no one was there
        - need more chairs
        """)
    assert read.problems == ()
    (entry,) = read.entries
    assert [(line.word, line.who, line.text) for line in entry.lines] == [
        ("need", "Ito Haruka", "telephone manners"),
        ("need", "Kato Ken", "reports"),
        ("need", "佐藤健二", "電話応対"),
        ("assumed", "", "管理職研修"),
        ("assumed", "", "a programme"),
        ("confirmed", "Kato Ken", "telephone manners"),
        ("basics", "Ito Haruka", "Telephone Manners"),
        ("absent", "佐藤健二", "急な出張"),
        ("introduced", "", "Hakone Hotels"),
        ("postponed", "", "June"),
        ("postponed", "", "6月"),
        ("business", "", "yes"),
        ("business", "", "あり"),
        ("inbound", "", ""),
        ("stage", "", "possible"),
        ("stage", "", "probable"),
        ("by", "", "tanaka, suzuki"),
        ("lesson", "", "ask first"),
        ("no", "", "no budget"),
    ]
    assert entry.said("postponed")[0].until == PartialDate(2026, 6)
    assert entry.said("postponed")[1].until == PartialDate(2026, 6)
    assert entry.said("introduced")[0].links[0].target == "Hakone Hotels"
    assert (entry.business, entry.inbound, entry.answered, entry.by) == (
        True,
        True,
        True,
        ("tanaka", "suzuki"),
    )
    assert '<li class="line need"><span class="word">need</span> ' in entry.html
    assert '<span class="word">要望</span> <span class="who">佐藤様</span>' in entry.html
    assert "<li>no one was there</li>" in entry.html


@pytest.mark.parametrize(
    "line", ["unanswered", "不在", "返信なし", "unanswered: left a message", "不在：留守電"]
)
def test_unanswered(line: str) -> None:
    (entry,) = body(f"## 2026-01-05 call\n- {line}").entries
    assert not entry.answered


def test_promises_within_and_outside_entries() -> None:
    read = body("""
        - [ ] ask about the gate 📅 2026-12-01
        - [ ] some day

        ## 2026-01-05 visit
        - [x] send the outline 📅 2026-01-13
        - [-] call back 📅2026年1月14日
        - [ ] come again 📅 2026-02-30
        """)
    assert [(p.text, p.state, p.due) for p in read.promises] == [
        ("ask about the gate", "open", dt.date(2026, 12, 1)),
        ("some day", "open", None),
    ]
    assert [(p.text, p.state, p.due) for p in read.entries[0].promises] == [
        ("send the outline", "kept", dt.date(2026, 1, 13)),
        ("call back", "cancelled", dt.date(2026, 1, 14)),
        ("come again", "open", None),
    ]
    assert codes(read) == ["promise-date"]


def test_a_private_entry_leaves_nothing_behind() -> None:
    text = """
        ## 2026-01-05 visit with Ito Haruka
        Open. [plan]

        ## 2026-01-06 visit #private
        Secret one. [[Secret Link]]

        ### his health
        Secret two.[^1]

        - [ ] secret promise 📅 2026-12-01

        [plan]: https://secret.example
        [^1]: secret note

        ## 2026-01-07 visit
        Open again.
        """
    read = body(text)
    assert "ecret" not in repr(read)
    assert [e.date.day for e in read.entries] == [7, 5]
    kept = body(text, keep=True)
    assert [e.date.day for e in kept.entries] == [7, 6, 5]
    assert "Secret one" in kept.entries[1].html


@pytest.mark.parametrize(
    "mark", ["#private", "＃private", "＃ｐｒｉｖａｔｅ", "(#Private)", "伊藤様と#private"]
)
def test_private_is_understood_as_keyboards_write_it(mark: str) -> None:
    read = body(f"## 2026年1月6日 訪問 {mark}\nSecret.\n\n## 2026-01-07 visit\nOpen.")
    assert ("ecret" in repr(read), [e.date.day for e in read.entries]) == (False, [7])


@pytest.mark.parametrize("mark", [" #privat", "#private", " # private", " #非公開", " #Pivate"])
def test_what_seems_to_mean_private_is_kept_back_and_told(mark: str) -> None:
    read = body(f"## 2026-11-06 visit{mark}\nSecret.\n\n## 2026-11-05 call\nOpen.")
    assert [e.kind for e in read.entries] == ["call"]
    (problem,) = read.problems
    assert (problem.code, problem.excerpt, problem.where.line) == ("private-nearly", "", 1)


def test_what_is_no_private_mark_hides_nothing() -> None:
    assert len(body("## 2026-01-06 visit on C#private clouds, #privately\nOpen.").entries) == 1


def test_a_dated_heading_below_a_private_one_is_private() -> None:
    read = body(
        "## 2026-01-06 visit #private\nOne.\n\n### 2026-01-07 call\nSecret.\n\n## 2026-01-08 visit\nOpen."
    )
    assert ("ecret" in repr(read), [e.date.day for e in read.entries]) == (False, [8])


def test_places_are_those_of_the_file() -> None:
    read = body("## 2026-01-05 visit\n\n- stage: posible\n", first_line=12)
    (problem,) = read.problems
    assert (problem.where, problem.mend) == (Where("a.md", 14, 1), "- stage: possible")


@pytest.mark.parametrize(
    ("text", "code", "mend"),
    [
        ("## 2026-02-30 visit", "date-impossible", ""),
        ("## 1026-11-06 visit", "date-far", ""),
        ("## 2026-05-01 visit\n\n## 11/6（金）TEL 不在", "entry-no-year", "## 2026/11/6（金）TEL 不在"),
        ("## 3026-11-06 visit", "entry-no-year", ""),
        ("## 20266-11-06 visit", "entry-no-year", ""),
        ("## 206/11/06 visit", "entry-no-year", ""),
        ("## 昭和100年1月1日 訪問", "entry-no-year", ""),
        ("## 2026-11-05 訪問 担当者不在", "heading-unanswered", "## 2026-11-05 訪問 担当者 不在"),
        ("## 2026-11-05 訪問 不在、加藤様と面談", "heading-unanswered", ""),
        ("## 2026-11-05 訪問 不在でした、加藤様と面談", "heading-unanswered", ""),
        ("## 2026-11-05 call Unanswered, then with Ito Haruka", "heading-unanswered", ""),
        (
            "## 2026-11-05 visit\n- postponed: ask her back in early June",
            "postponed-unread",
            "- postponed: June",
        ),
        ("## 2026-11-05 面談\n- 延期：ご担当の都合で6月以降", "postponed-unread", "- 延期：6月"),
        ("## 2026-05-01 visit\n\n11/6 TEL 不在", "entry-no-year", "## 2026/11/6 TEL 不在"),
        ("2026-05-01 visit with Ito Haruka", "entry-no-heading", "## 2026-05-01 visit with Ito Haruka"),
        ("## 2026-11-05 (Fri) visit", "weekday-wrong", ""),
        ("## 2026-11-05 visit\n- postpned: June", "word-misspelt", "- postponed: June"),
        ("## 2026-11-05 visit\n- 不在、伝言のみ", "word-needs-colon", "- 不在：伝言のみ"),
        ("## 2026-11-05 visit\n- business: perhaps", "business-unclear", "- business: yes"),
        ("## 2026-11-05 visit\n- need:", "word-empty", ""),
        ("- [ ] send it 2026-11-30", "promise-no-mark", "- [ ] send it 📅 2026-11-30"),
        ("- [ ] 資料を送る 2026年11月30日", "promise-no-mark", "- [ ] 資料を送る 📅 2026年11月30日"),
    ],
)
def test_nearly_understood_is_told_with_a_suggestion(text: str, code: str, mend: str) -> None:
    read = body(text)
    assert [(p.code, p.mend) for p in read.problems] == [(code, mend)]


@pytest.mark.parametrize(
    "text",
    ["## 2026年度計画", "11/6 was a good day", "1/2 of the branches", "- note: nothing", "## Plans for 2027"],
)
def test_plain_text_is_left_alone(text: str) -> None:
    read = body(text)
    assert (read.entries, read.problems) == ((), ())


def test_the_gist_is_the_first_sentence_of_the_text() -> None:
    (entry,) = body("## 2026-01-05 visit\n- need: x\n\nShe spoke of [[Kato Ken|Ken]]. And more.").entries
    assert entry.gist == "She spoke of Ken."
    (entry,) = body("## 2026-01-05 訪問\n社長は**元気**。次は春。").entries
    assert entry.gist == "社長は元気。"


@pytest.mark.parametrize(
    "date", ["令和8年11月13日", "R8.11.13", "令和8年 11月13日", "２０２６年１１月１３日", "2026-11-13"]
)
def test_a_promise_may_have_any_full_date(date: str) -> None:
    (promise,) = body(f"- [ ] send it 📅 {date} by post").promises
    assert (promise.due, promise.text) == (dt.date(2026, 11, 13), "send it by post")


_PIECES = (
    "訪問",
    "電話",
    "call ",
    "with ",
    "Ito",
    "佐藤様",
    "さとう様",
    "と",
    "、",
    ", ",
    " ",
    "（",
    "）",
    " – ",
)
_AWAY = ("不在", "でした", "するも", "unanswered", "No answer", "担当者", "[[X]]", "#privat")


@given(st.lists(st.sampled_from((*_PIECES, *_AWAY)), max_size=7))
def test_no_heading_stops_the_reading_and_each_is_an_entry_or_kept_back(pieces: list[str]) -> None:
    read = body("## 2026-11-05 " + "".join(pieces))
    assert len(read.entries) + ("private-nearly" in codes(read)) == 1


def test_links_in_headings_are_links() -> None:
    read = body("## [[2026-11-06]] visit at [[Famous University]] – about [[Beta]]\nText [[Gamma]].")
    assert [(x.target, x.where.line) for x in read.links] == [
        ("Famous University", 1),
        ("Beta", 1),
        ("Gamma", 2),
    ]
    assert read.entries[0].title == "at Famous University – about Beta"


def test_links_are_marked_in_the_order_of_the_note() -> None:
    read = body(
        "Intro [[A]].\n\n## 2026-01-05 visit\n[[B|bee]] and\n[[C#2026-01-01]]\n\n## 2026-01-06 visit\n[[D]]"
    )
    html = read.html + "".join(e.html for e in sorted(read.entries, key=lambda e: e.date))
    assert [(link.target, link.anchor, link.where.line) for link in read.links] == [
        ("A", "", 1),
        ("B", "", 4),
        ("C", "2026-01-01", 5),
        ("D", "", 8),
    ]
    assert all(f"\0{n}\0" in html for n in range(4))
