"""Which kind of entry a heading tells of: by its first word, or by the word that it is put together with.

    電話 加藤様        a word of the table
    電話にて加藤様、電話連絡、オンライン面談、メール返信なし    one that goes on
    初回訪問、お礼メール、佐藤社長に電話、short call with Ito    one that it ends with

Whoever reads 電話不在 as a visit gives a stamp for a call that nobody answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.notes.vocabulary import UNANSWERED, Kind
from sitegen.records import dataclass
from sitegen.text import fold

_LEAD = re.compile(r"[\s　]*(?:[-–—―:：、,]+[\s　]*)?")
_TOKEN = re.compile(r"[^\s　、，,:：()（）–—―・「『]+")
_LATIN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_JOINED = re.compile(r"[・&＆+＋](?P<second>[^\s　、，,:：()（）–—―・「『]+)")
_WORD = re.compile(r"[A-Za-z0-9'-]+")
_TITLE_NEXT = re.compile(r"[\s　]*[-–—―:：]")
"""A dash or colon right after the kind begins the title, so it must stay."""
_BY = re.compile(r"(?:にて|で)(?!す)[\s　]*")
"""By phone, online, at a fair: 電話にて, オンラインで, 展示会で."""
_GOES_ON = (
    "連絡",
    "対応",
    "報告",
    "送付",
    "参加",
    "出席",
    "送信",
    "受信",
    "返信",
    "会議",
    "あり",
    "有り",
    "する",
    "した",
    "いただく",
)
"""What a kind's word is put together with and stays what it is: 電話連絡, メール送付, 電話あり."""
_ENDS = re.compile(rf"(?:を)?(?:にて|で|{'|'.join(_GOES_ON)})$")
_AWAY = tuple(word for word in UNANSWERED if not word.isascii())
_NOUNS = frozenset(
    (
        "visit",
        "meeting",
        "call",
        "email",
        "e-mail",
        "mail",
        "letter",
        "postcard",
        "seminar",
        "lunch",
        "dinner",
        "fax",
        "message",
    )
)
"""What an English heading of a few words may end with: `short call`. `new product line` is no message."""
_NO_ENDING = frozenset(
    (
        "a",
        "about",
        "after",
        "against",
        "at",
        "before",
        "by",
        "during",
        "for",
        "from",
        "in",
        "no",
        "not",
        "of",
        "on",
        "re",
        "the",
        "to",
    )
)
_FEW = 4
_LONGEST = 40
"""Characters of a kind's word, so that a long line costs no more than a short one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A kind and what is left of the heading."""

    kind: Kind | None
    left: str
    said: str = ""
    """The word that told it, where it says more than its kind: it belongs to the title."""


def led(rest: str) -> str:
    """A text without the spaces and the dash or colon that it begins with."""
    lead = _LEAD.match(rest)
    return rest[lead.end() :] if lead else rest


def first_kind(rest: str, kinds: Mapping[str, Kind]) -> Taken:
    """The kind whose word a heading begins with; `kinds`: folded word → kind."""
    token = _TOKEN.match(rest)
    if not token:
        return Taken(None, rest)
    if kind := kinds.get(fold(token[0])):
        return _also(kind, rest, token.end(), kinds)
    taken = Taken(None, rest) if token[0].isascii() else _going_on(token[0], rest, kinds)
    latin = None if taken.kind else _LATIN.match(rest)
    if latin and (kind := kinds.get(fold(latin[0]))):
        return Taken(kind, _after(rest[latin.end() :]))
    return taken


def last_kind(rest: str, kinds: Mapping[str, Kind]) -> Taken:
    """The kind whose word the heading's first words end with."""
    if rest.isascii():
        return _english(rest, kinds)
    token = _TOKEN.match(rest)
    if not token or token[0].isascii():
        return Taken(None, rest)
    said, away = token[0], next((word for word in _AWAY if token[0].endswith(word)), "")
    said = said.removesuffix(away)
    cut = _ENDS.search(said)
    word = said[: cut.start()] if cut else said
    folded = _folded(word)
    for size in range(min(len(folded) - 1, _LONGEST), 1, -1):
        kind = kinds.get(folded[-size:])
        # A plant that they showed us is no reference site that we showed them.
        if kind and kind.key != "showcase" and not word[-size - 1].isascii():
            return Taken(kind, away + _after(rest[token.end() :]), said)
    return Taken(None, rest)


def _after(left: str) -> str:
    return left if _TITLE_NEXT.match(left) else led(left)


def _also(kind: Kind, rest: str, end: int, kinds: Mapping[str, Kind]) -> Taken:
    """`phone call`, `online meeting`: the second word says nothing more. 訪問・面談: it stands in the title."""
    joined = _JOINED.match(rest, end)
    if joined and fold(joined["second"]) in kinds:
        return Taken(kind, _after(rest[joined.end() :]), rest[: joined.end()])
    left = _after(rest[end:])
    latin = None if kind.face_to_face else _LATIN.match(left)
    return Taken(kind, _after(left[latin.end() :]) if latin and fold(latin[0]) in kinds else left)


def _going_on(token: str, rest: str, kinds: Mapping[str, Kind]) -> Taken:
    folded = _folded(token)
    for size in range(min(len(folded) - 1, _LONGEST), 1, -1):
        kind, on = kinds.get(folded[:size]), token[size:]
        if not kind:
            continue
        if by := _BY.match(on):
            return Taken(kind, rest[size + by.end() :])
        if on in _AWAY:
            return Taken(kind, rest[size:])
        if on[0] in "-/／@＠":
            return Taken(kind, rest[size + (on[0] not in "@＠") :])
        left = _after(rest[len(token) :])
        if on in _GOES_ON:
            return Taken(kind, left, token)
        if second := kinds.get(fold(on)):
            # Whatever else it was, nobody sat face to face: オンライン面談, 面談電話.
            return Taken(second if kind.face_to_face else kind, left, token)
    return Taken(None, rest)


def _folded(token: str) -> str:
    """The token folded, if it is as long as before; else empty."""
    folded = fold(token)
    return folded if len(folded) == len(token) else ""


def _english(rest: str, kinds: Mapping[str, Kind]) -> Taken:
    words = list(_words(rest))
    said = " ".join(words)
    if (
        2 <= len(words) <= _FEW
        and words[-1].casefold() in _NOUNS
        and not _NO_ENDING & {*map(str.casefold, words)}
    ):
        return Taken(kinds.get(fold(words[-1])), led(rest[rest.index(words[-1]) + len(words[-1]) :]), said)
    return Taken(None, rest)


def _words(rest: str) -> Iterator[str]:
    """The words before `with`, a comma or whatever else ends a few words."""
    for word in rest.split(" "):
        if word.casefold() == "with" or not _WORD.fullmatch(word.rstrip(",")):
            return
        yield word.rstrip(",")
        if word.endswith(","):
            return
