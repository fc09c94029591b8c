"""Views and templates → HTML. The only module that knows Jinja."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from sitegen.records import dataclass
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.jinja import Quick
from sitegen.site.shown import Shown
from sitegen.site.urls import href
from sitegen.text import path_text
from sitegen.trace import Cell, Trace


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the head of every page."""

    label: Markup
    path: str
    section: str


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A place in the head of every page, with the pages that belong to it; the first stands for all."""

    items: tuple[NavItem, ...]

    def holds(self, section: str) -> bool:
        """Whether a page's section is one of these."""
        return any(item.section == section for item in self.items)


class PageFrame(Shown, frozen=True):
    """What the layout must know about a page beside its view."""

    kind: str
    section: str
    root: str
    """The way back to the site's root: empty or `../`."""
    built: str
    """The day the page was made for, where a new day changes it; else empty."""


def environment(site: Site, templates: Sequence[Path], nav: Sequence[NavGroup]) -> Environment:
    """Jinja with a team's own templates before ours, and nothing that depends on time or place.

    A template of the team may extend the one it replaces as `kayoi/<name>`.
    """
    folders = [FileSystemLoader(folder) for folder in templates if folder.is_dir()]
    t = site.t
    env = Quick(
        t,
        loader=ChoiceLoader([*folders, PrefixLoader({"kayoi": folders[-1]})]) if folders else None,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        auto_reload=False,
        cache_size=-1,
    )
    env.globals.update(
        lang=t.lang,
        site_title=site.cfg.title,
        timezone=site.cfg.timezone,
        nav=tuple(nav),
        href=href,
        same=lru_cache(maxsize=None)(lambda name, page: _part(env.get_template(name), page)),
        made_for=dates.long(site.day, t.manner),  # shown by daily pages only
        day_locale=dates.LOCALES[t.manner],
        day_form=dates.FORMS[t.manner],
    )
    env.filters.update(
        year=lambda year: dates.year_text(year, t.manner),
        short_year=lambda year: dates.short_year(dt.date(year, 12, 31), t.manner),
    )
    env.filters.update(stage=lambda stage: t.or_plain(f"stage.{stage}", stage), native=_native, ruby=_ruby)
    joint = t("list.joint")
    joined = lru_cache(maxsize=20_000)(lambda names: joint.join([_native(name) for name in names]))
    env.filters["natives"] = lambda names: joined(tuple(names))
    env.tests["japanese"] = _japanese
    env.tests["kana"] = lambda text: KANA.fullmatch(text) is not None
    return env


def _part(template: Template, page: PageFrame) -> Markup:
    """A piece of the layout that pages of one kind share: rendered once for them all."""
    return Markup(template.render(page=page))  # noqa: S704 - comes out of an escaping template


KANA = re.compile("[\u3040-\u30ff\\s・]+")
FIRM = re.compile("((?:株式|有限|合同|合資)会社|(?:学校|医療|社会福祉|一般社団|一般財団)法人)")
"""What a firm's reading leaves out."""
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def _japanese(text: str) -> bool:
    return not text.isascii() and JAPANESE.search(text) is not None


@lru_cache(maxsize=20_000)
def _native(text: str) -> Markup:
    """A name in its own language: marked as Japanese where it is, for fonts and screen readers."""
    shown = escape(text)
    return Markup(f'<span lang="ja">{shown}</span>') if _japanese(text) else shown  # noqa: S704


@lru_cache(maxsize=20_000)
def _ruby(name: str, reading: str) -> Markup:
    """A Japanese name with its reading above it; "株式会社" at either end has none where the reading is shorter."""
    parts = FIRM.split(name)
    known = len(parts) == 3 and not (parts[0] and parts[2])
    if "かいしゃ" in reading or "がいしゃ" in reading or "ほうじん" in reading or not known:
        parts = [name]
    ruby = Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>")
    told = [part if FIRM.fullmatch(part) else ruby.format(part, reading) for part in parts if part]
    return Markup('<span lang="ja">{}</span>').format(Markup("").join(told))


MOST = 5000
"""So many rows are kept from one build of a preview to the next."""


class Rendered(dict[str, Markup]):
    """Rows by client, each rendered when it is first asked for, and once only. Who shows it has read it."""

    def __init__(self, render: Callable[[str], str], trace: Trace) -> None:
        """`render` gives a client's row as HTML."""
        super().__init__()
        self._render, self._trace = render, trace
        self._cells: dict[str, set[Cell]] = {}

    def go_on(self, last: Rendered, changed: Collection[Cell], known: Callable[[str], bool]) -> None:
        """Takes rows of the last build for which nothing was read that has `changed`.

        `known` tells of a table whether it is known what changed in it. Of more than `MOST` rows none is taken.
        """
        there = last._cells if len(last._cells) <= MOST else {}
        for key, cells in there.items():
            if cells.isdisjoint(changed) and all(known(table) for table, _ in cells):
                self[key], self._cells[key] = last[key], cells

    def __getitem__(self, key: str) -> Markup:
        """The row."""
        row = self.get(key)
        if row is None:
            with self._trace.listening() as cells:
                row = self[key] = Markup(self._render(key))  # noqa: S704 - comes out of an escaping template
            self._cells[key] = cells
        elif self._trace.cells is not None:
            self._trace.cells |= self._cells[key]
        return row


def assets(templates: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Every file of the `assets` folders, a team's own before ours."""
    found: dict[str, Path] = {}
    for folder in templates:
        for file in sorted((folder / "assets").rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                found.setdefault(path_text(file.relative_to(folder).as_posix()), file)
    for path in sorted(found):
        yield path, found[path].read_bytes()
