"""R9, introductions worth making: whose offer meets whose need.

Article A (the perseverance test), point 6: where a sale wants one more push, don't cut the price; bring them
somebody who may become a client of their own. You are out so much that you have surely met one.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from itertools import compress, islice
from operator import attrgetter, is_not
from typing import NamedTuple

from sitegen.config import Config
from sitegen.doctrine.closeness import Near, place
from sitegen.doctrine.introduced import Made
from sitegen.doctrine.phrases import Meaning, thesaurus
from sitegen.doctrine.who_says import Said, WhoSays
from sitegen.records import dataclass

ENOUGH = 5
"""Partners that are told for one word of one client: nobody makes more introductions than that at a time."""
NEAREST, GAINS = 3, 2
"""Introductions that a client's own page tells, and that its brief has as gifts."""
FEW = 100
"""So many clients may have become others for what was found before to be gone on from."""
_Pair = tuple[str, str]
"""Seeker and offerer."""
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


@dataclass(frozen=True, slots=True)
class Introductions:
    """All of them, across clients."""

    open: tuple[Introduction, ...] = ()
    """Worth making; those first whose nearer side is nearest to business."""
    of: Mapping[str, tuple[Introduction, ...]] = field(default_factory=dict)
    """Client → those of `open` that it has a part in, those first whose other side is nearest to business."""
    few: Mapping[str, Few] = field(default_factory=dict)
    """By client what pages tell of them."""


def introductions(nearness: Iterable[Near], made: tuple[Made, ...], cfg: Config) -> Introductions:
    """Offers that meet seeks across all clients but the dropped, by the words of both. `made`: those made already.

    Linear: words are looked up, never compared pair by pair, and each word of a client is given its
    nearest partners only.
    """
    return Introducing().found(nearness, made, cfg)


class Introducing:
    """Finds introductions, and again when some clients became others: then it looks only at who is met by these."""

    def __init__(self) -> None:
        """Nobody is known yet."""
        self._talking = _Talking()
        self._begin(())

    def _begin(self, synonyms: Iterable[Iterable[str]]) -> None:
        self._synonyms, self._words = synonyms, thesaurus(synonyms)
        self._meanings: dict[str, Meaning] = {}
        self._near: dict[str, Near] = {}
        self._order = _Order(())
        self._made: tuple[Made, ...] = ()
        self._done: dict[str, set[str]] = {}
        self._offers, self._seeks = WhoSays(), WhoSays()
        self._says: dict[str, list[tuple[bool, Said, Meaning]]] = {}
        """By client: whether it is an offer, what is said, and what that can be met by."""
        self._own: dict[str, dict[_Pair, Introduction]] = {}
        """By client: those of its pairs that its own words led to."""
        self._pairs: dict[_Pair, Introduction] = {}
        self._ranked: list[Introduction] = []
        self._of: dict[str, tuple[Introduction, ...]] = {}
        self._few: dict[str, Few] = {}

    def found(self, nearness: Iterable[Near], made: tuple[Made, ...], cfg: Config) -> Introductions:
        """All that are worth making; see `introductions`."""
        talking = self._talking.of(nearness)
        near, before = {one.by[4]: one for one in talking}, self._near
        changed = [key for key, one in near.items() if one is not before.get(key) and one != before.get(key)]
        changed += before.keys() - near.keys()
        anew = cfg.synonyms != self._synonyms or not before or len(changed) > FEW
        if anew:
            self._begin(cfg.synonyms)
        was = self._done
        done = was if made == self._made else _done(made)
        last, order = self._order, _Order(talking)
        self._near, self._made, self._done, self._order = near, made, done, order
        if anew:
            self._find(order)
        else:
            others = () if done is was else {*done, *was}
            introduced = {key for key in others if done.get(key) != was.get(key)}
            self._find_again(set(changed), introduced, order, last)
        return Introductions(tuple(self._ranked), dict(self._of), dict(self._few))

    def _find(self, order: _Order) -> None:
        """All of them."""
        for key, one in self._near.items():
            self._take(key, one)
        found = self._pairs
        for key in self._near:
            for pair, match in self._match(key).items():
                found.setdefault(pair, match)
        self._ranked = sorted(found.values(), key=order.rank)
        of: dict[str, list[tuple[int, int]]] = {}
        at = order.at
        for number, (seeker, offerer, _, _) in enumerate(self._ranked):
            of.setdefault(seeker, []).append((at[offerer], number))
            of.setdefault(offerer, []).append((at[seeker], number))
        # the nearest other side first; of one side the higher rank
        self._of = {key: tuple([self._ranked[n] for _, n in sorted(mine)]) for key, mine in of.items()}
        self._few = {key: few(key, mine) for key, mine in self._of.items()}

    def _find_again(self, changed: Set[str], introduced: Iterable[str], order: _Order, last: _Order) -> None:
        """The same where only these are no longer what they were, or were introduced to others than before.

        `last` is the order in which the introductions stand that were found before.
        """
        pairs: set[_Pair] = set()
        for key in sorted({*self._follow(changed), *introduced}, key=order.place):
            pairs.update(self._own.pop(key, ()), self._match(key))
        gone: set[_Pair] = set()
        fresh: dict[str, list[Introduction]] = {}
        for pair in pairs:
            first, second = sorted(pair, key=order.place)
            now = self._own.get(first, {}).get(pair) or self._own.get(second, {}).get(pair)
            known = self._pairs.get(pair)
            if now == known and changed.isdisjoint(pair):
                continue
            gone.add(pair)
            if known:
                del self._ranked[bisect_left(self._ranked, last.rank(known), key=last.rank)]
            for end in pair:
                fresh.setdefault(end, []).extend([now] if now else [])
            if now:
                self._pairs[pair] = now
            else:
                self._pairs.pop(pair, None)
        for key, mine in fresh.items():
            self._of[key] = tuple(
                sorted(
                    [*(one for one in self._of.get(key, ()) if one[:2] not in gone), *mine],
                    key=order.seen_from(key),
                )
            )
            self._few[key] = few(key, self._of[key])
            if not self._of[key]:
                del self._of[key], self._few[key]
            for one in mine:
                if one.seeker == key:
                    insort(self._ranked, one, key=order.rank)

    def _follow(self, changed: Collection[str]) -> set[str]:
        """Takes clients as they are now; who says something that theirs meets, or met before, they themselves too."""
        met = set(changed)
        for key in changed:
            for mine, said, meaning in self._says.pop(key, ()):
                met |= self._others(mine).who(meaning)
                self._side(mine).remove(said, meaning)
        for key in changed:
            if key in self._near:
                self._take(key, self._near[key])
                for mine, _, meaning in self._says[key]:
                    met |= self._others(mine).who(meaning)
        return met

    def _take(self, key: str, client: Near) -> None:
        """What a client says."""
        says, meanings = self._says.setdefault(key, []), self._meanings
        for mine, phrases in ((True, client.offers), (False, client.seeks)):
            for number, phrase in enumerate(phrases):
                meaning = meanings.get(phrase) or meanings.setdefault(phrase, self._words.meaning(phrase))
                if meaning.whole:
                    said = client.by, number, key, phrase
                    says.append((mine, said, meaning))
                    self._side(mine).add(said, meaning)

    def _match(self, key: str) -> dict[_Pair, Introduction]:
        """What a client's own words lead to."""
        found: dict[_Pair, Introduction] = {}
        done = self._done.get(key, ())
        for mine, (_, _, _, phrase), meaning in self._says.get(key, ()):
            for _, _, other, said in _nearest(key, self._others(mine).meeting(meaning), done):
                pair = (other, key) if mine else (key, other)
                if pair not in found:
                    found[pair] = Introduction(*pair, *((said, phrase) if mine else (phrase, said)))
        self._own[key] = found
        return found

    def _side(self, mine: bool) -> WhoSays:
        return self._offers if mine else self._seeks

    def _others(self, mine: bool) -> WhoSays:
        return self._seeks if mine else self._offers


def _done(made: Iterable[Made]) -> dict[str, set[str]]:
    """Client → to whom it was introduced."""
    done: dict[str, set[str]] = {}
    for one in made:
        done.setdefault(one.given_to, set()).add(one.other)
        done.setdefault(one.other, set()).add(one.given_to)
    return done


class _Talking:
    """Who has something to talk about, the nearest first; taken up where few became others."""

    def __init__(self) -> None:
        self._all: list[Near] = []
        self._found: list[Near] = []

    def of(self, nearness: Iterable[Near]) -> list[Near]:
        """Those of all clients that offer or seek something and are not dropped."""
        now, before = list(nearness), self._all
        self._all = now
        others = list(compress(zip(before, now, strict=False), map(is_not, before, now)))
        if len(now) != len(before) or len(others) > FEW:
            self._found = sorted(filter(_talks, now), key=_BY)
            return list(self._found)
        for was, _ in others:
            if _talks(was):
                del self._found[bisect_left(self._found, was.by, key=_BY)]
        for _, one in others:
            if _talks(one):
                insort(self._found, one, key=_BY)
        return list(self._found)


def _talks(one: Near) -> bool:
    return bool(one.offers or one.seeks) and one.stage != "dropped"


class _Order:
    """The order of clients, the nearest first, and that of introductions between them."""

    def __init__(self, talking: Collection[Near]) -> None:
        """`talking` in their order."""
        self.at = {one.key: number for number, one in enumerate(talking)}
        self._places = [place(one.stage) for one in talking]

    def place(self, key: str) -> int:
        """Which one a client is; who is gone comes last."""
        return self.at.get(key, len(self.at))

    def rank(self, one: Introduction) -> int:
        """By the nearer side; of equals the offerer's, who wins a client by it.

        Both sides by their closeness, which is by stage first: the nearer one's stage is the nearer stage. One number
        is compared more quickly than the five of which it is made.
        """
        seeker, offerer, places = self.at[one[0]], self.at[one[1]], self._places
        first, second = (seeker, offerer) if seeker < offerer else (offerer, seeker)
        stages = places[first] * 2 + (places[offerer] != places[first])
        return ((stages * len(places) + first) * len(places) + second) * 2 + (offerer != first)

    def seen_from(self, key: str) -> Callable[[Introduction], tuple[int, int]]:
        """The order of one client's introductions: the nearest other side first; of one side the higher rank."""
        rank, at = self.rank, self.at
        return lambda one: (at[one[1] if one[0] == key else one[0]], rank(one))


def _nearest(key: str, others: Iterable[Said], done: Collection[str]) -> Iterator[Said]:
    """The first few that are somebody else and not introduced yet."""
    fit = (one for one in others if one[2] != key and one[2] not in done)
    return islice(fit, ENOUGH)
