"""R9, introductions worth making: whose offer meets whose need.

Article A (the perseverance test), point 6: where a sale wants one more push, don't cut the price; bring them
somebody who may become a client of their own. You are out so much that you have surely met one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from sitegen.config import Config
from sitegen.doctrine.closeness import Near, place
from sitegen.doctrine.introduced import Made
from sitegen.doctrine.phrases import Meaning, Thesaurus, thesaurus
from sitegen.records import dataclass

ENOUGH = 5
"""Partners that are told for one word of one client: nobody makes more introductions than that at a time."""
_Said = tuple[str, str]
"""A client's key, and its phrase."""
_BY = attrgetter("by")


class Introduction(NamedTuple):
    """Two clients who have something to talk about."""

    seeker: str
    """Key of the client that seeks something."""
    offerer: str
    """Key of the one that offers it, and would win a client by it."""
    wanted: str
    """As the seeker's note says it."""
    offered: str
    """As the other's note says it; both may be written in different languages."""


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


def introductions(nearness: Iterable[Near], made: tuple[Made, ...], cfg: Config) -> Introductions:
    """Offers that meet seeks across all clients but the dropped, by the words of both. `made`: those made already.

    Linear: words are looked up, never compared pair by pair, and each word of a client is given its
    nearest partners only.
    """
    talking = [one for one in nearness if (one.offers or one.seeks) and one.stage != "dropped"]
    talking.sort(key=_BY)
    near = {one.key: number for number, one in enumerate(talking)}
    done: dict[str, set[str]] = {}
    for one in made:
        done.setdefault(one.given_to, set()).add(one.other)
        done.setdefault(one.other, set()).add(one.given_to)
    found: dict[tuple[str, str], Introduction] = {}
    for seeker, offerer, wanted, offered in _matches(talking, thesaurus(cfg.synonyms), done):
        if (seeker, offerer) not in found:
            found[seeker, offerer] = Introduction(seeker, offerer, wanted, offered)
    places = [place(one.stage) for one in talking]
    sides = [(near[seeker], near[offerer]) for seeker, offerer in found]
    ranks = [_rank(seeks, offers, places) for seeks, offers in sides]
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    every = list(found.values())
    ranked = [every[number] for number in order]
    of: list[list[tuple[int, int]]] = [[] for _ in talking]
    for number, at in enumerate(order):
        seeks, offers = sides[at]
        of[seeks].append((offers, number))
        of[offers].append((seeks, number))
    # the nearest other side first; of one side the higher rank
    by_client = {
        one.key: tuple([ranked[number] for _, number in sorted(mine)])
        for one, mine in zip(talking, of, strict=True)
        if mine
    }
    return Introductions(tuple(ranked), made, by_client)


def _rank(seeker: int, offerer: int, places: Sequence[int]) -> int:
    """By the nearer side; of equals the offerer's, who wins a client by it.

    Both sides by their closeness, which is by stage first: the nearer one's stage is the nearer stage. One number is
    compared more quickly than the four of which it is made.
    """
    first, second = (seeker, offerer) if seeker < offerer else (offerer, seeker)
    other = places[offerer] != places[first]
    return ((places[first] * 2 + other) * len(places) + first) * len(places) + second


class _Words:
    """Who says what: phrases of one side by what they may be met by, the nearest client first."""

    def __init__(self) -> None:
        """Nobody says anything yet."""
        self.whole: dict[str, list[_Said]] = {}
        self.parts: dict[str, list[_Said]] = {}
        self._meeting: dict[Meaning, _Once] = {}

    def add(self, said: _Said, meaning: Meaning) -> None:
        """Clients come in their order."""
        self.whole.setdefault(meaning.whole, []).append(said)
        for part in meaning.parts:
            self.parts.setdefault(part, []).append(said)

    def meeting(self, meaning: Meaning) -> Iterator[_Said]:
        """Those that say the same, then those that say it more exactly, then less exactly; each client once.

        For when everybody has been added: what one word is met by is told to all that say it.
        """
        found = self._meeting.get(meaning)
        if found is None:
            found = self._meeting[meaning] = _Once(self._all(meaning))
        return iter(found)

    def _all(self, meaning: Meaning) -> Iterator[_Said]:
        yield from self.whole.get(meaning.whole, ())
        yield from self.parts.get(meaning.whole, ())
        for part in sorted(meaning.parts, key=lambda p: (-len(p), p)):
            yield from self.whole.get(part, ())


class _Once:
    """The first that each client says, found out as far as somebody asks."""

    def __init__(self, said: Iterator[_Said]) -> None:
        """`said` as it comes."""
        self._said = said
        self._seen: set[str] = set()
        self._found: list[_Said] = []

    def __iter__(self) -> Iterator[_Said]:
        """From the first."""
        yield from self._found
        for one in self._said:
            if one[0] not in self._seen:
                self._seen.add(one[0])
                self._found.append(one)
                yield one


def _matches(
    clients: Sequence[Near], words: Thesaurus, done: Mapping[str, set[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Seeker, offerer, and the words of both. `done`: client → to whom it was introduced."""
    offers, seeks = _Words(), _Words()
    told: list[tuple[bool, str, str, Meaning]] = []
    meanings: dict[str, Meaning] = {}
    for client in clients:
        for mine, phrases, side in ((True, client.offers, offers), (False, client.seeks, seeks)):
            for phrase in phrases:
                meaning = meanings.get(phrase) or meanings.setdefault(phrase, words.meaning(phrase))
                if meaning.whole:
                    side.add((client.key, phrase), meaning)
                    told.append((mine, client.key, phrase, meaning))
    for mine, key, phrase, meaning in told:
        others = (seeks if mine else offers).meeting(meaning)
        for other, said in _nearest(key, others, done.get(key, ())):
            yield (other, key, said, phrase) if mine else (key, other, phrase, said)


def _nearest(key: str, others: Iterable[_Said], done: Collection[str]) -> Iterator[_Said]:
    """The first few that are somebody else and not introduced yet."""
    fit = (one for one in others if one[0] != key and one[0] not in done)
    return islice(fit, ENOUGH)
