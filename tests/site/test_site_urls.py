import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.site.urls import href, numbered, page_names, root_of

KEYS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), unique=True, max_size=12)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("yamato-precision", "yamato-precision"),
        ("大和精密", "大和精密"),
        ("株式会社 #1 100%", "株式会社 #1 100%"),
        ("con", "_con"),
        ("CON", "_CON"),
        ("nul.2", "_nul.2"),
        ("console", "console"),
        ("a/b:c?", "a-b-c-"),
        ("Dot.", "Dot"),
        (".hidden", "-hidden"),
        ("...", "_"),
        ("", "_"),
    ],
)
def test_a_name_that_every_system_holds(key: str, name: str) -> None:
    assert page_names([key]) == {key: name}


def test_names_that_differ_by_case_only_get_a_number() -> None:
    assert page_names(["ABC", "abc", "Abc", "abc-2"]) == {
        "ABC": "ABC",
        "Abc": "Abc-3",
        "abc": "abc-4",
        "abc-2": "abc-2",
    }


def test_who_needs_no_mending_keeps_the_promised_address() -> None:
    assert page_names(["a?", "a-"]) == {"a-": "a-", "a?": "a--2"}


def test_a_reps_name_never_looks_like_a_further_page_of_another() -> None:
    names = page_names(["tanaka", "tanaka-2", "tanaka-areas"], numbered=True)
    assert names["tanaka"] == "tanaka"
    assert not {"tanaka-2", "tanaka-areas"} & set(names.values())


def test_numbers_of_reps_that_differ_by_case_only_differ() -> None:
    names = page_names(["REP", "Rep", "rep"], numbered=True)
    assert len({name.casefold() for name in names.values()}) == 3


@given(KEYS)
def test_names_are_unique_safe_and_the_same_in_any_order(keys: list[str]) -> None:
    names = page_names(keys)
    assert names == page_names(reversed(keys))
    assert len({name.casefold() for name in names.values()}) == len(keys)
    for name in names.values():
        assert name
        assert len(f"{name}-999.html".encode()) <= 255
        assert not set('<>:"/\\|?*') & set(name)
        assert not name.endswith((".", " "))


def test_links_are_relative_and_percent_encoded() -> None:
    assert href("../", "clients/株 #1 100%.html", "2026-11-06") == (
        "../clients/%E6%A0%AA%20%231%20100%25.html#2026-11-06"
    )
    assert root_of("index.html") == ""
    assert root_of("due/tanaka.html") == "../"
    assert [numbered("due/x", n) for n in (1, 2)] == ["due/x.html", "due/x-2.html"]
