"""Who a generated client is: names, people, days of contact, and the front matter that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.phrases import GIVEN, REGIONS, REPS, SURNAMES, TRADES, WORDS, Dice, Phrases

TODAY = dt.date(2026, 11, 20)
CADENCE = {"approach": 30, "wtt": 30, "possible": 14, "probable": 7, "won": 30}
"""Days until the next contact falls due, by stage; the others have none. The peers' sites hold the same table."""
STAGES = ["approach", "wtt", "possible", "probable", "won", "resting", "dropped"]
_HANDED = dt.date(2026, 4, 1)


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
    kanji, kana, latin = (
        "".join(p[0] for p in parts),
        "".join(p[1] for p in parts),
        " ".join(filter(None, (p[2] for p in parts))),
    )
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


def workday(day: dt.date) -> dt.date:
    return day - dt.timedelta(max(0, day.weekday() - 4))


def days_of(dice: Dice, i: int) -> list[dt.date]:
    long = i % 200 == 77
    count = (
        200 if long else 0 if dice(0.015) else 3 + int(35 * (dice.rnd() + dice.rnd() + dice.rnd() / 2) / 3)
    )
    days, day = [], TODAY - dt.timedelta(1 + int(50 * dice.rnd() ** 2))
    for _ in range(count):
        days.append(workday(day))
        day = days[-1] - dt.timedelta(dice.upto(1, 36 if long else 80))
    return sorted(set(days))


def people_of(c: Client, long: bool) -> list[Person]:
    dice, out = c.dice, list[Person]()

    def add(
        role: str, level: str, since: dt.date | None = None, until: dt.date | None = None, year: str = ""
    ) -> None:
        s, g = dice.pick(SURNAMES), dice.pick(GIVEN)
        name = s[0] + g[0] if c.japanese else f"{s[2]} {g[2]}"
        if any(name == p.name for p in out):
            return
        row = (
            f"  - {{name: {name}"
            + (f", reading: {s[1]}{g[1]}" if c.japanese or dice(0.3) else "")
            + f", role: {role}"
        )
        row += (f", level: {level}" if dice(0.85) else "") + (f", since: {since:%Y-%m}" if since else year)
        row += (f", until: {until:%Y-%m}" if until else "") + (
            f", email: {g[2].lower()}@example.jp}}" if dice(0.12) else "}"
        )
        out.append(Person(name, row, since or dt.date.min, until or dt.date.max))

    if long or dice(0.75):
        add(
            dice.pick(WORDS["top"]),
            "strategic",
            year=f", since: {dice.upto(2008, 2019)}" if dice(0.5) else "",
        )
    first = c.days[0] if c.days else TODAY
    if long or dice(0.2):  # one chair, held by one after another
        role = dice.pick(WORDS["chairs"])
        years = sorted({dice.upto(min(first.year + 1, 2026), 2026) for _ in range(4 if long else 1)})
        for a, b in zip([None, *years], [*years, None], strict=True):
            add(role, "working", dt.date(a, 4, 1) if a else None, dt.date(b, 3, 31) if b else None)
    for _ in range(dice.upto(0 if out else 1, 2)):
        add(dice.pick(WORDS["chairs"]), "working")
    return out


def head(c: Client, phrases: Phrases) -> Iterator[str]:
    dice, names = c.dice, c.names
    active = c.stage in CADENCE
    here = [p.name for p in c.people if p.until == dt.date.max]
    yield f"name: {names.name}"
    yield from (
        f"{key}: {value}"
        for key, value in (("native", names.native), ("reading", names.reading))
        if value and dice(0.95)
    )
    yield from [f"stage: {c.stage}"] * bool(c.stage) + [f"owner: {c.rep}"] * dice(0.12)
    if len(c.days) > 4 and c.days[0] < _HANDED and (dice(0.6) if c.rep == REPS[1] else dice(0.02)):
        yield f"handover: [{{from: {WORDS['left'] if c.rep == REPS[1] else REPS[c.i % 7 + 7]}, date: {_HANDED}}}]"
    if c.answered and dice(0.93):
        yield f"last_visit: {c.answered}"
    if dice(0.3) and c.days:
        yield f"since: {c.days[0] - dt.timedelta(dice.upto(30, 900)):%Y-%m}"
    yield from [f"visits_before: {dice.upto(1, 12)}"] * dice(0.2) + [
        f"size: {dice.pick(('large', 'mid', 'mid', 'small'))}"
    ] * dice(0.85)
    prestige, product = dice(0.1), dice.pick(WORDS["products"])
    yield from ["prestige: true"] * prestige
    if dice(0.36):
        links = [
            f'"[[{b}]]"' if dice(0.7) else f"{{name: {b}, size: large}}"
            for b in {dice.ranked(phrases.backers): 0, dice.ranked(phrases.backers): 0}
        ]
        yield f"backers: [{', '.join(links)}]"
    yield from [f"area: {dice.pick(WORDS['areas'])}"] * dice(0.8)
    yield from [f"address: {dice.upto(1, 9)}-{dice.upto(1, 30)} {dice.pick(WORDS['towns'])}"] * dice(0.5)
    yield from [f"phone: 0{dice.upto(3, 9)}-{dice.upto(1000, 9999)}-{dice.upto(1000, 9999)}"] * dice(0.6)
    yield from [f"product: {product}"] * dice(0.6) + [f"value: {dice.upto(2, 300) * 100000}"] * dice(0.35)
    if c.stage == "won" and dice(0.4):
        free = str(prestige).lower()
        yield f"reference: {{product: {product}, free: {free}, visits: true, since: 2025-04, benefit: fewer leave}}"
    if c.people:
        yield "people:\n" + "\n".join(p.row for p in c.people)
    for key, share in (("offers", 0.58), ("seeks", 0.55)):
        things = {dice.pick(phrases.goods): 0 for _ in range(dice.upto(1, 2))}
        yield from [f"{key}: [{', '.join(things)}]"] * dice(share)
    yield from ["gifts: false"] * dice(0.03) + [f"tags: [{dice.pick(WORDS['tags'])}]"] * dice(0.4)
    yield from ["private: true"] * dice(0.005) + [f"aliases: [{names.alias}]"] * bool(names.alias)
    if active and here and dice(0.155):
        people = [*here[:2], *[dice.pick(WORDS["foreign"])] * dice(0.3)]
        time = f"{dice.upto(9, 17)}:00"
        plan = workday(TODAY + dt.timedelta(3 + int(25 * dice.rnd() ** 2)))
        step = f", step: {dice.pick(phrases.lines['promise'][False])}" if dice(0.7) else ""
        yield f'next: {{date: {plan}, time: "{time}", kind: meeting, with: [{", ".join(people)}]{step}}}'
    elif active and dice(0.08):
        yield f"wait_until: {TODAY + dt.timedelta(dice.upto(20, 170)):%Y-%m}"
