"""What two spellings have in common, and the words of a text: the same here and in `assets/search.js`.

Case, width, katakana and hiragana, small and large kana, a long mark at a word's end, and marks on letters
(Ōta, Ota) don't count; nor do spaces and broken lines between Japanese characters.

Character classes are written out as ranges, since Python and browsers know different versions of Unicode.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
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
KATAKANA_APART = re.compile("([ァ-ヶヽヾ]+)")
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
BLANK = ord(" ")
STOP_PAIRS = frozenset(ord(word[0]) | ord(word[1]) << 16 for word in STOP if len(word) == 2)


def folded(text: str) -> str:
    """The text as it is compared, line by line: a line is what no phrase goes beyond."""
    if text.isascii():
        return text.lower()
    # what follows looks at no line's end, so it can be done to all lines at once: much quicker
    plain = "\n".join(map(_plain, text.split("\n"))) if UNEVEN.search(text) else text.lower()
    pieces = KATAKANA_APART.split(plain)
    pieces[1::2] = map(_as_hiragana, pieces[1::2])  # quicker than a function for each match
    plain = "".join(pieces)
    for small, large in SMALL:
        plain = plain.replace(small, large)
    return LONG.sub("", SPACE.sub("", plain))


@lru_cache(maxsize=20_000)
def _as_hiragana(word: str) -> str:
    return word.translate(KANA)


def _plain(line: str) -> str:
    """Without case, compatibility forms and marks on letters."""
    if not UNEVEN.search(line):
        return line.lower()
    plain = MARKS.sub("", unicodedata.normalize("NFKD", line).lower())
    return SPECIAL.sub(lambda m: TO[m[0]], unicodedata.normalize("NFC", plain))


def terms(text: str) -> str:
    """What a folded text can be found by, parted by blanks, each once: pairs of Japanese characters, then words.

    A Han character at the end of its run stands alone too, so that every one begins a term. The order is that in
    which they first stand there.
    """
    found = (
        [] if text.isascii() else _pairs("\0".join(RUN.findall(text)) + "\0")
    )  # all runs at once: much quicker
    words = dict.fromkeys(_words(text))
    for common in STOP & words.keys():
        del words[common]
    told = [word for word in words if len(word) > 1]
    if any(len(word) > LONGEST for word in told):
        told = list(dict.fromkeys([word[:LONGEST] for word in told]))
    return " ".join([*found, *told])


def _pairs(runs: str) -> list[str]:
    """The pairs of runs, each ended by `\\0`, as one text; then the Han characters at the end of a run."""
    raw = runs.encode("utf-16-le", "surrogatepass")
    if len(raw) != 2 * len(runs) or sys.byteorder != "little":
        found = dict.fromkeys(map(add, runs, runs[1:]))
        ends = "".join([pair[0] for pair in found if pair[1] == "\0"])
        return [
            *(pair for pair in found if "\0" not in pair and pair not in STOP),
            *HAN_CHARACTER.findall(ends),
        ]
    # two characters are one number, the first in its lower half: sorted out in half the time
    numbers = array("I", bytes(2 * len(raw) - 4))
    numbers[::2] = array("I", raw[: len(raw) // 4 * 4])
    numbers[1::2] = array("I", raw[2 : (len(raw) + 2) // 4 * 4 - 2])
    once = dict.fromkeys(numbers)
    for common in STOP_PAIRS & once.keys():
        del once[common]
    ends = "".join([chr(number) for number in once if number <= 0xFFFF])
    inside = [number for number in once if number > 0xFFFF and number & 0xFFFF]
    both, told = array("H", array("I", inside).tobytes()), array("H", [BLANK]) * (3 * len(inside))
    told[::3], told[1::3] = both[::2], both[1::2]
    pairs = told.tobytes().decode("utf-16-le", "surrogatepass").rstrip()
    return [pairs, *HAN_CHARACTER.findall(ends)] if pairs else HAN_CHARACTER.findall(ends)


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
