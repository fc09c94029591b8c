"""What makes Jinja quick enough for ten thousand pages, by its own documented doors; no output is changed by it."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from types import CodeType
from typing import Any, ClassVar, cast

from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from markupsafe import Markup, escape

from sitegen.site.messages import Messages

PLAIN = re.compile(r"\{\{ t\('([^'{}]+)'\) \}\}")
"""A message without parameters as a template writes it."""

_of_text = lru_cache(maxsize=20_000)(escape)
"""Names, kinds and stages stand on many pages."""


def quick_escape(value: object) -> Markup:
    """The same as `escape`, which takes six times as long for what is `Markup` already: most of what pages hold."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    return _of_text(value) if kind is str else escape(value)


class _Template(Template):
    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """The compiled template, which escapes by the quick way."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = quick_escape
        return made


class Quick(Environment):
    """Jinja's environment, whose globals are one plain dictionary: each `include` copies them."""

    template_class = _Template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A template's globals; none is changed after it was loaded."""
        return {**self.globals, **(d or {})}


class Words(Extension):
    """Puts messages without parameters into a template's text before it is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's source; a message that the parser could take for more than text stays a call."""
        t = cast("Messages", self.environment.globals["t"])

        def put(found: re.Match[str]) -> str:
            text = t.texts.get(found[1])
            told = str(text.whole) if text and text.whole else ""
            harmless = told and told == told.strip() and "{" not in told and "\n" not in told
            return told if harmless else found[0]

        return PLAIN.sub(put, source)


class Compiled(BytecodeCache):
    """Compiled templates kept while the process lives: a preview builds again and again."""

    kept: ClassVar[dict[tuple[str, str, int], CodeType]] = {}

    def __init__(self, t: Messages) -> None:
        """`t`: what is compiled in, also by filters of constants such as `'won'|stage`."""
        self._words = hash((t.manner, frozenset(t.texts.items())))

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled from the same source with the same words."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum, self._words))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it, by the source's checksum."""
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum, self._words] = bucket.code
