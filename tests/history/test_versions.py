"""What is compared of two versions: meanings, not spellings; and what is private is no version."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.history import versions
from sitegen.history.versions import Version, differing, entry_days, read_version
from sitegen.notes.note import read_note

HEADS = {
    "stage": ["approach", "有望", "probable", "Probable", "probabel", '"won"'],
    "prestige": ["false", "yes", "true"],
    "value": ["1200万円", "12000000", "x"],
    "next": ["{date: 2026-11-20}", "2026-11-20", "{date: 2026-02-30}"],
    "people": ["[Sato]", "[{name: Sato}]", "\n  - Sato", "\n- {name: Sato, role: HR, GA}", "[Sato"],
    "private": ["false", "true", "perhaps"],
    "Size": ["large"],
    "size": ["large", "大"],
    "secret": ["x"],
}


def version(text: str) -> Version | None:
    return read_version(text.encode())


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("stage: 有望", "stage: probable", []),
        ("stage: approach", "", []),
        ("stage: wtt", "stage: won", ["stage"]),
        ("value: 1200万円", "value: 12000000", []),
        ("people: [Sato]", "x: y\npeople:\n  - {name: Sato}", []),
        ("people: [Sato]", "people: [Sato, Ito]", ["people"]),
        ("handover: {from: a, date: 2024-04-01}", "", ["handover"]),
        ("stage: won", "stage: nonsense", []),
        ("Stage： won", "stage: wtt", ["stage"]),
        ("name: A # a comment", "name: A", []),
        ("name: A %%secret%%", "name: A", []),
        ("unknown: a", "unknown: b", []),
    ],
)
def test_only_what_means_something_else_differs(old: str, new: str, keys: list[str]) -> None:
    before, after = version(f"---\n{old}\n---\n"), version(f"---\n{new}\n---\n")
    assert before is not None
    assert after is not None
    assert differing(before, after)[0] == keys


@pytest.mark.parametrize(
    "text",
    [
        "---\nprivate: true\n---\n",
        "---\nname: A\nPrivat: yes\n---\n",
        "---\nname: A\nprivate:\n---\n",
        "private: true\n\ntext\n",
        "---\nname: [A\nprivate: true\n---\n",
        "---\n社外秘: はい\n---\n",
        "\ufeff---\r\nprivate: true\r\n---\r\n",
    ],
)
def test_what_was_private_is_no_version(text: str) -> None:
    assert version(text) is None


def test_what_can_not_be_decoded_is_no_version() -> None:
    assert read_version("訪問".encode("cp932")) is None
    assert read_version(None) is None
    assert read_version(b"---\nstage: wtt\n---\n---\nprivate: true\n---\n") is None
    assert read_version(b"<<<<<<< a\n---\nprivate: true\n---\n=======\n>>>>>>> b\n") is None


LINE = st.sampled_from(sorted(HEADS)).flatmap(lambda k: st.sampled_from(HEADS[k]).map(lambda v: f"{k}: {v}"))


@given(lines=st.lists(LINE, max_size=5))
def test_taken_apart_is_the_same_as_read_whole(lines: list[str]) -> None:
    """The fast way agrees with the note's reader on what is private, and on every value that it can read."""
    text = "---\n" + "".join(f"{line}\n" for line in lines) + "---\n"
    note = read_note(text.encode(), "content/clients/r/a.md", "client", versions_config())
    found = version(text)
    if note.record.private:
        assert found is None
    elif found is not None:
        meanings = {key: versions.meaning(said) for key, said in found.said.items()}
        stage = meanings.get("stage", "")
        assert stage is None or (stage or "approach") == note.record.stage  # type: ignore[union-attr]


def versions_config() -> object:
    from sitegen.config import Config

    return Config()


BODY = """Text
## 2026-11-06 visit
### 2026-11-05 call
## 2026-11-04 visit #private
### 2026-11-03 inside
## 令和8年11月2日 訪問
#2026-11-01 no heading
```
## 2026-10-31 code
```
## 2026-02-30 visit
"""


def days(body: str) -> list[str]:
    return [str(dt.date.fromordinal(day)) for day in sorted(entry_days(body))]


def test_days_of_entries() -> None:
    told = ["2026-11-02", "2026-11-05", "2026-11-06"]
    assert days(BODY) == told
    assert days(BODY + "\n   ## 2026-10-01 visit\n") == ["2026-10-01", *told]
    assert days(BODY + "\n2026-10-01 visit\n---\n") == ["2026-10-01", *told]
    assert days(BODY + "\n## 2026-10-01 visit #privat\n\n## 2026-10-02 訪問 #非公開\n") == told


@given(
    st.lists(
        st.sampled_from(
            [
                "## 2026-11-06 visit",
                "# 2026-11-05",
                "### 2026-11-04 #private",
                "text",
                "- item",
                "",
                "## x",
                "####### y",
            ]
        )
    )
)
def test_the_fast_way_and_the_thorough_one_find_the_same_days(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert entry_days("\n" + body) == entry_days("\n" + body + "\n\n   ###### x\n")
