"""Records kept in two halves come back as what they were, and their rest waits until somebody asks."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.keeping import halves
from sitegen.keeping.halves import FIRST, SECOND, Halves, InStore, begin_releasing, release
from sitegen.keeping.store import Damaged, open_store


@dataclass(frozen=True, slots=True)
class Card:
    """A record with a bit of everything."""

    key: str
    day: dt.date | None = None
    text: str = ""
    inside: tuple[Card, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()


KEPT = Halves(Card, ("key", "day"), "card")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CARDS = st.recursive(
    st.builds(Card, TEXT, st.none() | st.dates(), TEXT),
    lambda inner: st.builds(
        Card,
        TEXT,
        st.none() | st.dates(),
        TEXT,
        st.lists(inner, max_size=3).map(tuple),
        st.lists(st.tuples(TEXT, st.integers(-(2**60), 2**60)), max_size=3).map(tuple),
    ),
    max_leaves=5,
)


class Asked:
    """Both halves, and how often somebody wanted the second."""

    def __init__(self, halves: tuple[bytes, bytes]) -> None:
        self.halves, self.times = halves, 0

    def __call__(self, which: int) -> bytes:
        self.times += which == SECOND
        return self.halves[which]


def kept(card: Card) -> tuple[Card, Asked]:
    asked = Asked(KEPT.encode(card))
    return KEPT.decode(card.key, asked), asked


@settings(deadline=None, max_examples=60)
@given(CARDS)
def test_a_record_comes_back_equal_both_ways_and_hashes_the_same(card: Card) -> None:
    back, _ = kept(card)
    assert back == card
    assert card == back
    assert hash(back) == hash(card)
    assert repr(back) == repr(card)
    assert KEPT.encode(back) == KEPT.encode(card)
    assert back != replace(card, text=card.text + "x")


@settings(deadline=None, max_examples=30)
@given(CARDS)
def test_replaced_copied_and_pickled_records_are_whole_and_of_the_class(card: Card) -> None:
    changed = replace(kept(card)[0], key="new")
    assert changed == replace(card, key="new")
    for made in (pickle.loads(pickle.dumps(kept(card)[0])), copy.copy(kept(card)[0])):  # noqa: S301
        assert made == card
        assert type(made) is Card


def test_the_rest_is_asked_for_once_and_only_when_one_of_its_fields_is() -> None:
    card, asked = kept(Card("a", dt.date(2026, 11, 19), "long", pairs=(("x", 1),)))
    assert (card.key, card.day, asked.times) == ("a", dt.date(2026, 11, 19), 0)
    assert isinstance(card, Card)
    assert asked.times == 0
    assert (card.text, card.inside, card.pairs) == ("long", (), (("x", 1),))
    assert asked.times == 1


def test_records_stay_frozen_and_know_no_other_names() -> None:
    card, asked = kept(Card("a"))
    with pytest.raises(FrozenInstanceError):
        card.key = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        card.colour  # type: ignore[attr-defined]  # noqa: B018
    assert asked.times == 0
    assert card != "a"


def test_other_bytes_are_no_record() -> None:
    head, rest = KEPT.encode(Card("a"))
    with pytest.raises(msgspec.DecodeError):
        KEPT.decode("a", (rest, rest).__getitem__).day  # noqa: B018
    with pytest.raises(msgspec.DecodeError):
        KEPT.decode("a", (head, b"\xc1").__getitem__).text  # noqa: B018


def test_what_was_released_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "_loaded", None)
    before, asked_before = kept(Card("a", text="before"))
    assert before.text == "before"
    begin_releasing()
    card, asked = kept(Card("b", text="after"))
    assert (card.text, card.text, asked.times) == ("after", "after", 1)
    release()
    release()
    assert (card.key, asked.times) == ("b", 1)
    assert (card.text, asked.times) == ("after", 2)
    assert (before.text, asked_before.times) == ("before", 1)


def test_halves_in_a_store_are_those_of_their_stamp(tmp_path: Path) -> None:
    store = open_store(tmp_path, "v")
    for table, half in zip(("heads", "rests"), KEPT.encode(Card("a", text="long")), strict=True):
        store.put(table, [("a", b"1", half)])
    assert KEPT.decode("a", InStore(store, ("heads", "rests"), "a", b"1")) == Card("a", text="long")
    with pytest.raises(Damaged):
        InStore(store, ("heads", "rests"), "a", b"2")(FIRST)
