"""R9: introductions that are found again after some clients became others are those that are found anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from making import CFG

from sitegen.doctrine.closeness import CLOSEST, Near, place
from sitegen.doctrine.introduced import Made
from sitegen.doctrine.introducing import FEW, Introducing
from sitegen.doctrine.introductions import Few, Introduction, few, introductions

WORDS = (
    "recruiter",
    "bilingual recruiter",
    "linen",
    "hotel linen",
    "精密部品",
    "部品",
    "the",
    "lens",
    "lenses",
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)
KEYS = tuple("abcdefghijkl")
BOOK = st.dictionaries(
    st.sampled_from(KEYS),
    st.tuples(st.sampled_from(CLOSEST), st.integers(0, 2), PHRASES, PHRASES),
    max_size=len(KEYS),
)
CHANGES = st.lists(st.tuples(BOOK, st.sets(st.sampled_from(KEYS), max_size=2)), min_size=1, max_size=5)
PAIRS = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=3)


def near(key: str, stage: str, visits: int, offers: tuple[str, ...], seeks: tuple[str, ...]) -> Near:
    by = (place(stage), -visits, 0, key.upper(), key)
    return Near(by, stage, "", False, False, offers, seeks, None, False)


def of_each(clients: list[Near], found: list[Introduction]) -> dict[str, Few]:
    """What pages tell of each client's introductions: the nearest other side first, then as they stand."""
    nearest = [one.key for one in sorted(clients, key=lambda one: one.by)]

    def other(key: str, one: Introduction) -> int:
        return nearest.index(one.seeker if one.offerer == key else one.offerer)

    mine = {key: sorted([i for i in found if key in i[:2]], key=partial(other, key)) for key in nearest}
    return {key: few(key, some) for key, some in mine.items() if some}


@settings(deadline=None, max_examples=150)
@given(BOOK, CHANGES, st.lists(PAIRS, min_size=5, max_size=5), st.booleans())
def test_found_again_they_are_those_that_are_found_anew(
    book: dict[str, tuple[str, int, tuple[str, ...], tuple[str, ...]]],
    changes: list[tuple[dict[str, tuple[str, int, tuple[str, ...], tuple[str, ...]]], set[str]]],
    made: list[list[tuple[str, str]]],
    same: bool,
) -> None:
    going_on = Introducing()
    cfg = replace(CFG, synonyms=(("lens", "部品"),)) if same else CFG
    for (changed, gone), pairs in zip([({}, set[str]()), *changes], [[], *made], strict=False):
        book = {key: one for key, one in {**book, **changed}.items() if key not in gone}
        clients = [near(key, *one) for key, one in book.items()]
        told = tuple(Made(one, other, dt.date(2026, 1, 5), "", ()) for one, other in pairs if one != other)
        again, anew = going_on.found(clients, told, cfg), introductions(clients, told, cfg)
        assert list(again.open) == list(anew.open)
        assert again.few == anew.few == of_each(clients, list(anew.open))


def test_other_synonyms_and_many_changes_begin_anew() -> None:
    going_on = Introducing()
    seller, buyer = near("a", "won", 0, ("lens",), ()), near("b", "won", 0, (), ("部品",))
    assert not going_on.found([seller, buyer], (), CFG).open
    alike = replace(CFG, synonyms=(("lens", "部品"),))
    assert [one[:2] for one in going_on.found([seller, buyer], (), alike).open] == [("b", "a")]
    many = [near(f"n{number}", "probable", 0, ("lens",), ()) for number in range(FEW + 1)]
    found = going_on.found([seller, buyer, *many], (), alike)
    assert found.few == introductions([seller, buyer, *many], (), alike).few
