"""Entries and stages written into notes: what was read before + what was written = what is read after, and all other
bytes are as they were.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_notes import HEAD, NOTES, REFUSED, variations

from sitegen.config import Config
from sitegen.desk.entering import Edited, add_entry
from sitegen.desk.moving import move
from sitegen.desk.wording import PROMISE, Draft, Said, is_line, line_text, names_of, no_day
from sitegen.model import Client, Entry
from sitegen.notes.note import read_client
from sitegen.notes.vocabulary import KINDS

PATH = "content/clients/tanaka/yamato.md"
CFG = Config()
DAY = dt.date(2026, 11, 19)
ODD = [(f"{name}, {how}", data) for name, text in NOTES.items() for how, data in variations(text)]
ENTRIES = [one for n, one in enumerate(ODD) if (n + n // 4) % 2]
"""Two variations of each, turn and turn about."""
STAGES = [one for n, one in enumerate(ODD) if (n + n // 4) % 4 == 2]
DRAFT = Draft(
    DAY,
    KINDS[2],
    ("Ito Haruka",),
    text="We spoke for ten minutes. She laughed.",
    lines=(
        Said("need", "fewer forms"),
        Said("promise", "send the outline 12/1"),
        Said("no", "not this year"),
    ),
)


def read(data: bytes, *, private: bool = True) -> Client:
    return read_client(data, PATH, CFG, keep_private=private).client


def told(entry: Entry) -> tuple[object, ...]:
    lines = tuple((line.word, line.text, line.who, line.until) for line in entry.lines)
    promises = tuple((p.text, p.state, p.due) for p in entry.promises)
    html = re.sub("\x00\\d+\x00", "\x00", entry.html)
    return (
        entry.date,
        entry.time,
        entry.kind,
        entry.people,
        entry.title,
        entry.answered,
        lines,
        promises,
        html,
    )


def around(client: Client) -> tuple[object, ...]:
    """All of a client but its entries, places left out."""
    people = tuple(replace(person, where=None) for person in client.people)
    promises = tuple((p.text, p.state, p.due) for p in client.promises)
    extra = (
        client.name,
        client.native,
        client.owner,
        client.value,
        client.area,
        client.extra,
        client.private,
    )
    return people, promises, extra, re.sub("\x00\\d+\x00", "\x00", client.html)


def check_added(data: bytes, edited: Edited) -> None:
    """What holds of every edit that adds an entry."""
    start = next((n for n, (a, b) in enumerate(zip(data, edited.data, strict=False)) if a != b), len(data))
    end = len(edited.data) - len(data)
    # Equal bytes may meet at the seam: the piece put in may also be seen a little earlier.
    assert any(
        edited.data[:at] + edited.data[at + end :] == data for at in range(max(0, start - end), start + 1)
    )
    for private in (True, False):
        before, after = read(data, private=private), read(edited.data, private=private)
        new = Counter(map(told, after.entries)) - Counter(map(told, before.entries))
        assert sum(new.values()) == 1
        assert len(after.entries) == len(before.entries) + 1
        assert around(before) == around(after)
        assert before.stage == after.stage


@pytest.mark.parametrize(("name", "data"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_an_entry_in_an_odd_note(name: str, data: bytes) -> None:
    edited = add_entry(data, PATH, CFG, DRAFT)
    assert edited.problems == ()
    check_added(data, edited)
    entry = edited.entry
    assert entry
    assert (entry.date, entry.kind, entry.people) == (DAY, "call", ("Ito Haruka",))
    assert [(line.word, line.text) for line in entry.lines] == [
        ("need", "fewer forms"),
        ("no", "not this year"),
    ]
    assert [(p.text, p.due) for p in entry.promises] == [("send the outline", dt.date(2026, 12, 1))]
    assert edited.data.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
    if data.strip(b"\xef\xbb\xbf"):
        assert (edited.data[-1:] in b"\r\n") == (data[-1:] in b"\r\n")
    if b"\r" not in data:
        assert b"\r" not in edited.data
    if b"\n" not in data.replace(b"\r\n", b"") and b"\r\n" in data:
        assert b"\n" not in edited.data.replace(b"\r\n", b"")


@pytest.mark.parametrize(("name", "data"), STAGES, ids=[name for name, _ in STAGES])
def test_a_stage_in_an_odd_note(name: str, data: bytes) -> None:
    edited = move(data, PATH, CFG, "probable", DAY)
    assert edited.problems == ()
    before, after = read(data), read(edited.data)
    assert after.stage == "probable"
    assert around(before) == around(after)
    lost = Counter(data.splitlines()) - Counter(edited.data.splitlines())
    assert sum(lost.values()) <= 1, "only the line of the key is written anew"
    now = [e for e in read(data, private=False).entries if e.date <= DAY]
    said = [line.text for e in after.entries for line in e.said("stage")]
    was = [line.text for e in before.entries for line in e.said("stage")]
    assert Counter(said) - Counter(was) == Counter(["probable"] if now else [])


@pytest.mark.parametrize(("name", "data"), REFUSED.items(), ids=REFUSED)
def test_what_can_not_be_edited_safely_is_told_and_left_alone(name: str, data: bytes) -> None:
    for edited in (add_entry(data, PATH, CFG, DRAFT),):
        assert edited.data == data
        assert edited.problems
        assert all(p.where.path == PATH for p in edited.problems)
    if b"%%" not in data:
        moved = move(data, PATH, CFG, "won", DAY)
        assert (moved.data, bool(moved.problems)) == (data, True)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "## 2026-01-01 visit",
        "# Heading",
        "%% open",
        "<!--",
        "```",
        "- need: x",
        "[^1]: x",
        "> q",
        "---",
        "| a |",
        "[[X]]",
    ]
)
words = st.sampled_from(["need", "gave", "got", "lesson", "postponed", "setback", "promise"])
drafts = st.builds(
    Draft,
    date=st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)),
    kind=st.sampled_from(KINDS),
    people=st.lists(
        st.sampled_from(["Ito Haruka", "佐藤", "社長", "Dana Smith", "鈴木"]), max_size=2, unique=True
    ).map(tuple),
    title=st.sampled_from(["", "", "April intake", "見積の件"]),
    time=st.sampled_from(["", "10:30"]),
    text=texts,
    lines=st.lists(
        st.builds(Said, words, st.sampled_from(["one", "電話応対", "it 2026-12-01"])), max_size=3
    ).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ODD), drafts)
def test_before_and_the_entry_is_after(odd: tuple[str, bytes], draft: Draft) -> None:
    _, data = odd
    edited = add_entry(data, PATH, CFG, draft)
    if edited.problems:
        assert edited.data == data
        return
    check_added(data, edited)
    entry = edited.entry
    assert entry
    assert (entry.date, entry.kind, entry.time, entry.title) == (
        draft.date,
        draft.kind.key,
        draft.time,
        draft.title,
    )
    assert len(entry.lines) + len(entry.promises) == len(draft.lines)


MANNERS = [
    ("newest first", "2026-11-19 call with Ito Haruka"),
    ("linked days", "[[2026-11-19]] call with Ito Haruka"),
    ("slashes", "2026/11/19（木）電話 with Ito Haruka"),
    ("Japanese days", "2026年11月19日（木）"),
    ("days of the era", "令和8年11月19日 電話"),
    ("letters of the era", "R8.11.19 電話"),
    ("full-width days", "２０２６年１１月１９日（木） 電話"),
    ("full-width slashes", "２０２６／１１／１９ 電話"),
    ("English weekday", "2026-11-19 (Thu) call"),
    ("weekday written out", "2026-11-19 Thursday call"),
]


@pytest.mark.parametrize(("name", "heading"), MANNERS)
def test_dates_are_written_as_the_note_writes_them(name: str, heading: str) -> None:
    edited = add_entry(NOTES[name].encode(), PATH, CFG, DRAFT)
    assert edited.written[0].lstrip("# ").startswith(heading)


def test_order_level_gap_and_lists_are_the_notes_own() -> None:
    def lines(name: str) -> list[str]:
        return add_entry(NOTES[name].encode(), PATH, CFG, DRAFT).data.decode().splitlines()

    newest, oldest = lines("newest first"), lines("oldest first")
    assert newest.index("## 2026-11-19 call with Ito Haruka") < newest.index(
        "## 2026-11-06 visit with Ito Haruka"
    )
    assert oldest.index("## 2026-11-19 call with Ito Haruka") > oldest.index(
        "## 2026-11-06 visit with Ito Haruka"
    )
    assert "### 2026-11-19 call with Ito Haruka" in lines("deep headings")
    assert "* need: fewer forms" in lines("asterisks")
    assert "・要望：fewer forms" in lines("Japanese days")
    tight = lines("no blank lines")
    assert tight[tight.index("## 2026-11-06 visit with Ito Haruka") - 1] == "- no: not this year"


def test_people_are_named_as_they_are_known_and_politely_in_japanese() -> None:
    data = f"{HEAD}## 2026-11-06 訪問\n".encode()
    for typed, heading in (
        ("佐藤", "## 2026-11-19 訪問 佐藤 健二様と"),
        ("佐藤社長", "## 2026-11-19 訪問 佐藤社長と"),
        ("haruka", "## 2026-11-19 訪問 with Ito Haruka"),
        ("鈴木、田中", "## 2026-11-19 訪問 鈴木様、田中様と"),
    ):
        edited = add_entry(data, PATH, CFG, Draft(DAY, people=names_of([typed])))
        assert edited.written == (heading,)


def test_words_are_in_the_language_of_the_note() -> None:
    lines = (
        Said("stage", "won"),
        Said("business", "yes"),
        Said("need", "(佐藤) 電話"),
        Said("", "- no: later"),
    )
    japanese = add_entry(NOTES["Japanese days"].encode(), PATH, CFG, Draft(DAY, lines=lines))
    assert japanese.written[1:] == ("・段階：成約", "・商談：あり", "・要望（佐藤）：電話", "・no: later")
    english = add_entry(NOTES["newest first"].encode(), PATH, CFG, Draft(DAY, lines=lines))
    assert english.written[1:] == ("- stage: won", "- business: yes", "- need (佐藤): 電話", "- no: later")


def test_a_move_needs_no_entry_and_makes_none_up() -> None:
    edited = move(b"---\nname: Y\n---\nText.\n", PATH, CFG, "wtt", DAY)
    assert edited.data == b"---\nname: Y\nstage: wtt\n---\nText.\n"
    assert move(edited.data, PATH, CFG, "wtt", DAY).data == edited.data
    assert move(b"Text.", PATH, CFG, "wtt", DAY).data == b"---\nstage: wtt\n---\nText."


def test_a_move_is_told_in_the_entry_of_its_day_and_never_against_a_newer_line() -> None:
    data = b"---\nstage: wtt # s\n---\n## 2026-11-06 visit\n- stage: wtt\n\n## 2026-06-18 call\nHi.\n\n## 2027-01-01 visit\n"
    edited = move(data, PATH, CFG, "won", DAY)
    assert edited.data == data.replace(b"stage: wtt #", b"stage: won #").replace(
        b"t\n\n## 2026-06", b"t\n- stage: won\n\n## 2026-06"
    )
    against = move(data, PATH, CFG, "won", DAY, dt.date(2026, 6, 18))
    assert (against.data, [p.code for p in against.problems]) == (data, ["stage-disagrees"])
    nothing = move(data, PATH, CFG, "won", DAY, dt.date(2026, 6, 19))
    assert (nothing.data, [p.code for p in nothing.problems]) == (data, ["desk-no-entry"])


@pytest.mark.parametrize(
    "text", ["need: x", "- need: x", "要望：x", "[ ] x", "- [x] x", "unanswered", "No: never"]
)
def test_what_counts_as_a_line(text: str) -> None:
    assert is_line(text)


@pytest.mark.parametrize(
    "text", ["She needs: time", "no one was there", "unanswered questions", "", "- bread"]
)
def test_what_is_text(text: str) -> None:
    assert not is_line(text)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("call back 12/1", "[ ] call back 📅 2026-12-01"),
        ("call back 12月1日", "[ ] call back 📅 2026-12-01"),
        ("call back 12/2", "[ ] call back 📅 2026-12-02"),
        ("call back 11/30", "[ ] call back 📅 2027-11-30"),
        ("call back 0312345678", "[ ] call back 0312345678"),
        ("plan 2026年度", "[ ] plan 2026年度"),
        ("keep the line open 24/7", "[ ] keep the line open 24/7"),
    ],
)
def test_a_promise_for_the_same_day_is_for_that_day(typed: str, line: str) -> None:
    day = dt.date(2026, 12, 1)
    assert no_day(Said(PROMISE, typed), day) == ""
    assert line_text(Said(PROMISE, typed), day, japanese=False) == line


@pytest.mark.parametrize("line", ["---", "===", "  -", "-"])
def test_a_text_with_an_underlined_line_keeps_the_level_of_headings(line: str) -> None:
    data = b"---\nname: T\n---\n## 2026-11-06 visit\nHi.\n"
    draft = Draft(dt.date(2026, 11, 19), text=f"a\n{line}\nb")
    edited = add_entry(data, "content/clients/me/t.md", CFG, draft)
    assert edited.written[0] == "## 2026-11-19 visit"
    assert edited.entry
    assert re.sub("<[^>]+>|\\s", "", edited.entry.html) == f"a{line.strip()}b"
