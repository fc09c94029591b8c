"""A page in two: its blocks in another frame are the page that would be rendered, or nobody says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader

from sitegen.planning.templates import templates
from sitegen.site.framed import Framed
from sitegen.site.framing import Frames, rendered
from sitegen.site.jinja import PageTemplate, Quick
from sitegen.site.messages import Messages, parse
from sitegen.site.render import PageFrame

MESSAGES = Messages("en", {"hello": parse("hello")})
OPTIONS = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
PAGE = PageFrame(kind="client", section="clients", root="../", built="")
LAYOUT = "<title>{% block title %}{% endblock %}</title>{% block head %}{% endblock %}<p>{% block main %}{% endblock %}"
CLIENT = "{% extends 'layout.html' %}{% block title %}{{ view.name }}{% endblock %}{% block main %}<{{ view.name }}{% endblock %}"


@dataclass(frozen=True)
class View:
    name: str


def page_of(layout: str, client: str = CLIENT, **others: str) -> PageTemplate:
    env = Quick(
        MESSAGES, loader=DictLoader({"layout.html": layout, "client.html": client, **others}), **OPTIONS
    )
    found = env.get_template("client.html")
    assert isinstance(found, PageTemplate)
    return found


def test_a_page_is_its_frame_and_its_blocks() -> None:
    made = rendered(page_of(LAYOUT), View("Sato & Co"), PAGE)
    assert made.blocks == {"title": b"Sato &amp; Co", "main": b"<Sato &amp; Co"}
    assert made.frame == ((b"<title>", "title"), (b"</title><p>", "main"), (b"", ""))
    assert made.whole() == b"<title>Sato &amp; Co</title><p><Sato &amp; Co"


def test_a_new_frame_asks_nobody_what_the_page_shows() -> None:
    blocks = rendered(page_of(LAYOUT), View("Sato"), PAGE).blocks
    other = page_of("<html class={{ page.kind }}>" + LAYOUT + "<footer>")
    made = Frames().around(other, PAGE, blocks)
    assert made == rendered(other, View("Sato"), PAGE)
    assert made is not None
    assert b"class=client" in made.whole()


@pytest.mark.parametrize(
    "layout",
    [
        LAYOUT + "{{ view.name }}",
        LAYOUT + "{{ view is defined }}",
        LAYOUT + "{% if view %}{% endif %}",
        LAYOUT + "{{ self.title() }}",
        LAYOUT + "{% if self.main()|length > 3 %}long{% endif %}",
        LAYOUT + "{% for n in (1, 2) %}{% block foot %}{% endblock %}{% endfor %}{{ missing.name }}",
        "{% filter upper %}{% block main %}{% endblock %}{% endfilter %}",
    ],
)
def test_a_frame_that_looks_into_the_page_is_not_put_around_it(layout: str) -> None:
    blocks = rendered(page_of(LAYOUT), View("Sato"), PAGE).blocks
    assert Frames().around(page_of(layout), PAGE, blocks) is None


def test_a_block_that_was_not_shown_before_is_asked_for() -> None:
    client = CLIENT + "{% block foot %}{{ view.name }}{% endblock %}{% block plain %}!{% endblock %}"
    blocks = rendered(page_of(LAYOUT, client), View("Sato"), PAGE).blocks
    assert "foot" not in blocks
    assert Frames().around(page_of(LAYOUT + "{% block foot %}{% endblock %}", client), PAGE, blocks) is None
    plain = page_of(LAYOUT + "{% block plain %}{% endblock %}", client)
    made = Frames().around(plain, PAGE, blocks)
    assert made is not None
    assert made.whole() == rendered(plain, View("Sato"), PAGE).whole()


def test_what_stands_twice_or_inside_another_belongs_to_what_holds_it() -> None:
    client = (
        "{% extends 'layout.html' %}{% block title %}t{% endblock %}"
        "{% block main %}[{% block inner %}{{ view.name }}{% endblock %}]{% endblock %}"
    )
    twice = "{% for n in (1, 2) %}{% block title %}{% endblock %}{% endfor %}{% block main %}{% endblock %}"
    made = rendered(page_of(twice, client), View("Sato"), PAGE)
    assert made == Framed(((b"tt", "main"), (b"", "")), {"main": b"[Sato]"})


def test_a_teams_template_may_show_what_it_takes_the_place_of() -> None:
    team = "{% extends 'ours.html' %}{% block main %}{{ super() }}+{{ view.name }}{% endblock %}"
    made = rendered(page_of(LAYOUT, team, **{"ours.html": CLIENT}), View("Sato"), PAGE)
    assert made.whole() == b"<title>Sato</title><p><Sato+Sato"
    assert made.blocks == {"main": b"<Sato+Sato"}


LAYOUTS = (
    "{% block title %}{% endblock %}", "{% block head %}own{% endblock %}", "<hr>", "{{ page.kind }}",
    "{% include 'part.html' %}", "{% if page.built %}{% block made %}{% endblock %}{% endif %}", "{{ self.title() }}",
    "{{ view.name }}", "{% set given = 'from above' %}", "{% from 'macros.html' import given %}",
    "{% macro given() %}{% endmacro %}", "{{ t('hello') }}", "{{ view is defined }}",
    "{% for given in 'ab' %}{% block each scoped %}{% endblock %}{% endfor %}",
    "{% with given = 1 %}{% block foot %}{{ given }}{% endblock %}{% endwith %}",
)  # fmt: skip
INSIDE = (
    "{{ view.name }}", "{{ given is defined }}", "{{ super() }}", "{{ self.title() }}", "{% include 'part.html' %}",
    "{{ page.root }}", "{% block inner %}{{ view.name }}{% endblock %}", "text", "{{ own(view.name) }}",
)  # fmt: skip
OTHERS = {
    "part.html": "{{ page.section }}",
    "macros.html": "{% macro given() %}macro{% endmacro %}{% macro own(a) %}({{ a }}){% endmacro %}",
}
MAIN = st.lists(st.sampled_from(INSIDE), max_size=3, unique=True)
FRAME = st.lists(st.sampled_from(LAYOUTS), max_size=3, unique=True)


def layout_of(pieces: list[str], middle: bool) -> dict[str, str]:
    """The layout, or one of a team that extends the one it replaces."""
    body = "".join(pieces) + "{% block main %}" + str(len(pieces)) + "{% endblock %}"
    if not middle:
        return {"layout.html": body}
    return {"layout.html": "{% extends 'base.html' %}{% block head %}team{% endblock %}", "base.html": body}


@settings(max_examples=400, deadline=None)
@given(FRAME, FRAME, st.booleans(), MAIN, MAIN)
def test_who_sees_only_another_frame_may_keep_the_blocks(
    before: list[str], after: list[str], middle: bool, main: list[str], title: list[str]
) -> None:
    """Where templates tell a page's frame apart, and only that changed, old blocks in the new frame are the page."""
    title = [one for one in title if "block" not in one and "self" not in one]
    client = (
        "{% extends 'layout.html' %}{% from 'macros.html' import own %}"
        "{% block title %}"
        + "".join(title)
        + "{% endblock %}{% block main %}"
        + "".join(main)
        + "{% endblock %}"
        "{% block made %}made{% endblock %}{% block each %}{{ given }}{% endblock %}"
    )
    first, second = ({"client.html": client, **OTHERS, **layout_of(one, middle)} for one in (before, after))
    with TemporaryDirectory() as folder:
        told = []
        for sources in (first, second):
            for name, text in sources.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            told.append(templates([Path(folder)]))
    if told[0].own["client.html"] != told[1].own["client.html"]:
        return
    try:
        last = rendered(_page(first), View("Sato"), PAGE)
    except Exception:
        return
    made = Frames().around(_page(second), PAGE, last.blocks)
    if made is not None:
        assert made.whole() == rendered(_page(second), View("Sato"), PAGE).whole()


def _page(sources: dict[str, str]) -> PageTemplate:
    return page_of(
        **{
            name.removesuffix(".html"): text
            for name, text in sources.items()
            if name in ("layout.html", "client.html")
        },
        **{name: text for name, text in sources.items() if name not in ("layout.html", "client.html")},
    )
