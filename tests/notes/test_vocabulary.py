"""The words of notes: however their pattern is put together, it finds what the plain table says."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.notes.vocabulary import LINE_START, WORDS

_ALL = sorted((word for row in WORDS for word in row.words), key=len, reverse=True)
_PLAIN = re.compile("|".join(map(re.escape, _ALL)), re.IGNORECASE)
_BEGINNINGS = st.one_of(
    st.sampled_from([*_ALL, *map(str.upper, _ALL)]), st.text("nNoOgGaAvVbByYſstagekK不在受", max_size=5)
)


@settings(deadline=None)
@given(_BEGINNINGS, st.text(":：(（)）、, a在", max_size=4))
def test_the_pattern_of_line_words_is_that_of_the_table(word: str, rest: str) -> None:
    text = word + rest
    plain, found = _PLAIN.match(text), LINE_START.match(text)
    assert plain or not found
    if plain and re.match(r"\s*(?:[:：]|[,、。\s]|$)", text[plain.end() :]):
        assert found
        assert found["word"] == plain[0]
