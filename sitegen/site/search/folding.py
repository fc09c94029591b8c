"""What two spellings have in common, and the words of a text: the same here and in `assets/search.js`.

Case, width, katakana and hiragana, small and large kana, a long mark at a word's end, and marks on letters
(Ōta, Ota) don't count; nor do spaces and broken lines between Japanese characters.

Character classes are written out as ranges, since Python and browsers know different versions of Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import KeysView
from functools import lru_cache
from operator import add

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3100-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts that put no space between words."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Those that mean something alone."""
BEYOND = (
    "\u00df-\u00f6\u00f8-\u02af\u0370-\u1fff\u2c00-\u2dff\ua000-\uabff\ufb00-\ufdff\ufe70-\ufefc"
    "\U00010000-\U0001efff"
)
LETTER = f"0-9a-z{BEYOND}"
"""What words of an alphabet are made of, once folded."""

MARKS = re.compile("[\u0300-\u036f]")
UNEVEN = re.compile(
    "[^\x00-\x7f\xb7\xd7\u2010\u2012-\u2015\u2018-\u201f\u2190-\u2199\u3001-\u3003\u3005-\u3007\u300c-\u300f"
    "\u3041-\u3096\u30a1-\u30fa\u30fb-\u30fe\u4e00-\u9fff\U0001f300-\U0001f5ff]"
)
"""What compatibility forms and marks on letters may touch: hardly a line of a Japanese note holds any."""
KATAKANA = re.compile("[ァ-ヶヽヾ]+")
SPECIAL = re.compile("[ßæœøđðłþıς]")
SPACE = re.compile(f" (?=[{CJK}])(?<=[{CJK}] )")
LONG = re.compile("ー+(?![ぁ-ゖー])")
RUN = re.compile(f"[{CJK}]+")
HAN_CHARACTER = re.compile(f"[{HAN}]")
FOREIGN = re.compile(f"[{BEYOND}]")
WORD = re.compile(f"[{LETTER}]+")
SEPARATE = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))

SMALL = tuple(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
KANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
TO = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ς": "σ"}

LONGEST = 24
"""Letters of a word that count."""
PREFIX = 4
"""So many letters of a word decide its shard: that many must be typed for the rest to be guessed."""
COMMON = """the and of to in is it for on was that with as at be by he she they we you his her him them their our my
me an or if so no not but had has have are were been from this who what when which will would there then than one
all out up said です ます まし した して いる てい から こと ない ませ せん との での には では ため いて おり
れた する"""
STOP = frozenset(COMMON.split())
"""Words and pairs that stand nearly everywhere and find nothing; a phrase that holds one is checked in the text."""


def folded(text: str) -> str:
    """The text as it is compared, line by line: a line is what no phrase goes beyond."""
    if text.isascii():
        return text.lower()
    # what follows looks at no line's end, so it can be done to all lines at once: much quicker
    plain = "\n".join(map(_plain, text.split("\n"))) if UNEVEN.search(text) else text.lower()
    plain = KATAKANA.sub(_hiragana, plain)
    for small, large in SMALL:
        plain = plain.replace(small, large)
    return LONG.sub("", SPACE.sub("", plain))


def _hiragana(katakana: re.Match[str]) -> str:
    return _as_hiragana(katakana[0])


@lru_cache(maxsize=20_000)
def _as_hiragana(word: str) -> str:
    return word.translate(KANA)


def _plain(line: str) -> str:
    """Without case, compatibility forms and marks on letters."""
    if not UNEVEN.search(line):
        return line.lower()
    plain = MARKS.sub("", unicodedata.normalize("NFKD", line).lower())
    return SPECIAL.sub(lambda m: TO[m[0]], unicodedata.normalize("NFC", plain))


def terms(text: str) -> KeysView[str]:
    """What a folded text can be found by: words of an alphabet, pairs of Japanese characters; in one order always.

    A Han character at the end of its run stands alone too, so that every one begins a term.
    """
    found: dict[str, None] = {}
    if not text.isascii():
        runs = " ".join(RUN.findall(text)) + " "
        pairs = dict.fromkeys(map(add, runs, runs[1:]))  # all runs at once: much quicker
        ends = [pair for pair in pairs if " " in pair]
        for pair in ends:
            del pairs[pair]
        found = pairs
        found.update(dict.fromkeys([pair[0] for pair in ends if is_han(pair[0])]))
    found.update(dict.fromkeys([word[:LONGEST] for word in dict.fromkeys(_words(text)) if len(word) > 1]))
    for common in STOP & found.keys():
        del found[common]
    return found.keys()


def _words(text: str) -> list[str]:
    """The words of an alphabet; Japanese characters part them."""
    if FOREIGN.search(text):
        return WORD.findall(text)
    plain = text.encode("ascii", "replace").translate(SEPARATE)  # four times as fast as the expression
    return plain.decode("ascii").split()


def is_han(character: str) -> bool:
    """A character that means something alone."""
    return HAN_CHARACTER.match(character) is not None


def stem(term: str) -> str:
    """What decides a term's shard: a word's beginning, a Han character or a whole pair."""
    if is_han(term[0]):
        return term[0]
    return term if RUN.match(term) else term[:PREFIX]
