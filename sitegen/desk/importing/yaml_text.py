"""Texts from elsewhere as YAML: whatever they hold, they are read again as the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

_PLAIN = re.compile(r"[^\W_](?:[\w./+()（）・〒@~〜-]|[ ](?=[^\W_]))*")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_RESOLVER: Any = yaml.resolver.Resolver()
_WORDS = frozenset({"y", "n"})
_ESCAPED = re.compile(
    r"""[\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ufeff\ufdd0\ufffe\uffff"\\]|(?<=[%％])[%％]|(?<=<)!|(?<=--)>"""
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}

Value = str | tuple[str, ...]


def scalar(text: str) -> str:
    """A text as a scalar for any place of YAML: plain where nobody could read anything else in it."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
        if tag == "tag:yaml.org,2002:str" or _DAY.fullmatch(text):
            return text
    # The marks of what is private are written so that no reader of the raw file can take them for marks.
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    return _SHORT.get(sign) or (f"\\x{ord(sign):02x}" if ord(sign) < 256 else f"\\u{ord(sign):04x}")


def value(given: Value) -> str:
    """A text, or several between brackets."""
    return scalar(given) if isinstance(given, str) else f"[{', '.join(map(scalar, given))}]"


def flow(pairs: Mapping[str, Value]) -> str:
    """A mapping between braces, on one line; keys are Kayoi's own."""
    return "{" + ", ".join(f"{key}: {value(given)}" for key, given in pairs.items()) + "}"


def note(pairs: Mapping[str, Value], people: Iterable[Mapping[str, Value]]) -> str:
    """A whole note: front matter with its people, one a line."""
    lines = [f"{key}: {value(given)}" for key, given in pairs.items()]
    rows = [f"  - {flow(person)}" for person in people]
    return "\n".join(["---", *lines, *(["people:", *rows] if rows else []), "---", ""])
