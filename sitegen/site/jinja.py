"""What makes Jinja quick enough for ten thousand pages, by its own documented doors; no output is changed by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cached_property, lru_cache
from hashlib import blake2b
from types import CodeType
from typing import Any, ClassVar, cast

import msgspec
from jinja2 import BytecodeCache, Environment, Template, nodes
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen.site.jinja_kept import Place, is_own
from sitegen.site.jinja_quick import Generator, Quickened, Source, parts_of, source_of
from sitegen.site.messages import Messages

PLAIN = re.compile(r"\{\{ t\('([^'{}]+)'\) \}\}")
"""A message without parameters as a template writes it."""

Block = Callable[[Context], Iterator[str]]
"""A block of a template, as Jinja compiles it."""
Own = Callable[[str, Block], Block]
"""From the name of a block and the block: what is to stand in its place."""

_of_text = lru_cache(maxsize=20_000)(escape)
"""Names, kinds, stages and small numbers stand on many pages."""


def quick_escape(value: object) -> Markup:
    """The same as `escape`, which takes six times as long for what is `Markup` already: most of what pages hold."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    return _of_text(value) if kind is str or kind is int else escape(value)


class PageTemplate(Template):
    """A template that is rewritten where it is rendered often, and may give its text in pieces."""

    rendered = 0
    often: PageTemplate | None = None
    """The same, rewritten."""

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

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As text. What is rendered often is rewritten, or was before; where that fails, it stays as it was."""
        return "".join(self.pieces(dict(*args, **kwargs)))

    def pieces(self, given: Mapping[str, Any], own: Own | None = None) -> list[str]:
        """The same in pieces; see `run`."""
        env, often = self.environment, self.at_hand()
        if often is not self and isinstance(env, Quick):
            try:
                return often.run(given, own)
            except Exception as mistake:
                env.plainly(self, mistake)
        try:
            return self.run(given, own)
        except Exception:
            env.handle_exception()

    def run(self, given: Mapping[str, Any], own: Own | None = None) -> list[str]:
        """What it gives; `own` may put something else in the place of each block of this very template."""
        context = self.new_context(dict(given))
        if own:
            context.blocks = {name: [own(name, first[0])] for name, first in context.blocks.items()}
        return list(self.root_render_func(context))

    def at_hand(self) -> PageTemplate:
        """This template; or the same rewritten, where that pays by now or was done before."""
        env = self.environment
        if type(env) is not Quick or self.name is None:
            return self
        self.rendered += 1
        if self.rendered == 1 and env.at_once:
            self.often = env.rewritten.at_hand(self.name)
        if self.rendered == env.pays and self.often is None:
            self.often = cast("PageTemplate", env.rewritten.get_template(self.name))
        return self.often or self


class Quick(Environment):
    """Jinja's environment, whose globals are one plain dictionary: each `include` copies them."""

    template_class = PageTemplate
    pays = 150
    """So often is a template rendered before it is rewritten: for one changed note that would take longer."""
    at_once = True
    """What was rewritten and compiled before is used from the first time on."""

    def __init__(self, t: Messages, **options: Any) -> None:
        """`t` is put into templates; `options` are Jinja's own."""
        super().__init__(**options, bytecode_cache=Compiled(t), extensions=[Words])
        self.globals["t"] = t

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A template's globals; none is changed after it was loaded."""
        return {**self.globals, **(d or {})}

    def plainly(self, page: PageTemplate, _mistake: Exception) -> None:
        """From now on as Jinja does it: that comes to the same mistake, or finds what isn't an attribute."""
        page.often = None

    @cached_property
    def rewritten(self) -> Rewriting:
        """The same environment with its templates rewritten."""
        return Rewriting(self)


class Rewriting(Quick):
    """Rewrites templates before they are compiled (`jinja_quick`)."""

    code_generator_class = Generator

    def __init__(self, env: Quick) -> None:
        """With all that `env` has."""
        t = cast("Messages", env.globals["t"])
        self.__dict__.update(env.overlay().__dict__)
        self.filters = {**env.filters, **word_filters(t)}
        self._trees: dict[str, Quickened | None] = {}
        self.sources: dict[str, Source] = {}
        """Of the templates that were put into others."""

    def at_hand(self, name: str) -> PageTemplate | None:
        """The template, if it need not be compiled."""
        source, file = source_of(self, name)
        cache = self.bytecode_cache
        known = cache is not None and cache.get_bucket(self, name, file or "", source).code is not None
        return cast("PageTemplate", self.get_template(name)) if known else None

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        Quickened(self, source, self._trees)
        return super()._generate(source, name, filename, defer_init)


def word_filters(t: Messages) -> dict[str, Callable[..., Markup]]:
    """Messages as filters: those are called without Jinja's looking first what it calls."""

    def filled(value: object) -> Markup:
        return quick_escape(f"{value:,}" if type(value) is int else value)

    def told_of(last: object, first: str, **params: object) -> Markup:
        return t(f"{first}{last}", **params)

    return {"told": t.__call__, "told_of": told_of, "or_plain": t.or_plain, "filled": filled}


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


class _Bucket(Bucket):
    place: Place | None = None
    """Where other processes find it."""


class Compiled(BytecodeCache):
    """Compiled templates, kept while the process lives (a preview builds again and again), Kayoi's own for longer."""

    kept: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def __init__(self, t: Messages) -> None:
        """`t`: what is compiled in, also by filters of constants such as `'won'|stage`."""
        words = [(key, text.other, text.one) for key, text in t.texts.items()]
        self._lang, self._words = t.lang, blake2b(msgspec.msgpack.encode((t.manner, words))).hexdigest()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Known by all sources and words that the code is made of."""
        quick = isinstance(environment, Rewriting)
        parts = (
            parts_of(environment, source, environment.sources) if isinstance(environment, Rewriting) else {}
        )
        told = (quick, source, parts, sorted(environment.globals), self._words)
        bucket = _Bucket(
            environment, self.get_cache_key(name, filename), self.get_source_checksum(repr(told))
        )
        if all(map(is_own, (filename, *(file for _, file in parts.values())))):
            form = f"{name.replace('/', '--')}-{'quick' if quick else 'plain'}-{self._lang}"
            bucket.place = Place(form, f"{bucket.key} {bucket.checksum}")
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled from the same source with the same words."""
        key = bucket.key, bucket.checksum
        bucket.code = self.kept.get(key)
        if bucket.code is None and isinstance(bucket, _Bucket) and bucket.place:
            bucket.code = bucket.place.load()
            if bucket.code is not None:
                self.kept[key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it, by the checksum of all that it was made of."""
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code
            if isinstance(bucket, _Bucket) and bucket.place:
                bucket.place.keep(bucket.code)
