"""Which page holds which word, in files small enough to be read when somebody asks for one.

A posting names its page by a short code of the page's address, so a note that is edited changes only the shards of
the words that it gains or loses, and none where only their number or order changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
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
    """Words with the codes of the pages that hold them, all in UTF-8: five bytes each."""

    def __init__(self, wanted: Callable[[bytes], bool] = lambda _: True) -> None:
        """Nothing is known yet. Words that are not `wanted` are passed over."""
        self._codes: dict[bytes, bytearray] = {}
        self._wanted = wanted
        self._others: set[bytes] = set()

    def add(self, code: bytes, words: Iterable[bytes]) -> None:
        """The page of this code holds these words, each given once. Pages come in the order of their codes."""
        codes, others = self._codes, self._others
        for word in words:
            if word in codes:
                codes[word] += code
            elif word not in others:
                if self._wanted(word):
                    codes[word] = bytearray(code)
                else:
                    others.add(word)

    def shards(self, count: int) -> Iterator[tuple[int, bytes]]:
        """Each shard with its lines, `word codes`, by word. Empties itself as it goes."""
        of: list[list[bytes]] = [[] for _ in range(count)]
        for word in self._codes:
            of[shard_of(word, count)].append(word)
        for number, words in enumerate(of):
            yield number, b"\n".join([b" ".join((word, self._codes.pop(word))) for word in sorted(words)])
            words.clear()


def shard_of(word: bytes, count: int) -> int:
    """In which of so many shards a word stands."""
    return number_of(stem(word.decode())) & count - 1


Difference = tuple[dict[bytes, list[bytes]], dict[bytes, list[bytes]]]
"""Word → codes of the pages that no longer hold it, and of those that do now."""


def differences(
    pages: Iterable[tuple[str, Iterable[bytes], Iterable[bytes]]], count: int
) -> dict[int, Difference]:
    """What changes in which shard where pages lose and gain words: a code, the words before, the words now.

    Shards in which nothing changes are left out.
    """
    found: dict[int, Difference] = {}
    for code, before, now in pages:
        old, new = set(before), set(now)
        for side, words in enumerate((old - new, new - old)):
            for word in words:
                change = found.setdefault(shard_of(word, count), ({}, {}))
                change[side].setdefault(word, []).append(code.encode())
    return found


def patched(lines: bytes, change: Difference) -> bytes:
    """A shard's lines with the change made: the same bytes as from all pages anew, without any of them.

    Raises `ValueError` where the lines are not what was there before.
    """
    kept = dict(line.split(b" ") for line in lines.split(b"\n")) if lines else {}
    gone, come = change
    for word in dict.fromkeys((*gone, *come)):
        told = kept.get(word, b"")
        codes = {told[at : at + CODE] for at in range(0, len(told), CODE)}
        if not codes.issuperset(gone.get(word, ())) or not codes.isdisjoint(come.get(word, ())):
            raise ValueError(f"not the shard that was changed: {word!r}")
        now = sorted(codes.difference(gone.get(word, ())).union(come.get(word, ())))
        kept[word] = b"".join(now)
    return b"\n".join([b"%b %b" % (word, kept[word]) for word in sorted(kept) if kept[word]])
