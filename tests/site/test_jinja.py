"""What makes Jinja quick changes no output."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from sitegen.site.jinja import Compiled, Quick, Words, quick_escape
from sitegen.site.messages import Messages, parse

NOTHING = st.none() | st.integers() | st.booleans() | st.floats() | st.dates()
WORDS = st.text("ab <>&\"'{}%#\n　語", max_size=8)


@given(st.text() | st.text().map(Markup) | NOTHING)
def test_escapes_as_the_library_does(value: object) -> None:
    assert quick_escape(value) == escape(value)
    assert type(quick_escape(value)) is Markup


def test_what_is_html_by_itself_stays_so() -> None:
    class Told(str):
        def __html__(self) -> str:
            return "<b>"

    assert quick_escape(Told("<")) == "<b>"


def rendered(kind: type[Environment], t: Messages, source: str) -> str:
    env = kind(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=Compiled(t) if kind is Quick else None,
        extensions=[Words] if kind is Quick else [],
    )
    env.globals["t"] = t
    env.filters["stage"] = lambda stage: t.or_plain(f"stage.{stage}", stage)
    return env.from_string(source).render(x="<i>", on=True)


@given(
    WORDS,
    st.lists(st.sampled_from(["{{ t('w') }}", " ", "\n", "{% if on %}", "{% if on -%}", "{{ x }}", "z"])),
)
def test_a_message_put_into_a_template_says_the_same(word: str, parts: list[str]) -> None:
    t = Messages("en", {"w": parse(word)})
    source = "".join(parts) + "{%- endif %}" * sum("if" in part for part in parts)
    assert rendered(Quick, t, source) == rendered(Environment, t, source)


def test_the_same_template_in_other_words_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ t('w') }} {{ 'won'|stage }}", encoding="utf-8")
    told = []
    for word in ("one", "two"):
        t = Messages("en", {"w": parse(word), "stage.won": parse(word)})
        told.append(_from_folder(tmp_path, t))
    assert told == ["one one", "two two"]


def _from_folder(folder: Path, t: Messages) -> str:
    from jinja2 import FileSystemLoader

    env = Quick(
        loader=FileSystemLoader(folder), autoescape=True, bytecode_cache=Compiled(t), extensions=[Words]
    )
    env.globals["t"] = t
    env.filters["stage"] = lambda stage: t.or_plain(f"stage.{stage}", stage)
    return env.get_template("x.html").render()
