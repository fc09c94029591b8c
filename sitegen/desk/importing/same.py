"""When two spellings are one company, and when two names are one person."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sitegen.text import fold

_OLD = "髙﨑德瀨黑濵栁齋齊邊邉櫻澤廣國眞龍惠榮壽濱嶋靜淸曾彌豐瀧圓辨學"
_NEW = "高崎徳瀬黒浜柳斎斉辺辺桜沢広国真竜恵栄寿浜島静清曽弥豊滝円弁学"
_FORMS = str.maketrans(_OLD, _NEW)
"""Old and new forms of one character: 髙橋 on the card, 高橋 in the note."""
_KINDS = {
    "株": "株式会社|\\(株\\)|かぶしきがいしゃ|かぶしきかいしゃ|\\(か\\)|^か\\)|\\(か$",
    "有": "特例有限会社|有限会社|\\(有\\)|ゆうげんがいしゃ|ゆうげんかいしゃ|\\(ゆ\\)|^ゆ\\)|\\(ゆ$",
    "合": "合同会社|\\(同\\)|\\(合\\)|ごうどうがいしゃ|ごうどうかいしゃ",
    "資": "合資会社|\\(資\\)",
    "名": "合名会社|\\(名\\)",
}
_JAPANESE = {kind: re.compile(rf"^(?:{words})\s*|\s*(?:{words})$") for kind, words in _KINDS.items()}
_ENGLISH = re.compile(
    r"[\s,.]+(?P<word>co[., ]*ltd|company[, ]+limited|co[., ]*inc|k[. ]?k|g[. ]?k"
    r"|kabushiki[ -][kg]aisha|inc|incorporated"
    r"|corp|corporation|ltd|limited|llc|llp|l[. ]l[. ]c|plc|gmbh|ag|co|company)[. ]*$"
)
_SIGNS = re.compile(r"[\s・･.,'’\"`\-‐–—_()]+")
_HONORIFIC = re.compile(r"(?<=..)\s*(?:様|さま|殿|氏|さん)$|^(?:mr|mrs|ms|dr)\b\.?\s*")


@lru_cache(maxsize=32_768)
def company_key(name: str) -> tuple[str, str]:
    """What spellings of a company have in common, and its legal form where a Japanese word names it.

    `(株)大和精密`, `大和精密　株式会社` and `㈱大和精密` are (`大和精密`, `株`);
    `Yamato Co., Ltd.` is (`yamato`, "").
    """
    said = fold(name).translate(_FORMS)
    core, form = said, ""
    for kind, words in _JAPANESE.items():
        cut = words.sub("", core)
        if cut != core and cut:
            core, form = cut, form or kind
    while (found := _ENGLISH.search(core)) and _SIGNS.sub("", core[: found.start()]):
        form = form or {"kk": "株", "gk": "合"}.get(_SIGNS.sub("", found["word"]), "")
        core = core[: found.start()]
    core = _SIGNS.sub("", core)
    return (core, form) if core else (_SIGNS.sub("", said) or said, "")


def may_be_one(form: str, other: str) -> bool:
    """Whether two legal forms can be one company's: 有限会社山田 is not 株式会社山田."""
    return not form or not other or form == other


@lru_cache(maxsize=32_768)
def person_key(name: str) -> str:
    """What spellings of a person's name have in common: in an alphabet the order of its words does not count."""
    said = _HONORIFIC.sub("", fold(name).translate(_FORMS))
    if said.isascii():
        return " ".join(sorted(re.findall(r"[^\s,.]+", said)))
    return _SIGNS.sub("", said)


def reading_key(reading: str) -> str:
    """The same of a reading."""
    return _SIGNS.sub("", fold(reading))


@lru_cache(maxsize=32_768)
def has_characters(name: str) -> bool:
    """Whether a name is written in characters (漢字), so that another one of the same reading may be another's."""
    return any(unicodedata.name(c, "").startswith("CJK UNIFIED") for c in name)


def same_person(name: str, reading: str, other: str, other_reading: str) -> bool | None:
    """Whether two are one person of a company; None where only their readings say so, but not their characters."""
    one, two = person_key(name), person_key(other)
    if one == two:
        return True
    sounds = {reading_key(reading)} - {""} | ({one} if not has_characters(name) else set())
    others = {reading_key(other_reading)} - {""} | ({two} if not has_characters(other) else set())
    if not sounds & others:
        return False
    return None if has_characters(name) and has_characters(other) else True
