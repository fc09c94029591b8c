"""Lists of clients: by stage, by rep, by name and by kana, in numbered pages; and all of them to sort and filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from sitegen.model import STAGES
from sitegen.records import dataclass
from sitegen.site.context import Shared, Site
from sitegen.site.kana import LATIN, LETTERS, OTHER
from sitegen.site.list_data import DATA, Calendar, blank_rows, calendar
from sitegen.site.orders import CLOSEST, KANA_ROWS, ORDERS, PLACES, listed, stages_of
from sitegen.site.rows import ROOT, Group, Jump, Pager, Row, paged, where_headings
from sitegen.site.standing import standings
from sitegen.site.urls import href, numbered

ALL = "lists/all"


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to another list."""

    label: Markup
    href: str
    n: int
    here: bool
    stage: str = ""
    all: bool = False
    """To all clients: the script carries the choice along."""


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list."""

    kind: str
    """`stage`, `rep`, `name`, `kana` or `all`."""
    title: Markup
    stage: str
    rep: str
    """The rep's name on a list of theirs."""
    data: str
    """The data of all clients, where a page does not hold them all; else empty."""
    blanks: tuple[Row, ...]
    """Rows that the script fills in from the data."""
    calendar: Calendar
    """How the script writes their dates."""
    kinds: tuple[Tab, ...]
    """The arrangements."""
    tabs: tuple[Tab, ...]
    """The lists of this arrangement: one a stage, one a rep."""
    groups: tuple[Group, ...]
    jumps: tuple[Jump, ...]
    pager: Pager
    rest: int
    """Clients who stand on the other lists only."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as its tab and its pages know it."""

    kind: str
    """As of `ListView`."""
    key: str
    """The stage or the rep."""
    base: str
    total: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list before it is rendered: keys of clients under headings."""

    shown: Listed
    beside: tuple[Listed, ...]
    """All lists of this arrangement."""
    number: int
    """From 0."""
    pages: int
    headings: tuple[str, ...]
    starts: tuple[tuple[str, int], ...]
    """Heading → the page (from 0) on which it begins."""
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def stage_href(site: Site, root: str, stage: str) -> str:
    """The first page of a stage's list."""
    return href(root, f"{_stage_base(site, stage)}.html")


def _stage_base(site: Site, stage: str) -> str:
    return f"lists/stage-{site.names['stage'][stage]}"


def _by_name(site: Site) -> dict[str, ListPage]:
    found = dict(site.parts(PLACES))
    by_name = [(found[key].letter, key) for key in sorted(found, key=lambda key: listed(found[key], "en"))]
    by_kana = [
        (KANA_ROWS[found[key].row], key) for key in sorted(found, key=lambda key: listed(found[key], "ja"))
    ]
    return {
        **_pages(site, "name", [("", "lists/name", (*LETTERS, OTHER), by_name)]),
        **_pages(site, "kana", [("", "lists/kana", KANA_ROWS, by_kana)]),
    }


def _by_stage(site: Site) -> dict[str, ListPage]:
    stages: dict[str, list[tuple[str, str]]] = {stage: [] for stage in stages_of(site)}
    for key, one in sorted(standings(site).items(), key=lambda found: found[1].by_due):
        stages[one.stage].append(("", key))
    found = [(stage, _stage_base(site, stage), ("",), rows) for stage, rows in stages.items()]
    return _pages(site, "stage", found)


def _by_rep(site: Site) -> dict[str, ListPage]:
    order = (*CLOSEST, *(stage for stage in stages_of(site) if stage not in CLOSEST))
    place = {stage: number for number, stage in enumerate(order)}
    known, places, found = dict(standings(site).items()), dict(site.parts(PLACES)), []
    for rep, name in site.names["rep"].items():
        owned = [(known[c.key].stage, places[c.key], c.key) for c in site.owned.get(rep, ())]
        owned.sort(key=lambda one: (place[one[0]], *one[1].by_name))
        found.append((rep, f"lists/rep-{name}", order, [(stage, key) for stage, _, key in owned]))
    return _pages(site, "rep", found)


def _all(site: Site) -> dict[str, ListPage]:
    ordered = [("", key) for key in site.shared(ORDERS)["list"]]
    made = _pages(site, "all", [("", ALL, ("",), ordered)])
    return {f"{ALL}.html": made[f"{ALL}.html"]}


LISTS: tuple[Shared[ListPage], ...] = (
    Shared("lists-names", _by_name, ListPage),
    Shared("lists-stages", _by_stage, ListPage),
    Shared("lists-reps", _by_rep, ListPage),
    Shared("lists-all", _all, ListPage),
)
"""The pages of each arrangement by their paths; everybody in the order of the site's language has one only."""


def _pages(
    site: Site, kind: str, lists: Sequence[tuple[str, str, Sequence[str], Sequence[tuple[str, str]]]]
) -> dict[str, ListPage]:
    """The pages of one arrangement. `lists`: key, path without ending, headings, keys of clients by heading."""
    beside = tuple([Listed(kind, key, base, len(headed)) for key, base, _, headed in lists])
    cut, made = site.shelf.going_on(_Cut), {}
    for shown, (_, _, headings, headed) in zip(beside, lists, strict=True):
        made.update(cut.pages(shown, beside, tuple(headings), headed, site.cfg.list_rows))
    return made


class _Cut:
    """Lists as they were cut into pages last: of one that is as it was the pages are the very same."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[object, dict[str, ListPage]]] = {}

    def pages(
        self,
        shown: Listed,
        beside: tuple[Listed, ...],
        headings: tuple[str, ...],
        headed: Sequence[tuple[str, str]],
        rows: int,
    ) -> dict[str, ListPage]:
        """The pages of a list, by path."""
        given = (shown, beside, headings, headed, rows)
        if shown.base not in self._last or self._last[shown.base][0] != given:
            pages, made = list(paged(headed, rows)), {}
            starts = tuple(where_headings(pages).items())
            for number, page in enumerate(pages):
                groups = tuple([(heading, tuple(keys)) for heading, keys in page])
                path = numbered(shown.base, number + 1)
                made[path] = ListPage(shown, beside, number, len(pages), headings, starts, groups)
            self._last[shown.base] = given, made
        return self._last[shown.base][1]


def list_view(site: Site, lists: Shared[ListPage], path: str, rows: Mapping[str, Markup]) -> ListView:
    """A page of one of the lists. `rows` holds the rendered rows by client."""
    page = site.shared(lists)[path]
    shown, number, starts = page.shown, page.number, dict(page.starts)
    groups = tuple(
        Group(
            _id(h),
            _heading(site, shown, h),
            tuple(rows[key] for key in keys),
            len(keys),
            starts[h] < number,
        )
        for h, keys in page.groups
    )
    jumps = tuple(_jumps(site, page, starts)) if page.headings != ("",) else ()
    return ListView(
        kind=shown.kind,
        title=_title(site, shown),
        stage=shown.key if shown.kind == "stage" else "",
        rep=site.rep_name(shown.key) if shown.kind == "rep" else "",
        data=href(ROOT, DATA) if page.pages > 1 else "",
        blanks=blank_rows(site) if page.pages > 1 else (),
        calendar=calendar(site.t.lang),
        kinds=tuple(_kinds(site, shown)),
        tabs=tuple(_tabs(site, page)),
        groups=groups,
        jumps=jumps,
        pager=_pager(page) if shown.kind != "all" else Pager(1, (), shown.total),
        rest=shown.total - sum(len(g.rows) for g in groups) if shown.kind == "all" else 0,
    )


def _pager(page: ListPage) -> Pager:
    hrefs = tuple(href(ROOT, numbered(page.shown.base, n + 1)) for n in range(page.pages))
    return Pager(page.number + 1, hrefs, page.shown.total)


def _id(heading: str) -> str:
    return {OTHER: "other", LATIN: "latin", "": "all"}.get(heading, f"h-{heading}")


def _heading(site: Site, shown: Listed, heading: str) -> Markup:
    if heading == OTHER:
        return site.t("list.other")
    if shown.kind == "rep":
        return site.t.or_plain(f"stage.{heading}", heading)
    return escape(heading)


def _title(site: Site, shown: Listed) -> Markup:
    if shown.kind == "stage":
        return site.t("list.stage-title", stage=site.t.or_plain(f"stage.{shown.key}", shown.key))
    if shown.kind == "rep":
        return site.t("list.rep-title", rep=site.rep_name(shown.key))
    return site.t("lists-tools.all-title" if shown.kind == "all" else f"list.{shown.kind}-title")


def _jumps(site: Site, found: ListPage, starts: Mapping[str, int]) -> Iterator[Jump]:
    shown, number = found.shown, found.number
    for heading in found.headings:
        start = starts.get(heading)
        if start is None:
            url = ""
        else:
            page = "" if start == number else href(ROOT, numbered(shown.base, start + 1))
            url = f"{page}{href('', '', _id(heading))}"
        if url or shown.kind != "rep":
            yield Jump(_heading(site, shown, heading), url, 0)


def _kinds(site: Site, shown: Listed) -> Iterator[Tab]:
    first = {"ja": ("kana", "name"), "en": ("name", "kana")}[site.t.lang]
    bases = {"name": "lists/name", "kana": "lists/kana", "stage": _stage_base(site, STAGES[0])}
    rep = next(iter(site.names["rep"].values()), "")
    bases |= {"rep": f"lists/rep-{rep}"} if rep else {}
    for kind in (*first, "stage", "rep"):
        if kind in bases:
            url = href(ROOT, numbered(bases[kind], 1))
            yield Tab(site.t(f"list.by-{kind}"), url, 0, kind == shown.kind)
    yield Tab(site.t("lists-tools.all"), href(ROOT, f"{ALL}.html"), 0, shown.kind == "all", all=True)


def _tabs(site: Site, page: ListPage) -> Iterator[Tab]:
    if page.shown.kind not in ("stage", "rep"):
        return
    for one in page.beside:
        if one.kind == "stage":
            label, stage = site.t.or_plain(f"stage.{one.key}", one.key), one.key
        else:
            label, stage = escape(site.rep_name(one.key)), ""
        yield Tab(label, href(ROOT, numbered(one.base, 1)), one.total, one.key == page.shown.key, stage)
