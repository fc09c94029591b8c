"""What makes Jinja quick changes no output."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from markupsafe import Markup, escape
from site_fakebook import make

from sitegen.site import pages
from sitegen.site.jinja import Quick, quick_escape
from sitegen.site.messages import MessageError, Messages, parse

NOTHING = st.none() | st.integers() | st.booleans() | st.floats() | st.dates()
WORDS = st.text("ab <>&\"'{}%#\n　語", max_size=8)


@settings(deadline=None)
@given(st.text() | st.text().map(Markup) | NOTHING)
def test_escapes_as_the_library_does(value: object) -> None:
    assert quick_escape(value) == escape(value)
    assert type(quick_escape(value)) is Markup


def test_what_is_html_by_itself_stays_so() -> None:
    class Told(str):
        def __html__(self) -> str:
            return "<b>"

    assert quick_escape(Told("<")) == "<b>"


OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}


def plain(t: Messages, **options: Any) -> Environment:
    env = Environment(**OPTIONS, **options)  # noqa: S701 - it does
    env.globals["t"] = t
    return env


def rendered(env: Environment, source: str) -> str:
    try:
        return env.from_string(source).render(x="<i>", on=True)
    except MessageError as wants:  # such as "{語}", which nobody fills
        return str(wants)


@settings(deadline=None)
@given(
    WORDS,
    st.lists(st.sampled_from(["{{ t('w') }}", " ", "\n", "{% if on %}", "{% if on -%}", "{{ x }}", "z"])),
)
@example("{語}", ["{{ t('w') }}"])
def test_a_message_put_into_a_template_says_the_same(word: str, parts: list[str]) -> None:
    t = Messages("en", {"w": parse(word)})
    source = "".join(parts) + "{%- endif %}" * sum("if" in part for part in parts)
    assert rendered(Quick(t, **OPTIONS), source) == rendered(plain(t), source)


def test_the_same_template_in_other_words_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ t('w') }} {{ 'won'|stage }}", encoding="utf-8")
    told = []
    for word in ("one", "two"):
        t = Messages("en", {"w": parse(word), "stage.won": parse(word)})
        told.append(_from_folder(tmp_path, t))
    assert told == ["one one", "two two"]


def _from_folder(folder: Path, t: Messages) -> str:
    from jinja2 import FileSystemLoader

    env = Quick(t, loader=FileSystemLoader(folder), autoescape=True)
    env.filters["stage"] = lambda stage: t.or_plain(f"stage.{stage}", stage)
    return env.get_template("x.html").render()


@dataclass
class Seen:
    name: str = "<b> & b"
    n: int = 1
    many: tuple[str, ...] = ("<x>", "y")
    none: tuple[str, ...] = ()


MESSAGES = Messages(
    "en",
    {
        "n": parse({"one": "{n} <day>", "other": "{n} {{days}}"}),
        "of": parse("{a} {% of %} {b}, {a}"),
        "plain": parse("a & b"),
        "k.x": parse("<x>"),
    },
)
PARTS = {
    "macros.html": "{% macro twice(a, b='!') -%}[{{ a }}{{ b }}{{ a }}]{%- endmacro %}"
    "{% macro outer(a) %}{{ twice(a) }}{{ twice(a, b=t('plain')) }}{% endmacro %}"
    "{% macro counted(all) %}{% for a in all %}{{ loop.index }}{{ a }}{% endfor %}{% endmacro %}"
    "{% macro itself(n) %}{{ n }}{% if n %}{{ itself(n - 1) }}{% endif %}{% endmacro %}"
    "{% macro view_of() %}{{ view.name }}{% endmacro %}",
    "part.html": "{% from 'macros.html' import twice %}{% set a = view.n %}{{ twice(a) }}{{ a }}{{ c is defined }}",
    "base.html": "<{% block main %}{% endblock %}>{{ view.name }}",
}
PIECES = (
    "{{ view.name }}", "{{ view.n }}", "{{ t('n', n=view.n) }}", "{{ t('n', n=1) }}", "{{ t('n', n=12345) }}",
    "{{ t('of', a=view.name, b=t('plain')) }}", "{{ t('of', a=1) }}", "{{ t('nothing') }}", "{{ t('k.' ~ 'x') }}",
    "{{ t('k.' ~ key) }}", "{{ t.or_plain('k.' ~ key, view.name) }}", "{{ t('n', n=view.many|length) ~ '<' }}",
    "{{ twice(view.name) }}", "{{ twice('<', view.n) }}", "{{ twice() }}", "{{ twice(1, 2, 3) }}", "{{ outer(key) }}",
    "{{ outer(twice(key)) }}", "{{ counted(view.many) }}", "{{ itself(3) }}", "{{ view_of() }}", "{{ mine(a=key) }}",
    "{% for a in view.many %}{{ mine(a) }}{{ loop.last }}{% else %}-{% endfor %}", "{% for t in 'ab' %}{{ t }}{% endfor %}",
    "{% include 'part.html' %}", "{% set c = 1 %}{{ c }}", "{% if view.n == 1 %}{{ twice(c|default('?')) }}{% endif %}",
    "{{ twice(key)|upper }}", "{{ view.nothing }}", "{{ view.nothing is defined }}", "{{ pair.key }}", "{{ '<'|safe }}",
    "{% macro twice(a) %}mine {{ a }}{% endmacro %}", "{{ view.many[0] }}", "{{ view['name'] }}", "{{ missing }}",
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=5), st.booleans())
def test_a_rewritten_template_says_the_same(pieces: list[str], based: bool) -> None:
    body = "".join(pieces)
    top = "{% from 'macros.html' import twice, outer, counted, itself, view_of %}"
    top += "{% macro mine(a) %}({{ a }}{{ key }}{{ twice(a) }}){% endmacro %}"
    page = (
        "{% extends 'base.html' %}" + top + "{% block main %}" + body + "{% endblock %}"
        if based
        else top + body
    )
    loader = DictLoader({**PARTS, "page.html": page})
    quick = Quick(MESSAGES, loader=loader, **OPTIONS)
    told = said(plain(MESSAGES, loader=loader))
    assert said(quick) == told
    # what the quick code can't do it leaves to the other: it never says something else
    assert said(quick.rewritten) in (told, MISTAKE)


MISTAKE = "mistake"


def said(env: Environment) -> str:
    try:
        return env.get_template("page.html").render(view=Seen(), key="<x", pair={"key": "<v>"})
    except (TemplateError, LookupError, TypeError, AttributeError):
        return MISTAKE


def test_what_is_rendered_often_is_rewritten() -> None:
    env = Quick(MESSAGES, loader=DictLoader({"page.html": "{{ view.name }}"}), **OPTIONS)
    env.pays = 2
    page = env.get_template("page.html")
    assert [page.render(view=Seen(name)) for name in "abc"] == ["a", "b", "c"]
    assert page.often is not None  # type: ignore[attr-defined]
    # no attribute: only Jinja itself finds it
    assert [page.render(view={"name": name}) for name in "de"] == ["d", "e"]
    assert page.often is None  # type: ignore[attr-defined]


def test_clients_and_briefs_rewritten_hold_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "KINDS", [kind for kind in pages.KINDS if kind.name in ("client", "brief")])
    monkeypatch.setattr(pages, "EXPORTS", ())
    monkeypatch.setattr(Quick, "pays", 1_000)
    monkeypatch.setattr(Quick, "at_once", False)
    ready = make()
    monkeypatch.setattr(Quick, "pays", 1)
    monkeypatch.setattr(Quick, "plainly", lambda _env, _page, mistake: pytest.fail(repr(mistake)))
    assert len(ready) > 30
    assert make() == ready
