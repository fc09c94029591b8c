"""A file's bytes → its text: UTF-8, one kind of line end, composed characters, no control characters.

A file in another encoding is not guessed into text: its problem names the encoding.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from sitegen.model import Problem
from sitegen.notes.problems import Shown, problem
from sitegen.text import distance, nfc

LIMIT = 2_000_000
"""Bytes; a note of ten years' visits has some 200,000."""
_HEAD_BYTES = 300_000
"""Where a file can't be read, `private:` is looked for in so many bytes: front matter ends before."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32 LE"),
    (codecs.BOM_UTF32_BE, "UTF-32 BE"),
    (codecs.BOM_UTF16_LE, "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "UTF-16 BE"),
)
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp932", "euc_jp", "iso2022_jp")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ufdd0]")
_ODD_BREAK = re.compile("[\x0b\x0c\u2028\u2029\ufeff]")
_ODD = re.compile(f"[{_CONTROLS.pattern[1:-1]}{_ODD_BREAK.pattern[1:-1]}]")
"""Anything at which a text is more than its characters: to look once is enough for nearly every note."""
_BREAKS = str.maketrans({"\x0b": " ", "\x0c": " ", "\u2028": " ", "\u2029": " ", "\ufeff": None})
_JAPANESE = re.compile("[ぁ-んァ-ヶー一-龠、。]")
_HALF_KANA = re.compile("[｡-ﾟ]")
_KEY = re.compile(
    r"""([^\s\[\]{},"'#:=/-]{3,12})["']?[^\S\n]*(?:[:=][^\S\n]*["']?([^\s,}"'#]*)|\s(true|yes|はい))"""
    r"""|^[^\w\n]*(\w{5,9})[^\S\n]*$""",
    re.MULTILINE,
)
FALSE_WORDS = frozenset(
    {"false", "no", "off", "n", "f", "0", "none", "いいえ", "いや", "偽", "無", "なし", "否"}
)
"""Said by nobody who means yes."""
TRUE_WORDS = frozenset({"true", "yes", "on", "y", "t", "1", "はい", "真", "有", "あり", "可", "◯", "○"})
PRIVATE_WORDS = frozenset({"非公開", "社外秘", "secret", "confidential", "hidden", "is_private"})
"""Keys that are not Kayoi's, but mean what `private` does when their value is yes."""


def decode(data: bytes, path: str, limit: int = LIMIT) -> tuple[str | None, tuple[Problem, ...]]:
    """The file's text, NFC, with `\\n` line ends; None and a problem where it is not UTF-8 or too large.

    `limit`: bytes.
    """
    if len(data) > limit:
        return None, (_told(path, "file-too-large", size=_megabytes(len(data)), limit=_megabytes(limit)),)
    encoding = _foreign(data)
    if encoding:
        return None, (_told(path, "file-encoding", encoding=encoding),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_undecodable(data, path, error),)
    if not _ODD.search(text):
        return nfc(text), ()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ODD_BREAK.search(text):  # to look first is a hundred times quicker than to translate
        text = text.translate(_BREAKS)
    controls = _CONTROLS.search(text)
    if not controls:
        return nfc(text), ()
    cleaned, count = _CONTROLS.subn("", text)
    line = text.count("\n", 0, controls.start()) + 1
    col = controls.start() - text.rfind("\n", 0, controls.start())
    return nfc(cleaned), (
        problem(Shown(path), (line, col), "file-controls", {"count": str(count)}, severity="warning"),
    )


def looks_private(data: bytes) -> bool:
    """Whether a file that can't be read, or whose front matter is broken, may be meant to be private.

    True for any `private:` (or what looks like a slip of it) that is not clearly false, in any of the
    encodings that Japanese files come in: better a client missing from the pages than a secret on them.
    """
    head = data[:_HEAD_BYTES]
    if b"\0" not in head and (text := _decodes(head, "utf-8")):
        return looks_private_text(text)
    seen = {head.decode(encoding, "replace") for encoding in _ENCODINGS}
    return any(looks_private_text(text) for text in sorted(seen))


def looks_private_text(text: str) -> bool:
    """The same for text that could be decoded."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return any(means_private(f[1] or f[4], f[2] or f[3] or "") for f in _KEY.finditer(plain))


def means_private(key: str, value: str) -> bool:
    """Whether a key and its value keep a note private: fail-safe, so a slip in either does.

    True for `private` or a slip of it with a value that is not clearly false, and for another word for it
    with one that is clearly true.
    """
    key, value = key.strip().casefold(), value.strip().casefold()
    if key in PRIVATE_WORDS:
        return value in TRUE_WORDS
    return like_private(key) and value not in FALSE_WORDS


@lru_cache(maxsize=4096)
def like_private(key: str) -> bool:
    """Whether a key (in lower case) is `private` or up to two slips of the finger from it."""
    return key == "private" or (5 <= len(key) <= 9 and key[0] in "prv" and distance(key, "private") <= 2)


def _foreign(data: bytes) -> str:
    """The encoding where the bytes say it themselves: a mark at the beginning, zero bytes, JIS escapes."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    zeros = data.count(0)
    if zeros > len(data) // 4:
        even = data[0::2].count(0)
        if zeros > len(data) * 5 // 8:
            return "UTF-32 LE" if data[0:1] != b"\0" else "UTF-32 BE"
        return "UTF-16 BE" if even * 2 > zeros else "UTF-16 LE"
    if b"\x1b$" in data and _decodes(data, "iso2022_jp"):
        return "ISO-2022-JP (JIS)"
    return ""


def _undecodable(data: bytes, path: str, error: UnicodeDecodeError) -> Problem:
    """The problem of a file that is not UTF-8: its likely encoding, or the place of the first wrong byte."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if len(_JAPANESE.findall(text)) < wrong:
        if name := _japanese_encoding(data):
            return _told(path, "file-encoding", encoding=name)
        zeros = data.count(0)
        if zeros * 20 > len(data):  # Japanese text in UTF-16 has few zero bytes: those of ASCII only
            return _told(path, "file-encoding", encoding="UTF-16 " + ("BE" if data[0:1] == b"\0" else "LE"))
    before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    return problem(Shown(path), place, "file-bad-bytes", {"byte": f"0x{data[error.start]:02X}"})


def _japanese_encoding(data: bytes) -> str:
    """Shift_JIS or EUC-JP, whichever reads more like Japanese; "" where neither can be read."""
    best, best_score = "", 0.0
    for codec, name in (("cp932", "Shift_JIS (cp932)"), ("euc_jp", "EUC-JP")):
        text = _decodes(data, codec)
        if text:
            score = len(_JAPANESE.findall(text)) - 2.0 * len(_HALF_KANA.findall(text))
            if score > best_score:
                best, best_score = name, score
    return best


def _decodes(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _told(path: str, code: str, **params: str) -> Problem:
    return problem(Shown(path), (1, 1), code, params)


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}"
