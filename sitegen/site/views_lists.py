"""Lists of clients: by stage, by rep, by name and by kana, in numbered pages; and all of them to sort and filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from sitegen.model import Client
from sitegen.records import dataclass
from sitegen.site.context import Site
from sitegen.site.kana import LATIN, LETTERS, OTHER, letter, row
from sitegen.site.list_data import DATA, Calendar, blank_rows, calendar
from sitegen.site.orders import CLOSEST, KANA_ROWS, in_order, places, stages_of
from sitegen.site.rows import ROOT, Group, Jump, Pager, Row, due_key, paged, where_headings
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
class ClientList:
    """A list before it is rendered: its clients under headings, cut into pages."""

    kind: str
    """As of `ListView`."""
    key: str
    """The stage or the rep."""
    base: str
    headings: tuple[str, ...]
    pages: tuple[tuple[tuple[str, tuple[Client, ...]], ...], ...]
    total: int


def stage_href(site: Site, root: str, stage: str) -> str:
    """The first page of a stage's list."""
    return href(root, f"{_stage_base(site, stage)}.html")


def _stage_base(site: Site, stage: str) -> str:
    return f"lists/stage-{site.names['stage'][stage]}"


def client_lists(site: Site) -> Iterator[ClientList]:
    """Every list, in the order by name, by kana, by stage, by rep."""
    clients = list(site.clients.values())
    by_name = ((letter(c), c) for c in in_order(clients, "en"))
    yield _list(site, "name", "", "lists/name", (*LETTERS, OTHER), by_name)
    by_kana = ((row(c), c) for c in in_order(clients, "ja"))
    yield _list(site, "kana", "", "lists/kana", KANA_ROWS, by_kana)
    by_stage: dict[str, list[Client]] = {stage: [] for stage in stages_of(site)}
    for client in sorted(clients, key=lambda c: due_key(site, c)):
        by_stage[client.stage].append(client)
    for stage, found in by_stage.items():
        yield _list(site, "stage", stage, _stage_base(site, stage), ("",), (("", c) for c in found))
    for rep, name in site.names["rep"].items():
        order = (*CLOSEST, *(s for s in by_stage if s not in CLOSEST))
        owned = sorted(site.owned.get(rep, ()), key=lambda c: (order.index(c.stage), *places(c).by_name))
        yield _list(site, "rep", rep, f"lists/rep-{name}", order, ((c.stage, c) for c in owned))


def all_clients(site: Site) -> ClientList:
    """Everybody in the order of the site's language, without headings."""
    ordered = (("", client) for client in in_order(site.clients.values(), site.t.lang))
    return _list(site, "all", "", ALL, ("",), ordered)


def _list(
    site: Site, kind: str, key: str, base: str, headings: Sequence[str], headed: Iterator[tuple[str, Client]]
) -> ClientList:
    pages = tuple(
        tuple((heading, tuple(rows)) for heading, rows in page) for page in paged(headed, site.cfg.list_rows)
    )
    total = sum(len(rows) for page in pages for _, rows in page)
    return ClientList(kind, key, base, tuple(headings), pages, total)


def list_view(
    site: Site, lists: Sequence[ClientList], shown: ClientList, number: int, rows: Mapping[str, Markup]
) -> ListView:
    """Page `number` (from 0) of one of the lists. `rows` holds the rendered rows by client."""
    starts = where_headings(shown.pages)
    groups = tuple(
        Group(
            _id(h),
            _heading(site, shown, h),
            tuple(rows[c.key] for c in found),
            len(found),
            starts[h] < number,
        )
        for h, found in shown.pages[number]
    )
    jumps = tuple(_jumps(site, shown, starts, number)) if shown.headings != ("",) else ()
    return ListView(
        kind=shown.kind,
        title=_title(site, shown),
        stage=shown.key if shown.kind == "stage" else "",
        rep=site.rep_name(shown.key) if shown.kind == "rep" else "",
        data=href(ROOT, DATA) if len(shown.pages) > 1 else "",
        blanks=blank_rows(site) if len(shown.pages) > 1 else (),
        calendar=calendar(site.t.lang),
        kinds=tuple(_kinds(site, lists, shown)),
        tabs=tuple(_tabs(site, lists, shown)),
        groups=groups,
        jumps=jumps,
        pager=_pager(shown, number) if shown.kind != "all" else Pager(1, (), shown.total),
        rest=shown.total - sum(len(g.rows) for g in groups) if shown.kind == "all" else 0,
    )


def _pager(shown: ClientList, number: int) -> Pager:
    hrefs = tuple(href(ROOT, numbered(shown.base, n + 1)) for n in range(len(shown.pages)))
    return Pager(number + 1, hrefs, shown.total)


def _id(heading: str) -> str:
    return {OTHER: "other", LATIN: "latin", "": "all"}.get(heading, f"h-{heading}")


def _heading(site: Site, shown: ClientList, heading: str) -> Markup:
    if heading == OTHER:
        return site.t("list.other")
    if shown.kind == "rep":
        return site.t.or_plain(f"stage.{heading}", heading)
    return escape(heading)


def _title(site: Site, shown: ClientList) -> Markup:
    if shown.kind == "stage":
        return site.t("list.stage-title", stage=site.t.or_plain(f"stage.{shown.key}", shown.key))
    if shown.kind == "rep":
        return site.t("list.rep-title", rep=site.rep_name(shown.key))
    return site.t("lists-tools.all-title" if shown.kind == "all" else f"list.{shown.kind}-title")


def _jumps(site: Site, shown: ClientList, starts: Mapping[str, int], number: int) -> Iterator[Jump]:
    for heading in shown.headings:
        start = starts.get(heading)
        if start is None:
            url = ""
        else:
            page = "" if start == number else href(ROOT, numbered(shown.base, start + 1))
            url = f"{page}{href('', '', _id(heading))}"
        if url or shown.kind != "rep":
            yield Jump(_heading(site, shown, heading), url, 0)


def _kinds(site: Site, lists: Sequence[ClientList], shown: ClientList) -> Iterator[Tab]:
    first = {"ja": ("kana", "name"), "en": ("name", "kana")}[site.t.lang]
    for kind in (*first, "stage", "rep"):
        found = next((one for one in lists if one.kind == kind), None)
        if found:
            url = href(ROOT, numbered(found.base, 1))
            yield Tab(site.t(f"list.by-{kind}"), url, 0, kind == shown.kind)
    yield Tab(site.t("lists-tools.all"), href(ROOT, f"{ALL}.html"), 0, shown.kind == "all", all=True)


def _tabs(site: Site, lists: Sequence[ClientList], shown: ClientList) -> Iterator[Tab]:
    if shown.kind not in ("stage", "rep"):
        return
    for one in lists:
        if one.kind != shown.kind:
            continue
        if one.kind == "stage":
            label, stage = site.t.or_plain(f"stage.{one.key}", one.key), one.key
        else:
            label, stage = escape(site.rep_name(one.key)), ""
        yield Tab(label, href(ROOT, numbered(one.base, 1)), one.total, one is shown, stage)
