"""Which page holds which word, in files small enough to be read when somebody asks for one.

A posting names its page by a short code of the page's address, so a note that is edited changes only the shards of
the words that it gains or loses, and none where only their number or order changed.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sitegen.site.search.folding import stem

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
CODE = 5
"""Letters of a page's code: sixty million, and where two collide the later address takes another."""
PER_SHARD = 40
"""Pages for each shard: about 90 KB of postings."""


def page_codes(paths: Iterable[str]) -> dict[str, str]:
    """A short code for each page address; the same for the same addresses whatever their order."""
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths):
        code, again = _code(path), 0
        while code in taken:
            again += 1
            code = _code(f"{path}\n{again}")
        taken.add(code)
        codes[path] = code
    return codes


def _code(text: str) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    digits = []
    for _ in range(CODE):
        number, digit = divmod(number, 36)
        digits.append(DIGITS[digit])
    return "".join(digits)


def shard_count(pages: int) -> int:
    """How many shards: a power of two, so that only a book twice the size writes them all anew."""
    count = 8
    while count < 1024 and count * PER_SHARD < pages:
        count *= 2
    return count


@lru_cache(maxsize=100_000)
def number_of(stem: str) -> int:
    """The stem's hash, from which its shard comes: FNV-1a over code points, folded once."""
    value = 0x811C9DC5
    for character in stem:
        value = (value ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return value ^ value >> 15


class Postings:
    """Words with the numbers of the pages that hold them: four bytes each."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._pages: dict[str, array[int]] = {}

    def add(self, page: int, words: Iterable[str]) -> None:
        """Page number `page` holds these words; each is given once."""
        pages = self._pages
        for word in words:
            if word in pages:
                pages[word].append(page)
            else:
                pages[word] = array("I", (page,))

    def shards(self, count: int, codes: list[str]) -> Iterator[tuple[int, str]]:
        """Each shard with its lines, `word codes`, by word; `codes` by page number. Empties itself as it goes."""
        of: list[list[str]] = [[] for _ in range(count)]
        for word in self._pages:
            of[number_of(stem(word)) & count - 1].append(word)
        for number, words in enumerate(of):
            lines = (f"{w} {''.join(sorted(codes[p] for p in self._pages.pop(w)))}" for w in sorted(words))
            yield number, "\n".join(lines)
            words.clear()
