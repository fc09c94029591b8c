"""Pictures and files that a note refers to by path: where their copies go, and what may be copied at all."""

from __future__ import annotations

import posixpath
import re
from hashlib import blake2b
from urllib.parse import quote, unquote

from sitegen.records import dataclass
from sitegen.text import nfc

PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif"})
FILES = PICTURES | {"pdf", "txt", "csv", "docx", "xlsx", "pptx", "doc", "xls", "ppt"}
"""Kinds that a browser shows or saves without running anything: no HTML, no SVG."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f]+')


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address in a note leads."""

    kind: str
    """`away` (outside the site, or within the page), `note`, `file`, `outside` (the content folder), `refused`."""
    inside: str = ""
    """A file's path within the content folder, NFC; a note's file name without `.md`."""
    anchor: str = ""


def place_of(address: str, inside: str) -> Place:
    """What `address`, found in the note at `inside` (its path within the content folder), leads to."""
    if not address or address.startswith(("#", "/")) or _SCHEME.match(address):
        return Place("away")
    path, _, anchor = address.partition("#")
    path = nfc(unquote(path.partition("?")[0])).replace("\\", "/")
    if not path:
        return Place("away")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(inside), path))
    if joined.startswith("../") or joined == "..":
        return Place("outside", joined)
    ending = joined.rpartition(".")[2].lower()
    if ending == "md":
        return Place("note", joined.rpartition("/")[2][:-3], unquote(anchor))
    return Place("file" if ending in FILES else "refused", joined, unquote(anchor))


def address_of(inside: str) -> str:
    """The path in the site of a file's copy: never two alike, safe on every system."""
    mark = blake2b(inside.encode(), digest_size=5).hexdigest()
    name = _UNSAFE.sub("-", inside.rpartition("/")[2])
    stem, _, ending = name.rpartition(".")
    return f"files/{mark}-{stem[:40].rstrip('. ')}.{ending}"


def href_of(inside: str, anchor: str = "") -> str:
    """The link to it from a page one folder down, as all pages with a note's text are."""
    return "../" + quote(address_of(inside)) + (f"#{quote(anchor, safe='=&')}" if anchor else "")
