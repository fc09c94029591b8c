"""Who is meant: names as reps write them → people of the client's front matter. Never a guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from sitegen.model import Person
from sitegen.notes.vocabulary import HONORIFICS, TITLES
from sitegen.records import dataclass
from sitegen.text import fold

_TITLES = sorted(TITLES, key=len, reverse=True)
_SUFFIX = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(HONORIFICS, key=len, reverse=True)))}|-?(?:san|sama)\b)$", re.I
)
_SUFFIX_ENDS = frozenset([*(word[-1] for word in HONORIFICS), *"nNaA\n"])
_PREFIX = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|President|Chairman|Chairwoman|Director|Professor|Manager)\b\.?\s+(?=\S)",
    re.I,
)
_TITLED = re.compile(rf"(?:{'|'.join(map(re.escape, _TITLES))})$")
_TITLE_ENDS = frozenset([*(title[-1] for title in TITLES), "\n"])
"""Last characters of what may end with an honorific or title: to search for one costs a hundred times as much."""
_LINKED = re.compile(r"\[\[([^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|([^\[\]]*))?\]\]")
SPLIT = re.compile(r"\s*(?:[,，、・&＆]|\band\b|(?<=[様氏長ん])と(?=\S))\s*")


_JOINT = "\ue000"
"""Stands for a space within a name while a heading is taken apart."""
_KANA = {code: code + 0xB000 for code in range(0x3041, 0x3097)}
"""Stand for the hiragana of a name meanwhile: the と of さとう parts nobody, the の of のむら belongs to no place."""
_APART = {_JOINT: " "} | {chr(close): chr(code) for code, close in _KANA.items()}
_CLOSE = re.compile("[\ue000\ue041-\ue096]")
_HIRAGANA = re.compile("[ぁ-ゖ]")
_NO_NAMES = frozenset(
    (
        "仕様",
        "模様",
        "同様",
        "多様",
        "一様",
        "異様",
        "様",
        "皆様",
        "皆さま",
        "皆さん",
        "みな様",
        "おきゃくさま",
        "おきゃくさん",
        "お客様",
        "お客さま",
        "お客さん",
        "神様",
        "たくさん",
    )
)
"""Words that only look like a name with an honorific."""
_NO_PLACE = re.compile("^(?:ため|おかげで?|かわり|代わり|ほか)")
"""Words after の that belong to nobody: 社長不在のため工場長と."""
_WITHIN = re.compile(
    r"[^\s　、，,・。（）()「」はがをにとでもの]{1,12}?"
    rf"(?:{'|'.join(map(re.escape, (*HONORIFICS[:4], *_TITLES)))})(?:様|さん)?"
)


_IN_KANA = re.compile(
    rf"(?:(?:^|(?<=[\s　、，,・（(–—―：:でにへは])|(?<=[様氏長]と)|(?<=さんと))(?P<name>[ぁ-ゖー]{{2,8}}?)"
    rf"(?:{'|'.join(map(re.escape, (*HONORIFICS, *_TITLES)))}))"
)
"""A name in hiragana: what stands between the beginning of a word and 様, さん or a title."""
_MAY_HONOR = re.compile("[" + "".join(sorted({word[-1] for word in (*HONORIFICS[:4], *_TITLES)})) + "]")


@dataclass(frozen=True, slots=True)
class Named:
    """One name read."""

    name: str
    """The person's name in the front matter where exactly one fits, else as written without 様 and the like."""
    known: bool
    choices: tuple[str, ...] = ()
    """Names that fit equally well, where more than one does."""


def unlink(text: str) -> str:
    """`[[X]]` → `X`, `[[X|shown]]` → `X`: a link to a person names that person."""
    return _LINKED.sub(lambda m: m[1].strip(), text) if "[[" in text else text


def bare(written: str) -> tuple[str, str]:
    """A name as written → (the name without honorific and title, the title).

    `佐藤様` → (`佐藤`, ``), `佐藤社長` → (`佐藤`, `社長`), `Ms Ito` → (`Ito`, ``), `社長` → (``, `社長`).
    """
    name = _PREFIX.sub("", unlink(written).strip(" 　*_"))
    if name[-1:] in _SUFFIX_ENDS:
        name = _SUFFIX.sub("", name).strip(" 　")
    found = _TITLED.search(name) if name[-1:] in _TITLE_ENDS else None
    if not found:
        return name, ""
    left, title = name[: found.start()].strip(" 　"), found[0]
    # 山本部長 is Mr Yamamoto, head of a department, not 山 who heads a division.
    return (f"{left}本", "部長") if title == "本部長" and len(left) == 1 else (left, title)


def resolve(written: str, people: Sequence[Person], day: dt.date | None = None) -> Named:
    """The person meant by a name as written, on a day where it matters who held a chair.

    A full name, a reading, a surname or a title alone counts where it fits exactly one person; those in their
    chairs on that day go before those who were not. Two that fit are told, not chosen from.
    """
    name, title = bare(loosened(written))
    fits = _fitting(name, title, people)
    if not fits and "の" in name[:-1] and not name.startswith("の"):
        # 新任の山本部長, 相談室の鈴木様: what stands before の tells where somebody belongs.
        name = name.rpartition("の")[2]
        name = _NO_PLACE.sub("", name)
        fits = _fitting(name, title, people)
    if len(fits) > 1 and title:
        fits = [p for p in fits if title in p.role] or fits
    if len(fits) > 1 and day:
        fits = [p for p in fits if _in_chair(p, day)] or fits
    if len(fits) == 1:
        return Named(fits[0].name, True)
    return Named(name or title or loosened(written).strip(), False, tuple(p.name for p in fits))


def _fitting(name: str, title: str, people: Sequence[Person]) -> list[Person]:
    if not name:
        return [p for p in people if title and title in p.role] if title else []
    wanted = fold(name)
    exact = [p for p in people if wanted in _spellings(p)] if wanted else []
    if exact:
        return exact
    if wanted.isascii():
        words = sorted(wanted.split())
        return [
            p
            for p in people
            if words == sorted(fold(p.name).split()) or (words[0] in fold(p.name).split() and len(words) == 1)
        ]
    tight = wanted.replace(" ", "")
    return [p for p in people if fold(p.name).replace(" ", "").startswith(tight)]


def _spellings(person: Person) -> tuple[str, ...]:
    """The name, the reading, the reading in one word, and a family name that the reading tells apart."""
    name, reading = fold(person.name), fold(person.reading)
    parts = reading.split()
    return (
        (name, reading, "".join(parts), parts[0])
        if len(parts) > 1 and not reading.isascii()
        else (name, reading)
    )


def _in_chair(person: Person, day: dt.date) -> bool:
    return not (person.since and person.since.first() > day) and not (
        person.until and person.until.last() < day
    )


def is_name(written: str) -> bool:
    """Whether something with an honorific may be a name: `仕様` and `お客様` are none."""
    written = loosened(written)
    return written not in _NO_NAMES and not written.startswith(("お客", "皆", "みなさん", "みなさま"))


def honored(text: str, people: Sequence[Person], day: dt.date) -> list[Named]:
    """Names with 様, さん, 氏 or a title anywhere in a text: `加藤様より入電`."""
    if not _MAY_HONOR.search(text):
        return []
    text = _closed(text, people)
    found = [
        (m[0], resolve(m[0], people, day)) for m in _WITHIN.finditer(text) if is_name(m[0]) and bare(m[0])[0]
    ]
    return [
        named
        for written, named in found
        # ため工場長: what begins with kana that belong to no name is the end of another word.
        if named.known or named.choices or (len(named.name) > 1 and not _HIRAGANA.match(written))
    ]


def tightened(text: str, people: Sequence[Person]) -> str:
    """A heading in which `岩本 詩織様` and `さとう様` are one word; `loosened` undoes it."""
    text = _closed(text, people)
    close = _without_spaces(text)
    for person in people:
        parts = person.name.translate(_KANA).split()
        name = "".join(parts)
        if name not in close or (len(parts) == 1 and name in text):
            continue
        joined = _JOINT.join(parts)
        tight = text.replace(" ".join(parts), joined)
        if not name.isascii():
            tight = tight.replace(name, joined)
        if name in _without_spaces(tight):  # some spaces are others than in the front matter
            gap = r"\s+" if name.isascii() else r"[ 　]?"
            pattern = gap.join(map(re.escape, parts if name.isascii() else name))
            tight = re.sub(pattern, joined.replace("\\", r"\\"), text)
        text = tight
    return text


def _closed(text: str, people: Sequence[Person]) -> str:
    """A text in which no kana of a name can be taken for a particle."""
    if not _HIRAGANA.search(text):
        return text
    for person in people:
        for name in (person.name, person.reading):
            parts = name.split()
            for written in (name, "".join(parts), *parts) if _HIRAGANA.search(name) else ():
                if len(written) > 1 and written in text:
                    text = text.replace(written, written.translate(_KANA))
    if not _MAY_HONOR.search(text):
        return text
    return _IN_KANA.sub(_as_name, text)


def _as_name(found: re.Match[str]) -> str:
    name = found["name"]
    return found[0] if found[0] in _NO_NAMES else name.translate(_KANA) + found[0][len(name) :]


def _without_spaces(text: str) -> str:
    return text.replace(" ", "").replace("　", "")


def loosened(text: str) -> str:
    """The spaces and the kana back."""
    return text if text.isascii() else _CLOSE.sub(lambda found: _APART[found[0]], text)


def mentioned(text: str, people: Sequence[Person], day: dt.date) -> tuple[str, ...]:
    """The client's own people who are named in a text, by full name or with an honorific."""
    if not text.strip():
        return ()
    folded = fold(text)
    found = [(folded.find(fold(p.name)), p.name) for p in people if p.name]
    full = [name for at, name in sorted(found) if at >= 0 and _bounded(folded, at, len(fold(name)))]
    return tuple(dict.fromkeys([*full, *(named.name for named in honored(text, people, day) if named.known)]))


def _bounded(text: str, at: int, length: int) -> bool:
    around = text[at - 1 : at] + text[at + length : at + length + 1]
    return not (text[at].isascii() and any(c.isascii() and c.isalnum() for c in around))
