"""R9, introductions again after a save: only who is met by clients that became others is looked at.

Article A (the perseverance test), point 6, as in `introductions.py`; a preview goes on from what it found before.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Set
from itertools import compress
from operator import is_not

from sitegen.config import Config
from sitegen.doctrine.closeness import Near
from sitegen.doctrine.introduced import Made
from sitegen.doctrine.introductions import (
    BY,
    Few,
    Introduction,
    Introductions,
    Order,
    few,
    introduced,
    introductions,
    nearest,
    said_by,
    talks,
)
from sitegen.doctrine.phrases import Meaning, thesaurus
from sitegen.doctrine.who_says import Said, WhoSays

FEW = 100
"""So many clients may have become others for what was found before to be gone on from."""
_Pair = tuple[str, str]
"""Seeker and offerer."""


class Introducing:
    """Finds introductions, and again when some clients became others: then it looks only at who is met by these."""

    def __init__(self) -> None:
        """Nobody is known yet."""
        self._talking = _Talking()
        self._begin(())

    def _begin(self, synonyms: Iterable[Iterable[str]]) -> None:
        self._ready = False
        self._synonyms, self._words = synonyms, thesaurus(synonyms)
        self._meanings: dict[str, Meaning] = {}
        self._near: dict[str, Near] = {}
        self._order = Order(())
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
        else:
            self.get_ready()
        was = self._done
        done = was if made == self._made else introduced(made)
        last, order = self._order, Order(talking)
        self._near, self._made, self._done, self._order = near, made, done, order
        if anew:
            return introductions(talking, made, cfg)
        others = () if done is was else {*done, *was}
        self._find_again(set(changed), {key for key in others if done.get(key) != was.get(key)}, order, last)
        return Introductions(tuple(self._ranked), dict(self._few))

    def get_ready(self) -> None:
        """Finds what it goes on from when some clients became others, if it has not."""
        if self._ready:
            return
        self._ready, order = True, self._order
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

    def _find_again(self, changed: Set[str], others: Iterable[str], order: Order, last: Order) -> None:
        """The same where only these are no longer what they were, or were introduced to others than before.

        `last` is the order in which the introductions stand that were found before.
        """
        pairs: set[_Pair] = set()
        for key in sorted({*self._follow(changed), *others}, key=order.place):
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
        says = self._says.setdefault(key, [])
        for mine, which, phrase, meaning in said_by(client, self._words, self._meanings):
            said = client.by, which, key, phrase
            says.append((mine, said, meaning))
            self._side(mine).add(said, meaning)

    def _match(self, key: str) -> dict[_Pair, Introduction]:
        """What a client's own words lead to."""
        found: dict[_Pair, Introduction] = {}
        done = self._done.get(key, ())
        for mine, (_, _, _, phrase), meaning in self._says.get(key, ()):
            for _, _, other, said in nearest(key, self._others(mine).meeting(meaning), done):
                pair = (other, key) if mine else (key, other)
                if pair not in found:
                    found[pair] = Introduction(*pair, *((said, phrase) if mine else (phrase, said)))
        self._own[key] = found
        return found

    def _side(self, mine: bool) -> WhoSays:
        return self._offers if mine else self._seeks

    def _others(self, mine: bool) -> WhoSays:
        return self._seeks if mine else self._offers


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
            self._found = sorted(filter(talks, now), key=BY)
            return list(self._found)
        for was, _ in others:
            if talks(was):
                del self._found[bisect_left(self._found, was.by, key=BY)]
        for _, one in others:
            if talks(one):
                insort(self._found, one, key=BY)
        return list(self._found)
