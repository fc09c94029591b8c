"""A generated book: notes of the kind and weight that a team writes, the same bytes for the same arguments.

    python -m bench.corpus --clients 10000 --out FOLDER [--seed 1]

writes FOLDER/content/{clients/<rep>,solutions,reps}/*.md, two plain pages and FOLDER/kayoi.yml. 6.3 kB and 17.6
entries a note on average; the 78th of each 200 is a chase of ten years with 200 entries. A third of the reps write
Japanese. Words are drawn so that the k-th of a list is 1/k as frequent as the first. Only the standard library.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from bench.clients import CADENCE, STAGES, Client, Person, days_of, head, name_of, people_of, workday
from bench.phrases import MOST, REPS, WORDS, Dice, Phrases

_SHARES = (22, 45, 62, 71, 81, 93, 100)
"""Of a hundred clients so many are in a stage up to this one."""
_KINDS = (
    ["visit"] * 4
    + ["meeting"] * 2
    + ["call"] * 2
    + ["email", "online", "meal", "event", "letter", "showcase"]
)
_KINDS_JA = ["訪問"] * 4 + [
    "面談",
    "打合せ",
    "電話",
    "TEL",
    "メール",
    "オンライン",
    "会食",
    "イベント",
    "手紙",
    "見学",
]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _date(c: Client, day: dt.date, japanese: bool) -> str:
    q, iso = c.dice.rnd(), day.isoformat()
    if not japanese:
        return (
            iso
            if q < 0.93
            else f"[[{iso}]]"
            if q < 0.96
            else f"{day:%Y/%m/%d}"
            if q < 0.98
            else f"{iso} ({day:%a})"
        )
    kanji = f"{day.year}年{day.month}月{day.day}日"
    forms = (
        iso,
        iso,
        iso,
        iso,
        kanji,
        kanji,
        kanji,
        f"{day.year}/{day.month}/{day.day}",
        f"{iso}（{'月火水木金土日'[day.weekday()]}）",
    )
    era = f"令和{day.year - 2018}年{day.month}月{day.day}日" if day.year > 2019 else kanji
    return (
        forms[int(q * 10)]
        if q < 0.9
        else era
        if q < 0.95
        else kanji.translate(_WIDE)
        if q < 0.98
        else f"[[{iso}]]"
    )


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
    dice, row = c.dice, WORDS["lines"][key]
    text = dice.pick(phrases.lines[key][ja]) if key in phrases.lines else ""
    named = f" ({who[0].name})" if who and dice(0.75) else ""
    if key == "promise":
        mark = "x" if dice(0.91) else "-" if dice(0.5) else " "
        mark = " " if mark == "x" and c.days[-2:].count(day) and dice(0.7) else mark
        return f"- [{mark}] {text} 📅 {workday(day + dt.timedelta(dice.upto(4, 21)))}"
    if key in ("need", "assumed"):
        c.needs.append(text)
    elif key == "confirmed":
        text = dice.pick(c.needs) if c.needs else ""
    elif key == "absent":
        others = [p for p in c.people if p not in who and p.since <= day <= p.until]
        named, text = (f" ({others[0].name})", "急な出張" if ja else "was expected") if others else ("", "")
    elif key == "postponed":
        later = day + dt.timedelta(dice.upto(40, 190))
        text = (
            f"{later.month}月"
            if ja
            else f"{later:%Y-%m}"
            if dice(0.3)
            else WORDS["months"].split()[later.month - 1]
        )
    else:
        text = {
            "basics": dice.pick(phrases.basics),
            "introduced": dice.pick(c.links),
            "business": "yes",
            "by": c.rep,
        }.get(key, text)
    named = (
        named
        if key in ("need", "confirmed", "basics", "briefed", "absent", "got", "advice", "setback")
        else ""
    )
    word = dice.pick(row["ja" if ja else "en"])
    if key == "inbound":
        return f"- {word}"
    return f"- {word}{named}{'：' if ja and c.i % 2 else ': '}{text}" if text else ""


def entry(c: Client, phrases: Phrases, k: int) -> str:
    dice, day = c.dice, c.days[k]
    ja = c.japanese if dice(0.9) else not c.japanese
    here = [p for p in c.people if p.since <= day <= p.until]
    away, secret = k > 0 and k not in c.moves and dice(0.05), k not in c.moves and dice(0.0006)
    who = [] if away or not here else dice.shuffled(here)[: 1 + dice(0.22)]
    kind = ("電話" if ja else "call") if away else dice.pick(_KINDS_JA if ja else _KINDS)
    heads = f"## {_date(c, day, ja)} {kind}"
    if who and dice(0.93):
        heads += (
            " " + "、".join(p.name + "様" for p in who) + "と" * dice(0.6)
            if ja
            else " with " + ", ".join(p.name for p in who)
        )
    elif not away and dice(0.4):
        heads += " – " + dice.pick(phrases.titles[ja])
    if away:
        return f"{heads}\n\n- {'不在' if ja else 'unanswered'}\n"
    c.answered = day
    out = [heads + " #private" * secret, *_prose(c, phrases, k, ja)]
    keys = [] if secret else [key for key, row in WORDS["lines"].items() if dice(row["share"])]
    lines = [_line(c, phrases, key, day, who, ja) for key in keys]
    lines += [f"- {'段階' if ja else 'stage'}: {c.moves[k]}"] if k in c.moves else []
    return "\n\n".join([*out, "\n".join(filter(None, lines))] if any(lines) else out) + "\n"


def note(i: int, clients: int, seed: int, phrases: Phrases) -> tuple[str, str]:
    """The i-th client: its path below `content/clients`, and the note."""
    dice = Dice(seed, i)
    at = int(dice.rnd() * len(REPS))
    c = Client(i, dice, name_of(i, seed), REPS[at], at % 3 == 1, days_of(dice, i))
    c.people = people_of(c, i % 200 == 77) if not dice(0.04) else []
    for _ in range(5):
        other = name_of(int(dice.rnd() * clients), seed)
        q = dice.rnd()
        shown = (
            f"{other.name}|{other.name.split()[0]}"
            if q < 0.06
            else other.native
            if q < 0.18
            else other.alias
            if q < 0.25
            else ""
        )
        c.links.append(f"[[{shown or other.name}]]")
    draw = dice.upto(0, 99)
    c.stage = "" if dice(0.04) else next(s for s, most in zip(STAGES, _SHARES, strict=True) if draw < most)
    path = [] if not c.stage else STAGES[1 : STAGES.index(c.stage) + 1] if c.stage in CADENCE else [c.stage]
    if len(c.days) > 2 * len(path) and dice(0.6):
        c.moves = {(k + 1) * len(c.days) // (len(path) + 1): stage for k, stage in enumerate(path)}
    entries = [entry(c, phrases, k) for k in range(len(c.days))]
    if dice(0.7):
        entries.reverse()
    at = int(dice.rnd() * (len(phrases.said[c.japanese]) - 2))
    intro = [("" if c.japanese else " ").join(phrases.said[c.japanese][at : at + 2]) + "\n"] * dice(0.7)
    intro += [
        ("## 2026年度計画" if c.japanese else "## Background")
        + f"\n\n{dice.pick(phrases.said[c.japanese])}\n"
    ] * dice(0.05)
    if c.names.bare:
        return f"{c.rep}/{c.names.stem}.md", "\n".join(
            [f"# {c.names.name}\n", *intro, *([] if c.moves else entries)]
        )
    return f"{c.rep}/{c.names.stem}.md", "---\n" + "\n".join(head(c, phrases)) + "\n---\n" + "\n".join(
        intro + entries
    )


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
        area = WORDS["areas"][at % 16]
        yield (
            f"content/reps/{rep}.md",
            f"---\nname: {rep.title()}\narea: {area}\n---\n{rep.title()} goes to {area}.\n",
        )
    for row in WORDS["solutions"]:
        stem, name, native, level, answers = (part.strip() for part in row.split("|"))
        top = f"---\nname: {name}\nnative: {native}\nlevel: {level}\nanswers: [{answers}]\n---\n"
        yield f"content/solutions/{stem}.md", f"{top}{name}, in one day.\n\n- for whom: everyone\n"
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
