"""Whether a heading says that nobody answered: `電話 不在`, `訪問 佐藤社長、不在`, `call with Sato Ken, unanswered`.

Only a word that stands for itself says so. 佐藤社長不在 says that of one person: if somebody else was there, they
were met. In 担当者不在 it may be meant, so it is asked.
"""

from __future__ import annotations

import re

from sitegen.notes.vocabulary import HONORIFICS, TITLES, UNANSWERED
from sitegen.records import dataclass

_JAPANESE = "|".join(sorted((word for word in UNANSWERED if not word.isascii()), key=len, reverse=True))
_ENGLISH = "|".join(sorted((word for word in UNANSWERED if word.isascii()), key=len, reverse=True))
_MAY = re.compile(f"{_JAPANESE}|{_ENGLISH}", re.IGNORECASE)
_EDGE = r"\s　、，,。．.・（）()：:–—―"
_END = rf"(?=$|[{_EDGE}])"
_HONOR = "|".join(map(re.escape, sorted((*HONORIFICS, *TITLES), key=len, reverse=True)))
_BARE = re.compile(
    rf"(?:(?<=[{_EDGE}])|^)[ごお]?(?:{_JAPANESE})(?:です|でした)?{_END}"
    rf"|を?(?:する|した|しました)(?:も|が|ところ)[、，]?(?:{_JAPANESE}){_END}"
    rf"|(?:^|(?<=[,;(（、–—―:：])|(?<=\s-\s))\s*(?:{_ENGLISH})\s*(?=$|[.,;)）、–—―:：]|-\s)",
    re.IGNORECASE,
)
_AT_END = re.compile(rf"\s(?:{_ENGLISH})\s*$", re.IGNORECASE)
_WITH = re.compile(r"(?:^|\s)with\s", re.IGNORECASE)
_DASH = re.compile("[–—―:]")
_NAMED = re.compile(
    rf"(?:(?<=[{_EDGE}])|^)(?P<name>[^{_EDGE}]*?(?:{_HONOR})(?:様|さん)?)(?P<word>[はがも]?[ごお]?(?:{_JAPANESE})){_END}"
)
_UNCLEAR = re.compile(rf"(?:(?<=[{_EDGE}])|^)[^{_EDGE}]+(?:{_JAPANESE}){_END}")
_MET = re.compile(r"(?<![\s　])と(?:[\s　]|$|の)|[様氏長ん]と|(?:^|\s)with\s", re.IGNORECASE)
_FIRST = re.compile(rf"(?:{_JAPANESE}|{_ENGLISH})[\s　]+", re.IGNORECASE)
_LEFT_OVER = re.compile(r"[（(]\s*[)）]|[、，,;；]\s*(?=[、，,;；)）]|$)|^\s*[、，,;；]\s*")
_IN_BRACKETS = re.compile(r"[（(](?P<inside>[^()（）]*)[)）]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a heading says of an answer."""

    answered: bool = True
    away: str = ""
    """The name, as written, of one person who was not there; empty where the word stands for itself."""
    word: str = ""
    """What was said of that person."""
    unclear: str = ""
    """A word that may say that nobody answered."""


_YES = Answer()


def away_first(rest: str) -> int:
    """How many characters a heading gives, before all else, to say that nobody answered: `unanswered call`."""
    found = _FIRST.match(rest)
    return found.end() if found else 0


def read_answer(text: str) -> tuple[str, Answer]:
    """A heading after its kind → what is left of it, and what it says of an answer."""
    if not _MAY.search(text):
        return text, _YES
    bare = _BARE.search(text)
    if bare and not _MET.search(text, bare.end()):
        return _without(text, bare.span()), Answer(answered=False)
    end = _AT_END.search(text)
    with_ = _WITH.search(text, 0, end.start() + 1) if end else None
    if end and with_ and not _DASH.search(text, with_.end(), end.start()):
        return _without(text, end.span()), Answer(answered=False)
    named = None if bare else _NAMED.search(text)
    if named:
        return _without(text, named.span()), Answer(away=named["name"], word=named["word"])
    unclear = bare or _UNCLEAR.search(text)
    return text, Answer(unclear=unclear[0]) if unclear else _YES


def _without(text: str, span: tuple[int, int]) -> str:
    """The text without a part, and without the commas and brackets that nothing stands beside any more."""
    left = f"{text[: span[0]].rstrip(' 　')} {text[span[1] :].lstrip(' 　')}".strip(" 　。.–—―-：:")
    before = ""
    while left != before:
        before, left = left, _LEFT_OVER.sub("", left).strip(" 　")
    whole = _IN_BRACKETS.fullmatch(left)
    return whole["inside"].strip(" 　") if whole else left
