"""The site's words: the catalogues `messages/en.yml` and `ja.yml`, merged with `*.<lang>.yml`
beside them: what one part of the site says, and (`problems-*`) what is wrong with notes.

A message is text with `{param}`; where English needs a plural it is a mapping of `one` and `other`, chosen by
the parameter `n`. A team's own folder may hold the same files with only the messages that it changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup, escape

from sitegen.config import Lang, Manner
from sitegen.folders import own_templates
from sitegen.installed import Place, made_by, total
from sitegen.model import Problem
from sitegen.records import dataclass

PARAM = re.compile(r"\{(\w+)\}")
Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""All scalars are text: `no:` and `on:` are words here."""


class MessageError(LookupError):
    """A message or one of its parameters is missing: a mistake in the program or in a team's catalogue."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message taken apart: literal, parameter, literal, …, always an odd number of parts."""

    other: tuple[str, ...]
    one: tuple[str, ...] | None = None
    whole: Markup | None = None
    """The message itself where nothing is to be filled in: most are asked for thousands of times."""

    def params(self) -> frozenset[str]:
        """The names of what the message is filled with."""
        return frozenset((*self.other[1::2], *((self.one or ())[1::2])))


@dataclass(frozen=True, slots=True)
class Messages:
    """All texts of one language."""

    lang: Lang
    texts: Mapping[str, Text]
    manner: Manner = "en"
    """How days are written."""

    def __call__(self, key: str, /, **params: object) -> Markup:
        """The message as HTML, its parameters escaped unless they are `Markup`.

        Raises `MessageError` for an unknown key or a parameter that was not given.
        """
        text = self.texts.get(key)
        if text is None:
            raise MessageError(f"no message {key!r} in {self.lang}")
        if text.whole is not None:
            return text.whole
        parts = text.one if text.one is not None and params.get("n") == 1 else text.other
        return as_markup(_filled(key, parts, params))

    def has(self, key: str) -> bool:
        """Is there such a message?"""
        return key in self.texts

    def or_plain(self, key: str, plain: str) -> Markup:
        """The message without parameters, or the plain text where there is none."""
        return self(key) if key in self.texts else escape(plain)

    def problem(self, problem: Problem) -> Markup:
        """What a problem says. One that has no message yet is told by its code: no note may stop a build."""
        params: dict[str, object] = dict(problem.params)
        try:
            return self(f"problem.{problem.code}", **params)
        except MessageError:
            told = ", ".join(f"{name} {value}" for name, value in problem.params)
            return escape(f"{problem.code}: {told}" if told else problem.code)


def _filled(key: str, parts: tuple[str, ...], params: Mapping[str, object]) -> str:
    told = list(parts)
    for place in range(1, len(parts), 2):
        part = parts[place]
        if part not in params:
            raise MessageError(f"message {key!r} wants {part!r}")
        value = params[part]
        if type(value) is Markup:  # most are, which `escape` would take long to find out
            told[place] = value
        else:
            told[place] = f"{value:,}" if type(value) is int else escape(value)
    return "".join(told)


def as_markup(text: str) -> Markup:
    """The same as `Markup(text)`, which first asks every text whether it is HTML already: so `text` must be it."""
    return str.__new__(Markup, text)


def parse(raw: str | Mapping[str, str]) -> Text:
    """A message of the catalogue, its literal parts escaped once and for all."""
    if isinstance(raw, str):
        parts = _parts(raw)
        return Text(parts, whole=Markup(parts[0]) if len(parts) == 1 else None)  # noqa: S704 - escaped by _parts
    return Text(_parts(raw["other"]), _parts(raw["one"]) if "one" in raw else None)


def _parts(raw: str) -> tuple[str, ...]:
    return tuple(
        part if place % 2 else str(escape(part)) for place, part in enumerate(PARAM.split(raw.rstrip("\n")))
    )


def flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | Mapping[str, str]]]:
    """The messages of a nested catalogue with their dotted keys."""
    for name, value in tree.items():
        if isinstance(value, Mapping) and not (value and value.keys() <= {"one", "other"}):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value if isinstance(value, Mapping) else str(value)


@lru_cache(maxsize=2)
def _own_catalogues(lang: Lang, files: tuple[tuple[str, str], ...]) -> Mapping[str, Text]:
    """The messages of Kayoi's own catalogues, which hold the same for every book: kept with the installation."""
    told = repr(files).encode("utf-8", "surrogateescape")
    place = Place(f"messages-{lang}", lambda: total(made_by(__file__, yaml.__file__), told))
    known = place.load()
    if isinstance(known, dict):
        return {
            key: Text(other, one, as_markup(other[0]) if whole else None)
            for key, (other, one, whole) in known.items()
        }
    texts: dict[str, Text] = {}
    for name, text in files:
        texts.update(_catalogue(text, _prefix(name)))
    place.keep({key: (one.other, one.one, one.whole is not None) for key, one in texts.items()})
    return texts


def _prefix(name: str) -> str:
    return "problem." if name.startswith("problems-") else ""


@lru_cache(maxsize=128)
def _catalogue(text: str, prefix: str) -> Mapping[str, Text]:
    """A catalogue's messages. Kept by its text: a preview builds again and again, and they hardly ever change."""
    tree = yaml.load(text, Loader=Loader) or {}  # noqa: S506 - knows only text
    return {key: parse(raw) for key, raw in flat(tree, prefix)}


def load_messages(lang: Lang, folders: Sequence[Path], *, era: bool = False) -> Messages:
    """Reads the catalogues of one language from the template folders, the most particular folder first.

    With `era` Japanese days are written in years of the era.

    Raises `OSError` or `yaml.YAMLError` where a catalogue can't be read.
    """
    texts: dict[str, Text] = {}
    for folder in reversed(folders):
        there = folder / "messages"
        files = tuple(
            (file.name, file.read_text(encoding="utf-8"))
            for file in [there / f"{lang}.yml", *sorted(there.glob(f"*.{lang}.yml"))]
            if file.is_file()
        )
        if folder == own_templates():
            texts.update(_own_catalogues(lang, files))
            continue
        for name, text in files:
            texts.update(_catalogue(text, _prefix(name)))
    return Messages(lang, texts, "ja-era" if era and lang == "ja" else lang)
