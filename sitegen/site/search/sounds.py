"""How a Japanese reading sounds in Latin letters, for those who type `shinjuku` and mean しんじゅく.

What spellings differ in is left out on both sides: `shi` and `si`, `ou`, `oo` and `ō`, `mb` and `nb`, doubled
letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sitegen.site.search.folding import KANA, KATAKANA, folded

ROWS = (
    ("", "あいうえお"), ("k", "かきくけこ"), ("s", "さしすせそ"), ("t", "たちつてと"), ("n", "なにぬねの"),
    ("h", "はひふへほ"), ("m", "まみむめも"), ("r", "らりるれろ"), ("g", "がぎぐげご"), ("z", "ざじずぜぞ"),
    ("d", "だ  でど"), ("b", "ばびぶべぼ"), ("p", "ぱぴぷぺぽ"), ("y", "や ゆ よ"), ("w", "わ    "),
)  # fmt: skip
SAID = {
    kana: consonant + vowel
    for consonant, row in ROWS
    for kana, vowel in zip(row, "aiueo", strict=True)
    if kana != " "
} | {"ぢ": "zi", "づ": "zu", "ん": "n", "を": "o", "ゐ": "i", "ゑ": "e", "ゔ": "bu", "っ": "", "ー": ""}
GLIDES = dict(zip("ゃゅょぁぃぅぇぉゎ", ("ya", "yu", "yo", "a", "i", "u", "e", "o", "a"), strict=True))
"""Small kana take the vowel before them away."""

ALIKE = (
    (re.compile("[^a-z0-9 ]"), ""),
    (re.compile("ch|ts"), "t"),
    (re.compile("sh"), "s"),
    (re.compile("j|dz"), "z"),
    (re.compile("f"), "h"),
    (re.compile("([stz])y"), r"\1"),
    (re.compile("m(?=[bmp])"), "n"),
    (re.compile("o[hu](?![aeiouy])"), "o"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)
"""Done one after the other; the same in `assets/search-index.js`."""


@lru_cache(maxsize=20_000)
def sound(reading: str) -> str:
    """The sound of a reading in kana; empty where it holds anything else."""
    kana = KATAKANA.sub(lambda m: m[0].translate(KANA), unicodedata.normalize("NFKC", reading))
    heard: list[str] = []
    for character in kana:
        if character in GLIDES and heard and heard[-1]:
            heard[-1] = heard[-1][:-1] + GLIDES[character]
        elif character in " ・":
            heard.append(" ")
        elif character in SAID:
            heard.append(SAID[character])
        else:
            return ""
    return alike("".join(heard))


def alike(latin: str) -> str:
    """What spellings of one sound have in common; takes what a reader types."""
    text = folded(latin)
    for pattern, instead in ALIKE:
        text = pattern.sub(instead, text)
    return text.strip()
