"""R9, introductions worth making: whose offer meets whose need.

Article A (the perseverance test), point 6: where a sale wants one more push, don't cut the price; bring them
somebody who may become a client of their own. You are out so much that you have surely met one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from sitegen.config import Config
from sitegen.doctrine.closeness import closeness, place
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.introduced import Made, made_introductions
from sitegen.doctrine.phrases import Meaning, Thesaurus, thesaurus
from sitegen.model import Client, Network
from sitegen.records import dataclass

ENOUGH = 5
"""Partners that are told for one word of one client: nobody makes more introductions than that at a time."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two clients who have something to talk about."""

    seeker: str
    """Key of the client that seeks something."""
    offerer: str
    """Key of the one that offers it, and would win a client by it."""
    wanted: str
    """As the seeker's note says it."""
    offered: str
    """As the other's note says it; both may be written in different languages."""

    @property
    def pair(self) -> tuple[str, str]:
        """The two in one order, whoever seeks."""
        return pair(self.seeker, self.offerer)


@dataclass(frozen=True, slots=True)
class Introductions:
    """All of them, across clients."""

    open: tuple[Introduction, ...] = ()
    """Worth making; those first whose nearer side is nearest to business."""
    made: tuple[Made, ...] = ()
    """Made already, the newest first."""
    of: Mapping[str, tuple[Introduction, ...]] = field(default_factory=dict)
    """Client → those of `open` that it has a part in, those first whose other side is nearest to business."""

    def for_client(self, key: str) -> tuple[Introduction, ...]:
        """What you can introduce this client to."""
        return self.of.get(key, ())


def pair(one: str, other: str) -> tuple[str, str]:
    """Two keys in one order."""
    return (one, other) if one <= other else (other, one)


def introductions(
    clients: Iterable[Client], facts: Mapping[str, Facts], network: Network, cfg: Config, today: dt.date
) -> Introductions:
    """Offers that meet seeks across all clients but the dropped, by the words of both, and those made already.

    Linear: words are looked up, never compared pair by pair, and each word of a client is given its
    nearest partners only.
    """
    ordered = sorted((c for c in clients if c.stage != "dropped"), key=lambda c: closeness(c, facts[c.key]))
    near = {client.key: number for number, client in enumerate(ordered)}
    everyone = {client.key: client for client in clients}
    made = made_introductions(everyone, network, today)
    done = {m.pair for m in made}
    found: dict[tuple[str, str], Introduction] = {}
    for one in _matches(ordered, thesaurus(cfg.synonyms), done):
        found.setdefault((one.seeker, one.offerer), one)
    ranked = sorted(found.values(), key=lambda i: _rank(i, near, everyone))
    return Introductions(tuple(ranked), made, _by_client(ranked, near))


def _rank(one: Introduction, near: Mapping[str, int], clients: Mapping[str, Client]) -> tuple[int, ...]:
    """By the nearer side; of equals the offerer's, who wins a client by it."""
    sides = (one.offerer, one.seeker)
    first, second = sorted(near[side] for side in sides)
    stage = min(place(clients[side].stage) for side in sides)
    return stage, int(place(clients[one.offerer].stage) != stage), first, second


def _by_client(
    ranked: Sequence[Introduction], near: Mapping[str, int]
) -> dict[str, tuple[Introduction, ...]]:
    of: dict[str, list[tuple[int, int, Introduction]]] = {}
    for number, one in enumerate(ranked):
        of.setdefault(one.seeker, []).append((near[one.offerer], number, one))
        of.setdefault(one.offerer, []).append((near[one.seeker], number, one))
    return {key: tuple(one for _, _, one in sorted(found, key=lambda f: f[:2])) for key, found in of.items()}


@dataclass(frozen=True, slots=True)
class _Words:
    """Who says what: phrases of one side by what they may be met by, the nearest client first."""

    whole: dict[str, list[tuple[Client, str]]] = field(default_factory=dict)
    parts: dict[str, list[tuple[Client, str]]] = field(default_factory=dict)

    def add(self, client: Client, phrase: str, meaning: Meaning) -> None:
        self.whole.setdefault(meaning.whole, []).append((client, phrase))
        for part in meaning.parts:
            self.parts.setdefault(part, []).append((client, phrase))

    def meeting(self, meaning: Meaning) -> Iterator[tuple[Client, str]]:
        """Those that say the same, then those that say it more exactly, then less exactly."""
        yield from self.whole.get(meaning.whole, ())
        yield from self.parts.get(meaning.whole, ())
        for part in sorted(meaning.parts, key=lambda p: (-len(p), p)):
            yield from self.whole.get(part, ())


def _matches(
    clients: Sequence[Client], words: Thesaurus, done: set[tuple[str, str]]
) -> Iterator[Introduction]:
    offers, seeks = _Words(), _Words()
    told: list[tuple[bool, Client, str, Meaning]] = []
    for client in clients:
        for mine, phrases, side in ((True, client.offers, offers), (False, client.seeks, seeks)):
            for phrase in phrases:
                meaning = words.meaning(phrase)
                if meaning.whole:
                    side.add(client, phrase, meaning)
                    told.append((mine, client, phrase, meaning))
    for mine, client, phrase, meaning in told:
        others = (seeks if mine else offers).meeting(meaning)
        for other, said in _nearest(client, others, done):
            if mine:
                yield Introduction(other.key, client.key, said, phrase)
            else:
                yield Introduction(client.key, other.key, phrase, said)


def _nearest(
    client: Client, others: Iterable[tuple[Client, str]], done: set[tuple[str, str]]
) -> Iterator[tuple[Client, str]]:
    """The first few that are somebody else and not introduced yet."""
    seen: set[str] = {client.key}
    told = 0
    for other, said in others:
        if other.key in seen:
            continue
        seen.add(other.key)
        if pair(client.key, other.key) not in done:
            yield other, said
            told += 1
        if told == ENOUGH:
            return
