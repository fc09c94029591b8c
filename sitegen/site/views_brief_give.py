"""What to give at a meeting instead of a discount: an introduction worth making (rule R9)."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model import Client
from sitegen.site.context import Site
from sitegen.site.shown import Shown


class Gift(Shown, frozen=True):
    """An introduction worth making."""

    name: str
    href: str
    seeks: bool
    """The other seeks what this client offers; else the other way round."""
    wanted: str
    offered: str
    rep: str
    """Who owns the other; empty where it is the same rep."""


def gifts(site: Site, client: Client, root: str) -> Iterator[Gift]:
    """The introductions that this client would gain by first, then those that it would help others by."""
    for one in site.introduced_to(client).gains:
        key = one.seeker if one.offerer == client.key else one.offerer
        other = site.clients[key]
        yield Gift(
            name=other.name,
            href=site.url(root, "client", key),
            seeks=one.offerer == client.key,
            wanted=one.wanted,
            offered=one.offered,
            rep=site.rep_name(other.owner) if other.owner != client.owner else "",
        )
