"""Pages of give and take (rule R9), well-known clients (R6), hand-over sheets and the season's rounds."""

from __future__ import annotations

from functools import partial

from sitegen.site.context import Pages, Site
from sitegen.site.parts import Pieces
from sitegen.site.views_giving import introductions_view, ledger_view
from sitegen.site.views_handover import handover_view, sheet_part
from sitegen.site.views_occasions import check_part, occasions_view, rep_occasions_view
from sitegen.site.views_prestige import prestige_view


def introduction_pages(site: Site) -> Pages:
    """`introductions.html`."""
    yield "introductions.html", partial(introductions_view, site)


def ledger_pages(site: Site) -> Pages:
    """`ledger.html`."""
    yield "ledger.html", partial(ledger_view, site)


def prestige_pages(site: Site) -> Pages:
    """`prestige.html`."""
    yield "prestige.html", partial(prestige_view, site)


def handover_pages(site: Site, pieces: Pieces) -> Pages:
    """A sheet for each rep who owns clients or once did."""
    part = sheet_part(pieces)
    for rep in site.names["handover"]:
        yield site.path("handover", rep), partial(handover_view, site, rep, part)


def occasion_pages(site: Site) -> Pages:
    """`occasions.html`."""
    yield "occasions.html", partial(occasions_view, site)


def rep_occasion_pages(site: Site, pieces: Pieces) -> Pages:
    """A page of checklists for each rep who owns clients."""
    part = check_part(pieces)
    for rep in site.names["occasion"]:
        yield site.path("occasion", rep), partial(rep_occasions_view, site, rep, part)
