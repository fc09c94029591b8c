"""R9, introductions worth making: whose offer meets whose need.

Article A (the perseverance test), point 6: where a sale wants one more push, don't cut the price; bring them
somebody who may become a client of their own. You are out so much that you have surely met one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import NamedTuple, overload

from sitegen.config import Config
from sitegen.doctrine.closeness import Near, place
from sitegen.doctrine.introduced import Made
from sitegen.doctrine.phrases import Meaning, Thesaurus, thesaurus
from sitegen.doctrine.who_says import Said, WhoSays
from sitegen.records import dataclass

ENOUGH = 5
"""Partners that are told for one word of one client: nobody makes more introductions than that at a time."""
NEAREST, GAINS = 3, 2
"""Introductions that a client's own page tells, and that its brief has as gifts."""
BY = attrgetter("by")
"""How near a client is to business, as `Near` tells it."""


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


class Few(NamedTuple):
    """What pages tell of one client's introductions."""

    nearest: tuple[Introduction, ...] = ()
    """The first few."""
    gains: tuple[Introduction, ...] = ()
    """The first few of those that the client would gain by, then of those that it would help others by."""
    total: int = 0


def few(key: str, found: Sequence[Introduction]) -> Few:
    """Of all introductions that the client of this key has a part in."""
    gains = sorted(found, key=lambda one: one.offerer != key)
    return Few(tuple(found[:NEAREST]), tuple(gains[:GAINS]), len(found))


class Ranked(Sequence[Introduction]):
    """Introductions in their order, each told when it is asked for: most are only counted."""

    def __init__(self, ranks: Sequence[int], told: Callable[[int], Introduction]) -> None:
        """`told` gives that of a rank; see `Order`."""
        self._ranks, self._told = ranks, told

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ranks)

    @overload
    def __getitem__(self, which: int) -> Introduction: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Introduction, ...]: ...
    def __getitem__(self, which: int | slice) -> Introduction | tuple[Introduction, ...]:
        """One or some of them."""
        if isinstance(which, slice):
            return tuple(map(self._told, self._ranks[which]))
        return self._told(self._ranks[which])


@dataclass(frozen=True, slots=True)
class Introductions:
    """All of them, across clients."""

    open: Sequence[Introduction] = ()
    """Worth making; those first whose nearer side is nearest to business."""
    few: Mapping[str, Few] = field(default_factory=dict)
    """By client what pages tell of those of `open` that it has a part in; see `few`."""


def introductions(nearness: Iterable[Near], made: tuple[Made, ...], cfg: Config) -> Introductions:
    """Offers that meet seeks across all clients but the dropped, by the words of both. `made`: those made already.

    Linear: words are looked up, never compared pair by pair, and each word of a client is given its
    nearest partners only.
    """
    order = Order(sorted(filter(talks, nearness), key=BY))
    met = _met(order.talking, introduced(made), thesaurus(cfg.synonyms))
    many = len(order.talking)
    ends: list[list[int]] = [[] for _ in order.talking]
    ranks = []
    for pair in met:
        seeker, offerer = divmod(pair, many)
        rank = order.rank_of(seeker, offerer)
        ranks.append(rank)
        ends[seeker].append(offerer * 2 + rank % 2)
        ends[offerer].append(seeker * 2 + rank % 2)
    ranks.sort()
    keys = [one.by[4] for one in order.talking]

    def told(seeker: int, offerer: int) -> Introduction:
        return Introduction(keys[seeker], keys[offerer], *met[seeker * many + offerer])

    def seen(number: int, end: int) -> Introduction:
        other = end >> 1
        return told(other, number) if _offers(number, end) else told(number, other)

    found = {keys[n]: _few(n, mine, partial(seen, n)) for n, mine in enumerate(ends) if mine}
    return Introductions(Ranked(ranks, lambda rank: told(*order.sides(rank))), found)


def _few(number: int, ends: list[int], seen: Callable[[int], Introduction]) -> Few:
    """As `few`, of the client with this number; of one other side comes first what the nearer of both offers."""
    ends.sort()
    gains = list(islice((end for end in ends if _offers(number, end)), GAINS))
    if len(gains) < GAINS:
        gains += [end for end in ends if not _offers(number, end)][: GAINS - len(gains)]
    return Few(tuple(map(seen, ends[:NEAREST])), tuple(map(seen, gains)), len(ends))


def _offers(number: int, end: int) -> bool:
    """Whether a client offers what the other one of this end seeks.

    An end is the number of that other one, doubled, and one more where what the farther of both offers is meant.
    """
    return (number < end >> 1) is not (end % 2 == 1)


def _met(
    talking: Sequence[Near], done: Mapping[str, Collection[str]], words: Thesaurus
) -> dict[int, tuple[str, str]]:
    """What is wanted and what is offered, by the numbers of both clients: the seeker's counts most."""
    offers, seeks = WhoSays(), WhoSays()
    meanings: dict[str, Meaning] = {}
    says: list[tuple[int, str, bool, str, Meaning]] = []
    for number, one in enumerate(talking):
        key = one.by[4]
        for mine, which, phrase, meaning in said_by(one, words, meanings):
            (offers if mine else seeks).add((number, which, key, phrase), meaning)
            says.append((number, key, mine, phrase, meaning))
    found: dict[int, tuple[str, str]] = {}
    for number, key, mine, phrase, meaning in says:
        for other, _, _, said in nearest(
            key, (seeks if mine else offers).meeting(meaning), done.get(key, ())
        ):
            if mine:
                found.setdefault(other * len(talking) + number, (said, phrase))
            else:
                found.setdefault(number * len(talking) + other, (phrase, said))
    return found


def said_by(
    one: Near, words: Thesaurus, meanings: dict[str, Meaning]
) -> Iterator[tuple[bool, int, str, Meaning]]:
    """What a client says that means something: whether it is an offer, which of them, the phrase, its meaning.

    `meanings` holds those of phrases that were said before.
    """
    for mine, phrases in ((True, one.offers), (False, one.seeks)):
        for which, phrase in enumerate(phrases):
            meaning = meanings.get(phrase) or meanings.setdefault(phrase, words.meaning(phrase))
            if meaning.whole:
                yield mine, which, phrase, meaning


def introduced(made: Iterable[Made]) -> dict[str, set[str]]:
    """Client → to whom it was introduced."""
    done: dict[str, set[str]] = {}
    for one in made:
        done.setdefault(one.given_to, set()).add(one.other)
        done.setdefault(one.other, set()).add(one.given_to)
    return done


def talks(one: Near) -> bool:
    """Whether a client has something to talk about."""
    return bool(one.offers or one.seeks) and one.stage != "dropped"


class Order:
    """The order of clients, the nearest first, and that of introductions between them."""

    def __init__(self, talking: Sequence[Near]) -> None:
        """`talking` in their order."""
        self.talking = talking
        self.at = {one.key: number for number, one in enumerate(talking)}
        self._places = [place(one.stage) for one in talking]

    def place(self, key: str) -> int:
        """Which one a client is; who is gone comes last."""
        return self.at.get(key, len(self.at))

    def rank(self, one: Introduction) -> int:
        """Where an introduction stands; see `rank_of`."""
        return self.rank_of(self.at[one[0]], self.at[one[1]])

    def rank_of(self, seeker: int, offerer: int) -> int:
        """By the nearer side; of equals the offerer's, who wins a client by it, which makes an even number.

        Both sides by their closeness, which is by stage first: the nearer one's stage is the nearer stage. One number
        is compared more quickly than the five of which it is made.
        """
        places = self._places
        first, second = (seeker, offerer) if seeker < offerer else (offerer, seeker)
        stages = places[first] * 2 + (places[offerer] != places[first])
        return ((stages * len(places) + first) * len(places) + second) * 2 + (offerer != first)

    def sides(self, rank: int) -> tuple[int, int]:
        """Seeker and offerer of what stands at this rank."""
        rank, helped = divmod(rank, 2)
        rank, second = divmod(rank, len(self._places))
        first = rank % len(self._places)
        return (first, second) if helped else (second, first)

    def seen_from(self, key: str) -> Callable[[Introduction], tuple[int, int]]:
        """The order of one client's introductions: the nearest other side first; of one side the higher rank."""
        rank, at = self.rank, self.at
        return lambda one: (at[one[1] if one[0] == key else one[0]], rank(one))


def nearest(key: str, others: Iterable[Said], done: Collection[str]) -> Iterator[Said]:
    """The first few that are somebody else and not introduced yet."""
    fit = (one for one in others if one[2] != key and one[2] not in done)
    return islice(fit, ENOUGH)
