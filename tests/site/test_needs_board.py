"""The lanes of the needs board, found in one go: the same as the rule's own, each found by itself."""

import datetime as dt
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.doctrine.needs import STRATEGIC, WORKING, Board, Need, Status, Voice
from sitegen.site.views_needs import lanes_of

DAY = dt.date(2026, 11, 20)
VOICES = st.builds(
    Voice,
    st.sampled_from(["", "Ito"]),
    st.sampled_from(["", STRATEGIC, WORKING, "other"]),
    st.just(DAY),
    st.just(""),
)
NEEDS = st.builds(
    Need,
    st.text(max_size=3),
    st.just(DAY),
    st.just(""),
    st.sampled_from(get_args(Status)),
    st.lists(VOICES, max_size=3).map(tuple),
)


@settings(deadline=None)
@given(st.lists(NEEDS, max_size=6).map(tuple))
def test_lanes_are_those_of_the_rule(needs: tuple[Need, ...]) -> None:
    board = Board(needs)
    lanes = {lane: tuple(found) for lane, found in lanes_of(board).items()}
    assert lanes == {
        "shared": board.shared,
        STRATEGIC: board.lane(STRATEGIC),
        WORKING: board.lane(WORKING),
        "": board.lane(""),
        "guesses": board.guesses,
    }
    assert bool(lanes[STRATEGIC] and lanes[WORKING]) == board.apart
