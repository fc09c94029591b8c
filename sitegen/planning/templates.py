"""What templates, words and assets are: a page depends on its own template and all that this one draws in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from sitegen.keeping.signatures import Signatures, digest, look

OWN = "kayoi/"
"""Begins the name under which a team's template extends the one it replaces."""
_NAMED = re.compile(r"""["']([^"'\\\n]+\.html)["']""")


_UNNAMED = re.compile(r"""\{%[-+]?\s*(?:include|extends|import|from)\s+(?!["'])|\bsame\(\s*(?!["'])""")


def templates(folders: Sequence[Path]) -> dict[str, bytes]:
    """A digest of each page's template with every template that it names, by name. `folders`: a team's own first."""
    sources: dict[str, bytes] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*.html")) if folder.is_dir() else ():
            name = file.relative_to(folder).as_posix()
            data = file.read_bytes()
            sources.setdefault(name, data)
            if folder is folders[-1]:
                sources.setdefault(OWN + name, data)
    drawn = {name: _drawn(data.decode("utf-8", "replace"), sources) for name, data in sources.items()}
    return {name: _digest(name, sources, drawn) for name in sources}


def _drawn(text: str, sources: Collection[str]) -> Collection[str]:
    """The templates that one names; all of them where what it draws in is known only when it is rendered."""
    named = _names(text)
    return sources if named is None else named


@lru_cache(maxsize=1000)
def _names(text: str) -> tuple[str, ...] | None:
    return None if _UNNAMED.search(text) else tuple(_NAMED.findall(text))


def _digest(name: str, sources: Mapping[str, bytes], drawn: Mapping[str, Collection[str]]) -> bytes:
    found, todo = {name}, [name]
    while todo:
        new = {one for one in drawn[todo.pop()] if one in sources} - found
        found |= new
        todo += sorted(new)
    return digest(b"".join([one.encode() + b"\0" + digest(sources[one]) for one in sorted(found)]))


def others(folders: Sequence[Path], signatures: Signatures) -> tuple[bytes, dict[str, bytes]]:
    """A digest of all words, and of each asset by its path."""
    words: list[bytes] = []
    assets: dict[str, bytes] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.suffix == ".html" or not file.is_file():
                continue
            path, seen = file.relative_to(folder).as_posix(), look(file)
            found = signatures.digest(f"template {file}", seen)
            if found is None:
                found = digest(file.read_bytes())
                signatures.learn(f"template {file}", seen, found)
            if path.startswith("assets/"):
                assets.setdefault(path, found)
            else:
                words.append(path.encode("utf-8", "surrogateescape") + b"\0" + found)
        words.append(b"/")
    return digest(b"".join(words)), assets
