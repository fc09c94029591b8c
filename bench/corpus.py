#!/usr/bin/env python3
"""A generated book: notes of the kind and weight that a team writes, the same bytes for the same arguments.

    python bench/corpus.py --clients 10000 --out FOLDER [--seed 1]

writes FOLDER/content/{clients/<rep>,solutions,reps}/*.md, two plain pages and FOLDER/kayoi.yml. 6.3 kB and 17.6 entries a
note on average; the 78th of each 200 is a chase of ten years with 200 entries. A third of the reps write Japanese.
Words are drawn so that the k-th of a list is 1/k as frequent as the first. Only the standard library; the words
stand in words.toml beside this file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

TODAY = dt.date(2026, 11, 20)
CADENCE = {"approach": 30, "wtt": 30, "possible": 14, "probable": 7, "won": 30}
"""Days until the next contact falls due, by stage; the others have none. The peers' sites hold the same table."""
STAGES = "approach wtt possible probable won resting dropped".split()
_SHARES = (22, 45, 62, 71, 81, 93, 100)
_HANDED = dt.date(2026, 4, 1)
_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_KINDS = "visit visit visit visit meeting meeting call call email online meal event letter showcase".split()
_KINDS_JA = "訪問 訪問 訪問 訪問 面談 打合せ 電話 TEL メール オンライン 会食 イベント 手紙 見学".split()
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
T = TypeVar("T")


def _table(key: str) -> list[tuple[str, str, str]]:
    rows = (row.split() for line in _WORDS[key].split("\n") if line for row in line.split("|"))
    return [(a, b, c) if a != "-" else ("", "", "") for a, b, c in rows]


REGIONS, SURNAMES, TRADES, GIVEN = map(_table, ("regions", "surnames", "trades", "given"))
REPS: list[str] = _WORDS["reps"].split()
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
        nouns, kanji = _WORDS["nouns"].split(), _WORDS["kanji_words"].split()
        compounds = [a + b for a in nouns for b in nouns if a != b]
        compounds_ja = [a + b for a in kanji for b in kanji if a != b]
        adjectives = [a + b for b in ("", "ly", "ish") for a in dice.shuffled(_WORDS["adjectives"].split())]
        months = _WORDS["months"].split()
        common = {"d": lambda: str(dice.upto(2, 90)), "c": lambda: f"{dice.pick('KTMR')}{dice.upto(100, 9899)}"}
        heard, heard_ja = dice.shuffled(nouns) + dice.shuffled(compounds), dice.shuffled(kanji) + compounds_ja
        gerunds = [_gerund(v) for v in _WORDS["verbs"].split()]
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
            False: [s[0].upper() + s[1:] for s in pool(_WORDS["sentences"], english, many)],
            True: pool(_WORDS["sentences_ja"], japanese, many // 2),
        }
        self.titles = {
            False: pool(_WORDS["titles"], english, many // 8),
            True: pool(_WORDS["titles_ja"], japanese, many // 8),
        }
        self.lines: dict[str, dict[bool, list[str]]] = {}
        for key, row in _WORDS["lines"].items():
            few = many // 8
            if "texts" in row:
                self.lines[key] = {False: pool(row["texts"], english, few), True: pool(row["texts_ja"], japanese, few)}
        rows = [[part.strip() for part in row.split("|")] for row in _WORDS["solutions"]]
        self.basics = [row[1] for row in rows if row[3] == "basic"]
        for row in rows:
            need, need_ja = row[4].split(", ")
            self.lines["need"][False] += [f"{need} {x}" for x in _WORDS["need_for"] for _ in range(few // 120 + 1)]
            self.lines["need"][True] += [need_ja + x for x in _WORDS["need_for_ja"] for _ in range(few // 120 + 1)]
        self.goods = [f"{a} {b}" for a in _WORDS["goods_how"] for b in _WORDS["goods"]]
        self.goods += [a + b for a in _WORDS["goods_how_ja"] for b in _WORDS["goods_ja"]]
        self.backers = dice.shuffled([f"{r[2]} {b}" for r in REGIONS[1:] for b in _WORDS["banks"]])


@dataclass(frozen=True)
class Name:
    """What a client is called. `name` stands in its note: kanji for one client in four."""

    name: str
    native: str
    reading: str
    alias: str
    stem: str
    bare: bool
    """Its note has no front matter: it begins with the name as a heading."""


def name_of(i: int, seed: int) -> Name:
    """The i-th client's names, no two the same."""
    dice = Dice(seed, i, "name")
    here = len(SURNAMES) * len(TRADES)
    region, rest = REGIONS[i // here], i % here * 991 % here  # 991 is prime: every pair comes once
    parts = (region, SURNAMES[rest % len(SURNAMES)], TRADES[rest // len(SURNAMES)])
    kanji, kana, latin = ("".join(p[0] for p in parts), "".join(p[1] for p in parts), " ".join(filter(None, (p[2] for p in parts))))
    alias = "" if not dice(0.15) else f"株式会社{kanji}" if dice(0.6) else f"{latin} KK"
    stem = latin.lower().replace(" ", "-")
    known, bare = kanji if dice(0.85) else "", dice(0.01)
    if dice(0.25):
        return Name(kanji, "", kana, "" if bare else alias, stem, bare)
    return Name(latin, "" if bare else known, kana, "" if bare else alias, stem, bare)


@dataclass
class Person:
    """Somebody at a client, there between two days."""

    name: str
    row: str
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max


@dataclass
class Client:
    """One client while its note is written."""

    i: int
    dice: Dice
    names: Name
    rep: str
    japanese: bool
    days: list[dt.date]
    people: list[Person] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    stage: str = ""
    moves: dict[int, str] = field(default_factory=dict)
    answered: dt.date | None = None


def _workday(day: dt.date) -> dt.date:
    return day - dt.timedelta(max(0, day.weekday() - 4))


def _days(dice: Dice, i: int) -> list[dt.date]:
    long = i % 200 == 77
    count = 200 if long else 0 if dice(0.015) else 3 + int(35 * (dice.rnd() + dice.rnd() + dice.rnd() / 2) / 3)
    days, day = [], TODAY - dt.timedelta(1 + int(50 * dice.rnd() ** 2))
    for _ in range(count):
        days.append(_workday(day))
        day = days[-1] - dt.timedelta(dice.upto(1, 36 if long else 80))
    return sorted(set(days))


def _people(c: Client, long: bool) -> list[Person]:
    dice, out = c.dice, list[Person]()

    def add(role: str, level: str, since: dt.date | None = None, until: dt.date | None = None, year: str = "") -> None:
        s, g = dice.pick(SURNAMES), dice.pick(GIVEN)
        name = s[0] + g[0] if c.japanese else f"{s[2]} {g[2]}"
        if any(name == p.name for p in out):
            return
        row = f"  - {{name: {name}" + (f", reading: {s[1]}{g[1]}" if c.japanese or dice(0.3) else "") + f", role: {role}"
        row += (f", level: {level}" if dice(0.85) else "") + (f", since: {since:%Y-%m}" if since else year)
        row += (f", until: {until:%Y-%m}" if until else "") + (f", email: {g[2].lower()}@example.jp}}" if dice(0.12) else "}")
        out.append(Person(name, row, since or dt.date.min, until or dt.date.max))

    if long or dice(0.75):
        add(dice.pick(_WORDS["top"]), "strategic", year=f", since: {dice.upto(2008, 2019)}" if dice(0.5) else "")
    first = c.days[0] if c.days else TODAY
    if long or dice(0.2):  # one chair, held by one after another
        role = dice.pick(_WORDS["chairs"])
        years = sorted({dice.upto(min(first.year + 1, 2026), 2026) for _ in range(4 if long else 1)})
        for a, b in zip([None, *years], [*years, None], strict=True):
            add(role, "working", dt.date(a, 4, 1) if a else None, dt.date(b, 3, 31) if b else None)
    for _ in range(dice.upto(0 if out else 1, 2)):
        add(dice.pick(_WORDS["chairs"]), "working")
    return out


def _date(c: Client, day: dt.date, japanese: bool) -> str:
    q, iso = c.dice.rnd(), day.isoformat()
    if not japanese:
        return iso if q < 0.93 else f"[[{iso}]]" if q < 0.96 else f"{day:%Y/%m/%d}" if q < 0.98 else f"{iso} ({day:%a})"
    kanji = f"{day.year}年{day.month}月{day.day}日"
    forms = (iso, iso, iso, iso, kanji, kanji, kanji, f"{day.year}/{day.month}/{day.day}", f"{iso}（{'月火水木金土日'[day.weekday()]}）")
    era = f"令和{day.year - 2018}年{day.month}月{day.day}日" if day.year > 2019 else kanji
    return forms[int(q * 10)] if q < 0.9 else era if q < 0.95 else kanji.translate(_WIDE) if q < 0.98 else f"[[{iso}]]"


def _prose(c: Client, phrases: Phrases, k: int, ja: bool) -> Iterator[str]:
    dice, said = c.dice, phrases.said[ja]
    at = int(dice.rnd() * (len(said) - 12))
    text = ("" if ja else " ").join(said[at : at + 1 + int(10.3 * dice.rnd() ** 2)])
    if dice(0.08):
        return (yield "\n".join(f"- {x}" for x in said[at : at + dice.upto(2, 4)]))
    extra = int(dice.rnd() * 1000)
    if extra < 100:
        text += f" {dice.pick(c.links)}" + ("の紹介。" if ja else " came up.")
    elif extra < 160:
        text += " **要確認**" if ja else " **Call again.**"
    elif extra < 190:
        text += f" [offer](https://example.com/offers/{c.i}-{k}?v=1&lang=ja)"
    elif extra < 210 and c.people:
        text += f" [[{c.people[0].name}]]" + ("も同席。" if ja else " came in for a minute.")
    elif extra < 220:
        text += f" [[{c.names.name}#{dice.pick(c.days)}]]"
    elif extra < 225:
        text += f" %%{dice.pick(phrases.titles[ja])}%%"
    elif extra < 228:
        text += f"\n\n<!-- {dice.pick(phrases.titles[ja])} -->"
    yield text
    if 300 <= extra < 530:
        yield ("" if ja else " ").join(said[at + 10 : at + 12])
    elif extra < 560 and extra >= 530:
        yield "> " + dice.pick(said)
    elif 560 <= extra < 575:
        rows = "".join(f"\n| {dice.pick(phrases.titles[ja])} | {dice.upto(1, 99)} | ok |" for _ in range(3))
        yield "| item | qty | note |\n|---|---|---|" + rows
    elif 575 <= extra < 585:
        yield ("### 背景" if ja else "### Background") + "\n\n" + dice.pick(said)


def _line(c: Client, phrases: Phrases, key: str, day: dt.date, who: list[Person], ja: bool) -> str:
    dice, row = c.dice, _WORDS["lines"][key]
    text = dice.pick(phrases.lines[key][ja]) if key in phrases.lines else ""
    named = f" ({who[0].name})" if who and dice(0.75) else ""
    if key == "promise":
        mark = "x" if dice(0.91) else "-" if dice(0.5) else " "
        mark = " " if mark == "x" and c.days[-2:].count(day) and dice(0.7) else mark
        return f"- [{mark}] {text} 📅 {_workday(day + dt.timedelta(dice.upto(4, 21)))}"
    if key in ("need", "assumed"):
        c.needs.append(text)
    elif key == "confirmed":
        text = dice.pick(c.needs) if c.needs else ""
    elif key == "absent":
        others = [p for p in c.people if p not in who and p.since <= day <= p.until]
        named, text = (f" ({others[0].name})", "急な出張" if ja else "was expected") if others else ("", "")
    elif key == "postponed":
        later = day + dt.timedelta(dice.upto(40, 190))
        text = f"{later.month}月" if ja else f"{later:%Y-%m}" if dice(0.3) else _WORDS["months"].split()[later.month - 1]
    else:
        text = {"basics": dice.pick(phrases.basics), "introduced": dice.pick(c.links), "business": "yes", "by": c.rep}.get(key, text)
    named = named if key in ("need", "confirmed", "basics", "briefed", "absent", "got", "advice", "setback") else ""
    word = dice.pick(row["ja" if ja else "en"])
    if key == "inbound":
        return f"- {word}"
    return f"- {word}{named}{'：' if ja and c.i % 2 else ': '}{text}" if text else ""


def _entry(c: Client, phrases: Phrases, k: int) -> str:
    dice, day = c.dice, c.days[k]
    ja = c.japanese if dice(0.9) else not c.japanese
    here = [p for p in c.people if p.since <= day <= p.until]
    away, secret = k > 0 and k not in c.moves and dice(0.05), k not in c.moves and dice(0.0006)
    who = [] if away or not here else dice.shuffled(here)[: 1 + dice(0.22)]
    kind = ("電話" if ja else "call") if away else dice.pick(_KINDS_JA if ja else _KINDS)
    heads = f"## {_date(c, day, ja)} {kind}"
    if who and dice(0.93):
        heads += " " + "、".join(p.name + "様" for p in who) + "と" * dice(0.6) if ja else " with " + ", ".join(p.name for p in who)
    elif not away and dice(0.4):
        heads += " – " + dice.pick(phrases.titles[ja])
    if away:
        return f"{heads}\n\n- {'不在' if ja else 'unanswered'}\n"
    c.answered = day
    out = [heads + " #private" * secret, *_prose(c, phrases, k, ja)]
    keys = [] if secret else [key for key, row in _WORDS["lines"].items() if dice(row["share"])]
    lines = [_line(c, phrases, key, day, who, ja) for key in keys]
    lines += [f"- {'段階' if ja else 'stage'}: {c.moves[k]}"] if k in c.moves else []
    return "\n\n".join([*out, "\n".join(filter(None, lines))] if any(lines) else out) + "\n"


def _head(c: Client, phrases: Phrases) -> Iterator[str]:
    dice, names = c.dice, c.names
    active = c.stage in CADENCE
    here = [p.name for p in c.people if p.until == dt.date.max]
    yield f"name: {names.name}"
    yield from (f"{key}: {value}" for key, value in (("native", names.native), ("reading", names.reading)) if value and dice(0.95))
    yield from [f"stage: {c.stage}"] * bool(c.stage) + [f"owner: {c.rep}"] * dice(0.12)
    if len(c.days) > 4 and c.days[0] < _HANDED and (dice(0.6) if c.rep == REPS[1] else dice(0.02)):
        yield f"handover: [{{from: {_WORDS['left'] if c.rep == REPS[1] else REPS[c.i % 7 + 7]}, date: {_HANDED}}}]"
    if c.answered and dice(0.93):
        yield f"last_visit: {c.answered}"
    if dice(0.3) and c.days:
        yield f"since: {c.days[0] - dt.timedelta(dice.upto(30, 900)):%Y-%m}"
    yield from [f"visits_before: {dice.upto(1, 12)}"] * dice(0.2) + [f"size: {dice.pick(('large', 'mid', 'mid', 'small'))}"] * dice(0.85)
    prestige, product = dice(0.1), dice.pick(_WORDS["products"])
    yield from ["prestige: true"] * prestige
    if dice(0.36):
        links = [f'"[[{b}]]"' if dice(0.7) else f"{{name: {b}, size: large}}" for b in {dice.ranked(phrases.backers): 0, dice.ranked(phrases.backers): 0}]
        yield f"backers: [{', '.join(links)}]"
    yield from [f"area: {dice.pick(_WORDS['areas'])}"] * dice(0.8)
    yield from [f"address: {dice.upto(1, 9)}-{dice.upto(1, 30)} {dice.pick(_WORDS['towns'])}"] * dice(0.5)
    yield from [f"phone: 0{dice.upto(3, 9)}-{dice.upto(1000, 9999)}-{dice.upto(1000, 9999)}"] * dice(0.6)
    yield from [f"product: {product}"] * dice(0.6) + [f"value: {dice.upto(2, 300) * 100000}"] * dice(0.35)
    if c.stage == "won" and dice(0.4):
        yield f"reference: {{product: {product}, free: {str(prestige).lower()}, visits: true, since: 2025-04, benefit: fewer leave}}"
    if c.people:
        yield "people:\n" + "\n".join(p.row for p in c.people)
    for key, share in (("offers", 0.58), ("seeks", 0.55)):
        things = {dice.pick(phrases.goods): 0 for _ in range(dice.upto(1, 2))}
        yield from [f"{key}: [{', '.join(things)}]"] * dice(share)
    yield from ["gifts: false"] * dice(0.03) + [f"tags: [{dice.pick(_WORDS['tags'])}]"] * dice(0.4)
    yield from ["private: true"] * dice(0.005) + [f"aliases: [{names.alias}]"] * bool(names.alias)
    if active and here and dice(0.155):
        people = [*here[:2], *[dice.pick(_WORDS["foreign"])] * dice(0.3)]
        plan = _workday(TODAY + dt.timedelta(3 + int(25 * dice.rnd() ** 2)))
        step = f", step: {dice.pick(phrases.lines['promise'][False])}" if dice(0.7) else ""
        yield f'next: {{date: {plan}, time: "{dice.upto(9, 17)}:00", kind: meeting, with: [{", ".join(people)}]{step}}}'
    elif active and dice(0.08):
        yield f"wait_until: {TODAY + dt.timedelta(dice.upto(20, 170)):%Y-%m}"


def note(i: int, clients: int, seed: int, phrases: Phrases) -> tuple[str, str]:
    """The i-th client: its path below `content/clients`, and the note."""
    dice = Dice(seed, i)
    at = int(dice.rnd() * len(REPS))
    c = Client(i, dice, name_of(i, seed), REPS[at], at % 3 == 1, _days(dice, i))
    c.people = _people(c, i % 200 == 77) if not dice(0.04) else []
    for _ in range(5):
        other = name_of(int(dice.rnd() * clients), seed)
        q = dice.rnd()
        shown = f"{other.name}|{other.name.split()[0]}" if q < 0.06 else other.native if q < 0.18 else other.alias if q < 0.25 else ""
        c.links.append(f"[[{shown or other.name}]]")
    draw = dice.upto(0, 99)
    c.stage = "" if dice(0.04) else next(s for s, most in zip(STAGES, _SHARES, strict=True) if draw < most)
    path = [] if not c.stage else STAGES[1 : STAGES.index(c.stage) + 1] if c.stage in CADENCE else [c.stage]
    if len(c.days) > 2 * len(path) and dice(0.6):
        c.moves = {(k + 1) * len(c.days) // (len(path) + 1): stage for k, stage in enumerate(path)}
    entries = [_entry(c, phrases, k) for k in range(len(c.days))]
    if dice(0.7):
        entries.reverse()
    at = int(dice.rnd() * (len(phrases.said[c.japanese]) - 2))
    intro = [("" if c.japanese else " ").join(phrases.said[c.japanese][at : at + 2]) + "\n"] * dice(0.7)
    intro += [("## 2026年度計画" if c.japanese else "## Background") + f"\n\n{dice.pick(phrases.said[c.japanese])}\n"] * dice(0.05)
    if c.names.bare:
        return f"{c.rep}/{c.names.stem}.md", "\n".join([f"# {c.names.name}\n", *intro, *([] if c.moves else entries)])
    return f"{c.rep}/{c.names.stem}.md", "---\n" + "\n".join(_head(c, phrases)) + "\n---\n" + "\n".join(intro + entries)


def files(clients: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Every file of the book: path and text. Raises `ValueError` for more clients than there are names."""
    if clients > MOST:
        raise ValueError(f"at most {MOST} clients")
    phrases = Phrases(clients, seed)
    # No history: the book may lie inside a repository that is not its own.
    yield "kayoi.yml", "title: Clients\nhistory: off\n"
    yield "content/playbook.md", "# Playbook\n\nAsk first what they were told. Basics before plans.\n"
    yield "content/first-visit.md", "# The first visit\n\n- a card\n- the brochure\n- one question\n"
    for at, rep in enumerate(REPS):
        area = _WORDS["areas"][at % 16]
        yield f"content/reps/{rep}.md", f"---\nname: {rep.title()}\narea: {area}\n---\n{rep.title()} goes to {area}.\n"
    for row in _WORDS["solutions"]:
        stem, name, native, level, answers = (part.strip() for part in row.split("|"))
        head = f"---\nname: {name}\nnative: {native}\nlevel: {level}\nanswers: [{answers}]\n---\n"
        yield f"content/solutions/{stem}.md", f"{head}{name}, in one day.\n\n- for whom: everyone\n"
    for i in range(clients):
        path, text = note(i, clients, seed, phrases)
        yield f"content/clients/{path}", text


def write(clients: int, out: Path, seed: int = 1) -> None:
    """Write the book into a folder."""
    for path, text in files(clients, seed):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Make a book as the arguments say."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--clients", type=int, default=1000)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--seed", type=int, default=1)
    given = args.parse_args()
    write(given.clients, given.out, given.seed)


if __name__ == "__main__":
    main()
