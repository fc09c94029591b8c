"""Where briefs stand: one page a planned meeting (rule R11), found from a client or from one of its meetings."""

from __future__ import annotations

from sitegen.doctrine.briefing import Brief, brief, planned
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.facts import Reason
from sitegen.model import Client, Plan
from sitegen.site.context import Site
from sitegen.site.urls import href, numbered


def plans_of(site: Site, client: Client) -> tuple[Plan, ...]:
    """The planned meetings of a client, the earliest first."""
    if not any(reason.kind == "meeting" for reason in site.facts[client.key].due.reasons):
        return ()
    return planned(client, contacts(client, site.this_day))


def brief_of(site: Site, client: Client, plan: Plan | None) -> Brief:
    """The brief for one of them; None: for going today without one."""
    today = site.this_day
    return brief(client, plan, contacts(client, today), site.facts[client.key].board, today)


def brief_path(site: Site, client: Client, number: int) -> str:
    """The page of the brief for meeting `number`, from 0."""
    return numbered(site.path("brief", client.key).removesuffix(".html"), number + 1)


def plan_of(site: Site, client: Client, reason: Reason) -> Plan | None:
    """The planned meeting behind a reason to call; None where the reason is another."""
    number = _number(site, client, reason)
    return None if number is None else plans_of(site, client)[number]


def brief_url(site: Site, root: str, client: Client, reason: Reason) -> str:
    """A relative link to the brief for this meeting; empty where the reason is none."""
    number = _number(site, client, reason)
    return "" if number is None else href(root, brief_path(site, client, number))


def _number(site: Site, client: Client, reason: Reason) -> int | None:
    if reason.kind != "meeting":
        return None
    # each of `plans_of` is a reason too, so that the note need not be looked at
    reasons = site.facts[client.key].due.reasons
    plans = sorted((one.date, one.time) for one in reasons if one.kind == "meeting" and one.date)
    return plans.index((reason.date, reason.time)) if reason.date else None
