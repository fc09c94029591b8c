"""R9, words: when an offer and a wish mean the same thing.

Compared are folded words (case, width, kana, plural, stop words) and a team's own synonyms. In English and
in Japanese the last word of a phrase says what the thing is, so "bilingual recruiter" meets "recruiter", and
精密部品 meets 部品, but "hotel linen" does not meet "hotel".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from itertools import combinations

from sitegen.records import dataclass
from sitegen.text import fold

_STOP = frozenset({
    *("a", "an", "the", "and", "or", "our", "their", "some", "any", "new", "good", "service", "provider"),
    *("supplier", "company", "firm", "maker", "manufacturer", "contractor"),
})  # fmt: skip
"""English words that say nothing about the thing itself."""
_TURNS = frozenset(("for", "of", "from", "with", "in", "to"))
""""linen for hotels" is "hotel linen"."""
_ENDINGS = ("業者", "会社", "サービス", "メーカー", "ベンダー")
"""The same for the end of a Japanese phrase."""
_PARTS = re.compile(r"[\s・,、/／()（）「」\-]+")
_RUNS = re.compile("[ァ-ヿ]+|[ぁ-ゟ]+|[㐀-䶿一-鿿々〆]+|[^ァ-ヿぁ-ゟ㐀-䶿一-鿿々〆]+")
_LONG = 5
"""Phrases of more words are met by their endings only: the parts of a sentence would be too many."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase can be met by."""

    whole: str
    """All that it says; empty where it says nothing."""
    parts: frozenset[str] = frozenset()
    """What it is, said less exactly: its last word alone or with some of those before it; `whole` too."""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """A team's synonyms, ready for looking up."""

    same: Mapping[str, str] = field(default_factory=dict)
    """The key of a phrase → that of the first phrase in its row."""

    def meaning(self, phrase: str) -> Meaning:
        """`phrase` taken apart; one synonym stands for all of its row."""
        whole, parts = _keys(phrase)
        same = self.same
        if not same:
            return Meaning(whole, parts)
        return Meaning(same.get(whole, whole), frozenset([same.get(part, part) for part in parts]))


def thesaurus(synonyms: Iterable[Iterable[str]]) -> Thesaurus:
    """Rows of phrases that mean the same (`cfg.synonyms`); of a phrase in two rows the first row counts."""
    same: dict[str, str] = {}
    for row in synonyms:
        keys = [key for key in (_keys(phrase)[0] for phrase in row) if key]
        for key in keys:
            same.setdefault(key, same.get(keys[0], keys[0]))
    return Thesaurus(same)


@lru_cache(maxsize=20_000)
def _keys(phrase: str) -> tuple[str, frozenset[str]]:
    """The key of the whole phrase, and those of all by which it may be met."""
    words = _words(phrase)
    if not words:
        return "", frozenset()
    *before, head = words
    if len(words) > _LONG:
        chosen: list[tuple[str, ...]] = [tuple(before[i:]) for i in range(len(words))]
    else:
        chosen = [some for n in range(len(words)) for some in combinations(before, n)]
    return _key(before, head), frozenset([_key(some, head) for some in chosen])


def _key(before: Iterable[str], head: str) -> str:
    return " ".join([*sorted(before), head])


def _words(phrase: str) -> list[str]:
    """The words that say what it is, the most telling one last."""
    words: list[str] = []
    turned: list[str] | None = None
    for piece in _PARTS.split(unicodedata.normalize("NFKC", phrase).strip()):
        folded = fold(piece)
        if folded in _TURNS and words:
            turned = turned if turned is not None else words
            words = []
        elif folded:
            words += _cut(piece)
    words = [*words, *(turned or ())]
    telling = [word for word in words if word not in _STOPPED]
    return telling or words


def _cut(piece: str) -> list[str]:
    """A word of an alphabet as its stem; Japanese where its script changes (精密 and 部品 stay one)."""
    if piece.isascii():
        return [_stem(fold(piece))]
    for ending in _ENDINGS:
        if piece.endswith(ending) and len(piece) > len(ending):
            piece = piece[: -len(ending)]
    runs = [run for run in _RUNS.findall(piece) if run not in ("の", "用")]
    found: list[str] = []
    for run in runs:
        found += _pairs(run) if _kanji(run) else [_stem(fold(run))]
    return found


def _kanji(run: str) -> bool:
    return "㐀" <= run[0] <= "鿿" or run[0] in "々〆"


def _pairs(run: str) -> list[str]:
    """Compounds are mostly made of pairs: 精密部品 is 精密 and 部品, 業務用洗剤 is 業務用 and 洗剤."""
    if len(run) <= 3:
        return [fold(run)]
    first = 2 + len(run) % 2
    return [fold(run[:first]), *(fold(run[i : i + 2]) for i in range(first, len(run), 2))]


def _stem(word: str) -> str:
    """English plurals and singulars alike; never shown."""
    if len(word) <= 3 or not word.isascii():
        return word
    stem = word.rstrip("s").removesuffix("e").rstrip("s") or word
    return f"{stem[:-1]}i" if stem.endswith("y") else stem


_STOPPED = frozenset(_stem(word) for word in _STOP)
