"""A file's bytes → its text, whichever of the encodings that Japanese exports come in it has."""

from __future__ import annotations

import codecs
import re

from sitegen.records import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BAD = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how to make the same bytes of it again."""

    text: str
    """Bytes that could not be read stand in it as lone surrogates (`surrogateescape`)."""
    encoding: str
    bom: bytes = b""

    def encoded(self, text: str) -> bytes:
        """A part of the text as the file had it, with the file's mark of encoding before it."""
        return self.bom + text.encode(self.encoding, "surrogateescape")


def decoded(data: bytes) -> Decoded:
    """UTF-8 where the bytes are that, else Shift_JIS (cp932), EUC-JP or JIS; UTF-16 where its mark stands before.

    Where the bytes are none of them as a whole, the one of UTF-8 and cp932 that leaves fewer bytes unread.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(name, _errors(name)), name, bom)
    names = ("iso2022_jp", "utf-8", "cp932", "euc_jp") if b"\x1b$" in data else ("utf-8", "cp932", "euc_jp")
    for name in names:
        try:
            return Decoded(data.decode(name), name)
        except UnicodeDecodeError:
            continue
    tried = [Decoded(data.decode(name, "surrogateescape"), name) for name in ("utf-8", "cp932")]
    return min(tried, key=lambda one: len(_BAD.findall(one.text)))


def _errors(name: str) -> str:
    return "surrogateescape" if name == "utf-8" else "replace"


def bad_byte(text: str) -> tuple[int, str]:
    """Where the first unread byte stands in a text, and what it is (`0x8F`); -1 where all was read."""
    found = _BAD.search(text)
    return (found.start(), f"0x{ord(found[0]) - 0xDC00:02X}") if found else (-1, "")
