"""`kayoi new`: a note with the keys that matter, each with a word on what it is for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from sitegen.notes.fm_nodes import Slip, parse
from sitegen.text import nfc

KEYS = ("name", "native", "reading", "stage", "size", "area", "phone", "product")
"""Keys with a text each, in the order of the note format."""
ASKED = ("name", "reading", "stage", "size", "area")
"""Those that every note begins with, also where nothing is known yet."""
_PLAIN = re.compile(r"[^\W_][\w .()（）・ー々-]*")

Say = Callable[[str], str]
"""Key → a word on what it is for; empty where none is needed."""


def new_note(fields: Mapping[str, str], say: Say) -> bytes:
    """A client's note; `fields` are the keys that are known, `name` among them."""
    rows = [(key, fields.get(key, "")) for key in KEYS if fields.get(key) or key in ASKED]
    lines = [_line(f"{key}: {scalar(value)}".rstrip(), "" if value else say(key)) for key, value in rows]
    lines += [
        _line("backers: []", say("backers")),
        _line("people: []", say("people")),
        f"#  - {say('person')}",
    ]
    return "\n".join(["---", *lines, "---", ""]).encode("utf-8")


def _line(text: str, about: str) -> str:
    return f"{text:<12}  # {about}" if about else text


def scalar(text: str) -> str:
    """A text as YAML holds it: plain where that reads back as itself, else in quotes."""
    text = " ".join(nfc(text).split())
    if not text or (_PLAIN.fullmatch(text) and _reads_back(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


def _reads_back(text: str) -> bool:
    try:
        root = parse(f"k: {text}\n")
    except Slip:
        return False
    return len(root.pairs) == 1 and root.pairs[0][1].text == text and not root.pairs[0][1].empty
