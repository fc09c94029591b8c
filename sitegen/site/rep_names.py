"""Whom of the reps a name means, for whatever is made of one client."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.doctrine.log import rep_keys
from sitegen.site.context import Site

REP_KEYS = "rep keys"
"""The cell of all names: it is among the first that a build compares, for parts of clients ask for it."""


def keys_by_name(site: Site) -> Mapping[str, str]:
    """A rep's key by each of their names, folded."""
    site.trace.note(REP_KEYS, "")
    return site.found(REP_KEYS, lambda: rep_keys(site.book.reps))
