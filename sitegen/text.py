"""Names and words: one spelling to store them in, one to compare them by, and the nearest of several.

A leaf: imports nothing of Kayoi, and everyone may import it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_SURROGATE = re.compile("[\ud800-\udfff]")
"""What Python puts in the place of bytes of a name that it can't read."""
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}


def nfc(text: str) -> str:
    """The text with composed characters (Unicode NFC), as names and addresses are stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def path_text(path: str) -> str:
    """A path as the system gives it → as text, NFC; parts are parted by `/`.

    A name that is no UTF-8 (a folder unpacked from an older Windows archive) is read as Shift JIS; what is not that
    either shows U+FFFD. The result is for showing and comparing: only the path itself opens the file.
    """
    if path.isascii():
        return path
    return nfc(path if _SURROGATE.search(path) is None else "/".join(map(_name_text, path.split("/"))))


def _name_text(name: str) -> str:
    if _SURROGATE.search(name) is None:
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("cp932")
    except UnicodeError:
        return _SURROGATE.sub("\ufffd", name)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """What two spellings of one name have in common; for comparing, never for showing.

    Case, full and half width, katakana and hiragana and the number of spaces don't count.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    wide = unicodedata.normalize("NFKC", text).casefold()
    # Case folding may leave what NFKC takes apart (Unicode's toNFKC_Casefold goes round twice for it).
    wide = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", wide).casefold())
    return " ".join(wide.translate(_KATAKANA_TO_HIRAGANA).split())


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """The text without marks above and below its letters, for sorting: が → か, Ō → o."""
    parts = unicodedata.normalize("NFD", fold(text))
    return parts if parts.isascii() else "".join([c for c in parts if not unicodedata.combining(c)])


def begins_with(text: str, words: str) -> bool:
    """Whether `text` says the same as `words`, or begins with them; both are folded here.

    In an alphabet only whole words count: "report" does not begin "reports". Empty `words` begin nothing.
    """
    said, wanted = fold(text), fold(words)
    if not wanted or not said.startswith(wanted):
        return False
    return is_edge(said, len(wanted))


def is_edge(text: str, place: int) -> bool:
    """Whether no word of an alphabet is cut before character `place` of a folded text."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())


def closest(word: str, candidates: Iterable[str]) -> str:
    """The candidate that `word` was most likely meant to be; "" where none is near.

    Near means a slip or two of the fingers, one in a short word. In words of up to four letters an
    exchanged letter makes another word (`site` is not `size`), so there only a missing, doubled or
    swapped one counts. Of two equally near the first wins.
    """
    wanted = fold(word)
    best, best_slips = "", _slips_allowed(wanted) + 1
    for candidate in candidates:
        other = fold(candidate)
        if other == wanted:
            return candidate
        if abs(len(other) - len(wanted)) >= best_slips or len(set(other) ^ set(wanted)) > 2 * best_slips:
            continue
        if len(wanted) == len(other) <= 4 and sorted(wanted) != sorted(other):
            continue
        slips = distance(wanted, other)
        if slips < best_slips:
            best, best_slips = candidate, slips
    return best


class Nearest:
    """Many words, to find the nearest of more than once: says what `closest` says of them.

    Of a book's thousands of names only those are compared letter by letter that are about as long and have about
    the same letters.
    """

    def __init__(self, candidates: Iterable[str]) -> None:
        """The words, in the order in which they win over others as near."""
        self._first: dict[str, str] = {}
        for candidate in candidates:
            self._first.setdefault(fold(candidate), candidate)
        self._by_length: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        self._found: dict[str, str] = {}
        for place, other in enumerate(self._first):
            self._by_length[len(other)].append((_letters(other), place, other))

    def closest(self, word: str) -> str:
        """The word that this one was most likely meant to be; "" where none is near."""
        wanted = fold(word)
        if wanted not in self._found:
            self._found[wanted] = self._first.get(wanted, "") or self._near(wanted)
        return self._found[wanted]

    def _near(self, wanted: str) -> str:
        letters, exact = _letters(wanted), sorted(wanted)
        best = (_slips_allowed(wanted), len(self._first), "")
        for length in sorted(self._by_length, key=lambda n: abs(n - len(wanted))):
            if abs(length - len(wanted)) > best[0]:
                break
            swapped = length == len(wanted) <= 4
            for has, place, other in self._by_length[length]:
                if (has ^ letters).bit_count() > 2 * best[0] or (swapped and sorted(other) != exact):
                    continue
                found = (distance(wanted, other), place, other)
                best = min(best, found)
        return self._first[best[2]] if best[2] else ""


class _Bits(dict[str, int]):
    """A letter → one bit of 60, which others may share."""

    def __missing__(self, letter: str) -> int:
        bit = self[letter] = 1 << ord(letter) % 60
        return bit


_bit = _Bits().__getitem__


def _letters(word: str) -> int:
    """Which letters a word has: a slip turns two of these bits at most."""
    return sum(set(map(_bit, word)))


def _slips_allowed(word: str) -> int:
    """So many slips leave a word recognisable."""
    if len(word) < 3:
        return 0
    return 1 if len(word) < 8 else min(3, len(word) // 4)


def distance(one: str, other: str) -> int:
    """Letters to add, drop, exchange or swap with their neighbour to make one word the other."""
    one, other = _trimmed(one, other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, previous, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _trimmed(one: str, other: str) -> tuple[str, str]:
    """Two words without what they begin and end with both: no slip is there."""
    end = min(len(one), len(other))
    start = next((i for i in range(end) if one[i] != other[i]), end)
    one, other = one[start:], other[start:]
    end = min(len(one), len(other))
    same = next((i for i in range(end) if one[-1 - i] != other[-1 - i]), end)
    return one[: len(one) - same], other[: len(other) - same]
