"""Chance from a seed, the tables of words.toml, and sentences made of them."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
T = TypeVar("T")


def _table(key: str) -> list[tuple[str, str, str]]:
    rows = (row.split() for line in WORDS[key].split("\n") if line for row in line.split("|"))
    return [(a, b, c) if a != "-" else ("", "", "") for a, b, c in rows]


REGIONS, SURNAMES, TRADES, GIVEN = map(_table, ("regions", "surnames", "trades", "given"))
REPS: list[str] = WORDS["reps"].split()
MOST = len(REGIONS) * len(SURNAMES) * len(TRADES)
"""So many clients have names of their own."""


class Dice:
    """Chance from a seed, by nothing but `random()`, whose numbers are the same in every Python."""

    def __init__(self, *seed: object) -> None:
        self.rnd = random.Random("-".join(map(str, seed))).random

    def __call__(self, share: float) -> bool:
        return self.rnd() < share

    def upto(self, least: int, most: int) -> int:
        return least + int(self.rnd() * (most - least + 1))

    def pick(self, things: Sequence[T]) -> T:
        return things[int(self.rnd() * len(things))]

    def ranked(self, things: Sequence[T]) -> T:
        return things[int((len(things) + 1) ** self.rnd()) - 1]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        return sorted(things, key=lambda _: self.rnd())


def _gerund(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") else verb) + "ing"


class Phrases:
    """Sentences and what follows a line's word, made beforehand: as many as a book of this size needs."""

    def __init__(self, clients: int, seed: int) -> None:
        dice = Dice(seed, "phrases")
        many = max(1500, min(36000, clients * 5))
        nouns, kanji = WORDS["nouns"].split(), WORDS["kanji_words"].split()
        compounds = [a + b for a in nouns for b in nouns if a != b]
        compounds_ja = [a + b for a in kanji for b in kanji if a != b]
        adjectives = [a + b for b in ("", "ly", "ish") for a in dice.shuffled(WORDS["adjectives"].split())]
        months = WORDS["months"].split()
        common = {
            "d": lambda: str(dice.upto(2, 90)),
            "c": lambda: f"{dice.pick('KTMR')}{dice.upto(100, 9899)}",
        }
        heard, heard_ja = dice.shuffled(nouns) + dice.shuffled(compounds), dice.shuffled(kanji) + compounds_ja
        gerunds = [_gerund(v) for v in WORDS["verbs"].split()]
        english = common | {
            "n": lambda: dice.ranked(heard),
            "a": lambda: dice.ranked(adjectives),
            "g": lambda: dice.pick(gerunds),
            "m": lambda: dice.pick(months),
            "s": lambda: dice.pick(SURNAMES)[2],
        }
        japanese = common | {
            "n": lambda: dice.ranked(heard_ja),
            "m": lambda: f"{dice.upto(1, 12)}月",
            "s": lambda: dice.pick(SURNAMES)[0],
        }

        def pool(texts: list[str], slots: dict[str, Any], count: int) -> list[str]:
            fill = re.compile(r"\{(\w)\}")
            return [fill.sub(lambda m: slots[m[1]](), dice.pick(texts)) for _ in range(count)]

        self.said = {
            False: [s[0].upper() + s[1:] for s in pool(WORDS["sentences"], english, many)],
            True: pool(WORDS["sentences_ja"], japanese, many // 2),
        }
        self.titles = {
            False: pool(WORDS["titles"], english, many // 8),
            True: pool(WORDS["titles_ja"], japanese, many // 8),
        }
        self.lines: dict[str, dict[bool, list[str]]] = {}
        for key, row in WORDS["lines"].items():
            few = many // 8
            if "texts" in row:
                self.lines[key] = {
                    False: pool(row["texts"], english, few),
                    True: pool(row["texts_ja"], japanese, few),
                }
        rows = [[part.strip() for part in row.split("|")] for row in WORDS["solutions"]]
        self.basics = [row[1] for row in rows if row[3] == "basic"]
        for row in rows:
            need, need_ja = row[4].split(", ")
            self.lines["need"][False] += [
                f"{need} {x}" for x in WORDS["need_for"] for _ in range(few // 120 + 1)
            ]
            self.lines["need"][True] += [
                need_ja + x for x in WORDS["need_for_ja"] for _ in range(few // 120 + 1)
            ]
        self.goods = [f"{a} {b}" for a in WORDS["goods_how"] for b in WORDS["goods"]]
        self.goods += [a + b for a in WORDS["goods_how_ja"] for b in WORDS["goods_ja"]]
        self.backers = dice.shuffled([f"{r[2]} {b}" for r in REGIONS[1:] for b in WORDS["banks"]])
