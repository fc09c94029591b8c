"""What templates, words and assets are: a page depends on its own template and all that this one draws in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from sitegen.keeping.signatures import Signatures, digest, look
from sitegen.text import path_text

OWN = "kayoi/"
"""Begins the name under which a team's template extends the one it replaces."""
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
"""Where a template speaks to Jinja; elsewhere a name is only an address of a page."""
_NAMED = re.compile(r"""["']([^"'\\\n]+\.html)["']""")
_UNNAMED = re.compile(r"""\{%[-+]?\s*(?:include|extends|import|from)\s+(?!["'])|\bsame\(\s*(?!["'])""")


_EXTENDS = re.compile(r"""\{%[-+]?\s*extends\s+["']([^"'\\\n]+\.html)["']""")
_OF_THE_FRAME = re.compile(r"\bsuper\s*\(|\bself\b")
"""With these a page's own template shows what its frame says."""
_HANDED_DOWN = re.compile(r"\{%[-+]?\s*(?:set|import|from|macro|autoescape)\b|\bscoped\b")
"""With these a frame hands something down to the page's own template."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Digests of each template, by name."""

    sources: bytes
    """Stands for all of them."""
    own: Mapping[str, bytes]
    """The template with every other that it names; without its frame, where that is known apart."""
    frames: Mapping[str, bytes]
    """The frame: the template that it extends, with all that this one names. Only where nothing that the frame says
    can change what stands in the blocks of the page's own template."""


read_templates = msgspec.msgpack.Decoder(Templates).decode
"""Those that were kept; raises `msgspec.DecodeError` for other bytes."""


def templates(folders: Sequence[Path], known: Templates | None = None) -> Templates:
    """What each page's template is made of. `folders`: a team's own first.

    `known`: what was found the last time, which holds as long as all sources are the same.
    """
    sources: dict[str, bytes] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*.html")) if folder.is_dir() else ():
            name = file.relative_to(folder).as_posix()
            if not _sayable(name):
                continue
            data = file.read_bytes()
            sources.setdefault(name, data)
            if folder is folders[-1]:
                sources.setdefault(OWN + name, data)
    told = digest(b"".join([_told(name, data) for name, data in sources.items()]))
    return known if known and known.sources == told else Templates(told, *_taken_apart(sources))


def _sayable(name: str) -> bool:
    """Whether a file's name is Unicode: no page and no template can name another."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _told(name: str, source: bytes) -> bytes:
    return name.encode() + b"\0" + digest(source)


def _taken_apart(sources: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    texts = {name: data.decode("utf-8", "replace") for name, data in sources.items()}
    drawn = {name: _drawn(text, sources) for name, text in texts.items()}
    own, frames = {}, {}
    for name in sources:
        frame = _frame(name, texts, drawn)
        if frame:
            frames[name] = _digest([frame], sources, drawn)
            own[name] = _digest([name], sources, {**drawn, name: set(drawn[name]) - {frame}})
        else:
            own[name] = _digest([name], sources, drawn)
    return own, frames


def _frame(name: str, texts: Mapping[str, str], drawn: Mapping[str, Collection[str]]) -> str:
    """The frame of a page's template, where the two can be told apart; else empty."""
    found = _EXTENDS.findall(texts[name])
    if len(found) != 1 or _names(texts[name]) is None:
        return ""
    inside = _closure([name], texts, {**drawn, name: set(drawn[name]) - set(found)})
    above, chain = found[0], [name]
    while above in texts and above not in chain:
        chain.append(above)
        above = next(iter(_EXTENDS.findall(texts[above])), "")
    handed = any(_HANDED_DOWN.search(texts[one]) or _names(texts[one]) is None for one in chain[1:])
    shown = any(_OF_THE_FRAME.search(texts[one]) for one in inside)
    return "" if handed or shown or above or len(chain) < 2 else found[0]


def _drawn(text: str, sources: Collection[str]) -> Collection[str]:
    """The templates that one names; all of them where what it draws in is known only when it is rendered."""
    named = _names(text)
    return sources if named is None else named


@lru_cache(maxsize=1000)
def _names(text: str) -> tuple[str, ...] | None:
    if _UNNAMED.search(text):
        return None
    return tuple(name for tag in _TAG.findall(text) for name in _NAMED.findall(tag))


def _closure(
    names: Iterable[str], sources: Collection[str], drawn: Mapping[str, Collection[str]]
) -> list[str]:
    found = {*names}
    todo = [*found]
    while todo:
        new = {one for one in drawn[todo.pop()] if one in sources} - found
        found |= new
        todo += sorted(new)
    return sorted(found)


def _digest(
    names: Iterable[str], sources: Mapping[str, bytes], drawn: Mapping[str, Collection[str]]
) -> bytes:
    closure = _closure(names, sources, drawn)
    return digest(b"".join([_told(one, sources[one]) for one in closure]))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What lies in the folders of templates."""

    folders: tuple[Path, ...]
    """A team's own first."""
    words: bytes
    """A digest of all of them."""
    assets: Mapping[str, bytes]
    """A digest of each, by path."""
    templates: Templates


def drawn(folders: Sequence[Path], signatures: Signatures, known: Templates | None = None) -> Drawn:
    """What lies there now. `known`: see `templates`."""
    words, assets = others(folders, signatures)
    return Drawn(tuple(folders), words, assets, templates(folders, known))


def others(folders: Sequence[Path], signatures: Signatures) -> tuple[bytes, dict[str, bytes]]:
    """A digest of all words, and of each asset by its path."""
    words: list[bytes] = []
    assets: dict[str, bytes] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.suffix == ".html" or not file.is_file():
                continue
            path, seen = path_text(file.relative_to(folder).as_posix()), look(file)
            found = signatures.digest(f"template {file}", seen)
            if found is None:
                found = digest(file.read_bytes())
                if _sayable(str(file)):
                    signatures.learn(f"template {file}", seen, found)
            if path.startswith("assets/"):
                assets.setdefault(path, found)
            else:
                words.append(path.encode() + b"\0" + found)
        words.append(b"/")
    return digest(b"".join(words)), assets
